"""公示期的数据形式 (interchange): the clock as JSON-ready data, one shape for API and exports."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from generator.law.publicity.clock_wording import counting, last_moment_words, reason_words, working_out
from generator.law.publicity.period_rule import Origin, PeriodRule
from generator.law.publicity.publicity_clock import ClockDay, PublicityClock, SpanReading


def clock_json(clock: PublicityClock) -> dict[str, Any]:
    """公示期 as plain dicts, lists, strings, numbers, booleans and None.

    Instants are ISO 8601 with ``+08:00``; ``closes_at`` is exclusive (midnight after the last day
    unless there is a close of business), ``closes_on`` inclusive. ``last_moment`` is the same moment
    in words, with 24:00 on the last day.
    """
    return {
        "opens_on": clock.opens_on.isoformat(),
        "opens_at": _instant(clock.opens_at),
        "closes_on": clock.closes_on.isoformat(),
        "closes_at": _instant(clock.closes_at),
        "last_moment": last_moment_words(clock, year=True),
        "declared": clock.declared,
        "unit": clock.unit,
        "first_day_counts": clock.first_day_counts,
        "length": clock.length,
        "moved_for_holiday": clock.moved_for_holiday,
        "moved_for": clock.moved_for,
        "reckoned_closes_on": clock.reckoned_closes_on.isoformat(),
        "days": [_day(day) for day in clock.days],
        "rule": _rule(clock.rule),
        "span": {
            "unit": clock.span_unit,
            "if_first_day_counts": _reading(clock.if_first_day_counts),
            "if_first_day_excluded": _reading(clock.if_first_day_excluded),
        },
        "arrangement_unknown_for": list(clock.arrangement_unknown_for),
        "working": [*working_out(clock), *counting(clock)],
    }


def _instant(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _day(day: ClockDay) -> dict[str, Any]:
    return {
        "on": day.on.isoformat(),
        "counted": day.counted,
        "ordinal": day.ordinal,
        "reason": day.reason.value,
        "reason_text": reason_words(day),
        "kind": day.kind.kind.value,
        "holiday": day.kind.name,
        "source": day.kind.source,
    }


def _reading(reading: SpanReading) -> dict[str, Any]:
    return {"length": reading.length, "meets_minimum": reading.meets_minimum}


def _rule(rule: PeriodRule) -> dict[str, Any]:
    close, minimum, origins = rule.close_of_business, rule.minimum, rule.origins
    return {
        "length": rule.length,
        "unit": rule.unit,
        "first_day_counts": rule.first_day_counts,
        "roll_over": rule.roll_over,
        "holiday_scope": rule.holiday_scope,
        "close_of_business": None if close is None else close.strftime("%H:%M"),
        "statutory_minimum": None
        if minimum is None
        else {
            "length": minimum.length,
            "unit": minimum.unit,
            "comparison": minimum.comparison,
            **_origin(minimum.origin),
        },
        "origins": {
            name: None if origin is None else _origin(origin)
            for name, origin in (
                ("length", origins.length),
                ("unit", origins.unit),
                ("first_day", origins.first_day),
                ("roll_over", origins.roll_over),
                ("close_of_business", origins.close_of_business),
            )
        },
    }


def _origin(origin: Origin) -> dict[str, Any]:
    return {
        "kind": origin.kind,
        "title": origin.title,
        "version": origin.version,
        "article": origin.article,
        "url": origin.url,
    }
