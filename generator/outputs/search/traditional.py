"""繁体字 (traditional characters): how what is asked in them reads in simplified ones.

Names and rules stand here in simplified characters, and many people write 見義勇為 or 張偉. The table is OpenCC's, of the
characters that GB 2312 lacks and that it reads as one that GB 2312 has: 13 KB, fetched only when somebody asks for a
character that GB 2312 lacks. It is written in codes, for two characters side by side may be somebody's name by chance.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from generator.outputs.search.word_codes import code_of

TRADITIONAL: Final = "search/traditional.txt"
_FIRST, _LAST = 0x4E00, 0x9FFF
"""The ideographs of everyday writing; of the extensions none has a simplified form in GB 2312."""
_OF_NAMES: Final = "昇"
"""Characters that OpenCC reads as others and that 通用规范汉字表 has for names: who bears one is found as it is written."""
_CELLS: Final = 94
"""Characters in a row of GB 2312."""


@cache
def traditional_table() -> bytes:
    """Of each character, in the order of Unicode: how far it is from the one before it, and the place of its simplified
    form among those of GB 2312. ``site_config/theme/assets/search/names.js`` reads it."""
    found, before = [], _FIRST
    for char, place in _simplified():
        found.append(f"{code_of(ord(char) - before, 2)}{code_of(place, 3)}")
        before = ord(char)
    return "".join(found).encode("ascii")


def _simplified() -> Iterator[tuple[str, int]]:
    import opencc

    simplify = opencc.OpenCC("t2s").convert
    for char in map(chr, range(_FIRST, _LAST + 1)):
        place = _place(simplify(char))
        if place is not None and _place(char) is None and char not in _OF_NAMES:
            yield char, place


def _place(char: str) -> int | None:
    """Place among the characters of GB 2312, from its row 16 on, by which they are numbered there."""
    try:
        row, cell = char.encode("gb2312")
    except (UnicodeEncodeError, ValueError):
        return None
    return (row - 0xB0) * _CELLS + cell - 0xA1
