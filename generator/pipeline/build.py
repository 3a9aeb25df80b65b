"""建站 (build): prepare, let the host build its pages, finish, swap into place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator.pipeline.destination import PRIVATE_FOLDER, settled_site
from generator.pipeline.finish import Built, finish
from generator.pipeline.papers import plan_papers
from generator.pipeline.phases import Phase, Stopwatch
from generator.pipeline.prepare import Prepared, prepare, private_spool
from generator.pipeline.stamp import OldSite
from generator.system.cache import FOLDER, Cache, digest, open_cache
from generator.system.exchange import staging_for, swap_in

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


def build_site(
    root: Path,
    out: Path,
    as_of: datetime | None,
    now: datetime,
    jobs: int,
    host: Host,
    *,
    search: bool = False,
    cached: bool = False,
    precompressed: bool = False,
) -> BuildResult:
    """Build the site of ``root`` and put it at ``out``; a failure at any point leaves ``out`` as it was.

    ``cached``: take over what earlier builds worked out, and keep it for the next. ``precompressed``: write
    the ``.gz`` and ``.br`` twins of :mod:`generator.pipeline.precompress` too. Raises
    :class:`ChecksFailedError`, :class:`NotASiteError`, :class:`AmongSourcesError`, :class:`BuildInProgressError`, :class:`HostError`,
    :class:`ThemeError`, :class:`SearchError`.
    """
    out = settled_site(root, out)
    watch = Stopwatch()
    with ExitStack() as stack:
        spool = stack.enter_context(private_spool(root))
        cache = stack.enter_context(open_cache(root / PRIVATE_FOLDER / FOLDER, root)) if cached else None
        with watch.phase("scan"):
            prepared = prepare(root, as_of, now, spool, jobs, search=search, cache=cache)
        prepared = plan_papers(prepared).prepared
        with staging_for(out) as staging:
            with watch.phase("host"):
                hand_written = host(prepared, staging)
            built = finish(
                prepared,
                staging,
                hand_written,
                _old_site(cache, out),
                precompressed=precompressed,
                watch=watch,
            )
            with watch.phase("swap"):
                swap_in(staging, out)
        if cache is not None:
            cache.save(
                _name_of(out),
                KnownSite(identity=_identity(out), moment=prepared.context.moment, stamps=dict(built.stamps)),
            )
    return BuildResult(prepared=prepared, built=built, phases=tuple(watch.phases))


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSite:
    """上次建成的站点. ``identity`` tells whether the folder is still the one that was put there then;
    ``moment`` is the time of its files."""

    identity: tuple[int, int, int]
    moment: int
    stamps: Mapping[int, bytes]


def _old_site(cache: Cache | None, out: Path) -> OldSite | None:
    known = cache.load(_name_of(out), KnownSite) if cache is not None else None
    if known is None or not out.is_dir() or _identity(out) != known.identity:
        return None
    return OldSite(folder=out.absolute(), moment=known.moment, stamps=known.stamps)


def _identity(folder: Path) -> tuple[int, int, int]:
    status = folder.stat()
    return status.st_dev, status.st_ino, status.st_ctime_ns


def _name_of(out: Path) -> str:
    return f"site-{digest(str(out.absolute()).encode()).hex()}"
