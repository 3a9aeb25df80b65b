"""核对证明 (proof check): what a bundle proves, offline, and against the log that a site serves now.

Every way in which a proof can be wrong has a message that says what it means. What is sound is told as statements,
which never claim more than was checked.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from generator.diagnostics import Diagnostic, Place, diagnose
from generator.publication_log.log_tiles import BadTileError, TiledTree
from generator.publication_log.proof_bundle import Bundle
from generator.publication_log.publication_event import Event, digest_of, logged_document, told_as
from generator.publication_log.publication_ledger import KeyEvent
from generator.publication_log.record_proof import BadProofError, EventProof, RecordProof, read_key_entries
from generator.publication_log.sightings import read_observations
from generator.publication_log.signed_note import BadNoteError, Checkpoint, Note, Verifier
from generator.publication_log.timestamps import BadTimestampError, timestamp_of

Fetch = Callable[[str], bytes | None]
"""Gives the bytes at a path from the root of a site; None where there is nothing."""


@dataclass(slots=True)
class Verdict:
    """核对结果. ``statements`` are keys of the staff wording ``log.statements`` with their values."""

    findings: list[Diagnostic] = field(default_factory=list)
    statements: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


def check_bundle(bundle: Bundle, name: str, trusted: Verifier | None = None) -> Verdict:
    """Check a bundle by itself. ``name`` is that of its file; ``trusted`` a key that is known from elsewhere."""
    place = Place(path=name)
    verdict = Verdict()
    findings = verdict.findings
    try:
        checkpoint = bundle.checkpoint
    except BadNoteError:
        findings.append(diagnose("PUB050", place))
        return verdict
    findings += check_events(bundle.proof.events, checkpoint, place)
    if bundle.record is not None:
        findings += _check_record(bundle.record, bundle.proof.events, place)
    findings += check_keys(bundle.keys, checkpoint, place)
    findings += _check_additions(bundle, place)
    if bundle.key is not None:
        findings += _check_signature(bundle.proof.note, bundle.key, trusted, place)
    elif trusted is not None:
        if not bundle.proof.note.is_signed_by(trusted):
            findings.append(diagnose("PUB058", place, terms={"key": str(trusted)}))
    elif bundle.record is not None:
        findings.append(diagnose("PUB057", place))
    if not findings or all(item.code == "PUB057" for item in findings):
        verdict.statements += _statements(bundle, checkpoint)
    return verdict


def check_events(events: Sequence[EventProof], checkpoint: Checkpoint, place: Place) -> Iterator[Diagnostic]:
    """Each event stands in the log of the checkpoint, all are of one record, in order, none left out between."""
    if not events:
        yield diagnose("PUB050", place)
    before: EventProof | None = None
    for number, item in enumerate(events, 1):
        terms = {"number": number, "index": item.index, "size": checkpoint.size}
        if item.index >= checkpoint.size:
            yield diagnose("PUB052", place, terms=terms)
        elif item.root(checkpoint.size) != checkpoint.root:
            yield diagnose("PUB051", place, terms=terms)
        if not isinstance(item.event, Event):
            yield diagnose("PUB054", place, terms=terms)
            continue
        if before is not None and isinstance(before.event, Event):
            if before.event.id != item.event.id:
                yield diagnose("PUB054", place, terms=terms)
            elif item.event.step != before.event.step + 1 or item.index <= before.index:
                yield diagnose("PUB053", place, terms=terms)
        before = item


def check_keys(keys: Sequence[EventProof], checkpoint: Checkpoint, place: Place) -> Iterator[Diagnostic]:
    """Each key was handed over by the one before it, and all that stands in the log of the checkpoint."""
    previous: Verifier | None = None
    for item in keys:
        event = item.event
        sound = (
            isinstance(event, KeyEvent)
            and event.previous == previous
            and event.is_sound()
            and item.index < checkpoint.size
            and item.root(checkpoint.size) == checkpoint.root
        )
        if not sound:
            yield diagnose("PUB056", place, terms={"index": item.index})
            return
        assert isinstance(event, KeyEvent)
        previous = event.key


def _check_record(record: bytes, events: Sequence[EventProof], place: Place) -> Iterator[Diagnostic]:
    last = events[-1].event if events else None
    if isinstance(last, Event) and b64encode(sha256(record).digest()).decode() != last.state.document:
        yield diagnose("PUB055", place)


def _check_additions(bundle: Bundle, place: Place) -> Iterator[Diagnostic]:
    """Timestamps are of this checkpoint, sightings signed by whom they name."""
    for name, answer in bundle.timestamps:
        try:
            timestamp_of(answer, bundle.proof.note.text.encode())
        except BadTimestampError:
            yield diagnose("PUB068", place, terms={"name": name})
    for number in read_observations(bundle.seen)[1]:
        yield diagnose("PUB067", place, terms={"number": number})


def _check_signature(
    note: Note, key: Verifier, trusted: Verifier | None, place: Place
) -> Iterator[Diagnostic]:
    if not note.is_signed_by(key):
        yield diagnose("PUB058", place, terms={"key": str(key)})
    if trusted is not None and trusted != key:
        yield diagnose("PUB059", place, terms={"key": str(key), "trusted": str(trusted)})


def _statements(bundle: Bundle, checkpoint: Checkpoint) -> Iterator[tuple[str, dict[str, Any]]]:
    events = [item.event for item in bundle.proof.events if isinstance(item.event, Event)]
    yield (
        "in_log",
        {"id": events[0].id, "count": len(events), "size": checkpoint.size, "origin": checkpoint.origin},
    )
    for before, event in zip((None, *events), events, strict=False):
        state = event.state
        told = {"event": told_as(event, before), "ending": state.ending, "path": state.path}
        yield "event", {**told, "at": event.at, "step": event.step}
    if events[0].step > 1:
        yield "earlier_gone", {"count": events[0].step - 1}
    if bundle.record is not None:
        yield "record", {"at": events[-1].at}
    if bundle.key is not None:
        yield "key", {"key": str(bundle.key)}
    found = bundle.sightings()
    if found is not None and found.times:
        yield "seen", {"times": found.times, "observers": found.observers, "hours": found.hours}
    text = bundle.proof.note.text.encode()
    for name, answer in bundle.timestamps:
        yield "timestamp", {"name": name, "at": timestamp_of(answer, text).isoformat()}


def check_site(bundle: Bundle, url: str, fetch: Fetch) -> Verdict:
    """Check a bundle that is sound by itself against the log that a site serves now."""
    place = Place(path=url)
    verdict = Verdict()
    old = bundle.checkpoint
    note, findings = site_note(fetch, place)
    verdict.findings += findings
    if note is None:
        return verdict
    new = Checkpoint.parse(note.text)
    if new.origin != old.origin:
        verdict.findings.append(diagnose("PUB060", place, terms={"site": new.origin, "file": old.origin}))
        return verdict
    verdict.findings += check_site_keys(bundle.key, note, fetch, place)
    verdict.findings += check_growth(old, new, fetch, place)
    if verdict.findings:
        return verdict
    verdict.statements.append(("site_log", {"old": old.size, "new": new.size}))
    verdict.findings += _check_record_on_site(bundle, fetch, place, verdict.statements)
    return verdict


def site_note(fetch: Fetch, place: Place) -> tuple[Note | None, list[Diagnostic]]:
    """The checkpoint that a site serves, or what is wrong with it."""
    data = fetch("log/checkpoint")
    if data is None:
        return None, [diagnose("PUB066", place)]
    try:
        note = Note.parse(data.decode("utf-8"))
        Checkpoint.parse(note.text)
    except (BadNoteError, UnicodeDecodeError):
        return None, [diagnose("PUB063", place, terms={"file": "log/checkpoint"})]
    return note, []


def site_key(fetch: Fetch) -> Verifier | None:
    """The key that signs now, as a site tells it; None where nothing is signed."""
    events = [item.event for item in _site_keys(fetch)]
    return events[-1].key if events and isinstance(events[-1], KeyEvent) else None


def _site_keys(fetch: Fetch) -> tuple[EventProof, ...]:
    """All changes of key that a site tells of, oldest first."""
    try:
        return read_key_entries(fetch("log/keys") or b"")[1]
    except BadProofError:
        return ()


def check_site_keys(known: Verifier | None, note: Note, fetch: Fetch, place: Place) -> Iterator[Diagnostic]:
    """The site's checkpoint is signed by the ``known`` key, or by one that was handed over from it."""
    keys = _site_keys(fetch)
    events = [item.event for item in keys if isinstance(item.event, KeyEvent)]
    if known is not None and known not in [event.key for event in events]:
        yield diagnose("PUB058", place, terms={"key": str(known)})
    elif events and not note.is_signed_by(events[-1].key):
        yield diagnose("PUB058", place, terms={"key": str(events[-1].key)})
    else:
        yield from check_keys(keys, Checkpoint.parse(note.text), place)


def check_growth(old: Checkpoint, new: Checkpoint, fetch: Fetch, place: Place) -> Iterator[Diagnostic]:
    """The log of ``new``, whose tiles ``fetch`` gives, is that of ``old`` and what came after it."""
    terms = {"old": old.size, "new": new.size}
    if new.size < old.size:
        yield diagnose("PUB061", place, terms=terms)
        return
    tree = TiledTree(new.size, lambda path: fetch(f"log/{path}"))
    try:
        if tree.root(new.size) != new.root:
            yield diagnose("PUB063", place, terms={"file": "log/tile"})
        elif tree.root(old.size) != old.root:
            yield diagnose("PUB062", place, terms=terms)
    except BadTileError as error:
        yield diagnose("PUB063", place, terms={"file": f"log/{error}"})


def _check_record_on_site(
    bundle: Bundle, fetch: Fetch, place: Place, statements: list[tuple[str, dict[str, Any]]]
) -> Iterator[Diagnostic]:
    own = bundle.proof.events[-1].event
    assert isinstance(own, Event)
    data = fetch(f"{own.state.path}proof")
    if data is None:
        statements.append(("site_silent", {"id": own.id}))
        return
    try:
        theirs = RecordProof.parse(data)
    except BadProofError:
        yield diagnose("PUB063", place, terms={"file": f"{own.state.path}proof"})
        return
    last = theirs.events[-1].event if theirs.events else None
    if not isinstance(last, Event):
        yield diagnose("PUB063", place, terms={"file": f"{own.state.path}proof"})
        return
    if last.step > own.step:
        statements.append(("site_later", {"id": own.id, "count": last.step - own.step, "at": last.at}))
    shown = fetch(f"api/v1/{own.state.kind}s/{own.id}.json")
    if shown is not None and not _says(shown, last):
        yield diagnose("PUB065", place, terms={"id": own.id})


def _says(data: bytes, event: Event) -> bool:
    """Whether a data file of a site is the document of ``event``."""
    try:
        document = json.loads(data)
        return isinstance(document, dict) and digest_of(logged_document(document)) == event.state.document
    except ValueError:
        return False
