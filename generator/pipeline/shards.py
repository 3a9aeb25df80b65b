"""分片 (shards): the costly part of a build, shared out over machines.

Each shard reads, checks, discloses and renders its own share of the records and leaves what it made in
a folder, in the form of the cache. Merging takes those folders over and builds as ever: what a
shard has made is found there, what none has made, or what was made from other inputs, is worked out
again. So shards can run in any order, twice, on any batch engine, and the site is the same.

What only shows when all records are seen together (numbers used twice, lists, feeds, the audit) is
done when merging.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator.diagnostics import Diagnostic
from generator.pipeline.papers import plan_papers
from generator.pipeline.prepare import PRIVATE_FOLDER, Prepared, prepare, private_spool
from generator.pipeline.scan import Share, chunk_numbers
from generator.pipeline.stamp import render_chunk
from generator.system.cache import FOLDER, open_cache
from generator.system.exchange import BuildInProgressError
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
    with private_spool(root) as spool, open_cache(folder, root) as cache:
        if cache is None:
            raise BuildInProgressError(str(folder))
        prepared = prepare(root, as_of, now, spool, jobs, search=search, cache=cache, share=share)
        prepared = plan_papers(prepared).prepared
        made = parallel(_render, prepared, chunk_numbers(spool), jobs)
        return ShardBuilt(records=sum(made), warnings=prepared.diagnostics)


def adopt_shards(root: Path, folders: list[Path]) -> int:
    """Take what shards have made into the cache of ``root``, for the build that follows; returns the number
    of files. Raises :class:`BuildInProgressError` when the cache is in use."""
    with open_cache(root / PRIVATE_FOLDER / FOLDER, root) as cache:
        if cache is None:
            raise BuildInProgressError(str(root))
        return sum(cache.adopt(folder) for folder in folders)


def _render(prepared: Prepared, chunk: int) -> int:
    return render_chunk(prepared, chunk)
