"""扫描 (scan): the private half of a build, chunk by chunk.

Each chunk of case files is read, checked and disclosed in one go, in a worker process. What comes
back is small: diagnostics, numbers to compare across records, list rows, and the words that the
audit must look for. The public records themselves are spooled to a private temporary folder and read again, one at a
time, when their pages are made, so that memory does not grow with their number.
"""

from __future__ import annotations

import heapq
import pickle
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from generator.build.workers import parallel
from generator.checks.problem import CaseProblem
from generator.checks.record import check_case
from generator.checks.registry import CaseKeys
from generator.diagnostics import Diagnostic, diagnose, has_errors
from generator.disclosure.certificates import code_fingerprints, public_certificates
from generator.disclosure.disclose import disclose
from generator.disclosure.secrets import Withheld, published_names, withheld_words
from generator.pages.rows import HonourRow, NoticeRow, honour_row, notice_row
from generator.public.case import PublicCase, PublicHonour, PublicNotice
from generator.records.case import Case
from generator.registry.cases import case_locator, load_case
from generator.registry.rules import disclosure_rules
from generator.registry.settings import Settings
from generator.verification.shards import Certificate
from generator.verification.slow import SlowHash, site_salt

CHUNK = 250
"""Case files a chunk: large enough that starting one costs nothing, small enough to share evenly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardedRecord:
    """一案须保守的字句, with what the audit needs to tell a leak from a namesake."""

    path: str
    words: tuple[Withheld, ...]
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanResult:
    """一批的结果."""

    diagnostics: tuple[Diagnostic, ...]
    keys: tuple[CaseKeys, ...]
    notice_rows: tuple[NoticeRow, ...]
    honour_rows: tuple[HonourRow, ...]
    guarded: tuple[GuardedRecord, ...]
    published: tuple[tuple[str, tuple[str, ...]], ...]
    """(name, addresses of the pages that rightly show it)."""
    public_words: frozenset[str]
    certificates: tuple[Certificate, ...]
    withheld_cases: int
    withheld_persons: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanPlan:
    """各批共用. ``spool`` None: check only, nothing is kept for rendering. ``slow`` None: certificate
    codes are checked, but what is published of them is not worked out."""

    settings: Settings
    as_of: datetime
    spool: Path | None
    slow: SlowHash | None = None


def scan(paths: Sequence[Path], plan: ScanPlan, jobs: int) -> Iterator[ScanResult]:
    """Read, check and disclose all of ``paths``; results come in the order of the files."""
    chunks = ((number, paths[at : at + CHUNK]) for number, at in enumerate(range(0, len(paths), CHUNK)))
    return parallel(scan_chunk, plan, chunks, jobs)


def scan_chunk(plan: ScanPlan, chunk: tuple[int, Sequence[Path]]) -> ScanResult:
    """One chunk, in whatever process."""
    number, paths = chunk
    settings, today = plan.settings, plan.as_of.date()
    rules = disclosure_rules(settings, plan.as_of)
    salt = site_salt(settings.site.base_url)
    found: list[Diagnostic] = []
    keys: list[CaseKeys] = []
    guarded: list[GuardedRecord] = []
    published: list[tuple[str, tuple[str, ...]]] = []
    public_cases: list[PublicCase] = []
    certificates: list[Certificate] = []
    withheld_cases = withheld_persons = 0
    for path in paths:
        result = load_case(path, settings.root)
        found += result.diagnostics
        case = result.value
        if case is None:
            continue
        problems = _place(check_case(case, _folder(path), settings, today), path, case, settings)
        found += problems
        shown = _is_shown(case)
        relative = path.relative_to(settings.root).as_posix()
        public = None if has_errors(problems) else disclose(case, rules)
        words = withheld_words(case, public, settings.site.masking, today)
        guarded.append(GuardedRecord(path=relative, words=words, answers=case.private.ambiguous))
        keys.append(_keys(case, relative, shown, public, salt))
        if case.level == "confidential":
            withheld_cases += 1
        withheld_persons += sum(person.disclosure == "withheld" for person in case.persons)
        if public is not None:
            public_cases.append(public)
            addresses = _addresses(public)
            published += [(name, addresses) for name in published_names(case, public, today)]
            if plan.slow is not None:
                certificates += public_certificates(case, public, plan.slow)
    if plan.spool is not None:
        _write_spool(plan.spool, number, public_cases)
    return ScanResult(
        diagnostics=tuple(found),
        keys=tuple(keys),
        notice_rows=tuple(notice_row(item.notice) for item in public_cases if item.notice is not None),
        honour_rows=tuple(honour_row(honour) for item in public_cases for honour in item.honours),
        guarded=tuple(guarded),
        published=tuple(published),
        public_words=frozenset(word for item in public_cases for word in _general_words(item)),
        certificates=tuple(certificates),
        withheld_cases=withheld_cases,
        withheld_persons=withheld_persons,
    )


def spooled_notices(spool: Path) -> Iterator[PublicNotice]:
    """Every public notice, by id: an order that depends on public data alone."""
    parts: list[Iterator[PublicNotice]] = [_read(path) for path in sorted(spool.glob("*.notices"))]
    return heapq.merge(*parts, key=lambda item: item.id)


def spooled_honours(spool: Path) -> Iterator[PublicHonour]:
    """Every public honour, by id."""
    parts: list[Iterator[PublicHonour]] = [_read(path) for path in sorted(spool.glob("*.honours"))]
    return heapq.merge(*parts, key=lambda item: item.id)


def read_chunk_notices(spool: Path, number: int) -> Iterator[PublicNotice]:
    """The public notices of one chunk."""
    return _read(spool / f"{number:06}.notices")


def read_chunk_honours(spool: Path, number: int) -> Iterator[PublicHonour]:
    """The public honours of one chunk."""
    return _read(spool / f"{number:06}.honours")


def chunk_numbers(spool: Path) -> list[int]:
    """Numbers of the chunks in the spool."""
    return sorted(int(path.stem) for path in spool.glob("*.notices"))


def _write_spool(spool: Path, number: int, cases: Iterable[PublicCase]) -> None:
    cases = list(cases)
    notices = sorted((c.notice for c in cases if c.notice is not None), key=lambda item: item.id)
    honours = sorted((honour for c in cases for honour in c.honours), key=lambda item: item.id)
    _dump(spool / f"{number:06}.notices", notices)
    _dump(spool / f"{number:06}.honours", honours)


def _dump(path: Path, items: Sequence[PublicNotice] | Sequence[PublicHonour]) -> None:
    with path.open("wb") as file:
        for item in items:
            pickle.dump(item, file, protocol=pickle.HIGHEST_PROTOCOL)


def _read(path: Path) -> Iterator[Any]:
    with path.open("rb") as file:
        while True:
            try:
                yield pickle.load(file)
            except EOFError:
                return


def _place(problems: list[CaseProblem], path: Path, case: Case, settings: Settings) -> list[Diagnostic]:
    """Put each problem at its line: only now is the file read again with positions."""
    if not problems:
        return []
    where = case_locator(path, settings.root, case)
    return [
        diagnose(
            item.code, where.place(item.field), facts=item.facts, terms=item.terms, severity=item.severity
        )
        for item in problems
    ]


def _is_shown(case: Case) -> bool:
    return case.level == "public" and all(person.disclosure == "full" for person in case.persons)


def _folder(path: Path) -> str:
    return path.parent.parent.name


def _keys(case: Case, relative: str, shown: bool, public: PublicCase | None, salt: bytes) -> CaseKeys:
    return CaseKeys(
        path=relative,
        shown=shown,
        case=case.case,
        jurisdiction=case.jurisdiction,
        notice=case.notice.id if case.notice else None,
        replaces=case.notice.replaces if case.notice else None,
        honours=tuple(honour.id for honour in case.honours),
        notice_is_public=public is not None and public.notice is not None,
        certificates=code_fingerprints(case, salt),
    )


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
