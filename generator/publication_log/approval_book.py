"""审批簿 (approval book): who submitted which state of a record, who approved it, and when; ``registry/approvals/``.

One JSON line an event, a file a year, only ever added to. It is private, read by ``yiyong check`` and ``yiyong desk``, and
no part of any site. An approval is of bytes, those of the portraits that a record names among them: with one byte changed,
nothing is approved any more.

Somebody in danger cannot wait for a second person. So one person alone may withdraw (:attr:`Step.WITHDRAWN`) what was
approved; that counts like an approval, and is told until somebody else has looked at it.

It records what two people said, each under a name of their own giving and the account of the system in which they
worked. It proves no more than the permissions of the files do: whoever may write the book could write anything into it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from generator.diagnostics import Diagnostic, Place, diagnose
from generator.project.discovery import APPROVALS, CASES, DECISIONS, portrait_file
from generator.source.model.published import instant
from generator.source.model.scalars import PICTURE_NAME
from generator.source.yaml_reader import UnreadableError, read_tree

ApprovalRule = Literal["none", "names", "accounts"]
"""要不要第二个人批准: not at all; by another name; by another name in another account of the system."""

APPROVAL_CODES = ("DSK110", "DSK111", "DSK112", "DSK115")
"""Codes of everything that :func:`check_approvals` tells."""
_BOOK_FILE = 0o660
"""Of the owner and the group: two people write it, each in an account of their own."""
_OF_DECISIONS = "decisions/"
"""Before the name of a decision, which else could be that of a case."""


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
    WITHDRAWN = "withdrawn"
    """紧急撤下: one person alone let the public see less of a record that was approved, to be confirmed by another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookEntry:
    """审批簿的一条. ``record`` is its name (:func:`record_name`); ``data`` the digest of the record, ``page`` that of the
    public pages that were seen with it, ``base`` that of the record from which something was withdrawn; ``account`` is of
    the system."""

    at: str
    step: Step
    record: str
    by: str
    account: str
    data: str
    page: str = ""
    note: str = ""
    base: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """审批簿, in order. ``faults`` are (file, line) that could not be read."""

    entries: tuple[BookEntry, ...] = ()
    faults: tuple[tuple[str, int], ...] = ()

    def of(self, record: str) -> tuple[BookEntry, ...]:
        """What happened to one record, the earliest first."""
        return tuple(entry for entry in self.entries if entry.record == record)


def record_name(path: str) -> str:
    """``registry/cases/wuhan/2026/wh26-0001.yml`` → ``wuhan/2026/wh26-0001``; drafts and records have the same. That of a
    decision has ``decisions/`` before it."""
    name = path.removesuffix(".yml").split("/", 2)[2]
    return f"{_OF_DECISIONS}{name}" if path.startswith(f"{DECISIONS.base}/") else name


def is_decision(record: str) -> bool:
    """Whether a name is that of a decision."""
    return record.startswith(_OF_DECISIONS)


def record_path(record: str) -> str:
    """Where the record of this name stands in the project, the other way round."""
    if is_decision(record):
        return f"{DECISIONS.base}/{record.removeprefix(_OF_DECISIONS)}.yml"
    return f"{CASES.base}/{record}.yml"


def digest_of_bytes(data: bytes) -> str:
    """散列 of bytes."""
    return sha256(data).hexdigest()


def record_digest(root: Path, record: str, data: bytes) -> str:
    """散列 of a record with the bytes ``data``, and of the portraits that it names."""
    made = sha256(data)
    for name in portraits_named(data):
        file = portrait_file(root / record_path(record), root, name)
        made.update(b"\0" + (sha256(file.read_bytes()).digest() if file.is_file() else b""))
    return made.hexdigest()


def portraits_named(data: bytes) -> tuple[str, ...]:
    """Names of the pictures of a record with the bytes ``data``, in its order; none of what cannot be read."""
    if b"portrait" not in data:
        return ()
    try:
        tree: Any = read_tree(data)
    except UnreadableError:
        return ()
    persons = tree.get("persons") if isinstance(tree, dict) else None
    portraits = (
        item.get("portrait")
        for item in (persons if isinstance(persons, list) else ())
        if isinstance(item, dict)
    )
    files = (item.get("file") for item in portraits if isinstance(item, dict))
    return tuple(name for name in files if isinstance(name, str) and re.fullmatch(PICTURE_NAME, name))


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
        datetime.fromisoformat(made.at)
    except (ValueError, TypeError, KeyError):
        return None
    return made if all(isinstance(value, str) for value in asdict(made).values()) else None


def note_in_book(root: Path, entry: BookEntry) -> None:
    """Add one event at the end. It is on the disk when this returns."""
    path = root / APPROVALS / f"{entry.at[:4]}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    is_new = not path.exists()
    line = json.dumps(asdict(entry), ensure_ascii=False) + "\n"
    with path.open("ab", buffering=0) as file:
        file.write(line.encode())
        os.fsync(file.fileno())
    if is_new:
        path.chmod(_BOOK_FILE)


def entry_now(
    step: Step,
    *,
    record: str,
    by: str,
    account: str,
    data: str,
    at: datetime,
    page: str = "",
    note: str = "",
    base: str = "",
) -> BookEntry:
    """An event of this moment."""
    return BookEntry(
        at=instant(at),
        step=step,
        record=record,
        by=by,
        account=account,
        data=data,
        page=page,
        note=note,
        base=base,
    )


def approval_of(entries: Iterable[BookEntry], data: str, rule: ApprovalRule) -> BookEntry | None:
    """The entry by which a record with the digest ``data`` may be published; None where there is none: of other bytes,
    or by whoever submitted them. One of :attr:`Step.WITHDRAWN` waits for somebody else to confirm it."""
    submitted: BookEntry | None = None
    standing: BookEntry | None = None
    for entry in entries:
        match entry.step:
            case Step.SUBMITTED:
                submitted = entry
            case Step.TAKEN_OVER:
                standing = entry
            case Step.WITHDRAWN if standing is not None and standing.data == entry.base:
                submitted = standing = entry
            case Step.APPROVED if submitted is not None and submitted.data == entry.data:
                if may_approve(submitted, entry.by, entry.account, rule):
                    standing = entry
                elif submitted.step is not Step.WITHDRAWN:
                    standing = None
            case _:
                continue
    return standing if standing is not None and standing.data == data else None


def may_approve(submitted: BookEntry, by: str, account: str, rule: ApprovalRule) -> bool:
    """Whether ``by``, working in ``account``, is somebody else than who submitted."""
    if by.casefold() == submitted.by.casefold():
        return False
    return rule != "accounts" or account.casefold() != submitted.account.casefold()


def check_approvals(
    root: Path, files: Mapping[str, Path], rule: ApprovalRule, today: date
) -> Iterator[Diagnostic]:
    """未经批准的改动: every record whose bytes nobody but their author has approved, and what was withdrawn and waits for
    somebody else to confirm it. ``files`` holds what is to be published by its path below ``root``."""
    if rule == "none":
        return
    book = read_book(root)
    for path, line in book.faults:
        yield diagnose("DSK112", Place(path=path, line=line))
    by_record: dict[str, list[BookEntry]] = {}
    for entry in book.entries:
        by_record.setdefault(entry.record, []).append(entry)
    for path, file in files.items():
        record = record_name(path)
        entries = by_record.get(record, [])
        try:
            data = record_digest(root, record, file.read_bytes())
        except OSError:  # told by whoever reads the record
            continue
        found, place = approval_of(entries, data, rule), Place(path=path, shown=False)
        if found is None:
            yield diagnose(_reason(entries, data), place)
        elif found.step is Step.WITHDRAWN:
            on = found.at[:10]
            days = (today - date.fromisoformat(on)).days
            yield diagnose("DSK115", place, terms={"on": on, "days": str(max(days, 0))})


def _reason(entries: list[BookEntry], data: str) -> str:
    """DSK111 where the last approval is of these bytes, and by somebody who may not; DSK110 where nobody approved them."""
    approved = [entry.data for entry in entries if entry.step is Step.APPROVED]
    return "DSK111" if approved[-1:] == [data] else "DSK110"
