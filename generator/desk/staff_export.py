"""导出 (staff export): the registry as rows of the workbook that import reads, private columns included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.cases.case_files import find_case_files
from generator.catalogue import coded, value_words
from generator.desk.registered_numbers import give_keys
from generator.desk.sheet_plan import Column, SheetKind, is_coded, sheet_plan
from generator.source.yaml_reader import UnreadableError, read_tree


def staff_rows(root: Path, jurisdiction: str | None) -> dict[SheetKind, list[Mapping[str, str]]]:
    """Rows of both sheets: one for each person of each honour, and one for each person of a case with an act.

    ``jurisdiction`` None: of all. Files that cannot be read are left to ``yiyong check``.
    """
    rows: dict[SheetKind, list[Mapping[str, str]]] = {SheetKind.HONOURS: [], SheetKind.CASES: []}
    for path in find_case_files(root):
        try:
            tree: Any = read_tree(path.read_bytes())
        except (OSError, UnreadableError):
            continue
        if not isinstance(tree, dict) or jurisdiction not in (None, tree.get("jurisdiction")):
            continue
        give_keys(tree)
        rows[SheetKind.HONOURS] += _honour_rows(tree)
        if "act" in tree and ("notice" in tree or "honours" not in tree):
            rows[SheetKind.CASES] += _case_rows(tree)
    return rows


def _honour_rows(tree: Mapping[str, Any]) -> Iterator[Mapping[str, str]]:
    persons = {person.get("key"): person for person in tree.get("persons", ())}
    for honour in tree.get("honours", ()):
        for key in honour.get("recipients") or [None]:
            yield _row(SheetKind.HONOURS, tree, persons.get(key), honour)


def _case_rows(tree: Mapping[str, Any]) -> Iterator[Mapping[str, str]]:
    for person in tree.get("persons", ()) or [None]:
        yield _row(SheetKind.CASES, tree, person, None)


def _row(
    kind: SheetKind,
    tree: Mapping[str, Any],
    person: Mapping[str, Any] | None,
    honour: Mapping[str, Any] | None,
) -> Mapping[str, str]:
    notice = tree.get("notice", {})
    who = person or {}
    portrait = who.get("portrait") or {}
    parts: dict[str, Mapping[str, Any]] = {
        "case": tree,
        "person": {"name": who.get("name_as_published"), **who},
        "private": who.get("private", {}) if person is not None else tree.get("private", {}),
        "withholding": who.get("withholding") or tree.get("withholding", {}),
        "portrait": portrait,
        "consent": portrait.get("consent") or {},
        "honour": honour or {},
        "group": tree.get("group", {}),
        "act": tree.get("act", {}),
        "procedure": tree.get("procedure", {}),
        "notice": notice,
        "period": notice.get("period", {}),
        "outcome": tree.get("outcome", {}),
    }
    row = {}
    for column in sheet_plan(kind).columns:
        value = parts[column.part].get(column.field)
        if isinstance(value, str):
            row[column.key] = _shown(value, column)
    if person is not None and kind is SheetKind.HONOURS:
        # The name of the group stands in the rows of those who are honoured as one.
        row.pop("group.name", None)
        row.pop("group.head_count", None)
    return row


def _shown(value: str, column: Column) -> str:
    if column.kind == "truth":
        return "是" if value in ("是", "true") else "否"
    if is_coded(column):
        words = value_words(column.kind).get(str(coded(column.kind, value)))
        return words[0] if words is not None else value
    return value.strip()
