"""登记情况 (logged record): what the log of publications proves of one record, as its page tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """目击小结 of a notice's period: how often and by how many it was seen, and the longest time in which nobody looked."""

    times: int
    observers: int
    longest_gap: timedelta

    @property
    def hours(self) -> str:
        """``longest_gap`` in hours, one figure behind the point: 25.5."""
        return f"{self.longest_gap.total_seconds() / 3600:.1f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedRecord:
    """登记情况 of a record. It depends on the record's own events alone, so that one publication changes no other page.

    ``ordinal``: which event of the whole log its last one is, from 1; ``event`` is what it is called, ``at`` when it was
    logged. ``count``: how many of its events are still told. ``signed``: the log's key signed the checkpoint that its
    proof leads to; ``stamped_at``: when authorities say that checkpoint was there, one instant each. ``seen`` is None for a
    record without a period. ``waits``: the page says something else than what was logged last.
    """

    origin: str
    ordinal: int
    event: str
    at: datetime
    count: int
    signed: bool
    stamped_at: tuple[datetime, ...]
    seen: Seen | None
    waits: bool

    @property
    def changed_at(self) -> datetime | None:
        """When the record last became another one; None where its last event is its first, or the clock's alone."""
        return self.at if self.count > 1 and self.event not in _NO_CHANGE else None


_NO_CHANGE = frozenset(("opened", "closed", "restated"))
"""Events after which a record says what it said before: its period began or ended, or digests have another form."""
NOT_OF_THE_RECORD = frozenset(
    (
        "version",
        "as_of",
        "holds_until",
        "licence",
        "provision",
        "provisions",
        "channels",
        "period",
        "days",
        "status_since",
        "status_after_close",
        "replaced_by",
        "certificate_check",
    )
)
"""Fields of a document that the site works out, or that another record or a setting decides."""
