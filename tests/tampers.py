"""篡改一览 (tampers): every way of tampering with a proof or with the log of a site, and what each reader must say of it.

The same table is read by the tests of ``yiyong verify``, of ``/verify/`` in a browser and of ``yiyong observe``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from generator.public.json_text import canonical
from generator.publication_log.log_keys import key_event
from generator.publication_log.log_site_files import LogSite, log_site_files
from generator.publication_log.proof_bundle import Bundle, make_bundle, read_bundle
from generator.publication_log.publication_event import Event, RecordState, digest_of, next_event
from generator.publication_log.publication_ledger import AnyEvent, Ledger
from generator.publication_log.record_proof import EventProof, key_entries
from generator.publication_log.signed_note import Note
from tests.log_projects import counted_salts
from tests.projects import AS_OF

ORIGIN = "yiyong.example/log"
KEY = Ed25519PrivateKey.from_private_bytes(b"\x01" * 32)
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(b"\x02" * 32)
FIRST, SECOND = "wuhan-2026-0001", "wuhan-2026-0002"


def document(record_id: str, version: int) -> dict[str, object]:
    return {"id": record_id, "title": f"第{version}版"}


def state(record_id: str, version: int) -> RecordState:
    return RecordState(
        kind="notice",
        form=1,
        id=record_id,
        path=f"notices/{record_id}/",
        status="open",
        opens_on="2026-11-18",
        closes_on="2026-11-26",
        ended=False,
        corrections=version,
        moves=0,
        reduced="",
        facts=digest_of("facts"),
        shown=digest_of("shown"),
        document=digest_of(document(record_id, version)),
    )


def events_of(steps: Sequence[tuple[str, int]]) -> list[AnyEvent]:
    last: dict[str, Event] = {}
    events: list[AnyEvent] = [key_event(KEY, None, ORIGIN, "2026-11-18T08:00:00+08:00")]
    for record_id, version in steps:
        event = next_event(state(record_id, version), last.get(record_id), AS_OF)
        assert event is not None
        last[record_id] = event
        events.append(event)
    return events


STEPS = [(FIRST, 0), (SECOND, 0), (FIRST, 1), (SECOND, 1), (FIRST, 2)]


def logged(events: Iterable[AnyEvent], *, start: int = 0, key: Ed25519PrivateKey = KEY) -> Ledger:
    """A ledger with a signed checkpoint after every event."""
    ledger = Ledger()
    salt = counted_salts(start)
    for event in events:
        ledger, _ = ledger.extended([event], salt)
        ledger.checkpoints.append(ledger.checkpoint(ORIGIN).signed(key, ORIGIN))
    return ledger


def bundle_of(ledger: Ledger, record_id: str = FIRST, size: int | None = None) -> Bundle:
    site = LogSite(ledger, frozenset((FIRST, SECOND)))
    note = ledger.checkpoints[-1 if size is None else size - 1]
    bundle = Bundle(proof=site.proof(ledger.by_record()[record_id], note), keys=site.keys(note))
    last = bundle.proof.events[-1].event
    assert isinstance(last, Event)
    return read_bundle(make_bundle(bundle, document(record_id, last.state.corrections)))


def with_events(bundle: Bundle, *events: EventProof) -> Bundle:
    return replace(bundle, proof=replace(bundle.proof, events=events))


def other_state(item: EventProof, **changes: object) -> EventProof:
    assert isinstance(item.event, Event)
    return replace(item, event=replace(item.event, state=replace(item.event.state, **changes)))  # type: ignore[arg-type]


def site_of(ledger: Ledger, documents: Mapping[str, int] | None = None) -> dict[str, bytes]:
    """What a site serves of the log, and the data of its records."""
    files = dict(log_site_files(LogSite(ledger, frozenset((FIRST, SECOND)))))
    versions = documents or {
        record_id: event.state.corrections for record_id, event in ledger.last_states().items()
    }
    for record_id, version in versions.items():
        written = str(document(record_id, version)).replace("'", '"').encode()
        files[f"api/v1/notices/{record_id}.json"] = written
    return files


@dataclass(frozen=True, slots=True)
class Attack:
    """一次篡改: the file that somebody is handed, what the site serves, and the codes that ``yiyong verify --site``,
    the browser's page and an observer who saw the sound site before must come to."""

    file: Bundle
    site: Mapping[str, bytes]
    verify: str
    browser: str
    observer: str


def zipped(file: Bundle) -> bytes:
    """The zip of a bundle, with its own record."""
    assert file.record is not None
    return make_bundle(file, json.loads(file.record))


def _in_the_file(changed: Callable[[Bundle, Ledger], Bundle], code: str) -> Callable[[], Attack]:
    """The file is tampered with, and the site serves the same proof beside the record."""

    def attack() -> Attack:
        ledger = sound_ledger()
        file = changed(bundle_of(ledger), ledger)
        site = {**site_of(ledger), f"notices/{FIRST}/proof": file.proof.written()}
        return Attack(file, site, code, code, code)

    return attack


def _on_the_site(steps: Sequence[tuple[str, int]], code: str) -> Callable[[], Attack]:
    """The file is sound, the site serves another log."""
    return lambda: Attack(bundle_of(sound_ledger()), site_of(logged(events_of(steps))), code, code, code)


def sound_ledger() -> Ledger:
    """What the office logged."""
    return logged(events_of(STEPS))


def _changed(bundle: Bundle, ledger: Ledger) -> Bundle:
    one, *rest = bundle.proof.events
    return with_events(bundle, other_state(one, closes_on="2026-11-25"), *rest)


def _reordered(bundle: Bundle, ledger: Ledger) -> Bundle:
    one, two, three = bundle.proof.events
    return with_events(bundle, two, one, three)


def _dropped(bundle: Bundle, ledger: Ledger) -> Bundle:
    one, _, three = bundle.proof.events
    return with_events(bundle, one, three)


def _inserted(bundle: Bundle, ledger: Ledger) -> Bundle:
    *before, last = bundle.proof.events
    assert isinstance(last.event, Event)
    return with_events(bundle, *before, last, replace(last, event=replace(last.event, step=4), index=4))


def _stale(bundle: Bundle, ledger: Ledger) -> Bundle:
    return replace(bundle, proof=replace(bundle.proof, note=ledger.checkpoints[3]))


def _mixed(bundle: Bundle, ledger: Ledger) -> Bundle:
    foreign = bundle_of(ledger, SECOND)
    return with_events(bundle, bundle.proof.events[0], *foreign.proof.events[1:])


def _foreign() -> Attack:
    """The proof of another record, handed out and served as that of this one."""
    ledger = sound_ledger()
    other = bundle_of(ledger, SECOND)
    site = {**site_of(ledger), f"notices/{FIRST}/proof": other.proof.written()}
    return Attack(replace(other, record=bundle_of(ledger).record), site, "PUB055", "PUB055", "PUB054")


def _wrong_key() -> Attack:
    """A checkpoint that somebody else signed in the name of the log."""
    ledger = sound_ledger()
    theirs = Note(ledger.checkpoints[-1].text).signed(OTHER_KEY, ORIGIN)
    sound = bundle_of(ledger)
    site = {**site_of(ledger), "log/checkpoint": str(theirs).encode()}
    file = replace(sound, proof=replace(sound.proof, note=theirs))
    return Attack(file, site, "PUB058", "PUB058", "PUB058")


def _usurped() -> Attack:
    """A site that goes on with a key which the old one never handed over to."""
    ledger = sound_ledger()
    usurper = key_event(OTHER_KEY, None, ORIGIN, "2026-11-22T10:00:00+08:00")
    taken, _ = ledger.extended([usurper], counted_salts(50))
    taken.checkpoints.append(taken.checkpoint(ORIGIN).signed(OTHER_KEY, ORIGIN))
    return Attack(bundle_of(ledger), site_of(taken), "PUB056", "PUB056", "PUB056")


def _unsigned() -> Attack:
    """A site that knows nothing any more of the key that signed its log."""
    ledger = sound_ledger()
    note = Note(ledger.checkpoints[-1].text)
    site = {
        **site_of(ledger),
        "log/checkpoint": str(note).encode(),
        "log/keys": canonical(key_entries(ORIGIN, ())),
    }
    return Attack(bundle_of(ledger), site, "PUB058", "PUB059", "PUB058")


def _other_tiles() -> Attack:
    """Tiles that do not give the root of the site's own checkpoint."""
    ledger = sound_ledger()
    site = site_of(ledger)
    tile = f"log/tile/0/000.p/{ledger.size}"
    changed = {**site, tile: bytes(32) + site[tile][32:]}
    return Attack(bundle_of(ledger), changed, "PUB063", "PUB063", "PUB063")


TAMPERS: Mapping[str, Callable[[], Attack]] = {
    "a changed event": _in_the_file(_changed, "PUB051"),
    "a reordered event": _in_the_file(_reordered, "PUB053"),
    "a dropped event": _in_the_file(_dropped, "PUB053"),
    "an inserted event": _in_the_file(_inserted, "PUB051"),
    "a forked log": _on_the_site([*STEPS[:4], (FIRST, 3)], "PUB062"),
    "a forked log that went on": _on_the_site([*STEPS[:4], (FIRST, 3), (SECOND, 2)], "PUB062"),
    "a rolled back site": _on_the_site(STEPS[:3], "PUB061"),
    "a stale checkpoint": _in_the_file(_stale, "PUB052"),
    "a wrong key": _wrong_key,
    "a key nobody handed over": _usurped,
    "a signature that is gone": _unsigned,
    "a foreign event": _in_the_file(_mixed, "PUB054"),
    "a foreign proof": _foreign,
    "tiles of another log": _other_tiles,
}
"""Each by its name, made anew for whoever reads it."""
