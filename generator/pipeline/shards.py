"""分片 (shards): the costly part of a build, shared out over machines.

Each shard reads, checks, discloses and renders its own share of the records and fills a store with what it
made. Merging is a build that reads those stores beside its own: what a shard has made is found there,
what none has made, or what was made from other inputs, is worked out again. So shards can run in any order, twice, on any batch engine, and the site is the same.

What only shows when all records are seen together (numbers used twice, lists, feeds, the audit) is
done when merging.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator.diagnostics import Diagnostic
from generator.pipeline.case_scan import ScannedCase
from generator.pipeline.destination import settled_shard
from generator.pipeline.papers import plan_papers
from generator.pipeline.prepare import prepare
from generator.pipeline.private_spool import private_spool
from generator.pipeline.produce import Listed, OwnFiles
from generator.pipeline.scan import PUBLIC, SCANNED, Share
from generator.pipeline.stamp import LISTED, PAGES, produce_chunk
from generator.public.public_case import PublicCase
from generator.system.cache import open_cache
from generator.system.packing import UnreadableError
from generator.system.store import RECORDS, each, is_sound
from generator.system.tree_exchange import BuildInProgressError
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
        made = parallel(produce_chunk, prepared, range(len(prepared.chunks)), jobs)
        return ShardBuilt(records=sum(made), warnings=prepared.diagnostics)


def shard_stores(folders: Sequence[Path]) -> list[Path]:
    """The stores that shards have filled, for the build that puts them together.

    They come from elsewhere. Every entry is read first, as what its kind says it is; raises
    :class:`BadShardError` unless all are sound.
    """
    stores = [folder / RECORDS for folder in folders]
    for store in stores:
        if not is_sound(store):
            raise BadShardError(str(store))
        try:
            sound = all(_OF_RECORD.fullmatch(path) for path in _paths(store))
        except UnreadableError:
            sound = False
        if not sound:
            raise BadShardError(str(store))
    return stores


class BadShardError(Exception):
    """不是分片: a file that no shard of this version has made, or that is damaged. Its argument is its path."""


def _paths(store: Path) -> Iterator[str]:
    """Every path to which a build would write from a store. Raises :class:`UnreadableError`."""
    for _ in each(store, SCANNED, ScannedCase):
        pass
    for _, case in each(store, PUBLIC, PublicCase):
        yield from (record.path for record in (case.notice, *case.honours) if record is not None)
    for _, own in each(store, PAGES, OwnFiles):
        yield own.page.path
        yield from (path for path, _ in own.files)
    for _ in each(store, LISTED, Listed):
        pass


_OF_RECORD = re.compile(
    r"(?:api/v1/)?(?:notices|honours|decisions)/(?:[a-z]+-)+(?:[0-9]{6}-)?[0-9]{4}-[hd]?[0-9]+(?:\.json|/(?:[a-z]+\.[a-z]+)?)"
)
"""A path of one record: none leads out of the site."""
