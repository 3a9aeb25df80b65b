"""表格的行 (sheet rows): the cells of a sheet under their columns, each with its place."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.catalogue import coded
from generator.desk.cell_values import Cell, CellError, text_of
from generator.desk.sheet_plan import Column, SheetKind, SheetPlan, is_coded, sheet_plan
from generator.desk.sheet_reading import Sheet, cell_name
from generator.diagnostics import Diagnostic, Place, diagnose
from generator.source.near import nearest

_HEADINGS_WITHIN = 8
"""Rows in which the headings are looked for: above them clerks write a title."""
_FEWEST = 3
"""Known headings in a row that is taken for the row of headings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """一行. ``values`` holds the text of every filled cell by the column's key, ``cells`` the place of every
    column that the sheet has, filled or not."""

    kind: SheetKind
    number: int
    values: Mapping[str, str]
    cells: Mapping[str, Place]

    @property
    def name(self) -> str | None:
        """姓名."""
        return self.values.get("person.name")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Where:
    """The sheet that is being read."""

    file: str
    sheet: str

    def cell(self, row: int, column: int, *, shown: bool = True) -> Place:
        """The place of a cell; row and column count from 0."""
        name = cell_name(row, column)
        return Place(
            path=self.file,
            line=row + 1,
            column=column + 1,
            cell=f"{self.sheet}!{name}" if self.sheet else name,
            shown=shown,
        )


@dataclass(slots=True, kw_only=True)
class ReadRows:
    """读出的行 and what is wrong with cells."""

    rows: list[SheetRow] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)


def rows_of(sheets: Sequence[Sheet], file: str) -> ReadRows:
    """Every row of the sheets that are ours. ``file`` is the name to tell people.

    A sheet is known by its headings, whatever it is called; sheets without any are passed over, but for
    a file in which none has any.
    """
    read = ReadRows()
    known = False
    for sheet in sheets:
        found = _headings(sheet)
        if found is None:
            continue
        known = True
        plan, at = found
        _read_sheet(sheet, plan, at, file, read)
    if not known:
        wanted = "、".join(
            column.title for column in sheet_plan(SheetKind.HONOURS).columns if column.required
        )
        read.problems.append(diagnose("DSK030", Place(path=file), terms={"wanted": wanted}))
    return read


def _headings(sheet: Sheet) -> tuple[SheetPlan, int] | None:
    """The plan that most headings belong to, and the row in which they stand."""
    best: tuple[int, SheetPlan, int] | None = None
    for number, row in enumerate(sheet.rows[:_HEADINGS_WITHIN]):
        for kind in SheetKind:
            plan = sheet_plan(kind)
            count = sum(_heading(cell) in plan.titled() for cell in row)
            if count >= _FEWEST and (best is None or count > best[0]):
                best = (count, plan, number)
    return (best[1], best[2]) if best is not None else None


def _heading(cell: Cell) -> str:
    text = unicodedata.normalize("NFKC", str(cell or ""))
    return "".join(text.split()).replace("(", "（").replace(")", "）").rstrip("*")


def _read_sheet(sheet: Sheet, plan: SheetPlan, at: int, file: str, read: ReadRows) -> None:
    where = _Where(file=file, sheet=sheet.name)
    columns = dict(_columns(sheet.rows[at], plan, at, where, read))
    present = {column.key for column in columns.values()}
    for column in plan.columns:
        if column.required and column.key not in present:
            place = where.cell(at, 0)
            read.problems.append(diagnose("DSK036", place, terms={"title": column.title}))
    names = {column.example for column in plan.columns if column.key == "person.name"}
    for number in range(at + 1, len(sheet.rows)):
        row = sheet.rows[number]
        if not any(str(cell).strip() for cell in row if cell is not None):
            continue
        made = _row(row, number, columns, plan, where, read)
        if made is not None and made.name not in names:
            read.rows.append(made)


def _columns(
    row: Sequence[Cell], plan: SheetPlan, at: int, where: _Where, read: ReadRows
) -> Iterator[tuple[int, Column]]:
    titled = plan.titled()
    taken: set[str] = set()
    for index, cell in enumerate(row):
        title = _heading(cell)
        if not title:
            continue
        place = where.cell(at, index)
        column = titled.get(title)
        if column is None or title in taken:
            terms = {"known": "、".join(titled)}
            if column is None and (near := nearest(title, titled)):
                terms["near"] = near
            code = "DSK035" if column is None else "DSK039"
            read.problems.append(diagnose(code, place, facts={"found": title}, terms=terms))
            continue
        taken.add(title)
        yield index, column


def _row(
    row: Sequence[Cell],
    number: int,
    columns: Mapping[int, Column],
    plan: SheetPlan,
    where: _Where,
    read: ReadRows,
) -> SheetRow | None:
    values: dict[str, str] = {}
    wrong: list[tuple[Column, int, CellError]] = []
    for index, column in columns.items():
        try:
            text = text_of(row[index] if index < len(row) else None, column.kind)
        except CellError as refused:
            wrong.append((column, index, refused))
            continue
        if text is not None:
            values[column.key] = str(coded(column.kind, text)) if is_coded(column) else text
    shown = _is_shown(values)
    for column, index, error in wrong:
        place = where.cell(number, index, shown=shown and not column.private)
        terms = {"title": column.title}
        read.problems.append(diagnose(error.code, place, facts={"found": error.found}, terms=terms))
    if not values:
        return None
    cells = {
        column.key: where.cell(number, index, shown=shown and not column.private)
        for index, column in columns.items()
    }
    return SheetRow(kind=plan.kind, number=number, values=values, cells=cells)


def _is_shown(values: Mapping[str, str]) -> bool:
    """Whether a message may quote a cell of the row: only of what is positively public."""
    return (
        values.get("case.level") == "public"
        and values.get("person.disclosure", "full") == "full"
        and values.get("person.adult", "是") == "是"
    )
