"""编码 (encodings): bytes that stand for other bytes. The audit reads them back before it looks for words.

Base64 comes in groups of four letters, hexadecimal in pairs, UTF-16 in pairs of bytes. Nobody knows where a
group begins, so each place is tried. Bytes that were no such code come out as noise, and a withheld word
stands in noise once in many millions of times; one of two characters oftener (:func:`stands_by_chance`).
"""

from __future__ import annotations

import binascii
import contextlib
import re
import string
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import takewhile
from typing import Any

from generator.spellings.folding import whole_characters

_LETTERS = (string.ascii_letters + string.digits + "+/-_").encode()
_NO_LETTERS = bytes(set(range(256)) - set(_LETTERS))
_NO_LETTERS_IN_LINES = _NO_LETTERS.replace(b"\n", b"")
_ONE_ALPHABET = bytes.maketrans(b"-_", b"+/")
_GROUP = 4
_LACKING = b"AAA"
_APART = "\x1d"
"""Between words: no phrase goes over it."""
CODECS = ("utf-8", "gb18030", "big5")
"""Encodings in which words are looked for in bytes, by number."""
_SAFE_IN_NOISE = 6
"""Bytes: what is shorter stands in compressed data by chance. It is looked for only in values that are text of
the encoding from end to end."""
_BESIDE = 6
"""Characters on each side by which text is told from noise: in noise one in nine is ordinary."""
_HEXADECIMAL = re.compile(r"[0-9a-f]{8,}")


def from_base64(data: bytes) -> Iterator[bytes]:
    """Base64 of either alphabet, at each place where a group may begin. Line ends and other characters
    outside the alphabet do not matter."""
    # The last group may lack some of its letters.
    letters = data.translate(_ONE_ALPHABET, _NO_LETTERS) + _LACKING
    for start in range(min(_GROUP, len(letters) - _GROUP + 1)):
        end = len(letters) - (len(letters) - start) % _GROUP
        yield binascii.a2b_base64(letters[start:end])


def in_one_alphabet(letters: bytes) -> bytes:
    """Letters of base64 as :func:`from_base64` reads them to the end."""
    return letters.translate(_ONE_ALPHABET) + _LACKING


def begun_in_base64(data: bytes) -> Iterator[bytes]:
    """Letters that stand in base64 for ``data``, wherever it stands: for each place in a group those that nothing beside
    it changes."""
    for before in range(3):
        first, last = -(-8 * before // 6), 8 * (before + len(data)) // 6
        yield binascii.b2a_base64(bytes(before) + data + bytes(2), newline=False)[first:last]


def letters_in_lines(text: str) -> list[bytes]:
    """What :func:`from_base64` reads of each line of ``text``."""
    return text.encode("ascii", "ignore").translate(None, _NO_LETTERS_IN_LINES).split(b"\n")


def in_old_encodings(words: Sequence[str]) -> Iterator[Sequence[tuple[int, bytes]]]:
    """Of each of ``words``: (number in :data:`CODECS`, bytes) in GB 18030 and, in traditional characters, in Big5."""
    # All at once, which takes a tenth of the time.
    whole = [whole_characters(item).replace(_APART, " ") for item in words]
    traditional = _traditional().convert(_APART.join(whole)).split(_APART) if whole else []
    for simplified, other in zip(whole, traditional, strict=True):
        encoded: list[tuple[int, bytes]] = []
        if not simplified.isascii():
            for number, text in ((1, simplified), (2, other)):
                with contextlib.suppress(UnicodeEncodeError):
                    data = text.encode(CODECS[number])
                    if len(data) >= _SAFE_IN_NOISE:
                        encoded.append((number, data))
        yield encoded


def old_texts(value: bytes) -> Iterator[str]:
    """旧编码的文字: what a short value says in GB 18030 and in Big5, where all of it is text there and none in UTF-8."""
    value = value.replace(b"\0", b" ")
    if value.isascii() or _reads_as(value, "utf-8"):
        return
    for codec in CODECS[1:]:
        if (text := _reads_as(value, codec)) and not any(
            unicodedata.category(c) == "Cc" and not c.isspace() for c in text
        ):
            yield text


def _reads_as(value: bytes, codec: str) -> str | None:
    try:
        return value.decode(codec)
    except UnicodeDecodeError:
        return None


@cache
def _traditional() -> Any:
    import opencc

    return opencc.OpenCC("s2t")


def from_utf16(data: bytes) -> Iterator[bytes]:
    """UTF-16 of either byte order, even and odd, as UTF-8."""
    for encoding in ("utf-16-le", "utf-16-be"):
        for start in (0, 1):
            yield data[start:].decode(encoding, "ignore").encode("utf-8")


def stands_by_chance(reading: bytes, start: int, end: int) -> bool:
    """Whether a word, from ``start`` to ``end`` of bytes that were read as UTF-16, is too short to mean anything there: noise
    reads as characters of any script, so among many names one of two characters is soon found in it. It means something
    in text, where ordinary characters stand beside it, and in a value, which begins and ends with the data, a zero or a mark
    of its byte order; one character of a value may be rare."""
    if 2 * len(reading[start:end].decode()) >= _SAFE_IN_NOISE:
        return False
    widest = 4 * _BESIDE
    before = reading[max(0, start - widest) : start].decode("utf-8", "ignore")[: -_BESIDE - 1 : -1]
    after = reading[end : end + widest].decode("utf-8", "ignore")[:_BESIDE]
    own = ["".join(takewhile(_goes_on, side)) for side in (before, after)]
    strange = sum(not _is_ordinary(character) for side in own for character in side)
    if strange <= 1 and all(len(side) < _BESIDE for side in own):
        return False
    return sum(1 for side in own for _ in takewhile(_is_ordinary, side)) < _BESIDE - 1


def _goes_on(character: str) -> bool:
    return character not in "\0\ufeff\ufffe"


@lru_cache(maxsize=65_536)
def _is_ordinary(character: str) -> bool:
    """Whether it is printed, in ASCII or GB 2312."""
    if character.isascii():
        return character.isprintable() or character.isspace()
    return bool(character.encode("gb2312", "ignore"))


def from_hexadecimal(folded: str) -> Iterator[tuple[int, bytes]]:
    """Runs of hexadecimal in a folded text: (where the first pair stands, what the pairs say)."""
    for run in _HEXADECIMAL.finditer(folded):
        for start in (run.start(), run.start() + 1):
            yield start, bytes.fromhex(_pairs(folded[start : run.end()]))


def all_hexadecimal(folded: str) -> bytes:
    """What :func:`from_hexadecimal` reads, all at once: zeros part the runs."""
    runs = _HEXADECIMAL.findall(folded)
    return bytes.fromhex("00".join(_pairs(run[start:]) for start in (0, 1) for run in runs))


def _pairs(run: str) -> str:
    """The run without the last letter where that has no other beside it."""
    return run[: len(run) & ~1]
