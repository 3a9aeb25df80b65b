"""数据文件的写法 (writers): CSV and JSON in pieces that stand one after the other, SQLite row by row. XLSX is
:mod:`.workbooks`.

Every writer gives the same bytes for the same rows: no file carries the hour of its making beyond
the ``as_of`` of the site.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from generator.public.columns import Type
from generator.public.json_text import compact
from generator.public.tables import Row, Table

# What Excel, WPS, LibreOffice and Numbers may take for the start of a formula, white space before it or
# not; the apostrophe is here so that taking one away always gives the value back.
_FORMULA = re.compile("\\s*[=+\\-@＝＋－＠']|\\t|\\r|\\n")


Plain = str | int | bool | None
PlainRow = tuple[Plain, ...]
"""A row with its days and instants as ISO 8601 text."""
Piece = Iterable[PlainRow] | range
"""Rows of a table of the database; a range are those that the shown one has under these numbers, from 1."""


def neutral(text: str) -> str:
    """防公式: ``text`` as CSV holds it, an apostrophe before what a spreadsheet might calculate."""
    return f"'{text}" if _FORMULA.match(text) else text


def plain_row(row: Row) -> PlainRow:
    """通用值: the values of ``row`` as CSV, JSON and SQLite hold them."""
    return tuple(_plain(value) if isinstance(value, date) else value for value in row)


def _plain(value: date) -> str:
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value.isoformat()


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
    with path.open("rb") as file:
        yield from rows_of(file)


def rows_of(lines: Iterable[bytes]) -> Iterator[PlainRow]:
    """The rows that :func:`json_lines` made ``lines`` of."""
    read = msgspec.json.Decoder(dict[str, Plain]).decode
    return (tuple(read(line.rstrip(b",\n")).values()) for line in lines if line.startswith(b"{"))


class SqliteFile:
    """SQLite for Datasette: one file with every table, and tables of what the fields mean.

    Days and instants are ISO 8601 text, truth is 0 or 1. ``shown`` is such a file from which rows may be taken over.
    """

    def __init__(self, path: Path, about: Mapping[str, str], shown: Path | None = None) -> None:
        path.unlink(missing_ok=True)
        self._database = sqlite3.connect(path.absolute().as_uri(), isolation_level=None, uri=True)
        for pragma in ("page_size = 4096", "journal_mode = OFF", "synchronous = OFF", "encoding = 'UTF-8'"):
            self._database.execute(f"PRAGMA {pragma}")
        self._shown = shown is not None
        if shown is not None:
            self._database.execute("ATTACH ? AS shown", (f"{shown.absolute().as_uri()}?mode=ro&immutable=1",))
        self._database.execute("BEGIN")
        self._database.execute('CREATE TABLE "about" ("name" TEXT PRIMARY KEY, "text" TEXT NOT NULL)')
        self._database.executemany("INSERT INTO about VALUES (?, ?)", about.items())
        columns = ("table_name", "field", "type", "title_zh", "meaning_zh", "title_en", "meaning_en")
        self._database.execute(f'CREATE TABLE "field_meanings" ({", ".join(f"{c} TEXT" for c in columns)})')

    def add(self, table: Table[Any], pieces: Iterable[Piece]) -> None:
        """Create one table and fill it with one piece after the other."""
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
        for piece in pieces:
            if isinstance(piece, range):
                self._database.execute(
                    f'INSERT INTO main."{table.name}" SELECT * FROM shown."{table.name}"'
                    " WHERE rowid BETWEEN ? AND ? ORDER BY rowid",
                    (piece.start, piece.stop - 1),
                )
            else:
                self._database.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', piece)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Finish the file: vacuumed, so that its bytes follow from its rows."""
        self._database.execute("COMMIT")
        if self._shown:
            self._database.execute("DETACH shown")
        self._database.execute("VACUUM")
        self._database.close()


_SQLITE: dict[Type, str] = {
    "string": "TEXT",
    "integer": "INTEGER",
    "boolean": "INTEGER",
    "date": "TEXT",
    "datetime": "TEXT",
}
