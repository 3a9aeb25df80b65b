"""开放数据 (open data): everything under ``/data/``.

Each table as CSV, JSON and XLSX, all of them in one SQLite file, ``datapackage.json`` and ``catalog.jsonld``. A table
of many rows has a workbook for each year, because a workbook is made whole and Excel ends at 1,048,576 rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from generator.outputs.data.codebook_file import NAME as CODEBOOK
from generator.outputs.data.codebook_file import codebook_csv
from generator.outputs.data.descriptions import (
    DATA,
    MEDIA,
    DataFile,
    about,
    about_rows,
    datapackage_json,
    dcat_json,
)
from generator.outputs.data.table_writers import (
    JSON_EMPTY,
    JSON_HEAD,
    JSON_TAIL,
    Piece,
    SqliteFile,
    csv_head,
    csv_lines,
    json_lines,
    plain_row,
    read_rows,
)
from generator.outputs.data.workbooks import sheet_rows, write_workbook, years_workbook
from generator.public.context import SiteContext
from generator.public.tables import TABLES, Table
from generator.source.model.instant import SHANGHAI
from generator.source.model.published import Document

_D = TypeVar("_D", bound=Document)

DATABASE = "yiyong.sqlite"
PACKAGE = "datapackage.json"
CATALOGUE = "catalog.jsonld"
TABLE_FORMATS = ("csv", "json", "xlsx")


def file_names(years: Mapping[str, Sequence[int]] = MappingProxyType({})) -> tuple[str, ...]:
    """Every file of the folder, in the order in which the page lists them. ``years`` are those of each table whose
    workbook is cut by years."""
    tables = [
        name
        for table in TABLES
        for name in (
            *(f"{table.name}.{ending}" for ending in TABLE_FORMATS),
            *(year_workbook(table.name, year) for year in years.get(table.name, ())),
        )
    ]
    return (*tables, CODEBOOK, DATABASE, PACKAGE, CATALOGUE)


def year_workbook(table: str, year: int) -> str:
    """Name of the workbook of one year."""
    return f"{table}-{year}.xlsx"


def write_table(folder: Path, table: Table[_D], documents: Iterable[_D], context: SiteContext) -> None:
    """一张表 as CSV, JSON and XLSX."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [plain_row(table.row(document)) for document in documents]
    (folder / f"{table.name}.csv").write_bytes(csv_head(table) + csv_lines(rows))
    listed = JSON_HEAD + json_lines(rows, table) + JSON_TAIL if rows else JSON_EMPTY
    (folder / f"{table.name}.json").write_bytes(listed)
    write_whole_workbook(folder / f"{table.name}.xlsx", table, [sheet_rows(rows, table)], len(rows), context)


def write_whole_workbook(
    path: Path, table: Table[Any], pieces: Iterable[bytes], count: int, context: SiteContext
) -> None:
    """一张表 as a workbook of its own, of the day, from pieces of :func:`sheet_rows` with ``count`` rows in all."""
    write_workbook(path, table, pieces, count, about(context), context.midnight)


def write_year_workbook(
    path: Path, table: Table[Any], year: int, pieces: Iterable[bytes], count: int, context: SiteContext
) -> None:
    """The rows of one year. Such a workbook does not tell the day: while no row of it changes, neither does it."""
    made = datetime(year, 1, 1, tzinfo=SHANGHAI)
    write_workbook(path, table, pieces, count, about_rows(context), made)


def write_workbook_of_years(
    path: Path, table: Table[Any], counts: Mapping[int, int], context: SiteContext
) -> None:
    """What stands in the place of a workbook that is cut by years: the years, with rows and address of each."""
    files = (
        (year, count, context.absolute(f"{DATA}{year_workbook(table.name, year)}"))
        for year, count in counts.items()
    )
    years_workbook(path, table, files, about(context), context.midnight)


def finish_data(
    folder: Path,
    context: SiteContext,
    years: Mapping[str, Sequence[int]] = MappingProxyType({}),
    *,
    pieces: Mapping[str, Iterable[Piece]] = MappingProxyType({}),
    shown: Path | None = None,
) -> list[str]:
    """The database and the descriptions, from the tables that :func:`write_table` has written; returns
    the names of all files. ``years`` as for :func:`file_names`. ``pieces`` are the rows of some tables, of which
    ``shown``, an earlier database, may have most."""
    with SqliteFile(folder / DATABASE, about(context), shown) as database:
        for table in TABLES:
            database.add(table, pieces.get(table.name) or (read_rows(folder / f"{table.name}.json"),))
    (folder / CODEBOOK).write_bytes(codebook_csv())
    files = tuple(_described(folder, file_names(years)))
    (folder / PACKAGE).write_bytes(datapackage_json(files, context))
    (folder / CATALOGUE).write_bytes(dcat_json(files, context))
    return list(file_names(years))


def _described(folder: Path, names: Sequence[str]) -> Iterator[DataFile]:
    tables = {table.name for table in TABLES}
    for name in names:
        stem, ending = name.split(".")
        if ending not in MEDIA or name == PACKAGE:
            continue
        path = folder / name
        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        yield DataFile(
            name=name,
            format=ending,
            table=of if (of := stem.partition("-")[0]) in tables else None,
            size=path.stat().st_size,
            sha256=digest,
        )
