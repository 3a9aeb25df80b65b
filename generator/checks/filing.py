"""归档核对 (filing): a record lies where its own number and dates say, so that people find it there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from generator.cases.case import Case
from generator.checks.problem import CaseProblem, Problems

_NUMBERED = re.compile("[A-Za-z]{0,4}-?([0-9]{2}|[0-9]{4})-")


def check_filing(case: Case, path: Path) -> Problems:
    """The file is called after the case number, and lies in the folder of a year of the case.

    ``path`` is ``…/<year>/<case>.yml``; discovery has looked at its form already.
    """
    if path.stem != case.case:
        yield CaseProblem(code="REG025", field="case", facts={"found": case.case, "name": path.stem})
    years = _years(case)
    folder = int(path.parent.name)
    if years and folder not in years:
        terms = {"folder": folder, "years": "、".join(map(str, sorted(years)))}
        yield CaseProblem(code="REG026", field="case", facts=terms)


def _years(case: Case) -> set[int]:
    """The year that the number names, where that is a year of the case at all; else every year of its dates."""
    dated = set(_dated(case))
    numbered = _NUMBERED.match(case.case)
    if numbered is not None:
        named = {year for year in dated if str(year).endswith(numbered[1])}
        if named:
            return named
    return dated


def _dated(case: Case) -> Iterator[int]:
    for act in case.acts:
        yield act.happened_on.year
    procedure = case.procedure
    for day in (procedure.applied_on, procedure.accepted_on, procedure.opinion_on, procedure.proposed_on):
        if day is not None:
            yield day.year
    if case.notice is not None:
        yield case.notice.published_at.year
        yield case.notice.period.opens_on.year
    if case.outcome is not None:
        yield case.outcome.decided_on.year
    for honour in case.honours:
        yield honour.decided_on.year
        yield honour.published_on.year
