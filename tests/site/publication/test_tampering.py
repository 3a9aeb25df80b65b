"""篡改: each way of tampering with a proof or with the log of a site is caught, by a message that says what it is."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

import pytest

from generator.publication_log.log_keys import key_event, verifier_of
from generator.publication_log.observation import observe_site
from generator.publication_log.proof_bundle import Bundle
from generator.publication_log.proof_check import Verdict, check_bundle, check_site
from generator.publication_log.publication_event import Event
from generator.publication_log.publication_ledger import Ledger
from generator.publication_log.sightings import Observation
from generator.publication_log.signed_note import Checkpoint, Note, Verifier
from tests.log_projects import counted_salts
from tests.tampers import (
    FIRST,
    KEY,
    ORIGIN,
    OTHER_KEY,
    SECOND,
    STEPS,
    TAMPERS,
    bundle_of,
    events_of,
    logged,
    other_state,
    site_of,
    sound_ledger,
    with_events,
)


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return logged(events_of(STEPS))


@pytest.fixture(scope="module")
def sound(ledger: Ledger) -> Bundle:
    return bundle_of(ledger)


def codes(verdict: Verdict) -> set[str]:
    return {item.code for item in verdict.findings}


def checked(bundle: Bundle, trusted: Verifier | None = None) -> set[str]:
    return codes(check_bundle(bundle, "proof.zip", trusted))


def test_a_sound_proof_says_what_it_proves_and_no_more(sound: Bundle) -> None:
    verdict = check_bundle(sound, "proof.zip", verifier_of(KEY, ORIGIN))
    assert verdict.findings == []
    assert [name for name, _ in verdict.statements] == ["in_log", *3 * ["event"], "record", "key"]


def test_a_changed_event_is_caught(sound: Bundle) -> None:
    one, *rest = sound.proof.events
    assert checked(with_events(sound, other_state(one, closes_on="2026-11-25"), *rest)) == {"PUB051"}
    assert checked(with_events(sound, replace(one, salt=bytes(32)), *rest)) == {"PUB051"}


def test_reordered_events_are_caught(sound: Bundle) -> None:
    one, two, three = sound.proof.events
    assert "PUB053" in checked(with_events(sound, two, one, three))


def test_a_dropped_event_is_caught(sound: Bundle) -> None:
    one, _, three = sound.proof.events
    assert checked(with_events(sound, one, three)) == {"PUB053"}


def test_events_dropped_at_the_beginning_are_said_to_be_missing(sound: Bundle) -> None:
    verdict = check_bundle(with_events(sound, *sound.proof.events[1:]), "proof.zip")
    assert ("earlier_gone", {"count": 1}) in verdict.statements


def test_an_event_dropped_at_the_end_does_not_fit_the_record_and_the_site_tells_of_it(
    ledger: Ledger, sound: Bundle
) -> None:
    shorter = with_events(sound, *sound.proof.events[:-1])
    assert checked(shorter) == {"PUB055"}
    silent = replace(shorter, record=None)
    verdict = check_site(silent, "https://yiyong.example/", site_of(ledger).get)
    assert "site_later" in [name for name, _ in verdict.statements]


def test_an_inserted_event_is_caught(sound: Bundle) -> None:
    one, two, three = sound.proof.events
    assert isinstance(three.event, Event)
    forged = replace(three, event=replace(three.event, step=4), index=4)
    assert "PUB051" in checked(with_events(sound, one, two, three, forged))


def test_a_foreign_event_and_a_foreign_record_are_caught(ledger: Ledger, sound: Bundle) -> None:
    foreign = bundle_of(ledger, SECOND)
    assert "PUB054" in checked(with_events(sound, *sound.proof.events[:1], *foreign.proof.events[1:]))
    assert checked(replace(sound, record=foreign.record)) == {"PUB055"}


def test_a_stale_checkpoint_is_caught(ledger: Ledger, sound: Bundle) -> None:
    stale = replace(sound, proof=replace(sound.proof, note=ledger.checkpoints[3]))
    assert "PUB052" in checked(stale)


def test_a_wrong_key_is_caught(ledger: Ledger, sound: Bundle) -> None:
    theirs = Note(sound.proof.note.text).signed(OTHER_KEY, ORIGIN)
    assert checked(replace(sound, proof=replace(sound.proof, note=theirs))) == {"PUB058"}
    # A log forged from beginning to end agrees with itself; whoever knows the office's key sees it.
    forger = key_event(OTHER_KEY, None, ORIGIN, "2026-11-18T08:00:00+08:00")
    forged = bundle_of(logged([forger, *events_of(STEPS)[1:]], key=OTHER_KEY))
    assert checked(forged) == set()
    assert checked(forged, verifier_of(KEY, ORIGIN)) == {"PUB059"}


def test_a_changed_checkpoint_is_caught(sound: Bundle) -> None:
    found = sound.checkpoint
    changed = replace(sound.proof.note, text=replace(found, size=found.size + 1).text)
    assert "PUB058" in checked(replace(sound, proof=replace(sound.proof, note=changed)))


def test_a_key_nobody_handed_over_is_caught(sound: Bundle) -> None:
    (own,) = sound.keys
    usurper = replace(own, event=key_event(OTHER_KEY, None, ORIGIN, "2026-11-20T08:00:00+08:00"))
    assert "PUB056" in checked(replace(sound, keys=(own, usurper)))
    assert "PUB056" in checked(replace(sound, keys=(usurper,)))


def test_a_key_event_that_the_old_key_did_not_sign_is_unsound() -> None:
    good = key_event(OTHER_KEY, KEY, ORIGIN, "2026-11-20T08:00:00+08:00")
    assert good.is_sound()
    assert not replace(good, previous=None).is_sound()
    assert not replace(good, key=verifier_of(KEY, ORIGIN)).is_sound()


def on_site(bundle: Bundle, files: Mapping[str, bytes]) -> set[str]:
    return codes(check_site(bundle, "https://yiyong.example/", files.get))


def test_a_site_that_went_on_agrees(ledger: Ledger, sound: Bundle) -> None:
    assert on_site(sound, site_of(ledger)) == set()
    early = bundle_of(logged(events_of(STEPS[:2])))
    assert on_site(early, site_of(ledger)) == set()


def test_a_site_rolled_back_is_caught(sound: Bundle) -> None:
    assert on_site(sound, site_of(logged(events_of(STEPS[:3])))) == {"PUB061"}


@pytest.mark.parametrize("more", [0, 1])
def test_a_forked_log_is_caught(sound: Bundle, more: int) -> None:
    other = [*STEPS[:2], (FIRST, 1), (SECOND, 1), (FIRST, 3), *[(SECOND, 2)][:more]]
    assert on_site(sound, site_of(logged(events_of(other)))) == {"PUB062"}


def test_tiles_that_do_not_agree_are_caught(ledger: Ledger, sound: Bundle) -> None:
    files = site_of(ledger)
    tile = files["log/tile/0/000.p/6"]
    assert on_site(sound, {**files, "log/tile/0/000.p/6": bytes(32) + tile[32:]}) == {"PUB063"}
    assert on_site(sound, {key: data for key, data in files.items() if "tile" not in key}) == {"PUB063"}
    assert on_site(sound, {**files, "log/checkpoint": b"x"}) == {"PUB063"}
    assert on_site(sound, {**files, f"notices/{FIRST}/proof": b"x"}) == {"PUB063"}
    assert on_site(sound, {}) == {"PUB066"}


def test_another_sites_log_is_caught(sound: Bundle, ledger: Ledger) -> None:
    other = Ledger(ledger.lines, list(ledger.checkpoints), {}, ledger.edge)
    text = Checkpoint("other.example/log", ledger.size, sound.checkpoint.root).text
    other.checkpoints[-1] = Note(text).signed(KEY, "other.example/log")
    assert on_site(sound, site_of(other)) == {"PUB060"}


def test_a_site_signed_by_nobody_or_by_somebody_else_is_caught(ledger: Ledger, sound: Bundle) -> None:
    files = site_of(ledger)
    text = sound.proof.note.text
    assert on_site(sound, {**files, "log/checkpoint": str(Note(text)).encode()}) == {"PUB058"}
    theirs = str(Note(text).signed(OTHER_KEY, ORIGIN)).encode()
    assert on_site(sound, {**files, "log/checkpoint": theirs}) == {"PUB058"}
    assert on_site(sound, {**files, "log/keys": b'{"keys":[],"origin":""}'}) == {"PUB058"}


def test_a_site_that_takes_another_key_without_a_handover_is_caught(ledger: Ledger, sound: Bundle) -> None:
    usurper = key_event(OTHER_KEY, None, ORIGIN, "2026-11-22T10:00:00+08:00")
    taken, _ = ledger.extended([usurper], counted_salts(50))
    taken.checkpoints.append(taken.checkpoint(ORIGIN).signed(OTHER_KEY, ORIGIN))
    assert on_site(sound, site_of(taken)) == {"PUB056"}
    handed = key_event(OTHER_KEY, KEY, ORIGIN, "2026-11-22T10:00:00+08:00")
    changed, _ = ledger.extended([handed], counted_salts(50))
    changed.checkpoints.append(changed.checkpoint(ORIGIN).signed(OTHER_KEY, ORIGIN))
    assert on_site(sound, site_of(changed)) == set()


def test_a_page_that_says_something_else_than_the_log_is_caught(ledger: Ledger, sound: Bundle) -> None:
    assert on_site(sound, site_of(ledger, {FIRST: 7})) == {"PUB065"}


def test_a_proof_is_small_and_the_leaf_tells_nothing(ledger: Ledger) -> None:
    line = ledger.lines[1]
    assert line.salt is not None and line.event is not None
    assert len(line.salt) == 32
    assert b64encode(sha256(b"").digest()).decode() not in site_of(ledger)["log/checkpoint"].decode()
    tiles = b"".join(data for path, data in site_of(ledger).items() if "tile" in path)
    assert FIRST.encode() not in tiles


@pytest.mark.parametrize("name", TAMPERS)
def test_every_tampering_is_caught_by_verify(name: str) -> None:
    attack = TAMPERS[name]()
    found = check_bundle(attack.file, "proof.zip").findings
    if not found:
        found = check_site(attack.file, "https://yiyong.example/", attack.site.get).findings
    assert attack.verify in {item.code for item in found}


@pytest.mark.parametrize("name", TAMPERS)
def test_every_tampering_is_caught_by_an_observer(name: str) -> None:
    attack = TAMPERS[name]()
    observer = verifier_of(OTHER_KEY, "news.example/o")
    before, sound = observed(site_of(sound_ledger()), [], observer)
    assert sound == set()
    _, found = observed(attack.site, before, observer)
    assert attack.observer in found


def observed(
    site: Mapping[str, bytes], before: Sequence[Observation], observer: Verifier
) -> tuple[list[Observation], set[str]]:
    """What an observer gets who looks at the first notice."""
    files = {**site, f"notices/{FIRST}/": b"<html>"}
    at = "2026-11-22T12:00:00+08:00"
    seen, findings = observe_site("https://yiyong.example/", files.get, [FIRST], before, at, observer)
    return seen, {item.code for item in findings}
