"""词表 (word lists): the files of the search index, which hold no words but codes of them.

A code is made of letters without vowels (:mod:`generator.outputs.search.word_codes`): no name, in whatever spelling,
and no number can stand in a file that is nothing but such codes.
"""

from __future__ import annotations

import re

from generator.outputs.search.word_codes import BLOCK_LETTERS, LETTERS, WORD_LETTERS
from generator.outputs.search.word_index import FOLDER

_NAME = re.compile(rf"{FOLDER}\d+\.txt")
_LINES = re.compile(rf"(?:[{LETTERS}]{{{WORD_LETTERS}}}(?:[{LETTERS}]{{{BLOCK_LETTERS}}})+\n)*".encode())


def is_word_list(name: str) -> bool:
    """Whether the file, by its path from the root of the site, is one of the index."""
    return _NAME.fullmatch(name) is not None


def is_sound_word_list(data: bytes) -> bool:
    """Whether it is nothing but lines of codes."""
    return _LINES.fullmatch(data) is not None
