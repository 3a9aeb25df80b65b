"""写法的存档 (kept forms): which withheld records a few changed files can be about at all, without working out the forms
of every word again.

A full audit keeps every form it searched for, and which records have it, in tries (:class:`FormsKeeper`). When little
has changed, the next one looks up what stands in the changed files (:meth:`KeptForms.narrowed`) and then searches for
the words of those records alone, in the same way as ever: a form that does not stand there can match nothing there.
What is looked up is what :class:`~generator.audit.matcher.Matcher` searches: each stream of each piece, folded and read
as base64 and hexadecimal, and bytes as they are, as UTF-16 and as base64.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from marisa_trie import RecordTrie, Trie  # type: ignore[import-not-found]

from generator.audit.decoding import streams, unescape
from generator.audit.leaks import Searched, Secrets
from generator.audit.unpacking import unpack
from generator.spellings.encodings import all_hexadecimal, from_base64, from_utf16
from generator.spellings.folding import fold
from generator.spellings.identifiers import normalised_digits

WORDS, RAW, DIGITS = "w", "r", "d"
"""Kinds of forms: folded words, bytes, and numbers."""
_LONGEST = 40
"""Characters or bytes of a form that are looked up: a longer one begins with them."""
_NUMBER = "<I"
_MOST_FRESH = 200
"""Records whose forms were not kept; more are worth a full audit."""
_MOST_BYTES = 64 * 1024 * 1024
"""Bytes of changed files, of which the same is true."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormsLot:
    """一批写法 of one kind: a trie of them, and one that has the numbers of their records."""

    kind: str
    forms: bytes
    owners: bytes


@dataclass(slots=True)
class FormsKeeper:
    """存写法的人: is given each lot of forms when it is searched for the first time."""

    labels: dict[str, int] = field(default_factory=dict)
    lots: list[FormsLot] = field(default_factory=list)
    always: set[str] = field(default_factory=set)
    """Records with a word that cannot be searched for."""

    def keep(self, kind: str, forms: Iterable[str], labels_of: Callable[[int], Iterable[str]]) -> None:
        """Keep ``forms``; ``labels_of`` tells the records that have the form of a number, from 0 in their order."""
        pairs: list[tuple[str, tuple[int]]] = []
        for number, form in enumerate(forms):
            opening = form[:_LONGEST]
            pairs += [(opening, (self.labels.setdefault(of, len(self.labels)),)) for of in labels_of(number)]
        self.lots.append(
            FormsLot(
                kind=kind,
                forms=Trie(form for form, _ in pairs).tobytes(),
                owners=RecordTrie(_NUMBER, pairs).tobytes(),
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptForms:
    """写法的存档 of one audit. ``marks`` are those of its records' words. Good for the software and the settings with which it was made."""

    labels: tuple[str, ...]
    lots: tuple[FormsLot, ...]
    marks: Mapping[str, bytes]
    always: frozenset[str]
    passed_over: frozenset[bytes]
    wording: bytes

    @classmethod
    def of(cls, keeper: FormsKeeper, searched: Searched) -> KeptForms:
        """What ``keeper`` was given in an audit that searched for ``searched``."""
        return cls(
            labels=tuple(keeper.labels),
            lots=tuple(keeper.lots),
            marks={label: marks.together for label, marks in searched.strings.items()},
            always=frozenset(keeper.always),
            passed_over=searched.passed_over,
            wording=searched.wording,
        )

    def narrowed(
        self, secrets: Secrets, searched: Searched, names: Iterable[str], files: Iterable[tuple[str, bytes]]
    ) -> Secrets | None:
        """``secrets`` with the strings of those records alone of which something may stand in ``names`` and ``files``; None
        where too much has changed."""
        if searched.wording != self.wording or not self.passed_over <= searched.passed_over:
            return None
        wanted = {
            label for label, marks in searched.strings.items() if self.marks.get(label) != marks.together
        }
        if len(wanted) > _MOST_FRESH:
            return None
        wanted |= self.always
        look = _Look(self)
        for name in names:
            look.at_text(unescape(name))
        size = 0
        for name, data in files:
            size += len(data)
            if size > _MOST_BYTES:
                return None
            look.at_text(unescape(name))
            for piece in unpack(name, data):
                look.at_text(unescape(piece.inner))
                if piece.text is not None:
                    for stream, _ in streams(piece.text):
                        look.at_text(stream)
                look.at_bytes(piece.data or b"")
        wanted |= look.owners()
        # The paths of records are told, without what is withheld in them.
        for label in sorted(wanted):
            look.at_text(unescape(label))
        wanted |= look.owners()
        return replace(secrets, strings=tuple(item for item in secrets.strings if item.label in wanted))


class _Look:
    """Looks up what stands somewhere, and remembers what was found."""

    def __init__(self, kept: KeptForms) -> None:
        self._kept = kept
        self._tries: dict[str, list[Trie]] = {WORDS: [], RAW: [], DIGITS: []}
        for lot in kept.lots:
            self._tries[lot.kind].append(Trie().frombytes(lot.forms))
        self._found: dict[str, set[str]] = {WORDS: set(), RAW: set(), DIGITS: set()}
        begins = {key[0] for trie in self._tries[RAW] for key in _beginnings(trie)}
        self._begins = re.compile("[" + "".join(map(re.escape, sorted(begins))) + "]") if begins else None

    def at_text(self, text: str) -> None:
        folded = fold(text)
        self._at(WORDS, folded, range(len(folded)))
        self._at_raw(all_hexadecimal(folded))
        for reading in from_base64(text.encode("ascii", "ignore")):
            self._at_raw(reading)
        for run, _, _ in normalised_digits(text):
            self._at(DIGITS, run, range(len(run)))

    def at_bytes(self, data: bytes) -> None:
        for reading in (data, *from_utf16(data), *from_base64(data)) if data else ():
            self._at_raw(reading)

    def owners(self) -> set[str]:
        """The records that have a form that was found."""
        found: set[str] = set()
        for lot in self._kept.lots:
            numbers = RecordTrie(_NUMBER).frombytes(lot.owners)
            for form in self._found[lot.kind]:
                if form in numbers:
                    found.update(self._kept.labels[number] for (number,) in numbers[form])
        return found

    def _at_raw(self, data: bytes) -> None:
        if self._begins is not None:
            text = data.decode("latin-1")
            self._at(RAW, text, (begins.start() for begins in self._begins.finditer(text)))

    def _at(self, kind: str, text: str, places: Iterable[int]) -> None:
        found = self._found[kind]
        tries = [trie.prefixes for trie in self._tries[kind]]
        for at in places:
            for prefixes in tries:
                if forms := prefixes(text[at : at + _LONGEST]):
                    found.update(forms)


def _beginnings(trie: Trie) -> Iterator[str]:
    """One form with each first character."""
    for code in range(256):
        if form := next(trie.iterkeys(chr(code)), None):
            yield form
