"""公示期核对: the legal clock's own problems, put at the fields of the record."""

from __future__ import annotations

from datetime import date

from generator.cases.case import Case
from generator.cases.case_clock import notice_clock
from generator.checks.problem import CaseProblem, Problems
from generator.project.settings import Settings


def check_clock(case: Case, settings: Settings, today: date) -> Problems:
    """Problems of the publicity period, if there is a notice."""
    if case.notice is None:
        return
    for problem in notice_clock(case, settings, today).problems:
        field = "notice.period.closes_on" if case.notice.period.closes_on is not None else "notice.period"
        yield CaseProblem(code=problem.code, field=field, facts=problem.facts, terms=problem.terms)
