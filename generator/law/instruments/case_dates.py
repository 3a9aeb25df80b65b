"""案件的日期 (case dates): the little of a case that the law judges. All but the first two may be missing.

No name, no place, no text: a rule needs days, kinds and amounts only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.source.model.law_words import AwardKind, Event, Grantor


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardDates:
    """一项奖励. ``grade`` is the degree of merit (``considerable``, ``major``, ``exceptional``) or of harm
    (``total_loss``, ``partial_loss``) where known. ``title`` of money is what it came with, or its own name."""

    kind: AwardKind
    title: str | None = None
    grantor: Grantor | None = None
    amount_cny: int | None = None
    """Yuan for each person."""
    grade: str | None = None
    decided_on: date | None = None
    along: tuple[AwardKind, ...] = ()
    """Of money: the kinds of award it came with (记功 with its 奖金)."""

    @property
    def kinds(self) -> tuple[AwardKind, ...]:
        """What it is, and what it came with."""
        return (self.kind, *self.along)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDates:
    """案件的日期.

    ``law_on`` is the day whose law judges the case: which of act, application or notice that is,
    no text says, so the caller's setting decides. Of a day known only to the month or year the last day is
    taken: a step that may have been in time is not called late. ``applied_on`` stays
    empty for a case taken up ex officio.
    """

    jurisdiction: str
    law_on: date
    happened_on: date | None = None
    conclusion_on: date | None = None
    """Another organ's conclusion that the application rests on."""
    applied_on: date | None = None
    materials_complete_on: date | None = None
    accepted_on: date | None = None
    opinion_on: date | None = None
    proposed_on: date | None = None
    publicity_opens_on: date | None = None
    publicity_closes_on: date | None = None
    """Last day, inclusive."""
    first_day_counts: bool | None = None
    """None: the organ has not said; both readings are judged."""
    confidential: bool = False
    """Withheld on a lawful ground, so that no publicity is due."""
    confirmed_on: date | None = None
    refused_on: date | None = None
    notified_on: date | None = None
    """The decision reached the person who applied."""
    certificate_on: date | None = None
    review_requested_on: date | None = None
    review_decided_on: date | None = None
    hukou_applied_on: date | None = None
    revoked_on: date | None = None
    complicated: bool = False
    excluded_days: int = 0
    """Days that the text leaves out of the count (waiting for a judicial conclusion)."""
    awards: tuple[AwardDates, ...] = ()

    def day_of(self, event: Event, award_kinds: tuple[AwardKind, ...] = ()) -> date | None:
        """The day of a step; for ``award`` the latest award of the given kinds (all, without any)."""
        name = _FIELDS.get(event)
        if name is not None:
            day: date | None = getattr(self, name)
            return day
        if event is Event.CONCLUSION:
            made = [day for day in (self.confirmed_on, self.refused_on) if day is not None]
            return min(made, default=None)
        if event is Event.AWARD:
            decided = [
                award.decided_on
                for award in self.awards
                if award.decided_on is not None and (not award_kinds or award.kind in award_kinds)
            ]
            return max(decided, default=None)
        return None


_FIELDS = {
    Event.ACT: "happened_on",
    Event.OTHER_CONCLUSION: "conclusion_on",
    Event.APPLICATION: "applied_on",
    Event.MATERIALS_COMPLETE: "materials_complete_on",
    Event.ACCEPTANCE: "accepted_on",
    Event.OPINION: "opinion_on",
    Event.PROPOSAL: "proposed_on",
    Event.PUBLICITY_OPEN: "publicity_opens_on",
    Event.PUBLICITY_CLOSE: "publicity_closes_on",
    Event.CONFIRMATION: "confirmed_on",
    Event.REFUSAL: "refused_on",
    Event.ANSWER: "notified_on",
    Event.CERTIFICATE: "certificate_on",
    Event.REVIEW_REQUEST: "review_requested_on",
    Event.RECONFIRMATION_REQUEST: "review_requested_on",
    Event.REVIEW_DECISION: "review_decided_on",
    Event.HUKOU_APPLICATION: "hukou_applied_on",
}
