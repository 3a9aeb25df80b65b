"""案件记录 (case record): the private types, ``registry/cases/<jurisdiction>/<year>/<case>.yml``.

These types hold everything the office knows. Rendering code cannot reach them; an architecture test proves
it. :mod:`generator.disclosure` copies what the public may see, field by field, into :mod:`generator.public`.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, WithJsonSchema, model_validator

from generator.cases.private_items import NameItem, WordItem, keyed
from generator.catalogue import value_codes
from generator.source.model.authority import Desk
from generator.source.model.law_words import Grade, Grantor, WithholdingGround
from generator.source.model.partial_day import PartialDay
from generator.source.model.scalars import (
    ClockTime,
    Day,
    Days,
    DayUnit,
    Entry,
    HonourId,
    Moment,
    NoticeId,
    PictureName,
    Prose,
    Slug,
    Text,
    Truth,
    WebAddress,
    Whole,
)
from generator.source.model.worded import Worded

ADULT_AGE = 18
"""民法典第十七条: a natural person of eighteen is an adult."""

Death = Annotated[Literal["in_the_act", "later", "unsaid"], Worded("death")]
"""故去: 牺牲 in the act itself or of it, or 已故 at some later time, or the organ does not say which."""

_DEATHS_AS_ONCE_WRITTEN = {"true": "unsaid", "false": None, "否": None}


def _death(value: Any) -> Any:
    """Records that only say whether somebody is dead are read as before."""
    return _DEATHS_AS_ONCE_WRITTEN.get(value, value) if isinstance(value, str) else value


ActKind = Annotated[
    Literal[
        "stop_crime",
        "pursue_offender",
        "water_rescue",
        "fire_rescue",
        "traffic_rescue",
        "disaster_relief",
        "other_rescue",
    ],
    Worded("act_kind"),
]


class Withholding(Entry):
    """保密依据: why, on what article, by whose decision, and until when."""

    ground: WithholdingGround
    article: Text
    """Instrument and article: 条例第十一条第一款."""
    decided_by: Text
    decided_on: Day
    ends_on: Day | None = None
    """Last day of the withholding, inclusive. Nothing becomes public by itself: status asks."""
    published_number: Annotated[Literal["gap", "tombstone"], Worded("published_number")] | None = None
    """已公布的编号怎样处理, of a confidential case whose numbers were public once: ``gap`` leaves no trace and
    a number missing between its neighbours; ``tombstone`` a page that says only that nothing is public under
    this number, the same whatever the reason. Of a case never published it is left out."""
    note: Prose | None = None


class GuardianConsent(Entry):
    """监护人同意公开: when and by whom (the guardian's name stays private)."""

    given_on: Day
    given_by: Text


class InjuryConsent(Entry):
    """同意公开伤情: 个人信息保护法第二十八条、第二十九条, health is published on separate consent only.

    For a minor the guardian's, for one who died the kin's.
    """

    given_on: Day
    given_by: Annotated[Literal["person", "guardian", "kin"], Worded("consent_given_by")]


class PortraitConsent(Entry):
    """同意公开肖像: 民法典第一千零一十九条, a portrait is published with consent only.

    For a minor the guardian's; for one who died the kin's (第九百九十四条), or their own, given before.
    """

    given_on: Day
    given_by: Annotated[Literal["person", "guardian", "kin"], Worded("consent_given_by")]


class Portrait(Entry):
    """肖像: a picture in ``registry/portraits/``, in folders named as those of the case's file.

    It stands on the page of an honour of which the person is the only recipient. What is published is drawn anew from
    its pixels (:mod:`generator.disclosure.portrait_picture`); the file itself never is.
    """

    file: PictureName
    description: Text
    """What is to be seen, for those who do not see it: published as the picture's text."""
    consent: PortraitConsent


class PersonPrivate(Entry):
    """仅供工作人员: never published for anyone."""

    id_number: Text | None = None
    phone: Text | None = None
    email: Text | None = None
    bank_card: Text | None = None
    home_address: Text | None = None
    born_on: Day | None = None
    school: Text | None = None
    class_name: Text | None = None
    kin: tuple[NameItem, ...] = ()
    """近亲属的姓名, one each, without the kinship."""
    note: Prose | None = None
    never_publish: tuple[WordItem, ...] = ()
    """Any other words that must not appear on the site: nicknames, shop names, a villa's name."""


def _name_or_as_published(schema: dict[str, Any]) -> None:
    schema["required"] = [name for name in schema["required"] if name not in ("key", "name")]
    schema["anyOf"] = [{"required": ["name"]}, {"required": ["name_as_published"]}]


class Person(Entry):
    """见义勇为人员.

    ``disclosure`` has no default: ``full`` as in the record, ``masked`` surname only, ``withheld``
    no trace. ``born`` is a year or a year and month, never a full date (that is private).
    """

    key: Slug
    """By which honours and acts name them; left out, p1, p2 … in the order of the record."""
    name: Text
    """Left out where only ``name_as_published`` is known, and then equal to it."""
    name_as_published: Text | None = None
    """机关公布的写法 (曹某), where the organ itself published the name masked: shown as it is. A ``name`` beside
    it is never shown."""
    disclosure: Annotated[Literal["full", "masked", "withheld"], Worded("disclosure")]
    withholding: Withholding | None = None
    adult: Truth | None = None
    """成年, on the clerk's word, where an old paper tells no age. What tells the age goes before it."""
    sex: Literal["男", "女"] | None = None
    born: PartialDay | None = None
    age_at_act: Whole | None = None
    ethnicity: Text | None = None
    native_place: Text | None = None
    """籍贯, where the organ published it."""
    political_status: Text | None = None
    """政治面貌, where the organ published it: 中共党员."""
    unit: Text | None = None
    post: Text | None = None
    residence: Text | None = None
    """居住地, district at most."""
    deceased: Annotated[
        Death | None,
        BeforeValidator(_death),
        WithJsonSchema(
            {
                "enum": [
                    *value_codes("death").values(),
                    *value_codes("death"),
                    True,
                    False,
                    *_DEATHS_AS_ONCE_WRITTEN,
                ]
            }
        ),
    ] = None
    """故去: shown as 牺牲 or as 已故. Nothing follows from it for a title: 追授 is the organ's word alone."""
    injured: Text | None = None
    """伤情. Published only with ``injury_consent``."""
    injury_consent: InjuryConsent | None = None
    guardian_consent: GuardianConsent | None = None
    portrait: Portrait | None = None
    """肖像. Published only with the consent that it holds."""
    private: PersonPrivate = PersonPrivate()

    model_config = ConfigDict(json_schema_extra=_name_or_as_published)

    @model_validator(mode="before")
    @classmethod
    def _named_as_published(cls, tree: Any) -> Any:
        """If the papers tell no name, nobody has to invent one."""
        if isinstance(tree, dict) and "name" not in tree and "name_as_published" in tree:
            return {**tree, "name": tree["name_as_published"]}
        return tree


class Group(Entry):
    """见义勇为群体: a named group, with members listed, counted, or both; or a unit that is honoured as such."""

    name: Text
    kind: Annotated[Literal["people", "unit"], Worded("group_kind")] = "people"
    """``unit``: a company, a station, a village. It is counted as a unit and never as people."""
    head_count: Whole | None = None
    """人数 as it may be published: of everybody, those named in ``persons`` among them."""


class Act(Entry):
    """行为事实, written for the public: names of masked persons stand masked in it."""

    happened_on: PartialDay
    at: Text | None = None
    """Time of day as known: 17时许."""
    kind: ActKind
    place: Text | None = None
    district: Text | None = None
    summary: Text
    """One sentence for lists, feeds and search results."""
    narrative: Prose | None = None
    verification: Prose | None = None
    """How the facts were checked."""
    limb: Text | None = None
    """The clause it meets: 第七条第（三）项."""
    loss_averted: Text | None = None
    persons: tuple[Slug, ...] = ()
    """Keys of those who did it, where the case has several acts; else it is everybody's."""
    case: Text | None = None
    """案件编号 of this act, where a notice puts several cases together. Never published."""


class Procedure(Entry):
    """办理经过: dates by which the rule check judges the case. Published only where a page says so."""

    applied_on: Day | None = None
    applied_by: (
        Annotated[
            Literal["beneficiary", "person", "kin", "unit", "committee", "ex_officio", "other"],
            Worded("applied_by"),
        ]
        | None
    ) = None
    complicated: Truth = False
    """情况复杂: the longer periods apply."""
    conclusion_on: Day | None = None
    """The day another organ's conclusion was given, where the application rests on it."""
    materials_complete_on: Day | None = None
    accepted_on: Day | None = None
    opinion_on: Day | None = None
    proposed_on: Day | None = None
    """拟确认意见作出日."""
    decision_notified_on: Day | None = None
    review_requested_on: Day | None = None
    review_decided_on: Day | None = None
    hukou_applied_on: Day | None = None
    """申报户口迁入之日."""
    excluded_days: Days = 0
    """Days that the instrument leaves out of the review period (waiting for a judicial conclusion)."""


class Period(Entry):
    """公示期. Either both ends as declared, or a start and a length."""

    opens_on: Day
    closes_on: Day | None = None
    length: Days | None = None
    unit: DayUnit | None = None
    first_day_counts: Truth | None = None
    roll_over: Truth | None = None
    close_of_business: ClockTime | None = None


class Posting(Entry):
    """张贴或刊登: where the notice was posted beside this site."""

    kind: Annotated[Literal["media", "website", "residence", "place_of_act", "unit"], Worded("posting_kind")]
    place: Text
    posted_on: Day


class Correction(Entry):
    """更正: what the public was told, and what is right. It never repeats a withdrawn name."""

    corrected_on: Day
    what: Text
    was: Text | None = None
    now: Text | None = None
    moved_closes_on: Day | None = None
    """Set when the correction moved the last day."""


class Objector(Entry):
    """异议人: never published, and looked for in every text. The office may know little of an objector; words
    such as 同村 or 店主 stand in the objection's note."""

    name: NameItem | None = None
    phone: Text | None = None
    address: Text | None = None
    joined_by: tuple[NameItem, ...] = ()
    """联名的其他人."""


class Objection(Entry):
    """异议. The objector's identity and words are private. The public learns that an objection is under
    review, its result and the day of the result."""

    received_on: Day
    """Published only where site.yml says ``publish_objection_received_on: true``: the day on which somebody
    was at the office may tell who it was."""
    resolved_on: Day | None = None
    result: Annotated[Literal["upheld", "dismissed", "withdrawn"], Worded("objection_result")] | None = None
    public_reason: Text | None = None
    objector: Annotated[Objector | None, keyed] = None
    note: Prose | None = None


PublicityOrder = Literal["before_decision", "after_decision", "before_award"]


class NoticeRecord(Entry):
    """公示. ``id`` is given out when the notice is first published, and never again."""

    id: NoticeId
    published_at: Moment
    order: Annotated[PublicityOrder, Worded("notice_order")] | None = None
    """拟确认公示, 确认后公示 or 表彰前公示. Left out, the dates tell: see :attr:`Case.publicity_order`."""
    proposal: Text | None = None
    """拟办事项, in the organ's word: 拟表彰, 候选人, 拟推荐上报."""
    title: Text | None = None
    """As issued; without one the page is titled from authority, city and persons."""
    number: Text | None = None
    """文号."""
    signatories: tuple[Text, ...] = ()
    """落款机关; without any the authority signs."""
    signed_on: PartialDay | None = None
    """成文日期, where the paper has one of its own."""
    basis: Text | None = None
    """依据, in the organ's words."""
    opening: Prose | None = None
    """开头的话, in the organ's words."""
    desk: Desk | None = None
    period: Period
    postings: tuple[Posting, ...] = ()
    corrections: tuple[Correction, ...] = ()
    replaces: NoticeId | None = None
    """The notice that this one corrects and replaces."""


class Outcome(Entry):
    """结果 of the procedure."""

    kind: Annotated[
        Literal["confirmed", "not_confirmed", "awarded", "recommended", "not_awarded", "withdrawn"],
        Worded("outcome_kind"),
    ]
    """``awarded``, ``recommended`` (推荐上报) and ``not_awarded`` end a publicity before an award."""
    decided_on: Day
    not_confirmed: tuple[Slug, ...] = ()
    """Keys of those of a batch who were not confirmed, or not honoured, with the others: from ``decided_on`` on
    the notice names them no more."""
    no_objections: Truth = False
    """公示期内未收到异议, where the organ says so."""
    number: Text | None = None
    organ: Text | None = None
    public_reason: Text | None = None
    certificate_on: Day | None = None


class Revocation(Entry):
    """撤销."""

    revoked_on: Day
    organ: Text
    ground: Text
    """Public ground in one sentence, without personal data."""
    article: Text | None = None


BonusFor = Annotated[Literal["each", "group", "in_all"], Worded("bonus_for")]
Level = Annotated[Literal["national", "province", "city", "district", "other"], Worded("honour_level")]


class HonourRecord(Entry):
    """荣誉. Titles are free data with a level."""

    id: HonourId
    published_on: PartialDay | None = None
    """公布日期, as far as it is known; left out where an old list tells none."""
    recipients: tuple[Slug, ...] = ()
    """Keys of persons; empty when the group as a whole is honoured."""
    verb: Text
    """The organ's own word: 授予, 追授, 认定, 表彰, 评定 …"""
    title: Text
    level: Level
    grantor: Text
    grantor_role: Annotated[Grantor, Worded("grantor_role")] | None = None
    """The grantor's level, for the rule on who may grant what."""
    basis: Text | None = None
    """Instrument on which the award rests where the city's own does not list its kind."""
    merit_grade: Grade | None = None
    """Degree of merit, or of what the act cost, that a bonus is tied to; never published."""
    decided_on: PartialDay
    number: Text | None = None
    batch: Text | None = None
    """第十五届, 2025年第一季度."""
    merit: Text | None = None
    """记功 together with a title: 个人二等功."""
    bonus_cny: Whole | None = None
    """奖金，元."""
    bonus_for: BonusFor | None = None
    """奖金怎样计: for each person, for the group, or for all of this grant together. Left out where the decision
    does not say it."""
    to_group: Truth = False
    corrections: tuple[Correction, ...] = ()
    revocation: Revocation | None = None
    certificate_code: Text | None = None
    """Random code printed on the certificate; only its slow hash is published."""
    source: WebAddress | None = None

    @property
    def public_from(self) -> date:
        """从哪一天起可以公开: the first day on which it can have been published, and no day that a page tells."""
        return (self.published_on or self.decided_on).first


class CasePrivate(Entry):
    """仅供工作人员."""

    handler: Text | None = None
    note: Prose | None = None
    never_publish: tuple[WordItem, ...] = ()
    reviewed: tuple[Text, ...] = ()
    """Words of public texts that a check named (schools, objectors, health, what tells of somebody withheld) and a
    human judged fit to publish."""
    other_than: tuple[Text, ...] = ()
    """案件编号 of other cases with the same person or act at first sight, which a human found to be another's."""
    ambiguous: tuple[Text, ...] = ()
    """Answers to the audit: “file: words” a human judged to be somebody else's."""


class Case(Entry):
    """案件. ``case`` is the internal number and is never published."""

    case: Text
    jurisdiction: Slug
    level: Annotated[Literal["public", "masked", "confidential"], Worded("case_level")]
    withholding: Withholding | None = None
    authority: Slug
    act: Act | None = None
    further_acts: tuple[Act, ...] = ()
    """其余各件事, where one paper tells of several: two acts in one notice, a batch of eleven. Each says whose
    it is, so that one of somebody withheld goes with them."""
    persons: tuple[Person, ...] = ()
    group: Group | None = None
    procedure: Procedure = Procedure()
    notice: NoticeRecord | None = None
    objections: tuple[Objection, ...] = ()
    outcome: Outcome | None = None
    revocation: Revocation | None = None
    honours: tuple[HonourRecord, ...] = ()
    private: CasePrivate = CasePrivate()

    @model_validator(mode="before")
    @classmethod
    def _with_keys(cls, tree: Any) -> Any:
        """Nobody has to think of keys for persons to whom nothing in the record points."""
        persons = tree.get("persons") if isinstance(tree, dict) else None
        if not isinstance(persons, list) or all("key" in item for item in persons if isinstance(item, dict)):
            return tree
        keyed_persons = [
            {"key": f"p{number}", **item} if isinstance(item, dict) else item
            for number, item in enumerate(persons, 1)
        ]
        return {**tree, "persons": keyed_persons}

    @property
    def acts(self) -> tuple[Act, ...]:
        """各件事, in the order of the paper."""
        return () if self.act is None else (self.act, *self.further_acts)

    @property
    def publicity_order(self) -> PublicityOrder:
        """公示与决定的先后: as the notice says, or as the dates tell: what was decided before the period began was
        decided before the publicity."""
        assert self.notice is not None
        if self.notice.order is not None:
            return self.notice.order
        decided = self.outcome is not None and self.outcome.decided_on < self.notice.period.opens_on
        return "after_decision" if decided else "before_decision"
