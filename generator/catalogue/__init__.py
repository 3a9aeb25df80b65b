"""文案目录 (catalogues): the words that people read, apart from the code that chooses them.

``zh/<area>.yml`` holds what the public reads, ``en/<area>.yml`` what the English pages say instead;
``diagnostics/<area>.yml``, ``terms.yml``, ``report.yml``, ``fields.yml`` and ``cli.yml`` hold what staff read, in Chinese
and in English; ``desk.yml`` what they read in the forms of the desk, ``keys.yml`` and ``values.yml`` what they write.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import yaml

Language = Literal["zh", "en"]
"""页面的语言: Chinese, or the English of the pages below ``en/``."""

_CATALOGUE = Path(__file__).parent
_TERMS = _CATALOGUE / "terms.yml"
_KEYS = _CATALOGUE / "keys.yml"
_VALUES = _CATALOGUE / "values.yml"
_COMMANDS = _CATALOGUE / "cli.yml"
_FIELDS = _CATALOGUE / "fields.yml"
_DESK = _CATALOGUE / "desk.yml"


_language: ContextVar[Language] = ContextVar("language", default="zh")


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """In ``language``, for everything within: what :func:`wording` gives, and all that is made of it."""
    before = _language.set(language)
    try:
        yield
    finally:
        _language.reset(before)


def spoken() -> Language:
    """The language that pages are now made in. Whatever keeps words keeps them by it."""
    return _language.get()


def wording(area: str) -> Mapping[str, Any]:
    """公开文案: the public words of one area in the language :func:`spoken`, from ``zh/<area>.yml``.

    Every scalar is text (``no`` and ``24:00`` stay as written). Read once a process. Raises
    ``FileNotFoundError`` for an area without a file and ``TypeError`` when it is not a mapping.
    """
    return _area(spoken(), area)


@cache
def _area(language: Language, area: str) -> Mapping[str, Any]:
    file = _CATALOGUE / language / f"{area}.yml"
    loaded = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    if not isinstance(loaded, dict):
        raise TypeError(f"{language}/{area}.yml must be a mapping")
    return MappingProxyType(loaded)


@cache
def staff_wording(lang: str) -> Mapping[str, Any]:
    """命令行文案: what the commands say to staff, from ``cli.yml``; ``lang`` is ``zh`` or ``en``."""
    loaded: dict[str, Any] = yaml.load(_COMMANDS.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)[lang]
    return MappingProxyType(loaded)


@cache
def desk_wording() -> Mapping[str, Any]:
    """办公桌文案: what the pages of ``yiyong desk`` say to staff, from ``desk.yml``; in Chinese, like the forms."""
    loaded: dict[str, Any] = yaml.load(_DESK.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    return MappingProxyType(loaded)


@cache
def field_wording(lang: str) -> Mapping[str, str]:
    """数据各项的叫法, from ``fields.yml``, for staff; ``lang`` is ``zh`` or ``en``."""
    loaded: dict[str, list[str]] = yaml.load(_FIELDS.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    return MappingProxyType({name: words[lang == "en"] for name, words in loaded.items()})


@cache
def term_words() -> Mapping[str, Mapping[str, str]]:
    """代码的叫法: what diagnostics call the codes of the data, by code and then ``zh`` or ``en``."""
    loaded: dict[str, dict[str, str]] = yaml.load(_TERMS.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    return MappingProxyType(loaded)


@cache
def value_words(name: str) -> Mapping[str, tuple[str, ...]]:
    """取值的中文名称 of one set of codes, by code; the first is the one to show.

    Raises ``KeyError`` for a set that ``values.yml`` does not know.
    """
    return MappingProxyType(_values()[name])


@cache
def value_codes(name: str) -> Mapping[str, str]:
    """The codes of one set by each of their Chinese words."""
    return MappingProxyType({word: code for code, words in value_words(name).items() for word in words})


def coded(name: str, written: object) -> object:
    """``written`` by its code, where it is a word of the set; else as it is."""
    return value_codes(name).get(written, written) if isinstance(written, str) else written


@cache
def value_set(codes: frozenset[str]) -> str | None:
    """The set that consists of just these codes; None where none does."""
    return next((name for name, words in _values().items() if frozenset(words) == codes), None)


@cache
def _values() -> dict[str, dict[str, tuple[str, ...]]]:
    loaded = yaml.load(_VALUES.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    return {
        name: {
            code: (said,) if isinstance(said, str) else tuple(said) for code, said in _listed(codes).items()
        }
        for name, codes in loaded.items()
    }


def _listed(codes: str | dict[str, Any]) -> Mapping[str, Any]:
    """The words of one set, or of the public list that it names: ``policy.topics``."""
    if not isinstance(codes, str):
        return codes
    area, _, name = codes.partition(".")
    listed: Mapping[str, Any] = wording(area)[name]
    return listed


def key_words(model: str, key: str) -> tuple[str, str] | None:
    """字段的名称和说明 of one key of a type; None for a key without any."""
    words = _keys().get(model, {}).get(key)
    return None if words is None else (words[0], "，".join(words[1:]))


@cache
def _keys() -> dict[str, dict[str, list[str]]]:
    loaded: dict[str, dict[str, list[str]]] = yaml.load(
        _KEYS.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader
    )
    return loaded
