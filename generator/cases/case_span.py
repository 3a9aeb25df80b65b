"""变化时刻 (moments): the instants at which something about one case may turn by itself.

Between two of them, time changes nothing that is checked or published of the case except the
instant of the build. So a build may use the last build's work for that long.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from pydantic import BaseModel

from generator.cases.case import ADULT_AGE, Case
from generator.cases.case_clock import CaseClock
from generator.law.workdays import birthday
from generator.project.settings import Settings
from generator.source.model.instant import SHANGHAI, midnight
from generator.source.model.partial_day import PartialDay

Span = tuple[datetime, datetime]
"""一段时间: from (inclusive), until (exclusive)."""

_ALWAYS = (datetime.min.replace(tzinfo=SHANGHAI), datetime.max.replace(tzinfo=SHANGHAI))
_DAY = timedelta(days=1)


def span_of(case: Case, clock: CaseClock | None, settings: Settings, as_of: datetime) -> Span:
    """How long work on ``case`` at ``as_of`` stays right.

    The span is cautious: every date of the record ends it, whatever the date means, at its own midnight and the
    next. While a period runs, a span is a day at most.
    """
    instants = {midnight(day) for day in _days(case, clock, settings)}
    instants.update(_instants(case))
    period = None if clock is None else clock.period
    if period is not None:
        instants.update((period.opens_at, period.closes_at))
        if period.opens_at <= as_of < period.closes_at:
            today = midnight(as_of.astimezone(SHANGHAI).date())
            instants.update((today, today + _DAY))
    ordered = sorted(instants)
    place = bisect_right(ordered, as_of)
    return (
        ordered[place - 1] if place else _ALWAYS[0],
        ordered[place] if place < len(ordered) else _ALWAYS[1],
    )


def _days(case: Case, clock: CaseClock | None, settings: Settings) -> Iterator[date]:
    found = set(_dates(case))
    births = {latest for person in case.persons for latest in _births(person.born, person.private.born_on)}
    for day in births:
        found.update((birthday(day, ADULT_AGE), birthday(day, ADULT_AGE) + _DAY))
    if clock is not None and clock.period is not None:
        ended = [clock.period.closes_on]
        if case.outcome is not None:
            ended.append(case.outcome.decided_on)
        found.update(map(settings.site.retention.named_until, ended))
        found.update((clock.period.opens_on, clock.period.closes_on))
    found.update(settings.library.law_days(case.jurisdiction))
    for day in found:
        yield day
        yield day + _DAY


def _births(born: PartialDay | None, born_on: date | None) -> Iterator[date]:
    if born_on is not None:
        yield born_on
    if born is not None:
        yield born.last


def _dates(value: Any) -> Iterator[date]:
    """Every day written anywhere in the record, partial ones by their first and their last."""
    for leaf in _leaves(value):
        if isinstance(leaf, datetime):
            yield leaf.date()
        elif isinstance(leaf, date):
            yield leaf
        elif isinstance(leaf, PartialDay):
            yield from (leaf.first, leaf.last)


def _instants(value: Any) -> Iterator[datetime]:
    return (leaf for leaf in _leaves(value) if isinstance(leaf, datetime))


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, BaseModel):
        for name in value.model_fields_set:
            yield from _leaves(getattr(value, name))
    elif isinstance(value, Iterable) and not isinstance(value, str):
        for item in value:
            yield from _leaves(item)
    else:
        yield value
