"""证明文件 (proof bundle): one zip that proves what was published of one record, to be checked without the site.

It holds the record as published (``record.json``), the proof of its events, the checkpoint and the changes of key, and
the same once more as plain files for whoever checks by hand (``说明.txt`` says how). The same proof gives the same
bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from generator.catalogue import wording
from generator.pages.record_in_log import event_words
from generator.pages.templating import cn_moment
from generator.public.json_text import canonical
from generator.public.logged_record import Seen
from generator.publication_log.publication_event import Event, logged_document, told_as
from generator.publication_log.publication_ledger import KeyEvent
from generator.publication_log.record_proof import (
    LARGEST,
    BadProofError,
    EventProof,
    RecordProof,
    key_entries,
    read_key_entries,
)
from generator.publication_log.sightings import read_observations, seen_in_period
from generator.publication_log.signed_note import Checkpoint, Note, Verifier

RECORD, PROOF, KEYS, README, SEEN = "record.json", "proof.json", "keys.json", "说明.txt", "seen.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """证明文件. ``record`` are the bytes of the canonical document; None where only a proof was handed in.
    ``keys`` are all changes of key, oldest first; none where nothing is signed or only a proof was handed in."""

    proof: RecordProof
    record: bytes | None = None
    keys: tuple[EventProof, ...] = ()
    timestamps: tuple[tuple[str, bytes], ...] = ()
    """Answers of timestamp authorities over the text of the checkpoint, with their names."""
    seen: bytes = b""
    """What observers saw of the record, a signed line each."""

    @property
    def checkpoint(self) -> Checkpoint:
        """The state of the log that all of it leads to."""
        return Checkpoint.parse(self.proof.note.text)

    def sightings(self) -> Seen | None:
        """目击小结 of a notice's period; None of a record without one."""
        events = [item.event for item in self.proof.events if isinstance(item.event, Event)]
        return seen_in_period(events, read_observations(self.seen)[0], self.checkpoint.origin)

    @property
    def key(self) -> Verifier | None:
        """The key that signed at the checkpoint, by the changes of key in the bundle."""
        events = [item.event for item in self.keys]
        return events[-1].key if events and isinstance(events[-1], KeyEvent) else None


def make_bundle(bundle: Bundle, document: Mapping[str, Any]) -> bytes:
    """The zip of a bundle, with the record's ``document``."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as made:
        for name, data in _files(bundle, canonical(logged_document(document))):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_STORED
            made.writestr(entry, data)
    return archive.getvalue()


def read_bundle(data: bytes) -> Bundle:
    """Read a zip, or the bare ``proof`` that a site serves. Raises :class:`BadProofError`."""
    if not data.startswith(b"PK"):
        return Bundle(proof=RecordProof.parse(data))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            held = {
                item.filename: archive.read(item)
                for item in archive.infolist()[:1000]
                if item.file_size <= LARGEST
            }
        _, keys = read_key_entries(held[KEYS])
        return Bundle(
            proof=RecordProof.parse(held[PROOF]),
            record=held[RECORD],
            keys=keys,
            timestamps=tuple((name, answer) for name, answer in held.items() if name.endswith(".tsr")),
            seen=held.get(SEEN, b""),
        )
    except (KeyError, zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError):
        raise BadProofError("no proof") from None


def _files(bundle: Bundle, record: bytes) -> Iterator[tuple[str, bytes]]:
    proof, checkpoint = bundle.proof, bundle.checkpoint
    yield README, _readme(bundle).encode()
    yield RECORD, record
    yield PROOF, proof.written()
    yield KEYS, canonical(key_entries(checkpoint.origin, bundle.keys)) + b"\n"
    yield "checkpoint", str(proof.note).encode()
    yield "checkpoint.txt", proof.note.text.encode()
    for number, item in enumerate(proof.events, 1):
        yield f"events/{number}.json", canonical(item.event.as_json())
        yield f"events/{number}.salt", item.salt
        yield f"events/{number}.path", path_lines(item, checkpoint.size).encode()
    key = bundle.key
    signature = None if key is None else _signature(proof.note, key)
    if key is not None and signature is not None:
        yield "checkpoint.sig", signature
        yield "key.pem", _pem(key)
    yield from bundle.timestamps
    if bundle.seen:
        yield SEEN, bundle.seen


def path_lines(item: EventProof, size: int) -> str:
    """路径 for checking by hand: a line a step, the hash in hexadecimal after the side on which it stands."""
    lines = []
    number, last = item.index, size - 1
    steps = iter(item.path)
    while last:
        if number & 1 or number < last:
            lines.append(f"{'L' if number & 1 else 'R'} {next(steps).hex().upper()}\n")
        number, last = number >> 1, last >> 1
    return "".join(lines)


def _readme(bundle: Bundle) -> str:
    words: Any = wording("proof")
    first = bundle.proof.events[0].event
    assert isinstance(first, Event)
    key = bundle.key
    text: str = words["readme"].format(
        id=first.state.id,
        path=first.state.path,
        origin=bundle.checkpoint.origin,
        size=bundle.checkpoint.size,
        events=event_lines(bundle.proof.events, words),
        signed=words["unsigned"] if key is None else words["signed"].format(key=key),
        seen=seen_words(bundle, words),
        timestamps=words["timestamps"] if bundle.timestamps else "",
        by_hand=words["by_hand"],
        by_hand_key="" if key is None else words["by_hand_key"],
    )
    return text


def seen_words(bundle: Bundle, words: Any) -> str:
    """目击 in words: how often it was seen and the longest gap, or that nobody handed anything in."""
    found = bundle.sightings()
    if found is None or not found.times:
        return str(words["not_seen"])
    return str(words["seen"].format(times=found.times, observers=found.observers, hours=found.hours))


def event_lines(events: Sequence[EventProof], words: Any) -> str:
    """事件 in words, a line each."""
    told = [item.event for item in events if isinstance(item.event, Event)]
    return "\n".join(
        words["event"].format(
            number=number,
            at=cn_moment(datetime.fromisoformat(event.at)),
            name=event_words(told_as(event, before), event.state.ending),
            last=words["last_day"].format(day=event.state.closes_on) if event.state.closes_on else "",
        )
        for number, (before, event) in enumerate(pairwise((None, *told)), 1)
        if event is not None
    )


def _signature(note: Note, key: Verifier) -> bytes | None:
    own = (item for item in note.signatures if (item.name, item.key_id) == (key.name, key.key_id))
    return next((item.payload for item in own), None)


def _pem(key: Verifier) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    public = Ed25519PublicKey.from_public_bytes(key.key)
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
