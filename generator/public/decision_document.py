"""决定的数据文档 (decision document): ``/api/v1/decisions/<id>.json``, its line in the list, its row of data."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta

from generator.public.columns import Column
from generator.public.context import SiteContext
from generator.public.documents import (
    Correction,
    Group,
    HoldsUntil,
    JurisdictionName,
    JurisdictionSlug,
    Level,
    Person,
    Reference,
    Version,
    correction_document,
    group_document,
    person_document,
    plain,
    reference,
    with_version,
)
from generator.public.public_case import HonourStatus
from generator.public.public_decision import PublicDecision, PublicGrant, PublicTier
from generator.source.model.published import Address, Count, Day, Document, PartialDay, choice
from generator.source.model.scalars import DECISION_NUMBER

_PARTS = "；"


class GrantDocument(Document):
    """一项授予；已撤销的不列姓名"""

    honour: Annotated[Reference, Meta(description="这一项荣誉")]
    status: Annotated[str, choice(*HonourStatus), Meta(description="状态")]
    verb: Annotated[str, Meta(description="机关的用词：授予、追授、确认等")]
    title: Annotated[str, Meta(description="称号")]
    merit: Annotated[str | None, Meta(description="记功")]
    bonus_cny: Annotated[Count | None, Meta(description="奖金，元")]
    bonus_for: Annotated[
        Annotated[str, choice("each", "group", "in_all")] | None,
        Meta(description="奖金怎样计：each 每人，group 群体，in_all 合计；决定没有说明的为 null"),
    ]
    recipients: tuple[Person, ...]
    group: Group | None
    person_count: Annotated[Count, Meta(description="计入总数的人次；已撤销的为 0")]


class TierDocument(Document):
    """一个档次，次序照决定"""

    title: Annotated[str, Meta(description="称号")]
    verb: Annotated[str, Meta(description="机关的用词")]
    bonus_cny: Annotated[Count | None, Meta(description="奖金，元")]
    bonus_for: Annotated[
        Annotated[str, choice("each", "group", "in_all")] | None,
        Meta(description="奖金怎样计：each 每人，group 群体，in_all 这一档合计"),
    ]
    grants: tuple[GrantDocument, ...]


class AnnexDocument(Document):
    """附件"""

    title: Annotated[str, Meta(description="附件名称")]
    source: Annotated[str | None, Meta(description="网址")]


def _titles(document: DecisionDocument) -> str:
    return _PARTS.join(tier.title for tier in document.tiers)


def _honours(document: DecisionDocument) -> str:
    return _PARTS.join(grant.honour.id for tier in document.tiers for grant in tier.grants)


def _organs(document: DecisionDocument) -> str:
    return _PARTS.join(document.organs)


class DecisionDocument(Document):
    """/api/v1/decisions/<编号>.json"""

    id: Annotated[
        str,
        Meta(pattern=f"^{DECISION_NUMBER}$", description="决定编号，永久"),
        Column(1, "决定编号", "Decision id", "永久编号，公布后不变。", "Permanent id, never reused."),
    ]
    url: Annotated[
        Address, Column(2, "网址", "Address", "决定页的永久网址。", "Permanent address of the page.")
    ]
    jurisdiction: JurisdictionSlug
    jurisdiction_name: JurisdictionName
    title: Annotated[
        str,
        Meta(description="标题，照原文"),
        Column(5, "标题", "Title", "决定的标题，照原文。", "Title as issued."),
    ]
    number: Annotated[
        str | None,
        Meta(description="文号"),
        Column(6, "文号", "Document number", "决定的文号。", "Number of the document."),
    ]
    index_number: Annotated[
        str | None,
        Meta(description="索引号"),
        Column(7, "索引号", "Index number", "政府信息公开的索引号。", "Index number of open government."),
    ]
    openness: Annotated[
        str | None,
        Meta(description="公开属性，照原文"),
        Column(8, "公开属性", "Openness", "原文所载的公开属性。", "Openness as the document says it."),
    ]
    organs: Annotated[
        tuple[str, ...],
        Meta(description="作出决定的机关，照落款次序"),
        Column(
            9,
            "机关",
            "Organs",
            "作出决定的机关，照落款次序，以分号分开。",
            "Organs that decided, in the order of their signatures, separated by semicolons.",
            value=_organs,
            type="string",
        ),
    ]
    level: Annotated[
        Level,
        Column(
            10,
            "层级",
            "Level",
            "national 国家，province 省，city 市，district 区县，other 其他。",
            "national, province, city, district or other.",
        ),
    ]
    signed_on: Annotated[
        PartialDay,
        Meta(description="成文日期，可只到年或月"),
        Column(11, "成文日期", "Signed on", "可只到年或月。", "May stop at the year or month."),
    ]
    published_on: Annotated[
        Day, Column(12, "公布日期", "Published on", "在本站公布的日期。", "Day of publication here.")
    ]
    batch: Annotated[
        str | None, Meta(description="批次"), Column(13, "批次", "Batch", "所属批次。", "Batch.")
    ]
    basis: Annotated[
        str | None,
        Meta(description="依据，照原文"),
        Column(
            14,
            "依据",
            "Basis",
            "决定所依据的文件，照机关所称。",
            "Instrument that the decision rests on, as its organ names it.",
        ),
    ]
    opening: Annotated[tuple[str, ...], Meta(description="正文开头，照原文，一段一项")]
    tiers: Annotated[
        tuple[TierDocument, ...],
        Meta(description="各档次，次序照决定"),
        Column(
            15,
            "称号",
            "Titles",
            "所授予的各种称号，照决定的次序，以分号分开。",
            "Titles granted, in the order of the decision, separated by semicolons.",
            name="titles",
            value=_titles,
            type="string",
        ),
        Column(
            16,
            "荣誉编号",
            "Honours",
            "所授予的各项荣誉的编号，照决定的次序，以分号分开。",
            "Ids of the honours granted, in the order of the decision, separated by semicolons.",
            name="honours",
            value=_honours,
            type="string",
        ),
    ]
    person_count: Annotated[
        Count,
        Meta(description="本站公开的人次；已撤销的不计"),
        Column(
            17,
            "人次",
            "Persons",
            "决定所授予而本站公开的人次；已撤销的不计。",
            "Persons honoured by it as published here; revoked ones are not counted.",
        ),
    ]
    annexes: tuple[AnnexDocument, ...]
    corrections: tuple[Correction, ...]
    source: Annotated[
        str | None,
        Meta(description="来源网址"),
        Column(18, "来源", "Source", "决定原文的网址。", "Address of the decision's text."),
    ]
    version: Version
    licence: Annotated[str, Meta(description="数据许可，SPDX 标识")]
    holds_until: HoldsUntil


def decision_document(decision: PublicDecision, context: SiteContext) -> DecisionDocument:
    """决定的数据文档, ``version`` included."""
    return with_version(_document(decision, context))


def decision_said(decision: PublicDecision, context: SiteContext) -> dict[str, Any]:
    """决定自己所说的, for the log of publications: its document without its version."""
    return plain(_document(decision, context))


def _document(decision: PublicDecision, context: SiteContext) -> DecisionDocument:
    return DecisionDocument(
        id=decision.id,
        url=context.absolute(decision.path),
        jurisdiction=decision.jurisdiction,
        jurisdiction_name=context.jurisdictions[decision.jurisdiction].name,
        title=decision.title,
        number=decision.number,
        index_number=decision.index_number,
        openness=decision.openness,
        organs=decision.organs,
        level=decision.level,
        signed_on=str(decision.signed_on),
        published_on=decision.published_on.isoformat(),
        batch=decision.batch,
        basis=decision.basis,
        opening=decision.opening,
        tiers=tuple(_tier(tier, context) for tier in decision.tiers),
        person_count=decision.person_count,
        annexes=tuple(AnnexDocument(title=item.title, source=item.source) for item in decision.annexes),
        corrections=tuple(map(correction_document, decision.corrections)),
        source=decision.source,
        version="",
        licence=context.site.licence,
        holds_until=None,
    )


def _tier(tier: PublicTier, context: SiteContext) -> TierDocument:
    return TierDocument(
        title=tier.title,
        verb=tier.verb,
        bonus_cny=tier.bonus_cny,
        bonus_for=tier.bonus_for,
        grants=tuple(_grant(grant, context) for grant in tier.grants),
    )


def _grant(grant: PublicGrant, context: SiteContext) -> GrantDocument:
    dead = grant.status is HonourStatus.REVOKED
    people: dict[str, Any] = {
        "recipients": () if dead else tuple(map(person_document, grant.recipients)),
        "group": None if dead else group_document(grant.group),
    }
    return GrantDocument(
        honour=reference("honours", grant.honour, context),
        status=grant.status.value,
        verb=grant.verb,
        title=grant.title,
        merit=grant.merit,
        bonus_cny=grant.bonus_cny,
        bonus_for=grant.bonus_for,
        person_count=grant.person_count,
        **people,
    )
