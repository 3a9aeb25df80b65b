"""表单写回文件 (form editing): what somebody changed in a form goes into the record's text, and nothing else does.

A value that reads as it was shown is not touched, so a form that is opened and saved unchanged changes no byte.
Comments, order and quotes of all else stay (:mod:`generator.desk.record_writing`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pypinyin import lazy_pinyin
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import LiteralScalarString, ScalarString

from generator.desk.cell_values import CellError, text_of
from generator.desk.form_fields import SCALARS, Control, FormField, fields_of
from generator.desk.record_writing import delete, editable, layout_of, read_editable, written
from generator.source.finding import FieldPath, parse_path
from generator.source.shape import Model

_CLOCK_READ = frozenset((Control.DAY, Control.PARTIAL_DAY, Control.MOMENT, Control.WHOLE))
_LISTS = frozenset((Control.LINES, Control.PERSONS))


@dataclass(slots=True, kw_only=True)
class Edited:
    """改过的记录: its text, and what could not be understood of the answers, by place (code, found)."""

    text: str
    unread: dict[FieldPath, tuple[str, str]] = field(default_factory=dict)


def shown_value(asked: FormField, value: Any) -> str | None:
    """How a value of the file stands in its control; None where the file holds something else than a control shows."""
    if value is None:
        return ""
    if asked.control in _LISTS:
        if isinstance(value, list) and all(isinstance(item, str) and "\n" not in item for item in value):
            return "\n".join(value)
        return None
    if not isinstance(value, str):
        return None
    return asked.code_of(value) if asked.control is Control.CHOICE else value


def understood(asked: FormField, answer: str) -> str:
    """The value that an answer means; empty for none. Raises :class:`CellError`."""
    if asked.control is Control.CHOICE:
        return asked.code_of(answer.strip())
    if asked.control in _CLOCK_READ:
        return text_of(answer, asked.control.value) or ""
    return (
        text_of(answer, "prose" if asked.control is Control.PROSE or asked.control in _LISTS else "text")
        or ""
    )


def edited(text: str, model: Model, answers: Mapping[str, str], removed: Iterable[str] = ()) -> Edited:
    """``text`` with the ``answers`` (``persons[0].name`` → what was written there) and without the items and entries
    ``removed`` (``persons[1]``, ``persons[0].portrait``). Answers for places that the schema does not know are passed over."""
    tree = read_editable(text)
    result = Edited(text=text)
    changed = _entry(tree, model, _nested(answers), (), result, in_order="#" not in text)
    for path in sorted(map(parse_path, removed), reverse=True):
        changed |= _remove(tree, path)
    if changed:
        result.text = written(tree, layout_of(text))
    return result


def with_keys(text: str) -> str:
    """The record with a key for each of its persons, which lists can name. A record that has them all stays as it is."""
    tree = read_editable(text)
    persons = tree.get("persons")
    if not isinstance(persons, list) or all("key" in item for item in persons if isinstance(item, dict)):
        return text
    taken = {str(item["key"]) for item in persons if isinstance(item, dict) and "key" in item}
    for number, item in enumerate(persons, 1):
        if isinstance(item, CommentedMap) and "key" not in item:
            key = (
                f"p{number}" if _is_named(tree, f"p{number}") else _new_key(str(item.get("name", "")), taken)
            )
            taken.add(key)
            item.insert(0, "key", key)
    return written(tree, layout_of(text))


def _is_named(tree: Mapping[str, Any], key: str) -> bool:
    """Whether some list of the record names the person ``key`` by the key that the order gives."""
    honours, outcome = tree.get("honours"), tree.get("outcome")
    lists = [item.get("recipients") for item in honours] if isinstance(honours, list) else []
    lists += [act.get("persons") for act in (tree.get("act"), *(tree.get("further_acts") or ())) if act]
    lists.append(outcome.get("not_confirmed") if isinstance(outcome, dict) else None)
    return any(key in found for found in lists if isinstance(found, list))


def _new_key(name: str, taken: set[str]) -> str:
    stem = re.sub("[^a-z]", "", "".join(lazy_pinyin(name[:1])).lower()) or "p"
    return next(
        key for key in (stem, *(f"{stem}{number}" for number in range(2, 10_000))) if key not in taken
    )


_Nested = dict[Any, Any]


def _nested(answers: Mapping[str, str]) -> _Nested:
    """Answers as a tree: keys, and positions in lists."""
    tree: _Nested = {}
    for name, answer in answers.items():
        here = tree
        *steps, last = parse_path(name) or ("",)
        for step in steps:
            below = here.setdefault(step, {})
            if not isinstance(below, dict):
                break
            here = below
        else:
            here[last] = answer.replace("\r\n", "\n").replace("\r", "\n")
    return tree


def _entry(
    tree: CommentedMap, model: Model, answers: _Nested, path: FieldPath, result: Edited, *, in_order: bool
) -> bool:
    """Put ``answers`` into one mapping; whether anything changed."""
    changed = False
    for key, asked in fields_of(model).items():
        if key not in answers:
            continue
        answer, held, here = answers[key], tree.get(key), (*path, key)
        if asked.control in SCALARS:
            if isinstance(answer, str):
                changed |= _scalar(tree, model, asked, answer, here, result, in_order=in_order)
        elif isinstance(answer, dict) and asked.model is not None:
            if asked.control is Control.ENTRY:
                below = CommentedMap() if held is None else held
                if isinstance(below, CommentedMap):
                    changed |= _entry(below, asked.model, answer, here, result, in_order=in_order)
            else:
                below = CommentedSeq() if held is None else held
                if isinstance(below, CommentedSeq):
                    changed |= _items(below, asked.model, answer, here, result, in_order=in_order)
            if held is None and below:
                _insert(tree, model, key, below, in_order=in_order)
            elif held is not None and not below and key in tree:
                delete(tree, key)
    return changed


def _items(
    items: CommentedSeq, model: Model, answers: _Nested, path: FieldPath, result: Edited, *, in_order: bool
) -> bool:
    changed, there = False, len(items)
    for number in sorted(number for number in answers if isinstance(number, int)):
        if not isinstance(answers[number], dict):
            continue
        if number < there:
            if isinstance(items[number], CommentedMap):
                changed |= _entry(
                    items[number], model, answers[number], (*path, number), result, in_order=in_order
                )
            continue
        made = CommentedMap()
        here = (*path, len(items))
        if _entry(made, model, answers[number], here, result, in_order=in_order) and made:
            items.append(made)
            changed = True
    return changed


def _scalar(
    tree: CommentedMap,
    model: Model,
    asked: FormField,
    answer: str,
    path: FieldPath,
    result: Edited,
    *,
    in_order: bool,
) -> bool:
    shown = shown_value(asked, _plain(tree.get(asked.key)))
    if shown is None or answer.strip() == shown.strip():
        return False
    if asked.control is Control.PERSONS:
        # Boxes have no order: what was there stays where it was.
        chosen = [line for line in answer.split("\n") if line]
        answer = "\n".join(
            [
                *(key for key in shown.split("\n") if key in chosen),
                *(key for key in chosen if key not in shown.split("\n")),
            ]
        )
    try:
        value = understood(asked, answer)
    except CellError as error:
        # It stands in the draft as it was written, so that nobody has to write it again.
        result.unread[path] = (error.code, error.found)
        value = answer.strip()
    if value == shown:
        return False
    if not value:
        delete(tree, asked.key)
    elif asked.control in _LISTS:
        _lines(
            tree,
            model,
            asked.key,
            [line.strip() for line in value.split("\n") if line.strip()],
            in_order=in_order,
        )
    elif asked.key in tree:
        tree[asked.key] = _like(tree[asked.key], value)
    else:
        _insert(tree, model, asked.key, editable(value), in_order=in_order)
    return True


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, CommentedSeq) else value


def _like(old: Any, value: str) -> Any:
    """``value`` in the quotes of ``old``, with the remark behind it."""
    made: Any = editable(value)
    remark = getattr(old, "comment", None)
    if remark is not None:
        made = LiteralScalarString(value)
        made.comment = remark
    elif isinstance(old, ScalarString) and not isinstance(old, LiteralScalarString) and type(made) is str:
        made = type(old)(value)
    return made


def _lines(tree: CommentedMap, model: Model, key: str, lines: list[str], *, in_order: bool) -> None:
    held = tree.get(key)
    if isinstance(held, CommentedSeq) and lines:
        kept = {str(item): item for item in held}
        held[:] = [kept.get(line, editable(line)) for line in lines]
    elif lines:
        _insert(tree, model, key, editable([*lines]), in_order=in_order)


def _insert(tree: CommentedMap, model: Model, key: str, value: Any, *, in_order: bool) -> None:
    """A new key: in the order of the schema where no remark can be parted from what it is about, else at the end."""
    if not in_order:
        tree[key] = value
        return
    order = list(fields_of(model))
    before = order[: order.index(key)]
    places = [place for place, name in enumerate(tree) if name in before]
    tree.insert(places[-1] + 1 if places else 0, key, value)


def _remove(tree: CommentedMap, path: FieldPath) -> bool:
    """Take one item from a list, and the list with its last, or one entry from what holds it."""
    here: Any = tree
    *steps, last = path
    if not steps:
        return False
    holder, name = None, None
    for step in steps:
        holder, name = here, step
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            return False
    if isinstance(here, CommentedMap) and isinstance(last, str) and last in here:
        delete(here, last)
        return True
    if not isinstance(here, CommentedSeq) or not isinstance(last, int) or last >= len(here):
        return False
    del here[last]
    if not here and isinstance(holder, CommentedMap):
        delete(holder, str(name))
    return True
