"""数据列 (columns): the tables' columns, described beside the field that fills them.

A document's field carries a :class:`Column` for every column made of it, or :class:`Flat` where the columns
are those of the document inside it. :func:`fields_of` reads them off the type; CSV, JSON, XLSX, SQLite and
``datapackage.json`` are written from nothing else::

    bonus_cny: Annotated[Count | None, Column(18, "奖金（元）", "Bonus (CNY)", "公布的奖金，元。", "…")]
    group: Annotated[Group | None, Flat(18)]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from operator import attrgetter
from typing import Any, Literal, get_type_hints

from msgspec import Struct, inspect

from generator.public.plain_text import cell
from generator.source.model.instant import SHANGHAI
from generator.source.model.published import Day, Document, Instant, PartialDay

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
    """一张表的字段, in their order, of the table whose rows are documents of this type.

    Raises ``ValueError`` when two columns have one place.
    """
    ranked: dict[tuple[int, ...], Field] = {}
    for rank, field in _ranked(document):
        if rank in ranked:
            raise ValueError(f"{field.name} and {ranked[rank].name} both have place {rank[-1]}")
        ranked[rank] = field
    return tuple(ranked[rank] for rank in sorted(ranked))


def _ranked(document: type[Struct]) -> Iterator[tuple[tuple[int, ...], Field]]:
    """Fields with their rank: places from the outermost document inwards."""
    for name, hint in get_type_hints(document, include_extras=True).items():
        bare, nullable = _bare(inspect.type_info(hint))
        for mark in getattr(hint, "__metadata__", ()):
            if isinstance(mark, Column):
                yield (mark.place,), _field(name, mark, bare, nullable)
            elif isinstance(mark, Flat):
                assert isinstance(bare, inspect.StructType)
                for rank, field in _ranked(bare.cls):
                    yield (mark.place, *rank), _inside(name, field, nullable)


def _field(name: str, column: Column, bare: inspect.Type, nullable: bool) -> Field:
    kind = column.type or _column_type(bare)
    return Field(
        name=column.name or name,
        type=kind,
        words=Meaning(zh=column.zh, en=column.en, about_zh=column.about_zh, about_en=column.about_en),
        value=_cell(column.value or attrgetter(name), _READERS.get(kind)),
        required=not nullable if column.required is None else column.required,
        pattern=_whole_pattern(bare) if column.value is None and kind == "string" else None,
    )


def _inside(name: str, field: Field, nullable: bool) -> Field:
    """``field`` of the document in the field ``name``; nothing where that is null."""

    def value(document: Any) -> Value:
        inner = getattr(document, name)
        return None if inner is None else field.value(inner)

    return replace(field, value=value, required=field.required and not nullable)


def _cell(value: Callable[[Any], Value], read: Callable[[str], Value] | None) -> Callable[[Any], Value]:
    """``value``, clean for every format: days and instants as such, text that every format can hold."""

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


def _bare(found: inspect.Type) -> tuple[inspect.Type, bool]:
    """A type without its description and without null, and whether it may be null."""
    if isinstance(found, inspect.Metadata):
        return _bare(found.type)
    if not isinstance(found, inspect.UnionType):
        return found, False
    (one,) = (item for item in found.types if not isinstance(item, inspect.NoneType))
    return _bare(one)[0], found.includes_none


def _column_type(bare: inspect.Type) -> Type:
    if isinstance(bare, inspect.BoolType):
        return "boolean"
    if isinstance(bare, inspect.IntType):
        return "integer"
    return _BY_PATTERN.get(_whole_pattern(bare), "string")


def _whole_pattern(bare: inspect.Type) -> str | None:
    """The pattern that the whole text has, without its anchors."""
    found = bare.pattern if isinstance(bare, inspect.StrType) else None
    return found[1:-1] if found is not None and found.startswith("^") and found.endswith("$") else None


def _pattern_of(hint: Any) -> str | None:
    return _whole_pattern(_bare(inspect.type_info(hint))[0])


PARTIAL_DAY = _pattern_of(PartialDay)
"""Pattern of a column of days of which some are years or months only."""
_BY_PATTERN: Mapping[str | None, Type] = {_pattern_of(Day): "date", _pattern_of(Instant): "datetime"}
