"""What a publication commits: what changed below its folders, whatever of them git knows."""

from __future__ import annotations

import subprocess
from pathlib import Path

from generator.system.version_control import commit


def git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True, text=True)
    return done.stdout


def test_a_folder_from_which_the_last_file_went_stops_no_commit(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    for name, value in (("user.email", "a@b.example"), ("user.name", "机关")):
        git(tmp_path, "config", name, value)
    for folder in ("cases", "portraits"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x").write_text("1")
    paths = ("cases", "portraits", "nowhere")
    assert commit(tmp_path, paths, "一")
    (tmp_path / "portraits/x").unlink()
    assert commit(tmp_path, paths, "二")
    assert not commit(tmp_path, paths, "三")
    (tmp_path / "cases/x").write_text("2")
    assert commit(tmp_path, paths, "四")
    assert git(tmp_path, "log", "--format=%s").split() == ["四", "二", "一"]
