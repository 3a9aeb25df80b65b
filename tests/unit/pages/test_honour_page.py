"""荣誉页."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from generator.law.instruments import build_library
from generator.outputs.search.search_record import honour_record
from generator.outputs.share.record_cards import card_due
from generator.pages.honour_page import grant_provisions, render_honour, revocation_provisions
from generator.pages.page import Page
from generator.public.honour_document import honour_document
from generator.public.list_rows import honour_row
from generator.public.public_case import FellowHonour, HonourStatus, PublicGroup, PublicHonour
from generator.source.model.instant import SHANGHAI
from generator.source.model.partial_day import PartialDay
from tests.every_row import every_row
from tests.policy_site import settings, site_context
from tests.public_records import (
    HOSTILE_TO_MARKUP,
    act,
    context,
    correction,
    honour,
    person,
    provision,
    revoked_honour,
    version_of,
)
from tests.unit.pages.reading import links_of, tags_of, text_of

OFFICE = "平安建设主管机关（示例）"
SPARSE: dict[str, Any] = {
    "decided_on": PartialDay("2011"),
    "number": None,
    "bonus_cny": None,
    "recipients": (person("邹德全", sex=None),),
    "act": None,
    "confirmed_on": None,
    "provisions": (),
}
GROUP = PublicGroup(name="护堤村民群体", head_count=12)
KINDS: dict[str, PublicHonour] = {
    "plain": honour(),
    "sparse": replace(honour(), **SPARSE),
    "month": honour(decided_on="2014-06"),
    "merit": honour(merit="个人二等功", batch="2026年第一季度"),
    "posthumous": honour(verb="追授", recipients=(person(death="unsaid"),)),
    "minor": honour(recipients=(person("曹某", masked=True, minor=True, age_at_act="10s"),)),
    "several": honour(recipients=tuple(person(f"李{n}勇") for n in "一二三四五")),
    "group_of_names": honour(recipients=(person(), person("王勇")), group=GROUP),
    "group": honour(recipients=(), group=GROUP),
    "group_of_unknown_size": honour(recipients=(), group=PublicGroup(name="救援群体", head_count=None)),
    "corrected": honour(
        status=HonourStatus.CORRECTED, corrections=(correction(date(2026, 11, 1), was="李大", now="李大勇"),)
    ),
    "two_deeds": honour(
        recipients=(person(), person("王某", masked=True)),
        act=act(persons=("李大勇",)),
        further_acts=(
            act(
                summary="夺下凶器。",
                kind="stop_crime",
                district="江岸区",
                narrative=("夜里。",),
                persons=("王某",),
            ),
        ),
    ),
    "with_notice": honour(notice="wuhan-2026-0003"),
    "with_source": honour(source="https://example.org/a"),
    "national": honour(level="national"),
    "province": honour(level="province"),
    "revoked": revoked_honour(recipients=()),
    "revoked_with_names": revoked_honour(),
    "revoked_with_notice": revoked_honour(notice="wuhan-2026-0003"),
}


def page_of(item: PublicHonour) -> Page:
    return render_honour(item, context(), version_of(item, context()))


@every_row("kind", KINDS)
def test_every_kind_of_honour_has_its_page(kind: str) -> None:
    item = KINDS[kind]
    page = page_of(item)
    text = text_of(page.body)
    assert page.path == f"honours/{item.id}/"
    assert page.section == "honours"
    assert item.title in text
    assert item.grantor in text
    assert version_of(item) in text
    assert page.body.count("<h1>") == 1
    assert "None" not in text
    ids = re.findall(r' id="([^"]+)"', page.body)
    assert len(ids) == len(set(ids))
    anchors = {link[1:] for link in links_of(page.body) if link.startswith("#")}
    assert anchors <= set(ids)


def test_what_is_praised_is_no_title() -> None:
    """通报表扬 of 见义勇为行为: the object stood in the place of the title, on the card and in the citation."""
    praised = honour(verb="通报表扬", title="见义勇为行为")
    page = page_of(praised)
    assert page.title == "李大勇：通报表扬"
    assert page.description.endswith("通报表扬李大勇的见义勇为行为。")
    card = page.body[page.body.index("<header") : page.body.index("</header>")]
    assert text_of(card).count("通报表扬") == 1 and "见义勇为行为" not in text_of(card)
    assert "李大勇（通报表扬）" in text_of(page.body) and "“见义勇为行为”" not in page.body
    assert '"award":"通报表扬"' in page.head.replace(" ", "")
    assert ("通报表扬",) in page.filters.values()
    assert "见义勇为行为" not in page_of(revoked_honour(verb="通报表扬", title="见义勇为行为")).body


@every_row(
    ("changes", "said"),
    [
        ({}, "20,000\u00a0元"),
        ({"bonus_for": "each"}, "20,000\u00a0元"),
        ({"recipients": (person(), person("王勇"))}, "20,000\u00a0元（公布的记录没有载明是每人还是合计）"),
        ({"recipients": (), "group": GROUP}, "20,000\u00a0元（公布的记录没有载明是每人还是合计）"),
        ({"recipients": (person(), person("王勇")), "bonus_for": "each"}, "每人 20,000\u00a0元"),
    ],
)
def test_a_bonus_of_several_says_what_the_record_leaves_open(changes: dict[str, Any], said: str) -> None:
    body = page_of(honour(bonus_cny=20000, **changes)).body
    assert text_of(re.findall(r"<dt>奖金</dt><dd>(.*?)</dd>", body)[0]) == said.replace("\u00a0", " ")


def test_what_a_reader_looks_for() -> None:
    text = text_of(page_of(honour(merit="个人二等功", batch="第十五届", bonus_cny=50000)).body)
    for said in (
        "李大勇",
        "武汉市见义勇为英雄",
        "武汉市人民政府（示例）",
        "武政〔2026〕0号（示例）",
        "2026年10月12日",
        "市级",
        "第十五届",
        "个人二等功",
        "50,000 元",
        "荣誉有效",
        "下水救起一名落水者。",
        "公示不少于七日。",
    ):
        assert said in text, said


def test_of_several_deeds_each_says_whose_it_is_on_the_page_in_lists_search_and_data() -> None:
    item = KINDS["two_deeds"]
    page = page_of(item)
    told = text_of(page.body.partition('id="deed"')[2].partition("</section>")[0])
    words = (
        "李大勇",
        "下水救起一名落水者。",
        "洪山区",
        "王某",
        "夺下凶器。",
        "夜里。",
        "江岸区",
        "制止违法犯罪",
    )
    at = 0
    for word in words:
        at = told.index(word, at)
    whole = "李大勇：下水救起一名落水者。王某：夺下凶器。"
    assert honour_row(item).summary == whole and whole in page.head
    record = honour_record(item, page)
    assert record is not None and "夺下凶器" in record.text and "夜里" in record.text
    assert record.filters["类型"] == ("水中救人", "制止违法犯罪")
    made = honour_document(item, context())
    assert [(more.persons, more.act.summary) for more in made.further_acts] == [(("王某",), "夺下凶器。")]
    dead = revoked_honour(further_acts=item.further_acts)
    assert honour_document(dead, context()).further_acts == () and "夺下凶器" not in page_of(dead).body


def test_the_basis_of_the_decision_is_shown_while_the_honour_stands() -> None:
    basis = "市人民政府另行制定的奖励办法（示例）"
    text = text_of(page_of(honour(basis=basis)).body)
    assert "授奖依据" in text
    assert basis in text
    assert "授奖依据" not in text_of(page_of(honour()).body)
    assert basis not in page_of(revoked_honour(basis=basis)).body


def test_a_sparse_record_says_what_is_known_and_nothing_more() -> None:
    text = text_of(page_of(KINDS["sparse"]).body)
    assert "2011年" in text
    for label in ("文号", "批次", "奖金", "依据"):
        assert label not in re.sub(r"报刊引语.*", "", text), label


def test_an_honour_without_a_deed_says_so_and_whom_to_ask_to_add_it() -> None:
    page = page_of(replace(KINDS["sparse"], grantor=OFFICE))
    told = text_of(page.body.partition('id="no-deed"')[2].partition("</section>")[0])
    assert (
        "公布的记录没有载明事迹。知情的，可以请授予机关补充：平安建设主管机关（示例），电话 027-00000011。"
        in told
    )
    assert 'id="deed"' not in page.body, "the framed sheet prints a deed, not the lack of one"
    assert "#no-deed" in links_of(page.body)
    other = text_of(page_of(KINDS["sparse"]).body)
    assert "可以请授予机关补充：武汉市人民政府（示例）。" in other
    for kind in ("plain", "several", "revoked"):
        assert "可以请授予机关补充" not in text_of(page_of(KINDS[kind]).body)


def test_a_group_of_which_nobody_is_named_says_so_and_whom_to_ask() -> None:
    whole = KINDS["group"]
    people = text_of(page_of(whole).body.partition('id="recipients"')[2].partition("</section>")[0])
    ask = "知情的，可以请授予机关补充：武汉市人民政府（示例）。"
    assert f"荣誉授予集体，共 12 人。公布的记录没有列出成员姓名。{ask}" in people
    neither = text_of(page_of(replace(whole, act=None)).body)
    assert f"公布的记录没有载明事迹，也没有列出成员姓名。{ask}" in neither and neither.count(ask) == 1
    named = replace(whole, members=("李大勇",))
    # A notice names them, or did for as long as it may; a unit has none to be named.
    noticed = replace(whole, notice="wuhan-2026-0003", notice_title="关于某群体的公示")
    unit = replace(whole, group=PublicGroup(name="消防站", head_count=None, kind="unit"))
    for item in (named, noticed, unit, KINDS["group_of_names"]):
        assert "没有列出成员姓名" not in text_of(page_of(item).body)


def test_links_to_the_notice_the_provision_and_the_data() -> None:
    links = links_of(page_of(honour(notice="wuhan-2026-0003")).body)
    assert "../../notices/wuhan-2026-0003/" in links
    assert f"../../{provision().path}" in links
    assert "../../api/v1/honours/wuhan-2026-h0001.json" in links


def test_a_certificate_with_a_code_leads_to_its_check() -> None:
    assert "../../verify/" in links_of(page_of(honour(has_certificate_code=True)).body)
    assert "../../verify/" not in links_of(page_of(honour()).body)


def test_posthumous_is_marked() -> None:
    assert "追授" in text_of(page_of(KINDS["posthumous"]).body)
    by_death = honour(recipients=(person(death="unsaid"),))
    assert "追授" not in page_of(by_death).body, "the organ said 授予"
    assert "已故" in text_of(page_of(by_death).body)
    died = page_of(honour(recipients=(person(death="in_the_act"),))).body
    assert "李大勇（牺牲）" in text_of(died) and "yy-certificate__life" not in died, (
        "no bare word below the name"
    )
    assert "追授" not in page_of(honour()).body


def test_of_the_dead_their_kin_may_ask() -> None:
    dead = text_of(page_of(honour(recipients=(person(death="in_the_act"),))).body)
    assert "或者近亲属希望隐去姓名" in dead and "本人、近亲属" not in dead
    assert "或者本人、近亲属希望隐去姓名" in text_of(page_of(honour()).body)


def test_the_dead_of_a_group_are_not_in_red() -> None:
    body = page_of(honour(recipients=(person(), person("井田禾", death="in_the_act")))).body
    assert body.count("data-dead") == 1
    assert re.search(r'data-dead>\s*<p class="yy-person__name">井田禾', body)


def test_members_of_a_group() -> None:
    assert "荣誉授予集体，共 12 人。" in text_of(page_of(KINDS["group"]).body)
    assert "荣誉授予集体。" in text_of(page_of(KINDS["group_of_unknown_size"]).body)
    assert "所列共 12 人" in text_of(page_of(KINDS["group_of_names"]).body)
    told = honour(recipients=(person(), person("井田禾", death="in_the_act")), group=GROUP)
    heading = text_of(page_of(told).body.partition("<h1>")[2].partition("</h1>")[0])
    assert "井田禾（牺牲） 等12人" in " ".join(heading.split()), "twelve told as two, the dead unmarked"
    assert page_of(told).title == "护堤村民群体（李大勇、井田禾等12人）：武汉市见义勇为英雄"
    assert heading.split()[0] == GROUP.name
    card = card_due(told, context(share_cards=True))
    assert card is not None and card.title == "护堤村民群体（李大勇、井田禾（牺牲）等12人）"
    whole = honour(recipients=(person(), person("王勇")), group=PublicGroup(name="群体", head_count=2))
    assert "所列共" not in text_of(page_of(whole).body)
    assert page_of(KINDS["several"]).title == "李一勇等5人：武汉市见义勇为英雄"


@pytest.mark.parametrize("kind", ["plain", "posthumous", "group", "corrected"])
def test_a_printed_honour_says_whose_page_it_is_and_that_it_is_no_certificate(kind: str) -> None:
    sheet = page_of(KINDS[kind]).body.partition('class="yy-print yy-seal"')[2]
    assert "本页由义勇录（示例）打印，不是荣誉证书。" in text_of(sheet)
    assert f"版本 {version_of(KINDS[kind], context())}" in text_of(sheet)
    assert ("已更正（2026年11月1日）" in text_of(sheet)) is (kind == "corrected")


def test_a_group_that_was_honoured_as_a_whole_has_its_members_on_the_sheet() -> None:
    told = honour(
        recipients=(),
        group=GROUP,
        members=("李大勇", "王勇"),
        notice="wuhan-2026-0003",
        notice_names_people=True,
    )
    body = page_of(told).body
    said = "成员（据公示）：李大勇、王勇（共12人）"
    assert said in text_of(body.partition("<h1>")[2].partition("</h1>")[0])
    assert said in text_of(body.partition('id="recipients"')[2].partition("</section>")[0])
    assert "参加的人，见公示" not in body
    card = card_due(told, context(share_cards=True))
    assert card is not None and said in card.deed and card.lines[-1] == "2026年10月12日"
    many = replace(told, members=("李大勇", "王勇", "王强", "王刚"))
    card = card_due(many, context(share_cards=True))
    assert card is not None and "成员（据公示）：李大勇、王勇、王强等12人" in card.deed
    assert "成员（据事迹）：李大勇" in text_of(page_of(replace(told, notice_names_people=False)).body)
    whole = page_of(KINDS["group"]).body
    assert "共 12 人" in text_of(whole.partition("<h1>")[2].partition("</h1>")[0])
    unit = PublicGroup(name="消防站", head_count=None, kind="unit")
    assert "成员" not in text_of(page_of(replace(told, group=unit)).body)


def test_other_honours_for_the_same_deed_are_linked() -> None:
    other = FellowHonour(
        id="wuhan-2022-h0001", name="李大勇", title="湖北省见义勇为英雄", decided_on=PartialDay("2022-09-28")
    )
    body = page_of(honour(fellows=(other,))).body
    section = body.partition('id="fellows"')[2].partition("</section>")[0]
    assert "同一件事的其他荣誉" in section and "2022年9月28日" in section
    assert "李大勇：湖北省见义勇为英雄" in text_of(section)
    assert links_of(section) == ["../../honours/wuhan-2022-h0001/"]
    assert "同一件事的其他荣誉" not in page_of(honour()).body


def test_a_correction_is_told_and_the_honour_stands() -> None:
    page = page_of(KINDS["corrected"])
    text = text_of(page.body)
    assert "有效（已更正）" in text
    assert "原为" in text
    assert "李大勇" in text
    assert page.lastmod == "2026-11-01"
    assert page.search is not None


def test_a_correction_that_does_not_say_what_stood_before() -> None:
    item = correction(
        date(2026, 6, 16), what="公布文号误写，予以更正。", was=None, now="江岸政示例〔2026〕19号"
    )
    body = page_of(honour(status=HonourStatus.CORRECTED, corrections=(item,))).body
    text = text_of(body)
    assert "本页于2026年6月16日更正：公布文号误写，予以更正（见更正）。" in text
    assert "更正为 江岸政示例〔2026〕19号" in " ".join(text.split()) and "原为" not in text
    assert "原来怎样写，更正没有登载。" in text


@pytest.mark.parametrize("kind", ["revoked", "revoked_with_names", "revoked_with_notice"])
def test_a_revoked_honour_is_a_tombstone(kind: str) -> None:
    item = KINDS[kind]
    page = page_of(item)
    text = text_of(page.body)
    assert page.noindex
    found = honour_record(item, page)
    assert found is not None and "撤销" in found.title
    assert not found.named and "李大勇" not in str(found) and "水中救人" not in str(found)
    assert page.lastmod == "2026-11-02"
    for said in ("荣誉已撤销", "2026年11月2日", "武汉市人民政府（示例）", "弄虚作假"):
        assert said in text, said
    assert "下水救起" not in text
    assert ("李大勇" in text) == bool(item.recipients) == ("希望隐去姓名" in text)
    # Wherever a machine looks there is never a name.
    assert "李大勇" not in page.title + page.description + page.head
    assert "citation_title" not in page.head


def test_search_and_filters() -> None:
    page = page_of(honour())
    assert page.search is not None
    assert page.search["title"] == "李大勇：武汉市见义勇为英雄"
    assert dict(page.filters) == {
        "栏目": ("光荣榜",),
        "城市": ("武汉",),
        "年份": ("2026",),
        "称号": ("武汉市见义勇为英雄",),
        "状态": ("荣誉有效",),
        "类型": ("水中救人",),
    }


def test_machines_read_the_same() -> None:
    head = page_of(honour()).head
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', head, re.S)
    assert found is not None
    data = json.loads(found[1])
    assert data["version"] == honour_document(honour(), context()).version
    assert data["about"] == [{"@type": "Person", "name": "李大勇", "award": "武汉市见义勇为英雄"}]
    assert (
        data["breadcrumb"]["itemListElement"][-1]["item"]
        == "https://yiyong.example/honours/wuhan-2026-h0001/"
    )
    masked = page_of(KINDS["minor"]).head
    assert '"award"' not in masked
    for tag in ("ArticleTitle", "PubDate", "ContentSource", "og:type", "citation_title", "DC.title"):
        assert f'"{tag}"' in head, tag


def hostile_honour(text: str) -> PublicHonour:
    return replace(
        honour(),
        title=text,
        grantor=text,
        number=text,
        batch=text,
        merit=text,
        recipients=(person(text, unit=text, injured=text),),
        group=PublicGroup(name=text, head_count=3),
        act=act(summary=text, narrative=(text,), place=text, limb=text),
        corrections=(correction(date(2026, 11, 1), what=text, was=text, now=text),),
        provisions=(provision(summary=text, article=text, instrument=text),),
    )


def test_hostile_text_stays_text() -> None:
    def tags_with(text: str) -> tuple[list[str], ...]:
        page = page_of(hostile_honour(text))
        gone = revoked_honour(title=text, revoked_ground=text, revoked_by=text, recipients=(person(text),))
        return tags_of(page.body), tags_of(f"<div>{page.head}</div>"), tags_of(page_of(gone).body)

    harmless = tags_with("平常的字")
    for text in HOSTILE_TO_MARKUP:
        assert tags_with(text) == harmless, text[:40]


# --- the law on granting and revoking, with the sample site's own instruments ----------------------------


def articles(item: PublicHonour, on: date = date(2026, 11, 22)) -> list[tuple[str, str]]:
    return [(ref.instrument, ref.article) for ref in grant_provisions(item, site_context(on))]


def test_who_may_grant_by_the_law_of_the_day() -> None:
    kunming = honour(jurisdiction="kunming", decided_on="2022-06-01")
    assert ("昆明市奖励和保护见义勇为人员办法", "第十八条") in articles(kunming)
    old = {
        title: [article for _, article in articles(honour(title=title, decided_on="2014-09-30"))]
        for title in ("见义勇为先进分子", "武汉市见义勇为英雄", "见义勇为好市民")
    }
    assert old == {
        "见义勇为先进分子": ["第八条第（三）项"],
        "武汉市见义勇为英雄": ["第八条第（四）项"],
        "见义勇为好市民": ["第八条第（三）项", "第八条第（四）项"],
    }


def test_a_district_s_award_is_not_told_who_pays_the_city_s() -> None:
    item = honour(
        jurisdiction="kunming", level="district", verb="奖励", title="见义勇为奖", decided_on="2022-06-01"
    )
    assert [article for _, article in articles(item)] == ["第十七条"]


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("见义勇为模范", ["见义勇为模范"]),
        ("见义勇为先进分子", ["见义勇为先进分子"]),
        ("南京市见义勇为先进分子", ["见义勇为先进分子"]),
        ("见义勇为好市民", ["见义勇为模范", "见义勇为先进分子"]),
    ],
)
def test_who_may_grant_is_told_of_the_title_that_was_granted(title: str, named: list[str]) -> None:
    item = honour(jurisdiction="nanjing", title=title, decided_on="2025-06-01")
    told = [ref.summary for ref in grant_provisions(item, site_context())]
    assert [
        name for name in ("见义勇为模范", "见义勇为先进分子") if any(name in each for each in told)
    ] == named


def test_a_province_s_title_is_not_the_city_s_of_the_same_end() -> None:
    item = honour(jurisdiction="henan", level="province", title="河南省见义勇为模范", decided_on="2025-06-01")
    told = "".join(ref.summary for ref in grant_provisions(item, site_context()))
    assert "省辖市" not in told


def test_who_pays_a_bonus_is_not_said_to_grant_a_title() -> None:
    titled = honour(decided_on="2026-06-01")
    assert articles(titled) == []
    assert "第十四条" not in text_of(
        render_honour(titled, site_context(), version_of(titled, site_context())).body
    )
    bonus = honour(verb="奖励", decided_on="2026-06-01")
    assert [article for _, article in articles(bonus)] == ["第十四条第二款"], (
        "the city pays it, not the district"
    )


def test_merit_is_granted_by_those_who_may_give_merit() -> None:
    merit = honour(verb="记功", decided_on="2012-04-15")
    assert [article for _, article in articles(merit)] == ["第八条第（二）项"]
    title = honour(jurisdiction="hangzhou", decided_on="2026-04-15")
    assert articles(title) == []


@pytest.mark.parametrize("jurisdiction", ["wuhan", "hangzhou", "kunming"])
def test_an_honour_is_not_told_beside_what_the_law_leaves_out(jurisdiction: str) -> None:
    item = honour(jurisdiction=jurisdiction, decided_on="2026-06-01")
    body = render_honour(item, site_context(), version_of(item, site_context())).body
    assert "未规定" not in text_of(body) and "谁可以授予" not in text_of(body)
    law = links_of(body[body.index('id="law"') :])
    assert law[0] == f"../../{provision().path}", "the case's own provision comes first"


def test_nothing_is_said_where_the_law_of_the_day_is_not_known() -> None:
    assert articles(honour(jurisdiction="kunming", decided_on="2012")) == []
    assert articles(honour(level="national")) == []
    # Kunming's text changed within 2014.
    assert articles(honour(jurisdiction="kunming", decided_on="2014")) == []
    assert articles(honour(jurisdiction="kunming", decided_on="2014-12")) != []


def test_an_honour_older_than_every_text_at_hand_says_so_with_what_is_known() -> None:
    law_of = {"context": site_context(), "version": "0" * 12}
    old = honour(jurisdiction="nanjing", level="city", decided_on=PartialDay("2006"), provisions=())
    told = text_of(render_honour(old, **law_of).body)
    assert "本站没有作出决定之日有效的文本" in told and "不表示当时没有规定" in told
    assert "《南京市奖励和保护见义勇为人员条例》原始公布版，2015年9月22日以前还没有施行" in told
    assert "江苏省" in told and "本站也没有收录" in told
    new = replace(old, decided_on=PartialDay("2020-06-01"))
    assert "本站没有作出决定之日有效的文本" not in text_of(render_honour(new, **law_of).body)
    nation = replace(old, level="national")
    assert "本站没有作出决定之日有效的文本" not in text_of(render_honour(nation, **law_of).body)


def test_a_change_of_law_in_the_last_days_of_a_month_is_seen() -> None:
    texts = {item.jurisdiction: item for item in settings().instruments}
    kunming = texts["kunming"]
    ended = kunming.versions[0].model_copy(update={"in_force_until": date(2014, 12, 30)})
    library = build_library([kunming.model_copy(update={"versions": (ended,)})])
    of = site_context(library=library)
    in_month = honour(jurisdiction="kunming", decided_on="2014-12")
    on_day = honour(jurisdiction="kunming", decided_on="2014-12-28")
    assert list(grant_provisions(on_day, of)) != []
    assert list(grant_provisions(in_month, of)) == []


def test_an_old_version_is_said_to_be_old() -> None:
    of = replace(site_context(), as_of=datetime(2026, 11, 22, 9, tzinfo=SHANGHAI))
    refs = list(grant_provisions(honour(jurisdiction="kunming", decided_on="2022-06-01"), of))
    assert [ref.superseded for ref in refs] == [False] * len(refs)
    assert refs


def test_the_law_of_an_honour_says_where_its_time_is_uncertain() -> None:
    """Nanjing's text gives no day: of 2013 it is not cited at all, of later years with the doubt."""
    of, said = site_context(), "施行日期不详，不能断定是否适用"
    early = honour(jurisdiction="nanjing", decided_on="2013-12", provisions=())
    assert list(grant_provisions(early, of)) == []
    later = honour(jurisdiction="nanjing", decided_on="2026-06-01", provisions=())
    refs = list(grant_provisions(later, of))
    assert refs and all(ref.in_doubt for ref in refs)
    held = "作出决定之日有效的规定。"
    assert held not in text_of(render_honour(later, of, "0" * 12).body), "nobody can say that it held"
    certain = honour(jurisdiction="kunming", decided_on="2022-06-01")
    assert held in text_of(render_honour(certain, of, "0" * 12).body)
    law = render_honour(later, of, version_of(later, of)).body.partition('id="law"')[2]
    assert text_of(law).count(said) == len({(ref.path, ref.article) for ref in refs})
    settled = honour(jurisdiction="kunming", decided_on="2026-06-01")
    assert said not in text_of(render_honour(settled, of, version_of(settled, of)).body)


def test_a_revoked_honour_names_the_way_of_appeal() -> None:
    of = site_context()
    gone = revoked_honour(revoked_on=date(2026, 11, 2))
    page = render_honour(gone, of, version_of(gone, of)).body
    assert "六十日内申请行政复议" in text_of(page)
    assert 'href="../../policies/wuhan/#remedies"' in page
    standing = honour(jurisdiction="wuhan")
    assert "行政复议" not in text_of(render_honour(standing, of, version_of(standing, of)).body)


def test_the_rule_on_revocation() -> None:
    of = site_context()
    refs = list(revocation_provisions(revoked_honour(revoked_on=date(2026, 11, 2)), of))
    assert refs
    for ref in refs:
        assert ref.summary in text_of(
            render_honour(revoked_honour(), of, version_of(revoked_honour(), of)).body
        )
    assert list(revocation_provisions(honour(), of)) == []


def test_the_card_of_the_dead_has_their_years_and_says_posthumous_once() -> None:
    born = person(death="in_the_act", born=PartialDay("1968"))
    page = page_of(honour(verb="追授", recipients=(born,), act=act(happened_on=PartialDay("2014-07-04"))))
    card = page.body[page.body.index("yy-certificate") : page.body.index("</header>")]
    assert "1968—2014" in text_of(card)
    assert card.count("追授") == 1
    # No year where the record has none, or where the death was another day's: the record's own word.
    for told, word in (
        (person(death="in_the_act"), "牺牲"),
        (person(death="later", born=PartialDay("1968")), "已故"),
        (person(death="unsaid", born=PartialDay("1968")), "已故"),
    ):
        other = page_of(honour(recipients=(told,)))
        card = other.body[other.body.index("yy-certificate") : other.body.index("</header>")]
        assert word in text_of(card)
        assert "—" not in text_of(card)


def test_the_group_that_is_honoured_stands_before_its_people() -> None:
    """The title is the group's: its name is the large one, and those whom the decision names stand below it."""
    three = (person("诸葛长川"), person("井田禾", death="in_the_act"), person("王勇"))
    named = page_of(honour(recipients=three, group=PublicGroup(name="抢险群体", head_count=27))).body
    card = named[named.index("<h1>") : named.index("</h1>")]
    (large,) = re.findall(r'class="yy-certificate__names [^"]*">(.*?)</span>\s*</span>', card, re.DOTALL)
    assert text_of(large) == "抢险群体"
    assert text_of(card).replace(" ", "").startswith("抢险群体诸葛长川井田禾（牺牲）王勇等27人")


def test_the_years_of_life_are_only_those_the_page_shows() -> None:
    masked = person("曹某", masked=True, death="in_the_act")
    several = tuple(person(f"李{n}勇", death="in_the_act", born=PartialDay("1968")) for n in "一二")
    for recipients in ((masked,), several):
        assert "yy-certificate__life" not in page_of(
            honour(recipients=recipients)
        ).body or "—" not in text_of(
            re.findall(r"__life.*?</span>", page_of(honour(recipients=recipients)).body)[0]
        )


def test_nothing_reads_as_doubt_beside_the_name_of_an_honour_that_stands() -> None:
    body = page_of(honour()).body
    assert "荣誉有效" not in body[: body.index('id="check"')]
    assert "荣誉有效" in body[body.index('id="check"') :]
    corrected = page_of(KINDS["corrected"]).body
    assert "有效（已更正）" in corrected[: corrected.index('id="check"')]


def test_the_recipients_have_a_section_only_where_it_adds_to_the_card() -> None:
    assert 'id="recipients"' not in page_of(honour(recipients=(person(sex="男"),))).body
    assert 'id="recipients"' in page_of(honour(recipients=(person(sex="男", post="村医"),))).body


def test_citations_are_folded_and_open_by_their_address() -> None:
    body = page_of(honour()).body
    assert re.search(r"<details[^>]*>\s*<summary>引用本页</summary>\s*<div id=\"cite\">", body)


def test_a_revoked_honour_says_from_when_its_remedies_are_counted() -> None:
    of_wuhan = revoked_honour(revoked_on=date(2024, 3, 22), notice="wuhan-2023-0001")
    text = text_of(render_honour(of_wuhan, site_context(), version_of(of_wuhan)).body)
    assert "本决定作出于2024年3月22日。认为撤销侵犯自己合法权益的，有下列途径；期限从" in text
    assert "原来的公示（wuhan-2023-0001）" in text


def test_a_revoked_honour_says_whom_to_telephone() -> None:
    """The organ that revoked it, where its number is known; else the one that published the notice; else nobody's."""
    office = OFFICE
    asked = {
        (office, None): "可以问该机关，电话 027-00000011。",
        ("某区人民政府（示例）", "wuhan-pingan"): f"可以问承办原公示的{office}，电话 027-00000011。",
        ("某区人民政府（示例）", None): "可以问该机关。",
    }
    for (organ, published_by), said in asked.items():
        # Nobody is sent to ask for a reason that stands above.
        for ground, why in ((None, "撤销的理由是什么，"), ("弄虚作假", "")):
            gone = revoked_honour(revoked_by=organ, notice_authority=published_by, revoked_ground=ground)
            remedies = text_of(page_of(gone).body.partition('id="remedies"')[2])
            assert f"本项荣誉由{organ}撤销。{why}不服的向哪个机关提出，{said}" in remedies


@every_row(
    ("changes", "told"),
    [
        ({}, False),
        ({"notice": "wuhan-2026-0003", "notice_title": "关于某群体的公示"}, False),
        (
            {"notice": "wuhan-2026-0003", "notice_title": "关于某群体的公示", "notice_names_people": True},
            True,
        ),
    ],
)
def test_an_honour_of_a_group_leads_to_the_notice_in_which_its_people_are_named(
    changes: dict[str, object], told: bool
) -> None:
    body = page_of(replace(KINDS["group"], **changes)).body
    people = body.partition('id="recipients"')[2].partition("</section>")[0]
    assert ("参加的人，见公示：" in text_of(f"<p {people}")) == told
    assert ("../../notices/wuhan-2026-0003/" in people) == told
    named = page_of(replace(KINDS["group_of_names"], **changes)).body
    assert "参加的人，见公示" not in named, "its people stand above"
    assert "未公布" not in body


def test_who_is_masked_is_explained_on_an_honour_too() -> None:
    body = page_of(KINDS["minor"]).body
    assert "标明“隐名”的，姓名按规定只写出一部分，原因不公布。" in text_of(body)
    assert "../../about/" in links_of(body)
    assert "标明“隐名”的" not in page_of(honour()).body
