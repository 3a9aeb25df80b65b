"""订阅: read back by feedparser, complete across pages, updated when a state changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import feedparser
import pytest
from lxml import etree

from generator.outputs.feeds.site_feeds import site_feeds
from generator.public.changes import newest_first, notice_changes
from generator.public.context import SiteContext
from generator.public.list_parts import all_of
from generator.public.list_rows import honour_row, notice_row
from generator.public.plain_text import one_line, storable
from generator.public.public_case import HistoryEvent, NoticeStatus, PublicHonour, PublicNotice
from generator.source.model.instant import SHANGHAI
from tests.every_row import every_row
from tests.public_records import (
    AS_OF,
    HOSTILE,
    act,
    clock,
    context,
    correction,
    honour,
    notice,
    revoked_honour,
    site,
    tombstone,
)

CONTEXT = context()


def feeds(
    notices: Iterable[PublicNotice] = (),
    honours: Iterable[PublicHonour] = (),
    site_context: SiteContext = CONTEXT,
) -> dict[str, bytes]:
    notices = list(notices)
    changes = newest_first(change for item in notices for change in notice_changes(item))
    return dict(
        all_of(
            site_feeds(
                [notice_row(n) for n in notices], [honour_row(h) for h in honours], changes, site_context
            )
        )
    )


def parsed(text: bytes) -> Any:
    found = feedparser.parse(text)
    assert not found.bozo, found.get("bozo_exception")
    return found


def many(count: int) -> list[PublicNotice]:
    return [
        notice(n, clock=clock(date(2026, 1, 5) + timedelta(days=n)), status=NoticeStatus.AWAITING)
        for n in range(1, count + 1)
    ]


def walk(files: dict[str, bytes], start: str) -> list[str]:
    """Every entry id from the current document back through its archives."""
    ids: list[str] = []
    path: str | None = start
    while path is not None:
        found = parsed(files[path])
        ids += [entry.id for entry in found.entries]
        links = {link.rel: link.href for link in found.feed.links}
        path = links.get("prev-archive", "").removeprefix("https://yiyong.example/") or None
    return ids


def test_there_is_a_feed_for_all_for_each_city_for_honours_and_for_changes() -> None:
    files = feeds([notice(1), notice(2, jurisdiction="nanjing")], [honour()])
    assert set(files) == {
        "feeds/notices.atom",
        "feeds/wuhan/notices.atom",
        "feeds/nanjing/notices.atom",
        "feeds/honours.atom",
        "feeds/wuhan/honours.atom",
        "feeds/nanjing/honours.atom",
        "feeds/decisions.atom",
        "feeds/wuhan/decisions.atom",
        "feeds/nanjing/decisions.atom",
        "feeds/changes.atom",
        "feeds/changes-corrections.atom",
        "feeds/changes-withdrawals.atom",
        "feeds/changes-objections.atom",
        "feeds/changes-outcomes.atom",
        "feeds/changes-publications.atom",
    }
    # Each kind of change has those of the list of its own name, and nothing else.
    kinds = [path for path in files if path.startswith("feeds/changes-")]
    told = [entry.id for path in kinds for entry in parsed(files[path]).entries]
    assert len(told) == len(set(told))
    assert set(told) == {entry.id for entry in parsed(files["feeds/changes.atom"]).entries}
    assert parsed(files["feeds/changes-publications.atom"]).entries
    assert [entry.link for entry in parsed(files["feeds/wuhan/honours.atom"]).entries] == [
        f"https://yiyong.example/{honour().path}"
    ]
    assert parsed(files["feeds/nanjing/honours.atom"]).entries == []
    assert [entry.link for entry in parsed(files["feeds/nanjing/notices.atom"]).entries] == [
        "https://yiyong.example/notices/nanjing-2026-0002/"
    ]
    everything = parsed(files["feeds/notices.atom"])
    assert {entry.id for entry in everything.entries} == {
        "tag:yiyong.example,2026:/notices/wuhan-2026-0001",
        "tag:yiyong.example,2026:/notices/nanjing-2026-0002",
    }
    links = {link.rel: link.href for link in everything.feed.links}
    assert links["self"] == "https://yiyong.example/feeds/notices.atom"
    assert links["alternate"] == "https://yiyong.example/notices/"
    assert links["license"] == "https://creativecommons.org/licenses/by/4.0/"


def test_an_entry_gives_the_last_moment_in_words() -> None:
    entry = parsed(feeds([notice()])["feeds/notices.atom"]).entries[0]
    assert entry.title == "关于拟确认李大勇见义勇为的公示（异议截至 11月26日 24:00）"
    assert "2026年11月26日 24:00" in entry.summary
    assert entry.tags[0].term == "open"
    early = notice(clock=clock(close_of_business=datetime(2026, 1, 1, 17, 30, tzinfo=SHANGHAI).time()))
    assert "2026年11月26日 17:30" in parsed(feeds([early])["feeds/notices.atom"]).entries[0].summary


@pytest.mark.parametrize("count", [0, 1, 4, 5, 6, 10, 23])
def test_pages_are_bounded_and_lose_nothing(count: int) -> None:
    files = feeds(many(count))
    for path in files:
        assert len(parsed(files[path]).entries) <= CONTEXT.site.lists.feed_entries
    ids = walk(files, "feeds/notices.atom")
    assert set(ids) == {f"tag:yiyong.example,2026:/notices/{item.id}" for item in many(count)}
    assert set(walk(files, "feeds/changes.atom")) == {
        f"tag:yiyong.example,2026:/changes/notices/{item.id}/1" for item in many(count)
    }


def test_archives_are_marked_linked_both_ways_and_keep_their_entries() -> None:
    before, after = feeds(many(12)), feeds(many(13))
    first, second = "feeds/archive/notices/1.atom", "feeds/archive/notices/2.atom"
    assert before[first] == after[first]
    node = etree.fromstring(before[first])
    assert node.find("{http://purl.org/syndication/history/1.0}archive") is not None
    assert (
        etree.fromstring(before["feeds/notices.atom"]).find(
            "{http://purl.org/syndication/history/1.0}archive"
        )
        is None
    )
    links = {link.rel: link.href for link in parsed(before[first]).feed.links}
    assert links["next-archive"] == f"https://yiyong.example/{second}"
    assert links["current"] == "https://yiyong.example/feeds/notices.atom"
    assert "prev-archive" not in links
    assert parsed(before[first]).feed.id == parsed(before["feeds/notices.atom"]).feed.id


def test_a_change_moves_an_old_entry_to_the_top_of_the_current_document() -> None:
    notices = many(20)
    old = notices[2]
    revoked = tombstone(number=3, clock=old.clock, published_at=old.published_at)
    notices[2] = revoked
    files = feeds(notices)
    top = parsed(files["feeds/notices.atom"]).entries[0]
    assert top.id.endswith("/notices/wuhan-2026-0003")
    assert top.tags[0].term == "revoked"
    assert "李大勇" not in top.title + top.summary
    archived = parsed(files["feeds/archive/notices/1.atom"])
    same = next(entry for entry in archived.entries if entry.id == top.id)
    assert (same.title, same.summary, same.updated) == (top.title, top.summary, top.updated)


def updated(record: PublicNotice, as_of: datetime = AS_OF) -> datetime:
    files = feeds([record], site_context=replace(CONTEXT, as_of=as_of))
    entry = parsed(files["feeds/notices.atom"]).entries[0]
    moment = datetime(*entry.updated_parsed[:6], tzinfo=UTC)
    assert moment <= as_of
    return moment


def test_updated_rises_with_each_change_of_state_even_within_one_day() -> None:
    its_clock = clock()
    published = datetime(2026, 11, 18, 8, tzinfo=SHANGHAI)
    plain = notice(clock=its_clock, published_at=published, status=NoticeStatus.SCHEDULED)
    steps = [
        updated(plain, datetime(2026, 11, 19, tzinfo=SHANGHAI)),
        updated(replace(plain, status=NoticeStatus.OPEN)),
    ]
    events = [
        HistoryEvent(on=date(2026, 11, 21), event="corrected"),
        HistoryEvent(on=date(2026, 11, 21), event="corrected"),
    ]
    steps += [
        updated(notice(clock=its_clock, published_at=published, events=tuple(events[:count])))
        for count in (1, 2)
    ]
    after = its_clock.closes_at + timedelta(hours=1)
    closed = notice(
        clock=its_clock, published_at=published, events=tuple(events), status=NoticeStatus.AWAITING
    )
    steps.append(updated(closed, after))
    assert steps == sorted(set(steps))
    assert updated(closed, after) == updated(closed, after + timedelta(days=9))


def test_a_revoked_honour_names_nobody_and_a_corrected_one_says_so() -> None:
    honours = [revoked_honour(), honour(2, corrections=(correction(date(2026, 11, 3)),))]
    files = feeds([], honours)
    entries = {entry.id[-5:]: entry for entry in parsed(files["feeds/honours.atom"]).entries}
    assert "李大勇" not in entries["h0009"].title + entries["h0009"].summary
    assert entries["h0009"].tags[0].term == "revoked"
    assert entries["h0002"].tags[0].term == "corrected"
    assert "更正" in entries["h0002"].summary


@every_row("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_inert(text: str) -> None:
    record = notice(title=text or "x", act=act(summary=text))
    files = feeds([record], [honour(title=text)])
    root = etree.fromstring(
        files["feeds/notices.atom"], etree.XMLParser(huge_tree=True, resolve_entities=False)
    )
    space = "{http://www.w3.org/2005/Atom}"
    entries = root.findall(f"{space}entry")
    assert len(entries) == 1
    for name in ("title", "summary"):
        node = entries[0].find(f"{space}{name}")
        assert node is not None and node.get("type") == "text" and len(node) == 0
    assert entries[0].findtext(f"{space}title", "").startswith(one_line(text))
    assert entries[0].findtext(f"{space}summary", "").endswith(storable(text))
    assert not feedparser.parse(files["feeds/honours.atom"]).bozo


def test_the_same_records_give_the_same_bytes_in_any_order() -> None:
    notices = many(12)
    assert feeds(notices, [honour(1), honour(2)]) == feeds(reversed(notices), [honour(2), honour(1)])


def test_ids_do_not_change_with_the_site_s_name_but_hold_its_folder() -> None:
    moved = replace(CONTEXT, site=site(name="另一名称", base_url="https://yiyong.example/lu/"))
    entry = parsed(feeds([notice()], site_context=moved)["feeds/notices.atom"]).entries[0]
    assert entry.id == "tag:yiyong.example,2026:/lu/notices/wuhan-2026-0001"
