"""先后、重复、相近: what shows without any law, what is told once, and what a message suggests."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.cases.case import Case
from generator.checks.by_place import once_a_place
from generator.checks.date_order import check_sequence
from generator.checks.problem import CaseProblem
from generator.diagnostics import Diagnostic, Place, diagnose
from generator.pipeline.prepare import check_project
from generator.source.model.jurisdiction import Jurisdiction
from tests.every_row import every_row
from tests.projects import AS_OF, case, honour, person, write_small_project, write_yaml


def told(tree: dict[str, Any], *known: CaseProblem) -> list[str]:
    return [item.code for item in check_sequence(Case.model_validate(tree), known)]


def posted(day: str) -> dict[str, str]:
    return {"kind": "place_of_act", "place": "湖边公告牌", "posted_on": day}


@every_row(
    ("notice", "codes"),
    [
        ({}, []),
        ({"published_at": "2026-11-12T16:30"}, []),
        ({"published_at": "2026-11-20T09:00"}, ["REG045"]),
        ({"published_at": "2026-11-20T09:00", "postings": [posted("2026-11-18")]}, []),
        ({"published_at": "2026-11-20T09:00", "postings": [posted("2026-11-19")]}, ["REG045"]),
        ({"published_at": "2026-11-26T23:00"}, ["REG045"]),
        ({"published_at": "2026-11-27T00:00"}, ["REG046"]),
        ({"published_at": "2026-12-09T00:00", "postings": [posted("2026-11-18")]}, []),
    ],
)
def test_a_notice_that_came_late(notice: dict[str, Any], codes: list[str]) -> None:
    assert told(case(notice=notice)) == codes


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"outcome": {"kind": "confirmed", "decided_on": "2026-11-26"}}, ["REG047"]),
        ({"outcome": {"kind": "confirmed", "decided_on": "2026-11-27"}}, []),
        ({"outcome": {"kind": "withdrawn", "decided_on": "2026-11-20"}}, []),
        (
            {
                "outcome": {"kind": "confirmed", "decided_on": "2026-11-20"},
                "notice": {"order": "after_decision"},
            },
            [],
        ),
        (
            {"outcome": {"kind": "awarded", "decided_on": "2026-11-20"}, "notice": {"order": "before_award"}},
            ["REG047"],
        ),
        (
            {
                "outcome": {"kind": "confirmed", "decided_on": "2026-11-28"},
                "notice": {
                    "corrections": [
                        {"corrected_on": "2026-11-25", "what": "延长公示期", "moved_closes_on": "2026-11-30"}
                    ]
                },
            },
            ["REG047"],
        ),
    ],
)
def test_a_decision_while_the_period_runs(changes: dict[str, Any], codes: list[str]) -> None:
    assert told(case(**changes)) == codes


def objection(received: str, resolved: str | None = None) -> dict[str, Any]:
    settled = {"resolved_on": resolved, "result": "dismissed"} if resolved is not None else {}
    return {"received_on": received, **settled}


@pytest.mark.parametrize(
    ("objections", "decided", "codes"),
    [
        ([objection("2026-11-20")], "2026-11-28", ["REG053"]),
        ([objection("2026-11-20", "2026-11-29")], "2026-11-28", ["REG053"]),
        ([objection("2026-11-20", "2026-11-28")], "2026-11-28", []),
        ([objection("2026-11-26")], None, []),
        ([objection("2026-11-27")], None, ["REG050"]),
        ([objection("2026-11-29")], "2026-11-28", ["REG050"]),
    ],
)
def test_objections_are_settled_first_and_come_in_time(
    objections: list[dict[str, Any]], decided: str | None, codes: list[str]
) -> None:
    outcome = {"kind": "confirmed", "decided_on": decided} if decided is not None else None
    assert told(case(objections=objections, outcome=outcome)) == codes


def test_an_objection_to_what_is_decided_already_comes_after_the_decision() -> None:
    late = case(
        notice={"order": "after_decision"},
        outcome={"kind": "confirmed", "decided_on": "2026-11-10"},
        objections=[objection("2026-11-20")],
    )
    assert told(late) == []


def test_the_last_day_of_an_objection_is_the_one_that_was_reckoned() -> None:
    tree = case(
        notice={"period": {"opens_on": "2026-11-18", "closes_on": None, "length": "7"}},
        objections=[objection("2026-11-25")],
    )
    record = Case.model_validate(tree)
    assert [item.code for item in check_sequence(record, (), date(2026, 11, 24))] == ["REG050"]
    assert list(check_sequence(record, (), date(2026, 11, 25))) == []


REVOKED = {"revoked_on": "2026-12-09", "organ": "武汉市测试机关（示例）", "ground": "申报不实。"}


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, ["REG051"]),
        ({"revocation": REVOKED}, []),
        ({"notice": {"corrections": [{"corrected_on": "2026-12-10", "what": "荣誉撤销，确认仍然有效"}]}}, []),
        ({"notice": {"corrections": [{"corrected_on": "2026-11-20", "what": "地点"}]}}, ["REG051"]),
        ({"outcome": {"kind": "withdrawn", "decided_on": "2026-11-28"}}, []),
    ],
)
def test_a_notice_whose_honours_are_all_revoked_says_so(changes: dict[str, Any], codes: list[str]) -> None:
    tree = case(
        **{"outcome": {"kind": "confirmed", "decided_on": "2026-11-28"}, **changes},
        honours=[honour(decided_on="2026-11-30", published_on="2026-12-01", revocation=REVOKED)],
    )
    assert told(tree) == codes
    standing = [
        *tree["honours"],
        honour(id="wuhan-2026-h0002", decided_on="2026-11-30", published_on="2026-12-01"),
    ]
    assert told({**tree, "honours": standing}) == []


def test_what_the_law_says_already_is_told_once() -> None:
    tree = case(outcome={"kind": "confirmed", "decided_on": "2026-11-20"})
    assert told(tree, CaseProblem(code="LAW005", field="outcome.decided_on")) == []


def other(**changes: Any) -> dict[str, Any]:
    """Another case: another person, day and number, unless ``changes`` make them the same."""
    mine = {
        "persons": [person(name="祁向晨")],
        "act": {"happened_on": "2026-09-14", "summary": "在路口扶起一名老人", "narrative": "一人扶起老人。"},
        "notice": {"id": "wuhan-2026-0002"},
    }
    return case(**{**mine, **changes})


def found(folder: Path, *trees: dict[str, Any], **changes: Any) -> tuple[Diagnostic, ...]:
    files = {f"wuhan/2026/wh26-{number:04}.yml": tree for number, tree in enumerate(trees, 1)}
    return check_project(write_small_project(folder, files, **changes), AS_OF, AS_OF, 1).diagnostics


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"act": case()["act"] | {"narrative": "一人下水。"}}, "act.summary"),
        (
            {
                "persons": [person()],
                "act": {"happened_on": "2026-09-12", "summary": "另写一句", "narrative": "一人下水。"},
            },
            "persons[0].name",
        ),
        ({"persons": [person()], "honours": [honour(id="wuhan-2026-h0002")]}, "persons[0].name"),
    ],
)
def test_who_or_what_is_in_the_registry_already(changes: dict[str, Any], field: str, tmp_path: Path) -> None:
    one, two = case(honours=[honour()]), other(**changes)
    alike = [item for item in found(tmp_path / "asked", one, two) if item.code == "REG044"]
    assert [(item.place.field, item.place.path, item.severity) for item in alike] == [
        (field, "registry/cases/wuhan/2026/wh26-0002.yml", "warning")
    ]
    assert alike[0].related[0].path == "registry/cases/wuhan/2026/wh26-0001.yml"
    assert "封玉琢" not in str(alike[0].terms) + str(alike[0].facts)
    answered = {**two, "private": {"other_than": ["wh26-0001"]}}
    assert "REG044" not in {item.code for item in found(tmp_path / "answered", one, answered)}


def test_two_cases_that_are_two(tmp_path: Path) -> None:
    masked = {"persons": [person(disclosure="masked", name="曹某", name_as_published="曹某")]}
    third = other(
        **masked, act={"happened_on": "2026-09-14", "summary": "递绳救人", "narrative": "一人递绳。"}
    )
    trees = (case(), other(), {**third, "notice": {**third["notice"], "id": "wuhan-2026-0003"}})
    assert "REG044" not in {item.code for item in found(tmp_path, *trees)}


@pytest.mark.parametrize(
    ("changes", "code", "near"),
    [
        ({"jurisdiction": "wuhann"}, "REG003", "wuhan"),
        ({"authority": "wuhan-tset"}, "REG004", "wuhan-test"),
        ({"honours": [honour(recipients=["p11"])]}, "REG008", "p1"),
    ],
)
def test_the_right_neighbour_is_suggested(
    changes: dict[str, Any], code: str, near: str, tmp_path: Path
) -> None:
    (item,) = (item for item in found(tmp_path, case(**changes)) if item.code == code)
    assert item.facts["near"] == near


def test_a_place_that_failed_to_parse_is_told_once_as_itself(tmp_path: Path) -> None:
    root = write_small_project(tmp_path, {"wuhan/2026/wh26-0001.yml": case()})
    path = root / "site_config/jurisdictions/wuhan.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("level: city", "level: town"), encoding="utf-8")
    codes = [item.code for item in check_project(root, AS_OF, AS_OF, 1).diagnostics]
    assert codes == ["REC006"]


def test_a_place_that_is_not_there_is_told_with_the_one_that_was_meant(tmp_path: Path) -> None:
    root = write_small_project(tmp_path)
    write_yaml(
        root / "site_config/jurisdictions/xinzhou.yml",
        {
            "slug": "xinzhou",
            "name": "新洲",
            "full_name": "新洲区",
            "level": "county",
            "parent": "wuhn",
            "order": "20",
        },
    )
    (item,) = (item for item in check_project(root, AS_OF, AS_OF, 1).diagnostics if item.code == "REG002")
    assert (item.place.path, item.terms["near"]) == ("site_config/jurisdictions/xinzhou.yml", "wuhan")


def test_what_concerns_a_place_is_told_once() -> None:
    place = Jurisdiction(slug="wuhan", name="武汉", full_name="武汉市", level="city", order="10")  # type: ignore[arg-type]
    paths = [f"registry/cases/wuhan/2009/wh09-{number:04}.yml" for number in range(1, 8)]
    many = [diagnose("LAW013", Place(path=path), terms={"reason": "没有文本。"}) for path in paths]
    mine = diagnose("REG042", Place(path=paths[0]))
    told, *others = once_a_place([*many, mine], {"wuhan": place})
    assert told == mine
    assert [(item.code, item.place.path) for item in others] == [
        ("LAW013", "site_config/jurisdictions/wuhan.yml")
    ]
    assert [item.path for item in others[0].related] == paths[:3]
