"""公示期 (publicity period): one computed object a notice, read by every surface.

:func:`declared_clock` takes both ends as the organ declared them: printed as declared, never
shifted. :func:`computed_clock` counts a length. Both say what is wrong as :class:`Problem` tuples;
the caller knows the place in the file.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from generator.catalogue import wording
from generator.law.notice_period.clock_data import day_documents, period_document
from generator.law.notice_period.period_rule import (
    Origin,
    PeriodRule,
    RuleLayer,
    RuleOrigins,
    StatutoryMinimum,
    resolve_rule,
)
from generator.law.notice_period.publicity_clock import (
    ClockDay,
    ClockState,
    PublicityClock,
    Reason,
    SpanReading,
)
from generator.law.workdays import Kind, WorkCalendar, days_in, end_of_days, past_rest_days
from generator.source.model.instant import SHANGHAI, midnight
from generator.source.model.law_words import Comparison
from generator.source.model.scalars import DayUnit

__all__ = [
    "ClockDay",
    "ClockResult",
    "ClockState",
    "Origin",
    "PeriodRule",
    "Problem",
    "PublicityClock",
    "Reason",
    "RuleLayer",
    "RuleOrigins",
    "SpanReading",
    "StatutoryMinimum",
    "computed_clock",
    "day_documents",
    "declared_clock",
    "period_document",
    "resolve_rule",
]

LONGEST_PERIOD = 366
"""Calendar days, both ends included: a longer period is a slip of the pen."""
FIRST_YEAR, LAST_YEAR = 1950, 2099
"""Years for which the statutory holidays are known."""
_DAY = timedelta(days=1)


class Problem(NamedTuple):
    """一个问题, still without its place: ``diagnose(code, place, facts=facts, terms=terms)``."""

    code: str
    facts: dict[str, str]
    terms: dict[str, str]


class ClockResult(NamedTuple):
    """结果: the clock, or None when an error leaves no period, and every problem found."""

    clock: PublicityClock | None
    problems: tuple[Problem, ...]


def declared_clock(opens_on: date, closes_on: date, rule: PeriodRule, calendar: WorkCalendar) -> ClockResult:
    """载明起止日期的公示期: both days included, as declared, never shifted.

    Where the rule is silent the first day counts (the organ itself calls it the first day) and days
    are calendar days; that only labels the strip. A span below the statutory minimum is a problem under
    each reading, a last day on a 法定休假日 where the roll-over applies.
    """
    problem = _impossible(opens_on, closes_on)
    if problem is not None:
        return ClockResult(None, (problem,))
    unit: DayUnit = rule.unit or "calendar_day"
    counts = rule.first_day_counts is not False
    unknown = calendar.arrangement_needed_for(opens_on, closes_on)
    problems = _unsettled(opens_on, closes_on, unit, rule, unknown, calendar)
    if any(item.code == "CLK007" for item in problems):
        return ClockResult(None, tuple(problems))
    days = _strip(opens_on, closes_on, closes_on, unit, counts, calendar)
    clock = _clock(days, closes_on, rule, unit, counts, unknown, calendar, declared=True)
    last = days[-1].kind
    if rule.roll_over and last.is_legal_rest(rule.holiday_scope):
        problems.append(
            _problem("CLK014", opens_on, closes_on, holiday=last.name or wording("period")["weekend"])
        )
    if rule.length is not None and closes_on not in _possible_ends(clock, rule.length, unit, calendar):
        problems.append(_problem("CLK015", opens_on, closes_on, length=rule.length))
    problems.extend(_against_minimum(clock, calendar))
    return ClockResult(clock, tuple(problems))


def computed_clock(opens_on: date, rule: PeriodRule, calendar: WorkCalendar) -> ClockResult:
    """只载明长度的公示期: ``rule.length`` counted in ``rule.unit`` from ``opens_on``.

    Unit and first-day rule must be known. A reckoned last day on a 法定休假日 moves to the first day
    after it where ``rule.roll_over`` applies (民法典 203).
    """
    missing = []
    if rule.length is None:
        missing.append(Problem("CLK016", {"opens_on": opens_on.isoformat()}, {}))
    elif rule.length < 1:
        missing.append(Problem("CLK004", {"opens_on": opens_on.isoformat(), "length": str(rule.length)}, {}))
    if rule.unit is None:
        missing.append(Problem("CLK002", {"opens_on": opens_on.isoformat()}, {}))
    if rule.first_day_counts is None:
        missing.append(Problem("CLK003", {"opens_on": opens_on.isoformat()}, {}))
    if missing or rule.length is None or rule.unit is None or rule.first_day_counts is None:
        return ClockResult(None, tuple(missing))
    if not FIRST_YEAR <= opens_on.year <= LAST_YEAR:
        return ClockResult(None, (_problem("CLK006", opens_on, opens_on),))
    reckoned = _reckoned_end(opens_on, rule.length, rule.unit, rule.first_day_counts, calendar)
    if reckoned is None:
        length_facts = {"opens_on": opens_on.isoformat(), "length": str(rule.length)}
        return ClockResult(None, (Problem("CLK005", length_facts, {"longest": str(LONGEST_PERIOD)}),))
    closes_on = _rolled(reckoned, rule, calendar)
    problem = _impossible(opens_on, closes_on)
    if problem is not None:
        return ClockResult(None, (problem,))
    unknown = calendar.arrangement_needed_for(opens_on, closes_on)
    problems = _unsettled(opens_on, closes_on, rule.unit, rule, unknown, calendar)
    if any(item.code == "CLK007" for item in problems):
        return ClockResult(None, tuple(problems))
    days = _strip(opens_on, closes_on, reckoned, rule.unit, rule.first_day_counts, calendar)
    clock = _clock(days, reckoned, rule, rule.unit, rule.first_day_counts, unknown, calendar, declared=False)
    problems.extend(_against_minimum(clock, calendar))
    return ClockResult(clock, tuple(problems))


def _problem(code: str, opens_on: date, closes_on: date, **facts: object) -> Problem:
    shown = {"opens_on": opens_on.isoformat(), "closes_on": closes_on.isoformat()}
    return Problem(code, {**shown, **{key: str(value) for key, value in facts.items()}}, {})


def _impossible(opens_on: date, closes_on: date) -> Problem | None:
    """The one error that leaves no period to speak of: reversed, out of range, or absurdly long."""
    if closes_on < opens_on:
        return _problem("CLK001", opens_on, closes_on)
    if opens_on.year < FIRST_YEAR or closes_on.year > LAST_YEAR:
        return _problem("CLK006", opens_on, closes_on)
    span = (closes_on - opens_on).days + 1
    if span > LONGEST_PERIOD:
        long = _problem("CLK005", opens_on, closes_on, length=span)
        return long._replace(terms={"longest": str(LONGEST_PERIOD)})
    return None


def _unsettled(
    opens_on: date,
    closes_on: date,
    unit: DayUnit,
    rule: PeriodRule,
    unknown_years: tuple[int, ...],
    calendar: WorkCalendar,
) -> list[Problem]:
    """Years whose arrangement is not known: CLK007 for working days (in the rule or in the
    statutory minimum), CLK008 otherwise; CLK009 for late December before the next arrangement."""
    by_working_day = unit == "working_day" or (
        rule.minimum is not None and rule.minimum.unit == "working_day"
    )
    code = "CLK007" if by_working_day else "CLK008"
    found = [_problem(code, opens_on, closes_on, year=year) for year in unknown_years]
    if not found:
        year = calendar.unsettled_year_end(opens_on, closes_on)
        if year is not None:
            found.append(_problem("CLK009", opens_on, closes_on, year=year))
    return found


def _reckoned_end(
    opens_on: date, length: int, unit: DayUnit, first_day_counts: bool, calendar: WorkCalendar
) -> date | None:
    """The last day before any roll-over; None for a working-day period of more than ``LONGEST_PERIOD`` days."""
    if length > LONGEST_PERIOD:
        return None
    end = end_of_days(opens_on, length, unit, calendar, first_day_counts=first_day_counts)
    return end if unit == "calendar_day" or (end - opens_on).days < LONGEST_PERIOD else None


def _rolled(day: date, rule: PeriodRule, calendar: WorkCalendar) -> date:
    """The last day after the roll-over, where it applies."""
    return past_rest_days(day, rule.holiday_scope if rule.roll_over else None, calendar)


# Most notices of a registry share their dates with others.
@lru_cache(maxsize=4096)
def _strip(
    opens_on: date,
    closes_on: date,
    reckoned: date,
    unit: DayUnit,
    first_day_counts: bool,
    calendar: WorkCalendar,
) -> tuple[ClockDay, ...]:
    """Every calendar day with its ordinal or the reason why it has none."""
    strip: list[ClockDay] = []
    ordinal = 0
    moved = closes_on != reckoned
    for offset in range((closes_on - opens_on).days + 1):
        day = opens_on + timedelta(days=offset)
        kind = calendar.day_kind(day)
        if offset == 0 and not first_day_counts:
            reason, counted = Reason.FIRST_DAY, False
        elif moved and day >= reckoned:
            counted = day == closes_on
            reason = Reason.MOVED_TO if counted else Reason.HOLIDAY_AT_END
        elif unit == "calendar_day":
            reason, counted = Reason.COUNTED, True
        else:
            reason, counted = _BY_WORKING_DAY[kind.kind], kind.is_worked
        ordinal += counted
        strip.append(ClockDay(on=day, ordinal=ordinal if counted else None, reason=reason, kind=kind))
    return tuple(strip)


_BY_WORKING_DAY = {
    Kind.WORKDAY: Reason.COUNTED,
    Kind.MAKEUP_WORKDAY: Reason.MAKEUP_WORKDAY,
    Kind.WEEKEND: Reason.WEEKEND,
    Kind.LEGAL_HOLIDAY: Reason.HOLIDAY,
}


def _clock(
    days: tuple[ClockDay, ...],
    reckoned: date,
    rule: PeriodRule,
    unit: DayUnit,
    first_day_counts: bool,
    unknown_years: tuple[int, ...],
    calendar: WorkCalendar,
    *,
    declared: bool,
) -> PublicityClock:
    opens_on, closes_on = days[0].on, days[-1].on
    close = rule.close_of_business
    closes_at = (
        midnight(closes_on + _DAY) if close is None else datetime.combine(closes_on, close, tzinfo=SHANGHAI)
    )
    minimum = rule.minimum
    span_unit: DayUnit = (minimum.unit or "calendar_day") if minimum is not None else unit
    inclusive = days_in(opens_on, closes_on, span_unit, calendar)
    exclusive = days_in(opens_on + _DAY, closes_on, span_unit, calendar)
    return PublicityClock(
        opens_on=opens_on,
        opens_at=midnight(opens_on),
        closes_on=closes_on,
        closes_at=closes_at,
        days=days,
        rule=rule,
        declared=declared,
        unit=unit,
        first_day_counts=first_day_counts,
        reckoned_closes_on=reckoned,
        span_unit=span_unit,
        if_first_day_counts=SpanReading(
            length=inclusive, meets_minimum=None if minimum is None else inclusive >= minimum.length
        ),
        if_first_day_excluded=SpanReading(
            length=exclusive, meets_minimum=None if minimum is None else exclusive >= minimum.length
        ),
        arrangement_unknown_for=unknown_years,
    )


def _possible_ends(clock: PublicityClock, length: int, unit: DayUnit, calendar: WorkCalendar) -> set[date]:
    """Last days that ``length`` allows, under the rule's reading of the first day or, where it has
    none, either; moved for a holiday or not."""
    known = clock.rule.first_day_counts
    ends: set[date] = set()
    for counts in (True, False) if known is None else (known,):
        end = _reckoned_end(clock.opens_on, length, unit, counts, calendar)
        if end is not None:
            ends |= {end, _rolled(end, clock.rule, calendar)}
    return ends


def _against_minimum(clock: PublicityClock, calendar: WorkCalendar) -> list[Problem]:
    """The span against the statutory minimum, under each reading of the first day."""
    minimum = clock.rule.minimum
    if minimum is None:
        return []
    terms = {"minimum": str(minimum.length), "unit": clock.span_unit, "origin": minimum.origin.words}

    def told(code: str) -> list[Problem]:
        problem = _problem(
            code,
            clock.opens_on,
            clock.closes_on,
            counting=clock.if_first_day_counts.length,
            excluding=clock.if_first_day_excluded.length,
        )
        return [problem._replace(terms=terms)]

    if not clock.if_first_day_counts.meets_minimum:
        return told("CLK010")
    if minimum.comparison is Comparison.EXACTLY:
        lengths = {clock.if_first_day_counts.length, clock.if_first_day_excluded.length}
        if minimum.length not in lengths and clock.closes_on not in {
            _rolled(end, clock.rule, calendar)
            for counts in (True, False)
            if (end := _reckoned_end(clock.opens_on, minimum.length, clock.span_unit, counts, calendar))
        }:
            return told("CLK013")
    if clock.if_first_day_excluded.meets_minimum:
        return []
    settled = clock.rule.origins.first_day
    if not clock.rule.first_day_counts:
        return told("CLK011")
    # An instrument that counts the first day is the "other law" of 民法典 204: nothing is left open.
    return [] if settled is not None and settled.kind == "instrument" else told("CLK012")
