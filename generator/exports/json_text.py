"""JSON 文字: one way of writing JSON for every file, the same bytes for the same value."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

# Inside a JSON text these stand in strings only. Escaped, a server that guesses types cannot take
# the file for a page, and a script element that carries it cannot be closed from within.
_ESCAPES = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def compact(value: Any) -> bytes:
    """紧凑 JSON: UTF-8, keys in the order given, no line end. Raises ``ValueError`` for NaN."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.translate(_ESCAPES).encode("utf-8", "replace")


def canonical(value: Any) -> bytes:
    """规范 JSON: :func:`compact` with sorted keys, for hashes."""
    return json.dumps(
        value, ensure_ascii=True, allow_nan=False, separators=(",", ":"), sort_keys=True
    ).encode()


def spread(value: Any) -> bytes:
    """分行 JSON: indented, for the few files that people open themselves."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2)
    return text.translate(_ESCAPES).encode("utf-8", "replace") + b"\n"


def array(documents: Iterable[bytes]) -> Iterator[bytes]:
    """JSON 数组, streamed: one element a line. ``documents`` are finished JSON texts."""
    before = b"[\n"
    for document in documents:
        yield before
        yield document.rstrip(b"\n")
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"
