"""肖像核对 (portrait checks): whose picture is published with whose consent, and whether it can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from generator.cases.case import Case
from generator.checks.problem import CaseProblem, Problems
from generator.diagnostics import Severity
from generator.disclosure.portrait_picture import (
    LONGEST_SIDE,
    MOST_MEGABYTES,
    Picture,
    PictureError,
    read_picture,
)
from generator.disclosure.who_is_shown import honoured_alone, is_masked, tells_portrait
from generator.project.discovery import portrait_file


def check_portraits(case: Case, today: date) -> Problems:
    """Portraits of people who are not shown by name, without a consent that counts, or that no page would show."""
    alone = {person.key for honour in case.honours if (person := honoured_alone(case, honour)) is not None}
    for index, person in enumerate(case.persons):
        field = f"persons[{index}].portrait"
        if person.portrait is None:
            continue
        if case.level == "confidential" or is_masked(case, person, today):
            yield CaseProblem(code="DIS031", field=field, quoted=False)
        elif not tells_portrait(case, person, today):
            # One that is only to come is none of today's: the site of an earlier day had no picture.
            to_come = tells_portrait(case, person, person.portrait.consent.given_on)
            severity = Severity.WARNING if to_come else None
            yield CaseProblem(code="DIS032", field=f"{field}.consent", severity=severity, quoted=False)
        elif person.key not in alone:
            yield CaseProblem(code="REG064", field=field, quoted=False)


def read_portraits(
    case: Case, case_file: Path, root: Path, today: date
) -> tuple[Mapping[str, Picture], tuple[CaseProblem, ...]]:
    """(portraits that may be shown by the key of the person, what is wrong with their files)."""
    pictures: dict[str, Picture] = {}
    problems: list[CaseProblem] = []
    for index, person in enumerate(case.persons):
        if person.portrait is None or case.level == "confidential" or not tells_portrait(case, person, today):
            continue
        try:
            pictures[person.key] = read_picture(portrait_file(case_file, root, person.portrait.file), root)
        except PictureError as error:
            terms = {"most": MOST_MEGABYTES, "side": LONGEST_SIDE}
            field = f"persons[{index}].portrait.file"
            problems.append(CaseProblem(code=error.code, field=field, terms=terms, quoted=False))
    return pictures, tuple(problems)


def named_portraits(case: Case, case_file: Path, root: Path) -> Iterator[str]:
    """Paths from the root of the pictures that a case names, whether or not they are there."""
    for person in case.persons:
        if person.portrait is not None:
            yield portrait_file(case_file, root, person.portrait.file).relative_to(root).as_posix()
