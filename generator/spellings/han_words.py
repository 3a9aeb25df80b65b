"""分字 (words): how a text and a question are cut into the words by which search knows them.

A dictionary may cut a name one way when the site is built and another way in the visitor's browser. Then people cannot
find the notice about themselves: of forty names tried, three were missed. So no dictionary is asked: every two
characters that stand together are a word, and a phrase is found wherever it stands. ``site_config/theme/assets/search/index.js``
cuts the visitor's question by the same rule.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

HAN = "㐀-䶿一-鿿豈-﫿\U00020000-\U000323af々〇"
"""Ranges for a character class: CJK ideographs with all extensions, 々 and 〇."""

_RUNS = re.compile(rf"[{HAN}0-9a-zà-ɏ]+")
_UNITS = re.compile("[0-9a-zà-ɏ]+|.")
"""Of a run: nothing but Han stands between its letters and digits."""
_LAST_LETTER = "ɏ"
_NUMBER = re.compile(r"[〔［\[（(【]\s*(\d{4})\s*[〕］\]）)】]\s*第?\s*0*(\d+)\s*号")
_JOINTS = re.compile(r"[\s·•・．.‧]+")


def plain_text(text: str) -> str:
    """供查找的写法: full-width letters made plain, small letters."""
    return unicodedata.normalize("NFKC", text).lower()


def words_of(text: str) -> Iterator[str]:
    """The words of a text: every two units side by side, and every run of Latin letters or digits by itself.

    A unit is one Han character or one such run. No word goes over a space or a punctuation mark::

        程立堃，2026年 → 程立, 立堃, 2026, 2026年
    """
    for run in _RUNS.findall(plain_text(text)):
        units = _UNITS.findall(run)
        yield from (unit for unit in units if unit[0] <= _LAST_LETTER)
        yield from map("".join, pairwise(units))


def name_key(name: str) -> str:
    """姓名的检索键: without spaces and interpuncts, in lower case, full-width letters made plain."""
    return _JOINTS.sub("", plain_text(name))


def number_key(number: str) -> str | None:
    """文号的检索键: ``〔2026〕31号`` of 武见义[2026]031号, whatever its brackets; None for another shape."""
    found = _NUMBER.search(unicodedata.normalize("NFKC", number))
    return f"〔{found[1]}〕{found[2]}号" if found else None


def number_keys(number: str) -> tuple[str, ...]:
    """The keys of a 文号: its year and number, and behind them the organ's words, which tell apart the
    equal numbers of several organs: ``〔2026〕31号``, ``〔2026〕31号武见义``. None for another shape."""
    text = unicodedata.normalize("NFKC", number)
    found, key = _NUMBER.search(text), number_key(number)
    if found is None or key is None:
        return ()
    organ = name_key(text[: found.start()])
    return (key, key + organ) if organ else (key,)
