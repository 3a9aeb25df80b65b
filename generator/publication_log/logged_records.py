"""各记录的登记情况 (logged records): what pages tell of every record's place in the log, from the ledger and what others
handed in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from generator.public.logged_record import LoggedRecord
from generator.publication_log.log_site_files import checkpoint_after, told_records
from generator.publication_log.publication_event import Event, told_as
from generator.publication_log.publication_ledger import KeyEvent, Ledger
from generator.publication_log.sightings import Observation, seen_in_period
from generator.publication_log.timestamps import stamped_instants
from generator.publication_log.waiting_events import Publications


def logged_records(
    publications: Publications, root: Path, seen: Iterable[Observation]
) -> Mapping[str, LoggedRecord]:
    """The logged state of each record that has a page and of which the log may still tell, by its number.

    ``seen`` is what observers handed in. What is said is of the checkpoint that the record's proof leads to.
    """
    ledger, waiting = publications.shown, publications.waiting
    if not ledger:
        return {}
    by_record: dict[str, list[Observation]] = {}
    for item in seen:
        by_record.setdefault(item.id, []).append(item)
    waits = {event.id for event in waiting.events}
    after = checkpoint_after(ledger)
    signed = dict(_signed(ledger))
    stamped = stamped_instants(root, ledger.checkpoints)
    found: dict[str, LoggedRecord] = {}
    for record_id, lines in told_records(ledger, publications.public, waiting.forget):
        events = [line.event for line in lines if isinstance(line.event, Event)]
        place = after[lines[-1].number]
        origin = ledger.checkpoints[place].text.partition("\n")[0]
        found[record_id] = LoggedRecord(
            origin=origin,
            ordinal=lines[-1].number + 1,
            event=told_as(events[-1], events[-2] if len(events) > 1 else None),
            at=datetime.fromisoformat(events[-1].at),
            count=len(events),
            signed=signed[place],
            stamped_at=stamped.get(place, ()),
            seen=seen_in_period(events, by_record.get(record_id, ()), origin),
            waits=record_id in waits,
        )
    return found


def _signed(ledger: Ledger) -> Iterator[tuple[int, bool]]:
    """Of each checkpoint whether the key that the log had by then has signed it."""
    keys = [(line.number, line.event.key) for line in ledger.lines if isinstance(line.event, KeyEvent)]
    for place, (note, size) in enumerate(ledger.sized_checkpoints()):
        key = next((key for number, key in reversed(keys) if number < size), None)
        yield place, key is not None and note.is_signed_by(key)
