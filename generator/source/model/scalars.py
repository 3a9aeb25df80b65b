"""基本标量 (scalars): every value of a YAML file is text until one of these types reads it.

So ``0123``, ``12:30``, ``no`` and ``2024-02-30`` never turn into something else: each type accepts
one written form and refuses the rest with a message key that the diagnostics catalogue explains.

A refusal raises ``PydanticCustomError(kind, …)``; ``kind`` is the stable name by which
``generator.source`` chooses the diagnostic's wording (``bad_day``, ``bad_slug`` …).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from generator.source.model.instant import FIRST_YEAR, LAST_YEAR, SHANGHAI
from generator.source.model.worded import Worded


class Entry(BaseModel):
    """A mapping in a YAML file: unknown keys are errors, values are frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=False, defer_build=True)


_DAYS_KEPT = 8192
"""Records share their days: twenty years have seven thousand."""


def _text(value: Any, kind: str) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError(kind, "a single value was expected")
    return value


def _single_line(value: Any) -> str:
    text = _text(value, "bad_text").strip()
    if text.isprintable() and text and "\\" not in text:
        return text  # nearly every value
    if not text:
        raise PydanticCustomError("empty_text", "the value is empty")
    if "\n" in text:
        raise PydanticCustomError("line_break", "the value has a line break")
    _refuse_controls(text)
    return text


def _prose(value: Any) -> str:
    text = _text(value, "bad_text").strip()
    if not text:
        raise PydanticCustomError("empty_text", "the value is empty")
    _refuse_controls(text.replace("\n", ""))
    return text


# Bidirectional overrides and isolates can make a page show another text than the record holds;
# zero-width characters can hide a name from the audit; line and paragraph separators end a line for
# some readers and not for others.
_HIDDEN = re.compile("[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")


# "\ud83d" in somebody's paste is half of a character that another program could not write. Readers of
# JSON, scripts and addresses would turn it into something that no text may hold.
_ESCAPE = re.compile(r"\\u\{?[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}")


def _refuse_controls(text: str) -> None:
    if "\\" in text and (escape := _ESCAPE.search(text)):
        raise PydanticCustomError(
            "written_escape", "the value has an escape in place of a character", {"escape": escape[0]}
        )
    if text.isprintable():
        return  # nearly every value; a space is the only separator this lets through
    if _HIDDEN.search(text) or any(unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn") for c in text):
        raise PydanticCustomError("hidden_character", "the value has a control or invisible character")


def _bounded_year(text: str) -> None:
    """Refuse a year that nobody can mean: periods cannot be counted from a day near the calendar's own end."""
    if not FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
        raise PydanticCustomError("year_out_of_range", "a year from 1900 to 2100 was expected")


def _day(value: Any) -> date:
    return _day_of(_text(value, "bad_day"))


@lru_cache(maxsize=_DAYS_KEPT)
def _day_of(text: str) -> date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise PydanticCustomError("bad_day", "a day is written YYYY-MM-DD")
    _bounded_year(text)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("no_such_day", "the calendar has no such day") from None


def _month(value: Any) -> str:
    text = _text(value, "bad_month")
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", text):
        raise PydanticCustomError("bad_month", "a month is written YYYY-MM")
    _bounded_year(text)
    return text


def _moment(value: Any) -> datetime:
    text = _text(value, "bad_moment")
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(\+08:00)?", text):
        raise PydanticCustomError("bad_moment", "a moment is written YYYY-MM-DDTHH:MM in Beijing time")
    _bounded_year(text)
    try:
        # Not fromisoformat, which takes 24:00 for the next day from Python 3.14 on and refuses it before.
        day, hour, minute = date.fromisoformat(text[:10]), int(text[11:13]), int(text[14:16])
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)
    except ValueError:
        raise PydanticCustomError("no_such_moment", "there is no such day or time") from None


def _clock_time(value: Any) -> time:
    text = _text(value, "bad_clock_time")
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", text):
        raise PydanticCustomError("bad_clock_time", "a time is written HH:MM")
    return time.fromisoformat(text)


def _pattern(pattern: str, kind: str, explanation: str) -> BeforeValidator:
    compiled = re.compile(pattern)

    def check(value: Any) -> str:
        text = _text(value, kind)
        if not compiled.fullmatch(text):
            raise PydanticCustomError(kind, explanation)
        return text

    return BeforeValidator(check)


_TRUTHS = {"true": True, "false": False, "是": True, "否": False}


def is_true(written: object) -> bool:
    """Whether what a file says counts as true, before it is typed or after."""
    return written is True or (isinstance(written, str) and _TRUTHS.get(written, False))


def _truth(value: Any) -> bool:
    text = _text(value, "bad_truth")
    if text not in _TRUTHS:
        raise PydanticCustomError("bad_truth", "true or false was expected")
    return _TRUTHS[text]


def _whole(value: Any) -> int:
    text = _text(value, "bad_whole")
    if not re.fullmatch(r"0|[1-9][0-9]{0,11}", text):
        raise PydanticCustomError("bad_whole", "a whole number without leading zeros was expected")
    return int(text)


def _year(value: Any) -> int:
    text = _text(value, "bad_year")
    if not re.fullmatch(r"[0-9]{4}", text):
        raise PydanticCustomError("bad_year", "a year is written YYYY")
    _bounded_year(text)
    return int(text)


def _https(value: Any) -> str:
    text = _text(value, "bad_https")
    if not re.fullmatch(r"https://[A-Za-z0-9.-]+(:[0-9]+)?(/[!-~]*)?", text) or any(
        c in text for c in "\"'<>\\`"
    ):
        raise PydanticCustomError("bad_https", "an https:// address was expected")
    return text


def _web_address(value: Any) -> str:
    text = _text(value, "bad_https")
    if text.startswith("http://"):
        _https(f"https{text.removeprefix('http')}")
        return text
    return _https(text)


def _schema(pattern: str, description: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": f"^{pattern}$", "description": description})


# In a JSON Schema an unquoted YAML scalar such as 2026-01-01 or 7 may reach an editor as a string,
# a number or a boolean, so numbers and truth values accept both forms there.
Text = Annotated[str, BeforeValidator(_single_line), WithJsonSchema({"type": "string", "minLength": 1})]
"""一行文字: one line, trimmed, not empty, no control or invisible characters."""
Prose = Annotated[str, BeforeValidator(_prose), WithJsonSchema({"type": "string", "minLength": 1})]
"""多段文字: plain text; a blank line parts paragraphs. Never Markdown or HTML."""
Day = Annotated[date, BeforeValidator(_day), _schema(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "年-月-日")]
"""日期 ``YYYY-MM-DD``. Like every date here: of the years 1900 to 2100."""
Month = Annotated[str, BeforeValidator(_month), _schema(r"[0-9]{4}-[0-9]{2}", "年-月")]
"""年月 ``YYYY-MM``."""
Moment = Annotated[
    datetime,
    BeforeValidator(_moment),
    _schema(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(\+08:00)?", "年-月-日T时:分（北京时间）"),
]
"""时刻 ``YYYY-MM-DDTHH:MM``, Beijing time, aware."""
ClockTime = Annotated[time, BeforeValidator(_clock_time), _schema(r"[0-9]{2}:[0-9]{2}", "时:分")]
"""钟点 ``HH:MM``."""
Truth = Annotated[bool, BeforeValidator(_truth), WithJsonSchema({"enum": [True, False, *_TRUTHS]})]
"""是非: ``true`` or ``false``, 是 or 否."""
Whole = Annotated[
    int,
    BeforeValidator(_whole),
    WithJsonSchema({"type": ["integer", "string"], "pattern": "^(0|[1-9][0-9]*)$"}),
]
"""非负整数, no leading zeros."""
Days = Annotated[Whole, Field(le=36_600)]
"""天数: like :data:`Months` and :data:`Years` at most a century, so that its end is a day of the calendar."""
DayUnit = Annotated[Literal["calendar_day", "working_day"], Worded("day_unit")]
"""日的单位: every day, or working days alone."""
Months = Annotated[Whole, Field(le=1_200)]
"""月数."""
Years = Annotated[Whole, Field(le=100)]
"""年数."""
Year = Annotated[
    int, BeforeValidator(_year), WithJsonSchema({"type": ["integer", "string"], "pattern": "^[0-9]{4}$"})
]
"""年份 ``YYYY``."""
Https = Annotated[str, BeforeValidator(_https), _schema(r"https://.+", "https 网址")]
"""网址: https only."""
WebAddress = Annotated[str, BeforeValidator(_web_address), _schema(r"https?://.+", "网址")]
"""网址 of somebody else's page, as it is: most older pages of organs are http alone."""

_SLUG = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
Slug = Annotated[
    str,
    _pattern(_SLUG, "bad_slug", "lower-case letters, digits and single hyphens"),
    _schema(_SLUG, "小写标识"),
]
"""标识 (part of an address): lower-case Latin letters, digits, single hyphens."""
PICTURE_NAME = r"[a-z0-9]+(-[a-z0-9]+)*\.(jpg|jpeg|png)"
PictureName = Annotated[
    str,
    _pattern(PICTURE_NAME, "bad_picture_name", "such as portrait-1.jpg: jpg, jpeg or png"),
    _schema(PICTURE_NAME, "图片文件名，jpg 或 png"),
]
"""图片文件名, without a folder."""
PLACE_SLUG = "[a-z]+(-[a-z]+)*(-[0-9]{6})?"
"""辖区标识: ``wuhan``; ``suzhou-js`` or ``suzhou-320500`` where another place reads alike (苏州, 宿州). No part of it
looks like a year or a number, so a public id can be taken apart and is never a place's own address."""
PlaceSlug = Annotated[
    str,
    _pattern(PLACE_SLUG, "bad_place_slug", "such as wuhan or suzhou-js"),
    _schema(PLACE_SLUG, "辖区标识"),
]
"""辖区标识: see :data:`PLACE_SLUG`."""
NOTICE_NUMBER = PLACE_SLUG + "-[0-9]{4}-[0-9]{4,5}"
NoticeId = Annotated[
    str,
    _pattern(NOTICE_NUMBER, "bad_notice_id", "such as wuhan-2026-0007"),
    _schema(NOTICE_NUMBER, "公示编号"),
]
"""公示编号 ``wuhan-2026-0007``."""
HONOUR_NUMBER = PLACE_SLUG + "-[0-9]{4}-h[0-9]{4,5}"
HonourId = Annotated[
    str,
    _pattern(HONOUR_NUMBER, "bad_honour_id", "such as wuhan-2026-h0003"),
    _schema(HONOUR_NUMBER, "荣誉编号"),
]
"""荣誉编号 ``wuhan-2026-h0003``."""
DECISION_NUMBER = PLACE_SLUG + "-[0-9]{4}-d[0-9]{4,5}"
DecisionId = Annotated[
    str,
    _pattern(DECISION_NUMBER, "bad_decision_id", "such as wuhan-2026-d0002"),
    _schema(DECISION_NUMBER, "决定编号"),
]
"""决定编号 ``wuhan-2026-d0002``."""


def parts_of_number(number: str) -> tuple[str, int, str]:
    """公开编号的各部分: ``suzhou-js-2026-h0003`` → (``suzhou-js``, 2026, ``h0003``)."""
    jurisdiction, year, own = number.rsplit("-", 2)
    return jurisdiction, int(year), own
