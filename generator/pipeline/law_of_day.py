"""当日的法规页面与文件 (law of the day): digests, comparisons and the data of the law.

They rest on the software, on settings and texts of law, and on the day, and on no record: so a build takes them from
the store, but for the first of a day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from generator.catalogue import speaking
from generator.outputs.data.api import API, benefits_json, policies_json
from generator.outputs.data.policy_table import compare_csv, compare_xlsx
from generator.outputs.data.schemas import schemas
from generator.outputs.search.search_record import SearchRecord, page_records
from generator.pages.english_pages import (
    below_english,
    counterparts,
    english_context,
    relinked,
    with_english,
)
from generator.pages.page import ENGLISH, Page
from generator.pages.policy.compare_pages import compare_json
from generator.pages.policy.digests import render_digests, render_policies
from generator.pages.policy.policy_compare import CSV, XLSX, columns
from generator.pipeline.prepare import Prepared
from generator.public.benefit_document import benefit_documents
from generator.public.context import SiteContext
from generator.public.policy_document import policy_documents
from generator.system.hashing import digest
from generator.system.store import Entry

LAW = "law"
"""Kind of entry in the store: ``made``, a :class:`LawOfDay`; ``searched``, a tuple of :class:`SearchRecord` of its pages."""

T = TypeVar("T")


def law_key(prepared: Prepared) -> bytes:
    """Digest of all that they rest on."""
    context = prepared.context
    flags = bytes((context.search, context.objection_sheets, context.posters, context.log is not None))
    basis = b"" if prepared.cache is None else prepared.cache.basis
    return digest(basis, context.day.isoformat().encode(), flags)


@dataclass(frozen=True, slots=True, kw_only=True)
class LawOfDay:
    """当日的法规. ``files`` are (path from the root, bytes). They come together because they are made of the same views
    of the same library, in either language."""

    pages: tuple[Page, ...]
    files: tuple[tuple[str, bytes], ...]


def law_of_day(prepared: Prepared) -> LawOfDay:
    """Every page and every file that tells of the law alone but the data table, in Chinese and in English."""
    return _kept(prepared, "made", LawOfDay, _made)


def _made(context: SiteContext) -> LawOfDay:
    english = _in_english(context)
    beside = {page.path.removeprefix(ENGLISH) for page in english.pages}
    chinese = (
        with_english(page, context) if page.path in beside else page for page in render_policies(context)
    )
    return LawOfDay(pages=(*english.pages, *chinese), files=(*_files(context), *english.files))


def _in_english(context: SiteContext) -> LawOfDay:
    if context.site.english is None:
        return LawOfDay(pages=(), files=())
    with speaking("en"):
        english = english_context(context)
        beside = counterparts(english)
        return LawOfDay(
            pages=tuple(below_english(render_digests(english), english)),
            files=tuple(
                (f"{ENGLISH}{path}", relinked(data.decode(), beside).encode())
                for path, data in compare_json(columns(english))
            ),
        )


def law_searched(prepared: Prepared) -> tuple[SearchRecord, ...]:
    """The pages of the law as search knows them."""

    def records(_: SiteContext) -> tuple[SearchRecord, ...]:
        return tuple(record for page in law_of_day(prepared).pages for record in page_records(page))

    return _kept(prepared, "searched", tuple[SearchRecord, ...], records)


def in_one(data: bytes | Iterable[bytes]) -> bytes:
    """Bytes that may have come in parts."""
    return data if isinstance(data, bytes) else b"".join(data)


def _files(context: SiteContext) -> Iterator[tuple[str, bytes]]:
    yield f"{API}policies.json", b"".join(policies_json(policy_documents(context)))
    yield f"{API}benefits.json", b"".join(benefits_json(benefit_documents(context)))
    found = columns(context)
    yield CSV, compare_csv(found)
    yield XLSX, compare_xlsx(found, context)
    yield from compare_json(found)
    yield from schemas(context)


def _kept(prepared: Prepared, name: str, of_type: type[T], make: Callable[[SiteContext], T]) -> T:
    store, context = prepared.store, prepared.context
    if not store.lasting or prepared.cache is None:
        return make(context)
    key = law_key(prepared)
    found = store.find(LAW, {name: key}, of_type)
    if name not in found:
        found[name] = make(context)
        store.put(LAW, [Entry(name=name, made_from=key, value=found[name])])
    return found[name]
