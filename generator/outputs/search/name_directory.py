"""姓名文号簿 (directory): from a name or a decision number straight to its pages.

Entries lie in many small files. The first two characters of a name decide which file holds it. So the
browser fetches a few kilobytes whatever the number of records, and finds a name typed in part.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from generator.outputs.search.search_record import SearchRecord
from generator.spellings.han_words import name_key, number_keys

ENTRIES_A_FILE = 48
"""Entries a file on average."""
_SPILLS = 16

Entry = tuple[str, str, str, str, str]
"""date, path, title, kicker, state."""


def keys_of(record: SearchRecord) -> Iterator[str]:
    """The keys under which a record is entered, each once."""
    keys = [name_key(name) for name in record.names]
    keys += [key for number in record.numbers for key in number_keys(number)]
    yield from dict.fromkeys(key for key in keys if key)


def bucket_count(entries: int) -> int:
    """Number of files for so many entries: a power of two."""
    return 1 << max(0, (entries // ENTRIES_A_FILE).bit_length())


def bucket_of(key: str, count: int) -> int:
    """Number of the file that ``key`` is in: FNV-1a of its lead, over UTF-16 code units.

    The lead is the first two characters of a name, and a decision number without the organ's words.
    """
    lead = key[: key.index("号") + 1] if key.startswith("〔") else key[:2]
    units = lead.encode("utf-16-le")
    value = 0x811C9DC5
    for at in range(0, len(units), 2):
        value = (value ^ int.from_bytes(units[at : at + 2], "little")) * 0x01000193 & 0xFFFFFFFF
    return value % count


class DirectoryWriter:
    """登记簿的写入: entries go to a few files on disk, and from there into their buckets.

    Memory holds a sixteenth of the entries at a time.
    """

    def __init__(self, spool: Path, count: int, open_files: ExitStack) -> None:
        self.count = count
        self.paths = [spool / f"names-{number:02}.lines" for number in range(_SPILLS)]
        self.files: list[BinaryIO] = [open_files.enter_context(path.open("wb")) for path in self.paths]

    def add(self, record: SearchRecord) -> None:
        """Enter ``record`` under each of its keys."""
        entry: Entry = (record.date, record.path, record.title, record.kicker, record.state)
        for key in keys_of(record):
            bucket = bucket_of(key, self.count)
            line = json.dumps([bucket, key, entry], ensure_ascii=False, separators=(",", ":"))
            self.files[bucket % _SPILLS].write(line.encode() + b"\n")

    def write(self, folder: Path) -> None:
        """Write ``<bucket>.json`` into ``folder``: key → entries, newest first. Empty ones too: a name that
        nobody has is no error."""
        folder.mkdir(parents=True, exist_ok=True)
        for number, (path, file) in enumerate(zip(self.paths, self.files, strict=True)):
            file.close()
            buckets: dict[int, dict[str, list[Entry]]] = {
                bucket: defaultdict(list) for bucket in range(number, self.count, _SPILLS)
            }
            with path.open("rb") as lines:
                for line in lines:
                    bucket, key, entry = json.loads(line)
                    buckets[bucket][key].append(tuple(entry))
            path.unlink()
            for bucket, found in buckets.items():
                ordered = {key: sorted(found[key], reverse=True) for key in sorted(found)}
                text = json.dumps(ordered, ensure_ascii=False, separators=(",", ":"))
                (folder / f"{bucket}.json").write_text(text, encoding="utf-8")
