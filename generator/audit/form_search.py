"""找写法 (form search): which of the packed forms stand in a text.

One automaton finds how they begin. The groups that it meets are unpacked, and their forms looked for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from operator import itemgetter
from typing import TypeAlias

from ahocorasick_rs import BytesAhoCorasick

from generator.audit.kept_forms import WORDS, FormsInUse, FormsLot, Group, as_searched
from generator.audit.leaks import Secret, Secrets
from generator.audit.patterns import Rule, Shape, plain
from generator.audit.searched_forms import OF_NAMES, SearchedForms
from generator.spellings.folding import fold
from generator.system.packing import unpack

_AsNow: TypeAlias = Callable[[bytes, Sequence[int]], Mapping[bytes, Sequence[int]]]
"""Of a form and the numbers of its words: the forms as they are searched for now, each with the secrets that have it."""


class FormSearch:
    """The forms of one kind, each unpacked when its beginning is met, and numbered then."""

    def __init__(self, kind: str, forms: SearchedForms, secrets: Secrets) -> None:
        self._kind = kind
        self._lots = [_Lot(lot, _as_made) for lot in forms.made.lots if lot.kind == kind]
        if forms.kept is not None:
            as_now = _as_kept(kind, secrets, forms.kept)
            self._lots += (_Lot(lot, as_now) for lot in forms.kept.kept.lots if lot.kind == kind)
        self._forms: list[tuple[bytes, tuple[int, ...]]] = []

    def find(self, data: bytes) -> Iterator[tuple[int, int, int]]:
        """(number of the form, start, end) of every form in ``data``, which is UTF-8 where the forms are words."""
        for lot in self._lots:
            for which, start, _ in lot.beginnings.find_matches_as_indexes(data, overlapping=True):
                if which not in lot.met:
                    lot.met[which] = self._unpacked(lot, which)
                for number, form in lot.met[which]:
                    if data.startswith(form, start):
                        yield number, start, start + len(form)

    def find_in_text(self, text: str) -> Iterator[tuple[int, int, int]]:
        """The same with places in characters."""
        data = text.encode()
        found = self.find(data)
        return found if len(data) == len(text) else _in_characters(data, found)

    def form(self, number: int) -> bytes:
        """The form of this number, with its mark or the number of its encoding."""
        return self._forms[number][0]

    def owners(self, number: int) -> tuple[int, ...]:
        """The secrets that have the form of this number, each once."""
        return self._forms[number][1]

    def _unpacked(self, lot: _Lot, which: int) -> list[tuple[int, bytes]]:
        """The group of this beginning; none where all its forms are passed over now."""
        found: list[tuple[int, bytes]] = []
        for form, words in unpack(lot.groups[which], Group):
            for now, owners in lot.as_now(form, words).items():
                found.append((len(self._forms), as_searched(self._kind, now)))
                self._forms.append((now, tuple(owners)))
        return found


class _Lot:
    """One lot, as far as it has been met."""

    def __init__(self, lot: FormsLot, as_now: _AsNow) -> None:
        self.beginnings = BytesAhoCorasick(lot.beginnings)
        self.groups, self.as_now = lot.groups, as_now
        self.met: dict[int, list[tuple[int, bytes]]] = {}
        """Of a beginning, by its number, the numbers of its forms and the forms as they are searched for."""


@lru_cache(65_536)
def shape_of(form: bytes) -> Shape:
    """The shape of a form of words."""
    return Shape.of(form.decode())


def _in_characters(data: bytes, found: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """What was found in ``data``, which is UTF-8, with places in characters."""
    begins = last = 0
    for number, start, end in sorted(found, key=itemgetter(1)):
        begins += len(data[last:start].decode())
        last = start
        yield number, begins, begins + len(data[start:end].decode())


def _as_made(form: bytes, words: Sequence[int]) -> Mapping[bytes, Sequence[int]]:
    return {form: words}


def _as_kept(kind: str, secrets: Secrets, kept: FormsInUse) -> _AsNow:
    """Kept forms as they are searched for now: more may be anybody's words and ordinary than was then."""
    numbers = {label: own for label, own in secrets.by_record.numbers().items() if label not in kept.anew}
    common = {fold(word) for word in secrets.common}
    is_common: dict[int, bool] = {}
    firsts = [0, *accumulate(count for _, count in kept.kept.records)]

    def as_now(form: bytes, words: Sequence[int]) -> Mapping[bytes, Sequence[int]]:
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
            now = _form_now(form, secret, secrets.ordinary, common) if kind == WORDS else form
            if now is not None:
                found.setdefault(now, []).append(number)
        return found

    return as_now


def _form_now(form: bytes, secret: Secret, ordinary: frozenset[str], common: set[str]) -> bytes | None:
    if secret.kind == "birth_date":
        return Rule.SHORT_DAY.encode() + form[1:] if secret.text in ordinary else form
    rule = shape_of(form).rule
    if rule is Rule.PINYIN:
        return None if plain(form.decode()) in common else form
    passed_over = (rule in OF_NAMES or rule is Rule.BLOCK) and plain(form.decode()) in ordinary
    return None if passed_over else form
