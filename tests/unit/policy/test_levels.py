"""各级法规: a place without a text applies the one above, laws on other matters stand beside, both ways are shown."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator.diagnostics import Place
from generator.law.instruments import (
    AnswerStatus,
    CaseDates,
    PolicyLibrary,
    build_library,
    judge,
    to_diagnostics,
)
from generator.source.model.instrument import InstrumentEntry
from generator.source.model.law_words import Topic

ON = date(2026, 3, 1)

APPEAL: dict[str, Any] = {
    "topic": "appeal_reconsideration",
    "article": "第一条",
    "summary": "十日内申请复核。",
    "value": {
        "days": "10",
        "day_unit": "unspecified",
        "comparison": "within",
        "from": "answer",
        "to": "review_request",
    },
}
LAWSUIT: dict[str, Any] = {
    "topic": "appeal_reconsideration",
    "article": "第二条",
    "summary": "可以申请行政复议或者起诉。",
    "value": {"items": ["行政复议", "行政诉讼"]},
}
SIXTY: dict[str, Any] = {
    "topic": "appeal_reconsideration",
    "article": "第二十条第一款",
    "summary": "六十日内申请行政复议。",
    "value": {
        "days": "60",
        "day_unit": "unspecified",
        "comparison": "within",
        "from": "answer",
        "to": "reconsideration_request",
    },
}
LENGTH: dict[str, Any] = {
    "topic": "publicity_period",
    "article": "第三条",
    "summary": "公示不少于七日。",
    "value": {
        "days": "7",
        "day_unit": "unspecified",
        "comparison": "at_least",
        "from": "publicity_open",
        "to": "publicity_close",
        "hard": "true",
    },
}
LIABILITY: dict[str, Any] = {
    "topic": "liability",
    "article": "第一百八十四条",
    "summary": "自愿紧急救助造成损害的，救助人不承担民事责任。",
}


def _entry(place: str, *provisions: dict[str, Any], slug: str = "text", **given: Any) -> InstrumentEntry:
    version = {
        "slug": "a",
        "label": "示例",
        "kind": "enacted",
        "adopted_on": "2020-01-01",
        "in_force_from": "2020-01-01",
        "in_force_until": "open",
        "text_at_hand": "whole",
        "entered": "selected" if given.get("matter") == "other" else "whole",
        "last_verified_on": "2026-11-01",
        "provisions": list(provisions),
    }
    return InstrumentEntry.model_validate(
        {
            "jurisdiction": place,
            "slug": slug,
            "title": f"{place}{slug}",
            "kind": "rule",
            "versions": [version],
        }
        | given
    )


@pytest.fixture
def made() -> PolicyLibrary:
    return build_library(
        [
            _entry("city", LAWSUIT),
            _entry("province", APPEAL, LENGTH),
            _entry("nation", LIABILITY, slug="minfadian", matter="other"),
            _entry("nation", SIXTY, slug="fuyifa", matter="other"),
        ],
        parents={"city": "province", "bare": "province", "county": "bare", "province": "nation"},
        applying=["bare", "county"],
    )


def test_a_place_that_applies_its_province_has_its_law(made: PolicyLibrary) -> None:
    for place in ("bare", "county"):
        chosen = made.version_on(place, ON)
        assert chosen.version is not None and chosen.version.jurisdiction == "province"
        assert chosen.certain and "applies_above" in [note.key for note in chosen.notes]
        answer = made.provision(place, "publicity_period", ON)
        assert (answer.status, answer.jurisdiction) == (AnswerStatus.STATED, place)
        assert answer.provisions[0].path.startswith("policies/province/text/")
        assert made.turning_days(place) == made.turning_days("province")


def test_its_cases_are_judged_by_that_law(made: PolicyLibrary) -> None:
    case = CaseDates(
        jurisdiction="bare",
        law_on=ON,
        publicity_opens_on=date(2026, 3, 2),
        publicity_closes_on=date(2026, 3, 4),
    )
    (verdict,) = judge(case, made)
    assert (verdict.code, verdict.path) == ("LAW005", "policies/province/text/#a/art-3")
    assert verdict.sum.endswith("（依省级规定，本地没有自己的文本）")


def test_a_verdict_says_where_the_law_above_decides(made: PolicyLibrary) -> None:
    def judged(place: str) -> tuple[str, str]:
        case = CaseDates(
            jurisdiction=place,
            law_on=ON,
            publicity_opens_on=date(2026, 3, 2),
            publicity_closes_on=date(2026, 3, 4),
        )
        verdicts = judge(case, made)
        (told,) = to_diagnostics(verdicts, Place(path="registry/cases/x.yml"))
        (verdict,) = verdicts
        return verdict.sum, told.terms["version"]

    in_city, in_version = judged("city")
    assert in_city.endswith("（依省级规定，本地文本没有写）") and in_version.endswith(
        "；省级规定，本地文本没有写"
    )
    in_province, alone = judged("province")
    assert "依" not in in_province and "；" not in alone


def test_a_place_without_a_text_that_does_not_say_so_is_not_judged() -> None:
    made = build_library([_entry("province", LENGTH)], parents={"bare": "province"})
    case = CaseDates(jurisdiction="bare", law_on=ON, publicity_opens_on=ON, publicity_closes_on=ON)
    assert [verdict.code for verdict in judge(case, made)] == ["LAW013"]


def test_every_way_to_appeal_is_shown(made: PolicyLibrary) -> None:
    answer = made.provision("city", Topic.APPEAL_RECONSIDERATION, ON)
    assert answer.effective is answer
    found = [(item.jurisdiction, [p.article for p in item.provisions]) for item in (answer, *answer.above)]
    assert found == [("city", ["第二条"]), ("province", ["第一条"]), ("nation", ["第二十条第一款"])]


def test_a_higher_way_judges_no_case_that_has_its_own(made: PolicyLibrary) -> None:
    case = CaseDates(jurisdiction="city", law_on=ON, notified_on=ON, review_requested_on=date(2026, 6, 1))
    assert judge(case, made) == ()


def test_laws_on_other_matters_stand_beside_one_another(made: PolicyLibrary) -> None:
    chosen = made.version_on("nation", ON)
    assert chosen.version is None and chosen.certain and chosen.notes == ()
    assert [version.instrument for version in chosen.texts] == ["fuyifa", "minfadian"]
    assert made.provision("nation", "liability", ON).status is AnswerStatus.STATED
    # Only some articles were taken: silence of the rest means nothing.
    assert made.provision("nation", "bonus", ON).status is AnswerStatus.NOT_ENTERED


def test_the_nation_answers_where_city_and_province_are_silent(made: PolicyLibrary) -> None:
    answer = made.provision("city", "liability", ON)
    assert answer.status is AnswerStatus.NOT_REGULATED
    assert answer.effective.jurisdiction == "nation"


def test_another_law_never_takes_the_place_of_the_text_on_bravery() -> None:
    made = build_library([_entry("city", LENGTH), _entry("city", LIABILITY, slug="other", matter="other")])
    chosen = made.version_on("city", ON)
    assert chosen.version is not None and chosen.version.instrument == "text"
    assert [version.instrument for version in chosen.beside] == ["other"]
    assert made.provision("city", "liability", ON).status is AnswerStatus.STATED


def test_places_that_point_at_each_other_end(made: PolicyLibrary) -> None:
    round_about = build_library([], parents={"a": "b", "b": "a"}, applying=["a", "b"])
    assert round_about.chain("a") == ("a",)
    assert round_about.version_on("a", ON).version is None


def test_the_silence_of_other_laws_is_no_answer_from_above(made: PolicyLibrary) -> None:
    answer = made.provision("province", "bonus", ON)
    assert (answer.status, answer.province) == (AnswerStatus.NOT_REGULATED, None)
    assert "province_consulted" not in [note.key for note in answer.notes]
    assert made.only_beside("nation") and not made.only_beside("province") and not made.only_beside("bare")
