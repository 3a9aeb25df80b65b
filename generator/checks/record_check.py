"""单案核对 (record checks): rules for one case alone that its types cannot express.

Each check is a generator of problems. :func:`check_case` runs them all, so one run tells everything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from pydantic import BaseModel

from generator.cases.case import Case
from generator.cases.case_clock import CaseClock
from generator.checks.certificate import check_certificates
from generator.checks.clock_check import check_clock
from generator.checks.correction_check import check_corrections
from generator.checks.date_order import IN_FAVOUR, check_sequence
from generator.checks.law_check import check_law
from generator.checks.person_check import check_persons
from generator.checks.portrait_check import check_portraits
from generator.checks.privacy import check_privacy
from generator.checks.problem import CaseProblem, Problems
from generator.project.settings import Settings
from generator.source.model.partial_day import PartialDay
from generator.source.model.scalars import parts_of_number
from generator.source.near import nearest
from generator.source.shape import title_of


def check_case(
    case: Case, clock: CaseClock | None, folder: str, settings: Settings, today: date
) -> list[CaseProblem]:
    """Every problem of one case. ``clock`` is that of ``today``, ``folder`` the name of the jurisdiction's
    folder it lies in.

    Checks that need a sound record (clock, law) run only when what they rest on is sound.
    """
    basic = [
        *_references(case, folder, settings),
        *_persons(case),
        *check_persons(case),
        *_substance(case),
        *_identifiers(case),
        *_dates(case),
        *_corrections(case),
        *_objection_channel(case, settings),
    ]
    found = [
        *basic,
        *check_privacy(case, clock, settings, today),
        *check_portraits(case, today),
        *check_certificates(case),
    ]
    if clock is not None and not any(item.code in ("REG003", "REG004") for item in basic):
        found += check_clock(case, clock)
        found += check_law(case, clock, settings)
        found += check_sequence(case, found, clock.period.closes_on if clock.period is not None else None)
    return found


def _corrections(case: Case) -> Problems:
    if case.notice is not None:
        yield from check_corrections(case.notice.corrections, "notice.corrections")
    for number, honour in enumerate(case.honours):
        yield from check_corrections(honour.corrections, f"honours[{number}].corrections")


def _references(case: Case, folder: str, settings: Settings) -> Problems:
    if case.jurisdiction not in settings.jurisdictions:
        known = settings.jurisdictions
        yield CaseProblem(
            code="REG003",
            field="jurisdiction",
            facts={"found": case.jurisdiction, **meant(case.jurisdiction, known)},
            terms={"known": "、".join(known)},
        )
    elif case.jurisdiction != folder:
        yield CaseProblem(
            code="REG005", field="jurisdiction", facts={"found": case.jurisdiction}, terms={"folder": folder}
        )
    authority = settings.authorities.get(case.authority)
    if authority is None:
        own = [slug for slug, item in settings.authorities.items() if item.jurisdiction == case.jurisdiction]
        yield CaseProblem(
            code="REG004",
            field="authority",
            facts={"found": case.authority, **meant(case.authority, own or settings.authorities)},
            terms={"known": "、".join(own) or "—"},
        )
    elif case.jurisdiction in settings.jurisdictions and authority.jurisdiction != case.jurisdiction:
        yield CaseProblem(
            code="REG006",
            field="authority",
            facts={"found": case.authority},
            terms={"jurisdiction": authority.jurisdiction},
        )


def meant(word: str, known: Iterable[str]) -> dict[str, str]:
    """The one of ``known`` that was probably meant, as a fact for a message; nothing where none is like it."""
    near = nearest(word, known)
    return {} if near is None else {"near": near}


def _persons(case: Case) -> Problems:
    for key, count in Counter(person.key for person in case.persons).items():
        if count > 1:
            index = max(n for n, person in enumerate(case.persons) if person.key == key)
            yield CaseProblem(code="REG007", field=f"persons[{index}].key", facts={"found": key})
    keys = {person.key for person in case.persons}
    for number, honour in enumerate(case.honours):
        for index, key in enumerate(honour.recipients):
            if key not in keys:
                yield CaseProblem(
                    code="REG008",
                    field=f"honours[{number}].recipients[{index}]",
                    facts={"found": key, "known": "、".join(sorted(keys)) or "—", **meant(key, keys)},
                )
        if not honour.recipients and case.group is None:
            yield CaseProblem(code="REG009", field=f"honours[{number}]")


def _substance(case: Case) -> Problems:
    if case.notice is None and not case.honours:
        if case.outcome is None and case.procedure.applied_on is None and case.act is None:
            yield CaseProblem(code="REG012", field="case")
        return
    yield from _acts(case)
    yield from _outcome(case)
    if case.notice is not None and case.act is None:
        yield CaseProblem(code="REG010", field="notice", terms={"missing": "act"})
    if not case.persons and case.group is None:
        yield CaseProblem(
            code="REG010",
            field="notice" if case.notice else "honours[0]",
            terms={"missing": "persons / group"},
        )


def _acts(case: Case) -> Iterator[CaseProblem]:
    """Of several acts each says whose it is, and names nobody who is not there."""
    if case.further_acts and case.act is None:
        yield CaseProblem(code="REG010", field="further_acts", terms={"missing": "act"})
    keys = {person.key for person in case.persons}
    for number, act in enumerate(case.acts):
        field = "act" if number == 0 else f"further_acts[{number - 1}]"
        if case.further_acts and case.persons and not act.persons:
            yield CaseProblem(code="REG010", field=field, terms={"missing": "persons"})
        for index, key in enumerate(act.persons):
            if key not in keys:
                yield CaseProblem(
                    code="REG008",
                    field=f"{field}.persons[{index}]",
                    facts={"found": key, "known": "、".join(sorted(keys)) or "—", **meant(key, keys)},
                )


def _outcome(case: Case) -> Iterator[CaseProblem]:
    keys = {person.key for person in case.persons}
    for index, key in enumerate(case.outcome.not_confirmed if case.outcome is not None else ()):
        if key not in keys:
            yield CaseProblem(
                code="REG008",
                field=f"outcome.not_confirmed[{index}]",
                facts={"found": key, "known": "、".join(sorted(keys)) or "—", **meant(key, keys)},
            )
    yield from _nobody_confirmed(case)


def _nobody_confirmed(case: Case) -> Iterator[CaseProblem]:
    """A conclusion in favour of nobody whom the public may see: it would be empty, or tell of somebody withheld."""
    outcome = case.outcome
    if outcome is None or outcome.kind not in IN_FAVOUR or case.group is not None:
        return
    shown = {person.key for person in case.persons if person.disclosure != "withheld"}
    if shown and shown <= set(outcome.not_confirmed):
        yield CaseProblem(code="REG049", field="outcome.not_confirmed", facts={})


def _identifiers(case: Case) -> Problems:
    if case.notice is not None:
        yield from _id_parts(case, case.notice.id, "notice.id", str(case.notice.published_at.year))
        if case.notice.replaces == case.notice.id:
            yield CaseProblem(code="REG018", field="notice.replaces", facts={"found": case.notice.id})
    for number, honour in enumerate(case.honours):
        yield from _id_parts(case, honour.id, f"honours[{number}].id", None)


def _id_parts(case: Case, public_id: str, field: str, year: str | None) -> Iterator[CaseProblem]:
    jurisdiction, id_year, _ = parts_of_number(public_id)
    if jurisdiction != case.jurisdiction or (year is not None and str(id_year) != year):
        expected = f"{case.jurisdiction}-{year or '<year>'}-…"
        yield CaseProblem(code="REG011", field=field, facts={"found": public_id, "expected": expected})


def _dates(case: Case) -> Problems:
    """Events stand in the order in which they can have happened."""
    act_day = case.act.happened_on if case.act else None
    steps: list[tuple[str, date | PartialDay]] = []
    if act_day is not None:
        steps.append(("act.happened_on", act_day))
    steps += [
        (f"procedure.{name}", day)
        for name in ("applied_on", "accepted_on", "opinion_on", "proposed_on")
        if (day := getattr(case.procedure, name)) is not None
    ]
    yield from in_order(steps)
    if case.notice is not None and act_day is not None:
        yield from in_order(
            [
                ("act.happened_on", act_day),
                ("notice.period.opens_on", case.notice.period.opens_on),
            ]
        )
    for number, objection in enumerate(case.objections):
        if objection.resolved_on is not None:
            field = f"objections[{number}]"
            yield from in_order(
                [
                    (f"{field}.received_on", objection.received_on),
                    (f"{field}.resolved_on", objection.resolved_on),
                ]
            )
        if (objection.resolved_on is None) != (objection.result is None):
            yield CaseProblem(code="REG015", field=f"objections[{number}]")
    if case.outcome is not None and case.outcome.certificate_on is not None:
        yield from in_order(
            [
                ("outcome.decided_on", case.outcome.decided_on),
                ("outcome.certificate_on", case.outcome.certificate_on),
            ]
        )
    for number, honour in enumerate(case.honours):
        field = f"honours[{number}]"
        if honour.published_on is not None:
            yield from in_order(
                [
                    (f"{field}.decided_on", honour.decided_on),
                    (f"{field}.published_on", honour.published_on),
                ]
            )
        if act_day is not None:
            yield from in_order([("act.happened_on", act_day), (f"{field}.decided_on", honour.decided_on)])


def in_order(
    steps: list[tuple[str, date | PartialDay]], model: type[BaseModel] = Case
) -> Iterator[CaseProblem]:
    """REG013 for each of ``steps``, (field of ``model``, day), that lies before the one before it. A day known to its
    month or year alone is out of order only where no day of it would be in order."""
    for (earlier, first), (later, second) in pairwise(steps):
        begins = first.first if isinstance(first, PartialDay) else first
        ends = second.last if isinstance(second, PartialDay) else second
        if ends < begins:
            yield CaseProblem(
                code="REG013",
                field=later,
                facts={"found": str(second), "before": str(first)},
                terms={
                    "later": later,
                    "earlier": earlier,
                    "later_zh": title_of(model, later),
                    "earlier_zh": title_of(model, earlier),
                },
            )


def _objection_channel(case: Case, settings: Settings) -> Problems:
    authority = settings.authorities.get(case.authority)
    if case.notice is None or authority is None:
        return
    desk = case.notice.desk
    channels = authority.channels if desk is None else desk.channels
    if not (
        channels.web_form
        or channels.email
        or channels.telephone
        or channels.fax
        or channels.post
        or channels.in_person
    ):
        field = "authority" if desk is None else "notice.desk"
        yield CaseProblem(code="REG014", field=field, terms={"authority": authority.slug})
