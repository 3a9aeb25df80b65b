"""办公桌上的事 (desk work): open a record, change it, have it judged, submit it, approve it, put it in its place.

What a page of ``yiyong desk`` shows and does, without anything of the web. One person works at one desk; the project's
folder is what several desks share.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from time import monotonic
from typing import Any, get_args

from generator.catalogue import desk_wording
from generator.desk.case_form import FIXED, RECORD, Trouble, field_titles, step_of, titled
from generator.desk.draft_shelf import (
    Shelved,
    drafted,
    drop_draft,
    place,
    read_shelved,
    write_draft,
)
from generator.desk.form_editing import Edited, edited, with_keys
from generator.desk.portrait_files import (
    drop_pictures,
    keep_picture,
    picture_problem,
    portrait_name,
    portrait_path,
)
from generator.desk.public_changes import changes_between, files_of, pages_digest, review_between
from generator.desk.pure_withdrawal import (
    beyond_withdrawal,
    hidden_names,
    leaves,
    showing_more,
    takes_out,
    withdraws,
)
from generator.desk.record_drafts import Draft, check_drafts, ordered
from generator.desk.record_writing import editable, written
from generator.desk.registered_numbers import Registered, note_numbers, numbered, registered
from generator.desk.site_diff import SiteChange
from generator.desk.site_review import Review
from generator.desk.withdrawal import mask_everybody, masked_decisions, public_numbers, with_notes
from generator.diagnostics import Diagnostic, Place, Severity, diagnose, has_errors
from generator.diagnostics.phrasing import words_of
from generator.disclosure.portrait_picture import (
    PictureError,
    read_picture,
    redrawn,
)
from generator.pipeline.one_case import OneCase, judge_case, site_context
from generator.pipeline.prepare import check_project, chosen_instant
from generator.pipeline.produce import Produced, produce
from generator.project.discovery import APPROVALS
from generator.project.settings import LoadedSettings, Settings, load_settings
from generator.public.documents import Kind
from generator.public.list_rows import NoticeRow
from generator.publication_log.approval_book import (
    APPROVAL_CODES,
    ApprovalRule,
    BookEntry,
    Step,
    approval_of,
    entry_now,
    is_decision,
    may_approve,
    note_in_book,
    portraits_named,
    read_book,
    record_digest,
    record_name,
    record_path,
)
from generator.source.finding import format_path
from generator.source.model.instant import SHANGHAI
from generator.source.yaml_reader import UnreadableError, read_tree

_MISSING = "REC002"
"""Code of a key that must be written and is not."""
_A_PERSON = re.compile(r"persons\[[0-9]+\]")
_OLD = 1.0
"""Seconds after which settings are looked at again."""
_REMEMBERED = 100
"""States of records that somebody may still have open."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """一案的判断: what is wrong by field, and what the public would see."""

    troubles: Mapping[str, tuple[Trouble, ...]]
    one: OneCase
    as_of: datetime
    numbers: tuple[str, ...]
    """Public numbers that the record takes when it is put in its place."""
    text: str

    @property
    def produced(self) -> tuple[Produced, ...]:
        """Its public pages; none while it has errors."""
        return self.one.produced

    @property
    def errors(self) -> int:
        """How many errors."""
        return sum(item.severity == Severity.ERROR for items in self.troubles.values() for item in items)

    def by_step(self) -> dict[str, int]:
        """Errors and warnings of each step that has some."""
        counted: dict[str, int] = {}
        for name, items in self.troubles.items():
            counted[step_of(name)] = counted.get(step_of(name), 0) + len(items)
        return counted


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChange:
    """一处改动 of a record: ``old`` is empty for what is new, ``new`` for what is gone."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """别处改过: fields that were changed elsewhere meanwhile, and of these the ones that were changed here too."""

    elsewhere: tuple[str, ...]
    both: tuple[str, ...]


@dataclass(slots=True)
class DeskWork:
    """一张办公桌. ``who`` is the name its owner gave, ``account`` that of the system; ``clock`` is asked for every step."""

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
    _texts: OrderedDict[str, str] = field(default_factory=OrderedDict, init=False)

    # —— 设置 ——

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

    # —— 打开与改 ——

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
            tree=_tree(shelved.data),
            standing=standing,
            begun=begun,
            submitted=submitted,
            returned=returned,
            voided=voided,
        )

    def change(self, record: str, answers: Mapping[str, str], removed: Iterable[str] = ()) -> Edited:
        """The record with what was written into a form, not saved."""
        opened = self.open(record)
        return self._changed(opened.shelved.text, answers, removed)

    def save(
        self, record: str, loaded: str, answers: Mapping[str, str], removed: Iterable[str] = ()
    ) -> Conflict | None:
        """Save what was written into a form that was opened when the record had the digest ``loaded``. A change made
        elsewhere meanwhile is not written over: then nothing is saved and both changes are told."""
        if is_decision(record):
            raise RefusedError("no_form")
        opened = self.open(record)
        shelved = opened.shelved
        if loaded != shelved.digest:
            return self._conflict(shelved, loaded, answers, removed)
        text = self._changed(shelved.text, answers, removed).text
        if text == shelved.text:
            return None
        if shelved.placed is not None and text.encode() == shelved.placed:
            drop_draft(self.root, record)
            return None
        if shelved.draft is None:
            self._note(Step.BEGUN, record, shelved.placed_digest)
        write_draft(self.root, record, text)
        if shelved.draft is not None:
            drop_pictures(self.root, record_path(record), shelved.draft)
        return None

    def begin(self, authority: str, happened_on: str) -> str:
        """A new case of one authority with the next number; returns its name."""
        office = self.settings.authorities.get(authority)
        if office is None:
            raise RefusedError("no_place")
        jurisdiction = office.jurisdiction
        year = happened_on[:4] or str(self.moment().year)
        known = self.registered(jurisdiction)
        number = known.next_case(year)
        tree: dict[str, Any] = {"case": number, "jurisdiction": jurisdiction, "authority": authority}
        if happened_on:
            tree["act"] = {"happened_on": happened_on}
        record = f"{jurisdiction}/{year}/{number}"
        self._note(Step.BEGUN, record, "")
        write_draft(self.root, record, written(editable(ordered(tree, RECORD))))
        return record

    def discard(self, record: str, seen: str) -> None:
        """Take the draft away that the page showed; the record in its place stays."""
        shelved = self.open(record).shelved
        if shelved.digest != seen:
            raise RefusedError("changed_meanwhile")
        drop_draft(self.root, record)
        if shelved.draft is not None:
            drop_pictures(self.root, record_path(record), shelved.draft)

    # —— 肖像 ——

    def keep_picture(self, record: str, data: bytes) -> str:
        """Keep the picture in the file ``data`` for a record, drawn anew: nothing that the file says beside its pixels comes
        into the office's folder. Returns its name, which no other picture has. Raises :class:`RefusedError`."""
        if read_shelved(self.root, record) is None or is_decision(record):
            raise RefusedError("no_record")
        try:
            picture = redrawn(data).data
        except PictureError as error:
            words = words_of(picture_problem(error.code, Place(path="")), "zh")
            raise RefusedError("bad_picture", said=words.message, mend=words.mend) from None
        name = portrait_name(record.rpartition("/")[2], picture)
        keep_picture(self.root / portrait_path(record_path(record), name), picture)
        return name

    def picture(self, record: str, name: str) -> bytes | None:
        """The picture ``name`` as it would be published; None where the record names none such, or it cannot be used."""
        shelved = read_shelved(self.root, record)
        if shelved is None or name not in portraits_named(shelved.data):
            return None
        try:
            return read_picture(self.root / portrait_path(record_path(record), name), self.root).data
        except PictureError:
            return None

    # —— 判断 ——

    def judge(self, record: str, text: str, unread: Mapping[Any, tuple[str, str]] | None = None) -> Judged:
        """What is wrong with a record of this text, and what the public would see of it, with the numbers it would get.
        Shown as it will be once its last part is published. A decision is judged as it stands in its place."""
        if is_decision(record):
            return self._judge_decision(record, text)
        settings = self.settings
        ready = self._numbered(record, text)
        as_of = self._shown_at(ready.tree)
        one = judge_case(self.loaded, settings, record_path(record), ready.text.encode(), as_of)
        troubles: dict[str, list[Trouble]] = {}
        for path, (code, found) in (unread or {}).items():
            place = Place(path=record_path(record), field=format_path(path))
            problem = diagnose(code, place, facts={"found": found}, terms={"key": format_path(path)})
            troubles[format_path(path)] = [trouble_of(problem)]
        for item in one.diagnostics:
            name = _field_of(item)
            if name not in troubles or not unread or all(format_path(path) != name for path in unread):
                troubles.setdefault(name, []).append(trouble_of(item))
        return Judged(
            troubles={name: tuple(items) for name, items in troubles.items()},
            one=one,
            as_of=as_of,
            numbers=ready.numbers,
            text=ready.text,
        )

    def _judge_decision(self, record: str, text: str) -> Judged:
        """What is wrong with a decision among all records, and its page."""
        as_of, path = self.moment(), record_path(record)
        report = check_project(self.root, as_of, self.clock(), 1)
        found = tuple(
            item
            for item in report.diagnostics
            if item.place.real_path == path and item.code not in APPROVAL_CODES
        )
        troubles: dict[str, list[Trouble]] = {}
        for item in found:
            troubles.setdefault(_field_of(item), []).append(trouble_of(item))
        context = site_context(self.settings, as_of)
        shown = (item for item in report.decisions if item.id == Path(path).stem)
        return Judged(
            troubles={name: tuple(items) for name, items in troubles.items()},
            one=OneCase(diagnostics=found, produced=tuple(produce(item, context) for item in shown)),
            as_of=as_of,
            numbers=(),
            text=text,
        )

    def changes(self, record: str, judged: Judged) -> tuple[SiteChange, ...]:
        """What the public would see change, against the record in its place."""
        return changes_between(files_of(self._placed(record, judged)), files_of(judged.produced))

    def review(self, record: str, site: Path, judged: Judged) -> Review:
        """What the public would see change, in sentences: against the record in its place, or, for what stands there
        itself, against the ``site`` as it is shown now."""
        shelved = read_shelved(self.root, record)
        if shelved is None or shelved.draft is None:
            return review_between(_shown(site, judged), files_of(judged.produced))
        return review_between(files_of(self._placed(record, judged)), files_of(judged.produced))

    def _placed(self, record: str, judged: Judged) -> tuple[Produced, ...]:
        shelved = read_shelved(self.root, record)
        if shelved is None or shelved.placed is None:
            return ()
        path = record_path(record)
        return judge_case(self.loaded, self.settings, path, shelved.placed, judged.as_of).produced

    def unpublished(self, site: Path, judged: Judged) -> tuple[SiteChange, ...]:
        """What the public would see change against the ``site`` as it is shown now."""
        return changes_between(_shown(site, judged), files_of(judged.produced))

    def record_changes(self, record: str, judged: Judged) -> tuple[RecordChange, ...]:
        """Every value that the draft changes in the record, what is not for the public included, in the order of the schema."""
        shelved = read_shelved(self.root, record)
        placed = shelved.placed if shelved is not None else None
        before = {} if placed is None else leaves(_tree(placed))
        after = leaves(_tree(judged.text.encode()))
        names = [*after, *(name for name in before if name not in after)]
        return tuple(
            RecordChange(field=name, old=before.get(name, ""), new=after.get(name, ""))
            for name in names
            if before.get(name) != after.get(name)
        )

    def whole_check(self, record: str, text: str) -> tuple[Diagnostic, ...]:
        """What the check of the whole project says of the record with this text."""
        return self._check_texts({record: text})

    # —— 送审、批准、放入登记册 ——

    def finish(self, record: str, seen: str) -> tuple[Diagnostic, ...]:
        """送审, or, where nobody has to approve, put the record in its place. Returns what is wrong; then nothing was
        done. ``seen`` is the digest of the record that the page showed."""
        opened = self.open(record)
        shelved = opened.shelved
        if shelved.draft is None:
            raise RefusedError("no_draft")
        self._as_seen(opened, seen)
        ready = self._numbered(record, shelved.text)
        problems = self.whole_check(record, ready.text)
        if has_errors(problems):
            return problems
        data = ready.text.encode()
        digest = record_digest(self.root, record, data)
        if self.rule == "none":
            self._note(Step.PLACED, record, digest)
            self._place(record, data)
            drop_draft(self.root, record)
            return ()
        page = pages_digest(self.judge(record, ready.text).produced)
        write_draft(self.root, record, ready.text)
        self._note(Step.SUBMITTED, record, digest, page=page)
        return ()

    def beyond_withdrawal(self, record: str, judged: Judged) -> tuple[str, ...] | None:
        """What ``judged`` changes beside withdrawing something, by field; empty where it does nothing else, so that one
        person may publish it at once (:mod:`generator.desk.pure_withdrawal`). None where it withdraws nothing, or where the
        record in its place was not approved either."""
        shelved = read_shelved(self.root, record)
        if shelved is None or shelved.placed is None or self.rule == "none":
            return None
        if approval_of(self.entries(record), shelved.placed_digest, self.rule) is None:
            return None
        before, after = _tree(shelved.placed), _tree(judged.text.encode())
        if before is None or after is None or before == after:
            return None
        changes = self.changes(record, judged)
        if not changes or not (any(map(withdraws, changes)) or takes_out(before, after)):
            return None
        beyond = beyond_withdrawal(before, after)
        return beyond or tuple(item.field or item.record for item in showing_more(changes))

    def mask_texts(self, record: str, seen: str) -> None:
        """Write the masked form for the name of everybody who is masked, in the texts that are for the public."""
        opened = self.open(record)
        if opened.shelved.digest != seen:
            raise RefusedError("changed_meanwhile")
        text = self._masked(record, opened)
        if text == opened.shelved.text:
            raise RefusedError("nothing_to_mask")
        if opened.shelved.draft is None:
            self._note(Step.BEGUN, record, opened.shelved.placed_digest)
        write_draft(self.root, record, text)

    def may_mask(self, record: str) -> bool:
        """Whether :meth:`mask_texts` would change anything."""
        opened = self.open(record)
        return not is_decision(record) and self._masked(record, opened) != opened.shelved.text

    def _masked(self, record: str, opened: OpenRecord) -> str:
        if opened.tree is None:
            return opened.shelved.text
        draft = Draft(path=record_path(record), tree=opened.tree, text=opened.shelved.text)
        mask_everybody(draft)
        return draft.rendered() if draft.puts else opened.shelved.text

    def put_draft(self, record: str, text: str) -> None:
        """Leave a draft at the desk that was written elsewhere. Raises :class:`RefusedError` where there is another."""
        shelved = self.open(record).shelved
        if shelved.draft is not None:
            raise RefusedError("other_draft")
        self._note(Step.BEGUN, record, shelved.placed_digest)
        write_draft(self.root, record, text)

    def withdraw_draft(self, record: str, seen: str) -> tuple[Diagnostic, ...]:
        """立即撤下 what the draft withdraws, in decisions too; see :meth:`withdraw_at_once`."""
        opened = self.open(record)
        shelved = opened.shelved
        if shelved.draft is None:
            raise RefusedError("no_draft")
        self._as_seen(opened, seen)
        after = Draft(path=record_path(record), tree=opened.tree or {}, text=shelved.text)
        before = None if shelved.placed is None else _tree(shelved.placed)
        decisions = masked_decisions(self.root, before or {}, after)
        texts = {record_name(item.path): item.rendered() for item in decisions}
        return self.withdraw_at_once(record, shelved.text, texts)

    def withdraw_at_once(
        self, record: str, text: str, decisions: Mapping[str, str] | None = None
    ) -> tuple[Diagnostic, ...]:
        """立即撤下: put the case with this ``text`` in its place on one person's word, to be confirmed by another, and with
        it ``decisions`` that name whom it hides, by their names. Where the ledger wants a correction for what is left out, it
        is written here, in a fixed sentence. A draft that says the same goes; any other stays. Returns what is wrong; then
        nothing was done. Raises :class:`RefusedError` where a text does anything else than to withdraw."""
        beyond = self.beyond_withdrawal(record, self.judge(record, text))
        texts = {record: text, **(decisions or {})}
        problems = self._check_texts(texts)
        if beyond == ():
            today = self.moment().astimezone(SHANGHAI).date()
            noted = with_notes(record_path(record), text, problems, today)
            if noted != text:
                texts[record] = noted
                problems = self._check_texts(texts)
        if has_errors(problems):
            return problems
        shelved = read_shelved(self.root, record)
        before = None if shelved is None or shelved.placed is None else _tree(shelved.placed)
        if shelved is None or before is None or beyond is None:
            raise RefusedError("nothing_withdrawn")
        hidden = hidden_names(before, _tree(text.encode()) or {})
        page = pages_digest(self.judge(record, texts[record]).produced)
        entries = [self._withdrawn(record, texts[record], page)]
        for name, said in (decisions or {}).items():
            of_decision = read_shelved(self.root, name)
            if (
                of_decision is None
                or approval_of(self.entries(name), of_decision.placed_digest, self.rule) is None
            ):
                raise RefusedError("nothing_withdrawn")
            after = _tree(said.encode()) or {}
            beyond += beyond_withdrawal(_tree(of_decision.data) or {}, after, hidden)
            entries.append(self._withdrawn(name, said))
        if beyond:
            raise RefusedError("beyond_withdrawal", fields=field_titles(beyond))
        for entry, (name, said) in zip(entries, texts.items(), strict=True):
            note_in_book(self.root, entry)
            self._place(name, said.encode())
        if shelved.draft == text.encode():
            drop_draft(self.root, record)
        return ()

    def _check_texts(self, texts: Mapping[str, str]) -> tuple[Diagnostic, ...]:
        drafts = [Draft(path=record_path(name), tree={}, text=said) for name, said in texts.items()]
        return tuple(item for _, item in check_drafts(drafts, self.settings, self.moment(), 1))

    def _withdrawn(self, record: str, text: str, page: str = "") -> BookEntry:
        """The entry of a withdrawal, which tells what was changed and never how it read."""
        shelved = read_shelved(self.root, record)
        assert shelved is not None and shelved.placed is not None
        old, new = leaves(_tree(shelved.placed)), leaves(_tree(text.encode()))
        changed = (
            name
            for name in (*new, *(name for name in old if name not in new))
            if old.get(name) != new.get(name)
        )
        return entry_now(
            Step.WITHDRAWN,
            record=record,
            by=self.who,
            account=self.account,
            data=record_digest(self.root, record, text.encode()),
            at=self.clock(),
            page=page,
            note=field_titles(changed),
            base=shelved.placed_digest,
        )

    def approve(self, record: str, seen: str, page: str) -> tuple[Diagnostic, ...]:
        """批准 what the page showed: the record with the digest ``seen`` and its public pages with the digest ``page``.
        The record goes to its place. Raises :class:`RefusedError` where that is not what stands there, or not by this
        person."""
        opened = self.open(record)
        shelved, submitted = opened.shelved, opened.submitted
        if submitted is None:
            raise RefusedError("not_submitted")
        if not may_approve(submitted, self.who, self.account, self.rule):
            raise RefusedError("own_work")
        self._as_seen(opened, seen)
        judged = self.judge(record, shelved.text)
        if pages_digest(judged.produced) != page:
            raise RefusedError("page_changed")
        problems = self.whole_check(record, shelved.text)
        if has_errors(problems):
            return problems
        self._note(Step.APPROVED, record, shelved.digest, page=page)
        if shelved.draft is not None:
            self._place(record, shelved.draft)
            drop_draft(self.root, record)
        return ()

    def send_back(self, record: str, note: str) -> None:
        """退回, with what is to be changed."""
        opened = self.open(record)
        if opened.submitted is None or opened.standing is Standing.WITHDRAWN:
            raise RefusedError("not_submitted")
        self._note(Step.RETURNED, record, opened.shelved.digest, note=note.strip())

    def submit_placed(self, record: str, seen: str) -> None:
        """送审 a record that was changed in its place, past the desk."""
        opened = self.open(record)
        if opened.standing is not Standing.UNAPPROVED:
            raise RefusedError("no_draft")
        self._as_seen(opened, seen)
        page = pages_digest(self.judge(record, opened.shelved.text).produced)
        self._note(Step.SUBMITTED, record, opened.shelved.digest, page=page)

    def take_over(self) -> int:
        """按现状登记: every record that nobody approved stands as it is from now on. Returns how many."""
        count = 0
        for record in self.unapproved():
            shelved = read_shelved(self.root, record)
            if shelved is not None and shelved.placed is not None:
                self._note(Step.TAKEN_OVER, record, shelved.placed_digest)
                count += 1
        return count

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
        return _tree(text.encode())

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
            tree = _tree(shelved.data) if shelved is not None else None
            if tree is not None:
                note_numbers(known, tree)
        return known

    # —— 内部 ——

    def _changed(self, text: str, answers: Mapping[str, str], removed: Iterable[str]) -> Edited:
        wanted = {name: answer for name, answer in answers.items() if name not in FIXED}
        removed = tuple(removed)
        # With somebody gone, keys that only the order gives would be another's.
        before = with_keys(text) if any(map(_A_PERSON.fullmatch, removed)) else text
        result = edited(before, RECORD, wanted, removed)
        grown = len(_persons(result.text)) != len(_persons(text))
        return Edited(text=with_keys(result.text), unread=result.unread) if grown else result

    def _conflict(
        self, shelved: Shelved, loaded: str, answers: Mapping[str, str], removed: Iterable[str]
    ) -> Conflict:
        before = self._texts.get(loaded)
        if before is None:
            raise RefusedError("reload")
        here = leaves(_tree(self._changed(before, answers, removed).text.encode()))
        old, there = leaves(_tree(before.encode())), leaves(_tree(shelved.data))
        elsewhere = {name for name in old.keys() | there.keys() if old.get(name) != there.get(name)}
        mine = {name for name in old.keys() | here.keys() if old.get(name) != here.get(name)}
        return Conflict(elsewhere=tuple(sorted(elsewhere)), both=tuple(sorted(elsewhere & mine)))

    def answers_since(self, loaded: str, answers: Mapping[str, str]) -> dict[str, str]:
        """Of ``answers`` those that differ from what the form showed when the record had the digest ``loaded``."""
        before = self._texts.get(loaded)
        if before is None:
            return dict(answers)
        return {
            name: answer
            for name, answer in answers.items()
            if edited(before, RECORD, {name: answer}).text != before
        }

    def remember(self, shelved: Shelved) -> None:
        """Keep what a form shows, so that a change made elsewhere meanwhile can be told from what its owner changed."""
        self._texts[shelved.digest] = shelved.text
        self._texts.move_to_end(shelved.digest)
        while len(self._texts) > _REMEMBERED:
            self._texts.popitem(last=False)

    def _numbered(self, record: str, text: str) -> _Numbered:
        tree = _tree(text.encode())
        if tree is None:
            return _Numbered(text=text, tree={}, numbers=())
        missing = numbered(tree, self.registered, dry=True)
        if not missing:
            return _Numbered(text=text, tree=tree, numbers=())
        answers = numbered(tree, self.registered)
        ready = edited(text, RECORD, answers).text
        return _Numbered(
            text=ready,
            tree=_tree(ready.encode()) or {},
            numbers=tuple(value for name, value in answers.items() if name.endswith(".id")),
        )

    def _shown_at(self, tree: Mapping[str, Any]) -> datetime:
        """From when on all of the record is published: now, or the last of its days to come."""
        now = self.moment()
        moments = [now]
        notice, honours = tree.get("notice"), tree.get("honours")
        told = [notice.get("published_at")] if isinstance(notice, dict) else []
        told += (
            [item.get("published_on") for item in honours if isinstance(item, dict)]
            if isinstance(honours, list)
            else []
        )
        for written_day in told:
            try:
                moments.append(datetime.fromisoformat(str(written_day)[:16]).replace(tzinfo=SHANGHAI))
            except ValueError:
                continue
        return max(moments)

    def _as_seen(self, opened: OpenRecord, seen: str) -> None:
        if opened.shelved.digest != seen:
            raise RefusedError("changed_meanwhile")
        if opened.overtaken:
            raise RefusedError("overtaken")

    def _place(self, record: str, data: bytes) -> None:
        """``data`` become the record, and portraits go that nothing names any more."""
        shelved = read_shelved(self.root, record)
        place(self.root, record, data)
        if shelved is not None and shelved.placed is not None:
            drop_pictures(self.root, record_path(record), shelved.placed)

    def _note(self, step: Step, record: str, data: str, *, page: str = "", note: str = "") -> None:
        note_in_book(
            self.root,
            entry_now(
                step,
                record=record,
                by=self.who,
                account=self.account,
                data=data,
                at=self.clock(),
                page=page,
                note=note,
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Numbered:
    text: str
    tree: Mapping[str, Any]
    numbers: tuple[str, ...]


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


def _shown(site: Path, judged: Judged) -> dict[str, bytes]:
    """The files of a record as a ``site`` has them, those of what is public no more included."""
    tree = _tree(judged.text.encode()) or {}
    numbers = (*public_numbers(tree), str(tree.get("id", "")))
    paths = {path for item in judged.produced for path, _ in item.own.files}
    paths |= {f"api/v1/{kind}/{number}.json" for kind in get_args(Kind) for number in numbers if number}
    return {path: (site / path).read_bytes() for path in sorted(paths) if (site / path).is_file()}


def _field_of(item: Diagnostic) -> str:
    """Where in the form a diagnostic stands: at the field that is missing, and not at what it is missing from."""
    name = (item.place.kept.field if item.place.kept is not None else None) or item.place.field or ""
    missing = item.terms.get("key") if item.code == _MISSING else None
    return name if missing is None else f"{name}.{missing}".lstrip(".")


def trouble_of(item: Diagnostic) -> Trouble:
    """A diagnostic in the words of the desk, on the screen of whoever may read the record."""
    if item.code == _MISSING:
        must = desk_wording()["missing"]
        return Trouble(code=item.code, severity=item.severity, message=must, mend="")
    words = words_of(item, "zh", reveal=True)
    return Trouble(
        code=item.code, severity=item.severity, message=titled(words.message), mend=titled(words.mend)
    )


def _tree(data: bytes) -> dict[str, Any] | None:
    try:
        tree: Any = read_tree(data)
    except UnreadableError:
        return None
    return tree if isinstance(tree, dict) else None


def _persons(text: str) -> list[Any]:
    tree = _tree(text.encode())
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
