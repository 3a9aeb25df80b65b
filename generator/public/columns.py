"""数据列 (columns): what stands in the tables, said beside the field of the document that it comes from.

A document's field carries a :class:`Column` for every column made of it, or :class:`Flat` where the columns
are those of the document inside it. :func:`fields_of` reads them off the type; CSV, JSON, XLSX, SQLite and
``datapackage.json`` are written from nothing else::

    bonus_cny: Annotated[Count | None, Column(18, "奖金（元）", "Bonus (CNY)", "公布的奖金，元。", "…")]
    group: Annotated[Group | None, Flat(18)]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, get_type_hints

from msgspec import Struct, inspect

from generator.public.plain_text import cell
from generator.source.model.published import Day, Document, Instant, PartialDay
from generator.source.model.scalars import SHANGHAI

Type = Literal["string", "integer", "boolean", "date", "datetime"]
Value = str | int | bool | date | datetime | None
"""A ``string`` is never empty; a ``datetime`` is aware, Beijing time, to the second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """字段的意义: titles and meanings in Chinese and English."""

    zh: str
    en: str
    about_zh: str
    about_en: str


@dataclass(frozen=True, slots=True)
class Column:
    """一列 of a table.

    ``place``     its rank among the columns of its document. Files in use count on the order: a new column
                  comes last, and a number is never given again.
    ``name``      by default that of the field it stands beside.
    ``value``     what stands in the cell, from the document that holds the field; by default the field itself.
    ``type``      by default that of the field: text, truth or whole number, day or instant.
    ``required``  whether it is never empty; by default whether the field is never null.
    """

    place: int
    zh: str
    en: str
    about_zh: str
    about_en: str
    name: str | None = None
    value: Callable[[Any], Value] | None = None
    type: Type | None = None
    required: bool | None = None


@dataclass(frozen=True, slots=True)
class Flat:
    """展开: the columns of the document in this field, all of them at ``place``."""

    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """字段 of a table. ``required`` fields are never null; ``pattern`` is a regular expression for the whole value."""

    name: str
    type: Type
    words: Meaning
    value: Callable[[Any], Value]
    required: bool
    pattern: str | None


def fields_of(document: type[Document]) -> tuple[Field, ...]:
    """一张表的字段, in their order, of the table whose rows are documents of this type."""
    return tuple(field for _, field in sorted(_ranked(document), key=lambda item: item[0]))


def _ranked(document: type[Struct]) -> Iterator[tuple[tuple[int, ...], Field]]:
    """Fields with their rank: places from the outermost document inwards."""
    for name, hint in get_type_hints(document, include_extras=True).items():
        for mark in getattr(hint, "__metadata__", ()):
            if isinstance(mark, Column):
                yield (mark.place,), _field(name, hint, mark)
            elif isinstance(mark, Flat):
                inner = _plain(hint)
                assert isinstance(inner.type, inspect.StructType)
                for rank, field in _ranked(inner.type.cls):
                    yield (mark.place, *rank), _inside(name, field, nullable=inner.nullable)


def _field(name: str, hint: Any, column: Column) -> Field:
    plain = _plain(hint)
    kind = column.type or plain.column_type
    return Field(
        name=column.name or name,
        type=kind,
        words=Meaning(zh=column.zh, en=column.en, about_zh=column.about_zh, about_en=column.about_en),
        value=_cell(column.value or _attribute(name), kind),
        required=not plain.nullable if column.required is None else column.required,
        pattern=plain.pattern if column.value is None and kind == "string" else None,
    )


def _inside(name: str, field: Field, *, nullable: bool) -> Field:
    """``field`` of the document in the field ``name``; nothing where that is null."""

    def value(document: Any) -> Value:
        inner = getattr(document, name)
        return None if inner is None else field.value(inner)

    return Field(
        name=field.name,
        type=field.type,
        words=field.words,
        value=value,
        required=field.required and not nullable,
        pattern=field.pattern,
    )


def _attribute(name: str) -> Callable[[Any], Value]:
    def value(document: Any) -> Value:
        found: Value = getattr(document, name)
        return found

    return value


def _cell(value: Callable[[Any], Value], kind: Type) -> Callable[[Any], Value]:
    """``value``, clean for every format: days and instants as such, text that every format can hold."""
    read = _READERS.get(kind)

    def clean(document: Any) -> Value:
        found = value(document)
        return read(found) if read is not None and isinstance(found, str) else found

    return clean


def _text(text: str) -> str | None:
    return cell(text) or None


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(SHANGHAI)


_READERS: Mapping[Type, Callable[[str], Value]] = {
    "string": _text,
    "date": date.fromisoformat,
    "datetime": _moment,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plain:
    """A field's type without its description and without null."""

    type: inspect.Type
    nullable: bool

    @property
    def column_type(self) -> Type:
        if isinstance(self.type, inspect.BoolType):
            return "boolean"
        if isinstance(self.type, inspect.IntType):
            return "integer"
        return _BY_PATTERN.get(self._pattern, "string")

    @property
    def pattern(self) -> str | None:
        """The pattern of the whole text, without its anchors."""
        found = self._pattern
        if found is None or not (found.startswith("^") and found.endswith("$")):
            return None
        return found[1:-1]

    @property
    def _pattern(self) -> str | None:
        return self.type.pattern if isinstance(self.type, inspect.StrType) else None


def _plain(hint: Any) -> _Plain:
    found = _without_words(inspect.type_info(hint))
    if not isinstance(found, inspect.UnionType):
        return _Plain(type=found, nullable=False)
    (one,) = (item for item in found.types if not isinstance(item, inspect.NoneType))
    return _Plain(type=_without_words(one), nullable=found.includes_none)


def _without_words(found: inspect.Type) -> inspect.Type:
    while isinstance(found, inspect.Metadata):
        found = found.type
    return found


PARTIAL_DAY = _plain(PartialDay).pattern
"""Pattern of a column of days of which some are years or months only."""
_BY_PATTERN: Mapping[str | None, Type] = {
    _plain(Day)._pattern: "date",
    _plain(Instant)._pattern: "datetime",
}
