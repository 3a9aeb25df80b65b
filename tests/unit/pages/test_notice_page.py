"""公示页 and its tombstones, as the public sees them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from time import process_time
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from markupsafe import Markup

from generator.catalogue import wording
from generator.law.notice_period.period_wording import last_moment_words
from generator.outputs.feeds.site_feeds import notice_entry
from generator.outputs.poster.poster_sheet import poster_sheet
from generator.outputs.search.search_record import notice_record
from generator.pages.appeal_routes import decision_times, notice_routes
from generator.pages.notice_page import render_notice
from generator.pages.templating import whole
from generator.public.context import SiteContext
from generator.public.list_rows import notice_row
from generator.public.logged_record import LoggedRecord
from generator.public.notice_document import notice_document
from generator.public.public_case import (
    HistoryEvent,
    NoticeStatus,
    Predecessor,
    ProvisionRef,
    PublicDesk,
    PublicNotice,
    Successor,
)
from generator.source.model.instant import SHANGHAI
from generator.source.model.law_words import Topic
from generator.source.model.partial_day import PartialDay
from tests.every_row import every_row
from tests.policy_site import TODAY, settings, site_context
from tests.projects import ROOT
from tests.public_records import (
    AS_OF,
    HOSTILE,
    act,
    authority,
    clock,
    context,
    correction,
    notice,
    person,
    provision,
    site,
    tombstone,
)
from tests.unit.pages.reading import links_of, text_of

CLOSED = clock(date(2026, 11, 2))
DECIDED = (NoticeStatus.AWAITING, NoticeStatus.UNDER_REVIEW, NoticeStatus.CONFIRMED)
DEAD = (NoticeStatus.NOT_CONFIRMED, NoticeStatus.WITHDRAWN, NoticeStatus.REVOKED)


def after(status: NoticeStatus, **changes: Any) -> PublicNotice:
    """A notice whose period is over."""
    return notice(
        clock=CLOSED, status=status, status_after_close=status, status_since=date(2026, 11, 9), **changes
    )


def test_open_notice_says_the_last_moment_without_script() -> None:
    words = text_of(render_notice(notice(), context()).body)
    assert "公示至 2026年11月26日 24:00" in words
    assert "公示期内任何一天都可以提出异议" in words
    assert "打印之后如有变更，以网页为准" in words
    assert "2026年11月22日 09:00" not in words, "a record's page does not tell when the site was built"
    assert "还有" not in words, "what is left changes by itself and is the script's business"
    assert "公示中" not in words, "an unconditional 公示中 would be untrue tomorrow"


@every_row(
    ("text", "marked"),
    [
        ("邮戳不晚于 2026年11月22日。", "邮戳不晚于 [2026年11月22日。]"),
        ("自11月14日起算", "自[11月14日]起算"),
        ("程立堃等3人", "程立堃[等3人]"),
        ("应当在10个工作日内公示", "应当在[10个工作日内]公示"),
        ("共 106 人次", "共 106 人次"),
        ("关于确认见义勇为的公示", "关于确认[见义勇为]的公示"),
        ("见义勇为勇士候选人", "[见义勇为][勇士]候选人"),
        ("电话 027-00000011、027-00000012", "电话 [027-00000011、][027-00000012]"),
        ("电话027-00000011", "电话[027-00000011]"),
        ("2026年4月21日20时15分许", "[2026年4月21日][20时15分许]"),
        ("2026年5月21日；能不能", "[2026年5月21日；]能不能"),
        ("as of 22 November 2026, 09:30, 9 notices", "as of [22 November 2026, 09:30,] 9 notices"),
        ("until 22 November 2026, 24:00", "until [22 November 2026, 24:00]"),
        ("<b>于2013年5月", "&lt;b&gt;于2013年5月"),
        (Markup('<i title="11月14日">11月14日</i>'), '<i title="11月14日">[11月14日]</i>'),
    ],
)
def test_dates_and_numbers_are_not_parted_at_the_end_of_a_line(text: str, marked: str) -> None:
    assert re.sub('<span class="yy-(whole|keep)">', "[", whole(text)).replace("</span>", "]") == marked


def test_the_strip_of_a_notice_names_no_day_that_could_be_taken_for_the_last() -> None:
    """Nor for the day on which a notice, or an honour, lapses; and a correction makes it no lie."""
    for status in (NoticeStatus.OPEN, NoticeStatus.SCHEDULED):
        freshness = render_notice(notice(status=status), context()).freshness
        assert freshness is not None and freshness.until
        assert freshness.words + freshness.more == "期限以本页正文为准；如有更正，以更正后的本页为准"


def test_what_is_shared_of_a_notice_says_first_where_it_stands() -> None:
    said = {
        NoticeStatus.OPEN: "公示至 2026年11月26日 24:00。",
        NoticeStatus.UNDER_REVIEW: "收到异议，正在审查。",
        NoticeStatus.CONFIRMED: "已于 2026年11月10日 确认为见义勇为。",
    }
    for status, first in said.items():
        record = notice() if status is NoticeStatus.OPEN else after(status, outcome_on=date(2026, 11, 10))
        told = render_notice(record, context()).description.replace("\xa0", " ")
        period = "" if status is NoticeStatus.OPEN else "公示期至2026年11月8日 24:00（北京时间）。"
        assert told == f"{first}{record.title}。下水救起一名落水者。{period}"


def test_a_shortened_notice_calls_nothing_a_deed_and_nobody_protected() -> None:
    shortened = after(
        NoticeStatus.CONFIRMED,
        persons=(replace(MASKED, sex=None),),
        act=act(summary="水中救人", kind="water_rescue", narrative=(), verification=()),
        thinned=True,
    )
    honoured = replace(shortened, **granted("wuhan-2026-h0001"))
    for record in (shortened, honoured):
        page = render_notice(record, context())
        words = text_of(page.body)
        assert "行为类型：水中救人。超过留存期限，经过不再公布。" in words and "只留姓氏" in words
        assert (
            "本站设定的留存期限（办结满三年，按 1095 日计），本页只保留姓氏和事迹的日期、区县、类型。"
            in words
            and "已精简" not in words
            and "题名中的姓名已隐去" in words
        )
        assert "<p>水中救人</p>" not in page.body and "隐名" not in words
        assert ("公布的姓名和事迹见荣誉页" in words) == bool(record.honours)
    assert notice_row(shortened).summary == "行为类型：水中救人。超过留存期限，经过不再公布。"


def test_a_confirmation_before_the_notice_keeps_its_own_day() -> None:
    confirmed = after(NoticeStatus.CONFIRMED, order="after_decision", outcome_on=date(2026, 10, 20))
    words = text_of(render_notice(confirmed, context()).body)
    assert "已于 2026年10月20日 确认为见义勇为" in words
    assert "2026年11月9日" not in words


def test_close_of_business_is_the_last_moment() -> None:
    closing = clock(close_of_business=time(17, 30))
    body = render_notice(notice(clock=closing), context()).body
    assert "公示至 2026年11月26日 17:30" in text_of(body)
    assert 'data-closes-at="2026-11-26T17:30:00+08:00"' in body


def test_order_of_the_parts() -> None:
    full = notice(corrections=(correction(date(2026, 11, 21)),), provisions=(provision(),))
    body = render_notice(full, context(), cite_html="<p>引文</p>").body
    parts = ["yy-lead__main", "<h1>", "data-badge", 'id="persons"', 'id="act"', "<dt>发布时间", 'id="objection"',
             'id="corrections"', 'id="timeline"', 'id="period"', 'id="law"', 'id="cite"', 'id="data"']  # fmt: skip
    places = [body.index(part) for part in parts]
    assert places == sorted(places)
    assert body.count("<h1>") == 1


def test_the_lead_says_what_was_done_and_that_the_last_day_moved() -> None:
    moved = correction(date(2026, 11, 21), moved_closes_on=date(2026, 11, 26), moved_from=date(2026, 11, 23))
    body = render_notice(notice(act=act(summary="跳入湖中救起一人。"), corrections=(moved,)), context()).body
    lead = text_of(body[body.index('<div class="yy-lead') : body.index('<div class="yy-notice__grid"')])
    assert "公示期最后一日原为 11月23日，已于 11月21日改为 11月26日。" in lead
    assert "跳入湖中救起一人。" in lead
    unknown = replace(moved, moved_from=None)
    body = render_notice(notice(corrections=(unknown,)), context()).body
    assert "公示期最后一日已于 11月21日改为 11月26日。" in text_of(body)
    assert "原为" not in text_of(body[: body.index("yy-notice__grid")])
    assert "yy-lead__moved" not in render_notice(notice(), context()).body


def test_a_notice_whose_period_is_over_counts_what_was_corrected_in_one_line() -> None:
    """Two corrections in bold stood before the deed for ever."""
    moved = correction(date(2026, 11, 21), what="相应延长。", moved_closes_on=date(2026, 11, 26))
    telephone = correction(date(2026, 11, 20), what="电话登载有误。")
    over = notice(status=NoticeStatus.CONFIRMED, corrections=(telephone, moved))
    lead = render_notice(over, context()).body.partition('class="yy-lead ')[2].partition("</div>")[0]
    assert "yy-lead__moved" not in lead and "电话登载有误" not in lead
    assert "本公示有 2 处更正" in text_of(lead) and 'href="#corrections"' in lead


def test_a_corrected_notice_says_so_at_the_top() -> None:
    """Beside a moved day, which the lead tells by itself, what else was wrong."""
    moved = correction(date(2026, 11, 21), what="相应延长。", moved_closes_on=date(2026, 11, 26))
    telephone = correction(date(2026, 11, 20), what="电话登载有误。")
    body = render_notice(notice(corrections=(telephone, moved)), context()).body
    lead = body.partition('class="yy-lead ')[2].partition("</div>")[0]
    assert "本公示于 11月20日更正：电话登载有误（见更正）。" in text_of(lead)
    assert "#corrections" in links_of(f'<p class="{lead}')
    chip = '<span class="yy-badge yy-badge--corrected">已更正</span>'
    assert chip in body
    body = render_notice(notice(corrections=(moved,)), context()).body
    assert chip in body and "本公示于" not in body, "its card for sharing says so too"
    assert chip not in render_notice(notice(), context()).body


@every_row(
    ("decided", "words"),
    [
        (date(2026, 9, 1), "确认决定在公示以前已于2026年9月1日作出；公示期已于"),
        (date(2026, 11, 12), "届满，确认决定已于2026年11月12日作出。"),
    ],
)
def test_a_confirmation_before_the_notice_is_not_told_as_if_it_came_after(decided: date, words: str) -> None:
    body = render_notice(after(NoticeStatus.CONFIRMED, outcome_on=decided), context()).body
    assert words in text_of(body)


def test_the_lead_says_what_became_of_an_objection() -> None:
    def lead_of(record: PublicNotice) -> str:
        return text_of(
            render_notice(record, context()).body.partition('class="yy-lead ')[2].partition("</div>")[0]
        )

    ended = clock(date(2026, 10, 1))
    decided = HistoryEvent(on=date(2026, 10, 12), event="objection_dismissed", text="不影响事实。")
    waiting = notice(clock=ended, status=NoticeStatus.AWAITING, events=(decided,))
    assert "对本公示的异议，2026年10月12日经审查不成立。" in lead_of(waiting)
    assert "对本公示的异议" not in lead_of(replace(waiting, history=waiting.history[:1]))
    # Another is under review; an upheld one may have been the end of the matter.
    again = replace(waiting, status=NoticeStatus.UNDER_REVIEW)
    assert "此前对本公示的异议，2026年10月12日经审查不成立。" in lead_of(again)
    dead = tombstone(NoticeStatus.NOT_CONFIRMED)
    upheld = HistoryEvent(on=date(2026, 10, 8), event="objection_upheld")
    assert "对本公示的异议，2026年10月8日经审查成立。" in lead_of(
        replace(dead, history=(dead.history[0], upheld, *dead.history[1:]))
    )


def test_of_several_deeds_each_says_who_did_it_in_lead_list_and_head() -> None:
    two = notice(
        act=act(summary="转移村民。", persons=("解长风", "祖星河", "褚今朝", "卞南枝")),
        further_acts=(act(summary="救起一人。", persons=("闾丘原", "谯明远")),),
    )
    page = render_notice(two, context())
    told = ("解长风等4人：转移村民。", "闾丘原、谯明远：救起一人。")
    lead = re.findall('<p class="yy-lead__deed">(.*?)</p>', page.body)
    assert tuple(map(text_of, lead)) == told
    assert notice_row(two).summary == "".join(told)
    assert "".join(told) in page.head


def test_what_the_record_does_not_tell_of_an_act_is_said() -> None:
    def said(basis: str | None = None, **act: object) -> str:
        record = notice()
        assert record.act is not None
        told = replace(record, basis=basis, act=replace(record.act, **act))
        return text_of(render_notice(told, context()).body)

    verified, limb = ("核实经过。",), "第十二条第一项"
    assert "公布的记录没有载明" not in said(verification=verified, limb=limb)
    assert "公布的记录没有载明所引条款。" in said(verification=verified, limb=None)
    assert "公布的记录没有载明事实如何核实。" in said(verification=(), limb=limb)
    assert "公布的记录没有载明事实如何核实，也没有载明所引条款。" in said(verification=(), limb=None)
    assert "没有载明所引条款" not in said(basis="某条例", verification=(), limb=None)


def test_before_the_channels_stands_who_never_learns_who_objects() -> None:
    body = render_notice(notice(), context()).body
    section = body.partition('id="objection"')[2]
    assert section.index("本站从不公布异议人的姓名") < section.index('class="yy-channels"')
    assert "异议事项（对哪个人、哪一项事实有异议）：" in section and "请求怎样处理：" in section


def test_before_the_first_day_the_lead_leads_to_a_reminder_and_paper_bears_the_number_first() -> None:
    waiting = render_notice(notice(status=NoticeStatus.SCHEDULED), context()).body
    # Of its size is the button that takes its place on the first day: nothing moves.
    button = '<a class="yy-button" href="deadline.ics">加到日历</a>'
    assert f'<p class="yy-lead__note" data-only="scheduled">{button}</p>' in waiting
    # Once open, objecting comes first, and the reminder is a quiet line; afterwards there is none.
    lead = render_notice(notice(), context()).body.partition("<h1>")[0]
    assert '<a data-only="open" href="deadline.ics">加到日历</a></p>' in lead
    assert "deadline.ics" not in render_notice(notice(status=NoticeStatus.AWAITING), context()).body
    numbered = render_notice(replace(notice(), number="武见示例〔2026〕1号"), context()).body
    state = numbered.partition('class="yy-notice__state"')[2].partition("</p>")[0]
    assert 'data-printed="wuhan-2026-0001　武见示例〔2026〕1号"' in state


def test_a_bar_stays_while_one_may_object_and_waits_for_the_first_day() -> None:
    assert render_notice(notice(), context()).body.count('class="yy-bar yy-bar--open"') == 1
    # What is left the script puts before the moment, which stands there without it.
    bar = render_notice(notice(), context()).body.partition('class="yy-bar')[2]
    assert "<span data-left>公示期</span>11月26日 24:00 止</span>" in bar.replace("\u00a0", " ")
    waiting = render_notice(notice(status=NoticeStatus.SCHEDULED), context()).body
    assert waiting.count('class="yy-bar yy-bar--scheduled"') == 1
    for status in (NoticeStatus.AWAITING, NoticeStatus.CONFIRMED):
        assert "yy-bar" not in render_notice(notice(status=status), context()).body


def test_every_channel_carries_the_notice_id_and_the_form_nothing_personal() -> None:
    body = render_notice(notice(), context()).body
    outward = [link for link in links_of(body) if re.match(r"[a-z]+:", link)]
    assert [urlsplit(link).scheme for link in outward] == ["tel", "https", "mailto", "tel", "tel"]
    _, form, mail, telephone, _ = outward
    assert form == "https://form.yiyong.example/objection?notice=wuhan-2026-0001"
    fields = parse_qs(urlsplit(mail).query)
    assert fields["subject"] == ["异议 wuhan-2026-0001 关于拟确认李大勇见义勇为的公示"]
    asked = [line.partition("：")[0] for line in fields["body"][0].split("\r\n")]
    for said in (
        "公示编号",
        "异议事项（对哪个人、哪一项事实有异议）",
        "事实和理由",
        "姓名或者单位名称",
        "联系电话",
    ):
        assert said in asked
    assert "公示编号：wuhan-2026-0001" in fields["body"][0]
    assert "\r\n" in fields["body"][0]
    assert telephone == "tel:02700000011"
    # A form's address ends in the logs of others; a letter goes to the organ alone, which sorts it by its title.
    assert all("李大勇" not in unquote(link) for link in outward if link != mail)
    masked = render_notice(notice(title="关于拟确认李某某见义勇为的公示"), context()).body
    (mail,) = (link for link in links_of(masked) if link.startswith("mailto:"))
    assert "李某某" in unquote(mail) and "李大勇" not in unquote(mail)
    # Form, mail and the ways to them from the top and the foot of the page; a telephone is there for reports of fraud too.
    assert body.count("data-until=") == 4 and 'href="#objection"' in body


def test_letters_say_which_postmark_counts() -> None:
    office = authority()
    post = office.channels.post.model_copy(update={"counts_by": "received"})  # type: ignore[union-attr]
    received = office.model_copy(update={"channels": office.channels.model_copy(update={"post": post})})
    sent = text_of(render_notice(notice(), context()).body)
    arrival = text_of(render_notice(notice(), context(authorities={"wuhan-pingan": received})).body)
    assert "以寄出邮戳为准，不晚于 2026年11月26日" in sent
    assert "须在 2026年11月26日 24:00 前寄达" in arrival


def test_what_an_organ_does_not_say_of_letters_and_hours_is_said_to_be_unsaid() -> None:
    """On the page, on the poster and in the form: whoever reads none of it would take the last moment to hold for both."""
    office = authority()
    given = office.channels
    silent = given.model_copy(
        update={
            "post": given.post.model_copy(update={"counts_by": None}),  # type: ignore[union-attr]
            "in_person": given.in_person.model_copy(update={"hours": None}),  # type: ignore[union-attr]
        }
    )
    told = context(authorities={"wuhan-pingan": office.model_copy(update={"channels": silent})})
    unsaid = (
        "没有写明以寄出还是收到的日期为准，请提前寄出，或者先问明。",
        "没有写明办公时间，请先问明再去。",
    )
    page = text_of(render_notice(notice(), told).body)
    printed = {line for fact in poster_sheet(notice(), told).channels for line in fact.lines}
    usual = text_of(render_notice(notice(), context()).body)
    for said in unsaid:
        assert said in page and f"（本站说明）{said}" in printed and said not in usual


@pytest.mark.parametrize("status", DECIDED)
def test_no_objection_link_once_the_period_is_over(status: NoticeStatus) -> None:
    body = render_notice(after(status), context()).body
    called = [link for link in links_of(body) if re.match(r"(https|mailto|tel):", link)]
    assert called == ["tel:02700000011"] * (3 if status.is_pending else 2)
    assert "data-until" not in body and "data-clock" not in body
    assert "公示期已于 2026年11月8日 24:00（北京时间）届满" in text_of(body)
    assert "现在可以做什么" in text_of(body)


@pytest.mark.parametrize("status", DECIDED)
def test_the_heading_and_the_contents_know_that_the_period_is_over(status: NoticeStatus) -> None:
    body = render_notice(after(status), context()).body
    assert "<h2>公示期满之后</h2>" in body and "<h2>提出异议</h2>" not in body
    assert '<a href="#objection">公示期满之后</a>' in body


def test_scheduled_notice_names_its_channels_without_links() -> None:
    later = clock(date(2026, 11, 25))
    waiting = notice(clock=later, status=NoticeStatus.SCHEDULED, published_at=AS_OF - timedelta(hours=1))
    body = render_notice(waiting, context()).body
    assert "公示自 2026年11月25日 起，至 2026年12月1日 24:00" in text_of(body)
    assert "office@yiyong.example" in text_of(body)
    assert {link for link in links_of(body) if re.match(r"(https|mailto|tel):", link)} == {"tel:02700000011"}


def test_objection_sheet_and_poster_only_where_they_exist() -> None:
    bare = render_notice(notice(), context()).body
    whole = render_notice(notice(), context(objection_sheets=True, posters=True)).body
    closed = render_notice(after(NoticeStatus.AWAITING), context(objection_sheets=True, posters=True)).body
    assert "objection.docx" not in bare and "poster.pdf" not in bare
    # Saved side by side with those of other notices, each has a name of its own.
    assert 'href="objection.docx" download="异议书-wuhan-2026-0001.docx"' in whole
    assert 'href="poster.pdf" download="公示单-wuhan-2026-0001.pdf"' in whole
    assert "objection.docx" not in closed and "poster.pdf" not in closed


def test_the_poster_is_offered_before_the_first_day_and_until_the_last_moment() -> None:
    """It hangs from the first day on, so it is printed on the day before."""
    soon = AS_OF - timedelta(hours=1)
    waiting = notice(clock=clock(date(2026, 11, 25)), status=NoticeStatus.SCHEDULED, published_at=soon)
    for item, since in ((waiting, soon), (notice(), notice().clock.opens_at)):
        body = render_notice(item, context(posters=True)).body
        # The script shows the link from the one moment to the other: before the opening too.
        (section,) = re.findall(r'<section [^>]*id="share"[^>]*>', body)
        (link,) = re.findall(r'<a [^>]*href="poster.pdf"[^>]*>', body)
        assert f'data-opens-at="{since.isoformat()}"' in section
        assert f'data-closes-at="{item.clock.closes_at.isoformat()}"' in section
        assert 'data-only="open"' in link and "hidden" not in link
    assert "poster.pdf" not in render_notice(waiting, context()).body


def test_each_thing_that_was_corrected_says_what_stood_there_or_that_it_is_not_told() -> None:
    on = date(2026, 11, 21)
    corrected = notice(
        corrections=(
            correction(on, what="电话有误。", was="027-00000014", now="027-00000041"),
            correction(on, what="文号误写。", was=None, now="测〔2026〕2号"),
            correction(
                on,
                what="公示期延长。",
                was=None,
                now=None,
                moved_closes_on=date(2026, 11, 28),
                moved_from=date(2026, 11, 26),
            ),
            correction(on, what="荣誉撤销，确认仍然有效。", was=None, now=None),
        )
    )
    body = render_notice(corrected, context()).body
    listed = [
        " ".join(text_of(item).split())
        for item in body[body.index('id="corrections"') :].partition("</ul>")[0].split("<li>")[1:]
    ]
    assert listed == [
        "2026年11月21日 电话有误。 原为 027-00000014更正为 027-00000041",
        "2026年11月21日 文号误写。 原来怎样写，更正没有登载。更正为 测〔2026〕2号",
        "2026年11月21日 公示期延长。 公示期最后一日原为 2026年11月26日，改为 2026年11月28日",
        "2026年11月21日 荣誉撤销，确认仍然有效。",
    ]
    sheet = poster_sheet(corrected, context())
    posted = sheet.corrections
    assert len(posted) == 3, "the moved day stands in the box of the deadline"
    assert sheet.deadline.moved == "公示期最后一日原为 11月26日，已于 11月21日改为 11月28日。公示期延长。"
    assert posted[1] == "2026年11月21日更正：文号误写；原来怎样写，更正没有登载；更正为：测〔2026〕2号。"


@every_row(
    ("was", "now", "listed"),
    [
        ("公示至2026年11月23日", "公示至2026年11月27日。", []),
        ("公示至2026年11月23日，电话甲", "公示至2026年11月27日，电话乙", ["电话乙"]),
    ],
)
def test_a_poster_tells_a_moved_day_once_and_loses_nothing_else(
    was: str, now: str, listed: list[str]
) -> None:
    moved = correction(
        date(2026, 11, 18),
        was=was,
        now=now,
        moved_from=date(2026, 11, 23),
        moved_closes_on=date(2026, 11, 27),
    )
    sheet = poster_sheet(notice(corrections=(moved,)), context())
    assert "原为 11月23日，已于 11月18日改为 11月27日" in (sheet.deadline.moved or "")
    assert [word for line in sheet.corrections for word in ("电话乙",) if word in line] == listed
    assert len(sheet.corrections) == len(listed)
    assert poster_sheet(notice(), context()).deadline.moved is None


def test_the_code_on_a_poster_says_that_one_can_object_online_where_one_can() -> None:
    """The address of the form stands on a sheet only where there is room."""
    for form in ("https://form.example/{notice_id}", None):
        channels = authority().channels.model_copy(update={"web_form": form})
        organ = authority().model_copy(update={"channels": channels})
        sheet = poster_sheet(notice(), context(authorities={"wuhan-pingan": organ}))
        assert ("网上提交" in sheet.qr_caption) is (form is not None)


def test_a_notice_bears_its_own_date_for_people_and_for_machines() -> None:
    signed = render_notice(notice(signed_on=PartialDay("2026-11-18")), context())
    assert text_of(signed.body[signed.body.index("yy-sign") :]).split()[2] == "2026年11月18日"
    assert re.search('"dateCreated": ?"2026-11-18", ?"datePublished": ?"2026-11-20T08:00', signed.head)
    assert "dateCreated" not in render_notice(notice(), context()).head


def test_who_is_named_reads_whom_to_ask_for_a_correction_or_a_mask() -> None:
    """Of the organ that published, whatever desk takes objections; kin alone where all are dead."""
    desk = PublicDesk(
        name="评审办公室（示例）",
        contact=None,
        web_form=None,
        email=None,
        telephone=("027-00000099",),
        fax=(),
        post=None,
        in_person=None,
        requirements=(),
    )
    for shown in (
        notice(),
        notice(status=NoticeStatus.SCHEDULED),
        after(NoticeStatus.AWAITING),
        notice(desk=desk),
    ):
        body = render_notice(shown, context()).body
        persons = body[body.index('id="persons"') : body.index('id="act"')]
        said = "内容有误的，本人、近亲属希望隐名的，请向平安建设主管机关（示例）提出（电话 027-00000011）。"
        assert said + "怎样提出、谁来决定" in text_of(persons)
        assert "tel:02700000011" in persons and 'href="../../about/#own"' in persons
    dead = text_of(render_notice(notice(persons=(person(death="in_the_act"),)), context()).body)
    assert "内容有误的，近亲属希望隐名的，请向" in dead
    hidden = text_of(render_notice(notice(persons=(MASKED,)), context()).body)
    assert "内容有误的，请向平安建设主管机关（示例）提出" in hidden
    assert "内容有误的" not in text_of(
        render_notice(after(NoticeStatus.CONFIRMED, thinned=True), context()).body
    )


@pytest.mark.parametrize("status", DEAD)
def test_tombstone_keeps_no_story_and_no_name(status: NoticeStatus) -> None:
    buried = tombstone(status, persons=(person("李大勇"),), act=act(summary="救人"))
    page = render_notice(buried, context())
    found = notice_record(buried, page)
    assert page.noindex and (found is not None) == (status is NoticeStatus.REVOKED)
    assert found is None or (not found.named and "李大勇" not in str(found) and "救人" not in str(found))
    assert "李大勇" not in page.body + page.head + page.title + page.description
    assert "救人" not in page.body
    assert (
        "平安建设主管机关（示例）" in page.body and "材料不实" in page.body and "2026年10月9日" in page.body
    )
    assert "ld+json" not in page.head
    # Nobody can object any more; the organ can still be asked.
    called = [link for link in links_of(page.body) if re.match(r"(https|mailto|tel):", link)]
    assert called == ["tel:02700000011"]


@every_row(
    ("status", "decided_by", "said"),
    [
        (
            NoticeStatus.NOT_CONFIRMED,
            "平安建设主管机关（示例）",
            "本结论由平安建设主管机关（示例）作出。{理由是什么，}不服的向哪个机关提出，可以问该机关，电话 027-00000011。",
        ),
        (
            NoticeStatus.NOT_AWARDED,
            "某市人民政府（示例）",
            "是否列入，由某市人民政府（示例）决定；{没有列入的理由，|有疑问的，}可以问承办原公示的平安建设主管机关（示例），电话 027-00000011。",
        ),
        (NoticeStatus.WITHDRAWN, None, "撤回以后怎样办理，可以问该机关，电话 027-00000011。"),
        (
            NoticeStatus.REVOKED,
            "平安建设主管机关（示例）",
            "原来的确认由平安建设主管机关（示例）撤销。{撤销的理由是什么，}不服的",
        ),
    ],
)
def test_what_has_ended_names_the_organ_that_decided_and_whom_to_telephone(
    status: NoticeStatus, decided_by: str | None, said: str
) -> None:
    """The reason may be asked for where it is not published; where it stands above, nobody is sent to ask for it."""
    for reason, which in ((None, r"\1"), ("材料不实", r"\2")):
        buried = tombstone(status, outcome_organ=decided_by, outcome_reason=reason)
        body = render_notice(buried, context()).body
        told = re.sub(r"\{([^|}]*)\|?([^}]*)\}", which, said)
        assert told in text_of(body[body.index("现在可以做什么") :])
        assert "以当地规定为准" not in text_of(body) and "tel:02700000011" in body


def test_tombstone_names_where_the_site_says_so() -> None:
    kept = site().retention.model_copy(update={"tombstone_names": True})
    page = render_notice(tombstone(persons=(person("李某某"),)), context(site=site(retention=kept)))
    assert "李某某" in page.body


def test_strip_shows_each_day_and_why() -> None:
    period = clock(date(2026, 9, 28), date(2026, 10, 13), unit="working_day", first_day_counts=False)
    body = render_notice(notice(clock=period, status=NoticeStatus.CONFIRMED), context()).body
    days = re.findall(r'data-day="([0-9-]+)"', body)
    assert days == [(date(2026, 9, 28) + timedelta(days=n)).isoformat() for n in range(16)]
    strip = text_of(body[body.index('class="yy-days"') : body.index("</ol>", body.index('class="yy-days"'))])
    assert "不计入 首日" in strip and "国庆节" in strip and "调休上班日" in strip and "24:00止" in strip
    assert body.count('class="yy-off') == sum(not day.counted for day in period.days)


def test_superseded_version_is_marked() -> None:
    old = render_notice(notice(publicity_rule=provision(superseded=True)), context()).body
    assert "本案适用旧版" in old
    assert "本案适用旧版" not in render_notice(notice(), context()).body


def test_a_text_that_may_not_have_held_is_told_as_uncertain() -> None:
    doubtful = notice(provisions=(provision(article="第十三条", in_doubt=True),))
    law = render_notice(doubtful, context()).body.partition('id="law"')[2]
    assert "第十三条 （2025） 施行日期不详，不能断定是否适用" in " ".join(text_of(law).split())
    assert "施行日期不详，不能断定是否适用" not in text_of(render_notice(notice(), context()).body)
    (told,) = notice_document(doubtful, context()).provisions
    assert told.doubt == "施行日期不详，不能断定是否适用"
    assert {
        ref.doubt for ref in notice_document(notice(provisions=(provision(),)), context()).provisions
    } == {None}


def test_corrections_point_both_ways() -> None:
    newer = render_notice(notice(2, replaces="wuhan-2026-0001"), context()).body
    older = render_notice(notice(1, replaced_by="wuhan-2026-0002"), context()).body
    assert "../../notices/wuhan-2026-0001/" in links_of(newer)
    assert "../../notices/wuhan-2026-0002/" in links_of(older)


def test_timeline_holds_nothing_that_has_not_happened() -> None:
    words = text_of(render_notice(notice(), context()).body)
    timeline = words[words.index("经过 2026") :]
    assert "公示开始" in timeline and "公示期满" not in timeline


@every_row("text", HOSTILE, ids=range(len(HOSTILE)))
def test_text_of_a_record_is_only_text(text: str) -> None:
    page = render_notice(
        notice(
            title=text,
            persons=(person(text, unit=text, post=text, injured=text),),
            act=act(summary=text, narrative=(text,), verification=(text,), place=text, limb=text),
            signatories=(text,),
            corrections=(correction(date(2026, 11, 21), what=text, was=text, now=text),),
        ),
        context(),
    )
    plain = render_notice(
        notice(
            title="甲",
            persons=(person("甲", unit="甲", post="甲", injured="甲"),),
            act=act(summary="甲", narrative=("甲",), verification=("甲",), place="甲", limb="甲"),
            signatories=("甲",),
            corrections=(correction(date(2026, 11, 21), what="甲", was="甲", now="甲"),),
        ),
        context(),
    )
    assert re.findall(r"<[a-z!/][^\s>]*", page.body) == re.findall(r"<[a-z!/][^\s>]*", plain.body)
    assert re.findall(r"<[a-z!/]+", page.head) == re.findall(r"<[a-z!/]+", plain.head)
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.head, re.S)
    assert data is not None
    assert json.loads(data[1])["headline"] == text


def test_government_tags_come_from_settings_alone() -> None:
    bare = render_notice(notice(), context()).head
    assert 'name="SiteName" content="义勇录（示例）"' in bare
    assert 'name="PubDate" content="2026-11-20 08:00"' in bare
    assert "SiteIDCode" not in bare and "ColumnType" not in bare
    government = site().government.model_copy(
        update={"site_id_code": "4200000001", "column_type": "政务公开"}
    )
    full = render_notice(notice(), context(site=site(government=government))).head
    assert 'name="SiteIDCode" content="4200000001"' in full
    assert 'name="ColumnType" content="政务公开"' in full


def test_structured_data_names_the_same_period() -> None:
    head = render_notice(notice(), context()).head
    data = json.loads(re.search(r"ld\+json\">(.*?)</script>", head, re.S)[1])  # type: ignore[index]
    opens, closes = data["temporalCoverage"].split("/")
    assert datetime.fromisoformat(opens) == datetime(2026, 11, 20, tzinfo=SHANGHAI)
    assert datetime.fromisoformat(closes) == datetime(2026, 11, 27, tzinfo=SHANGHAI)
    assert [p["name"] for p in data["about"]] == ["李大勇"]


def test_masked_person_is_no_subject_of_structured_data() -> None:
    head = render_notice(notice(persons=(person("李某某", masked=True),)), context()).head
    assert '"about"' not in head


def test_the_clause_is_named_with_its_instrument_and_version() -> None:
    wuhan = replace(context(), library=settings().library)
    (law,) = {
        item
        for version in wuhan.library.versions("wuhan")
        if version.path == "policies/wuhan/tiaoli-2015/#2025"
        for item in version.by_topic[Topic.QUALIFYING_ACT]
    }
    ref = provision(
        instrument=law.instrument_title, version=law.version_label, article=law.article, path=law.path
    )
    other = provision(instrument="另一文本", article="第七条", path="policies/wuhan/other/#2025/art-7")
    body = render_notice(notice(provisions=(other, ref)), wuhan).body
    words = f"公示所引条款：《{law.instrument_title}》（2025修正）第七条第（三）项。"
    assert words in text_of(body)
    assert f"../../{law.path}" in links_of(body)
    # Two rules of one article stand beneath its name, which is told once.
    twice = (ref, replace(ref, summary="没有兜底项。"), other)
    listed = (
        render_notice(notice(provisions=twice), wuhan)
        .body.partition('<div id="law">')[2]
        .partition("</ul>")[0]
    )
    assert listed.count("<li>") == listed.count("</li>") == 3 and "没有兜底项。" in listed
    assert "公示所引条款：第七条第（三）项。" in text_of(
        render_notice(notice(provisions=(other,)), wuhan).body
    )


def test_who_was_confirmed_is_led_to_what_they_can_have_and_nobody_else() -> None:
    for status in (*DECIDED, NoticeStatus.OPEN):
        record = notice() if status is NoticeStatus.OPEN else after(status)
        body = render_notice(record, context()).body
        assert ("policies/wuhan/for-me/" in body) == (status is NoticeStatus.CONFIRMED), status


@pytest.mark.parametrize("place", ["wuhan", "hangzhou"])
def test_a_refusal_names_the_national_way_two_levels_up(place: str) -> None:
    """A city whose own text and province have ways leaves the national one open, and its last day counts."""
    here = context(
        jurisdictions=settings().jurisdictions,
        library=settings().library,
        authorities={f"{place}-pingan": authority()},
    )
    refused = after(NoticeStatus.NOT_CONFIRMED, jurisdiction=place)
    words = text_of(render_notice(refused, here).body)
    assert "国家规定" in words and "六十日内申请" in words
    assert "《中华人民共和国行政复议法》第二十条第一款" in words
    confirmed = text_of(render_notice(after(NoticeStatus.CONFIRMED, jurisdiction=place), here).body)
    assert "行政复议法" not in confirmed


@pytest.mark.parametrize("place", ["wuhan", "hangzhou", "nanjing"])
def test_a_revocation_names_the_way_that_general_law_opens_and_none_against_a_refusal(place: str) -> None:
    here = context(
        jurisdictions=settings().jurisdictions,
        library=settings().library,
        authorities={f"{place}-pingan": authority()},
    )
    words = text_of(render_notice(after(NoticeStatus.REVOKED, jurisdiction=place), here).body)
    assert (
        "认为撤销侵犯自己合法权益的，有下列途径" in words
        and "可以自知道或者应当知道该行政行为之日起六十日内申请行政复议" in words
    )
    assert "《中华人民共和国行政复议法》第二十条第一款" in words
    assert "对不予确认" not in words and "复核" not in words


def test_a_confirmation_of_years_ago_says_that_the_term_may_be_over() -> None:
    of = context(
        jurisdictions=settings().jurisdictions,
        library=settings().library,
        authorities={"kunming-pingan": authority()},
    )
    refs = _refs(of, "kunming", Topic.APPEAL_RECONSIDERATION)
    confirmed = after(
        NoticeStatus.CONFIRMED, jurisdiction="kunming", provisions=refs, outcome_on=date(2015, 5, 19)
    )
    words = text_of(render_notice(confirmed, of).body)
    term = words.index("本决定作出于2015年5月19日。对确认结论不服的，有下列途径；")
    assert (
        term
        < words.index("期限已满的，还能不能申请，由受理的机关答复")
        < words.index("30日内向上一级申请复核")
    )


def test_the_lead_says_that_the_act_was_confirmed_before_the_notice() -> None:
    def lead(of: PublicNotice) -> str:
        return render_notice(of, context()).body.partition("<h1>")[0]

    said = "已先行确认，现向社会公示。"
    assert said in lead(replace(notice(), order="after_decision"))
    assert said not in lead(notice())
    assert said not in lead(replace(after(NoticeStatus.CONFIRMED), order="after_decision"))


def test_the_usual_way_comes_first_and_that_a_text_is_in_doubt_last() -> None:
    here = context(jurisdictions=settings().jurisdictions, library=settings().library)
    words = text_of(render_notice(after(NoticeStatus.NOT_CONFIRMED), here).body)
    assert words.index("六十日内申请行政复议") < words.index("十日内向上一级综治机构")
    assert words.count("对不予确认不服的") == 1
    assert "，省级规定，施行日期不详，不能断定是否适用）" in words


def test_a_refusal_in_wuhan_names_the_province_s_ten_days() -> None:
    here = context(jurisdictions=settings().jurisdictions, library=settings().library)
    words = text_of(render_notice(after(NoticeStatus.NOT_CONFIRMED), here).body)
    assert "省级规定" in words and "《湖北省见义勇为人员奖励和保护办法》" in words


def test_the_end_of_the_period_is_told_once() -> None:
    ended = notice(status=NoticeStatus.AWAITING, clock=clock(date(2026, 11, 1), date(2026, 11, 7)))
    body = render_notice(ended, context()).body
    line = body[body.index("公示期满</strong>") :].partition("</li>")[0]
    assert "24:00" not in line


@pytest.mark.parametrize(
    ("status", "event", "said"),
    [
        (NoticeStatus.WITHDRAWN, "closed", "登记，原公示期届至。"),
        (NoticeStatus.REVOKED, "tombstoned", "登记，撤销。"),
        (NoticeStatus.NOT_CONFIRMED, "tombstoned", "登记，未予确认。"),
        (NoticeStatus.NOT_AWARDED, "tombstoned", "登记，未列入表彰。"),
    ],
)
def test_the_log_section_of_a_tombstone_says_which_end_it_was(
    status: NoticeStatus, event: str, said: str
) -> None:
    logged = LoggedRecord(
        origin="yiyong.example/log",
        ordinal=102,
        event=event,
        at=datetime(2026, 11, 16, 18, tzinfo=SHANGHAI),
        count=2,
        signed=False,
        stamped_at=(),
        seen=None,
        waits=False,
    )
    log = render_notice(tombstone(status), context(), logged=logged).body.partition('id="logged"')[2]
    assert said in log
    assert "公示期满" not in log and "撤销或者未予确认" not in log
    living = render_notice(
        after(NoticeStatus.AWAITING), context(), logged=replace(logged, event="closed")
    ).body
    assert "登记，公示期满。" in living


def _refs(of: SiteContext, place: str, topic: Topic) -> tuple[ProvisionRef, ...]:
    return tuple(
        ProvisionRef(
            instrument=item.instrument,
            version=item.version,
            article=item.article,
            path=item.path,
            summary=item.summary,
            superseded=False,
        )
        for item in of.library.provision(place, topic, TODAY).effective.provisions
    )


@pytest.mark.parametrize("place", ["kunming", "nanjing"])
def test_a_confirmed_notice_tells_the_days_to_appeal_and_not_those_to_answer(place: str) -> None:
    """One article holds both at one address; in Nanjing it is open against a refusal alone."""
    of = site_context()
    refs = _refs(of, place, Topic.APPEAL_RECONSIDERATION)
    confirmed = after(NoticeStatus.CONFIRMED, jurisdiction=place, provisions=refs)
    told = [route.summary for route in notice_routes(confirmed, of)]
    expected = {
        "kunming": ["申报人对确认有异议的，在接到确认通知之日起30日内向上一级申请复核。"],
        "nanjing": [],
    }
    assert told == expected[place]


@every_row(
    ("place", "status", "told"),
    [
        (
            "hangzhou",
            NoticeStatus.AWAITING,
            "接到申请、举荐后应当“及时”调查核实；没有定天数。符合规定条件的，应当及时确认，",
        ),
        ("kunming", NoticeStatus.AWAITING, "应当在30日内组织评审并作出确认。"),
        (
            "nanjing",
            NoticeStatus.UNDER_REVIEW,
            "应当自受理之日起三十日内作出确认结果。情况复杂的，可以延长到六十日。",
        ),
        ("wuhan", NoticeStatus.AWAITING, "才予以确认。几日内作出，这一条没有写。"),
        ("wuhan", NoticeStatus.AWAITING_AWARD, ""),
        ("wuhan", NoticeStatus.CONFIRMED, ""),
    ],
)
def test_who_waits_reads_how_long_a_decision_may_take(place: str, status: NoticeStatus, told: str) -> None:
    of = site_context()
    refs = _refs(of, place, Topic.CONFIRMATION)
    times = decision_times(after(status, jurisdiction=place, provisions=refs), of)
    assert told in "".join(item.summary for item in times)
    assert bool(times) is bool(told)


def test_an_objection_under_review_is_told_in_the_same_words_everywhere() -> None:
    """And without the day on which it came, unless the history has it."""
    words = "收到异议，正在审查"
    of = context()
    under_review = after(NoticeStatus.UNDER_REVIEW)
    body = render_notice(under_review, of).body
    assert text_of(body).count(words) == 3, "lead, badge, section"
    steps = body[body.index('id="timeline"') : body.index('id="period"')]
    assert "<li><strong>收到异议</strong>" in steps and "收到的日期不公布" in steps
    assert words in notice_entry(notice_row(under_review), of).summary
    told = (*under_review.history, HistoryEvent(on=date(2026, 11, 5), event="objection_received"))
    dated = render_notice(replace(under_review, history=told), of).body
    assert "收到的日期不公布" not in dated and "2026年11月5日" in text_of(dated)
    for said in ((ROOT / "content/pages/objections.md").read_text(encoding="utf-8"),
                 wording("objection_sheet")["notes"]["identity"],
                 "".join(wording("notices")["objection"]["next_list"])):  # fmt: skip
        assert words in said and "收到异议的日期和" not in said


@every_row(
    ("place", "told"),
    [
        ("wuhan", "《武汉市见义勇为人员奖励和保护条例》没有写明：谁可以提出异议；怎样提出、向谁提出；"),
        ("nanjing", "没有写明：对公示名单能否提出异议、怎样提出。"),
        ("kunming", "没有写明：对公示能否提出异议、怎样提出。"),
    ],
)
def test_who_would_object_reads_what_the_rules_leave_open_and_whom_to_ask(place: str, told: str) -> None:
    of = site_context()
    refs = _refs(of, place, Topic.CONFIRMATION)
    of = replace(of, authorities={f"{place}-pingan": authority(place)})
    words = text_of(render_notice(notice(jurisdiction=place, provisions=refs), of).body)
    assert told in words
    assert "是否为提出人保密、是否接受不署名的异议，由承办机关答复；担心的，提出前先打电话问明。" in words


def test_only_ways_that_the_organ_has_are_said_to_lead_straight_to_it() -> None:
    given = authority().channels
    for web, mail, told in (
        (given.web_form, given.email, "；网上提交和电子邮件直接到达承办机关。"),
        (None, given.email, "；电子邮件直接到达承办机关。"),
        (None, None, "也不接收异议。"),
    ):
        organ = authority(channels=given.model_copy(update={"web_form": web, "email": mail}))
        words = text_of(render_notice(notice(), context(authorities={organ.slug: organ})).body)
        assert told in words and ("直接到达" in words) is bool(web or mail)


@pytest.mark.parametrize("status", [status for status in NoticeStatus if status.is_tombstone])
def test_a_tombstone_speaks_of_a_notice_in_its_place_only_where_there_is_one(status: NoticeStatus) -> None:
    alone = render_notice(tombstone(status), context()).body
    assert "重新发布" not in alone and "见它的页面" not in alone
    assert "重新公示" not in text_of(alone)
    newer = Successor(
        published_on=date(2026, 10, 12), opens_on=date(2026, 10, 12), closes_on=date(2026, 10, 21)
    )
    record = tombstone(status, replaced_by="wuhan-2026-0012", successor=newer)
    replaced = render_notice(record, context()).body
    assert "重新发布的公示，公示期是2026年10月12日至2026年10月21日；" in text_of(replaced)
    steps = text_of(replaced[replaced.index('class="yy-timeline"') :])
    assert "2026年10月12日重新公示" in "".join(steps.split())
    assert "../../notices/wuhan-2026-0012/" in links_of(replaced)


def test_a_notice_in_anothers_place_says_when_and_why_that_was_withdrawn() -> None:
    older = Predecessor(withdrawn_on=date(2026, 11, 12), reason="行为日期有误。")
    record = notice(replaces="wuhan-2026-0003", predecessor=older)
    body = render_notice(record, context()).body
    words = text_of(body)
    assert "本公示更正并替代了公示 wuhan-2026-0003。原公示已于2026年11月12日撤回：行为日期有误。" in words
    steps = text_of(body[body.index('class="yy-timeline"') :])
    assert steps.index("原公示撤回") < steps.index("发布公示")
    unsaid = replace(record, predecessor=replace(older, reason=None))
    assert "原公示已于2026年11月12日撤回。" in text_of(render_notice(unsaid, context()).body)
    lead = body.partition('class="yy-lead ')[2].partition("<h1>")[0]
    assert "本公示更正并替代了" in lead and "../../notices/wuhan-2026-0003/" in lead
    alone = text_of(render_notice(replace(record, predecessor=None), context()).body)
    assert "替代了公示 wuhan-2026-0003。" in alone and "原公示已" not in alone


@every_row("status", [status for status in NoticeStatus if status.is_tombstone])
def test_the_lead_of_a_tombstone_has_its_day_and_leads_to_what_came_in_its_place(
    status: NoticeStatus,
) -> None:
    ended = tombstone(
        status, outcome_on=date(2026, 11, 12), outcome_organ="甲机关", replaced_by="wuhan-2026-0012"
    )
    lead = render_notice(ended, context()).body.partition('class="yy-lead ')[2].partition("</div>")[0]
    assert "2026年11月12日" in text_of(f'<p class="{lead}')
    assert links_of(lead) == ["../../notices/wuhan-2026-0012/"]


WAITING = (NoticeStatus.AWAITING, NoticeStatus.AWAITING_AWARD, NoticeStatus.UNDER_REVIEW)


@every_row("status", list(NoticeStatus))
def test_a_notice_that_waits_says_since_when_that_nothing_came_and_whom_to_ask(status: NoticeStatus) -> None:
    record = (
        tombstone(status)
        if status.is_tombstone
        else after(status)
        if status not in (NoticeStatus.SCHEDULED, NoticeStatus.OPEN)
        else notice(status=status)
    )
    of = context()
    lead = render_notice(record, of).body.partition('class="yy-lead ')[2].partition("</div>")[0]
    told = text_of(f'<p class="{lead}')
    assert "至今" not in told, "a page that does not say of when it is cannot say so"
    assert ("本站没有登载" in told) == ("更新记录" in told) == (status in WAITING)
    assert ('data-accessed="（%Y年%n月%e日查看）；"' in lead) == (status in WAITING), (
        "the day is the script's"
    )
    assert ('data-since="2026-11-09T00:00:00+08:00"' in lead) == (status in WAITING)
    office = of.authorities[record.authority]
    assert (f"可以问{office.name}" in told) == (status in WAITING)
    assert ('href="tel:' in lead) == (status in WAITING and bool(office.channels.telephone))
    if status in WAITING:
        assert last_moment_words(CLOSED, year=True) in told.replace("\xa0", " ")


MASKED = person("王某甲", masked=True)


@every_row("place", ["wuhan", "hangzhou", "nanjing", "kunming", "luoyang"])
def test_who_is_masked_is_explained_by_the_text_on_confidentiality_of_the_case(place: str) -> None:
    of = replace(site_context(), authorities={f"{place}-pingan": authority()})
    refs = _refs(of, place, Topic.PUBLICITY_PERIOD) or _refs(of, place, Topic.DEFINITION)
    rules = {
        item.path
        for source in of.library.chain(place)
        for version in of.library.versions(source)
        for item in version.by_topic.get(Topic.CONFIDENTIALITY_EXCEPTION, ())
    }
    shown = render_notice(notice(jurisdiction=place, persons=(person(), MASKED), provisions=refs), of).body
    line = shown.partition("标明“隐名”的")[2].partition("</p>")[0]
    (link,) = links_of(f"<p>{line}</p>")
    assert refs and link.removeprefix("../../") in rules
    # Of names that were shortened with time the page says so itself.
    shortened = after(NoticeStatus.CONFIRMED, jurisdiction=place, persons=(MASKED,), thinned=True)
    for record in (notice(jurisdiction=place, provisions=refs), shortened):
        assert "标明“隐名”的" not in render_notice(record, of).body


def test_the_line_on_masking_is_the_same_whoever_is_masked() -> None:
    """A minor and somebody in danger: which it is must not show."""

    def line(**known: object) -> str:
        body = render_notice(notice(persons=(replace(MASKED, **known),)), context()).body
        return body.partition("标明“隐名”的")[2].partition("</p>")[0]

    assert line() == line(minor=True, age_at_act="10s") == line(sex="女", death="later")
    assert links_of(f"<p>{line()}</p>") == ["../../about/"]


def granted(*honours: str, days: Sequence[str] = ("2026-11-20", "2026-11-20")) -> dict[str, Any]:
    """What a notice knows of the honours of its case."""
    return {
        "honours": honours,
        "honour_titles": tuple("甲乙"[: len(honours)]),
        "honour_days": tuple(map(PartialDay, days[: len(honours)])),
    }


def test_an_award_says_when_and_is_a_step_that_leads_to_its_honour() -> None:
    award = HistoryEvent(on=date(2026, 11, 20), event="awarded", organ="示例市人民政府", of_honour=True)
    record = after(NoticeStatus.AWARDED, events=(award,), **granted("wuhan-2026-h0001"))
    body = render_notice(record, context()).body
    assert "已于 2026年11月20日 予以表彰" in text_of(body)
    steps = body.partition('id="timeline"')[2].partition("</ol>")[0]
    assert "2026年11月20日 表彰 示例市人民政府甲" in text_of(steps) and "授予荣誉" not in steps
    assert links_of(steps) == ["../../honours/wuhan-2026-h0001/"]
    # Of an award of which nobody knows the day none is told.
    undated = after(NoticeStatus.AWARDED, **granted("wuhan-2026-h0001", days=["2026"]))
    body = render_notice(undated, context()).body
    assert "已予表彰" in body and "2026年 授予荣誉 甲" in text_of(body)


@every_row(
    ("honours", "days", "told", "leads_to"),
    [
        (1, ["2026-11-02"], "2026年11月2日 授予荣誉 甲", ["../../honours/wuhan-2026-h0001/"]),
        (2, ["2026-11-02", "2026-11-02"], "2026年11月2日 授予荣誉 2 项荣誉", ["#honours"]),
        (
            2,
            ["2026-11-02", "2026-12"],
            "2026年12月 授予荣誉 乙",
            ["../../honours/wuhan-2026-h0001/", "../../honours/wuhan-2026-h0002/"],
        ),
    ],
)
def test_the_steps_of_a_confirmed_notice_name_what_was_granted(
    honours: int, days: list[str], told: str, leads_to: list[str]
) -> None:
    ids = [f"wuhan-2026-h000{number + 1}" for number in range(honours)]
    body = render_notice(after(NoticeStatus.CONFIRMED, **granted(*ids, days=days)), context()).body
    steps = body.partition('id="timeline"')[2].partition("</ol>")[0]
    assert told in text_of(steps) and links_of(steps) == leads_to


@every_row(
    ("honours", "leads_to"),
    [
        ((), None),
        (("wuhan-2026-h0001",), "../../honours/wuhan-2026-h0001/"),
        (("wuhan-2026-h0001", "wuhan-2026-h0002"), "#honours"),
    ],
)
def test_the_lead_of_a_notice_that_was_honoured_leads_to_the_honour(
    honours: tuple[str, ...], leads_to: str | None
) -> None:
    record = after(NoticeStatus.CONFIRMED, **granted(*honours))
    lead = render_notice(record, context()).body.partition('class="yy-lead ')[2].partition("</div>")[0]
    assert links_of(f'<p class="{lead}') == ([leads_to] if leads_to else [])


def test_days_and_the_time_zone_of_the_lead_are_not_parted() -> None:
    """The sentence below it wraps as text does; at 200 % a day stood on two lines."""
    record = notice(status=NoticeStatus.CONFIRMED, outcome_on=date(2026, 11, 27))
    lead = render_notice(record, context()).body.partition('class="yy-lead ')[2].partition("</div>")[0]
    main, note = lead.partition("yy-lead__note")[::2]
    assert '<span class="yy-whole">2026年11月27日</span>' in main
    assert '<span class="yy-whole">（北京时间）</span>' in note and note.count('yy-whole">2026年') == 1


@every_row("pasted", ["a", "ab-", "a-2026-", "1", "0", "1月", "年", "<", "时"])
def test_however_long_a_text_what_stays_on_one_line_is_marked_at_once(pasted: str) -> None:
    before = process_time()
    marked = whole(f"{pasted * 20_000}，见wuhan-2026-0004。")
    assert process_time() - before < 1
    assert '<span class="yy-whole">wuhan-2026-0004。</span>' in marked
