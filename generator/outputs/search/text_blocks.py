"""篇块 (blocks): what search knows of a few pages that stand side by side in time, in one small file.

A hit is shown from its block, and ten hits of the same weeks come from one or two blocks. Where a block ends is a
matter of its records' addresses alone: a record that is added, changed or removed alters its own block, and at most the
one beside it, whatever was built before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from zlib import crc32

from generator.catalogue import wording
from generator.outputs.search.search_record import UNDATED, SearchRecord
from generator.outputs.search.word_codes import BLOCK_LETTERS, HIGHEST_BLOCK, WORD_LETTERS, code_of

FOLDER: Final = "search/texts/"
ON_AVERAGE: Final = 40
"""Records between two that begin a block."""
MOST_RECORDS: Final = 70
SMALL: Final = 110
"""Records of a registry that has them all in one block."""
MOST_BYTES: Final = 12_000
"""Bytes of text after which a block of undated pages ends."""
_FOLLOWS: Final = 0
"""Stands for what follows from the rest of the line: the section, the year, a state that is the value of its filter."""
_FIRST_YEAR: Final = 1900
_A_DAY: Final = 16
"""Blocks that can begin on one day; what comes after them is in the last."""
FIRST_UNDATED: Final = (date(2101, 1, 1) - date(_FIRST_YEAR, 1, 1)).days * _A_DAY
"""Blocks of undated pages count down from the highest number; none is below this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """一块: its number and its records' keys (:attr:`SearchRecord.key`), the oldest first."""

    number: int
    keys: tuple[str, ...]

    @property
    def code(self) -> str:
        """Its number as the index writes it. Later ones sort behind earlier ones, undated ones behind all."""
        return code_of(self.number, BLOCK_LETTERS)

    @property
    def path(self) -> str:
        """Its file."""
        return block_path(self.number)


def block_path(number: int) -> str:
    """The file of a block."""
    return f"{FOLDER}{number}.json"


def number_of_path(path: str) -> int:
    """The number of the block whose file it is."""
    return int(path.removeprefix(FOLDER).removesuffix(".json"))


def dated_blocks(keys: Iterable[str]) -> tuple[Block, ...]:
    """The blocks of dated records, by their keys, the oldest first."""
    found: dict[int, list[str]] = {}
    number = -1
    ordered = sorted(keys)
    few = len(ordered) <= SMALL
    for key in ordered:
        day, path = _day(key), key.partition(" ")[2]
        begins = not crc32(path.encode()) % ON_AVERAGE
        if number < 0 or (not few and (begins or len(found[number]) >= MOST_RECORDS)):
            if number // _A_DAY < day:
                number = day * _A_DAY
            elif number % _A_DAY < _A_DAY - 1:
                number += 1
        found.setdefault(number, []).append(key)
    return tuple(Block(number=number, keys=tuple(own)) for number, own in found.items())


def undated_blocks(sizes: Sequence[tuple[str, int]]) -> tuple[Block, ...]:
    """The blocks of undated pages, as (key, bytes of text), those to be looked at first in front."""
    groups: list[list[str]] = []
    room = 0
    for key, size in sizes:
        if room < size or not groups:
            groups.append([])
            room = MOST_BYTES
        groups[-1].append(key)
        room -= size
    return tuple(Block(number=HIGHEST_BLOCK - at, keys=tuple(own)) for at, own in enumerate(groups))


def block_file(records: Iterable[SearchRecord]) -> bytes:
    """A block's file, a record a line."""
    lines = (json.dumps(_row(record), ensure_ascii=False, separators=(",", ":")) for record in records)
    return b"[\n" + ",\n".join(lines).encode() + b"\n]\n"


def _row(record: SearchRecord) -> list[object]:
    status = record.filters.get(wording("search")["filters"]["status"], ())
    return [
        record.path,
        "" if record.date == UNDATED else record.date,
        record.title,
        "" if record.kicker == _usual_kicker(record.path, record.filters) else record.kicker,
        _FOLLOWS if (record.state,) == status else record.state,
        _values(record),
        record.text,
        [key for key in record.named if key not in {_without_organ(other) for other in record.named}],
        "".join(record.sounds),
    ]


def records_of(data: bytes) -> Iterator[SearchRecord]:
    """What :func:`block_file` wrote; of names and numbers only their keys, as names."""
    for path, day, title, kicker, state, values, text, named, sounds in json.loads(data):
        following = _following(path, day)
        filters: dict[str, tuple[str, ...]] = {
            name: (following[name],) if own == _FOLLOWS else (own,) if isinstance(own, str) else tuple(own)
            for name, own in zip(filter_order(), values, strict=False)
            if own or own == _FOLLOWS
        }
        status = filters.get(wording("search")["filters"]["status"], ())
        keys = dict.fromkeys(key for own in named for key in (_without_organ(own), own) if key)
        yield SearchRecord(
            date=day or UNDATED,
            path=path,
            title=title,
            kicker=kicker or _usual_kicker(path, filters),
            state=status[0] if state == _FOLLOWS else state,
            text=text,
            filters=filters,
            names=tuple(keys),
            sounds=tuple(sounds[at : at + WORD_LETTERS] for at in range(0, len(sounds), WORD_LETTERS)),
        )


def _usual_kicker(path: str, filters: Mapping[str, tuple[str, ...]]) -> str:
    """What stands above nearly every title: section, city and number. A block leaves it out."""
    names = wording("common")["filters"]
    return " · ".join(
        (*filters.get(names["section"], ()), *filters.get(names["city"], ()), path.split("/")[1])
    )


def _without_organ(key: str) -> str:
    """〔2026〕31号 of 〔2026〕31号武见公示, which a block leaves out; empty for a name, and for a number that has no organ."""
    number, sign, organ = key.partition("号")
    return number + sign if key.startswith("〔") and organ else ""


def filter_order() -> tuple[str, ...]:
    """Names of the filters, in the order in which a block has their values."""
    return tuple(wording("search")["filter_order"])


def _values(record: SearchRecord) -> list[str | list[str] | int]:
    """The value of each filter, or its values; empty for a filter that the record has not."""
    found: list[str | list[str] | int] = []
    following = _following(record.path, record.date)
    for name in filter_order():
        own = record.filters.get(name, ())
        follows = own == (following.get(name),)
        found.append(_FOLLOWS if follows else own[0] if len(own) == 1 else list(own))
    while found and found[-1] == []:
        found.pop()
    return found


def _following(path: str, day: str) -> dict[str, str]:
    """Filters and what each says of nearly every page, as its address and its date tell: a block leaves it out."""
    words, names = wording("search"), wording("common")["filters"]
    folder = words["folders"].get(path.split("/")[0])
    return ({} if folder is None else {names["section"]: folder}) | {names["year"]: day[:4]}


def _day(key: str) -> int:
    """Days since 1900 of the first day that a key may mean."""
    year, month, day = (*key.partition(" ")[0].split("-"), "1", "1")[:3]
    return (date(int(year), int(month), int(day)) - date(_FIRST_YEAR, 1, 1)).days
