"""日期: partial dates have a first and a last day, and no date lies outside 1900 to 2100."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.source.model.instant import BadInstantError, parse_instant
from generator.source.model.partial_day import first_day, is_whole, last_day, year_of


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
    assert (first_day(written), last_day(written)) == (first, last)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_lies_within_its_month_and_its_year(day: date) -> None:
    whole = day.isoformat()
    assert is_whole(whole) and first_day(whole) == last_day(whole) == day
    for written in (whole[:7], whole[:4]):
        assert first_day(written) <= day <= last_day(written)
        assert year_of(written) == day.year and not is_whole(written)


@pytest.mark.parametrize(
    "text",
    [
        "9999-12-31T23:59-12:00",
        "0001-01-01T00:00+14:00",
        "1899-12-31T00:00+08:00",
        "2101-01-01T00:00+08:00",
        "2026-11-22T09:00",
    ],
)
def test_an_instant_that_no_site_is_built_for_is_refused(text: str) -> None:
    with pytest.raises(BadInstantError):
        parse_instant(text)
