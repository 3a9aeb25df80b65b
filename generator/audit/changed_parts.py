"""变动处 (changed parts): what of a file has to be read, where an audit has found nothing in its former bytes.

A list over all records is megabytes long, and a change of one record changes a few lines of it; every page that turns by
the day changes where it says the day. Where lines stand together that stood together before, nothing new can be found but
near their ends: what is found is judged by what stands around it, no farther than :data:`_ROOM` bytes of its words. So each
part comes with more than that on both sides, and with as many letters of base64, which few pages have: of a page all of them
are looked at instead. What is in doubt is read as a whole: a part within a tag, readings of characters, packed data.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, chain
from pathlib import Path
from typing import NamedTuple

from generator.audit.common_beginning import alike
from generator.audit.decoding import VALUE_END, has_tag, parted, unescape
from generator.audit.unpacking import Piece, kind_of_text, unpack
from generator.spellings.encodings import letters_in_lines
from generator.spellings.folding import folded_lines

_KINDS = ("markup", "data")
_ROOM = 1_024
"""Bytes of folded text, and letters of base64, on each side of what changed: twice what is looked at around a word."""
_SMALL = 4 * 1024
"""Bytes of a text that is sooner read than compared."""
_PAGE = 256 * 1024
"""Bytes of a page of which all letters of base64 are looked at."""
_LINE_OF_PAGE = 500
"""Bytes of its lines, at most, one with another."""
_MARGIN = 96 * 1024
"""Bytes in which there is that room."""
_SPLIT = b"\0\n"
"""An end of a line that the file does not have."""
_ENDS = tuple(
    (sign, before + _SPLIT + after)
    for sign, before, after in (
        (b',"', b",", b'"'),
        ("。".encode(), "。".encode(), b""),
        (b"<url>", b"", b"<url>"),
        (b"<entry>", b"", b"<entry>"),
        (b"<row ", b"", b"<row "),
        (b"<si>", b"", b"<si>"),
        (VALUE_END.encode(), b"", VALUE_END.encode()),
    )
)
_FAR = (b"\0", b";base64,", b";BASE64,", b";Base64,")
"""What may reach from one end of a file to the other."""
_READING = re.compile(rb"</?r[tpu]", re.IGNORECASE)
_AT_ONCE = 32
"""Lines that are weighed together."""
_MOST_WEIGHED = 200_000
"""Lines of which the weight is remembered: many stand in every page."""
_STEP = 4**5
"""Lines that are compared at once."""
_BETWEEN = b"\n\0\xff\n"
"""Between texts that do not stand together; stands in none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerFiles:
    """旧文件 below ``folder``: of each by its path how it looked when it was audited (size, time of its last change in
    nanoseconds, inode), and what the audit said (``AuditReport.clean``). They are the same still, or nobody reads them."""

    folder: Path = Path()
    cleared: Mapping[str, tuple[tuple[int, int, int], bytes]] = field(default_factory=dict)

    def read(self, name: str) -> bytes | None:
        """The file as it was audited; None if it is not so any more."""
        known = self.cleared.get(name)
        if known is None:
            return None
        try:
            with (self.folder / name).open("rb") as file:
                data = file.read()
                status = os.fstat(file.fileno())
        except OSError:
            return None
        same = (status.st_size, status.st_mtime_ns, status.st_ino) == tuple(known[0])
        return data if same and len(data) == status.st_size else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """未读的内容 of a file, of which the rest was read before. ``touched``: something was matched then that may stand there.
    ``letters``: all that the file has of base64, where the pieces have no room of it."""

    pieces: tuple[Piece, ...]
    touched: bool
    letters: bytes = b""


class ChangedParts(NamedTuple):
    """变动的各段 of a text, each with what stands around it, and the letters of :class:`Unread`."""

    texts: list[str]
    letters: bytes = b""


def unread(name: str, data: bytes, former: bytes, *, touched: bool = False) -> Unread:
    """有变动的内容 of the file ``name``: of ``data`` what need be read, if nothing was found in ``former``. A piece may be a
    part of one that :func:`~generator.audit.unpacking.unpack` gives; where in the file it stands is not told."""
    if data == former:
        return Unread(pieces=(), touched=touched)
    kind = kind_of_text(name)
    if kind not in _KINDS:
        return Unread(pieces=tuple(_unread_members(name, data, former)), touched=touched)
    changed = _changed_in_page(data, former) if kind == "markup" else None
    changed = changed or changed_parts(data, former)
    if changed is None:
        return Unread(pieces=tuple(unpack(name, data)), touched=touched)
    pieces = tuple(Piece(kind=kind, text=part.replace(VALUE_END, " ")) for part in changed.texts)
    return Unread(pieces=pieces, touched=touched, letters=changed.letters)


def _changed_in_page(data: bytes, former: bytes) -> ChangedParts | None:
    """:func:`changed_parts` of a page of many lines, in none of which a tag goes on in the next; None of any other. It has few
    letters of base64, so all of them are looked at."""
    lines = data.split(b"\n")
    if not _SMALL <= len(data) <= min(_PAGE, _LINE_OF_PAGE * len(lines)):
        return None
    if any(sign in data for sign in _FAR) or _READING.search(data):
        return None
    try:
        between = parted(data.decode())[0]
    except UnicodeDecodeError:
        return None
    plain = unescape(between)
    said = plain.split("\n")
    if not len(said) == len(lines) == between.count("\n") + 1 or has_tag(plain):
        return None

    def weights(first: int, last: int) -> list[tuple[int, int]]:
        return [(len(words), 0) for words in folded_lines("\n".join(said[first:last]))]

    sizes = list(accumulate(map(len, lines), initial=0))
    spans = _changed_lines(lines, former.split(b"\n"))
    regions = _with_room(spans, len(lines), weights, 0, more_before=False, more_after=False) or []
    if any(_is_in_tag(data, sizes[line] + line) for region in regions for line in region):
        return None
    return ChangedParts(
        texts=[b"\n".join(lines[first:last]).decode() for first, last in regions],
        letters=b"".join(letters_in_lines(plain)),
    )


def _unread_members(name: str, data: bytes, former: bytes) -> Iterator[Piece]:
    """The same of a file with several texts, or with what is no text."""
    before: set[Piece] = set()
    texts: dict[tuple[str, str, str], list[bytes]] = {}
    for piece in unpack(name, former):
        before.add(replace(piece, lines_before=0))
        if piece.text is not None and piece.kind in _KINDS and (text := _encoded(piece.text)) is not None:
            texts.setdefault((piece.inner, piece.kind, piece.address), []).append(text)
    for piece in unpack(name, data):
        if piece.problem is None and replace(piece, lines_before=0) in before:
            continue
        beside = texts.get((piece.inner, piece.kind, piece.address))
        text = None if piece.text is None or beside is None else _encoded(piece.text)
        changed = None if text is None or beside is None else changed_parts(text, _BETWEEN.join(beside))
        if changed is None:
            yield piece
        else:
            yield from (replace(piece, text=part) for part in changed.texts)


def _encoded(text: str) -> bytes | None:
    try:
        return text.encode()
    except UnicodeEncodeError:
        return None


def changed_parts(data: bytes, former: bytes) -> ChangedParts | None:
    """变动的各段 of a text, with room of words and of letters; None where it has to be read as a whole."""
    if data == former:
        return ChangedParts([])
    if len(data) < _SMALL or any(sign in data for sign in _FAR):
        return None
    start, end, beside = _trimmed(data, former)
    cut = data[start:end]
    for sign, parted_there in _ENDS:
        cut = cut.replace(sign, parted_there)
        beside = beside.replace(sign, parted_there)
    lines = cut.split(b"\n")
    # Where they begin in the file, which does not have the ends that were put in.
    sizes = (len(line) + (-1 if line.endswith(b"\0") else 1) for line in lines)
    starts = list(accumulate(sizes, initial=start))

    def weights(first: int, last: int) -> Sequence[tuple[int, int]]:
        return _WEIGHTS.of(lines[first:last])

    found: list[str] = []
    try:
        spans = _changed_lines(lines, beside.split(b"\n"))
        regions = _with_room(
            spans, len(lines), weights, _ROOM, more_before=start > 0, more_after=end < len(data)
        )
        for first, last in regions or ():
            part = b"\n".join(lines[first:last]).replace(_SPLIT, b"").removesuffix(b"\0")
            at = starts[first]
            if _READING.search(part) or any(_is_in_tag(data, edge) for edge in (at, at + len(part))):
                return None
            found.append(part.decode())
    except UnicodeDecodeError:
        return None
    if regions is None:
        return None
    return ChangedParts(found)


def _is_in_tag(data: bytes, at: int) -> bool:
    return data.rfind(b"<", 0, at) > data.rfind(b">", 0, at)


def _trimmed(data: bytes, former: bytes) -> tuple[int, int, bytes]:
    """Where of ``data`` to begin and to end, at ends of lines, since what stands before and after is the same, and what
    ``former`` has instead."""
    least = min(len(data), len(former))
    before = alike(data, former)
    rest = least - before
    after = _alike_at_end(data[len(data) - rest :], former[len(former) - rest :])
    start = max(data.rfind(sign, 0, max(0, before - _MARGIN)) for sign in (b"\n", b',"')) + 1
    margin = len(data) - max(0, after - _MARGIN)
    ends = (data.find(b"\n", margin), data.find(b',"', margin) + 1)
    end = min((place for place in ends if place > 0), default=len(data))
    return start, end, former[start : len(former) - (len(data) - end)]


def _alike_at_end(one: bytes, other: bytes) -> int:
    low, high = 0, len(one)
    if one == other:
        return high
    size = high
    while low < high:
        middle = (low + high + 1) // 2
        if one[size - middle : size - low] == other[size - middle : size - low]:
            low = middle
        else:
            high = middle - 1
    return low


def _changed_lines(new: Sequence[bytes], old: Sequence[bytes]) -> list[tuple[int, int]]:
    """Spans of ``new``, from inclusive, to exclusive, outside of which all lines stand together as they do in ``old``; an
    empty one where two such runs meet that stood apart."""
    blocks: list[tuple[int, int, int]] = []
    once: dict[bytes, int] | None = None
    at = there = 0
    while at < len(new):
        if there >= len(old) or new[at] != old[there]:
            if once is None:
                once = {}
                for number, line in enumerate(old):
                    once[line] = -1 if line in once else number
            found = once.get(new[at], -1)
            if found < 0:
                at += 1
                there += 1
                continue
            there = found
        size = _run(new, at, old, there)
        blocks.append((at, at + size, there))
        at += size
        there += size
    spans: list[tuple[int, int]] = []
    ends, ends_there = 0, 0
    for begins, last, begins_there in blocks:
        if begins != ends or begins_there != ends_there:
            # What is near needs no room of its own.
            first = spans.pop()[0] if spans and ends - spans[-1][1] < _AT_ONCE else ends
            spans.append((first, begins))
        ends, ends_there = last, begins_there + last - begins
    if ends != len(new) or ends_there != len(old):
        spans.append((ends, len(new)))
    return spans


def _run(new: Sequence[bytes], at: int, old: Sequence[bytes], there: int) -> int:
    """How many lines are the same from there on."""
    size, step, most = 0, _STEP, min(len(new) - at, len(old) - there)
    while step and size < most:
        if new[at + size : at + size + step] == old[there + size : there + size + step]:
            size = min(most, size + step)
        else:
            step //= 4
    return size


def _with_room(
    spans: Sequence[tuple[int, int]],
    count: int,
    weights: Callable[[int, int], Sequence[tuple[int, int]]],
    letters: int,
    *,
    more_before: bool,
    more_after: bool,
) -> list[tuple[int, int]] | None:
    """The spans of ``count`` lines with room on both sides, of ``letters`` too, those that touch made one. None where it
    would be beyond the lines, though there is ``more``. ``weights`` of lines: of each the bytes of its words and its
    letters."""
    found: list[tuple[int, int]] = []
    for first, last in spans:
        nearest_first = (weights(max(0, at - _AT_ONCE), at)[::-1] for at in range(first, 0, -_AT_ONCE))
        before = _lines_for_room(chain.from_iterable(nearest_first), letters)
        following = (weights(at, at + _AT_ONCE) for at in range(last, count, _AT_ONCE))
        after = _lines_for_room(chain.from_iterable(following), letters)
        if (before is None and more_before) or (after is None and more_after):
            return None
        start = 0 if before is None else first - before
        end = count if after is None else last + after
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _lines_for_room(weights: Iterable[tuple[int, int]], letters: int) -> int | None:
    """How many lines of these weights, the nearest first, give room; None where all together do not."""
    room = _ROOM
    for number, (own_words, own_letters) in enumerate(weights, start=1):
        room -= own_words
        letters -= own_letters
        if room <= 0 and letters <= 0:
            return number
    return None


class _Weights(dict[bytes, tuple[int, int]]):
    """Of each line the bytes of its words, folded, and its letters of base64."""

    def of(self, lines: Sequence[bytes]) -> list[tuple[int, int]]:
        """Those of the lines. Raises ``UnicodeDecodeError``."""
        new = [line for line in dict.fromkeys(lines) if line not in self]
        if new:
            if len(self) > _MOST_WEIGHED:
                self.clear()
                new = list(dict.fromkeys(lines))
            self.update(zip(new, _weights(new), strict=True))
        return [self[line] for line in lines]


_WEIGHTS = _Weights()


def _weights(lines: Sequence[bytes]) -> Iterator[tuple[int, int]]:
    """Of each line its weight. Raises ``UnicodeDecodeError``."""
    text = b"\n".join(lines).decode()
    between = parted(text)[0]
    plain = unescape(between)
    words, letters = folded_lines(plain), letters_in_lines(plain)
    # A tag or an escape goes over the end of a line.
    if len(words) != len(lines) or between.count("\n") != len(lines) - 1:
        each = [unescape(parted(line.decode())[0]).replace("\n", " ") for line in lines]
        words, letters = folded_lines("\n".join(each)), letters_in_lines("\n".join(each))
    return zip(map(len, words), map(len, letters), strict=True)
