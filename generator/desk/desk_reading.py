"""办公桌上看得到什么 (what a desk reads): settings, the approval book, and where every record stands.

Read anew when it changed: the project's folder is what several desks share.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from time import monotonic
from typing import Any

from generator.desk.draft_shelf import Shelved, drafted, read_shelved
from generator.desk.portrait_files import portrait_path
from generator.desk.registered_numbers import Registered, note_numbers, registered
from generator.disclosure.portrait_picture import PictureError, read_picture
from generator.pipeline.one_case import judge_case
from generator.pipeline.prepare import chosen_instant
from generator.project.discovery import APPROVALS
from generator.project.settings import LoadedSettings, Settings, load_settings
from generator.public.list_rows import NoticeRow
from generator.publication_log.approval_book import (
    ApprovalRule,
    BookEntry,
    Step,
    approval_of,
    portraits_named,
    read_book,
    record_name,
    record_path,
)
from generator.source.yaml_reader import UnreadableError, read_tree

_OLD = 1.0
"""Seconds after which settings are looked at again."""


class Standing(StrEnum):
    """一案办到哪里 at the desk."""

    PLACED = "placed"
    """As it stands in the register; nothing waits."""
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    UNAPPROVED = "unapproved"
    """It stands in the register, and nobody approved it as it is."""
    WITHDRAWN = "withdrawn"
    """紧急撤下: one person alone withdrew something, and it stands in the register until somebody else confirms it."""


class RefusedError(Exception):
    """办不了: ``why`` is a key of the desk's own words."""

    def __init__(self, why: str, **facts: str) -> None:
        super().__init__(why)
        self.why, self.facts = why, facts


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRecord:
    """打开的一案. ``tree`` is the record as it was read; None where the file cannot be read. ``begun`` is who began the
    draft and on top of what, ``submitted`` and ``returned`` what came of it."""

    shelved: Shelved
    tree: dict[str, Any] | None
    standing: Standing
    begun: BookEntry | None = None
    submitted: BookEntry | None = None
    returned: BookEntry | None = None
    voided: BookEntry | None = None
    """A submission that counts no more, because the draft was changed after it."""

    @property
    def overtaken(self) -> bool:
        """Whether the record in its place was changed since the draft was begun on top of it."""
        draft = self.shelved.draft
        return draft is not None and self.begun is not None and self.begun.data != self.shelved.placed_digest


@dataclass(slots=True)
class DeskReading:
    """一张办公桌所见. ``who`` is the name its owner gave, ``account`` that of the system; ``clock`` is asked for every
    step."""

    root: Path
    who: str
    account: str
    clock: Callable[[], datetime]
    as_of: datetime | None = None
    _loaded: LoadedSettings | None = field(default=None, init=False)
    _look: object = field(default=None, init=False)
    _looked: float = field(default=float("-inf"), init=False)
    _book: tuple[object, Mapping[str, tuple[BookEntry, ...]]] = field(default=(None, {}), init=False)
    _rows: dict[tuple[str, datetime], NoticeRow | None] = field(default_factory=dict, init=False)

    @property
    def loaded(self) -> LoadedSettings:
        """The project's settings and files, read again when something there changed."""
        # Asked several times for one page; between two pages of a second nothing is missed that matters.
        if self._loaded is None or monotonic() - self._looked > _OLD:
            look = _look_of(self.root)
            if self._loaded is None or look != self._look:
                self._loaded, self._look = load_settings(self.root), look
            self._looked = monotonic()
        return self._loaded

    def entries(self, record: str) -> tuple[BookEntry, ...]:
        """What the approval book says of one record."""
        files = sorted((self.root / APPROVALS).glob("*.jsonl"))
        look = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in files]
        if look != self._book[0]:
            by_record: dict[str, list[BookEntry]] = {}
            for entry in read_book(self.root).entries:
                by_record.setdefault(entry.record, []).append(entry)
            self._book = (look, {name: tuple(found) for name, found in by_record.items()})
        return self._book[1].get(record, ())

    @property
    def settings(self) -> Settings:
        """The project's settings. Raises :class:`RefusedError` where they are faulty."""
        settings = self.loaded.settings
        if settings is None:
            raise RefusedError("settings")
        return settings

    @property
    def rule(self) -> ApprovalRule:
        """Whether somebody else must approve."""
        return self.settings.site.approval

    def moment(self) -> datetime:
        """The instant of which the desk speaks: the sample's own, or now."""
        return chosen_instant(self.as_of, self.settings.site, self.clock())

    def open(self, record: str) -> OpenRecord:
        """One record. Raises :class:`RefusedError` where there is none."""
        shelved = read_shelved(self.root, record)
        if shelved is None:
            raise RefusedError("no_record")
        entries = self.entries(record)
        begun = submitted = returned = voided = None
        for entry in entries:
            match entry.step:
                case Step.BEGUN:
                    begun, submitted, returned = entry, None, None
                case Step.SUBMITTED:
                    submitted, returned = entry, None
                case Step.RETURNED:
                    submitted, returned = None, entry
                case Step.WITHDRAWN:
                    begun, submitted, returned = None, entry, None
                case _:
                    begun = submitted = returned = None
        if submitted is not None and submitted.data != shelved.digest:
            submitted, voided = None, submitted
        approval = approval_of(entries, shelved.digest, self.rule) if shelved.draft is None else None
        standing = Standing.DRAFT
        if approval is not None and approval.step is Step.WITHDRAWN:
            standing, submitted = Standing.WITHDRAWN, approval
        elif submitted is not None:
            standing = Standing.SUBMITTED
        elif shelved.draft is None:
            approved = self.rule == "none" or approval is not None
            standing = Standing.PLACED if approved else Standing.UNAPPROVED
        elif returned is not None:
            standing = Standing.RETURNED
        return OpenRecord(
            shelved=shelved,
            tree=read_record(shelved.data),
            standing=standing,
            begun=begun,
            submitted=submitted,
            returned=returned,
            voided=voided,
        )

    def unapproved(self) -> tuple[str, ...]:
        """Records in their place that nobody approved as they are."""
        if self.rule == "none":
            return ()
        return tuple(
            record
            for record in (*self.records(), *self.decisions())
            if (shelved := read_shelved(self.root, record)) is not None
            and shelved.placed is not None
            and approval_of(self.entries(record), shelved.placed_digest, self.rule) is None
        )

    def records(self) -> tuple[str, ...]:
        """Names of all records in their place."""
        base = self.root / "registry" / "cases"
        return tuple(
            path.relative_to(base).as_posix().removesuffix(".yml") for path in self.loaded.case_files
        )

    def decisions(self) -> tuple[str, ...]:
        """Names of all decisions."""
        return tuple(
            record_name(path.relative_to(self.root).as_posix()) for path in self.loaded.decision_files
        )

    def waiting(self) -> tuple[str, ...]:
        """Records that are drafts, and so no part of what is published."""
        return tuple(drafted(self.root))

    def tree_of(self, text: str) -> dict[str, Any] | None:
        """The record as it is read; None where it cannot be."""
        return read_record(text.encode())

    def notice_row(self, record: str) -> NoticeRow | None:
        """How the notice of a record in its place stands now; None where none is public."""
        shelved = read_shelved(self.root, record)
        if shelved is None or shelved.placed is None:
            return None
        key = (shelved.placed_digest, self.moment())
        if key not in self._rows:
            one = judge_case(self.loaded, self.settings, record_path(record), shelved.placed, key[1])
            self._rows[key] = one.row
        return self._rows[key]

    def registered(self, jurisdiction: str) -> Registered:
        """Numbers that are given out, drafts included."""
        known = registered(self.settings, jurisdiction)
        for record in drafted(self.root):
            shelved = read_shelved(self.root, record)
            tree = read_record(shelved.data) if shelved is not None else None
            if tree is not None:
                note_numbers(known, tree)
        return known

    def picture(self, record: str, name: str) -> bytes | None:
        """The picture ``name`` as it would be published; None where the record names none such, or it cannot be used."""
        shelved = read_shelved(self.root, record)
        if shelved is None or name not in portraits_named(shelved.data):
            return None
        try:
            return read_picture(self.root / portrait_path(record_path(record), name), self.root).data
        except PictureError:
            return None


def people_of(tree: Mapping[str, Any]) -> str:
    """Names of the persons of a record, or of its group, for staff."""
    persons, group = tree.get("persons"), tree.get("group")
    names = [
        str(item.get("name", item.get("name_as_published", "")))
        for item in (persons if isinstance(persons, list) else ())
        if isinstance(item, dict)
    ]
    if isinstance(group, dict):
        names.append(str(group.get("name", "")))
    return "、".join(name for name in names if name)


def summary_of(tree: Mapping[str, Any]) -> str:
    """一句话事迹 of a record; empty where it has none yet."""
    act = tree.get("act")
    return str(act.get("summary", "")) if isinstance(act, dict) else ""


def read_record(data: bytes) -> dict[str, Any] | None:
    """The record as it is read; None where it cannot be."""
    try:
        tree: Any = read_tree(data)
    except UnreadableError:
        return None
    return tree if isinstance(tree, dict) else None


def persons_in(text: str) -> list[Any]:
    """What stands in its list of persons."""
    tree = read_record(text.encode())
    persons = tree.get("persons") if tree is not None else None
    return persons if isinstance(persons, list) else []


def _look_of(root: Path) -> tuple[tuple[str, int, int], ...]:
    """How settings, law and the names of records look."""
    found = []
    for top in ("site_config", "content/policies"):
        for path in sorted((root / top).rglob("*.yml")):
            status = path.stat()
            found.append((str(path), status.st_mtime_ns, status.st_size))
    for top in ("registry/cases", "registry/decisions"):
        found += [(str(path), 0, 0) for path in sorted((root / top).rglob("*.yml"))]
    return tuple(found)
