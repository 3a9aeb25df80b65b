"""保密依据核对 (grounds): every withholding against the exception that the version in force allows.

The law is data: a provision on the topic ``confidentiality_exception`` says for which grounds, and
whether the organ may or must keep silent. Masking counts as keeping silent, since it is the name that
people ask to keep. When a withholding reaches its end, nothing becomes public; staff are asked to decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.cases.case import Case, Withholding
from generator.cases.case_clock import CaseClock
from generator.catalogue import wording
from generator.checks.problem import CaseProblem, Problems
from generator.law.instruments import Answer, AnswerStatus, Provision
from generator.project.settings import Settings
from generator.source.model.law_words import Topic


def check_grounds(case: Case, clock: CaseClock | None, settings: Settings, today: date) -> Problems:
    """DIS009 and DIS011 (ground, article), DIS010 (shown although it must not be), DIS012 (ended)."""
    answer = _answer(case, clock, settings)
    for field, withholding, shown in _withholdings(case):
        if withholding.ends_on is not None and withholding.ends_on < today:
            if not shown:
                yield CaseProblem(
                    code="DIS012", field=f"{field}.ends_on", facts={"ended": withholding.ends_on.isoformat()}
                )
            continue
        if answer is None:
            continue
        allowed = [item for item in answer.provisions if withholding.ground in item.value.grounds]
        if shown:
            # The public sees somebody who asked not to be shown.
            for item in allowed[:1]:
                if item.value.withholding == "must":
                    yield CaseProblem(code="DIS010", field=field, terms=_terms(item, withholding))
        elif not allowed:
            yield from _unfounded(field, withholding, answer)
        elif not any(item.article in withholding.article for item in allowed):
            yield CaseProblem(code="DIS011", field=f"{field}.article", terms=_terms(allowed[0], withholding))


def _answer(case: Case, clock: CaseClock | None, settings: Settings) -> Answer | None:
    """The rule in force on the case's own day; None where no text at hand says."""
    if clock is None:
        return None
    answer = settings.library.provision(
        case.jurisdiction, Topic.CONFIDENTIALITY_EXCEPTION, clock.law_on
    ).effective
    told = answer.status in (AnswerStatus.STATED, AnswerStatus.NOT_REGULATED) and answer.version is not None
    return answer if told else None


def _withholdings(case: Case) -> Iterator[tuple[str, Withholding, bool]]:
    """(field, withholding, whether the record shows in full what it is about)."""
    if case.withholding is not None:
        yield "withholding", case.withholding, case.level == "public"
    for index, person in enumerate(case.persons):
        if person.withholding is not None:
            shown = case.level == "public" and person.disclosure == "full"
            yield f"persons[{index}].withholding", person.withholding, shown


def _unfounded(field: str, withholding: Withholding, answer: Answer) -> Iterator[CaseProblem]:
    stated = [item for item in answer.provisions if item.value.grounds]
    if not stated and withholding.ground == "other":
        return  # the city is silent, and the record names a ground of other law
    names = wording("grounds")
    version = answer.version
    assert version is not None
    yield CaseProblem(
        code="DIS009",
        field=f"{field}.ground",
        terms={
            "ground": names[withholding.ground],
            "instrument": version.instrument_title,
            "version": version.label,
            "allowed": "；".join(_allowed(item) for item in stated) or names["none"],
        },
    )


def _allowed(provision: Provision) -> str:
    names = wording("grounds")
    listed = "、".join(names[ground] for ground in provision.value.grounds)
    return f"{provision.article}：{listed}（{names[provision.value.withholding or 'may']}）"


def _terms(provision: Provision, withholding: Withholding) -> dict[str, str]:
    return {
        "ground": wording("grounds")[withholding.ground],
        "instrument": provision.instrument_title,
        "version": provision.version_label,
        "article": provision.article,
    }
