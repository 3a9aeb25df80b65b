"""全站构建 (whole build): prepare, take the frame, bring the tree behind up to date, exchange."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path

from generator.audit import Searched
from generator.outputs.calendars.ics import CLOSED_FOR
from generator.outputs.share.record_cards import CARDS
from generator.pages.page_head import SHARE_CARD
from generator.pipeline.build_options import BuildOptions, BuildResult
from generator.pipeline.destination import PRIVATE_FOLDER
from generator.pipeline.finish import Built, finish
from generator.pipeline.frame import Host, frame_of
from generator.pipeline.held_records import PUBLISHED, SOURCE
from generator.pipeline.page_links import link_faults
from generator.pipeline.papers import plan_papers
from generator.pipeline.phases import Stopwatch
from generator.pipeline.prepare import ChecksFailedError, Prepared, prepare, with_publications
from generator.pipeline.private_spool import private_spool
from generator.pipeline.publish_step import Reached
from generator.pipeline.scan import CHUNKS, PUBLIC, SCANNED, SEEN, chunk_count
from generator.pipeline.search_step import HEADS
from generator.pipeline.site_tree import SiteTree, tree_name
from generator.pipeline.stamp import LISTED, PAGES, TOLD
from generator.pipeline.standing import (
    SEARCHED,
    STANDING,
    Figures,
    inputs_of,
    opened_tree,
    remember,
    standing_of,
)
from generator.publication_log.list_addresses import note_addresses
from generator.system.cache import FOLDER, Cache, open_cache
from generator.system.hashing import digest
from generator.system.store import Entry
from generator.system.tree_exchange import exchange, tree_behind


def build_whole(options: BuildOptions, out: Path, host: Host, watch: Stopwatch) -> BuildResult:
    """Build a site and put it in its place at ``out``, which is settled. Raises what
    :func:`generator.pipeline.build.build` raises."""
    root = options.root
    publishing = options.publishing
    with ExitStack() as stack:
        spool = stack.enter_context(private_spool(root))
        cache = (
            stack.enter_context(open_cache(root / PRIVATE_FOLDER / FOLDER, root)) if options.cached else None
        )
        looked_at = None if cache is None or not options.may_stand else _looked_at(root, cache)
        with watch.phase("scan"):
            prepared = prepare(
                root,
                options.as_of,
                options.now,
                spool,
                options.jobs,
                search=options.search,
                cache=cache,
                beside=options.beside,
                logging=publishing is not None,
                holding=out if options.hold else None,
            )
        context = prepared.context
        ids = frozenset(record.id for chunk in prepared.chunks for record in chunk)
        if broken := tuple(link_faults(root, context.jurisdictions, context.library, ids)):
            raise ChecksFailedError(broken)
        logged = prepared.publications.ledger.size
        if publishing is not None:
            prepared = with_publications(prepared, publishing.begin(prepared.publications, prepared.context))
        papers = plan_papers(prepared)
        folder = stack.enter_context(tree_behind(out))
        with watch.phase("host"):
            frame = frame_of(papers.prepared, host)
        tree = _opened(papers.prepared, folder, out)
        built = finish(papers, frame, tree, precompressed=options.precompressed, watch=watch)
        figures = _figures(papers.prepared, built)
        with watch.phase("settle"):
            _remember(papers.prepared, tree, built)
            if looked_at is not None:
                _leave(papers.prepared, folder, figures, looked_at, options)
        outbox = None
        if publishing is not None:
            from generator.pipeline.outbox_step import made_outbox, put_outbox

            # Audited before anything is logged: what cannot be sent is not published unseen.
            outbox = made_outbox(prepared, since=logged)
            publishing.finish(folder)
            note_addresses(root, (path for unit in built.units.values() for path in unit.files))
            if outbox is not None:
                put_outbox(root, outbox)
                figures = replace(figures, warnings=(*figures.warnings, *outbox.warnings))
        with watch.phase("swap"):
            exchange(folder, out)
        if publishing is not None:
            publishing.reached = Reached.SHOWN
        with suppress(sqlite3.Error):  # no site fails for what it would leave to the next
            if papers.prepared.workspace.store.lasting:
                papers.prepared.workspace.store.move(SOURCE, PUBLISHED, papers.prepared.cases)
            _forget(papers.prepared, folder, out)
    return BuildResult(
        built=figures,
        phases=tuple(watch.phases),
        messages=() if outbox is None else outbox.messages,
    )


def _figures(prepared: Prepared, built: Built) -> Figures:
    return Figures(
        as_of=prepared.context.as_of,
        notices=built.notices,
        honours=built.honours,
        decisions=built.decisions,
        pages=built.pages,
        files=built.files,
        linked=built.linked,
        withheld_cases=prepared.withheld.cases,
        withheld_persons=prepared.withheld.persons,
        warnings=(*prepared.diagnostics, *built.warnings),
    )


def _looked_at(root: Path, cache: Cache) -> tuple[bytes, int]:
    """How the inputs look before any is read, and when that was."""
    started = cache.folder.stat().st_mtime_ns
    return inputs_of(root, started), started


def _leave(
    prepared: Prepared, folder: Path, built: Figures, looked_at: tuple[bytes, int], options: BuildOptions
) -> None:
    """Leave on what the site rests, for builds that find all as it is."""
    context, store = prepared.context, prepared.workspace.store
    if (
        prepared.workspace.cache is None
        or prepared.publications.shown.size < prepared.publications.ledger.size
    ):
        return
    moments = [prepared.turns_at, *(row.closes_at + CLOSED_FOR for row in prepared.notice_rows)]
    moments += [] if context.next_change_at is None else [context.next_change_at]
    sample = None if context.site.sample is None else context.site.sample.as_of
    standing = standing_of(built, *looked_at, moments, options.now, sample)
    if standing is not None:
        made_from = digest(prepared.workspace.cache.basis, bytes([options.search]))
        with suppress(sqlite3.Error, UnicodeEncodeError):
            store.put(STANDING, [Entry(name=tree_name(folder), made_from=made_from, value=standing)])


def _opened(prepared: Prepared, folder: Path, out: Path) -> SiteTree:
    """The tree behind, with all that is known of both. Without a cache nothing is, and the tree is emptied."""
    store, moment = prepared.workspace.store, prepared.context.moment
    if not store.lasting:
        shutil.rmtree(folder)
        folder.mkdir(mode=0o700)
        return SiteTree(folder=folder, moment=moment)
    tree = opened_tree(store, folder, out, moment)
    return tree if tree.shown is None else replace(tree, searched=_searched(prepared, tree.shown))


def _searched(prepared: Prepared, shown: Path) -> Searched | None:
    assert prepared.workspace.cache is not None
    name = tree_name(shown)
    # A shard's store, which comes from elsewhere, knows nothing of this site.
    own = replace(prepared.workspace.store, beside=())
    return own.find(SEARCHED, {name: prepared.workspace.cache.basis}, Searched).get(name)


def _remember(prepared: Prepared, tree: SiteTree, built: Built) -> None:
    store = prepared.workspace.store
    if not store.lasting or prepared.workspace.cache is None:
        return
    remember(store, tree, built.units)
    name = tree_name(tree.folder)
    with suppress(sqlite3.Error):
        store.put(
            SEARCHED, [Entry(name=name, made_from=prepared.workspace.cache.basis, value=built.searched)]
        )
        store.keep_only(STANDING, ())


def _forget(prepared: Prepared, *trees: Path) -> None:
    """Forget records that are gone, and trees."""
    store = prepared.workspace.store
    if not store.lasting:
        return
    records = [record for chunk in prepared.chunks for record in chunk]
    ids = {record.id for record in records}
    for kind in (PAGES, LISTED):
        store.keep_only(kind, ids)
    count = chunk_count(len(prepared.cases))
    for kind in (SEEN, CHUNKS):
        store.keep_only(kind, {f"{number}/{count}" for number in range(count)})
    for kind in (TOLD, HEADS):
        store.keep_only(kind, map(str, range(len(prepared.chunks))))
    for kind in (SCANNED, PUBLIC, PUBLISHED):
        store.keep_only(kind, prepared.cases)
    store.keep_only(CARDS, {f"{record.kind}/{record.id}/{SHARE_CARD}" for record in records})
    names = {tree_name(tree) for tree in trees if tree.is_dir()}
    store.keep_kinds("tree-", names)
    store.keep_only(SEARCHED, names)
