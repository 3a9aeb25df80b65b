"""匹配 (matching): all secrets in all forms against one text or one run of bytes, in one pass each.

Text is folded and searched by one multi-pattern automaton (Aho-Corasick). Only where that finds
something is the place looked at closely: what stands between the characters and beside them, and
whether a published name covers it. Nothing that the automaton finds is dropped without one of the
reasons written in :meth:`Matcher._judge`.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, BytesAhoCorasick

from generator.audit.decoding import BREAK, VALUE_END
from generator.audit.leaks import Secrets
from generator.audit.patterns import Patterns, Shape, as_part, as_syllables, plain
from generator.audit.places import FoldedText, Window
from generator.audit.secret_forms import SHORTEST_PINYIN, SHORTEST_PINYIN_IN_PATH, pieces, pinyin_forms
from generator.forms.encodings import all_hexadecimal, from_base64, from_hexadecimal, from_utf16
from generator.forms.folding import fold, is_han
from generator.forms.identifiers import normalised_digits

_ROMANISED = frozenset({"name", "unit", "school", "address", "other"})
_CHUNK = 16_384
_OVERLAP = 1_024
_WIDEST_GAP = 64
_SHORTEST = 2
_SHORTEST_ASCII = 4
_NEAR = 96
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """一处匹配 of the secret ``owner`` in a text, ``start`` inclusive, ``end`` exclusive."""

    owner: int
    form: str
    start: int
    end: int
    certain: bool


class Matcher:
    """匹配器: built once from the secrets. Sent to another process, it is built there again."""

    def __init__(self, secrets: Secrets) -> None:
        self.secrets = secrets
        self.unsearchable: list[int] = []
        self.touched = False
        """Whether there was a match since this was last set to False, even one that a published word covers."""
        # Readings of as many syllables of the same lengths share a shape: there are a few hundred.
        shapes: dict[Shape, int] = {}
        self._shape_of = array("L")

        def of_words(forms: list[str]) -> AhoCorasick:
            """Finds the forms as they are searched for, and keeps their shapes."""
            self._shape_of.extend(shapes.setdefault(Shape.of(form), len(shapes)) for form in forms)
            return AhoCorasick(map(plain, forms))

        words: Patterns[str] = Patterns(of_words)
        raw: Patterns[bytes] = Patterns(BytesAhoCorasick)
        digits: Patterns[str] = Patterns(AhoCorasick)
        common = {fold(word) for word in secrets.common}
        for number, secret in enumerate(secrets.strings):
            whole = fold(secret.text)
            if whole in common:
                continue
            if len(whole) < (_SHORTEST_ASCII if whole.isascii() else _SHORTEST):
                self.unsearchable.append(number)
                continue
            for piece in pieces(secret.text, secret.kind):
                folded = whole if piece is secret.text else fold(piece)
                words.add(folded if folded == whole else as_part(folded), number)
                raw.add(piece.encode("utf-8", "surrogatepass"), number)
            if secret.kind in _ROMANISED:
                for pinyin in pinyin_forms(secret.text):
                    joined = "".join(pinyin)
                    # 吴涵 in pinyin is in every address of 武汉: looking for it would tell nothing.
                    if len(joined) >= SHORTEST_PINYIN_IN_PATH and joined not in common:
                        words.add(as_syllables(pinyin), number)
            if len(whole) >= _SURE_DIGITS and whole.rstrip("x").isdigit():
                digits.add(whole.upper(), number)
        self._words, self._raw, self._digits = words, raw, digits
        for patterns in (words, raw, digits):
            patterns.close()
        self._shapes = list(shapes)
        self._covers = AhoCorasick(self._published_covers())

    def __reduce__(self) -> tuple[type[Matcher], tuple[Secrets]]:
        return Matcher, (self.secrets,)

    def _published_covers(self) -> list[str]:
        """Published words, longer than a secret that stands in them: 张伟明 where 张伟 is withheld."""
        return [
            word
            for word in sorted({fold(word) for word in self.secrets.published})
            if any(end - start < len(word) for _, start, end in self._words.find(word))
        ]

    def in_text(self, text: str, *, is_path: bool = False) -> Iterator[Match]:
        """文字中的匹配: every secret in one stream of words (escapes and tags already gone). What stands there
        in base64 has no place."""
        seen: set[tuple[int, int, str]] = set()
        for offset in range(0, max(len(text), 1), _CHUNK):
            for match in self._in_chunk(text, offset, is_path):
                if (key := (match.owner, match.start, match.form)) not in seen:
                    seen.add(key)
                    yield match
        if _HAN_NUMERALS.search(text):
            for run, start, end in normalised_digits(text):
                if text[start:end].isascii():
                    continue
                for number, _, _ in self._digits.find(run):
                    self.touched = True
                    for owner in self._digits.owners(number):
                        yield Match(owner=owner, form="numerals", start=start, end=end, certain=True)

    def in_bytes(self, data: bytes) -> Iterator[Match]:
        """字节中的匹配, without their places: of bytes as they are, as UTF-16 and as base64."""
        for form, readings in (
            ("bytes", (data,)),
            ("utf16", from_utf16(data)),
            ("base64", from_base64(data)),
        ):
            for reading in readings:
                yield from self._without_places(reading, form)

    def _without_places(self, reading: bytes, form: str) -> Iterator[Match]:
        for owner, certain, _, _ in self._in_reading(reading):
            yield Match(owner=owner, form=form, start=0, end=0, certain=certain)

    def _in_reading(self, data: bytes) -> Iterator[tuple[int, bool, int, int]]:
        """(number of the secret, certain, start, end) in bytes, judged by what stands around, as in a text."""
        for number, start, end in self._raw.find(data):
            near = data[max(0, start - _NEAR) : end + _NEAR].decode("utf-8", "ignore")
            owners = set(self._raw.owners(number))
            verdicts: dict[int, bool] = {}
            for match in self.in_text(near):
                if match.owner in owners:
                    verdicts[match.owner] = verdicts.get(match.owner, False) or match.certain
            for owner, certain in verdicts.items():
                yield owner, certain, start, end

    def _in_chunk(self, text: str, offset: int, is_path: bool) -> Iterator[Match]:
        first = max(0, offset - _OVERLAP)
        chunk = FoldedText(text if len(text) <= _CHUNK else text[first : offset + _CHUNK])
        hits = self._in_words(chunk, is_path)
        # Only where there is something in all of it together, run by run.
        if any(self._raw.find(all_hexadecimal(chunk.folded))):
            in_hexadecimal = (
                (owner, "hex", certain, at + 2 * start, at + 2 * end)
                for at, reading in from_hexadecimal(chunk.folded)
                for owner, certain, start, end in self._in_reading(reading)
            )
            hits = itertools.chain(hits, in_hexadecimal)
        last = first + len(chunk.text)
        for owner, form, certain, start, end in hits:
            window = chunk.around(start, end)
            begins = first + window.start + window.places[start - window.folded_start]
            ends = first + window.start + window.places[end - 1 - window.folded_start] + 1
            # What touches a cut may be the rest of a longer word; the chunk beside this one has it whole.
            if (begins > first or first == 0) and (ends < last or last == len(text)):
                yield Match(owner=owner, form=form, start=begins, end=ends, certain=certain)
        if not is_path:
            for reading in from_base64(chunk.text.encode("ascii", "ignore")):
                yield from self._without_places(reading, "base64")

    def _in_words(self, chunk: FoldedText, is_path: bool) -> Iterator[tuple[int, str, bool, int, int]]:
        """(number of the secret, form, certain, start, end), the places in the folded text."""
        found = list(self._words.find(chunk.folded))
        if not found:
            return
        covered = [
            (start, end)
            for _, start, end in self._covers.find_matches_as_indexes(chunk.folded, overlapping=True)
        ]
        for number, start, end in found:
            shape = self._shapes[self._shape_of[number]]
            window = chunk.around(start, end)
            certain = self._judge(
                shape, window, start - window.folded_start, end - window.folded_start, is_path
            )
            if certain is None:
                continue
            self.touched = True
            if not any(a <= start and end <= b and end - start < b - a for a, b in covered):
                for owner in self._words.owners(number):
                    yield owner, "pinyin" if shape.sizes else "plain", certain, start, end

    def _judge(self, shape: Shape, window: Window, start: int, end: int, is_path: bool) -> bool | None:
        """True for certain, False where a human has to judge, None for no match at all.

        No match: the inside of a longer Latin word or number; pinyin whose syllables are torn or
        which is too short for running text; characters more than ``_WIDEST_GAP`` apart, in
        different values of a list or, of a short word, in different clauses.
        """
        folded, places = window.folded, window.places
        before = folded[start - 1] if start and places[start - 1] == places[start] - 1 else ""
        after = folded[end] if end < len(folded) and places[end] == places[end - 1] + 1 else ""
        if _same_kind(before, folded[start]) or _same_kind(folded[end - 1], after):
            return None
        gaps = _gaps(window.text, places, start, end)
        if shape.sizes:
            return _judge_pinyin(shape.borders, end - start, gaps, is_path)
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
        return not shape.is_part or size >= _SURE_CLAUSE


def _judge_pinyin(
    borders: tuple[int, ...], size: int, gaps: list[tuple[int, str]], is_path: bool
) -> bool | None:
    if size < (SHORTEST_PINYIN_IN_PATH if is_path else SHORTEST_PINYIN):
        return None
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
