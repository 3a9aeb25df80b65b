"""期间的计算: one way of counting for notices, steps of the procedure and ages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.law.workdays import (
    age_on,
    birthday,
    build_calendar,
    days_in,
    end_of_days,
    end_of_months,
    past_rest_days,
)

CALENDAR = build_calendar()
DAYS = st.dates(date(2004, 1, 1), date(2026, 11, 30))
UNITS = st.sampled_from(["calendar_day", "working_day"])


@given(DAYS, st.integers(1, 40), UNITS, st.booleans())
def test_a_period_holds_as_many_days_as_it_was_given(
    first: date, length: int, unit: str, counts: bool
) -> None:
    end = end_of_days(first, length, unit, CALENDAR, first_day_counts=counts)  # type: ignore[arg-type]
    begins = first if counts else first + timedelta(days=1)
    assert days_in(begins, end, unit, CALENDAR) == length  # type: ignore[arg-type]
    assert days_in(begins, end - timedelta(days=1), unit, CALENDAR) == length - 1  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 11, 15), 2, date(2027, 1, 15)),
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
    ],
)
def test_months_end_on_the_same_day_or_on_the_last(first: date, months: int, end: date) -> None:
    assert end_of_months(first, months) == end


@given(DAYS)
def test_the_wider_a_reading_the_later_a_last_day(day: date) -> None:
    moved = [past_rest_days(day, scope, CALENDAR) for scope in (None, "statutory", "arranged", "rest_days")]
    assert moved[0] == day
    assert moved == sorted(moved)
    assert not CALENDAR.is_legal_rest(moved[-1], "rest_days")


def test_a_last_day_of_the_national_holiday_moves_past_all_of_it() -> None:
    assert past_rest_days(date(2026, 10, 1), "arranged", CALENDAR) == date(2026, 10, 8)
    assert past_rest_days(date(2026, 11, 22), "arranged", CALENDAR) == date(2026, 11, 22), "a plain Sunday"


@given(st.dates(date(1900, 1, 1), date(2080, 12, 31)), st.integers(0, 18))
def test_somebody_is_of_age_from_the_birthday_on(born: date, age: int) -> None:
    first = birthday(born, age)
    assert age_on(born, first) == age
    assert age_on(born, first - timedelta(days=1)) == age - 1
