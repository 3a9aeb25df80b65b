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
from heapq import nlargest
from itertools import count
from typing import Generic, NamedTuple, TypeVar

from generator.outputs.feeds.atom import Entry, FeedDocument, feed_bytes
from generator.public.context import SiteContext
from generator.public.list_parts import ListPart

T = TypeVar("T")


class FeedRow(NamedTuple, Generic[T]):
    """订阅中的一行: what it tells ``of`` and the ``id`` of its record, which of the record's changes it is (``number``), when
    it last changed, and the same in seconds, for all feeds in which it stands."""

    of: T
    id: str
    number: int
    changed_at: datetime
    seconds: float


def archive_path(current: str, number: int) -> str:
    """Address of the ``number``-th archive, from 1: ``feeds/archive/wuhan/notices/3.atom``."""
    return f"feeds/archive/{current.removeprefix('feeds/').removesuffix('.atom')}/{number}.atom"


def current_path(path: str) -> str:
    """Address of the current document of the feed of which ``path`` is an archive, or the current one itself."""
    inside, _, number = path.removeprefix("feeds/archive/").removesuffix(".atom").rpartition("/")
    return f"feeds/{inside}.atom" if path.startswith("feeds/archive/") and number.isdecimal() else path


def paged(
    feed: FeedDocument,
    rows: Sequence[FeedRow[T]],
    *,
    entry: Callable[[T], Entry],
    size: int,
    context: SiteContext,
) -> Iterator[ListPart[tuple[str, bytes]]]:
    """当前文件与各存档 as parts of one file each, the current one first.

    ``rows`` in order of publication, oldest first. ``feed.updated`` is replaced by each document's own. Raises ``ValueError``
    when ``size`` is below 1.
    """
    if size < 1:
        raise ValueError("a feed holds at least one entry")
    full = len(rows) // size
    seconds = [row.seconds for row in rows]
    chosen = set(range(full * size, len(rows)))
    for _, n in nlargest(size, zip(seconds, count(), strict=False)):
        if len(chosen) >= size:
            break
        chosen.add(n)

    def part(document: FeedDocument, numbers: Sequence[int]) -> ListPart[tuple[str, bytes]]:
        def made() -> Iterator[tuple[str, bytes]]:
            yield document.path, feed_bytes(document, (entry(rows[n].of) for n in numbers), context)

        return ListPart(
            path=document.path,
            records=tuple([rows[n].id for n in numbers]),
            said=(
                document.updated.isoformat(),
                document.previous or "",
                document.next or "",
                *[rows[n].number for n in numbers],
                *[seconds[n] for n in numbers],
            ),
            make=made,
        )

    shown = sorted(chosen, key=lambda n: (seconds[n], n), reverse=True)
    yield part(
        replace(
            feed,
            updated=rows[shown[0]].changed_at if shown else feed.updated,
            previous=archive_path(feed.path, full) if full else None,
        ),
        shown,
    )
    for number in range(1, full + 1):
        numbers = range((number - 1) * size, number * size)
        document = replace(
            feed,
            path=archive_path(feed.path, number),
            archive=True,
            updated=rows[max(numbers, key=seconds.__getitem__)].changed_at,
            previous=archive_path(feed.path, number - 1) if number > 1 else None,
            next=archive_path(feed.path, number + 1) if number < full else None,
        )
        yield part(document, numbers[::-1])
