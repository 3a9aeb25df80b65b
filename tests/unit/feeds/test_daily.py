"""每日简报与心跳: what a day brought, at one address, the same whenever it is made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import feedparser

from generator.outputs.feeds.daily_feed import daily_feeds, heartbeat_feed
from generator.pages.daily_pages import daily_pages
from generator.pages.subscribe_page import render_subscribe_page
from generator.public.changes import honour_changes, notice_changes
from generator.public.context import SiteContext
from generator.public.daily_digest import DayDigest, DigestKind, day_digests, last_change_on
from generator.public.list_parts import all_of
from generator.public.list_rows import notice_row
from generator.public.public_case import HistoryEvent, NoticeStatus, PublicHonour, PublicNotice
from generator.source.model.instant import SHANGHAI
from generator.source.model.site_settings import Alerts
from tests.every_row import every_row
from tests.public_records import (
    AS_OF,
    HOSTILE,
    clock,
    context,
    correction,
    honour,
    notice,
    revoked_honour,
    site,
    tombstone,
)
from tests.unit.pages.reading import text_of

CONTEXT = context()


def digests(
    *notices: PublicNotice, honours: Sequence[PublicHonour] = (), at: datetime = AS_OF
) -> tuple[DayDigest, ...]:
    changes = [change for item in notices for change in notice_changes(item)]
    changes += [change for item in honours for change in honour_changes(item)]
    return day_digests(map(notice_row, notices), changes, replace(CONTEXT, as_of=at))


def kinds(found: Sequence[DayDigest]) -> dict[date, list[str]]:
    return {one.day: [item.kind.value for item in one.items] for one in found}


def feeds(found: Sequence[DayDigest], of: SiteContext = CONTEXT) -> dict[str, bytes]:
    return dict(all_of(daily_feeds(found, of)))


def parsed(data: bytes) -> Any:
    read = feedparser.parse(data)
    assert not read.bozo, read.get("bozo_exception")
    return read


def test_a_notice_stands_in_the_days_of_its_life() -> None:
    its_clock = clock(date(2026, 11, 10))
    record = notice(clock=its_clock, status=NoticeStatus.AWAITING)
    assert kinds(digests(record)) == {
        date(2026, 11, 17): ["ended"],  # At 24:00 of the 16th.
        date(2026, 11, 16): ["closing"],
        date(2026, 11, 15): ["closing"],
        date(2026, 11, 10): ["opened"],
    }
    (opened,) = [
        one
        for one in digests(notice(clock=its_clock, published_at=datetime(2026, 11, 8, 9, tzinfo=SHANGHAI)))
        if one.items[0].kind.value == "opened"
    ]
    assert (opened.day, opened.items[0].notes) == (
        date(2026, 11, 8),
        ("公示自2026年11月10日起", "异议截至 2026年11月16日 24:00"),
    )
    hours = clock(date(2026, 11, 10), close_of_business=time(17, 30))
    early = notice(clock=hours, status=NoticeStatus.AWAITING)
    assert kinds(digests(early))[date(2026, 11, 16)] == ["closing", "ended"]
    near = {one.day.day: one.items[0].notes for one in digests(record) if one.day.day in (15, 16)}
    # Counted from the digest's day: 明天 would be untrue to who reads it later.
    assert near == {
        15: ("次日截止", "异议截至 2026年11月16日 24:00"),
        16: ("当天截止", "异议截至 2026年11月16日 24:00"),
    }


def test_a_past_day_says_which_last_day_was_published_then_where_it_was_moved_since() -> None:
    moved = correction(date(2026, 11, 12), moved_closes_on=date(2026, 11, 16), moved_from=date(2026, 11, 14))
    record = notice(clock=clock(date(2026, 11, 10)), status=NoticeStatus.AWAITING, corrections=(moved,))
    notes = {item.kind.value: item.notes for one in digests(record) for item in one.items}
    assert notes["opened"] == ("异议截至 2026年11月16日 24:00（当时为11月14日，后改）",)
    assert notes["closing"][-1] == "异议截至 2026年11月16日 24:00"


def test_a_page_tells_of_a_notice_once_a_day() -> None:
    """That the end of 甲's notice was near stood beside the news of its objection."""
    dismissed = HistoryEvent(on=date(2026, 11, 15), event="objection_dismissed", organ="示例机关")
    record = notice(clock=clock(date(2026, 11, 10)), status=NoticeStatus.AWAITING, events=(dismissed,))
    page = next(all_of(daily_pages(digests(record), CONTEXT)))
    (day,) = re.findall(r'id="2026-11-15">(.*?)</section>', page.body, re.DOTALL)
    assert day.count(f'/{record.path}"') == 1 and "异议不成立" in day and "次日截止" in day
    (alone,) = re.findall(r'id="2026-11-16">(.*?)</section>', page.body, re.DOTALL)
    assert ">截止提醒</span>" in alone and "当天截止" in alone
    deed = notice_row(record).summary
    assert deed and deed in text_of(alone) and deed not in text_of(day)
    # The feed says the same, in the same words.
    told = {
        entry.id.rpartition("/")[2]: entry
        for entry in parsed(feeds(digests(record))["feeds/daily.atom"]).entries
    }
    news = told["2026-11-15"].summary
    assert news.count(f"/{record.path}") == 1 and "截止提醒" not in news
    (note,) = re.findall(r"yy-rows__note\">(.*?)</p>", day)
    assert f"（{text_of(note)}）" in news


def test_a_kind_is_read_with_each_of_its_items_and_seen_once() -> None:
    page = next(all_of(daily_pages(digests(notice(1), notice(2), notice(3)), CONTEXT)))
    labels = re.findall(r'<span class="(yy-[a-z]+)">新公示</span>', page.body)
    assert labels == ["yy-muted", "yy-hidden", "yy-hidden"]


def test_no_day_to_come_is_told_and_nothing_before_its_moment() -> None:
    record = notice()  # From the 20th to the 26th.
    assert list(kinds(digests(record))) == [date(2026, 11, 20)]
    before = datetime(2026, 11, 26, 23, 59, tzinfo=SHANGHAI)
    assert date(2026, 11, 27) not in kinds(digests(record, at=before))
    assert date(2026, 11, 27) in kinds(digests(record, at=before + timedelta(minutes=1)))


def test_a_past_day_says_the_same_for_ever() -> None:
    record = notice(clock=clock(date(2026, 11, 10)), status=NoticeStatus.AWAITING)
    now, later = (digests(record, at=AS_OF + timedelta(days=days)) for days in (0, 40))
    assert now
    assert [(one.day, one.items, one.updated) for one in now] == [
        (one.day, one.items, one.updated) for one in later
    ]
    assert feeds(now) == feeds(later)


def test_changes_and_honours_are_told_and_who_was_revoked_is_named_nowhere() -> None:
    confirmed = HistoryEvent(on=date(2026, 11, 20), event="confirmed", organ="示例机关")
    moved = correction(date(2026, 11, 12), moved_closes_on=date(2026, 11, 17), what="更正截止日。")
    notices = [
        notice(
            clock=clock(date(2026, 11, 10)),
            status=NoticeStatus.CONFIRMED,
            events=(confirmed,),
            corrections=(moved,),
        ),
        tombstone(),
    ]
    found = digests(*notices, honours=[honour(), revoked_honour()])
    told = {(one.day, item.record): item for one in found for item in one.items if item.change}
    assert told[date(2026, 11, 20), notices[0].id].title.startswith("确认：")
    assert told[date(2026, 11, 12), notices[0].id].notes == ("公示截止日改为2026年11月17日",)
    published = honour().published_day
    assert published is not None
    assert told[published, honour().id].kind is DigestKind.HONOURED
    dead = {tombstone().id, revoked_honour().id}
    text = "".join(
        item.title + "".join(item.notes) for one in found for item in one.items if item.record in dead
    )
    assert "李大勇" not in text
    titles = {item.title for one in found for item in one.items if item.record in dead}
    assert f"见义勇为确认（已撤销） {tombstone().id}" in titles
    assert f"见义勇为荣誉（后已撤销） {revoked_honour().id}" in titles


def test_a_feed_has_an_entry_a_day_at_an_address_that_stays() -> None:
    here, there = notice(clock=clock(date(2026, 11, 17))), notice(2, jurisdiction="nanjing")
    files = feeds(digests(here, there))
    assert set(files) == {"feeds/daily.atom", "feeds/wuhan/daily.atom", "feeds/nanjing/daily.atom"}
    entries = {entry.link: entry for entry in parsed(files["feeds/daily.atom"]).entries}
    entry = entries["https://yiyong.example/daily/2026-11/#d20"]
    assert entry.id == "tag:yiyong.example,2026:/daily/2026-11-20"
    assert entry.title == "11月20日：新公示 1 件"
    assert f"https://yiyong.example/{there.path}" in entry.summary
    assert "异议截至 2026年11月26日 24:00" in entry.summary
    only = parsed(files["feeds/nanjing/daily.atom"]).entries
    assert [entry.id for entry in only] == ["tag:yiyong.example,2026:/daily/nanjing/2026-11-20"]
    assert all(entry.updated_parsed <= AS_OF.utctimetuple() for entry in entries.values())


def test_an_entry_is_new_when_a_name_in_it_was_taken_back() -> None:
    its_clock = clock(date(2026, 11, 10))
    on = date(2026, 11, 21)
    event = HistoryEvent(on=on, event="revoked", organ="示例机关", text="材料不实")
    before = digests(notice(1, clock=its_clock, status=NoticeStatus.AWAITING))
    after = digests(tombstone(number=1, clock=its_clock, events=(event,)))
    moments = [next(one.updated for one in found if one.day.day == 10) for found in (before, after)]
    assert moments[0].date() == date(2026, 11, 10)
    assert moments[1].date() == on


def test_days_stand_on_the_page_of_their_month_where_the_feed_leads() -> None:
    october = notice(3, clock=clock(date(2026, 10, 29)), status=NoticeStatus.AWAITING)
    found = digests(notice(), october)
    pages = {page.path: page for page in all_of(daily_pages(found, CONTEXT))}
    assert set(pages) == {"daily/", "daily/2026-11/", "daily/2026-10/"}
    for one in found:
        path, _, anchor = one.path.partition("#")
        assert f'id="{anchor}"' in pages[path].body
    assert "../../daily/2026-10/" in pages["daily/2026-11/"].body
    assert "../../daily/2026-11/" in pages["daily/2026-10/"].body
    assert 'href="../daily/2026-11/#d20"' in pages["daily/"].body


def test_a_month_that_is_over_is_the_same_on_any_day_of_a_later_one() -> None:
    found = digests(notice(), notice(3, clock=clock(date(2026, 10, 29)), status=NoticeStatus.AWAITING))
    november, december = (
        {page.path: page for page in all_of(daily_pages(found, replace(CONTEXT, as_of=moment)))}
        for moment in (AS_OF, datetime(2026, 12, 1, tzinfo=SHANGHAI))
    )
    assert november["daily/2026-11/"].freshness is None
    assert december["daily/2026-11/"].freshness is not None
    assert november["daily/2026-10/"] == december["daily/2026-10/"]


def test_months_are_folded_by_year_and_the_newest_stands_open() -> None:
    old = [notice(n, clock=clock(date(2025, n, 10)), status=NoticeStatus.AWAITING) for n in (3, 4)]
    page = next(all_of(daily_pages(digests(notice(), *old), CONTEXT))).body
    newest, _, older = page[page.index('id="months"') :].partition("<details")
    assert "2026年" in newest
    assert "2025年" in older and " open>" not in older
    assert "<details" not in next(all_of(daily_pages(digests(notice()), CONTEXT))).body
    assert re.findall(r'href="../daily/([^"]+)/"', newest) == ["2026-11"]
    assert {"2025-03", "2025-04"} <= set(re.findall(r'href="../daily/([^"]+)/"', older))


def test_long_days_are_cut_and_say_so() -> None:
    many = [honour(number) for number in range(1, 9)]
    (one,) = digests(honours=many)
    summary = parsed(feeds((one,))["feeds/daily.atom"]).entries[0].summary
    assert summary.count("https://yiyong.example/honours/") == CONTEXT.site.lists.per_page + 1
    assert "另有 3 项，见 https://yiyong.example/honours/。" in summary
    assert "另有" in next(all_of(daily_pages((one,), CONTEXT))).body


@every_row("text", HOSTILE[:12], ids=range(12))
def test_hostile_titles_are_inert(text: str) -> None:
    found = digests(notice(title=text))
    assert len(parsed(feeds(found)["feeds/daily.atom"]).entries) == 1
    body = next(all_of(daily_pages(found, CONTEXT))).body
    assert "<script>alert" not in body
    assert "<img src=x" not in body


def test_the_heart_beats_once_a_day_and_tells_quiet_from_busy() -> None:
    found = digests(notice())
    assert last_change_on(found) == date(2026, 11, 20)
    beat = parsed(heartbeat_feed(CONTEXT, last_change_on(found)))
    (entry,) = beat.entries
    assert entry.id == "tag:yiyong.example,2026:/heartbeat/2026-11-22"
    assert entry.title == "11月22日：网站正常更新，当天没有变动"
    assert "最近一次变动在2026年11月20日。" in entry.summary
    assert beat.feed.updated == AS_OF.isoformat()
    later = replace(CONTEXT, as_of=AS_OF + timedelta(hours=3))
    same = parsed(heartbeat_feed(later, last_change_on(found))).entries[0]
    assert (same.id, same.updated) == (entry.id, entry.updated)
    assert "当天有变动" in parsed(heartbeat_feed(CONTEXT, CONTEXT.day)).entries[0].title


def test_an_end_that_comes_near_is_no_change() -> None:
    record = notice(clock=clock(date(2026, 11, 17)))
    found = digests(record, at=datetime(2026, 11, 23, 9, tzinfo=SHANGHAI))
    assert found[0].day == date(2026, 11, 23)
    assert last_change_on(found) == date(2026, 11, 17)


def test_the_page_of_subscriptions_names_each_by_city_and_kind() -> None:
    body = render_subscribe_page(CONTEXT).body
    for path in ("feeds/wuhan/honours.atom", "feeds/nanjing/notices.atom", "calendar/nanjing/decisions.ics"):
        assert f'href="../{path}"' in body
    (row,) = re.findall(r'<tr id="wuhan">.*?</tr>', body, re.DOTALL)
    for part in ("webcal:", "calendar/wuhan.ics", 'data-copy="#wuhan-calendar"'):
        assert part in row
    # The calendar and its cities come first, what is for readers of feeds after all else; inside WeChat the way on is read
    # before the buttons.
    assert body.index("yy-in-wechat") < body.index("<table") < body.index("微信不能直接订阅")
    assert (
        body.index("微信不能直接订阅") < body.index('id="readers"') < body.index("feeds/wuhan/notices.atom")
    )
    assert 'href="../feeds/heartbeat.atom"' in body
    off = Alerts.model_construct(by_city=False, daily=False, heartbeat=False)
    less = render_subscribe_page(replace(CONTEXT, site=site(alerts=off))).body
    assert 'href="../feeds/wuhan/notices.atom"' in less
    assert not [word for word in ("wuhan/honours", "daily", "heartbeat") if word in less]
