"""目击的记录 (sightings): signed lines that say what an observer got from a site, and when.

They say that these bytes were served at these moments, never that they were served in between.
"""

from __future__ import annotations

import itertools
import json
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from msgspec import ValidationError, convert

from generator.public.json_text import canonical
from generator.public.logged_record import Seen
from generator.publication_log.publication_event import Event
from generator.publication_log.signed_note import BadNoteError, Checkpoint, Verifier, from_base64
from generator.source.model.instant import SHANGHAI

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """一次目击. ``id`` is empty for the log as a whole. Digests are SHA-256 in base64: ``document`` as in the event
    that the log has of the record, ``page`` of the bytes of the page. ``at`` is the observer's own clock. ``signed_by`` is
    the log's key that signed what was seen, empty where nobody did."""

    at: str
    url: str
    origin: str
    size: int
    root: str
    id: str
    document: str
    page: str
    key: str
    signed_by: str = ""
    signature: str = ""

    def signed_part(self) -> str:
        """What ``signature`` is over."""
        tree = self._tree()
        del tree["signature"]
        return canonical(tree).decode()

    def written(self) -> bytes:
        """The line in the file."""
        return canonical(self._tree()) + b"\n"

    def signed(self, key: Ed25519PrivateKey) -> Observation:
        """The line with the observer's signature."""
        return replace(self, signature=b64encode(key.sign(self.signed_part().encode())).decode())

    def is_sound(self) -> bool:
        """Whether the observer whom it names signed it."""
        try:
            verifier, signature = Verifier.parse(self.key), from_base64(self.signature)
            if self.signed_by:
                Verifier.parse(self.signed_by)
            Checkpoint(self.origin, self.size, from_base64(self.root))
            return datetime.fromisoformat(self.at).tzinfo is not None and verifier.accepts(
                self.signed_part(), signature
            )
        except (BadNoteError, ValueError):
            return False

    def _tree(self) -> dict[str, Any]:
        tree = {name: getattr(self, name) for name in Observation.__slots__}
        if not self.signed_by:
            del tree["signed_by"]
        return tree


def read_observations(data: bytes) -> tuple[list[Observation], list[int]]:
    """The sound lines of a file, and the numbers of those that are not, from 1."""
    sound: list[Observation] = []
    unsound: list[int] = []
    for number, line in enumerate(data.splitlines(), 1):
        try:
            made = convert(json.loads(line), Observation)
        except (ValueError, ValidationError):
            unsound.append(number)
            continue
        if made.is_sound():
            sound.append(made)
        else:
            unsound.append(number)
    return sound, unsound


def seen_in_period(events: Sequence[Event], seen: Iterable[Observation], origin: str) -> Seen | None:
    """目击小结 of the period of the notice with these ``events``, by those who saw what the log ``origin`` says; None of
    a record without a period. The time after the last of all that is known is not counted."""
    last = events[-1].state if events else None
    if last is None or last.opens_on is None or last.closes_on is None:
        return None
    logged = {event.state.document for event in events}
    own = [item for item in seen if item.id == last.id and item.document in logged and item.origin == origin]
    known_until = max(datetime.fromisoformat(at) for at in (events[-1].at, *(item.at for item in own)))
    start = datetime.combine(date.fromisoformat(last.opens_on), time(), SHANGHAI)
    end = datetime.combine(date.fromisoformat(last.closes_on) + timedelta(days=1), time(), SHANGHAI)
    return sightings(own, start, max(start, min(end, known_until + timedelta(seconds=1))))


def sightings(seen: Iterable[Observation], start: datetime, end: datetime) -> Seen:
    """目击小结 from ``start`` (inclusive) to ``end`` (exclusive); ``seen`` are of one record."""
    within = sorted(
        (moment, item.key) for item in seen if start <= (moment := datetime.fromisoformat(item.at)) < end
    )
    moments = [start, *(moment for moment, _ in within), end]
    gaps = [later - earlier for earlier, later in itertools.pairwise(moments)]
    return Seen(
        times=len(within),
        observers=len({key for _, key in within}),
        longest_gap=max(gaps, default=timedelta()),
    )
