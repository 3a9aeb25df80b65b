"""写法的存档 (kept forms): which withheld words can stand in a few changed files at all, without working out the forms
of every word again.

A full audit keeps every form it searched for, and whose it is (:class:`FormsKeeper`): plain bytes, in groups
of those that begin alike. When little has changed, the next one looks for the beginnings in what has to be read, all at
once, takes out only the groups that it met (:meth:`KeptForms.narrowed`), and then searches for the words found there
alone, in the same way as ever: a form that does not stand there can match nothing there. What is looked up is what
:class:`~generator.audit.matcher.Matcher` searches: each stream of each piece, folded and read as base64 and
hexadecimal, and bytes as they are, as UTF-16 and as base64.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from ahocorasick_rs import BytesAhoCorasick

from generator.audit.decoding import streams, unescape
from generator.audit.leaks import Searched, Secrets
from generator.audit.unpacking import Piece
from generator.spellings.encodings import all_hexadecimal, from_base64, from_utf16
from generator.spellings.folding import fold
from generator.spellings.identifiers import normalised_digits
from generator.system.packing import pack, unpack

WORDS, RAW, DIGITS = "w", "r", "d"
"""Kinds of forms: folded words, bytes, and numbers."""
_BEGINNING = 6
"""Bytes: two characters, or six letters or figures."""
_MOST_FRESH = 200
"""Records whose forms were not kept; more are worth a full audit."""
_MOST_BYTES = 500
"""For each withheld word, bytes to be read, of which the same is true: to look up more takes longer than to work out
all forms."""
_LEAST_BYTES = 256 * 1024
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

    words: dict[tuple[str, int], int] = field(default_factory=dict)
    """Numbers of the words, each by its record and its place there."""
    lots: list[FormsLot] = field(default_factory=list)
    always: set[str] = field(default_factory=set)
    """Records with a word that cannot be searched for."""

    def keep(
        self, kind: str, forms: Iterable[bytes], words_of: Callable[[int], Iterable[tuple[str, int]]]
    ) -> None:
        """Keep ``forms``; ``words_of`` tells the words that have the form of a number, from 0 in their order, each by its
        record and its place there."""
        groups: dict[bytes, list[tuple[bytes, tuple[int, ...]]]] = {}
        for number, form in enumerate(forms):
            owners = tuple(self.words.setdefault(word, len(self.words)) for word in words_of(number))
            groups.setdefault(form[:_BEGINNING], []).append((form, owners))
        self.lots.append(
            FormsLot(kind=kind, beginnings=tuple(groups), groups=tuple(map(pack, groups.values())))
        )


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
            words=tuple(keeper.words),
            lots=tuple(keeper.lots),
            marks={label: marks.together for label, marks in searched.strings.items()},
            always=frozenset(keeper.always),
            passed_over=searched.passed_over,
            wording=searched.wording,
        )

    def narrowed(
        self,
        secrets: Secrets,
        searched: Searched,
        names: Iterable[str],
        pieces: Iterable[Piece],
    ) -> Secrets | None:
        """``secrets`` with those strings alone that may stand in ``names`` and ``pieces``, and all of the records whose words
        changed; None where too much has."""
        if searched.wording != self.wording or not self.passed_over <= searched.passed_over:
            return None
        fresh = {
            label for label, marks in searched.strings.items() if self.marks.get(label) != marks.together
        }
        if len(fresh) > _MOST_FRESH:
            return None
        wanted = fresh | self.always
        look = _Look(self)
        for name in names:
            look.at_text(unescape(name))
        size = 0
        for piece in pieces:
            look.at_text(unescape(piece.inner))
            if piece.text is not None:
                size += len(piece.text)
                for stream, _ in streams(piece.text):
                    look.at_text(stream)
            size += len(piece.data or b"")
            if size > _LEAST_BYTES + _MOST_BYTES * len(secrets.strings):
                return None
            look.at_bytes(piece.data or b"")
        # The paths of records are told, without what is withheld in them.
        for label in sorted(wanted | {label for label, _ in look.words()}):
            look.at_text(unescape(label))
        found = look.words()
        strings = zip(secrets.strings, secrets.places(), strict=True)
        return replace(
            secrets,
            strings=tuple(item for item, place in strings if place in found or item.label in wanted),
        )


class _Look:
    """Looks up what stands somewhere, and remembers whose it is."""

    def __init__(self, kept: KeptForms) -> None:
        self._kept = kept
        self._lots: dict[str, list[_Beginnings]] = {WORDS: [], RAW: [], DIGITS: []}
        for lot in kept.lots:
            self._lots[lot.kind].append(_Beginnings(lot))

    def at_text(self, text: str) -> None:
        folded = fold(text)
        self._at(WORDS, folded.encode())
        self._at(RAW, all_hexadecimal(folded))
        for reading in from_base64(text.encode("ascii", "ignore")):
            self._at(RAW, reading)
        for run, _, _ in normalised_digits(text):
            self._at(DIGITS, run.encode())

    def at_bytes(self, data: bytes) -> None:
        for reading in (data, *from_utf16(data), *from_base64(data)) if data else ():
            self._at(RAW, reading)

    def words(self) -> set[tuple[str, int]]:
        """The words that have a form that was found, each by its record and its place there."""
        return {
            self._kept.words[number] for lots in self._lots.values() for lot in lots for number in lot.owners
        }

    def _at(self, kind: str, data: bytes) -> None:
        for lot in self._lots[kind]:
            lot.look(data)


class _Beginnings:
    """One lot, as far as it has been met."""

    def __init__(self, lot: FormsLot) -> None:
        self.owners: set[int] = set()
        self._lot = lot
        self._automaton = BytesAhoCorasick(lot.beginnings)
        self._groups: dict[int, list[tuple[bytes, tuple[int, ...]]]] = {}

    def look(self, data: bytes) -> None:
        """Note the owners of every form in ``data``."""
        for number, start, _ in self._automaton.find_matches_as_indexes(data, overlapping=True):
            group = self._groups.get(number)
            if group is None:
                group = self._groups[number] = list(unpack(self._lot.groups[number], _Group))
            if found := [item for item in group if data.startswith(item[0], start)]:
                for item in found:
                    self.owners.update(item[1])
                    group.remove(item)  # whose it is is known
