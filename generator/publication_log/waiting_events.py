"""待登记 (waiting): what the next publication will add to the log, and what must go from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256

from generator.diagnostics import Place
from generator.publication_log.publication_event import Event, RecordState, is_less, next_event
from generator.publication_log.publication_ledger import Ledger, Line, Spent


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """台账要知道的案件情况 of one public number, from the private record that has it.

    ``hidden``: nothing of the record may be shown, by its own withholding. ``withheld_on`` is the day of the latest
    decision to withhold something of it; ``told`` and ``untold`` are marks of what it tells of its people, and of what
    it keeps back. ``case`` is a hash of the case's internal number, for a decision of those of
    all its cases. ``grants`` are the numbers of the honours that a decision grants, ``granted_by`` that of the decision
    by which an honour is granted.
    """

    place: Place
    hidden: bool
    withheld_on: date | None
    case: str
    told: frozenset[str] = frozenset()
    untold: frozenset[str] = frozenset()
    grants: frozenset[str] = frozenset()
    granted_by: str | None = None

    def withheld_since(self, line: Line) -> bool:
        """Whether something is withheld now that was told at an event: by the day of the decision, or because it was
        told then, however old a decision is that somebody forgot to enter."""
        if line.told & self.untold:
            return True
        on = None if line.event is None else line.event.at[:10]
        return self.withheld_on is not None and on is not None and self.withheld_on.isoformat() >= on


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """待登记的事件, by record, and by its number what each record tells of its people; numbers of the lines to
    ``forget``; numbers of records that are ``spent``."""

    events: tuple[Event, ...] = ()
    told: Mapping[str, frozenset[str]] = field(default_factory=dict)
    forget: frozenset[int] = frozenset()
    spent: tuple[Spent, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.events or self.forget)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publications:
    """公布登记: the whole ledger, what of it a site of this instant shows, the numbers of all public records, and what
    waits. While the ledger is empty nothing waits unless it was asked for."""

    ledger: Ledger
    shown: Ledger
    public: frozenset[str] = frozenset()
    waiting: Waiting = Waiting()


def waiting_events(
    ledger: Ledger,
    states: Mapping[str, RecordState],
    registered: Mapping[str, Registered],
    as_of: datetime,
) -> Waiting:
    """What the ledger does not know yet of the public records in ``states``, each by its number."""
    known = ledger.by_record()
    events: list[Event] = []
    forget: set[int] = set()
    spent: list[Spent] = []
    for record_id in sorted(states):
        lines = known.get(record_id, [])
        last = lines[-1].event if lines else None
        event = next_event(states[record_id], last if isinstance(last, Event) else None, as_of)
        if event is not None:
            events.append(event)
        forget.update(forgotten_lines(lines, states[record_id], registered[record_id]))
    for record_id, lines in known.items():
        record = registered.get(record_id)
        if record_id not in states and record is not None and record.hidden:
            forget.update(line.number for line in lines)
            spent.append(Spent(record_id, record.case))
    for record_id, lines in known.items():
        if record_id in states and any(
            line.number in forget for honour in registered[record_id].grants for line in known.get(honour, ())
        ):
            forget.update(_other_lines(lines, states[record_id]))
    return Waiting(
        events=tuple(events),
        told={event.id: registered[event.id].told for event in events},
        forget=frozenset(forget),
        spent=tuple(spent),
    )


def _other_lines(lines: list[Line], now: RecordState) -> Iterator[int]:
    """What a decision showed of an honour is forgotten with it: its lines but those of what it shows now."""
    for line in lines:
        if isinstance(line.event, Event) and line.event.state.document != now.document:
            yield line.number


def forgotten_lines(lines: list[Line], now: RecordState, record: Registered) -> list[int]:
    """须忘记的: numbers of the lines whose digests are of what the record may no longer show.

    Whoever holds an old copy could prove by salt and event that the copy was genuine.
    """
    numbers = []
    for line in lines:
        if isinstance(line.event, Event):
            before = line.event.state
            other = before.form != now.form or before.shown != now.shown
            if is_less(now, before) or (other and record.withheld_since(line)):
                numbers.append(line.number)
    return numbers


def case_hash(jurisdiction: str, case: str, record_id: str) -> str:
    """案件的散列: tells whether a number that was used belongs to the same case."""
    return sha256(f"{jurisdiction}/{case}/{record_id}".encode()).hexdigest()[:32]
