"""字音 (sounds): how a character reads, without tone, so that a name is found by another that sounds alike.

The table has two letters a character, for the initial and for the rest of its syllable, and none of them is a vowel:
no word and no name stands in it. The visitor's browser reads what :func:`sounds_of_gb2312` makes of it
(``site_config/theme/assets/search/names.js``).
"""

from __future__ import annotations

from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Final

TABLE: Final = Path(__file__).with_name("sounds.txt")
FIRST, LAST = 0x3400, 0x9FFF
"""Characters of the table: the common ones and extension A, in which a few of those for names stand."""
LETTERS: Final = "BCDFGHJKLMNPQRSTWXZbcdfghjklmnpqrstwxz"
UNREAD: Final = "zz"
"""Of a character without a known reading."""
_INITIALS = "b p m f d t n l g k h j q x zh ch sh r z c s y w"
# No two that are a syllable by themselves stand side by side: the list tells no name either.
_FINALS = "a ian ai iang an iao ang ie ao in e ing ei iong en iu eng ong er i o ia ou ua uo uai u uan ui un uang v ve ue"
INITIALS: Final = ("", *_INITIALS.split())
FINALS: Final = tuple(_FINALS.split())


@cache
def _readings() -> str:
    return TABLE.read_text(encoding="ascii").replace("\n", "")


def reading_of(char: str) -> str:
    """读音 of one character in pinyin without tone, ``lv`` for 吕; empty where the table knows none."""
    pair = _pair(char)
    if pair == UNREAD:
        return ""
    return INITIALS[LETTERS.index(pair[0])] + FINALS[LETTERS.index(pair[1])]


def sounds_of_gb2312(*, common: bool) -> str:
    """The table of the characters of GB 2312, which is what people write by ear, in its own order: two letters, and how
    many in a row read so. ``common``: its 3,755 common ones, which stand in the order of their sound and take little;
    else the 3,008 others, three times as much."""
    rows = range(0xB0, 0xD8) if common else range(0xD8, 0xF8)
    cells = (bytes((row, cell)) for row in rows for cell in range(0xA1, 0xFF))
    runs = ((pair, len(list(own))) for pair, own in groupby(map(_pair_of_cell, cells)))
    return "".join(f"{pair}{count if count > 1 else ''}" for pair, count in runs)


def _pair_of_cell(cell: bytes) -> str:
    try:
        return _pair(cell.decode("gb2312"))
    except UnicodeDecodeError:  # five cells of the standard are empty
        return UNREAD


def _pair(char: str) -> str:
    at = (ord(char) - FIRST) * len(UNREAD)
    return (_readings()[at : at + len(UNREAD)] if at >= 0 else "") or UNREAD
