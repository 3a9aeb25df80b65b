"""姓名排序 (name order): by the pinyin of each character, surnames read as surnames.

单 is Shàn, 解 is Xiè, 仇 is Qiú where they stand first in a person's name. Readings of surnames are data
(``surname_readings.yml``); all others come from pypinyin, and names of groups are read as phrases, so that
解放路 stays jiě.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from generator.system.hashing import digest

NameKey = tuple[tuple[int, str, str], ...]
"""One part a character: (class, reading, character). Classes: 0 read in pinyin, 1 Latin letters and
digits, 2 characters without a known reading, in their order in Unicode."""

Readings = dict[str, tuple[str, ...]]
"""读音 by the text, which is a digest where it is longer than a character: nobody can tell a name from it."""

_READ, _LATIN, _UNREAD = range(3)
_found: Readings = {}
OTHERS = "#"
"""Heading of names that begin with no letter."""


def name_key(name: str, *, person: bool = True) -> NameKey:
    """排序键 of a name. ``person``: the first character or two are a surname.

    Same reading, other character: by the character, so that one surname stays together. Spaces, dots and
    hyphens inside a name do not count.
    """
    key: list[tuple[int, str, str]] = []
    readings = _readings(name, person=person)
    for char, reading in zip(name, readings, strict=True):
        if reading:
            key.append((_READ, reading, char))
        elif char.isalnum():
            plain = unicodedata.normalize("NFKD", char)
            latin = plain[0].isascii()
            key.append((_LATIN if latin else _UNREAD, plain[0].casefold() if latin else "", char))
    return tuple(key)


def initial(key: NameKey) -> str:
    """首字母 under which a name stands in an index: ``A`` to ``Z``, or :data:`OTHERS`."""
    if not key or key[0][0] == _UNREAD or not key[0][1][0].isalpha():
        return OTHERS
    return key[0][1][0].upper()


def take_readings(found: Mapping[str, tuple[str, ...]]) -> None:
    """Take over what :func:`readings_found` told of an earlier build: looking up one text takes a dictionary that is a
    third of a second to load."""
    _found.update(found)


def readings_found() -> Readings:
    """All readings that were asked for."""
    return dict(_found)


def _readings(name: str, *, person: bool) -> list[str]:
    if not person:
        # With phrases: 长江, 重庆. A name of which some character has no reading is read one by one.
        found = _pinyin(name)
        if len(found) == len(name):
            return list(found)
    readings = [_alone(char) for char in name]
    if person and name:
        single, compound = surname_readings()
        if len(name) > 2 and (pair := compound.get(name[:2])) is not None:
            readings[:2] = pair
        elif (reading := single.get(name[0])) is not None:
            readings[0] = reading
    return readings


def _alone(char: str) -> str:
    reading = _pinyin(char)
    return reading[0] if len(reading) == 1 else ""


def _pinyin(text: str) -> tuple[str, ...]:
    key = text if len(text) == 1 else digest(text.encode()).hex()
    if key not in _found:
        from pypinyin import Style, lazy_pinyin

        read = lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True, errors="ignore")
        _found[key] = tuple(read)
    return _found[key]


@cache
def surname_readings() -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
    """姓氏读音, with tones: of single surnames and of those of two characters."""
    text = files(__package__).joinpath("surname_readings.yml").read_text(encoding="utf-8")
    data = yaml.load(text, Loader=yaml.CSafeLoader)
    return data["single"], {name: (first, second) for name, (first, second) in data["compound"].items()}
