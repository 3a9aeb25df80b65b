"""分享图排字 (setting): text into lines of equal length, by the rules of Chinese punctuation."""

from __future__ import annotations

import re
from functools import lru_cache

from PIL import ImageFont

from generator.catalogue import wording

_OPENING, _CLOSING = "“‘（《〈「『〔【([", "”’）》〉」』〕】)],，。、；：？！…·%"

_COUNT = "[0-9]+[人名位个项件]"
"""How many: 3人, 11名."""


def set_lines(
    text: str, font: ImageFont.FreeTypeFont, width: int, most: int, names: tuple[str, ...] = ()
) -> tuple[str, ...] | None:
    """Lines no wider than ``width`` pixels and as equal as they can be; None when ``most`` do not hold the text.

    No line parts one of ``names``.
    """
    pieces = [(piece, font.getlength(piece)) for piece in _pieces(names).findall(text)]
    lines = _filled(pieces, width)
    if lines is None or len(lines) > most:
        return None
    narrow, wide = 0, width
    while wide - narrow > 4:
        middle = (narrow + wide) // 2
        tried = _filled(pieces, middle)
        if tried is not None and len(tried) == len(lines):
            wide, lines = middle, tried
        else:
            narrow = middle
    return tuple(lines)


def cut_lines(text: str, font: ImageFont.FreeTypeFont, width: int, most: int) -> tuple[str, ...]:
    """As many lines as there are, filled to the end; what does not fit ends in ``…``."""
    lines: list[str] = []
    rest = text
    while rest and len(lines) < most:
        fitting = _fitting(rest, font, width)
        lines.append(rest[:fitting].strip())
        rest = rest[fitting:].lstrip()
    if rest:
        lines[-1] = lines[-1][: _fitting(lines[-1], font, width - font.getlength("…"))] + "…"
    return tuple(lines)


def cut_line(text: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    """One line; what does not fit ends in ``…``."""
    return "".join(cut_lines(text, font, width, 1))


@lru_cache(maxsize=64)
def _pieces(names: tuple[str, ...]) -> re.Pattern[str]:
    """What a line never parts: a name with its 等3人, a word of the catalogue, a run of Latin letters or digits, else
    one character.

    Closing marks go with what stands before them, opening ones with what follows.
    """
    # The longest first, so that a name is found before another that it begins with.
    whole = (*sorted(filter(None, names), key=len, reverse=True), *wording("share")["together"])
    words = "|".join(re.escape(word) for word in whole)
    opening, closing = re.escape(_OPENING), re.escape(_CLOSING)
    return re.compile(
        rf"[{opening}]*(?:(?:{words})(?:等{_COUNT})?|{_COUNT}|[0-9A-Za-z][0-9A-Za-z.:/\-]*[年月日]?|.)[{closing}]*"
    )


def _filled(pieces: list[tuple[str, float]], width: float) -> list[str] | None:
    """Lines filled one after the other; None when a piece alone is too wide."""
    lines, used = [""], 0.0
    for piece, length in pieces:
        if length > width:
            return None
        if used + length > width and lines[-1]:
            lines.append("")
            used = 0.0
        lines[-1] += piece
        used += length
    return [line.strip() for line in lines if line.strip()]


def _fitting(text: str, font: ImageFont.FreeTypeFont, width: float) -> int:
    """How many characters from the start fit, at least one."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if font.getlength(text[:middle]) <= width:
            low = middle
        else:
            high = middle - 1
    return low
