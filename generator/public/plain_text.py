"""可存文字 (storable text): what every format can hold, so that all of them hold the same.

XML 1.0 has no control characters, and a spreadsheet's cell holds 32,767 UTF-16 units at most. The checks
refuse records that hold such things, but nothing here relies on it.
"""

from __future__ import annotations

import re

CELL_LIMIT = 32_000
"""UTF-16 units in one cell of the data files. Excel's own limit is 32,767."""

_LINE_END = re.compile("\r\n?|[\x85\u2028\u2029]")
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_SUSPECT = re.compile(f"{_LINE_END.pattern}|{_UNSTORABLE.pattern}")


def storable(text: str) -> str:
    """可存文字: ``text`` with line ends as ``\\n`` and every character no XML may hold as U+FFFD."""
    if _SUSPECT.search(text) is None:
        return text
    return _UNSTORABLE.sub("\ufffd", _LINE_END.sub("\n", text))


def one_line(text: str) -> str:
    """一行文字: :func:`storable` with runs of white space as one space, for titles."""
    return " ".join(storable(text).split())


def cell(text: str) -> str:
    """单元格文字: :func:`storable`, cut with ``…`` where longer than :data:`CELL_LIMIT`."""
    text = storable(text)
    if len(text) * 2 <= CELL_LIMIT:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= CELL_LIMIT * 2:
        return text
    return units[: (CELL_LIMIT - 1) * 2].decode("utf-16-le", "ignore") + "…"
