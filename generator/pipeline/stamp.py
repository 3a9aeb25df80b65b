"""套印 (stamp): fill the shells and write every record page, chunk by chunk, over the cores."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

from generator.outputs.data.table_writers import PlainRow, typed_row
from generator.outputs.poster.poster_sheet import PosterSheet
from generator.outputs.search.site_search import Spooled, spool_records
from generator.outputs.share.record_cards import cards_basis, draw_cards
from generator.outputs.sitemap import SitemapEntry
from generator.pages.fresh_words import site_freshness
from generator.pages.page import Page, Section
from generator.pipeline.prepare import Prepared, chunk_notices
from generator.pipeline.produce import Produced, produce
from generator.pipeline.scan import read_chunk_honours, read_chunk_keys
from generator.pipeline.shell import Shell
from generator.public.changes import Change
from generator.public.public_case import PublicHonour, PublicNotice
from generator.public.tables import Row, Table
from generator.system.cache import Cache, digest, link_or_copy, write_private
from generator.system.packing import pack, unpack

Shells = Mapping[tuple[Section, int], Shell]
Place = tuple[str, int, int]
"""(id of the record, offset, length) in a file of the spool."""

_ASIDE = ("lines", "rows", "search")
"""Kinds of file that stamping a chunk leaves in the spool."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OldSite:
    """旧站点, still in its place: files that would come out the same are linked from it.

    ``stamps`` says, for each chunk, what its files were made from; ``moment`` is the time that all of them bear,
    in seconds.
    """

    folder: Path
    moment: int
    stamps: Mapping[int, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class StampPlan:
    """各批共用."""

    prepared: Prepared
    shells: Shells
    site: Path
    old: OldSite | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StampedChunk:
    """一批套印的结果: what the files over all records are then put together from.

    ``lines`` and ``rows`` say where, in the chunk's files of the spool, each record's JSON line and row
    of data stand; ``changes`` are what the change log tells; ``posters`` are to be printed.
    """

    number: int
    notice_lines: tuple[Place, ...]
    honour_lines: tuple[Place, ...]
    notice_rows: tuple[Place, ...]
    honour_rows: tuple[Place, ...]
    changes: tuple[Change, ...]
    posters: tuple[PosterSheet, ...]
    sitemap: tuple[SitemapEntry, ...]
    searched: Spooled | None
    """What was put aside for the search index; None when the site has no search."""
    pages: int
    files: tuple[tuple[str, int], ...]
    """(path, size) of every file written."""
    stamp: bytes
    """Digest of all that the files were made from; empty without a cache."""
    aside: Mapping[str, bytes]
    """Digest of each file in the spool, by its kind."""
    linked: bool = False
    """True when nothing was written: all files are those of the old site."""


def stamp_chunk(plan: StampPlan, chunk: int) -> StampedChunk:
    """Write the pages and the API files of one chunk's records."""
    cache = plan.prepared.cache
    if cache is None:
        return _stamp(plan, chunk, tuple(_rendered_anew(plan.prepared, chunk)), b"")
    keys = _keys(plan.prepared, chunk)
    stamp = digest(_stamp_basis(plan), *keys)
    known = cache.load(f"{chunk:06}.stamped", StampedChunk)
    if known is not None and known.stamp == stamp and _link(plan, cache, known):
        return replace(known, linked=True)
    made = _stamp(plan, chunk, _rendered(plan.prepared, cache, chunk, keys), stamp)
    cache.drop(f"{chunk:06}.stamped")
    for kind in _ASIDE:
        kept = cache.folder / f"{chunk:06}.{kind}"
        kept.unlink(missing_ok=True)
        if (written := plan.prepared.spool / kept.name).exists():
            link_or_copy(written, kept)
    cache.save(f"{chunk:06}.stamped", made)
    return made


def render_chunk(prepared: Prepared, chunk: int) -> int:
    """Make the pages of one chunk's records and keep them in the cache; returns their number.

    What a shard does; nothing is stamped.
    """
    assert prepared.cache is not None
    return len(_rendered(prepared, prepared.cache, chunk, _keys(prepared, chunk)))


def write_stamped(page: Page, plan: StampPlan) -> None:
    """Fill the shell of the page's section and depth, and write ``<path>index.html``."""
    folder = plan.site / page.path
    folder.mkdir(parents=True, exist_ok=True)
    html = plan.shells[page.section, page.depth].fill(page, site_freshness(plan.prepared.context))
    (folder / "index.html").write_bytes(html.encode("utf-8"))


def _stamp_basis(plan: StampPlan) -> bytes:
    shells = sorted((place, shell.literals, shell.slots) for place, shell in plan.shells.items())
    return digest(pack(shells), cards_basis(plan.prepared.context))


def _keys(prepared: Prepared, chunk: int) -> list[bytes]:
    """Digests of all that the pages of a chunk's records depend on, in their order."""
    context = prepared.context
    flags = bytes((context.search, context.objection_sheets, context.posters, context.share_cards))
    successors = (
        [prepared.replaced_by.get(notice.id, "") for notice in chunk_notices(prepared, chunk)]
        if prepared.replaced_by
        else []
    )
    keys = read_chunk_keys(prepared.spool, chunk)
    successors += [""] * (len(keys) - len(successors))
    return [digest(flags, key, newer.encode()) for key, newer in zip(keys, successors, strict=True)]


def _rendered(prepared: Prepared, cache: Cache, chunk: int, keys: Sequence[bytes]) -> tuple[Produced, ...]:
    """From the cache, and made anew where it has none."""
    known = cache.load(f"{chunk:06}.pages", dict[bytes, Produced]) or {}
    if all(key in known for key in keys):
        return tuple(known[key] for key in keys)
    records: list[PublicNotice | PublicHonour] = [*chunk_notices(prepared, chunk)]
    records += read_chunk_honours(prepared.spool, chunk)
    made = tuple(
        known[key] if key in known else produce(record, prepared.context)
        for key, record in zip(keys, records, strict=True)
    )
    cache.save(f"{chunk:06}.pages", dict(zip(keys, made, strict=True)))
    return made


def _rendered_anew(prepared: Prepared, chunk: int) -> Iterator[Produced]:
    for notice in chunk_notices(prepared, chunk):
        yield produce(notice, prepared.context)
    for honour in read_chunk_honours(prepared.spool, chunk):
        yield produce(honour, prepared.context)


def _stamp(plan: StampPlan, chunk: int, produced: Sequence[Produced], stamp: bytes) -> StampedChunk:
    prepared = plan.prepared
    site = site_freshness(prepared.context)
    files: list[tuple[str, int]] = []
    aside = {kind: _Aside() for kind in ("lines", "rows")}
    for item in produced:
        page = item.page
        html = plan.shells[page.section, page.depth].fill(page, site)
        # The record's own folder is new; those above it are made once.
        files.append(_write(plan.site, f"{page.path}index.html", html.encode("utf-8")))
        for path, data in item.files:
            files.append(_write(plan.site, path, data))
        aside["lines"].add(item.kind, item.id, item.listed.line)
        aside["rows"].add(item.kind, item.id, pack(item.listed.row))
    for path, png in draw_cards(((item.page.path, item.card) for item in produced), prepared.cache, chunk):
        files.append(_write(plan.site, path, png))
    for kind, parts in aside.items():
        write_private(prepared.spool / f"{chunk:06}.{kind}", b"".join(parts.data))
    searched = (
        spool_records(prepared.spool, f"{chunk:06}", (item.listed.searched for item in produced))
        if prepared.context.search
        else None
    )
    return StampedChunk(
        number=chunk,
        notice_lines=tuple(aside["lines"].places["notices"]),
        honour_lines=tuple(aside["lines"].places["honours"]),
        notice_rows=tuple(aside["rows"].places["notices"]),
        honour_rows=tuple(aside["rows"].places["honours"]),
        changes=tuple(change for item in produced for change in item.listed.changes),
        posters=tuple(item.poster for item in produced if item.poster is not None),
        sitemap=tuple(item.listed.sitemap for item in produced if item.listed.sitemap is not None),
        searched=searched,
        pages=len(produced),
        files=tuple(files),
        stamp=stamp,
        aside={
            kind: digest(put.read_bytes())
            for kind in _ASIDE
            if (put := prepared.spool / f"{chunk:06}.{kind}").exists()
        },
    )


@dataclass(slots=True)
class _Aside:
    """What is put aside in one file, and where in it each record's part stands."""

    data: list[bytes] = field(default_factory=list)
    size: int = 0
    places: dict[str, list[Place]] = field(default_factory=lambda: {"notices": [], "honours": []})

    def add(self, section: str, record_id: str, data: bytes) -> None:
        self.places[section].append((record_id, self.size, len(data)))
        self.data.append(data)
        self.size += len(data)


def _link(plan: StampPlan, cache: Cache, known: StampedChunk) -> bool:
    """Take every file of the chunk over from the old site, if it still stands there as it was made."""
    old, spool = plan.old, plan.prepared.spool
    if old is None or old.stamps.get(known.number) != known.stamp:
        return False
    made: list[Path] = []
    try:
        for path, size in known.files:
            source, target = old.folder / path, plan.site / path
            status = source.lstat()
            if status.st_size != size or status.st_mtime != old.moment:
                raise FileNotFoundError(path)
            _make_folder(target)
            os.link(source, target)
            made.append(target)
        for kind, whole in known.aside.items():
            kept = cache.folder / f"{known.number:06}.{kind}"
            if digest(kept.read_bytes()) != whole:
                raise FileNotFoundError(kept.name)
            link_or_copy(kept, spool / kept.name)
            made.append(spool / kept.name)
    except OSError:
        # What is written next must not be written into files that the old site still shows.
        for linked in made:
            linked.unlink()
        return False
    return True


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


def read_places(spool: Path, chunks: Sequence[StampedChunk], name: str, kind: str) -> Iterator[bytes]:
    """What was put aside, of all chunks, by id. ``name`` is a field of :class:`StampedChunk`, ``kind`` the
    ending of the files. Only the places are in memory."""
    places: list[tuple[str, int, int, int]] = sorted(
        (record_id, chunk.number, offset, size)
        for chunk in chunks
        for record_id, offset, size in getattr(chunk, name)
    )
    with ExitStack() as opened:
        files: dict[int, BinaryIO] = {}
        for _, number, offset, size in places:
            if number not in files:
                # Unbuffered: each part is read once, and in no order.
                file = (spool / f"{number:06}.{kind}").open("rb", buffering=0)
                files[number] = opened.enter_context(file)
            files[number].seek(offset)
            yield files[number].read(size)


def read_rows(spool: Path, chunks: Sequence[StampedChunk], name: str, table: Table[Any]) -> Iterator[Row]:
    """Rows of data of all chunks, by id."""
    return (typed_row(unpack(data, PlainRow), table) for data in read_places(spool, chunks, name, "rows"))
