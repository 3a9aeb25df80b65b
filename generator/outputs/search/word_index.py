"""词表 (word index): which blocks a word stands in.

The words lie in many small files, each line a word's code and the codes of its blocks, the newest first. A question
opens the files of its own few words, whatever the number of records. Where a block changes, the lines of words that
came or went are mended, and all other files stay as they are; an index built from nothing is the same, byte for byte.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from generator.outputs.search.search_record import SearchRecord
from generator.outputs.search.text_blocks import records_of
from generator.outputs.search.word_codes import (
    BLOCK_LETTERS,
    NAMED,
    NEAR,
    WORD_LETTERS,
    file_of,
    file_of_sound,
    filter_word,
    word_code,
)
from generator.spellings.han_words import HAN, words_of

FOLDER: Final = "search/words/"
_BYTES_A_FILE: Final = 2_500
_BYTES_OF_FEW: Final = 600
"""The same of a small site, whose blocks weigh more in a query: as long as there are no more than :data:`_FEW` files."""
_FEW: Final = 512
_OF_TEXT: Final = 2
"""Bytes of text for which the index has one, about."""
_WHOLE_NAME: Final = re.compile(rf"(?!.*某)[{HAN}]{{2,8}}")
"""A name as people write it: not masked, and none of a group."""


class Place(NamedTuple):
    """词的位置: the number of the file in which a word is looked up, and its code."""

    file: int
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockChange:
    """一块的增减: the places at which a block, by its code, is no longer named, and those at which it is now."""

    block: str
    gone: frozenset[Place]
    come: frozenset[Place]


def file_count(bytes_of_text: int) -> int:
    """Number of files for so many bytes of blocks: a power of two, so that it seldom changes."""
    of_few, of_many = (
        1 << (bytes_of_text // _OF_TEXT // size).bit_length() for size in (_BYTES_OF_FEW, _BYTES_A_FILE)
    )
    return max(min(of_few, _FEW), of_many)


def index_path(number: int) -> str:
    """A file of the index."""
    return f"{FOLDER}{number}.txt"


def searched_words(record: SearchRecord) -> Iterator[str]:
    """Every word that leads to a record: those it shows, its names and numbers from their beginning, and its filters."""
    values = [value for values in record.filters.values() for value in values]
    yield from words_of(" ".join((record.title, record.kicker, record.text, *values)))
    for key in record.named:
        # Of a name the first character alone too: 姓周.
        least = len(key) if key.startswith("〔") else 1
        yield from (f"{NAMED}{key[:end]}" for end in range(least, len(key) + 1))
        if _WHOLE_NAME.fullmatch(key):
            yield from (f"{NEAR}{slip}" for slip in _slips(key))
    for name, own in record.filters.items():
        yield from (filter_word(name, value) for value in own)


def _slips(name: str) -> Iterator[str]:
    """A name, and it without any one of its characters: two of which one has another character, or lacks one, have one
    of these in common."""
    yield name
    if len(name) > 2:
        yield from (name[:at] + name[at + 1 :] for at in range(len(name)))


def places_of(block: bytes, files: int) -> frozenset[Place]:
    """Where the words of a block, given as its file, are looked up."""
    records = tuple(records_of(block))
    words = {word for record in records for word in searched_words(record)}
    sounds = {code for record in records for code in record.sounds}
    return frozenset(
        (
            *(Place(file_of(word, files), word_code(word)) for word in words),
            *(Place(file_of_sound(code, files), code) for code in sounds),
        )
    )


def mended(lines: bytes, number: int, changes: Iterable[BlockChange]) -> bytes:
    """The file ``number`` of the index, whose bytes were ``lines``, after ``changes``."""
    found = {line[:WORD_LETTERS]: line[WORD_LETTERS:] for line in lines.decode("ascii").splitlines()}
    blocks: defaultdict[str, set[str]] = defaultdict(set)
    for change in changes:
        for places, add in ((change.gone, False), (change.come, True)):
            for code in (place.code for place in places if place.file == number):
                if code not in blocks:
                    blocks[code] = set(_codes(found.get(code, "")))
                (blocks[code].add if add else blocks[code].discard)(change.block)
    found |= {code: "".join(sorted(own, reverse=True)) for code, own in blocks.items()}
    return "".join(f"{code}{found[code]}\n" for code in sorted(found) if found[code]).encode("ascii")


def indexed(blocks: Mapping[str, frozenset[Place]]) -> dict[int, bytes]:
    """The files of the index of ``blocks``, by their codes; none for a file without a word."""
    found: defaultdict[int, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for block in sorted(blocks, reverse=True):
        for place in blocks[block]:
            found[place.file][place.code].append(block)
    return {
        number: "".join(f"{code}{''.join(own)}\n" for code, own in sorted(words.items())).encode("ascii")
        for number, words in found.items()
    }


def _codes(line: str) -> Iterator[str]:
    return (line[at : at + BLOCK_LETTERS] for at in range(0, len(line), BLOCK_LETTERS))
