"""规则的种类 (kinds of rule): one small function a kind; the figures are the provisions' own.

Every function takes a provision and the case's dates and gives at most one verdict an event; None if
the case lacks the days that the rule needs. Rules on awards are in ``award_rules``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from generator.diagnostics import Severity
from generator.law.instruments.case_dates import CaseDates
from generator.law.instruments.policy_words import (
    doubt_words,
    event_words,
    kind_words,
    longest_words,
    period_words,
    value_words,
)
from generator.law.instruments.provisions import Provision
from generator.law.instruments.verdict import Outcome, Verdict
from generator.law.workdays import (
    HolidayScope,
    WorkCalendar,
    days_in,
    end_of_days,
    end_of_months,
    past_rest_days,
)
from generator.source.model.instrument import Value
from generator.source.model.law_words import Comparison, Event, Modality

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """末日的算法: how ends of periods are read (民法典 203).

    ``scope`` moves an end as the site reads 法定休假日, ``widest`` as the widest common reading does
    (``rest_days``: weekends included); None moves nothing. ``calendar`` counts working days.
    """

    calendar: WorkCalendar
    scope: HolidayScope | None = None
    widest: HolidayScope | None = None

    def last_day(self, day: date) -> date:
        """末日 that begins as ``day``, as the site reads it."""
        return past_rest_days(day, self.scope, self.calendar)

    def generous(self, day: date) -> date:
        """The same at the widest reading, never before :meth:`last_day`."""
        return past_rest_days(self.last_day(day), self.widest, self.calendar)

    def unsettled(self, day: date) -> bool:
        """Whether an arrangement not issued yet may still move an end on ``day``."""
        return self.calendar.may_move_last_day(day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """期限的末日, inclusive: as read by the site, and after an extension."""

    due: date
    longest: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """一条可判断的规定. ``certain`` is false when the version or the rule rests on an assumption: then no breach
    is an error."""

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
    return Rule(provision=provision, certain=certain and provision.settled, terms=terms)


def ends_of(rule: Rule, dates: CaseDates, start: date, reckoning: Reckoning) -> Ends:
    """The last days of a ``within`` period that began on ``start``.

    Days are counted as the provision says, all of them or working days. Where it does not say, all.
    """
    value = rule.value
    spare = timedelta(days=dates.excluded_days if value.excludes else 0)
    if value.unit == "working_day" and value.days is not None:
        # Days left out stop the clock: the count goes on after them. It ends on a working day, which nothing moves.
        begins = start + spare
        due = _end(begins, value, value.days, 0, reckoning.calendar)
        longest = _end(begins, value, value.extendable_to_days or value.days, 0, reckoning.calendar)
        return Ends(due=due, longest=longest)
    months = (value.months or 0) + 12 * (value.years or 0)
    due = longest = _end(start, value, value.days, months, reckoning.calendar) + spare
    if _extendable(value):
        longer = 12 * (value.extendable_to_years or 0)
        longest = _end(start, value, value.extendable_to_days, longer, reckoning.calendar) + spare
    last_day = reckoning.last_day(due)
    return Ends(due=last_day, longest=last_day if longest == due else reckoning.last_day(longest))


def _generous(rule: Rule, allowed: date, reckoning: Reckoning) -> date:
    """The day that is ``allowed``, at the most generous reading. A count of working days ends on one, which nothing
    moves."""
    by_working_day = rule.value.unit == "working_day" and rule.value.days is not None
    return allowed if by_working_day else reckoning.generous(allowed)


def _end(start: date, value: Value, days: int | None, months: int, calendar: WorkCalendar) -> date:
    """The last day of so many days, as ``value`` counts them, or of so many months, before any roll-over."""
    if days is not None:
        return end_of_days(start, days, value.unit, calendar, first_day_counts=False)
    return end_of_months(start, months)


def _extendable(value: Value) -> bool:
    return value.extendable_to_days is not None or value.extendable_to_years is not None


def is_settled(rule: Rule, first: date, last: date, calendar: WorkCalendar) -> bool:
    """Whether the count from ``first`` to ``last`` (inclusive) is final: for working days only where
    the arrangements of their years have been issued."""
    return rule.value.unit != "working_day" or not (
        calendar.arrangement_needed_for(first, last) or calendar.unsettled_year_end(first, last)
    )


def judge_within(rule: Rule, dates: CaseDates, reckoning: Reckoning) -> Verdict | None:
    """期限: the step ``to`` within so many days, months or years of ``from``."""
    value = rule.value
    if value.from_ is None or value.to is None:
        return None
    start, actual = dates.day_of(value.from_, value.award_kinds), dates.day_of(value.to)
    if start is None or actual is None:
        return None
    facts = {"start": start.isoformat(), "actual": actual.isoformat()}
    if actual < start:
        return make_verdict(rule, Outcome.DOUBTFUL, "LAW004", facts, severity=Severity.WARNING)
    ends = ends_of(rule, dates, start, reckoning)
    allowed = ends.longest if dates.complicated else ends.due
    facts |= {"due": allowed.isoformat(), "over": str((actual - allowed).days)}
    # The sum shows the period that was used.
    used = {"period": longest_words(value) or ""} if dates.complicated and _extendable(value) else None
    if actual <= allowed:
        return make_verdict(rule, Outcome.KEPT, "within_kept", facts, used)
    if actual <= ends.longest:
        facts["longest"] = ends.longest.isoformat()
        return make_verdict(rule, Outcome.DOUBTFUL, "LAW002", facts, severity=Severity.WARNING)
    doubts = list(_doubts(rule, dates, start, actual, ends, reckoning))
    if doubts:
        # The other reading has days of the case in it: facts, which vanish with a record that is not public.
        facts["doubt"] = "；".join(doubts)
        return make_verdict(rule, Outcome.DOUBTFUL, "LAW016", facts, used, severity=Severity.WARNING)
    return make_verdict(rule, Outcome.BREACHED, "LAW001", facts, used)


def _doubts(
    rule: Rule, dates: CaseDates, start: date, actual: date, ends: Ends, reckoning: Reckoning
) -> Iterator[str]:
    """Why a step that came after the last day may be in time all the same, each with its own sum."""
    allowed = ends.longest if dates.complicated else ends.due
    if rule.value.start_unstated:
        yield doubt_words("start_unstated", event=event_words(rule.value.from_ or Event.ACT))
    if rule.provision.modality is Modality.SHOULD_GENERALLY:
        yield doubt_words("should_generally")
    if rule.provision.inferred:
        yield doubt_words("inferred", reason="；".join(reason for _, reason in rule.provision.inferred))
    generous = _generous(rule, allowed, reckoning)
    if actual <= generous:
        yield doubt_words("rest_day", due=generous.isoformat())
    if reckoning.unsettled(allowed) or not is_settled(rule, start, allowed, reckoning.calendar):
        yield doubt_words("arrangement", year=str(allowed.year), due=allowed.isoformat())
    since = rule.provision.since
    if since is not None and start < since:
        later = ends_of(rule, dates, since, reckoning)
        due = later.longest if dates.complicated else later.due
        yield doubt_words("before_force", since=since.isoformat(), due=due.isoformat())


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
    counted = days_in(opens, closes, value.unit, calendar)
    excluded = days_in(opens + _DAY, closes, value.unit, calendar)
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
        return make_verdict(rule, Outcome.KEPT if kept else breached, key, facts, severity=severity)
    if max(lengths) < value.days:
        return make_verdict(rule, breached, "LAW005", facts, severity=severity)
    if excluded < value.days:
        return make_verdict(rule, Outcome.DOUBTFUL, "LAW006", facts, severity=Severity.WARNING)
    return make_verdict(rule, Outcome.KEPT, "span_kept", facts)


def judge_order(rule: Rule, dates: CaseDates) -> Verdict | None:
    """先后: the step ``to`` after the day of ``from`` (``after``), or on that day at the earliest.

    If publicity had not even begun, the rule that asks for it judges that, once.
    """
    value = rule.value
    if value.from_ is None or value.to is None:
        return None
    earlier, actual = dates.day_of(value.from_), dates.day_of(value.to)
    if earlier is None or actual is None:
        return None
    opens = dates.publicity_opens_on
    if value.from_ is Event.PUBLICITY_CLOSE and opens is not None and actual < opens:
        return None
    facts = {"earlier": earlier.isoformat(), "actual": actual.isoformat()}
    kept = actual > earlier if value.comparison is Comparison.AFTER else actual >= earlier
    if kept:
        return make_verdict(rule, Outcome.KEPT, "order_kept", facts)
    return make_verdict(rule, Outcome.BREACHED, "LAW003", facts)


def judge_publicity(rule: Rule, dates: CaseDates) -> Verdict | None:
    """应当公示: publicity before confirmation, or with the award, unless the case is confidential."""
    value = rule.value
    of_proposal = value.attaches_to is Event.PROPOSAL
    due = dates.confirmed_on if of_proposal else dates.day_of(Event.AWARD)
    if due is None or not value.required or dates.confidential:
        return None
    facts = {"actual": due.isoformat()}
    opens = dates.publicity_opens_on
    if opens is None:
        return make_verdict(rule, Outcome.BREACHED, "LAW008", facts)
    if of_proposal and opens > due:
        return make_verdict(rule, Outcome.BREACHED, "LAW019", facts | {"opens": opens.isoformat()})
    return make_verdict(rule, Outcome.KEPT, "publicity_kept", facts)


def judge_revocation(rules: tuple[Rule, ...], dates: CaseDates) -> Verdict | None:
    """撤销: a revocation rests on a provision that takes away what was granted; ``rules`` are those on
    revocation, never empty."""
    if dates.revoked_on is None:
        return None
    facts = {"actual": dates.revoked_on.isoformat()}
    reach = tuple(dict.fromkeys(kind for rule in rules for kind in rule.value.revokes))
    # What a text takes back is more than awards: 抚恤金, 补助. Its own list says it whole.
    listed = tuple(dict.fromkeys(item for rule in rules for item in rule.value.items))
    terms = {"kinds": "、".join(listed or map(kind_words, reach))}
    granted = tuple(dict.fromkeys(award.kind for award in dates.awards))
    if not granted:
        return make_verdict(rules[0], Outcome.UNDECIDABLE, "LAW017", facts, terms, severity=Severity.WARNING)
    beyond = [kind for kind in granted if kind not in reach]
    if beyond:
        facts["beyond"] = "、".join(map(kind_words, beyond))
        return make_verdict(rules[0], Outcome.DOUBTFUL, "LAW018", facts, terms, severity=Severity.WARNING)
    return make_verdict(rules[0], Outcome.KEPT, "revocation_kept", facts, terms)


def make_verdict(
    rule: Rule,
    outcome: Outcome,
    key: str,
    facts: dict[str, str],
    terms: dict[str, str] | None = None,
    *,
    severity: Severity | None = None,
) -> Verdict:
    """A verdict on a rule; ``terms`` stand before the rule's own words of the same name. A rule that rests on an
    assumption is never breached, only doubtful."""
    if outcome is Outcome.BREACHED and not rule.certain:
        outcome = Outcome.DOUBTFUL
    breached = outcome is not Outcome.KEPT
    return Verdict(
        outcome=outcome,
        key=key,
        code=key if breached else None,
        severity=(severity or rule.severity) if breached else None,
        provision=rule.provision,
        facts=tuple(facts.items()),
        terms=tuple({**dict(rule.terms), **terms}.items()) if terms else rule.terms,
    )


PERIOD_COMPARISONS = {Comparison.WITHIN}
SPAN_COMPARISONS = {Comparison.AT_LEAST, Comparison.EXACTLY}
ORDER_COMPARISONS = {Comparison.AFTER, Comparison.NOT_BEFORE}
