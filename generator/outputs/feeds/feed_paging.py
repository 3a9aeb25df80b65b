"""分页存档 (RFC 5005, archived feeds): a bounded current document and the archives before it.

Archives are cut from the entries in order of publication, oldest first, ``size`` to a document, so
that an archive keeps its entries for ever and only full ones exist. The current document holds what
no archive holds yet and, up to ``size``, what changed last, so a reader that polls it alone misses
no change. An entry that changed is written anew in its archive too: RFC 5005 advises against
changing archives, but a withdrawn name must go everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from generator.outputs.feeds.atom import Entry, FeedDocument, feed_bytes
from generator.public.context import SiteContext

_R = TypeVar("_R")


def archive_path(current: str, number: int) -> str:
    """Address of the ``number``-th archive, from 1: ``feeds/archive/wuhan/notices/3.atom``."""
    return f"feeds/archive/{current.removeprefix('feeds/').removesuffix('.atom')}/{number}.atom"


def paged(
    feed: FeedDocument,
    rows: Sequence[_R],
    *,
    entry: Callable[[_R], Entry],
    updated: Callable[[_R], datetime],
    size: int,
    context: SiteContext,
) -> Iterator[tuple[str, bytes]]:
    """当前文件与各存档 as (path from the root, bytes), the current one first.

    ``rows`` in order of publication, oldest first. ``feed.updated`` is replaced by each document's
    own. Raises ``ValueError`` when ``size`` is below 1.
    """
    if size < 1:
        raise ValueError("a feed holds at least one entry")
    full = len(rows) // size
    latest = sorted(range(len(rows)), key=lambda n: (updated(rows[n]), n), reverse=True)
    tail = range(full * size, len(rows))
    chosen = set(tail)
    for n in latest:
        if len(chosen) >= size:
            break
        chosen.add(n)
    shown = [rows[n] for n in latest if n in chosen]
    yield (
        feed.path,
        feed_bytes(
            replace(
                feed,
                updated=updated(shown[0]) if shown else feed.updated,
                previous=archive_path(feed.path, full) if full else None,
            ),
            map(entry, shown),
            context,
        ),
    )
    for number in range(1, full + 1):
        part = rows[(number - 1) * size : number * size]
        path = archive_path(feed.path, number)
        document = replace(
            feed,
            path=path,
            archive=True,
            updated=max(map(updated, part)),
            previous=archive_path(feed.path, number - 1) if number > 1 else None,
            next=archive_path(feed.path, number + 1) if number < full else None,
        )
        yield path, feed_bytes(document, map(entry, reversed(part)), context)
