"""审批簿 (approval book): who submitted which state of a record, who approved it, and when; ``registry/approvals/``.

One JSON line an event, a file a year, only ever added to. It is private, read by ``yiyong check`` and ``yiyong desk``, and
no part of any site. An approval is of bytes: with one byte changed, nothing is approved any more.

It records what two people said, each under a name of their own giving and the account of the system in which they
worked. It proves no more than the permissions of the files do: whoever may write the book could write anything into it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Literal

from generator.diagnostics import Diagnostic, Place, diagnose
from generator.project.discovery import APPROVALS
from generator.source.model.published import instant

ApprovalRule = Literal["none", "names", "accounts"]
"""要不要第二个人批准: not at all; by another name; by another name in another account of the system."""

_RECORD_FILE = 0o640


class Step(StrEnum):
    """审批的一步."""

    BEGUN = "begun"
    """A draft was begun, on top of the record with these ``data`` (empty for a new one)."""
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    PLACED = "placed"
    """Put in its place by one person alone, where nobody has to approve."""
    TAKEN_OVER = "taken_over"
    """按现状登记: the record stood here before approval was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookEntry:
    """审批簿的一条. ``record`` is the record's path below ``registry/cases`` without its ending; ``data`` the SHA-256 of its
    bytes, ``page`` that of the public pages that were seen with it; ``account`` is of the system."""

    at: str
    step: Step
    record: str
    by: str
    account: str
    data: str
    page: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """审批簿, in order. ``faults`` are (file, line) that could not be read."""

    entries: tuple[BookEntry, ...] = ()
    faults: tuple[tuple[str, int], ...] = ()

    def of(self, record: str) -> tuple[BookEntry, ...]:
        """What happened to one record, the earliest first."""
        return tuple(entry for entry in self.entries if entry.record == record)


def record_name(path: str) -> str:
    """``registry/cases/wuhan/2026/wh26-0001.yml`` → ``wuhan/2026/wh26-0001``; drafts and records have the same."""
    return path.removesuffix(".yml").split("/", 2)[2]


def digest_of_bytes(data: bytes) -> str:
    """散列 of a record's bytes."""
    return sha256(data).hexdigest()


def read_book(root: Path) -> Book:
    """The whole book of the project in ``root``."""
    entries: list[BookEntry] = []
    faults: list[tuple[str, int]] = []
    for path in sorted((root / APPROVALS).glob("[0-9][0-9][0-9][0-9].jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            entry = _entry(line)
            if entry is None:
                faults.append((path.relative_to(root).as_posix(), number))
            else:
                entries.append(entry)
    return Book(entries=tuple(entries), faults=tuple(faults))


def _entry(line: str) -> BookEntry | None:
    try:
        read = json.loads(line)
        made = BookEntry(**{**read, "step": Step(read["step"])})
    except (ValueError, TypeError, KeyError):
        return None
    return made if all(isinstance(value, str) for value in asdict(made).values()) else None


def note_in_book(root: Path, entry: BookEntry) -> None:
    """Add one event at the end. It is on the disk when this returns."""
    path = root / APPROVALS / f"{entry.at[:4]}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps(asdict(entry), ensure_ascii=False) + "\n"
    with path.open("ab", buffering=0) as file:
        file.write(line.encode())
        os.fsync(file.fileno())
    path.chmod(_RECORD_FILE)


def entry_now(
    step: Step, *, record: str, by: str, account: str, data: str, at: datetime, page: str = "", note: str = ""
) -> BookEntry:
    """An event of this moment."""
    return BookEntry(
        at=instant(at), step=step, record=record, by=by, account=account, data=data, page=page, note=note
    )


def approval_of(entries: Iterable[BookEntry], data: str, rule: ApprovalRule) -> BookEntry | None:
    """The approval that stands for a record whose bytes have the digest ``data``; None where none does: of other bytes,
    or by whoever submitted them."""
    submitted: BookEntry | None = None
    standing: BookEntry | None = None
    for entry in entries:
        match entry.step:
            case Step.SUBMITTED:
                submitted = entry
            case Step.TAKEN_OVER:
                standing = entry
            case Step.APPROVED if submitted is not None and submitted.data == entry.data:
                standing = entry if may_approve(submitted, entry.by, entry.account, rule) else None
            case _:
                continue
    return standing if standing is not None and standing.data == data else None


def may_approve(submitted: BookEntry, by: str, account: str, rule: ApprovalRule) -> bool:
    """Whether ``by``, working in ``account``, is somebody else than who submitted."""
    if by.casefold() == submitted.by.casefold():
        return False
    return rule != "accounts" or account.casefold() != submitted.account.casefold()


def check_approvals(root: Path, files: Iterable[Path], rule: ApprovalRule) -> Iterator[Diagnostic]:
    """未经批准的改动: every record whose bytes nobody but their author has approved."""
    if rule == "none":
        return
    book = read_book(root)
    for path, line in book.faults:
        yield diagnose("DSK112", Place(path=path, line=line))
    by_record: dict[str, list[BookEntry]] = {}
    for entry in book.entries:
        by_record.setdefault(entry.record, []).append(entry)
    for file in files:
        path = file.relative_to(root).as_posix()
        entries = by_record.get(record_name(path), [])
        try:
            data = digest_of_bytes(file.read_bytes())
        except OSError:  # told by whoever reads the record
            continue
        if approval_of(entries, data, rule) is None:
            place = Place(path=path, shown=False)
            yield diagnose(_reason(entries, data), place)


def _reason(entries: list[BookEntry], data: str) -> str:
    """DSK111 where the last approval is of these bytes, and by somebody who may not; DSK110 where nobody approved them."""
    approved = [entry.data for entry in entries if entry.step is Step.APPROVED]
    return "DSK111" if approved[-1:] == [data] else "DSK110"
