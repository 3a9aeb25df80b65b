"""编号 (numbering): which number comes next in a series, so that none is given out twice."""

from __future__ import annotations

from collections.abc import Iterable

HIDDEN_FROM = 9000
"""Numbers of what is not public begin above this, so that none is missing among the public ones."""

_WIDTH = 4


def next_number(number: str, used: Iterable[str]) -> str:
    """下一个可用的编号 of the series of ``number``: one more than the highest that was ever given out.

    ``number`` is that of a notice, an honour, a decision or a case, such as ``wuhan-2026-h0003`` or ``wh26-0007``. One
    of what is not public is followed by another such::

        next_number("wuhan-2026-0007", ["wuhan-2026-0007", "wuhan-2026-9001"]) == "wuhan-2026-0008"
    """
    stem = _stem(number)
    hidden = _value(number, stem) > HIDDEN_FROM
    values = [_value(item, stem) for item in (number, *used) if _stem(item) == stem]
    highest = max((value for value in values if (value > HIDDEN_FROM) == hidden), default=0)
    return f"{stem}{highest + 1:0{_WIDTH}}"


def _stem(number: str) -> str:
    return number.rstrip("0123456789")


def _value(number: str, stem: str) -> int:
    digits = number[len(stem) :]
    return int(digits) if digits.isascii() and digits.isdigit() else 0
