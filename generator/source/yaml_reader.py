"""读取 YAML (the fast path): bytes to a plain tree in which every scalar is text.

One pass over libyaml's events. Whatever the record format does not allow (a duplicate key, a tag,
an anchor or alias, a key that is not plain text, an empty value, a second document, more than
``MAX_DEPTH`` levels, anything that is not YAML) raises :class:`UnreadableError` and says no more:
:mod:`generator.source.positions` reads the file again, slowly, and finds every problem with its
place. Nearly all files are good, and never pay for that.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import yaml
from yaml import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree]"
"""语法树: text, lists and mappings with text keys; nothing else."""

MAX_DEPTH = 24
"""The deepest nesting read; records need less than ten levels."""

NULL_WORDS = frozenset(("", "~", "null", "Null", "NULL"))
"""Unquoted words that YAML reads as "nothing". A record leaves the key out instead, so that a
forgotten value can never pass for a decision."""

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class UnreadableError(Exception):
    """The file holds something the record format does not allow. Never leaves ``generator.source``."""


def read_tree(data: bytes) -> Tree:
    """读成语法树. ``data`` is UTF-8, a byte-order mark at the very start allowed.

    Raises :class:`UnreadableError` for anything the record format does not allow.
    """
    if data.startswith(BYTE_ORDER_MARK):
        data = data[3:]
    if BYTE_ORDER_MARK in data:  # libyaml lets it pass inside text, where nobody can see it
        raise UnreadableError
    try:
        # libyaml would also take UTF-16; a file must be UTF-8, so it is decoded here first.
        data.decode("utf-8")
        loader = yaml.CBaseLoader(data)
        try:
            next_event: Callable[[], Any] = loader.get_event
            next_event()  # stream start
            if type(next_event()) is not yaml.DocumentStartEvent:
                raise UnreadableError
            tree = _read(next_event, next_event(), MAX_DEPTH)
            next_event()  # document end
            if type(next_event()) is not yaml.StreamEndEvent:
                raise UnreadableError
            return tree
        finally:
            loader.dispose()
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UnreadableError from error


# The hot loop of the whole `check`: scalars are handled in place, a call is paid per collection only.
def _read(next_event: Callable[[], Any], event: Any, depth: int) -> Tree:
    kind = type(event)
    if kind is ScalarEvent:
        if (
            event.tag is not None
            or event.anchor is not None
            or (event.implicit[0] and event.value in NULL_WORDS)
        ):
            raise UnreadableError
        return event.value  # type: ignore[no-any-return]
    if not depth or kind is yaml.AliasEvent or event.tag is not None or event.anchor is not None:
        raise UnreadableError
    if kind is MappingStartEvent:
        mapping: dict[str, Tree] = {}
        while True:
            key = next_event()
            if type(key) is not ScalarEvent:
                if type(key) is MappingEndEvent:
                    return mapping
                raise UnreadableError
            name = key.value
            if name in mapping or not name or key.tag is not None or key.anchor is not None:
                raise UnreadableError
            event = next_event()
            if type(event) is ScalarEvent:
                value = event.value
                if (
                    (value in NULL_WORDS and event.implicit[0])
                    or event.tag is not None
                    or event.anchor is not None
                ):
                    raise UnreadableError
                mapping[name] = value
            else:
                mapping[name] = _read(next_event, event, depth - 1)
    assert kind is SequenceStartEvent
    items: list[Tree] = []
    while True:
        event = next_event()
        if type(event) is SequenceEndEvent:
            return items
        items.append(_read(next_event, event, depth - 1))
