"""写法的存档 (kept variants): every variant in which withheld words are searched for, packed, in groups of those that begin alike.

An audit looks for the beginnings, and unpacks only the groups that it meets (:mod:`generator.audit.variant_search`): a
variant that does not stand there can match nothing there. So it costs what is read, not what is withheld. A full audit
keeps them for the next one, which works out the variants of changed records alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from generator.audit.leaks import Searched, Secrets
from generator.audit.patterns import plain
from generator.system.packing import pack

WORDS, RAW, DIGITS = "w", "r", "d"
"""Kinds of variants: folded words with the mark of their rule, bytes after the number of their encoding, and numbers."""
_BEGINNING = 6
"""Bytes: two characters, or six letters or figures."""
_MOST_ALIKE = 64
"""Variants in a group; where more begin alike, as identity numbers of one district do, a longer beginning parts them."""
_MOST_ANEW = 200
"""Records whose variants were not kept; more are worth a full audit."""
LOT = 700_000
"""Variants worked out before they are packed: as many as 35,000 records have. Every lot reads every text."""
Group: TypeAlias = tuple[tuple[bytes, tuple[int, ...]], ...]
"""Variants that begin alike, each with the numbers of the words that have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantsLot:
    """一批写法 of one kind: how they begin and, for each beginning, the packed group of those that do."""

    kind: str
    beginnings: tuple[bytes, ...]
    groups: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeVariants:
    """算出的写法 of some of the words, by their numbers. ``too_short``: words that cannot be searched for."""

    lots: tuple[VariantsLot, ...]
    too_short: tuple[int, ...]


class VariantsPacker:
    """装写法的人 of one kind."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._words_of: defaultdict[bytes, list[int]] = defaultdict(list)
        self._lots: list[VariantsLot] = []

    def add(self, variant: bytes, word: int) -> None:
        """The word of this number may be written as ``variant``."""
        self._words_of[variant].append(word)
        if len(self._words_of) == LOT:
            self._pack()

    def packed(self) -> list[VariantsLot]:
        """All that was added."""
        if self._words_of:
            self._pack()
        return self._lots

    def _pack(self) -> None:
        every = [
            (as_searched(self._kind, variant), variant, tuple(dict.fromkeys(words)))
            for variant, words in self._words_of.items()
        ]
        self._words_of.clear()
        groups = dict(_by_beginning(every, _BEGINNING))
        packed = (pack([(variant, words) for _, variant, words in own]) for own in groups.values())
        self._lots.append(VariantsLot(kind=self._kind, beginnings=tuple(groups), groups=tuple(packed)))


_Variant: TypeAlias = tuple[bytes, bytes, tuple[int, ...]]
"""As it is searched for, as it is kept, and the numbers of the words that have it."""


def _by_beginning(variants: Iterable[_Variant], length: int) -> Iterator[tuple[bytes, Sequence[_Variant]]]:
    """The variants by their first bytes, ``length`` of them or more."""
    groups: defaultdict[bytes, list[_Variant]] = defaultdict(list)
    for variant in variants:
        groups[variant[0][:length]].append(variant)
    for beginning, own in groups.items():
        if len(own) > _MOST_ALIKE and len(beginning) == length:
            yield from _by_beginning(own, 2 * length)
        else:
            yield beginning, own


def as_searched(kind: str, variant: bytes) -> bytes:
    """The variant without its mark or the number of its encoding."""
    if kind == WORDS:
        return plain(variant.decode()).encode()
    return variant[1:] if kind == RAW else variant


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptVariants:
    """写法的存档 of one audit. ``records`` are those whose words were numbered, in order, each with how many it has;
    ``marks`` are of their words, ``always`` records with a word that cannot be searched for. Good for the software and the settings with which
    it was made."""

    records: tuple[tuple[str, int], ...]
    lots: tuple[VariantsLot, ...]
    marks: Mapping[str, bytes]
    always: frozenset[str]
    passed_over: frozenset[bytes]
    wording: bytes

    @classmethod
    def of(cls, made: MadeVariants, secrets: Secrets, searched: Searched) -> KeptVariants:
        """What was ``made`` of all words of ``secrets``, by an audit that searched for ``searched``."""
        return cls(
            records=tuple((label, len(own)) for label, own in secrets.by_record.numbers().items()),
            lots=made.lots,
            marks={label: marks.together for label, marks in searched.strings.items()},
            always=frozenset(secrets.strings[number].label for number in made.too_short),
            passed_over=searched.passed_over,
            wording=searched.wording,
        )

    def for_audit(self, searched: Searched) -> VariantsInUse | None:
        """What of it is of use to an audit that searches for ``searched``; None where too much has changed. What was
        passed over then must be now."""
        if searched.wording != self.wording or not self.passed_over <= searched.passed_over:
            return None
        changed = {
            label for label, marks in searched.strings.items() if self.marks.get(label) != marks.together
        }
        if len(changed) > _MOST_ANEW:
            return None
        return VariantsInUse(kept=self, anew=frozenset(changed | self.always))


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantsInUse:
    """所用的存档. ``anew``: records whose words have to be worked out; what is kept of them does not count."""

    kept: KeptVariants
    anew: frozenset[str]
