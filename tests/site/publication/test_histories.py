"""任意经过 (histories): whatever is published, corrected, thinned and withheld in whatever order, the log holds."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.diagnostics import Place
from generator.publication_log import merkle_tree
from generator.publication_log.ledger_check import check_ledger
from generator.publication_log.log_site_files import LogSite, log_site_files
from generator.publication_log.log_tiles import TiledTree
from generator.publication_log.mend_ledger import mend_ledger
from generator.publication_log.proof_bundle import Bundle
from generator.publication_log.proof_check import check_bundle, check_site
from generator.publication_log.publication_event import Event, EventName, RecordState, digest_of
from generator.publication_log.publication_ledger import (
    FOLDER,
    Ledger,
    append_lines,
    read_ledger,
    rewrite,
)
from generator.publication_log.record_proof import BadProofError, RecordProof
from generator.publication_log.signed_note import Checkpoint
from generator.publication_log.waiting_events import Registered, waiting_events
from tests.log_projects import counted_salts
from tests.projects import AS_OF
from tests.soaking import examples
from tests.tampers import KEY

ORIGIN = "yiyong.example/log"
DECISION = "wuhan-2026-d0001"
IDS = [f"wuhan-2026-{number:04}" for number in range(1, 6)]


def state(record_id: str, version: int, *, reduced: str = "", status: str = "open") -> RecordState:
    return RecordState(
        kind="notice",
        form=1,
        id=record_id,
        path=f"notices/{record_id}/",
        status=status,
        opens_on="2026-11-18",
        closes_on="2026-11-26",
        ended=False,
        corrections=0 if reduced else version,
        moves=0,
        reduced=reduced,
        facts=digest_of(reduced),
        shown=digest_of([record_id, version, reduced]),
        document=digest_of([record_id, version, reduced, status]),
    )


class Register:
    """A register in memory: what is public, what is withheld, and its ledger.

    ``decides``: a decision grants what the :data:`IDS` say, as much of it as is shown.
    """

    def __init__(self, *, decides: bool = False) -> None:
        self.decides = decides
        self.granted: set[str] = set()
        self.shows: dict[str, dict[str, str]] = {}
        self.states: dict[str, RecordState] = {}
        self.hidden: set[str] = set()
        self.ledger = Ledger()
        self.now = AS_OF
        self.salt = counted_salts()

    def registered(self) -> dict[str, Registered]:
        found = {
            record_id: Registered(
                place=Place(path="x"), hidden=record_id in self.hidden, withheld_on=None, case=record_id
            )
            for record_id in (*self.states, *self.hidden)
        }
        if self.decides:
            grants = frozenset(IDS)
            hidden = DECISION not in self.all_states() and bool(self.hidden)
            found[DECISION] = replace(
                Registered(place=Place(path="x"), hidden=hidden, withheld_on=None, case="d"), grants=grants
            )
        return found

    def all_states(self) -> dict[str, RecordState]:
        """Everything that is public, the decision included, of which ``shows`` keeps what each digest is over."""
        shown = {number: self.states[number] for number in IDS if number in self.states}
        if not self.decides or not shown:
            return dict(self.states)
        self.granted |= set(shown)
        said = {number: now.shown for number, now in shown.items()}
        over = digest_of(said)
        self.shows[over] = {number: now.reduced for number, now in shown.items()}
        own = replace(
            state(DECISION, len(self.granted)),
            kind="decision",
            path=f"decisions/{DECISION}/",
            shown=over,
            document=over,
        )
        return {**self.states, DECISION: own}

    def apply(self, record_id: str, act: str) -> None:
        now = self.states.get(record_id)
        if record_id in self.hidden:
            return
        if act == "withhold":
            if self.states.pop(record_id, None) is not None:
                self.hidden.add(record_id)
        elif now is None:
            self.states[record_id] = state(record_id, 0)
        elif now.reduced == "tombstone":
            return
        elif act == "thin":
            self.states[record_id] = state(record_id, now.corrections, reduced="thinned")
        elif act == "renumber":
            self.renumber(record_id)
        elif act == "revoke":
            self.states[record_id] = state(record_id, 0, reduced="tombstone", status="revoked")
        elif not now.reduced:
            self.states[record_id] = state(record_id, now.corrections + 1)

    def renumber(self, record_id: str) -> None:
        """Give a record another number: staff withdraw the old one, whose page becomes a tombstone, and publish anew."""
        self.states[record_id] = state(record_id, 0, reduced="tombstone", status="withdrawn")
        fresh = f"{record_id[:-4]}{len(self.states) + len(self.hidden) + 100:04}"
        self.states[fresh] = state(fresh, 0)

    def publish(self, root: Path | None = None) -> None:
        self.now += timedelta(hours=1)
        waiting = waiting_events(self.ledger, self.all_states(), self.registered(), self.now)
        kept = self.ledger.without(waiting.forget, waiting.spent)
        self.ledger, added = kept.extended(waiting.events, self.salt)
        if added:
            self.ledger.checkpoints.append(self.ledger.checkpoint(ORIGIN))
        if root is not None:
            if waiting.forget:
                rewrite(root, self.ledger)
            elif added:
                append_lines(root, added, self.ledger.checkpoints[-1])

    def site(self) -> dict[str, bytes]:
        return dict(log_site_files(LogSite(self.ledger, frozenset(self.all_states()))))


ACTS = ["show", "correct", "thin", "revoke", "renumber", "withhold"]
HISTORY = st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(ACTS)), max_size=25)


def assert_it_forgot_and_holds(register: Register, kept: Iterable[tuple[str, bytes]]) -> None:
    """The log names nothing that is withheld, tells of what shows less by what it shows alone, and every proof that was ever
    served, ``kept``, still holds by itself and on the site of now."""
    files = register.site()
    everything = b"".join(files.values()) + b"".join(line.written() for line in register.ledger.lines)
    for record_id in register.hidden:
        assert record_id.encode() not in everything
    for record_id, now in register.states.items():
        proof = RecordProof.parse(files[f"notices/{record_id}/proof"])
        told = [item.event for item in proof.events if isinstance(item.event, Event)]
        assert told[-1].state.document == now.document
        assert all(event.state.reduced == now.reduced for event in told)
    for line in register.ledger.lines:
        if isinstance(line.event, Event) and line.event.id == DECISION:
            for number, reduced in register.shows[line.event.state.document].items():
                assert register.states[number].reduced == reduced, (
                    "the log can still prove what was taken down"
                )
    for path, data in [*kept, *((path, data) for path, data in files.items() if path.endswith("/proof"))]:
        bundle = Bundle(proof=RecordProof.parse(data))
        assert check_bundle(bundle, path).findings == []
        assert check_site(bundle, "x", files.get).findings == []


@given(HISTORY, st.sets(st.integers(0, 24)))
@settings(max_examples=examples(40))
def test_whatever_happens_the_log_holds_and_forgets(history: list[tuple[str, str]], pauses: set[int]) -> None:
    register = Register(decides=True)
    kept: list[tuple[str, bytes]] = []
    for number, (record_id, act) in enumerate(history):
        register.apply(record_id, act)
        if number in pauses:
            register.publish()
            kept += [item for item in register.site().items() if item[0].endswith("/proof")]
    register.publish()
    files = register.site()
    # Nothing waits any more, and check has nothing to say.
    assert not waiting_events(register.ledger, register.all_states(), register.registered(), register.now)
    assert not list(
        check_ledger(register.ledger, [], register.all_states(), register.registered(), register.now)
    )
    assert_it_forgot_and_holds(register, kept)
    # And every checkpoint that was ever given out leads to the log of now.
    if register.ledger:
        tree = TiledTree(register.ledger.size, lambda path: files.get(f"log/{path}"))
        for note in register.ledger.checkpoints:
            found = Checkpoint.parse(note.text)
            assert tree.root(found.size) == found.root


@given(HISTORY, st.integers(0, 40), st.sampled_from(["vanish", "renumber"]))
@settings(max_examples=examples(20))
def test_a_number_that_goes_in_silence_is_told_with_the_next_free_one(
    history: list[tuple[str, str]], place: int, act: str
) -> None:
    register = Register()
    for record_id, done in (*history, (IDS[0], "show"), ("wuhan-2026-0009", "show")):
        register.apply(record_id, done)
        register.publish()
    gone = sorted(register.states)[place % len(register.states)]
    before = register.states.pop(gone)
    used = [int(number[-4:]) for number in (*register.states, *register.hidden, gone)]
    if act == "renumber":
        fresh = f"wuhan-2026-{max(used) + 1:04}"
        register.states[fresh] = replace(before, id=fresh, path=f"notices/{fresh}/")
        used.append(max(used) + 1)
    found = list(check_ledger(register.ledger, [], register.states, register.registered(), register.now))
    assert [item.code for item in found] == ["PUB010"]
    assert found[0].terms["id"] == gone and found[0].terms["next"] == f"wuhan-2026-{max(used) + 1:04}"


@given(HISTORY)
@settings(max_examples=examples(13))
def test_what_is_on_the_disk_is_what_is_in_memory(
    tmp_path_factory: object, history: list[tuple[str, str]]
) -> None:
    root = tmp_path_factory.mktemp("ledger")  # type: ignore[attr-defined]
    register = Register()
    for record_id, act in history:
        register.apply(record_id, act)
        register.publish(root)
    found, faults = read_ledger(root)
    assert faults == [] and found == register.ledger


@given(HISTORY, HISTORY, HISTORY)
@settings(max_examples=examples(20))
def test_any_two_branches_are_mended(
    tmp_path_factory: object,
    before: list[tuple[str, str]],
    ours: list[tuple[str, str]],
    theirs: list[tuple[str, str]],
) -> None:
    root = tmp_path_factory.mktemp("branches")  # type: ignore[attr-defined]
    register = Register()
    for record_id, act in (*before, ("wuhan-2026-0009", "show")):
        register.apply(record_id, act)
    register.publish(root)
    branches = []
    for start, history in ((1000, ours), (2000, theirs)):
        steps = [(record_id, act) for record_id, act in history if act != "withhold"]
        branches.append(branched(register, root, start, steps))
    merge(root, "1000", "2000")
    mended, faults = mend_ledger(root)
    assert mended is not None, faults
    ledger = mended.ledger
    ledger.checkpoints.append(ledger.checkpoint(ORIGIN))
    rewrite(root, ledger)
    found, faults = read_ledger(root)
    assert faults == [] and found.size == ledger.size
    known = {line.leaf for line in found.lines}
    assert {line.leaf for line in register.ledger.lines} <= known
    # What one branch forgot the other may still have had.
    forgotten = {line.leaf for branch in branches for line in branch.ledger.lines if line.event is None}
    assert all(line.event is None for line in found.lines if line.leaf in forgotten)
    told = {line.event.id for line in found.lines if isinstance(line.event, Event)}
    assert told == set().union(*(branch.ledger.last_states() for branch in branches))


@given(HISTORY, HISTORY, HISTORY, HISTORY)
@settings(max_examples=examples(20))
def test_what_two_branches_published_is_forgotten_and_proved_alike(
    tmp_path_factory: object,
    before: list[tuple[str, str]],
    ours: list[tuple[str, str]],
    theirs: list[tuple[str, str]],
    after: list[tuple[str, str]],
) -> None:
    """Two branches that work on records of their own are merged, mended and go on; whatever becomes of a record then, nothing
    that names it is left, and the proofs of the branch that went on still hold."""
    root = tmp_path_factory.mktemp("merged")  # type: ignore[attr-defined]
    register = Register()
    for record_id, act in (*before, ("wuhan-2026-0009", "show")):
        register.apply(record_id, act)
    register.publish(root)
    branches = []
    for start, history, ids in ((1000, ours, IDS[:2]), (2000, theirs, IDS[2:])):
        steps = [(record_id, act) for record_id, act in history if record_id in ids and act != "renumber"]
        branches.append(branched(register, root, start, steps))
    merge(root, "1000", "2000")
    mended, faults = mend_ledger(root)
    assert mended is not None, faults
    kept = [
        item
        for branch in branches
        if branch.ledger.size and branch.ledger.checkpoints[-1] in mended.ledger.checkpoints
        for item in branch.site().items()
        if item[0].endswith("/proof")
    ]
    register.ledger = mended.ledger
    register.ledger.checkpoints.append(register.ledger.checkpoint(ORIGIN))
    rewrite(root, register.ledger)
    for branch in branches:
        register.hidden |= branch.hidden
        register.now = max(register.now, branch.now)
    register.states = {
        record_id: branches[record_id in IDS[2:]].states.get(record_id, held)
        for record_id, held in {**branches[0].states, **branches[1].states}.items()
        if record_id not in register.hidden
    }
    register.salt = counted_salts(3000)
    register.publish(root)
    for record_id, act in after:
        register.apply(record_id, act)
        register.publish(root)
    found, faults = read_ledger(root)
    assert faults == [] and found == register.ledger
    assert not list(check_ledger(found, [], register.states, register.registered(), register.now))
    assert_it_forgot_and_holds(register, kept)


def branched(register: Register, root: Path, start: int, steps: Sequence[tuple[str, str]]) -> Register:
    """A branch that goes on from ``register`` in a folder of its own, named by ``start``, and publishes every step."""
    branch = copy.deepcopy(register)
    branch.salt = counted_salts(start)
    folder = root / str(start)
    shutil.copytree(root / "registry", folder / "registry")
    for record_id, act in steps:
        branch.apply(record_id, act)
        branch.publish(folder)
    return branch


def merge(root: Path, *branches: str) -> None:
    """What a merge of branches leaves that kept the lines of all: one file after the other."""
    for path in {path.name for name in branches for path in (root / name / FOLDER).iterdir()}:
        parts = [root / name / FOLDER / path for name in branches]
        data = b"".join(part.read_bytes() for part in parts if part.exists())
        (root / FOLDER / path).write_bytes(data)


def test_a_record_that_shows_less_is_less_in_the_log_whatever_is_built_first() -> None:
    """A build between the thinning and the publication tells nothing of what was shown before."""
    register = Register()
    register.apply(IDS[0], "show")
    register.apply(IDS[1], "show")
    register.publish()
    register.apply(IDS[0], "thin")
    register.apply(IDS[1], "withhold")
    waiting = waiting_events(register.ledger, register.states, register.registered(), register.now)
    site = LogSite(register.ledger, frozenset(register.states), waiting.forget)
    assert not [path for path, _ in log_site_files(site) if path.endswith("/proof")]


MANY = 100_000


def many(count: int, own: Mapping[int, Event]) -> Ledger:
    """A ledger of ``count`` notices that were published, but for the events that are ``own``, by their place."""
    event = Event(event="published", at="2026-11-22T09:00:00+08:00", step=1, state=state(IDS[0], 0))
    events = (
        own.get(number)
        or replace(
            event,
            state=replace(event.state, id=f"wuhan-2026-{number:05}", path=f"notices/wuhan-2026-{number:05}/"),
        )
        for number in range(count)
    )
    ledger, _ = Ledger().extended(events, counted_salts())
    ledger.checkpoints.append(ledger.checkpoint(ORIGIN))
    return ledger


def test_one_event_more_costs_the_same_however_long_the_log_is(
    tmp_path: Path, hundred_thousand: Ledger
) -> None:
    ledger = hundred_thousand
    # The proofs of a few records are enough to see that they stay as they were.
    public = frozenset(f"wuhan-2026-{number * 331:05}" for number in range(300))
    rewrite(tmp_path, ledger)
    event = Event(
        event="published", at="2026-11-23T09:00:00+08:00", step=1, state=state("kunming-2026-0001", 0)
    )
    hashes = mock.Mock(side_effect=merkle_tree.node_hash)
    with mock.patch.object(merkle_tree, "node_hash", hashes):
        longer, added = ledger.extended([event], counted_salts(MANY))
        longer.checkpoints.append(longer.checkpoint(ORIGIN))
        sizes = {path: path.stat().st_size for path in (tmp_path / FOLDER).iterdir()}
        written = append_lines(tmp_path, added, longer.checkpoints[-1])
    assert hashes.call_count < 40
    assert len(written) == 3
    assert all(path.stat().st_size - sizes[path] < 2000 for path in written)
    before = dict(log_site_files(LogSite(ledger, public)))
    after = dict(log_site_files(LogSite(longer, public | {event.id})))
    changed = [path for path, data in after.items() if before.get(path) != data]
    assert len(changed) < 10, changed
    assert len(after["notices/kunming-2026-0001/proof"]) < 4000
    proof = RecordProof.parse(after["notices/kunming-2026-0001/proof"])
    assert check_site(Bundle(proof=proof), "x", after.get).findings == []


NEAR, FAR = IDS[:2]
PLACES = {NEAR: (40_000, 40_300, 41_500), FAR: (0, 50_000, MANY - 1)}
"""As near as a notice of nine days has its steps at the least, and as far apart as can be."""


def three_steps(record_id: str) -> list[Event]:
    """Published, moved by a correction, decided."""
    moved = replace(state(record_id, 1), closes_on="2026-12-01", moves=1)
    decided = replace(state(record_id, 1, status="confirmed"), ended=True, closes_on="2026-12-01", moves=1)
    steps: list[tuple[EventName, RecordState]] = [
        ("published", state(record_id, 0)),
        ("amended", moved),
        ("closed", decided),
    ]
    return [
        Event(event=name, at=f"2026-11-2{number}T09:00:00+08:00", step=number, state=now)
        for number, (name, now) in enumerate(steps, 1)
    ]


@pytest.fixture(scope="module")
def hundred_thousand() -> Ledger:
    own = {
        place: event
        for record_id, places in PLACES.items()
        for place, event in zip(places, three_steps(record_id), strict=True)
    }
    return many(MANY, own)


@pytest.mark.parametrize("record_id", [NEAR, FAR])
def test_a_signed_proof_of_three_steps_is_under_four_kilobytes(
    hundred_thousand: Ledger, record_id: str
) -> None:
    ledger = hundred_thousand
    note = ledger.checkpoints[-1].signed(KEY, ORIGIN)
    proof = LogSite(ledger, frozenset(IDS)).proof(ledger.by_record()[record_id], note)
    written = proof.written()
    assert len(written) < 4000
    assert RecordProof.parse(written) == proof
    assert check_bundle(Bundle(proof=proof), "proof").findings == []
    # Proofs that were handed out before were written whole.
    whole = {"checkpoint": str(note), "events": [item.as_json() for item in proof.events]}
    assert RecordProof.parse(json.dumps(whole).encode()) == proof


@pytest.mark.parametrize("shared", [-1, 4, True, "1"])
def test_a_proof_that_shares_what_is_not_there_is_no_proof(shared: object) -> None:
    ledger = many(9, {})
    proof = LogSite(ledger, frozenset()).proof(ledger.lines[:2], ledger.checkpoints[-1])
    tree = json.loads(proof.written())
    tree["events"][1] |= {"shared": shared}
    if shared == 4:
        tree["events"][0]["path"] = tree["events"][0]["path"][:3]
    with pytest.raises(BadProofError):
        RecordProof.parse(json.dumps(tree).encode())
