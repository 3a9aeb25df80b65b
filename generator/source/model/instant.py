"""时刻 (instants): the first one of a day, and how a person writes the one a site is built for."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
"""北京时间. China has used UTC+8 without summer time since 1992, before any record kept here."""
FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Years that a record, a setting or a provision may name, both included: whatever is counted from a day
between them (a majority, an extension, a notice) is a day of the calendar too."""


def midnight(day: date) -> datetime:
    """00:00 of ``day`` in Beijing time, which is the 24:00 of the day before."""
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)


_HOUR_24 = re.compile("[T ]24")


class BadInstantError(ValueError):
    """不是带时区的时刻."""


def parse_instant(text: str) -> datetime:
    """``2026-11-22T09:00+08:00`` as an aware instant in Beijing time.

    Raises :class:`BadInstantError` for anything else: a year outside 1900 to 2100, or a time without its
    zone, since guessing the zone would move a last moment by hours.
    """
    try:
        moment = datetime.fromisoformat(text)
        # From Python 3.14 on 24:00 is read as 00:00 of the next day; the same command must do the same on each.
        if moment.tzinfo is None or _HOUR_24.search(text):
            raise BadInstantError(text)
        moment = moment.astimezone(SHANGHAI)
    except (ValueError, OverflowError):
        raise BadInstantError(text) from None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise BadInstantError(text)
    return moment
