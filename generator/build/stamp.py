"""套印 (stamp): fill the shells and write every record page, chunk by chunk, over the cores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator.build.papers import poster_due, write_objection_sheet
from generator.build.prepare import Prepared, chunk_notices
from generator.build.render import record_pages
from generator.build.scan import read_chunk_honours
from generator.build.shell import Shell
from generator.exports.api import honour_address, honour_files, notice_address, notice_files
from generator.exports.badge import badge_address, honour_badge
from generator.exports.changes import Change, honour_changes, notice_changes
from generator.exports.sitemap import SitemapEntry, sitemap_entry
from generator.pages.page import Page, Section
from generator.poster.sheet import PosterSheet
from generator.search.record import SearchRecord, honour_record, notice_record
from generator.search.site import Spooled, spool_records

Shells = Mapping[tuple[Section, int], Shell]


@dataclass(frozen=True, slots=True, kw_only=True)
class StampPlan:
    """各批共用."""

    prepared: Prepared
    shells: Shells
    site: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class StampedChunk:
    """一批套印的结果: what the files over all records are then put together from.

    Lines are (id, JSON line); ``changes`` are what the change log tells; ``posters`` are to be printed.
    """

    notice_lines: tuple[tuple[str, bytes], ...]
    honour_lines: tuple[tuple[str, bytes], ...]
    changes: tuple[Change, ...]
    posters: tuple[PosterSheet, ...]
    sitemap: tuple[SitemapEntry, ...]
    searched: Spooled | None
    """What was put aside for the search index; None when the site has no search."""
    pages: int


def stamp_chunk(plan: StampPlan, chunk: int) -> StampedChunk:
    """Write the pages and the API files of one chunk's records."""
    prepared = plan.prepared
    context = prepared.context
    entries: list[SitemapEntry] = []
    pages: dict[str, Page] = {}
    for page in record_pages(prepared, chunk):
        write_stamped(page, plan.shells, plan.site)
        entries += _entry(page)
        pages[page.path] = replace(page, body="", head="")
    notice_lines: list[tuple[str, bytes]] = []
    honour_lines: list[tuple[str, bytes]] = []
    changes: list[Change] = []
    posters: list[PosterSheet] = []
    records: list[SearchRecord | None] = []
    for notice in chunk_notices(prepared, chunk):
        files = notice_files(notice, context)
        _write(plan.site / notice_address(notice.id), files.file)
        notice_lines.append((notice.id, files.line))
        changes += notice_changes(notice)
        records.append(notice_record(notice, pages[notice.path]))
        write_objection_sheet(notice, prepared, plan.site)
        if (poster := poster_due(notice, prepared)) is not None:
            posters.append(poster)
    for honour in read_chunk_honours(prepared.spool, chunk):
        files = honour_files(honour, context)
        _write(plan.site / honour_address(honour.id), files.file)
        _write(plan.site / badge_address(honour.id), honour_badge(honour, context))
        honour_lines.append((honour.id, files.line))
        changes += honour_changes(honour)
        records.append(honour_record(honour, pages[honour.path]))
    return StampedChunk(
        notice_lines=tuple(notice_lines),
        honour_lines=tuple(honour_lines),
        changes=tuple(changes),
        posters=tuple(posters),
        sitemap=tuple(entries),
        searched=spool_records(prepared.spool, f"{chunk:06}", records) if context.search else None,
        pages=len(pages),
    )


def write_stamped(page: Page, shells: Shells, site: Path) -> None:
    """Fill the shell of the page's section and depth, and write ``<path>index.html``."""
    folder = site / page.path
    folder.mkdir(parents=True, exist_ok=True)
    html = shells[page.section, page.depth].fill(page)
    (folder / "index.html").write_bytes(html.encode("utf-8"))


def _entry(page: Page) -> Iterator[SitemapEntry]:
    entry = sitemap_entry(page)
    if entry is not None:
        yield entry


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
