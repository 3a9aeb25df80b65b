"""速读 (skimming): which files of a site have to be read as a whole, and which hold nothing that was withheld.

Each distinct line is read once (:mod:`generator.audit.lines`). Withheld words are then looked for in the folded lines
of each file, joined, by one automaton; numbers and addresses that may go on in another line, in the lines around. What
is found is looked at in its window, the lines around it, in just the way in which the whole file would be read; so are,
in each file, the lines that hold something by themselves. Only a file in which that finds something is read as a whole.

Nothing is passed over that a thorough audit finds: see the properties in ``tests``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, groupby
from operator import itemgetter
from types import MappingProxyType
from typing import NamedTuple, Protocol

from generator.audit.changed_parts import Unread
from generator.audit.decoding import VALUE_END, parted, unescape
from generator.audit.leaks import Finding
from generator.audit.lines import Lines, each_unescaped, in_base64, numbers_of, signs_in, words_in
from generator.audit.matcher import Hit, Matcher
from generator.audit.unpacking import Piece, kind_of_text, unpack
from generator.spellings.folding import fold
from generator.spellings.identifiers import REACH

_KINDS = ("markup", "data")
_AROUND = 384
"""Bytes of folded text on each side of what was found: more than anything reaches by which it is judged."""
_NEAR = 192
"""The same for words alone: the numbers after a road are 40 characters away at most, a word of birth before a day 32."""
_VALUE_END, _STOP = VALUE_END.encode(), "。".encode()
_LONG_LINE = 2_000
_PLAIN = re.compile(rb"[^\x80-\xff<&%\\=]*")
"""A line without tags, escapes and wide characters: what it says is what stands there."""
_OF_PLAIN = _AROUND // REACH
"""What a character of such a line counts for."""
_MOST_WINDOWS = 50_000
_TOGETHER = 16
"""Windows that are looked at together."""
_FAR_APART = "\n" + "。" * 40 + "ꡀꡁꡂ" + "。" * 40 + "\n"
"""Between them: no word goes over it, and no run of a narrative, since its letters stand in none."""
_Key = tuple[int, str, bytes]
_LINKED_DATA = b'<script type="application/ld+json">'
"""Begins a document within a page."""
_BLOCKS = (b"<url>", b"<entry>", b"<row ", b"<si>")
"""Tags of files without lines that begin an item and part words."""


class Reader(Protocol):
    """What :class:`~generator.audit.site_audit.Auditor` does for one piece of a file."""

    matcher: Matcher
    has_matched: bool
    is_answered: bool

    def piece_findings(self, name: str, piece: Piece) -> Iterator[Finding]: ...

    def tells(self, name: str, piece: Piece, hit: Hit) -> bool: ...

    def plain_findings(self, name: str, data: bytes) -> Iterator[Finding]: ...

    def may_stand(self, name: str, piece: Piece, words: str) -> bool: ...


class _Window(NamedTuple):
    """Lines, from ``start`` (inclusive) to ``end`` (exclusive). ``words``: of which stream nothing but words is looked
    for; 0: all is; 1: what stands between tags; 2: the same of markup that was escaped."""

    start: int
    end: int
    words: int = 0


@dataclass(slots=True)
class _Text:
    """One text of a file, in lines."""

    file: int
    name: str
    piece: Piece
    lines: Sequence[bytes]
    windows: set[_Window] = field(default_factory=set)
    """What is to be looked at."""
    touched: bool = False
    letters: bytes | None = None
    """Of base64, where they are not those of the lines."""


@dataclass(frozen=True, slots=True)
class Skimmed:
    """速读的结论 of one file: ``whole``: it has to be read as a whole; ``touched``: something in it was matched, even if
    it may stand there; ``answered``: a human's answer was needed for that."""

    whole: bool
    touched: bool
    answered: bool


class Skimmer:
    """速读器. Remembers the lines that it has met."""

    def __init__(
        self,
        reader: Reader,
        *,
        for_signs: bool = True,
    ) -> None:
        """``for_signs``: for identifiers too, and not for withheld words alone."""
        self._reader = reader
        self._lines = {kind: Lines(reader.matcher, for_signs=for_signs) for kind in _KINDS}
        self._untouched: set[_Key] = set()
        """Lines that stood together in which there is nothing, wherever they may stand."""
        self._hits: dict[_Key, tuple[Hit, ...]] = {}
        """What is matched in lines in which words were seen. Where it may stand, each file tells."""

    def names(self, names: Sequence[str]) -> set[str]:
        """Those paths in which something may be found."""
        plain = each_unescaped(names)
        found = words_in(plain, self._reader.matcher) | signs_in(plain, self._reader.matcher)
        return {names[number] for number in found}

    def read(
        self, files: Sequence[tuple[str, bytes]], changed: Mapping[str, Unread] = MappingProxyType({})
    ) -> list[Skimmed]:
        """速读 of some files, each (path inside the site, bytes). ``changed``: what has to be read of those of which the rest
        was read before."""
        whole: set[int] = set()
        touched: set[int] = set()
        answered: set[int] = set()
        reader = self._reader
        texts: list[_Text] = []
        for number, (name, data) in enumerate(files):
            reader.matcher.touched = reader.has_matched = reader.is_answered = False
            known = changed.get(name)
            found, own = self._parts(number, name, data, known)
            if found:
                whole.add(number)
            if known is not None and any(reader.plain_findings(name, data)):
                whole.add(number)
            if reader.matcher.touched or reader.has_matched or (known is not None and known.touched):
                touched.add(number)
            if reader.is_answered:
                answered.add(number)
            texts += own
        for kind, lines in self._lines.items():
            lines.learn(text.lines for text in texts if text.piece.kind == kind)
        for text in texts:
            self._look_at_lines(text, whole)
        self._look_at_open_lines([text for text in texts if text.file not in whole])
        self._look_at_words([text for text in texts if text.file not in whole], whole)
        self._note_hits([text for text in texts if text.file not in whole])
        for text in texts:
            if text.file not in whole:
                reader.is_answered = False
                if any(self._found_in(text, window) for window in sorted(text.windows)):
                    whole.add(text.file)
                if text.touched:
                    touched.add(text.file)
                if reader.is_answered:
                    answered.add(text.file)
        return [
            Skimmed(number in whole, number in touched, number in answered) for number in range(len(files))
        ]

    def _parts(self, number: int, name: str, data: bytes, changed: Unread | None) -> tuple[bool, list[_Text]]:
        """Whether something is found in what is no plain text, and all that is."""
        kind = kind_of_text(name)
        if kind in self._lines and changed is None:
            return False, [_Text(number, name, Piece(kind=kind), _cut(kind, data.replace(_VALUE_END, b" ")))]
        texts: list[_Text] = []
        for piece in unpack(name, data) if changed is None else changed.pieces:
            if piece.text is None or piece.kind not in self._lines:
                if any(self._reader.piece_findings(name, piece)):
                    return True, []
                continue
            try:
                encoded = piece.text.encode()
            except UnicodeEncodeError:
                return True, []
            texts.append(_Text(number, name, replace(piece, text=None), _cut(piece.kind, encoded)))
        if texts and changed is not None and changed.letters:
            texts[0].letters = changed.letters
        return False, texts

    def _look_at_lines(self, text: _Text, whole: set[int]) -> None:
        """Note the lines of a text that say something by themselves."""
        known = self._lines[text.piece.kind]
        if known.flagged.isdisjoint(text.lines):
            return
        if not known.odd.isdisjoint(text.lines):
            whole.add(text.file)
            return
        if not known.told.isdisjoint(text.lines):
            told = (number for number, line in enumerate(text.lines) if line in known.told)
            text.windows.update(_window(text, known, number, number) for number in told)
        if known.told_of and not known.told_of.keys().isdisjoint(text.lines):
            self._look_at_parts_of_names(text, known)

    def _look_at_open_lines(self, texts: Sequence[_Text]) -> None:
        """Note the lines in which a number or an address goes on in other lines."""
        for kind, known in self._lines.items():
            opened: list[tuple[_Text, int, bytes]] = []
            for text in texts:
                if text.piece.kind != kind:
                    continue
                lines = text.lines
                numbers: set[int] = set()
                if not known.open.isdisjoint(lines):
                    numbers.update(number for number, line in enumerate(lines) if line in known.open)
                if not known.leading.isdisjoint(lines):
                    numbers.update(
                        number
                        for number, line in enumerate(lines[:-1])
                        if line in known.leading and _is_cut(line, lines[number + 1])
                    )
                for number in sorted(numbers):
                    start, end = _in_reach(text, known, number)
                    opened.append((text, number, _together(lines[start:end])))
            going_on = known.going_on([together for _, _, together in opened])
            for text, number, together in opened:
                if together in going_on:
                    text.windows.add(_window(text, known, number, number))

    def _look_at_parts_of_names(self, text: _Text, known: Lines) -> None:
        """Note lines whose tags hold parts of names that may not stand in this file."""
        text.touched = True
        for number, line in enumerate(text.lines):
            if any(
                not self._reader.may_stand(text.name, text.piece, words)
                for words in known.told_of.get(line, ())
            ):
                text.windows.add(_window(text, known, number, number))

    def _look_at_words(self, texts: Sequence[_Text], whole: set[int]) -> None:
        """Note where withheld words stand in the lines together."""
        streams: list[tuple[_Text, bool]] = []
        words: list[bytes] = []
        letters: list[bytes] = []
        for text in texts:
            known = self._lines[text.piece.kind]
            streams.append((text, False))
            words.append(b"".join(map(known.words.__getitem__, text.lines)))
            own = text.letters or b"".join(map(known.letters.__getitem__, text.lines))
            letters.append(own)
            if known.inner and not known.inner.keys().isdisjoint(text.lines):
                streams.append((text, True))
                words.append(b"".join(known.inner.get(line, known.words[line]) for line in text.lines))
        places = places_of(words, self._reader.matcher.at_first_look(b"\n".join(words)))
        for number, hits in groupby(places, key=itemgetter(0)):
            text, inner = streams[number]
            self._look_at_hits(text, hits, inner=inner)
        matcher = self._reader.matcher
        whole.update(texts[number].file for number in in_base64(letters, matcher))
        # What is in hexadecimal may go on in another value.
        figures = [item.replace(_VALUE_END, b"") for item in words]
        found = numbers_of(figures, 1, matcher.in_figures(b"\n".join(figures)))
        whole.update(streams[number][0].file for number in found)

    def _look_at_hits(self, text: _Text, hits: Iterable[tuple[int, int, int, str]], *, inner: bool) -> None:
        """Note the windows of what was seen; words that may stand in this file need no look."""
        known = self._lines[text.piece.kind]
        ends: list[int] = []
        lawful: dict[str, bool] = {"": False}
        for _, start, end, words in hits:
            if words not in lawful:
                lawful[words] = self._reader.may_stand(text.name, text.piece, words)
            if lawful[words]:
                text.touched = True
                continue
            if not ends:
                said = map(known.words.__getitem__, text.lines)
                if inner:
                    said = map(known.inner.get, text.lines, said)
                ends.extend(accumulate(map(len, said)))
            first, last = bisect_right(ends, start), bisect_right(ends, end - 1)
            text.windows.add(_window(text, known, first, last, _NEAR)._replace(words=1 + inner))

    def _note_hits(self, texts: Sequence[_Text]) -> None:
        """Look at the windows in which words were seen, many of them at once."""
        for remembered in (self._hits, self._untouched):
            if len(remembered) > _MOST_WINDOWS:
                remembered.clear()
        seen = dict.fromkeys(
            _key_of(text, window) for text in texts for window in text.windows if window.words
        )
        keys = [key for key in seen if key not in self._hits]
        apart = len(fold(_FAR_APART))
        for start in range(0, len(keys), _TOGETHER):
            some = keys[start : start + _TOGETHER]
            windows = [_words_of(key) for key in some]
            begins = [0, *accumulate(len(fold(words)) + apart for words in windows)]
            found: list[list[Hit]] = [[] for _ in some]
            for hit in self._reader.matcher.in_words(_FAR_APART.join(windows)):
                found[bisect_right(begins, hit.at) - 1].append(hit)
            self._hits.update(zip(some, map(tuple, found), strict=True))

    def _found_in(self, text: _Text, window: _Window) -> bool:
        """Whether anything is found in these lines of this file."""
        key, reader = _key_of(text, window), self._reader
        if window.words:
            hits = self._hits[key]
            text.touched = text.touched or bool(hits)
            return any(reader.tells(text.name, text.piece, hit) for hit in hits)
        if key in self._untouched:
            return False
        reader.matcher.touched = reader.has_matched = False
        found = any(reader.piece_findings(text.name, replace(text.piece, text=_words_of(key))))
        if found or reader.matcher.touched or reader.has_matched:
            text.touched = True
        else:
            self._untouched.add(key)
        return found


def _key_of(text: _Text, window: _Window) -> _Key:
    return window.words, text.piece.kind, _together(text.lines[window.start : window.end])


def _words_of(key: _Key) -> str:
    """What a window says, in the stream in which it was seen."""
    rounds, _, lines = key
    words = lines.decode()
    for _ in range(rounds):
        words = unescape(parted(words)[0])
    return words


def _cut(kind: str, data: bytes) -> list[bytes]:
    """The text in lines. Where it has few, it is cut where no word and no number goes on: after sentences, between
    values and items."""
    if kind == "data":
        data = data.replace(b',"', b',\n"').replace(_STOP, _STOP + b"\n")
        data = data.replace(_VALUE_END, b"\n" + _VALUE_END + b"\n")
    elif len(data) > _LONG_LINE * (data.count(b"\n") + 1):
        for tag in _BLOCKS:
            data = data.replace(tag, b"\n" + tag)
    else:
        before, begins, after = data.partition(_LINKED_DATA)
        if begins:
            document, ends, after = after.partition(b"</script>")
            data = b"".join((before, begins, document.replace(b',"', b',\n"'), ends, after))
    return data.split(b"\n")


def _together(lines: Sequence[bytes]) -> bytes:
    """The lines as they stood before :func:`_cut`, but for what ends a sentence: what stands before a number decides what
    it is, and reaches over no end of a line."""
    text = b"\n".join(lines).replace(b',\n"', b',"')
    for tag in _BLOCKS if b"\n<" in text else ():
        text = text.replace(b"\n" + tag, tag)
    return text.replace(b"\n" + _VALUE_END, _VALUE_END).replace(_VALUE_END + b"\n", _VALUE_END)


def _is_cut(line: bytes, following: bytes) -> bool:
    """Whether :func:`_cut` may have parted the two lines."""
    return b"\n" not in _together((line[-1:], following))


def _window(text: _Text, known: Lines, first: int, last: int, around: int = _AROUND) -> _Window:
    """The lines from ``first`` to ``last``, both inclusive, with enough around them."""
    lines, inner, words = text.lines, known.inner, known.words
    start, room = first, around
    while start and room > 0:
        start -= 1
        room -= len(inner.get(lines[start], words[lines[start]]))
    end, room = last + 1, around
    while end < len(lines) and room > 0:
        room -= len(inner.get(lines[end], words[lines[end]]))
        end += 1
    return _Window(start, end)


def _in_reach(text: _Text, known: Lines, number: int) -> tuple[int, int]:
    """The lines, from inclusive, to exclusive, in which an identifier may stand that is known by a word in this one."""
    lines, start, room = text.lines, number, _AROUND
    while start and room > 0:
        start -= 1
        room -= _reach(lines[start], known)
    end, room = number + 1, _AROUND
    while end < len(lines) and room > 0:
        room -= _reach(lines[end], known)
        end += 1
    return start, end


def _reach(line: bytes, known: Lines) -> int:
    """How much of the way an identifier reaches the line takes up."""
    if _PLAIN.fullmatch(line):
        return len(line) * _OF_PLAIN
    return len(known.inner.get(line, known.words[line]))


def places_of(
    words: Sequence[bytes], seen: Iterable[tuple[int, int, str]]
) -> list[tuple[int, int, int, str]]:
    """(number, start, end, words) of what is ``seen`` in the ``words`` together, a line's end between them."""
    starts = [0, *accumulate(len(item) + 1 for item in words)]
    found = []
    for start, end, told in seen:
        number = bisect_right(starts, start) - 1
        found.append((number, start - starts[number], end - starts[number], told))
    return sorted(found)
