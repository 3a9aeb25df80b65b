"""``check`` tells what would stop a build, though it builds nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.offices import office, yiyong
from tests.projects import ROOT


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("mkdocs.yml", "site_name: 名称\nnav: ]\nplugins: []\n", "mkdocs.yml:2: 错误 DSK084"),
        ("mkdocs.yml", "site_name: 名称\nplugins: [search]\ntheme: material\n", "mkdocs.yml: 错误 DSK085"),
        ("mkdocs.yml", "plugins: [yiyong]\ntheme: readthedocs\n", "mkdocs.yml: 错误 DSK085"),
        ("mkdocs.yml", "文字", "DSK085"),
        ("site_config/theme/main.html", "第一行\n{% if x %}", "site_config/theme/main.html:2: 错误 DSK086"),
    ],
)
def test_a_fault_of_the_host_is_told_at_its_line(tmp_path: Path, name: str, text: str, told: str) -> None:
    project = office(tmp_path / "jyyw")
    (project / name).parent.mkdir(exist_ok=True)
    (project / name).write_text(text, encoding="utf-8")
    result = yiyong("check", "--root", project)
    assert result.exit_code == 1 and told in result.output, result.output


def test_sound_files_of_ones_own_are_silent(tmp_path: Path) -> None:
    project = office(tmp_path / "jyyw")
    (project / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    tagged = "plugins: [{yiyong: {}}]\ntheme: {name: material}\nx: !!python/name:pymdownx.superfences.fence\n"
    assert yiyong("check", "--root", project).exit_code == 0
    (project / "mkdocs.yml").write_text(tagged, encoding="utf-8")
    assert yiyong("check", "--root", project).exit_code == 0
