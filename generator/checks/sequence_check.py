"""先后核对 (sequence checks): a notice comes out in time to be objected to, and is decided when its time is over.

No law is needed to see these; where the text at hand says it already, it is told once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from generator.cases.case import Case, NoticeRecord
from generator.checks.problem import CaseProblem

IN_FAVOUR = frozenset({"confirmed", "awarded", "recommended"})
"""Conclusions for those who were publicised."""
"""What an organ does once nobody has objected; a withdrawal or a refusal may come at any time."""


def check_sequence(case: Case, told: Iterable[CaseProblem]) -> Iterator[CaseProblem]:
    """REG045, REG046 (published late) and REG047 (decided early). ``told``: what other checks have found."""
    if case.notice is None:
        return
    yield from _published_late(case.notice)
    yield from _decided_early(case, case.notice, any(item.field == "outcome.decided_on" for item in told))


def _published_late(notice: NoticeRecord) -> Iterator[CaseProblem]:
    published, period = notice.published_at.date(), notice.period
    elsewhere = min((posting.posted_on for posting in notice.postings), default=published)
    seen_on = min(published, elsewhere)
    facts = {"published": published.isoformat()}
    if period.closes_on is not None and seen_on > period.closes_on:
        facts["closes"] = period.closes_on.isoformat()
        yield CaseProblem(code="REG046", field="notice.published_at", facts=facts)
    elif seen_on > period.opens_on:
        facts["opens"] = period.opens_on.isoformat()
        yield CaseProblem(code="REG045", field="notice.published_at", facts=facts)


def _decided_early(case: Case, notice: NoticeRecord, known: bool) -> Iterator[CaseProblem]:
    closes_on = _last_day(notice)
    outcome = case.outcome
    if known or closes_on is None or outcome is None or outcome.kind not in IN_FAVOUR:
        return
    if case.publicity_order != "after_decision" and outcome.decided_on <= closes_on:
        facts = {"closes": closes_on.isoformat(), "decided": outcome.decided_on.isoformat()}
        yield CaseProblem(code="REG047", field="outcome.decided_on", facts=facts)


def _last_day(notice: NoticeRecord) -> date | None:
    """The last day as declared or as moved by a correction; None where only a length is known."""
    moved = [item.moved_closes_on for item in notice.corrections if item.moved_closes_on is not None]
    return moved[-1] if moved else notice.period.closes_on
