"""建站 (build): prepare, take the frame, bring the tree behind up to date, exchange."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zlib import crc32

from generator.audit import Searched
from generator.outputs.share.record_cards import CARDS
from generator.pages.page_head import SHARE_CARD
from generator.pipeline.destination import PRIVATE_FOLDER, settled_site
from generator.pipeline.finish import Built, finish
from generator.pipeline.frame import Host, frame_of
from generator.pipeline.hold import PUBLISHED, SOURCE
from generator.pipeline.outbox_step import Message, made_outbox, put_outbox
from generator.pipeline.page_links import link_faults
from generator.pipeline.papers import plan_papers
from generator.pipeline.phases import Phase, Stopwatch
from generator.pipeline.prepare import (
    ChecksFailedError,
    Prepared,
    prepare,
    private_spool,
    with_publications,
)
from generator.pipeline.publish_step import Publishing
from generator.pipeline.scan import CHUNKS, PUBLIC, SCANNED, SEEN, chunk_count
from generator.pipeline.search_step import HEADS
from generator.pipeline.site_tree import SiteTree, Unit, Units, files_in, tree_name
from generator.pipeline.stamp import LISTED, PAGES, TOLD
from generator.system.cache import FOLDER, open_cache
from generator.system.store import Entry, Store
from generator.system.tree_exchange import exchange, tree_behind

_GROUPS = 64
"""Entries of the store that hold the units of a tree."""
SEARCHED = "searched"
"""Kind of entry in the store, named by the tree: what was searched for when its units were found clean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """构建结果."""

    prepared: Prepared
    built: Built
    phases: tuple[Phase, ...]
    messages: tuple[Message, ...] = ()
    """What waits in the outbox, after a publication."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """构建选项: what site is built, of what, and where it is put.

    ``as_of`` is the instant it is built for; None: the sample's own, or ``now``. ``search``: with its search.
    ``cached``: take over what earlier builds worked out, and keep it for the next. ``precompressed``: with the
    ``.gz`` and ``.br`` twins of :mod:`generator.pipeline.precompress`. ``beside``: the stores of shards, which are
    read beside the project's own. ``hold``: a record with errors keeps the form in which it was last published.
    ``publishing``: log what the public will see change, once it was confirmed.
    """

    root: Path
    out: Path
    as_of: datetime | None
    now: datetime
    jobs: int = 1
    search: bool = False
    cached: bool = False
    precompressed: bool = False
    beside: tuple[Path, ...] = ()
    hold: bool = False
    publishing: Publishing | None = None


def build(options: BuildOptions, host: Host) -> BuildResult:
    """Build a site and put it in its place; a failure at any point leaves what stands there as it was.

    Raises :class:`ChecksFailedError`, :class:`NotASiteError`, :class:`AmongSourcesError`,
    :class:`BuildInProgressError`, :class:`HostError`, :class:`ThemeError`, :class:`SearchError`.
    """
    root, out = options.root, settled_site(options.root, options.out)
    publishing = options.publishing
    watch = Stopwatch()
    with ExitStack() as stack:
        spool = stack.enter_context(private_spool(root))
        cache = (
            stack.enter_context(open_cache(root / PRIVATE_FOLDER / FOLDER, root)) if options.cached else None
        )
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
        with watch.phase("settle"):
            _remember(papers.prepared, tree, built)
        outbox = None
        if publishing is not None:
            # Audited before anything is logged: what cannot be sent is not published unseen.
            outbox = made_outbox(prepared, since=logged)
            publishing.finish(folder)
            if outbox is not None:
                put_outbox(root, outbox)
                built = replace(built, warnings=(*built.warnings, *outbox.warnings))
        with watch.phase("swap"):
            exchange(folder, out)
        with suppress(sqlite3.Error):  # no site fails for what it would leave to the next
            if papers.prepared.store.lasting:
                papers.prepared.store.move(SOURCE, PUBLISHED, papers.prepared.cases)
            _forget(papers.prepared, folder, out)
    return BuildResult(
        prepared=papers.prepared,
        built=built,
        phases=tuple(watch.phases),
        messages=() if outbox is None else outbox.messages,
    )


def _opened(prepared: Prepared, folder: Path, out: Path) -> SiteTree:
    """The tree behind, with all that is known of both. Without a cache nothing is, and the tree is emptied."""
    store, moment = prepared.store, prepared.context.moment
    if not store.lasting:
        shutil.rmtree(folder)
        folder.mkdir(mode=0o700)
        return SiteTree(folder=folder, moment=moment)
    shown = out if out.is_dir() else None
    return SiteTree(
        folder=folder,
        moment=moment,
        found=files_in(folder),
        units=_units_of(store, folder),
        shown=shown,
        searched=None if shown is None else _searched(prepared, shown),
        shown_units={} if shown is None else _units_of(store, shown),
    )


def _units_of(store: Store, tree: Path) -> dict[str, Unit]:
    """What is known of a tree."""
    groups = store.every(tree_name(tree), dict[str, Unit])
    return {name: unit for group in groups.values() for name, unit in group.items()}


def _grouped(units: Units) -> dict[str, dict[str, Unit]]:
    """Units in groups by their names, so that few entries hold them and few change."""
    found: dict[str, dict[str, Unit]] = {f"{number:02x}": {} for number in range(_GROUPS)}
    for name, unit in units.items():
        found[f"{crc32(name.encode()) % _GROUPS:02x}"][name] = unit
    return found


def _searched(prepared: Prepared, shown: Path) -> Searched | None:
    assert prepared.cache is not None
    name = tree_name(shown)
    return prepared.store.find(SEARCHED, {name: prepared.cache.basis}, Searched).get(name)


def _remember(prepared: Prepared, tree: SiteTree, built: Built) -> None:
    """Keep what the tree now has. It is true of the tree wherever it stands, so a kill hereafter does no harm; one
    before leaves files that no unit vouches for, and they are written again."""
    store, name, units = prepared.store, tree_name(tree.folder), built.units
    if not store.lasting or prepared.cache is None:
        return
    with suppress(sqlite3.Error):
        before = _grouped(tree.units)
        changed = (
            Entry(name=group, made_from=b"", value=own)
            for group, own in _grouped(units).items()
            if before[group] != own or not tree.units
        )
        store.put(name, changed)
        store.put(SEARCHED, [Entry(name=name, made_from=prepared.cache.basis, value=built.searched)])


def _forget(prepared: Prepared, *trees: Path) -> None:
    """Forget records that are gone, and trees."""
    store = prepared.store
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
