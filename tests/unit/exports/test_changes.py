"""更新记录: complete, newest first, in pages that keep what they hold, and silent about withdrawn names."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from generator.pages.changes_page import render_changes_pages
from generator.public.changes import (
    Change,
    ChangeKind,
    change_sentence,
    change_title,
    honour_changes,
    newest_first,
    notice_changes,
    pages_of,
    years_of,
)
from generator.public.public_case import HistoryEvent, NoticeStatus, PublicNotice
from generator.source.model.partial_day import PartialDay
from generator.source.model.site_settings import Lists
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
    person,
    revoked_honour,
    site,
    tombstone,
)
from tests.unit.pages.reading import links_of, text_of

CONTEXT = context()
_LABEL = re.compile(r'"yy-rows__when"><[^>]+>(.*?)</')
"""What happened, in each row."""


def whole_life() -> PublicNotice:
    return notice(
        status=NoticeStatus.CONFIRMED,
        clock=clock(date(2026, 10, 1)),
        corrections=(
            correction(date(2026, 10, 3), what="更正姓名用字。", was="王旧名", now="李大勇"),
            correction(date(2026, 10, 5), what="延长公示。", moved_closes_on=date(2026, 10, 9)),
        ),
        events=(
            HistoryEvent(on=date(2026, 10, 3), event="corrected", text="更正姓名用字。"),
            HistoryEvent(on=date(2026, 10, 5), event="corrected", text="延长公示。"),
            HistoryEvent(on=date(2026, 10, 6), event="objection_received"),
            HistoryEvent(on=date(2026, 10, 7), event="objection_dismissed", text="证据不足"),
            HistoryEvent(on=date(2026, 10, 12), event="confirmed", organ="示例机关"),
            HistoryEvent(on=date(2026, 10, 13), event="certificate"),
        ),
    )


def test_a_notice_s_life_in_the_log() -> None:
    changes = list(notice_changes(whole_life()))
    assert [(change.on.day, change.kind) for change in changes] == [
        (1, ChangeKind.PUBLISHED),
        (3, ChangeKind.CORRECTED),
        (5, ChangeKind.DEADLINE_MOVED),
        (6, ChangeKind.OBJECTION_RECEIVED),
        (7, ChangeKind.OBJECTION_DISMISSED),
        (12, ChangeKind.CONFIRMED),
    ]
    # An outcome entered later renames no change after it.
    names = [change.key.removeprefix(f"notices/{changes[0].id}/") for change in changes]
    assert names == ["1", "2", "3", "objection-1", "objection-2", "4"]
    assert newest_first(changes) == tuple(reversed(changes))
    assert "公示截止日改为2026年10月9日。" in change_sentence(changes[2])
    assert change_sentence(changes[4]) == "2026年10月7日异议不成立。证据不足"
    assert changes[0].label == "发布公示"
    assert next(honour_changes(honour())).label == "公布荣誉"
    assert change_title(changes[5]) == "确认：关于拟确认李大勇见义勇为的公示"


def test_a_day_that_moved_is_told_with_the_day_it_moved_from() -> None:
    moved = correction(date(2026, 10, 5), moved_closes_on=date(2026, 10, 9), moved_from=date(2026, 10, 7))
    changes = tuple(notice_changes(notice(clock=clock(date(2026, 10, 1)), corrections=(moved,))))
    said = "公示截止日由2026年10月7日改为2026年10月9日"
    assert f"{said}。" in change_sentence(changes[-1])
    (front, *_) = render_changes_pages(newest_first(changes), CONTEXT)
    assert said in text_of(front.body)


def test_an_award_that_an_honour_tells_is_an_outcome_and_renames_nothing() -> None:
    record = notice(
        order="before_award",
        status=NoticeStatus.AWARDED,
        clock=clock(date(2026, 10, 1)),
        corrections=(correction(date(2026, 10, 14)),),
        events=(
            HistoryEvent(on=date(2026, 10, 12), event="awarded", organ="示例市人民政府", of_honour=True),
            HistoryEvent(on=date(2026, 10, 14), event="corrected"),
        ),
    )
    changes = list(notice_changes(record))
    assert [change.key.rpartition("/")[2] for change in changes] == ["1", "award-1", "2"]
    pages = {page.path: page.body for page in render_changes_pages(newest_first(changes), CONTEXT)}
    told = text_of(pages["changes/outcomes/"])
    assert "表彰2026年10月12日" in told and "示例市人民政府" in told
    # One that was entered as an outcome keeps the name that it has.
    entered = replace(record, history=(record.history[0], replace(record.history[1], of_honour=False)))
    assert [change.key.rpartition("/")[2] for change in notice_changes(entered)] == ["1", "2", "3"]


def test_an_objection_under_review_of_which_no_day_is_public_is_no_change() -> None:
    record = notice(status=NoticeStatus.UNDER_REVIEW, clock=clock(date(2026, 10, 1)))
    assert [change.kind for change in notice_changes(record)] == [ChangeKind.PUBLISHED]


def test_of_a_tombstone_the_outcome_of_an_objection_is_told_without_its_words() -> None:
    upheld = HistoryEvent(on=date(2026, 10, 8), event="objection_upheld", text="王见义当时在岗。")
    dead = tombstone(NoticeStatus.NOT_CONFIRMED)
    changes = list(notice_changes(replace(dead, history=(dead.history[0], upheld, *dead.history[1:]))))
    assert [change.kind for change in changes] == [
        ChangeKind.PUBLISHED,
        ChangeKind.OBJECTION_UPHELD,
        ChangeKind.NOT_CONFIRMED,
    ]
    assert "王见义" not in "".join(map(change_sentence, changes))


def test_a_confirmation_before_the_notice_is_no_change_of_the_site() -> None:
    record = notice(order="after_decision", status=NoticeStatus.OPEN)
    confirmed = HistoryEvent(on=date(2026, 8, 1), event="confirmed", organ="示例机关")
    changes = list(notice_changes(replace(record, history=(confirmed, *record.history))))
    assert [change.kind for change in changes] == [ChangeKind.PUBLISHED]


def test_what_a_correction_took_back_is_not_repeated() -> None:
    pages = list(render_changes_pages(newest_first(notice_changes(whole_life())), CONTEXT))
    said = "".join(page.title + page.description + page.body + page.head for page in pages)
    said += "".join(change_title(change) + change_sentence(change) for change in notice_changes(whole_life()))
    assert "王旧名" not in said
    assert "更正姓名用字。" in said


def test_tombstones_are_named_by_number_alone() -> None:
    dead = tombstone(
        persons=(person("王见义"),),
        title="关于王见义的公示",
        act=act(summary="王见义"),
        corrections=(correction(date(2026, 9, 4), what="王见义的住处。"),),
    )
    gone = revoked_honour(
        recipients=(person("王见义"),), corrections=(correction(date(2026, 10, 30), what="王见义"),)
    )
    changes = newest_first([*notice_changes(dead), *honour_changes(gone)])
    assert {change.kind for change in changes} == {ChangeKind.PUBLISHED, ChangeKind.REVOKED}
    said = "".join(page.body + page.head for page in render_changes_pages(changes, CONTEXT))
    said += "".join(change_title(change) + change_sentence(change) for change in changes)
    assert "王见义" not in said
    assert "公示 wuhan-2026-0009" in said and "荣誉 wuhan-2026-h0009" in said


def test_the_log_is_newest_first_whatever_the_order_of_records() -> None:
    records = [
        honour(n, published_on=PartialDay((date(2026, 1, 1) + timedelta(days=n % 5)).isoformat()))
        for n in range(1, 9)
    ]
    changes = newest_first(change for record in records for change in honour_changes(record))
    assert changes == newest_first(
        change for record in reversed(records) for change in honour_changes(record)
    )
    assert [change.on for change in changes] == sorted((change.on for change in changes), reverse=True)


def log(days: int) -> tuple[Change, ...]:
    first = date(2025, 12, 20)
    return newest_first(
        change
        for n in range(1, days + 1)
        for change in honour_changes(
            honour(n, published_on=PartialDay((first + timedelta(days=n)).isoformat()))
        )
    )


def test_a_page_that_can_change_no_more_is_the_same_on_any_day() -> None:
    """A year that is over, and a numbered page that is full."""
    size = CONTEXT.site.lists.per_page
    in_2026 = sum(change.on.year == 2026 for change in log(40))
    today, later = (
        {page.path: page for page in render_changes_pages(log(40), each)}
        for each in (CONTEXT, replace(CONTEXT, as_of=AS_OF + timedelta(days=1)))
    )
    lasting = {path for path, page in today.items() if page.freshness is not None}
    assert {path for path in lasting if path.startswith("changes/2025/")} == {
        path for path in today if path.startswith("changes/2025/")
    }
    assert {path for path in lasting if path.startswith("changes/2026/")} == {
        f"changes/2026/{number}/" for number in range(1, in_2026 // size + 1)
    }
    assert "changes/" not in lasting
    assert all(today[path] == later[path] for path in lasting)
    assert not [path for path in lasting if "2026年11月22日" in text_of(today[path].body)]


@pytest.mark.parametrize("days", [0, 1, 5, 11, 12, 40])
def test_every_change_stands_on_one_page_of_its_year(days: int) -> None:
    size = CONTEXT.site.lists.per_page
    pages = {page.path: page for page in render_changes_pages(log(days), CONTEXT)}
    shown = []
    for year, items in years_of(log(days)).items():
        for number, members in pages_of(items, size):
            page = pages.pop(f"changes/{year}/{number}/")
            assert len(members) <= size
            assert all(f"{member.id}<" in page.body for member in members)
            shown += members
        # The year's own address holds its latest, and leads to the rest.
        newest = pages.pop(f"changes/{year}/")
        assert all(f"{member.id}<" in newest.body for member in items[:size])
        assert f"changes/{year}/1/" in newest.body or len(items) <= size
        assert f"../changes/{year}/" in links_of(pages["changes/"].body)
    assert sorted(change.key for change in shown) == sorted(change.key for change in log(days))
    assert [path for path in pages if not re.match("changes/[a-z]", path)] == ["changes/"]


def test_each_kind_of_change_has_its_list_which_needs_no_script_and_is_bounded() -> None:
    dead = revoked_honour(7)
    changes = newest_first([*log(12), *notice_changes(whole_life()), *honour_changes(dead)])
    pages = {page.path: page for page in render_changes_pages(changes, CONTEXT)}
    front = pages["changes/"]
    held = {
        path: _LABEL.findall(page.body) for path, page in pages.items() if re.match("changes/[a-z]", path)
    }
    assert held["changes/corrections/"] == ["截止日变动", "更正"]
    assert held["changes/withdrawals/"] == ["撤销"]
    assert held["changes/objections/"] == ["异议不成立", "收到异议"]
    assert held["changes/outcomes/"] == ["确认"]
    # One page of the fourteen that were published holds five, and the rest have numbers.
    published = "changes/publications/"
    assert [len(held[f"{published}{part}"]) for part in ("", "1/", "2/", "3/")] == [5, 5, 5, 4]
    assert {front.root + path for path in held if path.count("/") == 2} <= set(links_of(front.body))
    assert "撤回与撤销 1 项" in text_of(front.body).replace("\u00a0", " ")
    assert "../../changes/publications/2/" in links_of(pages[published].body)
    # A kind without a change keeps its address.
    none = {page.path: page for page in render_changes_pages((), CONTEXT)}
    assert none.keys() - {"changes/"} == {path for path in held if path.count("/") == 2}
    assert "还没有记录" in none["changes/withdrawals/"].body


def test_a_month_that_is_listed_in_part_says_how_many_it_has() -> None:
    """The latest five end in the middle of a month."""
    pages = {page.path: text_of(page.body) for page in render_changes_pages(log(12), CONTEXT)}
    month = f"{log(12)[4].on:%Y-%m}"
    whole = sum(f"{change.on:%Y-%m}" == month for change in log(12))
    listed = sum(f"{change.on:%Y-%m}" == month for change in log(12)[:5])
    for path in ("changes/", "changes/publications/"):
        assert f"列出 {listed} 项，共 {whole} 项" in pages[path].replace("\u00a0", " "), path
    assert "，共" not in pages["changes/2026/1/"] + pages["changes/objections/"]


def test_who_looks_for_objections_is_led_to_those_under_review() -> None:
    pages = {page.path: page.body for page in render_changes_pages((), CONTEXT)}
    assert "正在审查的，写在公示自己的页面，见等待结果的公示。" in text_of(pages["changes/objections/"])
    assert "../../notices/" in links_of(pages["changes/objections/"])


def test_every_kind_of_change_is_in_one_list() -> None:
    (published,) = notice_changes(notice())
    every = [replace(published, kind=kind, number=number) for number, kind in enumerate(ChangeKind, 1)]
    one_each = context(site=site(lists=Lists.model_construct(per_page=50, feed_entries=5, smallest_cell=3)))
    pages = [
        page
        for page in render_changes_pages(newest_first(every), one_each)
        if re.match("changes/[a-z]", page.path)
    ]
    labels = [label for page in pages for label in _LABEL.findall(page.body)]
    assert sorted(labels) == sorted(change.label for change in every)


def test_a_full_page_keeps_what_it_holds() -> None:
    def page(days: int, path: str) -> str:
        return next(page.body for page in render_changes_pages(log(days), CONTEXT) if page.path == path)

    def entries(html: str) -> str:
        return html.split("<details")[1].split("</section>")[0]

    assert entries(page(20, "changes/2026/1/")) == entries(page(33, "changes/2026/1/"))


@every_row("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_only_text(text: str) -> None:
    record = notice(
        title=text,
        corrections=(correction(date(2026, 11, 21), what=text),),
        events=(HistoryEvent(on=date(2026, 11, 22), event="confirmed", organ=text, text=text),),
    )
    plain = notice(
        title="x",
        corrections=(correction(date(2026, 11, 21), what="x"),),
        events=(HistoryEvent(on=date(2026, 11, 22), event="confirmed", organ="x", text="x"),),
    )

    def tags(item: PublicNotice) -> list[str]:
        bodies = [page.body for page in render_changes_pages(newest_first(notice_changes(item)), CONTEXT)]
        return [part.split(">")[0] for body in bodies for part in body.split("<")[1:]]

    assert tags(record) == tags(plain)
