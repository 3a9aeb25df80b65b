"""案件文件 (case files): find them and read them, one at a time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.cases.case import ADULT_AGE, Case
from generator.cases.decision_files import decision_locator
from generator.catalogue import coded
from generator.diagnostics import Diagnostic, Place
from generator.project.discovery import CASES, DECISIONS, discover
from generator.source.load import LoadResult, load_file
from generator.source.locate import Locator, locator
from generator.source.model.scalars import is_true

PRIVATE_KEYS = frozenset(
    (
        "private",
        "withholding",
        "objector",
        "note",
        "guardian_consent",
        "certificate_code",
        "injured",
        "injury_consent",
        "portrait",
    )
)
"""Keys of a case whose content is for staff only, in a public record too; of an injury (敏感个人信息) and of a
portrait a message never tells, for most messages about them say that they may not be published."""


def find_case_files(root: Path) -> tuple[Path, ...]:
    """Every ``registry/cases/<jurisdiction>/<year>/<case>.yml``, sorted by path."""
    return discover(root).on(CASES)


def load_case(path: Path, root: Path) -> LoadResult[Case]:
    """Read one case. Messages quote a line only if the whole record is public."""
    return load_file(path, root, Case, is_public=is_positively_public, private_keys=PRIVATE_KEYS)


def case_locator(path: Path, root: Path, case: Case) -> Locator:
    """Places in a case that was read well, for the checks."""
    shown = is_positively_public(case.model_dump(mode="json", exclude_none=True))
    return locator(path, root, Case, shown=shown, private_keys=PRIVATE_KEYS)


def with_lines(diagnostic: Diagnostic, root: Path) -> Diagnostic:
    """The same with the lines of its places, for a check that knows files and fields only: each file
    is read once more, now that something is wrong in it."""
    return replace(
        diagnostic,
        place=_with_line(diagnostic.place, root),
        related=tuple(_with_line(place, root) for place in diagnostic.related),
    )


def _with_line(place: Place, root: Path) -> Place:
    if place.field is None:
        return place
    path = root / place.real_path
    if path.is_relative_to(root / DECISIONS.base):
        return decision_locator(place.real_path, root).place(place.field)
    case = load_case(path, root).value
    return case_locator(path, root, case).place(place.field) if case else place


def is_positively_public(tree: Any) -> bool:
    """明示公开: the record says ``level: public`` and shows every person in full, none of whom may have
    been a minor. Anything else is not. ``tree`` is as the file has it: text, lists and mappings."""
    if not isinstance(tree, Mapping) or coded("case_level", tree.get("level")) != "public":
        return False
    persons = tree.get("persons", [])
    first_year = _first_year(tree)
    return isinstance(persons, list) and all(
        isinstance(person, Mapping)
        and coded("disclosure", person.get("disclosure")) == "full"
        # Nobody may read the name beside it.
        and person.get("name_as_published") in (None, person.get("name"))
        and not _may_be_minor(person, first_year)
        for person in persons
    )


def _may_be_minor(person: Mapping[str, Any], in_year: int) -> bool:
    """A page hides a minor's school, and the name without consent; so no message quotes such a line."""
    if "guardian_consent" in person or not is_true(person.get("adult", "true")):
        return True
    age = person.get("age_at_act")
    if age is not None and not (re.fullmatch("[0-9]{1,3}", str(age)) and int(age) >= ADULT_AGE):
        return True
    private = person.get("private")
    births = (person.get("born"), private.get("born_on") if isinstance(private, Mapping) else None)
    return any(birth is not None and _year(birth) + ADULT_AGE >= in_year for birth in births)


def _first_year(tree: Mapping[str, Any]) -> int:
    """The year of the act, or of the first honour; 0 when the record tells neither."""
    act, honours = tree.get("act"), tree.get("honours")
    if isinstance(act, Mapping) and "happened_on" in act:
        return _year(act["happened_on"], unknown=0)
    years = [
        _year(honour.get("decided_on"), unknown=0)
        for honour in (honours if isinstance(honours, list) else ())
        if isinstance(honour, Mapping)
    ]
    return min(years, default=0)


def _year(written: Any, *, unknown: int = 9999) -> int:
    text = str(written)[:4]
    return int(text) if len(text) == 4 and text.isascii() and text.isdigit() else unknown
