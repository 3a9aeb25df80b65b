"""日与期间 (days): which day is a working day, a weekend, a holiday, a 调休 workday, and where a period ends.

No network; both calendar libraries are imported only when a year is first asked for.
"""

from generator.law.workdays.counting import (
    age_on,
    birthday,
    days_in,
    end_of_days,
    end_of_months,
    past_rest_days,
)
from generator.law.workdays.work_calendar import (
    LATE_DECEMBER,
    DayKind,
    HolidayScope,
    Kind,
    WorkCalendar,
    build_calendar,
    statutory_days_left_out,
)

__all__ = [
    "LATE_DECEMBER",
    "DayKind",
    "HolidayScope",
    "Kind",
    "WorkCalendar",
    "age_on",
    "birthday",
    "build_calendar",
    "days_in",
    "end_of_days",
    "end_of_months",
    "past_rest_days",
    "statutory_days_left_out",
]
