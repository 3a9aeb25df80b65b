"""匹配 (matching): all secrets in all forms against one text or one run of bytes, in one pass each.

Text is folded and searched by one multi-pattern automaton (Aho-Corasick). Only where that finds
something is the place looked at closely: what stands between the characters and beside them, and
whether a published name covers it. Nothing that the automaton finds is dropped without one of the
reasons written in :meth:`Matcher._judge`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ahocorasick_rs import AhoCorasick, BytesAhoCorasick

from generator.audit.decoding import BREAK, VALUE_END
from generator.audit.forms import (
    SHORTEST_PINYIN,
    SHORTEST_PINYIN_IN_PATH,
    Pinyin,
    base64_forms,
    pieces,
    pinyin_forms,
)
from generator.audit.model import Secrets
from generator.disclosure.folding import fold, fold_with_places, is_han
from generator.disclosure.identifiers import normalised_digits

_ROMANISED = frozenset({"name", "unit", "school", "address", "other"})
_CHUNK = 65_536
_OVERLAP = 1_024
_WIDEST_GAP = 64
_SHORTEST = 2
_SHORTEST_ASCII = 4
_SURE_ASCII, _SURE_DIGITS, _SURE_CLAUSE = 6, 7, 12
# Between the characters of one word: blanks, dots, dashes and marks of the pen, but no punctuation
# of sentences and no structure of data.
_SOFT_GAP = re.compile(r"[\s·・･•.．‧∙⋅●\-_*~^`'’|/\\+=﹏—–―‐‑‒﹣－＿]*")
# Where a clause ends nobody reads on: 于7时许，文英云赶到 does not name 许文英.
_CLAUSE_END = re.compile(r"[，。；：！？、]")
_PINYIN_GAP = re.compile(r"[\s\-_.'’·+~]{0,2}")
_HAN_NUMERALS = re.compile(
    r"[〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖](?:.{0,3}?[〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]){6}"
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One form to search for; ``owners`` are the numbers of the secrets that have it."""

    folded: str
    form: str
    owners: tuple[int, ...]
    pinyin: Pinyin | None = None
    is_whole: bool = True
    """False for a sentence or clause of a longer text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """一处匹配 of the secret ``owner`` in a text, ``start`` inclusive, ``end`` exclusive."""

    owner: int
    form: str
    start: int
    end: int
    certain: bool


class Matcher:
    """匹配器: built once from the secrets; can be sent to another process."""

    def __init__(self, secrets: Secrets) -> None:
        self.secrets = secrets
        common = {fold(word) for word in secrets.common}
        self.unsearchable: list[int] = []
        forms: dict[tuple[str, str, Pinyin | None, bool], list[int]] = {}
        in_bytes: dict[tuple[bytes, str], list[int]] = {}
        digits: dict[str, list[int]] = {}
        for number, secret in enumerate(secrets.strings):
            whole = fold(secret.text)
            if whole in common:
                continue
            if len(whole) < (_SHORTEST_ASCII if whole.isascii() else _SHORTEST):
                self.unsearchable.append(number)
                continue
            for piece in pieces(secret.text, secret.kind):
                folded = fold(piece)
                forms.setdefault((folded, "plain", None, folded == whole), []).append(number)
                encoded = piece.encode("utf-8", "surrogatepass")
                forms.setdefault((encoded.hex(), "hex", None, True), []).append(number)
                for core in base64_forms(encoded):
                    in_bytes.setdefault((core, "base64"), []).append(number)
                for encoding in ("utf-16-le", "utf-16-be"):
                    in_bytes.setdefault((piece.encode(encoding, "surrogatepass"), "utf16"), []).append(number)
                in_bytes.setdefault((encoded, "bytes"), []).append(number)
            if secret.kind in _ROMANISED:
                for pinyin in pinyin_forms(secret.text):
                    # 吴涵 in pinyin is in every address of 武汉: looking for it would tell nothing.
                    if len(pinyin.joined) >= SHORTEST_PINYIN_IN_PATH and pinyin.joined not in common:
                        forms.setdefault((pinyin.joined, "pinyin", pinyin, True), []).append(number)
            if len(whole) >= _SURE_DIGITS and whole.rstrip("x").isdigit():
                digits.setdefault(whole.upper(), []).append(number)
        self._patterns = [
            Pattern(folded, form, tuple(dict.fromkeys(owners)), pinyin, is_whole)
            for (folded, form, pinyin, is_whole), owners in forms.items()
        ]
        # Shorter runs of bytes stand in any large file by chance.
        # Base64 comes first: its automaton and that of all bytes then number it alike.
        self._bytes = sorted(
            ((data, form, tuple(dict.fromkeys(o))) for (data, form), o in in_bytes.items() if len(data) >= 4),
            key=lambda item: item[1],
        )
        self._digits = [(text, tuple(owners)) for text, owners in digits.items()]
        self._covers = self._published_covers(secrets)

    def _published_covers(self, secrets: Secrets) -> list[str]:
        """Published words, longer than a secret that stands in them: 张伟明 where 张伟 is withheld."""
        published = sorted({fold(word) for word in secrets.published})
        if not published or not self._patterns:
            return []
        return [
            word
            for word in published
            if any(
                end - start < len(word)
                for _, start, end in self._words.find_matches_as_indexes(word, overlapping=True)
            )
        ]

    def make_ready(self) -> None:
        """备好: make now what is otherwise made at first use, so that forked processes share it."""
        _ = self._words, self._byte_words, self._base64_words, self._cover_words

    def __getstate__(self) -> dict[str, Any]:
        automata = ("_words", "_byte_words", "_base64_words", "_cover_words")
        return {name: value for name, value in self.__dict__.items() if name not in automata}

    @cached_property
    def _words(self) -> AhoCorasick:
        return AhoCorasick([pattern.folded for pattern in self._patterns])

    @cached_property
    def _byte_words(self) -> BytesAhoCorasick:
        return BytesAhoCorasick([data for data, _, _ in self._bytes])

    @cached_property
    def _base64_words(self) -> BytesAhoCorasick:
        return BytesAhoCorasick([data for data, form, _ in self._bytes if form == "base64"])

    @cached_property
    def _cover_words(self) -> AhoCorasick:
        return AhoCorasick(self._covers)

    def in_text(self, text: str, *, is_path: bool = False) -> Iterator[Match]:
        """文字中的匹配: every secret in one stream of words (escapes and tags already gone)."""
        if self._patterns:
            seen: set[tuple[int, int, str]] = set()
            for offset in range(0, max(len(text), 1), _CHUNK):
                for match in self._in_chunk(text, offset, is_path):
                    if (key := (match.owner, match.start, match.form)) not in seen:
                        seen.add(key)
                        yield match
        if self._digits and _HAN_NUMERALS.search(text):
            for run, start, end in normalised_digits(text):
                if text[start:end].isascii():
                    continue
                for digits, owners in self._digits:
                    if digits in run:
                        for owner in owners:
                            yield Match(owner=owner, form="numerals", start=start, end=end, certain=True)

    def in_bytes(self, data: bytes, *, encodings_only: bool) -> Iterator[tuple[int, str, int, int]]:
        """字节中的匹配: (number of the secret, form, start, end). With ``encodings_only`` base64 alone,
        for bytes that are read as text as well; else also UTF-8 and UTF-16."""
        if not self._bytes:
            return
        words = self._base64_words if encodings_only else self._byte_words
        for number, start, end in words.find_matches_as_indexes(data, overlapping=True):
            _, form, owners = self._bytes[number]
            for owner in owners:
                yield owner, form, start, end

    def _in_chunk(self, text: str, offset: int, is_path: bool) -> Iterator[Match]:
        first = max(0, offset - _OVERLAP)
        chunk = text if len(text) <= _CHUNK else text[first : offset + _CHUNK]
        found = self._words.find_matches_as_indexes(fold(chunk), overlapping=True)
        if not found:
            return
        folded, places = fold_with_places(chunk)
        covered = self._covered(folded)
        for number, start, end in found:
            pattern = self._patterns[number]
            if any(a <= start and end <= b and end - start < b - a for a, b in covered):
                continue
            certain = self._judge(pattern, chunk, folded, places, start, end, is_path)
            if certain is None:
                continue
            for owner in pattern.owners:
                yield Match(
                    owner=owner,
                    form=pattern.form,
                    start=places[start] + first,
                    end=places[end - 1] + 1 + first,
                    certain=certain,
                )

    def _covered(self, folded: str) -> list[tuple[int, int]]:
        if not self._covers:
            return []
        return [
            (start, end)
            for _, start, end in self._cover_words.find_matches_as_indexes(folded, overlapping=True)
        ]

    def _judge(
        self, pattern: Pattern, text: str, folded: str, places: list[int], start: int, end: int, is_path: bool
    ) -> bool | None:
        """True for certain, False where a human has to judge, None for no match at all.

        No match: the inside of a longer Latin word or number; pinyin whose syllables are torn or
        which is too short for running text; characters more than ``_WIDEST_GAP`` apart, in
        different values of a list or, of a short word, in different clauses.
        """
        before = folded[start - 1] if start and places[start - 1] == places[start] - 1 else ""
        after = folded[end] if end < len(folded) and places[end] == places[end - 1] + 1 else ""
        if _same_kind(before, folded[start]) or _same_kind(folded[end - 1], after):
            return None
        gaps = _gaps(text, places, start, end)
        if pattern.pinyin is not None:
            return self._judge_pinyin(pattern.pinyin, gaps, is_path)
        if any(len(gap) > _WIDEST_GAP or VALUE_END in gap for _, gap in gaps):
            return None
        size = end - start
        if any(BREAK in gap or not _SOFT_GAP.fullmatch(gap) for _, gap in gaps):
            if size < _SURE_CLAUSE and any(_CLAUSE_END.search(gap) for _, gap in gaps):
                return None
            return size >= _SURE_CLAUSE
        if folded[start:end].isascii():
            return size >= (_SURE_DIGITS if folded[start:end].isdigit() else _SURE_ASCII)
        if size == _SHORTEST:
            return not any(beside and is_han(beside) for beside in (before, after))
        return pattern.is_whole or size >= _SURE_CLAUSE

    def _judge_pinyin(self, pinyin: Pinyin, gaps: list[tuple[int, str]], is_path: bool) -> bool | None:
        if len(pinyin.joined) < (SHORTEST_PINYIN_IN_PATH if is_path else SHORTEST_PINYIN):
            return None
        borders, at = set(), 0
        for syllable in pinyin.syllables:
            at += len(syllable)
            borders.add(at)
        torn = any(index not in borders or not _PINYIN_GAP.fullmatch(gap) for index, gap in gaps)
        return None if torn else False


def _gaps(text: str, places: list[int], start: int, end: int) -> list[tuple[int, str]]:
    """(how many folded characters stand before it, what stands there), visible gaps only."""
    found = []
    for index in range(start, end - 1):
        if places[index + 1] - places[index] > 1:
            raw = text[places[index] + 1 : places[index + 1]]
            gap = "".join(
                c
                for c in raw
                if c in (BREAK, VALUE_END) or c.isspace() or unicodedata.category(c) not in ("Cf", "Mn", "Cc")
            )
            if gap:
                found.append((index - start + 1, gap))
    return found


def _same_kind(left: str, right: str) -> bool:
    """Two letters of Latin script, or two digits, side by side: one word or one number."""
    if not left or not right:
        return False
    if left.isdigit() or right.isdigit():
        return left.isdigit() and right.isdigit()
    return not is_han(left) and not is_han(right)
