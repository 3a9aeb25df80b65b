"""一切照旧 (standing): nothing that a site rests on has changed since the last build, and nothing has turned.

Then the tree behind gets what the shown one has, but for the few files that tell the minute: those are the audited
ones with another time of day in them, and nothing is read, checked, rendered or audited again. Whatever is in doubt is for
a whole build: :func:`as_it_stood` gives None.

A build leaves what it rested on only if the clock turns nothing within its day but at instants that are known: from
the first hour of a day on, until its midnight or the first opening, closing or other instant in a record.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zlib import crc32

from generator.diagnostics.diagnostic import Diagnostic
from generator.pipeline.destination import PRIVATE_FOLDER
from generator.pipeline.site_tree import NewFile, SiteTree, Unit, Units, files_in, tree_name
from generator.public.open_minute import at_minute
from generator.source.model.instant import SHANGHAI
from generator.system.cache import FOLDER, open_cache
from generator.system.hashing import digest
from generator.system.shipped import shipped_folder
from generator.system.store import Entry, Store
from generator.system.tree_exchange import exchange, tree_behind

STANDING = "standing"
"""Kind of entry in the store, named by the tree: :class:`Standing`."""
SEARCHED = "searched"
"""Kind of entry in the store, named by the tree: what was searched for when its units were found clean."""
_GROUPS = 64
"""Entries of the store that hold the units of a tree."""
_SETTLED = 2_000_000_000
"""Nanoseconds after which every file system gives another write another time."""
_FONTS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
)
"""Where systems keep fonts; a poster rests on them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """构建的数字, for the summary on the terminal. ``linked`` are the records whose files either tree had; ``warnings``
    those of the checks, what the audit leaves to a human, and posters that could not be printed in full."""

    as_of: datetime
    notices: int
    honours: int
    decisions: int
    pages: int
    files: int
    linked: int
    withheld_cases: int
    withheld_persons: int
    warnings: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """依据. ``inputs`` is the digest of how all that people write looked when a build ``started`` (nanoseconds, by the
    clock of the file system). It is good from ``since`` until ``until``, for who asks on the day ``today``; ``sample``
    is the sample's own instant, if the site is one."""

    inputs: bytes
    started: int
    since: datetime
    until: datetime
    today: date
    sample: datetime | None
    built: Figures

    def holds(self, instant: datetime, now: datetime) -> bool:
        """Whether a site for ``instant`` is the same but for the minute."""
        return (
            self.since <= instant < self.until
            and _is_plain(instant)
            and now.astimezone(SHANGHAI).date() == self.today
        )


def as_it_stood(
    root: Path, out: Path, as_of: datetime | None, now: datetime, *, flags: bytes
) -> Figures | None:
    """Put the site at ``out`` once more, for another minute; None where that takes a whole build. ``flags`` say what is
    built. Raises :class:`BuildInProgressError`."""
    if not out.is_dir() or not (root / PRIVATE_FOLDER / FOLDER).is_dir():
        return None
    with open_cache(root / PRIVATE_FOLDER / FOLDER, root, looking=True) as cache:
        if cache is None or not cache.untouched:
            return None
        store, key = cache.store(), digest(cache.basis, flags)
        standing = store.find(STANDING, {tree_name(out): key}, Standing).get(tree_name(out))
        if standing is None:
            return None
        instant = as_of or standing.sample or now.replace(second=0, microsecond=0)
        if not standing.holds(instant, now) or inputs_of(root, standing.started) != standing.inputs:
            return None
        with tree_behind(out) as folder:
            tree = opened_tree(store, folder, out, int(instant.timestamp()))
            if sum(len(unit.files) for unit in tree.shown_units.values()) != standing.built.files:
                return None
            units = _units_at(instant, tree)
            if units is None:
                return None
            tree.settle(units)
            built = replace(
                standing.built,
                as_of=instant,
                linked=standing.built.notices + standing.built.honours + standing.built.decisions,
            )
            remember(store, tree, units)
            with suppress(sqlite3.Error):  # no site fails for what it would leave to the next
                store.copy(SEARCHED, tree_name(out), tree_name(folder))
                kept = replace(standing, built=built)
                store.put(STANDING, [Entry(name=tree_name(folder), made_from=key, value=kept)])
            exchange(folder, out)
    return built


def standing_of(
    built: Figures,
    inputs: bytes,
    started: int,
    moments: Iterable[datetime],
    now: datetime,
    sample: datetime | None,
) -> Standing | None:
    """What a build leaves; None where it may leave nothing. ``moments``: whenever something may turn."""
    since = built.as_of
    if not _is_plain(since) or since.hour == 0:
        return None
    midnight = since.replace(hour=0, minute=0) + timedelta(days=1)
    return Standing(
        inputs=inputs,
        started=started,
        since=since,
        until=min([midnight, *(moment for moment in moments if moment > since)]),
        today=now.astimezone(SHANGHAI).date(),
        sample=sample,
        built=built,
    )


def _is_plain(instant: datetime) -> bool:
    """Whether hour and minute are all that tells it from another of its day."""
    return instant.utcoffset() == timedelta(hours=8) and not (instant.second or instant.microsecond)


def inputs_of(root: Path, started: int) -> bytes:
    """Digest of how everything looks that people write, in the project and with the software; of a file that was
    written to so lately that it could be written to once more and look the same, what it holds too."""
    parts: list[bytes] = []
    for layer in dict.fromkeys((root.resolve(), shipped_folder().resolve())):
        tops = (
            ("content", "site_config") if layer != root.resolve() else ("registry", "content", "site_config")
        )
        for top in (*tops, "mkdocs.yml"):
            parts += _looks(str(layer / top), started - _SETTLED)
    for folder in _FONTS:
        for below, _, _ in os.walk(os.path.expanduser(folder)):  # noqa: PTH111
            parts.append(f"{below} {os.stat(below).st_mtime_ns}".encode("utf-8", "surrogateescape"))  # noqa: PTH116
    return digest(*parts)


def _looks(path: str, settled: int) -> Iterator[bytes]:
    try:
        entries = sorted(os.scandir(path), key=lambda entry: entry.name)
    except NotADirectoryError:
        yield _look(path, settled)
        return
    except OSError:
        yield b"none"
        return
    for entry in entries:
        yield os.fsencode(entry.name)
        if entry.is_dir(follow_symlinks=False):
            yield from _looks(entry.path, settled)
        else:
            yield _look(entry.path, settled)


def _look(path: str, settled: int) -> bytes:
    """As what a link points to, where it is one."""
    try:
        status = os.stat(path)  # noqa: PTH116
        modified, changed = status.st_mtime_ns, status.st_ctime_ns
        look = b"%d %d %d %d %d " % (status.st_size, modified, changed, status.st_ino, status.st_dev)
        return look + digest(Path(path).read_bytes()) if max(modified, changed) > settled else look
    except OSError:
        return b"none"


def _units_at(instant: datetime, tree: SiteTree) -> dict[str, Unit] | None:
    """The units of the shown tree, put into the one behind, with another minute in those that tell it."""
    units: dict[str, Unit] = {}
    for name, unit in tree.shown_units.items():
        steady = unit.files
        if unit.turning:
            steady = {path: mark for path, mark in unit.files.items() if path not in unit.turning}
        if not tree.taken(replace(unit, files=steady) if unit.turning else unit):
            return None
        if unit.turning:
            made_from = digest(unit.made_from, instant.isoformat().encode())
            files = (
                NewFile(path, at_minute(data, instant), turning=data) for path, data in unit.turning.items()
            )
            made = tree.made(name, made_from, files)
            units[name] = replace(unit, made_from=made_from, files={**steady, **made.files})
        else:
            units[name] = unit
    return units


def opened_tree(store: Store, folder: Path, out: Path, moment: int) -> SiteTree:
    """The tree behind, with all that is known of both."""
    shown = out if out.is_dir() else None
    known: dict[bytes, dict[str, Unit]] = {}
    return SiteTree(
        folder=folder,
        moment=moment,
        found=files_in(folder),
        units=units_of(store, folder, known),
        shown=shown,
        shown_units={} if shown is None else units_of(store, shown, known),
    )


def units_of(store: Store, tree: Path, known: dict[bytes, dict[str, Unit]] | None = None) -> dict[str, Unit]:
    """What is known of a tree. ``known``: as with :meth:`Store.every`."""
    groups = store.every(tree_name(tree), dict[str, Unit], known)
    return {name: unit for group in groups.values() for name, unit in group.items()}


def remember(store: Store, tree: SiteTree, units: Units) -> None:
    """Keep what the tree now has. It is true of the tree wherever it stands, so a kill hereafter does no harm; one
    before leaves files that no unit vouches for, and they are written again."""
    before = _grouped(tree.units)
    changed = (
        Entry(name=group, made_from=b"", value=own)
        for group, own in _grouped(units).items()
        if before[group] != own or not tree.units
    )
    with suppress(sqlite3.Error):
        store.put(tree_name(tree.folder), changed)


def _grouped(units: Units) -> Mapping[str, dict[str, Unit]]:
    """Units in groups by their names, so that few entries hold them and few change."""
    found: dict[str, dict[str, Unit]] = {f"{number:02x}": {} for number in range(_GROUPS)}
    for name, unit in units.items():
        found[f"{crc32(name.encode()) % _GROUPS:02x}"][name] = unit
    return found
