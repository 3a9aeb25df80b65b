"""存储 (store): the work done on each record, in one private SQLite file.

An entry is found by its kind and name. It is good only if a digest of everything it depends on still matches, and if
the build's instant lies in the span for which the entry holds. A build that keeps nothing has a store in its temporary
folder; a shard fills a store; a merge reads the shards' stores beside its own.

Somebody who can write into such a file still cannot make this software run anything: values are typed MessagePack
(:mod:`generator.system.packing`) behind their own digest, and SQLite is told to trust no schema.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from generator.system.hashing import DIGEST_SIZE, digest
from generator.system.packing import UnreadableError, pack, unpack

RECORDS = "records.sqlite"
"""Name of the file."""
FORM = (
    "CREATE TABLE entry (kind TEXT NOT NULL, name TEXT NOT NULL, made_from BLOB NOT NULL,"
    " holds_from INTEGER NOT NULL, holds_until INTEGER NOT NULL, value BLOB NOT NULL,"
    " PRIMARY KEY (kind, name))"
)
"""With row numbers, so that SQLite has the names by themselves and finds one without reading the values."""
_OWNER_ONLY = 0o600
_MOST_NAMES = 500
"""Names in one question: SQLite bounds the number of parameters."""
_PATIENCE = 60
"""Seconds for which a worker waits for another that is writing."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

T = TypeVar("T")

Span = tuple[datetime, datetime]
"""一段时间: from (inclusive), until (exclusive)."""
ALWAYS: Span = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))

_Row = tuple[str, str, bytes, int, int, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """一条: ``value`` is kept under ``name``, for as long as it ``holds``, for what was made from the same."""

    name: str
    made_from: bytes
    value: object
    holds: Span = ALWAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """存储. ``lasting``: a later build reads it too. ``beside`` are stores that are only read, of kinds that shards
    make; what is found there is taken over. ``untouched``: nobody has written to the file since a build closed it. Can
    be sent to a worker: each call opens the file anew."""

    path: Path
    lasting: bool
    beside: tuple[Path, ...] = ()
    untouched: bool = False

    def find(
        self, kind: str, wanted: Mapping[str, bytes], of_type: type[T], as_of: datetime | None = None
    ) -> dict[str, T]:
        """Values by name, of those names in ``wanted`` whose entry was made from the same, and holds at ``as_of``::

        store.find("pages", {"wuhan-2026-0007": key}, Produced)
        """
        found: dict[str, T] = {}
        for name, packed in self._matching(kind, wanted, as_of):
            with suppress(UnreadableError):  # of another type: it is worked out again
                found[name] = unpack(packed, of_type)
        return found

    def latest(self, kind: str, names: Sequence[str], of_type: type[T]) -> dict[str, T]:
        """Values by name, whatever they were made from and whenever they hold."""
        found: dict[str, T] = {}
        for row in _rows(self.path, kind, names, None):
            with suppress(UnreadableError):
                found[row[1]] = _read(row[5], of_type)
        return found

    def move(self, kind: str, to: str, names: Iterable[str]) -> None:
        """Let entries of ``kind`` with these names take the place of those of kind ``to``; the others are forgotten."""
        self.keep_only(kind, names)
        with closing(_connect(self.path)) as connection, connection:
            connection.execute("UPDATE OR REPLACE entry SET kind = ? WHERE kind = ?", (to, kind))

    def copy(self, kind: str, name: str, to: str) -> None:
        """Let the entry of ``name`` stand under the name ``to`` as well."""
        copied = (
            "INSERT OR REPLACE INTO entry SELECT kind, ?, made_from, holds_from, holds_until, value"
            " FROM entry WHERE kind = ? AND name = ?"
        )
        with closing(_connect(self.path)) as connection, connection:
            connection.execute(copied, (to, kind, name))

    def whole(
        self, kind: str, wanted: Mapping[str, bytes], of_type: type[T], as_of: datetime | None = None
    ) -> set[str]:
        """Names of which :meth:`find` would have a value: for who will read it later."""
        if self.untouched and not self.beside:  # nothing is damaged, so no value need be read
            rows = _rows(self.path, kind, [*wanted], as_of, value="x''")
            return {row[1] for row in rows if wanted[row[1]] == row[2]}
        found: set[str] = set()
        for name, packed in self._matching(kind, wanted, as_of):
            with suppress(UnreadableError):
                unpack(packed, of_type)
                found.add(name)
        return found

    def _matching(
        self, kind: str, wanted: Mapping[str, bytes], as_of: datetime | None
    ) -> Iterator[tuple[str, bytes]]:
        """(name, packed value) of every entry that is wanted and whole, each name once."""
        seen: set[str] = set()
        for path in (self.path, *self.beside):
            foreign: list[_Row] = []
            for row in _rows(path, kind, [name for name in wanted if name not in seen], as_of):
                name, made_from, value = row[1], row[2], row[5]
                if wanted[name] != made_from or value[:DIGEST_SIZE] != digest(value[DIGEST_SIZE:]):
                    continue  # made from something else, or damaged
                seen.add(name)
                if path != self.path:
                    foreign.append(row)
                yield name, value[DIGEST_SIZE:]
            self._write(foreign)

    def every(self, kind: str, of_type: type[T], known: dict[bytes, T] | None = None) -> dict[str, T]:
        """All values of a kind, by name; damaged ones are not there. ``known`` has values that were read before, by their
        bytes, and gets those that are read now: kinds that hold much of the same are read in half the time."""
        found: dict[str, T] = {}
        read = {} if known is None else known
        for name, value in _ask(self.path, "SELECT name, value FROM entry WHERE kind = ?", (kind,)):
            if isinstance(name, str) and isinstance(value, bytes):
                with suppress(UnreadableError):
                    if value not in read:
                        read[value] = _read(value, of_type)
                    found[name] = read[value]
        return found

    def put(self, kind: str, entries: Iterable[Entry]) -> None:
        """Keep ``entries`` in place of the old ones of their names: all of them, or none.

        Raises ``UnicodeEncodeError`` for half a character and ``sqlite3.Error`` where there is no room.
        """
        rows: list[_Row] = []
        for entry in entries:
            value = pack(entry.value)
            span = _microseconds(entry.holds[0]), _microseconds(entry.holds[1])
            rows.append((kind, entry.name, entry.made_from, *span, digest(value) + value))
        self._write(rows)

    def keep_only(self, kind: str, names: Iterable[str]) -> None:
        """Forget every entry of ``kind`` that is not among ``names``."""
        known = {name for (name,) in _ask(self.path, "SELECT name FROM entry WHERE kind = ?", (kind,))}
        gone = [(kind, name) for name in known.difference(names)]
        if gone:
            with closing(_connect(self.path)) as connection, connection:
                connection.executemany("DELETE FROM entry WHERE kind = ? AND name = ?", gone)

    def keep_kinds(self, beginning: str, kinds: Iterable[str]) -> None:
        """Forget every kind whose name has this beginning and is not among ``kinds``."""
        wanted = set(kinds)
        question = "SELECT DISTINCT kind FROM entry WHERE kind >= ? AND kind < ?"
        gone = [
            (kind,)
            for (kind,) in _ask(self.path, question, (beginning, beginning + "\U0010ffff"))
            if kind not in wanted
        ]
        if gone:
            with closing(_connect(self.path)) as connection, connection:
                connection.executemany("DELETE FROM entry WHERE kind = ?", gone)

    def _write(self, rows: Sequence[_Row]) -> None:
        if not rows:
            return
        with closing(_connect(self.path)) as connection, connection:
            if not self.lasting:
                connection.execute("PRAGMA synchronous = OFF")
            connection.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?, ?)", rows)


def temporary_store(folder: Path) -> Store:
    """A new store in a private temporary folder, for a build that leaves nothing behind."""
    _make(folder / RECORDS)
    return Store(path=folder / RECORDS, lasting=False)


def make_sound(path: Path) -> None:
    """Make sure that a store lies at ``path``: the one there if it is whole and of this version, else an empty one."""
    if not is_sound(path):
        _make(path)


def is_sound(path: Path) -> bool:
    """Whether ``path`` is a store of this version, and whole."""
    if path.is_symlink() or not path.is_file():
        return False
    try:
        with closing(_connect(path)) as connection:
            tables = connection.execute("SELECT sql FROM sqlite_schema").fetchall()
            return tables == [(FORM,), (None,)] and connection.execute(
                "PRAGMA quick_check(1)"
            ).fetchone() == ("ok",)
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False


def each(path: Path, kind: str, of_type: type[T]) -> Iterator[tuple[str, T]]:
    """Every entry of a kind in the store at ``path``, one at a time in memory. Raises
    :class:`~generator.system.packing.UnreadableError` for one that is no ``of_type``."""
    for name, value in _ask(path, "SELECT name, value FROM entry WHERE kind = ? ORDER BY name", (kind,)):
        if not isinstance(name, str) or not isinstance(value, bytes):
            raise UnreadableError("not an entry")
        yield name, _read(value, of_type)


def _make(path: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    path.touch(_OWNER_ONLY, exist_ok=False)
    with closing(_connect(path)) as connection, connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(FORM)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_PATIENCE)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA synchronous = NORMAL")
    return connection


def _ask(path: Path, question: str, values: Sequence[object]) -> Iterator[tuple[object, ...]]:
    try:
        with closing(_connect(path)) as connection:
            yield from connection.execute(question, values)
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return


def _rows(
    path: Path, kind: str, names: Sequence[str], as_of: datetime | None, value: str = "value"
) -> Iterator[_Row]:
    at = None if as_of is None else _microseconds(as_of)
    for start in range(0, len(names), _MOST_NAMES):
        some = names[start : start + _MOST_NAMES]
        question = (
            f"SELECT kind, name, made_from, holds_from, holds_until, {value} FROM entry"
            f" WHERE kind = ? AND name IN ({','.join('?' * len(some))})"
        )
        for row in _ask(path, question, (kind, *some)):
            match row:
                case (str(kept), str(name), bytes(made_from), int(since), int(until), bytes(found)):
                    if at is None or since <= at < until:
                        yield kept, name, made_from, since, until, found
                case _:
                    continue  # of another type than its column's: nothing of ours


def _read(value: bytes, of_type: type[T]) -> T:
    packed = value[DIGEST_SIZE:]
    if value[:DIGEST_SIZE] != digest(packed):
        raise UnreadableError("not whole")
    return unpack(packed, of_type)


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND
