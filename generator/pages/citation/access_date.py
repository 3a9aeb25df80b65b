"""查阅日期 (date of access): the one thing in a citation that a page built beforehand cannot know.

Styles are written with a mark, one private-use character, where the date stands. A mark becomes

- the date, when the caller knows it (a command, a test);
- a :class:`Segment` with a ``pattern``, which the page's script fills with today's date in Beijing.

Readers without script see something true either way. With a date they see that date. With
``accessed_on=None`` they see the words 查阅日期 in brackets, to fill in themselves, and no date at all in
BibTeX, RIS and CSL-JSON, where it is optional. Pages should pass None: a build's date in every record page
would change every page every day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from generator.catalogue import wording
from generator.public.open_day import OPEN_APA_DAY, OPEN_DAY, OPEN_ISO_DAY

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """引用文字的一段. ``text`` is what stands in the HTML.

    ``pattern`` is None for plain text; else the script replaces the text by the pattern with ``%Y``
    (2026), ``%m`` and ``%d`` (two digits), ``%n`` and ``%e`` (month and day without zeros) and ``%B``
    (November) filled in.
    """

    text: str
    pattern: str | None = None


# Mark → pattern and, for a date not known, the key of the catalogue that fills it ("" leaves it out).
_FORMS = (
    ("%Y-%m-%d", "access_date"),
    ("%Y年%n月%e日", "access_date_blank"),
    ("%B %e, %Y", "access_date_apa"),
    ("  urldate = {%Y-%m-%d},\n", ""),
    ("Y2  - %Y/%m/%d/\n", ""),
    (',\n    "accessed": {"date-parts": [[%Y, %n, %e]]}', ""),
)
ISO, CHINESE, ENGLISH, BIBTEX_LINE, RIS_LINE, CSL_MEMBER = (chr(0xE000 + i) for i in range(len(_FORMS)))
_MARK = re.compile(f"([{ISO}-{CSL_MEMBER}])")
_TOKEN = re.compile("%[YmdneB]")


def segments_of(marked: str, accessed_on: date | None) -> tuple[Segment, ...]:
    """Text with marks → its segments, in order; empty plain text is left out."""
    found = []
    for part in _MARK.split(marked):
        if _MARK.fullmatch(part):
            pattern, fallback = _FORMS[ord(part) - 0xE000]
            found.append(Segment(text=_shown(pattern, fallback, accessed_on), pattern=pattern))
        elif part:
            found.append(Segment(text=part))
    return tuple(found)


def fill(marked: str, accessed_on: date | None) -> str:
    """Text with marks → plain text."""
    return _MARK.sub(lambda mark: _shown(*_FORMS[ord(mark[0]) - 0xE000], accessed_on), marked)


def _shown(pattern: str, fallback: str, accessed_on: date | None) -> str:
    if accessed_on is None:
        return str(wording("citation")[fallback]) if fallback else ""
    day = accessed_on
    filled = {
        "%Y": f"{day.year:04}",
        "%m": f"{day.month:02}",
        "%d": f"{day.day:02}",
        "%n": str(day.month),
        "%e": str(day.day),
        "%B": _MONTHS[day.month - 1],
    }
    return _TOKEN.sub(lambda token: filled[token[0]], pattern)


@lru_cache(maxsize=4096)
def english_day(day: str) -> str:
    """``2026``, ``2026-11`` or ``2026-11-09`` → APA's ``2026``, ``2026, November``, ``2026, November 9``."""
    if day == OPEN_ISO_DAY:
        return OPEN_APA_DAY
    year, *rest = day.split("-")
    if not rest:
        return year
    return f"{year}, {_MONTHS[int(rest[0]) - 1]}" + (f" {int(rest[1])}" if len(rest) > 1 else "")


@lru_cache(maxsize=4096)
def chinese_day(day: str) -> str:
    """``2026``, ``2026-11`` or ``2026-11-09`` → 2026年, 2026年11月, 2026年11月9日."""
    if day == OPEN_ISO_DAY:
        return OPEN_DAY
    return "".join(f"{int(number)}{unit}" for number, unit in zip(day.split("-"), "年月日", strict=False))
