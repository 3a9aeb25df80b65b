"""类型错误 (typing errors): what pydantic refused, as findings with our codes.

The catalogue gives each kind of pydantic error its code (``kinds`` of an entry). So a new scalar type needs an
entry there and no change here. A validator may also raise
``PydanticCustomError("DIS003", …, context)``: a kind that is itself a code. Its context is taken as
facts, but for four reserved keys: ``terms`` and ``facts`` (mappings), ``at`` (a field path relative
to the model, or a list of them joined in ``related``), where to point.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError

from generator.catalogue import key_words, value_set, value_words
from generator.diagnostics.codes import entries
from generator.source.finding import FieldPath, Finding, clip, parse_path
from generator.source.near import nearest
from generator.source.shape import follow, keys_of
from generator.source.yaml_reader import Tree

UNKNOWN_KEY, _MISSING_KEY, _NOT_MAPPING, _NOT_LIST = "REC001", "REC002", "REC003", "REC004"
_NOT_SCALAR, _NOT_ALLOWED, _HIDDEN, _OTHER = "REC005", "REC006", "REC009", "REC099"
_RESERVED = ("at", "related", "terms", "facts")


def findings_of(error: ValidationError, model: type[BaseModel], tree: Tree) -> list[Finding]:
    """All that pydantic refused in ``tree``, in its order."""
    items = error.errors(include_url=False, include_input=False)
    found = [
        _finding(dict(item), model, tree) for item in items if not _follows_from_others(dict(item), items)
    ]
    # A misspelt key is told once, as itself, and not a second time as the missing key it was meant for.
    meant = {(*f.path[:-1], f.terms["near"]) for f in found if f.code == UNKNOWN_KEY and "near" in f.terms}
    return [f for f in found if not (f.code == _MISSING_KEY and (*f.path, f.terms["key"]) in meant)]


def _follows_from_others(item: Mapping[str, Any], items: Sequence[Any]) -> bool:
    """A list seems too short only because pydantic leaves out its wrong items."""
    place = item["loc"]
    return item["type"] == "too_short" and any(
        other["loc"][: len(place)] == place and len(other["loc"]) > len(place) for other in items
    )


@cache
def _codes_by_kind() -> dict[str, str]:
    return {kind: code for code, item in entries().items() for kind in item.get("kinds", ())}


def _finding(item: dict[str, Any], model: type[BaseModel], tree: Tree) -> Finding:
    kind, location, context = item["type"], item["loc"], item.get("ctx") or {}
    if kind in ("extra_forbidden", "missing", "union_tag_not_found", "union_tag_invalid"):
        return _about_a_key(kind, location, context, model, tree)
    path, owner = follow(model, location)
    value = _value_at(tree, path)
    if kind in entries():
        return _from_validator(kind, path, context)
    code = _codes_by_kind().get(kind, _OTHER)
    if code == _OTHER:
        return Finding(code=code, path=path)
    if code in (_NOT_MAPPING, _NOT_LIST):
        return _wrong_shape(code, path, value, owner)
    if not isinstance(value, str):
        # A scalar type that met a list or a mapping; lists that are too short come here as well.
        code = code if isinstance(value, list) and kind in ("too_short", "too_long") else _NOT_SCALAR
        return Finding(code=code, path=path, terms=_limits(context))
    if invisible := _invisible(path, value):
        return invisible
    if code == _NOT_ALLOWED:
        return _not_allowed(path, value, context["expected"])
    facts = {"found": clip(value), **{name: context[name] for name in ("escape",) if name in context}}
    if near := _as_a_date(value):
        facts["near"] = near
    return Finding(code=code, path=path, facts=facts, terms=_limits(context))


def _about_a_key(
    kind: str, location: tuple[str | int, ...], context: Mapping[str, Any], model: type[BaseModel], tree: Tree
) -> Finding:
    if kind.startswith("union"):
        path, _ = follow(model, location)
        key = _quoted(context["discriminator"])[0]
        if kind == "union_tag_not_found":
            return Finding(code=_MISSING_KEY, path=path, terms={"key": key})
        return _not_allowed((*path, key), _value_at(tree, (*path, key)), context["expected_tags"])
    path, owner = follow(model, location[:-1])
    key = str(location[-1])
    if kind == "missing":
        words = key_words(owner.__name__, key) if owner is not None else None
        titled = {} if words is None else {"title": words[0]}
        return Finding(code=_MISSING_KEY, path=path, terms={"key": key, **titled})
    allowed = keys_of(owner) if owner else {}
    present = _value_at(tree, path) or {}
    terms = {"allowed": ", ".join(allowed)} if allowed else {}
    if near := nearest(key, (name for name in allowed if name not in present)):
        terms["near"] = near
    return Finding(code=UNKNOWN_KEY, path=(*path, key), at_key=True, facts={"key": clip(key)}, terms=terms)


def _wrong_shape(code: str, path: FieldPath, value: Tree | None, owner: type[BaseModel] | None) -> Finding:
    if not isinstance(value, str):
        return Finding(code=code, path=path)
    if (
        owner
        and (match := re.match("([A-Za-z_][A-Za-z0-9_-]*)(\uff1a|:)", value))
        and match[1] in keys_of(owner)
    ):
        # "name:某人" is text to YAML: what is missing is the space, not the mapping.
        return Finding(code="SRC012" if match[2] == ":" else "SRC011", path=path, terms={"key": match[1]})
    return Finding(code=code, path=path, facts={"found": clip(value)})


def _from_validator(code: str, path: FieldPath, context: Mapping[str, Any]) -> Finding:
    flat = {key: value for key, value in context.items() if key not in _RESERVED}
    return Finding(
        code=code,
        path=(*path, *parse_path(context.get("at", ""))),
        facts={**flat, **context.get("facts", {})},
        terms=context.get("terms", {}),
        related=tuple((*path, *parse_path(other)) for other in context.get("related", ())),
    )


def _value_at(tree: Tree, path: FieldPath) -> Tree | None:
    here: Any = tree
    for step in path:
        in_mapping = isinstance(here, dict) and step in here
        in_list = isinstance(here, list) and isinstance(step, int) and step < len(here)
        if not (in_mapping or in_list):
            return None
        here = here[step]
    return here  # type: ignore[no-any-return]


def _not_allowed(path: FieldPath, value: Tree | None, expected: str) -> Finding:
    if not isinstance(value, str):
        return Finding(code=_NOT_SCALAR, path=path)
    if invisible := _invisible(path, value):
        return invisible
    codes = _quoted(expected)
    said = _said(frozenset(codes))
    facts = {"found": clip(value)}
    # The word that was meant says as much of the record as the one that was written, so it is a fact too.
    if near := nearest(value, (*codes, *(word for words in said.values() for word in words))):
        facts["near"] = near
    allowed = ", ".join(f"{said[code][0]} ({code})" if code in said else code for code in codes)
    return Finding(code=_NOT_ALLOWED, path=path, facts=facts, terms={"allowed": allowed})


def _said(codes: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
    """The Chinese words of ``codes``, where they have any."""
    name = value_set(codes)
    return value_words(name) if name is not None else {}


def _quoted(text: str) -> list[str]:
    """pydantic lists words as ``'a', 'b' or 'c'``."""
    return re.findall(r"'([^']*)'", text)


def _limits(context: Mapping[str, Any]) -> dict[str, object]:
    """The numbers a rule of the schema names: lengths, bounds. Never a value of the record."""
    names = ("min_length", "max_length", "gt", "ge", "lt", "le", "multiple_of", "pattern")
    return {name: context[name] for name in names if name in context}


def _invisible(path: FieldPath, value: str) -> Finding | None:
    """Whatever the schema has against a value: a character that nobody sees is what has to be told."""
    character = hidden_character(value)
    if character is None:
        return None
    # The kind of character says nothing of the record, so it is a term: it is told for every file.
    return Finding(code=_HIDDEN, path=path, terms={"character": character})


def hidden_character(text: str) -> str | None:
    """``U+200B`` for the first character that cannot be seen; None without one."""
    for character in text:
        if character != "\n" and unicodedata.category(character) in (
            "Cc",
            "Cf",
            "Cs",
            "Co",
            "Cn",
            "Zl",
            "Zp",
        ):
            return f"U+{ord(character):04X}"
    return None


_DATE = re.compile("([0-9]{4})[-/.年 ](0?[1-9]|1[0-2])(?:[-/.月 ](?:(0?[1-9]|[12][0-9]|3[01])日?)?)?")


def _as_a_date(text: str) -> str | None:
    """What a date in another writing looks like here: ``2026-10-2``, ``2026/10/2``, ``2026年10月2日`` → ``2026-10-02``."""
    match = _DATE.fullmatch(unicodedata.normalize("NFKC", text.strip()))
    if match is None:
        return None
    near = "-".join(part.zfill(2) for part in match.groups() if part is not None)
    return near if near != text else None
