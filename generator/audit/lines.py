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
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from ahocorasick_rs import AhoCorasick

from generator.audit.decoding import has_tag, parted, unescape, values_of, without_drawings
from generator.audit.matcher import Matcher, Where
from generator.forms.encodings import letters_in_lines
from generator.forms.folding import folded_lines
from generator.forms.identifiers import find_identifiers, may_go_on

_ODD = re.compile(
    r"<[A-Za-z/!?][^<>\n]*$"  # A tag goes on.
    r"|<r[tp]|<[/!?](?![A-Za-z])"
    r"|;base64,|=(?:[89A-F][0-9A-F])?\r?$",
    re.IGNORECASE | re.MULTILINE,
)
_APART = "\n。\n"
"""Between lines that do not stand together: nothing that is found goes over it, and each line begins and ends."""
_AT_ONCE = 16_384
"""Characters of tags that are searched at once."""
_MOST = 64 * 1024 * 1024
"""Bytes of lines that are remembered."""


class Lines:
    """各行 of the files of one kind of text, as far as they have been met."""

    def __init__(self, matcher: Matcher, kind: str) -> None:
        self._matcher, self._kind = matcher, kind
        self.words: dict[bytes, bytes] = {}
        """Folded, as UTF-8."""
        self.letters: dict[bytes, bytes] = {}
        self.inner: dict[bytes, bytes] = {}
        """The words of markup that came to light when escapes were undone; of the few lines that hold any."""
        self.odd: set[bytes] = set()
        self.told: set[bytes] = set()
        self.open: set[bytes] = set()
        """With a word by which a number or an address is known that may go on in the next lines."""
        self._tags: dict[str, bool] = {}
        """Whether anything was found in the tag."""
        self._gone_on: dict[bytes, bool] = {}
        self._size = 0

    def learn(self, files: Iterable[Sequence[bytes]]) -> None:
        """Read every line of ``files`` that was not met before."""
        if self._size > _MOST:
            self._forget()
        new: dict[bytes, None] = {}
        for lines in files:
            new.update(dict.fromkeys(lines))
        met = [line for line in new if line not in self.words]
        if met:
            self._size += sum(map(len, met))
            self._read(met)

    def _forget(self) -> None:
        for known in (self.words, self.letters, self.inner, self.odd, self.told, self.open, self._tags, self._gone_on):
            known.clear()
        self._size = 0

    def goes_on(self, lines: bytes) -> bool:
        """Whether these lines, which stand together, hold an identifier."""
        if (known := self._gone_on.get(lines)) is None:
            between, tags = parted(lines.decode())
            texts = (unescape(between), *map(unescape, ("\n".join(tags), values_of(tags))))
            allowed = self._matcher.secrets.allowed_identifiers
            known = any(find_identifiers(text, allowed=allowed) for text in texts)
            self._gone_on[lines] = known
        return known

    def _read(self, lines: list[bytes]) -> None:
        try:
            text = b"\n".join(lines).decode()
        except UnicodeDecodeError:
            lines = [line for line in lines if self._is_text(line)]
            text = b"\n".join(lines).decode()
        if any(_ODD.finditer(text)):
            lines = self._without_odd(lines, text)
            text = b"\n".join(lines).decode()
        between, tags = parted(text)
        plain = unescape(between)
        said = plain.split("\n")
        if len(said) != len(lines):  # An escape stood for the end of a line.
            said = [unescape(line) for line in between.split("\n")]
            plain = "\n".join(line.replace("\n", " ") for line in said)
        self.words.update(zip(lines, folded_lines(plain), strict=True))
        self.letters.update(zip(lines, letters_in_lines(plain), strict=True))
        told = self._told_in(said)
        if plain != between and has_tag(plain):
            told |= self._read_inner(lines, said)
        if self._is_told_in_tags(tags):
            told |= set(_lines_with((tag for tag in {*tags} if self._tags[tag]), text))
        self.told.update(lines[number] for number in told)
        starts = [0, *accumulate(len(line) + 1 for line in plain.split("\n"))]
        self.open.update(lines[bisect_right(starts, at) - 1] for at in may_go_on(plain))
        going_on = (tag for tag in {*tags} if any(may_go_on(tag)))
        self.open.update(lines[number] for number in _lines_with(going_on, text))

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

    def _without_odd(self, lines: list[bytes], text: str) -> list[bytes]:
        starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        odd = {bisect_right(starts, found.start()) - 1 for found in _ODD.finditer(text)}
        for number in odd:
            self._be_odd(lines[number])
        return [line for number, line in enumerate(lines) if number not in odd]

    def _told_in(self, said: Sequence[str]) -> set[int]:
        """Numbers of lines that hold an identifier, or a withheld number in Chinese numerals, by themselves."""
        text = _APART.join(said)
        starts = [0, *accumulate(len(line) + len(_APART) for line in said)]
        allowed = self._matcher.secrets.allowed_identifiers
        places = [hit.start for hit in find_identifiers(text, allowed=allowed)]
        places += [match.start for match in self._matcher.in_numerals(text)]
        return {bisect_right(starts, at) - 1 for at in places}

    def _read_inner(self, lines: Sequence[bytes], said: Sequence[str]) -> set[int]:
        """Lines with markup that came to light when escapes were undone, each by itself."""
        told: set[int] = set()
        for number, text in enumerate(said):
            if not has_tag(text):
                continue
            line = lines[number]
            between, tags = parted(text)
            plain = unescape(between)
            if _ODD.search(text) or "\n" in text or has_tag(plain):
                self._be_odd(line)
                continue
            self.inner[line] = folded_lines(plain)[0]
            self.letters[line] += b"\n" + letters_in_lines(plain)[0]
            if self._told_in([plain]) or self._is_told_in_tags(tags):
                told.add(number)
        return told

    def _is_told_in_tags(self, tags: Iterable[str]) -> bool:
        met = dict.fromkeys(tags)
        new = [tag for tag in met if tag not in self._tags]
        self._tags.update(dict.fromkeys(new, False))
        some: list[str] = []
        size = 0
        for tag in new:
            some.append(tag)
            size += len(tag)
            if size > _AT_ONCE:
                self._search_tags(some)
                some, size = [], 0
        self._search_tags(some)
        return any(map(self._tags.__getitem__, met))

    def _search_tags(self, tags: list[str]) -> None:
        """Those in which something is found, half by half: there are few."""
        if not tags or not self._is_found_in(tags):
            return
        if len(tags) == 1:
            self._tags[tags[0]] = True
            return
        half = len(tags) // 2
        self._search_tags(tags[:half])
        self._search_tags(tags[half:])

    def _is_found_in(self, tags: list[str]) -> bool:
        matcher = self._matcher
        matcher.touched = False
        for text in (unescape("\n".join(tags)), unescape(values_of(tags))):
            if any(matcher.in_text(text, Where.TAGS)) or matcher.touched:
                return True
            if find_identifiers(without_drawings(text), allowed=matcher.secrets.allowed_identifiers):
                return True
        return False


def _lines_with(tags: Iterable[str], text: str) -> Iterator[int]:
    """Numbers of the lines of ``text`` in which one of ``tags`` stands."""
    listed = list(tags)
    if listed:
        starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        for _, start, _ in AhoCorasick(listed).find_matches_as_indexes(text):
            yield bisect_right(starts, start) - 1
