"""政策条款的数据文档 (policy document): one object of ``/api/v1/policies.json`` and one row of data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any

from msgspec import Meta, convert

from generator.law.instruments.provision_rows import public_rows
from generator.law.instruments.provisions import Start
from generator.public.columns import Column
from generator.public.context import SiteContext
from generator.source.model.law_words import Modality, Status
from generator.source.model.published import Address, Day, Document, Instant, PartialDay, choice, instant


def _as_json(value: Mapping[str, Any] | None) -> str | None:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str) if value else None


def _value(row: PolicyDocument) -> str | None:
    return _as_json(row.value)


def _benefit(row: PolicyDocument) -> str | None:
    return _as_json(row.benefit)


def _inferred(row: PolicyDocument) -> str | None:
    return _as_json(row.inferred)


def _delegated_to(row: PolicyDocument) -> str | None:
    return "；".join(row.delegated_to) or None


def _silent_on(row: PolicyDocument) -> str | None:
    return "；".join(row.silent_on) or None


def _superiors(row: PolicyDocument) -> str:
    return "".join(f"《{title}》" for title in row.superior_not_at_hand)


class PolicyDocument(Document):
    """一个条款在一个版本中的规定"""

    jurisdiction: Annotated[
        str,
        Meta(description="辖区标识"),
        Column(1, "辖区标识", "Jurisdiction", "辖区在网址中的标识。", "Slug of the jurisdiction."),
    ]
    jurisdiction_name: Annotated[
        str,
        Meta(description="辖区名称"),
        Column(2, "辖区", "Jurisdiction name", "辖区名称。", "Name of the jurisdiction."),
    ]
    instrument: Annotated[
        str,
        Meta(description="法规标识"),
        Column(3, "法规标识", "Instrument", "法规在网址中的标识。", "Slug of the instrument."),
    ]
    instrument_title: Annotated[
        str,
        Meta(description="法规名称"),
        Column(4, "法规名称", "Instrument title", "法规或文件的名称。", "Title of the instrument."),
    ]
    version: Annotated[
        str,
        Meta(description="版本标识"),
        Column(5, "版本标识", "Version", "版本的标识。", "Slug of the version."),
    ]
    version_label: Annotated[
        str,
        Meta(description="版本名称"),
        Column(6, "版本", "Version label", "版本的名称，如 2025修正。", "Label of the version."),
    ]
    article: Annotated[
        str | None,
        Meta(description="条款"),
        Column(7, "条款", "Article", "所在条款；没有写的为空。", "Article; empty where nothing is said."),
    ]
    topic: Annotated[
        str, Meta(description="主题"), Column(8, "主题", "Topic", "主题代码。", "Code of the topic.")
    ]
    summary: Annotated[
        str | None,
        Meta(description="摘要，本站自撰"),
        Column(
            10,
            "摘要",
            "Summary",
            "本站自撰的摘要，不是条文原文。",
            "Summary in our own words, not the text of the law.",
        ),
    ]
    value: Annotated[
        dict[str, Any],
        Meta(description="数值，形状因主题而异；没有数值的为空对象"),
        Column(
            11,
            "数值",
            "Value",
            "JSON 文字，形状因主题而异。",
            "JSON text whose shape depends on the topic.",
            value=_value,
            type="string",
            required=False,
        ),
    ]
    status: Annotated[
        str,
        choice(*Status),
        Meta(description="有规定、另行规定、该文件没有写、未知"),
        Column(
            9,
            "状态",
            "Status",
            "stated 有规定，delegated 交由别的机关另行规定，not_regulated 该文件全文没有写（看过上级，页面写作“法规未规定”或者“本文件未规定”；本站未收录的上位规定另列），unknown 现有文本不全而未知。",
            "stated, delegated (left to another organ), not_regulated (the whole of this text says nothing; having looked at the levels above, pages call it “not regulated” or “not in this text”; superior instruments not at hand are listed apart) or unknown (the text at hand is incomplete).",
        ),
    ]
    in_force_from: Annotated[
        PartialDay | None,
        Column(
            12,
            "施行日期",
            "In force from",
            "可只到年或月；未知的为空。",
            "May stop at the year or month; empty when unknown.",
            type="date",
        ),
    ]
    in_force_from_basis: Annotated[
        str,
        choice(*Start),
        Meta(description="施行日期的由来"),
        Column(
            13,
            "施行日期的由来",
            "Basis of in force from",
            "stated 文本写明，inferred 据别处推断，approval 自批准之日，issue 自公布之日，adoption 自通过之日，title_year 只知道年份，setting 按本站设置，unknown 未知。",
            "stated, inferred, approval, issue, adoption, title_year, setting or unknown.",
        ),
    ]
    in_force_until: Annotated[
        PartialDay | None,
        Column(
            14,
            "失效日期",
            "In force until",
            "含当日；仍施行或未知的为空。",
            "Inclusive; empty while in force or when unknown.",
            type="date",
        ),
    ]
    in_force_until_basis: Annotated[
        str,
        choice("stated", "next_version", "open", "unknown"),
        Meta(description="失效日期的由来"),
        Column(
            15,
            "失效日期的由来",
            "Basis of in force until",
            "stated 文本写明，next_version 由后一版本取代，open 仍施行，unknown 未知。",
            "stated, next_version, open or unknown.",
        ),
    ]
    last_verified_on: Annotated[
        Day,
        Column(
            16,
            "核对日期",
            "Last verified on",
            "最近一次与文本核对的日期。",
            "Day on which it was last checked against the text.",
        ),
    ]
    url: Annotated[
        Address, Column(17, "网址", "Address", "该条款在本站的网址。", "Address of the article on this site.")
    ]
    superior_not_at_hand: Annotated[
        tuple[str, ...],
        Meta(
            description="本文件没有写而又点名的上位规定，本站没有收录的；收录不全，不能说整个层级都没有规定"
        ),
        Column(
            18,
            "本站未收录的上位规定",
            "Superior instruments not at hand",
            "该文件没有写、而它点名的上位规定本站没有收录：上位规定的名称；其余为空。",
            "Where this text is silent: the superior instruments it names that are not at hand; else empty.",
            value=_superiors,
            type="string",
            required=False,
        ),
    ]
    modality: Annotated[
        Annotated[str, choice(*Modality)] | None,
        Meta(description="规定的强度：应当、可以、一般应当、不得、鼓励；条文没有这类用语的为 null"),
        Column(
            19,
            "强度",
            "Modality",
            "must 应当，may 可以，should_generally 一般应当，must_not 不得，encouraged 鼓励；条文没有这类用语的为空。",
            "must, may, should_generally, must_not or encouraged; empty where the text has no such word.",
        ),
    ]
    delegated_to: Annotated[
        tuple[str, ...],
        Meta(description="另行规定的，由哪个机关制定；其余为空"),
        Column(
            20,
            "另行规定的机关",
            "Delegated to",
            "交由别的机关另行规定的，那个机关；其余为空。",
            "The organ to which the text leaves the matter; else empty.",
            value=_delegated_to,
            type="string",
            required=False,
        ),
    ]
    silent_on: Annotated[
        tuple[str, ...],
        Meta(description="读者会在这一条里找、而条文没有写的问题"),
        Column(
            21,
            "没有写的问题",
            "Silent on",
            "读者会在这一条里找、而条文没有写的问题，分号隔开。",
            "Questions one would look for in this article and that it leaves open, separated by semicolons.",
            value=_silent_on,
            type="string",
            required=False,
        ),
    ]
    benefit: Annotated[
        dict[str, Any] | None,
        Meta(
            description="待遇：给谁、后果、所需荣誉、户籍、由谁支付（按先后）、向哪里申请、带什么、属于哪一部分；不是待遇的为 null"
        ),
        Column(
            22,
            "待遇",
            "Benefit",
            "JSON 文字：给谁、后果、所需荣誉、户籍、由谁支付、向哪里申请、带什么；不是待遇的为空。",
            "JSON text: for whom, after what, which honour, residence, payers in order, where to apply, what to bring; empty where no benefit.",
            value=_benefit,
            type="string",
            required=False,
        ),
    ]
    inferred: Annotated[
        dict[str, str],
        Meta(description="推断而非原文：项目 → 理由"),
        Column(
            23,
            "推断",
            "Inferred",
            "JSON 文字：推断而非原文的项目及理由。",
            "JSON text: what is concluded and not in the text, with the reason.",
            value=_inferred,
            type="string",
            required=False,
        ),
    ]
    official_url: Annotated[
        str | None,
        Meta(description="官方文本的网址；没有的为 null"),
        Column(
            24,
            "官方文本",
            "Official text",
            "官方文本的网址；没有的为空。",
            "Address of the official text; empty where none is known.",
        ),
    ]
    as_of: Instant


def policy_documents(context: SiteContext) -> tuple[PolicyDocument, ...]:
    """政策数据行 of the site's library, with the names of its jurisdictions."""
    names = {slug: item.name for slug, item in context.jurisdictions.items()}
    return tuple(policy_document(row, context) for row in public_rows(context.library, names))


def policy_document(row: Mapping[str, object], context: SiteContext) -> PolicyDocument:
    """一条规定的数据文档. ``row`` is of :func:`public_rows`; its ``url`` is a path from the
    root, or another site's address."""
    url = str(row["url"])
    absolute = url if url.startswith("https://") else context.absolute(url.lstrip("/"))
    return convert({**row, "url": absolute, "as_of": instant(context.midnight)}, PolicyDocument)
