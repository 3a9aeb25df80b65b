"""完成 (finish): every file of a site, put into the tree behind, and every byte of it audited."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.audit import Searched
from generator.catalogue import speaking
from generator.diagnostics import Diagnostic
from generator.outputs.calendars.ics import site_calendars
from generator.outputs.data.api import API, list_json, status_json
from generator.outputs.data.data_files import finish_data, write_rows, write_table
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
from generator.pages.fresh_words import day_freshness
from generator.pages.page import language_of
from generator.pages.statistics import statistics_files
from generator.pipeline.audit_step import audit_built
from generator.pipeline.frame import Frame, HostError
from generator.pipeline.law_of_day import in_one, law_files
from generator.pipeline.papers import PaperPlan, print_posters
from generator.pipeline.phases import Stopwatch
from generator.pipeline.precompress import twins
from generator.pipeline.prepare import Prepared
from generator.pipeline.publish_step import log_files
from generator.pipeline.render import index_pages
from generator.pipeline.site_tree import SiteTree, Unit, Units
from generator.pipeline.stamp import (
    StampedChunk,
    StampPlan,
    listed_keys,
    plan_stamps,
    read_listed,
    stamp_chunk,
)
from generator.public.changes import Change, newest_first
from generator.public.documents import Kind
from generator.public.policy_document import policy_documents
from generator.public.status_document import status_document
from generator.public.tables import DECISIONS, HONOURS, NOTICES, POLICIES, Table
from generator.public.verification.answer_shards import shard_files
from generator.system.hashing import digest
from generator.system.workers import parallel

THEME_COLOUR = "#9b2d1f"
BACKGROUND_COLOUR = "#faf6ee"
_DATA = "data"


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
    units: Units
    """Every file of the site, and what it was made from."""
    searched: Searched
    """What the audit searched for."""
    linked: int
    """Pages of records that either tree had as they should be."""


def finish(
    papers: PaperPlan,
    frame: Frame,
    tree: SiteTree,
    *,
    precompressed: bool = False,
    watch: Stopwatch | None = None,
) -> Built:
    """Put the whole site into ``tree``.

    Raises :class:`HostError`, :class:`ThemeError`, ``PosterError``, ``SearchError`` and :class:`AuditFailedError`.
    """
    watch = watch or Stopwatch()
    prepared = papers.prepared
    plan = plan_stamps(prepared, frame, tree)
    filled = _fill(plan, papers, watch)
    units = filled.units
    if precompressed:
        with watch.phase("precompress"):
            units = units | twins(tree, units, prepared.jobs)
    files = tree.settle(units)
    with watch.phase("audit"):
        audited = audit_built(prepared, tree.folder, units, tree.searched)
    return Built(
        notices=len(prepared.notice_rows),
        honours=len(prepared.honour_rows),
        decisions=len(prepared.decisions),
        pages=filled.pages,
        files=files,
        warnings=(*papers.warnings, *filled.lacking, *audited.warnings),
        units=audited.units,
        searched=audited.searched,
        linked=filled.linked,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Filled:
    """写满的站点: what is still asked for when all that its files were made from has been forgotten. The audit
    needs the memory."""

    pages: int
    lacking: tuple[Diagnostic, ...]
    units: dict[str, Unit]
    linked: int


def _fill(plan: StampPlan, papers: PaperPlan, watch: Stopwatch) -> _Filled:
    """Write every file of the site."""
    prepared, tree, frame = plan.prepared, plan.tree, plan.frame
    with watch.phase("stamp"):
        stamped = tuple(parallel(stamp_chunk, plan, range(len(prepared.chunks)), prepared.jobs))
    units = {name: unit for chunk in stamped for name, unit in chunk.units.items()}
    with watch.phase("posters"):
        posters = (poster for chunk in stamped for poster in chunk.posters)
        printed, lacking = print_posters(posters, papers.fonts, prepared)
        units |= {path: tree.put(path, pdf) for path, pdf in printed}
    whole = Whole(
        plan=plan,
        changes=newest_first(change for chunk in stamped for change in chunk.changes),
    )
    entries = [SitemapEntry(path, None) for path in frame.addresses]
    entries += (entry for chunk in stamped for entry in chunk.sitemap)
    pages = sum(chunk.pages for chunk in stamped)
    with watch.phase("data"):
        for made in parallel(_make, whole, range(len(_TASKS)), prepared.jobs):
            entries += (entry for entry in made.pages if entry is not None)
            pages += len(made.pages)
            units |= made.units
        written = _written_pages(plan)
        for path, data in (*written.items(), *frame.files.items()):
            units[path] = tree.put(path, data)
        for path, parts in (
            *sitemap_files(sorted(entries), prepared.context),
            *log_files(prepared.publications),
        ):
            units[path] = tree.put(path, in_one(parts))
        units |= _database(plan)
    with watch.phase("search"):
        for path, data in _search(plan, stamped, written):
            units[path] = tree.put(path, data)
    strangers = [path for path in frame.own if f"{path}index.html" not in units]
    if strangers:
        raise HostError("\n".join(f"{path}index.md?" for path in strangers))
    return _Filled(
        pages=pages,
        lacking=tuple(lacking),
        units=units,
        linked=sum(chunk.linked for chunk in stamped),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """全部记录的产物, for the files over all records."""

    plan: StampPlan
    changes: Sequence[Change]


@dataclass(slots=True)
class Made:
    """一项任务做成的: the pages made, with what the sitemap says of each, and the units."""

    pages: list[SitemapEntry | None]
    units: dict[str, Unit]


def _make(whole: Whole, number: int) -> Made:
    """One of the files, or groups of files, over all records."""
    return _TASKS[number](whole)


def _notice_data(whole: Whole) -> Made:
    return Made([], _data_of(whole, NOTICES, "notices"))


def _honour_data(whole: Whole) -> Made:
    return Made([], _data_of(whole, HONOURS, "honours"))


def _decision_data(whole: Whole) -> Made:
    return Made([], _data_of(whole, DECISIONS, "decisions"))


def _data_of(whole: Whole, table: Table[Any], kind: Kind) -> dict[str, Unit]:
    """The table of one kind and its list in the API; nothing is read where neither has changed."""
    plan, name = whole.plan, f"{_DATA}/{kind}"
    made_from = _data_key(plan, kind)
    kept = plan.tree.kept(name, made_from)
    if kept is not None:
        return {name: kept}
    prepared, folder = plan.prepared, _data_folder(plan)
    rows = (typed_row(item.row, table) for item in read_listed(prepared, kind))
    write_rows(folder, table, rows, prepared.context)
    lines = (item.line for item in read_listed(prepared, kind))
    with (folder / f"list-{kind}").open("wb") as file:
        file.writelines(list_json(lines))
    files = [*_tables(folder, table), (f"{API}{kind}.json", folder / f"list-{kind}")]
    return {name: plan.tree.made(made_from, files)}


def _policy_data(plan: StampPlan) -> dict[str, Unit]:
    name, made_from = f"{_DATA}/policies", _data_key(plan)
    kept = plan.tree.kept(name, made_from)
    if kept is not None:
        return {name: kept}
    context, folder = plan.prepared.context, _data_folder(plan)
    write_table(folder, POLICIES, policy_documents(context), context)
    return {name: plan.tree.made(made_from, _tables(folder, POLICIES))}


def _database(plan: StampPlan) -> dict[str, Unit]:
    """The files over all tables: the database and the descriptions, which tell size and hash of every file."""
    name, made_from = f"{_DATA}/all", _data_key(plan, "notices", "honours", "decisions")
    kept = plan.tree.kept(name, made_from)
    if kept is not None:
        return {name: kept}
    folder = _data_folder(plan)
    others = {path.name for path in folder.iterdir()}
    for table in (NOTICES, HONOURS, DECISIONS, POLICIES):
        for ending in ("csv", "json", "xlsx"):
            file = f"{table.name}.{ending}"
            if file not in others:
                (folder / file).symlink_to(plan.tree.folder / _DATA / file)
                others.add(file)
    finish_data(folder, plan.prepared.context)
    files = [(f"{_DATA}/{path.name}", path) for path in sorted(folder.iterdir()) if path.name not in others]
    return {name: plan.tree.made(made_from, files)}


def _tables(folder: Path, table: Table[Any]) -> Iterator[tuple[str, Path]]:
    for ending in ("csv", "json", "xlsx"):
        name = f"{table.name}.{ending}"
        yield f"{_DATA}/{name}", folder / name


def _data_folder(plan: StampPlan) -> Path:
    folder = plan.prepared.spool / _DATA
    folder.mkdir(exist_ok=True)
    return folder


def _data_key(plan: StampPlan, *kinds: Kind) -> bytes:
    """Digest of all that data files over records of these kinds depend on: software and settings, the day, and each
    record."""
    prepared = plan.prepared
    basis = b"" if prepared.cache is None else prepared.cache.basis
    records = (part for kind in kinds for pair in listed_keys(prepared, kind) for part in pair)
    return digest(basis, prepared.context.day.isoformat().encode(), *records)


def _index(whole: Whole) -> Made:
    plan = whole.plan
    made = Made([], {})
    pages = index_pages(plan.prepared)
    for page in (*pages, *render_changes_pages(whole.changes, plan.prepared.context)):
        path = f"{page.path}index.html"
        made.units[path] = plan.tree.put(path, plan.document(page))
        made.pages.append(sitemap_entry(page))
    return made


def _shared(whole: Whole) -> Made:
    plan = whole.plan
    files = _shared_files(plan.prepared, whole.changes)
    units = {path: plan.tree.put(path, in_one(parts)) for path, parts in files}
    return Made([], units | _policy_data(plan))


_TASKS: tuple[Callable[[Whole], Made], ...] = (
    _notice_data,
    _shared,
    _honour_data,
    _index,
    _decision_data,
)
"""What is made side by side, the longest first."""


def _written_pages(plan: StampPlan) -> Mapping[str, bytes]:
    """The pages that people wrote, as fresh as the day."""
    pages: dict[str, bytes] = {}
    for path, shell in plan.frame.written.items():
        with speaking(language_of(path)):
            pages[path] = shell.fresh(day_freshness(plan.prepared.context)).encode()
    return pages


def _search(
    plan: StampPlan, stamped: Sequence[StampedChunk], written: Mapping[str, bytes]
) -> Iterator[tuple[str, bytes]]:
    prepared = plan.prepared
    if not prepared.context.search:
        return
    records = [page_record(page) for page in index_pages(prepared)]
    records += (
        written_record(path, written[f"{path}index.html"].decode())
        for path in plan.frame.addresses
        if language_of(path) == "zh"
    )
    spooled = [chunk.searched for chunk in stamped if chunk.searched is not None]
    spooled.append(spool_records(prepared.spool, "pages", records))
    folder = prepared.spool / "search"
    build_search(
        prepared.spool, spooled, folder, prepared.jobs, prepared.store if prepared.store.lasting else None
    )
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield file.relative_to(folder).as_posix(), file.read_bytes()


def _shared_files(
    prepared: Prepared, changes: Sequence[Change]
) -> Iterator[tuple[str, bytes | Iterator[bytes]]]:
    """Files over all records, as (path from the root, bytes or parts of them)."""
    context = prepared.context
    yield f"{API}status.json", status_json(status_document(context))
    yield from law_files(prepared)
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
