"""决定这一步 (decision step): decisions are read before the cases to which they grant something, and disclosed after.

Between the two lies the scan of the cases, which tells of every grant what of it may be shown, and to how many.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from generator.cases.decision_files import (
    FiledDecision,
    Grants,
    decision_locator,
    grants_by_case,
    load_decisions,
)
from generator.checks.decision_check import check_decision, check_granted
from generator.checks.problem import CaseProblem
from generator.checks.registry_check import CaseKeys
from generator.diagnostics import Diagnostic, Place, diagnose
from generator.disclosure.disclose_decision import GrantedPeople, disclose_decision
from generator.pipeline.scan import ScanResult
from generator.project.settings import LoadedSettings, Settings
from generator.public.public_case import VacantNumber
from generator.public.public_decision import PublicDecision, PublicGrant
from generator.publication_log.waiting_events import Registered, case_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDecisions:
    """读入的决定: what they grant to each case, and what is wrong with them by themselves."""

    filed: tuple[FiledDecision, ...] = ()
    grants: Grants
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def granted_by(self) -> dict[str, str]:
        """Number of the decision, by those of the honours that it grants."""
        return {
            grant.id: filed.decision.id
            for filed in self.filed
            for tier in filed.decision.tiers
            for grant in tier.grants
        }


def read_decisions(loaded: LoadedSettings, settings: Settings) -> ReadDecisions:
    """Read and check every decision of the project."""
    root = settings.root
    filed, found = load_decisions(loaded.decision_files, root)
    cases = frozenset((path.parent.parent.name, path.stem) for path in loaded.case_files)
    wrong = [
        placed
        for item in filed
        for placed in _placed(item, check_decision(item, settings.jurisdictions, cases), root)
    ]
    return ReadDecisions(filed=filed, grants=grants_by_case(filed), diagnostics=(*found, *wrong))


def check_all_granted(read: ReadDecisions, results: Sequence[ScanResult], root: Path) -> Iterator[Diagnostic]:
    """What shows only when all cases of a decision are seen together."""
    people = _by_decision(item for result in results for item in result.granted)
    for filed in read.filed:
        yield from _placed(filed, check_granted(filed, people.get(filed.decision.id, [])), root)


def disclose_all(
    read: ReadDecisions, results: Sequence[ScanResult], today: date
) -> tuple[PublicDecision, ...]:
    """公开的决定, by id."""
    grants: dict[str, list[PublicGrant]] = {}
    for result in results:
        for grant in result.grants:
            grants.setdefault(grant.decision, []).append(grant)
    people = _by_decision(item for result in results for item in result.granted)
    made = (
        disclose_decision(filed, grants.get(filed.decision.id, ()), people.get(filed.decision.id, ()), today)
        for filed in read.filed
    )
    return tuple(sorted((item for item in made if item is not None), key=lambda item: item.id))


def vacant_decisions(
    read: ReadDecisions, keys: Iterable[CaseKeys], shown: Iterable[PublicDecision], today: date
) -> Iterator[VacantNumber]:
    """决定的空号: of a decision all of whose grants are withheld, as staff chose for one of these."""
    tombstones = {number.id for item in keys for number in item.hidden if number.choice == "tombstone"}
    public = {item.id for item in shown}
    for filed in read.filed:
        decision = filed.decision
        ids = {grant.id for tier in decision.tiers for grant in tier.grants}
        if decision.id not in public and decision.published_on <= today and ids & tombstones:
            yield VacantNumber(id=decision.id, kind="decisions")


def registered_decisions(read: ReadDecisions, keys: Iterable[CaseKeys]) -> Iterator[tuple[str, Registered]]:
    """台账要知道的决定情况, by number. A decision is hidden where all that it grants is."""
    of_honour = {honour: item for item in keys for honour in item.honours}
    for filed in read.filed:
        decision = filed.decision
        grants = frozenset(grant.id for tier in decision.tiers for grant in tier.grants)
        cases = [of_honour[honour] for honour in sorted(grants) if honour in of_honour]
        withheld = [item.withheld_on for item in cases if item.withheld_on is not None]
        names = sorted({grant.case for tier in decision.tiers for grant in tier.grants})
        yield (
            decision.id,
            Registered(
                place=Place(path=filed.path, field="id", shown=False),
                hidden=grants <= frozenset().union(*(item.unshown for item in cases)),
                withheld_on=max(withheld, default=None),
                told=frozenset().union(*(item.telling.told for item in cases)),
                untold=frozenset().union(*(item.telling.untold for item in cases)),
                case=case_hash(decision.jurisdiction, "+".join(names), decision.id),
                grants=grants,
            ),
        )


def _by_decision(people: Iterable[GrantedPeople]) -> dict[str, list[GrantedPeople]]:
    ordered = sorted(people, key=lambda item: (item.decision, item.field))
    return {number: list(items) for number, items in groupby(ordered, key=lambda item: item.decision)}


def _placed(filed: FiledDecision, problems: Iterable[CaseProblem], root: Path) -> Iterator[Diagnostic]:
    found = list(problems)
    if not found:
        return
    where = decision_locator(filed.path, root)
    for item in found:
        yield diagnose(
            item.code, where.place(item.field), facts=item.facts, terms=item.terms, severity=item.severity
        )
