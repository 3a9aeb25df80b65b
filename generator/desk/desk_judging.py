"""办公桌上的判断 (judging at the desk): what is wrong with a record as it is written, and what the public would see of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

from generator.catalogue import desk_wording
from generator.desk.case_form import RECORD, Trouble, step_of, titled
from generator.desk.desk_reading import DeskReading, read_record
from generator.desk.draft_shelf import read_shelved
from generator.desk.form_editing import edited
from generator.desk.public_changes import changes_between, files_of, review_between
from generator.desk.pure_withdrawal import leaves
from generator.desk.record_drafts import Draft, check_drafts
from generator.desk.registered_numbers import numbered
from generator.desk.site_diff import SiteChange
from generator.desk.site_review import Review
from generator.desk.withdrawal import public_numbers
from generator.diagnostics import Diagnostic, Place, Severity, diagnose
from generator.diagnostics.phrasing import words_of
from generator.pipeline.one_case import OneCase, judge_case, site_context
from generator.pipeline.prepare import check_project
from generator.pipeline.produce import Produced, produce
from generator.public.documents import Kind
from generator.publication_log.approval_book import APPROVAL_CODES, is_decision, record_path
from generator.source.finding import format_path
from generator.source.model.instant import SHANGHAI

_MISSING = "REC002"
"""Code of a key that must be written and is not."""


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
class Numbered:
    """一案, with the ``numbers`` it takes written into its ``text``."""

    text: str
    tree: Mapping[str, Any]
    numbers: tuple[str, ...]


@dataclass(slots=True)
class DeskJudging(DeskReading):
    """判断, of records of which nothing is changed by it."""

    def judge(self, record: str, text: str, unread: Mapping[Any, tuple[str, str]] | None = None) -> Judged:
        """What is wrong with a record of this text, and what the public would see of it, with the numbers it would get.
        Shown as it will be once its last part is published. A decision is judged as it stands in its place."""
        if is_decision(record):
            return self._judge_decision(record, text)
        settings = self.settings
        ready = self.numbered(record, text)
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
        before = {} if placed is None else leaves(read_record(placed))
        after = leaves(read_record(judged.text.encode()))
        names = [*after, *(name for name in before if name not in after)]
        return tuple(
            RecordChange(field=name, old=before.get(name, ""), new=after.get(name, ""))
            for name in names
            if before.get(name) != after.get(name)
        )

    def whole_check(self, record: str, text: str) -> tuple[Diagnostic, ...]:
        """What the check of the whole project says of the record with this text."""
        return self.check_texts({record: text})

    def check_texts(self, texts: Mapping[str, str]) -> tuple[Diagnostic, ...]:
        """What the check of the whole project says of these records with these texts."""
        drafts = [Draft(path=record_path(name), tree={}, text=said) for name, said in texts.items()]
        return tuple(item for _, item in check_drafts(drafts, self.settings, self.moment(), 1))

    def numbered(self, record: str, text: str) -> Numbered:
        """A record with the numbers it would get."""
        tree = read_record(text.encode())
        if tree is None:
            return Numbered(text=text, tree={}, numbers=())
        missing = numbered(tree, self.registered, dry=True)
        if not missing:
            return Numbered(text=text, tree=tree, numbers=())
        answers = numbered(tree, self.registered)
        ready = edited(text, RECORD, answers).text
        return Numbered(
            text=ready,
            tree=read_record(ready.encode()) or {},
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


def _shown(site: Path, judged: Judged) -> dict[str, bytes]:
    """The files of a record as a ``site`` has them, those of what is public no more included."""
    tree = read_record(judged.text.encode()) or {}
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
