"""台账核对 (ledger check): nothing that was published vanishes, changes or moves without saying so.

Where the ledger is empty nothing is demanded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from generator.diagnostics import Diagnostic, Place, diagnose
from generator.publication_log.publication_event import Event, RecordState, is_less
from generator.publication_log.publication_ledger import FOLDER, Ledger, LedgerFault, Line
from generator.publication_log.waiting_events import Registered
from generator.spellings.numbering import next_number


def check_ledger(
    ledger: Ledger,
    faults: Sequence[LedgerFault],
    states: Mapping[str, RecordState],
    registered: Mapping[str, Registered],
    as_of: datetime,
    *,
    complete: bool = True,
) -> Iterator[Diagnostic]:
    """Every fault of the ledger, and everything in the registry that contradicts it.

    ``states`` maps a number to its public record; ``registered`` lists every record with a number, public or not.
    Entries later than ``as_of`` are ignored: a site of an earlier day cannot know them. When some record has errors,
    ``states`` is not ``complete``, and nothing is reported as missing.
    """
    if faults:
        yield from map(fault_diagnostic, faults)
        return
    if not ledger:
        return
    used = {*ledger.spent, *registered}
    lines = ledger.last_lines()
    last = ledger.last_states()
    used.update(last)
    for record_id, event in last.items():
        if datetime.fromisoformat(event.at) <= as_of and (complete or record_id in states):
            yield from _check_record(event, lines[record_id], states, registered, last, used)
    for record_id, state in states.items():
        before = ledger.spent.get(record_id)
        if before is not None and record_id not in last and registered[record_id].case != before.case:
            terms = {"id": record_id, "next": next_number(record_id, used)}
            yield diagnose("PUB012", registered[state.id].place, terms=terms)


def fault_diagnostic(fault: LedgerFault) -> Diagnostic:
    """台账的毛病 as a diagnostic at its line."""
    return diagnose(fault.code, Place(path=fault.file, line=fault.line or None), terms=fault.terms)


def _check_record(
    event: Event,
    line: Line,
    states: Mapping[str, RecordState],
    registered: Mapping[str, Registered],
    last: Mapping[str, Event],
    used: Iterable[str],
) -> Iterator[Diagnostic]:
    before, now, record = event.state, states.get(event.id), registered.get(event.id)
    terms = {"id": before.id, "on": event.at[:10]}
    if now is None:
        if record is None or not record.hidden:
            place = Place(path=FOLDER) if record is None else record.place
            yield diagnose("PUB010", place, terms={**terms, "next": next_number(before.id, used)})
        return
    assert record is not None
    if now.kind != before.kind:
        yield diagnose("PUB011", record.place, terms={**terms, "next": next_number(before.id, used)})
        return
    if now.closes_on != before.closes_on and now.moves <= before.moves:
        days = {"before": before.closes_on or "—", "now": now.closes_on or "—"}
        yield diagnose("PUB014", record.place, terms={**terms, **days})
    if now.form != before.form:
        return
    if now.reduced or before.reduced == "thinned" or (now.is_tombstone and not before.is_tombstone):
        return
    if now.corrections < before.corrections:
        yield diagnose("PUB015", record.place, terms=terms)
    elif now.corrections == before.corrections and _differs(line, before, now, record, states, last):
        yield diagnose("PUB013", record.place, terms=terms)


def _differs(
    line: Line,
    before: RecordState,
    now: RecordState,
    record: Registered,
    states: Mapping[str, RecordState],
    last: Mapping[str, Event],
) -> bool:
    """Whether something changed that only a correction may change. What was withheld since then needs none; nor what
    a decision says of an honour that itself says why it changed, nor an honour whose decision was corrected."""
    if record.granted_by is not None and _says_why(record.granted_by, states, last):
        return False
    if now.facts != before.facts:
        return True
    if now.shown == before.shown or any(_says_why(honour, states, last) for honour in record.grants):
        return False
    return not record.withheld_since(line)


def _says_why(record_id: str, states: Mapping[str, RecordState], last: Mapping[str, Event]) -> bool:
    """Whether a record that was logged has been corrected, shows less, has ended or is withheld since then."""
    event, now = last.get(record_id), states.get(record_id)
    if event is None or now is None:
        return event is not None
    before = event.state
    ended = now.is_tombstone and not before.is_tombstone
    return now.corrections > before.corrections or ended or is_less(now, before)
