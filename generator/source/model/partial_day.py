"""不完整的日期 (partial days): a date of which only the year or the month may be known."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from pydantic_core import PydanticCustomError, core_schema

from generator.source.model.instant import FIRST_YEAR, LAST_YEAR

_PATTERN = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"


@dataclass(frozen=True, slots=True, order=True)
class PartialDay:
    """日期，可只到年或月: ``2013``, ``2013-05`` or ``2013-05-21``.

    ``written`` stays, because pages print a date as far as the organ gave it. Code that counts takes :attr:`first`
    or :attr:`last`, which says what reading it means::

        PartialDay("2013-02").first == date(2013, 2, 1)
        PartialDay("2013-02").last == date(2013, 2, 28)

    Sorted as written: a year stands before its months, a month before its days. Raises ``ValueError`` for
    anything else, and for a day that the calendar does not have.
    """

    written: str

    def __post_init__(self) -> None:
        _ends(self.written)  # refuses what is no date, 2013-13 and 2013-02-30

    def __str__(self) -> str:
        return self.written

    @property
    def year(self) -> int:
        """年: the one part that is always known."""
        return int(self.written[:4])

    @property
    def first(self) -> date:
        """首日: ``2013`` → 2013-01-01, ``2013-05`` → 2013-05-01, a whole date → itself."""
        return _ends(self.written)[0]

    @property
    def last(self) -> date:
        """末日 (inclusive): ``2013`` → 2013-12-31, ``2012-02`` → 2012-02-29, a whole date → itself."""
        return _ends(self.written)[1]

    @property
    def day(self) -> date | None:
        """The day itself; None where only its month or its year is known."""
        return self.first if len(self.written) == len("2013-05-21") else None

    @property
    def without_day(self) -> PartialDay:
        """年月: no more than the month, ``2013-05-21`` → ``2013-05``."""
        return PartialDay(self.written[:7])

    @property
    def without_month(self) -> PartialDay:
        """年: no more than the year, ``2013-05-21`` → ``2013``."""
        return PartialDay(self.written[:4])

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            _read, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: Any, _handler: Any) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{_PATTERN}$", "description": "年、年-月或年-月-日"}


@lru_cache(maxsize=8192)
def _ends(written: str) -> tuple[date, date]:
    """First and last day. Raises ``ValueError``."""
    if not re.fullmatch(_PATTERN, written):
        raise ValueError("a date is written YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = int(written[:4]), int(written[5:7] or 0), int(written[8:10] or 0)
    if day:
        return (whole := date(year, month, day)), whole
    last_month = month or 12
    return date(year, month or 1, 1), date(year, last_month, monthrange(year, last_month)[1])


def _read(value: Any) -> PartialDay:
    """The scalar of a YAML file; refused like every other one (:mod:`generator.source.model.scalars`)."""
    if isinstance(value, PartialDay):
        return value
    if not isinstance(value, str):
        raise PydanticCustomError("bad_partial_day", "a single value was expected")
    if not re.fullmatch("[0-9]{4}(-(0[1-9]|1[0-2]))?|[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise PydanticCustomError("bad_partial_day", "a date is written YYYY, YYYY-MM or YYYY-MM-DD")
    if not FIRST_YEAR <= int(value[:4]) <= LAST_YEAR:
        raise PydanticCustomError("year_out_of_range", "a year from 1900 to 2100 was expected")
    try:
        return PartialDay(value)
    except ValueError:
        raise PydanticCustomError("no_such_day", "the calendar has no such day") from None
