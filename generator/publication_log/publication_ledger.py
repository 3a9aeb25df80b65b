"""公布台账 (ledger): ``registry/publications/``, one line an event, only ever added to.

``2026.jsonl`` holds the events of a year: ``{"event":{…},"leaf":"…","n":17,"prev":"…"}`` in canonical JSON. ``leaf`` is the
entry of the public log: SHA-256 over a random salt of 32 bytes and the canonical event. ``prev`` chains the line to all
lines before it. ``2026.salts.jsonl`` holds the salts and, for the office alone, marks of what the record told of its
people (``told``): so that it is known later what was withheld since. ``checkpoints.jsonl`` holds each state of the whole log that was
given out, signed or not.

When a record stops showing something, its salt, its marks and its event are deleted. The line keeps only its leaf, a hash that
tells nothing and leads to nobody. ``spent.jsonl`` keeps the numbers that no event mentions any more, so that none is
given out twice.
"""

from __future__ import annotations

import json
import os
import tempfile
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

from generator.public.context import PublicLog
from generator.public.json_text import canonical
from generator.publication_log.merkle_tree import Tree, grown, leaf_hash, root_of
from generator.publication_log.publication_event import Event
from generator.publication_log.signed_note import BadNoteError, Checkpoint, Note, Verifier, from_base64
from generator.source.model.published import instant

FOLDER = "registry/publications"
SALT_SIZE = 32
FIRST = bytes(32)
"""What the first line is tied to."""
_CHECKPOINTS = "checkpoints.jsonl"
_SPENT = "spent.jsonl"
_Salt = tuple[bytes, frozenset[str]]
"""A salt with the marks of what was told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyEvent:
    """更换密钥: from then on checkpoints carry the signature of ``key``; ``signature`` is the ``previous`` key's, or
    the first key's own, over the canonical event without it."""

    at: str
    key: Verifier
    previous: Verifier | None
    signature: bytes

    def signed_part(self) -> bytes:
        """What ``signature`` is over."""
        tree = self.as_json()
        del tree["signature"]
        return canonical(tree)

    def is_sound(self) -> bool:
        """Whether the previous key, or the first key itself, handed over."""
        return (self.previous or self.key).accepts(self.signed_part().decode(), self.signature)

    def as_json(self) -> dict[str, Any]:
        """The flat object whose canonical form is hashed."""
        return {
            "event": "key_changed",
            "at": self.at,
            "key": str(self.key),
            "previous": None if self.previous is None else str(self.previous),
            "signature": b64encode(self.signature).decode(),
        }

    @classmethod
    def from_json(cls, tree: Mapping[str, Any]) -> KeyEvent:
        """Read an event. Raises ``KeyError``, ``TypeError`` or :class:`BadNoteError`."""
        if set(tree) != {"event", "at", "key", "previous", "signature"}:
            raise TypeError("other fields")
        previous = tree["previous"]
        return cls(
            at=str(tree["at"]),
            key=Verifier.parse(tree["key"]),
            previous=None if previous is None else Verifier.parse(previous),
            signature=from_base64(tree["signature"]),
        )


AnyEvent = Event | KeyEvent


@dataclass(frozen=True, slots=True)
class Line:
    """台账的一行. ``event`` and ``salt`` are None once they were removed. ``year`` is that of its file. ``told`` are the marks
    (:func:`~generator.disclosure.told_of_people.telling`), no part of the leaf; none in a line of an older version."""

    year: int
    number: int
    prev: bytes
    leaf: bytes
    event: AnyEvent | None
    salt: bytes | None
    told: frozenset[str] = frozenset()

    @property
    def chain(self) -> bytes:
        """What the next line is tied to."""
        return sha256(self.prev + self.leaf).digest()

    def written(self) -> bytes:
        """The line in the file of its year."""
        tree: dict[str, Any] = {"leaf": _b64(self.leaf), "n": self.number, "prev": _b64(self.prev)}
        if self.event is not None:
            tree["event"] = self.event.as_json()
        return canonical(tree) + b"\n"

    def written_salt(self) -> bytes:
        """The line in the file of salts; none once it is removed."""
        if self.salt is None:
            return b""
        tree: dict[str, Any] = {"leaf": _b64(self.leaf), "salt": _b64(self.salt)}
        if self.told:
            tree["told"] = sorted(self.told)
        return canonical(tree) + b"\n"


@dataclass(frozen=True, slots=True)
class Spent:
    """用过的编号 that no event names any more. ``case`` is a hash that the same case gives again."""

    id: str
    case: str

    def written(self) -> bytes:
        """The line in the file."""
        return canonical({"case": self.case, "id": self.id}) + b"\n"


@dataclass(slots=True)
class Ledger:
    """台账 as it is read, sound from the first line to the last. ``checkpoints`` oldest first."""

    lines: list[Line] = field(default_factory=list)
    checkpoints: list[Note] = field(default_factory=list)
    spent: dict[str, Spent] = field(default_factory=dict)
    edge: list[bytes] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.lines)

    @property
    def size(self) -> int:
        """Number of events ever logged, removed ones counted."""
        return len(self.lines)

    @property
    def origin(self) -> str | None:
        """Name of the log; None before its first checkpoint."""
        return self.checkpoints[-1].text.partition("\n")[0] if self.checkpoints else None

    @property
    def last_at(self) -> str | None:
        """When the latest event that is still told happened: not always the last, once branches were merged."""
        return max((line.event.at for line in self.lines if line.event is not None), default=None)

    @property
    def key(self) -> Verifier | None:
        """The key that signs now; None while nothing is signed."""
        events = (line.event for line in reversed(self.lines))
        return next((event.key for event in events if isinstance(event, KeyEvent)), None)

    def tree(self) -> Tree:
        """The whole tree."""
        return Tree(leaf_hash(line.leaf) for line in self.lines)

    def by_record(self) -> dict[str, list[Line]]:
        """The lines of each record that still have their event, oldest first, by its id."""
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            if isinstance(line.event, Event):
                found.setdefault(line.event.id, []).append(line)
        return found

    def last_states(self) -> dict[str, Event]:
        """The newest event of each record, by its id."""
        return {line.event.id: line.event for line in self.lines if isinstance(line.event, Event)}

    def last_lines(self) -> dict[str, Line]:
        """The line of the newest event of each record, by its id."""
        return {line.event.id: line for line in self.lines if isinstance(line.event, Event)}

    def extended(
        self,
        events: Iterable[AnyEvent],
        salt: Callable[[], bytes],
        told: Mapping[str, frozenset[str]] = MappingProxyType({}),
    ) -> tuple[Ledger, list[Line]]:
        """The ledger with ``events`` more, and their lines. Costs what they cost, however long the ledger is. ``told``
        are the marks of the records, by their ids."""
        added: list[Line] = []
        prev = self.lines[-1].chain if self.lines else FIRST
        for event in events:
            grain = salt()
            line = Line(
                year=int(event.at[:4]),
                number=self.size + len(added),
                prev=prev,
                leaf=leaf_of(grain, event),
                event=event,
                salt=grain,
                told=told.get(event.id, frozenset()) if isinstance(event, Event) else frozenset(),
            )
            added.append(line)
            prev = line.chain
        edge = grown(self.edge, self.size, (leaf_hash(line.leaf) for line in added))
        longer = Ledger([*self.lines, *added], list(self.checkpoints), dict(self.spent), edge)
        return longer, added

    def sized_checkpoints(self) -> list[tuple[Note, int]]:
        """Each checkpoint with the number of events that it is over, oldest first."""
        return [(note, Checkpoint.parse(note.text).size) for note in self.checkpoints]

    def until(self, as_of: datetime) -> Ledger:
        """截至 ``as_of`` (inclusive): as it stood at its last checkpoint before anything that happened later.

        When a forgotten event happened nobody knows any more; it counts as what stands before it.
        """
        moment = instant(as_of)
        later = (n for n, line in enumerate(self.lines) if line.event is not None and line.event.at > moment)
        first = next(later, None)
        if first is None:
            return self
        kept = [(note, size) for note, size in self.sized_checkpoints() if size <= first]
        size = max((size for _, size in kept), default=0)
        return Ledger(
            self.lines[:size],
            [note for note, _ in kept],
            dict(self.spent),
            grown([], 0, (leaf_hash(line.leaf) for line in self.lines[:size])),
        )

    def checkpoint(self, origin: str) -> Note:
        """检查点 of the ledger as it is now, not signed."""
        return Note(Checkpoint(origin, self.size, root_of(self.edge)).text)

    def without(self, numbers: frozenset[int], spent: Iterable[Spent] = ()) -> Ledger:
        """The ledger after the events of these numbers, and their salts, were removed."""
        lines = [
            Line(line.year, line.number, line.prev, line.leaf, None, None) if line.number in numbers else line
            for line in self.lines
        ]
        used = self.spent | {item.id: item for item in spent}
        return Ledger(lines, list(self.checkpoints), used, list(self.edge))


def public_log(ledger: Ledger) -> PublicLog | None:
    """公布日志 as pages tell of it; None while nothing was logged."""
    if ledger.origin is None:
        return None
    key = ledger.key
    names = (item.name for item in ledger.checkpoints[-1].signatures)
    witnesses = tuple(dict.fromkeys(name for name in names if not name.startswith(ledger.origin)))
    return PublicLog(
        origin=ledger.origin, size=ledger.size, key=None if key is None else str(key), witnesses=witnesses
    )


def leaf_of(salt: bytes, event: AnyEvent) -> bytes:
    """日志的条目 (blinded leaf): SHA-256 over the salt and the canonical event."""
    return sha256(salt + canonical(event.as_json())).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerFault:
    """台账的一处毛病: the ``code`` of its diagnostic, the file and its line from 1."""

    code: str
    file: str
    line: int = 0
    terms: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerParts:
    """台账的各部分, each line sound by itself: events and checkpoints with their files and lines."""

    lines: tuple[tuple[Line, str, int], ...]
    notes: tuple[tuple[Note, int], ...]
    spent: tuple[Spent, ...]
    faults: tuple[LedgerFault, ...]


def read_parts(root: Path) -> LedgerParts:
    """The parts of the ledger of the project in ``root``, whether or not they hold together."""
    folder = root / FOLDER
    faults: list[LedgerFault] = []
    salts = {leaf: (salt, told) for leaf, salt, told in _salts(folder, faults)}
    return LedgerParts(
        lines=tuple(_lines(folder, salts, faults)),
        notes=tuple(_checkpoints(folder, faults)),
        spent=tuple(_spent(folder, faults)),
        faults=tuple(faults),
    )


def read_ledger(root: Path) -> tuple[Ledger, list[LedgerFault]]:
    """读台账 of the project in ``root``: what could be read, and whatever is wrong with it.

    With a fault the ledger ends before it: nothing is built on what does not hold together.
    """
    parts = read_parts(root)
    faults = list(parts.faults)
    lines: list[Line] = []
    prev = FIRST
    for line, file, number in parts.lines:
        fault = _fault_of(line, len(lines), prev, lines)
        if fault is not None:
            terms = {"n": str(line.number)}
            faults.append(LedgerFault(code=fault, file=file, line=number, terms=terms))
            break
        lines.append(line)
        prev = line.chain
    edge = grown([], 0, (leaf_hash(line.leaf) for line in lines))
    spent = {item.id: item for item in parts.spent}
    ledger = Ledger(lines, [note for note, _ in parts.notes], spent, edge)
    if not faults:
        faults += _check_notes(ledger, parts.notes)
    return ledger, faults


def _fault_of(line: Line, expected: int, prev: bytes, before: Sequence[Line]) -> str | None:
    if line.prev != prev:
        forked = any(other.prev == line.prev for other in before)
        return "PUB003" if forked else "PUB002"
    if line.number != expected:
        return "PUB002"
    if line.event is not None and line.salt is None:
        return "PUB005"
    if line.event is not None and line.salt is not None and leaf_of(line.salt, line.event) != line.leaf:
        return "PUB004"
    return None


def _check_notes(ledger: Ledger, notes: Sequence[tuple[Note, int]]) -> Iterator[LedgerFault]:
    """Every checkpoint given out must still be true, and the last one must be of the whole ledger."""
    tree = ledger.tree()
    file = f"{FOLDER}/{_CHECKPOINTS}"
    size = 0
    for note, number in notes:
        found = Checkpoint.parse(note.text)
        size = found.size
        terms = {"size": str(size), "lines": str(ledger.size)}
        if size > ledger.size or tree.root(size) != found.root:
            yield LedgerFault(code="PUB006", file=file, line=number, terms=terms)
            return
    if size != ledger.size:
        terms = {"size": str(size), "lines": str(ledger.size)}
        yield LedgerFault(code="PUB007", file=file, terms=terms)


def _lines(
    folder: Path, salts: Mapping[bytes, _Salt], faults: list[LedgerFault]
) -> Iterator[tuple[Line, str, int]]:
    for path in year_files(folder):
        for tree, file, number in _trees(path, faults):
            try:
                yield _line(tree, int(path.stem), salts), file, number
            except (TypeError, KeyError, ValueError):
                faults.append(LedgerFault(code="PUB001", file=file, line=number))
                return


def _line(tree: dict[str, Any], year: int, salts: Mapping[bytes, _Salt]) -> Line:
    if not {"leaf", "n", "prev"} <= set(tree) <= {"leaf", "n", "prev", "event"} or type(tree["n"]) is not int:
        raise TypeError("other fields")
    leaf = _hash(tree["leaf"])
    event = None if tree.get("event") is None else event_from_json(tree["event"])
    salt, told = (None, frozenset[str]()) if event is None else salts.get(leaf, (None, frozenset()))
    return Line(year, tree["n"], _hash(tree["prev"]), leaf, event, salt, told)


def event_from_json(tree: Any) -> AnyEvent:
    """Read an event of either kind. Raises ``TypeError``, ``KeyError`` or ``ValueError``."""
    if not isinstance(tree, dict):
        raise TypeError("no object")
    return KeyEvent.from_json(tree) if tree.get("event") == "key_changed" else Event.from_json(tree)


def _salts(folder: Path, faults: list[LedgerFault]) -> Iterator[tuple[bytes, bytes, frozenset[str]]]:
    for path in sorted(folder.glob("[0-9][0-9][0-9][0-9].salts.jsonl")):
        yield from _each(
            path,
            faults,
            lambda tree: (_hash(tree["leaf"]), _hash(tree["salt"]), _marks(tree.get("told", []))),
        )


def _marks(found: Any) -> frozenset[str]:
    if not isinstance(found, list) or not all(isinstance(mark, str) for mark in found):
        raise TypeError("no marks")
    return frozenset(found)


def _spent(folder: Path, faults: list[LedgerFault]) -> Iterator[Spent]:
    yield from _each(folder / _SPENT, faults, lambda tree: Spent(str(tree["id"]), str(tree["case"])))


def _checkpoints(folder: Path, faults: list[LedgerFault]) -> Iterator[tuple[Note, int]]:
    for tree, file, number in _trees(folder / _CHECKPOINTS, faults):
        try:
            note = Note.parse(tree["note"])
            Checkpoint.parse(note.text)
        except (TypeError, KeyError, AttributeError, BadNoteError):
            faults.append(LedgerFault(code="PUB001", file=file, line=number))
            return
        yield note, number


def _each(path: Path, faults: list[LedgerFault], read: Callable[[dict[str, Any]], Any]) -> Iterator[Any]:
    for tree, file, number in _trees(path, faults):
        try:
            made = read(tree)
        except (TypeError, KeyError, ValueError):
            faults.append(LedgerFault(code="PUB001", file=file, line=number))
            return
        yield made


def _trees(path: Path, faults: list[LedgerFault]) -> Iterator[tuple[dict[str, Any], str, int]]:
    """Objects of a file with its name and their lines; a line in another form than the canonical one is a fault."""
    if not path.is_file():
        return
    file = f"{FOLDER}/{path.name}"
    for number, line in enumerate(path.read_bytes().splitlines(keepends=True), 1):
        try:
            tree = json.loads(line)
            # A line that was cut off has no end of a line, and the next would be added to it.
            sound = isinstance(tree, dict) and canonical(tree) + b"\n" == line
        except ValueError:
            sound = False
        if not sound:
            code = "PUB003" if line.startswith((b"<<<<<<<", b"=======", b">>>>>>>")) else "PUB001"
            faults.append(LedgerFault(code=code, file=file, line=number, terms={"n": "—"}))
            return
        yield tree, file, number


def year_files(folder: Path) -> list[Path]:
    """The files of events, oldest first."""
    return sorted(folder.glob("[0-9][0-9][0-9][0-9].jsonl"))


def append_lines(root: Path, lines: Sequence[Line], note: Note) -> list[Path]:
    """追加 lines and the checkpoint over them; returns the files written to.

    Salts first: a salt without a line does no harm. The checkpoint last: without it the ledger says itself that it
    was left half way.
    """
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    years = sorted({line.year for line in lines})
    written = []
    for year in years:
        own = [line for line in lines if line.year == year]
        for name, data in (
            (f"{year}.salts.jsonl", b"".join(line.written_salt() for line in own)),
            (f"{year}.jsonl", b"".join(line.written() for line in own)),
        ):
            written.append(_append(folder / name, data))
    written.append(_append(folder / _CHECKPOINTS, canonical({"note": str(note)}) + b"\n"))
    return written


def rewrite(root: Path, ledger: Ledger) -> None:
    """重写 all files of the ledger: only to remove what must be forgotten, and to mend one that was forked."""
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for year in sorted({line.year for line in ledger.lines}):
        own = [line for line in ledger.lines if line.year == year]
        replaced(folder / f"{year}.jsonl", b"".join(line.written() for line in own))
        replaced(folder / f"{year}.salts.jsonl", b"".join(line.written_salt() for line in own))
    notes = b"".join(canonical({"note": str(note)}) + b"\n" for note in ledger.checkpoints)
    replaced(folder / _CHECKPOINTS, notes)
    if ledger.spent:
        replaced(folder / _SPENT, b"".join(ledger.spent[name].written() for name in sorted(ledger.spent)))


def _append(path: Path, data: bytes) -> Path:
    with path.open("ab") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return path


def replaced(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path`` in one step: whoever reads sees what stood there, or this."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    Path(temporary).chmod(0o644)
    Path(temporary).replace(path)


def _hash(text: Any) -> bytes:
    data = from_base64(text)
    if len(data) != 32:
        raise ValueError("no hash")
    return data


def _b64(data: bytes) -> str:
    return b64encode(data).decode()
