"""繁体字 (traditional characters): how what is asked in them reads in simplified ones.

Names and rules stand here in simplified characters, and many people write 見義勇為 or 張偉. The table is OpenCC's, of the
characters that GB 2312 lacks and that it reads as one that GB 2312 has, fetched only when somebody asks for a
character that GB 2312 lacks: 6 KB of those that stand for a common one, and 5 KB of the others where these do not suffice. It is
written in codes, for two characters side by side may be somebody's name by chance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Final

from generator.outputs.search.word_codes import LETTERS, code_of

TRADITIONAL: Final = "search/traditional.txt"
RARE_TRADITIONAL: Final = "search/traditional-rare.txt"
_FIRST, _LAST = 0x4E00, 0x9FFF
"""The ideographs of everyday writing; of the extensions none has a simplified form in GB 2312."""
_OF_NAMES: Final = "昇"
"""Characters that OpenCC reads as others and that 通用规范汉字表 has for names: who bears one is found as it is written."""
_FAR: Final = LETTERS.index("z")
"""From how far on a character takes two letters more."""
_CELLS: Final = 94
"""Characters in a row of GB 2312."""
_COMMON: Final = 40 * _CELLS
"""Places of its common characters, which come first."""


@cache
def traditional_table(*, common: bool) -> bytes:
    """Of each character that stands for a ``common`` one, or of the others, in the order of Unicode: how far it is from the
    one before it, in one letter or, behind a ``z``, in two, and the place of its simplified form among those of GB 2312. ``site_config/theme/assets/search/names.js`` reads it."""
    found, before = [], _FIRST
    for char, place in _simplified():
        if (place < _COMMON) is not common:
            continue
        step = ord(char) - before
        found.append(f"{code_of(step, 1) if step < _FAR else f'z{code_of(step, 2)}'}{code_of(place, 3)}")
        before = ord(char)
    return "".join(found).encode("ascii")


def rare_letters(names: Iterable[str]) -> str:
    """生僻字: the characters of ``names`` that GB 2312 lacks, each once. Of 程立堃 and 張偉: 堃張偉."""
    rare = {char for name in names for char in name if _FIRST <= ord(char) <= _LAST and _place(char) is None}
    return "".join(sorted(rare))


def has_simple_form(char: str) -> bool:
    """Whether the table tells of it: of 張 and not of 堃."""
    return _simple_place(char) is not None


def _simplified() -> Iterator[tuple[str, int]]:
    for char in map(chr, range(_FIRST, _LAST + 1)):
        place = _simple_place(char)
        if place is not None:
            yield char, place


def _simple_place(char: str) -> int | None:
    """Place of the simplified form of a character that GB 2312 lacks; None where it has none there."""
    if _place(char) is not None or char in _OF_NAMES:
        return None
    return _place(_simplify()(char))


@cache
def _simplify() -> Callable[[str], str]:
    import opencc

    simplify: Callable[[str], str] = opencc.OpenCC("t2s").convert
    return simplify


def _place(char: str) -> int | None:
    """Place among the characters of GB 2312, from its row 16 on, by which they are numbered there."""
    try:
        row, cell = char.encode("gb2312")
    except (UnicodeEncodeError, ValueError):
        return None
    return (row - 0xB0) * _CELLS + cell - 0xA1
