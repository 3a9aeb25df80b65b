"""荣誉的数据文档 (honour document): ``/api/v1/honours/<id>.json``, its line in the list, its row of data."""

from __future__ import annotations

from hashlib import sha256
from typing import Annotated, Any

from msgspec import Meta

from generator.catalogue import wording
from generator.public.columns import Column, Flat
from generator.public.context import SiteContext
from generator.public.documents import (
    Act,
    ActOfSome,
    Correction,
    Group,
    HoldsUntil,
    JurisdictionName,
    JurisdictionSlug,
    Level,
    Person,
    Provision,
    Reference,
    Version,
    act_document,
    act_of_some,
    content_version,
    correction_document,
    group_document,
    iso_day,
    kinds_column,
    maybe_reference,
    person_document,
    plain,
    provision_document,
    with_version,
)
from generator.public.public_case import HonourStatus, PublicHonour
from generator.source.model.published import Address, Count, Day, Document, PartialDay, choice
from generator.source.model.scalars import HONOUR_NUMBER


class Revocation(Document):
    """撤销"""

    revoked_on: Annotated[Day, Column(1, "撤销日期", "Revoked on", "撤销的日期。", "Day of the revocation.")]
    organ: Annotated[
        str | None,
        Meta(description="撤销机关"),
        Column(2, "撤销机关", "Revoked by", "作出撤销的机关。", "Organ that revoked it.", name="revoked_by"),
    ]
    ground: Annotated[
        str | None,
        Meta(description="理由"),
        Column(
            3,
            "撤销理由",
            "Ground of revocation",
            "公布的撤销理由。",
            "Ground as published.",
            name="revoked_ground",
        ),
    ]


def _status_name(honour: HonourDocument) -> str:
    return str(wording("feeds")["honour_status"][honour.status])


def _revoked(honour: HonourDocument) -> bool:
    return honour.status == HonourStatus.REVOKED


def _name(honour: HonourDocument) -> str | None:
    """As :attr:`PublicHonour.display_name` has it; nobody's once the honour is revoked."""
    if _revoked(honour):
        return None
    if honour.recipients:
        return "、".join(person.name for person in honour.recipients)
    return "—" if honour.group is None else honour.group.name


def _year(honour: HonourDocument) -> int:
    return int(honour.decided_on[:4])


def _is_group(honour: HonourDocument) -> bool | None:
    return None if _revoked(honour) else honour.group is not None


def _notice(honour: HonourDocument) -> str | None:
    return None if honour.notice is None else honour.notice.id


def _decision(honour: HonourDocument) -> str | None:
    return None if honour.decision is None else honour.decision.id


def _corrected_on(honour: HonourDocument) -> str | None:
    return max((item.corrected_on for item in honour.corrections), default=None)


class Portrait(Document):
    """肖像"""

    url: Address
    width: Annotated[Count, Meta(description="宽，像素")]
    height: Annotated[Count, Meta(description="高，像素")]
    description: Annotated[str, Meta(description="图上所见")]
    version: Version


class HonourDocument(Document):
    """/api/v1/honours/<编号>.json"""

    id: Annotated[
        str,
        Meta(pattern=f"^{HONOUR_NUMBER}$", description="荣誉编号，永久"),
        Column(1, "荣誉编号", "Honour id", "永久编号，公布后不变。", "Permanent id, never reused."),
    ]
    url: Annotated[
        Address, Column(2, "网址", "Address", "荣誉页的永久网址。", "Permanent address of the page.")
    ]
    jurisdiction: JurisdictionSlug
    jurisdiction_name: JurisdictionName
    status: Annotated[
        str,
        choice(*HonourStatus),
        Meta(description="状态"),
        Column(
            5,
            "状态代码",
            "Status",
            "valid 有效，corrected 更正，revoked 撤销。",
            "valid, corrected or revoked.",
        ),
        Column(
            6,
            "状态",
            "Status in words",
            "有效、更正或撤销。",
            "The same in Chinese.",
            name="status_name",
            value=_status_name,
        ),
    ]
    verb: Annotated[
        str,
        Meta(description="授予、追授、认定等"),
        Column(
            10,
            "授予方式",
            "Verb",
            "授予、追授、认定、奖励、记功、嘉奖。",
            "How it was granted, as the decision says.",
        ),
    ]
    title: Annotated[
        str, Meta(description="称号"), Column(8, "称号", "Title", "授予的称号。", "Title granted.")
    ]
    level: Annotated[
        Level,
        Column(
            9,
            "层级",
            "Level",
            "national 国家，province 省，city 市，district 区县，other 其他。",
            "national, province, city, district or other.",
        ),
    ]
    grantor: Annotated[
        str,
        Meta(description="授予机关"),
        Column(11, "授予机关", "Grantor", "作出决定的机关。", "Organ that decided."),
    ]
    number: Annotated[
        str | None,
        Meta(description="文号"),
        Column(12, "决定文号", "Decision number", "决定的文号。", "Number of the decision."),
    ]
    decided_on: Annotated[
        PartialDay,
        Column(13, "决定日期", "Decided on", "可只到年或月。", "May stop at the year or month."),
        Column(
            14,
            "年份",
            "Year",
            "决定的年份。",
            "Year of the decision.",
            name="year",
            value=_year,
            type="integer",
        ),
    ]
    published_on: Annotated[
        PartialDay | None,
        Meta(description="公布日期，可只到年或月；不知道的为 null"),
        Column(
            15,
            "公布日期",
            "Published on",
            "可只到年或月；不知道的为空。",
            "May stop at the year or month; empty where nobody knows it.",
        ),
    ]
    batch: Annotated[
        str | None, Meta(description="批次"), Column(16, "批次", "Batch", "所属批次。", "Batch.")
    ]
    merit: Annotated[
        str | None,
        Meta(description="记功"),
        Column(17, "记功", "Merit", "与称号一并记功的等次。", "Merit recorded together with the title."),
    ]
    bonus_cny: Annotated[
        Count | None,
        Meta(description="奖金，元"),
        Column(18, "奖金（元）", "Bonus (CNY)", "公布的奖金，元。", "Bonus as published, in yuan."),
    ]
    bonus_for: Annotated[
        Annotated[str, choice("each", "group", "in_all")] | None,
        Meta(description="奖金怎样计：each 每人，group 群体，in_all 合计；决定没有说明的为 null"),
        Column(
            34,
            "奖金计法",
            "Bonus for",
            "each 每人，group 群体，in_all 合计；决定没有说明的为空。",
            "each, group or in_all; empty where the decision does not say it.",
        ),
    ]
    posthumous: Annotated[
        bool,
        Meta(description="是否追授"),
        Column(
            19,
            "是否追授",
            "Posthumous",
            "决定的用词是追授。",
            "The decision itself says that it grants posthumously.",
        ),
    ]
    recipients: Annotated[
        tuple[Person, ...],
        Meta(description="获得者；已撤销的为空"),
        Column(
            7,
            "姓名或名称",
            "Name",
            "获得者的姓名或群体名称，隐名者为隐去后的写法；已撤销的为空。",
            "Who is honoured, masked where masked; empty when revoked.",
            name="name",
            value=_name,
            type="string",
            required=False,
        ),
    ]
    group: Annotated[
        Group | None,
        Column(
            20,
            "是否群体",
            "Group",
            "授予群体整体，写出成员姓名的也在内。",
            "Granted to a group as a whole, whether or not its people are named.",
            name="is_group",
            value=_is_group,
            type="boolean",
        ),
        Flat(37),
    ]
    person_count: Annotated[
        Count,
        Meta(description="计入总数的人次；已撤销的为 0"),
        Column(
            21,
            "人次",
            "Persons",
            "计入总数的人次；已撤销的为 0，合计即为站上总数。",
            "Persons it adds to totals; 0 when revoked, so the column sums to the site's total.",
        ),
    ]
    act: Annotated[Act | None, Flat(22)]
    further_acts: Annotated[
        tuple[ActOfSome, ...],
        Meta(description="获得者做了几件事的，其余各件；第一件在 act"),
        kinds_column(36),
    ]
    notice: Annotated[
        Reference | None,
        Column(
            26,
            "同案公示",
            "Notice",
            "同案公示的编号。",
            "Id of the notice of the same case.",
            value=_notice,
            type="string",
        ),
    ]
    confirmed_on: Annotated[
        Day | None, Column(27, "确认日期", "Confirmed on", "确认见义勇为的日期。", "Day of the confirmation.")
    ]
    provisions: tuple[Provision, ...]
    corrections: Annotated[
        tuple[Correction, ...],
        Column(
            28,
            "更正日期",
            "Corrected on",
            "最近一次更正的日期。",
            "Day of the last correction.",
            name="corrected_on",
            value=_corrected_on,
            type="date",
            required=False,
        ),
    ]
    revocation: Annotated[Revocation | None, Meta(description="撤销"), Flat(29)]
    certificate_check: Annotated[Address | None, Meta(description="证书可核验时的核验页")]
    source: Annotated[
        str | None,
        Meta(description="来源网址"),
        Column(32, "来源", "Source", "决定原文的网址。", "Address of the decision's text."),
    ]
    basis: Annotated[
        str | None,
        Meta(description="授奖依据：表彰决定自己所依据的文件"),
        Column(
            33,
            "授奖依据",
            "Basis",
            "表彰决定自己所依据的文件，照机关所称。",
            "Instrument that the decision rests on, as its organ names it.",
        ),
    ]
    decision: Annotated[
        Reference | None,
        Meta(description="授予这项荣誉的决定；决定没有作为文件录入的为 null"),
        Column(
            35,
            "所属决定",
            "Decision",
            "授予这项荣誉的决定的编号。",
            "Id of the decision that grants it.",
            name="decision",
            value=_decision,
            type="string",
        ),
    ]
    portrait: Annotated[
        Portrait | None, Meta(description="肖像，经本人、监护人或者近亲属同意公布；没有的为 null")
    ]
    version: Version
    licence: Annotated[str, Meta(description="数据许可，SPDX 标识")]
    holds_until: HoldsUntil


HONOUR_RULES: dict[str, Any] = {
    "if": {"properties": {"status": {"const": HonourStatus.REVOKED.value}}},
    "then": {
        "properties": {
            "recipients": {"maxItems": 0},
            "group": {"type": "null"},
            "act": {"type": "null"},
            "further_acts": {"maxItems": 0},
            "person_count": {"const": 0},
            "portrait": {"type": "null"},
            "revocation": {"type": "object"},
        }
    },
    "else": {"properties": {"revocation": {"type": "null"}}},
}
"""What no type can say, for the schema: a revoked honour shows nobody, and only a revoked one a revocation."""


def honour_document(honour: PublicHonour, context: SiteContext) -> HonourDocument:
    """荣誉的数据文档, ``version`` included. A revoked honour counts 0 persons."""
    return with_version(_document(honour, context))


def honour_said(honour: PublicHonour, context: SiteContext) -> dict[str, Any]:
    """荣誉自己所说的, for the log of publications: its document without its version."""
    return plain(_document(honour, context))


def _document(honour: PublicHonour, context: SiteContext) -> HonourDocument:
    dead = honour.status is HonourStatus.REVOKED
    return HonourDocument(
        id=honour.id,
        url=context.absolute(honour.path),
        jurisdiction=honour.jurisdiction,
        jurisdiction_name=context.jurisdictions[honour.jurisdiction].name,
        status=honour.status.value,
        verb=honour.verb,
        title=honour.title,
        level=honour.level,
        grantor=honour.grantor,
        number=honour.number,
        decided_on=str(honour.decided_on),
        published_on=None if honour.published_on is None else str(honour.published_on),
        batch=honour.batch,
        merit=None if dead else honour.merit,
        bonus_cny=None if dead else honour.bonus_cny,
        bonus_for=None if dead else honour.bonus_for,
        posthumous=honour.posthumous,
        recipients=() if dead else tuple(person_document(person) for person in honour.recipients),
        group=None if dead else group_document(honour.group),
        person_count=0 if dead else honour.person_count,
        act=None if dead else act_document(honour.act),
        further_acts=() if dead else tuple(act_of_some(act) for act in honour.further_acts),
        notice=maybe_reference("notices", honour.notice, context),
        confirmed_on=iso_day(honour.confirmed_on),
        provisions=tuple(provision_document(item, context) for item in honour.provisions),
        corrections=() if dead else tuple(correction_document(item) for item in honour.corrections),
        revocation=_revocation(honour),
        certificate_check=context.absolute("verify/") if honour.has_certificate_code else None,
        source=None if dead else honour.source,
        basis=None if dead else honour.basis,
        decision=maybe_reference("decisions", honour.decision, context),
        portrait=_portrait(honour, context),
        version="",
        licence=context.site.licence,
        holds_until=None,
    )


def _portrait(honour: PublicHonour, context: SiteContext) -> Portrait | None:
    portrait = honour.portrait
    if portrait is None or honour.status is HonourStatus.REVOKED:
        return None
    return Portrait(
        url=context.absolute(honour.portrait_path),
        width=portrait.width,
        height=portrait.height,
        description=portrait.description,
        version=content_version({"picture": sha256(portrait.picture).hexdigest()}),
    )


def _revocation(honour: PublicHonour) -> Revocation | None:
    if honour.status is not HonourStatus.REVOKED or honour.revoked_on is None:
        return None
    return Revocation(
        revoked_on=honour.revoked_on.isoformat(), organ=honour.revoked_by, ground=honour.revoked_ground
    )
