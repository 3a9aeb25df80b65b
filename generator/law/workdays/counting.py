"""期间的计算 (counting): where a period ends and how many days a span holds.

The publicity of a notice, the steps of a procedure and every other period of a text are counted in one way. Where
they differ, they differ in data: the unit, whether the first day counts (民法典 201), and which days a last day is
moved past (民法典 203).
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from generator.law.workdays.work_calendar import HolidayScope, WorkCalendar
from generator.source.model.scalars import DayUnit

_DAY = timedelta(days=1)


def end_of_days(
    first: date, length: int, unit: DayUnit | None, calendar: WorkCalendar, *, first_day_counts: bool
) -> date:
    """末日 (inclusive) of ``length`` days from ``first``, before any roll-over. Without a unit all days count
    (民法典 200)::

        end_of_days(date(2026, 11, 20), 7, "calendar_day", calendar, first_day_counts=True) == date(2026, 11, 26)
        end_of_days(date(2026, 11, 20), 7, "calendar_day", calendar, first_day_counts=False) == date(2026, 11, 27)
    """
    before = first - _DAY if first_day_counts else first
    if unit == "working_day":
        return calendar.working_days_after(before, length)
    return before + timedelta(days=length)


def end_of_months(first: date, months: int) -> date:
    """期间的末日 (民法典 202): the same day of the last month, or its last day where it has no such day:
    31 January and one month → 28 February. The first day is not counted."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))


def past_rest_days(day: date, scope: HolidayScope | None, calendar: WorkCalendar) -> date:
    """末日的顺延 (民法典 203): the first day from ``day`` on that is no 法定休假日 as ``scope`` reads it; ``day`` itself
    where ``scope`` is None, that is where nothing is moved."""
    while scope is not None and calendar.is_legal_rest(day, scope):
        day += _DAY
    return day


def days_in(first: date, last: date, unit: DayUnit | None, calendar: WorkCalendar) -> int:
    """日数 from ``first`` to ``last``, both included; 0 where ``last`` is the day before ``first``."""
    if unit == "working_day":
        return calendar.working_days_in(first, last)
    return (last - first).days + 1


def age_on(born: date, on: date) -> int:
    """周岁 on a day: a year of age is full on the birthday itself; of 29 February, on 1 March of other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def birthday(born: date, age: int) -> date:
    """满若干周岁之日: the first day on which :func:`age_on` is ``age``."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)
