"""按规定判断案件 (judge): a case's own dates against the version in force on its day."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from generator.diagnostics import Severity
from generator.law.instruments.award_rules import judge_amounts, judge_grantors, judge_kinds
from generator.law.instruments.case_dates import CaseDates
from generator.law.instruments.library import PolicyLibrary
from generator.law.instruments.policy_words import above_words
from generator.law.instruments.provisions import Governing, Provision
from generator.law.instruments.rule_kinds import (
    ORDER_COMPARISONS,
    PERIOD_COMPARISONS,
    SPAN_COMPARISONS,
    Reckoning,
    Rule,
    ends_of,
    is_settled,
    judge_order,
    judge_publicity,
    judge_revocation,
    judge_span,
    judge_within,
    rule_of,
)
from generator.law.instruments.verdict import Outcome, Verdict
from generator.law.workdays import build_calendar
from generator.source.model.law_words import Event, Status, Topic

AS_ISSUED = Reckoning(calendar=build_calendar())
"""The arrangements that the library knows, and no roll-over, for whoever has no settings of a site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """一步的期限: the step ``event`` is open and due on ``due_on`` (inclusive); ``longest_on`` is the
    last day after an extension, equal to ``due_on`` where there is none. ``settled`` is false while the
    holiday arrangement of the last day's year is not issued: it may still move."""

    event: Event
    due_on: date
    longest_on: date
    provision: Provision
    settled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _RuleBook:
    """规则, sorted by kind. ``periods`` groups the ways to reach one step: the latest end prevails.
    ``open_to`` let others reward beside those whom ``grantors`` name."""

    periods: tuple[tuple[Rule, ...], ...]
    spans: tuple[Rule, ...]
    orders: tuple[Rule, ...]
    publicity: tuple[Rule, ...]
    kinds: tuple[Rule, ...]
    grantors: tuple[Rule, ...]
    open_to: tuple[Rule, ...]
    amounts: tuple[Rule, ...]
    revocation: tuple[Rule, ...]


def judge(
    dates: CaseDates,
    library: PolicyLibrary,
    *,
    reckoning: Reckoning = AS_ISSUED,
    without: Collection[Topic] = (),
) -> tuple[Verdict, ...]:
    """按 ``dates.law_on`` 当日有效的规定判断: every rule the case has the days for, kept or not.

    ``reckoning`` says how ends of periods are read. ``without`` leaves out topics that are judged elsewhere, day
    by day. Order: by kind of rule, the steps before the awards.
    """
    governing = library.governing(dates.jurisdiction, dates.law_on)
    nothing = _no_text(governing)
    if nothing is not None:
        return (nothing,)
    book = _rule_book(governing)
    found = [*_steps(book, dates, reckoning, without), *_awards(book, dates)]
    if dates.revoked_on is not None and not book.revocation:
        found.append(_unfounded_revocation(governing, dates.revoked_on))
    return tuple(_with_level(verdict, dates.jurisdiction, library) for verdict in found)


def _with_level(verdict: Verdict, place: str, library: PolicyLibrary) -> Verdict:
    """A verdict that says so where the text of a place above decided it."""
    decided_by = verdict.provision.jurisdiction if verdict.provision is not None else place
    if decided_by == place:
        return verdict
    level = library.levels.get(decided_by, "province")
    return replace(verdict, above=above_words(level, applied=place in library.applying))


def breaches(verdicts: tuple[Verdict, ...]) -> tuple[Verdict, ...]:
    """Those that were not kept."""
    return tuple(verdict for verdict in verdicts if verdict.outcome is not Outcome.KEPT)


def open_steps(
    dates: CaseDates, library: PolicyLibrary, *, reckoning: Reckoning = AS_ISSUED
) -> tuple[Due, ...]:
    """待办的期限: steps whose period has begun and whose own day is not recorded, soonest first.

    A decided case (confirmed or refused) has no open steps before its decision.
    """
    book = _rule_book(library.governing(dates.jurisdiction, dates.law_on))
    decided = dates.confirmed_on is not None or dates.refused_on is not None
    found = []
    for rules in book.periods:
        rule = _prevailing(rules, dates, reckoning)
        if rule is None or rule.value.from_ is None or rule.value.to is None:
            continue
        start = dates.day_of(rule.value.from_, rule.value.award_kinds)
        if start is None or dates.day_of(rule.value.to) is not None:
            continue
        if rule.value.to in _ORGAN_STEPS and not (decided and rule.value.to in _BEFORE_DECISION):
            ends = ends_of(rule, dates, start, reckoning)
            found.append(
                Due(
                    event=rule.value.to,
                    due_on=ends.due,
                    longest_on=ends.longest,
                    provision=rule.provision,
                    settled=not reckoning.unsettled(ends.due)
                    and is_settled(rule, start, ends.due, reckoning.calendar),
                )
            )
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
        periods=tuple(tuple(group) for group in periods.values()),
        spans=tuple(
            rule
            for rule in ended
            if rule.value.comparison in SPAN_COMPARISONS and rule.value.days is not None
        ),
        orders=tuple(rule for rule in ended if rule.value.comparison in ORDER_COMPARISONS),
        publicity=tuple(rule for rule in about(Topic.PUBLICITY_REQUIRED) if rule.value.required),
        kinds=tuple(rule for rule in about(Topic.HONOUR_RANK) if rule.value.award_kinds),
        grantors=tuple(rule for rule in about(Topic.AWARD_AUTHORITY) if rule.value.grantors),
        open_to=tuple(rule for rule in about(Topic.OTHER) if rule.value.award_kinds),
        amounts=tuple(rule for rule in about(Topic.BONUS) if rule.value.amount_cny is not None),
        revocation=tuple(about(Topic.REVOCATION)),
    )


def _steps(
    book: _RuleBook, dates: CaseDates, reckoning: Reckoning, without: Collection[Topic]
) -> Iterator[Verdict]:
    for rules in book.periods:
        rule = _prevailing(rules, dates, reckoning)
        if rule is not None:
            yield from _one(judge_within(rule, dates, reckoning))
    for rule in book.spans:
        if rule.provision.topic in without:
            continue
        yield from _one(judge_span(rule, dates, reckoning.calendar))
    for rule in book.orders:
        yield from _one(judge_order(rule, dates))
    for rule in book.publicity:
        yield from _one(judge_publicity(rule, dates))
    if book.revocation:
        yield from _one(judge_revocation(book.revocation, dates))


def _awards(book: _RuleBook, dates: CaseDates) -> Iterator[Verdict]:
    yield from judge_kinds(book.kinds, dates)
    yield from judge_grantors(book.grantors, book.open_to, dates)
    yield from judge_amounts(book.amounts, dates)


def _one(verdict: Verdict | None) -> Iterator[Verdict]:
    if verdict is not None:
        yield verdict


def _prevailing(rules: tuple[Rule, ...], dates: CaseDates, reckoning: Reckoning) -> Rule | None:
    """Of several ways to one step (90 days from the act, 30 from another organ's conclusion) that which
    ends last: an early conclusion does not shorten what runs from the act."""
    begun = [
        (rule, start)
        for rule in rules
        if rule.value.from_ is not None
        and (start := dates.day_of(rule.value.from_, rule.value.award_kinds)) is not None
    ]
    if len(begun) < 2:
        return begun[0][0] if begun else None
    return max(begun, key=lambda item: ends_of(item[0], dates, item[1], reckoning).due)[0]


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
