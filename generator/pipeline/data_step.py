"""数据文件 (data step): lists of the API, tables and the database, put together from what has not changed.

Each kind of record is cut by city and year. Such a cell has a page of the API to itself, and a piece of the CSV and of
the JSON table. A build makes the cells in which a record changed, and copies the other pieces from the files that
stand in the shown tree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator.outputs.data.api import (
    index_address,
    index_json,
    lines_of,
    list_address,
    list_json,
    list_page_address,
)
from generator.outputs.data.data_files import (
    DATABASE,
    finish_data,
    write_table,
    write_whole_workbook,
    write_workbook_of_years,
    write_year_workbook,
    year_workbook,
)
from generator.outputs.data.table_writers import (
    JSON_BETWEEN,
    JSON_EMPTY,
    JSON_HEAD,
    JSON_TAIL,
    Piece,
    PlainRow,
    csv_head,
    csv_lines,
    json_lines,
    rows_of,
)
from generator.outputs.data.workbooks import sheet_rows
from generator.pipeline.site_tree import NewFile, Unit, mark_of
from generator.pipeline.stamp import StampPlan, ids_of, read_listed
from generator.public.documents import Kind
from generator.public.list_index import WHOLE, ListPage, by_city_and_year, list_index, years_apart
from generator.public.policy_document import policy_documents
from generator.public.tables import DECISIONS, HONOURS, NOTICES, POLICIES, Table
from generator.system.hashing import digest
from generator.system.store import Entry
from generator.system.workers import parallel

KINDS: tuple[Kind, ...] = ("notices", "honours", "decisions")
SHEET = "sheet"
"""Kind of entry in the store, named by the cell: its rows of a workbook, their numbers left open."""
_DATA = "data"
_TABLES: dict[Kind, Table[Any]] = {"notices": NOTICES, "honours": HONOURS, "decisions": DECISIONS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """一地一年 of one kind of record: their ids, sorted. ``key`` is the digest of all that is told of them."""

    kind: Kind
    jurisdiction: str
    year: int
    ids: tuple[str, ...]
    key: bytes

    @property
    def page(self) -> str:
        """Its page in the API."""
        return list_page_address(self.kind, self.jurisdiction, self.year)

    @property
    def name(self) -> str:
        """Its name among all cells."""
        return f"{self.kind}-{self.jurisdiction}-{self.year}"

    def piece(self, folder: Path, ending: str) -> Path:
        """Where its piece of a table waits."""
        return folder / f"{self.name}.{ending}"


def data_units(plan: StampPlan) -> dict[str, Unit]:
    """Every data file."""
    units: dict[str, Unit] = {}
    cells = {kind: tuple(_cells(plan, kind)) for kind in KINDS}
    folder = _data_folder(plan)
    wanted: list[Cell] = []
    for kind in KINDS:
        kept = {cell.page: plan.tree.kept(cell.page, cell.key) for cell in cells[kind]}
        units |= {name: unit for name, unit in kept.items() if unit is not None}
        pieces = None if _table_kept(plan, cells[kind], kind) else _shown_pieces(plan, kind)
        wanted += (
            cell
            for cell in cells[kind]
            if kept[cell.page] is None or (pieces is not None and cell.key not in pieces)
        )
    for cell, unit in zip(
        wanted, parallel(_make_cell, plan, wanted, plan.prepared.workspace.jobs), strict=True
    ):
        units[cell.page] = unit
    for kind in KINDS:
        units |= _lists(plan, kind, cells[kind])
        units |= _table(plan, kind, cells[kind], folder)
        units |= _workbooks(plan, kind, cells[kind], folder)
    plan.prepared.workspace.store.keep_only(SHEET, (cell.name for kind in KINDS for cell in cells[kind]))
    years = {kind: years_apart(_ids(cells[kind])) for kind in KINDS}
    units |= _policy_data(plan, folder)
    told_years: dict[str, Sequence[int]] = {kind: told for kind, told in years.items() if told}
    return units | _database(plan, folder, units, cells, told_years)


def _cells(plan: StampPlan, kind: Kind) -> Iterator[Cell]:
    for (jurisdiction, year), own in by_city_and_year(ids_of(plan.prepared, kind)).items():
        key = _key(plan, b"".join(map(plan.keys.__getitem__, own)))
        yield Cell(kind=kind, jurisdiction=jurisdiction, year=year, ids=tuple(own), key=key)


def _make_cell(plan: StampPlan, cell: Cell) -> Unit:
    """The page of one cell in the API; the pieces of its tables wait in the spool."""
    listed = list(read_listed(plan, cell.ids))
    rows = [item.row for item in listed]
    folder, table = plan.prepared.workspace.spool / _DATA, _TABLES[cell.kind]
    cell.piece(folder, "csv").write_bytes(csv_lines(rows))
    cell.piece(folder, "json").write_bytes(json_lines(rows, table))
    cell.piece(folder, SHEET).write_bytes(sheet_rows(rows, table))
    page = b"".join(list_json(item.line for item in listed))
    return plan.tree.kept(cell.page, cell.key) or plan.tree.made(
        cell.page, cell.key, [NewFile(cell.page, page)]
    )


def _lists(plan: StampPlan, kind: Kind, cells: Sequence[Cell]) -> dict[str, Unit]:
    """The index of the pages, and the whole list while it is not too large."""
    name = list_address(kind)
    made_from = _key(plan, *(cell.key for cell in cells))
    kept = plan.tree.kept(name, made_from)
    if kept is not None:
        return {name: kept}
    pages = [
        ListPage(
            jurisdiction=cell.jurisdiction,
            year=cell.year,
            count=len(cell.ids),
            url=plan.prepared.context.absolute(cell.page),
        )
        for cell in cells
    ]
    index = index_json(list_index(kind, pages))
    whole = index
    if sum(page.count for page in pages) <= WHOLE:
        read = ((plan.tree.folder / cell.page).read_bytes() for cell in cells)
        whole = b"".join(list_json(line for page in read for line in lines_of(page)))
    files = [NewFile(index_address(kind), index), NewFile(name, whole)]
    return {name: plan.tree.made(name, made_from, files)}


def _table_kept(plan: StampPlan, cells: Sequence[Cell], kind: Kind) -> Unit | None:
    return plan.tree.kept(f"{_DATA}/{kind}", _key(plan, *(cell.key for cell in cells)))


def _table(plan: StampPlan, kind: Kind, cells: Sequence[Cell], folder: Path) -> dict[str, Unit]:
    """CSV and JSON, from pieces."""
    name, table = f"{_DATA}/{kind}", _TABLES[kind]
    kept = _table_kept(plan, cells, kind)
    if kept is not None:
        return {name: kept}
    shown = _shown_pieces(plan, kind)
    frames = {"csv": (csv_head(table), b"", b""), "json": (JSON_HEAD, JSON_BETWEEN, JSON_TAIL)}
    files: list[NewFile] = []
    pieces: dict[str, tuple[tuple[bytes, int, int], ...]] = {}
    for ending, (head, between, tail) in frames.items():
        path, made = f"{name}.{ending}", folder / f"{kind}.{ending}"
        if not cells and ending == "json":
            head, tail = JSON_EMPTY, b""
        found: list[tuple[bytes, int, int]] = []
        with made.open("wb") as file:
            file.write(head)
            for number, cell in enumerate(cells):
                file.write(between if number else b"")
                at = file.tell()
                waiting = cell.piece(folder, ending)
                file.write(waiting.read_bytes() if waiting.exists() else shown[cell.key].read(ending))
                found.append((cell.key, at, file.tell() - at))
            file.write(tail)
        pieces[path] = tuple(found)
        files.append(NewFile(path, made))
    made_from = _key(plan, *(cell.key for cell in cells))
    return {name: replace(plan.tree.made(name, made_from, files), pieces=pieces)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPiece:
    """一段 of the tables that stand in the shown tree: (file, where it begins, length) by ending."""

    places: Mapping[str, tuple[Path, int, int]]

    def read(self, ending: str) -> bytes:
        """The piece."""
        path, start, length = self.places[ending]
        with path.open("rb") as file:
            file.seek(start)
            return file.read(length)


def _shown_pieces(plan: StampPlan, kind: Kind) -> dict[bytes, ShownPiece]:
    """Pieces of the tables that the shown tree has, by what each was made from; none where somebody has written to
    one of the files."""
    tree = plan.tree
    unit = tree.shown_units.get(f"{_DATA}/{kind}")
    if unit is None or tree.shown is None:
        return {}
    places: dict[bytes, dict[str, tuple[Path, int, int]]] = {}
    for path, pieces in unit.pieces.items():
        file = tree.shown / path
        try:
            untouched = mark_of(file.lstat()) == unit.files.get(path)
        except OSError:
            return {}
        if not untouched:
            return {}
        for key, start, length in pieces:
            places.setdefault(key, {})[path.rpartition(".")[2]] = (file, start, length)
    return {key: ShownPiece(places=found) for key, found in places.items()}


def _workbooks(plan: StampPlan, kind: Kind, cells: Sequence[Cell], folder: Path) -> dict[str, Unit]:
    """The workbook of a table; of many rows one for each year, and in its place one that tells them."""
    context, table, name = plan.prepared.context, _TABLES[kind], f"{_DATA}/{kind}.xlsx"
    years = years_apart(_ids(cells))
    units: dict[str, Unit] = {}
    for year in years:
        own = [cell for cell in cells if cell.year == year]
        units[f"{_DATA}/{year_workbook(kind, year)}"] = _year_unit(plan, kind, year, own)
    key = _key(plan, context.day.isoformat().encode(), *(cell.key for cell in cells))
    kept = plan.tree.kept(name, key)
    if kept is None:
        path = folder / f"{kind}.xlsx"
        if years:
            counts = Counter(cell.year for cell in cells for _ in cell.ids)
            write_workbook_of_years(path, table, {year: counts[year] for year in years}, context)
        else:
            write_whole_workbook(path, table, _sheet_pieces(plan, cells, folder), len(_ids(cells)), context)
        kept = plan.tree.made(name, key, [NewFile(name, path)])
    return units | {name: kept}


def year_unit(plan: StampPlan, kind: Kind, year: int) -> Unit:
    """The workbook of one year, whether or not the table is cut by years."""
    return _year_unit(plan, kind, year, [cell for cell in _cells(plan, kind) if cell.year == year])


def _year_unit(plan: StampPlan, kind: Kind, year: int, own: Sequence[Cell]) -> Unit:
    folder, table = _data_folder(plan), _TABLES[kind]
    file = year_workbook(kind, year)
    name, key = f"{_DATA}/{file}", _key(plan, *(cell.key for cell in own))
    unit = plan.tree.kept(name, key)
    if unit is None:
        pieces, count = _sheet_pieces(plan, own, folder), len(_ids(own))
        write_year_workbook(folder / file, table, year, pieces, count, plan.prepared.context)
        unit = plan.tree.made(name, key, [NewFile(name, folder / file)])
    return unit


def _ids(cells: Iterable[Cell]) -> list[str]:
    """Ids of their records, sorted as the cells are."""
    return [name for cell in cells for name in cell.ids]


def _sheet_pieces(plan: StampPlan, cells: Sequence[Cell], folder: Path) -> Iterator[bytes]:
    """Rows of a workbook: those of this build's cells wait in the spool, those of earlier ones lie in the store."""
    store = replace(plan.prepared.workspace.store, beside=())  # files of the site come from no shard
    waiting = {cell.name: cell.piece(folder, SHEET) for cell in cells}
    new = {cell.name: cell.key for cell in cells if waiting[cell.name].exists()}
    if store.lasting:
        store.put(
            SHEET,
            (Entry(name=name, made_from=key, value=waiting[name].read_bytes()) for name, key in new.items()),
        )
    kept = store.find(SHEET, {cell.name: cell.key for cell in cells if cell.name not in new}, bytes)
    for cell in cells:
        if cell.name in new:
            yield waiting[cell.name].read_bytes()
        elif cell.name in kept:
            yield kept[cell.name]
        else:
            yield sheet_rows((item.row for item in read_listed(plan, cell.ids)), _TABLES[cell.kind])


def _policy_data(plan: StampPlan, folder: Path) -> dict[str, Unit]:
    context = plan.prepared.context
    name, made_from = f"{_DATA}/policies", _key(plan, context.day.isoformat().encode())
    kept = plan.tree.kept(name, made_from)
    if kept is not None:
        return {name: kept}
    write_table(folder, POLICIES, policy_documents(context), context)
    names = (f"{POLICIES.name}.{ending}" for ending in ("csv", "json", "xlsx"))
    files = [NewFile(f"{_DATA}/{file}", folder / file) for file in names]
    return {name: plan.tree.made(name, made_from, files)}


def _database(
    plan: StampPlan,
    folder: Path,
    units: Mapping[str, Unit],
    cells: Mapping[Kind, Sequence[Cell]],
    years: Mapping[str, Sequence[int]],
) -> dict[str, Unit]:
    """The files over all tables: the database and the descriptions, which tell size and hash of every file."""
    context, name = plan.prepared.context, f"{_DATA}/all"
    paths = sorted(path for unit in units.values() for path in unit.files if path.startswith(f"{_DATA}/"))
    data = (unit for key, unit in sorted(units.items()) if key.startswith(f"{_DATA}/"))
    made_from = _key(plan, context.day.isoformat().encode(), *(unit.made_from for unit in data))
    kept = plan.tree.kept(name, made_from)
    if kept is not None:
        return {name: kept}
    for path in paths:
        (folder / path.rpartition("/")[2]).symlink_to(plan.tree.folder / path)
    shown, kept_rows = _shown_rows(plan)
    pieces: dict[str, list[Piece]] = {
        kind: [kept_rows.get(cell.key) or _rows_of(plan, cell, units) for cell in cells[kind]]
        for kind in KINDS
    }
    made = finish_data(folder, context, years, pieces=pieces, shown=shown)
    files = [NewFile(f"{_DATA}/{file}", folder / file) for file in made if f"{_DATA}/{file}" not in paths]
    rows = {f"{_DATA}/{DATABASE}": tuple(_row_numbers(cells))}
    return {name: replace(plan.tree.made(name, made_from, files), pieces=rows)}


def _row_numbers(cells: Mapping[Kind, Sequence[Cell]]) -> Iterator[tuple[bytes, int, int]]:
    """Of each cell: the number of its first row in the database, and how many it has."""
    for own in cells.values():
        first = 1
        for cell in own:
            yield cell.key, first, len(cell.ids)
            first += len(cell.ids)


def _shown_rows(plan: StampPlan) -> tuple[Path | None, dict[bytes, range]]:
    """The database of the shown tree, and the rows that it has of each cell; none where somebody has written to it."""
    path, tree = f"{_DATA}/{DATABASE}", plan.tree
    unit = tree.shown_units.get(f"{_DATA}/all")
    if unit is None or tree.shown is None or path not in unit.pieces:
        return None, {}
    with suppress(OSError):
        if mark_of((tree.shown / path).lstat()) == unit.files.get(path):
            return tree.shown / path, {
                key: range(first, first + count) for key, first, count in unit.pieces[path]
            }
    return None, {}


def _rows_of(plan: StampPlan, cell: Cell, units: Mapping[str, Unit]) -> Iterator[PlainRow]:
    """Rows of a cell, from its piece of the JSON table."""
    path = f"{_DATA}/{cell.kind}.json"
    places = {key: (at, length) for key, at, length in units[f"{_DATA}/{cell.kind}"].pieces[path]}
    at, length = places[cell.key]
    with (plan.tree.folder / path).open("rb") as file:
        file.seek(at)
        yield from rows_of(file.read(length).split(b"\n"))


def _data_folder(plan: StampPlan) -> Path:
    folder = plan.prepared.workspace.spool / _DATA
    folder.mkdir(exist_ok=True)
    return folder


def _key(plan: StampPlan, *parts: bytes) -> bytes:
    """Digest of ``parts``, of software and of settings."""
    cache = plan.prepared.workspace.cache
    return digest(b"" if cache is None else cache.basis, *parts)
