"""办公桌上的事 (desk work): change a record, submit it, approve it, withdraw it, put it in its place.

What a page of ``yiyong desk`` does, without anything of the web. One person works at one desk.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.desk.case_form import FIXED, RECORD, field_titles
from generator.desk.desk_judging import DeskJudging, Judged
from generator.desk.desk_reading import OpenRecord, RefusedError, Standing, persons_in, read_record
from generator.desk.draft_shelf import Shelved, drop_draft, place, read_shelved, write_draft
from generator.desk.form_editing import Edited, edited, with_keys
from generator.desk.portrait_files import (
    drop_pictures,
    keep_picture,
    picture_problem,
    portrait_name,
    portrait_path,
)
from generator.desk.public_changes import pages_digest
from generator.desk.pure_withdrawal import (
    beyond_withdrawal,
    hidden_names,
    leaves,
    showing_more,
    takes_out,
    withdraws,
)
from generator.desk.record_drafts import Draft, ordered
from generator.desk.record_writing import editable, written
from generator.desk.withdrawal import mask_everybody, masked_decisions, with_notes
from generator.diagnostics import Diagnostic, Place, has_errors
from generator.diagnostics.phrasing import words_of
from generator.disclosure.portrait_picture import PictureError, redrawn
from generator.publication_log.approval_book import (
    BookEntry,
    Step,
    approval_of,
    entry_now,
    is_decision,
    may_approve,
    note_in_book,
    record_digest,
    record_name,
    record_path,
)
from generator.source.model.instant import SHANGHAI

_A_PERSON = re.compile(r"persons\[[0-9]+\]")
_REMEMBERED = 100
"""States of records that somebody may still have open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """别处改过: fields that were changed elsewhere meanwhile, and of these the ones that were changed here too."""

    elsewhere: tuple[str, ...]
    both: tuple[str, ...]


@dataclass(slots=True)
class DeskWork(DeskJudging):
    """一张办公桌, and what is done at it."""

    _texts: OrderedDict[str, str] = field(default_factory=OrderedDict, init=False)

    # —— 改 ——

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

    # —— 送审、批准、放入登记册 ——

    def finish(self, record: str, seen: str) -> tuple[Diagnostic, ...]:
        """送审, or, where nobody has to approve, put the record in its place. Returns what is wrong; then nothing was
        done. ``seen`` is the digest of the record that the page showed."""
        opened = self.open(record)
        shelved = opened.shelved
        if shelved.draft is None:
            raise RefusedError("no_draft")
        self._as_seen(opened, seen)
        ready = self.numbered(record, shelved.text)
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
        before, after = read_record(shelved.placed), read_record(judged.text.encode())
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
        before = None if shelved.placed is None else read_record(shelved.placed)
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
        problems = self.check_texts(texts)
        if beyond == ():
            today = self.moment().astimezone(SHANGHAI).date()
            noted = with_notes(record_path(record), text, problems, today)
            if noted != text:
                texts[record] = noted
                problems = self.check_texts(texts)
        if has_errors(problems):
            return problems
        shelved = read_shelved(self.root, record)
        before = None if shelved is None or shelved.placed is None else read_record(shelved.placed)
        if shelved is None or before is None or beyond is None:
            raise RefusedError("nothing_withdrawn")
        hidden = hidden_names(before, read_record(text.encode()) or {})
        page = pages_digest(self.judge(record, texts[record]).produced)
        entries = [self._withdrawn(record, texts[record], page)]
        for name, said in (decisions or {}).items():
            of_decision = read_shelved(self.root, name)
            if (
                of_decision is None
                or approval_of(self.entries(name), of_decision.placed_digest, self.rule) is None
            ):
                raise RefusedError("nothing_withdrawn")
            after = read_record(said.encode()) or {}
            beyond += beyond_withdrawal(read_record(of_decision.data) or {}, after, hidden)
            entries.append(self._withdrawn(name, said))
        if beyond:
            raise RefusedError("beyond_withdrawal", fields=field_titles(beyond))
        for entry, (name, said) in zip(entries, texts.items(), strict=True):
            note_in_book(self.root, entry)
            self._place(name, said.encode())
        if shelved.draft == text.encode():
            drop_draft(self.root, record)
        return ()

    def _withdrawn(self, record: str, text: str, page: str = "") -> BookEntry:
        """The entry of a withdrawal, which tells what was changed and never how it read."""
        shelved = read_shelved(self.root, record)
        assert shelved is not None and shelved.placed is not None
        old, new = leaves(read_record(shelved.placed)), leaves(read_record(text.encode()))
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

    # —— 内部 ——

    def _changed(self, text: str, answers: Mapping[str, str], removed: Iterable[str]) -> Edited:
        wanted = {name: answer for name, answer in answers.items() if name not in FIXED}
        removed = tuple(removed)
        # With somebody gone, keys that only the order gives would be another's.
        before = with_keys(text) if any(map(_A_PERSON.fullmatch, removed)) else text
        result = edited(before, RECORD, wanted, removed)
        grown = len(persons_in(result.text)) != len(persons_in(text))
        return Edited(text=with_keys(result.text), unread=result.unread) if grown else result

    def _conflict(
        self, shelved: Shelved, loaded: str, answers: Mapping[str, str], removed: Iterable[str]
    ) -> Conflict:
        before = self._texts.get(loaded)
        if before is None:
            raise RefusedError("reload")
        here = leaves(read_record(self._changed(before, answers, removed).text.encode()))
        old, there = leaves(read_record(before.encode())), leaves(read_record(shelved.data))
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
