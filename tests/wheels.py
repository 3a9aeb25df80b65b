"""The command as an office has it: the wheel alone, in an environment of its own outside the checkout.

The libraries are those of this environment, named in a path file: to install them once more would take minutes and
a network, and proves nothing about the wheel. The checkout is not on the path.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from functools import cache
from pathlib import Path

from tests.projects import ROOT


@cache
def installed() -> Path:
    """The folder of the environment, made once a run."""
    folder = Path(tempfile.mkdtemp(prefix="wheel-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    wheel = build_wheel(folder)
    _do(sys.executable, "-m", "venv", "--without-pip", str(folder / "venv"))
    python = str(folder / "venv/bin/python")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python)
    _do(*pip, "install", "--quiet", "--no-deps", "--no-index", str(wheel))
    # A path file below a path file is not read, so the checkout, which is installed there as one, stays out.
    (site_packages(folder / "venv") / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "venv"


def build_wheel(folder: Path) -> Path:
    """The wheel of this checkout, made in ``folder``."""
    _do(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), cwd=ROOT)
    (wheel,) = folder.glob("*.whl")
    return wheel


def site_packages(venv: Path) -> Path:
    """Where the environment has what is installed in it."""
    (found,) = venv.glob("lib/python3*/site-packages")
    return found


def command(*arguments: str) -> list[str]:
    """``yiyong`` of the wheel with ``arguments``."""
    return [str(installed() / "bin/yiyong"), *arguments]


def surroundings() -> dict[str, str]:
    """The variables of a process of an office: none of this run's leads to the checkout."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**kept, "YIYONG_LANG": "zh"}


def run(*arguments: str, cwd: Path, asked: str = "") -> subprocess.CompletedProcess[str]:
    """One run of the command; ``asked`` is what somebody types."""
    return subprocess.run(
        command(*arguments),
        cwd=cwd,
        env=surroundings(),
        input=asked,
        capture_output=True,
        text=True,
        timeout=500,
    )


def _do(*command_line: str, cwd: Path | None = None) -> None:
    subprocess.run(command_line, cwd=cwd, check=True, capture_output=True, timeout=120)
