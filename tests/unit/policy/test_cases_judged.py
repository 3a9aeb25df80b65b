"""案件的判断: what of a record reaches the law: days as the public is told them, awards as they were granted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from generator.cases.case import Case
from generator.cases.case_clock import CaseClock, case_clock
from generator.checks.clock_check import check_clock
from generator.checks.law_check import case_dates, check_law, site_reckoning
from generator.checks.problem import CaseProblem
from generator.disclosure.disclosure_rules import disclosure_rules
from generator.law.instruments import LibrarySettings, build_library
from generator.project.settings import Settings, load_settings
from generator.source.model.instrument import InstrumentEntry
from generator.source.model.law_words import AwardKind
from tests.projects import AS_OF, ROOT, case, honour, merged

TODAY = date(2026, 11, 22)


@cache
def _settings() -> Settings:
    loaded = load_settings(ROOT).settings
    assert loaded is not None
    return loaded


def _clock(record: Case, settings: Settings | None = None, today: date = TODAY) -> CaseClock:
    made = case_clock(record, settings or _settings(), today)
    assert made is not None
    return made


def _told(tree: dict[str, Any], today: date = TODAY) -> dict[str, CaseProblem]:
    record = Case.model_validate(tree)
    return {item.code: item for item in check_law(record, _clock(record, today=today), _settings())}


def _by_length(**changes: Any) -> dict[str, Any]:
    """A notice recorded by its length, opened on 2 March 2026 for eight days, the first counted."""
    period = {
        "opens_on": "2026-03-02",
        "closes_on": None,
        "length": "8",
        "unit": "calendar_day",
        "first_day_counts": "true",
    }
    return merged(case(act=None, procedure=None, notice={"period": period}), changes)


def test_a_period_recorded_by_its_length_is_judged() -> None:
    told = _told(_by_length(outcome={"kind": "confirmed", "decided_on": "2026-03-04"}))
    assert told["LAW003"].severity == "error"
    assert told["LAW003"].facts["earlier"] == "2026-03-09"
    assert "LAW003" not in _told(_by_length(outcome={"kind": "confirmed", "decided_on": "2026-03-10"}))


def test_an_end_that_was_corrected_is_judged_as_corrected() -> None:
    moved = {"corrected_on": "2026-03-05", "what": "公示期延长", "moved_closes_on": "2026-03-20"}
    tree = _by_length(
        notice={"corrections": [moved]}, outcome={"kind": "confirmed", "decided_on": "2026-03-15"}
    )
    assert _told(tree)["LAW003"].facts["earlier"] == "2026-03-20"
    # On the day before the correction nobody could know of it.
    assert "LAW003" not in _told(tree, date(2026, 3, 4))


def test_money_that_came_with_a_merit_is_judged_as_the_merit_s() -> None:
    tree = case(
        jurisdiction="hangzhou",
        notice=None,
        honours=[
            honour(
                verb="记功",
                title="二等功",
                grantor_role="city_government",
                bonus_cny="60000",
                decided_on="2026-02-01",
            )
        ],
    )
    record = Case.model_validate(tree)
    dates = case_dates(record, _clock(record))
    assert [(award.kind, award.along) for award in dates.awards] == [
        (AwardKind.MERIT, ()),
        (AwardKind.BONUS, (AwardKind.MERIT,)),
    ]
    assert _told(tree)["LAW012"].severity == "error"


def test_a_bonus_without_its_grantor_s_level_is_not_passed_over() -> None:
    tree = case(
        jurisdiction="kunming",
        notice=None,
        honours=[honour(verb="奖励", bonus_cny="3000", grantor_role=None, decided_on="2026-02-01")],
    )
    told = _told(tree)
    assert told["LAW015"].severity == "warning"
    assert "批准机关的层级" in str(told["LAW015"].terms["missing"])


def test_ends_are_read_as_the_site_reads_them_and_at_the_widest() -> None:
    reading = site_reckoning(_settings())
    saturday = date(2026, 3, 7)
    assert (reading.last_day(saturday), reading.generous(saturday)) == (saturday, date(2026, 3, 9))
    assert reading.last_day(date(2026, 10, 1)) == date(2026, 10, 8)


def test_only_days_near_a_holiday_of_an_open_year_are_unsettled() -> None:
    unsettled = site_reckoning(_settings()).unsettled
    assert unsettled(date(2027, 1, 1)) and unsettled(date(2026, 12, 31))
    assert not unsettled(date(2026, 10, 1))
    assert not unsettled(date(2027, 3, 15))


@pytest.mark.parametrize(
    ("assumed", "severity"), [({}, None), ({"wuhan/text/a": date(2020, 1, 1)}, "warning")]
)
def test_a_short_publicity_is_no_error_where_the_law_s_day_is_assumed(
    assumed: dict[str, date], severity: str | None
) -> None:
    period = {
        "topic": "publicity_period",
        "article": "第一条",
        "summary": "公示至少七日。",
        "value": {
            "days": "7",
            "day_unit": "unspecified",
            "comparison": "at_least",
            "from": "publicity_open",
            "to": "publicity_close",
            "hard": "true",
        },
    }
    version = {
        "slug": "a",
        "label": "示例",
        "kind": "enacted",
        "adopted_on": "2019-12-01",
        "in_force_from": "unknown" if assumed else "2020-01-01",
        "in_force_until": "open",
        "text_at_hand": "whole",
        "last_verified_on": "2026-11-01",
        "provisions": [period],
    }
    text = InstrumentEntry.model_validate(
        {"jurisdiction": "wuhan", "slug": "text", "title": "示例", "kind": "rule", "versions": [version]}
    )
    library = build_library([text], settings=LibrarySettings(assumed_in_force_from=assumed))
    settings = replace(_settings(), library=library)
    short = Case.model_validate(
        case(notice={"period": {"opens_on": "2026-11-18", "closes_on": "2026-11-20"}})
    )
    told = {item.code: item for item in check_clock(short, _clock(short, settings))}
    assert told["CLK010"].severity == severity


def test_a_place_that_applies_its_province_names_it_as_its_ground() -> None:
    settings = _settings()
    xiangyang = settings.jurisdictions["wuhan"].model_copy(
        update={"slug": "xiangyang", "name": "襄阳", "full_name": "襄阳市", "applies_province": True}
    )
    library = build_library(
        [entry for entry in settings.instruments if entry.slug != "guiding"],
        parents={"xiangyang": "hubei"},
        applying=["xiangyang"],
        settings=LibrarySettings(assumed_in_force_from={"hubei/banfa/original": date(2018, 1, 1)}),
    )
    applying = replace(
        settings, jurisdictions={**settings.jurisdictions, "xiangyang": xiangyang}, library=library
    )
    record = Case.model_validate(case(jurisdiction="xiangyang"))
    clock = _clock(record, applying)
    law = disclosure_rules(applying, AS_OF).provisions_of("xiangyang", clock.law_on)
    rule = law.publicity
    assert rule is not None
    assert (rule.instrument, rule.article) == ("湖北省见义勇为人员奖励和保护办法", "第十二条第一款")
    assert rule.path == "policies/hubei/banfa/#original/art-12"
    assert "第十二条第三款" in [item.article for item in (*law.recognition, *law.appeal)]
    # Its notice runs nine days where the province asks for seven exactly.
    assert "CLK013" in {item.code for item in check_clock(record, clock)}
