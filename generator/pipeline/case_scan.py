"""一案的扫描 (scan of one case): read, checked and disclosed in one go, with all that the site, its audit and
the records beside it ask of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from generator.audit.leaks import mark_of
from generator.cases.case import Case
from generator.cases.case_clock import case_clock
from generator.cases.case_files import case_locator, load_case
from generator.cases.case_span import span_of
from generator.cases.decision_files import NO_GRANTS, Grants, decision_locator, decision_place, with_grants
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
from generator.disclosure.told_of_people import telling
from generator.disclosure.vacant import hidden_numbers, vacant_numbers
from generator.disclosure.who_is_shown import is_minor, numbers_not_shown, publishes_notice, withheld_on
from generator.disclosure.withheld_words import Withheld, published_words, withheld_words
from generator.project.settings import Settings, channel_identifiers
from generator.public.context import SiteContext
from generator.public.documents import Kind
from generator.public.list_rows import HonourRow, NoticeRow, honour_row, notice_row
from generator.public.public_case import PublicCase, PublicHonour, PublicNotice, VacantNumber
from generator.public.public_decision import PublicGrant
from generator.public.verification.answer_shards import Certificate
from generator.public.verification.slow_hash import SlowHash, site_salt
from generator.publication_log.publication_event import RecordState, honour_state, notice_state
from generator.source.model.instant import SHANGHAI
from generator.system.hashing import digest
from generator.system.store import Span, Store

_MOMENT = datetime.min.replace(tzinfo=SHANGHAI)
NEVER: Span = (_MOMENT, _MOMENT)


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
    """一案的结果, but for its public content. ``span``: how long it stays right; :data:`NEVER` for a file with
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
class ScanPlan:
    """各案共用. ``store`` None: check only, nothing is kept for rendering. ``basis`` is the digest of software and
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


def scan_case(
    path: Path, plan: ScanPlan, rules: DisclosureRules, name: str, made_from: bytes
) -> tuple[ScannedCase, PublicCase | None]:
    """One case. A fault of ours in it is told with its file and spares the others; no site is built then."""
    try:
        return _scan_sound(path, plan, rules, name, made_from)
    except Exception as error:
        return ScannedCase(diagnostics=(fault_in(path, plan.root_of(path), error),), span=NEVER), None


def _scan_sound(
    path: Path, plan: ScanPlan, rules: DisclosureRules, name: str, made_from: bytes
) -> tuple[ScannedCase, PublicCase | None]:
    settings, today, root = plan.settings, plan.as_of.date(), plan.root_of(path)
    loaded = load_case(path, root)
    case = loaded.value
    if case is None:
        return ScannedCase(diagnostics=loaded.diagnostics, span=NEVER), None
    case = with_grants(case, plan.grants.get((case.jurisdiction, case.case), NO_GRANTS))
    clock = case_clock(case, settings, today)
    pictures, unusable = read_portraits(case, path, settings.root, today)
    wrong = [
        *check_case(case, clock, folder_of(path), settings, today),
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
        words = withheld_words(case, public, settings.site.masking, today, settings.site.sample_codes)
        ids = (*([case.notice.id] if case.notice else []), *(honour.id for honour in case.honours))
        guarded = GuardedRecord(
            path=relative, ids=ids, words=words, mark=mark_of(words), answers=case.private.ambiguous
        )
    # What has errors is looked at again each time: no site is built of it.
    span = span_of(case, clock, settings, plan.as_of) if plan.store is not None and sound else NEVER
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


def folder_of(path: Path) -> str:
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
