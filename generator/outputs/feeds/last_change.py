"""最后变动时刻 (last change): the ``updated`` of a feed's entry and the ``DTSTAMP`` of an event.

Records keep days. Readers of feeds want instants that move whenever something changes and never
lie after the build. So take the latest of these: the publication, the opening and the closing once they are
past, the start of the day of the last event. Then add one second for each event after the first.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from generator.public.list_rows import HonourRow, NoticeRow
from generator.public.public_decision import DecisionRow
from generator.source.model.instant import SHANGHAI, midnight


def notice_changed_at(row: NoticeRow, as_of: datetime) -> datetime:
    """公示最后变动的时刻, in Beijing time, at or before ``as_of``."""
    passed = [moment for moment in (row.opens_at, row.closes_at) if moment <= as_of]
    latest = max(row.published_at, midnight(row.last_changed_on), *passed)
    return _counted(latest, row.change_count, as_of)


def notice_told_at(row: NoticeRow) -> datetime:
    """When the record of a notice last said something new, whatever the hour of the build: that the notice would open and
    close, it had said before."""
    return _after(max(row.published_at, midnight(row.last_changed_on)), row.change_count)


def honour_changed_at(row: HonourRow, as_of: datetime) -> datetime:
    """荣誉最后变动的时刻, in Beijing time, at or before ``as_of``."""
    first = day_of(row)
    latest = midnight(max(first, row.last_changed_on or first))
    return _counted(latest, row.change_count, as_of)


def day_of(row: HonourRow) -> date:
    """The day on which an honour that stands in a feed was published."""
    assert row.published_day is not None
    return row.published_day


def decision_changed_at(row: DecisionRow, as_of: datetime) -> datetime:
    """决定最后变动的时刻, in Beijing time, at or before ``as_of``."""
    return _counted(midnight(row.last_changed_on), row.change_count, as_of)


def _counted(moment: datetime, changes: int, as_of: datetime) -> datetime:
    return min(_after(moment, changes), as_of).astimezone(SHANGHAI)


def _after(moment: datetime, changes: int) -> datetime:
    """One second later for each event after the first."""
    return (moment + timedelta(seconds=max(changes - 1, 0))).astimezone(SHANGHAI)
