"""原文摘录 (snippet): a source line with a caret under the part that is meant.

Carets are placed by display cells: a Chinese character takes two, a combining mark none.
"""

from __future__ import annotations

import unicodedata
from typing import Protocol


class Printed(Protocol):
    """What of a place is drawn; see :class:`~generator.diagnostics.diagnostic.Place`."""

    @property
    def line(self) -> int | None:
        """Counts from 1."""

    @property
    def column(self) -> int | None:
        """In characters, from 1."""

    @property
    def end_column(self) -> int | None:
        """Exclusive."""

    @property
    def source_line(self) -> str | None:
        """The whole line."""


def visible(text: str) -> str:
    """``text`` with every character that cannot be seen, or could steer a terminal, as an escape."""
    return text if text.isprintable() else "".join(_visible(character) for character in text)


def cells(text: str) -> int:
    """Width of printable text in display cells."""
    return sum(_cells(character) for character in text)


def snippet(place: Printed, *, width: int) -> list[str]:
    """The place's line and the carets below it, at most ``width`` cells wide; empty without a line."""
    if place.source_line is None or place.line is None or not place.source_line.strip():
        return []
    gutter = f"{place.line:>5} | "
    drawn = [_visible(character) for character in place.source_line.rstrip()]
    start = min((place.column or 1) - 1, len(drawn))
    stop = max((place.end_column or 0) - 1, start + 1)
    first, last = _window(drawn, start, max(width - len(gutter) - 2, 20))
    head = "…" if first else ""
    tail = "…" if last < len(drawn) else ""
    text = head + "".join(drawn[first:last]) + tail
    indent = cells(head) + sum(map(cells, drawn[first:start]))
    carets = sum(map(cells, drawn[start : min(stop, last)])) or 1
    return [f"{gutter}{text}", f"{' ' * (len(gutter) - 2)}| {' ' * indent}{'^' * carets}"]


def _window(drawn: list[str], start: int, room: int) -> tuple[int, int]:
    """The part of a long line to show: at most ``room`` cells, a third of them before ``start``."""
    if sum(map(cells, drawn)) <= room:
        return 0, len(drawn)
    first, used = start, 0
    while first > 0 and used + cells(drawn[first - 1]) <= room // 3:
        first -= 1
        used += cells(drawn[first])
    last = start
    while last < len(drawn) and used + cells(drawn[last]) <= room:
        used += cells(drawn[last])
        last += 1
    return first, last


def _visible(character: str) -> str:
    if character.isprintable():
        return character
    return character.encode("unicode_escape", "backslashreplace").decode("ascii")


def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
