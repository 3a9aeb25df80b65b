"""工作簿 (workbook): the sheets that clerks fill in, empty with an example, or filled from the registry.

Every cell is text, so that Excel turns no number of sixteen digits into another one.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from generator.desk.sheet_plan import Column, SheetKind, guide, sheet_plan

_ROOM = 2_000
"""Rows below the headings that have the drop-downs."""
_LONGEST_LIST = 255
"""Characters that Excel allows in a list written into a validation."""
_WIDE = {"prose": 40, "text": 18}
_NARROW = 12


def write_template(path: Path, kind: SheetKind) -> None:
    """模板 of one kind, with one example row and a sheet that tells how to fill it in."""
    example = {column.key: column.example for column in sheet_plan(kind).columns if column.example}
    _write(path, {kind: [example]})


def write_staff_workbook(path: Path, rows: Mapping[SheetKind, Sequence[Mapping[str, str]]]) -> None:
    """工作人员的导出表: rows by column key. The file is its owner's alone (mode 0600) from its first byte."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    os.close(handle)
    _write(path, rows)


def _write(path: Path, rows: Mapping[SheetKind, Sequence[Mapping[str, str]]]) -> None:
    # Without the strings that look like formulas, addresses or numbers being taken for such.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        formats = {
            "heading": book.add_format({"bold": True, "bg_color": "#f2eadd", "border": 1, "text_wrap": True}),
            "wanted": book.add_format({"bold": True, "bg_color": "#f8e6df", "border": 1, "text_wrap": True}),
            "private": book.add_format({"bold": True, "bg_color": "#ebe6de", "border": 1, "text_wrap": True}),
            "text": book.add_format({"num_format": "@", "valign": "top"}),
            "prose": book.add_format({"num_format": "@", "valign": "top", "text_wrap": True}),
        }
        for kind, lines in rows.items():
            _sheet(book, kind, lines, formats)
        name, guide_lines = guide()
        sheet = book.add_worksheet(name)
        sheet.set_column(0, 0, 100, formats["prose"])
        for number, line in enumerate(guide_lines):
            sheet.write_string(number, 0, line, formats["prose"])


def _sheet(book: Any, kind: SheetKind, rows: Iterable[Mapping[str, str]], formats: Mapping[str, Any]) -> None:
    plan = sheet_plan(kind)
    sheet = book.add_worksheet(plan.sheet)
    sheet.freeze_panes(1, 0)
    for index, column in enumerate(plan.columns):
        sheet.set_column(index, index, _WIDE.get(column.kind, _NARROW), formats[_body(column)])
        look = "private" if column.private else "wanted" if column.required else "heading"
        sheet.write_string(0, index, column.title, formats[look])
        if column.note or column.required:
            note = f"{'必填。' if column.required else ''}{column.note}"
            sheet.write_comment(0, index, note, {"x_scale": 1.6})
        if column.choices and len(",".join(column.choices)) <= _LONGEST_LIST:
            sheet.data_validation(
                1,
                index,
                _ROOM,
                index,
                {
                    "validate": "list",
                    "source": list(column.choices),
                    "error_title": "请从列表里选",
                    "error_message": f"{column.title}只能是：{'、'.join(column.choices)}"[:255],
                },
            )
    for number, row in enumerate(rows, start=1):
        for index, column in enumerate(plan.columns):
            if value := row.get(column.key):
                sheet.write_string(number, index, value, formats[_body(column)])


def _body(column: Column) -> str:
    return "prose" if column.kind == "prose" else "text"
