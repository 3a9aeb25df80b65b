"""放假通知 (holiday notice): the paragraphs of the State Council's notice as the file of a year.

Every date that stands in the paragraphs must be understood, every weekday in brackets must be right, and 共 N 天 must
come out; else nothing is made. A day read wrongly here would move last days all over the site.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_WEEKDAYS = "一二三四五六日"
_DATE = r"(?:(?P<{0}y>[0-9]{{4}})年)?(?:(?P<{0}m>[0-9]{{1,2}})月)?(?P<{0}d>[0-9]{{1,2}})日(?:\((?P<{0}note>[^()]*)\))?"
_SPAN = re.compile(f"{_DATE.format('a')}(?:(?:至|到|-|—|~){_DATE.format('b')})?")
_NAME = re.compile(r"^(?:[一二三四五六七八九十]+、)?(?P<name>[\u4e00-\u9fff、]{2,20}):")
_TOTAL = re.compile(r"共(?P<n>[0-9]{1,2})天|放假(?P<m>[0-9]{1,2})天")
_LEFT = re.compile(r"[0-9]+月|[0-9]+日")
_LONGEST = 20


class NoticeError(Exception):
    """通知里的一句看不明白: the code of the diagnostic, its line (from 1) and what was found."""

    def __init__(self, code: str, line: int, **found: str) -> None:
        super().__init__(code)
        self.code, self.line, self.found = code, line, found


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeHoliday:
    """一个假日: its name, its first and last day off (inclusive), and the weekend days worked for it."""

    name: str
    first: date
    last: date
    worked: tuple[date, ...]


def read_notice(text: str, year: int) -> tuple[NoticeHoliday, ...]:
    """Holidays of ``year`` in the order of the notice. Lines without a date are passed over.

    Raises :class:`NoticeError` for the first line with a date that is not understood whole.
    """
    return tuple(
        holiday
        for number, line in enumerate(text.splitlines(), start=1)
        if (holiday := _holiday(_plain(line), number, year)) is not None
    )


def holiday_file(
    holidays: tuple[NoticeHoliday, ...], year: int, title: str, number: str | None, url: str
) -> str:
    """The text of ``site_config/holidays/<year>.yml``."""
    lines = [f"year: {year}", "document:", f"  title: {title}"]
    if number is not None:
        lines.append(f"  number: {number}")
    lines += [f"  url: {url}", "holidays:"]
    for item in holidays:
        until = f", to: {item.last}" if item.last != item.first else ""
        lines.append(f"  - {{name: {item.name}, from: {item.first}{until}}}")
    worked = sorted(day for item in holidays for day in item.worked)
    if worked:
        lines.append(f"makeup_workdays: [{', '.join(map(str, worked))}]")
    return "\n".join(lines) + "\n"


def _plain(line: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", line))


def _holiday(line: str, number: int, year: int) -> NoticeHoliday | None:
    named = _NAME.match(line)
    if named is None or "放假" not in line:
        if _LEFT.search(line) and re.search("放假|上班", line):
            raise NoticeError("DSK051", number, found=line)
        return None
    off: list[tuple[date, date]] = []
    worked: list[date] = []
    month: int | None = None
    for sentence in re.split("[。;]", line[named.end() :]):
        rest = sentence
        for found in _SPAN.finditer(sentence):
            first, last, month = _days(found, month, year, number)
            if "上班" in sentence:
                worked += _between(first, last)
            elif "放假" in sentence:
                off.append((first, last))
            else:
                raise NoticeError("DSK051", number, found=sentence)
            rest = rest.replace(found[0], "", 1)
        if _LEFT.search(rest):
            raise NoticeError("DSK051", number, found=rest)
    if len(off) != 1:
        raise NoticeError("DSK051", number, found=line)
    first, last = off[0]
    length = (last - first).days + 1
    total = _TOTAL.search(line)
    if total is not None and int(total["n"] or total["m"]) != length:
        raise NoticeError("DSK053", number, said=total["n"] or total["m"], counted=str(length))
    return NoticeHoliday(name=named["name"], first=first, last=last, worked=tuple(worked))


def _days(found: re.Match[str], month: int | None, year: int, number: int) -> tuple[date, date, int]:
    first = _day(found, "a", month, year, number)
    last = first if found["bd"] is None else _day(found, "b", first.month, first.year, number)
    if not first <= last < first + timedelta(days=_LONGEST):
        raise NoticeError("DSK051", number, found=found[0])
    return first, last, last.month


def _day(found: re.Match[str], which: str, month: int | None, year: int, number: int) -> date:
    said_month = found[f"{which}m"]
    if said_month is None and month is None:
        raise NoticeError("DSK051", number, found=found[0])
    try:
        day = date(int(found[f"{which}y"] or year), int(said_month or month or 0), int(found[f"{which}d"]))
    except ValueError:
        raise NoticeError("DSK051", number, found=found[0]) from None
    note = found[f"{which}note"] or ""
    said = re.search(f"(?:周|星期)([{_WEEKDAYS}天])", note)
    if said is not None and _WEEKDAYS[day.weekday()] != said[1].replace("天", "日"):
        raise NoticeError("DSK052", number, found=found[0], weekday=f"周{_WEEKDAYS[day.weekday()]}")
    return day


def _between(first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)
