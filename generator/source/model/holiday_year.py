"""节假日安排 (holiday arrangement): ``site_config/holidays/<year>.yml``.

What 国务院办公厅关于某年部分节假日安排的通知 says, for a year that the calendar library does not
know yet, or to put the library right. A file replaces the library's whole arrangement of its year::

    year: 2027
    document:
      title: 国务院办公厅关于2027年部分节假日安排的通知
      url: https://www.gov.cn/…
    holidays:
      - {name: 元旦, from: 2027-01-01, to: 2027-01-03}
      - {name: 清明节, from: 2027-04-05}
    makeup_workdays: [2027-02-14]
"""

from __future__ import annotations

from datetime import date, timedelta

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from generator.source.model.scalars import Day, Entry, Https, Text, Year


class ArrangementDocument(Entry):
    """安排的出处: the notice that the days were taken from."""

    title: Text
    number: Text | None = None
    """文号, such as 国办发明电〔2025〕7号."""
    url: Https


class HolidaySpan(Entry):
    """放假日期: every day off under one name, 调休 rest days and weekend days within included."""

    name: Text
    first: Day = Field(alias="from")
    last: Day | None = Field(default=None, alias="to")
    """Inclusive; a holiday of one day leaves it out."""

    @model_validator(mode="after")
    def _in_order(self) -> HolidaySpan:
        if self.last is not None and not self.first <= self.last <= self.first + timedelta(days=20):
            raise PydanticCustomError(
                "CLK101", "a holiday ends on or after its first day, within three weeks"
            )
        return self

    @property
    def days(self) -> tuple[date, ...]:
        """Every day off, in order, both ends included."""
        count = ((self.last or self.first) - self.first).days + 1
        return tuple(self.first + timedelta(days=n) for n in range(count))


class HolidayYear(Entry):
    """一年的节假日安排.

    Days belong to ``year``, or to the last week of the year before (元旦 has begun on 30 December
    and been made up on 29 December).
    """

    year: Year
    document: ArrangementDocument
    holidays: tuple[HolidaySpan, ...]
    makeup_workdays: tuple[Day, ...] = ()
    """调休上班日: Saturdays and Sundays that are worked."""

    @model_validator(mode="after")
    def _consistent(self) -> HolidayYear:
        if not self.holidays:
            raise PydanticCustomError("CLK102", "an arrangement names at least one holiday")
        off = [day for span in self.holidays for day in span.days]
        work = list(self.makeup_workdays)
        for day in off + work:
            if not date(self.year - 1, 12, 25) <= day <= date(self.year, 12, 31):
                raise PydanticCustomError("CLK103", "{day} is not of this year", {"day": day.isoformat()})
        twice = sorted({day for day in off + work if (off + work).count(day) > 1})
        if twice:
            raise PydanticCustomError("CLK104", "{day} is entered twice", {"day": twice[0].isoformat()})
        for day in work:
            if day.weekday() < 5:
                raise PydanticCustomError(
                    "CLK105", "{day} is no Saturday or Sunday", {"day": day.isoformat()}
                )
        return self
