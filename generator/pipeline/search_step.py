"""检索 (search step): the index of the whole site, left alone while no record and no page that it knows has changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.outputs.search.search_record import SearchRecord, written_record
from generator.outputs.search.site_search import Spooled, build_search, spool_records
from generator.pages.page import language_of
from generator.pipeline.law_of_day import law_key, law_searched
from generator.pipeline.site_tree import NewFile, Unit
from generator.pipeline.stamp import StampPlan, read_listed
from generator.system.hashing import digest
from generator.system.workers import parallel

_WHOLE = "search"
"""Unit of no file, made from all that is searched; those with files are named below it."""


def search_units(plan: StampPlan, written: Mapping[str, bytes]) -> dict[str, Unit]:
    """The files of the search; none where the site has none. ``written`` are the pages that people wrote."""
    prepared = plan.prepared
    if not prepared.context.search:
        return {}
    records = (part for name in sorted(plan.keys) for part in (name.encode(), plan.keys[name]))
    made_from = digest(law_key(prepared), *written.values(), *records)
    kept = _kept(plan, made_from)
    if kept is not None:
        return kept
    spooled = list(parallel(_spool_chunk, plan, range(len(prepared.chunks)), prepared.jobs))
    spooled.append(
        spool_records(prepared.spool, "pages", (*law_searched(prepared), *_written(plan, written)))
    )
    folder = prepared.spool / "search"
    store = prepared.store if prepared.store.lasting else None
    places = [(city.slug, city.name, city.full_name) for city in prepared.context.register_cities]
    build_search(prepared.spool, spooled, folder, prepared.jobs, store, places)
    units = {_WHOLE: Unit(made_from=made_from, files={})}
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            path, data = file.relative_to(folder).as_posix(), file.read_bytes()
            name, content = f"{_WHOLE}/{path}", digest(data)
            units[name] = plan.tree.kept(name, content) or plan.tree.made(
                name, content, [NewFile(path, data)]
            )
    return units


def _kept(plan: StampPlan, made_from: bytes) -> dict[str, Unit] | None:
    """The whole search as either tree has it."""
    tree = plan.tree
    for units in (tree.shown_units, tree.units):
        if _WHOLE in units and units[_WHOLE].made_from == made_from:
            found = {name: unit for name, unit in units.items() if name.startswith(f"{_WHOLE}/")}
            kept = {name: tree.kept(name, unit.made_from) for name, unit in found.items()}
            whole = {name: unit for name, unit in kept.items() if unit is not None}
            if len(whole) == len(found):
                return {_WHOLE: units[_WHOLE], **whole}
    return None


def _written(plan: StampPlan, written: Mapping[str, bytes]) -> Iterator[SearchRecord]:
    for path in plan.frame.addresses:
        if language_of(path) != "zh":
            continue
        record = written_record(path, written[f"{path}index.html"].decode())
        if record is not None:
            yield record


def _spool_chunk(plan: StampPlan, number: int) -> Spooled:
    ids = [record.id for record in plan.prepared.chunks[number]]
    records = (item.searched for item in read_listed(plan, ids))
    return spool_records(plan.prepared.spool, f"{number:06}", records)
