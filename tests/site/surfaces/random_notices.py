"""Random notices that the office could write, with what their last moment is by the letter of the rule.

The expectation is reckoned here anew, with ``chinese_calendar`` itself and nothing of the generator's
own clock, so that a clock that is wrong in the same way everywhere is found too.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

import chinese_calendar  # type: ignore[import-untyped]

from generator.law.workdays.holiday_sources import statutory_days
from generator.source.model.instant import SHANGHAI
from tests.projects import case, person
from tests.soaking import examples

Moment = tuple[date, str]
"""最后时刻: the last day and the time at which it ends, ``24:00`` or ``HH:MM``."""

SEED = 20_261_126
A_BATCH = examples(28)
SCOPES = ("arranged", "rest_days", "statutory")
INSTANTS = (
    datetime(2010, 10, 8, 9, 0, tzinfo=SHANGHAI),
    datetime(2013, 2, 16, 23, 59, tzinfo=SHANGHAI),
    datetime(2016, 2, 29, 0, 0, tzinfo=SHANGHAI),
    datetime(2018, 12, 31, 12, 30, tzinfo=SHANGHAI),
    datetime(2020, 2, 3, 8, 0, tzinfo=SHANGHAI),
    datetime(2020, 10, 8, 17, 30, tzinfo=SHANGHAI),
    datetime(2022, 5, 5, 9, 0, tzinfo=SHANGHAI),
    datetime(2023, 1, 29, 0, 0, tzinfo=SHANGHAI),
    datetime(2024, 4, 8, 18, 0, tzinfo=SHANGHAI),
    datetime(2025, 1, 1, 0, 0, tzinfo=SHANGHAI),
    datetime(2025, 10, 9, 12, 0, tzinfo=SHANGHAI),
    datetime(2026, 10, 1, 7, 45, tzinfo=SHANGHAI),
)
"""Instants of a build: around long holidays, ends of years, a leap day, midnights."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One notice: its file's tree, its last moment, and by what ways it came to it."""

    id: str
    tree: dict[str, Any]
    last: Moment
    opens_on: date
    rolls_over: bool
    reckoned: bool
    reckoned_on: date
    ways: frozenset[str]

    @property
    def closes_at(self) -> datetime:
        """The first instant that is too late."""
        day, written = self.last
        if written == "24:00":
            return datetime.combine(day + _DAY, time(), SHANGHAI)
        return datetime.combine(day, time.fromisoformat(written), SHANGHAI)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The notices of one site, the instant it is built for, and its reading of 法定休假日."""

    number: int
    as_of: datetime
    scope: str
    notices: tuple[Drawn, ...]


@cache
def batch_of(number: int) -> Batch:
    """The notices of one of :data:`INSTANTS`, the same in every run; all together some hundreds."""
    as_of, scope = INSTANTS[number], SCOPES[number % len(SCOPES)]
    notices = tuple(_notices(random.Random(SEED + number), as_of, scope))
    return Batch(number=number, as_of=as_of, scope=scope, notices=notices)


def is_rest(day: date, scope: str) -> bool:
    """法定休假日 as ``scope`` reads it, by the arrangement as issued."""
    off, name = chinese_calendar.get_holiday_detail(day)
    if scope == "rest_days":
        return bool(off)
    if scope == "arranged":
        return bool(off and name is not None)
    return day in statutory_days(day.year)


def _notices(draw: random.Random, as_of: datetime, scope: str) -> Iterator[Drawn]:
    for number in range(1, A_BATCH + 1):
        yield _notice(draw, number, as_of, scope)


def _notice(draw: random.Random, number: int, as_of: datetime, scope: str) -> Drawn:
    ways: set[str] = set()
    opens_on = _some_day(draw, as_of)
    rolls_over = draw.random() < 0.7
    period: dict[str, Any] = {"opens_on": opens_on.isoformat(), "roll_over": str(rolls_over).lower()}
    close = draw.choice((None, None, "12:00", "17:30", "18:00"))
    if close is not None:
        period["close_of_business"] = close
        ways.add("close_of_business")
    reckoned = draw.random() < 0.6
    if reckoned:
        unit, counts = draw.choice(("calendar_day", "working_day")), draw.random() < 0.5
        length = draw.randint(7, 20)
        reckoned_on = _count(opens_on, length, unit, counts)
        for _ in range(draw.choice((0, 12))):
            # Few periods end on a holiday by chance; half of these try a dozen times.
            if is_rest(reckoned_on, scope):
                break
            opens_on = _some_day(draw, as_of)
            reckoned_on = _count(opens_on, length, unit, counts)
        period |= {"length": str(length), "unit": unit, "first_day_counts": str(counts).lower()}
        period["opens_on"] = opens_on.isoformat()
        closes_on = reckoned_on
        while rolls_over and is_rest(closes_on, scope):
            closes_on += _DAY
        ways |= {unit, "length", "first_day_counts" if counts else "first_day_excluded"}
        if closes_on != reckoned_on:
            ways.add("rolled")
    else:
        closes_on = reckoned_on = opens_on + timedelta(days=draw.randint(6, 30))
        period["closes_on"] = closes_on.isoformat()
        ways.add("declared")
    published_on = min(opens_on, as_of.date()) - timedelta(days=draw.randint(1, 5))
    corrections = list(_corrections(draw, published_on, opens_on))
    for item in corrections:
        if date.fromisoformat(item["corrected_on"]) <= as_of.date():
            closes_on = date.fromisoformat(item["moved_closes_on"])
            reckoned = False
            ways -= {"rolled"}
            ways.add("moved")
        else:
            ways.add("moves_later")
    notice_id = f"wuhan-{published_on.year}-{number:04}"
    tree = case(
        case=f"r-{number:04}",
        act={
            "happened_on": (opens_on - timedelta(days=200)).isoformat(),
            "narrative": "有人在湖边听见呼救，跳入水中救起一人。",
        },
        persons=[person(name=f"封玉琢{number}")],
        procedure=None,
        notice={
            "id": notice_id,
            "published_at": f"{published_on}T08:{draw.randint(0, 59):02}",
            "order": draw.choice(("before_decision", "after_decision")),
            "period": {"closes_on": None} | period,
            "corrections": corrections,
        },
    )
    _life(draw, tree, closes_on, as_of, ways)
    return Drawn(
        id=notice_id,
        tree=tree,
        last=(closes_on, close or "24:00"),
        opens_on=opens_on,
        rolls_over=rolls_over,
        reckoned=reckoned,
        reckoned_on=reckoned_on,
        ways=frozenset(ways),
    )


def _some_day(draw: random.Random, as_of: datetime) -> date:
    return as_of.date() + timedelta(days=draw.randint(-45, 12))


def _count(opens_on: date, length: int, unit: str, counts: bool) -> date:
    """民法典 201, or the organ's own practice: the last of ``length`` days."""
    day = opens_on if counts else opens_on + _DAY
    left = length
    while True:
        left -= unit == "calendar_day" or chinese_calendar.is_workday(day)
        if left == 0:
            return day
        day += _DAY


def _corrections(draw: random.Random, published_on: date, opens_on: date) -> Iterator[dict[str, str]]:
    """None as a rule; one or two that moved the last day, in the order of their making."""
    made_on = published_on
    for _ in range(draw.choice((0, 0, 0, 0, 1, 2))):
        made_on += timedelta(days=draw.randint(1, 25))
        moved = opens_on + timedelta(days=draw.randint(6, 35))
        yield {
            "corrected_on": made_on.isoformat(),
            "what": "更正公示期的最后一日",
            "moved_closes_on": moved.isoformat(),
        }


def _life(
    draw: random.Random, tree: dict[str, Any], closes_on: date, as_of: datetime, ways: set[str]
) -> None:
    """What became of a notice whose last day is past."""
    kind = draw.choice(("awaiting", "awaiting", "confirmed", "under_review", "not_confirmed"))
    opens_on = date.fromisoformat(tree["notice"]["period"]["opens_on"])
    if closes_on + 2 * _DAY >= as_of.date() or opens_on > as_of.date():
        return
    if kind in ("confirmed", "not_confirmed"):
        tree["outcome"] = {"kind": kind, "decided_on": (closes_on + _DAY).isoformat()}
    if kind == "under_review":
        tree["objections"] = [{"received_on": (opens_on + _DAY).isoformat()}]
    ways.add(kind)
