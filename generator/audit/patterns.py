"""写法的记法 (patterns): how a form is written down, and what has to be known of it once it is found.

A form of words is written as it stands in folded text, with the mark of its rule before it and, where it
has syllables (pinyin) or groups (a day in figures), blanks between these; folded text has neither.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

_SYLLABLE_END = " "


class Rule(StrEnum):
    """判法: how the place is judged where a form was found. The value is the mark before the form."""

    WHOLE = ""
    PART = "~"
    """A sentence or clause of a longer text."""
    PINYIN = "@"
    INITIAL = "#"
    """Pinyin with the surname's first letter only: J. Huaipu."""
    CALLED = "$"
    """The surname with 某 or a title."""
    ADDRESSED = "&"
    """老冀, 小冀."""
    GIVEN = "%"
    """A given name, or one part of a name of several, alone."""
    STARRED = "*"
    """A name with a sign for a character in the middle: 冀*朴."""
    STARRED_END = "+"
    """The same at its end: 冀怀*."""
    SHORTENED = "-"
    """A long name with one character left out."""
    DAY = "="
    """A day in figures, its groups parted."""
    SHORT_DAY = "!"
    """A day with two figures of the year."""
    DAY_IN_WORDS = "?"
    """1969年12月3日, December 3, 1969."""
    MASKED_NUMBER = "/"
    """The first and last figures of a number, with signs for those between: 139****4321."""
    NUMBER_END = ">"
    """尾号4321, 139xxxx4321."""
    ROAD = "^"
    """The name of a road; what follows decides."""
    BLOCK = ":"
    """A few characters of a narrative; what stands around decides."""


_RULES = {rule.value: rule for rule in Rule}


def marked(rule: Rule, folded: str) -> str:
    """The form with the mark of its rule."""
    return rule + folded


def as_syllables(syllables: Iterable[str], rule: Rule = Rule.PINYIN) -> str:
    """A reading in pinyin."""
    return rule + _SYLLABLE_END.join(syllables)


def plain(form: str) -> str:
    """The form as it is searched for."""
    return (form[1:] if form[0] in _RULES else form).replace(_SYLLABLE_END, "")


class Shape(NamedTuple):
    """形状 of a form, all that has to be known of it once it is found: ``sizes`` of its syllables or groups, in
    characters, none for other forms."""

    sizes: tuple[int, ...]
    rule: Rule

    @classmethod
    def of(cls, form: str) -> Shape:
        if _SYLLABLE_END not in form:
            return _WITHOUT_SIZES.get(form[0], _WHOLE)
        return cls(tuple(map(len, form[1:].split(_SYLLABLE_END))), _RULES.get(form[0], Rule.WHOLE))

    @property
    def borders(self) -> tuple[int, ...]:
        """Where the syllables or groups end."""
        return tuple(itertools.accumulate(self.sizes))


_WITHOUT_SIZES = {mark: Shape((), rule) for mark, rule in _RULES.items()}
_WHOLE = Shape((), Rule.WHOLE)
