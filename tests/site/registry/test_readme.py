"""README 的案件样例: what it tells people to write is a sound record of the sample's own city."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.pipeline.prepare import check_project
from tests.projects import AS_OF, ROOT, copy_project


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_the_case_of_the_readme_is_sound(readme: str, tmp_path: Path) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    (block,) = re.findall(r"```yaml\n# (\S+)\n(.*?)```", text, re.DOTALL)
    project = copy_project(tmp_path)
    before = check_project(project, AS_OF, AS_OF, 1).diagnostics
    assert not (project / block[0]).exists()
    (project / block[0]).write_text(block[1], encoding="utf-8")
    assert check_project(project, AS_OF, AS_OF, 1).diagnostics == before
