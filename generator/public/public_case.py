"""公开的案件：:class:`PublicCase` with its notice and its honours.

Frozen, picklable, made only by :mod:`generator.disclosure`. Texts are plain text as the record has
them (templates escape). All dates and instants are at or before the build's ``as_of``, except the
declared end of a publicity period.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from generator.catalogue import wording
from generator.law.notice_period.last_day import PublicityClock
from generator.source.model.partial_day import PartialDay
from generator.source.model.scalars import parts_of_number


class NoticeStatus(StrEnum):
    """公示状态 at ``as_of``."""

    SCHEDULED = "scheduled"
    OPEN = "open"
    AWAITING = "awaiting"
    AWAITING_AWARD = "awaiting_award"
    UNDER_REVIEW = "under_review"
    CONFIRMED = "confirmed"
    AWARDED = "awarded"
    RECOMMENDED = "recommended"
    NOT_AWARDED = "not_awarded"
    NOT_CONFIRMED = "not_confirmed"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"

    @property
    def is_before_end(self) -> bool:
        """即将公示、公示中: until its last moment anybody may object."""
        return self in (NoticeStatus.SCHEDULED, NoticeStatus.OPEN)

    @property
    def is_tombstone(self) -> bool:
        """未予确认、未予表彰、撤回、撤销: the address stays, the narrative goes, search engines are told not to index."""
        return self in (
            NoticeStatus.NOT_CONFIRMED,
            NoticeStatus.NOT_AWARDED,
            NoticeStatus.WITHDRAWN,
            NoticeStatus.REVOKED,
        )

    @property
    def is_pending(self) -> bool:
        """公示未完或者等待决定: the purpose for which names are shown is not met yet."""
        return self in (
            NoticeStatus.SCHEDULED,
            NoticeStatus.OPEN,
            NoticeStatus.AWAITING,
            NoticeStatus.AWAITING_AWARD,
            NoticeStatus.UNDER_REVIEW,
        )


POSTHUMOUS = "追授"


class HonourStatus(StrEnum):
    """荣誉状态."""

    VALID = "valid"
    CORRECTED = "corrected"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionRef:
    """依据: one provision in the version that governs the case, with its permanent address on the site.

    ``path`` is relative to the site's root (``policies/wuhan/tiaoli/#2025/art-11``).
    """

    instrument: str
    version: str
    article: str
    path: str
    summary: str
    superseded: bool
    """True when a later version is in force at ``as_of``: the page says 本案适用旧版."""
    in_doubt: bool = False
    """True when it is not certain that its text was in force on the day: the page says 施行日期不详，不能断定是否适用."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPerson:
    """公开的人员. ``name`` is as shown: masked already where it must be."""

    name: str
    masked: bool
    minor: bool
    sex: str | None = None
    born: PartialDay | None = None
    """A year or a month, never a day."""
    age_at_act: str | None = None
    """As words: 12 or 二十多岁's decade form; set only where ``born`` is not shown."""
    ethnicity: str | None = None
    native_place: str | None = None
    political_status: str | None = None
    unit: str | None = None
    post: str | None = None
    residence: str | None = None
    death: str | None = None
    """in_the_act | later | unsaid; None of somebody of whom the record tells no death."""
    injured: str | None = None

    @property
    def deceased(self) -> bool:
        """已故, however."""
        return self.death is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPortrait:
    """公开的肖像: a JPEG drawn from pixels alone, and what is to be seen on it. Sizes are pixels."""

    picture: bytes
    width: int
    height: int
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicGroup:
    """公开的群体."""

    name: str
    head_count: int | None
    kind: str = "people"
    """people | unit"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicAct:
    """公开的行为事实. ``narrative`` and ``verification`` are paragraphs of plain text."""

    happened_on: PartialDay
    at: str | None
    kind: str
    place: str | None
    district: str | None
    summary: str
    narrative: tuple[str, ...]
    verification: tuple[str, ...]
    limb: str | None
    loss_averted: str | None
    persons: tuple[str, ...] = ()
    """Names, as shown, of those whose act it is, where the record has several."""
    whose: tuple[int, ...] = ()
    """Of each of them the place among the persons of the case that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPosting:
    """张贴 or 刊登."""

    kind: str
    place: str
    posted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicCorrection:
    """更正."""

    corrected_on: date
    what: str
    was: str | None
    now: str | None
    moved_closes_on: date | None = None
    moved_from: date | None = None
    """The last day declared before, where one was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEvent:
    """经过: one line of the timeline. ``event`` is a key of the wording catalogue; ``text`` is extra."""

    on: date
    event: str
    organ: str | None = None
    number: str | None = None
    text: str | None = None
    of_honour: bool = False
    """Told by the honour that was published, where nobody entered an outcome."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicDesk:
    """受理处. ``post`` is (recipient, address, postcode, counts_by), ``in_person`` (address, hours)."""

    name: str | None
    contact: str | None
    web_form: str | None
    email: str | None
    telephone: tuple[str, ...]
    fax: tuple[str, ...]
    post: tuple[str, str, str, str | None] | None
    in_person: tuple[str, str | None] | None
    requirements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Predecessor:
    """被更正替代的公示: when it was withdrawn, and why in the organ's words."""

    withdrawn_on: date
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Successor:
    """更正后重新发布的公示: nothing of it that the passing of time changes."""

    published_on: date
    opens_on: date
    closes_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicNotice:
    """公开的公示, one for its whole life."""

    id: str
    title: str
    number: str | None
    jurisdiction: str
    """slug"""
    authority: str
    """slug of the authority; its public particulars are in :class:`generator.public.context.SiteContext`"""
    signatories: tuple[str, ...]
    published_at: datetime
    order: str
    """before_decision | after_decision | before_award"""
    status: NoticeStatus
    status_since: date
    status_after_close: NoticeStatus
    """What the page turns to at the last moment when nothing else has happened: awaiting (an award) or confirmed."""
    clock: PublicityClock
    persons: tuple[PublicPerson, ...]
    group: PublicGroup | None
    act: PublicAct | None
    """None on a tombstone."""
    postings: tuple[PublicPosting, ...]
    corrections: tuple[PublicCorrection, ...]
    replaces: str | None
    replaced_by: str | None
    history: tuple[HistoryEvent, ...]
    """Oldest first."""
    publicity_rule: ProvisionRef | None
    provisions: tuple[ProvisionRef, ...]
    """Other provisions that govern this case: definition, confirmation, appeal …"""
    honours: tuple[str, ...]
    """Ids of public honours of the same case."""
    honour_titles: tuple[str, ...] = ()
    """Their titles (荣誉称号), which name nobody, in the same order."""
    honour_days: tuple[PartialDay, ...] = ()
    """The days on which they were decided, in the same order."""
    honours_of_group: frozenset[str] = frozenset()
    """Those of ``honours`` that the group of the notice was given."""
    outcome_organ: str | None = None
    outcome_on: date | None = None
    outcome_reason: str | None = None
    further_acts: tuple[PublicAct, ...] = ()
    """The other acts of a notice over several, in its order."""
    proposal: str | None = None
    """拟办事项, in the organ's word."""
    signed_on: PartialDay | None = None
    """成文日期."""
    basis: str | None = None
    opening: tuple[str, ...] = ()
    """Paragraphs, in the organ's words."""
    desk: PublicDesk | None = None
    """Who receives objections to this notice, where not its authority's usual desk."""
    predecessor: Predecessor | None = None
    """How the notice that it ``replaces`` ended, where that is public."""
    successor: Successor | None = None
    """When the notice that it is ``replaced_by`` could be objected to."""
    thinned: bool = False
    """True when the retention period has passed and persons are shown by surname only."""

    @property
    def acts(self) -> tuple[PublicAct, ...]:
        """All acts, in the order of the notice; none on a tombstone."""
        return () if self.act is None else (self.act, *self.further_acts)

    @property
    def path(self) -> str:
        """Address from the root, with a trailing slash."""
        return f"notices/{self.id}/"

    @property
    def year(self) -> int:
        """Year of first publication, which is the year in the id."""
        return parts_of_number(self.id)[1]


def is_praise(title: str) -> bool:
    """Whether the decision praises the deed (通报表扬) and gives no title: ``title`` is what it praises."""
    return title in wording("titles")["not_titles"]


def told_title(title: str, verb: str) -> str:
    """称号 as pages say it; of a praise the decision's verb."""
    return verb if is_praise(title) else title


@dataclass(frozen=True, slots=True, kw_only=True)
class FellowHonour:
    """同一件事的另一项荣誉: as much of it as a link says."""

    id: str
    name: str
    """Whom it honours, short; as its own page has it."""
    title: str
    """As its own page has it."""
    decided_on: PartialDay

    @property
    def path(self) -> str:
        """Address from the root, with a trailing slash."""
        return f"honours/{self.id}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicHonour:
    """公开的荣誉, one page each."""

    id: str
    jurisdiction: str
    published_on: PartialDay | None
    """As far as it is known; None where nothing tells it."""
    status: HonourStatus
    verb: str
    title: str
    level: str
    grantor: str
    decided_on: PartialDay
    number: str | None
    batch: str | None
    merit: str | None
    bonus_cny: int | None
    recipients: tuple[PublicPerson, ...]
    group: PublicGroup | None
    act: PublicAct | None
    notice: str | None
    """Id of the public notice of the same case."""
    notice_authority: str | None = None
    """slug of the authority of that notice"""
    notice_title: str | None = None
    """Its title as the notice's own page has it now, shortened when that is."""
    notice_names_people: bool = False
    """Whether that page names the people now: not a tombstone's, nor one that keeps surnames alone."""
    confirmed_on: date | None
    corrections: tuple[PublicCorrection, ...]
    revoked_on: date | None
    revoked_by: str | None
    revoked_ground: str | None
    provisions: tuple[ProvisionRef, ...]
    has_certificate_code: bool
    source: str | None
    basis: str | None
    """Instrument that the decision itself rests on, as the organ names it."""
    organs: tuple[str, ...] = ()
    """Of a decision by several, each of ``grantor``."""
    decision: str | None = None
    """Id of the decision that grants it, where that is entered as a document."""
    bonus_for: str | None = None
    """each | group | in_all; None where the decision does not say it."""
    of: str = ""
    """A public number of its case, the same for all its honours: by it and by ``whose`` people are told apart."""
    whose: tuple[int, ...] = ()
    """Of each recipient the place among the persons of the case that are shown."""

    members: tuple[str, ...] = ()
    """Of an honour of a group without recipients, whoever its own account or the notice as it now stands names,
    unmasked."""
    fellows: tuple[FellowHonour, ...] = ()
    """Other honours for the same deed that stand, the latest first."""
    portrait: PublicPortrait | None = None
    """Of the only recipient."""
    further_acts: tuple[PublicAct, ...] = ()
    """The other acts of its recipients, where its case tells of several."""

    @property
    def acts(self) -> tuple[PublicAct, ...]:
        """All acts, in the order of the case; none on a tombstone."""
        return () if self.act is None else (self.act, *self.further_acts)

    @property
    def published_day(self) -> date | None:
        """The day of publication; None where it is known to its month or year alone, or not at all."""
        return None if self.published_on is None else self.published_on.day

    @property
    def path(self) -> str:
        """Address from the root, with a trailing slash."""
        return f"honours/{self.id}/"

    @property
    def is_praise(self) -> bool:
        """Whether its ``title`` is none: as :func:`is_praise` says."""
        return is_praise(self.title)

    @property
    def told_title(self) -> str:
        """称号 as pages say it: as :func:`told_title` says."""
        return told_title(self.title, self.verb)

    @property
    def portrait_path(self) -> str:
        """Address of its portrait from the root, if it has one."""
        return f"{self.path}portrait.jpg"

    @property
    def year(self) -> int:
        """Year of the decision."""
        return self.decided_on.year

    @property
    def posthumous(self) -> bool:
        """追授: by the organ's own word, and by nothing else."""
        return self.verb == POSTHUMOUS

    @property
    def is_memorial(self) -> bool:
        """Whether every recipient is dead, whatever the organ's word."""
        return self.posthumous or (bool(self.recipients) and all(p.deceased for p in self.recipients))

    @property
    def person_count(self) -> int:
        """人次 that this honour adds to a total: its people, those of a group whom nobody named among them. A unit is
        no person; a group of which no number is published counts as one."""
        if self.group is not None and self.group.kind == "unit":
            return len(self.recipients)
        heads = (self.group.head_count or 0) if self.group is not None else 0
        return max(len(self.recipients), heads) or 1

    @property
    def unnamed(self) -> int:
        """How many people of a group whose members are named in part are not named."""
        return self.person_count - len(self.recipients) if self.recipients else 0

    @property
    def of_group(self) -> str:
        """The group that is honoured, where its people are named too; else it stands in :attr:`display_name`."""
        return self.group.name if self.group is not None and self.recipients else ""

    @property
    def display_name(self) -> str:
        """Who is honoured, by the names that are published: of a group in part only, see :attr:`unnamed`."""
        if self.recipients:
            return "、".join(p.name for p in self.recipients)
        return self.group.name if self.group is not None else "—"


@dataclass(frozen=True, slots=True, kw_only=True)
class VacantNumber:
    """空号: a published number under which nothing is public. That is all there is to know of it."""

    id: str
    kind: Literal["notices", "honours", "decisions"]

    @property
    def path(self) -> str:
        """Address from the root, with a trailing slash: the one that the record had."""
        return f"{self.kind}/{self.id}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicCase:
    """公开的案件: what one record adds to the site. Either part may be missing, never both."""

    notice: PublicNotice | None
    honours: tuple[PublicHonour, ...]
