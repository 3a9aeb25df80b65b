"""日期与时刻的文字 (words of days): one writing of a day, a partial day and a last moment, for every surface.

Plain text without markup, in Beijing time. 24:00 is always written on the last day, never as 00:00 of the next.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from generator.catalogue import Language, spoken, wording
from generator.source.model.instant import SHANGHAI
from generator.source.model.partial_day import PartialDay


def day_words(day: date, *, year: bool = True) -> str:
    """日期: 2026年11月26日, or 11月26日."""
    return _day_words(day, year, spoken())


@lru_cache(maxsize=16_384)
def _day_words(day: date, year: bool, _language: Language) -> str:
    words = wording("period")
    form = words["day_with_year" if year else "day"]
    return str(form).format(year=day.year, month=words["months"][day.month - 1], day=day.day)


def partial_day_words(day: PartialDay) -> str:
    """日期 as far as it is known: 2013年, 2013年5月, 2013年5月21日."""
    if day.day is not None:
        return day_words(day.day)
    form = wording("common")["dates"]["year" if day == day.without_month else "month"]
    return str(form).format(year=day.year, month=wording("period")["months"][day.first.month - 1])


def weekday_words(day: date) -> str:
    """星期."""
    return str(wording("period")["weekdays"][day.weekday()])


def moment_words(moment: datetime) -> str:
    """时刻: 2026年11月22日 09:00."""
    local = moment.astimezone(SHANGHAI)
    return _moment(day_words(local.date()), f"{local:%H:%M}")


def closing_words(closes_on: date, closes_at: datetime, *, year: bool = True) -> str:
    """截止时刻 of the last day ``closes_on`` (inclusive) and the exclusive end ``closes_at``: 2026年11月26日 24:00, or
    2026年11月26日 17:30 where the day ends at the close of business."""
    local = closes_at.astimezone(SHANGHAI)
    ends = str(wording("period")["day_end"]) if local.date() > closes_on else f"{local:%H:%M}"
    return _moment(day_words(closes_on, year=year), ends)


def until_words(moment: datetime) -> str:
    """截至的时刻 of an exclusive end alone: 2026年11月26日 24:00 for 00:00 of the 27th."""
    local = moment.astimezone(SHANGHAI)
    at_midnight = local.time() == time()
    return closing_words(local.date() - timedelta(days=1) if at_midnight else local.date(), moment)


def _moment(day: str, at: str) -> str:
    return str(wording("period")["last_moment"]).format(day=day, time=at)
