"""案件的时日: the day whose law governs a case, and the legal clock of its notice, worked out once and handed on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.cases.case import Case, NoticeRecord, Period
from generator.law.notice_period.last_day import (
    ClockResult,
    Origin,
    PeriodRule,
    PublicityClock,
    RuleLayer,
    StatutoryMinimum,
    computed_clock,
    declared_clock,
    resolve_rule,
)
from generator.project.settings import Settings
from generator.source.model.authority import PeriodPractice
from generator.source.model.law_words import Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClock:
    """案件的时日 on one day. ``law_on`` is the day whose law governs the case; ``publicity`` the clock of its notice,
    with what is wrong about it, None for a case without a notice."""

    law_on: date
    publicity: ClockResult | None

    @property
    def period(self) -> PublicityClock | None:
        """公示期; None without a notice, or where an error leaves no period."""
        return None if self.publicity is None else self.publicity.clock


def case_clock(case: Case, settings: Settings, today: date) -> CaseClock | None:
    """案件的时日 as they stand on ``today``; None for a case without any date."""
    law_on = _governing_day(case, settings)
    if law_on is None:
        return None
    publicity = None if case.notice is None else _notice_clock(case, case.notice, law_on, settings, today)
    return CaseClock(law_on=law_on, publicity=publicity)


def _governing_day(case: Case, settings: Settings) -> date | None:
    """适用版本的基准日: no instrument says which date selects the version, so a setting does.

    A record without the chosen date is judged by the next one it has: application, notice, act, honour.
    """
    days: dict[str, date | None] = {
        "application": case.procedure.applied_on,
        "notice": case.notice.period.opens_on if case.notice else None,
        "act": case.act.happened_on.first if case.act else None,
        "honour": case.honours[0].decided_on.first if case.honours else None,
    }
    for name in (settings.site.version_selected_by, "application", "notice", "act", "honour"):
        if (day := days[name]) is not None:
            return day
    return None


def _notice_clock(
    case: Case, notice: NoticeRecord, law_on: date, settings: Settings, today: date
) -> ClockResult:
    """公示期 as the public is told it on ``today``: a correction that moved the last day counts from the day it was
    made. Problems come without their place."""
    period = _corrected(notice, today)
    rule = _rule(period, case, law_on, settings)
    if period.closes_on is not None:
        return declared_clock(period.opens_on, period.closes_on, rule, settings.calendar)
    return computed_clock(period.opens_on, rule, settings.calendar)


def _corrected(notice: NoticeRecord, today: date) -> Period:
    moved = [
        item.moved_closes_on
        for item in sorted(notice.corrections, key=lambda item: item.corrected_on)
        if item.moved_closes_on is not None and item.corrected_on <= today
    ]
    if not moved:
        return notice.period
    return notice.period.model_copy(update={"closes_on": moved[-1], "length": None})


def _rule(period: Period, case: Case, law_on: date, settings: Settings) -> PeriodRule:
    authority = settings.authorities.get(case.authority)
    practice = authority.period if authority is not None else PeriodPractice()
    record = RuleLayer(
        origin=Origin(kind="record"),
        length=period.length,
        unit=period.unit,
        first_day_counts=period.first_day_counts,
        roll_over=period.roll_over,
        close_of_business=period.close_of_business,
    )
    organ = RuleLayer(
        origin=Origin(kind="authority", title=authority.name if authority else None),
        unit=practice.unit,
        first_day_counts=practice.first_day_counts,
        roll_over=practice.roll_over,
        close_of_business=practice.close_of_business,
    )
    default = RuleLayer(origin=Origin(kind="site"), roll_over=settings.site.holiday_roll_over)
    return resolve_rule(
        record,
        organ,
        default,
        holiday_scope=settings.site.holiday_scope,
        minimum=_minimum(case, law_on, settings),
    )


def _minimum(case: Case, law_on: date, settings: Settings) -> StatutoryMinimum | None:
    answer = settings.library.provision(case.jurisdiction, Topic.PUBLICITY_PERIOD, law_on)
    provision = next((item for item in answer.effective.provisions if item.value.days is not None), None)
    if provision is None or provision.value.days is None:
        return None
    stated = provision.value
    return StatutoryMinimum(
        length=provision.value.days,
        comparison=stated.comparison,
        unit=stated.unit,
        origin=Origin(
            kind="instrument",
            title=provision.instrument_title,
            version=provision.version_label,
            article=provision.article,
            url=provision.path,
            above=provision.jurisdiction != settings.library.chain(case.jurisdiction)[0],
        ),
        certain=answer.effective.certain and provision.settled,
    )
