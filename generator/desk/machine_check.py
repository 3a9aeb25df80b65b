"""体检 (doctor): what this machine lacks, each with the one line that mends it."""

from __future__ import annotations

import locale
import os
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from generator.diagnostics import Diagnostic, Place, diagnose
from generator.outputs.poster.poster_fonts import FontPlaces, find_fonts
from generator.pipeline.destination import PRIVATE_FOLDER
from generator.project.project_format import CURRENT
from generator.project.settings import Settings, load_settings

OLDEST_PYTHON = (3, 11)
ROOM_WANTED = 2 * 1024**3
"""Bytes: a site of 20,000 records and the one that it replaces."""
_ISSUED_BY = (11, 15)
"""Month and day by which the State Council has issued the next year's arrangement in recent years."""


def machine_problems(
    root: Path | None,
    today: date,
    *,
    fonts: FontPlaces | None = None,
    python: tuple[int, ...] = sys.version_info[:3],
    room: int | None = None,
) -> tuple[Diagnostic, ...]:
    """这台机器缺什么. ``root`` is the project's folder, None outside of one; ``room`` the bytes that are free there.

    Only the machine is looked at; what the records and settings say is for ``yiyong check``.
    """
    return (
        *_python(python),
        *_encoding(),
        *_fonts(fonts or FontPlaces()),
        *_room(root or Path(), room),
        *(_project(root, today) if root is not None else ()),
    )


def _python(version: tuple[int, ...]) -> Iterator[Diagnostic]:
    if version[:2] < OLDEST_PYTHON:
        terms = {"found": ".".join(map(str, version)), "oldest": ".".join(map(str, OLDEST_PYTHON))}
        yield diagnose("DSK010", Place(path="Python"), terms=terms)


def _encoding() -> Iterator[Diagnostic]:
    """Names of people must survive standard output and file names."""
    for name in (sys.getfilesystemencoding(), locale.getpreferredencoding(False)):
        if name.casefold().replace("-", "") not in ("utf8", "cp65001"):
            yield diagnose("DSK011", Place(path="PYTHONUTF8"), terms={"found": name})
            return


def _fonts(places: FontPlaces) -> Iterator[Diagnostic]:
    if find_fonts(places) is None:
        yield diagnose("DSK012", Place(path="Noto Serif CJK SC"))


def _room(folder: Path, free: int | None) -> Iterator[Diagnostic]:
    free = shutil.disk_usage(folder).free if free is None else free
    if free < ROOM_WANTED:
        terms = {"free": f"{free / 1024**3:.1f}", "wanted": f"{ROOM_WANTED / 1024**3:.0f}"}
        yield diagnose("DSK013", Place(path=str(folder)), terms=terms)


def _project(root: Path, today: date) -> Iterator[Diagnostic]:
    yield from _permissions(root)
    settings = load_settings(root).settings
    if settings is None:
        yield diagnose("DSK017", Place(path="site_config"))
        return
    yield from _format(settings)
    years = [today.year, *([today.year + 1] if (today.month, today.day) >= _ISSUED_BY else [])]
    for year in years:
        if not settings.calendar.arrangement_issued(year):
            path = f"site_config/holidays/{year}.yml"
            yield diagnose("DSK015", Place(path=path), terms={"year": year})


def _permissions(root: Path) -> Iterator[Diagnostic]:
    if not os.access(root, os.W_OK | os.X_OK):
        yield diagnose("DSK014", Place(path=str(root)), terms={"folder": root.name})
    if os.name != "posix":
        return
    private = root / PRIVATE_FOLDER
    for folder in (root / "registry", private):
        if folder.is_dir() and folder.stat().st_mode & 0o007:
            yield diagnose("DSK016", Place(path=folder.name), terms={"folder": folder.name})


def _format(settings: Settings) -> Iterator[Diagnostic]:
    made = settings.site.project_format or 0
    if made < CURRENT:
        terms = {"made": made, "current": CURRENT}
        yield diagnose("DSK018", Place(path="site_config/site.yml"), terms=terms)
