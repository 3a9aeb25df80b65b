"""扫描 (scan): the private half of a build, chunk by chunk.

Each chunk of case files is read, checked and disclosed in one go, in a worker process. What comes
back is small: diagnostics, numbers to compare across records, list rows, and the words that the
audit must look for. The public records themselves go into the store and are read again when their pages are made, so
that memory does not grow with their number.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from stat import S_ISREG
from zlib import crc32

from generator.cases.decision_files import NO_GRANTS
from generator.checks.registry_check import CaseKeys
from generator.diagnostics import Diagnostic
from generator.disclosure.disclose_decision import GrantedPeople
from generator.disclosure.disclosure_rules import disclosure_rules
from generator.pipeline.case_scan import (
    NEVER,
    GuardedRecord,
    Record,
    ScannedCase,
    ScanPlan,
    folder_of,
    scan_case,
)
from generator.pipeline.held_records import SOURCE, name_in_store
from generator.pipeline.named_days import days_named
from generator.project.discovery import relative_name
from generator.public.list_rows import HonourRow, NoticeRow
from generator.public.public_case import PublicCase, VacantNumber
from generator.public.public_decision import PublicGrant
from generator.public.verification.answer_shards import Certificate
from generator.publication_log.publication_event import RecordState
from generator.source.file_bytes import FileProblemError, read_bytes
from generator.system.hashing import digest
from generator.system.store import ALWAYS, Entry, Store
from generator.system.workers import parallel

CHUNK = 250
"""Case files a chunk: large enough that starting one costs nothing, small enough to share evenly."""
MOST_CHUNKS = 512
"""Above this chunks grow instead."""
SCANNED, PUBLIC = "scanned", "public"
"""Kinds of entry in the store, both named by :func:`~generator.pipeline.held_records.name_in_store` of the file: a
:class:`ScannedCase`, and the :class:`PublicCase` that came of it."""
SEEN, CHUNKS = "seen", "chunks"
"""Kinds of entry named by the chunk: of each of its files how it looked, if that is to be relied upon, with its key; and
the :class:`ScanResult`."""
_SETTLED = 2_000_000_000
"""Nanoseconds after which every file system gives another write another time."""

_NOTHING = PublicCase(notice=None, honours=())


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanResult:
    """一批的结果."""

    diagnostics: tuple[Diagnostic, ...]
    keys: tuple[CaseKeys, ...]
    cases: tuple[str, ...]
    """Names in the store."""
    records: tuple[Record, ...]
    """Notices first, each by id."""
    notice_rows: tuple[NoticeRow, ...]
    honour_rows: tuple[HonourRow, ...]
    guarded: tuple[GuardedRecord, ...]
    published: tuple[tuple[str, tuple[str, ...]], ...]
    """(name, unit or place, addresses of the pages that rightly show it)."""
    public_words: frozenset[str]
    certificates: tuple[Certificate, ...]
    states: tuple[RecordState, ...]
    """What the log of publications must know of each public record; none unless the plan asks."""
    vacant: tuple[VacantNumber, ...]
    desk: frozenset[str]
    """Numbers and addresses at which public notices themselves say that objections are received."""
    grants: tuple[PublicGrant, ...]
    """What decisions grant and may be shown."""
    granted: tuple[GrantedPeople, ...]
    """How many people each grant is to, shown or not: private."""
    portraits: frozenset[str]
    """Pictures that records name, by their path from the root."""
    days: frozenset[str]
    """Every day that its rows name."""
    told: bytes
    """Digest of all that the audit is told of them."""
    withheld_cases: int
    withheld_persons: int
    turns_at: datetime
    """Before this instant time changes nothing of any of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """第 ``number`` 片，共 ``count`` 片; numbers begin with 1, and there are never more than :data:`MOST_CHUNKS`."""

    number: int
    count: int

    @classmethod
    def parsed(cls, text: str) -> Share | None:
        """``2/8``; None for anything else, and for a share that would always be empty."""
        found = re.fullmatch("([0-9]{1,4})/([0-9]{1,4})", text)
        if found is None or not 1 <= int(found[1]) <= int(found[2]) <= MOST_CHUNKS:
            return None
        return cls(number=int(found[1]), count=int(found[2]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """一批案件文件. ``name`` says its number and how many chunks there are, ``names`` are those of the files in the store.
    ``looks`` is how each file looks, by its name, empty if that is not to be relied upon; ``keys`` are those of the files
    that hold what they held when they were read last. Both have nothing where nothing is kept."""

    name: str
    paths: tuple[Path, ...]
    names: tuple[str, ...]
    looks: Mapping[str, bytes] = field(default_factory=dict)
    keys: Mapping[str, bytes] = field(default_factory=dict)


def scan(
    paths: Sequence[Path], plan: ScanPlan, jobs: int, share: Share | None = None
) -> Iterator[ScanResult]:
    """Read, check and disclose all of ``paths``, or one share of them, chunk by chunk. A chunk of which no file has
    changed, and nothing turns, is taken over whole."""
    chunks = chunks_of(paths, plan)
    if share is not None:
        chunks = chunks[share.number - 1 :: share.count]
    if plan.store is not None and plan.store.lasting:
        chunks = _as_seen(chunks, plan, plan.store)
    kept = _kept_chunks(chunks, plan)
    fresh = parallel(scan_chunk, plan, (chunk for chunk in chunks if chunk.name not in kept), jobs)
    for chunk in chunks:
        yield kept[chunk.name] if chunk.name in kept else next(fresh)


def chunk_count(files: int) -> int:
    """How many chunks so many files come in, empty ones among them."""
    count = 1
    while count * CHUNK < files and count < MOST_CHUNKS:
        count *= 2
    return count


def chunks_of(paths: Sequence[Path], plan: ScanPlan) -> list[Chunk]:
    """The chunks. A file's chunk depends on its own name and, roughly, on how many files there are, so that a record
    more does not move the others."""
    count = chunk_count(len(paths))
    chunks: dict[int, dict[Path, str]] = {}
    for path in paths:
        relative = _relative(path, plan)
        chunks.setdefault(crc32(relative) % count, {})[path] = name_in_store(os.fsdecode(relative))
    return [
        Chunk(name=f"{number}/{count}", paths=tuple(files), names=tuple(files.values()))
        for number, files in sorted(chunks.items())
    ]


def _kept_chunks(chunks: Sequence[Chunk], plan: ScanPlan) -> dict[str, ScanResult]:
    """Results that still hold, of chunks whose every public case the store has."""
    rest_on = {chunk.name: _all_keys(chunk.keys) for chunk in chunks if len(chunk.keys) == len(chunk.paths)}
    if plan.store is None or not rest_on:
        return {}
    own = replace(plan.store, beside=())
    found = own.find(CHUNKS, rest_on, KeptChunk, plan.as_of)
    public = {name: key for kept in found.values() for name, key in kept.keys.items()}
    there = own.whole(PUBLIC, public, PublicCase, plan.as_of)
    return {name: kept.result for name, kept in found.items() if there.issuperset(kept.keys)}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptChunk:
    """一批留下的结果. ``keys`` are those of the cases, by their names in the store."""

    keys: dict[str, bytes]
    result: ScanResult


def scan_chunk(plan: ScanPlan, chunk: Chunk) -> ScanResult:
    """One chunk, in whatever process. Only what the store does not have, or what no longer holds, is worked out."""
    names, paths = chunk.names, chunk.paths
    rules = disclosure_rules(plan.settings, plan.as_of)
    if plan.store is None:
        return _result([scan_case(path, plan, rules, "", b"")[0] for path in paths], ())
    contents: dict[str, bytes] = {}
    keys: dict[str, bytes] = {}
    for name, path in zip(names, paths, strict=True):
        if name in chunk.keys:
            keys[name] = chunk.keys[name]
        elif (data := _content(path, plan)) is not None:
            keys[name], contents[name] = _case_key(path, data, plan), data
    if chunk.looks:
        _note_seen(chunk, keys, plan, plan.store)
    known = plan.store.find(SCANNED, keys, ScannedCase, plan.as_of)
    public = plan.store.whole(PUBLIC, {name: keys[name] for name in known}, PublicCase, plan.as_of)
    found: list[ScannedCase] = []
    fresh: list[tuple[str, ScannedCase, PublicCase | None]] = []
    for name, path in zip(names, paths, strict=True):
        if name in public:
            found.append(known[name])
            continue
        case, content = scan_case(path, plan, rules, name, keys.get(name, b""))
        found.append(case)
        if name in keys and case.span != NEVER:
            fresh.append((name, case, content))
    _keep(plan.store, fresh, keys)
    if plan.store.lasting and plan.whole:
        # Once their site stands, these are the form that was published last.
        sound = public.union(name for name, _, _ in fresh)
        sources = ((name, data) for name, data in contents.items() if name in sound)
        plan.store.put(SOURCE, [Entry(name=n, made_from=keys[n], value=data) for n, data in sources])
    result = _result(found, names)
    if chunk.looks and not any(case.span == NEVER for case in found):
        _keep_chunk(plan.store, chunk, keys, found, result)
    return result


def _keep_chunk(
    store: Store, chunk: Chunk, keys: dict[str, bytes], cases: Sequence[ScannedCase], result: ScanResult
) -> None:
    """For as long as every case of it holds."""
    since, until = zip(*(case.span for case in cases), strict=True)
    kept = KeptChunk(keys=keys, result=result)
    entry = Entry(name=chunk.name, made_from=_all_keys(keys), holds=(max(since), min(until)), value=kept)
    with suppress(UnicodeEncodeError):
        store.put(CHUNKS, [entry])


def _all_keys(keys: Mapping[str, bytes]) -> bytes:
    return digest(*(part for name, key in keys.items() for part in (name.encode(), key)))


def _keep(
    store: Store, fresh: Sequence[tuple[str, ScannedCase, PublicCase | None]], keys: Mapping[str, bytes]
) -> None:
    public, scanned = [], []
    for name, case, content in fresh:
        made = Entry(name=name, made_from=keys[name], holds=case.span, value=content or _NOTHING)
        public.append(made)
        scanned.append(replace(made, value=case))
    store.put(PUBLIC, public)
    if store.lasting:
        with suppress(UnicodeEncodeError):  # half a character in what is withheld: the next build scans again
            store.put(SCANNED, scanned)


def _content(path: Path, plan: ScanPlan) -> bytes | None:
    try:
        return read_bytes(path, plan.root_of(path))
    except FileProblemError:
        return None


def _as_seen(chunks: Sequence[Chunk], plan: ScanPlan, store: Store) -> list[Chunk]:
    """The chunks with what is known of their files. One that looks as it did is not read; one that was too young to be known
    by its looks is, and holds what it held if its key is the same."""
    seen = replace(store, beside=()).find(  # how a file looks is known of this machine alone
        SEEN, {chunk.name: _seen_basis(plan) for chunk in chunks}, dict[str, tuple[bytes, bytes]]
    )
    found: list[Chunk] = []
    read: list[Chunk] = []
    for chunk in chunks:
        looks: dict[str, bytes] = {}
        keys: dict[str, bytes] = {}
        known = seen.get(chunk.name, {})
        for name, path in zip(chunk.names, chunk.paths, strict=True):
            look = _look(path, plan)
            before, key = known.get(name, (b"", b""))
            looks[name] = look
            if key and (look == before if before else _key_of(path, plan) == key):
                keys[name] = key
        found.append(replace(chunk, looks=looks, keys=keys))
        if len(keys) == len(looks) and any(known[name][0] != look for name, look in looks.items()):
            read.append(found[-1])
    for chunk in read:
        _note_seen(chunk, chunk.keys, plan, store)
    return found


def _note_seen(chunk: Chunk, keys: Mapping[str, bytes], plan: ScanPlan, store: Store) -> None:
    told = {name: (look, keys[name]) for name, look in chunk.looks.items() if name in keys}
    store.put(SEEN, [Entry(name=chunk.name, made_from=_seen_basis(plan), value=told)])


def _seen_basis(plan: ScanPlan) -> bytes:
    return digest(plan.basis, _wanted(plan))


def _key_of(path: Path, plan: ScanPlan) -> bytes | None:
    """The key of a file as it is now."""
    data = _content(path, plan)
    return None if data is None else _case_key(path, data, plan)


def _look(path: Path, plan: ScanPlan) -> bytes:
    """How a file, and what is scanned with it, looks without being read; empty where it was written to so lately that it
    could be written to once more and look the same."""
    try:
        status = os.lstat(path)
    except OSError:
        return b""
    modified, changed = status.st_mtime_ns, status.st_ctime_ns
    if not S_ISREG(status.st_mode) or max(modified, changed) > plan.started - _SETTLED:
        return b""
    look = b"%d %d %d %d %d " % (status.st_size, modified, changed, status.st_ino, status.st_dev)
    return look + _beside(path, plan)


def _beside(path: Path, plan: ScanPlan) -> bytes:
    """What is scanned with a file: what decisions grant to its case, and pictures."""
    return digest(_granted(path, plan), _pictures(path, plan)) if plan.grants or plan.portraits else b""


def _granted(path: Path, plan: ScanPlan) -> bytes:
    # A file is called after its case, or is faulty and not kept.
    if not plan.grants:
        return NO_GRANTS.made_from
    return plan.grants.get((folder_of(path), path.stem), NO_GRANTS).made_from


def _wanted(plan: ScanPlan) -> bytes:
    return f"{plan.slow is not None} {plan.stated}".encode()


def _relative(path: Path, plan: ScanPlan) -> bytes:
    return os.fsencode(relative_name(path, plan.root_of(path)))


def _case_key(path: Path, data: bytes, plan: ScanPlan) -> bytes:
    """Digest of all that the scan of this file, which holds ``data``, depends on, but for the clock."""
    return digest(
        plan.basis, _wanted(plan), _relative(path, plan), data, _granted(path, plan), _pictures(path, plan)
    )


def _pictures(path: Path, plan: ScanPlan) -> bytes:
    if not plan.portraits:
        return b""
    return plan.portraits.get(f"{folder_of(path)}/{path.parent.name}", b"")


def _result(cases: Sequence[ScannedCase], names: tuple[str, ...]) -> ScanResult:
    rows = [row for case in cases for row in (case.notice_row, *case.honour_rows)]
    told = [
        (
            case.guarded and (case.guarded.path, case.guarded.ids, case.guarded.mark, case.guarded.answers),
            (case.published, sorted(case.public_words), sorted(case.desk)),
        )
        for case in cases
    ]
    return ScanResult(
        days=frozenset(days_named(rows)) if names else frozenset(),
        told=digest(repr(told).encode("utf-8", "surrogatepass")) if names else b"",
        diagnostics=tuple(item for case in cases for item in case.diagnostics),
        keys=tuple(case.keys for case in cases if case.keys is not None),
        cases=names,
        records=tuple(
            sorted(
                (item for case in cases for item in case.records),
                key=lambda item: (item.kind != "notices", item.id),
            )
        ),
        notice_rows=tuple(case.notice_row for case in cases if case.notice_row is not None),
        honour_rows=tuple(row for case in cases for row in case.honour_rows),
        guarded=tuple(case.guarded for case in cases if case.guarded is not None),
        published=tuple(item for case in cases for item in case.published),
        public_words=frozenset(word for case in cases for word in case.public_words),
        certificates=tuple(item for case in cases for item in case.certificates),
        states=tuple(state for case in cases for state in case.states),
        vacant=tuple(item for case in cases for item in case.vacant),
        desk=frozenset(item for case in cases for item in case.desk),
        grants=tuple(item for case in cases for item in case.grants),
        granted=tuple(item for case in cases for item in case.granted),
        portraits=frozenset(path for case in cases for path in case.portraits),
        withheld_cases=sum(case.withheld_cases for case in cases),
        withheld_persons=sum(case.withheld_persons for case in cases),
        turns_at=min((case.span[1] for case in cases), default=ALWAYS[1]),
    )
