"""开头 (beginnings): where in a text any of very many short runs of bytes begins.

A hundred thousand records are searched for in some two million ways, and a place in ordinary text begins none of them.
So each place is asked first whether its next few bytes may be one of those, in a table of bits of some megabytes; what is
left, a place in a hundred, is looked up. An automaton of as many would take gigabytes, and most of its steps would wait
for memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

_LOOKED_AT = (6, 4)
"""Bytes by which a place is asked; of what is shorter, all it has. Two characters of Chinese are six."""
_AT_ONCE = 1 << 15
"""Places that are asked together: what is worked out about them stays near the processor."""
_WORD = 8
_ROOM = 4
"""Powers of two by which a table is larger than what it holds."""
_SMALLEST, _LARGEST = 12, 25
# Odd numbers without a pattern in their bits: multiplied, the highest bits depend on all.
_FACTORS = tuple(np.uint64(factor) for factor in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F))

_Words: TypeAlias = NDArray[np.uint64]


class Beginnings:
    """开头表 of ``strings``, no two of them alike, each of which is known by its place among them."""

    def __init__(self, strings: Sequence[bytes]) -> None:
        alike: defaultdict[int, list[int]] = defaultdict(list)
        for number, string in enumerate(strings):
            alike[_looked_at(len(string))].append(number)
        self._tables = tuple(
            _Table(size, strings, numbers) for size, numbers in sorted(alike.items()) if size > 0
        )

    def find(self, data: bytes) -> Iterator[tuple[int, int]]:
        """(number, start) of every string wherever it stands in ``data``."""
        words = _words_of(data)
        for table in self._tables:
            yield from table.find(words, len(data))


@dataclass(frozen=True, slots=True)
class _Lengths:
    """Strings of one ``length``: what is made of all their bytes, in order, and their numbers in the same order."""

    length: int
    marks: _Words
    numbers: NDArray[np.int64]


class _Table:
    """Strings that are asked for by as many first bytes."""

    def __init__(self, size: int, strings: Sequence[bytes], numbers: Sequence[int]) -> None:
        bits = min(_LARGEST, max(_SMALLEST, len(numbers).bit_length() + _ROOM))
        self._size, self._mask, self._shift = size, _mask(size), np.uint64(64 - bits)
        self._may_begin = np.zeros(1 << bits, dtype=np.bool_)
        """Of the highest bits of either product, whether a string has them."""
        self._by_length: list[_Lengths] = []
        alike: defaultdict[int, list[int]] = defaultdict(list)
        for number in numbers:
            alike[len(strings[number])].append(number)
        for length, own in sorted(alike.items()):
            words = _words_of(b"".join(map(strings.__getitem__, own)))
            places = np.arange(len(own), dtype=np.int64) * length
            for factor in _FACTORS:
                self._may_begin[self._bits(words[places] & self._mask, factor)] = True
            marks = _marks_at(words, places, length)
            order = np.argsort(marks, kind="stable")
            self._by_length.append(_Lengths(length, marks[order], np.array(own, dtype=np.int64)[order]))

    def find(self, words: _Words, end: int) -> Iterator[tuple[int, int]]:
        """See :meth:`Beginnings.find`; ``words`` are those of ``end`` bytes."""
        places = end - self._size + 1
        for start in range(0, places, _AT_ONCE):
            at = self._may_begin_in(words[start : min(start + _AT_ONCE, places)])
            if not at.size:
                continue
            at += start
            for known in self._by_length:
                fits = at[at <= end - known.length]
                marks = _marks_at(words, fits, known.length)
                which = np.searchsorted(known.marks, marks)
                found = known.marks.take(which, mode="clip") == marks
                # All at once: what records begin with is met millions of times in a site.
                yield from zip(known.numbers[which[found]].tolist(), fits[found].tolist(), strict=True)

    def _may_begin_in(self, words: _Words) -> NDArray[np.int64]:
        """Numbers of those of the words with which a string may begin."""
        begun = words & self._mask
        at = self._may_begin.take(self._bits(begun, _FACTORS[0])).nonzero()[0]
        return at[self._may_begin[self._bits(begun[at], _FACTORS[1])]] if at.size else at

    def _bits(self, begun: _Words, factor: np.uint64) -> NDArray[np.int64]:
        bits = begun * factor
        bits >>= self._shift
        return bits.view(np.int64)


def _looked_at(length: int) -> int:
    return next((size for size in _LOOKED_AT if size <= length), length)


def _words_of(data: bytes) -> _Words:
    """The eight bytes from each byte on, as numbers: they lie over one another, and zeros follow the end."""
    return np.ndarray((len(data),), dtype="<u8", buffer=data + bytes(_WORD), strides=(1,))


def _mask(size: int) -> np.uint64:
    return np.uint64((1 << 8 * size) - 1)


def _marks_at(words: _Words, places: NDArray[np.int64], length: int) -> _Words:
    """Of each of the places one number, made of all ``length`` bytes that begin there."""
    marks = np.zeros(len(places), dtype=np.uint64)
    for done in range(0, length, _WORD):
        marks = (marks ^ (words[places + done] & _mask(min(_WORD, length - done)))) * _FACTORS[0]
        marks ^= marks >> np.uint64(32)
    return marks
