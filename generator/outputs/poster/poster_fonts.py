"""公示单的字体 (fonts): which of the preferred faces this machine has; no font file is shipped or fetched.

The families and their order stand in ``fonts.yml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

PACKAGE = "fonts-noto-cjk"
"""Debian's package with every character of ordinary names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FontPlaces:
    """字体的所在: the system's own folders, and more."""

    system: bool = True
    folders: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FontStacks:
    """选定的字体: families that are installed, in the order in which they are asked for a character."""

    places: FontPlaces
    body: tuple[str, ...]
    heading: tuple[str, ...]
    title: tuple[str, ...]


@cache
def find_fonts(places: FontPlaces) -> FontStacks | None:
    """寻找字体: None where no installed family has the common characters.

    Reads the head of every font file, a third of a second where there are a hundred: call it only when
    a sheet is due. It starts no thread, unlike typesetting.
    """
    import typst

    book = typst.Fonts(
        include_system_fonts=places.system,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in places.folders],
    )
    installed = set(book.families())
    wanted = _wanted()
    if not installed & set(wanted["complete"]):
        return None

    def stack(*names: str) -> tuple[str, ...]:
        families = (family for name in names for family in wanted[name])
        return tuple(dict.fromkeys(family for family in families if family in installed))

    return FontStacks(
        places=places,
        body=stack("body", "rare"),
        heading=stack("heading", "body", "rare"),
        title=stack("title", "body", "rare"),
    )


@cache
def _wanted() -> Mapping[str, tuple[str, ...]]:
    stacks = yaml.load(
        (Path(__file__).parent / "fonts.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )
    return {name: tuple(families) for name, families in stacks.items()}
