"""归一 (folding): one spelling for all the ways in which the same words can be written.

Folded text holds letters and digits only. Folding takes out spaces, zero-width and other invisible
characters, punctuation, marks and accents. It makes full-width, circled and mathematical forms plain, capitals
small, traditional characters and their variants simplified, and radicals and rare shapes (⻢, 髙) the usual
character. So ``張　ｗｅｉ``, ``张·W-e-i`` and ``张wei`` fold to the same text. Both sides of a comparison are folded,
so it does not matter if the folded form is not a word.

Every character folds by itself, whatever stands beside it. So a place in folded text can always be
traced back to its place in the text (:func:`fold_with_places`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

# Unicode calls these letters, but readers see a dot, a blank or nothing at all.
_SEEN_AS_NOTHING = frozenset("\u115f\u1160\u17b4\u17b5\u3164\uffa0\u318d\u119e\u1427\u4e36\u02d1\u0640")


_BLOCK = range(0x4E00, 0xA000)
"""汉字的基本区."""
_HALF = re.compile("[\ud800-\udfff]")


class _Folds(dict[int, str]):
    """Fold of each character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        self[code] = folded
        return folded


_FOLDS = _Folds()


# Punctuation of ordinary Chinese text, which the short way of folding takes out all at once.
_PUNCTUATION = "，。、：；（）“”《》·—〔〕？！\u3000\x1e\x1f"
_MARKS = re.compile(f"[{_PUNCTUATION}]+")
_SHORT = 40
"""Characters below which a table is faster than passes over the whole text."""
_ASCII_LOWERED = bytes(ord(chr(code).lower()) if code < 128 else code for code in range(256))
_ASCII_DROPPED = bytes(code for code in range(128) if not chr(code).isalnum())
_DROPPED_IN_LINES = _ASCII_DROPPED.replace(b"\n", b"")


def fold(text: str) -> str:
    """归一的文字: letters and digits only; may be empty."""
    if text.isascii():
        return text.encode().translate(_ASCII_LOWERED, _ASCII_DROPPED).decode()
    if len(text) < _SHORT:
        return "".join(map(_FOLDS.__getitem__, map(ord, text)))
    # Unusual characters fold one by one. Ordinary text, and a site is thousands of pages of it, folds all at
    # once: the result is the same, several times as fast.
    text = _MARKS.sub("", _unusual().sub(_fold_match, text))
    return text.encode().translate(_ASCII_LOWERED, _ASCII_DROPPED).decode()


def folded_lines(text: str) -> list[bytes]:
    """归一的各行, as UTF-8: ``[fold(line).encode() for line in text.split("\\n")]``, all at once."""
    if not text.isascii():
        text = _MARKS.sub("", _unusual().sub(_fold_match, text))
    return text.encode().translate(_ASCII_LOWERED, _DROPPED_IN_LINES).split(b"\n")


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """归一 with, for every folded character, the index in ``text`` that it came from."""
    pieces = list(map(_FOLDS.__getitem__, map(ord, text)))
    return "".join(pieces), [index for index, piece in enumerate(pieces) for _ in piece]


def whole_characters(text: str) -> str:
    """The text with U+FFFD for each half of a character (a lone surrogate), which nothing can search or print."""
    try:
        text.encode()  # Faster than to look at each character.
    except UnicodeEncodeError:
        return _HALF.sub("\ufffd", text)
    return text


def simplified(text: str) -> str:
    """简体: each character by itself in its simplified form; one character stays one character."""
    return "".join(_simplify(character) for character in text)


def is_han(character: str) -> bool:
    """汉字, of any block; also 〇 and 々."""
    # Most stand in one block, and asking for a character's name takes time.
    return (
        "\u4e00" <= character <= "\u9fff"
        or character in "〇々"
        or unicodedata.name(character, "").startswith(("CJK UNIFIED", "CJK COMPATIBILITY IDEO"))
    )


def _fold_match(found: re.Match[str]) -> str:
    return _FOLDS[ord(found[0])]


def _fold_character(character: str) -> str:
    if character in _SEEN_AS_NOTHING:
        return ""
    usual = _variants().get(character, character)
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", usual).casefold())
    kept = [part for part in plain if unicodedata.category(part)[0] in "LN" and part not in _SEEN_AS_NOTHING]
    return "".join(_simplify(part) for part in kept)


def _simplify(character: str) -> str:
    if character.isascii() or not is_han(character):
        return character
    usual = _variants().get(character, character)
    converted = _usual_block().get(usual) or _converter().convert(usual)
    return converted if len(converted) == 1 else usual


@cache
def _usual_block() -> dict[str, str]:
    """简体 of every character of the block in which most stand, each by itself. Asked for one by one they take a
    tenth of a second."""
    block = [chr(code) for code in _BLOCK]
    return dict(zip(block, _converter().convert("\n".join(block)).split("\n"), strict=True))


@cache
def _unusual() -> re.Pattern[str]:
    """Any character other than ASCII, common punctuation and characters that fold to themselves."""
    variants, usual = _variants(), _usual_block()
    plain = [
        code
        for code in _BLOCK
        if usual[character := chr(code)] == character
        and character not in variants
        and character not in _SEEN_AS_NOTHING
        and character.isalpha()
    ]
    # As ranges, of which a pattern is made in a fraction of the time.
    firsts = [code for before, code in pairwise((0, *plain)) if code != before + 1]
    lasts = [code for code, after in pairwise((*plain, 0)) if after != code + 1]
    ranges = "".join(f"{chr(first)}-{chr(last)}" for first, last in zip(firsts, lasts, strict=True))
    return re.compile(f"[^\x00-\x7f{_PUNCTUATION}{ranges}]")


@cache
def _variants() -> dict[str, str]:
    """异体字 → 通用字; ``variant_table`` wrote them."""
    text = Path(__file__).with_name("variants.txt").read_text(encoding="utf-8")
    return {
        variant: line[0] for line in text.splitlines() if not line.startswith("#") for variant in line[1:]
    }


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")
