"""表单字段 (form fields): every key of a record as a control of a form, read from the types themselves.

Titles and descriptions are those of the field guide (``catalogue/keys.yml``), choices those of ``catalogue/values.yml``,
so a new key of the schema stands in the form of itself.
"""

from __future__ import annotations

import types
import typing
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Literal, Union

from pydantic import BaseModel

from generator.cases.case_files import PRIVATE_KEYS
from generator.catalogue import coded, key_words, value_words
from generator.source.finding import FieldPath
from generator.source.model.partial_day import PartialDay
from generator.source.model.scalars import Prose
from generator.source.model.worded import Worded
from generator.source.shape import Model, keys_of

_PERSON_LISTS = frozenset((("Act", "persons"), ("Outcome", "not_confirmed"), ("HonourRecord", "recipients")))
_PICTURE = ("Portrait", "file")
_PROSE = Prose.__metadata__[0]  # type: ignore[attr-defined]  # what tells text of several lines from one line
_TRUTHS = (("true", "是"), ("false", "否"))
_UNPUBLISHED = (PRIVATE_KEYS - {"injured", "portrait"}) | {"consent", "procedure", "case"}
"""Keys under which nothing is for the public. What is said of an injury, and a portrait, is published with consent, which itself is not; a procedure's dates judge a case, and its number is internal."""


class Control(StrEnum):
    """控件: how a key is asked for."""

    TEXT = "text"
    PROSE = "prose"
    DAY = "day"
    PARTIAL_DAY = "partial_day"
    MOMENT = "moment"
    WHOLE = "whole"
    CHOICE = "choice"
    LINES = "lines"
    """Several texts, one a line."""
    PERSONS = "persons"
    """Some of the case's persons, by their keys."""
    PICTURE = "picture"
    """Name of a picture that lies beside the records; a file is chosen for it."""
    ENTRY = "entry"
    """Keys of its own below it."""
    ENTRIES = "entries"
    """Any number of the same, added and removed."""


SCALARS = frozenset(Control) - {Control.ENTRY, Control.ENTRIES}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """一个字段. ``choices`` are (code, word) in order; ``model`` describes what stands below an entry or entries."""

    key: str
    title: str
    about: str
    control: Control
    required: bool
    private: bool
    choices: tuple[tuple[str, str], ...] = ()
    value_set: str | None = None
    """Name of the set of ``choices`` in ``values.yml``, where they have other words too."""
    model: Model | None = None

    def code_of(self, written: str) -> str:
        """The code that ``written`` stands for; itself where it is none of the choices."""
        if self.choices == _TRUTHS:
            return {"是": "true", "否": "false"}.get(written, written)
        return written if self.value_set is None else str(coded(self.value_set, written))


@cache
def fields_of(model: Model) -> dict[str, FormField]:
    """The fields of one type by key, in the order of the schema."""
    return {
        key: _field(model, key, info.annotation, info.metadata, info.is_required())
        for key, info in keys_of(model).items()
    }


def field_at(model: Model, path: FieldPath) -> FormField | None:
    """The field that ``path`` leads to; of an item of a list, the list's. None where the schema knows none."""
    found: FormField | None = None
    here: Model | None = model
    for step in path:
        if isinstance(step, int):
            if found is None or found.control is not Control.ENTRIES:
                return None
            continue
        found = fields_of(here).get(step) if here is not None else None
        if found is None:
            return None
        here = found.model
    return found


def _field(model: Model, key: str, annotation: Any, metadata: list[Any], required: bool) -> FormField:
    title, about = key_words(model.__name__, key) or (key, "")
    kind, marks = _bare(annotation, list(metadata))
    control, below, choices, value_set = _control(kind, marks)
    if (model.__name__, key) in _PERSON_LISTS:
        control = Control.PERSONS
    if (model.__name__, key) == _PICTURE:
        control = Control.PICTURE
    return FormField(
        key=key,
        title=title,
        about=about,
        control=control,
        required=required,
        private=key in _UNPUBLISHED,
        choices=choices,
        value_set=value_set,
        model=below,
    )


def _bare(kind: Any, marks: list[Any]) -> tuple[Any, list[Any]]:
    """A type without ``None`` and annotations, and what the annotations said."""
    while True:
        origin = typing.get_origin(kind)
        if origin is Annotated:
            kind, *more = typing.get_args(kind)
            marks += more
        elif origin in (Union, types.UnionType):
            kind = next(item for item in typing.get_args(kind) if item is not types.NoneType)
        else:
            return kind, marks


def _control(
    kind: Any, marks: list[Any]
) -> tuple[Control, Model | None, tuple[tuple[str, str], ...], str | None]:
    if typing.get_origin(kind) is tuple:
        inner, _ = _bare(typing.get_args(kind)[0], [])
        return (Control.ENTRIES, inner, (), None) if _is_model(inner) else (Control.LINES, None, (), None)
    if _is_model(kind):
        return Control.ENTRY, kind, (), None
    if typing.get_origin(kind) is Literal or (isinstance(kind, type) and issubclass(kind, StrEnum)):
        codes = [str(code) for code in (typing.get_args(kind) or list(kind))]
        worded = next((mark.name for mark in marks if isinstance(mark, Worded)), None)
        words = value_words(worded) if worded is not None else {}
        return Control.CHOICE, None, tuple((c, words[c][0] if c in words else c) for c in codes), worded
    if kind is bool:
        return Control.CHOICE, None, _TRUTHS, None
    simple = {
        date: Control.DAY,
        PartialDay: Control.PARTIAL_DAY,
        datetime: Control.MOMENT,
        int: Control.WHOLE,
    }
    if kind in simple:
        return simple[kind], None, (), None
    assert kind in (str, time), kind
    return (Control.PROSE if _PROSE in marks else Control.TEXT), None, (), None


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
