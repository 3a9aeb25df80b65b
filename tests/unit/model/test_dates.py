"""日期: partial dates have a first and a last day, and no date lies outside 1900 to 2100."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from generator.source.model.instant import BadInstantError, parse_instant
from generator.source.model.partial_day import PartialDay
from generator.system.packing import UnreadableError, pack, unpack


class _Record(BaseModel):
    born: PartialDay | None = None


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2013", date(2013, 1, 1), date(2013, 12, 31)),
        ("2013-02", date(2013, 2, 1), date(2013, 2, 28)),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29)),
        ("2013-12", date(2013, 12, 1), date(2013, 12, 31)),
        ("2013-05-21", date(2013, 5, 21), date(2013, 5, 21)),
    ],
)
def test_a_partial_date_has_a_first_and_a_last_day(written: str, first: date, last: date) -> None:
    day = PartialDay(written)
    assert (day.first, day.last) == (first, last)
    assert str(day) == written


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_lies_within_its_month_and_its_year(day: date) -> None:
    whole = PartialDay(day.isoformat())
    assert whole.day == whole.first == whole.last == day
    for partial in (whole.without_day, whole.without_month):
        assert partial.first <= day <= partial.last
        assert partial.year == day.year and partial.day is None
        assert partial < whole, "what is known less well is sorted first"


@pytest.mark.parametrize("written", ["2013-13", "2013-02-30", "2013-5", "201", "2013-05-", "去年", ""])
def test_no_partial_day_is_made_of_what_is_none(written: str) -> None:
    with pytest.raises(ValueError):
        PartialDay(written)
    with pytest.raises(ValidationError):
        _Record.model_validate({"born": written})
    with pytest.raises(UnreadableError):
        unpack(pack({"written": written}), PartialDay)


def test_a_partial_day_comes_back_from_the_store_and_is_dumped_as_it_was_written() -> None:
    day = PartialDay("2013-05")
    assert unpack(pack(day), PartialDay) == day
    assert _Record.model_validate({"born": "2013-05"}).model_dump(mode="json") == {"born": "2013-05"}


@pytest.mark.parametrize(
    "text",
    [
        "9999-12-31T23:59-12:00",
        "0001-01-01T00:00+14:00",
        "1899-12-31T00:00+08:00",
        "2101-01-01T00:00+08:00",
        "2026-11-22T09:00",
        "2026-11-22T24:00+08:00",
    ],
)
def test_an_instant_that_no_site_is_built_for_is_refused(text: str) -> None:
    with pytest.raises(BadInstantError):
        parse_instant(text)
