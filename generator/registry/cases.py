"""案件文件 (case files): find them and read them, one at a time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

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


def is_positively_public(tree: Any) -> bool:
    """明示公开: the record says ``level: public`` and shows every person in full. Anything else is not."""
    if not isinstance(tree, Mapping) or tree.get("level") != "public":
        return False
    persons = tree.get("persons", [])
    return isinstance(persons, list) and all(
        isinstance(person, Mapping) and person.get("disclosure") == "full" for person in persons
    )
