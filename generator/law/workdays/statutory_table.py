"""法定节日表 (table of statutory days): writes ``statutory_days.txt``, which ``holiday_sources`` reads.

The library ``holidays`` knows the days of every country and loads them all, which takes longer than checking a hundred
records. So what it says of China is kept, and a test asks it again for every year::

    python -m generator.law.workdays.statutory_table
"""

from __future__ import annotations

from generator.law.workdays.holiday_sources import TABLE, YEARS, statutory_days_of_library


def table_text() -> str:
    """A line for each day of all :data:`YEARS`: the day, a tab, its Chinese name."""
    days = (item for year in YEARS for item in sorted(statutory_days_of_library(year).items()))
    return "".join(f"{day}\t{name}\n" for day, name in days)


if __name__ == "__main__":
    TABLE.write_text(table_text(), encoding="utf-8")
