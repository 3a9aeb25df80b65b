"""工作簿 (workbooks): a table as XLSX, with typed days and instants (Beijing time), a frozen header with filters and a
sheet of meanings.

XlsxWriter makes the frame: styles, sheets, header, meanings. The rows are put into it as XML, the same that XlsxWriter
writes: made cell by cell they took most of the time of a workbook. They come in pieces that do not know yet where they
will stand, so that a piece is made once and kept.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from generator.catalogue import wording
from generator.outputs.data.table_writers import PlainRow
from generator.public.columns import PARTIAL_DAY, Field, Type
from generator.public.tables import Table
from generator.source.model.instant import SHANGHAI

_FIRST_DAY = "1900-03-01"
"""Before it no two spreadsheets agree on the number of a day."""
_DAY_BEFORE_ALL = datetime(1899, 12, 31, tzinfo=SHANGHAI)
_LEAP_DAY_THAT_WAS_NOT = 60
"""Number of 29 February 1900, which spreadsheets count."""
_NUMBER = "\0"
"""Where the number of its row belongs: no text of a cell holds it."""
_SPECIAL = re.compile("[&<>\0-\x08\x0b-\x1f]|_x[0-9A-Fa-f]{4}_")
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_SHEET = "xl/worksheets/sheet1.xml"
_FIRST_ROW = b'<row r="2"'
_DAY, _INSTANT = 2, 3
"""Formats of the frame, by their numbers in it."""
_WIDTHS: dict[Type, int] = {"string": 22, "integer": 10, "boolean": 10, "date": 12, "datetime": 18}


def sheet_rows(rows: Iterable[PlainRow], table: Table[Any]) -> bytes:
    """行 of a sheet as XML, one after the other, each with its number left open."""
    cells = [_cell_writer(number, field) for number, field in enumerate(table.fields)]
    return "".join(
        f'<row r="{_NUMBER}">'
        + "".join([cell(value) for cell, value in zip(cells, row, strict=True) if value is not None])
        + "</row>"
        for row in rows
    ).encode()


def write_workbook(
    path: Path,
    table: Table[Any],
    pieces: Iterable[bytes],
    count: int,
    about: Mapping[str, str],
    made: datetime,
) -> None:
    """A workbook of ``pieces``, each of :func:`sheet_rows`, which hold ``count`` rows."""
    from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]

    with ZipFile(_frame(table, count, about, made)) as frame, ZipFile(path, "w") as book:
        for info in frame.infolist():
            if info.filename != _SHEET:
                book.writestr(info, frame.read(info))
                continue
            before, _, after = frame.read(info).partition(_FIRST_ROW)
            last = f':{xl_col_to_name(len(table.fields) - 1)}%d"/>'
            before = before.replace((last % 2).encode(), (last % (count + 1)).encode(), 1)
            with book.open(info, "w") as sheet:
                sheet.write(before)
                for rows in _numbered(pieces):
                    sheet.write(rows)
                sheet.write(after[after.index(b"</sheetData>") :])


def years_workbook(
    path: Path,
    table: Table[Any],
    files: Iterable[tuple[int, int, str]],
    about: Mapping[str, str],
    made: datetime,
) -> None:
    """A workbook that tells where each year's is: (year, rows, address)."""
    book = _book(path, table, made)
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet(table.words["zh"])
    sheet.freeze_panes(1, 0)
    for column, title in enumerate(wording("exports")["workbook"]["year_columns"]):
        sheet.set_column(column, column, (12, 60, 60)[column])
        sheet.write_string(0, column, title, bold)
    line = 0
    for line, (year, count, address) in enumerate(files, 1):
        sheet.write_number(line, 0, year)
        sheet.write_number(line, 1, count)
        sheet.write_string(line, 2, address)
    for number, (label, text) in enumerate(about.items(), line + 2):
        sheet.write_string(number, 0, label, bold)
        sheet.write_string(number, 1, text)
    book.close()


def _book(file: Path | io.BytesIO, table: Table[Any], made: datetime) -> Any:
    import xlsxwriter  # type: ignore[import-untyped]

    book = xlsxwriter.Workbook(file if isinstance(file, io.BytesIO) else str(file), {"constant_memory": True})
    book.set_properties(
        {"title": table.words["zh"], "created": made.astimezone(SHANGHAI).replace(tzinfo=None)}
    )
    return book


def _frame(table: Table[Any], count: int, about: Mapping[str, str], made: datetime) -> io.BytesIO:
    """The workbook with its filters set for ``count`` rows. The one that it has but for the header makes XlsxWriter keep
    the formats."""
    file = io.BytesIO()
    book = _book(file, table, made)
    bold = book.add_format({"bold": True, "text_wrap": False})
    sheet = book.add_worksheet(table.words["zh"])
    sheet.freeze_panes(1, 1)
    for column, field in enumerate(table.fields):
        sheet.set_column(column, column, _WIDTHS[field.type])
        sheet.write_string(0, column, field.words.zh, bold)
    for column, shown_as in enumerate(("yyyy-mm-dd", "yyyy-mm-dd hh:mm")):  # _DAY and _INSTANT
        sheet.write_blank(1, column, None, book.add_format({"num_format": shown_as}))
    sheet.autofilter(0, 0, count, len(table.fields) - 1)
    words = wording("exports")["workbook"]
    sheet = book.add_worksheet(words["fields_sheet"])
    sheet.freeze_panes(1, 0)
    for column, width in enumerate((20, 18, 60, 24, 60)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, words["field_columns"][column], bold)
    for line, field in enumerate(table.fields, 1):
        meaning = field.words
        cells = (field.name, meaning.zh, meaning.about_zh, meaning.en, meaning.about_en)
        for column, text in enumerate(cells):
            sheet.write_string(line, column, text)
    for line, (label, text) in enumerate(about.items(), len(table.fields) + 2):
        sheet.write_string(line, 0, label, bold)
        sheet.write_string(line, 1, text)
    book.close()
    return file


def _numbered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """``pieces`` with the numbers of their rows; the header has the first."""
    number, opened = 1, b"<row "
    for piece in pieces:
        rows: list[bytes] = []
        for row in piece.split(opened)[1:]:
            number += 1
            rows.append(opened + row.replace(_NUMBER.encode(), b"%d" % number))
        yield b"".join(rows)


def _cell_writer(number: int, field: Field) -> Callable[[Any], str]:
    from xlsxwriter.utility import xl_col_to_name

    at = f'<c r="{xl_col_to_name(number)}{_NUMBER}"'

    def text(value: str) -> str:
        kept = ' xml:space="preserve"' if value[:1].isspace() or value[-1:].isspace() else ""
        escaped = value if _SPECIAL.search(value) is None else _SPECIAL.sub(_escaped, value)
        return f'{at} t="inlineStr"><is><t{kept}>{escaped}</t></is></c>'

    def day(value: str) -> str:
        # Of a column of days of which some are years or months only, whole ones are typed all the same.
        if field.pattern == PARTIAL_DAY and (len(value) < len(_FIRST_DAY) or value < _FIRST_DAY):
            return text(value)
        return f'{at} s="{_DAY}"><v>{_day_number(date.fromisoformat(value))}</v></c>'

    def instant(value: str) -> str:
        moment = datetime.fromisoformat(value).astimezone(SHANGHAI)
        since = timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)
        return f'{at} s="{_INSTANT}"><v>{_day_number(moment.date()) + since / timedelta(days=1):.16G}</v></c>'

    def integer(value: int) -> str:
        return f"{at}><v>{value:.16G}</v></c>"

    def boolean(value: bool) -> str:
        return f'{at} t="b"><v>{value:d}</v></c>'

    writers: dict[Type, Callable[[Any], str]] = {
        "string": day if field.pattern == PARTIAL_DAY else text,
        "integer": integer,
        "boolean": boolean,
        "date": day,
        "datetime": instant,
    }
    return writers[field.type]


def _day_number(day: date) -> int:
    """序数 of a day, as spreadsheets count."""
    number = (day - _DAY_BEFORE_ALL.date()).days
    return number if number < _LEAP_DAY_THAT_WAS_NOT else number + 1


def _escaped(found: re.Match[str]) -> str:
    """As ECMA-376 has it (ST_Xstring), which takes ``_x0041_`` for a character."""
    special = found[0]
    if len(special) > 1:
        return f"_x005F{special}"
    return _NAMED.get(special) or f"_x{ord(special):04X}_"
