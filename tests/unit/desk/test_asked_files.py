"""核对所问的文件: a clerk who asks about one file is told of that file, and never that all is well when it is not."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.offices import yiyong
from tests.projects import case, write_small_project, write_yaml

MINE, THEIRS = "registry/cases/wuhan/2026/wh26-0001.yml", "registry/cases/wuhan/2026/wh26-0002.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two cases, of which the second has an impossible day."""
    other = case(
        case="wh26-0002",
        notice={"id": "wuhan-2026-0002"},
        act={"happened_on": "2026-02-30", "summary": "另一件事"},
        persons=[{"key": "p1", "name": "祁向晨", "disclosure": "full"}],
    )
    return write_small_project(
        tmp_path, {"wuhan/2026/wh26-0001.yml": case(), "wuhan/2026/wh26-0002.yml": other}
    )


def git(root: Path, *arguments: str) -> None:
    name = ("-c", "user.name=甲", "-c", "user.email=a@yiyong.example")
    subprocess.run(["git", "-C", str(root), *name, *arguments], check=True, capture_output=True)


def test_only_the_file_asked_about_is_told_of(root: Path) -> None:
    mine = yiyong("check", MINE, "--root", root)
    assert mine.exit_code == 0 and "REC011" not in mine.stdout
    assert "别的文件里还有 1 个错误" in mine.stderr
    theirs = yiyong("check", THEIRS, "--root", root)
    assert theirs.exit_code == 1 and "REC011" in theirs.stdout and "别的文件" not in theirs.stderr


def test_a_folder_and_a_full_path_are_taken_too(root: Path) -> None:
    assert "REC011" in yiyong("check", root / "registry", "--root", root).stdout
    assert "REC011" in yiyong("check", root, "--root", root).stdout


def test_what_one_file_has_against_another_is_told_for_either(root: Path) -> None:
    write_yaml(root / THEIRS, case(case="wh26-0002"))
    for path in (MINE, THEIRS):
        assert "REG016" in yiyong("check", path, "--root", root).stdout


@pytest.mark.parametrize("name", ["registry/cases/wuhan/2026/nobody.yml", "/etc/hostname"])
def test_a_path_that_is_none_of_the_project_is_misuse(root: Path, name: str) -> None:
    told = yiyong("check", name, "--root", root)
    assert told.exit_code == 2 and "DSK090" in told.stderr


def test_settings_that_cannot_be_used_are_always_told(root: Path) -> None:
    (root / "site_config/site.yml").write_text("colour: red\n", encoding="utf-8")
    told = yiyong("check", MINE, "--root", root)
    assert told.exit_code == 1 and "site_config/site.yml" in told.stdout


def test_git_says_what_changed_new_files_and_deleted_ones_among_it(root: Path) -> None:
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "begin")
    assert yiyong("check", "--changed-since", "HEAD", "--root", root).exit_code == 0
    new = case(case="wh26-0003", notice={"id": "wuhan-2026-0003"}, level="hidden")
    write_yaml(root / "registry/cases/wuhan/2026/wh26-0003.yml", new)
    (root / THEIRS).unlink()
    told = yiyong("check", "--changed-since", "main", "--root", root)
    assert told.exit_code == 1 and "wh26-0003" in told.stdout and "REC006" in told.stdout


@pytest.mark.parametrize("ref", ["nowhere", "--all"])
def test_an_unknown_commit_is_misuse(root: Path, ref: str) -> None:
    git(root, "init", "-q")
    told = yiyong("check", f"--changed-since={ref}", "--root", root)
    assert told.exit_code == 2 and "DSK091" in told.stderr
