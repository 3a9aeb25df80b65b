"""办理情况 (status): what staff must look at next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from generator.desk.overdue_steps import OpenObjection, Overdue, OverdueStep
from generator.diagnostics import Diagnostic
from generator.law.notice_period.day_wording import closing_words
from generator.public.coming_changes import ComingChange
from generator.public.context import SiteContext
from generator.public.list_rows import NoticeRow
from generator.public.public_case import NoticeStatus
from generator.publication_log.waiting_events import Publications

CLOSING_SOON = timedelta(days=3)
_NOTHING = Overdue()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRow:
    """一则公示的情况. ``last_moment`` in words, Beijing time."""

    id: str
    title: str
    closes_at: str
    last_moment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unconfirmed:
    """一次没有确认的紧急撤下: of the record at ``path``, since ``on``."""

    path: str
    on: str
    days: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReport:
    """全站情况. ``next_change_at`` is the next instant at which some page turns by itself."""

    as_of: str
    next_change_at: str | None
    open: tuple[StatusRow, ...]
    closing_soon: tuple[StatusRow, ...]
    scheduled: tuple[StatusRow, ...]
    awaiting: tuple[StatusRow, ...]
    under_review: tuple[StatusRow, ...]
    unconfirmed: tuple[Unconfirmed, ...] = ()
    """Urgent withdrawals that nobody but their author has looked at. Staff only."""
    withholding_ended: tuple[str, ...] = ()
    """Records, as ``file: field``, whose withholding has ended and waits for a decision. Staff only."""
    overdue: tuple[OverdueStep, ...] = ()
    """Steps of the procedure whose last day has passed. Staff only."""
    objections: tuple[OpenObjection, ...] = ()
    """Objections without a result, told from the day on which they came. Staff only."""
    coming: tuple[ComingChange, ...] = ()
    """What turns by itself: the law, names kept for a while, the holiday arrangements that are known."""
    publications: Publications | None = None
    """What the log of publications knows and what waits for it."""

    def groups(self) -> tuple[tuple[str, tuple[StatusRow, ...]], ...]:
        """(heading, rows), the most urgent first."""
        return (
            ("closing_soon", self.closing_soon),
            ("open", self.open),
            ("scheduled", self.scheduled),
            ("under_review", self.under_review),
            ("awaiting", self.awaiting),
        )

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        groups = {
            name: [{"id": r.id, "title": r.title, "closes_at": r.closes_at} for r in rows]
            for name, rows in self.groups()
        }
        return {
            "as_of": self.as_of,
            "next_change_at": self.next_change_at,
            **groups,
            "overdue": [
                {
                    "file": step.path,
                    "step": step.step,
                    "due_on": step.due_on.isoformat(),
                    "longest_on": step.longest_on.isoformat(),
                    "basis": step.basis,
                }
                for step in self.overdue
            ],
            "objections": [
                {
                    "file": item.path,
                    "notice": item.notice,
                    "received_on": item.received_on.isoformat(),
                    "days": item.days,
                }
                for item in self.objections
            ],
            "unconfirmed": [{"file": item.path, "on": item.on} for item in self.unconfirmed],
            "withholding_ended": list(self.withholding_ended),
            "coming": [
                {"on": item.on.isoformat(), "kind": item.kind, "what": item.what} for item in self.coming
            ],
            "publications": self._publications(),
        }

    def _publications(self) -> dict[str, Any] | None:
        if self.publications is None or not self.publications.ledger:
            return None
        waiting = self.publications.waiting
        return {
            "published": sorted(self.publications.ledger.last_states()),
            "events": self.publications.ledger.size,
            "waiting": [{"id": event.id, "event": event.event} for event in waiting.events],
            "to_forget": len(waiting.forget),
        }


def site_status(
    rows: Iterable[NoticeRow],
    context: SiteContext,
    warnings: Iterable[Diagnostic] = (),
    work: Overdue = _NOTHING,
    coming: Iterable[ComingChange] = (),
    publications: Publications | None = None,
) -> StatusReport:
    """办理情况 at ``context.as_of``. ``warnings`` are those of the checks; DIS012 asks for a decision, DSK115 for a second
    person. ``work`` is what waits in the records."""
    warnings = tuple(warnings)
    ordered = sorted(rows, key=lambda row: (row.closes_at, row.id))

    def having(*statuses: NoticeStatus) -> tuple[StatusRow, ...]:
        return tuple(_row(row) for row in ordered if row.status in statuses)

    soon = tuple(
        _row(row)
        for row in ordered
        if row.status is NoticeStatus.OPEN and row.closes_at - context.as_of <= CLOSING_SOON
    )
    next_change = context.next_change_at
    return StatusReport(
        as_of=context.as_of.isoformat(timespec="minutes"),
        next_change_at=next_change.isoformat(timespec="minutes") if next_change else None,
        open=having(NoticeStatus.OPEN),
        closing_soon=soon,
        scheduled=having(NoticeStatus.SCHEDULED),
        awaiting=having(NoticeStatus.AWAITING, NoticeStatus.AWAITING_AWARD),
        under_review=having(NoticeStatus.UNDER_REVIEW),
        unconfirmed=tuple(
            Unconfirmed(path=item.place.path, on=item.terms["on"], days=item.terms["days"])
            for item in warnings
            if item.code == "DSK115"
        ),
        withholding_ended=tuple(
            f"{item.place.path}: {item.place.field}" for item in warnings if item.code == "DIS012"
        ),
        overdue=work.steps,
        objections=work.objections,
        coming=tuple(coming),
        publications=publications,
    )


def _row(row: NoticeRow) -> StatusRow:
    return StatusRow(
        id=row.id,
        title=row.title,
        closes_at=row.closes_at.isoformat(timespec="minutes"),
        last_moment=closing_words(row.closes_on, row.closes_at),
    )
