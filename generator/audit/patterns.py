"""要找的写法 (patterns): the forms of all secrets, each once, with the secrets that have it.

A form of words is written as it stands in folded text, with a mark before it where it is a part of a
longer text, or with blanks between its syllables where it is pinyin; folded text has neither.
"""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

_PART = "~"
_SYLLABLE_END = " "

T = TypeVar("T", bound=Hashable)


def as_part(folded: str) -> str:
    """A sentence or clause of a longer text."""
    return _PART + folded


def as_syllables(syllables: Iterable[str]) -> str:
    """A reading in pinyin."""
    return _SYLLABLE_END.join(syllables)


def plain(form: str) -> str:
    """The form as it is searched for."""
    return form.removeprefix(_PART).replace(_SYLLABLE_END, "")


@dataclass(frozen=True, slots=True)
class Shape:
    """形状 of a form, all that has to be known of it once it is found: ``borders`` are where the
    syllables of pinyin end, none for other forms."""

    borders: frozenset[int]
    is_part: bool

    @classmethod
    def of(cls, form: str) -> Shape:
        syllables = form.split(_SYLLABLE_END)
        borders = itertools.accumulate(map(len, syllables)) if len(syllables) > 1 else ()
        return cls(frozenset(borders), form.startswith(_PART))


class Patterns(Generic[T]):
    """Forms numbered in the order of :meth:`add`, and which secrets have each.

    A nation's registry has millions of them: all but the forms themselves stands in arrays, and once
    the automaton knows the forms they are kept by nobody.
    """

    def __init__(self) -> None:
        self._numbers: dict[T, int] = {}
        self._found = array("L")
        self._owners = array("L")
        self._firsts = array("L")

    def add(self, form: T, owner: int) -> None:
        """Secret ``owner`` may be written as ``form``; owners come in rising order."""
        self._found.append(self._numbers.setdefault(form, len(self._numbers)))
        self._owners.append(owner)

    def take(self) -> list[T]:
        """The forms in the order of their numbers. Nothing can be added after that."""
        order = sorted(range(len(self._found)), key=self._found.__getitem__)
        self._owners = array("L", (self._owners[index] for index in order))
        counts = [0] * (len(self._numbers) + 1)
        for number in self._found:
            counts[number + 1] += 1
        self._firsts = array("L", itertools.accumulate(counts))
        forms = list(self._numbers)
        self._numbers, self._found = {}, array("L")
        return forms

    def owners(self, number: int) -> tuple[int, ...]:
        """The secrets that have the form of this number, each once."""
        return tuple(dict.fromkeys(self._owners[self._firsts[number] : self._firsts[number + 1]]))
