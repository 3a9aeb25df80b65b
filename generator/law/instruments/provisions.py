"""政策库的数据形状: instruments, versions and provisions with inheritance worked out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Literal

from generator.law.instruments.article import Article
from generator.law.instruments.policy_words import note_words
from generator.source.model.instrument import (
    Benefit,
    CitedInstrument,
    InstrumentEntry,
    Reach,
    Repealed,
    SilentArticle,
    Value,
    VersionEntry,
)
from generator.source.model.law_words import Modality, Status, Topic
from generator.source.model.partial_day import PartialDay


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """一项规定 as it holds in one version.

    ``typed_in`` is the version whose entry states it: an earlier one when the article is inherited.
    ``path`` is relative to the site's root: ``policies/wuhan/tiaoli-2015/#2025/art-11``.
    """

    jurisdiction: str
    instrument: str
    instrument_title: str
    version: str
    version_label: str
    typed_in: str
    topic: Topic
    article: str
    position: Article
    summary: str
    value: Value
    status: Status
    last_verified_on: date
    modality: Modality | None = None
    delegated_to: tuple[str, ...] = ()
    silent_on: tuple[str, ...] = ()
    benefit: Benefit | None = None
    reach: tuple[Reach, ...] = ()
    told_first: str | None = None
    """先看的一件事 that it answers at the head of the digest."""
    inferred: tuple[tuple[str, str], ...] = ()
    """(key, reason) of what somebody concluded and the text does not say."""
    settled: bool = True
    """Whether the rule holds whatever was assumed of its version's dates. If not, no breach is an error."""
    since: date | None = None
    """The first day from which it has held without a break; None where that is not known."""

    @property
    def anchor(self) -> str:
        """固定锚点 within the instrument's page: ``2025/art-11``."""
        return f"{self.version}/{self.position.anchor}"

    @property
    def version_key(self) -> str:
        """``Version.key`` of the version it holds in."""
        return f"{self.jurisdiction}/{self.instrument}/{self.version}"

    @property
    def path(self) -> str:
        """Address from the root."""
        return f"policies/{self.jurisdiction}/{self.instrument}/#{self.anchor}"


class Start(StrEnum):
    """施行起始日从何而来."""

    STATED = "stated"
    INFERRED = "inferred"
    """A day that the text at hand does not give and somebody concluded; the version has the ground."""
    APPROVAL = "approval"
    """The approval of an amendment, because the site's setting says so."""
    ISSUE = "issue"
    """The day on which an amendment that needs no approval was made public, by the same setting."""
    ADOPTION = "adoption"
    """The passing of an amendment that needs no approval and whose publication is not known, by the same setting."""
    TITLE_YEAR = "title_year"
    """1 January of the year that the title gives, or the day of passing where it is known and later."""
    SETTING = "setting"
    """A day that the site's settings assume."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Version:
    """版本 with its provisions, inherited ones included, in the order of the text.

    ``starts_on`` is the day lookups count from (see ``start``), None when nothing gives one;
    ``ends_on`` the last day (inclusive), None when open or unknown: ``entry.in_force_until`` tells
    which.
    """

    jurisdiction: str
    instrument: str
    instrument_title: str
    entry: VersionEntry
    starts_on: date | None
    start: Start
    ends_on: date | None
    ends_by_count: bool = False
    """Whether it ends with the day before one that the site counts its successor from, and no text states."""
    provisions: tuple[Provision, ...]
    without_rule: tuple[SilentArticle, ...]
    superior_not_at_hand: tuple[str, ...] = ()
    """Titles of the superior instruments it names that the library does not hold: where this text is
    silent, one of them may speak."""

    @property
    def slug(self) -> str:
        """标识 within the instrument: ``2025``."""
        return self.entry.slug

    @property
    def is_counted(self) -> bool:
        """Whether its first day is one that the site counts from, and no text states: 推定."""
        return self.start in (Start.INFERRED, Start.APPROVAL, Start.ISSUE, Start.ADOPTION, Start.SETTING)

    @property
    def label(self) -> str:
        """名称: 2025修正."""
        return self.entry.label

    @property
    def key(self) -> str:
        """``wuhan/tiaoli-2015/2025``: unique in the library."""
        return f"{self.jurisdiction}/{self.instrument}/{self.slug}"

    @property
    def path(self) -> str:
        """Address from the root."""
        return f"policies/{self.jurisdiction}/{self.instrument}/#{self.slug}"

    @cached_property
    def by_topic(self) -> dict[Topic, tuple[Provision, ...]]:
        """Provisions by topic, in the order of the text."""
        found: dict[Topic, list[Provision]] = {}
        for provision in self.provisions:
            found.setdefault(provision.topic, []).append(provision)
        return {topic: tuple(items) for topic, items in found.items()}


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """一部法规或政策文件 with its versions, oldest first."""

    jurisdiction: str
    entry: InstrumentEntry
    versions: tuple[Version, ...]

    @property
    def slug(self) -> str:
        """标识: ``tiaoli-2015``."""
        return self.entry.slug

    @property
    def title(self) -> str:
        """全称."""
        return self.entry.title

    @property
    def path(self) -> str:
        """Address from the root, with a trailing slash."""
        return f"policies/{self.jurisdiction}/{self.slug}/"

    @property
    def cites(self) -> tuple[CitedInstrument, ...]:
        """Other instruments it names, each once, in the order of first mention."""
        return tuple({item.title: item for v in self.versions for item in v.entry.cites}.values())

    @property
    def repeals(self) -> tuple[Repealed, ...]:
        """What it repeals."""
        return tuple({item.title: item for v in self.versions for item in v.entry.repeals}.values())

    def version(self, slug: str) -> Version:
        """One version. Raises ``KeyError``."""
        for version in self.versions:
            if version.slug == slug:
                return version
        raise KeyError(slug)


TimelineKind = Literal["adopted", "issued", "approved", "in_force", "repealed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEvent:
    """沿革中的一件事. ``on`` is None when the text at hand does not give the day; ``year`` may then."""

    kind: TimelineKind
    on: date | None
    year: PartialDay | None = None
    version: str | None = None
    version_label: str | None = None
    by: str | None = None
    decision: str | None = None
    told_by: str | None = None
    """Another text that tells of it, where the own one is not at hand."""
    inferred: bool = False
    """Whether the day or year is concluded and not stated."""


class AnswerStatus(StrEnum):
    """查询结果. The first four as for a provision; ``not_entered`` and ``no_version`` besides."""

    STATED = "stated"
    DELEGATED = "delegated"
    NOT_REGULATED = "not_regulated"
    UNKNOWN = "unknown"
    NOT_ENTERED = "not_entered"
    NO_VERSION = "no_version"
    """No text at hand holds on that day, or none of the law that speaks of the topic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """说明: why an answer is what it is. Worded by ``zh/policy.yml`` under ``notes``."""

    key: str
    terms: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> str:
        """In Chinese, one sentence."""
        return note_words(self.key, dict(self.terms))


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionAnswer:
    """某日有效的版本.

    ``version`` is None when nothing at hand holds that day or when several texts of unknown date
    may (``candidates``). ``beside`` are the laws on other matters that hold as well. ``certain`` is false
    whenever a note puts the choice in doubt. The answer is the same for every day from ``since`` to
    ``until`` (both inclusive, None: without end).
    """

    jurisdiction: str
    version: Version | None
    candidates: tuple[Version, ...]
    certain: bool
    notes: tuple[Note, ...]
    since: date | None
    until: date | None
    beside: tuple[Version, ...] = ()

    @property
    def texts(self) -> tuple[Version, ...]:
        """Every text that holds or may hold: those on 见义勇为 first."""
        return (*self.candidates, *self.beside)

    @property
    def is_dated(self) -> bool:
        """Whether it is certain which text holds that day; also where none does."""
        return self.certain or not self.candidates


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """一个主题的答案, with its explanation.

    ``provisions`` are in the order of the text; with several ``candidates`` they are those of all of
    them and ``status`` is unknown. ``province`` is the answer of the next place above that has texts, with
    its own answer from above in turn; present whenever the own text does not state the topic, or both
    open a way.
    """

    jurisdiction: str
    topic: Topic
    status: AnswerStatus
    provisions: tuple[Provision, ...]
    version: Version | None
    candidates: tuple[Version, ...]
    certain: bool
    notes: tuple[Note, ...]
    province: Answer | None = None
    beside: tuple[Version, ...] = ()
    is_dated: bool = True
    """Whether it is certain that its text holds on the day, whatever the text says."""

    @property
    def texts(self) -> tuple[Version, ...]:
        """Every text the answer is taken from."""
        return (*self.candidates, *self.beside)

    @property
    def effective(self) -> Answer:
        """The answer to go by: that from above where the own text is silent and the other is not."""
        if self.status is AnswerStatus.NOT_REGULATED and self.province is not None:
            above = self.province.effective
            if above.status is AnswerStatus.STATED:
                return above
        return self

    @property
    def above(self) -> tuple[Answer, ...]:
        """The answers from above, nearest first."""
        return () if self.province is None else (self.province, *self.province.above)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Governing:
    """据以判断案件的规定: the version of the day and every answer that states something.

    Compared by identity: the library keeps one for each stretch of days.
    """

    chosen: VersionAnswer
    answers: tuple[Answer, ...]
