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
from generator.project.discovery import DRAFTS
from generator.publication_log.approval_book import is_decision, record_digest, record_path

RECORD_NAME = re.compile(r"(?:decisions/)?[a-z][a-z0-9-]*/[0-9]{4}/[A-Za-z0-9][A-Za-z0-9-]*")
"""Name of a case or a decision (:func:`~generator.publication_log.approval_book.record_name`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """一案的两份文件, as they were read: the record in its place and the draft over it; None for one that is not there.
    ``digest`` is the 散列 of what is worked on, ``placed_digest`` of the record in its place, empty where there is none."""

    record: str
    placed: bytes | None
    draft: bytes | None
    digest: str
    placed_digest: str

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


def read_shelved(root: Path, record: str) -> Shelved | None:
    """One record; None where there is neither record nor draft, and for a name that is none."""
    if not RECORD_NAME.fullmatch(record):
        return None
    placed = _bytes(root / record_path(record))
    # A decision is written in its place: nobody fills in a form for it.
    draft = None if is_decision(record) else _bytes(root / draft_path(record))
    data = draft if draft is not None else placed
    if data is None:
        return None
    return Shelved(
        record=record,
        placed=placed,
        draft=draft,
        digest=record_digest(root, record, data),
        placed_digest="" if placed is None else record_digest(root, record, placed),
    )


def drafted(root: Path) -> Iterator[str]:
    """Names of all records that have a draft, sorted."""
    for path in sorted((root / DRAFTS.base).glob("*/*/*.yml")):
        name = path.relative_to(root / DRAFTS.base).as_posix().removesuffix(".yml")
        if RECORD_NAME.fullmatch(name):
            yield name


def write_draft(root: Path, record: str, text: str) -> None:
    """Write the draft, whole or not at all."""
    save(root / draft_path(record), text)


def place(root: Path, record: str, data: bytes) -> None:
    """``data`` become the record."""
    save(root / record_path(record), data.decode("utf-8"))


def drop_draft(root: Path, record: str) -> None:
    """Take the draft away."""
    (root / draft_path(record)).unlink(missing_ok=True)


def draft_path(record: str) -> str:
    """Path of its draft."""
    return f"{DRAFTS.base}/{record}.yml"


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() and not path.is_symlink() else None
