"""Readers of printed files that are not ours: poppler."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest


def tool(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not installed (poppler-utils, zbar-tools)")
    return path


def text_of(pdf: Path) -> str:
    """The text as poppler reads it back, without white space."""
    done = subprocess.run(
        [tool("pdftotext"), "-enc", "UTF-8", str(pdf), "-"], capture_output=True, check=True
    )
    return re.sub(r"\s|\x0c", "", done.stdout.decode("utf-8"))
