"""装箱 (packing): typed values as bytes and back, in a form that can run no code.

Builds and machines hand work to one another as MessagePack: plain lists, texts and numbers. The reader names the
type it expects. It gets a value of that type or an error, whoever wrote the bytes::

    unpack(pack(notice), PublicNotice) == notice

Frozen dataclasses, enums, dates, instants with their offset, tuples, sets, mappings and bytes all come back
equal. A type in which two members look alike on paper, such as ``str | date``, cannot be packed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cache as once
from typing import Any, BinaryIO, TypeVar

import msgspec

T = TypeVar("T")

_LENGTH = 8
"""Bytes of the length before each of several values."""


class UnreadableError(ValueError):
    """读不出: bytes of another type than the reader expects. The message quotes nothing of them."""


def pack(value: object) -> bytes:
    """``value`` as bytes, the same for equal values. Raises ``UnicodeEncodeError`` for half a character."""
    # In two steps, because MessagePack's own instants lose their offset.
    return msgspec.msgpack.encode(msgspec.to_builtins(value, builtin_types=(bytes,)))


def unpack(data: bytes, kind: type[T]) -> T:
    """The value of type ``kind`` in ``data``. Raises :class:`UnreadableError`."""
    try:
        value: T = _decoder(kind).decode(data)  # type: ignore[arg-type]  # a type is hashable
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise UnreadableError(f"not {kind}") from None
    return value


def pack_each(values: Iterable[object]) -> Iterator[bytes]:
    """Each of ``values``, behind its length: for :func:`unpack_each`, which reads one at a time."""
    for value in values:
        packed = pack(value)
        yield len(packed).to_bytes(_LENGTH, "big") + packed


def unpack_each(file: BinaryIO, kind: type[T]) -> Iterator[T]:
    """What :func:`pack_each` wrote, one value in memory at a time. Raises :class:`UnreadableError` where a
    value is not a ``kind``, or the file ends before it."""
    end = file.seek(0, os.SEEK_END)
    file.seek(0)
    while (at := file.tell()) < end:
        size = int.from_bytes(file.read(_LENGTH), "big")
        if size > end - at - _LENGTH:
            raise UnreadableError("cut short")
        yield unpack(file.read(size), kind)


@once
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind)
