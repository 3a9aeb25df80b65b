"""一件记录的证明文件 (record bundle): what ``yiyong prove`` hands out, from the ledger and what others handed in."""

from __future__ import annotations

from pathlib import Path

from generator.publication_log.log_site_files import LogSite, checkpoint_after
from generator.publication_log.observation import kept_observations
from generator.publication_log.proof_bundle import Bundle
from generator.publication_log.publication_event import Event
from generator.publication_log.publication_ledger import Ledger
from generator.publication_log.signed_note import Note
from generator.publication_log.timestamps import kept_timestamps, stamped_instants
from generator.publication_log.waiting_events import Publications


def record_bundle(publications: Publications, root: Path, record_id: str) -> tuple[Bundle, Event] | None:
    """The bundle of a record, and the event that says what was logged of it last; None where nothing may be told."""
    ledger = publications.shown
    site = LogSite(ledger, publications.public, publications.waiting.forget)
    lines = dict(site.records()).get(record_id)
    if lines is None:
        return None
    last = lines[-1].event
    assert isinstance(last, Event)
    note = strongest_checkpoint(ledger, lines[-1].number, root)
    seen = (item.written() for item in kept_observations(root) if item.id == record_id)
    bundle = Bundle(
        proof=site.proof(lines, note),
        keys=site.keys(note),
        timestamps=kept_timestamps(root, note),
        seen=b"".join(seen),
    )
    return bundle, last


def strongest_checkpoint(ledger: Ledger, number: int, root: Path) -> Note:
    """最有力的检查点 that holds event ``number``: signed rather than not, then timestamped rather than not, then the
    earliest. A proof must say how early something was there, and a later timestamp says less."""
    stamped = stamped_instants(root, ledger.checkpoints)
    places = range(checkpoint_after(ledger)[number], len(ledger.checkpoints))
    best = max(places, key=lambda at: (bool(ledger.checkpoints[at].signatures), at in stamped, -at))
    return ledger.checkpoints[best]
