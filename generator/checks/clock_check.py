"""公示期核对: the legal clock's own problems, put at the fields of the record."""

from __future__ import annotations

from generator.cases.case import Case
from generator.cases.case_clock import CaseClock
from generator.checks.problem import CaseProblem, Problems
from generator.diagnostics import Severity

_TOO_SHORT = "CLK010"
"""Shorter than the law asks, however it is counted."""


def check_clock(case: Case, clock: CaseClock) -> Problems:
    """Problems of the publicity period, if there is a notice."""
    result = clock.publicity
    if case.notice is None or result is None:
        return
    minimum = result.clock.rule.minimum if result.clock is not None else None
    assumed = minimum is not None and not minimum.certain
    for problem in result.problems:
        field = "notice.period.closes_on" if case.notice.period.closes_on is not None else "notice.period"
        yield CaseProblem(
            code=problem.code,
            field=field,
            facts=problem.facts,
            terms=problem.terms,
            # A finding that rests on an assumption about the law is never an error.
            severity=Severity.WARNING if assumed and problem.code == _TOO_SHORT else None,
        )
