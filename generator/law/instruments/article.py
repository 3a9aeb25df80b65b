"""条款引注 (article citation): reading 第十一条第一款 and 二（八）, and the anchor that links point to."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = "[零一二三四五六七八九十百千]+"
_ARTICLE = re.compile(rf"第({_NUMERAL})条(?:第({_NUMERAL})款)?(?:第（({_NUMERAL})）项)?")
_SECTION = re.compile(rf"({_NUMERAL})(?:（({_NUMERAL})）)?")
_PREAMBLE, _CLOSING = "前言", "末段"


def chinese_number(text: str) -> int:
    """中文数字 below 10,000 (二十一, 四十, 一百零五) or Arabic digits, as a number.

    Raises ``ValueError`` for anything else.
    """
    if re.fullmatch(r"[0-9]+", text):
        return int(text)
    total = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _UNITS:
            # 十五 has no digit before 十 and means 15.
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            raise ValueError(f"not a Chinese numeral: {text}")
    if not text:
        raise ValueError("not a Chinese numeral: empty")
    return total + digit


def numbered_citation(number: int) -> str:
    """引注 of a whole article by its number, 1 to 9,999: 21 is 第二十一条, 105 第一百零五条."""
    digits, units = "零一二三四五六七八九", ("", "十", "百", "千")
    written = ""
    for place, figure in enumerate(reversed(str(number))):
        if figure != "0":
            written = digits[int(figure)] + units[place] + written
        elif written and not written.startswith("零"):
            written = "零" + written
    return f"第{written.removeprefix('一') if 10 <= number < 20 else written}条"


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Article:
    """条款的位置. Orders as in the text: 前言, articles by number, paragraph, item, 末段.

    ``number`` has one part for 第十一条 and two for 二（八）; ``paragraph`` and ``item`` are 0 when
    the citation names none.
    """

    rank: int
    """0 for 前言, 1 for a numbered article, 2 for 末段."""
    number: tuple[int, ...]
    paragraph: int
    item: int

    @property
    def anchor(self) -> str:
        """固定锚点 of the whole article: ``art-11``, ``art-2-8``, ``art-preamble``, ``art-closing``."""
        if self.rank == 1:
            return "art-" + "-".join(map(str, self.number))
        return "art-preamble" if self.rank == 0 else "art-closing"

    @property
    def whole(self) -> tuple[int, tuple[int, ...]]:
        """The article without paragraph and item: what inheritance and anchors go by."""
        return (self.rank, self.number)


def read_article(citation: str) -> Article:
    """引注 as a position. Raises ``ValueError`` when it is not one of the forms of a citation."""
    if citation in (_PREAMBLE, _CLOSING):
        return Article(rank=0 if citation == _PREAMBLE else 2, number=(), paragraph=0, item=0)
    if match := _ARTICLE.fullmatch(citation):
        number, paragraph, item = (chinese_number(part) if part else 0 for part in match.groups())
        return Article(rank=1, number=(number,), paragraph=paragraph, item=item)
    if match := _SECTION.fullmatch(citation):
        return Article(
            rank=1,
            number=tuple(chinese_number(part) for part in match.groups() if part),
            paragraph=0,
            item=0,
        )
    raise ValueError(f"not a citation: {citation}")


def whole_citation(citation: str) -> str:
    """引注 without paragraph and item: 第十一条第一款 becomes 第十一条; 二（八） stays."""
    match = re.match(rf"第{_NUMERAL}条", citation)
    return match.group() if match else citation
