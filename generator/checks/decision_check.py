"""决定核对 (decision checks): what the types cannot say about one decision, and what shows only with its cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath

from generator.cases.decision import Decision, Grant, Tier
from generator.cases.decision_files import FiledDecision
from generator.checks.correction_check import check_corrections
from generator.checks.head_counts import find_head_counts
from generator.checks.problem import CaseProblem, Problems
from generator.checks.record_check import in_order, meant
from generator.checks.reviewed import stands_reviewed
from generator.diagnostics import Severity
from generator.disclosure.disclose_decision import GrantedPeople
from generator.source.model.partial_day import PartialDay
from generator.source.model.scalars import parts_of_number


def check_decision(
    filed: FiledDecision, jurisdictions: Mapping[str, object], cases: frozenset[tuple[str, str]]
) -> Problems:
    """What is wrong with one decision by itself. ``cases`` are (jurisdiction, number) of every case file."""
    decision, path = filed.decision, PurePosixPath(filed.path)
    if decision.jurisdiction not in jurisdictions:
        facts = {"found": decision.jurisdiction, **meant(decision.jurisdiction, jurisdictions)}
        yield CaseProblem(
            code="REG003", field="jurisdiction", facts=facts, terms={"known": "、".join(jurisdictions)}
        )
    elif decision.jurisdiction != path.parent.parent.name:
        terms = {"folder": path.parent.parent.name}
        yield CaseProblem(
            code="REG005", field="jurisdiction", facts={"found": decision.jurisdiction}, terms=terms
        )
    yield from _filing(decision, path)
    days: list[tuple[str, date | PartialDay]] = [
        ("signed_on", decision.signed_on),
        ("published_on", decision.published_on),
    ]
    yield from in_order(days, Decision)
    yield from check_corrections(decision.corrections, "corrections")
    for n, tier in enumerate(decision.tiers):
        for m, grant in enumerate(tier.grants):
            yield from check_corrections(grant.corrections, f"tiers[{n}].grants[{m}].corrections")
            if (decision.jurisdiction, grant.case) not in cases:
                field = f"tiers[{n}].grants[{m}].case"
                own = (number for place, number in sorted(cases) if place == decision.jurisdiction)
                facts = {"found": grant.case, **meant(grant.case, own)}
                yield CaseProblem(code="REG031", field=field, facts=facts)


def _filing(decision: Decision, path: PurePosixPath) -> Iterator[CaseProblem]:
    if path.stem != decision.id:
        yield CaseProblem(code="REG001", field="id", terms={"slug": decision.id, "name": path.name})
    jurisdiction, year, _ = parts_of_number(decision.id)
    folder = path.parent.name
    if jurisdiction != decision.jurisdiction or str(year) != folder:
        terms = {"found": decision.id, "expected": f"{decision.jurisdiction}-{folder}-d…"}
        yield CaseProblem(code="REG011", field="id", facts=terms)


def check_granted(filed: FiledDecision, people: Sequence[GrantedPeople]) -> Problems:
    """Numbers and sums of a decision that count somebody who is not shown.

    ``people`` are those of its grants in all cases. A sum for all together, divided by what each gets, is a
    number of people like any other.
    """
    decision = filed.decision
    shown, withheld = sum(item.shown for item in people), sum(item.withheld for item in people)
    if not withheld:
        return
    names = tuple(sorted((name for item in people for name in item.names), key=len, reverse=True))
    titles = ((f"tiers[{n}].title", tier.title) for n, tier in enumerate(decision.tiers))
    for field, text in (*filed.texts(), *titles):
        for told in find_head_counts(text, field, shown=shown, withheld=withheld, displayed=names):
            word = text[told.start : told.end]
            if not stands_reviewed(decision.private.reviewed, text, told.start, word):
                yield CaseProblem(
                    code=told.code,
                    field=field,
                    facts={"word": word},
                    terms={"position": told.start + 1},
                    severity=None if told.sure else Severity.WARNING,
                    quoted=False,
                )
    yield from _sums(decision, {item.field: item for item in people})


def _sums(decision: Decision, people: Mapping[str, GrantedPeople]) -> Iterator[CaseProblem]:
    """A sum for several, or one of which nobody says for whom it is, where somebody of these is withheld."""
    for n, tier in enumerate(decision.tiers):
        fields = [f"tiers[{n}].grants[{m}]" for m in range(len(tier.grants))]
        if _betrays(tier, [people[field] for field in fields if field in people]):
            yield CaseProblem(code="DIS030", field=f"tiers[{n}].bonus_cny", quoted=False)
        for field, grant in zip(fields, tier.grants, strict=True):
            if field in people and _betrays(grant, [people[field]]):
                yield CaseProblem(code="DIS030", field=f"{field}.bonus_cny", quoted=False)


def _betrays(said: Tier | Grant, people: Sequence[GrantedPeople]) -> bool:
    shared = said.bonus_cny is not None and said.bonus_for in (None, "in_all")
    return shared and any(item.shown for item in people) and any(item.withheld for item in people)
