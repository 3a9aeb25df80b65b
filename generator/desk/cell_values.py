"""单元格的值 (cell values): what a clerk wrote, as the text that a record would hold.

What can mean one thing only is turned (2012年5月7日, full-width digits, Excel's own dates); what can mean two is
refused and never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time
from typing import TypeAlias

Cell: TypeAlias = "str | float | int | bool | date | datetime | time | None"
"""A cell as the reader of workbooks gives it."""

_LONGEST_EXACT = 10**15
"""Excel keeps fifteen digits of a number; what is longer has lost its last ones."""
_CHINESE = {ord(a): b for a, b in zip("〇零一二三四五六七八九", "00123456789", strict=True)}
_PARTS = re.compile(r"([0-9]{4})\s*[-/.年．]\s*(?:([0-9]{1,2})\s*(?:[-/.月．]\s*(?:([0-9]{1,2})\s*日?)?)?)?")
_SOLID = re.compile("((?:19|20)[0-9]{2})((?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])?)?")
_CLOCK = re.compile(r"(.*?)[\sT]*([01]?[0-9]|2[0-3])\s*[:时点]\s*(?:([0-5]?[0-9])\s*分?)?")
_CHINESE_DAY = re.compile(
    "([〇零一二三四五六七八九]{4})年(?:([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})日)?)?"
)


class CellError(Exception):
    """这一格看不明白: the code of the diagnostic, and what was found."""

    def __init__(self, code: str, found: str) -> None:
        super().__init__(code)
        self.code, self.found = code, found


def text_of(cell: Cell, kind: str) -> str | None:
    """The text for a column of ``kind``; None for an empty cell. Raises :class:`CellError`."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if isinstance(cell, str) and re.fullmatch(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)", cell.strip()):
        raise CellError("DSK034", cell.strip())
    if kind in ("day", "partial_day"):
        return _day(cell, whole=kind == "day")
    if kind == "moment":
        return _moment(cell)
    if kind == "truth" and isinstance(cell, bool):
        return "是" if cell else "否"
    if kind in ("whole", "number"):
        return _number(cell, kind)
    return _plain(cell) if kind == "prose" else _plain(cell).replace("\n", "")


def _plain(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    text = str(cell).replace("\r\n", "\n").replace("\r", "\n")
    return text.strip(" \t\n\u3000\u00a0")


def _number(cell: Cell, kind: str) -> str:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        if abs(cell) >= _LONGEST_EXACT:
            raise CellError("DSK033", f"{cell:.0f}")
        return _plain(cell)
    text = unicodedata.normalize("NFKC", _plain(cell))
    if kind == "number":
        return text
    bare = re.sub(r"[,\s]|元$", "", text)
    return bare if bare.isdigit() else text


def _day(cell: Cell, *, whole: bool) -> str:
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        cell = _plain(cell)
    written = unicodedata.normalize("NFKC", _plain(cell))
    parts = _parts(written)
    if parts is None:
        raise CellError("DSK032" if re.search("[0-9]", written) else "DSK031", written)
    year, month, day = parts
    # A record says later what is wrong with 2012-02-30 or a missing day, with the field's own rule.
    return "-".join([year, *(part.zfill(2) for part in (month, day) if part)])


def _parts(written: str) -> tuple[str, str, str] | None:
    if solid := _SOLID.fullmatch(written):
        rest = solid[2] or ""
        return solid[1], rest[:2], rest[2:]
    if found := _PARTS.fullmatch(written):
        return found[1], found[2] or "", found[3] or ""
    if found := _CHINESE_DAY.fullmatch(written):
        return found[1].translate(_CHINESE), _two(found[2]), _two(found[3])
    return None


def _two(numeral: str | None) -> str:
    """十二 → 12, 二十 → 20."""
    if not numeral:
        return ""
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return numeral.translate(_CHINESE)
    return f"{(tens or '一').translate(_CHINESE)}{ones.translate(_CHINESE) or '0'}"


def _moment(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="minutes")[:16]
    written = unicodedata.normalize("NFKC", _plain(cell))
    found = _CLOCK.fullmatch(written)
    if found is None:
        # Without an hour it would be guessed; the record's own rule says so.
        return _day(cell, whole=True)
    return f"{_day(found[1], whole=True)}T{found[2].zfill(2)}:{(found[3] or '0').zfill(2)}"
