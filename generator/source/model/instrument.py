"""法规与政策文本 (instrument): ``content/policies/<jurisdiction>/<instrument>.yml``.

An instrument has versions, oldest first; a version has provisions, each with the article it stands
in. A version that ``inherits`` another types only the articles that changed: whatever it says about
an article replaces all that the earlier version said about it.

Four silences are kept apart: ``not_regulated`` (the text is at hand and says nothing), ``delegated``
(the text leaves it to another organ), ``unknown`` (the text at hand is cut off, or a blank stands where
the figure should be) and a version not ``entered`` whole (nobody has entered the rest).

What the text does not say itself but somebody concluded (a year from a title, a kind from a name) stands
under ``inferred`` with the reason; nothing that rests on it is ever an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from generator.source.model.law_words import (
    AwardKindCode,
    Beneficiary,
    Citation,
    Comparison,
    Consequence,
    EventCode,
    Grade,
    Grantor,
    KnownDay,
    Modality,
    Paid,
    Part,
    PartCode,
    Residence,
    Standing,
    Status,
    Topic,
    TopicCode,
    WithholdingGround,
)
from generator.source.model.partial_day import PartialDay
from generator.source.model.scalars import (
    Day,
    Days,
    DayUnit,
    Entry,
    Https,
    Months,
    Slug,
    Text,
    Truth,
    Whole,
    Years,
)
from generator.source.model.worded import Worded


class Step(Entry):
    """分级标准的一级: ``of`` is what it is for (一级伤残, 配偶), with one figure."""

    of: Text
    months_of_wage: Whole | None = None
    percent: Whole | None = None
    amount_cny: Whole | None = None

    @model_validator(mode="after")
    def _one_figure(self) -> Step:
        if sum(figure is not None for figure in (self.months_of_wage, self.percent, self.amount_cny)) != 1:
            raise PydanticCustomError("LAW106", "a step of a scale has one figure")
        return self


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
    day_unit: DayUnit | Annotated[Literal["unspecified"], Worded("unspecified_unit")] | None = None
    """``unspecified``: the text says 日 or 天 and no more."""
    comparison: Annotated[Comparison, Worded("comparison")] | None = None
    from_: EventCode | None = Field(default=None, alias="from")
    to: EventCode | None = None
    start_unstated: Truth = False
    """The text gives no first day of the period; ``from`` is the step it follows on."""
    excludes: tuple[Text, ...] = ()
    """Time that does not count."""
    amount_cny: Whole | None = None
    amount_to_cny: Whole | None = None
    """Upper end of a range, both ends inclusive: 五十万元以上八十万元以下; then there is no comparison."""
    may_be_raised: Truth = False
    """The text lets an organ raise the sum (可以适度调高), so that more than it may be right."""
    per: Annotated[Literal["person", "year"], Worded("per")] | None = None
    months_of_wage: Whole | None = None
    wage_base: Text | None = None
    """Whose wage, where the text says, to the word 工资: 中国人民解放军排职少尉军官工资."""
    multiple: Whole | None = None
    """So many times ``multiple_of``: 二十倍."""
    multiple_of: Text | None = None
    percent: Whole | None = None
    percent_to: Whole | None = None
    """Upper end of a range: 百分之五十以上百分之一百以下 is ``percent: 50``, ``percent_to: 100``."""
    scale: tuple[Step, ...] = ()
    """分级标准: a figure for each degree of disability, or for each kind of kin, in the order of the text."""
    required: Truth | None = None
    attaches_to: EventCode | None = None
    """What publicity is tied to: ``proposal`` (拟确认) or ``award`` (奖励)."""
    against: EventCode | None = None
    """What an objection or appeal turns against: ``proposal``, ``refusal`` or ``conclusion``."""
    award_kinds: tuple[AwardKindCode, ...] = ()
    titles: tuple[Text, ...] = ()
    revokes: tuple[AwardKindCode, ...] = ()
    """Of a rule on revocation: the kinds of award that it takes away; ``bonus`` is money alone."""
    grantors: tuple[Annotated[Grantor, Worded("grantor_role")], ...] = ()
    grade: Grade | None = None
    """Degree of merit (``considerable``, ``major``), or of harm (``total_loss``), that a bonus is tied to."""
    who: tuple[Text, ...] = ()
    items: tuple[Text, ...] = ()
    conditions: tuple[Text, ...] = ()
    joined: Annotated[Literal["any", "all"], Worded("joined")] | None = None
    """How two conditions or more go together: 之一、或者 (``any``) or all of them."""
    met_by_death: tuple[Text, ...] = ()
    """Those of ``conditions`` that are met where the person died: 牺牲或者全部丧失劳动能力."""
    where: tuple[Text, ...] = ()
    acts_as: tuple[Text, ...] = ()
    """Of organs that another rule names by their part alone, to the word: who it is that acts as 县级见义勇为确认机构."""
    without_application: Truth = False
    """What an organ does of its own where nobody applied: 没有单位和人员申请、举荐的."""
    documents: tuple[Text, ...] = ()
    on: Day | None = None
    hard: Truth = False
    grounds: tuple[WithholdingGround, ...] = ()
    """Of an exception from publicity: the grounds that its wording allows."""
    withholding: Annotated[Literal["may", "must"], Worded("withholding_force")] | None = None
    """Of an exception from publicity: 可以不公示 or 应当保密、不予公示."""

    @property
    def unit(self) -> DayUnit | None:
        """日的单位 to count by; None where the text only says 日 or 天."""
        return None if self.day_unit == "unspecified" else self.day_unit

    @model_validator(mode="after")
    def _periods_say_their_unit(self) -> Value:
        if self.days is not None and (self.day_unit is None or self.comparison is None):
            raise PydanticCustomError("REC031", "a number of days says its day_unit and its comparison")
        if (len(self.conditions) > 1) != (self.joined is not None):
            raise PydanticCustomError(
                "LAW103", "two conditions or more say whether any or all, fewer say nothing"
            )
        if not set(self.met_by_death) <= set(self.conditions):
            raise PydanticCustomError("LAW127", "what a death meets is one of the conditions")
        if (self.multiple is None) != (self.multiple_of is None):
            raise PydanticCustomError("LAW106", "a multiple says of what")
        if self.percent_to is not None and self.percent is None:
            raise PydanticCustomError("LAW106", "a range of percentages has a lower end")
        if self.amount_to_cny is not None and (
            self.amount_cny is None or self.amount_cny >= self.amount_to_cny or self.comparison is not None
        ):
            raise PydanticCustomError("LAW106", "a range of amounts has a lower end and no comparison")
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


class HonourNeeded(Entry):
    """所需的荣誉: 获得市级以上荣誉称号 is ``{kinds: [title], level: city, or_higher: true}``."""

    kinds: tuple[AwardKindCode, ...] = ()
    """Any of these; empty: any reward at all."""
    titles: tuple[Text, ...] = ()
    level: Annotated[Literal["province", "city", "county"], Worded("needed_level")] | None = None
    or_higher: Truth = False
    """``level`` 以上."""
    by: Annotated[Literal["government", "department"], Worded("needed_by")] | None = None


class Benefit(Entry):
    """一项待遇, one row each. Within a list any one is enough, between the lists all must hold; what else the
    text asks for stands in ``value.conditions``, by when to apply in the period of ``value``.
    """

    beneficiaries: tuple[Annotated[Beneficiary, Worded("beneficiary")], ...] = Field(min_length=1)
    kin_meant: tuple[Text, ...] = ()
    """Which kin the text means where it means fewer than 亲属 says: 依靠本人生活的十八周岁以下弟妹."""
    outcomes: tuple[Annotated[Consequence, Worded("consequence")], ...] = ()
    """Empty: whatever happened to the person."""
    serves_first: tuple[Annotated[Consequence, Worded("consequence")], ...] = ()
    """先用于: whom it helps first of all, where ``outcomes`` admits others too. 及时送医 helps the injured (负伤 of any
    degree) while they are treated; to the disabled it is told after what they live on. Empty: nobody before others."""
    in_brief: Truth = False
    """要点: one of the few sentences in which the bereaved are told first what the text gives, and whether it holds."""
    paid: Annotated[Paid, Worded("paid")] | None = None
    """怎样发: of money after a death, for what or how often. The bereaved read of it in this order."""
    told_under: tuple[Text, ...] = ()
    """归在哪一种: the laws on another matter, by title, to whose people this is given: 属于视同工伤的 are those of 工伤保险条例. To
    the bereaved it is told with that law. Empty: whoever is under none of them has it, or has it as well."""
    duty_of_others: Truth = False
    """别人应当做的: a duty of hospitals or bystanders on the spot or a task of departments, and nothing that somebody is
    given or applies for."""
    honours: tuple[HonourNeeded, ...] = ()
    """Empty: confirmation is enough."""
    residence: tuple[Annotated[Residence, Worded("residence")], ...] = ()
    """Empty: the text makes no difference in this article. The scope of the whole text comes on top."""
    standing: Annotated[Standing, Worded("standing")] | None = None
    """身份: the text gives it to employees, to people without an employer, or to soldiers alone. Narrower words of the text
    (企业职工) stand in ``value.conditions`` too. None: it makes no difference."""
    payers: tuple[Text, ...] = ()
    """Who pays, in the order in which they must."""
    apply_to: tuple[Text, ...] = ()
    bring: tuple[Text, ...] = ()
    """What to bring, where the text says: 有效证件, 奖励证书."""
    part: PartCode = Part.SUPPORT
    """To which part of the text it belongs, for the scope."""

    @model_validator(mode="after")
    def _kin_meant_are_kin(self) -> Benefit:
        if self.kin_meant and Beneficiary.KIN not in self.beneficiaries:
            raise PydanticCustomError("LAW118", "kin_meant says which of the kin, so kin are among them")
        return self


class Reach(Entry):
    """适用到谁: a scope that can be reckoned with. 非本市人员在本市行政区域内的，表彰奖励适用 is
    ``{who: elsewhere, act: inside, parts: [reward]}``."""

    who: Annotated[Literal["anybody", "local", "elsewhere", "serviceman", "foreigner"], Worded("reach_who")]
    act: Annotated[Literal["inside", "outside"], Worded("reach_act")]
    parts: tuple[PartCode, ...] = ()
    """Empty: the whole text."""
    by_analogy: Annotated[Literal["may", "plain"], Worded("by_analogy")] | None = None
    """``may``: 可以参照, the organ may apply it; ``plain``: 参照, it is applied as far as it fits. Neither way can
    anybody be told that it is theirs."""
    needs: Text | None = None
    """A further condition: 已在外地受表彰奖励的除外."""
    rest_by: Text | None = None
    """What the parts that are not given go by, where the text says so: 其他保障从其部队有关规定. Without it the text
    says nothing of them, which is not that they are refused."""


def _pairs(value: Any) -> Any:
    if not isinstance(value, Mapping) or not value:
        raise PydanticCustomError("LAW105", "inferred names keys of this entry, each with the reason")
    return tuple(value.items())


Inferred = Annotated[
    tuple[tuple[str, Text], ...],
    BeforeValidator(_pairs),
    WithJsonSchema({"type": "object", "additionalProperties": {"type": "string"}, "description": "推断"}),
]
"""推断: name of the key → why it is concluded, though the text does not say so; in a file a mapping."""


def _only_own_keys(entry: Entry, inferred: Iterable[tuple[str, str]]) -> None:
    for key, _ in inferred:
        if key not in type(entry).model_fields:
            raise PydanticCustomError("LAW105", "inferred names keys of this entry, each with the reason")


class ProvisionEntry(Entry):
    """一项规定 of one version: topic, article as cited, value, summary in our own words."""

    topic: TopicCode
    article: Citation
    summary: Text
    value: Value = Value()
    modality: Annotated[Modality, Worded("modality")] | None = None
    status: Annotated[Status, Worded("status")] = Status.STATED
    delegated_to: tuple[Text, ...] = ()
    """Of ``delegated``: the organ that is to lay it down."""
    silent_on: tuple[Text, ...] = ()
    """Questions that somebody would look for here and that the article leaves open: 奖金是否计入家庭收入."""
    benefit: Benefit | None = None
    reach: tuple[Reach, ...] = ()
    told_first: Text | None = None
    """先看的一件事: what it answers at the head of the digest, beside what every digest is asked: 打官司."""
    inferred: Inferred = ()
    last_verified_on: Day | None = None
    """Defaults to the version's."""

    @model_validator(mode="after")
    def _status_says_enough(self) -> ProvisionEntry:
        if (self.status is Status.DELEGATED) != bool(self.delegated_to):
            raise PydanticCustomError("LAW104", "delegated says to whom, nothing else does")
        if self.reach and self.topic is not Topic.SCOPE:
            raise PydanticCustomError("LAW109", "reach belongs to the topic scope")
        _only_own_keys(self, self.inferred)
        return self


class SilentArticle(Entry):
    """不含规则的条文, with the reason why the digest has nothing from it."""

    article: Citation
    reason: Text


class CitedInstrument(Entry):
    """引用的其他法规文件, at hand or not."""

    title: Text
    article: Citation
    relation: Annotated[Literal["basis", "applied"], Worded("relation")]
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


class Dropped(Entry):
    """修正删去的规定: a topic that its article had before and that the amendment took out."""

    article: Citation
    topic: TopicCode
    reason: Text


class VersionEntry(Entry):
    """版本, oldest first in the file.

    ``in_force_until`` is inclusive; ``open`` means nothing at hand ends it. ``amended_in`` is the
    year or day that the title alone gives. ``last_article`` is the last one at hand of a text that
    is cut off.

    ``article_count`` (of a text cut off: how many are at hand) or, for a text cited by parts, ``sections``
    lists what must be digested or stand in ``without_rule``; a version that inherits has its
    predecessor's if it says neither.
    """

    slug: Annotated[str, WithJsonSchema({"type": "string"})] = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    label: Text
    kind: Annotated[Literal["enacted", "amended"], Worded("version_kind")]
    adopted_on: KnownDay
    adopted_by: Text | None = None
    approved_on: KnownDay | None = None
    """None: the text needs no approval."""
    approved_by: Text | None = None
    amended_by: Text | None = None
    amended_in: PartialDay | None = None
    issued_on: Day | None = None
    in_force_from: KnownDay
    in_force_not_before: Day | None = None
    """A day before which a text of unknown days was surely not in force; ``inferred`` has the ground."""
    in_force_told_by: Text | None = None
    """The text and article that gives ``in_force_from``, where it is not the text at hand of this version."""
    in_force_until: KnownDay | Annotated[Literal["open"], Worded("no_end")]
    text_at_hand: Annotated[Literal["whole", "cut_off"], Worded("text_at_hand")]
    last_article: Citation | None = None
    article_count: Whole | None = None
    sections: tuple[Citation, ...] = ()
    entered: Annotated[Literal["whole", "part", "selected"], Worded("entered")] = "whole"
    """``part`` while somebody is still entering the text; ``selected``: of a text on other matters only
    the articles that decide something here are taken."""
    official_url: Https | None = None
    """Address of the official text."""
    inherits: Text | None = None
    """Slug of the version whose articles hold where this one types nothing."""
    last_verified_on: Day
    note: Text | None = None
    provisions: tuple[ProvisionEntry, ...] = ()
    without_rule: tuple[SilentArticle, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    cites: tuple[CitedInstrument, ...] = ()
    repeals: tuple[Repealed, ...] = ()
    inferred: Inferred = ()

    @model_validator(mode="after")
    def _cut_texts_say_where(self) -> VersionEntry:
        if self.article_count is not None and self.sections:
            raise PydanticCustomError("LAW107", "a text has article_count or sections, not both")
        _only_own_keys(self, self.inferred)
        if self.in_force_not_before is not None and "in_force_not_before" not in dict(self.inferred):
            raise PydanticCustomError("LAW105", "inferred names keys of this entry, each with the reason")
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


class Enactment(Entry):
    """制定, of a text whose first version is not at hand, as another text tells it."""

    adopted_on: Day | None = None
    adopted_by: Text | None = None
    approved_on: Day | None = None
    approved_by: Text | None = None
    in_force_from: Day | None = None
    told_by: Text
    """The text and article that says so."""


class HoldsFor(Entry):
    """谁才有: on what a text on another matter hangs, as the bereaved are asked it (评定为烈士), and in which place.
    ``serviceman``: it is the law for soldiers, who read it first; ``civilian``: it holds for none of them."""

    words: Text
    order: Whole
    serviceman: Truth = False
    civilian: Truth = False
    standing: Annotated[Standing, Worded("standing")] | None = None
    """身份: people of which standing alone it may hold for."""


class InstrumentEntry(Entry):
    """一部法规或政策文件 with all its versions."""

    jurisdiction: Slug
    slug: Slug
    title: Text
    kind: Annotated[
        Literal["law", "administrative_regulation", "regulation", "rule", "normative_document"],
        Worded("instrument_kind"),
    ]
    """法律, 行政法规, 地方性法规 (条例), 规章 (规定 or 办法), 规范性文件 (意见)."""
    matter: Annotated[Literal["bravery", "other"], Worded("matter")] = "bravery"
    """``other``: a law on another matter that decides something here (民法典, 行政复议法). It stands beside
    the text on 见义勇为 and never in its place."""
    holds_for: HoldsFor | None = None
    """None: of laws that hold for everybody."""
    issuer: Text | None = None
    document_number: Text | None = None
    responsible: Text | None = None
    enacted: Enactment | None = None
    repealed: RepealedBy | None = None
    inferred: Inferred = ()
    versions: tuple[VersionEntry, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _versions_inherit_backwards(self) -> InstrumentEntry:
        _only_own_keys(self, self.inferred)
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
