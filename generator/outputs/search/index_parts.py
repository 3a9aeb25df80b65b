"""分部索引 (parts): the full text, cut by date into parts that the browser loads as it needs them.

Pagefind keeps all it indexes in memory, a seventh of a megabyte a record, and every search loads a list of all pages
of an index. Parts bound both: a process holds one part, and a search begins with the newest. Parts are counted
from the oldest record, so a new record changes the newest part alone.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.outputs.search.canonical import IndexFiles, settled
from generator.outputs.search.pagefind import index_files
from generator.outputs.search.search_record import UNDATED, SearchRecord, record_of_line
from generator.spellings.han_words import EVERY, spaced
from generator.system.hashing import digest, software_digest
from generator.system.store import Entry, Store

RECORDS_A_PART = 4000
PARTS = "search"
"""Kind of entry in the store, named by the number of a part: its files, and the programs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPlan:
    """各部共用: where the parts' lines wait, where the index goes, and what earlier builds made."""

    spool: Path
    folder: Path
    store: Store | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """一部. ``name`` follows from its content; ``since`` and ``until`` are the first and the last date
    (inclusive), empty for the part of undated pages, which is searched first."""

    name: str
    since: str
    until: str
    records: int


def part_starts(keys: Iterable[str]) -> tuple[str, ...]:
    """Keys at which the parts begin, oldest first. Undated records have a part of their own, the first."""
    ordered = sorted(keys)
    dated = bisect_right(ordered, UNDATED + "\U0010ffff")
    return (*([UNDATED] if dated else []), *ordered[dated::RECORDS_A_PART])


def part_path(spool: Path, number: int) -> Path:
    """Where the lines of one part wait."""
    return spool / f"part-{number:05}.lines"


def share_out(records: Iterable[tuple[SearchRecord, bytes]], starts: Sequence[str], spool: Path) -> None:
    """Write each record's line into the file of its part."""
    with ExitStack() as opened:
        files = [opened.enter_context(part_path(spool, number).open("wb")) for number in range(len(starts))]
        for record, line in records:
            files[bisect_right(starts, record.key) - 1].write(line)


def index_part(plan: PartPlan, number: int) -> Part:
    """Index one part, in whatever process."""
    path = part_path(plan.spool, number)
    with path.open("rb") as file:
        lines = sorted((record_of_line(line).key, line) for line in file)
    name = hashlib.sha256(b"".join(line for _, line in lines)).hexdigest()[:12]
    files = _files(plan.store, number, name, [line for _, line in lines])
    _write(plan.folder / name, files.part)
    if number == 0:
        _write(plan.folder, files.programs)
    path.unlink()
    first, last = lines[0][0].split(" ", 1)[0], lines[-1][0].split(" ", 1)[0]
    undated = first == UNDATED
    return Part(
        name=name,
        since="" if undated else first,
        until="" if undated else last,
        records=len(lines),
    )


def _files(store: Store | None, number: int, name: str, lines: Sequence[bytes]) -> IndexFiles:
    """Files of one part and the programs: as the last build made them, if its records were the same."""
    part, key = f"{number:05}", digest(software_digest(), name.encode())
    kept = {} if store is None else store.find(PARTS, {part: key}, IndexFiles)
    if part in kept:
        return kept[part]
    files = settled(index_files(_as_pagefind(record_of_line(line)) for line in lines))
    if store is not None:
        store.put(PARTS, [Entry(name=part, made_from=key, value=files)])
    return files


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def _as_pagefind(record: SearchRecord) -> Mapping[str, Any]:
    return {
        "url": record.path,
        "content": f"{spaced(record.text)} {spaced(record.title)} {EVERY}",
        "meta": {"title": record.title, "kicker": record.kicker, "state": record.state},
        "filters": {name: list(values) for name, values in record.filters.items()},
        "sort": {"date": record.key},
    }


def read_lines(paths: Iterable[Path]) -> Iterator[tuple[SearchRecord, bytes]]:
    """Records of spooled files, each with its line."""
    for path in paths:
        with path.open("rb") as file:
            for line in file:
                yield record_of_line(line), line
