"""日历 (calendars): closing moments as iCalendar events."""
