"""读表 (sheet reading): workbooks of Excel and WPS, old and new, and CSV files, as rows of cells.

What kind of file it is is seen from its bytes: clerks rename them.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from generator.desk.cell_values import Cell
from generator.desk.windows_text import windows_text

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MOST_ROWS = 20_000


class UnreadableSheetError(Exception):
    """不是能读的表格."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """一张表. ``rows`` begin with the first row of the file, empty ones included, so that places are right."""

    name: str
    rows: Sequence[Sequence[Cell]]


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """Every sheet of the file; one of a CSV file, named after nothing. Raises :class:`UnreadableSheetError`."""
    try:
        data = path.read_bytes()
    except OSError:
        raise UnreadableSheetError from None
    if data.startswith((_ZIP, _OLE)):
        return tuple(_of_workbook(data))
    return (Sheet(name="", rows=_of_csv(data)),)


def _of_workbook(data: bytes) -> Iterator[Sheet]:
    failed = dict(_failed_formulas(data)) if data.startswith(_ZIP) else {}
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            # Without the empty area left out, C17 is row 17 of column C.
            rows = cast("list[list[Cell]]", sheet.to_python(skip_empty_area=False))
            if len(rows) > MOST_ROWS:
                raise UnreadableSheetError
            for row, column, said in failed.get(name, ()):
                if row < len(rows) and column < len(rows[row]):
                    rows[row][column] = said
            _fill_merged(rows, sheet.merged_cell_ranges or ())
            yield Sheet(name=name, rows=rows)
    except (CalamineError, OSError, ValueError):
        raise UnreadableSheetError from None


def _failed_formulas(data: bytes) -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    """Cells of each sheet that hold no value but an error such as ``#REF!``: the reader gives them as empty, and a value that is
    lost must not pass for one that was never there."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            relations = etree.fromstring(package.read("xl/_rels/workbook.xml.rels"), _parser())
            targets = {item.get("Id"): str(item.get("Target", "")) for item in relations}
            book = etree.fromstring(package.read("xl/workbook.xml"), _parser())
            for sheet in book.iter(f"{_MAIN}sheet"):
                target = targets[sheet.get(f"{_RELATION}id")].lstrip("/").removeprefix("xl/")
                tree = etree.fromstring(package.read(f"xl/{target}"), _parser())
                yield (
                    str(sheet.get("name")),
                    [
                        (*_row_and_column(str(cell.get("r"))), cell.findtext(f"{_MAIN}v") or "#N/A")
                        for cell in tree.iter(f"{_MAIN}c")
                        if cell.get("t") == "e"
                        # A formula that no program has worked out yet has no value, either.
                        or (cell.find(f"{_MAIN}f") is not None and not cell.findtext(f"{_MAIN}v"))
                    ],
                )
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError):
        return  # What is wrong with the whole file its reader tells.


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def _row_and_column(name: str) -> tuple[int, int]:
    """``C17`` → (16, 2)."""
    letters = name.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(name[len(letters) :]) - 1, column - 1


def _fill_merged(rows: list[list[Cell]], ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """One 文号 over the rows of a whole batch is that of each of them."""
    for (top, left), (bottom, right) in ranges:
        if top < len(rows) and left < len(rows[top]) and left == right:
            for row in rows[top + 1 : bottom + 1]:
                row[left] = rows[top][left]


def _of_csv(data: bytes) -> list[list[Cell]]:
    text = windows_text(data)
    if text is None:
        raise UnreadableSheetError
    first = text.partition("\n")[0]
    separator = max((",", "\t", ";", "，"), key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        raise UnreadableSheetError from None
    return [[cell or None for cell in row] for row in rows]


def cell_name(row: int, column: int) -> str:
    """``C17`` for row 16, column 2, both counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
