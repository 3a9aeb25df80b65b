"""套印 (stamp): fill the shells and write every record page, chunk by chunk, over the cores."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

from generator.outputs.badge import badge_address, honour_badge
from generator.outputs.data.api import honour_address, honour_files, notice_address, notice_files
from generator.outputs.data.table_writers import PlainRow, plain_row, typed_row
from generator.outputs.poster.poster_sheet import PosterSheet
from generator.outputs.search.search_record import SearchRecord, honour_record, notice_record
from generator.outputs.search.site_search import Spooled, spool_records
from generator.outputs.share import ShareCard
from generator.outputs.share.record_cards import card_due, cards_basis, draw_cards
from generator.outputs.sitemap import SitemapEntry, sitemap_entry
from generator.pages.cited_notice import cited_notice
from generator.pages.honour_page import render_honour
from generator.pages.page import Page, Section
from generator.pipeline.papers import poster_due, write_objection_sheet
from generator.pipeline.prepare import Prepared, chunk_notices
from generator.pipeline.scan import read_chunk_honours, read_chunk_keys
from generator.pipeline.shell import Shell
from generator.public.changes import Change, honour_changes, notice_changes
from generator.public.context import INSTANT_LATER, MOMENT_LATER, SiteContext
from generator.public.honour_document import honour_document
from generator.public.notice_document import notice_document
from generator.public.public_case import NoticeStatus, PublicHonour, PublicNotice
from generator.public.tables import HONOURS, NOTICES, Row, Table
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

    ``stamps`` says, for each chunk, what its files were made from.
    """

    folder: Path
    stamps: Mapping[int, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class StampPlan:
    """各批共用."""

    prepared: Prepared
    shells: Shells
    site: Path
    old: OldSite | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """一件记录的成品, still without its shell and without the moment of the build."""

    page: Page
    files: tuple[tuple[str, bytes], ...]
    line: bytes
    row: PlainRow
    changes: tuple[Change, ...]
    searched: SearchRecord | None
    card: ShareCard | None
    is_open: bool


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


def write_stamped(page: Page, shells: Shells, site: Path) -> None:
    """Fill the shell of the page's section and depth, and write ``<path>index.html``."""
    folder = site / page.path
    folder.mkdir(parents=True, exist_ok=True)
    html = shells[page.section, page.depth].fill(page)
    (folder / "index.html").write_bytes(html.encode("utf-8"))


def _stamp_basis(plan: StampPlan) -> bytes:
    context = plan.prepared.context
    shells = sorted((place, shell.literals, shell.slots) for place, shell in plan.shells.items())
    return digest(pack(shells), context.as_of_instant.encode(), cards_basis(context))


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


def _rendered(prepared: Prepared, cache: Cache, chunk: int, keys: Sequence[bytes]) -> tuple[Rendered, ...]:
    """From the cache, and made anew where it has none."""
    known = cache.load(f"{chunk:06}.pages", dict[bytes, Rendered]) or {}
    if all(key in known for key in keys):
        return tuple(known[key] for key in keys)
    context = _record_context(prepared)
    records: list[PublicNotice | PublicHonour] = [*chunk_notices(prepared, chunk)]
    records += read_chunk_honours(prepared.spool, chunk)
    made = tuple(
        known[key] if key in known else _render(record, context)
        for key, record in zip(keys, records, strict=True)
    )
    cache.save(f"{chunk:06}.pages", dict(zip(keys, made, strict=True)))
    return made


def _rendered_anew(prepared: Prepared, chunk: int) -> Iterator[Rendered]:
    context = _record_context(prepared)
    for notice in chunk_notices(prepared, chunk):
        yield _render(notice, context)
    for honour in read_chunk_honours(prepared.spool, chunk):
        yield _render(honour, context)


def _record_context(prepared: Prepared) -> SiteContext:
    """What the page of one record may know: nothing that other records or the moment change."""
    return replace(prepared.context, moment_later=True, next_change_at=None)


def _render(record: PublicNotice | PublicHonour, context: SiteContext) -> Rendered:
    if isinstance(record, PublicNotice):
        page = cited_notice(record, context)
        notice = notice_document(record, context)
        files = notice_files(notice)
        return Rendered(
            page=page,
            files=((notice_address(record.id), files.file),),
            line=files.line,
            row=plain_row(NOTICES.row(notice)),
            changes=tuple(notice_changes(record)),
            searched=notice_record(record, page) if context.search else None,
            card=card_due(record, context),
            is_open=record.status is NoticeStatus.OPEN,
        )
    page = render_honour(record, context)
    honour = honour_document(record, context)
    files = honour_files(honour)
    return Rendered(
        page=page,
        files=(
            (honour_address(record.id), files.file),
            (badge_address(record.id), honour_badge(record, context)),
        ),
        line=files.line,
        row=plain_row(HONOURS.row(honour)),
        changes=tuple(honour_changes(record)),
        searched=honour_record(record, page) if context.search else None,
        card=card_due(record, context),
        is_open=False,
    )


def _stamp(plan: StampPlan, chunk: int, rendered: Sequence[Rendered], stamp: bytes) -> StampedChunk:
    prepared, context = plan.prepared, plan.prepared.context
    words, instant = context.as_of_words, context.as_of_instant.encode()
    files: list[tuple[str, int]] = []
    aside = {kind: _Aside() for kind in ("lines", "rows")}
    for item in rendered:
        page = item.page
        html = plan.shells[page.section, page.depth].fill(page).replace(MOMENT_LATER, words)
        # The record's own folder is new; those above it are made once.
        files.append(_write(plan.site, f"{page.path}index.html", html.encode("utf-8")))
        for path, data in item.files:
            files.append(_write(plan.site, path, data.replace(_INSTANT, instant)))
        record_id = page.path.split("/")[1]
        aside["lines"].add(page.section, record_id, item.line.replace(_INSTANT, instant))
        aside["rows"].add(page.section, record_id, pack(item.row))
    for path, png in draw_cards(((item.page.path, item.card) for item in rendered), prepared.cache, chunk):
        files.append(_write(plan.site, path, png))
    posters: list[PosterSheet] = []
    if any(item.is_open for item in rendered):
        for notice in chunk_notices(prepared, chunk):
            if (sheet := write_objection_sheet(notice, prepared, plan.site)) is not None:
                files.append(sheet)
            if (poster := poster_due(notice, prepared)) is not None:
                posters.append(poster)
    for kind, parts in aside.items():
        write_private(prepared.spool / f"{chunk:06}.{kind}", b"".join(parts.data))
    searched = (
        spool_records(prepared.spool, f"{chunk:06}", (item.searched for item in rendered))
        if context.search
        else None
    )
    return StampedChunk(
        number=chunk,
        notice_lines=tuple(aside["lines"].places["notices"]),
        honour_lines=tuple(aside["lines"].places["honours"]),
        notice_rows=tuple(aside["rows"].places["notices"]),
        honour_rows=tuple(aside["rows"].places["honours"]),
        changes=tuple(change for item in rendered for change in item.changes),
        posters=tuple(posters),
        sitemap=tuple(entry for item in rendered if (entry := sitemap_entry(item.page)) is not None),
        searched=searched,
        pages=len(rendered),
        files=tuple(files),
        stamp=stamp,
        aside={
            kind: digest(put.read_bytes())
            for kind in _ASIDE
            if (put := prepared.spool / f"{chunk:06}.{kind}").exists()
        },
    )


_INSTANT = INSTANT_LATER.encode()


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
    moment = int(plan.prepared.context.as_of.timestamp())
    made: list[Path] = []
    try:
        for path, size in known.files:
            source, target = old.folder / path, plan.site / path
            status = source.lstat()
            if status.st_size != size or status.st_mtime != moment:
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
