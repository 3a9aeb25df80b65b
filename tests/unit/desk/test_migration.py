"""A project of an older version is brought along; nothing of its own is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.desk.migration import NewerProjectError, migrate, project_format_of
from generator.project.project_format import CURRENT
from generator.system.shipped import shipped_folder
from tests.offices import office, yiyong


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A project from before theme and pages came with the software: it has copies of all of them."""
    project = office(tmp_path / "jyyw")
    shutil.copy(shipped_folder() / "mkdocs.yml", project)
    for base in ("site_config/theme", "content/pages"):
        shutil.copytree(shipped_folder() / base, project / base, dirs_exist_ok=True)
    (project / "content/pages/about.md").write_text("# 关于我们\n", encoding="utf-8")
    site = project / "site_config/site.yml"
    site.write_text(
        site.read_text(encoding="utf-8").replace(f"project_format: {CURRENT}\n", ""), encoding="utf-8"
    )
    return project


def test_copies_go_and_what_was_changed_stays(old: Path) -> None:
    assert project_format_of(old) == 0
    result = yiyong("migrate", "--root", old)
    assert result.exit_code == 0, result.output
    assert not (old / "mkdocs.yml").exists()
    assert not (old / "site_config/theme").exists()
    assert (old / "content/pages/about.md").read_text(encoding="utf-8") == "# 关于我们\n"
    assert not (old / "content/pages/objections.md").exists()
    assert project_format_of(old) == CURRENT
    assert yiyong("check", "--root", old).exit_code == 0


def test_a_second_time_changes_nothing(old: Path) -> None:
    migrate(old)
    before = {path: path.read_bytes() for path in old.rglob("*") if path.is_file()}
    assert migrate(old) == ()
    assert {path: path.read_bytes() for path in old.rglob("*") if path.is_file()} == before


def test_a_newer_project_is_refused_by_every_command(old: Path) -> None:
    site = old / "site_config/site.yml"
    site.write_text(site.read_text(encoding="utf-8") + f"project_format: {CURRENT + 1}\n", encoding="utf-8")
    before = site.read_bytes()
    with pytest.raises(NewerProjectError):
        migrate(old)
    for command in ("migrate", "check"):
        result = yiyong(command, "--root", old)
        assert result.exit_code == 1
        assert "DSK019" in result.output
    assert site.read_bytes() == before
    assert (old / "mkdocs.yml").exists()
