"""模式形状 (shape): what the pydantic models say about a place in a file, read from the models themselves.

pydantic reports where a value failed as a path of keys, positions and, inside unions, labels that
do not stand in the file. :func:`follow` walks that path through the models' own annotations, so no
second description of the format is needed.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Annotated, Any, Literal, TypeAlias, Union

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.catalogue import key_words
from generator.source.finding import FieldPath, parse_path

Model: TypeAlias = type[BaseModel]
_SEQUENCES = (tuple, list, set, frozenset)


def keys_of(model: Model) -> dict[str, FieldInfo]:
    """The keys a mapping of ``model`` may have, as written in a file, in the model's order."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


@cache
def known_keys(model: Model) -> frozenset[str]:
    """Every key that may stand anywhere in a file of ``model``: words of the schema, never of a record."""
    found: set[str] = set()
    waiting, seen = [model], {model}
    while waiting:
        fields = keys_of(waiting.pop())
        found.update(fields)
        for field in fields.values():
            for inner in models_below(field.annotation):
                if inner not in seen:
                    seen.add(inner)
                    waiting.append(inner)
    return frozenset(found)


def follow(model: Model, location: Iterable[str | int]) -> tuple[FieldPath, Model | None]:
    """Walk a pydantic error location. Returns the path of keys in the file, without the labels of
    unions, and the model that describes the mapping there (``None`` when it is not a mapping)."""
    path: FieldPath = ()
    here: list[Any] = [model]
    for step in location:
        members = list(_members(here))
        if len(members) > 1 and isinstance(step, str):
            # pydantic names the member of a union that it tried; that label is not in the file.
            chosen = [member for member in members if _is_labelled(member, step)]
            here = chosen[:1] or members
            continue
        path = (*path, step)
        here = [inner for member in members for inner in _below(member, step)]
    models = [member for member in _members(here) if _is_model(member)]
    return path, models[0] if models else None


def title_of(model: Model, field: str) -> str:
    """字段的名称 of a path such as ``procedure.accepted_on``: 受理日期; the path itself where it has none."""
    *above, last = parse_path(field)
    owner = follow(model, above)[1]
    words = key_words(owner.__name__, str(last)) if owner is not None else None
    return field if words is None else words[0]


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _members(kinds: Iterable[Any]) -> Iterator[Any]:
    """Unions taken apart, annotations and ``None`` dropped."""
    for kind in kinds:
        origin = typing.get_origin(kind)
        if origin is Annotated:
            yield from _members(typing.get_args(kind)[:1])
        elif origin in (Union, types.UnionType):
            yield from _members(typing.get_args(kind))
        elif kind is not types.NoneType:
            yield kind


def _below(kind: Any, step: str | int) -> Iterator[Any]:
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if _is_model(kind):
        field = keys_of(kind).get(step) if isinstance(step, str) else None
        if field is not None:
            yield field.annotation
    elif origin in _SEQUENCES and args and isinstance(step, int):
        fixed = origin is tuple and args[-1] is not Ellipsis
        yield args[min(step, len(args) - 1)] if fixed else args[0]
    elif origin is not None and len(args) == 2 and isinstance(step, str):
        yield args[1]  # a mapping with free keys


def _is_labelled(kind: Any, label: str) -> bool:
    if not _is_model(kind):
        return False
    tags = [
        value
        for field in kind.model_fields.values()
        if typing.get_origin(field.annotation) is Literal
        for value in typing.get_args(field.annotation)
    ]
    return label == kind.__name__ or label in tags


def models_below(kind: Any) -> Iterator[Model]:
    """The types of mappings that a value of ``kind`` may hold."""
    for member in _members([kind]):
        if _is_model(member):
            yield member
        else:
            for inner in typing.get_args(member):
                yield from models_below(inner)
