"""找写法 (variant search): which of the packed variants stand in a text.

One automaton finds how they begin. The groups that it meets are unpacked, and their variants looked for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from operator import itemgetter
from typing import TypeAlias

from ahocorasick_rs import BytesAhoCorasick

from generator.audit.kept_variants import WORDS, Group, VariantsInUse, VariantsLot, as_searched
from generator.audit.leaks import Secret, Secrets
from generator.audit.patterns import Rule, Shape, plain
from generator.audit.searched_variants import OF_NAMES, SearchedVariants
from generator.spellings.folding import fold
from generator.system.packing import unpack

_AsNow: TypeAlias = Callable[[bytes, Sequence[int]], Mapping[bytes, Sequence[int]]]
"""Of a variant and the numbers of its words: the variants as they are searched for now, each with the secrets that have it."""


class VariantSearch:
    """The variants of one kind, each unpacked when its beginning is met, and numbered then."""

    def __init__(self, kind: str, variants: SearchedVariants, secrets: Secrets) -> None:
        self._kind = kind
        self._lots = [_Lot(lot, _as_made) for lot in variants.made.lots if lot.kind == kind]
        if variants.kept is not None:
            as_now = _as_kept(kind, secrets, variants.kept)
            self._lots += (_Lot(lot, as_now) for lot in variants.kept.kept.lots if lot.kind == kind)
        self._variants: list[tuple[bytes, tuple[int, ...]]] = []

    def find(self, data: bytes) -> Iterator[tuple[int, int, int]]:
        """(number of the variant, start, end) of every variant in ``data``, which is UTF-8 where the variants are words."""
        for lot in self._lots:
            for which, start, _ in lot.beginnings.find_matches_as_indexes(data, overlapping=True):
                if which not in lot.met:
                    lot.met[which] = self._unpacked(lot, which)
                for number, variant in lot.met[which]:
                    if data.startswith(variant, start):
                        yield number, start, start + len(variant)

    def find_in_text(self, text: str) -> Iterator[tuple[int, int, int]]:
        """The same with places in characters."""
        data = text.encode()
        found = self.find(data)
        return found if len(data) == len(text) else _in_characters(data, found)

    def variant(self, number: int) -> bytes:
        """The variant of this number, with its mark or the number of its encoding."""
        return self._variants[number][0]

    def owners(self, number: int) -> tuple[int, ...]:
        """The secrets that have the variant of this number, each once."""
        return self._variants[number][1]

    def _unpacked(self, lot: _Lot, which: int) -> list[tuple[int, bytes]]:
        """The group of this beginning; none where all its variants are passed over now."""
        found: list[tuple[int, bytes]] = []
        for variant, words in unpack(lot.groups[which], Group):
            for now, owners in lot.as_now(variant, words).items():
                found.append((len(self._variants), as_searched(self._kind, now)))
                self._variants.append((now, tuple(owners)))
        return found


class _Lot:
    """One lot, as far as it has been met."""

    def __init__(self, lot: VariantsLot, as_now: _AsNow) -> None:
        self.beginnings = BytesAhoCorasick(lot.beginnings)
        self.groups, self.as_now = lot.groups, as_now
        self.met: dict[int, list[tuple[int, bytes]]] = {}
        """Of a beginning, by its number, the numbers of its variants and the variants as they are searched for."""


@lru_cache(65_536)
def shape_of(variant: bytes) -> Shape:
    """The shape of a variant of words."""
    return Shape.of(variant.decode())


def _in_characters(data: bytes, found: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """What was found in ``data``, which is UTF-8, with places in characters."""
    begins = last = 0
    for number, start, end in sorted(found, key=itemgetter(1)):
        begins += len(data[last:start].decode())
        last = start
        yield number, begins, begins + len(data[start:end].decode())


def _as_made(variant: bytes, words: Sequence[int]) -> Mapping[bytes, Sequence[int]]:
    return {variant: words}


def _as_kept(kind: str, secrets: Secrets, kept: VariantsInUse) -> _AsNow:
    """Kept variants as they are searched for now: more may be anybody's words and ordinary than was then."""
    numbers = {label: own for label, own in secrets.by_record.numbers().items() if label not in kept.anew}
    common = {fold(word) for word in secrets.common}
    is_common: dict[int, bool] = {}
    firsts = [0, *accumulate(count for _, count in kept.kept.records)]

    def as_now(variant: bytes, words: Sequence[int]) -> Mapping[bytes, Sequence[int]]:
        found: dict[bytes, list[int]] = {}
        for word in words:
            which = bisect_right(firsts, word) - 1
            label, place = kept.kept.records[which][0], word - firsts[which]
            if label not in numbers:
                continue  # of a record that has other words now, or has gone
            number = numbers[label][place]
            secret = secrets.strings[number]
            if number not in is_common:
                is_common[number] = fold(secret.text) in common
            if is_common[number]:
                continue
            now = _variant_now(variant, secret, secrets.ordinary, common) if kind == WORDS else variant
            if now is not None:
                found.setdefault(now, []).append(number)
        return found

    return as_now


def _variant_now(variant: bytes, secret: Secret, ordinary: frozenset[str], common: set[str]) -> bytes | None:
    if secret.kind == "birth_date":
        return Rule.SHORT_DAY.encode() + variant[1:] if secret.text in ordinary else variant
    rule = shape_of(variant).rule
    if rule is Rule.PINYIN:
        return None if plain(variant.decode()) in common else variant
    passed_over = (rule in OF_NAMES or rule is Rule.BLOCK) and plain(variant.decode()) in ordinary
    return None if passed_over else variant
