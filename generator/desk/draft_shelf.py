"""草稿架 (draft shelf): where a record is written until it is right and, where the office wants it, approved.

A draft lies in ``registry/drafts/``, under the path of its record. Nothing is built of it. So it may be half done or
wrong, and the site can be built at any time. The record itself is replaced in one go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.desk.record_writing import save
from generator.project.discovery import CASES, DRAFTS
from generator.publication_log.approval_book import digest_of_bytes

RECORD_NAME = re.compile(r"[a-z][a-z0-9-]*/[0-9]{4}/[A-Za-z0-9][A-Za-z0-9-]*")
"""A record's path below ``registry/cases`` without its ending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """一案的两份文件, as they were read: the record in its place and the draft over it; None for one that is not there."""

    record: str
    placed: bytes | None
    draft: bytes | None

    @property
    def data(self) -> bytes:
        """What is worked on: the draft, if there is one."""
        found = self.draft if self.draft is not None else self.placed
        assert found is not None
        return found

    @property
    def text(self) -> str:
        """The same as text."""
        return self.data.decode("utf-8-sig")

    @property
    def digest(self) -> str:
        """散列 of what is worked on."""
        return digest_of_bytes(self.data)

    @property
    def placed_digest(self) -> str:
        """散列 of the record in its place; empty where there is none."""
        return "" if self.placed is None else digest_of_bytes(self.placed)


def read_shelved(root: Path, record: str) -> Shelved | None:
    """One record; None where there is neither record nor draft, and for a name that is none."""
    if not RECORD_NAME.fullmatch(record):
        return None
    placed, draft = _bytes(root / placed_path(record)), _bytes(root / draft_path(record))
    return None if placed is None and draft is None else Shelved(record=record, placed=placed, draft=draft)


def drafted(root: Path) -> Iterator[str]:
    """Names of all records that have a draft, sorted."""
    for path in sorted((root / DRAFTS.base).glob("*/*/*.yml")):
        name = path.relative_to(root / DRAFTS.base).as_posix().removesuffix(".yml")
        if RECORD_NAME.fullmatch(name):
            yield name


def write_draft(root: Path, record: str, text: str) -> None:
    """Write the draft, whole or not at all."""
    save(root / draft_path(record), text)


def put_in_its_place(root: Path, record: str, data: bytes) -> None:
    """The draft becomes the record."""
    save(root / placed_path(record), data.decode("utf-8"))
    drop_draft(root, record)


def drop_draft(root: Path, record: str) -> None:
    """Take the draft away."""
    (root / draft_path(record)).unlink(missing_ok=True)


def placed_path(record: str) -> str:
    """Path of the record below the project."""
    return f"{CASES.base}/{record}.yml"


def draft_path(record: str) -> str:
    """Path of its draft."""
    return f"{DRAFTS.base}/{record}.yml"


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() and not path.is_symlink() else None
