"""字码 (codes): words, names and blocks as the files of the index write them.

A code is a number in letters without vowels. So none of them is a word or a name in any spelling, and the digits of
none look like a telephone number. ``site_config/theme/assets/search/index.js`` makes the same codes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

LETTERS: Final = "BCDFGHJKLMNPQRSTWXZbcdfghjklmnpqrstwxz"
"""In the order of their bytes: codes of one length sort as their numbers do."""
BLOCK_LETTERS: Final = 4
WORD_LETTERS: Final = 5
HIGHEST_BLOCK: Final = len(LETTERS) ** BLOCK_LETTERS - 1
_WORDS: Final = len(LETTERS) ** WORD_LETTERS
NAMED: Final = "\x1e"
"""Before a name or a document number, or its beginning: not a word of the text."""
NEAR: Final = "\x1c"
"""Before a name, and before what is left of it without one of its characters."""
SOUND: Final = "\x1d"
"""Before the pinyin of a name, without tones."""
WITH: Final = "\x1f"
"""Before the value of a filter."""


def code_of(number: int, letters: int) -> str:
    """``number`` in ``letters`` letters."""
    found: list[str] = []
    for _ in range(letters):
        number, rest = divmod(number, len(LETTERS))
        found.append(LETTERS[rest])
    return "".join(reversed(found))


@lru_cache(1 << 18)
def word_code(word: str) -> str:
    """The code of a word. Two words may have the same one, once in a hundred thousand: then blocks are opened in
    vain."""
    return code_of(_mixed(word) % _WORDS, WORD_LETTERS)


def file_of_sound(code: str, files: int) -> int:
    """Number of the file in which the code of a sound is looked up: by the code alone, for blocks have no more of it."""
    number = 0
    for letter in code:
        number = number * len(LETTERS) + LETTERS.index(letter)
    return number % files


@lru_cache(1 << 18)
def file_of(word: str, files: int) -> int:
    """Number of the file in which ``word`` is looked up, of so many.

    What begins alike lies together: a name beside the first two characters of it, a document number with its organ
    beside the number alone. What is left of a name without one character ends, but for one, as the name does.
    """
    if word.startswith(NEAR):
        return _mixed(word[-1]) % files
    named = word.removeprefix(NAMED)
    lead = named[: named.index("号") + 1] if named.startswith("〔") else named[:2]
    return _mixed(lead if named != word else word) % files


def filter_word(name: str, value: str) -> str:
    """The word by which blocks with a value of a filter are found."""
    return f"{WITH}{name}={value}"


def _mixed(text: str) -> int:
    """FNV-1a over UTF-16 code units, 32 bits."""
    units = text.encode("utf-16-le")
    value = 0x811C9DC5
    for at in range(0, len(units), 2):
        value = (value ^ int.from_bytes(units[at : at + 2], "little")) * 0x01000193 & 0xFFFFFFFF
    return value
