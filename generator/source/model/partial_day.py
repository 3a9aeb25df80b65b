"""不完整的日期 (partial days): a date of which only the year or the month may be known.

The text is kept as written (``2013``, ``2013-05``, ``2013-05-21``), for pages print it so. Whoever has
to count takes its first or its last day, and says by that which reading is meant.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Years that a record, a setting or a provision may name, both included: whatever is counted from a day
between them (a majority, an extension, a notice) is a day of the calendar too."""


def first_day(written: str) -> date:
    """首日: ``2013`` → 2013-01-01, ``2013-05`` → 2013-05-01, a whole date → itself."""
    year, month, day = _parts(written)
    return date(year, month or 1, day or 1)


def last_day(written: str) -> date:
    """末日 (inclusive): ``2013`` → 2013-12-31, ``2012-02`` → 2012-02-29, a whole date → itself."""
    year, month, day = _parts(written)
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


def year_of(written: str) -> int:
    """年: the one part that is always known."""
    return _parts(written)[0]


def is_whole(written: str) -> bool:
    """Whether the day itself is known."""
    return bool(_parts(written)[2])


def whole_day(written: str | None) -> date | None:
    """The day itself; None where only its month or its year is known, or nothing."""
    return first_day(written) if written is not None and is_whole(written) else None


def _parts(written: str) -> tuple[int, int, int]:
    """Year, month and day; 0 for one that is not known."""
    return int(written[:4]), int(written[5:7] or 0), int(written[8:10] or 0)
