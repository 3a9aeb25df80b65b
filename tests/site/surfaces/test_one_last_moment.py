"""同一时刻: whatever a notice's period and whatever became of it, every surface gives one last moment.

Hundreds of random notices, thousands in a soak, go the whole way from files to a built site (MkDocs left out), at twelve
instants, and are read back from the site's own files.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest

from generator.pipeline import prepare
from generator.pipeline.prepare import Prepared
from generator.pipeline.private_spool import private_spool
from generator.public.public_case import NoticeStatus
from generator.public.verification import slow_hash as slow
from tests.projects import AS_OF
from tests.quick import Quick, write_cases
from tests.site.surfaces.moments import Told, everything_told, notices_of
from tests.site.surfaces.random_notices import INSTANTS, SCOPES, Batch, Drawn, batch_of, is_rest

ALWAYS = {"api", "api list", "api year", "csv", "atom"}
PAGE = {"lead", "facts", "objection", "strip", "table", "working", "description", "json-ld"}
TIMED = {"row", "attributes", "status", "search", "poster"}


def test_the_draw_covers_every_way_to_a_last_moment() -> None:
    drawn = [batch_of(number) for number in range(len(INSTANTS))]
    ways = Counter(way for one in drawn for notice in one.notices for way in notice.ways)
    assert sum(len(one.notices) for one in drawn) >= 300
    assert {one.scope for one in drawn} == set(SCOPES)
    for way in (
        "declared",
        "length",
        "calendar_day",
        "working_day",
        "first_day_counts",
        "first_day_excluded",
        "close_of_business",
        "rolled",
        "moved",
        "moves_later",
        "confirmed",
        "under_review",
        "not_confirmed",
        "awaiting",
    ):
        assert ways[way] >= 15, way


@pytest.mark.soak
@pytest.mark.parametrize(
    "number",
    [pytest.param(number, marks=[pytest.mark.journey] * (number % 2)) for number in range(len(INSTANTS))],
    ids=[f"{instant:%Y-%m-%dT%H%M}" for instant in INSTANTS],
)
def test_every_surface_gives_one_last_moment(number: int, tmp_path: Path) -> None:
    built = batch_of(number)
    site = Quick(tmp_path, lists={"per_page": "5000", "feed_entries": "5000"}, holiday_scope=built.scope)
    write_cases(site.root, {f"wuhan/2026/{drawn.id}.yml": drawn.tree for drawn in built.notices})
    with private_spool(site.root) as spool, mock.patch.object(slow, "ITERATIONS", 1):
        ready = prepare.prepare(site.root, built.as_of, AS_OF, spool, 1)
        site.finish(ready, audit=False)
        told = everything_told(ready, site.out)
        _check_surfaces(built, told, ready)
        _check_clocks(built, ready)


def _check_surfaces(batch: Batch, told: Told, ready: Prepared) -> None:
    status = {row.id: row.status for row in ready.notice_rows}
    assert set(told) == set(status) == {drawn.id for drawn in batch.notices}
    for drawn in batch.notices:
        assert told[drawn.id] == {surface: {drawn.last} for surface in told[drawn.id]}, drawn
        assert _expected(drawn, status[drawn.id], batch) <= set(told[drawn.id]), drawn


def _expected(drawn: Drawn, status: NoticeStatus, batch: Batch) -> set[str]:
    """Surfaces that must have spoken of a notice in this state."""
    wanted = set(ALWAYS)
    if status.is_tombstone:
        wanted |= {"facts"}
    else:
        wanted |= PAGE
    if status in (NoticeStatus.SCHEDULED, NoticeStatus.OPEN):
        wanted |= TIMED
    if status is NoticeStatus.OPEN:
        wanted.add("docx")
    if drawn.closes_at > batch.as_of - timedelta(days=60):
        wanted |= {"ics by icalendar", "ics by vobject"}
    return wanted


def _check_clocks(batch: Batch, ready: Prepared) -> None:
    drawn_by_id = {drawn.id: drawn for drawn in batch.notices}
    for notice in notices_of(ready):
        drawn, clock = drawn_by_id[notice.id], notice.clock
        assert clock.opens_at < clock.closes_at == drawn.closes_at
        if drawn.reckoned and drawn.rolls_over:
            assert not is_rest(clock.closes_on, batch.scope), drawn
            passed = (clock.closes_on - drawn.reckoned_on).days
            assert all(is_rest(drawn.reckoned_on + timedelta(days=n), batch.scope) for n in range(passed))
        hours = (clock.closes_at - clock.opens_at) // timedelta(hours=1)
        instants = [clock.opens_at + timedelta(hours=n) for n in range(-48, hours + 48, 7)]
        left = [clock.days_remaining(instant) for instant in instants]
        assert left == sorted(left, reverse=True) and left[0] > 0 == left[-1]
        assert clock.days_remaining(clock.closes_at - timedelta(seconds=1)) == 0
