"""判断的其余行为: holidays, open steps, leaving topics out, what the rules refuse."""

from __future__ import annotations

from datetime import date

import pytest

from generator.law.instruments import (
    AwardDates,
    CaseDates,
    LibrarySettings,
    Outcome,
    PolicyLibrary,
    Reckoning,
    breaches,
    build_library,
    judge,
    open_steps,
)
from generator.law.workdays import build_calendar
from generator.source.model.holiday_year import HolidayYear
from generator.source.model.instrument import InstrumentEntry
from generator.source.model.law_words import AwardKind, Event, Topic


def _case(**given: object) -> CaseDates:
    return CaseDates(**({"jurisdiction": "wuhan", "law_on": date(2026, 3, 1)} | given))  # type: ignore[arg-type]


def test_a_last_day_on_a_holiday_moves_when_asked(library: PolicyLibrary) -> None:
    # 2026-03-02 is a Monday; five days on is Saturday 7 March.
    case = _case(applied_on=date(2026, 3, 2), accepted_on=date(2026, 3, 9))
    assert [v.code for v in judge(case, library)] == ["LAW001"]
    (verdict,) = judge(case, library, reckoning=Reckoning(calendar=build_calendar(), scope="rest_days"))
    assert verdict.outcome is Outcome.KEPT
    assert "2026-03-09" in verdict.sum


def test_open_steps_say_when_they_are_due(library: PolicyLibrary) -> None:
    case = _case(applied_on=date(2026, 3, 1), accepted_on=date(2026, 3, 4), opinion_on=date(2026, 3, 6))
    (due,) = open_steps(case, library)
    assert (due.event, due.due_on, due.longest_on) == (
        Event.PROPOSAL,
        date(2026, 4, 5),
        date(2026, 5, 5),
    )
    assert due.provision.article == "第十条第一款"


def test_a_decided_case_has_no_open_steps_before_its_decision(library: PolicyLibrary) -> None:
    case = _case(applied_on=date(2026, 3, 1), confirmed_on=date(2026, 4, 1))
    assert open_steps(case, library) == ()


def test_a_right_nobody_used_is_not_an_open_step(library: PolicyLibrary) -> None:
    case = _case(jurisdiction="kunming", refused_on=date(2026, 4, 1), notified_on=date(2026, 4, 2))
    assert open_steps(case, library) == ()


def test_topics_told_elsewhere_can_be_left_out(library: PolicyLibrary) -> None:
    case = _case(publicity_opens_on=date(2026, 3, 2), publicity_closes_on=date(2026, 3, 3))
    verdicts = judge(case, library)
    assert [v.code for v in breaches(verdicts)] == ["LAW005"]
    assert breaches(judge(case, library, without={Topic.PUBLICITY_PERIOD})) == ()


def test_a_case_without_days_is_not_judged(library: PolicyLibrary) -> None:
    assert judge(_case(), library) == ()


def test_verdicts_lead_to_the_article(library: PolicyLibrary) -> None:
    (verdict,) = judge(_case(applied_on=date(2026, 3, 1), accepted_on=date(2026, 3, 2)), library)
    assert verdict.path == "policies/wuhan/tiaoli-2015/#2025/art-10"
    assert (verdict.version, verdict.article) == ("2025", "第十条第一款")


def test_three_cases_three_versions(library: PolicyLibrary) -> None:
    paths = [
        library.provision("wuhan", "competent_authority", on).provisions[0].path
        for on in (date(2012, 5, 1), date(2018, 5, 1), date(2026, 5, 1))
    ]
    assert paths == [
        "policies/wuhan/tiaoli-1997/#2010/art-5",
        "policies/wuhan/tiaoli-2015/#2015/art-5",
        "policies/wuhan/tiaoli-2015/#2025/art-5",
    ]


def test_the_province_judges_where_the_city_is_silent() -> None:
    city = _instrument("city", [{"topic": "scope", "article": "第一条", "summary": "本市。"}])
    province = _instrument(
        "province",
        [
            {
                "topic": "application_deadline",
                "article": "第二条",
                "summary": "十日内申请。",
                "value": {
                    "days": "10",
                    "day_unit": "calendar_day",
                    "comparison": "within",
                    "from": "act",
                    "to": "application",
                },
            }
        ],
    )
    made = build_library([city, province], parents={"city": "province"})
    case = _case(jurisdiction="city", happened_on=date(2026, 1, 1), applied_on=date(2026, 1, 12))
    (verdict,) = judge(case, made)
    assert (verdict.code, verdict.path) == ("LAW001", "policies/province/text/#a/art-2")


def _working_days(**value: str) -> PolicyLibrary:
    """五个工作日内受理: one provision, counted in working days."""
    provision = {
        "topic": "acceptance_deadline",
        "article": "第二条",
        "summary": "五个工作日内受理。",
        "value": {
            "days": "5",
            "day_unit": "working_day",
            "comparison": "within",
            "from": "application",
            "to": "acceptance",
            **value,
        },
    }
    return build_library([_instrument("city", [provision])])


@pytest.mark.parametrize(
    ("applied_on", "accepted_on", "outcome"),
    [
        # 2026-03-02 is a Monday: the fifth working day after it is the next Monday.
        (date(2026, 3, 2), date(2026, 3, 9), Outcome.KEPT),
        (date(2026, 3, 2), date(2026, 3, 10), Outcome.BREACHED),
        # 国庆: 1 to 7 October are off, Saturday 10 October is worked.
        (date(2026, 9, 30), date(2026, 10, 13), Outcome.KEPT),
        (date(2026, 9, 30), date(2026, 10, 14), Outcome.BREACHED),
        # No arrangement of 2090 has been issued: nobody can say that it was late.
        (date(2090, 3, 1), date(2090, 3, 31), Outcome.DOUBTFUL),
    ],
)
def test_a_period_in_working_days(applied_on: date, accepted_on: date, outcome: Outcome) -> None:
    case = _case(jurisdiction="city", law_on=applied_on, applied_on=applied_on, accepted_on=accepted_on)
    (verdict,) = judge(case, _working_days())
    assert verdict.outcome is outcome


def test_an_extension_in_working_days_and_days_left_out() -> None:
    law = _working_days(extendable_to_days="10")
    case = _case(jurisdiction="city", applied_on=date(2026, 3, 2))
    (due,) = open_steps(case, law)
    assert (due.due_on, due.longest_on) == (date(2026, 3, 9), date(2026, 3, 16))
    paused = _case(jurisdiction="city", applied_on=date(2026, 3, 2), excluded_days=7)
    (due,) = open_steps(paused, _working_days(excludes=("鉴定时间",)))  # type: ignore[arg-type]
    assert due.due_on == date(2026, 3, 16)


def test_the_site_s_own_arrangement_counts_its_working_days() -> None:
    arrangement = HolidayYear.model_validate(
        {
            "year": "2090",
            "document": {"title": "示例", "url": "https://example.invalid/"},
            "holidays": [{"name": "示例", "from": "2090-03-02", "to": "2090-03-08"}],
        }
    )
    case = _case(jurisdiction="city", law_on=date(2090, 3, 1), applied_on=date(2090, 3, 1))
    (due,) = open_steps(case, _working_days(), reckoning=Reckoning(calendar=build_calendar([arrangement])))
    assert due.due_on == date(2090, 3, 15)


def test_a_span_in_working_days() -> None:
    law = _working_days(**{"comparison": "at_least", "from": "publicity_open", "to": "publicity_close"})

    def verdict(closes_on: date) -> Outcome:
        case = _case(jurisdiction="city", publicity_opens_on=date(2026, 3, 2), publicity_closes_on=closes_on)
        (found,) = judge(case, law)
        return found.outcome

    # Monday to Friday are five with the first day; the weekend adds none.
    assert verdict(date(2026, 3, 5)) is Outcome.BREACHED
    assert verdict(date(2026, 3, 8)) is Outcome.DOUBTFUL
    assert verdict(date(2026, 3, 9)) is Outcome.KEPT


def _instrument(place: str, provisions: list[dict[str, object]]) -> InstrumentEntry:
    return InstrumentEntry.model_validate(
        {
            "jurisdiction": place,
            "slug": "text",
            "title": "示例办法",
            "kind": "rule",
            "versions": [
                {
                    "slug": "a",
                    "label": "示例",
                    "kind": "enacted",
                    "adopted_on": "2020-01-01",
                    "in_force_from": "2020-01-01",
                    "in_force_until": "open",
                    "text_at_hand": "whole",
                    "last_verified_on": "2026-11-22",
                    "provisions": provisions,
                }
            ],
        }
    )


@pytest.mark.parametrize(
    ("later", "outcome", "severity"), [("10", Outcome.DOUBTFUL, "warning"), ("7", Outcome.BREACHED, "error")]
)
def test_a_version_dated_from_its_approval_makes_no_error_unless_both_versions_say_so(
    later: str, outcome: Outcome, severity: str
) -> None:
    def length(days: str) -> dict[str, object]:
        return {
            "topic": "publicity_period",
            "article": "第一条",
            "summary": "公示。",
            "value": {
                "days": days,
                "day_unit": "calendar_day",
                "comparison": "at_least",
                "from": "publicity_open",
                "to": "publicity_close",
                "hard": "true",
            },
        }

    def version(slug: str, days: str, **given: str) -> dict[str, object]:
        return {
            "slug": slug,
            "label": slug,
            "adopted_on": "2020-01-01",
            "in_force_until": "unknown",
            "text_at_hand": "whole",
            "last_verified_on": "2026-11-01",
            "provisions": [length(days)],
        } | given

    first = version("a", "7", kind="enacted", in_force_from="2020-01-01")
    dated = {"approved_on": "2025-01-01", "in_force_from": "unknown", "inherits": "a"}
    second = version("b", later, kind="amended", **dated)
    entry = {
        "jurisdiction": "city",
        "slug": "text",
        "title": "示例",
        "kind": "rule",
        "versions": [first, second],
    }
    law = build_library(
        [InstrumentEntry.model_validate(entry)],
        settings=LibrarySettings(undated_amendments_count_from="approval"),
    )
    case = _case(
        jurisdiction="city", publicity_opens_on=date(2026, 3, 2), publicity_closes_on=date(2026, 3, 4)
    )
    (verdict,) = judge(case, law)
    assert (verdict.version, verdict.outcome, verdict.severity) == ("b", outcome, severity)


@pytest.mark.parametrize(
    ("amount", "outcome", "told"),
    [
        (499_999, Outcome.BREACHED, "奖金 499,999 元；规定 50 万元以上、80 万元以下，少 1 元"),
        (500_000, Outcome.KEPT, "奖金 50 万元；规定 50 万元以上、80 万元以下，符合"),
        (800_000, Outcome.KEPT, "奖金 80 万元；规定 50 万元以上、80 万元以下，符合"),
        (800_001, Outcome.BREACHED, "奖金 800,001 元；规定 50 万元以上、80 万元以下，相差 1 元"),
    ],
)
def test_a_sum_is_held_to_both_ends_of_a_range(amount: int, outcome: Outcome, told: str) -> None:
    bonus = {
        "topic": "bonus",
        "article": "第二条",
        "summary": "奖金。",
        "value": {"amount_cny": "500000", "amount_to_cny": "800000", "award_kinds": ["bonus"]},
    }
    award = AwardDates(kind=AwardKind.BONUS, amount_cny=amount)
    (verdict,) = judge(
        _case(jurisdiction="city", awards=(award,)), build_library([_instrument("city", [bonus])])
    )
    assert (verdict.outcome, verdict.sum) == (outcome, told)
