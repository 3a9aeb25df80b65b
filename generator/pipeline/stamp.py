"""套印 (stamp): fill the shells and write every record page, chunk by chunk, over the cores."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.outputs.poster.poster_sheet import PosterSheet
from generator.outputs.search.site_search import Spooled, spool_records
from generator.outputs.share.record_cards import cards_basis, draw_cards
from generator.outputs.sitemap import SitemapEntry
from generator.pages.fresh_words import site_freshness
from generator.pages.page import Page, Section
from generator.pipeline.prepare import Prepared, public_records
from generator.pipeline.produce import Listed, OwnFiles, Produced, produce
from generator.pipeline.scan import Record
from generator.pipeline.shell import Shell
from generator.public.changes import Change
from generator.public.documents import Kind
from generator.system.hashing import digest
from generator.system.packing import pack
from generator.system.store import Entry

Shells = Mapping[tuple[Section, int], Shell]

PAGES, LISTED = "pages", "listed"
"""Kinds of entry in the store, both named by the id of the record: :class:`OwnFiles` and :class:`Listed`."""
_AT_ONCE = 250
"""Records in memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """一件记录的印记: the files of one record in a site, as (path, size), and what they were made from."""

    made_from: bytes
    files: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OldSite:
    """旧站点, still in its place: files that would come out the same are linked from it.

    ``stamps`` is the kind of entry under which the store has the :class:`Stamp` of each of its records;
    ``moment`` is the time that all of its files bear, in seconds.
    """

    folder: Path
    moment: int
    stamps: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StampPlan:
    """各批共用. ``basis`` is the digest of what the pages of all records depend on: the shells."""

    prepared: Prepared
    shells: Shells
    site: Path
    basis: bytes
    old: OldSite | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StampedChunk:
    """一批套印的结果: what the files over all records are then put together from.

    ``changes`` are what the change log tells; ``posters`` are to be printed.
    """

    changes: tuple[Change, ...]
    posters: tuple[PosterSheet, ...]
    sitemap: tuple[SitemapEntry, ...]
    searched: Spooled | None
    """What was put aside for the search index; None when the site has no search."""
    pages: int
    linked: int
    """Of these, how many are those of the old site."""
    stamps: tuple[tuple[str, Stamp], ...]
    """Of the records that were written."""


def shells_basis(prepared: Prepared, shells: Shells) -> bytes:
    """Digest of what the pages and cards of all records depend on."""
    literals = sorted((place, shell.literals, shell.slots) for place, shell in shells.items())
    return digest(pack(literals), cards_basis(prepared.context))


def stamp_chunk(plan: StampPlan, number: int) -> StampedChunk:
    """Write the pages and the API files of one chunk's records, or take them over from the old site."""
    prepared = plan.prepared
    records = prepared.chunks[number]
    keys = {record.id: page_key(record, prepared) for record in records}
    wanted = {name: digest(plan.basis, key) for name, key in keys.items()}
    listed = prepared.store.find(LISTED, keys, Listed)
    linked = set(_linked(plan, {name: wanted[name] for name in listed}))
    rest = [record for record in records if record.id not in linked]
    stamps = [
        (own.id, Stamp(made_from=wanted[own.id], files=tuple(_written(own, plan))))
        for own in _own_files(prepared, rest, keys, listed)
    ]
    ordered = [listed[record.id] for record in records]
    return StampedChunk(
        changes=tuple(change for item in ordered for change in item.changes),
        posters=tuple(item.poster for item in ordered if item.poster is not None),
        sitemap=tuple(item.sitemap for item in ordered if item.sitemap is not None),
        searched=spool_records(prepared.spool, f"{number:06}", (item.searched for item in ordered))
        if prepared.context.search
        else None,
        pages=len(records),
        linked=len(linked),
        stamps=tuple(stamps),
    )


def produce_chunk(prepared: Prepared, number: int) -> int:
    """Make what the store does not have of one chunk's records; returns their number.

    What a shard does; nothing is stamped.
    """
    records = prepared.chunks[number]
    keys = {record.id: page_key(record, prepared) for record in records}
    return sum(1 for _ in _own_files(prepared, records, keys, prepared.store.find(LISTED, keys, Listed)))


def page_key(record: Record, prepared: Prepared) -> bytes:
    """Digest of all that is produced of one record depends on."""
    context = prepared.context
    flags = bytes((context.search, context.objection_sheets, context.posters, context.share_cards))
    newer = prepared.replaced_by.get(record.id, "").encode()
    return digest(flags, record.key, newer, pack(prepared.logged.get(record.id)))


def read_listed(prepared: Prepared, kind: Kind) -> Iterator[Listed]:
    """What stands in files over all records, of every record of one kind, by id; few of them in memory."""
    keys = {
        record.id: page_key(record, prepared)
        for chunk in prepared.chunks
        for record in chunk
        if record.kind == kind
    }
    names = sorted(keys)
    for start in range(0, len(names), _AT_ONCE):
        some = names[start : start + _AT_ONCE]
        found = prepared.store.find(LISTED, {name: keys[name] for name in some}, Listed)
        yield from (found[name] for name in some)


def write_stamped(page: Page, plan: StampPlan) -> None:
    """Fill the shell of the page's section and depth, and write ``<path>index.html``."""
    _write(plan.site, f"{page.path}index.html", _filled(page, plan))


def _own_files(
    prepared: Prepared, records: Sequence[Record], keys: Mapping[str, bytes], listed: dict[str, Listed]
) -> Iterator[OwnFiles]:
    """From the store, and made anew where it has none. What was made is put there, and into ``listed``."""
    store = prepared.store
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


def _written(own: OwnFiles, plan: StampPlan) -> Iterator[tuple[str, int]]:
    # The record's own folder is new; those above it are made once.
    yield _write(plan.site, f"{own.page.path}index.html", _filled(own.page, plan))
    for path, data in own.files:
        yield _write(plan.site, path, data)
    for path, png in draw_cards([(own.page.path, own.card)], plan.prepared.store):
        yield _write(plan.site, path, png)


def _filled(page: Page, plan: StampPlan) -> bytes:
    shell = plan.shells[page.section, page.depth]
    return shell.fill(page, site_freshness(plan.prepared.context)).encode("utf-8")


def _linked(plan: StampPlan, wanted: Mapping[str, bytes]) -> Iterator[str]:
    """Take every file of a record over from the old site, if they still stand there as they were made; the ids of
    the records of which that was done."""
    old = plan.old
    if old is None:
        return
    for name, stamp in plan.prepared.store.find(old.stamps, wanted, Stamp).items():
        made: list[Path] = []
        try:
            for path, size in stamp.files:
                source, target = old.folder / path, plan.site / path
                status = source.lstat()
                if status.st_size != size or status.st_mtime != old.moment:
                    raise FileNotFoundError(path)
                _make_folder(target)
                os.link(source, target)
                made.append(target)
        except OSError:
            # What is written next must not be written into files that the old site still shows.
            for linked in made:
                linked.unlink()
        else:
            yield name


def _write(site: Path, path: str, data: bytes) -> tuple[str, int]:
    target = site / path
    _make_folder(target)
    with target.open("wb", buffering=0) as file:
        file.write(data)
    return path, len(data)


def _make_folder(target: Path) -> None:
    try:
        target.parent.mkdir()
    except FileExistsError:
        return
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
