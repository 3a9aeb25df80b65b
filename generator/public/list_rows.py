"""列表行 (rows): the little of a notice or honour that lists, totals and feeds need.

Rows are what stays in memory for every record of the site; the full public record is read again,
chunk by chunk, when its own page is rendered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from generator.catalogue import wording
from generator.public.people_counts import HonouredPeople, honoured_people, is_uncounted
from generator.public.public_case import (
    NoticeStatus,
    Predecessor,
    PublicAct,
    PublicHonour,
    PublicNotice,
    told_title,
)
from generator.source.model.partial_day import PartialDay
from generator.source.model.scalars import parts_of_number

_NAMED = 3
"""Of as many people all names stand before their deed, and in a title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """公示的列表行. ``closes_at`` is the exclusive last moment."""

    id: str
    jurisdiction: str
    title: str
    names: str
    summary: str
    kinds: tuple[str, ...]
    """Of all its deeds, each once; none of a tombstone."""
    status: NoticeStatus
    status_after_close: NoticeStatus
    published_at: datetime
    opens_on: date
    opens_at: datetime
    closes_on: date
    closes_at: datetime
    last_changed_on: date
    thinned: bool
    change_count: int = 1
    """Events in the history: rises with each, so that a feed can tell two changes of one day apart."""
    deadline_moves: int = 0
    """Corrections that moved the last day."""
    moved_from: tuple[tuple[date, date], ...] = ()
    """Of those that tell it, when each was made and which last day held until then, oldest first."""
    person_count: int = 0
    """People of whom it tells, those of a group whose number is public among them; 0 where no number is."""
    ended_on: date | None = None
    """The day from which its names are still kept for a while; None while it runs, and once they are gone."""
    withdrawal: Predecessor | None = None
    """Of a withdrawn notice, what its successor says of it."""

    @property
    def path(self) -> str:
        """Address from the root."""
        return f"notices/{self.id}/"

    @property
    def year(self) -> int:
        """Year in the id."""
        return parts_of_number(self.id)[1]

    def closed_as_of(self, day: date) -> date:
        """The last day of its period as it was published on ``day``; as it is now where no correction tells another."""
        return next((was for corrected_on, was in self.moved_from if corrected_on > day), self.closes_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class HonourRow:
    """荣誉的列表行."""

    id: str
    jurisdiction: str
    name: str
    title: str
    level: str
    verb: str
    merit: str | None
    batch: str | None
    grantor: str
    decided_on: PartialDay
    published_on: PartialDay | None
    kinds: tuple[str, ...]
    """Of all its deeds, each once; none where nobody noted the deed."""
    posthumous: bool
    is_group: bool
    person_count: int
    revoked: bool
    summary: str | None
    happened_on: PartialDay | None
    confirmed_on: date | None
    last_changed_on: date | None = None
    """None where nothing happened since publication."""
    change_count: int = 1
    """Publication, corrections and revocation, counted."""
    people: HonouredPeople
    """Who is who among all rows."""
    is_uncounted: bool = False
    """A group that is honoured as a whole and of which no number is published."""
    is_unit: bool = False
    unnamed: int = 0
    """Of a group named in part, how many of its people ``name`` leaves out."""
    of_group: str = ""
    """As with :class:`~generator.public.public_case.PublicHonour`."""
    deaths: tuple[str | None, ...] = ()
    """Of each in ``name``, where several are named: in_the_act | later | unsaid; None of the living."""
    shares: tuple[HonourRow, ...] = ()
    """Where its deeds are of several kinds, what of it is for each: the row of those whose deeds they are."""

    @property
    def published_day(self) -> date | None:
        """As with :class:`~generator.public.public_case.PublicHonour`."""
        return None if self.published_on is None else self.published_on.day

    @property
    def path(self) -> str:
        """Address from the root."""
        return f"honours/{self.id}/"

    @property
    def told_title(self) -> str:
        """称号 as pages say it."""
        return told_title(self.title, self.verb)

    @property
    def year(self) -> int:
        """Year of the decision."""
        return self.decided_on.year


def told_name(of: HonourRow | PublicHonour) -> str:
    """受表彰者 in one line, whole: 某某群体（甲、乙、丙等27人） of a group that is named in part."""
    name = of.name if isinstance(of, HonourRow) else of.display_name
    more = str(wording("honours")["and_more"]).format(n=of.person_count) if of.unnamed else ""
    return in_group(name + more, of.of_group)


def short_names(honour: PublicHonour) -> str:
    """受表彰者, short: up to three names, else 甲等5人; a group by its name."""
    if len(honour.recipients) > _NAMED:
        several = wording("honours")["several"]
        names = str(several.format(first=honour.recipients[0].name, n=honour.person_count))
        return in_group(names, honour.of_group)
    return told_name(honour)


def in_group(names: str, group: str) -> str:
    """滁河码头抢险群体（甲、乙等27人）: people with the group that is honoured in them, if it is."""
    return str(wording("honours")["in_group"]).format(group=group, names=names) if group else names


def told_deeds(record: PublicNotice | PublicHonour) -> tuple[str, ...]:
    """事迹, a sentence for each act of a record; of several each begins with whose it is. Of a notice that keeps nothing
    but the kind, that it does: the kind alone would be read as the deed."""
    if isinstance(record, PublicNotice) and record.thinned:
        kinds = str(wording("common")["marks"]["list"]).join(kinds_of(record))
        return (str(wording("notices")["act"]["thinned"]).format(kinds=kinds),) if kinds else ()
    return tuple(_whose(act.persons) + act.summary for act in record.acts)


def kinds_of(record: PublicNotice | PublicHonour) -> tuple[str, ...]:
    """行为种类 in words, each once."""
    words = wording("titles")["kinds"]
    return tuple(str(words[kind]) for kind in _kinds(record))


def _kinds(record: PublicNotice | PublicHonour) -> tuple[str, ...]:
    return tuple(dict.fromkeys(act.kind for act in record.acts))


def _whose(names: tuple[str, ...]) -> str:
    if not names:
        return ""
    several = str(wording("honours")["several"]).format(first=names[0], n=len(names))
    who = several if len(names) > _NAMED else str(wording("common")["marks"]["list"]).join(names)
    return str(wording("notices")["act"]["whose"]).format(names=who)


def notice_row(notice: PublicNotice) -> NoticeRow:
    """The row of one public notice; a tombstone's row carries no name and no summary."""
    dead = notice.status.is_tombstone
    return NoticeRow(
        id=notice.id,
        jurisdiction=notice.jurisdiction,
        title=notice.title,
        names="" if dead else "、".join(person.name for person in notice.persons),
        summary="".join(told_deeds(notice)),
        kinds=_kinds(notice),
        status=notice.status,
        status_after_close=notice.status_after_close,
        published_at=notice.published_at,
        opens_on=notice.clock.opens_on,
        opens_at=notice.clock.opens_at,
        closes_on=notice.clock.closes_on,
        closes_at=notice.clock.closes_at,
        last_changed_on=notice.history[-1].on,
        thinned=notice.thinned,
        change_count=len(notice.history),
        deadline_moves=sum(item.moved_closes_on is not None for item in notice.corrections),
        moved_from=tuple(
            (item.corrected_on, item.moved_from) for item in notice.corrections if item.moved_from is not None
        ),
        ended_on=_ended_on(notice),
        withdrawal=Predecessor(
            withdrawn_on=notice.outcome_on or notice.status_since, reason=notice.outcome_reason
        )
        if notice.status is NoticeStatus.WITHDRAWN
        else None,
        person_count=0 if dead else _people_of(notice),
    )


def _people_of(notice: PublicNotice) -> int:
    named = len(notice.persons)
    return named if notice.group is None else max(named, notice.group.head_count or 0)


def _ended_on(notice: PublicNotice) -> date | None:
    if notice.thinned or notice.status.is_tombstone or notice.status.is_pending:
        return None
    return max(notice.clock.closes_on, notice.outcome_on or notice.clock.closes_on)


def honour_row(honour: PublicHonour) -> HonourRow:
    """The row of one public honour."""
    return replace(_honour_row(honour), shares=tuple(map(_honour_row, _by_kind_of_deed(honour))))


def of_one_kind(rows: Iterable[HonourRow]) -> Iterator[HonourRow]:
    """``rows``, and instead of one for deeds of several kinds its shares: a person is counted under the kind of their own
    deed, who did two things under each."""
    for row in rows:
        yield from row.shares or (row,)


def by_kind(rows: Iterable[HonourRow]) -> dict[str | None, list[HonourRow]]:
    """各类行为的荣誉, in the order of ``rows``; under None those whose deed nobody noted."""
    found: dict[str | None, list[HonourRow]] = defaultdict(list)
    for row in of_one_kind(rows):
        found[row.kinds[0] if row.kinds else None].append(row)
    return found


def _by_kind_of_deed(honour: PublicHonour) -> Iterator[PublicHonour]:
    """An honour for deeds of several kinds as one honour a kind; nothing of any other."""
    kinds = _kinds(honour)
    if len(kinds) < 2:
        return
    places = honour.whose or tuple(range(len(honour.recipients)))
    idle = set(places)
    for kind in kinds:
        acts = tuple(act for act in honour.acts if act.kind == kind)
        own = {place for act in acts for place in act.whose or places}
        idle -= own
        yield _share(honour, acts, own, places)
    if idle:
        yield _share(honour, (), idle, places)


def _share(
    honour: PublicHonour, acts: tuple[PublicAct, ...], own: set[int], places: tuple[int, ...]
) -> PublicHonour:
    """What of it is of ``own`` for ``acts``. Whom a group does not name did all that the group did."""
    kept = [number for number, place in enumerate(places) if place in own]
    group = honour.group
    if group is not None and group.head_count:
        group = replace(group, head_count=group.head_count - len(places) + len(kept))
    if len(acts) == 1:
        # Whose it is, the row's own names say.
        acts = (replace(acts[0], persons=()),)
    return replace(
        honour,
        recipients=tuple(honour.recipients[number] for number in kept),
        whose=tuple(places[number] for number in kept),
        group=group,
        act=acts[0] if acts else None,
        further_acts=acts[1:],
    )


def _honour_row(honour: PublicHonour) -> HonourRow:
    is_unit = honour.group is not None and honour.group.kind == "unit"
    return HonourRow(
        id=honour.id,
        jurisdiction=honour.jurisdiction,
        name=honour.display_name,
        title=honour.title,
        level=honour.level,
        verb=honour.verb,
        merit=honour.merit,
        batch=honour.batch,
        grantor=honour.grantor,
        decided_on=honour.decided_on,
        published_on=honour.published_on,
        kinds=_kinds(honour),
        posthumous=honour.posthumous,
        is_group=not honour.recipients and honour.group is not None,
        person_count=honour.person_count,
        revoked=honour.revoked_on is not None,
        summary="".join(told_deeds(honour)) or None,
        happened_on=honour.act.happened_on if honour.act else None,
        confirmed_on=honour.confirmed_on,
        last_changed_on=honour.revoked_on or max((c.corrected_on for c in honour.corrections), default=None),
        change_count=1 + len(honour.corrections) + (honour.revoked_on is not None),
        people=honoured_people(honour),
        is_uncounted=is_uncounted(honour),
        is_unit=is_unit and not honour.recipients,
        unnamed=honour.unnamed,
        of_group=honour.of_group,
        deaths=tuple(person.death for person in honour.recipients) if len(honour.recipients) > 1 else (),
    )
