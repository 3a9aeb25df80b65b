"""表格的样子 (sheet plan): which columns a workbook has, and where in a record each of them goes.

The columns stand in ``sheets.yml``, so that a clerk's words can be changed without a programmer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.catalogue import value_words

_SHEETS = Path(__file__).parent / "sheets.yml"
_YES_NO = ("是", "否")


class SheetKind(StrEnum):
    """表的种类: one row a person who is honoured, or one row a person of a case."""

    HONOURS = "honours"
    CASES = "cases"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """一列. ``part`` is the part of a record (``person``), ``field`` the key in it (``name``)."""

    part: str
    field: str
    title: str
    kind: str
    required: bool = False
    private: bool = False
    note: str = ""
    example: str = ""
    choices: tuple[str, ...] = ()
    """Words to choose from; others are refused by the schema."""

    @property
    def key(self) -> str:
        """``person.name``."""
        return f"{self.part}.{self.field}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPlan:
    """一种表."""

    kind: SheetKind
    sheet: str
    columns: tuple[Column, ...]

    def titled(self) -> Mapping[str, Column]:
        """Columns by their heading."""
        return {column.title: column for column in self.columns}


@cache
def sheet_plan(kind: SheetKind) -> SheetPlan:
    """The plan of one kind."""
    plan = _loaded()[kind.value]
    return SheetPlan(kind=kind, sheet=plan["sheet"], columns=tuple(_column(row) for row in plan["columns"]))


@cache
def guide() -> tuple[str, tuple[str, ...]]:
    """Name of the sheet that tells how to fill in the others, and its lines."""
    return _loaded()["guide"]["sheet"], tuple(_loaded()["guide"]["lines"])


def _column(row: Mapping[str, object]) -> Column:
    part, _, field = str(row["key"]).partition(".")
    kind = str(row["kind"])
    choices = row.get("choices")
    return Column(
        part=part,
        field=field,
        title=str(row["title"]),
        kind=kind,
        required=row.get("required") == "true",
        private=row.get("private") == "true",
        note=str(row.get("note", "")),
        example=str(row.get("example", "")),
        choices=tuple(map(str, choices)) if isinstance(choices, list) else _words(kind),
    )


def _words(kind: str) -> tuple[str, ...]:
    if kind == "truth":
        return _YES_NO
    if kind in PLAIN_KINDS:
        return ()
    return tuple(words[0] for words in value_words(kind).values())


PLAIN_KINDS = frozenset(("text", "prose", "day", "partial_day", "moment", "whole", "number"))
"""Kinds of columns whose values are no codes; ``truth`` is 是 or 否."""


def is_coded(column: Column) -> bool:
    """Whether the column's values are codes with words, under the name of its kind."""
    return column.kind not in PLAIN_KINDS and column.kind != "truth"


@cache
def _loaded() -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = yaml.load(
        _SHEETS.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader
    )
    return loaded
