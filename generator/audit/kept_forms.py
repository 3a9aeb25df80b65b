"""写法的存档 (kept forms): every form in which withheld words were searched for, so that the next audit need not work them
out again.

A full audit keeps them, with whose they are (:class:`FormsKeeper`): packed, in groups of those that begin alike. The
next one looks for the beginnings, and unpacks only the groups that it meets: a form that does not stand there can match
nothing there. So it costs what is read, not what is withheld. Words of records that changed since are worked out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TypeAlias

from ahocorasick_rs import BytesAhoCorasick

from generator.audit.leaks import Searched
from generator.audit.patterns import plain
from generator.system.packing import pack, unpack

WORDS, RAW, DIGITS = "w", "r", "d"
"""Kinds of forms: folded words with the mark of their rule, bytes after the number of their encoding, and numbers."""
_BEGINNING = 6
"""Bytes: two characters, or six letters or figures."""
_MOST_ALIKE = 64
"""Forms in a group; where more begin alike, as identity numbers of one district do, a longer beginning parts them."""
_MOST_ANEW = 200
"""Records whose forms were not kept; more are worth a full audit."""
_Group: TypeAlias = tuple[tuple[bytes, tuple[int, ...]], ...]
"""Forms that begin alike, each with the numbers of the words that have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormsLot:
    """一批写法 of one kind: how they begin and, for each beginning, the packed group of those that do."""

    kind: str
    beginnings: tuple[bytes, ...]
    groups: tuple[bytes, ...]


@dataclass(slots=True)
class FormsKeeper:
    """存写法的人: is given each lot of forms when it is searched for the first time."""

    words: tuple[tuple[str, int], ...] = ()
    """Of each word by its number its record and its place there."""
    lots: list[FormsLot] = field(default_factory=list)
    always: set[str] = field(default_factory=set)
    """Records with a word that cannot be searched for."""

    def keep(
        self,
        kind: str,
        forms: Iterable[bytes],
        as_searched: Iterable[bytes],
        words_of: Iterable[tuple[int, ...]],
    ) -> None:
        """Keep ``forms``, which are searched for ``as_searched``, with the numbers of the words that have each."""
        every = list(zip(as_searched, forms, words_of, strict=True))
        groups = dict(_by_beginning(every, _BEGINNING))
        packed = (pack([(form, words) for _, form, words in own]) for own in groups.values())
        self.lots.append(FormsLot(kind=kind, beginnings=tuple(groups), groups=tuple(packed)))


_Form: TypeAlias = tuple[bytes, bytes, tuple[int, ...]]
"""As it is searched for, as it is kept, and the numbers of the words that have it."""


def _by_beginning(forms: Iterable[_Form], length: int) -> Iterator[tuple[bytes, list[_Form]]]:
    """The forms by their first bytes, ``length`` of them or more."""
    groups: defaultdict[bytes, list[_Form]] = defaultdict(list)
    for form in forms:
        groups[form[0][:length]].append(form)
    for beginning, own in groups.items():
        if len(own) > _MOST_ALIKE and len(beginning) == length:
            yield from _by_beginning(own, 2 * length)
        else:
            yield beginning, own


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptForms:
    """写法的存档 of one audit. ``marks`` are those of its records' words. Good for the software and the settings with which it was made."""

    words: tuple[tuple[str, int], ...]
    lots: tuple[FormsLot, ...]
    marks: Mapping[str, bytes]
    always: frozenset[str]
    passed_over: frozenset[bytes]
    wording: bytes

    @classmethod
    def of(cls, keeper: FormsKeeper, searched: Searched) -> KeptForms:
        """What ``keeper`` was given in an audit that searched for ``searched``."""
        return cls(
            words=keeper.words,
            lots=tuple(keeper.lots),
            marks={label: marks.together for label, marks in searched.strings.items()},
            always=frozenset(keeper.always),
            passed_over=searched.passed_over,
            wording=searched.wording,
        )

    def for_audit(self, searched: Searched) -> FormsInUse | None:
        """What of it is of use to an audit that searches for ``searched``; None where too much has changed. What was
        passed over then must be now."""
        if searched.wording != self.wording or not self.passed_over <= searched.passed_over:
            return None
        changed = {
            label for label, marks in searched.strings.items() if self.marks.get(label) != marks.together
        }
        if len(changed) > _MOST_ANEW:
            return None
        return FormsInUse(kept=self, anew=frozenset(changed | self.always))


@dataclass(frozen=True, slots=True, kw_only=True)
class FormsInUse:
    """所用的存档. ``anew``: records whose words have to be worked out; what is kept of them does not count."""

    kept: KeptForms
    anew: frozenset[str]


class KeptPatterns:
    """The kept forms of one kind, each unpacked when its beginning is met. Their numbers are below zero."""

    def __init__(
        self,
        kind: str,
        lots: Iterable[FormsLot],
        as_now: Callable[[bytes, Sequence[int]], Mapping[bytes, Sequence[int]]],
    ) -> None:
        """``as_now`` tells of a form and the numbers of its words the forms as they are searched for now, each with the
        secrets that have it."""
        self._kind, self._as_now = kind, as_now
        self._lots = [_Lot(lot) for lot in lots if lot.kind == kind]
        self._forms: list[tuple[bytes, tuple[int, ...]]] = []
        self._met: list[tuple[int, BytesAhoCorasick]] = []
        """Automata of the forms that were met, each with the number of its first."""

    def find(self, data: bytes) -> Iterator[tuple[int, int, int]]:
        """(number of the form, start, end) of every form in ``data``."""
        begun = False
        for lot in self._lots:
            seen = lot.beginnings.find_matches_as_indexes(data, overlapping=True)
            if seen:
                begun = True
                self._meet(lot, set(map(itemgetter(0), seen)) - lot.met)
        for first, automaton in self._met if begun else ():
            for number, start, end in automaton.find_matches_as_indexes(data, overlapping=True):
                yield ~(first + number), start, end

    def form(self, number: int) -> bytes:
        """The form of this number, with its mark or the number of its encoding."""
        return self._forms[~number][0]

    def owners(self, number: int) -> tuple[int, ...]:
        """The secrets that have the form of this number."""
        return self._forms[~number][1]

    def _meet(self, lot: _Lot, beginnings: set[int]) -> None:
        """Unpack the groups of these beginnings."""
        first = len(self._forms)
        for which in sorted(beginnings):
            for kept, words in unpack(lot.groups[which], _Group):
                self._forms += ((form, tuple(owners)) for form, owners in self._as_now(kept, words).items())
        lot.met |= beginnings
        if first == len(self._forms):
            return
        while self._met and len(self._forms) - first >= first - self._met[-1][0]:
            first = self._met.pop()[0]  # few automata, each at least twice as large as the next
        forms = (_as_searched(self._kind, form) for form, _ in self._forms[first:])
        self._met.append((first, BytesAhoCorasick(forms)))


class _Lot:
    """One lot, as far as it has been met."""

    def __init__(self, lot: FormsLot) -> None:
        self.beginnings = BytesAhoCorasick(lot.beginnings)
        self.groups = lot.groups
        self.met: set[int] = set()
        """Numbers of beginnings."""


def _as_searched(kind: str, form: bytes) -> bytes:
    if kind == WORDS:
        return plain(form.decode()).encode()
    return form[1:] if kind == RAW else form
