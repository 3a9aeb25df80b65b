"""扫描 (scan): the private half of a build, chunk by chunk.

Each chunk of case files is read, checked and disclosed in one go, in a worker process. What comes
back is small: diagnostics, numbers to compare across records, list rows, and the words that the
audit must look for. The public records themselves are spooled to a private temporary folder and read again, one at a
time, when their pages are made, so that memory does not grow with their number.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar
from zlib import crc32

from generator.cases.case import Case
from generator.cases.case_files import case_locator, load_case
from generator.cases.case_span import Span, span_of
from generator.checks.filing import check_filing
from generator.checks.problem import CaseProblem
from generator.checks.record_check import check_case
from generator.checks.registry_check import CaseKeys
from generator.checks.writing import check_writing
from generator.diagnostics import Diagnostic, diagnose, has_errors
from generator.diagnostics.crash import fault_in
from generator.disclosure.certificates import code_fingerprints, public_certificates
from generator.disclosure.disclose import (
    DisclosureRules,
    disclose,
    is_minor,
    numbers_not_shown,
    publishes_notice,
    withheld_on,
)
from generator.disclosure.disclosure_rules import disclosure_rules
from generator.disclosure.secrets import Withheld, published_words, withheld_words
from generator.disclosure.vacant import hidden_numbers, vacant_numbers
from generator.project.settings import Settings
from generator.public.context import SiteContext
from generator.public.list_rows import HonourRow, NoticeRow, honour_row, notice_row
from generator.public.public_case import PublicCase, PublicHonour, PublicNotice, VacantNumber
from generator.public.verification.answer_shards import Certificate
from generator.public.verification.slow_hash import SlowHash, site_salt
from generator.publication.publication_event import RecordState, honour_state, notice_state
from generator.source.file_bytes import FileProblemError, read_bytes
from generator.source.model.scalars import SHANGHAI
from generator.system.cache import DIGEST_SIZE, Cache, digest, link_or_copy, write_private
from generator.system.packing import pack_each, unpack_each
from generator.system.workers import parallel

CHUNK = 250
"""Case files a chunk: large enough that starting one costs nothing, small enough to share evenly."""
MOST_CHUNKS = 512
"""Above this chunks grow instead: each has files of its own in the spool and in the cache."""
SPOOLED = ("notices", "honours", "keys")
"""Kinds of file that each chunk has in the spool."""

T = TypeVar("T")

_MOMENT = datetime.min.replace(tzinfo=SHANGHAI)
_NEVER: Span = (_MOMENT, _MOMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardedRecord:
    """一案须保守的字句, with what the audit needs to tell a leak from a namesake."""

    path: str
    ids: tuple[str, ...]
    """Public ids of its notice and its honours, published or not."""
    words: tuple[Withheld, ...]
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannedCase:
    """一案的结果. ``span``: how long it stays right; :data:`_NEVER` for a file with errors, and without a cache.
    ``guarded`` and ``published`` are of a build only."""

    diagnostics: tuple[Diagnostic, ...]
    span: Span
    key: bytes = b""
    """Digest of the file and of all else that this rests on; empty without a cache."""
    keys: CaseKeys | None = None
    guarded: GuardedRecord | None = None
    public: PublicCase | None = None
    published: tuple[tuple[str, tuple[str, ...]], ...] = ()
    certificates: tuple[Certificate, ...] = ()
    states: tuple[RecordState, ...] = ()
    vacant: tuple[VacantNumber, ...] = ()
    withheld_cases: int = 0
    withheld_persons: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanResult:
    """一批的结果."""

    diagnostics: tuple[Diagnostic, ...]
    keys: tuple[CaseKeys, ...]
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
    withheld_cases: int
    withheld_persons: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownScan:
    """一批的结果, as the cache keeps it: what it was made from, and how long it stays right. ``spooled`` are the
    digests of what stands beside it for the spool."""

    made_from: bytes
    span: Span
    spooled: tuple[bytes, ...]
    result: ScanResult


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanPlan:
    """各批共用. ``spool`` None: check only, nothing is kept for rendering. ``slow`` None: certificate
    codes are checked, but what is published of them is not worked out. ``stated``: what the log of publications
    must know of each public record is worked out."""

    settings: Settings
    as_of: datetime
    spool: Path | None
    slow: SlowHash | None = None
    cache: Cache | None = None
    stated: bool = False


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


def scan(
    paths: Sequence[Path], plan: ScanPlan, jobs: int, share: Share | None = None
) -> Iterator[ScanResult]:
    """Read, check and disclose all of ``paths``, or one share of them, chunk by chunk."""
    chunks = chunks_of(paths, plan.settings.root)
    if share is not None:
        chunks = chunks[share.number - 1 :: share.count]
    return parallel(scan_chunk, plan, chunks, jobs)


def chunks_of(paths: Sequence[Path], root: Path) -> list[tuple[int, Sequence[Path]]]:
    """(number, files) of each chunk. A file's chunk depends on its own name and, roughly, on how many
    files there are, so that a record more does not move the others."""
    count = 1
    while count * CHUNK < len(paths) and count < MOST_CHUNKS:
        count *= 2
    chunks: dict[int, list[Path]] = {}
    for path in paths:
        chunks.setdefault(crc32(path.relative_to(root).as_posix().encode()) % count, []).append(path)
    return sorted(chunks.items())


def scan_chunk(plan: ScanPlan, chunk: tuple[int, Sequence[Path]]) -> ScanResult:
    """One chunk, in whatever process."""
    number, paths = chunk
    rules = disclosure_rules(plan.settings, plan.as_of)
    if plan.cache is None:
        found = [_scan_case(path, plan, rules, b"") for path in paths]
        if plan.spool is not None:
            _write_spool(plan.spool, number, found)
        return _result(found)
    return _scan_with_cache(plan, plan.cache, number, paths, rules)


def _scan_with_cache(
    plan: ScanPlan, cache: Cache, number: int, paths: Sequence[Path], rules: DisclosureRules
) -> ScanResult:
    """Only what is not known yet, or no longer, is worked out."""
    keys = [_case_key(path, plan, cache) for path in paths]
    whole = digest(*(key or b"" for key in keys))
    name = f"{number:06}.scan"
    known = cache.load(name, KnownScan)
    if (
        known is not None
        and None not in keys
        and known.made_from == whole
        and _is_within(known.span, plan.as_of)
        and (plan.spool is None or _link_spool(plan.spool, number, cache, known.spooled))
    ):
        return known.result
    cases = cache.load(f"{number:06}.cases", dict[bytes, ScannedCase]) or {}
    found: list[ScannedCase] = []
    for path, key in zip(paths, keys, strict=True):
        case = cases.get(key) if key is not None else None
        if case is None or not _is_within(case.span, plan.as_of):
            case = _scan_case(path, plan, rules, key or b"")
        found.append(case)
    result = _result(found)
    if plan.spool is not None:
        span = max(case.span[0] for case in found), min(case.span[1] for case in found)
        # Should this process die half way, nothing must vouch for what it wrote.
        cache.drop(name)
        paths = _write_spool(cache.folder, number, found)
        for path in paths:
            link_or_copy(path, plan.spool / path.name)
        lasting = {key: case for key, case in zip(keys, found, strict=True) if key and case.span != _NEVER}
        cache.save(f"{number:06}.cases", lasting)
        if len(lasting) == len(found):
            spooled = tuple(digest(path.read_bytes()) for path in paths)
            cache.save(name, KnownScan(made_from=whole, span=span, spooled=spooled, result=result))
    return result


def _case_key(path: Path, plan: ScanPlan, cache: Cache) -> bytes | None:
    """Digest of all that the scan of this file depends on, but for the clock; None when it cannot be read."""
    try:
        data = read_bytes(path, plan.settings.root)
    except FileProblemError:
        return None
    wanted = f"{plan.slow is not None} {plan.stated}".encode()
    return digest(cache.basis, wanted, path.relative_to(plan.settings.root).as_posix().encode(), data)


def _is_within(span: Span, as_of: datetime) -> bool:
    return span[0] <= as_of < span[1]


def _scan_case(path: Path, plan: ScanPlan, rules: DisclosureRules, key: bytes) -> ScannedCase:
    """One case. A fault of ours in it is told with its file and spares the others; no site is built then."""
    try:
        return _scan_sound(path, plan, rules, key)
    except Exception as error:
        return ScannedCase(diagnostics=(fault_in(path, plan.settings.root, error),), span=_NEVER)


def _scan_sound(path: Path, plan: ScanPlan, rules: DisclosureRules, key: bytes) -> ScannedCase:
    settings, today = plan.settings, plan.as_of.date()
    loaded = load_case(path, settings.root)
    case = loaded.value
    if case is None:
        return ScannedCase(diagnostics=loaded.diagnostics, span=_NEVER)
    wrong = [
        *check_case(case, _folder(path), settings, today),
        *check_filing(case, path),
        *check_writing(case),
    ]
    problems = _place(wrong, path, case, settings)
    relative = path.relative_to(settings.root).as_posix()
    sound = not has_errors(problems)
    # What only a site, its audit or a later build asks for is not worked out when nothing but checks is wanted.
    public, guarded = None, None
    if sound and (plan.spool is not None or plan.stated):
        public = disclose(case, rules)
    if plan.spool is not None:
        words = withheld_words(case, public, settings.site.masking, today)
        ids = (*([case.notice.id] if case.notice else []), *(honour.id for honour in case.honours))
        guarded = GuardedRecord(path=relative, ids=ids, words=words, answers=case.private.ambiguous)
    lasting = plan.cache is not None and sound
    return ScannedCase(
        key=key,
        diagnostics=tuple(problems),
        # What has errors is looked at again each time: no site is built of it.
        span=span_of(case, settings, plan.as_of) if lasting else _NEVER,
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
        ),
        guarded=guarded,
        public=public,
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
        withheld_cases=int(case.level == "confidential"),
        withheld_persons=sum(person.disclosure == "withheld" for person in case.persons),
    )


def _states(public: PublicCase, plan: ScanPlan) -> Iterator[RecordState]:
    context = SiteContext(
        site=plan.settings.site,
        jurisdictions=plan.settings.jurisdictions,
        authorities=plan.settings.authorities,
        library=plan.settings.library,
        as_of=plan.as_of,
    )
    if public.notice is not None:
        yield notice_state(public.notice, context)
    for honour in public.honours:
        yield honour_state(honour, context)


def _result(cases: Sequence[ScannedCase]) -> ScanResult:
    public_cases = [case.public for case in cases if case.public is not None]
    return ScanResult(
        diagnostics=tuple(item for case in cases for item in case.diagnostics),
        keys=tuple(case.keys for case in cases if case.keys is not None),
        notice_rows=tuple(notice_row(item.notice) for item in public_cases if item.notice is not None),
        honour_rows=tuple(honour_row(honour) for item in public_cases for honour in item.honours),
        guarded=tuple(case.guarded for case in cases if case.guarded is not None),
        published=tuple(item for case in cases for item in case.published),
        public_words=frozenset(word for item in public_cases for word in _general_words(item)),
        certificates=tuple(item for case in cases for item in case.certificates),
        states=tuple(state for case in cases for state in case.states),
        vacant=tuple(item for case in cases for item in case.vacant),
        withheld_cases=sum(case.withheld_cases for case in cases),
        withheld_persons=sum(case.withheld_persons for case in cases),
    )


def spooled_notices(spool: Path) -> Iterator[PublicNotice]:
    """Every public notice, by id: an order that depends on public data alone."""
    parts = [read_spooled(path, PublicNotice) for path in sorted(spool.glob("*.notices"))]
    return heapq.merge(*parts, key=lambda item: item.id)


def spooled_honours(spool: Path) -> Iterator[PublicHonour]:
    """Every public honour, by id."""
    parts = [read_spooled(path, PublicHonour) for path in sorted(spool.glob("*.honours"))]
    return heapq.merge(*parts, key=lambda item: item.id)


def read_chunk_notices(spool: Path, number: int) -> Iterator[PublicNotice]:
    """The public notices of one chunk."""
    return read_spooled(spool / f"{number:06}.notices", PublicNotice)


def read_chunk_honours(spool: Path, number: int) -> Iterator[PublicHonour]:
    """The public honours of one chunk."""
    return read_spooled(spool / f"{number:06}.honours", PublicHonour)


def chunk_numbers(spool: Path) -> list[int]:
    """Numbers of the chunks in the spool."""
    return sorted(int(path.stem) for path in spool.glob("*.notices"))


def read_chunk_keys(spool: Path, number: int) -> list[bytes]:
    """Digests of the public records of one chunk, notices first, each by id, with the span for which
    what the clock says of them stays the same."""
    data = (spool / f"{number:06}.keys").read_bytes()
    return [data[at : at + DIGEST_SIZE] for at in range(0, len(data), DIGEST_SIZE)]


def _write_spool(folder: Path, number: int, cases: Sequence[ScannedCase]) -> list[Path]:
    notices = [(c.public.notice, c) for c in cases if c.public is not None and c.public.notice is not None]
    honours = [(honour, c) for c in cases if c.public is not None for honour in c.public.honours]
    notices.sort(key=lambda item: item[0].id)
    honours.sort(key=lambda item: item[0].id)
    paths = [folder / f"{number:06}.{kind}" for kind in SPOOLED]
    write_private(paths[0], b"".join(pack_each(notice for notice, _ in notices)))
    write_private(paths[1], b"".join(pack_each(honour for honour, _ in honours)))
    keys = [_record_key(notice.path, case) for notice, case in notices]
    keys += [_record_key(honour.path, case) for honour, case in honours]
    write_private(paths[2], b"".join(keys))
    return paths


def _record_key(path: str, case: ScannedCase) -> bytes:
    return digest(case.key, path.encode(), case.span[0].isoformat().encode())


def _link_spool(spool: Path, number: int, cache: Cache, spooled: Sequence[bytes]) -> bool:
    """Take a chunk's files over from the cache; False, and nothing taken, where one of them is not whole."""
    try:
        for kind, known in zip(SPOOLED, spooled, strict=True):
            kept = cache.folder / f"{number:06}.{kind}"
            if digest(kept.read_bytes()) != known:
                raise FileNotFoundError(kept.name)
            link_or_copy(kept, spool / kept.name)
    except OSError:
        for kind in SPOOLED:
            (spool / f"{number:06}.{kind}").unlink(missing_ok=True)
        return False
    return True


def read_spooled(path: Path, kind: type[T]) -> Iterator[T]:
    """Objects of one file of the spool, one at a time."""
    with path.open("rb") as file:
        yield from unpack_each(file, kind)


def _place(problems: list[CaseProblem], path: Path, case: Case, settings: Settings) -> list[Diagnostic]:
    """Put each problem at its line: only now is the file read again with positions."""
    if not problems:
        return []
    where = case_locator(path, settings.root, case)
    placed = []
    for item in problems:
        place = where.place(item.field)
        if not item.quoted:
            place = replace(place, shown=False)
        placed.append(diagnose(item.code, place, facts=item.facts, terms=item.terms, severity=item.severity))
    return placed


def _is_shown(case: Case, today: date) -> bool:
    return case.level == "public" and not any(
        person.disclosure != "full" or is_minor(case, person, today) for person in case.persons
    )


def _folder(path: Path) -> str:
    return path.parent.parent.name


def _general_words(public: PublicCase) -> Iterator[str]:
    if public.notice is not None and public.notice.act is not None and public.notice.act.district is not None:
        yield public.notice.act.district
    for honour in public.honours:
        yield honour.grantor
        if honour.act is not None and honour.act.district is not None:
            yield honour.act.district


def _addresses(public: PublicCase) -> tuple[str, ...]:
    notices = (public.notice.path,) if public.notice is not None else ()
    return (*notices, *(honour.path for honour in public.honours))
