"""JSON 文字: one way of writing JSON for every file, the same bytes for the same value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

# Inside a JSON text these stand in strings only. Escaped, a server that guesses types cannot take
# the file for a page, and a script element that carries it cannot be closed from within.
_ESCAPED = re.compile("[<>&\u2028\u2029]")
# Written out as more or fewer than one escape of four figures.
_OTHERWISE_ESCAPED = re.compile("[\x80-\xff\U00010000-\U0010ffff]")


def compact(value: Any) -> bytes:
    """紧凑 JSON: UTF-8, keys in the order given, no line end. ``value`` holds no broken numbers."""
    return compact_text(value).encode()


def compact_text(value: Any) -> str:
    """:func:`compact` as text, which may stand in a script element of a page."""
    try:
        text = msgspec.json.encode(value, enc_hook=_as_text).decode()
    except UnicodeEncodeError:  # half a character: an answer that nobody can mean, but a file all the same
        text = (
            json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace").decode()
        )
    return _escaped(text)


def _as_text(value: object) -> str:
    """HTML and the like, which are text too."""
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"{type(value).__name__} is no JSON")


def _escaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def canonical(value: Any) -> bytes:
    """规范 JSON: ASCII with sorted keys, for hashes. Raises ``ValueError`` for NaN."""
    return json.dumps(
        value, ensure_ascii=True, allow_nan=False, separators=(",", ":"), sort_keys=True
    ).encode()


def canonical_content(content: Any) -> bytes:
    """:func:`canonical` of what a document says, in which no number is broken: the same bytes in half the time."""
    text = msgspec.json.encode(content, order="sorted").decode()
    return canonical(content) if _OTHERWISE_ESCAPED.search(text) else text.encode("ascii", "backslashreplace")


def without_empty(value: Any) -> Any:
    """``value`` without what is empty, however deep, but for items of lists: of two versions of this software that differ
    by a field that nothing is said in, both say the same."""
    if isinstance(value, dict):
        made = {}
        for key, item in value.items():
            kept = item if isinstance(item, str) else without_empty(item)
            if kept or isinstance(kept, bool | int | float):
                made[key] = kept
        return made
    if isinstance(value, list | tuple):
        return [without_empty(item) for item in value]
    return value


def spread(value: Any) -> bytes:
    """分行 JSON: indented, for the few files that people open themselves."""
    return (
        _escaped(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2)).encode("utf-8", "replace")
        + b"\n"
    )


def array(documents: Iterable[bytes]) -> Iterator[bytes]:
    """JSON 数组, streamed: one element a line. ``documents`` are finished JSON texts."""
    before = b"[\n"
    for document in documents:
        yield before
        yield document.rstrip(b"\n")
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"


def in_one(data: bytes | Iterable[bytes]) -> bytes:
    """Bytes that may have come in parts."""
    return data if isinstance(data, bytes) else b"".join(data)
