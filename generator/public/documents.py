"""公开数据文档 (documents): what notices, honours and policies have in common as the API's documents.

A document is typed once: its fields with their descriptions here, in :mod:`.notice_document`,
:mod:`.honour_document` and :mod:`.policy_document`. Its JSON, its JSON Schema (:mod:`.schemas`) and the columns of
its table (:mod:`.tables`) follow from the type. Keys keep their order; a value that is not known is null, never
left out. Instants are ISO 8601 with ``+08:00``; ``closes_at`` is the first instant that is too late, so 24:00 of
26 November reads ``2026-11-27T00:00:00+08:00``. A tombstone carries organ, date and ground, never a name or a
narrative, whatever the record still shows elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Annotated, Any, Literal, TypeVar

from msgspec import Meta, structs, to_builtins

from generator.catalogue import wording
from generator.public.columns import Column
from generator.public.context import SiteContext
from generator.public.holding import Holding
from generator.public.json_text import canonical_content, without_empty
from generator.public.public_case import (
    ProvisionRef,
    PublicAct,
    PublicCorrection,
    PublicGroup,
    PublicPerson,
)
from generator.source.model.published import (
    Address,
    Count,
    Day,
    Document,
    Instant,
    PartialDay,
    choice,
    instant,
)

Version = Annotated[
    str,
    Meta(
        pattern="^[0-9a-f]{12}$",
        description="内容版本：除本项与 holds_until 外全部公开内容的散列，12 位十六进制",
    ),
]
VERSION_LENGTH = 12
"""Hexadecimal digits of a content version: 48 bits, enough to tell versions of one page apart."""
_NOT_CONTENT = frozenset({"version", "licence", "as_of", "holds_until"})
HoldsUntil = Annotated[
    Instant | None,
    Meta(
        description="所载内容到何时为止：公示期开始或者截止的时刻，届时状态自行改变；没有这样的时刻的为 null。其间如有更正、撤回，本文件随之更新"
    ),
]

Kind = Literal["notices", "honours", "decisions"]

_D = TypeVar("_D", bound=Document)

JurisdictionSlug = Annotated[
    str,
    Meta(description="辖区标识"),
    Column(3, "辖区标识", "Jurisdiction", "辖区在网址中的标识。", "Slug of the jurisdiction."),
]
JurisdictionName = Annotated[
    str,
    Meta(description="辖区名称"),
    Column(4, "辖区", "Jurisdiction name", "辖区名称。", "Name of the jurisdiction."),
]
Level = Annotated[str, choice("national", "province", "city", "district", "other"), Meta(description="层级")]


class Person(Document):
    """公开的人员"""

    name: Annotated[str, Meta(description="公开的姓名；隐名者为隐去后的写法")]
    masked: Annotated[bool, Meta(description="是否隐名")]
    minor: Annotated[bool, Meta(description="是否未成年人")]
    sex: Annotated[str | None, Meta(description="性别")]
    born: Annotated[
        Annotated[str, Meta(pattern="^[0-9]{4}(-[0-9]{2})?$")] | None,
        Meta(description="出生年或年月，不含日"),
    ]
    age_at_act: Annotated[str | None, Meta(description="行为时年龄")]
    ethnicity: Annotated[str | None, Meta(description="民族")]
    unit: Annotated[str | None, Meta(description="单位")]
    post: Annotated[str | None, Meta(description="职务")]
    residence: Annotated[str | None, Meta(description="居住地，至多到区县")]
    native_place: Annotated[str | None, Meta(description="籍贯")]
    political_status: Annotated[str | None, Meta(description="政治面貌")]
    deceased: Annotated[bool, Meta(description="是否已故")]
    death: Annotated[
        Annotated[str, choice("in_the_act", "later")] | None,
        Meta(description="in_the_act 牺牲，later 其后去世；健在或者机关没有说明的为 null"),
    ]
    injured: Annotated[str | None, Meta(description="伤情")]


class Group(Document):
    """群体"""

    name: Annotated[
        str,
        Meta(description="名称"),
        Column(1, "群体名称", "Group", "群体的名称。", "Name of the group.", name="group_name"),
    ]
    head_count: Annotated[
        Count | None,
        Meta(description="人数"),
        Column(2, "群体人数", "Head count", "群体公布的人数。", "Head count as published."),
    ]
    kind: Annotated[
        Annotated[str, choice("unit")] | None, Meta(description="unit 单位；由人组成的群体为 null")
    ]


class Act(Document):
    """行为事实；撤销等情形为 null"""

    happened_on: Annotated[
        PartialDay,
        Column(2, "行为日期", "Day of the act", "可只到年或月。", "May stop at the year or month."),
    ]
    at: Annotated[str | None, Meta(description="钟点")]
    kind: Annotated[
        str,
        Meta(description="行为种类"),
        Column(
            1,
            "行为种类代码",
            "Kind of act",
            "stop_crime、pursue_offender、water_rescue、fire_rescue、traffic_rescue、disaster_relief、other_rescue。",
            "stop_crime, pursue_offender, water_rescue, fire_rescue, traffic_rescue, disaster_relief or other_rescue.",
            name="act_kind",
        ),
    ]
    place: Annotated[str | None, Meta(description="地点")]
    district: Annotated[
        str | None,
        Meta(description="区县"),
        Column(3, "区县", "District", "行为发生的区县。", "District of the act."),
    ]
    summary: Annotated[
        str,
        Meta(description="一句话事迹"),
        Column(
            4,
            "事迹摘要",
            "Summary",
            "一句话事迹；超过 32000 个字符的以省略号截断，全文见接口。",
            "The deed in one sentence; cut with an ellipsis beyond 32,000 characters, whole in the API.",
        ),
    ]
    narrative: Annotated[tuple[str, ...], Meta(description="事迹，一段一项")]
    verification: Annotated[tuple[str, ...], Meta(description="事实如何查证")]
    limb: Annotated[str | None, Meta(description="符合的条款")]
    loss_averted: Annotated[str | None, Meta(description="避免的损失")]


class ActOfSome(Document):
    """一件记录里的另一件事"""

    persons: Annotated[tuple[str, ...], Meta(description="这一件事的人员，公开的姓名")]
    act: Act


def _act_kinds(document: Any) -> str | None:
    """Of a notice's or honour's document, the kinds of all its acts; nothing of a tombstone."""
    if document.act is None:
        return None
    return " ".join(
        dict.fromkeys((document.act.kind, *(further.act.kind for further in document.further_acts)))
    )


def kinds_column(place: int) -> Column:
    """The column of all kinds, beside ``further_acts``: that of the first act has a column of its own."""
    return Column(
        place,
        "全部行为种类代码",
        "Kinds of all acts",
        "各件事的行为种类代码，每种一次，以空格分开。只有一件事的，与 act_kind 相同；几件事各是谁的，见接口的 further_acts。",
        "Kinds of all acts of the record, each once, parted by spaces. With one act it is act_kind; whose each of several is, "
        "further_acts of the API tells.",
        name="act_kinds",
        value=_act_kinds,
        type="string",
        required=False,
    )


class Provision(Document):
    """所依据的条款及其版本"""

    instrument: Annotated[str, Meta(description="法规标识")]
    version: Annotated[str, Meta(description="版本标识")]
    article: Annotated[
        str,
        Meta(description="条款"),
        Column(
            1,
            "公示期依据条款",
            "Article of the period",
            "公示期所依据的条款。",
            "Article that the period rests on.",
            name="rule_article",
        ),
    ]
    summary: Annotated[str, Meta(description="摘要")]
    superseded: Annotated[bool, Meta(description="其后已有新版本施行")]
    doubt: Annotated[
        str | None,
        Meta(description="当时是否适用不能断定的，写“施行日期不详，不能断定是否适用”；没有疑问的为空"),
    ]
    url: Annotated[
        Address,
        Column(
            2,
            "公示期依据网址",
            "Address of the article",
            "该条款在本站的网址。",
            "Address of that article on this site.",
            name="rule_url",
        ),
    ]


class Correction(Document):
    """更正"""

    corrected_on: Day
    what: Annotated[str, Meta(description="更正了什么")]
    was: Annotated[str | None, Meta(description="原为")]
    now: Annotated[str | None, Meta(description="现为")]
    moved_closes_on: Annotated[Day | None, Meta(description="移动后的最后一日")]


class Reference(Document):
    """指向另一件记录"""

    id: Annotated[str, Meta(description="编号")]
    url: Address


def plain(document: Document) -> dict[str, Any]:
    """``document`` as JSON values, keys in the order of its type."""
    made: dict[str, Any] = to_builtins(document)
    return made


def content_version(content: Mapping[str, Any]) -> str:
    """内容版本: a short hash of everything public in ``content`` but itself, the licence and how long it
    holds. What is empty does not count: it is cited, and must not change with a field that software adds."""
    kept = without_empty({key: value for key, value in content.items() if key not in _NOT_CONTENT})
    figures = sha256(canonical_content(kept)).hexdigest()
    # One hash in three hundred has no letter among its first twelve figures and could be somebody's
    # telephone number: the audit rightly stops at those.
    starts = range(len(figures) - VERSION_LENGTH + 1)
    parts = (figures[start : start + VERSION_LENGTH] for start in starts)
    return next((part for part in parts if not part.isdigit()), figures[:VERSION_LENGTH])


def with_version(document: _D) -> _D:
    """``document`` with its ``version``, worked out from all the rest."""
    return structs.replace(document, version=content_version(plain(document)))


def iso_day(day: date | None) -> str | None:
    """日期 as a document holds it."""
    return None if day is None else day.isoformat()


def holds_until(holding: Holding) -> str | None:
    """时效 as a document holds it."""
    return None if holding.until is None else instant(holding.until)


def reference(kind: Kind, record_id: str, context: SiteContext) -> Reference:
    """A record by its kind and id."""
    return Reference(id=record_id, url=context.absolute(f"{kind}/{record_id}/"))


def maybe_reference(kind: Kind, record_id: str | None, context: SiteContext) -> Reference | None:
    """The same, and None where there is no such record."""
    return None if record_id is None else reference(kind, record_id, context)


def person_document(person: PublicPerson) -> Person:
    """公开的人员."""
    return Person(
        name=person.name,
        masked=person.masked,
        minor=person.minor,
        sex=person.sex,
        born=None if person.born is None else str(person.born),
        age_at_act=person.age_at_act,
        ethnicity=person.ethnicity,
        unit=person.unit,
        post=person.post,
        residence=person.residence,
        native_place=person.native_place,
        political_status=person.political_status,
        deceased=person.deceased,
        death=None if person.death == "unsaid" else person.death,
        injured=person.injured,
    )


def group_document(group: PublicGroup | None) -> Group | None:
    """公开的群体."""
    return (
        None
        if group is None
        else Group(
            name=group.name, head_count=group.head_count, kind="unit" if group.kind == "unit" else None
        )
    )


def act_document(act: PublicAct | None) -> Act | None:
    """公开的行为事实."""
    if act is None:
        return None
    return Act(
        happened_on=str(act.happened_on),
        at=act.at,
        kind=act.kind,
        place=act.place,
        district=act.district,
        summary=act.summary,
        narrative=act.narrative,
        verification=act.verification,
        limb=act.limb,
        loss_averted=act.loss_averted,
    )


def act_of_some(act: PublicAct) -> ActOfSome:
    """其他各件事之一, with whose it is."""
    made = act_document(act)
    assert made is not None
    return ActOfSome(persons=act.persons, act=made)


def provision_document(ref: ProvisionRef, context: SiteContext) -> Provision:
    """所依据的条款."""
    return Provision(
        instrument=ref.instrument,
        version=ref.version,
        article=ref.article,
        summary=ref.summary,
        superseded=ref.superseded,
        doubt=wording("notices")["law"]["in_doubt"] if ref.in_doubt else None,
        url=context.absolute(ref.path),
    )


def correction_document(item: PublicCorrection) -> Correction:
    """更正."""
    return Correction(
        corrected_on=item.corrected_on.isoformat(),
        what=item.what,
        was=item.was,
        now=item.now,
        moved_closes_on=iso_day(item.moved_closes_on),
    )
