"""按规定判断案件 (judge): a case's own dates against the version in force on its day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from generator.diagnostics import Severity
from generator.law.instruments.case_dates import CaseDates
from generator.law.instruments.library import PolicyLibrary
from generator.law.instruments.provisions import Governing, Provision
from generator.law.instruments.rule_kinds import (
    ORDER_COMPARISONS,
    PERIOD_COMPARISONS,
    SPAN_COMPARISONS,
    LastDay,
    Rule,
    ends_of,
    judge_amounts,
    judge_grantors,
    judge_kinds,
    judge_order,
    judge_publicity,
    judge_revocation,
    judge_span,
    judge_within,
    rule_of,
)
from generator.law.instruments.verdict import Outcome, Verdict
from generator.law.workdays import WorkCalendar, build_calendar
from generator.source.model.instrument import Event, Status, Topic

ISSUED = build_calendar()
"""The calendar of the arrangements that the library knows, for whoever has no files of a site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """一步的期限: the step ``event`` is open and due on ``due_on`` (inclusive); ``longest_on`` is the
    last day after an extension, equal to ``due_on`` where there is none."""

    event: Event
    due_on: date
    longest_on: date
    provision: Provision


@dataclass(frozen=True, slots=True, kw_only=True)
class _RuleBook:
    """规则, sorted by kind. ``periods`` groups the ways to reach one step: the latest start prevails."""

    periods: tuple[tuple[Rule, ...], ...]
    spans: tuple[Rule, ...]
    orders: tuple[Rule, ...]
    publicity: tuple[Rule, ...]
    kinds: tuple[Rule, ...]
    grantors: tuple[Rule, ...]
    amounts: tuple[Rule, ...]
    revocation: tuple[Rule, ...]


def judge(
    dates: CaseDates,
    library: PolicyLibrary,
    *,
    last_day: LastDay | None = None,
    calendar: WorkCalendar = ISSUED,
) -> tuple[Verdict, ...]:
    """按 ``dates.law_on`` 当日有效的规定判断: every rule the case has the days for, kept or not.

    ``last_day`` moves the last day of a period that falls on a legal holiday (民法典 203); without
    it nothing moves. ``calendar`` counts periods in working days. Order: by kind of rule, the steps
    before the awards.
    """
    governing = library.governing(dates.jurisdiction, dates.law_on)
    nothing = _no_text(governing)
    if nothing is not None:
        return (nothing,)
    book = _rule_book(governing)
    move = last_day or _unmoved
    found = [*_steps(book, dates, move, calendar), *_awards(book, dates)]
    if dates.revoked_on is not None and not book.revocation:
        found.append(_unfounded_revocation(governing, dates.revoked_on))
    return tuple(found)


def breaches(verdicts: tuple[Verdict, ...]) -> tuple[Verdict, ...]:
    """Those that were not kept."""
    return tuple(verdict for verdict in verdicts if verdict.outcome is not Outcome.KEPT)


def open_steps(
    dates: CaseDates,
    library: PolicyLibrary,
    *,
    last_day: LastDay | None = None,
    calendar: WorkCalendar = ISSUED,
) -> tuple[Due, ...]:
    """待办的期限: steps whose period has begun and whose own day is not recorded, soonest first.

    A decided case (confirmed or refused) has no open steps before its decision.
    """
    book = _rule_book(library.governing(dates.jurisdiction, dates.law_on))
    decided = dates.confirmed_on is not None or dates.refused_on is not None
    found = []
    for rules in book.periods:
        rule = _prevailing(rules, dates)
        if rule is None or rule.value.from_ is None or rule.value.to is None:
            continue
        start = dates.day_of(rule.value.from_, rule.value.award_kinds)
        if start is None or dates.day_of(rule.value.to) is not None:
            continue
        if rule.value.to in _ORGAN_STEPS and not (decided and rule.value.to in _BEFORE_DECISION):
            due, longest = ends_of(rule, dates, start, last_day or _unmoved, calendar)
            found.append(Due(event=rule.value.to, due_on=due, longest_on=longest, provision=rule.provision))
    return tuple(sorted(found, key=lambda item: (item.due_on, item.provision.position)))


# Steps that are an organ's to take; an application, a review or a hukou request is somebody's right.
_ORGAN_STEPS = {
    Event.ACCEPTANCE,
    Event.OPINION,
    Event.PROPOSAL,
    Event.CONFIRMATION,
    Event.CONCLUSION,
    Event.ANSWER,
    Event.REVIEW_DECISION,
}
_BEFORE_DECISION = {
    Event.ACCEPTANCE,
    Event.OPINION,
    Event.PROPOSAL,
    Event.CONFIRMATION,
    Event.CONCLUSION,
}


@lru_cache(maxsize=256)
def _rule_book(governing: Governing) -> _RuleBook:
    rules = [
        rule_of(provision, certain=answer.certain)
        for answer in governing.answers
        for provision in answer.provisions
        if provision.status is Status.STATED
    ]

    def about(topic: Topic) -> list[Rule]:
        return [rule for rule in rules if rule.provision.topic is topic]

    periods: dict[tuple[Topic, Event], list[Rule]] = {}
    for rule in rules:
        value = rule.value
        if value.comparison in PERIOD_COMPARISONS and value.from_ is not None and value.to is not None:
            periods.setdefault((rule.provision.topic, value.to), []).append(rule)
    ended = [rule for rule in rules if rule.value.from_ is not None and rule.value.to is not None]
    return _RuleBook(
        periods=tuple(tuple(sorted(group, key=_latest_first)) for group in periods.values()),
        spans=tuple(
            rule
            for rule in ended
            if rule.value.comparison in SPAN_COMPARISONS and rule.value.days is not None
        ),
        orders=tuple(rule for rule in ended if rule.value.comparison in ORDER_COMPARISONS),
        publicity=tuple(rule for rule in about(Topic.PUBLICITY_REQUIRED) if rule.value.required),
        kinds=tuple(rule for rule in about(Topic.HONOUR_RANK) if rule.value.award_kinds),
        grantors=tuple(rule for rule in about(Topic.AWARD_AUTHORITY) if rule.value.grantors),
        amounts=tuple(rule for rule in about(Topic.BONUS) if rule.value.amount_cny is not None),
        revocation=tuple(about(Topic.REVOCATION)),
    )


_PROCEDURE = {event: place for place, event in enumerate(Event)}


def _latest_first(rule: Rule) -> int:
    return -_PROCEDURE[rule.value.from_ or Event.ACT]


def _steps(book: _RuleBook, dates: CaseDates, move: LastDay, calendar: WorkCalendar) -> Iterator[Verdict]:
    for rules in book.periods:
        rule = _prevailing(rules, dates)
        if rule is not None:
            yield from _one(judge_within(rule, dates, move, calendar))
    for rule in book.spans:
        yield from _one(judge_span(rule, dates, calendar))
    for rule in book.orders:
        yield from _one(judge_order(rule, dates))
    for rule in book.publicity:
        yield from _one(judge_publicity(rule, dates))
    if book.revocation:
        yield from _one(judge_revocation(book.revocation, dates))


def _awards(book: _RuleBook, dates: CaseDates) -> Iterator[Verdict]:
    yield from judge_kinds(book.kinds, dates)
    yield from judge_grantors(book.grantors, dates)
    yield from judge_amounts(book.amounts, dates)


def _one(verdict: Verdict | None) -> Iterator[Verdict]:
    if verdict is not None:
        yield verdict


def _prevailing(rules: tuple[Rule, ...], dates: CaseDates) -> Rule | None:
    """Of several starts for one step (90 days from the act, 30 from another organ's conclusion) the
    latest in the procedure that the case has; the rule book puts that first."""
    for rule in rules:
        if (
            rule.value.from_ is not None
            and dates.day_of(rule.value.from_, rule.value.award_kinds) is not None
        ):
            return rule
    return None


def _unmoved(day: date) -> date:
    return day


def _no_text(governing: Governing) -> Verdict | None:
    """A day on which no text, or more than one, may hold: nothing can be judged."""
    chosen = governing.chosen
    if chosen.version is not None or governing.answers:
        return None
    return Verdict(
        outcome=Outcome.DOUBTFUL,
        key="LAW013",
        code="LAW013",
        severity=Severity.WARNING,
        terms=(("reason", "".join(note.words for note in chosen.notes)),),
    )


def _unfounded_revocation(governing: Governing, revoked_on: date) -> Verdict:
    version = governing.chosen.version
    title = f"《{version.instrument_title}》（{version.label}）" if version is not None else ""
    return Verdict(
        outcome=Outcome.DOUBTFUL,
        key="LAW014",
        code="LAW014",
        severity=Severity.WARNING,
        facts=(("actual", revoked_on.isoformat()),),
        terms=(("text", title),),
    )
