"""数据文件的写法 (writers): CSV and JSON in pieces that stand one after the other, XLSX and SQLite row by row.

Every writer gives the same bytes for the same rows: no file carries the hour of its making beyond
the ``as_of`` of the site.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from generator.catalogue import wording
from generator.public.columns import PARTIAL_DAY, Type
from generator.public.json_text import compact
from generator.public.tables import Row, Table
from generator.source.model.instant import SHANGHAI

# What Excel, WPS, LibreOffice and Numbers may take for the start of a formula, white space before it or
# not; the apostrophe is here so that taking one away always gives the value back.
_FORMULA = re.compile("\\s*[=+\\-@＝＋－＠']|\\t|\\r|\\n")


_FIRST_DAY = "1900-03-01"
"""Before it no two spreadsheets agree on the number of a day."""

Plain = str | int | bool | None
PlainRow = tuple[Plain, ...]
"""A row with its days and instants as ISO 8601 text."""


def neutral(text: str) -> str:
    """防公式: ``text`` as CSV holds it, an apostrophe before what a spreadsheet might calculate."""
    return f"'{text}" if _FORMULA.match(text) else text


def plain_row(row: Row) -> PlainRow:
    """通用值: the values of ``row`` as CSV, JSON and SQLite hold them."""
    return tuple(_plain(value) if isinstance(value, date) else value for value in row)


def typed_row(plain: PlainRow, table: Table[Any]) -> Row:
    """The row that :func:`plain_row` made ``plain`` of, by the types of the table's fields."""
    return tuple(
        value if read is None or not isinstance(value, str) else read(value)
        for value, read in zip(plain, (_READ.get(field.type) for field in table.fields), strict=True)
    )


_READ: dict[str, Callable[[str], date]] = {"date": date.fromisoformat, "datetime": datetime.fromisoformat}


def _plain(value: date) -> str:
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value.isoformat()


class _Closing:
    def __enter__(self) -> Self:
        return self

    def close(self) -> None:
        """Finish the file."""
        raise NotImplementedError

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def csv_head(table: Table[Any]) -> bytes:
    """The beginning of a CSV file: UTF-8 with BOM, header of field names."""
    return codecs.BOM_UTF8 + _csv([[field.name for field in table.fields]])


def csv_lines(rows: Iterable[PlainRow]) -> bytes:
    """Rows of a CSV file: CRLF, empty for null."""
    return _csv([_csv_value(value) for value in row] for row in rows)


def _csv(rows: Iterable[Sequence[str | int]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def _csv_value(value: Plain) -> str | int:
    if isinstance(value, str):
        return neutral(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value


def json_lines(rows: Iterable[PlainRow], table: Table[Any]) -> bytes:
    """Elements of a JSON array: objects, one a line."""
    names = [field.name for field in table.fields]
    return JSON_BETWEEN.join(compact(dict(zip(names, row, strict=True))) for row in rows)


JSON_HEAD, JSON_BETWEEN, JSON_TAIL, JSON_EMPTY = b"[\n", b",\n", b"\n]\n", b"[]\n"


def read_rows(path: Path) -> Iterator[PlainRow]:
    """Rows of a file of :func:`json_lines`, one at a time."""
    read = msgspec.json.Decoder(dict[str, Plain]).decode
    with path.open("rb") as file:
        for line in file:
            if line.startswith(b"{"):
                yield tuple(read(line.rstrip(b",\n")).values())


class XlsxWriter(_Closing):
    """XLSX: typed days and instants (Beijing time), frozen header with filters, a sheet of meanings."""

    def __init__(self, path: Path, table: Table[Any], about: Mapping[str, str], made: datetime) -> None:
        import xlsxwriter  # type: ignore[import-untyped]

        self._book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
        self._book.set_properties(
            {"title": table.words["zh"], "created": made.astimezone(SHANGHAI).replace(tzinfo=None)}
        )
        self._table = table
        self._about = about
        self._bold = self._book.add_format({"bold": True, "text_wrap": False})
        self._formats = {
            "date": self._book.add_format({"num_format": "yyyy-mm-dd"}),
            "datetime": self._book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        }
        self._run = self._book.add_format()
        self._sheet = self._book.add_worksheet(table.words["zh"])
        self._sheet.freeze_panes(1, 1)
        for column, field in enumerate(table.fields):
            self._sheet.set_column(column, column, _WIDTHS[field.type])
            self._sheet.write_string(0, column, field.words.zh, self._bold)
        # A column of days of which some are years or months only: whole ones are typed all the same.
        self._days = {number for number, field in enumerate(table.fields) if field.pattern == PARTIAL_DAY}
        self._rows = 0

    def write(self, row: Row) -> None:
        """Add one row."""
        self._rows += 1
        for column, value in enumerate(row):
            if value is None:
                continue
            if isinstance(value, bool):
                self._sheet.write_boolean(self._rows, column, value)
            elif isinstance(value, int):
                self._sheet.write_number(self._rows, column, value)
            elif isinstance(value, datetime):
                local = value.astimezone(SHANGHAI).replace(tzinfo=None)
                self._sheet.write_datetime(self._rows, column, local, self._formats["datetime"])
            elif isinstance(value, date):
                self._sheet.write_datetime(self._rows, column, value, self._formats["date"])
            elif column in self._days and len(value) == len(_FIRST_DAY) and value >= _FIRST_DAY:
                day = date.fromisoformat(value)
                self._sheet.write_datetime(self._rows, column, day, self._formats["date"])
            else:
                self._write_text(column, value)

    def _write_text(self, column: int, text: str) -> None:
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter takes such a string for rich text that it made itself and would write it as it
            # is; given in two runs, it is escaped.
            self._sheet.write_rich_string(self._rows, column, self._run, text[:1], text[1:])
        else:
            self._sheet.write_string(self._rows, column, text)

    def close(self) -> None:
        """Finish the file."""
        self._sheet.autofilter(0, 0, self._rows, len(self._table.fields) - 1)
        words = wording("exports")["workbook"]
        sheet = self._book.add_worksheet(words["fields_sheet"])
        sheet.freeze_panes(1, 0)
        for column, width in enumerate((20, 18, 60, 24, 60)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, words["field_columns"][column], self._bold)
        for line, field in enumerate(self._table.fields, 1):
            meaning = field.words
            cells = (field.name, meaning.zh, meaning.about_zh, meaning.en, meaning.about_en)
            for column, text in enumerate(cells):
                sheet.write_string(line, column, text)
        for line, (label, text) in enumerate(self._about.items(), len(self._table.fields) + 2):
            sheet.write_string(line, 0, label, self._bold)
            sheet.write_string(line, 1, text)
        self._book.close()


def years_workbook(
    path: Path,
    table: Table[Any],
    files: Iterable[tuple[int, int, str]],
    about: Mapping[str, str],
    made: datetime,
) -> None:
    """A workbook that tells where each year's is: (year, rows, address)."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    book.set_properties(
        {"title": table.words["zh"], "created": made.astimezone(SHANGHAI).replace(tzinfo=None)}
    )
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


_WIDTHS: dict[Type, int] = {"string": 22, "integer": 10, "boolean": 10, "date": 12, "datetime": 18}


class SqliteFile(_Closing):
    """SQLite for Datasette: one file with every table, and tables of what the fields mean.

    Days and instants are ISO 8601 text, truth is 0 or 1.
    """

    def __init__(self, path: Path, about: Mapping[str, str]) -> None:
        path.unlink(missing_ok=True)
        self._database = sqlite3.connect(path, isolation_level=None)
        for pragma in ("page_size = 4096", "journal_mode = OFF", "synchronous = OFF", "encoding = 'UTF-8'"):
            self._database.execute(f"PRAGMA {pragma}")
        self._database.execute("BEGIN")
        self._database.execute('CREATE TABLE "about" ("name" TEXT PRIMARY KEY, "text" TEXT NOT NULL)')
        self._database.executemany("INSERT INTO about VALUES (?, ?)", about.items())
        columns = ("table_name", "field", "type", "title_zh", "meaning_zh", "title_en", "meaning_en")
        self._database.execute(f'CREATE TABLE "field_meanings" ({", ".join(f"{c} TEXT" for c in columns)})')

    def add(self, table: Table[Any], rows: Iterable[PlainRow]) -> None:
        """Create one table and fill it."""
        columns = [
            f'"{field.name}" {_SQLITE[field.type]}'
            + (" PRIMARY KEY" if field.name == table.key else "")
            + (" NOT NULL" if field.required else "")
            for field in table.fields
        ]
        self._database.execute(f'CREATE TABLE "{table.name}" ({", ".join(columns)})')
        for field in table.fields:
            words = field.words
            meaning = (words.zh, words.about_zh, words.en, words.about_en)
            self._database.execute(
                "INSERT INTO field_meanings VALUES (?, ?, ?, ?, ?, ?, ?)",
                (table.name, field.name, field.type, *meaning),
            )
        marks = ", ".join("?" * len(table.fields))
        self._database.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', rows)

    def close(self) -> None:
        """Finish the file: vacuumed, so that its bytes follow from its rows."""
        self._database.execute("COMMIT")
        self._database.execute("VACUUM")
        self._database.close()


_SQLITE: dict[Type, str] = {
    "string": "TEXT",
    "integer": "INTEGER",
    "boolean": "INTEGER",
    "date": "TEXT",
    "datetime": "TEXT",
}
