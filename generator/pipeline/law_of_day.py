"""当日的法规页面与文件 (law of the day): digests, comparisons and the data of the law.

They rest on the software, on settings and texts of law, and on the day, and on no record: so a build takes them from
the store, but for the first of a day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
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
"""Kind of entry in the store: ``pages``, a tuple of :class:`Page`; ``searched``, of their :class:`SearchRecord`; ``files``, of (path, bytes)."""

T = TypeVar("T")


def law_key(prepared: Prepared) -> bytes:
    """Digest of all that they rest on."""
    context = prepared.context
    flags = bytes((context.search, context.objection_sheets, context.posters, context.log is not None))
    basis = b"" if prepared.cache is None else prepared.cache.basis
    return digest(basis, context.day.isoformat().encode(), flags)


def law_pages(prepared: Prepared) -> tuple[Page, ...]:
    """Every page that tells of the law alone, in Chinese and in English."""
    return _kept(prepared, "pages", tuple[Page, ...], lambda context: tuple(_pages(context)))


def _pages(context: SiteContext) -> Iterator[Page]:
    if context.site.english is None:
        yield from render_policies(context)
        return
    with speaking("en"):
        english = english_context(context)
        digests = tuple(render_digests(english))
        yield from below_english(digests, english)
    beside = {page.path for page in digests}
    for page in render_policies(context):
        yield with_english(page, context) if page.path in beside else page


def law_searched(prepared: Prepared) -> tuple[SearchRecord, ...]:
    """The pages of the law as search knows them."""

    def records(_: SiteContext) -> tuple[SearchRecord, ...]:
        return tuple(record for page in law_pages(prepared) for record in page_records(page))

    return _kept(prepared, "searched", tuple[SearchRecord, ...], records)


def law_files(prepared: Prepared) -> tuple[tuple[str, bytes], ...]:
    """Every file that tells of the law alone but the data table, as (path from the root, bytes)."""
    return _kept(
        prepared,
        "files",
        tuple[tuple[str, bytes], ...],
        lambda context: tuple((path, in_one(parts)) for path, parts in _files(context)),
    )


def in_one(data: bytes | Iterable[bytes]) -> bytes:
    """Bytes that may have come in parts."""
    return data if isinstance(data, bytes) else b"".join(data)


def _files(context: SiteContext) -> Iterator[tuple[str, bytes | Iterable[bytes]]]:
    yield f"{API}policies.json", policies_json(policy_documents(context))
    yield f"{API}benefits.json", benefits_json(benefit_documents(context))
    found = columns(context)
    yield CSV, compare_csv(found)
    yield XLSX, compare_xlsx(found, context)
    yield from compare_json(found)
    yield from schemas(context)
    if context.site.english is not None:
        with speaking("en"):
            english = english_context(context)
            for path, data in compare_json(columns(english)):
                yield f"{ENGLISH}{path}", relinked(data.decode(), counterparts(english)).encode()


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
