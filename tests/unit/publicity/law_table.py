"""Reads the law tables: each row becomes the arguments of a clock and what is expected of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.law.notice_period.last_day import (
    ClockDay,
    ClockResult,
    Origin,
    PeriodRule,
    Reason,
    RuleOrigins,
    StatutoryMinimum,
    computed_clock,
    declared_clock,
)
from generator.law.workdays import WorkCalendar, build_calendar
from generator.source.model.holiday_year import HolidayYear
from generator.source.model.law_words import Comparison

LAW = Path(__file__).parent / "law"
KEYS = frozenset(
    [
        "case",
        "opens",
        "to",
        "length",
        "unit",
        "first_day",
        "first_day_from",
        "roll_over",
        "scope",
        "close",
        "minimum",
        "arrangements",
        "last",
        "problems",
        "span",
        "strip",
        "left",
        "states",
    ]
)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of a table, as text."""

    table: str
    values: dict[str, Any]

    @property
    def id(self) -> str:
        return f"{self.table}: {self.values['case']}"


@cache
def rows() -> tuple[Row, ...]:
    """Every row of every table; an unknown key is a mistake in the table."""
    found = []
    for path in sorted(LAW.glob("*.yml")):
        for values in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader):
            unknown = set(values) - KEYS
            if unknown:
                raise ValueError(f"{path.name}: {values['case']}: unknown {unknown}")
            found.append(Row(table=path.stem, values=values))
    return tuple(found)


@cache
def calendar(arrangements: tuple[str, ...] = ()) -> WorkCalendar:
    """The library's calendar with invented arrangements laid over it."""
    texts = ((LAW / "arrangements" / f"{name}.yml").read_text(encoding="utf-8") for name in arrangements)
    return build_calendar(
        HolidayYear.model_validate(yaml.load(text, Loader=yaml.CBaseLoader)) for text in texts
    )


def minimum_from(text: str) -> StatutoryMinimum:
    """``at_least 7`` or ``exactly 5 working_day``, of an invented instrument."""
    comparison, length, *unit = text.split()
    return StatutoryMinimum(
        length=int(length),
        comparison=None if comparison == "unspecified" else Comparison(comparison),
        unit=unit[0] if unit else None,  # type: ignore[arg-type]
        origin=Origin(
            kind="instrument",
            title="示例市见义勇为条例",
            version="2025修正",
            article="第十一条",
            url="https://example.invalid/tiaoli/#art-11",
        ),
    )


def rule_of(row: Row) -> PeriodRule:
    values = row.values
    counts = {"counts": True, "excluded": False, None: None}[values.get("first_day")]
    origin = None
    if counts is not None:
        origin = Origin(kind=values.get("first_day_from", "authority"), title="示例机关")
    return PeriodRule(
        length=int(values["length"]) if "length" in values else None,
        unit=values.get("unit"),
        first_day_counts=counts,
        roll_over={"true": True, "false": False}[values.get("roll_over", "true")],
        holiday_scope=values.get("scope", "arranged"),
        close_of_business=time.fromisoformat(values["close"]) if "close" in values else None,
        minimum=minimum_from(values["minimum"]) if "minimum" in values else None,
        origins=RuleOrigins(first_day=origin),
    )


def result_of(row: Row) -> ClockResult:
    opens_on = date.fromisoformat(row.values["opens"])
    days = calendar(tuple(row.values.get("arrangements", ())))
    if "to" in row.values:
        return declared_clock(opens_on, date.fromisoformat(row.values["to"]), rule_of(row), days)
    return computed_clock(opens_on, rule_of(row), days)


_MARKS = {
    Reason.FIRST_DAY: "f",
    Reason.WEEKEND: "w",
    Reason.HOLIDAY: "h",
    Reason.HOLIDAY_AT_END: "e",
    Reason.COUNTED: "",
    Reason.MAKEUP_WORKDAY: "m",
    Reason.MOVED_TO: ">",
}


def strip_of(days: tuple[ClockDay, ...]) -> str:
    """The strip in the tables' shorthand."""
    return " ".join(f"{'' if day.ordinal is None else day.ordinal}{_MARKS[day.reason]}" for day in days)
