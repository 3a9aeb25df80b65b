"""两个人同时编了号: told with the next free number, and mended by a command that never moves a published one."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.source.yaml_reader import read_tree
from generator.spellings.numbering import next_number
from tests.offices import yiyong
from tests.projects import case, dump, honour, merged, person, write_small_project

ONE, TWO = "registry/cases/wuhan/2026/wh26-0001.yml", "registry/cases/wuhan/2026/wh26-0002.yml"
AS_OF = "2026-11-22T09:00+08:00"
MINE = case(honours=[honour()])
THEIRS = case(
    case="wh26-0002",
    persons=[person(name="祁向晨")],
    act={"summary": "扑灭邻居家的火", "narrative": None},
    honours=[honour(title="另一称号")],
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two records with the same two public numbers."""
    root = write_small_project(tmp_path, {"wuhan/2026/wh26-0001.yml": MINE})
    (root / TWO).write_text(f"# 乙录入\n{dump(THEIRS)}", encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("number", "used", "expected"),
    [
        ("wuhan-2026-0007", ["wuhan-2026-0007", "wuhan-2026-0009", "wuhan-2026-9001"], "wuhan-2026-0010"),
        ("wuhan-2026-9001", ["wuhan-2026-0007", "wuhan-2026-9001"], "wuhan-2026-9002"),
        ("wuhan-2026-h0003", ["wuhan-2026-0009", "wuhan-2025-h0090"], "wuhan-2026-h0004"),
        ("wh26-0002", ["wh26-0002", "wh26-notes"], "wh26-0003"),
    ],
)
def test_the_next_number_is_of_the_same_series(number: str, used: list[str], expected: str) -> None:
    assert next_number(number, used) == expected


def test_check_names_the_next_free_number_for_each(root: Path) -> None:
    told = yiyong("check", "--root", root, "--as-of", AS_OF).stdout
    assert "下一个没有用过的是 wuhan-2026-0002" in told and "下一个没有用过的是 wuhan-2026-h0002" in told


def test_three_records_with_one_number_are_offered_two(root: Path) -> None:
    third = {**THEIRS, "case": "wh26-0003", "persons": [person(name="柏舟")], "honours": None}
    (root / "registry/cases/wuhan/2026/wh26-0003.yml").write_text(
        dump({key: value for key, value in third.items() if value is not None}), encoding="utf-8"
    )
    told = yiyong("check", "--root", root, "--as-of", AS_OF).stdout
    assert "是 wuhan-2026-0002" in told and "是 wuhan-2026-0003" in told


def test_the_command_gives_them_and_keeps_the_rest(root: Path) -> None:
    told = yiyong("renumber", root / TWO, "--root", root)
    assert told.exit_code == 0, told.output
    assert "wuhan-2026-0001 → wuhan-2026-0002" in told.stdout
    text = (root / TWO).read_text(encoding="utf-8")
    tree = read_tree(text.encode())
    assert isinstance(tree, dict) and text.startswith("# 乙录入\n")
    assert (tree["case"], tree["notice"]["id"], tree["honours"][0]["id"]) == (
        "wh26-0002",
        "wuhan-2026-0002",
        "wuhan-2026-h0002",
    )
    assert yiyong("check", "--root", root, "--as-of", AS_OF).exit_code == 0
    assert "什么也没有改" in yiyong("renumber", root / TWO, "--root", root).stdout


def test_a_case_number_used_twice_moves_the_file(tmp_path: Path) -> None:
    """A number without a year can be used in the folders of two years."""
    earlier = merged(THEIRS, {"case": "jw-0001", "act": {"happened_on": "2025-09-12"}})
    cases = {"wuhan/2026/jw-0001.yml": case(case="jw-0001"), "wuhan/2025/jw-0001.yml": earlier}
    root = write_small_project(tmp_path, cases)
    path = root / "registry/cases/wuhan/2025/jw-0001.yml"
    told = yiyong("renumber", path, "--root", root)
    assert told.exit_code == 0 and "jw-0001 → jw-0002" in told.stdout, told.output
    assert not path.exists() and path.with_name("jw-0002.yml").is_file()


def test_a_dry_run_writes_nothing(root: Path) -> None:
    before = (root / TWO).read_bytes()
    assert yiyong("renumber", root / TWO, "--dry-run", "--root", root).exit_code == 0
    assert (root / TWO).read_bytes() == before


def test_what_was_published_keeps_its_number(root: Path) -> None:
    theirs = (root / TWO).read_bytes()
    (root / TWO).unlink()
    logged = yiyong("log", "import", "--yes", "--root", root, "--as-of", AS_OF)
    assert logged.exit_code == 0, logged.output
    (root / TWO).write_bytes(theirs)
    refused = yiyong("renumber", root / ONE, "--root", root)
    assert refused.exit_code == 1 and "DSK094" in refused.output
    assert yiyong("renumber", root / TWO, "--root", root).exit_code == 0
    assert yiyong("check", "--root", root, "--as-of", AS_OF).exit_code == 0


def test_a_file_that_is_no_record(root: Path) -> None:
    told = yiyong("renumber", "site_config/site.yml", "--root", root)
    assert told.exit_code == 0 and "什么也没有改" in told.stdout
    (root / ONE).write_text("act: [", encoding="utf-8")
    assert yiyong("renumber", ONE, "--root", root).exit_code == 2
