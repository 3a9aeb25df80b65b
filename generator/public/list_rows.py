"""列表行 (rows): the little of a notice or honour that lists, totals and feeds need.

Rows are what stays in memory for every record of the site; the full public record is read again,
chunk by chunk, when its own page is rendered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from generator.catalogue import wording
from generator.public.people_counts import HonouredPeople, honoured_people, is_uncounted
from generator.public.public_case import NoticeStatus, Predecessor, PublicHonour, PublicNotice
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
    kind: str | None
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
    kind: str | None
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
        """称号, or the decision's verb (通报表扬) where that praises the deed and gives no title."""
        return self.verb if self.title in wording("titles")["not_titles"] else self.title

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
    kinds = wording("titles")["kinds"]
    return tuple(dict.fromkeys(str(kinds[act.kind]) for act in record.acts))


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
        kind=notice.act.kind if notice.act else None,
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
        kind=honour.act.kind if honour.act else None,
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
