"""英文摘要 (law in English): the library of rules in the words of a translation, which governs nothing.

A translation maps whole Chinese strings to English ones. What it lacks stays Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import BaseModel

from generator.law.instruments.library import PolicyLibrary, build_library
from generator.law.instruments.versions import TEXTS_KEPT
from generator.source.model.instrument import InstrumentEntry

T = TypeVar("T")

_CHINESE = re.compile("[㐀-鿿]")
_SHOWN = ("label", "note", "provisions", "cites", "repeals")
"""Keys of a version whose words the digests show."""
_AS_IT_STANDS = frozenset({"article", "document_number", "adopted_by", "approved_by"})
"""Keys whose words no English page shows, or only by their numbers."""


class Rendered(str):
    """译文, which knows what it renders: an organ is found by its name in Chinese alone."""

    chinese: str

    def __new__(cls, words: str, chinese: str = "") -> Rendered:
        self = super().__new__(cls, words)
        self.chinese = chinese
        return self


def in_english(value: T, english: Mapping[str, str]) -> T:
    """``value`` with every string in it that ``english`` renders; models, tuples and single strings."""
    return _rendered(value, english)  # type: ignore[no-any-return]


def _rendered(value: Any, english: Mapping[str, str]) -> Any:
    if type(value) is str:  # and no StrEnum, which is a code
        return Rendered(english[value], value) if value in english else value
    if isinstance(value, tuple):
        return tuple(_rendered(item, english) for item in value)
    if isinstance(value, BaseModel):
        return value.model_copy(
            update={name: _rendered(getattr(value, name), english) for name in type(value).model_fields}
        )
    return value


def english_library(library: PolicyLibrary, english: Mapping[str, str]) -> PolicyLibrary:
    """政策库的英文. Notes of its answers are worded when they are read, so read them in English too."""
    return _english_library(library, frozenset(english.items()))


@lru_cache(maxsize=2)
def _english_library(library: PolicyLibrary, rendered: frozenset[tuple[str, str]]) -> PolicyLibrary:
    english = dict(rendered)
    return build_library(
        (in_english(item.entry, english) for item in library.instruments),
        parents=library.parents,
        applying=library.applying,
        levels=library.levels,
        names={slug: english.get(name, name) for slug, name in library.names.items()},
        settings=library.settings,
    )


@lru_cache(maxsize=TEXTS_KEPT)
def words_to_render(entry: InstrumentEntry) -> tuple[str, ...]:
    """要译的文字 of one instrument, each once, in the order of the text."""
    shown = (getattr(version, key) for version in entry.versions for key in _SHOWN)
    found: dict[str, None] = {}
    _gather((entry.title, entry.holds_for, *shown), found)
    return tuple(found)


def _gather(value: Any, found: dict[str, None]) -> None:
    """Add every Chinese string of ``value`` to ``found``, in the order of the text."""
    if type(value) is str:
        if not value.isascii() and _CHINESE.search(value):
            found[value] = None
    elif type(value) is tuple:
        for item in value:
            _gather(item, found)
    elif isinstance(value, BaseModel):
        # Nearly every field holds nothing; a call for each would take most of the time.
        for name, inner in value.__dict__.items():
            if inner and name not in _AS_IT_STANDS:
                _gather(inner, found)
