"""公开接口 (API): ``/api/v1/…`` as bytes. One file a record, one list a kind, a JSON Schema for each.

A list holds a line a record (a notice's without the working of its period, see
:func:`notice_list_entry`) and is streamed: the caller hands in lines as they are made, so no list
of 100,000 records is ever in memory.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from generator.law.instruments.provision_rows import PolicyRow, public_rows
from generator.public.context import SiteContext
from generator.public.documents import honour_document, instant, notice_document, notice_list_entry
from generator.public.json_text import array, compact, spread
from generator.public.public_case import PublicHonour, PublicNotice

API = "api/v1/"
"""Folder of the interface, from the root. A shape that breaks readers gets a new folder."""
SCHEMAS = ("notice", "notices", "honour", "honours", "policies")
"""Every schema, published as ``api/v1/schema/<name>.json``."""

_FOLDER = Path(__file__).parent / "schema"


class RecordFiles(NamedTuple):
    """一件记录的两份字节: its own file, and its line in the list of its kind."""

    file: bytes
    line: bytes


def notice_files(notice: PublicNotice, context: SiteContext) -> RecordFiles:
    """The bytes of ``/api/v1/notices/<id>.json`` and the notice's line in ``/api/v1/notices.json``."""
    document = notice_document(notice, context)
    return RecordFiles(compact(document) + b"\n", compact(notice_list_entry(document)))


def honour_files(honour: PublicHonour, context: SiteContext) -> RecordFiles:
    """The same for an honour, whose line is its whole document."""
    line = compact(honour_document(honour, context))
    return RecordFiles(line + b"\n", line)


def list_json(lines: Iterable[bytes]) -> Iterator[bytes]:
    """``/api/v1/notices.json`` or ``honours.json`` from lines made elsewhere, in their order."""
    return array(lines)


def policy_rows(context: SiteContext) -> tuple[PolicyRow, ...]:
    """政策数据行 of the site's library, with the names of its jurisdictions."""
    return public_rows(context.library, {slug: item.name for slug, item in context.jurisdictions.items()})


def policies_json(rows: Iterable[Mapping[str, object]], context: SiteContext) -> Iterator[bytes]:
    """``/api/v1/policies.json``: one object a provision, addresses made absolute, ``as_of`` added."""
    return array(compact(policy_document(row, context)) for row in rows)


def policy_document(row: Mapping[str, object], context: SiteContext) -> dict[str, Any]:
    """一条规定的数据文档. ``row`` is of :func:`policy_rows`; its ``url`` is a path from the root."""
    document = dict(row)
    url = str(document["url"])
    document["url"] = url if url.startswith("https://") else context.absolute(url.lstrip("/"))
    document["as_of"] = instant(context.as_of)
    return document


def notice_address(notice_id: str) -> str:
    """Path of a notice's file from the root."""
    return f"{API}notices/{notice_id}.json"


def honour_address(honour_id: str) -> str:
    """Path of an honour's file from the root."""
    return f"{API}honours/{honour_id}.json"


@cache
def _schema_text(name: str) -> str:
    return (_FOLDER / f"{name}.json").read_text(encoding="utf-8")


def schemas(context: SiteContext) -> Iterator[tuple[str, bytes]]:
    """Every JSON Schema as (path from the root, bytes), its ``$id`` being its address on this site."""
    for name in SCHEMAS:
        schema = json.loads(_schema_text(name))
        path = f"{API}schema/{name}.json"
        yield path, spread({"$schema": schema.pop("$schema"), "$id": context.absolute(path), **schema})
