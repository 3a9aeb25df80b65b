"""当日的法规页面与文件 (law of the day): digests, comparisons and the data of the law.

They rest on the software, on settings and texts of law, and on no record; and on the day only through the days on which
the law changes, but for a few that tell it in figures. So a build takes them from the store until the law changes, and
puts its own day into the pages.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from generator.outputs.search.not_held import not_held_records
from generator.outputs.search.search_record import SearchRecord, page_records
from generator.pages.page import Page, language_of
from generator.pipeline.dated_pages import days_told
from generator.pipeline.prepare import Prepared
from generator.public.context import SiteContext
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

    def made(context: SiteContext) -> tuple[Page, ...]:
        from generator.pipeline.law_making import digests

        return tuple(digests(context))

    return _kept(prepared, "pages", law_key(prepared), tuple[Page, ...], made)


def instrument_pages(prepared: Prepared) -> tuple[Page, ...]:
    """The page of each instrument, whose line of time ends today."""

    def made(context: SiteContext) -> tuple[Page, ...]:
        from generator.pipeline.law_making import render_instruments

        return tuple(render_instruments(context))

    return _kept(prepared, "instruments", law_day_key(prepared), tuple[Page, ...], made)


def law_searched(prepared: Prepared) -> tuple[SearchRecord, ...]:
    """The pages of the law as search knows them."""

    def made(context: SiteContext) -> tuple[SearchRecord, ...]:
        pages = (record for page in law_pages(prepared) for record in page_records(page))
        return (*pages, *not_held_records(context))

    return _kept(prepared, "searched", law_day_key(prepared), tuple[SearchRecord, ...], made)


def law_files(prepared: Prepared) -> tuple[tuple[str, bytes], ...]:
    """Every file that tells of the law alone and of no day, but the data table, as (path from the root, bytes)."""

    def made(context: SiteContext) -> tuple[tuple[str, bytes], ...]:
        from generator.pipeline.law_making import files

        return tuple(files(context))

    return _kept(prepared, "files", law_key(prepared), tuple[tuple[str, bytes], ...], made)


def daily_law_files(prepared: Prepared) -> tuple[tuple[str, bytes], ...]:
    """Those that tell the day."""

    def made(context: SiteContext) -> tuple[tuple[str, bytes], ...]:
        from generator.pipeline.law_making import daily_files

        return tuple(daily_files(context))

    return _kept(prepared, "daily files", law_day_key(prepared), tuple[tuple[str, bytes], ...], made)


def _kept(prepared: Prepared, name: str, key: bytes, of_type: type[T], make: Callable[[SiteContext], T]) -> T:
    store, context = prepared.workspace.store, prepared.context
    if not store.lasting or prepared.workspace.cache is None:
        return make(context)
    found = store.find(LAW, {name: key}, of_type)
    if name not in found:
        found[name] = make(context)
        store.put(LAW, [Entry(name=name, made_from=key, value=found[name])])
    return found[name]
