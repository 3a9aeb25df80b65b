"""规则核对 (law check): a case's own dates judged by the version in force on its day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from generator.cases.case import Case, HonourRecord, Period
from generator.cases.case_clock import CaseClock
from generator.checks.problem import CaseProblem, Problems
from generator.law.instruments import AwardDates, CaseDates, Reckoning, judge
from generator.project.settings import Settings
from generator.source.model.law_words import AwardKind, Topic

_FIELDS: dict[Topic, str] = {
    Topic.APPLICATION_DEADLINE: "procedure.applied_on",
    Topic.ACCEPTANCE_DEADLINE: "procedure.accepted_on",
    Topic.REVIEW_DEADLINE: "procedure.proposed_on",
    Topic.REVIEW_EXTENSION: "procedure.proposed_on",
    Topic.PUBLICITY_REQUIRED: "notice",
    Topic.PUBLICITY_PERIOD: "notice.period",
    Topic.CONFIRMATION: "outcome.decided_on",
    Topic.CERTIFICATE: "outcome.certificate_on",
    Topic.APPEAL_RECONSIDERATION: "procedure.review_requested_on",
    Topic.HONOUR_TITLE: "honours[0].title",
    Topic.HONOUR_RANK: "honours[0].title",
    Topic.AWARD_AUTHORITY: "honours[0].grantor",
    Topic.BONUS: "honours[0].bonus_cny",
    Topic.BENEFIT_HUKOU: "procedure.hukou_applied_on",
    Topic.REVOCATION: "revocation",
}
"""Where in the record a rule on this topic is broken."""

_UNFOUNDED = {"LAW014", "LAW017", "LAW018"}
"""Doubts about a revocation's ground, which a record that names it answers."""

_JUDGED_BY_THE_CLOCK = {Topic.PUBLICITY_PERIOD}
"""The clock judges the length of publicity, day by day."""
_TITLE_VERBS = {"授予", "追授", "认定"}


def check_law(case: Case, clock: CaseClock, settings: Settings) -> Problems:
    """Rules that the case breaks, with the sum that shows it. Citations come from the policy library."""
    if case.notice is None and case.procedure.applied_on is None and not case.honours:
        return
    verdicts = judge(
        case_dates(case, clock),
        settings.library,
        reckoning=site_reckoning(settings),
        without=_JUDGED_BY_THE_CLOCK,
    )
    for verdict in verdicts:
        if verdict.code is None:
            continue
        if verdict.code == "LAW009" and all(honour.basis is not None for honour in case.honours):
            continue
        if verdict.code in _UNFOUNDED and case.revocation is not None and case.revocation.article is not None:
            continue
        yield CaseProblem(
            code=verdict.code,
            field=_FIELDS.get(verdict.topic, "procedure") if verdict.topic is not None else "act.happened_on",
            facts=dict(verdict.facts),
            terms=verdict.message_terms,
            severity=verdict.severity,
        )


def case_dates(case: Case, clock: CaseClock) -> CaseDates:
    """The days, kinds and amounts of a case that the law judges. The publicity period is that of the legal
    clock: reckoned where the record has a length, and as corrected."""
    procedure, outcome = case.procedure, case.outcome
    confirmed = outcome is not None and outcome.kind == "confirmed"
    refused = outcome is not None and outcome.kind == "not_confirmed"
    decided_on = outcome.decided_on if outcome is not None else None
    period = case.notice.period if case.notice is not None else None
    return CaseDates(
        jurisdiction=case.jurisdiction,
        law_on=clock.law_on,
        happened_on=case.act.happened_on.last if case.act is not None else None,
        conclusion_on=procedure.conclusion_on,
        applied_on=procedure.applied_on if procedure.applied_by != "ex_officio" else None,
        materials_complete_on=procedure.materials_complete_on,
        accepted_on=procedure.accepted_on,
        opinion_on=procedure.opinion_on,
        proposed_on=procedure.proposed_on,
        publicity_opens_on=period.opens_on if period is not None else None,
        publicity_closes_on=_closes_on(period, clock),
        first_day_counts=period.first_day_counts if period is not None else None,
        confidential=case.level == "confidential" and case.withholding is not None,
        # Where the organ publicises what it has confirmed, the period does not precede the decision.
        confirmed_on=decided_on if confirmed else None,
        refused_on=decided_on if refused else None,
        notified_on=procedure.decision_notified_on,
        certificate_on=outcome.certificate_on if outcome is not None else None,
        review_requested_on=procedure.review_requested_on,
        review_decided_on=procedure.review_decided_on,
        hukou_applied_on=procedure.hukou_applied_on,
        revoked_on=case.revocation.revoked_on if case.revocation is not None else None,
        complicated=procedure.complicated,
        excluded_days=procedure.excluded_days,
        awards=tuple(award for honour in case.honours for award in _awards(honour)),
    )


def _closes_on(period: Period | None, clock: CaseClock) -> date | None:
    if clock.period is not None:
        return clock.period.closes_on
    return period.closes_on if period is not None else None


def _awards(honour: HonourRecord) -> Iterator[AwardDates]:
    """One award for what was granted, one more for merit or money that came with it."""
    kinds = tuple(_kinds(honour))
    plain = AwardDates(
        kind=AwardKind.BONUS,
        grantor=honour.grantor_role,
        grade=honour.merit_grade,
        decided_on=honour.decided_on.day,
    )
    for kind in kinds:
        yield replace(plain, kind=kind, title=honour.title if kind is AwardKind.TITLE else None)
    # What each gets of a sum for several the record does not tell.
    alone = honour.bonus_for in (None, "each") or (
        honour.bonus_for == "in_all" and len(honour.recipients) == 1
    )
    if honour.bonus_cny is not None and alone:
        yield replace(plain, amount_cny=honour.bonus_cny, title=honour.title, along=kinds)


def _kinds(honour: HonourRecord) -> Iterator[AwardKind]:
    if honour.verb in _TITLE_VERBS:
        yield AwardKind.TITLE
    if honour.verb == "嘉奖":
        yield AwardKind.COMMENDATION
    if honour.verb == "记功" or honour.merit is not None:
        yield AwardKind.MERIT


def site_reckoning(settings: Settings) -> Reckoning:
    """末日的算法 of the site: 民法典 203 as its settings read it, and as it is read at the widest."""
    moves = settings.site.holiday_roll_over
    return Reckoning(
        calendar=settings.calendar,
        scope=settings.site.holiday_scope if moves else None,
        widest="rest_days" if moves else None,
    )
