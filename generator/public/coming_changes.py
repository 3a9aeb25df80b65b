"""将来的变化 (coming changes): days on which something changes though nobody does anything.

The law of a place changes, a notice's names are thinned, the last issued holiday arrangement runs out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from generator.law.instruments import PolicyLibrary
from generator.law.workdays import WorkCalendar
from generator.public.list_rows import NoticeRow
from generator.source.model.instant import SHANGHAI, midnight
from generator.source.model.jurisdiction import Jurisdiction
from generator.source.model.site_settings import Retention


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class ComingChange:
    """一项变化 at 00:00 of ``on``. ``what`` is the place whose law changes, the notice whose names are
    thinned, or the first year whose arrangement is not issued."""

    on: date
    kind: Literal["law", "retention", "holidays"]
    what: str

    @property
    def at(self) -> datetime:
        """The instant, Beijing time."""
        return midnight(self.on)

    @property
    def turns_pages(self) -> bool:
        """Whether a page says something else from then on; a missing arrangement only needs entering."""
        return self.kind != "holidays"


def coming_changes(
    rows: Iterable[NoticeRow],
    jurisdictions: Mapping[str, Jurisdiction],
    library: PolicyLibrary,
    calendar: WorkCalendar,
    retention: Retention,
    as_of: datetime,
) -> tuple[ComingChange, ...]:
    """Every change after ``as_of``, the soonest first. ``retention`` says how long the names of a
    notice that ended are still shown."""
    found = {
        *_law(jurisdictions, library),
        *_retention(rows, retention),
        _holidays(calendar, as_of.astimezone(SHANGHAI).year),
    }
    return tuple(sorted(item for item in found if item.at > as_of))


def _law(jurisdictions: Mapping[str, Jurisdiction], library: PolicyLibrary) -> Iterator[ComingChange]:
    for slug, place in jurisdictions.items():
        for day in library.law_days(slug):
            yield ComingChange(on=day, kind="law", what=place.name)


def _retention(rows: Iterable[NoticeRow], retention: Retention) -> Iterator[ComingChange]:
    for row in rows:
        if row.ended_on is not None:
            on = retention.named_until(row.ended_on) + timedelta(days=1)
            yield ComingChange(on=on, kind="retention", what=row.id)


def _holidays(calendar: WorkCalendar, year: int) -> ComingChange:
    while calendar.arrangement_issued(year):
        year += 1
    return ComingChange(on=date(year, 1, 1), kind="holidays", what=str(year))
