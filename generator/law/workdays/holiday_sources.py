"""节假日数据来源 (sources): what the two calendar libraries know, as plain tables.

``chinesecalendar`` holds the arrangements as issued (调休 included); ``holidays`` answers for any
year, but we take its statutory days alone: for a year whose arrangement has not been issued it
has no make-up days, and does not say so. They stand in a table that ``statutory_table`` writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from generator.catalogue import wording

TABLE = Path(__file__).with_name("statutory_days.txt")
YEARS = range(1950, 2100)
"""Those of the table: as far as the lunar calendar of ``holidays`` goes."""


@cache
def library_years() -> range:
    """Years whose arrangement ``chinesecalendar`` holds."""
    from chinese_calendar import constants  # type: ignore[import-untyped]

    return range(min(constants.holidays).year, max(constants.holidays).year + 1)


@cache
def library_days_off() -> Mapping[date, str]:
    """放假日: day → Chinese name of the holiday, over all :func:`library_years`."""
    from chinese_calendar import constants

    names = wording("period")["holiday_names"]
    return {day: names[name] for day, name in constants.holidays.items()}


@cache
def library_makeup_workdays() -> Mapping[date, str]:
    """调休上班日: day → Chinese name of the holiday it makes up for."""
    from chinese_calendar import constants

    names = wording("period")["holiday_names"]
    return {day: names[name] for day, name in constants.workdays.items()}


def statutory_days(year: int) -> Mapping[date, str]:
    """法定节日: day → Chinese name, the days off for all citizens of one year, nothing else.

    全国年节及纪念日放假办法, article 2, in the version in force in that year; without 调休 days and
    without the days that make good a holiday on a weekend, which only an arrangement can place.
    """
    return _kept_days()[year] if year in YEARS else statutory_days_of_library(year)


def statutory_days_of_library(year: int) -> Mapping[date, str]:
    """The same as ``holidays`` tells them."""
    from holidays import country_holidays

    found = country_holidays("CN", years=[year], observed=False, language="zh_CN")
    moved = wording("period")["moved_rest_day_prefix"]
    return {day: name for day, name in found.items() if not name.startswith(moved)}


@cache
def _kept_days() -> Mapping[int, Mapping[date, str]]:
    found: dict[int, dict[date, str]] = {year: {} for year in YEARS}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        written, _, name = line.partition("\t")
        day = date.fromisoformat(written)
        found[day.year][day] = name
    return found
