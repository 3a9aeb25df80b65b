"""检索的文件 (files of the search): blocks, which are read page by page, and word lists, which hold no words.

A code of the word list is made of letters without vowels (:mod:`generator.outputs.search.word_codes`): no name, in
whatever spelling, and no number can stand in a file that is nothing but such codes. What they lead to stands in the
blocks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from generator.outputs.search.text_blocks import FOLDER as TEXTS
from generator.outputs.search.word_codes import BLOCK_LETTERS, LETTERS, WORD_LETTERS
from generator.outputs.search.word_index import FOLDER as WORDS

_BLOCK, _LIST = re.compile(rf"{TEXTS}\d+\.json"), re.compile(rf"{WORDS}\d+\.txt")
_LINES = re.compile(rf"(?:[{LETTERS}]{{{WORD_LETTERS}}}(?:[{LETTERS}]{{{BLOCK_LETTERS}}})+\n)*".encode())


def is_block(name: str) -> bool:
    """Whether the file, by its path from the root of the site, is a block."""
    return _BLOCK.fullmatch(name) is not None


def rows_of_block(data: bytes) -> Iterator[tuple[str, str]]:
    """(line, address of its page) of every line of a block; no address for its first and last. Raises ``ValueError``
    for a line that is of no one page."""
    for line in data.decode("utf-8").split("\n"):
        if line in ("[", "]", ""):
            yield line, ""
            continue
        row = json.loads(line.removesuffix(","))
        if not isinstance(row, list) or not row or not isinstance(row[0], str):
            raise ValueError("a line of a search block that is no page's")
        yield line, row[0]


def is_word_list(name: str) -> bool:
    """Whether the file, by its path from the root of the site, is one of the index."""
    return _LIST.fullmatch(name) is not None


def is_sound_word_list(data: bytes) -> bool:
    """Whether it is nothing but lines of codes."""
    return _LINES.fullmatch(data) is not None
