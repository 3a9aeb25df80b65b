"""全站检索 (site): spooled records → the directory, the index in parts, and the manifest of both."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

from generator.catalogue import wording
from generator.outputs.search.index_parts import (
    Part,
    PartPlan,
    index_part,
    part_starts,
    read_lines,
    share_out,
)
from generator.outputs.search.name_directory import DirectoryWriter, bucket_count, keys_of
from generator.outputs.search.search_record import SearchRecord
from generator.system.store import Store
from generator.system.workers import parallel

INDEX = "pagefind"
DIRECTORY = "search/names"
MANIFEST = "search/manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spooled:
    """一批检索记录的去向: what the files over all records need to know of one chunk."""

    keys: tuple[str, ...]
    entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchBuilt:
    """建成的检索."""

    records: int
    parts: tuple[Part, ...]


def spool_records(spool: Path, name: str, records: Iterable[SearchRecord | None]) -> Spooled:
    """Put records aside in ``<name>.search``; None (a tombstone) leaves no trace."""
    keys: list[str] = []
    entries = 0
    with (spool / f"{name}.search").open("wb") as file:
        for record in records:
            if record is not None:
                file.write(record.line())
                keys.append(record.key)
                entries += sum(1 for _ in keys_of(record))
    return Spooled(keys=tuple(keys), entries=entries)


def build_search(
    spool: Path,
    spooled: Iterable[Spooled],
    site: Path,
    jobs: int,
    store: Store | None = None,
    places: Iterable[tuple[str, str, str]] = (),
) -> SearchBuilt:
    """Index every spooled record into ``site``. A part whose records are those of the last build comes
    from ``store``: it is taken over, the others are indexed anew. ``places`` are (slug, name, full name) of those
    that have lists of notices and honours: whoever asks for 武汉 or 武汉市 is led to its pages first.

    Raises :class:`~generator.outputs.search.pagefind.SearchError`.
    """
    chunks = tuple(spooled)
    starts = part_starts(key for chunk in chunks for key in chunk.keys)
    buckets = bucket_count(sum(chunk.entries for chunk in chunks))
    facets: dict[str, Counter[str]] = defaultdict(Counter)
    paths = sorted(spool.glob("*.search"))
    with ExitStack() as opened:
        directory = DirectoryWriter(spool, buckets, opened)

        def counted() -> Iterable[tuple[SearchRecord, bytes]]:
            for record, line in read_lines(paths):
                directory.add(record)
                for name, values in record.filters.items():
                    facets[name].update(values)
                yield record, line

        share_out(counted(), starts, spool)
        directory.write(site / DIRECTORY)
    folder = site / INDEX
    folder.mkdir(parents=True, exist_ok=True)
    plan = PartPlan(spool=spool, folder=folder, store=store)
    parts = tuple(parallel(index_part, plan, range(len(starts)), jobs))
    _write_manifest(site / MANIFEST, parts, buckets, facets, places)
    return SearchBuilt(records=sum(part.records for part in parts), parts=parts)


def _write_manifest(
    path: Path,
    parts: tuple[Part, ...],
    buckets: int,
    facets: dict[str, Counter[str]],
    places: Iterable[tuple[str, str, str]],
) -> None:
    """``parts`` newest first, the undated pages before them; ``filters`` with their counts."""
    words = wording("search")
    dated = [part for part in reversed(parts) if part.since]
    undated = [part for part in parts if not part.since]
    order = words["filter_order"]
    manifest = {
        "parts": [asdict(part) for part in (*undated, *dated)],
        "buckets": buckets,
        "filters": [
            [name, sorted(facets[name].items(), key=lambda item: _facet_order(name, item))]
            for name in order
            if name in facets
        ],
        "year": wording("common")["filters"]["year"],
        "answers": [
            *words["answers"],
            *(
                {
                    **{key: form.format(name=name, slug=slug) for key, form in page.items()},
                    "exactly": [name, full],
                }
                for slug, name, full in places
                for page in words["places"]
            ),
        ],
        "open": wording("countdown")["badge"]["open"],
        "words": words["script"],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(manifest, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _facet_order(name: str, item: tuple[str, int]) -> tuple[int, str]:
    """Years newest first, all else by how often it stands, then by its name."""
    value, count = item
    return (-int(value), "") if name == wording("common")["filters"]["year"] else (-count, value)
