"""Readers of printed files that are not ours: poppler and zbar."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from PIL import Image


def tool(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not installed (poppler-utils, zbar-tools)")
    return path


def sheets_of(pdf: Path) -> list[str]:
    """The text of each sheet as poppler reads it back, without white space, each character in its plain form: what is
    printed has some as radicals. pypdf would take many times as long."""
    return [plain(sheet) for sheet in _read(pdf)]


def plain(words: str) -> str:
    """Words as :func:`sheets_of` has them."""
    return unicodedata.normalize("NFKC", re.sub(r"\s", "", words))


def text_of(pdf: Path) -> str:
    """The text as poppler reads it back, without white space."""
    return re.sub(r"\s", "", "".join(_read(pdf)))


def _read(pdf: Path) -> list[str]:
    """What is written on each sheet."""
    done = subprocess.run(
        [tool("pdftotext"), "-enc", "UTF-8", str(pdf), "-"], capture_output=True, check=True
    )
    *sheets, rest = done.stdout.decode("utf-8").split("\f")
    assert rest == ""
    return sheets


def qr_code_of(pdf: Path, sheet: int) -> str:
    """What a telephone reads on a sheet (counted from 1) that was rendered at 150 dots an inch."""
    picture = pdf.with_suffix("")
    subprocess.run(
        [tool("pdftoppm"), "-r", "150", "-png", "-singlefile", "-f", str(sheet), str(pdf), str(picture)],
        check=True,
    )
    read = subprocess.run(
        [tool("zbarimg"), "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", f"{picture}.png"],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return read.stdout.strip()


def lines_of(pdf: Path, dots: int) -> list[tuple[int, int]]:
    """(place, thickness) in dots of each line that is drawn across the right-hand half of the first sheet."""
    picture = pdf.with_suffix("")
    subprocess.run(
        [tool("pdftoppm"), "-r", str(dots), "-gray", "-singlefile", str(pdf), str(picture)], check=True
    )
    found: list[tuple[int, int]] = []
    with Image.open(f"{picture}.pgm") as sheet:
        left, right = sheet.width // 2, sheet.width * 7 // 8
        for row in range(sheet.height):
            strip = sheet.crop((left, row, right, row + 1)).tobytes()
            if sum(dot < 230 for dot in strip) > 0.95 * len(strip):
                if found and found[-1][0] + found[-1][1] == row:
                    found[-1] = (found[-1][0], found[-1][1] + 1)
                else:
                    found.append((row, 1))
    return found
