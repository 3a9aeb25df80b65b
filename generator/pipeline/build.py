"""建站 (build): prepare, let the host build its pages, finish, swap into place."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator.outputs.share.record_cards import CARDS
from generator.pages.page_head import SHARE_CARD
from generator.pipeline.destination import PRIVATE_FOLDER, settled_site
from generator.pipeline.finish import Built, finish
from generator.pipeline.papers import plan_papers
from generator.pipeline.phases import Phase, Stopwatch
from generator.pipeline.prepare import Prepared, prepare, private_spool, with_publications
from generator.pipeline.publish_step import Publishing
from generator.pipeline.scan import PUBLIC, SCANNED
from generator.pipeline.stamp import LISTED, PAGES, OldSite
from generator.system.cache import FOLDER, Cache, open_cache
from generator.system.exchange import staging_for, swap_in
from generator.system.hashing import digest
from generator.system.store import Entry

Host = Callable[[Prepared, Path], list[str]]
"""宿主 (MkDocs or its successor): builds the hosted pages and the shells into a folder, and returns
the addresses of the hand-written pages it built beside them."""


class HostError(Exception):
    """宿主未能建成它的页面: what it said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """构建结果."""

    prepared: Prepared
    built: Built
    phases: tuple[Phase, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """构建选项: what site is built, of what, and where it is put.

    ``as_of`` is the instant it is built for; None: the sample's own, or ``now``. ``search``: with its search.
    ``cached``: take over what earlier builds worked out, and keep it for the next. ``precompressed``: with the
    ``.gz`` and ``.br`` twins of :mod:`generator.pipeline.precompress`. ``beside``: the stores of shards, which are
    read beside the project's own. ``publishing``: log what the public will see change, once it was confirmed.
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
            )
        if publishing is not None:
            prepared = with_publications(prepared, publishing.begin(prepared.publications, prepared.context))
        papers = plan_papers(prepared)
        staging = stack.enter_context(staging_for(out))
        with watch.phase("host"):
            hand_written = host(papers.prepared, staging)
        built = finish(
            papers,
            staging,
            hand_written,
            _old_site(cache, out),
            precompressed=options.precompressed,
            watch=watch,
        )
        if publishing is not None:
            publishing.finish(staging)
        with watch.phase("swap"):
            swap_in(staging, out)
        if cache is not None:
            with suppress(sqlite3.Error):  # no site fails for what it would leave to the next
                _remember(papers.prepared, cache, out, built)
    return BuildResult(prepared=papers.prepared, built=built, phases=tuple(watch.phases))


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSite:
    """上次建成的站点. ``identity`` tells whether the folder is still the one that was put there then;
    ``moment`` is the time of its files."""

    identity: tuple[int, int, int]
    moment: int


def _old_site(cache: Cache | None, out: Path) -> OldSite | None:
    known = cache.load(_name_of(out), KnownSite) if cache is not None else None
    if known is None or not out.is_dir() or _identity(out) != known.identity:
        return None
    return OldSite(folder=out.absolute(), moment=known.moment, stamps=_name_of(out))


def _remember(prepared: Prepared, cache: Cache, out: Path, built: Built) -> None:
    """Keep for the next build what the files of each record were made from, and forget records that are gone.

    The site is known only once all that is kept, and is known no longer from the moment that it is replaced: a
    build that is killed between the two leaves nothing that vouches for files it has not written.
    """
    store, name = prepared.store, _name_of(out)
    store.put(
        name,
        (Entry(name=key, made_from=stamp.made_from, value=stamp) for key, stamp in built.stamps.items()),
    )
    ids = {record.id for chunk in prepared.chunks for record in chunk}
    for kind in (name, PAGES, LISTED):
        store.keep_only(kind, ids)
    for kind in (SCANNED, PUBLIC):
        store.keep_only(kind, prepared.cases)
    records = (record for chunk in prepared.chunks for record in chunk)
    store.keep_only(CARDS, {f"{record.kind}/{record.id}/{SHARE_CARD}" for record in records})
    cache.save(name, KnownSite(identity=_identity(out), moment=prepared.context.moment))


def _identity(folder: Path) -> tuple[int, int, int]:
    status = folder.stat()
    return status.st_dev, status.st_ino, status.st_ctime_ns


def _name_of(out: Path) -> str:
    return f"site-{digest(str(out.absolute()).encode()).hex()}"
