"""逐行 (lines): what each distinct line of a site says, worked out once however often the line stands there.

Pages, documents, lists and feeds are made of the same lines again and again. Of each line this keeps what a reader
gets of it: its words, folded, and its letters of base64. Characters fold each by itself, so the folded lines of a file,
one after the other, are the folded file: a word that stands in several lines is found in them together.

That holds for lines that can be read by themselves. A line is *odd* where a tag or an escape goes on in the next one,
or where it holds readings of characters (ruby), comments, packed data or what is no UTF-8: a file with an odd line is
read as a whole. What is found in a line by itself makes it *told*: each file with that line is looked at there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence, Sized
from itertools import accumulate, repeat
from operator import add

from ahocorasick_rs import BytesAhoCorasick

from generator.audit.decoding import VALUE_END, has_tag, parted, unescape, values_of, without_drawings
from generator.audit.matcher import Matcher, Where
from generator.spellings.encodings import letters_in_lines
from generator.spellings.folding import folded_lines, whole_characters
from generator.spellings.identifiers import find_identifiers, may_go_on, may_lead

_TAG_GOES_ON = re.compile(r"<[A-Za-z/!?][^<>\n]*$", re.MULTILINE)
# Each begins with a plain character: then a text without it costs next to nothing.
_ODD = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (r"<(?:r[tp]|[/!?](?![A-Za-z]))", ";base64,", r"=(?:[89A-F][0-9A-F])?\r?$")
)
_MAY_BE_ESCAPED = re.compile(r"[&%\\]|=[89A-F][0-9A-F]=")
_VALUE_END = VALUE_END.encode()
_APART = "\n。\n"
"""Between lines that do not stand together: nothing that is found goes over it, and each line begins and ends."""
_OPEN, _TOLD, _WORD_END = "<", ">", " "
"""Marks of what a tag says; none stands in a folded word."""
_GROUP = 4
"""Letters of base64."""
_MOST = 24 * 1024 * 1024
"""Bytes of lines that are remembered."""


class Lines:
    """各行 of the files of one kind of text, as far as they have been met."""

    def __init__(self, matcher: Matcher, *, for_signs: bool) -> None:
        self._matcher, self._for_signs = matcher, for_signs
        self.words: dict[bytes, bytes] = {}
        """Folded, as UTF-8. The end of a value is one here too: no word goes over it."""
        self.letters: dict[bytes, bytes] = {}
        self.inner: dict[bytes, bytes] = {}
        """The words of markup that came to light when escapes were undone; of the few lines that hold any."""
        self.odd: set[bytes] = set()
        self.told: set[bytes] = set()
        self.open: set[bytes] = set()
        """With a word by which a number or an address is known that may go on in the next lines."""
        self.leading: set[bytes] = set()
        """The same, where it goes on only if the line was cut off there."""
        self.told_of: dict[bytes, set[str]] = {}
        """Parts of names that stand in the tags of a line: somebody else may be called so."""
        self.flagged: set[bytes] = set()
        """All lines that are odd or told, or have such parts."""
        self._tags: dict[str, str] = {}
        """What each tag says: nothing, or marks and parts of names."""
        self._gone_on: dict[bytes, bool] = {}
        self._size = 0

    def learn(self, files: Iterable[Sequence[bytes]]) -> None:
        """Read every line of ``files`` that was not met before."""
        new: set[bytes] = set()
        for lines in files:
            new.update(lines)
        if self._size > _MOST:
            self._forget(new)
        met = list(new.difference(self.words))
        if met:
            self._size += sum(map(len, met))
            self._read(met)
            self.flagged.update(self.odd, self.told, self.told_of)

    def _forget(self, but: set[bytes]) -> None:
        """Forget all lines but those that are wanted now: most of them are in every page."""
        for words in (self.words, self.letters, self.inner, self.told_of):
            gone = words.keys() - but
            for line in gone:
                del words[line]
        for lines in (self.odd, self.told, self.open, self.leading, self.flagged):
            lines &= but
        self._gone_on.clear()
        self._size = sum(map(len, self.words))

    def going_on(self, windows: Iterable[bytes]) -> set[bytes]:
        """Those of the windows, lines that stand together, that hold an identifier."""
        new = [lines for lines in dict.fromkeys(windows) if lines not in self._gone_on]
        # All at once; only where there is something, each by itself.
        some = bool(new) and self._holds_identifier(_APART.join(lines.decode() for lines in new))
        for lines in new:
            self._gone_on[lines] = some and self._holds_identifier(lines.decode())
        return {lines for lines in windows if self._gone_on[lines]}

    def _holds_identifier(self, lines: str) -> bool:
        between, tags = parted(lines)
        allowed = self._matcher.secrets.allowed_identifiers
        texts = map(unescape, (between, "\n".join(tags), values_of(tags)))
        return any(find_identifiers(text, allowed=allowed) for text in texts)

    def _read(self, lines: list[bytes]) -> None:
        try:
            text = b"\n".join(lines).decode()
        except UnicodeDecodeError:
            lines = [line for line in lines if self._is_text(line)]
            text = b"\n".join(lines).decode()
        if odd := _odd_in(lines, text):
            for number in odd:
                self._be_odd(lines[number])
            lines = [line for number, line in enumerate(lines) if number not in odd]
            text = b"\n".join(lines).decode()
        if not lines:
            return
        between, tags = parted(text)
        plain = unescape(between)
        said = plain.split("\n")
        if len(said) != len(lines):  # An escape stood for the end of a line.
            said = [unescape(line) for line in between.split("\n")]
            plain = "\n".join(line.replace("\n", " ") for line in said)
        self.words.update(zip(lines, folded_lines(plain), strict=True))
        self.letters.update(zip(lines, letters_in_lines(plain), strict=True))
        if _VALUE_END in self.words:
            self.words[_VALUE_END] = _VALUE_END
        self.told.update(lines[number] for number in self._signs_in(said))
        if plain != between and "<" in plain:
            self._read_inner(lines, said)
        self._read_tags(tags)
        self._note_lines_with(tags, lines)
        if self._for_signs:
            in_one_line = plain.split("\n")
            self.open.update(lines[number] for number in numbers_of(in_one_line, 1, may_go_on(plain)))
            self.leading.update(lines[number] for number in numbers_of(in_one_line, 1, may_lead(plain)))

    def _is_text(self, line: bytes) -> bool:
        try:
            line.decode()
        except UnicodeDecodeError:
            self._be_odd(line)
            return False
        return True

    def _be_odd(self, line: bytes) -> None:
        self.odd.add(line)
        self.words[line] = self.letters[line] = b""

    def _read_inner(self, lines: Sequence[bytes], said: Sequence[str]) -> None:
        """Lines with markup that came to light when escapes were undone, each by itself."""
        for number, text in enumerate(said):
            if "<" not in text:
                continue
            line = lines[number]
            if _odd_in([text.encode()], text):
                self._be_odd(line)
                continue
            if not has_tag(text):
                continue
            between, tags = parted(text)
            plain = unescape(between)
            if "\n" in text or has_tag(plain):
                self._be_odd(line)
                continue
            self.inner[line] = folded_lines(plain)[0]
            self.letters[line] += letters_in_lines(plain)[0]
            self._read_tags(tags)
            told = any(self._tags[tag] for tag in tags)
            if told or any(words_in(tags, self._matcher)) or self._signs_in([plain]):
                self.told.add(line)

    def _read_tags(self, tags: Iterable[str]) -> None:
        """Read those of the tags that were not met before."""
        new = [tag for tag in dict.fromkeys(tags) if tag not in self._tags]
        if not new:
            return
        self._tags.update(dict.fromkeys(new, ""))
        said = each_unescaped(new)
        # A name may stand in two attributes.
        values = [unescape(values_of([tag])) if not tag.isascii() else "" for tag in new]
        if self._for_signs:
            together = "\n".join(said)
            self._tags.update((new[number], _OPEN) for number in numbers_of(said, 1, may_go_on(together)))
        for number, words in self._words_in_tags(said, values).items():
            self._tags[new[number]] += "".join(f"{word}{_WORD_END}" for word in words) or _TOLD
        readable = [without_drawings(tag) for tag in said]
        for number in self._signs_in(readable) | self._signs_in(values):
            self._tags[new[number]] += _TOLD

    def _words_in_tags(self, said: Sequence[str], values: Sequence[str]) -> dict[int, set[str]]:
        """Numbers of those tags in which withheld words stand, with the words where they are but parts of names."""
        matcher = self._matcher
        found: dict[int, set[str]] = {}
        for number in words_in(said, matcher) | words_in(values, matcher):
            matcher.touched = False
            texts = [text for text in (said[number], values[number]) if text]
            matches = [match for text in texts for match in matcher.in_text(text, Where.TAGS)]
            if matches and all(match.words for match in matches):
                found[number] = {match.words for match in matches}
            elif matches or matcher.touched:
                found[number] = set()
        return found

    def _note_lines_with(self, tags: Iterable[str], lines: Sequence[bytes]) -> None:
        """Those of the lines with a tag that says something."""
        listed = [tag for tag in dict.fromkeys(tags) if self._tags[tag]]
        if not listed:
            return
        text = b"\n".join(lines)
        starts = _starts_of(lines, 1)
        tags_in = BytesAhoCorasick([tag.encode() for tag in listed])
        for which, start, _ in tags_in.find_matches_as_indexes(text):
            line = lines[bisect_right(starts, start) - 1]
            said = self._tags[listed[which]]
            if _OPEN in said:
                self.open.add(line)
            if _TOLD in said:
                self.told.add(line)
            for word in said.replace(_OPEN, "").replace(_TOLD, "").split(_WORD_END)[:-1]:
                self.told_of.setdefault(line, set()).add(word)

    def _signs_in(self, texts: Sequence[str]) -> set[int]:
        return signs_in(texts, self._matcher, identifiers=self._for_signs)


def each_unescaped(texts: Sequence[str]) -> list[str]:
    """Each text without escapes, in one line."""
    plain = whole_characters("\n".join(texts)).split("\n")
    if len(plain) != len(texts):
        plain = [whole_characters(text).replace("\n", " ") for text in texts]
    for number, text in enumerate(plain):
        if _MAY_BE_ESCAPED.search(text):
            plain[number] = unescape(text).replace("\n", " ")
    return plain


def words_in(texts: Sequence[str], matcher: Matcher) -> set[int]:
    """Numbers of those texts, of one line each, in which a withheld word may stand."""
    text = "\n".join(texts)
    words, letters = folded_lines(text), letters_in_lines(text)
    together = b"\n".join(words)
    found = numbers_of(words, 1, (start for start, _, _ in matcher.at_first_look(together)))
    found |= numbers_of(words, 1, matcher.in_figures(together))
    return found | in_base64(letters, matcher)


def in_base64(texts: Sequence[bytes], matcher: Matcher) -> set[int]:
    """Numbers of the texts, in letters of base64, in which a withheld word may stand, those over which it goes and those
    beside it."""
    together = b"".join(texts)
    begun = any(True for _ in matcher.first_letters(together))
    return numbers_near(texts, matcher.may_be_in(together)) if begun else set()


def signs_in(texts: Sequence[str], matcher: Matcher, *, identifiers: bool = True) -> set[int]:
    """Numbers of those texts that hold an identifier, or a withheld number in Chinese numerals, by themselves."""
    text = _APART.join(texts)
    places = [match.start for match in matcher.in_numerals(text)]
    if identifiers:
        allowed = matcher.secrets.allowed_identifiers
        places += [hit.start for hit in find_identifiers(text, allowed=allowed)]
    return numbers_of(texts, len(_APART), places)


def numbers_of(texts: Sequence[Sized], apart: int, places: Iterable[int]) -> set[int]:
    """Numbers of the texts in which ``places`` are, of places in all of them together, ``apart`` between each two."""
    starts: list[int] = []
    found: set[int] = set()
    for at in places:
        if not starts:
            starts = _starts_of(texts, apart)
        found.add(bisect_right(starts, at) - 1)
    return found


def _starts_of(texts: Sequence[Sized], apart: int) -> list[int]:
    """Where each of the texts begins in all of them together."""
    sizes = map(len, texts)
    return list(accumulate(sizes if apart == 0 else map(add, sizes, repeat(apart)), initial=0))[:-1]


def _odd_in(lines: Sequence[bytes], text: str) -> set[int]:
    """Numbers of the odd ones of ``lines``, which ``text`` is."""
    odd = {
        number
        for number, line in enumerate(lines)
        if line.rfind(b"<") > line.rfind(b">") and _TAG_GOES_ON.search(line.decode())
    }
    places = (found.start() for pattern in _ODD for found in pattern.finditer(text))
    return odd | numbers_of(text.split("\n"), 1, places)


def numbers_near(texts: Sequence[Sized], places: Iterable[int]) -> set[int]:
    """The same of places that are not known to the letter."""
    near = (max(0, at + beside) for at in places for beside in (-_GROUP, 0, _GROUP))
    return numbers_of(texts, 0, near)
