"""更新记录 (change log): what happened to published records, newest first.

Full public records become small entries, one by one. An entry never repeats what a correction took
back: ``was`` and ``now`` stay on the record's own page. Of a tombstone it gives the kind, the organ and
the date alone, so no withdrawn name is in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal, NamedTuple, TypeVar

from generator.catalogue import wording
from generator.law.notice_period.day_wording import day_words
from generator.public.list_rows import told_name
from generator.public.public_case import (
    HistoryEvent,
    HonourStatus,
    PublicCorrection,
    PublicHonour,
    PublicNotice,
)
from generator.public.public_decision import PublicDecision
from generator.source.model.instant import SHANGHAI, midnight

T = TypeVar("T")
Series = Literal["", "award-", "objection-"]
"""What numbers a change, as it stands in its name: most are of the series without a name."""
_MAIN: Series = ""


class ChangeKind(StrEnum):
    """变动的种类."""

    PUBLISHED = "published"
    CORRECTED = "corrected"
    DEADLINE_MOVED = "deadline_moved"
    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not_confirmed"
    AWARDED = "awarded"
    RECOMMENDED = "recommended"
    NOT_AWARDED = "not_awarded"
    OBJECTION_RECEIVED = "objection_received"
    OBJECTION_UPHELD = "objection_upheld"
    OBJECTION_DISMISSED = "objection_dismissed"
    OBJECTION_WITHDRAWN = "objection_withdrawn"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """一次变动.

    ``record`` is the kind of record, ``number`` counts the record's changes from 1, oldest first. What became of objections
    has numbers of its own, and so has an award that an honour tells (``series``), or an outcome entered later would
    rename the changes after it.
    ``title`` is the record's public title, None on a tombstone. ``organ`` and ``what`` where they
    are public; ``closes_on`` the new last day of a deadline that moved, ``closed_on`` the one before where it is known.
    """

    on: date
    kind: ChangeKind
    record: Literal["notices", "honours", "decisions"]
    id: str
    number: int
    jurisdiction: str
    title: str | None
    organ: str | None = None
    what: str | None = None
    closed_on: date | None = None
    closes_on: date | None = None
    series: Series = ""

    @property
    def path(self) -> str:
        """Page of the record, from the root."""
        return f"{self.record}/{self.id}/"

    @property
    def key(self) -> str:
        """Permanent name of this change: ``notices/wuhan-2026-0007/2``, ``notices/wuhan-2026-0007/objection-1``."""
        return f"{self.record}/{self.id}/{self.series}{self.number}"

    @property
    def label(self) -> str:
        """Name of the kind; of a publication, of what."""
        words = wording("exports")["changes"]
        if self.kind is ChangeKind.PUBLISHED:
            return str(words["published"][self.record])
        return str(words["kinds"][self.kind.value])

    @property
    def moved(self) -> str:
        """截止日怎样变动: from which day to which; empty where none moved."""
        if self.closes_on is None:
            return ""
        forms = wording("exports")["changes"]
        if self.closed_on is None:
            return str(forms["moved"]).format(closes_on=day_words(self.closes_on))
        return str(forms["moved_from"]).format(
            was=day_words(self.closed_on), closes_on=day_words(self.closes_on)
        )


class _Happened(NamedTuple):
    """What became of a record on a day, before it is counted."""

    on: date
    kind: ChangeKind
    organ: str | None = None
    what: str | None = None
    closed_on: date | None = None
    closes_on: date | None = None


_OF_OBJECTIONS = frozenset(kind for kind in ChangeKind if kind.value.startswith("objection_"))
# Events of a notice's history that are the change log's business. That an objection came is among them only where the
# site publishes the day of it.
_OF_HISTORY = {
    "published": ChangeKind.PUBLISHED,
    "confirmed": ChangeKind.CONFIRMED,
    "not_confirmed": ChangeKind.NOT_CONFIRMED,
    "awarded": ChangeKind.AWARDED,
    "recommended": ChangeKind.RECOMMENDED,
    "not_awarded": ChangeKind.NOT_AWARDED,
    "objection_received": ChangeKind.OBJECTION_RECEIVED,
    "objection_upheld": ChangeKind.OBJECTION_UPHELD,
    "objection_dismissed": ChangeKind.OBJECTION_DISMISSED,
    "objection_withdrawn": ChangeKind.OBJECTION_WITHDRAWN,
    "withdrawn": ChangeKind.WITHDRAWN,
    "revoked": ChangeKind.REVOKED,
}


def notice_changes(notice: PublicNotice) -> Iterator[Change]:
    """一件公示的变动, oldest first."""
    dead = notice.status.is_tombstone
    # The log tells what changed on this site. A confirmation from before the notice changed nothing here.
    first = min((event.on for event in notice.history if event.event == "published"), default=date.min)
    found = [
        (_of_event(event, dead=dead), _series(event))
        for event in notice.history
        if event.event in _OF_HISTORY and event.on >= first
    ]
    found += [(_of_correction(item), _MAIN) for item in notice.corrections if not dead]
    found.sort(key=lambda item: item[0].on)
    counted: Counter[str] = Counter()
    for happened, series in found:
        counted[series] += 1
        yield Change(
            **happened._asdict(),
            record="notices",
            id=notice.id,
            number=counted[series],
            jurisdiction=notice.jurisdiction,
            title=None if dead else notice.title,
            series=series,
        )


def _series(event: HistoryEvent) -> Series:
    if _OF_HISTORY[event.event] in _OF_OBJECTIONS:
        return "objection-"
    return "award-" if event.of_honour else _MAIN


def honour_changes(honour: PublicHonour) -> Iterator[Change]:
    """一项荣誉的变动, oldest first."""
    dead = honour.status is HonourStatus.REVOKED
    # What was published on a day that nobody knows changed nothing here on any day.
    first = honour.published_day
    found = [] if first is None else [_Happened(first, ChangeKind.PUBLISHED, honour.grantor)]
    found += [_of_correction(item) for item in honour.corrections if not dead]
    found.sort(key=lambda item: item.on)
    if honour.revoked_on is not None:
        on = max(honour.revoked_on, first or honour.revoked_on)
        found.append(_Happened(on, ChangeKind.REVOKED, honour.revoked_by))
    title = None if dead else f"{told_name(honour)}：{honour.told_title}"
    for number, happened in enumerate(found, 1):
        yield Change(
            **happened._asdict(),
            record="honours",
            id=honour.id,
            number=number,
            jurisdiction=honour.jurisdiction,
            title=title,
        )


def decision_changes(decision: PublicDecision) -> Iterator[Change]:
    """一份决定的变动, oldest first: its own. What became of each honour tells the honour."""
    found = [_Happened(decision.published_on, ChangeKind.PUBLISHED, decision.organs[0])]
    found += sorted((_of_correction(item) for item in decision.corrections), key=lambda item: item.on)
    for number, happened in enumerate(found, 1):
        yield Change(
            **happened._asdict(),
            record="decisions",
            id=decision.id,
            number=number,
            jurisdiction=decision.jurisdiction,
            title=decision.title,
        )


def newest_first(changes: Iterable[Change]) -> tuple[Change, ...]:
    """全部变动, newest first; of one day the later change of a record before the earlier, and what was decided after an
    objection before what became of that."""

    def order(change: Change) -> tuple[date, str, str, bool, int]:
        return change.on, change.record, change.id, change.series != "objection-", change.number

    return tuple(sorted(changes, key=order, reverse=True))


def years_of(changes: Sequence[Change]) -> dict[int, tuple[Change, ...]]:
    """各年的变动, newest year first, each newest first. ``changes`` newest first."""
    years: dict[int, list[Change]] = {}
    for change in changes:
        years.setdefault(change.on.year, []).append(change)
    return {year: tuple(items) for year, items in years.items()}


def pages_of(year: Sequence[T], size: int) -> Iterator[tuple[int, tuple[T, ...]]]:
    """分页, of a year's changes or of any list that grows at its newest end, as (number from 1, members newest first).

    Cut oldest first, so that a full page keeps what it holds and its address stays right.
    """
    oldest_first = list(reversed(year))
    for start in range(0, len(oldest_first), size):
        yield start // size + 1, tuple(reversed(oldest_first[start : start + size]))


def change_title(change: Change) -> str:
    """变动的标题: ``更正：关于…的公示``, or by its number alone when the record is a tombstone."""
    forms = wording("exports")["changes"]
    name = change.title or forms["records"][change.record].format(id=change.id)
    return str(forms["title"]).format(kind=change.label, title=name)


def change_sentence(change: Change) -> str:
    """变动的一句话: date, organ, what changed."""
    forms = wording("exports")["changes"]
    parts = [forms["on"].format(on=day_words(change.on), kind=change.label)]
    if change.organ:
        parts.append(forms["organ"].format(organ=change.organ))
    if change.moved:
        parts.append(forms["moved_sentence"].format(moved=change.moved))
    if change.what:
        parts.append(forms["what"].format(what=change.what))
    return "".join(parts)


def changed_at(change: Change, as_of: datetime) -> datetime:
    """变动的时刻 for the feed: start of its day in Beijing, one second later for each earlier change of
    the same record, never after ``as_of``."""
    start = midnight(change.on)
    return min(start + timedelta(seconds=change.number - 1), as_of).astimezone(SHANGHAI)


def _of_event(event: HistoryEvent, *, dead: bool) -> _Happened:
    return _Happened(event.on, _OF_HISTORY[event.event], event.organ, None if dead else event.text)


def _of_correction(item: PublicCorrection) -> _Happened:
    kind = ChangeKind.CORRECTED if item.moved_closes_on is None else ChangeKind.DEADLINE_MOVED
    return _Happened(item.corrected_on, kind, None, item.what, item.moved_from, item.moved_closes_on)
