"""工作日历：:class:`WorkCalendar`, one object a build; the days of a year are made once a process.

A working day is a Monday to Friday that no arrangement gives off, or a 调休 workday.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Literal

import generator.law.workdays.holiday_sources as sources
from generator.source.model.holiday_year import HolidayYear

HolidayScope = Literal["statutory", "arranged", "rest_days"]
"""法定休假日的口径: which days 民法典 203 moves the end of a period past.

* ``statutory``: the days that 全国年节及纪念日放假办法 article 2 names, nothing else.
* ``arranged``: every day off of the State Council's arrangement of the year, the 调休 rest days and
  the weekend days inside a holiday included; an ordinary weekend does not move a period. The usual
  choice here: notices have been seen to end on a plain Sunday, none within a holiday.
* ``rest_days``: ``arranged`` and every Saturday and Sunday that is not a 调休 workday.
"""

LATE_DECEMBER = 28
"""From this day of December on, the next year's arrangement decides as well: that of 2019 worked
29 December 2018 and gave 30 and 31 December off; none has reached further back."""


_WEEK = 7
"""Days by which an arrangement stretches a holiday, at most."""


class Kind(StrEnum):
    """日的性质."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    LEGAL_HOLIDAY = "legal_holiday"
    MAKEUP_WORKDAY = "makeup_workday"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayKind:
    """一日的性质与出处.

    ``name`` is the Chinese name of the holiday that makes it a day off, or that a 调休 workday makes
    up for, else None. ``statutory`` is true for a day of 全国年节及纪念日放假办法 article 2 itself.
    ``source`` is ``chinesecalendar``, ``site_config/holidays/<year>.yml`` or ``statutory only`` (no
    arrangement of that year is known: a workday may yet turn out to be a rest day).
    """

    kind: Kind
    name: str | None
    statutory: bool
    source: str

    @property
    def is_worked(self) -> bool:
        """工作日 or 调休上班日."""
        return self.kind is Kind.WORKDAY or self.kind is Kind.MAKEUP_WORKDAY

    def is_legal_rest(self, scope: HolidayScope) -> bool:
        """Whether 民法典 203 moves the end of a period past such a day, as ``scope`` reads 法定休假日."""
        if scope == "statutory":
            return self.statutory
        return self.kind is Kind.LEGAL_HOLIDAY or (scope == "rest_days" and self.kind is Kind.WEEKEND)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WorkCalendar:
    """工作日历. Made by :func:`build_calendar`; frozen, picklable, safe to share; equal to itself only.

    ``files`` are the arrangements of ``site_config/holidays``, by year.
    """

    files: tuple[HolidayYear, ...] = ()
    _days: dict[date, DayKind] = field(default_factory=dict, repr=False)

    def day_kind(self, day: date) -> DayKind:
        """The kind of one day. Any year from 1950 to 2099."""
        found = self._days.get(day)
        if found is None:
            self._days.update(_days_of(day.year, self._file_of(day.year), self._file_of(day.year + 1)))
            found = self._days[day]
        return found

    def is_worked(self, day: date) -> bool:
        """工作日 or 调休上班日."""
        return self.day_kind(day).is_worked

    def is_legal_rest(self, day: date, scope: HolidayScope) -> bool:
        """法定休假日 as ``scope`` reads it."""
        return self.day_kind(day).is_legal_rest(scope)

    def working_days_after(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``, which is not counted itself (民法典 201); ``day`` for 0."""
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_worked(day)
        return day

    def working_days_in(self, first: date, last: date) -> int:
        """Working days from ``first`` to ``last``, both inclusive."""
        days = (last - first).days + 1
        return sum(self.is_worked(first + timedelta(days=number)) for number in range(days))

    def _file_of(self, year: int) -> HolidayYear | None:
        return next((item for item in self.files if item.year == year), None)

    def arrangement_issued(self, year: int) -> bool:
        """Whether the holiday arrangement of ``year`` is known, from the library or a site file."""
        return year in sources.library_years() or any(item.year == year for item in self.files)

    def arrangement_needed_for(self, first: date, last: date) -> tuple[int, ...]:
        """Years without a known arrangement that days from ``first`` to ``last`` (inclusive) lie in."""
        return tuple(y for y in range(first.year, last.year + 1) if not self.arrangement_issued(y))

    def unsettled_year_end(self, first: date, last: date) -> int | None:
        """The next year, when days from ``first`` to ``last`` (inclusive) reach the last days of a
        December that its arrangement, not known yet, may still turn into rest days or workdays."""
        if (last.month, last.day) < (12, LATE_DECEMBER) and first.year == last.year:
            return None
        for year in range(first.year, last.year + 1):
            if self.arrangement_issued(year) and not self.arrangement_issued(year + 1):
                tail = date(year, 12, LATE_DECEMBER)
                if first <= date(year, 12, 31) and last >= tail:
                    return year + 1
        return None

    def may_move_last_day(self, day: date) -> bool:
        """Whether an arrangement that is not issued yet may still make ``day`` a rest day, or a workday of one: the last
        days of a December, and days near a statutory holiday of a year without an arrangement."""
        if self.unsettled_year_end(day, day) is not None:
            return True
        near = (day + timedelta(days=n) for n in range(-_WEEK, _WEEK + 1))
        return not self.arrangement_issued(day.year) and any(self.day_kind(other).statutory for other in near)


@lru_cache(maxsize=256)
def _days_of(year: int, own: HolidayYear | None, after: HolidayYear | None) -> Mapping[date, DayKind]:
    """Every day of ``year``, of which ``own`` is the arrangement, and ``after`` that of the next year."""
    days: dict[date, DayKind] = {}
    statutory = sources.statutory_days(year)
    off: dict[date, str | None] = {}
    work: dict[date, str | None] = {}
    source = "statutory only"
    name: str | None
    if own is not None:
        source = f"site_config/holidays/{year}.yml"
    elif year in sources.library_years():
        source = "chinesecalendar"
        off.update((d, n) for d, n in sources.library_days_off().items() if d.year == year)
        work.update((d, n) for d, n in sources.library_makeup_workdays().items() if d.year == year)
    else:
        off.update(statutory)
    from_next: set[date] = set()
    for item in (own, after):
        if item is None:
            continue
        days_off = {d: span.name for span in item.holidays for d in span.days if d.year == year}
        days_on = [d for d in item.makeup_workdays if d.year == year]
        if item is after:
            from_next = {*days_off, *days_on}
        for day in days_on:
            off.pop(day, None)
            work[day] = None
        for day, name in days_off.items():
            work.pop(day, None)
            off[day] = name
    day = date(year, 1, 1)
    while day.year == year:
        if day in work:
            kind, name = Kind.MAKEUP_WORKDAY, work[day]
        elif day in off:
            kind, name = Kind.LEGAL_HOLIDAY, off[day]
        else:
            kind, name = (Kind.WEEKEND if day.weekday() >= 5 else Kind.WORKDAY), None
        days[day] = DayKind(
            kind=kind,
            name=name,
            statutory=kind is Kind.LEGAL_HOLIDAY and day in statutory,
            source=f"site_config/holidays/{year + 1}.yml" if day in from_next else source,
        )
        day += timedelta(days=1)
    return days


def build_calendar(files: Iterable[HolidayYear] = ()) -> WorkCalendar:
    """工作日历 from the parsed files of ``site_config/holidays``, at most one a year.

    Raises ``ValueError`` when two files are of the same year.
    """
    kept = tuple(sorted(files, key=lambda item: item.year))
    if len({item.year for item in kept}) != len(kept):
        raise ValueError("two holiday files of the same year")
    return WorkCalendar(files=kept)


def statutory_days_left_out(item: HolidayYear) -> tuple[tuple[date, str], ...]:
    """法定节日遗漏: statutory days of its year, with their names, that an arrangement does not give off.

    The State Council has never made one a workday, so the file has a slip (or the lunar calendar does).
    """
    off = {day for span in item.holidays for day in span.days}
    return tuple((d, n) for d, n in sorted(sources.statutory_days(item.year).items()) if d not in off)
