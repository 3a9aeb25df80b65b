"""重复部分 (repeated parts): what thousands of pages have in common is read once.

Every record page is one shell with its fragment filled in. A page is cut into parts at
tags, so that equal stretches are soon cut alike wherever they stand. A part that was read before,
byte for byte, beside the same neighbour, in a page in which nothing at all was found, is passed over.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from generator.audit.decoding import between_characters
from generator.cache import digest

SHORTEST_PART = 512
"""Bytes; longer than anything searched for, so that no secret can span three parts."""
MARGIN = 256
"""Bytes kept at both ends of what is passed over, to be read together with what stands beside it."""
_CUT = b"</div>"
"""Ends a part, once the part is long enough: rare enough that two pages soon cut at the same ones."""


class Page:
    """一页 cut into parts. ``unread`` is what still has to be read of it."""

    def __init__(self, data: bytes, clean: set[bytes]) -> None:
        parts = list(_parts(data))
        digests = [digest(part) for part in parts]
        self._marks = [*digests, *(left + right for left, right in itertools.pairwise(digests))]
        self.unread = b"".join(_unread(parts, digests, clean))

    def remember(self, clean: set[bytes]) -> None:
        """Nothing was found in this page, wherever it may stand."""
        clean.update(self._marks)


def _parts(data: bytes) -> Iterator[bytes]:
    start = 0
    while (end := data.find(_CUT, start + SHORTEST_PART)) >= 0:
        yield data[start : end + len(_CUT)]
        start = end + len(_CUT)
    yield data[start:]


def _unread(parts: list[bytes], digests: list[bytes], clean: set[bytes]) -> Iterator[bytes]:
    run: list[bytes] = []
    last = b""
    for part, mark in zip(parts, digests, strict=True):
        if run and (mark not in clean or last + mark not in clean):
            yield from _ends(b"".join(run))
            run = []
        if mark in clean:
            run.append(part)
        else:
            yield part
        last = mark
    yield from _ends(b"".join(run))


def _ends(known: bytes) -> Iterator[bytes]:
    if len(known) <= 3 * MARGIN:
        yield known
        return
    yield known[: between_characters(known, MARGIN)]
    yield b"\x1f"
    yield known[between_characters(known, len(known) - MARGIN) :]
