"""公示的数据文档 (notice document): ``/api/v1/notices/<id>.json``, its line in the list, its row of data."""

from __future__ import annotations

from typing import Annotated, Any, cast, get_type_hints

from msgspec import Meta, Struct, defstruct

from generator.catalogue import wording
from generator.law.notice_period.clock_data import Period, PeriodDay, day_documents, period_document
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
    Person,
    Provision,
    Reference,
    Version,
    act_document,
    act_of_some,
    correction_document,
    group_document,
    holds_until,
    kinds_column,
    maybe_reference,
    person_document,
    plain,
    provision_document,
    reference,
    with_version,
)
from generator.public.holding import notice_holding
from generator.public.public_case import HistoryEvent, NoticeStatus, PublicNotice
from generator.source.model.published import Address, Day, Document, Instant, PartialDay, choice, instant
from generator.source.model.scalars import NOTICE_NUMBER

_DEAD = tuple(status for status in NoticeStatus if status.is_tombstone)


class Posting(Document):
    """张贴或刊登"""

    kind: Annotated[str, Meta(description="张贴或刊登的种类")]
    place: Annotated[str, Meta(description="地点")]
    posted_on: Day


class Event(Document):
    """经过中的一件事"""

    on: Day
    event: Annotated[str, Meta(description="事件")]
    organ: Annotated[str | None, Meta(description="机关")]
    number: Annotated[str | None, Meta(description="文号")]
    text: Annotated[str | None, Meta(description="说明")]


class NoticeOutcome(Document):
    """结果"""

    on: Annotated[
        Day, Column(1, "结果日期", "Outcome on", "作出结果的日期。", "Day of the outcome.", name="outcome_on")
    ]
    organ: Annotated[
        str | None,
        Meta(description="机关"),
        Column(
            2,
            "作出结果的机关",
            "Outcome by",
            "作出结果的机关。",
            "Organ of the outcome.",
            name="outcome_organ",
        ),
    ]
    reason: Annotated[
        str | None,
        Meta(description="理由"),
        Column(3, "结果理由", "Reason", "公布的理由。", "Reason as published.", name="outcome_reason"),
    ]


class Post(Document):
    """信函"""

    recipient: str
    address: str
    postcode: str
    counts_by: Annotated[
        Annotated[str, choice("sent", "received")] | None,
        Meta(description="以寄出或收到的邮戳为准；机关没有说明的为 null"),
    ]


class Counter(Document):
    """当面提交"""

    address: str
    hours: str | None


class ObjectionChannels(Document):
    """受理异议的渠道，只在公示期间给出"""

    web_form: Annotated[str | None, Meta(description="网上表单")]
    email: Annotated[str | None, Meta(description="电子邮箱")]
    telephone: tuple[str, ...]
    fax: tuple[str, ...]
    post: Annotated[Post | None, Meta(description="信函")]
    in_person: Annotated[Counter | None, Meta(description="当面提交")]
    contact: Annotated[str | None, Meta(description="联系人")]
    requirements: Annotated[tuple[str, ...], Meta(description="异议书须载明的事项")]


def _status_name(notice: NoticeDocument) -> str:
    return str(wording("feeds")["status"][notice.status])


def _names(notice: NoticeDocument) -> str:
    return "、".join(person.name for person in notice.persons)


def _person_count(notice: NoticeDocument) -> int | None:
    return None if notice.status in _DEAD else len(notice.persons)


def _corrections(notice: NoticeDocument) -> int | None:
    return None if notice.status in _DEAD else len(notice.corrections)


def _replaces(notice: NoticeDocument) -> str | None:
    return None if notice.replaces is None else notice.replaces.id


def _replaced_by(notice: NoticeDocument) -> str | None:
    return None if notice.replaced_by is None else notice.replaced_by.id


def _honours(notice: NoticeDocument) -> str:
    return " ".join(honour.id for honour in notice.honours)


def _last_changed_on(notice: NoticeDocument) -> str:
    return notice.history[-1].on


class NoticeDocument(Document):
    """/api/v1/notices/<编号>.json"""

    id: Annotated[
        str,
        Meta(pattern=f"^{NOTICE_NUMBER}$", description="公示编号，永久"),
        Column(1, "公示编号", "Notice id", "永久编号，发布后不变。", "Permanent id, never reused."),
    ]
    url: Annotated[
        Address,
        Meta(description="公示的永久网址"),
        Column(2, "网址", "Address", "公示页的永久网址。", "Permanent address of the page."),
    ]
    title: Annotated[
        str, Meta(description="标题"), Column(6, "标题", "Title", "公示标题。", "Title of the notice.")
    ]
    number: Annotated[
        str | None,
        Meta(description="文号"),
        Column(
            7,
            "文号",
            "Document number",
            "公示的文号，未编文号的为空。",
            "Number of the document; empty where it has none.",
        ),
    ]
    jurisdiction: JurisdictionSlug
    jurisdiction_name: JurisdictionName
    authority: Annotated[str, Meta(description="承办机关标识")]
    authority_name: Annotated[
        str,
        Meta(description="承办机关名称"),
        Column(
            5,
            "承办机关",
            "Authority",
            "发布公示、受理异议的机关。",
            "Authority that publishes the notice and receives objections.",
        ),
    ]
    signatories: Annotated[tuple[str, ...], Meta(description="落款机关")]
    published_at: Annotated[
        Instant,
        Meta(description="发布时刻"),
        Column(
            11,
            "发布时刻",
            "Published at",
            "在本站发布的时刻，北京时间。",
            "Instant of publication here, Beijing time.",
        ),
    ]
    order: Annotated[
        str,
        choice("before_decision", "after_decision", "before_award"),
        Meta(description="先公示后决定，先决定后公示，或者表彰、推荐之前公示"),
        Column(
            15,
            "公示与决定的先后",
            "Order",
            "before_decision 先公示后决定，after_decision 先决定后公示，before_award 表彰或者推荐之前公示。",
            "before_decision, after_decision or before_award.",
        ),
    ]
    status: Annotated[
        str,
        choice(*NoticeStatus),
        Meta(description="状态，到 holds_until 为止"),
        Column(
            8,
            "状态代码",
            "Status",
            "as_of 时的状态代码：scheduled、open、awaiting、awaiting_award、under_review、confirmed、awarded、recommended、not_confirmed、not_awarded、withdrawn、revoked。",
            "Status at as_of: scheduled, open, awaiting, awaiting_award, under_review, confirmed, awarded, recommended, not_confirmed, not_awarded, withdrawn or revoked.",
        ),
        Column(
            9,
            "状态",
            "Status in words",
            "as_of 时的状态。",
            "Status at as_of, in Chinese.",
            name="status_name",
            value=_status_name,
        ),
    ]
    status_since: Annotated[
        Day, Column(10, "状态起始日", "Status since", "进入该状态的日期。", "Day on which the status began.")
    ]
    status_after_close: Annotated[str, choice(*NoticeStatus), Meta(description="到最后时刻自动转为的状态")]
    opens_on: Annotated[
        Day,
        Meta(description="公示期首日"),
        Column(12, "公示首日", "First day", "公示期首日。", "First day of the period."),
    ]
    opens_at: Instant
    closes_on: Annotated[
        Day,
        Meta(description="公示期最后一日，含当日"),
        Column(13, "公示末日", "Last day", "公示期最后一日，含当日。", "Last day of the period, inclusive."),
    ]
    closes_at: Annotated[
        Instant,
        Meta(description="最早的逾期时刻，不含；24:00 写作次日 00:00"),
        Column(
            14,
            "截止时刻",
            "Closing instant",
            "最早的逾期时刻，不含；末日 24:00 写作次日 00:00。",
            "First instant after the period (exclusive): 24:00 on the last day is given as 00:00 on the next.",
        ),
    ]
    days: Annotated[tuple[PeriodDay, ...], Meta(description="公示期内每一日及其是否计入、为何")]
    period: Annotated[Period, Meta(description="公示期如何算出")]
    persons: Annotated[
        tuple[Person, ...],
        Meta(description="公开的人员；撤销等情形为空"),
        Column(
            16,
            "姓名",
            "Names",
            "公开的姓名，隐名者为隐去后的写法；未予确认、撤回、撤销的为空。",
            "Names as published, masked where masked; empty where the narrative has been taken down.",
            name="names",
            value=_names,
            type="string",
            required=False,
        ),
        Column(
            17,
            "公开人数",
            "Persons shown",
            "公开列出的人数。",
            "Number of persons shown.",
            name="person_count",
            value=_person_count,
            type="integer",
            required=False,
        ),
    ]
    group: Annotated[Group | None, Flat(18)]
    act: Annotated[Act | None, Flat(20)]
    further_acts: Annotated[
        tuple[ActOfSome, ...],
        Meta(description="一则公示几件事的，其余各件；第一件在 act"),
        kinds_column(43),
    ]
    provision: Annotated[Provision | None, Meta(description="公示期所依据的条款"), Flat(24)]
    provisions: Annotated[tuple[Provision, ...], Meta(description="其他适用条款")]
    channels: Annotated[ObjectionChannels | None, Meta(description="受理异议的渠道，只在公示期间给出")]
    postings: Annotated[tuple[Posting, ...], Meta(description="张贴与刊登")]
    corrections: Annotated[
        tuple[Correction, ...],
        Meta(description="更正"),
        Column(
            26,
            "更正次数",
            "Corrections",
            "已公布的更正次数。",
            "Number of corrections published.",
            value=_corrections,
            type="integer",
            required=False,
        ),
    ]
    replaces: Annotated[
        Reference | None,
        Column(
            27,
            "所更正的公示",
            "Replaces",
            "本公示更正并取代的公示编号。",
            "Id of the notice that this one replaces.",
            value=_replaces,
            type="string",
        ),
    ]
    replaced_by: Annotated[
        Reference | None,
        Column(
            28,
            "取代本公示者",
            "Replaced by",
            "取代本公示的公示编号。",
            "Id of the notice that replaces this one.",
            value=_replaced_by,
            type="string",
        ),
    ]
    history: Annotated[
        tuple[Event, ...],
        Meta(description="经过，由早到晚"),
        Column(
            33,
            "最后变动日",
            "Last changed on",
            "最近一次记入经过的日期。",
            "Day of the last event in its history.",
            name="last_changed_on",
            value=_last_changed_on,
            type="date",
        ),
    ]
    outcome: Annotated[NoticeOutcome | None, Meta(description="结果"), Flat(30)]
    honours: Annotated[
        tuple[Reference, ...],
        Meta(description="同案的荣誉"),
        Column(
            29,
            "同案荣誉",
            "Honours",
            "同案荣誉编号，以空格分隔。",
            "Ids of honours of the same case, separated by spaces.",
            value=_honours,
            type="string",
            required=False,
        ),
    ]
    proposal: Annotated[
        str | None,
        Meta(description="拟办事项，照机关所称"),
        Column(
            40,
            "公示事项",
            "Proposal",
            "拟办事项，照机关所称：拟表彰、候选人等。",
            "What is proposed, in the organ's word.",
        ),
    ]
    signed_on: Annotated[
        PartialDay | None,
        Meta(description="成文日期，可只到年或月"),
        Column(
            41,
            "成文日期",
            "Signed on",
            "公示所载的成文日期，可只到年或月。",
            "Day on the paper; may stop at the year or month.",
        ),
    ]
    basis: Annotated[
        str | None,
        Meta(description="依据，照原文"),
        Column(42, "依据", "Basis", "公示所称的依据。", "Ground that the notice names."),
    ]
    opening: Annotated[tuple[str, ...], Meta(description="开头的话，照原文，一段一项")]
    thinned: Annotated[bool, Meta(description="留存期满后只留姓氏")]
    version: Version
    licence: Annotated[str, Meta(description="数据许可，SPDX 标识")]
    holds_until: HoldsUntil


NOTICE_RULES: dict[str, Any] = {
    "allOf": [
        {
            "if": {"properties": {"status": {"enum": [status.value for status in _DEAD]}}},
            "then": {
                "properties": {
                    "persons": {"maxItems": 0},
                    "group": {"type": "null"},
                    "act": {"type": "null"},
                    "corrections": {"maxItems": 0},
                }
            },
        },
        {
            "if": {"not": {"properties": {"status": {"const": NoticeStatus.OPEN.value}}}},
            "then": {"properties": {"channels": {"type": "null"}}},
        },
    ]
}
"""What no type can say, for the schema: a tombstone shows nobody, and only an open notice takes objections."""


def _narrowed(document: type[Document], name: str, words: str, less: set[str], **other: Any) -> type[Struct]:
    """``document`` with ``less`` fields, and ``other`` types for some of the rest. ``words`` describe it."""
    hints = get_type_hints(document, include_extras=True) | other
    fields = [(field, hint) for field, hint in hints.items() if field not in less]
    return defstruct(name, fields, bases=(Document,), namespace={"__doc__": words})


ListedDay = _narrowed(
    PeriodDay,
    "ListedDay",
    "列表中公示期内的一日",
    {"ordinal", "reason_text", "kind", "holiday", "source"},
)
"""列表中的一日: whether it counts and why, without the words."""
NoticeEntry = _narrowed(
    NoticeDocument,
    "NoticeEntry",
    "列表中的公示，不含公示期的算法",
    {"period"},
    days=Annotated[
        tuple[ListedDay, ...],  # type: ignore[valid-type]
        Meta(description="公示期内每一日及其是否计入、为何；详细见单件文件"),
    ],
)
"""列表中的公示: a :class:`NoticeDocument` without the working of its period."""


def notice_document(notice: PublicNotice, context: SiteContext) -> NoticeDocument:
    """公示的数据文档, ``version`` included."""
    return with_version(
        _document(notice, context, day_documents(notice.clock), period_document(notice.clock))
    )


def notice_said(notice: PublicNotice, context: SiteContext) -> dict[str, Any]:
    """公示自己所说的, for the log of publications: its document without its version and the working of its period."""
    return plain(_document(notice, context, (), cast(Period, None)))


def _document(
    notice: PublicNotice, context: SiteContext, days: tuple[PeriodDay, ...], period: Period
) -> NoticeDocument:
    dead = notice.status.is_tombstone
    rule = notice.publicity_rule
    return NoticeDocument(
        id=notice.id,
        url=context.absolute(notice.path),
        title=notice.title,
        number=notice.number,
        jurisdiction=notice.jurisdiction,
        jurisdiction_name=context.jurisdictions[notice.jurisdiction].name,
        authority=notice.authority,
        authority_name=context.authorities[notice.authority].name,
        signatories=notice.signatories,
        published_at=instant(notice.published_at),
        order=notice.order,
        status=notice.status.value,
        status_since=notice.status_since.isoformat(),
        status_after_close=notice.status_after_close.value,
        opens_on=notice.clock.opens_on.isoformat(),
        opens_at=instant(notice.clock.opens_at),
        closes_on=notice.clock.closes_on.isoformat(),
        closes_at=instant(notice.clock.closes_at),
        days=days,
        period=period,
        persons=() if dead else tuple(person_document(person) for person in notice.persons),
        group=None if dead else group_document(notice.group),
        act=None if dead else act_document(notice.act),
        further_acts=() if dead else tuple(act_of_some(act) for act in notice.further_acts),
        provision=None if rule is None else provision_document(rule, context),
        provisions=tuple(provision_document(item, context) for item in notice.provisions),
        channels=_channels(notice, context),
        postings=()
        if dead
        else tuple(
            Posting(kind=item.kind, place=item.place, posted_on=item.posted_on.isoformat())
            for item in notice.postings
        ),
        corrections=() if dead else tuple(correction_document(item) for item in notice.corrections),
        replaces=maybe_reference("notices", notice.replaces, context),
        replaced_by=maybe_reference("notices", notice.replaced_by, context),
        history=tuple(_event(item, dead=dead) for item in notice.history),
        outcome=_outcome(notice),
        honours=() if dead else tuple(reference("honours", item, context) for item in notice.honours),
        proposal=notice.proposal,
        signed_on=None if notice.signed_on is None else str(notice.signed_on),
        basis=notice.basis,
        opening=notice.opening,
        thinned=notice.thinned,
        version="",
        licence=context.site.licence,
        holds_until=holds_until(notice_holding(notice, context.as_of)),
    )


def listed_notice(content: dict[str, Any]) -> dict[str, Any]:
    """列表中的公示 (:data:`NoticeEntry`) from the JSON values of its document.

    The list of a large register stays half the size; ``version`` is that of the whole document.
    """
    entry = {key: content[key] for key in NoticeEntry.__struct_fields__}
    entry["days"] = [{key: day[key] for key in ListedDay.__struct_fields__} for day in content["days"]]
    return entry


def _event(item: HistoryEvent, *, dead: bool) -> Event:
    """One line of the history. What a tombstone's notice was corrected in is narrative, so it goes."""
    return Event(
        on=item.on.isoformat(),
        event=item.event,
        organ=item.organ,
        number=item.number,
        text=None if dead and item.event == "corrected" else item.text,
    )


def _outcome(notice: PublicNotice) -> NoticeOutcome | None:
    if notice.outcome_on is None:
        return None
    return NoticeOutcome(
        on=notice.outcome_on.isoformat(), organ=notice.outcome_organ, reason=notice.outcome_reason
    )


def _channels(notice: PublicNotice, context: SiteContext) -> ObjectionChannels | None:
    """Where objections go, only while the notice is open: otherwise no address leads anywhere."""
    if notice.status is not NoticeStatus.OPEN:
        return None
    authority = context.receiving(notice)
    channels = authority.channels
    post, counter = channels.post, channels.in_person
    return ObjectionChannels(
        web_form=channels.web_form.replace("{notice_id}", notice.id) if channels.web_form else None,
        email=channels.email,
        telephone=tuple(channels.telephone),
        fax=tuple(channels.fax),
        post=None
        if post is None
        else Post(
            recipient=post.recipient,
            address=post.address,
            postcode=post.postcode,
            counts_by=post.counts_by,
        ),
        in_person=None if counter is None else Counter(address=counter.address, hours=counter.hours),
        contact=authority.contact,
        requirements=tuple(authority.requirements),
    )
