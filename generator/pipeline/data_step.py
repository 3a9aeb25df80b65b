"""数据文件 (data step): tables, lists of the API and the database, made only where a record has changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.outputs.data.api import API, list_json
from generator.outputs.data.data_files import finish_data, write_rows, write_table
from generator.outputs.data.table_writers import typed_row
from generator.pipeline.site_tree import NewFile, Unit
from generator.pipeline.stamp import StampPlan, ids_of, read_listed
from generator.public.documents import Kind
from generator.public.policy_document import policy_documents
from generator.public.tables import DECISIONS, HONOURS, NOTICES, POLICIES, Table
from generator.system.hashing import digest

KINDS: tuple[Kind, ...] = ("notices", "honours", "decisions")
_DATA = "data"
_TABLES: dict[Kind, Table[Any]] = {"notices": NOTICES, "honours": HONOURS, "decisions": DECISIONS}


def data_units(plan: StampPlan) -> dict[str, Unit]:
    """Every data file."""
    units: dict[str, Unit] = {}
    for kind in KINDS:
        units |= _data_of(plan, kind)
    return units | _policy_data(plan) | _database(plan)


def _data_of(plan: StampPlan, kind: Kind) -> dict[str, Unit]:
    """The table of one kind and its list in the API; nothing is read where neither has changed."""
    table, name = _TABLES[kind], f"{_DATA}/{kind}"
    made_from = _data_key(plan, kind)
    kept = plan.tree.kept(name, made_from)
    if kept is not None:
        return {name: kept}
    prepared, folder = plan.prepared, _data_folder(plan)
    ids = ids_of(prepared, kind)
    rows = (typed_row(item.row, table) for item in read_listed(plan, ids))
    write_rows(folder, table, rows, prepared.context)
    lines = (item.line for item in read_listed(plan, ids))
    with (folder / f"list-{kind}").open("wb") as file:
        file.writelines(list_json(lines))
    files = [*_tables(folder, table), NewFile(f"{API}{kind}.json", folder / f"list-{kind}")]
    return {name: plan.tree.made(name, made_from, files)}


def _policy_data(plan: StampPlan) -> dict[str, Unit]:
    name, made_from = f"{_DATA}/policies", _data_key(plan)
    kept = plan.tree.kept(name, made_from)
    if kept is not None:
        return {name: kept}
    context, folder = plan.prepared.context, _data_folder(plan)
    write_table(folder, POLICIES, policy_documents(context), context)
    return {name: plan.tree.made(name, made_from, _tables(folder, POLICIES))}


def _database(plan: StampPlan) -> dict[str, Unit]:
    """The files over all tables: the database and the descriptions, which tell size and hash of every file."""
    name, made_from = f"{_DATA}/all", _data_key(plan, "notices", "honours", "decisions")
    kept = plan.tree.kept(name, made_from)
    if kept is not None:
        return {name: kept}
    folder = _data_folder(plan)
    others = {path.name for path in folder.iterdir()}
    for table in (NOTICES, HONOURS, DECISIONS, POLICIES):
        for ending in ("csv", "json", "xlsx"):
            file = f"{table.name}.{ending}"
            if file not in others:
                (folder / file).symlink_to(plan.tree.folder / _DATA / file)
                others.add(file)
    finish_data(folder, plan.prepared.context)
    files = [
        NewFile(f"{_DATA}/{path.name}", path) for path in sorted(folder.iterdir()) if path.name not in others
    ]
    return {name: plan.tree.made(name, made_from, files)}


def _tables(folder: Path, table: Table[Any]) -> Iterator[NewFile]:
    for ending in ("csv", "json", "xlsx"):
        name = f"{table.name}.{ending}"
        yield NewFile(f"{_DATA}/{name}", folder / name)


def _data_folder(plan: StampPlan) -> Path:
    folder = plan.prepared.spool / _DATA
    folder.mkdir(exist_ok=True)
    return folder


def _data_key(plan: StampPlan, *kinds: Kind) -> bytes:
    """Digest of all that data files over records of these kinds depend on: software and settings, the day, and each
    record."""
    prepared = plan.prepared
    basis = b"" if prepared.cache is None else prepared.cache.basis
    ids = (name for kind in kinds for name in ids_of(prepared, kind))
    records = (part for name in ids for part in (name.encode(), plan.keys[name]))
    return digest(basis, prepared.context.day.isoformat().encode(), *records)
