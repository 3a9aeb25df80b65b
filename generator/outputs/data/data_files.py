"""开放数据 (open data): everything under ``/data/``.

Each table as CSV, JSON and XLSX in one pass over its records, all of them in one SQLite file,
``datapackage.json`` and ``catalog.jsonld``. A row is in memory only while it is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from hashlib import file_digest
from pathlib import Path
from typing import TypeVar

from generator.outputs.data.codebook_file import NAME as CODEBOOK
from generator.outputs.data.codebook_file import codebook_csv
from generator.outputs.data.descriptions import MEDIA, DataFile, about, datapackage_json, dcat_json
from generator.outputs.data.table_writers import (
    CsvWriter,
    JsonWriter,
    SqliteFile,
    Writer,
    XlsxWriter,
    plain_row,
    read_rows,
)
from generator.public.context import SiteContext
from generator.public.tables import TABLES, Row, Table
from generator.source.model.published import Document

_D = TypeVar("_D", bound=Document)

DATABASE = "yiyong.sqlite"
PACKAGE = "datapackage.json"
CATALOGUE = "catalog.jsonld"
TABLE_FORMATS = ("csv", "json", "xlsx")


def file_names() -> tuple[str, ...]:
    """Every file of the folder, in the order in which the page lists them."""
    tables = [f"{table.name}.{ending}" for table in TABLES for ending in TABLE_FORMATS]
    return (*tables, CODEBOOK, DATABASE, PACKAGE, CATALOGUE)


def write_table(folder: Path, table: Table[_D], documents: Iterable[_D], context: SiteContext) -> None:
    """一张表 as CSV, JSON and XLSX, in one pass."""
    write_rows(folder, table, (table.row(document) for document in documents), context)


def write_rows(folder: Path, table: Table[_D], rows: Iterable[Row], context: SiteContext) -> None:
    """The same from rows that were made before, by ``table.row``."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        writers: list[Writer] = [
            stack.enter_context(CsvWriter(folder / f"{table.name}.csv", table)),
            stack.enter_context(JsonWriter(folder / f"{table.name}.json", table)),
            stack.enter_context(
                XlsxWriter(folder / f"{table.name}.xlsx", table, about(context), context.midnight)
            ),
        ]
        for row in rows:
            plain = plain_row(row)
            for writer in writers:
                writer.write(row, plain)


def finish_data(folder: Path, context: SiteContext) -> list[str]:
    """The database and the descriptions, from the tables that :func:`write_table` has written; returns
    the names of all files."""
    with SqliteFile(folder / DATABASE, about(context)) as database:
        for table in TABLES:
            database.add(table, read_rows(folder / f"{table.name}.json"))
    (folder / CODEBOOK).write_bytes(codebook_csv())
    files = tuple(_described(folder))
    (folder / PACKAGE).write_bytes(datapackage_json(files, context))
    (folder / CATALOGUE).write_bytes(dcat_json(files, context))
    return list(file_names())


def _described(folder: Path) -> Iterator[DataFile]:
    for name in file_names():
        stem, ending = name.split(".")
        if ending not in MEDIA or name == PACKAGE:
            continue
        path = folder / name
        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        yield DataFile(
            name=name,
            format=ending,
            table=stem if stem in {table.name for table in TABLES} else None,
            size=path.stat().st_size,
            sha256=digest,
        )
