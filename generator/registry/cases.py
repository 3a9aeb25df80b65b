"""案件文件 (case files): find them and read them, one at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.diagnostics import Diagnostic, Place
from generator.records.case import Case
from generator.source import LoadResult, load_file

_PRIVATE_KEYS = (
    "private",
    "withholding",
    "objector",
    "note",
    "guardian_consent",
    "certificate_code",
    "procedure",
)


def find_case_files(root: Path) -> list[Path]:
    """Every ``registry/cases/<jurisdiction>/<year>/<case>.yml``, sorted by path."""
    base = root / "registry" / "cases"
    return sorted(base.glob("*/*/*.yml")) if base.is_dir() else []


def load_case(path: Path, root: Path) -> LoadResult[Case]:
    """Read one case. Messages show a line of it only when the record is public through and through."""
    result = load_file(path, root, Case, is_public=is_positively_public)
    if not result.diagnostics:
        return result
    return replace(result, diagnostics=tuple(hide_private_fields(item) for item in result.diagnostics))


def is_positively_public(tree: Any) -> bool:
    """明示公开: the record says ``level: public`` and shows every person in full. Anything else is not."""
    if not isinstance(tree, Mapping) or tree.get("level") != "public":
        return False
    persons = tree.get("persons", [])
    return isinstance(persons, list) and all(
        isinstance(person, Mapping) and person.get("disclosure") == "full" for person in persons
    )


def hide_private_fields(diagnostic: Diagnostic) -> Diagnostic:
    """A problem in a part for staff only shows no line and no value, even in a public record."""
    field = diagnostic.place.field or ""
    if not any(key in field.replace("[", ".").split(".") for key in _PRIVATE_KEYS):
        return diagnostic
    place: Place = replace(diagnostic.place, shown=False)
    return replace(diagnostic, place=place, facts={})
