"""每日简报 (daily digest): what each day brought: opened, about to close, ended, changed, honoured.

It is made from the public records as they are and from the day, so that it is the same whenever it is made; a name
that was taken back since is gone from the days that showed it. No digest is of a day that has not come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from generator.catalogue import wording
from generator.law.notice_period.day_wording import closing_words, day_words
from generator.public.changes import Change, ChangeKind, change_title, changed_at
from generator.public.context import SiteContext
from generator.public.list_rows import NoticeRow
from generator.source.model.instant import SHANGHAI, midnight

_RANK = itemgetter(slice(4))


class DigestKind(StrEnum):
    """一节 of a day's digest, in their order."""

    OPENED = "opened"
    CLOSING = "closing"
    ENDED = "ended"
    CHANGED = "changed"
    HONOURED = "honoured"


class Told(NamedTuple):
    """简报一项的依据: numbers of its kind, its city and the change, which order the items of a day, and what it is made of.
    Most builds show few of the days and only compare the others."""

    rank: int
    place: int
    record: str
    number: int
    kind: DigestKind
    of: NoticeRow | Change


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestItem:
    """简报的一项 of a ``day``, of a notice's ``row`` or of a ``change``."""

    kind: DigestKind
    day: date
    row: NoticeRow | None = None
    change: Change | None = None

    @property
    def _of(self) -> NoticeRow | Change:
        told = self.row or self.change
        assert told is not None
        return told

    @property
    def record(self) -> str:
        """编号 of the record."""
        return self._of.id

    @property
    def jurisdiction(self) -> str:
        """Slug of its city."""
        return self._of.jurisdiction

    @property
    def path(self) -> str:
        """Page of the record, from the root."""
        return self._of.path

    @property
    def title(self) -> str:
        """Title of the record, after the kind of change where it is one. Of a tombstone how it ended and its number;
        it names nobody."""
        if self.row is not None:
            return _ended_words(self.row) if self.row.status.is_tombstone else self.row.title
        assert self.change is not None
        if self.change.kind is not ChangeKind.PUBLISHED:
            return change_title(self.change)
        revoked = str(wording("alerts")["daily"]["revoked_honour"])
        return self.change.title or revoked.format(id=self.change.id)

    @property
    def deed(self) -> str | None:
        """事迹 of a notice, in a sentence. None of a tombstone, and of a change, which tells of another thing."""
        return None if self.row is None or self.row.status.is_tombstone else self.row.summary

    @property
    def notes(self) -> tuple[str, ...]:
        """What else it says, each by itself: the first day, the last moment, the new last day, who honoured. May be
        empty. That a last moment is near is said from the digest's own day, which a later reader sees beside it."""
        words = wording("alerts")["daily"]
        if self.row is not None:
            if self.row.status.is_tombstone:
                return ()
            closes = closing_words(self.row.closes_on, self.row.closes_at)
            published = self.row.published_at.astimezone(SHANGHAI).date()
            until = words["until"].format(closes=closes)
            then = self.row.closed_as_of(self.day)
            if then != self.row.closes_on:
                until = words["was_then"].format(
                    until=until, was=day_words(then, year=then.year != self.row.closes_on.year)
                )
            if self.kind is DigestKind.OPENED and published < self.row.opens_on:
                return (
                    words["from"].format(opens=day_words(self.row.opens_on)),
                    until,
                )
            told = (words["ended_at"].format(closes=closes) if self.kind is DigestKind.ENDED else until,)
            near = (
                words["near"][(self.row.closes_on - self.day).days :][:1]
                if self.kind is DigestKind.CLOSING
                else ()
            )
            return (*near, *told)
        assert self.change is not None
        if self.change.moved:
            return (self.change.moved,)
        return (self.change.organ,) if self.change.organ else ()


@dataclass(frozen=True, kw_only=True)
class DayDigest:
    """一天的简报. ``told`` is what its items are made of, in their order, out of ``all_told`` of all cities; ``corrected``
    when records were last corrected, of all days."""

    day: date
    told: Sequence[Told]
    all_told: Sequence[Told]
    corrected: Mapping[str, datetime]
    as_of: datetime

    @cached_property
    def items(self) -> tuple[DigestItem, ...]:
        """Its items, in their order."""
        return tuple(
            DigestItem(kind=told.kind, day=self.day, change=told.of)
            if isinstance(told.of, Change)
            else DigestItem(kind=told.kind, day=self.day, row=told.of)
            for told in self.told
        )

    @property
    def kinds(self) -> Iterator[int]:
        """What tells each item from every other of its record on that day; the record's own key says the rest."""
        return (number for told in self.told for number in (told.rank, told.number))

    @cached_property
    def updated(self) -> datetime:
        """When what it says last changed, at or before the build's instant."""
        # It grows in the course of its day, and is worded anew when a record that it names changes afterwards.
        moments = [midnight(self.day) + timedelta(seconds=len(self.all_told))]
        moments += [self.corrected[told.record] for told in self.all_told if told.record in self.corrected]
        return min(max(moments), self.as_of).astimezone(SHANGHAI)

    @property
    def path(self) -> str:
        """Its address from the root: ``daily/2026-11/#d22``."""
        return f"{month_path(self.day)}#{self.anchor}"

    @property
    def anchor(self) -> str:
        """Id of its section on the page of its month."""
        return f"d{self.day.day}"

    @property
    def by_kind(self) -> Mapping[DigestKind, Sequence[DigestItem]]:
        """Its items by kind, in order; kinds without any left out."""
        found: dict[DigestKind, list[DigestItem]] = {}
        for item in self.items:
            found.setdefault(item.kind, []).append(item)
        return found

    @property
    def lines(self) -> Mapping[DigestKind, Sequence[tuple[DigestItem, str]]]:
        """What page and feed tell, by kind, each item with its notes in one phrase. That an end is near is noted where something else
        is told of the record, and is an item of its own only where nothing is."""
        comma = str(wording("alerts")["daily"]["comma"])
        near = {item.record: item.notes for item in self.by_kind.get(DigestKind.CLOSING, ())}
        elsewhere = {item.record for item in self.items if item.kind is not DigestKind.CLOSING}
        found: dict[DigestKind, list[tuple[DigestItem, str]]] = {}
        for item in self.items:
            if item.kind is DigestKind.CLOSING and item.record in elsewhere:
                continue
            ends = item.kind in (DigestKind.CLOSING, DigestKind.ENDED)
            also = () if ends else near.pop(item.record, ())
            notes = also if set(item.notes) <= set(also) else (*item.notes, *also)
            found.setdefault(item.kind, []).append((item, comma.join(notes)))
        return found

    @property
    def title(self) -> str:
        """题目: ``11月22日：新公示 2 件，截止提醒 1 件``."""
        words = wording("alerts")["daily"]
        counts = (words["counts"][kind.value].format(n=len(own)) for kind, own in self.by_kind.items())
        return str(words["entry"]).format(day=day_words(self.day, year=False), counts="，".join(counts))


def month_path(day: date) -> str:
    """The page of the month of ``day``, from the root."""
    return f"daily/{day:%Y-%m}/"


def day_digests(
    notices: Iterable[NoticeRow], changes: Iterable[Change], context: SiteContext
) -> tuple[DayDigest, ...]:
    """Every day that brought something, newest first. ``notices`` and ``changes`` in any order."""
    order = {kind: number for number, kind in enumerate(DigestKind)}
    place = {city.slug: number for number, city in enumerate(context.register_cities)}
    days: dict[date, list[Told]] = defaultdict(list)
    corrected: dict[str, datetime] = {}
    for row in notices:
        at = place.get(row.jurisdiction, -1)
        for day, kind in _days_of(row, context):
            days[day].append(Told(order[kind], at, row.id, 0, kind, row))
    for change in changes:
        honoured = change.record != "notices" and change.kind is ChangeKind.PUBLISHED
        if honoured or change.kind is not ChangeKind.PUBLISHED:
            kind = DigestKind.HONOURED if honoured else DigestKind.CHANGED
            at = place.get(change.jurisdiction, -1)
            days[change.on].append(Told(order[kind], at, change.id, change.number, kind, change))
        if change.kind is not ChangeKind.PUBLISHED:
            moment = changed_at(change, context.as_of)
            corrected[change.id] = max(moment, corrected.get(change.id, moment))
    made = []
    for day in sorted((day for day in days if day <= context.day), reverse=True):
        told = sorted(days[day], key=_RANK)
        made.append(DayDigest(day=day, told=told, all_told=told, corrected=corrected, as_of=context.as_of))
    return tuple(made)


def of_city(digests: Iterable[DayDigest], jurisdiction: str) -> Iterator[DayDigest]:
    """The digests of one city: days that brought it nothing are left out."""
    for digest in digests:
        own = [told for told in digest.told if told.of.jurisdiction == jurisdiction]
        if own:
            yield replace(digest, told=own)


def last_change_on(digests: Iterable[DayDigest]) -> date | None:
    """最近一次变动的日子: on which more happened than that an end came near; None before anything did."""
    return next(
        (one.day for one in digests if any(told.kind is not DigestKind.CLOSING for told in one.told)), None
    )


def _ended_words(row: NoticeRow) -> str:
    """见义勇为公示（已撤回） with its number: all that ended so have one title."""
    title = wording("titles")["tombstones"][row.status.value]
    return str(wording("alerts")["daily"]["ended_record"]).format(title=title, id=row.id)


def _days_of(row: NoticeRow, context: SiteContext) -> Iterator[tuple[date, DigestKind]]:
    if row.published_at <= context.as_of:
        yield row.published_at.astimezone(SHANGHAI).date(), DigestKind.OPENED
    if row.status.is_tombstone:
        return
    for before in range(context.site.alerts.closing_days):
        day = row.closes_on - timedelta(days=before)
        if row.opens_on < day <= context.day:
            yield day, DigestKind.CLOSING
    if row.closes_at <= context.as_of:
        yield row.closes_at.astimezone(SHANGHAI).date(), DigestKind.ENDED
