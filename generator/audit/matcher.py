"""匹配 (matching): all secrets in all variants against one text or one run of bytes.

Text is folded and searched for all variants at once (:mod:`generator.audit.variant_search`). Only where that finds
something is the place looked at closely: what stands between the characters and beside them, and
whether a published name covers it. Nothing that is found is dropped without one of the
reasons written in :meth:`Matcher._judge`.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, BytesAhoCorasick

from generator.audit.allusions_in_site import TOLD, Road, numbers_after, roads_of, run_around
from generator.audit.decoding import BREAK, VALUE_END
from generator.audit.kept_variants import DIGITS, RAW, WORDS, MadeVariants
from generator.audit.leaks import Secrets
from generator.audit.own_words import latin_words
from generator.audit.patterns import Rule, Shape
from generator.audit.pinyin_variants import SHORTEST_PINYIN, SHORTEST_PINYIN_IN_PATH
from generator.audit.places import FoldedText, Window
from generator.audit.searched_variants import (
    LONGEST,
    OF_NAMES,
    SHORTEST,
    SURE_DIGITS,
    SearchedVariants,
    variants_of,
)
from generator.audit.text_pieces import pieces
from generator.audit.variant_search import VariantSearch, shape_of
from generator.spellings.encodings import (
    CODECS,
    all_hexadecimal,
    begun_in_base64,
    from_base64,
    from_hexadecimal,
    from_utf16,
    in_one_alphabet,
    stands_by_chance,
)
from generator.spellings.folding import fold, is_han
from generator.spellings.identifiers import normalised_digits

_CHUNK = 16_384
_OVERLAP = LONGEST
_WIDEST_GAP = 64
_WIDEST_IN_NUMBER = 8
_NEAR = 96
_SURE_ASCII, _SURE_CLAUSE = 6, 12
# Between the characters of one word: blanks, dots, dashes and marks of the pen, but no punctuation
# of sentences and no structure of data.
_SOFT_GAP = re.compile(r"[\s·・･•.．‧∙⋅●\-_*~^`'’|/\\+=﹏—–―‐‑‒﹣－＿]*")
# Where a clause ends nobody reads on: 于7时许，文英云赶到 does not name 许文英.
_CLAUSE_END = re.compile(r"[，。；：！？、]")
_PINYIN_GAP = re.compile(r"[\s\-_.'’·+~]{0,2}")
_INITIAL_GAP = re.compile(r"[\s\-_.·]{1,3}")
# A day goes over no end of a value: article 11, once, in 2026 is no 11 January.
_DAY_GAP = re.compile(rf"(?:(?!{VALUE_END})[\s\-_./·,，:—–年月日]){{0,3}}")
# 2018-06-08,2018 holds one day and not two, and 2025年8月 2项 none.
_DATE_BEFORE = re.compile(r"[0-9]{4}[-/.年]$")
_COUNTED_AFTER = re.compile(r"\s?[项件则人名次条]")
_SIGN = re.compile(r"\s?[*＊□■▢◻○●◯◎〇×✕✖▇█＿_?？Xx]{1,2}\s?")
_SIGNS = re.compile(r"\s?[*＊□■●○•·×✕█_-][*＊□■●○•·×✕█_\s-]{1,20}")
_BIRTH_BEFORE = re.compile(
    r"(?:出生|诞生|生于|生日|生辰|生年|birth|born|dob)[^。；;\n]{0,16}$", re.IGNORECASE
)
_BIRTH_AFTER = re.compile(r"\s?日?\s?(?:出生|诞生|生(?![效成产活命存变态动长物根意机]))")
# Where neither of these stands, folded, neither of the two above finds anything. How far from the day, in bytes: one
# character may fold to eighteen.
_BIRTH_NEAR = re.compile("出生|诞生|生于|生日|生辰|生年|birth|born|dob".encode())
_BORN, _NEAR_BIRTH, _NEAR_BORN = "生".encode(), 1_200, 64
# A version or a digest: among tens of thousands of them, eight figures of one are somebody's birthday by chance.
_DIGEST = re.compile(r"(?=[0-9]*[a-f])[0-9a-f]{12,}", re.IGNORECASE)
_TELLING_FORMS: dict[Rule, str] = {
    Rule.PINYIN: "pinyin",
    Rule.INITIAL: "pinyin",
    Rule.CALLED: "name_part",
    Rule.ADDRESSED: "name_part",
    Rule.GIVEN: "name_part",
    Rule.STARRED: "name_part",
    Rule.STARRED_END: "name_part",
    Rule.SHORTENED: "name_part",
    Rule.MASKED_NUMBER: "in_part",
    Rule.NUMBER_END: "in_part",
    Rule.ROAD: "in_part",
    Rule.BLOCK: "in_part",
}
_LETTERS_BEFORE = re.compile(r"[A-Za-z]+$")
_LETTERS_AFTER = re.compile(r"[A-Za-z]+")
_WORD_BESIDE = 3
"""Letters of a word of its own."""
_GLUED_PINYIN = 8
"""Letters of pinyin that is known within a longer word."""
# Attributes whose values are for programs.
_PROGRAM_VALUE = re.compile(
    r"(?:class|id|for|type|rel|role|style|name|lang|http-equiv|charset|target|method|itemprop|aria-controls)$",
    re.IGNORECASE,
)
_ATTRIBUTE_BEFORE = re.compile(r"([^\s\"'<>=]+)\s*=\s*[\"']?$")
_HAN_NUMERALS = re.compile(
    r"[〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖](?:.{0,3}?[〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]){6}"
)


class Where(Enum):
    """文字的种类: what pinyin means depends on it."""

    TEXT = auto()
    TAGS = auto()
    """The tags of markup, with their attributes."""
    CODE = auto()
    """A program or a style."""
    PATH = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """一处匹配 of the secret ``owner`` in a text, ``start`` inclusive, ``end`` exclusive. ``words``, folded, tell of
    it where they are not the secret itself: a given name, a surname with a title."""

    owner: int
    form: str
    start: int
    end: int
    certain: bool
    words: str = ""


class Hit(NamedTuple):
    """一处字句 in words alone: what it may tell of, without its end. In a large registry many are called alike."""

    at: int
    """In the folded text."""
    owners: tuple[int, ...]
    """Numbers of the secrets; none where a published word covers it."""
    form: str
    certain: bool
    words: str
    """Those of :attr:`Match.words`."""

    def of(self, owner: int) -> Match:
        """What it tells of one of them, without a place."""
        return Match(owner=owner, form=self.form, start=0, end=0, certain=self.certain, words=self.words)


class Matcher:
    """匹配器: built once from the secrets and their variants. Sent to another process, it is built there again."""

    def __init__(self, secrets: Secrets, variants: SearchedVariants | None = None) -> None:
        """``variants`` are all of them, if they were worked out before."""
        self.secrets = secrets
        self.variants = variants = variants or variants_of(secrets)
        self.touched = False
        """Whether there was a match since this was last set to False, even one that a published word covers."""
        self._words, self._raw, self._digits = (
            VariantSearch(kind, variants, secrets) for kind in (WORDS, RAW, DIGITS)
        )
        # Worth their making where a whole site is read.
        self._begun = None if variants.kept is not None else _Begun(variants.made)
        self._whole: dict[int, str] = {}
        self._called: dict[tuple[int, ...], Mapping[str, Sequence[int]]] = {}
        self._roads: dict[int, tuple[Road, ...]] = {}
        self._told: dict[int, str] = {}
        self._pieces: dict[int, tuple[str, ...]] = {}
        # 张伟明 where 张伟 is withheld. Of a longer word only its beginning is searched for, and that covers nothing of itself.
        covers = {word for word in map(fold, secrets.published) if 0 < len(word) <= LONGEST}
        self._covers = AhoCorasick(sorted(covers))

    def __reduce__(self) -> tuple[type[Matcher], tuple[Secrets, SearchedVariants]]:
        return Matcher, (self.secrets, self.variants)

    def in_text(self, text: str, where: Where = Where.TEXT) -> Iterator[Match]:
        """文字中的匹配: every secret in one stream of words (escapes and tags already gone). What stands there
        in base64 has no place."""
        seen: set[tuple[int, int, str]] = set()
        for offset in range(0, max(len(text), 1), _CHUNK):
            for match in self._in_chunk(text, offset, where):
                if (key := (match.owner, match.start, match.form)) not in seen:
                    seen.add(key)
                    yield match
        yield from self.in_numerals(text)

    def in_numerals(self, text: str) -> Iterator[Match]:
        """汉字数字中的匹配: withheld numbers in Chinese numerals; they never go over the end of a line."""
        if not _HAN_NUMERALS.search(text):
            return
        for run, start, end in normalised_digits(text):
            if text[start:end].isascii():
                continue
            for number, _, _ in self._digits.find_in_text(run):
                self.touched = True
                for owner in self._digits.owners(number):
                    yield Match(owner=owner, form="numerals", start=start, end=end, certain=True)

    def at_first_look(self, folded: bytes) -> Iterator[tuple[int, int, str]]:
        """初看: (start, end, words) of all in a folded text, as UTF-8, that may be a match. Where there is nothing,
        :meth:`in_text` finds nothing but what :meth:`in_numerals` and :meth:`may_be_in` find. ``words`` are those by which
        it is told whether the match may stand in a file, where it can be no other match."""
        for number, start, end in self._words.find(folded):
            rule = shape_of(self._words.variant(number)).rule
            for place in _at_first_look(rule, folded, start, end):
                yield (start, end, self._whole_words(number)) if rule is Rule.WHOLE else place

    def _whole_words(self, number: int) -> str:
        """A variant that is, folded, just what all of its secrets say; else nothing."""
        if number not in self._whole:
            words = self._words.variant(number).decode()
            self._whole[number] = words if self.called(self._words.owners(number)).keys() == {words} else ""
        return self._whole[number]

    def called(self, owners: tuple[int, ...]) -> Mapping[str, Sequence[int]]:
        """The secrets of these numbers by what they say, folded."""
        if owners not in self._called:
            called: dict[str, list[int]] = {}
            for owner in owners:
                called.setdefault(fold(self.secrets.strings[owner].text), []).append(owner)
            self._called[owners] = called
        return self._called[owners]

    def in_figures(self, folded: bytes) -> Iterator[int]:
        """Places in a folded text, as UTF-8, where withheld words may begin in hexadecimal."""
        if self._begun is not None:
            yield from self._begun.in_hexadecimal(folded)
            return
        text = folded.decode("latin-1")  # so that places are those of bytes
        # Only where there is something in all of it together, run by run.
        if any(self._raw.find(all_hexadecimal(text))):
            for at, reading in from_hexadecimal(text):
                yield from (at + 2 * start for _, start, _ in self._raw.find(reading))

    def in_words(self, text: str) -> Iterator[Hit]:
        """:meth:`in_text`, of words alone, with nothing in codes."""
        for owners, form, certain, start, _, words in self._in_words(FoldedText(text), Where.TEXT):
            yield Hit(at=start, owners=owners, form=form, certain=certain, words=words)

    def first_letters(self, letters: bytes) -> Iterator[int]:
        """Places, of bytes in base64, at which a withheld word may begin: where there is none, :meth:`may_be_in` finds
        nothing."""
        return self.may_be_in(letters) if self._begun is None else self._begun.in_base64(letters)

    def may_be_in(self, letters: bytes) -> Iterator[int]:
        """Places, of bytes in base64, at which a withheld word may stand."""
        for reading in from_base64(letters):
            for _, start, _ in self._raw.find(reading):
                yield start * 4 // 3

    def in_plain_bytes(self, data: bytes, may_stand: Callable[[str], bool] | None = None) -> Iterator[Match]:
        """字节中的匹配 of bytes as they are, with their places; but for words, folded, that ``may_stand`` there, whoever else
        is called so: a list has a namesake in nearly every line."""
        for owner, form, certain, start, end in self._in_reading(data, may_stand):
            yield Match(owner=owner, form=form or "bytes", start=start, end=end, certain=certain)

    def in_bytes(self, data: bytes) -> Iterator[Match]:
        """字节中的匹配: of bytes as they are, with their places, and as UTF-16 and as base64, without."""
        yield from self.in_plain_bytes(data)
        for form, readings in (("utf16", from_utf16(data)), ("base64", from_base64(data))):
            for reading in readings:
                yield from self._without_places(reading, form)

    def _without_places(self, reading: bytes, form: str) -> Iterator[Match]:
        for owner, _, certain, start, end in self._in_reading(reading):
            if form != "utf16" or not stands_by_chance(reading, start, end):
                yield Match(owner=owner, form=form, start=0, end=0, certain=certain)

    def _in_reading(
        self, data: bytes, may_stand: Callable[[str], bool] | None = None
    ) -> Iterator[tuple[int, str, bool, int, int]]:
        """(number of the secret, form, certain, start, end) in bytes, judged by what stands around, as in a text.
        The form is empty but for old encodings."""
        lawful: dict[int, bool] = {}
        for number, start, end in self._raw.find(data):
            if may_stand is not None:
                if number not in lawful:
                    lawful[number] = all(map(may_stand, self.called(self._raw.owners(number))))
                if lawful[number]:
                    self.touched = True
                    continue
            codec = CODECS[self._raw.variant(number)[0]]
            # Where characters begin is known of what follows only.
            first = max(0, start - _NEAR) if codec == "utf-8" else start
            near = data[first : end + _NEAR].decode(codec, "ignore")
            owners = set(self._raw.owners(number))
            verdicts: dict[int, bool] = {}
            for match in self.in_text(near):
                if match.owner in owners and not match.words:
                    verdicts[match.owner] = verdicts.get(match.owner, False) or match.certain
            for owner, certain in verdicts.items():
                yield owner, "" if codec == "utf-8" else "old_encoding", certain, start, end

    def _in_chunk(self, text: str, offset: int, where: Where) -> Iterator[Match]:
        first = max(0, offset - _OVERLAP)
        chunk = FoldedText(text if len(text) <= _CHUNK else text[first : offset + _CHUNK])
        hits = self._in_words(chunk, where)
        # Only where there is something in all of it together, run by run.
        if any(self._raw.find(all_hexadecimal(chunk.folded))):
            in_hexadecimal = (
                ((owner,), "hex", certain, at + 2 * start, at + 2 * end, "")
                for at, reading in from_hexadecimal(chunk.folded)
                for owner, _, certain, start, end in self._in_reading(reading)
            )
            hits = itertools.chain(hits, in_hexadecimal)
        last = first + len(chunk.text)
        for owners, form, certain, start, end, words in hits:
            if not owners:
                continue
            window = chunk.around(start, end)
            begins = first + window.start + window.places[start - window.folded_start]
            ends = first + window.start + window.places[end - 1 - window.folded_start] + 1
            # What touches a cut may be the rest of a longer word; the chunk beside this one has it whole.
            if (begins > first or first == 0) and (ends < last or last == len(text)):
                for owner in owners:
                    yield Match(owner=owner, form=form, start=begins, end=ends, certain=certain, words=words)
        if where is not Where.PATH:
            for reading in from_base64(chunk.text.encode("ascii", "ignore")):
                yield from self._without_places(reading, "base64")

    def _in_words(
        self, chunk: FoldedText, where: Where
    ) -> Iterator[tuple[tuple[int, ...], str, bool, int, int, str]]:
        """(numbers of the secrets, form, certain, start, end, words), the places in the folded text; without numbers where a
        published word covers it."""
        found = list(self._words.find_in_text(chunk.folded))
        if not found:
            return
        published = _Published(self._covers.find_matches_as_indexes(chunk.folded, overlapping=True))
        for number, start, end in found:
            shape = shape_of(self._words.variant(number))
            form = _TELLING_FORMS.get(shape.rule, "plain")
            words = chunk.folded[start:end] if form == "name_part" else ""
            window = chunk.around(start, end)
            at = start - window.folded_start
            if shape.rule in (Rule.ROAD, Rule.BLOCK):
                verdicts: list[tuple[tuple[int, ...], bool, int, int]] = [
                    ((owner,), certain, begins, ends)
                    for owner, certain, begins, ends in self._judge_by_owner(
                        shape.rule, number, window, at, end - start
                    )
                ]
            else:
                judged = self._judge(shape, window, at, at + end - start, where)
                owners = self._words.owners(number)
                verdicts = [] if judged is None else [(owners, judged, at, at + end - start)]
            if not verdicts:
                continue
            self.touched = True
            # 冀某 stands in every masked name of that surname; whose it is, the file tells.
            if shape.rule is not Rule.CALLED and published.covers(start, end):
                yield (), form, False, start, end, words
                continue
            for of, certain, begins, ends in verdicts:
                yield of, form, certain, begins + window.folded_start, ends + window.folded_start, words

    def _pieces_of(self, owner: int) -> tuple[str, ...]:
        """Sentences and clauses of a secret, folded."""
        if owner not in self._pieces:
            secret = self.secrets.strings[owner]
            self._pieces[owner] = tuple(map(fold, pieces(secret.text, secret.kind)))
        return self._pieces[owner]

    def _judge_by_owner(
        self, rule: Rule, number: int, window: Window, start: int, size: int
    ) -> Iterator[tuple[int, bool, int, int]]:
        """(number of the secret, certain, start, end) where what stands around decides for each secret by itself:
        the numbers after a road, the run of a narrative around a block of it."""
        folded, places, end = window.folded, window.places, start + size
        if any(BREAK in gap or VALUE_END in gap for _, gap in _gaps(window.text, places, start, end)):
            return
        for owner in self._words.owners(number):
            secret = self.secrets.strings[owner]
            if rule is Rule.BLOCK:
                if owner not in self._told:
                    self._told[owner] = fold(secret.text)
                begins, ends = run_around(folded, start, end, self._told[owner])
                run = folded[begins:ends]
                # A whole clause in it is found as such.
                if len(run) >= TOLD and not any(part in run for part in self._pieces_of(owner)):
                    yield owner, False, begins, ends
                continue
            numbers = numbers_after(window.text[places[end - 1] + 1 :])
            if owner not in self._roads:
                self._roads[owner] = roads_of(secret.text)
            for road in self._roads[owner]:
                if road.name == folded[start:end] and numbers[:1] == road.numbers[:1]:
                    whole = len(road.numbers) > 1 and numbers[: len(road.numbers)] == road.numbers
                    yield owner, whole, start, end

    def _judge(self, shape: Shape, window: Window, start: int, end: int, where: Where) -> bool | None:
        """True for certain, False where a human has to judge, None for no match at all.

        No match: the inside of a longer Latin word or number; pinyin whose syllables are torn or
        which is too short for running text; characters more than ``_WIDEST_GAP`` apart, in
        different values of a list or, of a short word, in different clauses.
        """
        folded, places, rule = window.folded, window.places, shape.rule
        before = folded[start - 1] if start and places[start - 1] == places[start] - 1 else ""
        after = folded[end] if end < len(folded) and places[end] == places[end - 1] + 1 else ""
        # What is longer was cut there.
        ends = end - start < LONGEST and _same_kind(folded[end - 1], after)
        glued = _same_kind(before, folded[start]), ends
        gaps = _gaps(window.text, places, start, end)
        if rule in (Rule.PINYIN, Rule.INITIAL):
            return _judge_pinyin(shape, window, start, end, gaps, glued, where)
        if any(glued):
            return None
        if rule in (Rule.DAY, Rule.SHORT_DAY, Rule.DAY_IN_WORDS):
            return _judge_day(shape, window, start, end, gaps)
        if any(VALUE_END in gap or _is_too_wide(gap) for _, gap in gaps):
            return None
        if rule in (Rule.STARRED, Rule.STARRED_END):
            return _judge_starred(rule, window, start, end, gaps)
        if rule is Rule.MASKED_NUMBER:
            return False if len(gaps) == 1 and _SIGNS.fullmatch(gaps[0][1]) else None
        size = end - start
        if rule is Rule.NUMBER_END or rule is Rule.ADDRESSED or rule in OF_NAMES:
            return False if all(_SOFT_GAP.fullmatch(gap) for _, gap in gaps) else None
        if any(BREAK in gap or not _SOFT_GAP.fullmatch(gap) for _, gap in gaps):
            if size >= SURE_DIGITS and folded[start : end - 1].isdigit():
                return False if all(len(gap) <= _WIDEST_IN_NUMBER for _, gap in gaps) else None
            if size < _SURE_CLAUSE and any(_CLAUSE_END.search(gap) for _, gap in gaps):
                return None
            return size >= _SURE_CLAUSE
        if folded[start:end].isascii():
            return size >= (SURE_DIGITS if folded[start:end].isdigit() else _SURE_ASCII)
        if size == SHORTEST:
            return not any(beside and is_han(beside) for beside in (before, after))
        return rule is not Rule.PART or size >= _SURE_CLAUSE


class _Begun:
    """How variants begin in codes: in a large text sooner found than what the codes say."""

    def __init__(self, made: MadeVariants) -> None:
        begun = {beginning for lot in made.lots if lot.kind == RAW for beginning in lot.beginnings}
        self._hexadecimal = BytesAhoCorasick(sorted(item.hex().encode() for item in begun))
        self._base64 = BytesAhoCorasick(sorted({code for item in begun for code in begun_in_base64(item)}))

    def in_hexadecimal(self, folded: bytes) -> Iterator[int]:
        """Places in a folded text."""
        return (start for _, start, _ in self._hexadecimal.find_matches_as_indexes(folded))

    def in_base64(self, letters: bytes) -> Iterator[int]:
        """Places in letters of base64."""
        found = self._base64.find_matches_as_indexes(in_one_alphabet(letters))
        return (start for _, start, _ in found)


class _Published:
    """公开的字句 in a text, as (number, start, end)."""

    def __init__(self, words: Iterable[tuple[int, int, int]]) -> None:
        self._places = sorted((start, end) for _, start, end in words)
        self._longest = max((end - start for start, end in self._places), default=0)

    def covers(self, start: int, end: int) -> bool:
        """Whether a longer published word is there, or two side by side: 王文豪 before 青山区 hold 文豪青, and mean nobody of
        that name."""
        near = self._places[
            bisect_left(self._places, (start - self._longest, 0)) : bisect_left(self._places, (end, 0))
        ]
        return any(
            begins <= ends and end - start < last - first
            for first, ends in near
            if first <= start < ends
            for begins, last in near
            if end <= last
        )


def _at_first_look(rule: Rule, folded: bytes, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """One item of :meth:`Matcher.at_first_look`. Six figures are the day of a birth only beside a word of birth, and most
    are the hour of a feed."""
    if rule is Rule.SHORT_DAY:
        before, after = folded[max(0, start - _NEAR_BIRTH) : start], folded[end : end + _NEAR_BORN]
        if _BORN not in after and not _BIRTH_NEAR.search(before):
            return
    told = _TELLING_FORMS.get(rule) == "name_part"
    yield start, end, folded[start:end].decode() if told else ""


def _is_too_wide(gap: str) -> bool:
    """Blanks alone part no word, however many, unless there is a line's end among them."""
    return len(gap) > _WIDEST_GAP and not (gap.isspace() and "\n" not in gap)


def _judge_day(
    shape: Shape, window: Window, start: int, end: int, gaps: list[tuple[int, str]]
) -> bool | None:
    """Certain beside a word of birth; any other day may be that of something else."""
    if shape.rule is not Rule.DAY_IN_WORDS and shape.sizes:
        torn = any(index not in shape.borders or not _DAY_GAP.fullmatch(gap) for index, gap in gaps)
        parted = len(gaps) == len(shape.sizes) - 1
        if torn or not (parted or (not gaps and sum(shape.sizes) == 8)):
            return None
    elif any(not _DAY_GAP.fullmatch(gap) for _, gap in gaps):
        return None
    text, places = window.text, window.places
    first, last = places[start], places[end - 1] + 1
    if _BIRTH_BEFORE.search(text[max(0, first - 32) : first]) or _BIRTH_AFTER.match(text[last : last + 8]):
        return True
    if not gaps and _is_in_digest(text, first, last):
        return None
    if _DATE_BEFORE.search(text[max(0, first - 8) : first]) or _COUNTED_AFTER.match(text[last : last + 8]):
        return None
    return None if shape.rule is Rule.SHORT_DAY else False


def _is_in_digest(text: str, first: int, last: int) -> bool:
    near = max(0, first - _WIDEST_GAP)
    return any(
        near + found.start() <= first and last <= near + found.end()
        for found in _DIGEST.finditer(text[near : last + _WIDEST_GAP])
    )


def _judge_starred(
    rule: Rule, window: Window, start: int, end: int, gaps: list[tuple[int, str]]
) -> bool | None:
    """A name only where a sign stands for the character that is not there."""
    text, places = window.text, window.places
    last = places[end - 1] + 1
    if rule is Rule.STARRED_END:
        return False if not gaps and _SIGN.match(text[last : last + 3]) else None
    if end - start == SHORTEST:
        return False if len(gaps) == 1 and _SIGN.fullmatch(gaps[0][1]) else None
    return None if gaps else False


def _judge_pinyin(
    shape: Shape,
    window: Window,
    start: int,
    end: int,
    gaps: list[tuple[int, str]],
    glued: tuple[bool, bool],
    where: Where,
) -> bool | None:
    """A human has to judge; no match where its letters are torn, are the inside of another word or are for
    programs to read."""
    size = end - start
    if size < (SHORTEST_PINYIN_IN_PATH if where is Where.PATH else SHORTEST_PINYIN):
        return None
    gap_of = _INITIAL_GAP if shape.rule is Rule.INITIAL else _PINYIN_GAP
    if any(index not in shape.borders or not gap_of.fullmatch(gap) for index, gap in gaps):
        return None
    if shape.rule is Rule.INITIAL and not gaps:
        return None
    if where is Where.TAGS and _is_for_programs(window.text, window.places[start]):
        return None
    letters = "".join(window.text[place] for place in window.places[start:end])
    humps = {index for index, letter in enumerate(letters) if letter.isupper()}
    in_humps = not letters.isupper() and bool(humps & set(shape.borders))
    if any(glued):
        known = where is not Where.CODE and not gaps and _is_known_within(shape, window, start, end, in_humps)
        return False if known else None
    if gaps or in_humps:
        return False
    if (where is Where.CODE and len(shape.sizes) == SHORTEST) or letters.lower() in latin_words():
        return None
    return False


def _is_known_within(shape: Shape, window: Window, start: int, end: int, in_humps: bool) -> bool:
    """photoJiHuaipu, and of a long name jihuaipuphoto too: beside another word, not within nanjing."""
    text, first, last = window.text, window.places[start], window.places[end - 1] + 1
    word_before = _LETTERS_BEFORE.search(text[max(0, first - _WIDEST_GAP) : first])
    word_after = _LETTERS_AFTER.match(text[last : last + _WIDEST_GAP])
    begins = word_before is None or (text[first].isupper() and text[first - 1].islower())
    ends = word_after is None or (text[last].isupper() and text[last - 1].islower())
    size = end - start
    if begins and ends:
        return in_humps or size >= _GLUED_PINYIN
    if size < _GLUED_PINYIN or len(shape.sizes) == SHORTEST or (word_before and word_after):
        return False
    beside = word_before or word_after
    return beside is not None and len(beside[0]) >= _WORD_BESIDE and text[first:last].islower()


def _is_for_programs(text: str, at: int) -> bool:
    """Whether the place stands in a tag's or attribute's name, or in a value that nobody reads."""
    head = text[text.rfind("<", 0, at) + 1 : at]
    if head.startswith("!"):
        return False  # A comment; somebody wrote it.
    quote = max(head.rfind('"'), head.rfind("'"))
    if quote < 0 or head.count(head[quote]) % 2 == 0:
        return True
    attribute = _ATTRIBUTE_BEFORE.search(head[: head.rfind("=", 0, quote) + 1])
    return attribute is not None and _PROGRAM_VALUE.match(attribute[1]) is not None


def _gaps(text: str, places: list[int], start: int, end: int) -> list[tuple[int, str]]:
    """(how many folded characters stand before it, what stands there), visible gaps only."""
    found: list[tuple[int, str]] = []
    if places[start:end] == list(range(places[start], places[start] + end - start)):
        return found
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
