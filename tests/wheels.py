"""The wheel's content in a folder of its own: the command as an office has it, with no checkout beside it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.projects import ROOT


def unpack_wheel(folder: Path) -> Path:
    """Make the wheel and unpack it below ``folder``."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=120,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "installed")
    return folder / "installed"


def run(unpacked: Path, *arguments: str, cwd: Path, asked: str = "") -> subprocess.CompletedProcess[str]:
    """One run of the command from the wheel alone; ``asked`` is what somebody types."""
    environment = {**os.environ, "PYTHONPATH": str(unpacked), "PYTHONSAFEPATH": "1", "YIYONG_LANG": "zh"}
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=cwd,
        env=environment,
        input=asked,
        capture_output=True,
        text=True,
        timeout=500,
    )
