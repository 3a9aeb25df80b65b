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


_Met: TypeAlias = tuple[tuple[int, dict[bytes, list[int]]], ...]
"""What begins alike: by its length, each variant as it is searched for with its numbers. So a name is found among a
hundred that begin with the same surname by a few looks."""


class VariantSearch:
    """The variants of one kind, each unpacked when its beginning is met, and numbered then."""

    def __init__(self, kind: str, variants: SearchedVariants, secrets: Secrets) -> None:
        self._kind = kind
        self._sources: list[_Source] = []
        made = [lot for lot in variants.made.lots if lot.kind == kind]
        if made:
            self._sources.append(_Source(made, _as_made))
        if variants.kept is not None:
            kept = [lot for lot in variants.kept.kept.lots if lot.kind == kind]
            if kept:
                self._sources.append(_Source(kept, _as_kept(kind, secrets, variants.kept)))
        self._variants: list[tuple[bytes, tuple[int, ...]]] = []

    def find(self, data: bytes) -> Iterator[tuple[int, int, int]]:
        """(number of the variant, start, end) of every variant in ``data``, which is UTF-8 where the variants are words."""
        for source in self._sources:
            for which, start, _ in source.beginnings.find_matches_as_indexes(data, overlapping=True):
                if which not in source.met:
                    source.met[which] = self._unpacked(source, which)
                for length, variants in source.met[which]:
                    end = start + length
                    for number in variants.get(data[start:end], ()):
                        yield number, start, end

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

    def _unpacked(self, source: _Source, which: int) -> _Met:
        """The groups of this beginning; nothing where all their variants are passed over now."""
        found: dict[int, dict[bytes, list[int]]] = {}
        for group in source.groups[which]:
            for variant, words in unpack(group, Group):
                for now, owners in source.as_now(variant, words).items():
                    searched = as_searched(self._kind, now)
                    found.setdefault(len(searched), {}).setdefault(searched, []).append(len(self._variants))
                    self._variants.append((now, tuple(owners)))
        return tuple(found.items())


class _Source:
    """The lots that were made, or those that were kept. How all their variants begin is in one automaton: each reads every
    text."""

    def __init__(self, lots: Sequence[VariantsLot], as_now: _AsNow) -> None:
        groups: dict[bytes, tuple[bytes, ...]] = {}
        for lot in lots:
            for beginning, group in zip(lot.beginnings, lot.groups, strict=True):
                groups[beginning] = (*groups.get(beginning, ()), group)
        self.beginnings = BytesAhoCorasick(list(groups))
        self.groups, self.as_now = list(groups.values()), as_now
        self.met: dict[int, _Met] = {}
        """By the number of a beginning."""


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
