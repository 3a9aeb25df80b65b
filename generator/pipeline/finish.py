"""完成 (finish): every file of a site, put into the tree behind, and every byte of it audited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.audit import Searched
from generator.catalogue import speaking
from generator.diagnostics import Diagnostic
from generator.outputs.sitemap import sitemap_files
from generator.pages.fresh_words import day_freshness
from generator.pages.open_notices import open_notices_html
from generator.pages.page import language_of
from generator.pipeline.audit_step import audit_built, former_files
from generator.pipeline.data_step import data_units
from generator.pipeline.frame import Frame, HostError
from generator.pipeline.kept_lists import kept_lists
from generator.pipeline.papers import PaperPlan, print_posters
from generator.pipeline.phases import Stopwatch
from generator.pipeline.precompress import twins
from generator.pipeline.publish_step import log_files
from generator.pipeline.search_step import search_units
from generator.pipeline.site_parts import site_parts, whole_of
from generator.pipeline.site_tree import NewFile, SiteTree, Unit, Units
from generator.pipeline.stamp import StampPlan, plan_stamps, stamp_all
from generator.public.changes import newest_first
from generator.public.json_text import in_one
from generator.public.sitemap_entry import SitemapEntry
from generator.system.hashing import digest


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
            units = units | twins(tree, units, prepared.workspace.jobs)
    files = tree.settle(units)
    with watch.phase("audit"):
        audited = audit_built(prepared, tree.folder, units, tree.searched, former_files(tree))
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
        stamped = stamp_all(plan)
    units = {name: unit for chunk in stamped for name, unit in chunk.units.items()}
    with watch.phase("posters"):
        posters = (poster for chunk in stamped for poster in chunk.told.posters)
        printed, lacking = print_posters(posters, papers.fonts, prepared)
        units |= {path: tree.put(path, pdf) for path, pdf in printed}
    with watch.phase("data"):
        changes = newest_first(change for chunk in stamped for change in chunk.told.changes)
        units |= site_parts(whole_of(plan, changes))
        written = _written_pages(plan)
        logged = ((path, in_one(parts)) for path, parts in log_files(prepared.publications))
        for path, data in (*_with_notices(plan, written).items(), *frame.files.items(), *logged):
            units[path] = tree.put(path, data)
        units |= data_units(plan)
    with watch.phase("search"):
        units |= search_units(plan, written)
    units |= kept_lists(plan, frozenset(path for unit in units.values() for path in unit.files))
    units["sitemap"] = _sitemap(plan, units)
    paths = {path for unit in units.values() for path in unit.files}
    strangers = [path for path in frame.own if f"{path}index.html" not in paths]
    if strangers:
        raise HostError("\n".join(f"{path}index.md?" for path in strangers))
    return _Filled(
        pages=sum(len(unit.pages) for unit in units.values()),
        lacking=tuple(lacking),
        units=units,
        linked=sum(chunk.linked for chunk in stamped),
    )


def _written_pages(plan: StampPlan) -> Mapping[str, bytes]:
    """The pages that people wrote, as fresh as the day."""
    pages: dict[str, bytes] = {}
    for path, shell in plan.frame.written.items():
        with speaking(language_of(path)):
            pages[path] = shell.fresh(day_freshness(plan.prepared.context)).encode()
    return pages


def _with_notices(plan: StampPlan, written: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The same pages with the open notices on those that ask for them, which the search finds on their own pages."""
    prepared = plan.prepared
    pages = dict(written)
    for path, shell in plan.frame.written.items():
        if shell.asks_for_notices and language_of(path) == "zh":
            rows = open_notices_html(path.removesuffix("index.html"), prepared.notice_rows, prepared.context)
            pages[path] = shell.fresh(day_freshness(prepared.context), rows).encode()
    return pages


def _sitemap(plan: StampPlan, units: Units) -> Unit:
    entries = {SitemapEntry(path, None) for path in plan.frame.addresses}
    entries.update(entry for unit in units.values() for entry in unit.pages if entry is not None)
    ordered = sorted(entries)
    basis = b"" if plan.prepared.workspace.cache is None else plan.prepared.workspace.cache.basis
    made_from = digest(basis, repr(ordered).encode())
    kept = plan.tree.kept("sitemap", made_from)
    files = (NewFile(path, data) for path, data in sitemap_files(ordered, plan.prepared.context))
    return kept or plan.tree.made("sitemap", made_from, files)
