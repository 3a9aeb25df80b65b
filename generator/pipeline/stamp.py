"""套印 (stamp): fill the shells and write every record page, chunk by chunk, over the cores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.catalogue import Language
from generator.outputs.poster.poster_sheet import PosterSheet
from generator.outputs.share.record_cards import cards_basis, draw_cards
from generator.outputs.sitemap import sitemap_entry
from generator.pages.page import Page, language_of
from generator.pages.templating import compile_templates
from generator.pipeline.case_scan import Record
from generator.pipeline.dated_pages import LEFT_OPEN, DayTold, days_told
from generator.pipeline.frame import Frame
from generator.pipeline.prepare import Prepared, public_records
from generator.pipeline.produce import Listed, OwnFiles, Produced, produce
from generator.pipeline.site_tree import NewFile, SiteTree, Unit, Units
from generator.public.changes import Change
from generator.public.documents import Kind
from generator.public.open_day import Place
from generator.public.open_minute import at_minute, leaves_open
from generator.system.hashing import digest
from generator.system.packing import pack
from generator.system.store import Entry
from generator.system.workers import parallel

PAGES, LISTED = "pages", "listed"
"""Kinds of entry in the store, both named by the id of the record: :class:`OwnFiles` and :class:`Listed`."""
TOLD = "told"
"""Kind of entry named by the number of the chunk: :class:`Told`."""
_AT_ONCE = 250
"""Records in memory."""
_NOT_LOGGED = pack(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class StampPlan:
    """各批共用. ``basis`` is the digest of what the files of all records depend on."""

    prepared: Prepared
    frame: Frame
    tree: SiteTree
    basis: bytes
    keys: Mapping[str, bytes]
    """:func:`page_key` of each record by its id: for what stands over several records too."""
    records: Mapping[str, Record]
    """By id."""
    days: Mapping[Language, DayTold]

    def day_of(self, path: str) -> DayTold:
        """The day, as the page at ``path`` tells it."""
        return self.days[language_of(path)]

    def page_file(self, page: Page) -> NewFile:
        """The HTML document of a page, as a file of the site."""
        turning = page.freshness is not None and leaves_open(page.freshness.since)
        places: tuple[Place, ...] = ()
        document = self.frame.page(page, LEFT_OPEN)
        if page.freshness is None or turning:  # of a record: nothing of it tells the day
            document, places = self.day_of(page.path).filled(document)
        file = NewFile(f"{page.path}index.html", document, (sitemap_entry(page),), places=places)
        if not turning:
            return file
        return file._replace(data=at_minute(document, self.prepared.context.as_of), turning=document)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """一批记录所说的, for the files over all records: ``changes`` for the change log, ``posters`` to be printed."""

    changes: tuple[Change, ...]
    posters: tuple[PosterSheet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StampedChunk:
    """一批套印的结果."""

    told: Told
    linked: int
    """Records whose files either tree had."""
    units: Units
    """The files of each record."""


def plan_stamps(prepared: Prepared, frame: Frame, tree: SiteTree) -> StampPlan:
    """How the pages of ``prepared`` are to be stamped."""
    basis = digest(frame.basis, cards_basis(prepared.context))
    records = {record.id: record for chunk in prepared.chunks for record in chunk}
    keys = {name: page_key(record, prepared) for name, record in records.items()}
    return StampPlan(
        prepared=prepared,
        frame=frame,
        tree=tree,
        basis=basis,
        keys=keys,
        records=records,
        days=days_told(prepared.context),
    )


def stamp_all(plan: StampPlan) -> tuple[StampedChunk, ...]:
    """Every chunk, in order. One that either tree has whole is taken over without a worker."""
    prepared = plan.prepared
    numbers = range(len(prepared.chunks))
    kept = {number: chunk for number in numbers if (chunk := _kept_chunk(plan, number)) is not None}
    rest = [number for number in numbers if number not in kept]
    if prepared.workspace.jobs > 1 and len(rest) > 1:
        compile_templates()
    made = dict(zip(rest, parallel(stamp_chunk, plan, rest, prepared.workspace.jobs), strict=True))
    return tuple(kept.get(number) or made[number] for number in numbers)


def _kept_chunk(plan: StampPlan, number: int) -> StampedChunk | None:
    told = _kept_told(plan, number)
    if told is None:
        return None
    units = _kept_units(plan, plan.prepared.chunks[number])
    if len(units) < len(plan.prepared.chunks[number]):
        return None
    return StampedChunk(told=told, linked=len(units), units=units)


def stamp_chunk(plan: StampPlan, number: int) -> StampedChunk:
    """Write the pages and the API files of one chunk's records, or leave them as either tree has them."""
    prepared = plan.prepared
    records = prepared.chunks[number]
    units = _kept_units(plan, records)
    linked = len(units)
    rest = {record.id: record for record in records if unit_name(record) not in units}
    keys = {name: plan.keys[name] for name in rest}
    listed = prepared.workspace.store.find(LISTED, keys, Listed)
    for own in _own_files(prepared, list(rest.values()), keys, listed):
        name, made_from = unit_name(rest[own.id]), digest(plan.basis, keys[own.id])
        units[name] = plan.tree.made(name, made_from, _files_of(own, plan))
    return StampedChunk(told=_kept_told(plan, number) or _told(plan, number), linked=linked, units=units)


def _kept_units(plan: StampPlan, records: Sequence[Record]) -> dict[str, Unit]:
    """The files of each record that either tree has as they should be."""
    return {
        name: unit
        for record in records
        if (unit := plan.tree.kept(name := unit_name(record), digest(plan.basis, plan.keys[record.id])))
    }


def _kept_told(plan: StampPlan, number: int) -> Told | None:
    key = _chunk_key(plan, number)
    return plan.prepared.workspace.store.find(TOLD, {str(number): key}, Told).get(str(number))


def _told(plan: StampPlan, number: int) -> Told:
    store = plan.prepared.workspace.store
    listed = list(read_listed(plan, [record.id for record in plan.prepared.chunks[number]]))
    told = Told(
        changes=tuple(change for item in listed for change in item.changes),
        posters=tuple(item.poster for item in listed if item.poster is not None),
    )
    if store.lasting:
        store.put(TOLD, [Entry(name=str(number), made_from=_chunk_key(plan, number), value=told)])
    return told


def _chunk_key(plan: StampPlan, number: int) -> bytes:
    # Digests are of one length, and each rests on its record's address too.
    return digest(b"".join(plan.keys[record.id] for record in plan.prepared.chunks[number]))


def produce_chunk(prepared: Prepared, number: int) -> int:
    """Make what the store does not have of one chunk's records; returns their number.

    What a shard does; nothing is stamped.
    """
    records = prepared.chunks[number]
    keys = {record.id: page_key(record, prepared) for record in records}
    return sum(
        1 for _ in _own_files(prepared, records, keys, prepared.workspace.store.find(LISTED, keys, Listed))
    )


def page_key(record: Record, prepared: Prepared) -> bytes:
    """Digest of all that is produced of one record depends on."""
    context = prepared.context
    flags = bytes((context.search, context.objection_sheets, context.posters, context.share_cards))
    newer = prepared.replaced_by.get(record.id, "").encode()
    older = prepared.predecessors.get(record.id)
    successor = prepared.successors.get(record.id)
    logged = prepared.logged.get(record.id)
    others = (b"" if other is None else pack(other) for other in (older, successor))
    return digest(flags, record.key, newer, *others, _NOT_LOGGED if logged is None else pack(logged))


def ids_of(prepared: Prepared, kind: Kind) -> list[str]:
    """Ids of every record of one kind, sorted."""
    return sorted(record.id for chunk in prepared.chunks for record in chunk if record.kind == kind)


def read_listed(plan: StampPlan, names: Sequence[str]) -> Iterator[Listed]:
    """What stands in files over all records, of records by their ids; few of them in memory. What the store has lost
    is made again."""
    prepared = plan.prepared
    for start in range(0, len(names), _AT_ONCE):
        keys = {name: plan.keys[name] for name in names[start : start + _AT_ONCE]}
        found = prepared.workspace.store.find(LISTED, keys, Listed)
        if len(found) < len(keys):
            lost = [plan.records[name] for name in keys if name not in found]
            for _ in _own_files(prepared, lost, keys, found):
                pass
        yield from (found[name] for name in keys)


def unit_name(record: Record) -> str:
    """Name of a record's files in a tree."""
    return f"{record.kind}/{record.id}"


def _own_files(
    prepared: Prepared, records: Sequence[Record], keys: Mapping[str, bytes], listed: dict[str, Listed]
) -> Iterator[OwnFiles]:
    """From the store, and made anew where it has none. What was made is put there, and into ``listed``."""
    store = prepared.workspace.store
    wanted = {record.id: keys[record.id] for record in records if record.id in listed}
    known = store.find(PAGES, wanted, OwnFiles)
    missing = [record for record in records if record.id not in known]
    yield from known.values()
    made: list[Produced] = []
    for record in public_records(prepared, missing):
        item = produce(record, prepared.context, prepared.logged.get(record.id))
        listed[record.id] = item.listed
        made.append(item)
        yield item.own
    entries = [Entry(name=item.own.id, made_from=keys[item.own.id], value=item) for item in made]
    if store.lasting:
        store.put(PAGES, (replace(entry, value=item.own) for entry, item in zip(entries, made, strict=True)))
    store.put(LISTED, (replace(entry, value=item.listed) for entry, item in zip(entries, made, strict=True)))


def _files_of(own: OwnFiles, plan: StampPlan) -> Iterator[NewFile]:
    yield plan.page_file(own.page)
    files = (*own.files, *draw_cards([(own.page.path, own.card)], plan.prepared.workspace.store))
    yield from (NewFile(path, data) for path, data in files)
