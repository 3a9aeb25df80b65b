"""写法核对: what is read well and still seen otherwise than it was meant."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.pipeline.prepare import check_project
from tests.projects import AS_OF, case, person, write_small_project


def told(tmp_path: Path, tree: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    root = write_small_project(tmp_path / "p", {"wuhan/2026/wh26-0001.yml": tree})
    found = check_project(root, AS_OF, AS_OF, 1).diagnostics
    return [(item.code, str(item.severity), item.place.field) for item in found if item.code > "REG028"]


@pytest.mark.parametrize(
    "text",
    ["<b>跳入</b>湖中", "跳入&nbsp;湖中", "**跳入**湖中", "跳入湖中<br/>救起", "# 经过\n\n跳入湖中"],
)
def test_markup_that_the_public_would_see(text: str, tmp_path: Path) -> None:
    assert told(tmp_path, case(act={"narrative": text})) == [("REG029", "warning", "act.narrative")]


def test_what_only_looks_like_markup(tmp_path: Path) -> None:
    text = "水深<3米、流速>2米，编号 #3 的船在前，R&D 中心的人在后。"
    assert told(tmp_path, case(act={"narrative": text}, private={"note": "<b>内部</b>"})) == []


@pytest.mark.parametrize("name", ["封\u3000玉琢", "封 玉琢", "封\u00a0玉琢"])
def test_a_blank_in_a_name(name: str, tmp_path: Path) -> None:
    assert told(tmp_path, case(persons=[person(name=name)])) == [("REG030", "warning", "persons[0].name")]


@pytest.mark.parametrize("name", ["古丽·买买提", "John Smith"])
def test_a_name_that_is_written_so(name: str, tmp_path: Path) -> None:
    assert told(tmp_path, case(persons=[person(name=name)])) == []
