"""新的一项 (a new entry): a case, or the next thing that happens to one, from answers to a few questions.

The questions stand in ``forms.yml``. What is answered goes into the record with its comments and order kept, takes
the next number, and is judged by all checks before anything is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from pypinyin import lazy_pinyin

from generator.catalogue import value_codes, value_words
from generator.desk.cell_values import CellError, text_of
from generator.desk.record_drafts import Draft
from generator.desk.registered_numbers import Registered, may_be_public
from generator.desk.sheet_plan import PLAIN_KINDS
from generator.project.discovery import CASES
from generator.source.finding import FieldPath, parse_path
from generator.source.yaml_reader import Tree

_FORMS = Path(__file__).parent / "forms.yml"


class EntryKind(StrEnum):
    """什么事: what happens to a case, in the order in which it usually does."""

    CASE = "case"
    NOTICE = "notice"
    OBJECTION = "objection"
    DECISION = "decision"
    HONOUR = "honour"
    CORRECTION = "correction"
    REVOCATION = "revocation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """一个问题. ``key`` is the field below the entry; ``choices`` are the words to choose from, empty for any."""

    key: str
    ask: str
    kind: str
    required: bool
    choices: tuple[str, ...]
    hidden_only: bool
    """Asked only where the person is not shown in full."""

    def read(self, answer: str) -> str | None:
        """The value that ``answer`` means, None for none. Raises :class:`CellError`, with REC006 for a word that
        is none of the choices and REC002 for an answer that is missing."""
        value = text_of(answer, self.kind)
        if value is None:
            if self.required:
                raise CellError("REC002", "")
            return None
        if self.kind not in PLAIN_KINDS:
            value = value_codes(self.kind).get(value, value)
            if value not in value_words(self.kind):
                raise CellError("REC006", value)
        elif self.choices and value not in self.choices:
            raise CellError("REC006", value)
        return value


class TakenError(Exception):
    """这一节已经有了: the record has its notice, its decision or its revocation already."""


WITHHOLDING = "withholding"
"""Form of the ground on which somebody is no longer shown."""


def questions(kind: EntryKind) -> tuple[Question, ...]:
    """The questions of one kind, in order."""
    return form_questions(kind.value)


@cache
def form_questions(form: str) -> tuple[Question, ...]:
    """The questions of one form of ``forms.yml``, in order."""
    return tuple(
        Question(
            key=row["key"],
            ask=row["ask"],
            kind=row["kind"],
            required=row.get("required") == "true",
            hidden_only=row.get("hidden_only") == "true",
            choices=tuple(row["choices"]) if "choices" in row else _words(row["kind"]),
        )
        for row in _forms()[form]["questions"]
    )


def entry_paths(kind: EntryKind) -> tuple[FieldPath, ...]:
    """Where the answers of one kind stand in a record; a new item of a list counts as its first."""
    under = parse_path(_forms()[kind.value]["under"].replace("[+]", "[0]"))
    return tuple((*under, *parse_path(question.key)) for question in questions(kind))


def is_asked(question: Question, answers: Mapping[str, str]) -> bool:
    """Whether the question arises after what was answered."""
    return not question.hidden_only or answers.get("persons[0].disclosure") != "full"


def new_case(answers: Mapping[str, str], authority: str, known: Registered, today: datetime) -> Draft:
    """A new record with the next case number."""
    year = answers.get("act.happened_on", "")[:4] or str(today.year)
    number = known.next_case(year)
    tree: dict[str, Any] = {"case": number, "jurisdiction": known.jurisdiction, "authority": authority}
    draft = Draft(path=f"{CASES.base}/{known.jurisdiction}/{year}/{number}.yml", tree=tree)
    for key, value in answers.items():
        _put(tree, parse_path(key), value)
    for person in tree.get("persons", ()):
        person["key"] = "".join(lazy_pinyin(person["name"][:1])).lower() or "p"
    if tree.get("level") == "confidential" and tree.get("persons"):
        tree["withholding"] = dict(tree["persons"][0].get("withholding", {}))
    return draft


def add_entry(kind: EntryKind, draft: Draft, answers: Mapping[str, str], known: Registered) -> FieldPath:
    """Put the answers into an existing record; returns where. Raises :class:`TakenError`."""
    under = _place(kind, draft.tree)
    entry: dict[str, Any] = {}
    for key, value in answers.items():
        _put(entry, parse_path(key), value)
    persons = draft.tree.get("persons", [])
    if kind is EntryKind.NOTICE:
        year = entry["published_at"][:4]
        entry["id"] = known.next_notice(year, public=may_be_public(draft.tree, persons))
    if kind is EntryKind.HONOUR:
        entry["id"] = known.next_honour(entry["decided_on"][:4], public=may_be_public(draft.tree, persons))
        if persons:
            entry["recipients"] = [person["key"] for person in persons]
        else:
            entry["to_group"] = "true"
    _put(draft.tree, under, entry)
    draft.puts.append((under, entry))
    return under


def _place(kind: EntryKind, tree: Mapping[str, Any]) -> FieldPath:
    """Where the entry goes: after what stands in a list, or where nothing stands yet."""
    under = _forms()[kind.value]["under"]
    *steps, last = parse_path(under.removesuffix("[+]"))
    here: Any = tree
    for step in (*steps, last):
        here = here.get(step) if isinstance(here, dict) else None
    if under.endswith("[+]"):
        return (*steps, last, len(here or ()))
    if here is not None:
        raise TakenError
    return (*steps, last)


def _put(tree: Any, path: FieldPath, value: Tree) -> None:
    here = tree
    for step, following in pairwise(path):
        empty: Any = [] if isinstance(following, int) else {}
        if isinstance(step, int):
            if step == len(here):
                here.append(empty)
            here = here[step]
        else:
            here = here.setdefault(step, empty)
    last = path[-1]
    if isinstance(last, int):
        here.append(value)
    else:
        here[last] = value


def _words(kind: str) -> tuple[str, ...]:
    return () if kind in PLAIN_KINDS else tuple(words[0] for words in value_words(kind).values())


@cache
def _forms() -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = yaml.load(_FORMS.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    return loaded
