"""发现 (finding): a problem inside one file, before anybody knows whether the file may be shown.

:mod:`generator.source.load` turns findings into diagnostics once it has judged the whole file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

FieldPath: TypeAlias = tuple[str | int, ...]
"""键路径: keys and list positions from the top of the file, ``("persons", 0, "name")``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """一行中的一段. ``line`` and ``column`` count from 1, in characters; ``end_column`` is exclusive.

    ``last_line`` is set for text that goes on over further lines.
    """

    line: int
    column: int
    end_column: int
    last_line: int | None = None

    def lines(self) -> range:
        """Every line that the text stands on."""
        return range(self.line, (self.last_line or self.line) + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """一处问题. Placed by ``span``, or else by ``path`` (at its key when ``at_key``)."""

    code: str
    path: FieldPath = ()
    at_key: bool = False
    span: Span | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    terms: Mapping[str, object] = field(default_factory=dict)
    related: tuple[Span | FieldPath, ...] = ()


def format_path(path: FieldPath) -> str:
    """``("persons", 0, "name")`` → ``persons[0].name``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def parse_path(text: str) -> FieldPath:
    """``persons[0].name`` → ``("persons", 0, "name")``. Keys hold no dot or bracket."""
    return tuple(int(index) if index else key for index, key in re.findall(r"\[([0-9]+)\]|([^.\[\]]+)", text))


def clip(text: str, width: int = 40) -> str:
    """First ``width`` characters of the first line, with an ellipsis when something was left out."""
    first = text.strip().split("\n", 1)[0]
    return first if first == text.strip() and len(first) <= width else first[:width] + "…"
