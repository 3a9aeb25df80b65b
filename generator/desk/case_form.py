"""案件表单 (case form): a record as the steps of its life, each a form with its values, what is wrong beside them.

Which fields stand in which step is told by ``life_steps.yml``; fields and words come from the schema
(:mod:`generator.desk.form_fields`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.cases.case import Case
from generator.desk.cell_values import CellError
from generator.desk.form_editing import shown_value, understood
from generator.desk.form_fields import SCALARS, Control, FormField, field_at, fields_of
from generator.desk.new_entry import EntryKind, entry_paths
from generator.law.notice_period.day_wording import day_words, moment_words, partial_day_words, weekday_words
from generator.source.field_guide import models_of
from generator.source.finding import FieldPath, format_path, parse_path
from generator.source.model.instant import SHANGHAI
from generator.source.model.partial_day import PartialDay
from generator.source.shape import Model

RECORD: Model = Case
"""What the forms are made of."""
_STEPS = Path(__file__).with_name("life_steps.yml")
FIXED = frozenset(("case", "jurisdiction"))
"""What a file is called after: shown, and never changed in a form."""
_GIVEN = frozenset(("id", "key"))
"""Keys that the desk fills in where nobody does."""
PLACE_OF_NEW = "__N{depth}__"
"""Stands for the position of an item that the browser adds, counted by depth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeStep:
    """一步. ``only`` leaves of an item no more than these keys; ``often`` are fields that stand at once though nobody
    has to write them; ``there`` are shown only where something is written."""

    key: str
    shows: tuple[str, ...]
    without: frozenset[str] = frozenset()
    only: Mapping[str, tuple[str, ...]]
    often: frozenset[str] = frozenset()
    there: frozenset[str] = frozenset()
    then: str = ""
    """The step to which one usually goes on; what comes later in a case's life has none."""

    def has(self, path: FieldPath) -> bool:
        """Whether ``path`` or something above it is one of this step's own fields."""
        name = _general(path)
        return any(_is_in(name, shown) for shown in self.shows) and not any(
            _is_in(name, left) for left in self.without
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """一条提醒 beside a field: what is wrong, and how to mend it."""

    code: str
    severity: str
    message: str
    mend: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormNode:
    """表单里的一处. ``nodes`` are fields of an entry or items of a list; ``blank`` is what an added item looks like.
    ``common`` fields stand at once, the others under “更多”. ``odd``: the file holds something here that no control
    shows; it stays as it is."""

    name: str
    field: FormField
    value: str = ""
    read_as: str = ""
    troubles: tuple[Trouble, ...] = ()
    nodes: tuple[FormNode, ...] = ()
    blank: FormNode | None = None
    depth: int = 0
    must: bool = False
    """Whether it has to be written, as the rest of the form stands."""
    common: bool = True
    private: bool = False
    odd: bool = False
    title: str = ""
    heading: str = ""
    """What an item of a list is called: somebody's name, a title."""

    @property
    def id(self) -> str:
        """For the page."""
        return anchor_of(self.name)

    @property
    def filled(self) -> bool:
        """Whether anything stands here or below."""
        return bool(self.value) or self.odd or any(node.filled for node in self.nodes)

    @property
    def all_troubles(self) -> tuple[Trouble, ...]:
        """What is wrong here or below."""
        return (*self.troubles, *(item for node in self.nodes for item in node.all_troubles))


@cache
def life_steps() -> tuple[LifeStep, ...]:
    """各步, in the order in which they usually come."""
    rows = yaml.load(_STEPS.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    return tuple(
        LifeStep(
            key=row["key"],
            shows=tuple(row["shows"]),
            without=frozenset(row.get("without", ())),
            only={name: tuple(keys) for name, keys in row.get("only", {}).items()},
            often=frozenset(row.get("often", ())),
            there=frozenset(row.get("there", ())),
            then=row.get("then", ""),
        )
        for row in rows
    )


def step_called(key: str) -> LifeStep:
    """The step of this name; the first one for a name that is none."""
    return next((step for step in life_steps() if step.key == key), life_steps()[0])


def anchor_of(name: str) -> str:
    """Where a field stands in the page of its step: letters, digits and hyphens."""
    return "f-" + re.sub("[^A-Za-z0-9_]+", "-", name).strip("-")


def step_of(field: str) -> str:
    """Key of the step in which a field stands."""
    path = parse_path(field)
    return next((step.key for step in life_steps() if step.has(path)), life_steps()[0].key)


def step_nodes(
    step: LifeStep,
    tree: Any,
    troubles: Mapping[str, Iterable[Trouble]],
    added: Iterable[str] = (),
) -> tuple[FormNode, ...]:
    """The form of one step. ``tree`` is the record as it was read; ``troubles`` are by field; ``added`` names lists that
    are to have an empty item more."""
    maker = _Maker(
        step=step, troubles={name: tuple(items) for name, items in troubles.items()}, added=frozenset(added)
    )
    found = []
    for shown in step.shows:
        path = parse_path(shown)
        asked = field_at(Case, path)
        assert asked is not None, shown
        value: Any = tree
        for part in path:
            value = value.get(part) if isinstance(value, dict) else None
        found.append(maker.node(asked, path, value, depth=0, private=_is_private(path)))
    return tuple(found)


def read_back(asked: FormField, written: str) -> str:
    """What is understood of a date or a moment as it is written, in words; empty where there is nothing to say."""
    with suppress(CellError, ValueError):
        value = understood(asked, written)
        match asked.control:
            case Control.DAY if value:
                day = date.fromisoformat(value)
                return f"{day_words(day)} {weekday_words(day)}"
            case Control.PARTIAL_DAY if value:
                partial = PartialDay(value)
                words = partial_day_words(partial)
                return words if len(value) < len("2026-01-01") else f"{words} {weekday_words(partial.first)}"
            case Control.MOMENT if value:
                moment = datetime.fromisoformat(value[:16]).replace(tzinfo=SHANGHAI)
                return f"{moment_words(moment)} {weekday_words(moment.date())}"
            case Control.WHOLE if value.isdigit() and len(value) > 4:
                return f"{int(value):,}"
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Maker:
    step: LifeStep
    troubles: Mapping[str, tuple[Trouble, ...]]
    added: frozenset[str]

    def node(
        self,
        asked: FormField,
        path: FieldPath,
        value: Any,
        *,
        depth: int,
        private: bool,
        must: bool = True,
    ) -> FormNode:
        if asked.control is Control.ENTRY:
            return self._entry(asked, path, value, depth, private)
        if asked.control is Control.ENTRIES:
            return self._entries(asked, path, value, depth, private)
        shown = shown_value(asked, value)
        name = format_path(path)
        return FormNode(
            name=name,
            field=asked,
            title=asked.title,
            value=shown or "",
            odd=shown is None,
            read_as=read_back(asked, shown or ""),
            troubles=self.troubles.get(name, ()),
            must=must and asked.required and asked.key not in _GIVEN,
            common=name in self.troubles or (asked.key != "key" and self._is_common(asked, path, shown)),
            private=private,
        )

    def _is_common(self, asked: FormField, path: FieldPath, shown: str | None) -> bool:
        return asked.required or bool(shown) or self._is_usual(_general(path))

    def _is_usual(self, general: str) -> bool:
        return general in _common() or general in self.step.often

    def _entry(self, asked: FormField, path: FieldPath, value: Any, depth: int, private: bool) -> FormNode:
        odd = value is not None and not isinstance(value, dict)
        must = asked.required or bool(value) or bool(path and isinstance(path[-1], int))
        nodes = () if odd else self._fields(asked.model, path, value or {}, depth, private, must=must)
        name = format_path(path)
        made = FormNode(
            name=name,
            field=asked,
            title=asked.title,
            nodes=nodes,
            odd=odd,
            troubles=self.troubles.get(name, ()),
            private=private,
            depth=depth,
        )
        general = _general(path)
        common = asked.required or made.filled or bool(made.all_troubles) or general in self.step.often
        common = common or any(item == general or item.startswith(f"{general}.") for item in _common())
        return replace(made, common=common)

    def _entries(self, asked: FormField, path: FieldPath, value: Any, depth: int, private: bool) -> FormNode:
        name = format_path(path)
        odd = value is not None and not (
            isinstance(value, list) and all(isinstance(item, dict) for item in value)
        )
        items: list[Any] = [] if odd or value is None else list(value)
        if name in self.added:
            items.append({})
        nodes = tuple(
            replace(
                self._entry(asked, (*path, number), item, depth + 1, private),
                heading=_heading(item),
                common=True,
            )
            for number, item in enumerate(items)
        )
        # Where a step shows a part of each item, nobody adds one or takes one away.
        blank = None if _general(path) in self.step.only else self._blank(asked, name, depth, private)
        made = FormNode(
            name=name,
            field=asked,
            title=asked.title,
            nodes=nodes,
            blank=blank,
            odd=odd,
            depth=depth,
            troubles=self.troubles.get(name, ()),
            private=private,
        )
        general = _general(path)
        common = bool(nodes) or bool(made.troubles) or general in self.step.often
        common = common or any(item.startswith(f"{general}[]") for item in _common())
        return replace(made, common=common)

    def _blank(self, asked: FormField, name: str, depth: int, private: bool) -> FormNode:
        """An empty item at a place that the browser fills in."""
        made = self._entry(asked, (*parse_path(name), 0), None, depth + 1, private)
        place = PLACE_OF_NEW.format(depth=depth)
        return _moved(made, f"{name}[0]", f"{name}[{place}]")

    def _fields(
        self,
        model: Model | None,
        path: FieldPath,
        tree: Mapping[str, Any],
        depth: int,
        private: bool,
        *,
        must: bool,
    ) -> tuple[FormNode, ...]:
        assert model is not None
        only = self.step.only.get(_general(path).removesuffix("[]"))
        return tuple(
            self.node(
                asked, (*path, key), tree.get(key), depth=depth, private=private or asked.private, must=must
            )
            for key, asked in fields_of(model).items()
            if (only is None or key in only)
            and (general := _general((*path, key))) not in self.step.without
            and (general not in self.step.there or tree.get(key))
        )


def _moved(node: FormNode, old: str, new: str) -> FormNode:
    """The same under another name, without what is wrong there."""
    return replace(
        node,
        name=new + node.name.removeprefix(old),
        troubles=(),
        nodes=tuple(_moved(item, old, new) for item in node.nodes),
        blank=None if node.blank is None else _moved(node.blank, old, new),
    )


def is_private(field: str) -> bool:
    """Whether a field, or something above it, is not for the public."""
    return _is_private(parse_path(field))


def value_in_words(field: str, value: str) -> str:
    """A value of the record as people read it: 公开 for ``public``, a date in words."""
    asked = field_at(RECORD, parse_path(re.sub(r"\[[0-9]+\]$", "", field)))
    if asked is None:
        return value
    if asked.control is Control.CHOICE:
        return dict(asked.choices).get(asked.code_of(value), value)
    return read_back(asked, value) if asked.control in (Control.DAY, Control.MOMENT) else value


def field_titles(names: Iterable[str]) -> str:
    """Fields as people call them: 人员1·姓名; as they are written where a case knows none such."""
    said = []
    for name in names:
        path = parse_path(name)
        parts: list[str] = []
        for length, step in enumerate(path, 1):
            if isinstance(step, int):
                parts[-1] += str(step + 1)
            elif (asked := field_at(RECORD, path[:length])) is not None:
                parts.append(asked.title)
        said.append("·".join(parts) or name)
    return "、".join(dict.fromkeys(item for item in said if item))


def titled(words: str) -> str:
    """A sentence of a diagnostic with titles in place of keys and words in place of codes: 核对“发布时刻” for 核对
    published_at. What could mean two stays."""

    def title(match: re.Match[str]) -> str:
        asked = field_at(RECORD, parse_path(match[0]))
        titles = {asked.title} if asked is not None else _titles().get(match[0].rpartition(".")[2], set())
        titles = titles if len(titles) == 1 else _values().get(match[0], set())
        return f"“{next(iter(titles))}”" if len(titles) == 1 else match[0]

    words = re.sub(r"`([a-z_.\[\]0-9]+)`", r"\1", words)

    return re.sub(
        r"(?<![A-Za-z0-9_./:{-])[a-z]+(?:_[a-z]+)*(?:\[[0-9]*\])?(?:\.[a-z]+(?:_[a-z]+)*)*(?![A-Za-z0-9_/:}-])",
        title,
        words,
    )


@cache
def _titles() -> dict[str, set[str]]:
    """Titles by key, over all types of a record."""
    found: dict[str, set[str]] = {}
    for model in models_of(RECORD):
        for key, asked in fields_of(model).items():
            found.setdefault(key, set()).add(asked.title)
    return found


@cache
def _values() -> dict[str, set[str]]:
    """Words by code, over all choices of a record."""
    found: dict[str, set[str]] = {}
    for model in models_of(RECORD):
        for asked in fields_of(model).values():
            for code, word in asked.choices:
                found.setdefault(code, set()).add(word)
    return found


def _is_private(path: FieldPath) -> bool:
    return any(
        asked is not None and asked.private
        for asked in (field_at(Case, path[: length + 1]) for length in range(len(path)))
    )


def _heading(item: Any) -> str:
    for key in ("name", "title", "received_on", "corrected_on", "summary", "place"):
        value = item.get(key) if isinstance(item, dict) else None
        if isinstance(value, str) and value:
            return value
    return ""


def _general(path: FieldPath) -> str:
    """``persons[0].name`` → ``persons[].name``."""
    return re.sub(r"\[[0-9]+\]", "[]", format_path(path))


def _is_in(name: str, shown: str) -> bool:
    return name == shown or name.startswith((f"{shown}.", f"{shown}["))


@cache
def _common() -> frozenset[str]:
    """Fields that ``yiyong new`` asks for: those of nearly every case."""
    return frozenset(_general(path) for kind in EntryKind for path in entry_paths(kind))


def _all(node: FormNode) -> Iterator[FormNode]:
    yield node
    for below in node.nodes:
        yield from _all(below)


def scalar_nodes(nodes: Iterable[FormNode]) -> Iterator[FormNode]:
    """Every node that is a control, in the order of the form."""
    for node in nodes:
        for item in _all(node):
            if item.field.control in SCALARS:
                yield item
