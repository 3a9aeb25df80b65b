"""要找的写法 (patterns): the forms of all secrets, each once, with the secrets that have it.

A form of words is written as it stands in folded text, with the mark of its rule before it and, where it
has syllables (pinyin) or groups (a day in figures), blanks between these; folded text has neither.
"""

from __future__ import annotations

import itertools
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from operator import itemgetter
from typing import Generic, NamedTuple, Protocol, TypeVar

from ahocorasick_rs import BytesAhoCorasick

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

LOT = 700_000
"""Forms given to one automaton: as many as 35,000 records have. Every automaton reads every text."""

T = TypeVar("T", str, bytes)
T_contra = TypeVar("T_contra", str, bytes, contravariant=True)


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


class Automaton(Protocol[T_contra]):
    """多模式自动机: what ``ahocorasick_rs`` offers for texts and for bytes alike."""

    def find_matches_as_indexes(
        self, haystack: T_contra, overlapping: bool = False
    ) -> list[tuple[int, int, int]]: ...


class TextAutomaton:
    """文字的自动机: forms of text, looked for as UTF-8, which takes half the time and the memory."""

    def __init__(self, forms: Iterable[str]) -> None:
        self.in_bytes = BytesAhoCorasick([form.encode() for form in forms])

    def find_matches_as_indexes(self, haystack: str, overlapping: bool = False) -> list[tuple[int, int, int]]:
        data = haystack.encode()
        found = self.in_bytes.find_matches_as_indexes(data, overlapping=overlapping)
        return found if len(data) == len(haystack) else _in_characters(data, found)


def _in_characters(data: bytes, found: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """What was found in ``data``, which is UTF-8, with places in characters."""
    places: list[tuple[int, int, int]] = []
    begins = last = 0
    for number, start, end in sorted(found, key=itemgetter(1)):
        begins += len(data[last:start].decode())
        last = start
        places.append((number, begins, begins + len(data[start:end].decode())))
    return places


class Kept(Protocol):
    """What :class:`~generator.audit.kept_forms.KeptPatterns` offers. Its numbers are below zero."""

    def find(self, data: bytes) -> Iterator[tuple[int, int, int]]: ...

    def form(self, number: int) -> bytes: ...

    def owners(self, number: int) -> tuple[int, ...]: ...


class Patterns(Generic[T]):
    """Forms numbered in the order of :meth:`add`, which secrets have each, and where a text has them.

    A nation's registry has millions of them: all but the forms themselves stands in arrays, and the forms
    are given to one automaton after another, a lot each, so that only one is in the making at a time; to
    make one takes many times the memory that it keeps.
    """

    def __init__(self, automaton: Callable[[list[T]], Automaton[T]], kept: Kept | None = None) -> None:
        """``kept`` forms are found beside those that are added."""
        self.kept = kept
        self._automaton: Callable[[list[T]], Automaton[T]] = automaton
        self._automata: list[tuple[int, Automaton[T]]] = []
        self._numbers: dict[T, int] = {}
        self._found = array("L")
        self._owners = array("L")
        self._firsts = array("L", [0])

    def add(self, form: T, owner: int) -> None:
        """Secret ``owner`` may be written as ``form``; owners come in rising order."""
        self._found.append(self._numbers.setdefault(form, len(self._numbers)))
        self._owners.append(owner)
        if len(self._numbers) == LOT:
            self.close()

    def close(self) -> None:
        """Make what was added ready to be found."""
        if not self._numbers:
            return
        earlier, first = self._firsts[-1], len(self._firsts) - 1
        order = sorted(range(len(self._found)), key=self._found.__getitem__)
        self._owners[earlier:] = array("L", (self._owners[earlier + place] for place in order))
        counts = Counter(self._found)
        sizes = map(counts.__getitem__, range(len(self._numbers)))
        self._firsts.extend(earlier + count for count in itertools.accumulate(sizes))
        forms = list(self._numbers)
        self._numbers, self._found = {}, array("L")
        self._automata.append((first, self._automaton(forms)))

    def find(self, text: T) -> Iterator[tuple[int, int, int]]:
        """(number of the form, start, end) of every form in ``text``."""
        for first, automaton in self._automata:
            for number, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
                yield first + number, start, end
        if self.kept is not None:
            data = text.encode() if isinstance(text, str) else text
            found = self.kept.find(data)
            yield from found if len(data) == len(text) else _in_characters(data, found)

    def owners(self, number: int) -> tuple[int, ...]:
        """The secrets that have the form of this number, each once."""
        if self.kept is not None and number < 0:
            return self.kept.owners(number)
        return tuple(dict.fromkeys(self._owners[self._firsts[number] : self._firsts[number + 1]]))
