"""公示期的时钟：:class:`PublicityClock`, its days and its states. Data only; :mod:`generator.law.notice_period.last_day` does the counting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from generator.law.notice_period.period_rule import PeriodRule
from generator.law.workdays import DayKind
from generator.source.model.instant import SHANGHAI
from generator.source.model.scalars import DayUnit


class ClockState(StrEnum):
    """公示期的状态, by the clock alone."""

    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"


class Reason(StrEnum):
    """某日计入或不计入的原因."""

    COUNTED = "counted"
    MAKEUP_WORKDAY = "makeup_workday"
    """调休上班日: a Saturday or Sunday that counts as a working day."""
    MOVED_TO = "moved_to"
    """顺延后的最后一日: counts as the last day in place of the holiday before it."""
    FIRST_DAY = "first_day"
    """开始的当日不计入 (民法典 201)."""
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    HOLIDAY_AT_END = "holiday_at_end"
    """末日遇法定休假日: the reckoned last day and the days of the holiday after it (民法典 203)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockDay:
    """公示期内的一日. ``ordinal`` counts from 1 and is None exactly when the day is not counted."""

    on: date
    ordinal: int | None
    reason: Reason
    kind: DayKind

    @property
    def counted(self) -> bool:
        """Whether the day is one of the period's days."""
        return self.ordinal is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanReading:
    """一种算法下的期间长度: the span from first to last day in :attr:`PublicityClock.span_unit`.

    ``meets_minimum`` is None where no instrument sets a minimum.
    """

    length: int
    meets_minimum: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicityClock:
    """公示期的时钟. Frozen, picklable.

    ``opens_on`` and ``closes_on`` are both included; ``opens_at`` is 00:00 of the first day;
    ``closes_at`` is the first instant that is too late: 24:00 of the last day, that is midnight of
    the day after, or the close of business. Both instants are aware, Asia/Shanghai.

    ``days`` holds each calendar day from ``opens_on`` to ``closes_on`` once, in order.
    ``reckoned_closes_on`` is the last day before any roll-over. ``if_first_day_counts`` and
    ``if_first_day_excluded`` measure the same span under either reading.
    ``arrangement_unknown_for`` names the years whose holidays were reckoned without an issued
    arrangement.
    """

    opens_on: date
    opens_at: datetime
    closes_on: date
    closes_at: datetime
    days: tuple[ClockDay, ...]
    rule: PeriodRule
    declared: bool
    """True when both ends are the organ's own words, false when the last day was reckoned."""
    unit: DayUnit
    first_day_counts: bool
    reckoned_closes_on: date
    span_unit: DayUnit
    if_first_day_counts: SpanReading
    if_first_day_excluded: SpanReading
    arrangement_unknown_for: tuple[int, ...] = ()

    @property
    def moved_for_holiday(self) -> bool:
        """末日是否因法定休假日顺延. Never true for declared ends, which are not shifted."""
        return self.closes_on != self.reckoned_closes_on

    @property
    def moved_for(self) -> str | None:
        """Chinese name of the holiday that moved the last day; None when not moved or a plain weekend."""
        if not self.moved_for_holiday:
            return None
        return next(
            (d.kind.name for d in self.days if d.reason is Reason.HOLIDAY_AT_END and d.kind.name), None
        )

    @property
    def length(self) -> int:
        """Days counted, in ``unit``."""
        return sum(1 for day in self.days if day.ordinal is not None)

    def days_remaining(self, as_of: datetime) -> int:
        """剩余天数: calendar days from the Beijing date of ``as_of`` to ``closes_on``.

        0 on the last day and ever after; before the opening it counts from that day too; never
        increases as time passes. Raises ``ValueError`` for an instant without a zone.
        """
        return max(0, (self.closes_on - _beijing(as_of).date()).days)

    def state_at(self, instant: datetime) -> ClockState:
        """公示期在某一时刻的状态: open from ``opens_at`` (inclusive) to ``closes_at`` (exclusive).

        Raises ``ValueError`` for an instant without a zone.
        """
        moment = _beijing(instant)
        if moment < self.opens_at:
            return ClockState.SCHEDULED
        return ClockState.OPEN if moment < self.closes_at else ClockState.CLOSED


def _beijing(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("an instant without a zone has no Beijing date")
    return instant.astimezone(SHANGHAI)
