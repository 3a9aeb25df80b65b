"""开放数据 (open data): everything under ``/data/``, written in one pass over the records.

Each table as CSV, JSON and XLSX, all of them in one SQLite file, ``datapackage.json`` and
``catalog.jsonld``. A row is in memory only while it is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from hashlib import file_digest
from pathlib import Path
from typing import Any

from generator.exports.describe import MEDIA, DataFile, about, datapackage_json, dcat_json
from generator.exports.tables import HONOURS, NOTICES, POLICIES, TABLES, Row, Table
from generator.exports.writers import CsvWriter, JsonWriter, SqliteFile, Writer, XlsxWriter, plain_row
from generator.pages.context import SiteContext
from generator.public.case import PublicHonour, PublicNotice

DATABASE = "yiyong.sqlite"
PACKAGE = "datapackage.json"
CATALOGUE = "catalog.jsonld"
TABLE_FORMATS = ("csv", "json", "xlsx")


def file_names() -> tuple[str, ...]:
    """Every file of the folder, in the order in which the page lists them."""
    tables = [f"{table.name}.{ending}" for table in TABLES for ending in TABLE_FORMATS]
    return (*tables, DATABASE, PACKAGE, CATALOGUE)


def write_data(
    folder: Path,
    notices: Iterable[PublicNotice],
    honours: Iterable[PublicHonour],
    policies: Iterable[Mapping[str, object]],
    context: SiteContext,
) -> list[str]:
    """写出全部数据文件 into ``folder`` (made if missing); returns their names.

    Each iterable is read once, in order. ``policies`` are :func:`generator.exports.api.policy_rows`.
    """
    return write_tables(
        folder,
        (NOTICES.row(notice, context) for notice in notices),
        (HONOURS.row(honour, context) for honour in honours),
        (POLICIES.row(row, context) for row in policies),
        context,
    )


def write_tables(
    folder: Path,
    notices: Iterable[Row],
    honours: Iterable[Row],
    policies: Iterable[Row],
    context: SiteContext,
) -> list[str]:
    """The same from rows made elsewhere (``NOTICES.row``, ``HONOURS.row``, ``POLICIES.row``)."""
    folder.mkdir(parents=True, exist_ok=True)
    with SqliteFile(folder / DATABASE, about(context)) as database:
        for table, rows in ((NOTICES, notices), (HONOURS, honours), (POLICIES, policies)):
            _write_table(folder, table, rows, database, context)
    files = tuple(_described(folder))
    (folder / PACKAGE).write_bytes(datapackage_json(files, context))
    (folder / CATALOGUE).write_bytes(dcat_json(files, context))
    return list(file_names())


def _write_table(
    folder: Path, table: Table[Any], rows: Iterable[Row], database: SqliteFile, context: SiteContext
) -> None:
    with ExitStack() as stack:
        writers: list[Writer] = [
            stack.enter_context(CsvWriter(folder / f"{table.name}.csv", table)),
            stack.enter_context(JsonWriter(folder / f"{table.name}.json", table)),
            stack.enter_context(
                XlsxWriter(folder / f"{table.name}.xlsx", table, about(context), context.as_of)
            ),
            database.table(table),
        ]
        for row in rows:
            plain = plain_row(row)
            for writer in writers:
                writer.write(row, plain)


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
            table=None if name == DATABASE else stem,
            size=path.stat().st_size,
            sha256=digest,
        )
