"""另外的说法 (tellings): words that tell of somebody or of something without being the withheld words themselves.

骆允谦 is told by 骆某某, 骆师傅, 老骆, 允谦 and 骆*谦; 1969-12-03 by 69.12.03生; an address by its road and number;
a narrative by half a sentence of it. Here are the words that are searched for; how the place where they
stand is judged is the matcher's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from generator.audit.common_beginning import alike
from generator.audit.patterns import Rule
from generator.disclosure.masking import parts_of_name, reduce_place, surname_of
from generator.spellings.folding import fold, is_han

TITLES = (
    *("师傅", "先生", "女士", "小姐", "太太", "同志", "同学", "老师", "医生", "护士", "警官", "老板"),
    *(
        "大爷",
        "大妈",
        "大叔",
        "大婶",
        "大哥",
        "大姐",
        "阿姨",
        "叔叔",
        "伯伯",
        "奶奶",
        "爷爷",
        "老汉",
        "大娘",
        "小伙",
    ),
    *("队长", "主任", "经理", "书记", "教练", "班长", "女子", "男子", "姓市民", "姓男子", "姓女子", "姓群众"),
)
_ARCHAIC = ("老", "小", "阿")
_MOST_HAN = 6
BLOCK = 6
"""Characters of one block of a narrative; of any 11 in a row one whole block is among them."""
TOLD = 12
"""Folded characters in a row that tell whose narrative it is."""

_TEN = "十"
_HUNDRED = "百"
_HAN_FIGURES = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_FIGURES = "".join(_HAN_FIGURES) + _TEN + _HUNDRED
_DOOR_UNITS = "号楼|号院|号|栋|幢|座|单元|室|楼|层|弄|组|队|户|门|排"
_NUMBER = re.compile(rf"[0-9]+|[{_FIGURES}]{{1,6}}(?=\s?(?:{_DOOR_UNITS}|[-—之]))")
_AFTER_ROAD = re.compile(rf"[0-9]+|[{_FIGURES}]{{1,6}}")
_SENTENCE_END = re.compile(r"[。；;！!？?\n\x1e\x1f]")
_UNIT_BEFORE = re.compile(rf"^(?:第)?(?:{_DOOR_UNITS})+|[-—－–之#\s]+|^[的第]")
_FAR = 40
_SHORTEST_ROAD = 3
_LONG_DAY = 4
_LONG_NUMBER = 11
"""Figures of a mobile telephone."""
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)


def of_hidden_name(name: str) -> Iterator[tuple[Rule, str]]:
    """姓名的部分与称呼 of a person of whom nothing may be known: (rule, words), the words as searched for."""
    yield from of_parts(name)
    han = fold(name)
    if not (2 <= len(han) <= _MOST_HAN and all(map(is_han, han)) and len(han) == len(name.strip())):
        return
    surname = fold(surname_of(name))
    given = han[len(surname) :]
    if not surname or not given:
        return
    yield Rule.CALLED, surname + "某"
    for title in TITLES:
        yield Rule.CALLED, surname + title
    for before in _ARCHAIC:
        yield Rule.ADDRESSED, before + surname
    if len(given) >= 2:
        yield Rule.GIVEN, given
        yield Rule.STARRED, surname + given[-1]
        yield Rule.STARRED, surname + "x" + given[-1]
        yield Rule.STARRED, surname + "〇" + given[-1]
        yield Rule.STARRED_END, surname + given[0]
    if len(han) >= 4:
        # Certain only where so many are left: of three characters two are somebody else's name.
        for left_out in range(1, len(han)):
            yield Rule.SHORTENED, han[:left_out] + han[left_out + 1 :]


def of_parts(name: str) -> Iterator[tuple[Rule, str]]:
    """姓名的部分 of a name of several, which tell of whoever bears it, masked or kin: 阿卜杜热合曼."""
    for part in _parts(name):
        yield Rule.GIVEN, fold(part)


def of_birth(born_on: str) -> Iterator[tuple[Rule, str]]:
    """出生日期的写法 of a day written ``1969-12-03``: by figures and by words."""
    try:
        day = date.fromisoformat(born_on)
    except ValueError:
        return
    year = str(day.year)
    han_year = "".join("〇一二三四五六七八九"[int(figure)] for figure in year)
    years = (year, year[2:], han_year, han_year.replace("〇", "零"))
    yield from dict.fromkeys(
        (rule, before + years[which] + after)
        for rule, before, which, after in _ways_to_write(day.month, day.day)
    )


@cache
def _ways_to_write(month: int, day: int) -> tuple[tuple[Rule, str, int, str], ...]:
    """(rule, what stands before the year, which writing of the year, what stands after it) of a day of the year, with
    the year whole, by its last two figures, in Chinese numerals, and so with 零."""
    months = dict.fromkeys((str(month), f"{month:02}"))
    days = dict.fromkeys((str(day), f"{day:02}"))
    ways: list[tuple[Rule, str, int, str]] = []
    for in_figures in months:
        for number in days:
            ways.append((Rule.DAY, "", 0, f" {in_figures} {number}"))
            ways.append((Rule.DAY, f"{in_figures} {number} ", 0, ""))
            ways.append((Rule.DAY, f"{number} {in_figures} ", 0, ""))
            # Fewer figures stand in every list of numbers.
            if len(in_figures + number) == _LONG_DAY:
                ways.append((Rule.SHORT_DAY, "", 1, f" {in_figures} {number}"))
            ways.append((Rule.DAY_IN_WORDS, "", 0, f"年{in_figures}月{number}"))
            ways.append((Rule.SHORT_DAY, "", 1, f"年{in_figures}月{number}"))
    in_han = f"年{han_number(month)}月{han_number(day)}日"
    ways += [(Rule.DAY_IN_WORDS, "", which, in_han) for which in (2, 3)]
    name = _MONTHS[month - 1]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(day % 10 if day not in (11, 12, 13) else 0, "th")
    for in_letters in dict.fromkeys((name, name[:3])):
        for number in (*days, f"{day}{ending}"):
            ways.append((Rule.DAY_IN_WORDS, f"{in_letters}{number}", 0, ""))
            ways.append((Rule.DAY_IN_WORDS, f"{number}{in_letters}", 0, ""))
    return tuple(ways)


def han_number(number: int) -> str:
    """汉字数字 from 1 to 99: 十二, 三十一."""
    tens, ones = divmod(number, 10)
    figures = "零一二三四五六七八九"
    return ("" if tens == 0 else _TEN if tens == 1 else figures[tens] + _TEN) + (
        figures[ones] if ones else ""
    ) or figures[0]


@dataclass(frozen=True, slots=True)
class Road:
    """一段地址: the name of a road, village or estate, folded, and the numbers that follow it."""

    name: str
    numbers: tuple[int, ...]


def roads_of(address: str) -> tuple[Road, ...]:
    """地址的各段: 武汉市江岸区芦荻湾路88号3栋601室 → 芦荻湾路 with 88, 3, 601. Province, city and district tell nothing."""
    region = reduce_place(address, "district")
    text = address.removeprefix(region or "")
    found: list[tuple[str, list[int]]] = []
    end = 0
    for number in _NUMBER.finditer(text):
        name = _name_between(text[end : number.start()])
        end = number.end()
        if name or not found:
            found.append((name, []))
        found[-1][1].append(figure(number[0]))
    return tuple(
        Road(name, tuple(numbers)) for name, numbers in found if len(name) >= _SHORTEST_ROAD and numbers
    )


def numbers_after(text: str) -> tuple[int, ...]:
    """号码 that directly follow a road at the beginning of ``text``, within its sentence."""
    clause = unicodedata.normalize("NFKC", _SENTENCE_END.split(text[:_FAR], maxsplit=1)[0])
    numbers: list[int] = []
    end = 0
    for number in _AFTER_ROAD.finditer(clause):
        if _name_between(clause[end : number.start()]):
            break
        numbers.append(figure(number[0]))
        end = number.end()
    return tuple(numbers)


def figure(written: str) -> int:
    """数值 of 19, 十九, 一九 or 一百零三."""
    if written.isdigit() and written.isascii():
        return int(written[:9])
    if _TEN not in written and _HUNDRED not in written:
        return int("".join(str(_HAN_FIGURES[figure]) for figure in written))
    total = current = 0
    for character in written:
        if character in (_TEN, _HUNDRED):
            total += max(current, 1) * (10 if character == _TEN else 100)
            current = 0
        else:
            current = _HAN_FIGURES[character]
    return total + current


def of_number(digits: str) -> Iterator[tuple[Rule, str]]:
    """号码的一部分 of a telephone, identity or bank number, folded, as offices mask them: 990000********4019, 尾号4019."""
    if len(digits) < _LONG_NUMBER or not digits.rstrip("x").isdigit():
        return
    if len(digits) == _LONG_NUMBER:
        yield Rule.MASKED_NUMBER, digits[:3] + digits[-3:]
        yield Rule.NUMBER_END, f"{digits[:3]}xxxx{digits[-4:]}"
    for head in (3,) if len(digits) == _LONG_NUMBER else (3, 4, 6):
        yield Rule.MASKED_NUMBER, digits[:head] + digits[-4:]
    yield Rule.NUMBER_END, f"尾号{digits[-4:]}"
    yield Rule.NUMBER_END, f"尾号为{digits[-4:]}"


def of_mailbox(address: str) -> Iterator[tuple[Rule, str]]:
    """邮箱的写法 without @: someone (at) example.cn, someone艾特example.cn."""
    box, at, host = address.partition("@")
    if at:
        for word in ("at", "艾特", "圈"):
            yield Rule.WHOLE, fold(box) + word + fold(host)
            yield Rule.WHOLE, fold(box) + word + "dot".join(map(fold, host.split(".")))
        yield Rule.WHOLE, fold(box) + "dot".join(map(fold, host.split(".")))


_LONGEST_RUN, _MOST_REPEATED = 128, 64
"""Characters on each side of a block, far more than tell something; and places of one block in a narrative."""


def blocks_of(folded: str) -> Iterator[str]:
    """片段 of a narrative, each of :data:`BLOCK` characters, side by side."""
    for start in range(0, len(folded) - BLOCK + 1, BLOCK):
        yield folded[start : start + BLOCK]


def run_around(told: str, start: int, end: int, withheld: str) -> tuple[int, int]:
    """The longest run in ``told`` (folded, from inclusive, to exclusive) that holds the block from ``start`` to
    ``end`` and stands in ``withheld`` (folded) word for word. Of a block that repeats, the first
    :data:`_MOST_REPEATED` places count."""
    left, right = _alike_around(
        told[max(0, start - _LONGEST_RUN) : start], told[start:end], told[end : end + _LONGEST_RUN], withheld
    )
    return start - left, end + right


@lru_cache(1_024)
def _alike_around(before: str, block: str, after: str, withheld: str) -> tuple[int, int]:
    """How many characters on either side of the block are those of the withheld text. A text that repeats is asked about
    at every place."""
    backwards = before[::-1]
    best = (0, 0)
    at = withheld.find(block)
    for _ in range(_MOST_REPEATED):
        if at < 0 or best == (len(before), len(after)):
            break
        ends = at + len(block)
        left = alike(backwards, withheld[max(0, at - _LONGEST_RUN) : at][::-1])
        right = alike(after, withheld[ends : ends + _LONGEST_RUN])
        best = max(best, (left, right), key=sum)
        at = withheld.find(block, at + 1)
    return best


def _parts(name: str) -> tuple[str, ...]:
    """Parts of 阿卜杜拉·买买提; of a name in Latin letters only those that are long."""
    return tuple(part for part in parts_of_name(name) if fold(part) != fold(name))


def _name_between(text: str) -> str:
    """What stands between two numbers of an address, folded, without the words for doors."""
    before = None
    while before != text:
        before, text = text, _UNIT_BEFORE.sub("", text)
    return fold(text)
