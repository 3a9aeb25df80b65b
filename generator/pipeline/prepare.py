"""准备 (prepare): from the project folder to everything the public may see, checked.

The last step in which private types exist. What comes out is public, but for ``guarded``, which
only the audit reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from generator.cases.case_files import load_case, with_lines
from generator.cases.decision_files import load_decisions
from generator.checks.by_place import once_a_place
from generator.checks.registry_check import CaseKeys, check_registry
from generator.diagnostics import Diagnostic, Place, Severity, diagnose, has_errors, sort_key
from generator.diagnostics.crash import fault_in
from generator.diagnostics.record_path import display_path
from generator.disclosure.portrait_picture import MOST_MEGABYTES
from generator.law.instruments.text_checks import check_verified
from generator.pipeline.case_scan import GuardedRecord, Record, ScanPlan
from generator.pipeline.decision_step import (
    check_all_granted,
    disclose_all,
    read_decisions,
    registered_decisions,
    vacant_decisions,
)
from generator.pipeline.destination import PRIVATE_FOLDER
from generator.pipeline.held_records import Held, hold_back
from generator.pipeline.page_links import link_faults
from generator.pipeline.private_spool import private_spool
from generator.pipeline.scan import PUBLIC, ScanResult, Share, scan
from generator.project.discovery import DRAFTS, portrait_file
from generator.project.settings import LoadedSettings, Settings, load_settings, placed
from generator.public.coming_changes import ComingChange, coming_changes
from generator.public.context import SiteContext
from generator.public.documents import Kind
from generator.public.list_rows import HonourRow, NoticeRow
from generator.public.logged_record import LoggedRecord
from generator.public.public_case import (
    Predecessor,
    PublicCase,
    PublicHonour,
    PublicNotice,
    Successor,
    VacantNumber,
)
from generator.public.public_decision import DecisionRow, PublicDecision, decision_row
from generator.public.verification import slow_hash as slow
from generator.public.verification.answer_shards import Certificate
from generator.publication_log.approval_book import check_approvals, portraits_named
from generator.publication_log.ledger_check import check_ledger, fault_diagnostic
from generator.publication_log.list_addresses import read_addresses
from generator.publication_log.logged_records import logged_records
from generator.publication_log.observation import kept_observations, with_observations
from generator.publication_log.publication_event import decision_state
from generator.publication_log.publication_ledger import Ledger, public_log, read_ledger
from generator.publication_log.waiting_events import Publications, Registered, case_hash, waiting_events
from generator.source.file_bytes import FileProblemError, read_bytes
from generator.source.model.instant import SHANGHAI
from generator.source.model.site_settings import Site
from generator.system.cache import Cache
from generator.system.hashing import digest
from generator.system.packing import pack
from generator.system.store import ALWAYS, Store, temporary_store

PublicRecord = PublicNotice | PublicHonour | PublicDecision
"""公开记录: what has a page and a document of its own."""

_AT_ONCE = 250
"""Public cases in memory."""


class ChecksFailedError(Exception):
    """核对未通过: nothing is built. ``diagnostics`` holds every problem, sorted."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__(f"{sum(d.severity is Severity.ERROR for d in diagnostics)} errors")
        self.diagnostics = diagnostics


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """不公开的内容: what the audit searches a site for, and what it lets pass; how much staff are told is withheld."""

    guarded: tuple[GuardedRecord, ...]
    published: Mapping[str, frozenset[str]]
    public_words: frozenset[str]
    """Districts and grantors that public records name: words of the public at large."""
    office_identifiers: frozenset[str]
    days: frozenset[str]
    """Every day that lists name."""
    told: bytes
    """Digest of all this."""
    cases: int
    persons: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """构建的现场: where a build of the project at ``root`` works, on how many processors (``jobs``), and what it keeps.
    ``cache`` is None for a build that leaves nothing to the next."""

    root: Path
    spool: Path
    store: Store
    cache: Cache | None
    jobs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """准备好的公开内容.

    Rows are sorted: notices by publication, newest first; honours by decision, newest first; ties
    by id. ``replaced_by`` maps a notice's id to the one that corrects and replaces it.
    """

    context: SiteContext
    notice_rows: tuple[NoticeRow, ...]
    honour_rows: tuple[HonourRow, ...]
    decisions: Mapping[str, PublicDecision]
    """By id. They are few, so they stay in memory."""
    replaced_by: Mapping[str, str]
    predecessors: Mapping[str, Predecessor]
    """By the id of the notice that came in their place."""
    successors: Mapping[str, Successor]
    """By the id of the notice in whose place they came."""
    chunks: tuple[tuple[Record, ...], ...]
    """Every public record, in shares for the workers."""
    cases: frozenset[str]
    """Names of all cases in the store."""
    workspace: Workspace
    diagnostics: tuple[Diagnostic, ...]
    """Warnings only."""
    withheld: Withheld
    vacant: tuple[VacantNumber, ...]
    """By number: an order that depends on public data alone."""
    certificates: tuple[Certificate, ...]
    """Of public honours; none unless they were asked for. Only masked parts of them are published."""
    coming: tuple[ComingChange, ...]
    """What turns by itself after this instant, the soonest first."""
    turns_at: datetime
    """Before this instant time changes nothing of any case."""
    publications: Publications
    logged: Mapping[str, LoggedRecord]
    """What pages tell of their record's place in the log, by its number."""
    addresses: frozenset[str]
    """Files of lists that were published once and must answer whatever became of them."""

    @property
    def decision_rows(self) -> tuple[DecisionRow, ...]:
        """决定的列表行, the newest document first."""
        rows = sorted(map(decision_row, self.decisions.values()), key=lambda row: row.id)
        return tuple(sorted(rows, key=lambda row: row.signed_on, reverse=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """核对结果 of a whole project, nothing built."""

    settings: Settings | None
    diagnostics: tuple[Diagnostic, ...]
    results: tuple[ScanResult, ...]
    decisions: tuple[PublicDecision, ...] = ()
    vacant: tuple[VacantNumber, ...] = ()
    """Numbers of decisions under which nothing is public any more."""
    publications: Publications


def check_project(root: Path, as_of: datetime | None, now: datetime, jobs: int) -> CheckReport:
    """Every problem of every file below ``root``. ``now`` stands in where neither ``as_of`` nor a
    sample's own instant is given. With settings that cannot be used, each case is judged by itself."""
    loaded = load_settings(root)
    if loaded.settings is None:
        return CheckReport(
            settings=None,
            diagnostics=_each_by_itself(loaded, root),
            results=(),
            publications=Publications(ledger=Ledger(), shown=Ledger()),
        )
    instant = chosen_instant(as_of, loaded.settings.site, now)
    report = _scan_all(loaded, loaded.settings, instant, None, jobs, before=_with_days(loaded, root, now))
    settings = loaded.settings
    links = link_faults(root, settings.jurisdictions, settings.library, _public_ids(report))
    return replace(report, diagnostics=tuple(sorted((*report.diagnostics, *links), key=sort_key)))


def _public_ids(report: CheckReport) -> frozenset[str]:
    """Numbers under which something is public, as far as checks know."""
    ids = {item.id for item in report.decisions}
    for keys in _all_keys(report.results):
        numbers = (*((keys.notice,) if keys.notice_is_public else ()), *keys.honours)
        ids.update(number for number in numbers if number is not None and number not in keys.unshown)
    return frozenset(ids)


def _each_by_itself(loaded: LoadedSettings, root: Path) -> tuple[Diagnostic, ...]:
    """What settings that cannot be used leave: every record's own mistakes beside theirs."""
    found = [*loaded.diagnostics, *load_decisions(loaded.decision_files, root)[1]]
    for path in loaded.case_files:
        try:
            found += load_case(path, root).diagnostics
        except Exception as error:
            found.append(fault_in(path, root, error))
    return tuple(sorted(found, key=sort_key))


def prepare(
    root: Path,
    as_of: datetime | None,
    now: datetime,
    spool: Path,
    jobs: int,
    *,
    search: bool = False,
    certificates: bool = True,
    cache: Cache | None = None,
    share: Share | None = None,
    logging: bool = False,
    beside: Sequence[Path] = (),
    holding: Path | None = None,
) -> Prepared:
    """Read, check and disclose everything below ``root`` as of one instant.

    ``search``: the site is to have its search. ``certificates``: it is to answer for certificates, whose
    codes are hashed slowly; whoever builds no site need not wait for that. ``cache`` holds what
    earlier builds worked out, ``beside`` are the stores of shards. ``share``: of one share of the records alone.
    ``logging``: what waits for the ledger is asked for, be it empty. ``holding``: records with errors keep the form in
    which they were last published, on the site that stands there.

    Raises :class:`ChecksFailedError` when any file has an error: a site is built from a sound
    registry or not at all.
    """
    loaded = load_settings(root)
    if loaded.settings is None:
        raise ChecksFailedError(_each_by_itself(loaded, root))
    settings = loaded.settings
    instant = chosen_instant(as_of, settings.site, now)
    store = temporary_store(spool) if cache is None else cache.store(beside)
    scanned = partial(
        _scan_all,
        loaded,
        settings,
        instant,
        store,
        jobs,
        before=_with_days(loaded, root, now),
        basis=b"" if cache is None else cache.basis,
        hashed=certificates,
        share=share,
        logging=logging,
    )
    report = scanned()
    if holding is not None and has_errors(report.diagnostics):
        errors = tuple(item for item in report.diagnostics if item.severity is Severity.ERROR)
        held, refused = hold_back(errors, root, loaded.case_files, store, spool, holding)
        if refused:
            raise ChecksFailedError(tuple(sorted((*report.diagnostics, *refused), key=sort_key)))
        report = scanned(held=held)
        told = (*report.diagnostics, *held.warnings(errors))
        report = replace(report, diagnostics=tuple(sorted(told, key=sort_key)))
    if has_errors(report.diagnostics):
        raise ChecksFailedError(report.diagnostics)
    notices = sorted((row for result in report.results for row in result.notice_rows), key=lambda r: r.id)
    notices.sort(key=lambda row: row.published_at, reverse=True)
    honours = sorted((row for result in report.results for row in result.honour_rows), key=lambda r: r.id)
    honours.sort(key=lambda row: row.decided_on, reverse=True)
    coming = coming_changes(
        notices,
        settings.jurisdictions,
        settings.library,
        settings.calendar,
        settings.site.retention,
        instant,
    )
    prepared = Prepared(
        coming=coming,
        turns_at=min((result.turns_at for result in report.results), default=ALWAYS[1]),
        context=SiteContext(
            site=settings.site,
            jurisdictions=settings.jurisdictions,
            authorities=settings.authorities,
            library=settings.library,
            as_of=instant,
            next_change_at=_next_change(notices, coming, instant),
            search=search,
            english=settings.english,
        ),
        notice_rows=tuple(notices),
        honour_rows=tuple(honours),
        decisions={item.id: item for item in report.decisions},
        replaced_by=(newer := _replacements(report.results)),
        predecessors={
            newer[row.id]: row.withdrawal for row in notices if row.id in newer and row.withdrawal is not None
        },
        successors=_successors(newer, notices),
        chunks=(
            *(result.records for result in report.results if result.records),
            *_decision_records(report.decisions, b"" if cache is None else cache.basis),
        ),
        cases=frozenset(name for result in report.results for name in result.cases),
        workspace=Workspace(root=root, spool=spool, store=store, cache=cache, jobs=jobs),
        diagnostics=report.diagnostics,
        withheld=_withheld(report.results, settings),
        vacant=tuple(
            sorted(
                (*(item for result in report.results for item in result.vacant), *report.vacant),
                key=lambda item: item.id,
            )
        ),
        certificates=tuple(item for result in report.results for item in result.certificates),
        publications=report.publications,
        logged={},
        addresses=read_addresses(root)[0],
    )
    return with_publications(prepared, report.publications)


@contextmanager
def prepared_alone(
    root: Path, as_of: datetime | None, now: datetime, jobs: int, *, logging: bool = False
) -> Iterator[Prepared]:
    """What :func:`prepare` gives to whoever builds no site: without certificates, and for as long as it is read, since
    records lie in a spool of its own. Raises what that raises."""
    with private_spool(root) as spool:
        yield prepare(root, as_of, now, spool, jobs, certificates=False, logging=logging)


def _withheld(results: tuple[ScanResult, ...], settings: Settings) -> Withheld:
    guarded = (item for result in results for item in result.guarded)
    return Withheld(
        guarded=tuple(sorted(guarded, key=lambda item: item.path)),
        published=_published(results),
        public_words=frozenset(word for result in results for word in result.public_words),
        office_identifiers=settings.office_identifiers.union(*(result.desk for result in results)),
        days=frozenset[str]().union(*(result.days for result in results)),
        told=digest(*(result.told for result in results)),
        cases=sum(result.withheld_cases for result in results),
        persons=sum(result.withheld_persons for result in results),
    )


def with_publications(prepared: Prepared, publications: Publications) -> Prepared:
    """The same, with what pages tell of these ``publications``."""
    seen = kept_observations(prepared.workspace.root)
    log = public_log(publications.shown)
    return replace(
        prepared,
        context=replace(prepared.context, log=None if log is None else with_observations(log, seen)),
        publications=publications,
        logged=logged_records(publications, prepared.workspace.root, seen),
    )


def next_change(root: Path, as_of: datetime | None, now: datetime, jobs: int) -> datetime | None:
    """The next instant at which some page turns by itself; None where none does.

    Raises :class:`ChecksFailedError` like :func:`prepare`.
    """
    with prepared_alone(root, as_of, now, jobs) as prepared:
        return prepared.context.next_change_at


def _decision_records(decisions: Sequence[PublicDecision], basis: bytes) -> Iterator[tuple[Record, ...]]:
    """Shares of decisions for the workers. What is produced of one depends on its public content and on ``basis``,
    the digest of software and settings."""
    for start in range(0, len(decisions), _AT_ONCE):
        yield tuple(
            Record(id=item.id, kind="decisions", case="", made_from=b"", key=digest(basis, pack(item)))
            for item in decisions[start : start + _AT_ONCE]
        )


def public_records(prepared: Prepared, records: Sequence[Record]) -> Iterator[PublicRecord]:
    """The public content of ``records``, in their order; each notice knows the one that replaced it."""
    for start in range(0, len(records), _AT_ONCE):
        some = records[start : start + _AT_ONCE]
        wanted = {record.case: record.made_from for record in some if record.kind != "decisions"}
        cases = prepared.workspace.store.find(PUBLIC, wanted, PublicCase, prepared.context.as_of)
        for record in some:
            if record.kind == "decisions":
                yield prepared.decisions[record.id]
            else:
                yield _record_of(cases[record.case], record, prepared)


def all_records(prepared: Prepared) -> Iterator[PublicRecord]:
    """Every public record, notices first, each kind by id: an order that depends on public data alone."""
    records = [record for chunk in prepared.chunks for record in chunk]
    return public_records(prepared, sorted(records, key=lambda item: (_ORDER.index(item.kind), item.id)))


_ORDER: tuple[Kind, ...] = ("notices", "honours", "decisions")


def _record_of(case: PublicCase, record: Record, prepared: Prepared) -> PublicNotice | PublicHonour:
    if record.kind == "honours":
        return next(honour for honour in case.honours if honour.id == record.id)
    assert case.notice is not None
    newer, older = prepared.replaced_by.get(record.id), prepared.predecessors.get(record.id)
    if not (newer or older):
        return case.notice
    successor = prepared.successors.get(record.id)
    return replace(case.notice, replaced_by=newer, predecessor=older, successor=successor)


def chosen_instant(as_of: datetime | None, site: Site, now: datetime) -> datetime:
    """The instant a site is built for: as asked, else the sample's own, else now (to the minute)."""
    if as_of is not None:
        return as_of
    if site.sample is not None:
        return site.sample.as_of
    return now.replace(second=0, microsecond=0)


def _with_days(loaded: LoadedSettings, root: Path, now: datetime) -> tuple[Diagnostic, ...]:
    """What was found in the settings, and every digest that somebody is said to have compared after ``now``."""
    entries = loaded.settings.instruments if loaded.settings is not None else ()
    today = now.astimezone(SHANGHAI).date()
    late = (item for entry in entries for item in placed(check_verified(entry, today), entry, root))
    return (*loaded.diagnostics, *late)


def _scan_all(
    loaded: LoadedSettings,
    settings: Settings,
    as_of: datetime,
    store: Store | None,
    jobs: int,
    *,
    before: tuple[Diagnostic, ...],
    basis: bytes = b"",
    hashed: bool = False,
    share: Share | None = None,
    logging: bool = False,
    held: Held | None = None,
) -> CheckReport:
    """``before``: what reading the settings and the law has found."""
    ledger, faults = read_ledger(settings.root)
    read = read_decisions(loaded, settings)
    plan = ScanPlan(
        settings=settings,
        as_of=as_of,
        store=store,
        basis=basis,
        slow=_slow_hash(settings) if hashed else None,
        stated=bool(ledger) or logging,
        grants=read.grants,
        portraits=_portrait_digests(loaded.portrait_files, settings.root),
        started=0 if store is None else store.path.parent.stat().st_mtime_ns,
        held=None if held is None else held.root,
        whole=share is None,
    )
    files = (held or Held(root=settings.root)).files(settings.root, loaded.case_files)
    results = tuple(scan(tuple(files.values()), plan, jobs, share))
    of_cases = (item for result in results for item in result.diagnostics)
    addresses = map(fault_diagnostic, read_addresses(settings.root)[1])
    found = [*before, *addresses, *read.diagnostics, *once_a_place(of_cases, settings.jurisdictions)]
    decided = {path.relative_to(settings.root).as_posix(): path for path in loaded.decision_files}
    found += check_approvals(settings.root, {**files, **decided}, settings.site.approval, as_of.date())
    shown = ledger.until(as_of)
    keys = _all_keys(results)
    states = {state.id: state for result in results for state in result.states}
    registered = _registered(keys, read.granted_by) if plan.stated else {}
    decisions: tuple[PublicDecision, ...] = ()
    vacant: tuple[VacantNumber, ...] = ()
    if share is None:  # A share knows nothing of the others.
        found += check_all_granted(read, results, settings.root)
        if len(keys) == len(loaded.case_files):  # or nobody knows what the others name
            found += _unnamed_portraits(loaded.portrait_files, results, settings.root)
        decisions = disclose_all(read, results, as_of.date())
        vacant = tuple(vacant_decisions(read, keys, decisions, as_of.date()))
        registered |= registered_decisions(read, keys)
        if plan.stated:
            states |= {item.id: decision_state(item, plan.context) for item in decisions}
        complete = not has_errors(found)
        across = [
            *check_registry(keys, (*ledger.last_states(), *ledger.spent)),
            *check_ledger(ledger, faults, states, registered, as_of, complete=complete),
        ]
        found += (with_lines(item, settings.root) for item in across)
    publications = Publications(
        ledger=ledger,
        shown=shown,
        public=frozenset(states),
        waiting=waiting_events(shown, states, registered, as_of),
    )
    return CheckReport(
        settings=settings,
        diagnostics=tuple(sorted(found, key=sort_key)),
        results=results,
        decisions=decisions,
        vacant=vacant,
        publications=publications,
    )


def _portrait_digests(paths: Iterable[Path], root: Path) -> dict[str, bytes]:
    """Digest of all pictures of a place and a year, by ``wuhan/2026``."""
    found: dict[str, bytes] = {}
    for path in paths:
        folder = path.parent
        key = f"{folder.parent.name}/{folder.name}"
        try:
            data = read_bytes(path, root, MOST_MEGABYTES * 1_048_576)
        except FileProblemError as error:
            data = error.code.encode()  # told by the record that names it
        found[key] = digest(found.get(key, b""), path.name.encode(), data)
    return found


def _unnamed_portraits(
    paths: Iterable[Path], results: Iterable[ScanResult], root: Path
) -> Iterator[Diagnostic]:
    named = {path for result in results for path in result.portraits}
    for draft in (root / DRAFTS.base).glob("*/*/*.yml"):
        names = portraits_named(draft.read_bytes())
        named |= {portrait_file(draft, root, name).relative_to(root).as_posix() for name in names}
    for path in paths:
        if path.relative_to(root).as_posix() not in named:
            yield diagnose("REG063", Place(path=display_path(path, root)))


def _registered(keys: Iterable[CaseKeys], granted_by: Mapping[str, str]) -> dict[str, Registered]:
    """Every public number of a case with the record that has it. ``granted_by``: decisions by their honours."""
    found: dict[str, Registered] = {}
    for item in keys:
        fields = {honour: f"honours[{number}].id" for number, honour in enumerate(item.honours)}
        if item.notice is not None:
            fields[item.notice] = "notice.id"
        for number, field in fields.items():
            found[number] = Registered(
                place=item.place(field),
                hidden=number in item.unshown,
                withheld_on=item.withheld_on,
                told=item.telling.told,
                untold=item.telling.untold,
                case=case_hash(item.jurisdiction, item.case, number),
                granted_by=granted_by.get(number),
            )
    return found


def _all_keys(results: Iterable[ScanResult]) -> list[CaseKeys]:
    """In the order of the files, however they were shared out."""
    return sorted((keys for result in results for keys in result.keys), key=lambda keys: keys.path)


def _slow_hash(settings: Settings) -> slow.SlowHash:
    return slow.SlowHash(
        salt=slow.site_salt(settings.site.base_url),
        iterations=slow.ITERATIONS,
        cache=settings.root / PRIVATE_FOLDER / "certificates",
    )


def _next_change(rows: list[NoticeRow], coming: tuple[ComingChange, ...], as_of: datetime) -> datetime | None:
    moments = [moment for row in rows for moment in (row.opens_at, row.closes_at)]
    moments += [item.at for item in coming if item.turns_pages]
    return min((moment for moment in moments if moment > as_of), default=None)


def _replacements(results: tuple[ScanResult, ...]) -> dict[str, str]:
    return {
        keys.replaces: keys.notice
        for keys in _all_keys(results)
        if keys.notice_is_public and keys.replaces is not None and keys.notice is not None
    }


def _successors(newer: Mapping[str, str], notices: Sequence[NoticeRow]) -> dict[str, Successor]:
    older = {after: before for before, after in newer.items()}
    return {
        older[row.id]: Successor(
            published_on=row.published_at.astimezone(SHANGHAI).date(),
            opens_on=row.opens_on,
            closes_on=row.closes_on,
        )
        for row in notices
        if row.id in older
    }


def _published(results: tuple[ScanResult, ...]) -> dict[str, frozenset[str]]:
    pages: dict[str, set[str]] = {}
    for result in results:
        for name, addresses in result.published:
            pages.setdefault(name, set()).update(addresses)
    return {name: frozenset(addresses) for name, addresses in pages.items()}
