"""接口的 JSON Schema (schemas): made from the types of the documents, published at ``api/v1/schema/<name>.json``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.json import schema_components

from generator.public.benefit_document import BenefitDocument
from generator.public.context import SiteContext
from generator.public.decision_document import DecisionDocument
from generator.public.honour_document import HONOUR_RULES, HonourDocument
from generator.public.json_text import spread
from generator.public.list_index import WHOLE, ListIndex
from generator.public.notice_document import NOTICE_RULES, NoticeDocument, NoticeEntry
from generator.public.policy_document import PolicyDocument
from generator.public.status_document import StatusDocument

FOLDER = "api/v1/schema/"
"""From the root."""
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """一份 JSON Schema of one document, or of a ``listed`` array of them.

    ``rules`` are what no type can say: which fields are empty in which state.
    """

    name: str
    title: str
    description: str
    document: type[Struct]
    listed: bool = False
    rules: Mapping[str, Any] = field(default_factory=dict)


def _list_of(kind: str) -> str:
    return (
        f"/api/v1/{kind}/<地区>/<年份>.json；总数不超过 {WHOLE} 件时，/api/v1/{kind}.json 也是这样的列表，"
        "超过时是目录（见 index.json）"
    )


SCHEMAS = (
    Schema(
        name="notice",
        title="公示",
        description="/api/v1/notices/<编号>.json",
        document=NoticeDocument,
        rules=NOTICE_RULES,
    ),
    Schema(
        name="notices",
        title="公示列表",
        description=_list_of("notices"),
        document=NoticeEntry,
        listed=True,
        rules=NOTICE_RULES,
    ),
    Schema(
        name="honour",
        title="荣誉",
        description="/api/v1/honours/<编号>.json",
        document=HonourDocument,
        rules=HONOUR_RULES,
    ),
    Schema(
        name="honours",
        title="荣誉列表",
        description=_list_of("honours"),
        document=HonourDocument,
        listed=True,
        rules=HONOUR_RULES,
    ),
    Schema(
        name="decision",
        title="决定",
        description="/api/v1/decisions/<编号>.json",
        document=DecisionDocument,
    ),
    Schema(
        name="decisions",
        title="决定列表",
        description=_list_of("decisions"),
        document=DecisionDocument,
        listed=True,
    ),
    Schema(
        name="index",
        title="列表目录",
        description="目录：/api/v1/notices/index.json、/api/v1/honours/index.json、/api/v1/decisions/index.json",
        document=ListIndex,
    ),
    Schema(
        name="policies",
        title="政策条款列表",
        description="/api/v1/policies.json",
        document=PolicyDocument,
        listed=True,
    ),
    Schema(
        name="benefits",
        title="待遇列表",
        description="/api/v1/benefits.json",
        document=BenefitDocument,
        listed=True,
    ),
    Schema(
        name="status",
        title="站点状态",
        description="/api/v1/status.json，随每次构建更新",
        document=StatusDocument,
    ),
)


def schemas(context: SiteContext) -> Iterator[tuple[str, bytes]]:
    """Every JSON Schema as (path from the root, bytes), its ``$id`` being its address on this site."""
    for number, schema in enumerate(SCHEMAS):
        path = f"{FOLDER}{schema.name}.json"
        yield path, _text(number, context.absolute(path))


@cache
def _text(number: int, address: str) -> bytes:
    """The schema ``number`` at its address. It follows from the types alone, and a preview builds again and again."""
    return spread({"$schema": _DIALECT, "$id": address, **_body(SCHEMAS[number])})


def _body(schema: Schema) -> dict[str, Any]:
    _, kinds = schema_components([schema.document], ref_template="#/$defs/{name}")
    for kind in kinds.values():
        del kind["title"]  # The English name of the type, which is no title for readers.
    document = kinds.pop(schema.document.__name__) | dict(schema.rules)
    head = {"title": schema.title, "description": schema.description}
    if schema.listed:
        return {**head, "type": "array", "items": document, "$defs": kinds}
    return {**document, **head, "$defs": kinds}
