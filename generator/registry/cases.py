"""案件文件 (case files): find them and read them, one at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.diagnostics import Diagnostic, Place
from generator.records.case import Case
from generator.source import LoadResult, Locator, load_file, locator

PRIVATE_KEYS = frozenset(
    ("private", "withholding", "objector", "note", "guardian_consent", "certificate_code")
)
"""Keys of a case whose content is for staff only, in a public record too."""


def find_case_files(root: Path) -> list[Path]:
    """Every ``registry/cases/<jurisdiction>/<year>/<case>.yml``, sorted by path."""
    base = root / "registry" / "cases"
    return sorted(base.glob("*/*/*.yml")) if base.is_dir() else []


def load_case(path: Path, root: Path) -> LoadResult[Case]:
    """Read one case. Messages show a line of it only when the record is public through and through."""
    return load_file(path, root, Case, is_public=is_positively_public, private_keys=PRIVATE_KEYS)


def case_locator(path: Path, root: Path, case: Case) -> Locator:
    """Places in a case that was read well, for the checks."""
    shown = case.level == "public" and all(person.disclosure == "full" for person in case.persons)
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
    path = root / place.path
    case = load_case(path, root).value
    return case_locator(path, root, case).place(place.field) if case and place.field else place


def is_positively_public(tree: Any) -> bool:
    """明示公开: the record says ``level: public`` and shows every person in full. Anything else is not."""
    if not isinstance(tree, Mapping) or tree.get("level") != "public":
        return False
    persons = tree.get("persons", [])
    return isinstance(persons, list) and all(
        isinstance(person, Mapping) and person.get("disclosure") == "full" for person in persons
    )
