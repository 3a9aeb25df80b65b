"""规则的种类 (kinds of rule): one small function a kind; the figures are the provisions' own.

Every function takes a provision and the case's dates and gives at most one verdict an event or an
award; None when the case has not the days that the rule needs.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from generator.diagnostics import Severity
from generator.law.instruments.case_dates import AwardDates, CaseDates
from generator.law.instruments.policy_words import (
    amount_words,
    event_words,
    grantor_words,
    kind_words,
    period_words,
    value_words,
)
from generator.law.instruments.provisions import Provision
from generator.law.instruments.verdict import Outcome, Verdict
from generator.law.workdays import WorkCalendar
from generator.source.model.instrument import AwardKind, Comparison, DayUnit, Event, Value

LastDay = Callable[[date], date]
"""末日的顺延 (民法典 203): the last day of a period, moved where it falls on a legal holiday."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """一条可判断的规定. ``certain`` is false when the version itself is in doubt: then no breach is an error."""

    provision: Provision
    certain: bool
    terms: tuple[tuple[str, str], ...]
    """The rule in words, for messages; put into words once, not once a case."""

    @property
    def value(self) -> Value:
        """The figures."""
        return self.provision.value

    @property
    def severity(self) -> Severity:
        """硬规则 under a version that is certain: error; anything else: warning."""
        return Severity.ERROR if self.value.hard and self.certain else Severity.WARNING


def rule_of(provision: Provision, *, certain: bool) -> Rule:
    """A provision made ready to judge by."""
    value = provision.value
    named = {
        "from_event": event_words(value.from_) if value.from_ is not None else "",
        "to_event": event_words(value.to) if value.to is not None else "",
        "period": period_words(value) or "",
        "rule": value_words(value) or "",
    }
    terms = tuple((name, text) for name, text in named.items() if text)
    return Rule(provision=provision, certain=certain, terms=terms)


def period_end(start: date, *, days: int | None, months: int | None, years: int | None) -> date:
    """期间的末日: the first day is not counted (民法典 201); a period of months or years ends on the
    same day of the last month, or on its last day where it has no such day (民法典 202)."""
    if days is not None:
        return start + timedelta(days=days)
    count = start.year * 12 + start.month - 1 + (months or 0) + 12 * (years or 0)
    year, month = divmod(count, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def ends_of(
    rule: Rule, dates: CaseDates, start: date, last_day: LastDay, calendar: WorkCalendar
) -> tuple[date, date]:
    """The last day of a ``within`` period that began on ``start``, and the last day after extension.

    Days are counted as the provision says, all of them or working days. Where it does not say, all.
    """
    value = rule.value
    spare = timedelta(days=dates.excluded_days if value.excludes else 0)
    if value.day_unit is DayUnit.WORKING_DAY and value.days is not None:
        # Days left out stop the clock: the count goes on after them. It ends on a working day, which nothing moves.
        due = calendar.working_days_after(start + spare, value.days)
        return due, calendar.working_days_after(start + spare, value.extendable_to_days or value.days)
    due = last_day(period_end(start, days=value.days, months=value.months, years=value.years) + spare)
    if value.extendable_to_days is None and value.extendable_to_years is None:
        return due, due
    longest = period_end(start, days=value.extendable_to_days, months=None, years=value.extendable_to_years)
    return due, last_day(longest + spare)


def is_settled(rule: Rule, first: date, last: date, calendar: WorkCalendar) -> bool:
    """Whether the days from ``first`` to ``last`` (inclusive) can be counted for good: working days only where
    the arrangements of their years have been issued."""
    return rule.value.day_unit is not DayUnit.WORKING_DAY or not (
        calendar.arrangement_needed_for(first, last) or calendar.unsettled_year_end(first, last)
    )


def judge_within(rule: Rule, dates: CaseDates, last_day: LastDay, calendar: WorkCalendar) -> Verdict | None:
    """期限: the step ``to`` within so many days, months or years of ``from``."""
    value = rule.value
    if value.from_ is None or value.to is None:
        return None
    start, actual = dates.day_of(value.from_, value.award_kinds), dates.day_of(value.to)
    if start is None or actual is None:
        return None
    facts = {"start": start.isoformat(), "actual": actual.isoformat()}
    if actual < start:
        return _verdict(rule, Outcome.DOUBTFUL, "LAW004", facts, severity=Severity.WARNING)
    due, longest = ends_of(rule, dates, start, last_day, calendar)
    allowed = longest if dates.complicated else due
    facts |= {"due": allowed.isoformat(), "over": str((actual - allowed).days)}
    if actual <= allowed:
        return _verdict(rule, Outcome.KEPT, "within_kept", facts)
    if actual <= longest:
        facts["longest"] = longest.isoformat()
        return _verdict(rule, Outcome.DOUBTFUL, "LAW002", facts, severity=Severity.WARNING)
    if not is_settled(rule, start, longest, calendar):
        return _verdict(rule, Outcome.DOUBTFUL, "LAW001", facts, severity=Severity.WARNING)
    return _verdict(rule, Outcome.BREACHED, "LAW001", facts)


def judge_span(rule: Rule, dates: CaseDates, calendar: WorkCalendar) -> Verdict | None:
    """期间长度: from the first to the last day at least, or exactly, so many days.

    Judged with the first day counted and without; a case that says which is judged by that one, and
    only doubted for the other where the text sets a minimum (民法典 201, 204).
    """
    value = rule.value
    if value.from_ is None or value.to is None or value.days is None:
        return None
    opens, closes = dates.day_of(value.from_), dates.day_of(value.to)
    if opens is None or closes is None:
        return None
    if value.day_unit is DayUnit.WORKING_DAY:
        counted = calendar.working_days_in(opens, closes)
        excluded = calendar.working_days_in(opens + timedelta(days=1), closes)
    else:
        counted, excluded = (closes - opens).days + 1, (closes - opens).days
    facts = {
        "opens": opens.isoformat(),
        "closes": closes.isoformat(),
        "counted": str(counted),
        "excluded": str(excluded),
    }
    settled = is_settled(rule, opens, closes, calendar)
    breached = Outcome.BREACHED if settled else Outcome.DOUBTFUL
    severity = None if settled else Severity.WARNING
    lengths = {True: (counted,), False: (excluded,), None: (counted, excluded)}[dates.first_day_counts]
    if value.comparison is Comparison.EXACTLY:
        kept = value.days in lengths
        key = "span_kept" if kept else "LAW007"
        return _verdict(rule, Outcome.KEPT if kept else breached, key, facts, severity=severity)
    if max(lengths) < value.days:
        return _verdict(rule, breached, "LAW005", facts, severity=severity)
    if excluded < value.days:
        return _verdict(rule, Outcome.DOUBTFUL, "LAW006", facts, severity=Severity.WARNING)
    return _verdict(rule, Outcome.KEPT, "span_kept", facts)


def judge_order(rule: Rule, dates: CaseDates) -> Verdict | None:
    """先后: the step ``to`` after the day of ``from`` (``after``), or on that day at the earliest."""
    value = rule.value
    if value.from_ is None or value.to is None:
        return None
    earlier, actual = dates.day_of(value.from_), dates.day_of(value.to)
    if earlier is None or actual is None:
        return None
    facts = {"earlier": earlier.isoformat(), "actual": actual.isoformat()}
    kept = actual > earlier if value.comparison is Comparison.AFTER else actual >= earlier
    if kept:
        return _verdict(rule, Outcome.KEPT, "order_kept", facts)
    return _verdict(rule, Outcome.BREACHED, "LAW003", facts)


def judge_publicity(rule: Rule, dates: CaseDates) -> Verdict | None:
    """应当公示: publicity before confirmation, or with the award, unless the case is confidential."""
    value = rule.value
    due = dates.confirmed_on if value.attaches_to is Event.PROPOSAL else dates.day_of(Event.AWARD)
    if due is None or not value.required or dates.confidential:
        return None
    facts = {"actual": due.isoformat()}
    if dates.publicity_opens_on is not None:
        return _verdict(rule, Outcome.KEPT, "publicity_kept", facts)
    return _verdict(rule, Outcome.BREACHED, "LAW008", facts)


def judge_kinds(rules: tuple[Rule, ...], dates: CaseDates) -> Iterator[Verdict]:
    """奖励种类: every award of a kind that the text provides for. ``rules`` are those that list kinds."""
    if not rules:
        return
    listed = tuple(dict.fromkeys(kind for rule in rules for kind in rule.value.award_kinds))
    terms = {"kinds": "、".join(map(kind_words, listed))}
    for award in dates.awards:
        facts = {"kind": kind_words(award.kind)}
        if award.kind in listed:
            yield _verdict(rules[0], Outcome.KEPT, "kind_kept", facts, terms)
        else:
            yield _verdict(rules[0], Outcome.DOUBTFUL, "LAW009", facts, terms, severity=Severity.WARNING)


def judge_grantors(rules: tuple[Rule, ...], dates: CaseDates) -> Iterator[Verdict]:
    """授予权限: every award granted by one who may. ``rules`` are those that name grantors."""
    for award in dates.awards:
        if award.grantor is None:
            continue
        matching = _for_award(rules, award)
        if not matching:
            continue
        allowed = tuple(dict.fromkeys(g for rule in matching for g in rule.value.grantors))
        facts = {"award": award.title or kind_words(award.kind), "grantor": grantor_words(award.grantor)}
        terms = {"grantors": "、".join(map(grantor_words, allowed))}
        named = next((rule for rule in matching if award.grantor in rule.value.grantors), None)
        if named is not None:
            yield _verdict(named, Outcome.KEPT, "grantor_kept", facts, terms)
        else:
            yield _verdict(matching[0], Outcome.BREACHED, "LAW010", facts, terms)


def judge_amounts(rules: tuple[Rule, ...], dates: CaseDates) -> Iterator[Verdict]:
    """奖金数额: at least the floor, or exactly the sum, for the grantor, kind and degree of merit."""
    for award in dates.awards:
        if award.amount_cny is None:
            continue
        matching = [rule for rule in rules if _sets_amount(rule.value, award)]
        if award.grade is None and matching:
            # The degree is not recorded: nobody may get less than the lowest floor.
            matching = [min(matching, key=lambda rule: rule.value.amount_cny or 0)]
        for rule in matching:
            yield _amount(rule, award.amount_cny)


def judge_revocation(rules: tuple[Rule, ...], dates: CaseDates) -> Verdict | None:
    """撤销: a revocation rests on a provision; ``rules`` are those on revocation, never empty."""
    if dates.revoked_on is None:
        return None
    return _verdict(rules[0], Outcome.KEPT, "revocation_kept", {"actual": dates.revoked_on.isoformat()})


def _amount(rule: Rule, amount: int) -> Verdict:
    facts = {"amount": amount_words(amount)}
    stated = rule.value.amount_cny or 0
    if rule.value.comparison is Comparison.EXACTLY:
        kept, code = amount == stated, "LAW012"
    else:
        kept, code = amount >= stated, "LAW011"
    facts["difference"] = amount_words(abs(amount - stated))
    if kept:
        return _verdict(rule, Outcome.KEPT, "amount_kept", facts)
    return _verdict(rule, Outcome.BREACHED, code, facts)


def _sets_amount(value: Value, award: AwardDates) -> bool:
    return (
        value.amount_cny is not None
        and (award.kind in value.award_kinds or AwardKind.BONUS in value.award_kinds)
        and (not value.grantors or award.grantor in value.grantors)
        and (value.grade is None or award.grade is None or value.grade == award.grade)
    )


def _for_award(rules: tuple[Rule, ...], award: AwardDates) -> tuple[Rule, ...]:
    """Rules on the award's kind; of those that name titles only the ones that fit its title best."""
    of_kind = [rule for rule in rules if award.kind in rule.value.award_kinds]
    untitled = tuple(rule for rule in of_kind if not rule.value.titles)
    if award.title is None:
        return untitled
    title = award.title
    exact = tuple(rule for rule in of_kind if title in rule.value.titles)
    if exact:
        return exact
    lengths = [
        (max((len(named) for named in rule.value.titles if named in title), default=0), rule)
        for rule in of_kind
        if rule.value.titles
    ]
    longest = max((length for length, _ in lengths), default=0)
    return tuple(rule for length, rule in lengths if length == longest) if longest else untitled


def _verdict(
    rule: Rule,
    outcome: Outcome,
    key: str,
    facts: dict[str, str],
    terms: dict[str, str] | None = None,
    *,
    severity: Severity | None = None,
) -> Verdict:
    breached = outcome is not Outcome.KEPT
    return Verdict(
        outcome=outcome,
        key=key,
        code=key if breached else None,
        severity=(severity or rule.severity) if breached else None,
        provision=rule.provision,
        facts=tuple(facts.items()),
        terms=(*rule.terms, *terms.items()) if terms else rule.terms,
    )


PERIOD_COMPARISONS = {Comparison.WITHIN}
SPAN_COMPARISONS = {Comparison.AT_LEAST, Comparison.EXACTLY}
ORDER_COMPARISONS = {Comparison.AFTER, Comparison.NOT_BEFORE}
