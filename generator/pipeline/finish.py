"""完成 (finish): what follows once MkDocs has built its pages and the shells.

Stamp every record page, write the files over all records, audit every byte, and give every file
the same time, so that nothing about the folder tells when a record was touched.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.diagnostics import Diagnostic
from generator.outputs.calendars.ics import site_calendars
from generator.outputs.data.api import API, benefits_json, list_json, policies_json, status_json
from generator.outputs.data.data_files import finish_data, write_rows, write_table
from generator.outputs.data.policy_table import compare_csv, compare_xlsx
from generator.outputs.data.schemas import schemas
from generator.outputs.data.table_writers import typed_row
from generator.outputs.feeds.site_feeds import site_feeds
from generator.outputs.search.search_record import page_record, written_record
from generator.outputs.search.site_search import build_search, spool_records
from generator.outputs.sitemap import (
    Icon,
    SitemapEntry,
    manifest_json,
    robots_txt,
    sitemap_entry,
    sitemap_files,
)
from generator.pages.changes_page import render_changes_pages
from generator.pages.page import Section
from generator.pages.policy.compare_pages import compare_json
from generator.pages.policy.policy_compare import CSV, XLSX
from generator.pages.statistics import statistics_files
from generator.pipeline.audit_step import audit_built
from generator.pipeline.papers import PaperPlan, print_posters
from generator.pipeline.phases import Stopwatch
from generator.pipeline.precompress import precompress
from generator.pipeline.prepare import Prepared
from generator.pipeline.publish_step import log_files
from generator.pipeline.render import SHELLS, index_pages
from generator.pipeline.shell import Shell, cut_shell, shell_folder, shell_path
from generator.pipeline.stamp import (
    OldSite,
    Stamp,
    StampedChunk,
    StampPlan,
    read_listed,
    shells_basis,
    stamp_chunk,
    write_stamped,
)
from generator.public.benefit_document import benefit_documents
from generator.public.changes import Change, newest_first
from generator.public.documents import Kind
from generator.public.policy_document import policy_documents
from generator.public.status_document import status_document
from generator.public.tables import DECISIONS, HONOURS, NOTICES, POLICIES, Table
from generator.public.verification.answer_shards import shard_files
from generator.system.workers import parallel

THEME_COLOUR = "#9b2d1f"
BACKGROUND_COLOUR = "#faf6ee"


class ThemeError(Exception):
    """主题缺了页面的一部分: see :func:`generator.pipeline.shell.cut_shell`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """建成的站点, for the summary on the terminal."""

    notices: int
    honours: int
    decisions: int
    pages: int
    files: int
    warnings: tuple[Diagnostic, ...]
    """What the audit leaves to a human, and posters that could not be printed in full."""
    stamps: Mapping[str, Stamp]
    """Of each record that was written, what its files were made from."""
    linked: int
    """Pages of records taken over from the site that stood there before."""


def finish(
    papers: PaperPlan,
    site: Path,
    hand_written: Iterable[str],
    old: OldSite | None = None,
    *,
    precompressed: bool = False,
    watch: Stopwatch | None = None,
) -> Built:
    """Complete the site in ``site``, in which MkDocs has built its pages and the shells.

    ``hand_written`` are the addresses of pages people wrote; ``old`` is the site that this one will
    replace. Raises :class:`ThemeError`, ``PosterError``, ``SearchError`` and :class:`AuditFailedError`.
    """
    watch = watch or Stopwatch()
    prepared = papers.prepared
    shells = _take_shells(site)
    basis = shells_basis(prepared, shells)
    plan = StampPlan(prepared=prepared, shells=shells, site=site, basis=basis, old=old)
    filled = _fill(plan, papers, tuple(hand_written), watch)
    if precompressed:
        with watch.phase("precompress"):
            precompress(site, prepared.jobs)
    with watch.phase("audit"):
        warnings = audit_built(prepared, site)
    with watch.phase("settle"):
        files = _settle_times(site, prepared.context.moment)
    return Built(
        notices=len(prepared.notice_rows),
        honours=len(prepared.honour_rows),
        decisions=len(prepared.decisions),
        pages=filled.pages,
        files=files,
        warnings=(*papers.warnings, *filled.lacking, *warnings),
        stamps=filled.stamps,
        linked=filled.linked,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Filled:
    """写满的站点: what is still asked for when all that its files were made from has been forgotten. The audit
    needs the memory."""

    pages: int
    lacking: tuple[Diagnostic, ...]
    stamps: Mapping[str, Stamp]
    linked: int


def _fill(plan: StampPlan, papers: PaperPlan, hand_written: tuple[str, ...], watch: Stopwatch) -> _Filled:
    """Write every file that MkDocs has not written."""
    prepared, site = plan.prepared, plan.site
    with watch.phase("stamp"):
        stamped = tuple(parallel(stamp_chunk, plan, range(len(prepared.chunks)), prepared.jobs))
    with watch.phase("posters"):
        posters = (poster for chunk in stamped for poster in chunk.posters)
        lacking = print_posters(posters, papers.fonts, site, prepared.jobs, prepared.cache)
    whole = Whole(
        plan=plan,
        changes=newest_first(change for chunk in stamped for change in chunk.changes),
    )
    entries = [SitemapEntry(path, None) for path in hand_written]
    entries += (entry for chunk in stamped for entry in chunk.sitemap)
    pages = sum(chunk.pages for chunk in stamped)
    with watch.phase("data"):
        for made in parallel(_make, whole, range(len(_TASKS)), prepared.jobs):
            entries += (entry for entry in made if entry is not None)
            pages += len(made)
        _write_files(site, sitemap_files(sorted(entries), prepared.context))
        (site / "sitemap.xml.gz").unlink(missing_ok=True)
        finish_data(site / "data", prepared.context)
        _write_files(site, log_files(prepared.publications))
    with watch.phase("search"):
        _add_search(prepared, stamped, hand_written, site)
    return _Filled(
        pages=pages,
        lacking=tuple(lacking),
        stamps={name: stamp for chunk in stamped for name, stamp in chunk.stamps},
        linked=sum(chunk.linked for chunk in stamped),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """全部记录的产物, for the files over all records."""

    plan: StampPlan
    changes: Sequence[Change]


def _make(whole: Whole, number: int) -> list[SitemapEntry | None]:
    """One of the files, or groups of files, over all records; the pages made with it."""
    return list(_TASKS[number](whole))


def _notice_data(whole: Whole) -> Iterator[SitemapEntry | None]:
    return _data_of(whole, NOTICES, "notices")


def _honour_data(whole: Whole) -> Iterator[SitemapEntry | None]:
    return _data_of(whole, HONOURS, "honours")


def _decision_data(whole: Whole) -> Iterator[SitemapEntry | None]:
    return _data_of(whole, DECISIONS, "decisions")


def _data_of(whole: Whole, table: Table[Any], kind: Kind) -> Iterator[SitemapEntry | None]:
    prepared, site = whole.plan.prepared, whole.plan.site
    rows = (typed_row(item.row, table) for item in read_listed(prepared, kind))
    write_rows(site / "data", table, rows, prepared.context)
    lines = (item.line for item in read_listed(prepared, kind))
    _write_files(site, [(f"{API}{kind}.json", list_json(lines))])
    return iter(())


def _index(whole: Whole) -> Iterator[SitemapEntry | None]:
    plan = whole.plan
    pages = index_pages(plan.prepared)
    for page in (*pages, *render_changes_pages(whole.changes, plan.prepared.context)):
        if page.stamped:
            write_stamped(page, plan)
        yield sitemap_entry(page)


def _shared(whole: Whole) -> Iterator[SitemapEntry | None]:
    prepared, site = whole.plan.prepared, whole.plan.site
    write_table(site / "data", POLICIES, policy_documents(prepared.context), prepared.context)
    _write_files(site, _shared_files(prepared, whole.changes))
    return iter(())


_TASKS: tuple[Callable[[Whole], Iterator[SitemapEntry | None]], ...] = (
    _notice_data,
    _shared,
    _honour_data,
    _index,
    _decision_data,
)
"""What is made side by side, the longest first."""


def _write_files(site: Path, files: Iterable[tuple[str, bytes | Iterator[bytes]]]) -> None:
    for path, data in files:
        target = site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            file.writelines([data] if isinstance(data, bytes) else data)


def _add_search(
    prepared: Prepared, stamped: Sequence[StampedChunk], hand_written: tuple[str, ...], site: Path
) -> None:
    if not prepared.context.search:
        return
    records = [page_record(page) for page in index_pages(prepared)]
    for path in hand_written:
        html = (site / path / "index.html").read_text(encoding="utf-8")
        records.append(written_record(path, html))
    spooled = [chunk.searched for chunk in stamped if chunk.searched is not None]
    spooled.append(spool_records(prepared.spool, "pages", records))
    build_search(prepared.spool, spooled, site, prepared.jobs, prepared.cache)


def _take_shells(site: Path) -> dict[tuple[Section, int], Shell]:
    """Read the rendered shells and take them out of the site."""
    shells: dict[tuple[Section, int], Shell] = {}
    for section, depth in SHELLS:
        path = shell_path(section, depth)
        try:
            html = (site / path / "index.html").read_text(encoding="utf-8")
            shells[section, depth] = cut_shell(html, section, depth)
        except (OSError, ValueError) as error:
            raise ThemeError(f"{section}: {error}") from None
        shutil.rmtree(site / shell_folder(section, depth))
    return shells


def _shared_files(
    prepared: Prepared, changes: Sequence[Change]
) -> Iterator[tuple[str, bytes | Iterator[bytes]]]:
    """Files over all records, as (path from the root, bytes or parts of them)."""
    context = prepared.context
    yield f"{API}status.json", status_json(status_document(context))
    yield f"{API}policies.json", policies_json(policy_documents(context))
    yield f"{API}benefits.json", benefits_json(benefit_documents(context))
    yield CSV, compare_csv(context)
    yield XLSX, compare_xlsx(context)
    yield from compare_json(context)
    yield from schemas(context)
    yield from statistics_files(prepared.honour_rows, context)
    yield from site_feeds(
        prepared.notice_rows, prepared.honour_rows, changes, context, prepared.decision_rows
    )
    yield from site_calendars(prepared.notice_rows, context)
    yield from shard_files(prepared.certificates, [row.id for row in prepared.honour_rows])
    yield "robots.txt", robots_txt(context)
    icons = (Icon(path="assets/favicon.svg", sizes="any", media="image/svg+xml"),)
    yield (
        "manifest.json",
        manifest_json(context, icons=icons, theme_colour=THEME_COLOUR, background_colour=BACKGROUND_COLOUR),
    )


def _settle_times(site: Path, moment: int) -> int:
    """Give every file and folder the build's own instant; returns the number of files."""
    count = 0
    for folder, _, names in os.walk(site, topdown=False):
        for name in names:
            os.utime(os.path.join(folder, name), (moment, moment))  # noqa: PTH118
            count += 1
        os.utime(folder, (moment, moment))
    return count
