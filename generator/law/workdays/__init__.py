"""工作日历 (working-day calendar): which day is a working day, a weekend, a holiday, a 调休 workday.

No network; both calendar libraries are imported only when a year is first asked for.
"""

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
    "build_calendar",
    "statutory_days_left_out",
]
