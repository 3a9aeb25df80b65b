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
from datetime import date, datetime
from pathlib import Path
from stat import S_ISREG
from zlib import crc32

from generator.audit.leaks import mark_of
from generator.cases.case import Case
from generator.cases.case_clock import case_clock
from generator.cases.case_files import case_locator, load_case
from generator.cases.case_span import span_of
from generator.cases.decision_files import (
    NO_GRANTS,
    Grants,
    decision_locator,
    decision_place,
    with_grants,
)
from generator.checks.filing import check_filing
from generator.checks.likeness import likenesses
from generator.checks.portrait_check import named_portraits, read_portraits
from generator.checks.problem import CaseProblem
from generator.checks.record_check import check_case
from generator.checks.registry_check import CaseKeys
from generator.checks.writing import check_writing
from generator.diagnostics import Diagnostic, diagnose, has_errors
from generator.diagnostics.crash import fault_in
from generator.disclosure.certificates import code_fingerprints, public_certificates
from generator.disclosure.disclose import DisclosureRules, disclose
from generator.disclosure.disclose_decision import GrantedPeople, granted_people, public_grants
from generator.disclosure.disclosure_rules import disclosure_rules
from generator.disclosure.telling import telling
from generator.disclosure.vacant import hidden_numbers, vacant_numbers
from generator.disclosure.who_is_shown import is_minor, numbers_not_shown, publishes_notice, withheld_on
from generator.disclosure.withheld_words import Withheld, published_words, withheld_words
from generator.pipeline.hold import SOURCE, name_in_store
from generator.pipeline.named_days import days_named
from generator.project.discovery import relative_name
from generator.project.settings import Settings, channel_identifiers
from generator.public.context import SiteContext
from generator.public.documents import Kind
from generator.public.list_rows import HonourRow, NoticeRow, honour_row, notice_row
from generator.public.public_case import PublicCase, PublicHonour, PublicNotice, VacantNumber
from generator.public.public_decision import PublicGrant
from generator.public.verification.answer_shards import Certificate
from generator.public.verification.slow_hash import SlowHash, site_salt
from generator.publication_log.publication_event import RecordState, honour_state, notice_state
from generator.source.file_bytes import FileProblemError, read_bytes
from generator.source.model.instant import SHANGHAI
from generator.system.hashing import digest
from generator.system.store import ALWAYS, Entry, Span, Store
from generator.system.workers import parallel

CHUNK = 250
"""Case files a chunk: large enough that starting one costs nothing, small enough to share evenly."""
MOST_CHUNKS = 512
"""Above this chunks grow instead."""
SCANNED, PUBLIC = "scanned", "public"
"""Kinds of entry in the store, both named by :func:`~generator.pipeline.hold.name_in_store` of the file: a
:class:`ScannedCase`, and the :class:`PublicCase` that came of it."""
SEEN, CHUNKS = "seen", "chunks"
"""Kinds of entry named by the chunk: of each of its files how it looked, if that is to be relied upon, with its key; and
the :class:`ScanResult`."""
_SETTLED = 2_000_000_000
"""Nanoseconds after which every file system gives another write another time."""

_MOMENT = datetime.min.replace(tzinfo=SHANGHAI)
_NEVER: Span = (_MOMENT, _MOMENT)
_NOTHING = PublicCase(notice=None, honours=())


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardedRecord:
    """一案须保守的字句, with what the audit needs to tell a leak from a namesake."""

    path: str
    ids: tuple[str, ...]
    """Public ids of its notice and its honours, published or not."""
    words: tuple[Withheld, ...]
    mark: bytes
    """Digest of the words."""
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """一件公开记录: where its content is kept. ``made_from`` is the digest of its case's file and of all else that the
    scan rests on, ``key`` of that and of the span for which it holds."""

    id: str
    kind: Kind
    case: str
    made_from: bytes
    key: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannedCase:
    """一案的结果, but for its public content. ``span``: how long it stays right; :data:`_NEVER` for a file with
    errors. All but the first three are of a build only."""

    diagnostics: tuple[Diagnostic, ...]
    span: Span
    keys: CaseKeys | None = None
    guarded: GuardedRecord | None = None
    records: tuple[Record, ...] = ()
    notice_row: NoticeRow | None = None
    honour_rows: tuple[HonourRow, ...] = ()
    published: tuple[tuple[str, tuple[str, ...]], ...] = ()
    public_words: frozenset[str] = frozenset()
    certificates: tuple[Certificate, ...] = ()
    states: tuple[RecordState, ...] = ()
    vacant: tuple[VacantNumber, ...] = ()
    desk: frozenset[str] = frozenset()
    grants: tuple[PublicGrant, ...] = ()
    granted: tuple[GrantedPeople, ...] = ()
    portraits: tuple[str, ...] = ()
    withheld_cases: int = 0
    withheld_persons: int = 0


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
class ScanPlan:
    """各批共用. ``store`` None: check only, nothing is kept for rendering. ``basis`` is the digest of software and
    settings, empty where no later build reads the store. ``slow`` None: certificate codes are checked, but what
    is published of them is not worked out. ``stated``: what the log of publications must know of each public
    record is worked out. ``grants`` are what decisions grant to each case. ``portraits``: digests of all pictures of a
    place and a year (``wuhan/2026``), since a file's name tells nothing of its content. ``started`` is when the build
    began, by the clock of the file system, in nanoseconds. ``held`` is the folder of records that keep their last
    published form. ``whole``: no share, so that a site may come of it."""

    settings: Settings
    as_of: datetime
    store: Store | None
    basis: bytes = b""
    slow: SlowHash | None = None
    stated: bool = False
    grants: Grants = field(default_factory=dict)
    portraits: Mapping[str, bytes] = field(default_factory=dict)
    started: int = 0
    held: Path | None = None
    whole: bool = True

    def root_of(self, path: Path) -> Path:
        """The folder below which ``path`` lies as in a project: the project, or that of what is held."""
        if self.held is not None and path.is_relative_to(self.held):
            return self.held
        return self.settings.root

    @property
    def context(self) -> SiteContext:
        """As much as the log of publications needs of what pages know."""
        return SiteContext(
            site=self.settings.site,
            jurisdictions=self.settings.jurisdictions,
            authorities=self.settings.authorities,
            library=self.settings.library,
            as_of=self.as_of,
        )


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
        return _result([_scan_case(path, plan, rules, "", b"")[0] for path in paths], ())
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
        case, content = _scan_case(path, plan, rules, name, keys.get(name, b""))
        found.append(case)
        if name in keys and case.span != _NEVER:
            fresh.append((name, case, content))
    _keep(plan.store, fresh, keys)
    if plan.store.lasting and plan.whole:
        # Once their site stands, these are the form that was published last.
        sound = public.union(name for name, _, _ in fresh)
        sources = ((name, data) for name, data in contents.items() if name in sound)
        plan.store.put(SOURCE, [Entry(name=n, made_from=keys[n], value=data) for n, data in sources])
    result = _result(found, names)
    if chunk.looks and not any(case.span == _NEVER for case in found):
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
    return plan.grants.get((_folder(path), path.stem), NO_GRANTS).made_from


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
    return plan.portraits.get(f"{_folder(path)}/{path.parent.name}", b"")


def _scan_case(
    path: Path, plan: ScanPlan, rules: DisclosureRules, name: str, made_from: bytes
) -> tuple[ScannedCase, PublicCase | None]:
    """One case. A fault of ours in it is told with its file and spares the others; no site is built then."""
    try:
        return _scan_sound(path, plan, rules, name, made_from)
    except Exception as error:
        return ScannedCase(diagnostics=(fault_in(path, plan.root_of(path), error),), span=_NEVER), None


def _scan_sound(
    path: Path, plan: ScanPlan, rules: DisclosureRules, name: str, made_from: bytes
) -> tuple[ScannedCase, PublicCase | None]:
    settings, today, root = plan.settings, plan.as_of.date(), plan.root_of(path)
    loaded = load_case(path, root)
    case = loaded.value
    if case is None:
        return ScannedCase(diagnostics=loaded.diagnostics, span=_NEVER), None
    case = with_grants(case, plan.grants.get((case.jurisdiction, case.case), NO_GRANTS))
    clock = case_clock(case, settings, today)
    pictures, unusable = read_portraits(case, path, settings.root, today)
    wrong = [
        *check_case(case, clock, _folder(path), settings, today),
        *check_filing(case, path),
        *check_writing(case),
        *unusable,
    ]
    problems = _place(wrong, path, case, root, settings)
    relative = path.relative_to(root).as_posix()
    sound = not has_errors(problems)
    # What only a site, its audit or a later build asks for is not worked out when nothing but checks is wanted.
    public, guarded = None, None
    if sound and (plan.store is not None or plan.stated):
        public = disclose(case, clock, rules, pictures)
    if plan.store is not None:
        words = withheld_words(case, public, settings.site.masking, today)
        ids = (*([case.notice.id] if case.notice else []), *(honour.id for honour in case.honours))
        guarded = GuardedRecord(
            path=relative, ids=ids, words=words, mark=mark_of(words), answers=case.private.ambiguous
        )
    # What has errors is looked at again each time: no site is built of it.
    span = span_of(case, clock, settings, plan.as_of) if plan.store is not None and sound else _NEVER
    scanned = ScannedCase(
        diagnostics=tuple(problems),
        span=span,
        keys=CaseKeys(
            path=relative,
            shown=_is_shown(case, today),
            case=case.case,
            jurisdiction=case.jurisdiction,
            notice=case.notice.id if case.notice else None,
            replaces=case.notice.replaces if case.notice else None,
            honours=tuple(honour.id for honour in case.honours),
            notice_is_public=sound and publishes_notice(case, plan.as_of),
            certificates=code_fingerprints(case, site_salt(settings.site.base_url)),
            hidden=hidden_numbers(case, today),
            is_confidential=case.level == "confidential",
            unshown=numbers_not_shown(case),
            withheld_on=withheld_on(case, today),
            telling=telling(case, today),
            joined=tuple(
                (act.case, "act.case" if number == 0 else f"further_acts[{number - 1}].case")
                for number, act in enumerate(case.acts)
                if act.case is not None
            ),
            elsewhere=tuple(_elsewhere(case)),
            alike=tuple(likenesses(case)),
            other_than=case.private.other_than,
        ),
        guarded=guarded,
        records=() if public is None else tuple(_records(public, name, made_from, span)),
        notice_row=None if public is None or public.notice is None else notice_row(public.notice),
        honour_rows=() if public is None else tuple(map(honour_row, public.honours)),
        public_words=frozenset() if public is None else frozenset(_general_words(public)),
        published=()
        if public is None or guarded is None
        else tuple(
            (words, _addresses(public))
            for words in published_words(case, public, settings.site.masking, today)
        ),
        certificates=()
        if public is None or plan.slow is None
        else tuple(public_certificates(case, public, plan.slow)),
        states=() if public is None or not plan.stated else tuple(_states(public, plan)),
        vacant=tuple(vacant_numbers(case, today)) if sound else (),
        desk=frozenset(_desk(case, public)),
        grants=() if public is None else tuple(public_grants(case, public)),
        granted=tuple(granted_people(case, today, keep_names=settings.site.retention.tombstone_names)),
        portraits=tuple(named_portraits(case, path, settings.root)),
        withheld_cases=int(case.level == "confidential"),
        withheld_persons=sum(person.disclosure == "withheld" for person in case.persons),
    )
    return scanned, public


def _states(public: PublicCase, plan: ScanPlan) -> Iterator[RecordState]:
    context = plan.context
    if public.notice is not None:
        yield notice_state(public.notice, context)
    for honour in public.honours:
        yield honour_state(honour, context)


def _records(public: PublicCase, name: str, made_from: bytes, span: Span) -> Iterator[Record]:
    found: list[tuple[Kind, PublicNotice | PublicHonour]] = [("honours", honour) for honour in public.honours]
    if public.notice is not None:
        found.insert(0, ("notices", public.notice))
    for kind, item in found:
        key = digest(made_from, item.path.encode(), span[0].isoformat().encode())
        yield Record(id=item.id, kind=kind, case=name, made_from=made_from, key=key)


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


def _place(
    problems: list[CaseProblem], path: Path, case: Case, root: Path, settings: Settings
) -> list[Diagnostic]:
    """Put each problem at its line: only now is the file read again with positions."""
    if not problems:
        return []
    where = case_locator(path, root, case)
    placed = []
    for item in problems:
        other = decision_place(case, item.field)
        place = where.place(item.field)
        if other is not None:
            place = decision_locator(other[0], settings.root).place(other[1])
        if not item.quoted:
            place = replace(place, shown=False)
        placed.append(diagnose(item.code, place, facts=item.facts, terms=item.terms, severity=item.severity))
    return placed


def _desk(case: Case, public: PublicCase | None) -> Iterator[str]:
    if public is not None and public.notice is not None and case.notice is not None and case.notice.desk:
        yield from channel_identifiers(case.notice.desk.channels)


def _elsewhere(case: Case) -> Iterator[tuple[str, tuple[str, str]]]:
    """Numbers and codes of the case that stand in a decision."""
    for number in range(len(case.honours)):
        for name in ("id", "certificate_code"):
            where = f"honours[{number}].{name}"
            if (other := decision_place(case, where)) is not None:
                yield where, other


def _is_shown(case: Case, today: date) -> bool:
    return case.level == "public" and not any(
        person.disclosure != "full" or is_minor(case, person, today) for person in case.persons
    )


def _folder(path: Path) -> str:
    return path.parent.parent.name


def _general_words(public: PublicCase) -> Iterator[str]:
    if public.notice is not None:
        yield from (act.district for act in public.notice.acts if act.district is not None)
    for honour in public.honours:
        yield honour.grantor
        yield from (act.district for act in honour.acts if act.district is not None)


def _addresses(public: PublicCase) -> tuple[str, ...]:
    notices = (public.notice.path,) if public.notice is not None else ()
    decisions = (f"decisions/{honour.decision}/" for honour in public.honours if honour.decision is not None)
    return (*notices, *(honour.path for honour in public.honours), *decisions)
