"""--show: staff see what is not public on their own terminal, and nowhere else."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.projects import ROOT, WITHHOLDING, case, person, write_small_project

NAME = "冀怀朴"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    hidden = case(
        level="confidential",
        withholding=WITHHOLDING,
        persons=[person(name=f"{NAME}\u200b", disclosure="withheld", sex=NAME)],
    )
    return write_small_project(tmp_path_factory.mktemp("show"), {f"wuhan/2026/{NAME}.yml": hidden})


def command(root: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "generator", "check", "--jobs", "1", "--root", str(root), *arguments]


def environment(**changes: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in ("CI", "YIYONG_LANG")}
    return {**kept, "PYTHONPATH": str(ROOT), **changes}


def on_terminal(root: Path, *arguments: str, **changes: str) -> tuple[int, str]:
    """Run ``yiyong check`` on a terminal of its own: its exit status, and what the terminal shows."""
    ours, theirs = pty.openpty()
    done = subprocess.Popen(
        command(root, *arguments), stdin=theirs, stdout=theirs, stderr=theirs, env=environment(**changes)
    )
    os.close(theirs)
    said = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux ends a terminal without a writer so.
            break
        if not part:
            break
        said += part
    os.close(ours)
    return done.wait(), said.decode("utf-8")


def test_a_terminal_shows_what_was_asked_for(root: Path) -> None:
    status, said = on_terminal(root, "--show")
    assert status == 1 and f"sex: {NAME}" in said and f"registry/cases/wuhan/2026/{NAME}.yml" in said
    status, said = on_terminal(root)
    assert status == 1 and NAME not in said and "U+200B" in said


@pytest.mark.parametrize(
    ("arguments", "changes"), [((), {"CI": "true"}), (("--format", "json"), {}), (("--format", "github"), {})]
)
def test_ci_and_machines_are_refused(root: Path, arguments: tuple[str, ...], changes: dict[str, str]) -> None:
    status, said = on_terminal(root, "--show", *arguments, **changes)
    assert status == 2 and NAME not in said


def test_a_file_is_refused(root: Path) -> None:
    done = subprocess.run(
        command(root, "--show"), env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 2 and NAME not in done.stdout + done.stderr
