"""奖励的规则 (rules on awards): kinds, grantors and sums, each award judged by what it is.

If a record does not say who granted an award, or for which degree of merit, the verdict tells what each
reading would give. Where the readings differ, it is undecidable.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Severity
from generator.law.instruments.case_dates import AwardDates, CaseDates
from generator.law.instruments.policy_words import (
    amount_words,
    grantor_words,
    kind_words,
    missing_words,
    reading_words,
)
from generator.law.instruments.rule_kinds import Rule, make_verdict
from generator.law.instruments.verdict import Outcome, Verdict
from generator.source.model.instrument import Value
from generator.source.model.law_words import AwardKind, Comparison, Grantor

_PROVINCE = frozenset({Grantor.PROVINCE_GOVERNMENT, Grantor.PROVINCE_FOUNDATION})
_SOCIETY = frozenset(
    {Grantor.PROVINCE_FOUNDATION, Grantor.CITY_FOUNDATION, Grantor.COUNTY_FOUNDATION, Grantor.UNIT}
)
"""社会力量: whoever a text lets give money of their own beside the governments."""


def judge_kinds(rules: tuple[Rule, ...], dates: CaseDates) -> Iterator[Verdict]:
    """奖励种类: every award of a kind that the text provides for. ``rules`` are those that list kinds."""
    if not rules:
        return
    listed = tuple(dict.fromkeys(kind for rule in rules for kind in rule.value.award_kinds))
    terms = {"kinds": "、".join(map(kind_words, listed))}
    for award in dates.awards:
        facts = {"kind": kind_words(award.kind)}
        if award.kind in listed:
            yield make_verdict(rules[0], Outcome.KEPT, "kind_kept", facts, terms)
        elif not _beyond_the_text(rules, award):
            yield make_verdict(rules[0], Outcome.DOUBTFUL, "LAW009", facts, terms, severity=Severity.WARNING)


def judge_grantors(rules: tuple[Rule, ...], open_to: tuple[Rule, ...], dates: CaseDates) -> Iterator[Verdict]:
    """授予权限: every award granted by one who may. ``rules`` are those that name grantors, ``open_to``
    those that let others reward as well."""
    for award in dates.awards:
        matching = _for_award(rules, award)
        if award.grantor is None or not matching:
            continue
        allowed = tuple(dict.fromkeys(g for rule in matching for g in rule.value.grantors))
        facts = {"award": award.title or kind_words(award.kind), "grantor": grantor_words(award.grantor)}
        terms = {"grantors": "、".join(map(grantor_words, allowed))}
        named = next((rule for rule in matching if award.grantor in rule.value.grantors), None)
        if named is not None:
            yield make_verdict(named, Outcome.KEPT, "grantor_kept", facts, terms)
        elif _beyond_the_text(matching, award):
            continue
        elif (opening := _opening(open_to, award)) is not None:
            yield make_verdict(opening, Outcome.KEPT, "grantor_open", facts, terms)
        else:
            yield make_verdict(matching[0], Outcome.BREACHED, "LAW010", facts, terms)


def judge_amounts(rules: tuple[Rule, ...], dates: CaseDates) -> Iterator[Verdict]:
    """奖金数额: at least the floor, exactly the sum or within the range, for the grantor, kind, title and degree."""
    for award in dates.awards:
        if award.amount_cny is None:
            continue
        matching = _named_best(rules, award.title)
        matching = tuple(rule for rule in matching if _sets_amount(rule.value, award))
        by_whom = tuple(rule for rule in matching if award.grantor is None and rule.value.grantors)
        by_grade = tuple(rule for rule in matching if award.grade is None and rule.value.grade)
        if not by_whom and len(by_grade) < 2:
            for rule in matching:
                yield _amount(rule, award.amount_cny)
        else:
            missing = [name for name, found in (("grantor", by_whom), ("grade", by_grade)) if found]
            yield _unrecorded(matching, award.amount_cny, missing)


def _unrecorded(rules: tuple[Rule, ...], amount: int, missing: list[str]) -> Verdict:
    """Every reading of a record that does not say what the sum depends on."""
    found = [_amount(rule, amount) for rule in rules]
    if all(verdict.outcome is Outcome.KEPT for verdict in found):
        return max(zip(rules, found, strict=True), key=lambda item: item[0].value.amount_cny or 0)[1]
    readings = "；".join(
        reading_words(rule.value, rule.provision.article, verdict.sum)
        for rule, verdict in zip(rules, found, strict=True)
    )
    # The readings tell the sum: facts, which vanish with a record that is not public.
    facts = {"amount": amount_words(amount), "readings": readings}
    terms = {"missing": "、".join(map(missing_words, missing))}
    return make_verdict(rules[0], Outcome.UNDECIDABLE, "LAW015", facts, terms, severity=Severity.WARNING)


def _amount(rule: Rule, amount: int) -> Verdict:
    facts = {"amount": amount_words(amount)}
    stated = rule.value.amount_cny or 0
    upper = rule.value.amount_to_cny
    if upper is not None and amount > upper:
        kept, code, stated = False, "LAW012", upper
    elif rule.value.comparison is Comparison.EXACTLY:
        kept, code = amount == stated, "LAW012"
    else:
        kept, code = amount >= stated, "LAW011"
    facts["difference"] = amount_words(abs(amount - stated))
    if kept:
        return make_verdict(rule, Outcome.KEPT, "amount_kept", facts)
    if amount > stated and rule.value.may_be_raised:
        return make_verdict(rule, Outcome.DOUBTFUL, "LAW020", facts, severity=Severity.WARNING)
    return make_verdict(rule, Outcome.BREACHED, code, facts)


def _sets_amount(value: Value, award: AwardDates) -> bool:
    return (
        value.amount_cny is not None
        and (AwardKind.BONUS in value.award_kinds or not set(award.kinds).isdisjoint(value.award_kinds))
        and (not value.grantors or award.grantor is None or award.grantor in value.grantors)
        and (value.grade is None or award.grade is None or value.grade == award.grade)
    )


def _beyond_the_text(rules: tuple[Rule, ...], award: AwardDates) -> bool:
    """Whether a province granted the award and the text says nothing of what a province grants."""
    return award.grantor in _PROVINCE and not any(
        _PROVINCE & set(rule.value.grantors) or rule.provision.topic.value == "honour_title" for rule in rules
    )


def _opening(rules: tuple[Rule, ...], award: AwardDates) -> Rule | None:
    if award.grantor not in _SOCIETY:
        return None
    return next((rule for rule in rules if award.kind in rule.value.award_kinds), None)


def _for_award(rules: tuple[Rule, ...], award: AwardDates) -> tuple[Rule, ...]:
    """Rules on the award's kind; of those that name titles only the ones that fit its title best, and then no
    others."""
    of_kind = tuple(rule for rule in rules if award.kind in rule.value.award_kinds)
    best = _named_best(of_kind, award.title)
    return tuple(rule for rule in best if rule.value.titles) or best


def _named_best(rules: tuple[Rule, ...], title: str | None) -> tuple[Rule, ...]:
    """Rules that name no title, and of those that do the ones that fit ``title`` best: 河南省见义勇为模范 is not
    held to the rule on 见义勇为模范."""
    fits = {
        rule: max((len(named) for named in rule.value.titles if title and named in title), default=0)
        for rule in rules
    }
    longest = max(fits.values(), default=0)
    return tuple(rule for rule in rules if not rule.value.titles or fits[rule] == longest > 0)
