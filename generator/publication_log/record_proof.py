"""证明 (proofs): events of one record with their salts, and that they stand in the log of a checkpoint.

Written as canonical JSON, the same bytes for the same proof::

    {"checkpoint": "yiyong.example/log\\n18\\n…\\n\\n— …", "events": [
      {"event": {…}, "index": 12, "path": ["…", "…"], "salt": "…"},
      {"event": {…}, "index": 17, "path": ["…"], "salt": "…", "shared": 1}], "record": {…}}

What all events say alike stands once, in ``record``: an event is that and its own. A path ends like the one before it,
in its last ``shared`` steps, which are not written again. A proof that writes all of it out is read as well.
"""

from __future__ import annotations

import itertools
import json
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.public.json_text import canonical
from generator.publication_log.merkle_tree import leaf_hash, root_by_inclusion
from generator.publication_log.publication_ledger import AnyEvent, event_from_json, leaf_of
from generator.publication_log.signed_note import BadNoteError, Note, from_base64

LARGEST = 1024 * 1024
"""Bytes of a proof that is read; the longest history of a record has some dozens of events of 2 KB."""


class BadProofError(ValueError):
    """不是证明: the file has another form."""


@dataclass(frozen=True, slots=True)
class EventProof:
    """一个事件的证明: its number in the log from 0, its salt, and the path from its leaf to the root."""

    index: int
    event: AnyEvent
    salt: bytes
    path: tuple[bytes, ...]

    @property
    def leaf(self) -> bytes:
        """Entry of the log."""
        return leaf_of(self.salt, self.event)

    def root(self, size: int) -> bytes | None:
        """Root to which the path leads in a log of ``size`` events; None where it cannot."""
        return root_by_inclusion(leaf_hash(self.leaf), self.index, size, self.path)

    def as_json(self) -> dict[str, Any]:
        """The object in the file."""
        return {
            "event": self.event.as_json(),
            "index": self.index,
            "path": [b64encode(step).decode() for step in self.path],
            "salt": b64encode(self.salt).decode(),
        }

    @classmethod
    def from_json(cls, tree: Any) -> EventProof:
        """Read one. Raises ``TypeError``, ``KeyError`` or ``ValueError``."""
        path = tuple(from_base64(step) for step in tree["path"])
        salt = from_base64(tree["salt"])
        if type(tree["index"]) is not int or any(len(step) != 32 for step in (*path, salt)):
            raise TypeError("a field of another type")
        return cls(tree["index"], event_from_json(tree["event"]), salt, path)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordProof:
    """一件记录的证明: its events, oldest first, and the checkpoint of the log that holds them."""

    note: Note
    events: tuple[EventProof, ...]

    def written(self) -> bytes:
        """The file."""
        whole = [event.as_json() for event in self.events]
        alike = _alike([item["event"] for item in whole])
        before: list[str] = []
        for item in whole:
            path = item["path"]
            shared = _length_of_common_end(before, path)
            before = path
            item["event"] = {key: value for key, value in item["event"].items() if key not in alike}
            item["path"] = path[: len(path) - shared]
            if shared:
                item["shared"] = shared
        return canonical({"checkpoint": str(self.note), "events": whole, "record": alike}) + b"\n"

    @classmethod
    def parse(cls, data: bytes) -> RecordProof:
        """Read a proof. Raises :class:`BadProofError`."""
        try:
            if len(data) > LARGEST:
                raise ValueError("too long")
            tree = json.loads(data)
            events = tuple(map(EventProof.from_json, _whole(tree["events"], tree.get("record", {}))))
            return cls(note=Note.parse(tree["checkpoint"]), events=events)
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError, BadNoteError):
            raise BadProofError("no proof") from None


def _alike(events: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What all ``events`` say alike; nothing of a single one, which is written whole."""
    if len(events) < 2:
        return {}
    first, *others = events
    return {
        key: value
        for key, value in first.items()
        if all(key in event and event[key] == value for event in others)
    }


def _length_of_common_end(one: Sequence[str], other: Sequence[str]) -> int:
    pairs = zip(reversed(one), reversed(other), strict=False)
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))


def _whole(items: Sequence[Any], alike: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The events of a proof with what they have in common. Raises ``TypeError``, ``KeyError`` or ``ValueError``."""
    before: list[Any] = []
    for item in items:
        shared = item.get("shared", 0)
        if type(shared) is not int or not 0 <= shared <= len(before):
            raise TypeError("a field of another type")
        before = [*item["path"], *before[len(before) - shared :]]
        yield {**item, "event": {**alike, **item["event"]}, "path": before}


def key_entries(origin: str, keys: Sequence[EventProof]) -> dict[str, Any]:
    """公钥文件 (``log/keys``): every change of key with its proof; an empty list says that nothing is signed."""
    return {"origin": origin, "keys": [key.as_json() for key in keys]}


def read_key_entries(data: bytes) -> tuple[str, tuple[EventProof, ...]]:
    """Read ``log/keys`` as (name of the log, changes of key). Raises :class:`BadProofError`."""
    try:
        tree = json.loads(data)
        return str(tree["origin"]), tuple(EventProof.from_json(item) for item in tree["keys"])
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        raise BadProofError("no keys") from None
