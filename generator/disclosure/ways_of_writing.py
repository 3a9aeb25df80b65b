"""写法 (writings): the ways in which a birth date, an address or a name may be written.

For the checks before a build and for the audit after it. Folding (:mod:`generator.spellings.folding`)
makes width, blanks, punctuation and traditional characters alike. This module knows writings that differ
character by character: 2026年3月5日 and 二〇二六年三月五日, 12号楼3单元501室 and 12-3-501, 骆允谦 and 允谦.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from generator.disclosure.masking import parts_of_name, surname_of
from generator.spellings.folding import fold, is_han

_Spelling = Callable[[int | str], str]
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_HAN = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """一种写法. ``sure`` is false where the words may well be somebody else's or mean something else:
    12月3日 is a birth date only beside 生日."""

    text: str
    sure: bool = True


# --- birth dates ---------------------------------------------------------------------------------


def birth_date_writings(day: date) -> tuple[Writing, ...]:
    """出生日期的写法, with the separators that folding takes away (1969.12.03 and 1969-12-03 are one).

    Those that are not ``sure`` say a birth date only where a word for birth stands beside them.

    >>> "一九六九年十二月三日" in {item.text for item in birth_date_writings(date(1969, 12, 3))}
    True
    """
    month, number = _MONTHS[day.month - 1], str(day.day)
    months = dict.fromkeys((str(day.month), f"{day.month:02}", numeral(day.month)))
    days = dict.fromkeys((number, f"{day.day:02}", numeral(day.day)))
    years = (str(day.year), _digitwise(day.year), _digitwise(day.year).replace("〇", "零"))
    short = f"{day.year % 100:02}"
    found: dict[str, bool] = {}
    for year, written_month, written_day in itertools.product(dict.fromkeys(years), months, days):
        if (year.isascii(), written_month.isascii()) in ((True, True), (False, False)) and (
            written_month.isascii() == written_day.isascii()
        ):
            found.update((f"{year}年{written_month}月{written_day}{end}", True) for end in "日号")
    found[day.strftime("%Y-%m-%d")] = True
    found[f"{day.year}-{day.month}-{day.day}"] = True
    for name in dict.fromkeys((month, month[:3])):
        found[f"{name} {number} {day.year}"] = True
        found[f"{number} {name} {day.year}"] = True
        found[f"{name} {_ordinal(day.day)} {day.year}"] = True
    found[f"{day.day:02}/{day.month:02}/{day.year}"] = found[f"{day.month:02}/{day.day:02}/{day.year}"] = True
    for written_month, written_day in itertools.product(months, days):
        if written_month.isascii() == written_day.isascii():
            found.update((f"{written_month}月{written_day}{end}", False) for end in "日号")
    found[f"{short}-{day.month:02}-{day.day:02}"] = False
    found[f"{short}-{day.month}-{day.day}"] = False
    found[f"{short}年{day.month}月{day.day}日"] = False
    return tuple(Writing(text=text, sure=sure) for text, sure in found.items())


def find_birth_date(text: str, day: date) -> Iterator[tuple[int, int]]:
    """出生日期 in ``text``: (start inclusive, end exclusive), each place once, in any of its writings."""
    plain, may_tell = _at_first_look(text)
    if not (may_tell or str(day.year) in plain):
        return  # nearly every text, and to make an expression for a day takes its time
    for found in _birth_date(day).finditer(plain):
        yield found.span("sure" if found["sure"] else "near" if found["near"] else "after")


_BIRTH = re.compile(r"出生|诞生|生于|生日|生辰|寿辰|[0-9日号]\s?生|born|birth|dob", re.IGNORECASE)
_BIRTH_SIGN = re.compile("[生辰bBdD]")
"""One of these stands in each word for birth; looking for a sign takes a tenth of the time."""
_IN_HAN = re.compile("[一二][九〇零○0][一二三四五六七八九〇零○0]{2}年")


@lru_cache(64)
def _at_first_look(text: str) -> tuple[str, bool]:
    """``text`` in plain characters, and whether it may tell of anybody's birth: it is searched for many days."""
    plain = _plain(text)
    told = _BIRTH_SIGN.search(plain) is not None and _BIRTH.search(plain) is not None
    return plain, told or _IN_HAN.search(plain) is not None


@lru_cache(4096)
def _birth_date(day: date) -> re.Pattern[str]:
    gap = r"[\s.\-/·、,，年月日_]{0,2}"
    year = f"(?:{day.year}|{_digitwise(day.year).replace('〇', '[〇零○0]')})"
    short = f"(?:{day.year}|{_digitwise(day.year).replace('〇', '[〇零○0]')}|{day.year % 100:02}|{_digitwise(day.year)[2:].replace('〇', '[〇零○0]')})"
    month = f"(?:0?{day.month}|{numeral(day.month)})(?![0-9])"
    of_day = f"(?:0?{day.day}|{numeral(day.day)})(?![0-9十一二三四五六七八九])"
    name = _MONTHS[day.month - 1]
    english = f"(?i:{name}|{name[:3]}\\.?)"
    of_english = f"{day.day}(?:st|nd|rd|th)?"
    mark = r"[\s.\-/·年_]{1,3}"
    sure = (
        rf"(?<![0-9]){year}(?:{mark}|\s?年\s?){month}[\s.\-/·月_]{{1,3}}{of_day}"
        rf"|(?<![0-9]){day:%Y%m%d}(?![0-9])"
        rf"|(?<![A-Za-z]){english}[\s,]{{1,2}}(?i:{of_english})[\s,]{{1,3}}{day.year}"
        rf"|(?<![0-9])(?i:{of_english})\s(?:of\s)?{english},?\s{day.year}"
        rf"|(?<![0-9])(?:0?{day.day}/0?{day.month}|0?{day.month}/0?{day.day})/{day.year}(?![0-9])"
    )
    told = rf"(?<![0-9一二三四五六七八九〇])(?:{short}{gap})?{month}[\s.\-/·月_]{{1,3}}{of_day}日?"
    told += rf"|(?<![0-9]){day.year % 100:02}{day:%m%d}(?![0-9])"
    before = r"(?:出生|生于|诞生|生日|生辰|寿辰|(?i:born|birth|dob))[^。；;\n]{0,8}?"
    after = r"[日号]?\s?(?:出生|诞生|生(?=[，,。；;、）)\s\"']|$|人|于|的)|生日|过生日|[是为系即][^，,。；;\n]{0,4}(?:生日|生辰|寿辰))"
    return re.compile(rf"(?P<sure>{sure})|{before}(?P<near>{told})|(?P<after>{told}){after}")


# --- addresses -----------------------------------------------------------------------------------

_REGION = re.compile(
    r"(?:[\u3400-\u9fff]{2,7}?(?:省|自治区|特别行政区))?(?:[\u3400-\u9fff]{2,7}?(?:自治州|地区|盟|市))?"
    r"(?:[\u3400-\u9fff]{1,6}?(?:自治县|自治旗|林区|新区|区|县|旗|市)(?![\u3400-\u9fff]?[路街巷道号]))?"
    r"(?:[\u3400-\u9fff]{1,6}?(?:街道|镇|乡))?"
)
_DOOR = re.compile(
    r"(?P<number>[0-9]{1,5}|[一二三四五六七八九十百〇零]{1,6}|[A-Za-z])\s?(?P<unit>号楼|号院|号|栋|幢|座|单元|室|弄|组|队|户|楼|层|附)?"
)
_DOORS = re.compile(
    rf"(?:附?{_DOOR.pattern.replace('(?P<number>', '(?:').replace('(?P<unit>', '(?:')}[\s\-之]?){{1,6}}$"
)
_LONGEST_DOORS = 6 * 11
"""Characters. Before them no door begins: to try every place of a text that somebody pasted takes minutes."""
_BUILDING = ("栋", "幢", "号楼", "座")
SHORTEST_TAIL = 4
"""Characters of an address tail that still points at one place."""


@lru_cache(4096)
def address_writings(address: str) -> tuple[Writing, ...]:
    """住址的写法: without its province, city, district and street office; with other numerals; 12-3-501.

    Not ``sure`` is the neighbourhood (栖霞里小区) or the building alone, which may be where the act happened,
    and the door alone (3-2-501).

    >>> [item.text for item in address_writings("江岸区栖霞里小区3栋2单元501室") if not item.sure]
    ['栖霞里小区', '栖霞里小区3栋', '3-2-501']
    """
    plain, tail, place, doors = _taken_apart(address)
    found: dict[str, bool] = {}
    for written in dict.fromkeys((plain, tail)):
        if len(written) >= SHORTEST_TAIL:
            found[written] = True
    if doors:
        for door in _door_writings(doors):
            if len(place) > 1:
                found[place + door] = True
            elif len(doors) > 1:
                found[door] = True
    if len(place) >= SHORTEST_TAIL:
        found.setdefault(place, False)
    if len(place) > 1 and len(doors) > 1:
        found.setdefault(place + "".join(doors[0]), False)
    if len(doors) > 2 and all(number.isascii() for number, _ in doors):
        found["-".join(number for number, _ in doors)] = False
    return tuple(Writing(text=text, sure=sure) for text, sure in found.items())


def may_stand_in(address: str, folded: str) -> bool:
    """Whether a text that folds to ``folded`` may have a writing of ``address``: each holds the neighbourhood or road,
    or is the numbers of the door alone."""
    _, _, place, doors = _taken_apart(address)
    if len(place) < 2 or fold(place) in folded:
        return True
    return len(doors) > 2 and fold("".join(number for number, _ in doors)) in folded


@lru_cache(4096)
def _taken_apart(address: str) -> tuple[str, str, str, list[tuple[str, str]]]:
    """(without blanks, without its region, neighbourhood or road, its numbers with their units)."""
    plain = re.sub(r"\s", "", _plain(address))
    region = _REGION.match(plain)
    tail = plain[region.end() :] if region is not None else plain
    return plain, tail, *_split_doors(tail)


def _split_doors(tail: str) -> tuple[str, list[tuple[str, str]]]:
    """(neighbourhood or road, its numbers with their units), 栖霞里小区 and 3栋, 2单元, 501室."""
    found = _DOORS.search(tail, max(0, len(tail) - _LONGEST_DOORS))
    if found is None or not any(c.isdigit() or c in "一二三四五六七八九十〇零" for c in found[0]):
        return tail, []
    doors = [(item["number"], item["unit"] or "") for item in _DOOR.finditer(found[0])]
    return tail[: found.start()], doors


def _door_writings(doors: list[tuple[str, str]]) -> Iterator[str]:
    """3栋2单元501室, 三栋二单元五〇一室, 3号楼2单元501, 3-2-501."""
    numbers = [_arabic(number) for number, _ in doors]
    units = [unit for _, unit in doors]
    by_hand: tuple[tuple[_Spelling, _Spelling], ...] = (
        (str, str),
        (_counted, _counted),
        (_counted, _digitwise),
    )
    for few, many in by_hand:
        written = [few(n) if len(str(n)) < 3 else many(n) for n in numbers]
        yield "".join(n + u for n, u in zip(written, units, strict=True))
        buildings = _BUILDING if units[0] in _BUILDING and len(units) > 1 else units[:1]
        for building, last in itertools.product(buildings, dict.fromkeys((units[-1], ""))):
            with_units = [building, *units[1:-1], last] if len(units) > 1 else [last]
            yield "".join(n + u for n, u in zip(written, with_units, strict=True))
    if len(doors) > 1:
        yield "-".join(str(n) for n in numbers)
        yield f"{numbers[0]}{units[0]}" + "-".join(str(n) for n in numbers[1:])


_LEGAL_FORM = re.compile(r"(?:股份)?有限(?:责任)?公司|集团|分公司|总公司|[（(].{1,12}[）)]")
_SHORTEST_UNIT = 4


def unit_without_place(unit: str) -> str:
    """单位 without its province and city and without its legal form, where enough is left to tell it; else empty.

    >>> unit_without_place("武汉市云枫数控设备有限公司")
    '云枫数控设备'
    """
    region = re.match(r"[\u3400-\u9fff]{2,7}?(?:省|市|自治区)(?:[\u3400-\u9fff]{1,4}?[区县])?", unit)
    bare = _LEGAL_FORM.sub("", unit[region.end() :] if region is not None else unit)
    return bare if bare != unit and len(bare) >= _SHORTEST_UNIT else ""


# --- names ---------------------------------------------------------------------------------------


@lru_cache(4096)
def given_name_of(name: str) -> str:
    """名 without the surname, where it is two characters or more; empty for other names.

    >>> given_name_of("骆允谦"), given_name_of("沈彧"), given_name_of("欧阳修远")
    ('允谦', '', '修远')
    """
    if parts_of_name(name) or not name or not all(map(is_han, name)):
        return ""
    given = name.removeprefix(surname_of(name))
    return given if len(given) > 1 else ""


def name_writings(name: str) -> tuple[Writing, ...]:
    """姓名的写法: the name, its parts where it is dotted, and 姓冀，名怀朴. Not ``sure`` is the given name alone,
    and either half of a two-part name that is short (买买提)."""
    found: dict[str, bool] = {name: True}
    for part in parts_of_name(name):
        found[part] = len(fold(part)) > (3 if is_han(part[0]) else 5)
    if given := given_name_of(name):
        surname = name[: len(name) - len(given)]
        found[f"姓{surname}名{given}"] = True
        found[given] = False
    return tuple(Writing(text=text, sure=sure) for text, sure in found.items())


@lru_cache(4096)
def romanised(name: str) -> tuple[str, ...]:
    """拼音 of a name in Chinese characters, joined, surname first and last; none for other names."""
    if not name or not all(map(is_han, name)) or not 2 <= len(name) <= 6:
        return ()
    surname = len(surname_of(name)) or 1
    readings = [_readings(character) for character in name]
    found: dict[str, None] = {}
    for syllables in itertools.islice(itertools.product(*readings), 16):
        found["".join(syllables)] = None
        found["".join(syllables[surname:] + syllables[:surname])] = None
    return tuple(found)


@cache
def _readings(character: str) -> tuple[str, ...]:
    import pypinyin

    style: Any = pypinyin.Style.NORMAL
    return tuple(dict.fromkeys(pypinyin.pinyin(character, style=style, heteronym=True)[0]))


# --- numerals ------------------------------------------------------------------------------------


def numeral(number: int) -> str:
    """汉字数字 below a hundred: 3 三, 10 十, 21 二十一."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_HAN[tens]}十") + (
        _HAN[ones] if ones or not tens else ""
    )


def _counted(number: int | str) -> str:
    """十九 for 19, 一百二十 for 120, digit by digit from a thousand on."""
    if isinstance(number, str):
        return number
    if number < 100:
        return numeral(number)
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        if not rest:
            return f"{_HAN[hundreds]}百"
        return f"{_HAN[hundreds]}百" + (
            f"零{_HAN[rest]}" if rest < 10 else ("一" if rest < 20 else "") + numeral(rest)
        )
    return _digitwise(number)


def _digitwise(number: int | str) -> str:
    """一九六九, 五〇一."""
    return "".join(_HAN[int(digit)] if digit.isdigit() else digit for digit in str(number))


def _ordinal(number: int) -> str:
    ending = "th" if number in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _arabic(written: str) -> int | str:
    if written.isascii():
        return int(written) if written.isdigit() else written
    if not any(unit in written for unit in "十百"):
        return int("".join(str("〇一二三四五六七八九".index(c.replace("零", "〇"))) for c in written))
    total, digit = 0, 0
    for character in written:
        if character == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif character == "十":
            total, digit = total + (digit or 1) * 10, 0
        else:
            digit = "〇一二三四五六七八九".index(character.replace("零", "〇"))
    return total + digit


_WIDE = re.compile("[！-～]")
_NARROW = {code: code - 0xFEE0 for code in range(ord("！"), ord("～") + 1)}


def _plain(text: str) -> str:
    """Full-width figures, letters and marks as plain ones; one character stays one character."""
    return text.translate(_NARROW) if _WIDE.search(text) else text
