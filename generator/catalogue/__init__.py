"""文案目录 (catalogues): the words that people read, apart from the code that chooses them.

``zh/<area>.yml`` holds what the public reads; ``diagnostics/<area>.yml``, ``terms.yml``, ``report.yml``,
``fields.yml`` and ``cli.yml`` hold what staff read, in Chinese and in English.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

_PUBLIC = Path(__file__).parent / "zh"
_TERMS = Path(__file__).parent / "terms.yml"
_COMMANDS = Path(__file__).parent / "cli.yml"
_FIELDS = Path(__file__).parent / "fields.yml"


@cache
def wording(area: str) -> Mapping[str, Any]:
    """公开文案: the public words of one area, from ``zh/<area>.yml``.

    Every scalar is text (``no`` and ``24:00`` stay as written). Read once a process. Raises
    ``FileNotFoundError`` for an area without a file and ``TypeError`` when it is not a mapping.
    """
    loaded = yaml.load((_PUBLIC / f"{area}.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    if not isinstance(loaded, dict):
        raise TypeError(f"zh/{area}.yml must be a mapping")
    return MappingProxyType(loaded)


@cache
def staff_wording(lang: str) -> Mapping[str, Any]:
    """命令行文案: what the commands say to staff, from ``cli.yml``; ``lang`` is ``zh`` or ``en``."""
    spoken: dict[str, Any] = yaml.load(_COMMANDS.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)[lang]
    return MappingProxyType(spoken)


@cache
def field_wording(lang: str) -> Mapping[str, str]:
    """数据各项的叫法, from ``fields.yml``, for staff; ``lang`` is ``zh`` or ``en``."""
    loaded: dict[str, list[str]] = yaml.load(_FIELDS.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return MappingProxyType({name: words[lang == "en"] for name, words in loaded.items()})


@cache
def term_words() -> Mapping[str, Mapping[str, str]]:
    """代码的叫法: what diagnostics call the codes of the data, by code and then ``zh`` or ``en``."""
    loaded: dict[str, dict[str, str]] = yaml.load(_TERMS.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return MappingProxyType(loaded)
