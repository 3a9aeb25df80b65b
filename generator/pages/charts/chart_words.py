"""图中文字 (words): numbers, labels in lines, and the description a screen reader gets."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from generator.catalogue import wording

Row = tuple[str, int | float | None]
_MOST_EQUALS = 3
"""Rows with the same lowest figure that a description names one by one."""


def number(value: float) -> str:
    """1234 → ``1,234``; 12.5 → ``12.5``; at most one decimal."""
    text = f"{value:,.1f}" if isinstance(value, float) else f"{value:,}"
    return text.removesuffix(".0")


def short_number(value: float) -> str:
    """The same in little room: from 100,000 in 万, then in 亿 and 万亿."""
    words = wording("charts")
    for size, word in (
        (10**12, words["trillion"]),
        (10**8, words["hundred_million"]),
        (10**4, words["ten_thousand"]),
    ):
        if value >= size and value >= 10**5:
            return number(round(value / size, 1)) + str(word)
    return number(value)


def describe(rows: Sequence[Row], unit: str) -> str:
    """图意: the highest and the lowest row in one sentence; rows without a figure do not count."""
    words = wording("charts")["description"]
    known = [(label, value) for label, value in rows if value is not None]
    if not known:
        return str(words["none"])
    top, low = max(known, key=lambda row: row[1]), min(known, key=lambda row: row[1])
    form = "one" if len(known) == 1 else "equal" if top[1] == low[1] else "many"
    return str(
        words[form].format(
            count=len(rows),
            top=top[0],
            top_value=number(top[1]),
            low=_of_equals([label for label, value in known if value == low[1]]),
            low_value=number(low[1]),
            unit=unit,
        )
    )


def _of_equals(labels: Sequence[str]) -> str:
    words = wording("charts")["description"]
    if len(labels) <= _MOST_EQUALS:
        return str(words["and"]).join(labels)
    return str(words["several"]).format(first=labels[0], count=len(labels))


def columns_of(text: str) -> int:
    """Width in half-em columns: 2 for a Chinese character, 1 for a Latin letter."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def wrapped(text: str, width: int, most: int) -> tuple[str, ...]:
    """Lines of at most ``width`` columns; what does not fit in ``most`` lines ends in ``…``."""
    lines = [""]
    for char in " ".join(text.split()):
        if columns_of(lines[-1] + char) > width:
            if len(lines) == most:
                lines[-1] = _shortened(lines[-1], width - 2) + "…"
                break
            lines.append("")
        lines[-1] += char
    return tuple(line.strip() for line in lines)


def _shortened(text: str, width: int) -> str:
    while columns_of(text) > width:
        text = text[:-1]
    return text
