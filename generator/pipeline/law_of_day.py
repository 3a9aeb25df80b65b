"""当日的法规页面与文件 (law of the day): digests, comparisons and the data of the law.

They rest on the software, on settings and texts of law, and on no record; and on the day only through the days on which
the law changes, but for a few that tell it in figures. So a build takes them from the store until the law changes, and
puts its own day into the pages.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
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
from generator.pages.page import ENGLISH, Page, language_of
from generator.pages.policy.codebook_page import render_codebook
from generator.pages.policy.compare_pages import compare_json
from generator.pages.policy.digests import render_digests, render_instruments
from generator.pages.policy.policy_compare import CSV, XLSX, columns, national
from generator.pipeline.dated_pages import days_told
from generator.pipeline.prepare import Prepared
from generator.public.benefit_document import benefit_documents
from generator.public.context import SiteContext
from generator.public.policy_document import policy_documents
from generator.system.hashing import digest
from generator.system.store import Entry

LAW = "law"
"""Kind of entry in the store: ``pages`` and ``instruments``, tuples of :class:`Page`; ``searched``, of their
:class:`SearchRecord`; ``files`` and ``daily files``, of (path, bytes)."""

T = TypeVar("T")


def law_key(prepared: Prepared) -> bytes:
    """Digest of all that they rest on but for the day: of that, how many days on which the law of each place changed
    have come. Between two such days every answer of the library is the same."""
    context = prepared.context
    flags = bytes((context.search, context.objection_sheets, context.posters, context.log is not None))
    basis = b"" if prepared.workspace.cache is None else prepared.workspace.cache.basis
    came = [
        bisect_right(context.library.law_days(slug), context.day) for slug in sorted(context.jurisdictions)
    ]
    return digest(basis, repr(came).encode(), flags)


def law_day_key(prepared: Prepared) -> bytes:
    """The same with the day."""
    return digest(law_key(prepared), prepared.context.day.isoformat().encode())


def law_pages(prepared: Prepared) -> Iterator[Page]:
    """Every page that tells of the law alone, in Chinese and in English."""
    days = days_told(prepared.context)
    opened = replace(prepared, context=replace(prepared.context, day_open=True))
    for page in open_law_pages(opened):
        yield days[language_of(page.path)].in_page(page)
    yield from instrument_pages(prepared)


def open_law_pages(prepared: Prepared) -> tuple[Page, ...]:
    """Those that are the same until the law changes, with the day left open."""
    return _kept(
        prepared, "pages", law_key(prepared), tuple[Page, ...], lambda context: tuple(_pages(context))
    )


def instrument_pages(prepared: Prepared) -> tuple[Page, ...]:
    """The page of each instrument, whose line of time ends today."""
    return _kept(
        prepared,
        "instruments",
        law_day_key(prepared),
        tuple[Page, ...],
        lambda context: tuple(render_instruments(context)),
    )


def _pages(context: SiteContext) -> Iterator[Page]:
    if context.site.english is None:
        yield from render_digests(context)
    else:
        with speaking("en"):
            english = english_context(context)
            digests = tuple(render_digests(english))
            below = tuple(below_english(digests, english))
        yield from below
        for page in render_digests(context):
            yield with_english(page, context)
    yield render_codebook(context)


def law_searched(prepared: Prepared) -> tuple[SearchRecord, ...]:
    """The pages of the law as search knows them."""

    def records(_: SiteContext) -> tuple[SearchRecord, ...]:
        return tuple(record for page in law_pages(prepared) for record in page_records(page))

    return _kept(prepared, "searched", law_day_key(prepared), tuple[SearchRecord, ...], records)


def law_files(prepared: Prepared) -> tuple[tuple[str, bytes], ...]:
    """Every file that tells of the law alone and of no day, but the data table, as (path from the root, bytes)."""
    return _kept(prepared, "files", law_key(prepared), tuple[tuple[str, bytes], ...], _in_one(_files))


def daily_law_files(prepared: Prepared) -> tuple[tuple[str, bytes], ...]:
    """Those that tell the day."""
    key = law_day_key(prepared)
    return _kept(prepared, "daily files", key, tuple[tuple[str, bytes], ...], _in_one(_daily_files))


def in_one(data: bytes | Iterable[bytes]) -> bytes:
    """Bytes that may have come in parts."""
    return data if isinstance(data, bytes) else b"".join(data)


def _in_one(
    files: Callable[[SiteContext], Iterator[tuple[str, bytes | Iterable[bytes]]]],
) -> Callable[[SiteContext], tuple[tuple[str, bytes], ...]]:
    return lambda context: tuple((path, in_one(parts)) for path, parts in files(context))


def _files(context: SiteContext) -> Iterator[tuple[str, bytes | Iterable[bytes]]]:
    found = columns(context)
    yield CSV, compare_csv(found)
    yield from compare_json(found, national(context))
    yield from schemas(context)
    if context.site.english is not None:
        with speaking("en"):
            english = english_context(context)
            for path, data in compare_json(columns(english), national(english)):
                yield f"{ENGLISH}{path}", relinked(data.decode(), counterparts(english)).encode()


def _daily_files(context: SiteContext) -> Iterator[tuple[str, bytes | Iterable[bytes]]]:
    yield f"{API}policies.json", policies_json(policy_documents(context))
    yield f"{API}benefits.json", benefits_json(benefit_documents(context))
    yield XLSX, compare_xlsx(columns(context), context)


def _kept(prepared: Prepared, name: str, key: bytes, of_type: type[T], make: Callable[[SiteContext], T]) -> T:
    store, context = prepared.workspace.store, prepared.context
    if not store.lasting or prepared.workspace.cache is None:
        return make(context)
    found = store.find(LAW, {name: key}, of_type)
    if name not in found:
        found[name] = make(context)
        store.put(LAW, [Entry(name=name, made_from=key, value=found[name])])
    return found[name]
