"""CBOR (RFC 8949), as far as Pagefind's files use it: unsigned integers, text and arrays.

Anything else is a ``ValueError``: then Pagefind writes another format than the one known here.
"""

from __future__ import annotations

Value = int | str | list["Value"]


def decode(data: bytes) -> Value:
    """The one value that ``data`` holds."""
    value, end = _item(data, 0)
    if end != len(data):
        raise ValueError("CBOR goes on after its value")
    return value


def encode(value: Value) -> bytes:
    """``value`` in its shortest form, arrays of definite length."""
    parts: list[bytes] = []
    _write(value, parts)
    return b"".join(parts)


def _item(data: bytes, at: int) -> tuple[Value, int]:
    first = data[at]
    major, info = first >> 5, first & 31
    at += 1
    if info < 24:
        size = info
    elif info < 28:
        width = 1 << (info - 24)
        size = int.from_bytes(data[at : at + width], "big")
        at += width
    else:
        raise ValueError(f"CBOR head {first:#x} is not known here")
    if major == 0:
        return size, at
    if major == 3:
        return data[at : at + size].decode("utf-8"), at + size
    if major == 4:
        items: list[Value] = []
        for _ in range(size):
            item, at = _item(data, at)
            items.append(item)
        return items, at
    raise ValueError(f"CBOR of kind {major} is not known here")


def _write(value: Value, parts: list[bytes]) -> None:
    if isinstance(value, int):
        parts.append(_head(0, value))
    elif isinstance(value, str):
        text = value.encode("utf-8")
        parts += (_head(3, len(text)), text)
    else:
        parts.append(_head(4, len(value)))
        for item in value:
            _write(item, parts)


def _head(major: int, size: int) -> bytes:
    if size < 24:
        return bytes([major << 5 | size])
    for info, width in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if size < 1 << (8 * width):
            return bytes([major << 5 | info]) + size.to_bytes(width, "big")
    raise ValueError(f"{size} is too large for CBOR")
