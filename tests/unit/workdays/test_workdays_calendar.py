"""工作日历: kinds, names, sources, and what is not known."""

from __future__ import annotations

import pickle
import subprocess
import sys
from datetime import date, timedelta

import chinese_calendar
import pytest
from pydantic import ValidationError

from generator.diagnostics.codes import entries
from generator.law.workdays import Kind, WorkCalendar, build_calendar, statutory_days_left_out
from generator.law.workdays.holiday_sources import TABLE, statutory_days, statutory_days_of_library
from generator.law.workdays.statutory_table import table_text
from generator.source.model.holiday_year import HolidayYear
from tests.every_row import every_row

CALENDAR = build_calendar()


def arrangement(year: int = 2027, **values: object) -> HolidayYear:
    """An invented arrangement; a test names only what matters to it."""
    return HolidayYear.model_validate(
        {
            "year": str(year),
            "document": {"title": "虚构的安排", "url": "https://example.invalid/"},
            "holidays": [{"name": "元旦", "from": f"{year}-01-01", "to": f"{year}-01-03"}],
            **values,
        }
    )


@pytest.mark.parametrize(
    "day", ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]
)
def test_makeup_workdays_of_2026(day: str) -> None:
    kind = CALENDAR.day_kind(date.fromisoformat(day))
    assert kind.kind is Kind.MAKEUP_WORKDAY
    assert kind.is_worked
    assert date.fromisoformat(day).weekday() >= 5


@every_row(
    ("day", "kind", "name", "statutory"),
    [
        ("2026-02-15", Kind.LEGAL_HOLIDAY, "春节", False),
        ("2026-02-16", Kind.LEGAL_HOLIDAY, "春节", True),
        ("2026-02-20", Kind.LEGAL_HOLIDAY, "春节", False),
        ("2024-02-09", Kind.WORKDAY, None, False),
        ("2025-01-28", Kind.LEGAL_HOLIDAY, "春节", True),
        ("2026-04-05", Kind.LEGAL_HOLIDAY, "清明节", True),
        ("2026-05-02", Kind.LEGAL_HOLIDAY, "劳动节", True),
        ("2024-05-02", Kind.LEGAL_HOLIDAY, "劳动节", False),
        ("2026-06-19", Kind.LEGAL_HOLIDAY, "端午节", True),
        ("2026-09-26", Kind.LEGAL_HOLIDAY, "中秋节", False),
        ("2026-10-03", Kind.LEGAL_HOLIDAY, "国庆节", True),
        ("2026-11-22", Kind.WEEKEND, None, False),
        ("2026-11-23", Kind.WORKDAY, None, False),
        ("2015-09-03", Kind.LEGAL_HOLIDAY, "抗战胜利70周年纪念日", True),
    ],
)
def test_kind_of_a_day(day: str, kind: Kind, name: str | None, statutory: bool) -> None:
    found = CALENDAR.day_kind(date.fromisoformat(day))
    assert (found.kind, found.name, found.statutory) == (kind, name, statutory)
    assert found.source == "chinesecalendar"


def test_every_year_of_the_library_agrees_with_it() -> None:
    day = date(2004, 1, 1)
    while day <= date(2026, 12, 31):
        assert CALENDAR.is_worked(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_no_statutory_day_was_ever_worked() -> None:
    """Two libraries that know nothing of one another."""
    days = [date(2004, 1, 1) + timedelta(days=n) for n in range(23 * 365)]
    assert all(not CALENDAR.is_worked(day) for day in days if CALENDAR.day_kind(day).statutory)
    assert sum(CALENDAR.day_kind(day).statutory for day in days if day.year == 2026) == 13
    assert sum(CALENDAR.day_kind(day).statutory for day in days if day.year == 2024) == 11


def test_the_table_of_statutory_days_says_what_the_library_says() -> None:
    assert TABLE.read_text(encoding="utf-8") == table_text()
    assert statutory_days(2026)[date(2026, 2, 16)] == "农历除夕"
    assert statutory_days(1940) == statutory_days_of_library(1940)


def test_a_year_without_arrangement_knows_its_statutory_days_only() -> None:
    assert not CALENDAR.arrangement_issued(2027)
    assert CALENDAR.arrangement_issued(2026)
    assert CALENDAR.arrangement_issued(2004)
    assert not CALENDAR.arrangement_issued(2003)
    off = [date(2027, 1, 1) + timedelta(days=n) for n in range(365)]
    kinds = {day: CALENDAR.day_kind(day) for day in off}
    assert {kind.source for kind in kinds.values()} == {"statutory only"}
    holidays = [day for day, kind in kinds.items() if kind.kind is Kind.LEGAL_HOLIDAY]
    assert len(holidays) == 13
    assert all(kinds[day].statutory for day in holidays)
    assert not any(kind.kind is Kind.MAKEUP_WORKDAY for kind in kinds.values())
    # Days that an arrangement will give off in place of a weekend are not guessed.
    assert kinds[date(2027, 2, 9)].kind is Kind.WORKDAY


def test_a_site_file_supplies_a_year() -> None:
    calendar = build_calendar(
        [
            arrangement(
                holidays=[{"name": "春节", "from": "2027-02-05", "to": "2027-02-12"}],
                makeup_workdays=["2027-02-20"],
            )
        ]
    )
    assert calendar.arrangement_issued(2027)
    rest = calendar.day_kind(date(2027, 2, 11))
    assert (rest.kind, rest.name, rest.statutory) == (Kind.LEGAL_HOLIDAY, "春节", False)
    assert rest.source == "site_config/holidays/2027.yml"
    assert calendar.day_kind(date(2027, 2, 6)).statutory
    assert calendar.day_kind(date(2027, 2, 20)).kind is Kind.MAKEUP_WORKDAY
    assert calendar.arrangement_needed_for(date(2026, 12, 1), date(2028, 1, 2)) == (2028,)


def test_a_site_file_replaces_the_library_for_its_year_alone() -> None:
    calendar = build_calendar([arrangement(2026)])
    assert calendar.day_kind(date(2026, 2, 14)).kind is Kind.WEEKEND
    assert calendar.day_kind(date(2026, 2, 20)).kind is Kind.WORKDAY
    assert calendar.day_kind(date(2025, 10, 2)) == CALENDAR.day_kind(date(2025, 10, 2))


def test_a_site_file_reaches_into_the_december_before() -> None:
    calendar = build_calendar(
        [
            arrangement(
                holidays=[{"name": "元旦", "from": "2026-12-31", "to": "2027-01-02"}],
                makeup_workdays=["2026-12-26"],
            )
        ]
    )
    off, worked = calendar.day_kind(date(2026, 12, 31)), calendar.day_kind(date(2026, 12, 26))
    assert (off.kind, off.name, off.source) == (Kind.LEGAL_HOLIDAY, "元旦", "site_config/holidays/2027.yml")
    assert (worked.kind, worked.source) == (Kind.MAKEUP_WORKDAY, "site_config/holidays/2027.yml")
    assert calendar.day_kind(date(2026, 12, 30)).source == "chinesecalendar"


def test_late_december_is_unsettled_until_the_next_arrangement() -> None:
    assert CALENDAR.unsettled_year_end(date(2026, 12, 20), date(2026, 12, 28)) == 2027
    assert CALENDAR.unsettled_year_end(date(2026, 12, 20), date(2026, 12, 27)) is None
    assert CALENDAR.unsettled_year_end(date(2025, 12, 20), date(2025, 12, 31)) is None
    assert build_calendar([arrangement()]).unsettled_year_end(date(2026, 12, 20), date(2026, 12, 31)) is None


def test_two_files_of_one_year_are_refused() -> None:
    with pytest.raises(ValueError, match="same year"):
        build_calendar([arrangement(), arrangement()])


def test_statutory_days_left_out_of_a_file() -> None:
    left_out = dict(statutory_days_left_out(arrangement()))
    assert date(2027, 1, 1) not in left_out
    assert left_out[date(2027, 10, 1)] == "国庆节"
    assert len(left_out) == 12


@every_row(
    ("code", "values"),
    [
        ("CLK101", {"holidays": [{"name": "元旦", "from": "2027-01-03", "to": "2027-01-01"}]}),
        ("CLK101", {"holidays": [{"name": "元旦", "from": "2027-01-01", "to": "2027-02-01"}]}),
        ("CLK102", {"holidays": []}),
        ("CLK103", {"holidays": [{"name": "元旦", "from": "2026-01-01"}]}),
        ("CLK103", {"makeup_workdays": ["2028-01-01"]}),
        ("CLK104", {"makeup_workdays": ["2027-01-02"]}),
        ("CLK104", {"makeup_workdays": ["2027-02-20", "2027-02-20"]}),
        ("CLK105", {"makeup_workdays": ["2027-02-22"]}),
        ("no_such_day", {"makeup_workdays": ["2027-02-30"]}),
        ("extra_forbidden", {"makeup_days": ["2027-02-20"]}),
    ],
)
def test_a_wrong_file_is_refused_by_code(code: str, values: dict[str, object]) -> None:
    with pytest.raises(ValidationError) as caught:
        arrangement(**values)
    assert [error["type"] for error in caught.value.errors()] == [code]
    assert not code.startswith("CLK") or code in entries()


def test_a_calendar_survives_pickling() -> None:
    copy: WorkCalendar = pickle.loads(pickle.dumps(build_calendar([arrangement()])))
    assert copy.day_kind(date(2027, 1, 2)).name == "元旦"


def test_importing_the_calendar_imports_neither_library() -> None:
    code = "import sys, generator.law.notice_period.last_day; print([m for m in sys.modules if m in ('holidays', 'chinese_calendar')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
