"""JSON 文字: one way of writing JSON for every file, the same bytes for the same value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

# Inside a JSON text these stand in strings only. Escaped, a server that guesses types cannot take
# the file for a page, and a script element that carries it cannot be closed from within.
_ESCAPED = re.compile("[<>&\u2028\u2029]")
_ENCODE = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def compact(value: Any) -> bytes:
    """紧凑 JSON: UTF-8, keys in the order given, no line end. Raises ``ValueError`` for NaN."""
    return _safe(_ENCODE(value))


def _safe(text: str) -> bytes:
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode("utf-8", "replace")


def canonical(value: Any) -> bytes:
    """规范 JSON: :func:`compact` with sorted keys, for hashes."""
    return json.dumps(
        value, ensure_ascii=True, allow_nan=False, separators=(",", ":"), sort_keys=True
    ).encode()


def spread(value: Any) -> bytes:
    """分行 JSON: indented, for the few files that people open themselves."""
    return _safe(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2)) + b"\n"


def array(documents: Iterable[bytes]) -> Iterator[bytes]:
    """JSON 数组, streamed: one element a line. ``documents`` are finished JSON texts."""
    before = b"[\n"
    for document in documents:
        yield before
        yield document.rstrip(b"\n")
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"
