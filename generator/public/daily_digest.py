"""每日简报 (daily digest): what each day brought: opened, about to close, ended, changed, honoured.

It is made from the public records as they are and from the day, so that it is the same whenever it is made; a name
that was taken back since is gone from the days that showed it. No digest is of a day that has not come.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from operator import itemgetter

from generator.catalogue import wording
from generator.law.notice_period.day_wording import closing_words, day_words
from generator.public.changes import Change, ChangeKind, change_title, changed_at
from generator.public.context import SiteContext
from generator.public.list_rows import NoticeRow
from generator.source.model.instant import SHANGHAI, midnight

_RANK = itemgetter(slice(4))
"""Of (kind, city, record, number of the change, item): what orders the items of a day."""


class DigestKind(StrEnum):
    """一节 of a day's digest, in their order."""

    OPENED = "opened"
    CLOSING = "closing"
    ENDED = "ended"
    CHANGED = "changed"
    HONOURED = "honoured"


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
    def key(self) -> tuple[str, str, int]:
        """What tells it from every other item of its day; the record's own key says the rest."""
        return self.kind.value, self.record, 0 if self.change is None else self.change.number

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
    def notes(self) -> tuple[str, ...]:
        """What else it says, each by itself: the first day, the last moment, the new last day, who honoured. May be
        empty. That a last moment is near is said from the digest's own day, which a later reader sees beside it."""
        words = wording("alerts")["daily"]
        if self.row is not None:
            if self.row.status.is_tombstone:
                return ()
            closes = closing_words(self.row.closes_on, self.row.closes_at)
            published = self.row.published_at.astimezone(SHANGHAI).date()
            if self.kind is DigestKind.OPENED and published < self.row.opens_on:
                return (
                    words["from"].format(opens=day_words(self.row.opens_on)),
                    words["until"].format(closes=closes),
                )
            told = (words["ended_at" if self.kind is DigestKind.ENDED else "until"].format(closes=closes),)
            near = (
                words["near"][(self.row.closes_on - self.day).days :][:1]
                if self.kind is DigestKind.CLOSING
                else ()
            )
            return (*near, *told)
        assert self.change is not None
        if self.change.closes_on is not None:
            return (words["moved"].format(closes_on=day_words(self.change.closes_on)),)
        return (self.change.organ,) if self.change.organ else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DayDigest:
    """一天的简报. ``updated``: when what it says last changed, at or before the build's instant."""

    day: date
    items: tuple[DigestItem, ...]
    updated: datetime

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
    def title(self) -> str:
        """题目: ``11月22日：新公示 2 件，即将截止 1 件``."""
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
    days: dict[date, list[tuple[int, int, str, int, DigestItem]]] = {}
    corrected: dict[str, datetime] = {}
    for row in notices:
        at = place.get(row.jurisdiction, -1)
        for day, kind in _days_of(row, context):
            days.setdefault(day, []).append(
                (order[kind], at, row.id, 0, DigestItem(kind=kind, day=day, row=row))
            )
    for change in changes:
        honoured = change.record != "notices" and change.kind is ChangeKind.PUBLISHED
        if honoured or change.kind is not ChangeKind.PUBLISHED:
            kind = DigestKind.HONOURED if honoured else DigestKind.CHANGED
            item = DigestItem(kind=kind, day=change.on, change=change)
            rank = order[kind], place.get(change.jurisdiction, -1), change.id, change.number
            days.setdefault(change.on, []).append((*rank, item))
        if change.kind is not ChangeKind.PUBLISHED:
            moment = changed_at(change, context.as_of)
            corrected[change.id] = max(moment, corrected.get(change.id, moment))
    made = []
    for day in sorted((day for day in days if day <= context.day), reverse=True):
        items = [ranked[4] for ranked in sorted(days[day], key=_RANK)]
        made.append(_digest(day, items, corrected, context))
    return tuple(made)


def of_city(digests: Iterable[DayDigest], jurisdiction: str) -> Iterator[DayDigest]:
    """The digests of one city: days that brought it nothing are left out."""
    for digest in digests:
        own = tuple(item for item in digest.items if item.jurisdiction == jurisdiction)
        if own:
            yield DayDigest(day=digest.day, items=own, updated=digest.updated)


def last_change_on(digests: Iterable[DayDigest]) -> date | None:
    """最近一次变动的日子: on which more happened than that an end came near; None before anything did."""
    return next(
        (one.day for one in digests if any(item.kind is not DigestKind.CLOSING for item in one.items)), None
    )


def _ended_words(row: NoticeRow) -> str:
    """见义勇为公示（已撤回） with its number: all that ended so have one title."""
    title = wording("titles")["tombstones"][row.status.value]
    return str(wording("alerts")["daily"]["ended_record"]).format(title=title, id=row.id)


def _digest(
    day: date, items: Sequence[DigestItem], corrected: Mapping[str, datetime], context: SiteContext
) -> DayDigest:
    # It grows in the course of its day, and is worded anew when a record that it names changes afterwards.
    moments = [midnight(day) + timedelta(seconds=len(items))]
    moments += [corrected[item.record] for item in items if item.record in corrected]
    updated = min(max(moments), context.as_of).astimezone(SHANGHAI)
    return DayDigest(day=day, items=tuple(items), updated=updated)


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
