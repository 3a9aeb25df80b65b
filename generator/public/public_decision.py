"""公开的决定: :class:`PublicDecision`, one document with all it grants that may be shown.

Frozen, made only by :mod:`generator.disclosure`. A grant to somebody withheld is not in it, nor is a tier that has
no other: whoever counts here counts what is public.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.catalogue import wording
from generator.public.list_rows import in_group
from generator.public.people_counts import HonouredPeople, people_once
from generator.public.public_case import HonourStatus, PublicCorrection, PublicGroup, PublicPerson
from generator.source.model.partial_day import PartialDay


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicGrant:
    """公开的一项授予. ``honour`` is the id of its own page, where everything else stands.

    ``decision`` and ``field`` say where it belongs (``tiers[0].grants[2]``); no page shows the latter.
    """

    honour: str
    decision: str
    field: str
    status: HonourStatus
    verb: str
    title: str
    merit: str | None
    bonus_cny: int | None
    bonus_for: str | None
    recipients: tuple[PublicPerson, ...]
    group: PublicGroup | None
    posthumous: bool
    person_count: int
    """人次; 0 once it is revoked."""
    people: HonouredPeople | None
    """Who is who among all that is granted; None once it is revoked."""
    name: str
    """Who is honoured, as lists show it; empty once it is revoked."""
    summary: str | None
    changed_on: date | None
    """The day of its last correction or of its revocation."""

    @property
    def path(self) -> str:
        """Address of the honour's page, from the root."""
        return f"honours/{self.honour}/"

    @property
    def unnamed(self) -> int:
        """How many people of a group whose members are named in part are not named."""
        return self.person_count - len(self.recipients) if self.recipients and self.name else 0

    @property
    def told_name(self) -> str:
        """Who is honoured, whole: 某某群体（甲、乙等27人） of a group that is named in part."""
        more = str(wording("honours")["and_more"]).format(n=self.person_count) if self.unnamed else ""
        return in_group(self.name + more, self.of_group)

    @property
    def of_group(self) -> str:
        """As with :class:`~generator.public.public_case.PublicHonour`."""
        return self.group.name if self.group is not None and self.recipients and self.name else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicTier:
    """公开的一个档次, its grants in the organ's order, never without any."""

    title: str
    verb: str
    bonus_cny: int | None
    bonus_for: str | None
    grants: tuple[PublicGrant, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicAnnex:
    """附件."""

    title: str
    source: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicDecision:
    """公开的决定, with a permanent page of its own."""

    id: str
    jurisdiction: str
    title: str
    reworded: bool
    """Names were taken out of its texts because what was granted to them was revoked."""
    number: str | None
    index_number: str | None
    openness: str | None
    organs: tuple[str, ...]
    level: str
    signed_on: PartialDay
    """成文日期."""
    published_on: date
    batch: str | None
    basis: str | None
    opening: tuple[str, ...]
    """Paragraphs."""
    tiers: tuple[PublicTier, ...]
    annexes: tuple[PublicAnnex, ...]
    corrections: tuple[PublicCorrection, ...]
    source: str | None

    @property
    def path(self) -> str:
        """Address from the root, with a trailing slash."""
        return f"decisions/{self.id}/"

    @property
    def year(self) -> int:
        """Year of the document."""
        return self.signed_on.year

    @property
    def grants(self) -> tuple[PublicGrant, ...]:
        """All that it grants, in its order."""
        return tuple(grant for tier in self.tiers for grant in tier.grants)

    @property
    def person_count(self) -> int:
        """人次 of the grants that stand."""
        return sum(grant.person_count for grant in self.grants)

    @property
    def people_count(self) -> int:
        """人 to whom the grants that stand were made, everybody once."""
        return people_once(grant.people for grant in self.grants if grant.people is not None)

    @property
    def last_changed_on(self) -> date:
        """The last day on which something about it changed."""
        days = [self.published_on, *(item.corrected_on for item in self.corrections)]
        return max([*days, *(grant.changed_on for grant in self.grants if grant.changed_on is not None)])


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """决定的列表行."""

    id: str
    jurisdiction: str
    title: str
    number: str | None
    organs: tuple[str, ...]
    signed_on: PartialDay
    published_on: date
    last_changed_on: date
    change_count: int
    person_count: int
    names: tuple[str, ...]
    """Of the grants that stand."""

    @property
    def path(self) -> str:
        """Address from the root."""
        return f"decisions/{self.id}/"

    @property
    def year(self) -> int:
        """Year of the document."""
        return self.signed_on.year


def decision_row(decision: PublicDecision) -> DecisionRow:
    """The row of one public decision."""
    return DecisionRow(
        id=decision.id,
        jurisdiction=decision.jurisdiction,
        title=decision.title,
        number=decision.number,
        organs=decision.organs,
        signed_on=decision.signed_on,
        published_on=decision.published_on,
        last_changed_on=decision.last_changed_on,
        change_count=1
        + len(decision.corrections)
        + sum(grant.changed_on is not None for grant in decision.grants),
        person_count=decision.person_count,
        names=tuple(grant.told_name for grant in decision.grants if grant.name),
    )
