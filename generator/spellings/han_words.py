"""分字 (words): every Han character is a word of its own, when indexing and when searching.

A dictionary may cut a name one way in the index and another way in the visitor's browser. Then people
cannot find the notice about themselves: of forty names tried, three were missed. Cut character by
character, a phrase is found wherever it stands, in every browser. ``site_config/theme/assets/search.js``
cuts the visitor's words by the same rule.
"""

from __future__ import annotations

import re
import unicodedata

HAN = "㐀-䶿一-鿿豈-﫿\U00020000-\U000323af々〇"
"""Ranges for a character class: CJK ideographs with all extensions, 々 and 〇."""

EVERY = "yyevery"
"""A word at the end of every text: looking for it finds all, which Pagefind cannot do by itself without
loading every word it knows."""

_CUT = re.compile(rf"(?<=\S)(?=[{HAN}])|(?<=[{HAN}])(?=[0-9A-Za-zÀ-ɏ])")
_CUTS = re.compile(rf" +(?=[{HAN}])|(?<=[{HAN}]) +(?=[0-9A-Za-zÀ-ɏ])")
_NUMBER = re.compile(r"[〔［\[（(【]\s*(\d{4})\s*[〕］\]）)】]\s*第?\s*0*(\d+)\s*号")
_JOINTS = re.compile(r"[\s·•・．.‧]+")


def spaced(text: str) -> str:
    """以空格分字: a space before each Han character and between it and Latin letters or digits."""
    return _CUT.sub(" ", unicodedata.normalize("NFC", text))


def joined(text: str) -> str:
    """合字, what :func:`spaced` parted; other spaces beside a Han character go too."""
    return _CUTS.sub("", text)


def name_key(name: str) -> str:
    """姓名的检索键: without spaces and interpuncts, in lower case, full-width letters made plain."""
    return _JOINTS.sub("", unicodedata.normalize("NFKC", name)).lower()


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
