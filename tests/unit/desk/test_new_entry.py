"""A case and its life are asked for in Chinese, numbered, and judged before they are written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.desk.new_entry import EntryKind, questions
from generator.desk.registered_numbers import registered
from generator.project.settings import load_settings
from generator.source.yaml_reader import read_tree
from tests.offices import office, yiyong
from tests.projects import decision, write_yaml

CASE = (
    "公开\n示例乙\n公开\n男\n1985年4月\n2026年9月12日\n水上救援\n岳麓区\n跳入江中救起一名落水者\n示例乙跳入江中，救起一人。\n"
    "经走访目击者核实。\n2026年9月20日\n单位\n2026-9-21\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    made = office(tmp_path / "jyyw")
    result = yiyong("new", "case", "--root", made, asked=CASE)
    assert result.exit_code == 0, result.output
    assert "cs26-0001.yml" in result.output
    return made


def tree_of(project: Path, case: str = "cs26-0001") -> dict[str, Any]:
    (path,) = project.rglob(f"{case}.yml")
    tree = read_tree(path.read_bytes())
    assert isinstance(tree, dict)
    return tree


def test_a_new_case_is_sound_and_takes_the_next_number(project: Path) -> None:
    tree = tree_of(project)
    assert tree["authority"] == "changsha-shi"
    assert tree["act"]["happened_on"] == "2026-09-12" and tree["act"]["kind"] == "water_rescue"
    assert tree["procedure"] == {
        "applied_on": "2026-09-20",
        "applied_by": "unit",
        "accepted_on": "2026-09-21",
    }
    assert yiyong("new", "case", "--root", project, asked=CASE).exit_code == 0
    assert tree_of(project, "cs26-0002")["case"] == "cs26-0002"
    assert yiyong("check", "--root", project).exit_code == 0


def test_a_whole_life_keeps_comments_and_order(project: Path) -> None:
    (path,) = project.rglob("cs26-0001.yml")
    path.write_text(
        path.read_text(encoding="utf-8").replace("level:", "level:   ", 1) + "# 卷宗在甲柜\n",
        encoding="utf-8",
    )
    steps = [
        ("notice", "2026年11月12日 9:00\n确认前公示\n2026-11-12\n2026-11-20\n\n\n"),
        ("objection", "2026年11月15日\n\n13900000000\n\n说当时另有一人\n"),
        ("correction", "2026-11-16\n地点\n\n\n\n"),
        ("decision", "确认\n2026年11月24日\n长见义〔2026〕1号\n\n\n"),
        (
            "honour",
            "授予\n长沙市见义勇为先进个人\n市级\n长沙市人民政府（示例）\n2026年11月25日\n2026年11月26日\n\n１００００\n",
        ),
    ]
    for kind, asked in steps:
        result = yiyong("new", kind, "cs26-0001", "--root", project, asked=asked)
        assert result.exit_code == 0, result.output
        if kind in ("notice", "honour"):
            assert {"notice": "changsha-2026-0001", "honour": "changsha-2026-h0001"}[kind] in result.output
    tree = tree_of(project)
    assert tree["notice"]["id"] == "changsha-2026-0001"
    assert tree["notice"]["corrections"] == [{"corrected_on": "2026-11-16", "what": "地点"}]
    assert tree["objections"][0]["objector"] == {"phone": "13900000000"}
    assert tree["honours"][0]["recipients"] == [tree["persons"][0]["key"]]
    assert tree["honours"][0]["bonus_cny"] == "10000"
    assert "# 卷宗在甲柜" in path.read_text(encoding="utf-8")
    again = yiyong("new", "decision", "cs26-0001", "--root", project, asked="确认\n2026-11-25\n\n\n\n")
    assert again.exit_code == 1 and "DSK063" in again.output


def test_what_cannot_be_is_refused_and_nothing_is_written(project: Path) -> None:
    (path,) = project.rglob("cs26-0001.yml")
    before = path.read_bytes()
    asked = "2026年11月12日 9:00\n确认前公示\n2026-11-20\n2026-11-12\n\n\n"
    result = yiyong("new", "notice", "cs26-0001", "--root", project, asked=asked)
    assert result.exit_code == 1 and "CLK001" in result.output and "什么也没有写" in result.output
    assert path.read_bytes() == before


def test_an_answer_that_is_not_understood_is_asked_again(project: Path) -> None:
    asked = "15/11/26\n\n2026年11月15日\n\n\n\n\n"
    result = yiyong("new", "objection", "cs26-0001", "--root", project, asked=asked)
    assert result.exit_code == 0, result.output
    assert "可以有几种读法" in result.output and "必须写" in result.output
    assert tree_of(project)["objections"][0]["received_on"] == "2026-11-15"


def test_answers_can_stand_on_the_command_line(project: Path) -> None:
    given = ("--set", "收到日期=2026年11月15日", "--set", "note=另有一人")
    assert yiyong("new", "objection", "cs26-0001", "--root", project, *given).exit_code == 0
    assert tree_of(project)["objections"][0]["note"] == "另有一人"
    wrong = yiyong("new", "objection", "cs26-0001", "--root", project, "--set", "日子=1")
    assert wrong.exit_code == 2 and "DSK064" in wrong.output
    unread = yiyong("new", "objection", "cs26-0001", "--root", project, "--set", "收到日期=15/11")
    assert unread.exit_code == 1 and "DSK032" in unread.output and "15/11" not in unread.output


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("case", "cs26-0001"), "DSK060"), (("objection",), "DSK060"), (("objection", "cs26-0099"), "DSK061")],
)
def test_misuse(project: Path, arguments: tuple[str, ...], code: str) -> None:
    result = yiyong("new", *arguments, "--root", project)
    assert result.exit_code == 2 and code in result.output


def test_a_new_honour_passes_over_the_numbers_that_decisions_gave_out(project: Path) -> None:
    settings = load_settings(project).settings
    assert settings is not None
    assert registered(settings, "changsha").next_honour("2026", public=True) == "changsha-2026-h0001"
    tree = decision(id="changsha-2026-d0001", jurisdiction="changsha")
    tree["tiers"][0]["grants"][0] |= {"id": "changsha-2026-h0004", "case": "cs26-0001"}
    write_yaml(project / "registry/decisions/changsha/2026/changsha-2026-d0001.yml", tree)
    assert registered(settings, "changsha").next_honour("2026", public=True) == "changsha-2026-h0005"
    # A file that is not finished stops nobody.
    write_yaml(
        project / "registry/decisions/changsha/2026/changsha-2026-d0002.yml", {"id": "x", "tiers": "x"}
    )
    assert registered(settings, "changsha").next_honour("2026", public=True) == "changsha-2026-h0005"


def test_an_authority_must_be_of_the_place(project: Path) -> None:
    result = yiyong("new", "case", "--authority", "wuhan-shi", "--root", project, asked=CASE)
    assert result.exit_code == 2 and "DSK062" in result.output


def test_a_withheld_case_takes_a_number_apart(project: Path) -> None:
    asked = CASE.replace(
        "公开\n示例乙\n公开\n", "不公开\n示例密\n不公开\n人身安全\n第十一条\n工作办公室\n2026-09-21\n"
    )
    result = yiyong("new", "case", "--root", project, asked=asked)
    assert result.exit_code == 0, result.output
    # What was typed is on the screen; nothing repeats it.
    assert result.output.count("示例密") == 1
    tree = tree_of(project, "cs26-0002")
    assert tree["withholding"]["ground"] == tree["persons"][0]["withholding"]["ground"] == "safety"


@pytest.mark.parametrize("kind", list(EntryKind))
def test_every_question_is_asked_in_chinese(kind: EntryKind) -> None:
    for question in questions(kind):
        assert not question.ask.isascii() and question.key
