"""法规的词汇 (words of law): the closed lists of words in which the rules of an instrument are entered, and how an article
is cited.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from generator.source.model.scalars import Day
from generator.source.model.worded import Worded


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
    """一项规定的状态: the text states it, leaves it to another organ (另行规定), is whole and silent, or is
    not at hand."""

    STATED = "stated"
    DELEGATED = "delegated"
    NOT_REGULATED = "not_regulated"
    UNKNOWN = "unknown"


class Modality(StrEnum):
    """规定的强度, by the text's own word; without one (享受…待遇) a provision has none."""

    MUST = "must"
    """应当、必须."""
    MAY = "may"
    """可以."""
    SHOULD_GENERALLY = "should_generally"
    """一般应当: exceptions are open, so a breach is never certain."""
    MUST_NOT = "must_not"
    """不得、禁止."""
    ENCOURAGED = "encouraged"
    """鼓励、提倡."""


class Part(StrEnum):
    """文本的几部分: what a scope can give to some and not to others."""

    CONFIRMATION = "confirmation"
    """确认."""
    REWARD = "reward"
    """表彰、奖励."""
    PROTECTION = "protection"
    """保护."""
    SUPPORT = "support"
    """抚恤优待、社会保障."""


class Beneficiary(StrEnum):
    """受益的人, by the text's own word. ``PERSON`` is whoever acted."""

    PERSON = "person"
    """本人."""
    NEAR_KIN = "near_kin"
    """近亲属."""
    DIRECT_KIN = "direct_kin"
    """直系亲属."""
    KIN = "kin"
    """亲属, without saying which."""
    SURVIVORS = "survivors"
    """遗属; 家属 of somebody who died."""
    HOUSEHOLD = "household"
    """家庭."""
    CHILDREN = "children"
    """子女."""
    PARENTS = "parents"
    """父母."""
    SPOUSE = "spouse"
    """配偶."""
    SIBLINGS = "siblings"
    """兄弟姐妹."""
    ORPHANED = "orphaned"
    """致孤人员、致孤儿童."""
    DONOR = "donor"
    """捐赠的单位和个人."""


class Consequence(StrEnum):
    """行为的后果 that a benefit asks for."""

    DEATH = "death"
    """牺牲、死亡."""
    DISABLED = "disabled"
    """致残."""
    SEVERE_INJURY = "severe_injury"
    """重伤."""
    MINOR_INJURY = "minor_injury"
    """轻伤."""
    INJURED = "injured"
    """负伤, whatever its degree."""
    HARDSHIP = "hardship"
    """生活困难."""


class Residence(StrEnum):
    """户籍与地域. ``PLACE_OF_ACT``: the act happened here, wherever the person lives."""

    LOCAL = "local"
    """本市（本省）户籍、常住户口."""
    ELSEWHERE = "elsewhere"
    """非本市（本省）户籍."""
    PLACE_OF_ACT = "place_of_act"
    """行为发生地."""


class Standing(StrEnum):
    """身份 of the person who acted, where a text gives something to some people alone."""

    EMPLOYED = "employed"
    """有工作单位的，职工."""
    NOT_EMPLOYED = "not_employed"
    """没有工作单位的."""
    SERVICEMAN = "serviceman"
    """现役军人."""


class Paid(StrEnum):
    """怎样发 to the bereaved, in the order in which they need it."""

    FUNERAL = "funeral"
    """丧葬."""
    ONCE = "once"
    """一次性."""
    MONTHLY = "monthly"
    """按月、定期."""


class Comparison(StrEnum):
    """比较方式. ``within`` and ``at_least`` include their bound; ``after`` excludes the day itself,
    ``not_before`` includes it."""

    WITHIN = "within"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EXACTLY = "exactly"
    AFTER = "after"
    NOT_BEFORE = "not_before"


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
    RECONFIRMATION_REQUEST = "reconfirmation_request"
    """申请再次确认, where the text calls the review by the organ above so."""
    REVIEW_PANEL = "review_panel"
    """组织评审 upon such a request, before anything is decided."""
    REVIEW_DECISION = "review_decision"
    AWARD = "award"
    RECONSIDERATION_REQUEST = "reconsideration_request"
    """申请行政复议, which is another way than a review (复核) by the organ above."""
    RECONSIDERATION_ACCEPTANCE = "reconsideration_acceptance"
    RECONSIDERATION_DECISION = "reconsideration_decision"
    LAWSUIT = "lawsuit"
    """提起行政诉讼."""
    COMPLAINT = "complaint"
    """申诉."""
    COMPLAINT_ANSWER = "complaint_answer"
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


TopicCode = Annotated[Topic, Worded("topic")]
EventCode = Annotated[Event, Worded("event")]
AwardKindCode = Annotated[AwardKind, Worded("award_kind")]
PartCode = Annotated[Part, Worded("part")]
"""As written in a file: by code or by Chinese word."""
Grade = Annotated[
    Literal["considerable", "major", "exceptional", "total_loss", "partial_loss"], Worded("merit_grade")
]
"""奖金的等级: the merit of the act (较大、重大、特别重大贡献), or what it cost (全部、部分丧失劳动能力)."""
_NUMERAL = "[零一二三四五六七八九十百千]+"
_CITATION = re.compile(
    rf"第{_NUMERAL}条(第{_NUMERAL}款)?(第（{_NUMERAL}）项)?|{_NUMERAL}(（{_NUMERAL}）)?|前言|末段"
)


def _citation(value: Any) -> str:
    if not isinstance(value, str) or not _CITATION.fullmatch(value):
        raise PydanticCustomError(
            "bad_citation", "an article is cited as 第十一条第一款, 二（八）, 前言 or 末段"
        )
    return value


WithholdingGround = Annotated[
    Literal["safety", "asked_by_person", "asked_by_kin", "decided_by_organ", "other"],
    Worded("withholding_ground"),
]
"""保密理由: safety of the person or kin, asked for by the person or kin, decided by the organ, other law."""
Citation = Annotated[
    str,
    BeforeValidator(_citation),
    WithJsonSchema({"type": "string", "pattern": f"^({_CITATION.pattern})$", "description": "条款"}),
]
"""条款的写法: 第十一条, 第十一条第一款, 第八条第二款第（三）项; 二（八）; 前言, 末段."""
KnownDay = Day | Annotated[Literal["unknown"], Worded("unknown_day")]
"""日期 or ``unknown``: the text at hand does not say."""
