"""先后核对 (sequence checks): a notice comes out in time to be objected to, is decided when its time is over and its
objections are settled, and says so when what followed from it is taken back.

No law is needed to see these; where the text at hand says it already, it is told once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from generator.cases.case import Case, NoticeRecord
from generator.checks.problem import CaseProblem

IN_FAVOUR = frozenset({"confirmed", "awarded", "recommended"})
"""Conclusions for those who were publicised: what an organ does once nobody has objected. A withdrawal or a refusal may
come at any time."""


def check_sequence(
    case: Case, told: Iterable[CaseProblem], reckoned: date | None = None
) -> Iterator[CaseProblem]:
    """REG045 to REG047 (published late, decided early), REG050, REG051 and REG053 (objections and revocations that do not fit).

    ``told``: what other checks have found. ``reckoned`` is the last day, inclusive, where a clock has worked it out.
    """
    if case.notice is None:
        return
    yield from _published_late(case.notice)
    yield from _decided_early(case, case.notice, any(item.field == "outcome.decided_on" for item in told))
    yield from _decided_over_objections(case)
    yield from _objected_late(case, reckoned or _last_day(case.notice))
    yield from _revoked_by_halves(case, case.notice)


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


def _decided_over_objections(case: Case) -> Iterator[CaseProblem]:
    """Of what is publicised after its decision the objections come after it, too."""
    outcome = case.outcome
    if outcome is None or outcome.kind not in IN_FAVOUR or case.publicity_order == "after_decision":
        return
    for number, objection in enumerate(case.objections):
        settled = objection.resolved_on
        if objection.received_on <= outcome.decided_on and (settled is None or settled > outcome.decided_on):
            facts = {"decided": outcome.decided_on.isoformat(), "received": objection.received_on.isoformat()}
            if settled is not None:
                facts["settled"] = settled.isoformat()
            yield CaseProblem(code="REG053", field=f"objections[{number}]", facts=facts)


def _objected_late(case: Case, closes_on: date | None) -> Iterator[CaseProblem]:
    for number, objection in enumerate(case.objections):
        if closes_on is not None and objection.received_on > closes_on:
            facts = {"closes": closes_on.isoformat(), "received": objection.received_on.isoformat()}
            field = f"objections[{number}].received_on"
            yield CaseProblem(code="REG050", field=field, facts=facts)


def _revoked_by_halves(case: Case, notice: NoticeRecord) -> Iterator[CaseProblem]:
    """All honours are revoked, and the notice still says that the deed was confirmed, without a word of it."""
    revoked = [honour.revocation for honour in case.honours if honour.revocation is not None]
    confirmed = case.outcome is not None and case.outcome.kind in IN_FAVOUR
    if not confirmed or case.revocation is not None or not revoked or len(revoked) < len(case.honours):
        return
    last = max(item.revoked_on for item in revoked)
    if not any(item.corrected_on >= last for item in notice.corrections):
        facts = {"id": notice.id, "revoked": last.isoformat()}
        yield CaseProblem(code="REG051", field="honours[0].revocation", facts=facts)


def _last_day(notice: NoticeRecord) -> date | None:
    """The last day as declared or as moved by a correction; None where only a length is known."""
    moved = [item.moved_closes_on for item in notice.corrections if item.moved_closes_on is not None]
    return moved[-1] if moved else notice.period.closes_on
