"""Every check of a record and of the registry: one bad project a code, and a good one without a word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.cases.case_files import is_positively_public
from generator.diagnostics import Diagnostic
from generator.diagnostics.report import format_text
from generator.pipeline.prepare import check_project
from tests.every_row import every_row
from tests.projects import AS_OF, WITHHOLDING, case, honour, person, write_project, write_small_project


def problems(folder: Path, cases: dict[str, Any], **project: Any) -> tuple[Diagnostic, ...]:
    root = write_small_project(folder, cases, **project)
    return check_project(root, AS_OF, AS_OF, 1).diagnostics


def codes(folder: Path, tree: dict[str, Any], **project: Any) -> set[str]:
    return {item.code for item in problems(folder, {"wuhan/2026/a.yml": tree}, **project)}


def test_a_sound_case_gives_no_message(tmp_path: Path) -> None:
    assert codes(tmp_path, case(honours=[honour()], outcome=None)) == set()


HALF_TOLD = {"corrected_on": "2026-11-20", "what": "文号误写。", "now": "测〔2026〕2号"}


def test_a_correction_says_what_stood_there_where_it_says_what_is_right(tmp_path: Path) -> None:
    """Not one that tells all in a sentence, nor one of the last day, of which the old one is known."""
    told = {**HALF_TOLD, "was": "测〔2026〕1号"}
    moved = {**HALF_TOLD, "now": "公示至2026年11月27日", "moved_closes_on": "2026-11-27"}
    said = {"corrected_on": "2026-11-20", "what": "地点。"}
    assert "REG065" not in codes(tmp_path / "a", case(notice={"corrections": [told, moved, said]}))
    found = problems(tmp_path / "b", {"wuhan/2026/a.yml": case(notice={"corrections": [told, HALF_TOLD]})})
    assert [(item.code, item.severity.value) for item in found] == [("REG065", "warning")]


BAD: list[tuple[str, dict[str, Any]]] = [
    ("REG003", case(jurisdiction="atlantis")),
    ("REG004", case(authority="nobody")),
    ("REG007", case(persons=[person(), person(name="祁向晨")])),
    ("REG008", case(honours=[honour(recipients=["p9"])])),
    ("REG009", case(honours=[honour(recipients=None)])),
    ("REG010", case(act=None)),
    ("REG010", case(persons=None)),
    ("REG011", case(notice={"id": "wuhan-2025-0001"})),
    ("REG011", case(notice={"id": "nanjing-2026-0001"})),
    ("REG012", {"case": "x", "jurisdiction": "wuhan", "level": "public", "authority": "wuhan-test"}),
    ("REG013", case(procedure={"accepted_on": "2026-09-19"})),
    ("REG013", case(act={"happened_on": "2026-12-01"})),
    (
        "REG013",
        case(outcome={"kind": "confirmed", "decided_on": "2026-11-30", "certificate_on": "2026-11-29"}),
    ),
    (
        "REG013",
        case(objections=[{"received_on": "2026-11-21", "resolved_on": "2026-11-20", "result": "dismissed"}]),
    ),
    ("REG015", case(objections=[{"received_on": "2026-11-20", "result": "dismissed"}])),
    ("REG065", case(notice={"corrections": [HALF_TOLD]})),
    ("REG065", case(honours=[honour(corrections=[HALF_TOLD])], outcome=None)),
    ("CLK015", case(notice={"period": {"length": "7", "unit": "calendar_day", "first_day_counts": "true"}})),
    ("REG018", case(notice={"replaces": "wuhan-2026-0001"})),
    ("REG019", case(notice={"replaces": "wuhan-2026-0009"})),
    ("CLK001", case(notice={"period": {"closes_on": "2026-11-17"}})),
    ("DIS001", case(persons=[person(disclosure="masked", withholding=WITHHOLDING)])),
    ("DIS001", case(persons=[person(private={"school": "湖边"})])),
    (
        "DIS001",
        case(
            persons=[person(name="阿卜杜拉·买买提", disclosure="masked", withholding=WITHHOLDING)],
            act={"narrative": "阿卜杜拉下水救人。"},
        ),
    ),
    ("DIS002", case(act={"narrative": "他的电话是13800138000，事后联系。"})),
    ("DIS003", case(level="confidential")),
    ("DIS003", case(persons=[person(disclosure="withheld")], act={"narrative": "一人下水救人。"})),
    ("DIS004", case(withholding=WITHHOLDING)),
    (
        "DIS005",
        case(
            persons=[person(disclosure="withheld", withholding=WITHHOLDING)], act={"narrative": "一人下水。"}
        ),
    ),
    ("DIS006", case(persons=[person(born=None, age_at_act="15")])),
    ("REG048", case(honours=[honour(verb="追授")])),
    (
        "REG049",
        case(outcome={"kind": "confirmed", "decided_on": "2026-11-27", "not_confirmed": ["p1"]}),
    ),
    ("REG041", case(persons=[person(name="某外地游客（身份不详）")])),
    ("REG041", case(persons=[person(name="武汉示例客运有限公司")])),
    ("REG041", case(persons=[person(name="两名群众")])),
    ("CRT005", case(honours=[honour(published_on="2026-11", certificate_code="7HSZU7-NRDJ2U-DSC87V")])),
    ("REG045", case(notice={"period": {"opens_on": "2026-11-16"}})),
    ("REG046", case(notice={"period": {"opens_on": "2026-11-02", "closes_on": "2026-11-10"}})),
]


@pytest.mark.parametrize(("code", "tree"), BAD, ids=[f"{code}-{n}" for n, (code, _) in enumerate(BAD)])
def test_a_bad_case_is_told_by_its_code(code: str, tree: dict[str, Any], tmp_path: Path) -> None:
    assert code in codes(tmp_path, tree)


def test_an_authority_without_any_channel(tmp_path: Path) -> None:
    assert "REG014" in codes(tmp_path, case(), authority={"channels": None})


@pytest.mark.parametrize(
    ("code", "channels"),
    [
        ("REC008", {"email": "a@b.example\nBcc: c@d.example"}),
        ("REG101", {"email": "not an address"}),
        ("REG102", {"web_form": "javascript:alert(1)"}),
        ("REG102", {"web_form": "http://forms.example/"}),
        ("REG103", {"web_form": "https://forms.example/?n={name}"}),
        ("REG103", {"web_form": "https://forms.example/?n={notice_id"}),
    ],
)
def test_channels_that_are_not_safe(code: str, channels: dict[str, str], tmp_path: Path) -> None:
    assert code in codes(tmp_path, case(), authority={"channels": channels})


def test_numbers_used_twice_point_to_both_places(tmp_path: Path) -> None:
    one, other = case(honours=[honour()]), case(act={"happened_on": "2025-12-30"}, honours=[honour()])
    found = problems(tmp_path, {"wuhan/2026/a.yml": one, "wuhan/2025/a.yml": other})
    twice = [item for item in found if item.code == "REG016"]
    assert {item.place.field for item in twice} == {"case", "notice.id", "honours[0].id"}
    assert {item.place.path for item in twice} == {"registry/cases/wuhan/2026/a.yml"}
    assert {place.path for item in twice for place in item.related} == {"registry/cases/wuhan/2025/a.yml"}


def test_a_case_in_the_wrong_folder_and_an_office_of_another_city(tmp_path: Path) -> None:
    root = write_project(tmp_path, {"nanjing/2026/a.yml": case()}, authority={"jurisdiction": "nanjing"})
    found = check_project(root, AS_OF, AS_OF, 1).diagnostics
    assert {"REG005", "REG006"} <= {item.code for item in found}


def test_a_wrongly_named_settings_file(tmp_path: Path) -> None:
    assert "REG001" in codes(tmp_path, case(), authority={"slug": "other"})


def test_an_unknown_jurisdiction_in_the_settings(tmp_path: Path) -> None:
    assert "REG002" in codes(tmp_path, case(), authority={"jurisdiction": "atlantis"})


def test_problems_stand_at_their_line(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, {"wuhan/2026/a.yml": case(authority="nobody")})
    line = (tmp_path / found.place.path).read_text(encoding="utf-8").splitlines()[found.place.line - 1]
    assert line == "authority: nobody"
    assert found.place.source_line == line


@pytest.mark.parametrize(
    "tree",
    [
        case(level="confidential", withholding=WITHHOLDING, authority="机密机关", private={"note": "秘密甲"}),
        case(level="confidential", withholding=WITHHOLDING, jurisdiction="atlantis"),
        case(persons=[person(disclosure="masked")], act={"narrative": "封玉琢下水救人。"}),
        case(
            persons=[person(disclosure="withheld", withholding=WITHHOLDING)],
            notice={"period": {"closes_on": "2026-11-01"}},
        ),
        case(persons=[person(private={"id_number": "秘密乙", "phone": ["秘密丙"]})]),
    ],
)
def test_messages_about_what_is_not_public_show_nothing_of_it(tree: dict[str, Any], tmp_path: Path) -> None:
    found = problems(tmp_path, {"wuhan/2026/a.yml": tree})
    assert found
    for lang in ("zh", "en"):
        report = format_text(found, lang=lang)
        for secret in ("封玉琢", "秘密", "机密机关", "atlantis", "湖", "2026-11-01"):
            assert secret not in report


@every_row(
    ("changes", "shown"),
    [
        ({}, True),
        ({"level": "masked"}, False),
        ({"persons": [person(disclosure="masked")]}, False),
        ({"persons": ["p1"]}, False),
        ({"persons": [person(born=None, age_at_act="17")]}, False),
        ({"persons": [person(born=None, age_at_act="18")]}, True),
        ({"persons": [person(born=None, age_at_act="1" * 9000)]}, False),
        ({"persons": [person(born="2007")]}, True),
        ({"persons": [person(born="2008")]}, False),
        ({"persons": [person(born="?")]}, False),
        ({"persons": [person(private={"born_on": "2012-01-01"})]}, False),
        ({"persons": [person(private="x")]}, True),
        ({"persons": [person(guardian_consent={"given_on": "2026-01-01", "given_by": "x"})]}, False),
        ({"act": None}, False),
        ({"act": None, "honours": [honour(), "x"]}, True),
        ({"act": None, "honours": [honour(decided_on="1995")]}, False),
        ({"act": {"happened_on": "?"}}, False),
    ],
)
def test_lines_are_shown_of_records_that_are_public_through_and_through(
    changes: dict[str, Any], shown: bool
) -> None:
    """A minor's name and school are not, whatever the record says of the person."""
    tree = {**case(), **changes}
    assert is_positively_public({key: value for key, value in tree.items() if value is not None}) is shown
    assert not is_positively_public([tree])
