"""分片 (shards): the costly part of a build, shared out over machines.

Each shard reads, checks, discloses and renders its own share of the records and leaves what it made in
a folder, in the form of the cache. Merging takes those folders over and builds as ever: what a
shard has made is found there, what none has made, or what was made from other inputs, is worked out
again. So shards can run in any order, twice, on any batch engine, and the site is the same.

What only shows when all records are seen together (numbers used twice, lists, feeds, the audit) is
done when merging.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator.diagnostics import Diagnostic
from generator.pipeline.destination import PRIVATE_FOLDER, settled_shard
from generator.pipeline.papers import plan_papers
from generator.pipeline.prepare import Prepared, prepare, private_spool
from generator.pipeline.produce import Produced
from generator.pipeline.scan import KnownScan, ScannedCase, Share, chunk_numbers, read_spooled
from generator.pipeline.stamp import render_chunk
from generator.public.public_case import PublicHonour, PublicNotice
from generator.system.cache import DIGEST_SIZE, FOLDER, open_cache, read_entry
from generator.system.exchange import BuildInProgressError
from generator.system.packing import UnreadableError
from generator.system.workers import parallel


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardBuilt:
    """一片的结果."""

    records: int
    """Public notices and honours made."""
    warnings: tuple[Diagnostic, ...]


def build_shard(
    root: Path,
    folder: Path,
    share: Share,
    as_of: datetime | None,
    now: datetime,
    jobs: int,
    *,
    search: bool = False,
) -> ShardBuilt:
    """Make the pages of one share of the records of ``root`` and leave them in ``folder``, for its owner only.

    All shards and the merge must be given the same ``as_of`` and ``search``, or the merge works out
    again what differs. Raises :class:`ChecksFailedError` for errors in this share's records, and
    :class:`BuildInProgressError` when another process writes to ``folder``.
    """
    folder = settled_shard(root, folder)
    with private_spool(root) as spool, open_cache(folder, root) as cache:
        if cache is None:
            raise BuildInProgressError(str(folder))
        prepared = prepare(root, as_of, now, spool, jobs, search=search, cache=cache, share=share)
        prepared = plan_papers(prepared).prepared
        made = parallel(_render, prepared, chunk_numbers(spool), jobs)
        return ShardBuilt(records=sum(made), warnings=prepared.diagnostics)


def adopt_shards(root: Path, folders: list[Path]) -> int:
    """Take what shards have made into the cache of ``root``, for the build that follows; returns the number
    of files.

    The folders come from elsewhere. Every file is read first, as what its name says it is, and nothing is
    taken over unless all are sound: raises :class:`BadShardError`, and :class:`BuildInProgressError` when the
    cache is in use.
    """
    files = [path for folder in folders for path in _shard_files(folder)]
    with open_cache(root / PRIVATE_FOLDER / FOLDER, root) as cache:
        if cache is None:
            raise BuildInProgressError(str(root))
        for path in files:
            cache.adopt(path)
    return len(files)


class BadShardError(Exception):
    """不是分片: a file that no shard of this version has made, or that is damaged. Its argument is its path."""


def _shard_files(folder: Path) -> Iterator[Path]:
    """The files of one shard, in the order of their names, each read and sound."""
    found = False
    for path in sorted(folder.iterdir()):
        read = _READ.get(path.suffix)
        if read is None or not _NAME.fullmatch(path.name):
            continue
        found = True
        try:
            sound = not path.is_symlink() and all(map(_OF_RECORD.fullmatch, read(path)))
        except (OSError, UnreadableError):
            sound = False
        if not sound:
            raise BadShardError(str(path))
        yield path
    if not found:
        raise BadShardError(str(folder))


def _scan_paths(path: Path) -> Iterator[str]:
    read_entry(path, KnownScan)
    return iter(())


def _case_paths(path: Path) -> Iterator[str]:
    for case in read_entry(path, dict[bytes, ScannedCase]).values():
        if case.public is not None:
            if case.public.notice is not None:
                yield case.public.notice.path
            yield from (honour.path for honour in case.public.honours)


def _page_paths(path: Path) -> Iterator[str]:
    for made in read_entry(path, dict[bytes, Produced]).values():
        yield made.page.path
        yield from (name for name, _ in made.files)


_READ: Mapping[str, Callable[[Path], Iterator[str]]] = {
    ".scan": _scan_paths,
    ".cases": _case_paths,
    ".pages": _page_paths,
    ".notices": lambda path: (notice.path for notice in read_spooled(path, PublicNotice)),
    ".honours": lambda path: (honour.path for honour in read_spooled(path, PublicHonour)),
    ".keys": lambda path: iter(() if path.stat().st_size % DIGEST_SIZE == 0 else ("cut short",)),
}
"""Each kind of file a shard leaves: reads one, and gives every path to which a build would write from it."""
_NAME = re.compile(r"[0-9]{6}\.[a-z]+")
_OF_RECORD = re.compile(
    r"(?:api/v1/)?(?:notices|honours)/[a-z]+-[0-9]{4}-h?[0-9]+(?:\.json|/(?:[a-z]+\.[a-z]+)?)"
)
"""A path of one record: none leads out of the site."""


def _render(prepared: Prepared, chunk: int) -> int:
    return render_chunk(prepared, chunk)
