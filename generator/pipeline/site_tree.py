"""两棵树 (site trees): the tree that is being brought up to date, beside the one that is shown.

Files come in units: all that is made from one thing, such as a record's page and its document, or one list. Of each
unit a tree knows what it was made from and how its files looked (:class:`Unit`). A unit that the tree behind has as it
should be is left alone; one that the shown tree has is linked from there; any other is written. What no unit names is
removed. A file is written aside and renamed, so that its twin in the other tree never changes.

A file bears the instant of the build that wrote it: web servers, and whoever copies the site elsewhere, see at once
what changed and what did not.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generator.public.open_day import Place
from generator.public.sitemap_entry import SitemapEntry
from generator.system.hashing import digest

if TYPE_CHECKING:
    from generator.audit import Searched
    from generator.pipeline.dated_pages import DayTold

_ASIDE = ".yy-new-"
_PUBLIC = 0o666
"""As the user's mask allows."""
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_BY_NUMBER = os.utime in os.supports_fd
"""Whether a file that is open need not be found by its name once more."""


class FileMark(NamedTuple):
    """文件的样子: while none of these has changed, nobody has written to the file."""

    size: int
    modified: int
    """Nanoseconds."""
    number: int
    """The inode."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """一组文件: what they were made from, and the mark of each by its path from the root."""

    made_from: bytes
    files: dict[str, FileMark]
    pages: tuple[SitemapEntry | None, ...] = ()
    """What the sitemap says of each of its pages; None where no search engine may find it."""
    pieces: dict[str, tuple[tuple[bytes, int, int], ...]] = field(default_factory=dict)
    """Of files that are put together from pieces: what each was made from, where it begins, and its length. In the
    database that is its first row and their number."""
    turning: dict[str, bytes] = field(default_factory=dict)
    """Those of its files that tell the minute, with that left open (:mod:`generator.public.open_minute`)."""
    steady: bytes = b""
    """What they were made from but for the day, if that is all that may turn by itself."""
    dated: dict[str, tuple[Place, ...]] = field(default_factory=dict)
    """Where its files tell the day, if it has a ``steady``."""
    cleared: bytes | None = None
    """What the audit said of its files when it found nothing in them (``AuditReport.clean``)."""


Units = Mapping[str, Unit]


class NewFile(NamedTuple):
    """要写的文件: a file that lies elsewhere is moved. ``pages``: what the sitemap says, if it is a page. ``turning``: the
    same with the minute left open, if it tells the minute."""

    path: str
    data: bytes | Path
    pages: tuple[SitemapEntry | None, ...] = ()
    turning: bytes | None = None
    places: tuple[Place, ...] = ()
    """Where it tells the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteTree:
    """一棵树 that is being filled. Can be sent to a worker; each call says what it did, and nothing else remembers it.

    ``found`` are the files that stood in ``folder`` before; ``units`` those of its last build, none where nothing is
    known of it. ``shown`` and ``shown_units`` are the same of the tree that stands at the address. ``moment`` is the
    time of what is written now, in seconds.
    """

    folder: Path
    moment: int
    found: Mapping[str, FileMark] = field(default_factory=dict)
    units: Units = field(default_factory=dict)
    shown: Path | None = None
    shown_units: Units = field(default_factory=dict)
    searched: Searched | None = None
    """What was searched for in the shown tree."""

    def kept(self, name: str, made_from: bytes) -> Unit | None:
        """The unit, if either tree has it made from the same; from then on this one has it."""
        own, other = self.units.get(name), self.shown_units.get(name)
        if own is not None and own.made_from == made_from and self._stands(own):
            # Of a file that only this tree has, nobody knows whether it was audited for what is withheld now.
            same = other is not None and other.files == own.files
            return other if same else replace(own, cleared=None)
        if other is not None and other.made_from == made_from and self._linked(other):
            return other
        return None

    def taken(self, unit: Unit) -> bool:
        """Whether this tree has the files of a unit as the shown one has them; what it lacks is linked from there."""
        return self._stands(unit) or self._linked(unit)

    def made(self, name: str, made_from: bytes, files: Iterable[NewFile], steady: bytes = b"") -> Unit:
        """Write the files of a unit; one that comes out as the shown tree has it is linked from there. ``steady``: what
        they were made from but for the day."""
        before = self.shown_units.get(name)
        marks: dict[str, FileMark] = {}
        pages: list[SitemapEntry | None] = []
        turning: dict[str, bytes] = {}
        dated: dict[str, tuple[Place, ...]] = {}
        for path, data, entries, left_open, places in files:
            same = None if before is None else self._same(path, data, before)
            marks[path] = same or self._written(path, data)
            pages += entries
            if left_open is not None:
                turning[path] = left_open
            if steady:
                dated[path] = places
        return Unit(
            made_from=made_from,
            files=marks,
            pages=tuple(pages),
            turning=turning,
            steady=steady,
            dated=dated,
        )

    def with_day(
        self, name: str, made_from: bytes, steady: bytes, day_of: Callable[[str], DayTold]
    ) -> Unit | None:
        """The unit, if either tree has it of another day, written with what ``day_of`` a path tells in its place."""
        for unit, base in ((self.shown_units.get(name), self.shown), (self.units.get(name), self.folder)):
            if unit is None or base is None or unit.steady != steady or unit.turning:
                continue
            files: list[NewFile] = []
            for path, mark in unit.files.items():
                data = _read_as_marked(base / path, mark)
                if data is None:
                    break
                data, places = day_of(path).instead(data, unit.dated[path])
                files.append(NewFile(path, data, places=places))
            else:
                return replace(self.made(name, made_from, files, steady), pages=unit.pages)
        return None

    def put(self, path: str, data: bytes) -> Unit:
        """A file that is a unit by itself, made from its own bytes."""
        made_from = digest(data)
        return self.kept(path, made_from) or self.made(path, made_from, [NewFile(path, data)])

    def settle(self, units: Units) -> int:
        """Remove what no unit names, and folders that are empty then; the number of files that stay. Folders bear
        the instant of the build too, so that none tells at which hour of staff's clock it was made."""
        named = {path: mark for unit in units.values() for path, mark in unit.files.items()}
        touched = {path.rpartition("/")[0] for path, mark in named.items() if self.found.get(path) != mark}
        for path in self.found.keys() - named.keys():
            (self.folder / path).unlink(missing_ok=True)
            touched.add(path.rpartition("/")[0])
        for below in sorted(_with_parents(touched), key=len, reverse=True):
            folder = self.folder / below
            with suppress(OSError):
                folder.rmdir()  # if nothing is left in it
            with suppress(FileNotFoundError):
                os.utime(folder, (self.moment, self.moment))
        return len(named)

    def _stands(self, unit: Unit) -> bool:
        return all(self.found.get(path) == mark for path, mark in unit.files.items())

    def _linked(self, unit: Unit) -> bool:
        """Link the files from the shown tree, if they are all still as they were made."""
        if self.shown is None:
            return False
        try:
            for path, mark in unit.files.items():
                if self.found.get(path) == mark:
                    continue
                source, target = self.shown / path, self.folder / path
                if mark_of(source.lstat()) != mark:
                    return False
                if path not in self.found:
                    _make_folder(target)
                    with suppress(FileExistsError):  # asked for before
                        os.link(source, target)
                        continue
                aside = _aside(target)
                os.link(source, aside)
                aside.replace(target)
                aside.unlink(missing_ok=True)  # where both were one file already, nothing was renamed
        except OSError:
            return False  # what was linked by then is written again: aside, so that the twin stays as it is
        return True

    def _same(self, path: str, data: bytes | Path, before: Unit) -> FileMark | None:
        """The file as the shown tree has it, linked, if it says the same."""
        mark = before.files.get(path)
        if mark is None or self.shown is None or not isinstance(data, bytes) or mark.size != len(data):
            return None
        one = Unit(made_from=before.made_from, files={path: mark})
        try:
            same = (self.shown / path).read_bytes() == data
        except OSError:
            return None
        return mark if same and self._linked(one) else None

    def _written(self, path: str, data: bytes | Path) -> FileMark:
        target = self.folder / path
        if path not in self.found:
            with suppress(FileExistsError):  # linked before the unit turned out to be changed
                try:
                    return self._new_file(target, data)
                except FileNotFoundError:  # the first of its folder
                    _make_folder(target)
                return self._new_file(target, data)
        aside = _aside(target)
        mark = self._new_file(aside, data)
        aside.replace(target)
        return mark

    def _new_file(self, target: Path, data: bytes | Path) -> FileMark:
        if isinstance(data, Path):
            with data.open("rb") as source, target.open("xb") as moved:
                shutil.copyfileobj(source, moved)
            data.unlink()
            os.utime(target, (self.moment, self.moment))
            return mark_of(target.lstat())
        number = os.open(target, _WRITE, _PUBLIC)
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(number, rest) :]
            if _BY_NUMBER:
                os.utime(number, (self.moment, self.moment))
                return mark_of(os.fstat(number))
        finally:
            os.close(number)
        os.utime(target, (self.moment, self.moment))
        return mark_of(target.lstat())


def _with_parents(folders: Iterable[str]) -> set[str]:
    found = {""}
    for below in folders:
        while below not in found:
            found.add(below)
            below = below.rpartition("/")[0]
    return found


def files_in(folder: Path) -> dict[str, FileMark]:
    """Every file below ``folder`` with its mark. What is neither file nor folder is no part of a site, nor is a folder
    without a file, whose name somebody could read: they are removed."""
    found: dict[str, FileMark] = {}
    base, pending = f"{folder}{os.sep}", [""]
    folders: list[str] = []
    filled: list[str] = []
    while pending:
        below = pending.pop()
        folders.append(below)
        before = len(found)
        with os.scandir(base + below) as entries:
            for entry in entries:
                name = below + entry.name
                if entry.is_dir(follow_symlinks=False):
                    pending.append(f"{name}/")
                elif entry.is_file(follow_symlinks=False):
                    found[name] = mark_of(entry.stat(follow_symlinks=False))
                else:
                    os.unlink(entry.path)  # noqa: PTH108  # of an entry
        if len(found) > before:
            filled.append(below.rstrip("/"))
    kept = _with_parents(filled)
    for below in reversed(folders):  # those within a folder come after it
        if below and below.rstrip("/") not in kept:
            os.rmdir(base + below)  # noqa: PTH106  # as above
    return found


def mark_of(status: os.stat_result) -> FileMark:
    """The mark of a file, by its status."""
    return FileMark(status.st_size, status.st_mtime_ns, status.st_ino)


def tree_name(folder: Path) -> str:
    """Under which the store has the units of a tree: they stay its own when it is renamed."""
    status = folder.stat()
    return f"tree-{status.st_dev:x}-{status.st_ino:x}"


def _read_as_marked(path: Path, mark: FileMark) -> bytes | None:
    """What a file holds; None if somebody has written to it."""
    try:
        return path.read_bytes() if mark_of(path.lstat()) == mark else None
    except OSError:
        return None


def _aside(target: Path) -> Path:
    aside = target.with_name(_ASIDE + target.name)
    aside.unlink(missing_ok=True)
    return aside


def _make_folder(target: Path) -> None:
    try:
        target.parent.mkdir()
    except FileExistsError:
        return
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
