"""法规与政策文本 (instrument): ``content/policies/<jurisdiction>/<instrument>.yml``.

An instrument has versions, oldest first; a version has provisions, each with the article it stands
in. A version that ``inherits`` another types only the articles that changed: whatever it says about
an article replaces all that the earlier version said about it.

Three silences are kept apart: ``not_regulated`` (the text is at hand and says nothing),
``unknown`` (the text at hand is cut off, or a blank stands where the figure should be) and a version
whose digest is not ``complete`` (nobody has entered it yet).
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from generator.source.model.scalars import (
    Day,
    Days,
    Entry,
    Months,
    PartialDay,
    Slug,
    Text,
    Truth,
    Whole,
    Years,
)


class Topic(StrEnum):
    """主题, in the order of a digest."""

    DEFINITION = "definition"
    SCOPE = "scope"
    COMPETENT_AUTHORITY = "competent_authority"
    QUALIFYING_ACT = "qualifying_act"
    APPLICANT = "applicant"
    APPLICATION_DEADLINE = "application_deadline"
    MATERIALS = "materials"
    ACCEPTANCE_DEADLINE = "acceptance_deadline"
    REVIEW_DEADLINE = "review_deadline"
    REVIEW_EXTENSION = "review_extension"
    PUBLICITY_REQUIRED = "publicity_required"
    PUBLICITY_PERIOD = "publicity_period"
    PUBLICITY_VENUE = "publicity_venue"
    CONFIDENTIALITY_EXCEPTION = "confidentiality_exception"
    CONFIRMATION = "confirmation"
    CERTIFICATE = "certificate"
    OBJECTION = "objection"
    APPEAL_RECONSIDERATION = "appeal_reconsideration"
    HONOUR_TITLE = "honour_title"
    HONOUR_RANK = "honour_rank"
    BONUS = "bonus"
    AWARD_AUTHORITY = "award_authority"
    BENEFIT_TRANSPORT = "benefit_transport"
    BENEFIT_PARK = "benefit_park"
    BENEFIT_HUKOU = "benefit_hukou"
    BENEFIT_EDUCATION = "benefit_education"
    BENEFIT_EMPLOYMENT = "benefit_employment"
    BENEFIT_HOUSING = "benefit_housing"
    BENEFIT_MEDICAL = "benefit_medical"
    BENEFIT_PENSION = "benefit_pension"
    BENEFIT_SOCIAL_ASSISTANCE = "benefit_social_assistance"
    BENEFIT_LEGAL_AID = "benefit_legal_aid"
    BENEFIT_TAX = "benefit_tax"
    COMPENSATION = "compensation"
    FUND_SOURCE = "fund_source"
    FUND_USE = "fund_use"
    FUND_SUPERVISION = "fund_supervision"
    REVOCATION = "revocation"
    LIABILITY = "liability"
    EFFECTIVE_DATE = "effective_date"
    REPEAL = "repeal"
    OTHER = "other"


class Status(StrEnum):
    """一项规定的状态: the text states it, is whole and silent, or is not at hand."""

    STATED = "stated"
    NOT_REGULATED = "not_regulated"
    UNKNOWN = "unknown"


class Comparison(StrEnum):
    """比较方式. ``within`` and ``at_least`` include their bound; ``after`` excludes the day itself,
    ``not_before`` includes it."""

    WITHIN = "within"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EXACTLY = "exactly"
    AFTER = "after"
    NOT_BEFORE = "not_before"


class DayUnit(StrEnum):
    """日的单位. ``unspecified``: the text says 日 or 天 and no more."""

    CALENDAR_DAY = "calendar_day"
    WORKING_DAY = "working_day"
    UNSPECIFIED = "unspecified"


class Event(StrEnum):
    """程序节点: where a period starts or ends, in the order in which a case meets them."""

    ACT = "act"
    OTHER_CONCLUSION = "other_conclusion"
    APPLICATION = "application"
    MATERIALS_COMPLETE = "materials_complete"
    ACCEPTANCE = "acceptance"
    OPINION = "opinion"
    PROPOSAL = "proposal"
    PUBLICITY_OPEN = "publicity_open"
    PUBLICITY_CLOSE = "publicity_close"
    CONFIRMATION = "confirmation"
    REFUSAL = "refusal"
    CONCLUSION = "conclusion"
    """Confirmation or refusal, whichever was made."""
    ANSWER = "answer"
    """The conclusion reaches the person who applied."""
    CERTIFICATE = "certificate"
    REVIEW_REQUEST = "review_request"
    REVIEW_DECISION = "review_decision"
    AWARD = "award"
    HUKOU_APPLICATION = "hukou_application"
    MEDICAL_ADVANCE = "medical_advance"


class AwardKind(StrEnum):
    """奖励种类."""

    TITLE = "title"
    MERIT = "merit"
    COMMENDATION = "commendation"
    BONUS = "bonus"
    OTHER = "other"


class Grantor(StrEnum):
    """批准、授予机关的层级."""

    PROVINCE_GOVERNMENT = "province_government"
    CITY_GOVERNMENT = "city_government"
    COUNTY_GOVERNMENT = "county_government"
    CITY_CONGRESS = "city_congress"
    """市人大常委会."""
    CITY_COMMITTEE = "city_committee"
    """市社会治安综合治理委员会."""
    COUNTY_COMMITTEE = "county_committee"
    """区社会治安综合治理委员会."""
    PROVINCE_FOUNDATION = "province_foundation"
    CITY_FOUNDATION = "city_foundation"
    COUNTY_FOUNDATION = "county_foundation"
    UNIT = "unit"
    """所在单位."""


_NUMERAL = "[一二三四五六七八九十百]+"
_CITATION = re.compile(
    rf"第{_NUMERAL}条(第{_NUMERAL}款)?(第（{_NUMERAL}）项)?|{_NUMERAL}(（{_NUMERAL}）)?|前言|末段"
)


def _citation(value: Any) -> str:
    if not isinstance(value, str) or not _CITATION.fullmatch(value):
        raise PydanticCustomError(
            "bad_citation", "an article is cited as 第十一条第一款, 二（八）, 前言 or 末段"
        )
    return value


WithholdingGround = Literal["safety", "asked_by_person", "asked_by_kin", "decided_by_organ", "other"]
"""保密理由: safety of the person or kin, asked for by the person or kin, decided by the organ, other law."""

Citation = Annotated[
    str,
    BeforeValidator(_citation),
    WithJsonSchema({"type": "string", "pattern": f"^({_CITATION.pattern})$", "description": "条款"}),
]
"""条款的写法: 第十一条, 第十一条第一款, 第八条第二款第（三）项; 二（八）; 前言, 末段."""


class Value(Entry):
    """规定的值. Only what the article states is set; names of organs are as the version gives them.

    ``within`` periods run from ``from`` to ``to``; ``extendable_to_*`` is the whole length after
    extension, not the addition. ``amount_cny`` is in yuan. ``hard`` marks a rule whose breach is an
    error: the publication or the award would lack its ground, and can still be mended.
    """

    days: Days | None = None
    months: Months | None = None
    years: Years | None = None
    extendable_to_days: Days | None = None
    extendable_to_years: Years | None = None
    extension_ground: Text | None = None
    day_unit: DayUnit | None = None
    comparison: Comparison | None = None
    from_: Event | None = Field(default=None, alias="from")
    to: Event | None = None
    start_unstated: Truth = False
    """The text gives no first day of the period; ``from`` is the step it follows on."""
    excludes: tuple[Text, ...] = ()
    """Time that does not count."""
    amount_cny: Whole | None = None
    per: Literal["person", "year"] | None = None
    months_of_wage: Whole | None = None
    required: Truth | None = None
    attaches_to: Event | None = None
    """What publicity is tied to: ``proposal`` (拟确认) or ``award`` (奖励)."""
    against: Event | None = None
    """What an objection or appeal turns against: ``proposal``, ``refusal`` or ``conclusion``."""
    award_kinds: tuple[AwardKind, ...] = ()
    titles: tuple[Text, ...] = ()
    grantors: tuple[Grantor, ...] = ()
    grade: Slug | None = None
    """Degree of merit a bonus is tied to (``considerable``, ``major``)."""
    who: tuple[Text, ...] = ()
    items: tuple[Text, ...] = ()
    conditions: tuple[Text, ...] = ()
    where: tuple[Text, ...] = ()
    documents: tuple[Text, ...] = ()
    on: Day | None = None
    hard: Truth = False
    grounds: tuple[WithholdingGround, ...] = ()
    """Of an exception from publicity: the grounds that its wording allows."""
    withholding: Literal["may", "must"] | None = None
    """Of an exception from publicity: 可以不公示 or 应当保密、不予公示."""

    @model_validator(mode="after")
    def _periods_say_their_unit(self) -> Value:
        if self.days is not None and (self.day_unit is None or self.comparison is None):
            raise PydanticCustomError("REC031", "a number of days says its day_unit and its comparison")
        if self.extendable_to_days is not None and self.days is None:
            raise PydanticCustomError(
                "REC032", "an extension extends days", {"at": "extendable_to_days", "terms": {"key": "days"}}
            )
        if self.extendable_to_years is not None and self.years is None:
            raise PydanticCustomError(
                "REC032",
                "an extension extends years",
                {"at": "extendable_to_years", "terms": {"key": "years"}},
            )
        return self


class ProvisionEntry(Entry):
    """一项规定 of one version: topic, article as cited, value, summary in our own words."""

    topic: Topic
    article: Citation
    summary: Text
    value: Value = Value()
    status: Status = Status.STATED
    last_verified_on: Day | None = None
    """Defaults to the version's."""


class SilentArticle(Entry):
    """不含规则的条文, with the reason why the digest has nothing from it."""

    article: Citation
    reason: Text


class CitedInstrument(Entry):
    """引用的其他法规文件, at hand or not."""

    title: Text
    article: Citation
    relation: Literal["basis", "applied"]
    """``basis``: named as the ground it was made on; ``applied``: named for what it grants."""
    document_number: Text | None = None
    superior: Truth = False
    """上位规定: of a higher organ and on 见义勇为 itself, so that it may regulate what this text leaves out."""


class Repealed(Entry):
    """所废止的文件."""

    title: Text
    article: Citation
    repealed_on: Day
    document_number: Text | None = None
    adopted_on: Day | None = None
    adopted_by: Text | None = None
    approved_on: Day | None = None
    approved_by: Text | None = None
    in_force_from: Day | None = None


KnownDay = Day | Literal["unknown"]
"""日期 or ``unknown``: the text at hand does not say."""


class VersionEntry(Entry):
    """版本, oldest first in the file.

    ``in_force_until`` is inclusive; ``open`` means nothing at hand ends it. ``amended_in`` is the
    year or day that the title alone gives. ``last_article`` is the last one at hand of a text that
    is cut off.
    """

    slug: Annotated[str, WithJsonSchema({"type": "string"})] = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    label: Text
    kind: Literal["enacted", "amended"]
    adopted_on: KnownDay
    adopted_by: Text | None = None
    approved_on: KnownDay | None = None
    """None: the text needs no approval."""
    approved_by: Text | None = None
    amended_by: Text | None = None
    amended_in: PartialDay | None = None
    issued_on: Day | None = None
    in_force_from: KnownDay
    in_force_until: KnownDay | Literal["open"]
    text_at_hand: Literal["whole", "cut_off"]
    last_article: Citation | None = None
    complete: Truth = True
    """False while not all of the text at hand has been entered."""
    inherits: Text | None = None
    """Slug of the version whose articles hold where this one types nothing."""
    last_verified_on: Day
    note: Text | None = None
    provisions: tuple[ProvisionEntry, ...] = ()
    without_rule: tuple[SilentArticle, ...] = ()
    cites: tuple[CitedInstrument, ...] = ()
    repeals: tuple[Repealed, ...] = ()

    @model_validator(mode="after")
    def _cut_texts_say_where(self) -> VersionEntry:
        if (self.text_at_hand == "cut_off") != (self.last_article is not None):
            raise PydanticCustomError(
                "REC033",
                "a text that is cut off says its last article, others do not",
                {"at": "text_at_hand"},
            )
        return self


class RepealedBy(Entry):
    """被废止的情况."""

    repealed_on: Day
    title: Text
    article: Citation


class InstrumentEntry(Entry):
    """一部法规或政策文件 with all its versions."""

    jurisdiction: Slug
    slug: Slug
    title: Text
    kind: Literal["regulation", "rule", "normative_document"]
    """By its own name: 条例, 规定 or 办法, 意见."""
    issuer: Text | None = None
    document_number: Text | None = None
    responsible: Text | None = None
    repealed: RepealedBy | None = None
    versions: tuple[VersionEntry, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _versions_inherit_backwards(self) -> InstrumentEntry:
        seen: set[str] = set()
        for number, version in enumerate(self.versions):
            if version.slug in seen:
                context: dict[str, Any] = {"at": f"versions[{number}].slug", "found": version.slug}
                raise PydanticCustomError("REC034", "a version is entered twice", context)
            if version.inherits is not None and version.inherits not in seen:
                context = {"at": f"versions[{number}].inherits", "found": version.inherits}
                raise PydanticCustomError("REC035", "a version inherits one that stands before it", context)
            seen.add(version.slug)
        return self
