"""隐名 (masking): what stays of a masked person's name, age, place and unit, and where names leak.

The form is the one of 《最高人民法院关于人民法院在互联网公布裁判文书的规定》 (法释〔2016〕19号) 第九条:
the surname stays and the given name becomes 某; of a minority name or a foreign name in Chinese the
first character stays, of a name in Latin letters the first letter; names that become alike are told
apart. That rule is for courts; registries follow it by custom. We add 甲乙丙 to names that would be
alike, and figures after 癸.

Plain text in, plain text out: nothing here knows about records.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

from generator.spellings.folding import fold, fold_with_places, is_han, simplified

NameStyle = Literal["mou_mou", "mou"]
"""``mou_mou`` 张某某, ``mou`` 张某; whatever the length of the name."""
PlaceLevel = Literal["full", "district", "city"]

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_MASKED = re.compile(rf"(?P<kept>.{{0,4}}?)某(?:某|(?P<mark>[{_STEMS}]|[1-9][0-9]*))?")
# Dots between the parts of a name, as typed: · ・ ･ • ‧ ∙ ⋅ . ． and a few that look the same.
_DOTS = "·・･•‧∙⋅.．●▪᛫ㆍ・丶"
_DOTTED = re.compile(f"[{re.escape(_DOTS)}]")
# What may stand inside a name without making two words of it.
_SOFT_GAP = re.compile(rf"[\s{re.escape(_DOTS)}\-_*~^`'’|/\\+=﹏—–―‐‑‒﹣－＿]*")
_DIRECTLY_GOVERNED = ("北京市", "上海市", "天津市", "重庆市")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """提及: ``strings[index]`` stands in the text from ``start`` (inclusive) to ``end`` (exclusive).

    ``certain`` is false when the string is so short (two characters, with others on both sides) that
    it may be part of other words.
    """

    index: int
    start: int
    end: int
    certain: bool


def mask_names(names: Sequence[str], *, style: NameStyle = "mou_mou") -> tuple[str, ...]:
    """隐名 for the masked persons of one case, in the order given, one for one.

    Nobody loses their order and no two results are alike. A name that is masked already stays as
    it is, so masking twice changes nothing.
    """
    parts = [_kept_part(name) for name in names]
    taken = {(kept, mark) for kept, mark in parts if mark}
    counts = Counter(parts)
    numbers: Counter[str] = Counter()
    result: list[str] = []
    for name, (kept, mark) in zip(names, parts, strict=True):
        if counts[kept, mark] == 1:
            result.append(_letters(name) if _is_masked(name) else _written(kept, mark, style))
            continue
        # Alike with another: the next free mark of this surname.
        while True:
            numbers[kept] += 1
            mark = _mark(numbers[kept])
            if (kept, mark) not in taken:
                break
        taken.add((kept, mark))
        result.append(_written(kept, mark, style))
    return tuple(result)


@lru_cache(4096)
def is_masked_form(name: str) -> bool:
    """隐名的写法: 曹某, 张某甲, 骆允*, 曹××. Whoever published it so has left a part of the name out."""
    return _is_masked(name) or re.search(r"[某*＊×✕□○〇●]|(?<=[一-龥])[xX]", name) is not None


@lru_cache(4096)
def surname_of(name: str) -> str:
    """姓 of a name in Chinese characters; the first character of any other name.

    Empty for a name of a single character, since that would be the whole name.
    """
    letters = _letters(name)
    if len(letters) < 2:
        return ""
    if not is_han(letters[0]) or _DOTTED.search(name.strip(_DOTS)):
        return letters[0]
    in_use, rare = _compound_surnames()
    plain = simplified(letters)
    for length in range(min(4, len(letters) - 1), 1, -1):
        head = plain[:length]
        if head in in_use or (head in rare and len(letters) >= length + 2):
            return letters[:length]
    return letters[0]


def reduce_place(place: str, level: PlaceLevel) -> str | None:
    """地点 down to the district (县、区、县级市、旗) or the city, as far as it is written so.

    Reads a Chinese address from its front (湖北省武汉市江岸区沿江大道…). A level that is not written is
    not guessed: then the next coarser one stands, and None when there is none.
    """
    if level == "full":
        return place
    found = _ADDRESS.match(place)
    region, district = found.groups("") if found is not None else ("", "")
    if level == "district" and district and not _NO_DISTRICT.search(district):
        return f"{region}{district}"
    return region or None


_ADDRESS = re.compile(
    r"((?:[\u3400-\u9fff]{2,8}?(?:省|自治区|特别行政区))?"
    r"(?:[\u3400-\u9fff]{1,10}?(?:自治州|地区|盟|(?<!城)市))?)"
    r"([\u3400-\u9fff]{1,12}?(?:自治县|自治旗|林区|新区|区|县|旗|市)(?!场))?"
)
_NO_DISTRICT = re.compile(
    r"(?:小|社|校|院|园|景|厂|库|宿舍|住宅|生活|服务|度假|保护|居民|家属|步行|商业)区$|[路街巷道号]"
)


@lru_cache(4096)
def parts_of_name(name: str) -> tuple[str, ...]:
    """姓名的部分: the parts of a dotted or spaced name that are long enough to point at somebody (three
    Chinese characters or four Latin letters), and a Latin name the other way round; none of other names.
    """
    parts = [part for part in re.split(rf"[\s{re.escape(_DOTS)}]+", name) if fold(part)]
    if len(parts) < 2 or _is_masked(name):
        return ()
    long = [part for part in parts if len(fold(part)) >= (3 if is_han(part[0]) else 4)]
    turned = [] if is_han(parts[0][0]) else [" ".join([parts[-1], *parts[:-1]])]
    return tuple(dict.fromkeys([*long, *turned]))


def without_names(text: str, names: Sequence[str]) -> str:
    """``text`` with each of ``names`` in its masked form: what is left of a paper's words when somebody may be
    named no more."""
    for name, masked in sorted(zip(names, mask_names(names), strict=True), key=lambda pair: -len(pair[0])):
        text = text.replace(name, masked)
    return text


def find_private_mentions(text: str, strings: Sequence[str]) -> tuple[Mention, ...]:
    """私密内容的提及: where one of ``strings`` stands in ``text``, sorted by place.

    Found also with spaces, zero-width characters, dots or dashes between the characters, in
    full-width or traditional characters. A sentence's punctuation between them makes it no mention.
    A string that folds to fewer than two characters cannot be searched for and is passed over.
    """
    plain = folded_text(text)
    sought = [
        (index, wanted) for index, string in enumerate(strings) if (wanted := folded_text(string)) in plain
    ]
    if not sought:
        return ()  # nearly every text: places are worked out only where there is something to place
    folded, places = fold_with_places(text)
    found: list[Mention] = []
    for index, wanted in sought:
        if len(wanted) < 2:
            continue
        at = folded.find(wanted)
        while at >= 0:
            end = at + len(wanted)
            if _is_one_word(text, folded, places, at, end):
                certain = len(wanted) > 2 or not _is_embedded(folded, places, at, end)
                found.append(Mention(index=index, start=places[at], end=places[end - 1] + 1, certain=certain))
            at = folded.find(wanted, at + 1)
    return tuple(sorted(found, key=lambda mention: (mention.start, mention.end, mention.index)))


@lru_cache(1024)
def folded_text(text: str) -> str:
    """:func:`fold`: one text is searched for the words of many people, one after the other."""
    return fold(text)


def _is_one_word(text: str, folded: str, places: list[int], at: int, end: int) -> bool:
    for left, right in zip(places[at : end - 1], places[at + 1 : end], strict=True):
        gap = "".join(c for c in text[left + 1 : right] if unicodedata.category(c) not in ("Cf", "Mn", "Cc"))
        if not _SOFT_GAP.fullmatch(gap):
            return False
    # A Latin word or a number must not be the inside of a longer one.
    return not (
        (at > 0 and places[at - 1] == places[at] - 1 and _same_kind(folded[at - 1], folded[at]))
        or (
            end < len(folded)
            and places[end] == places[end - 1] + 1
            and _same_kind(folded[end - 1], folded[end])
        )
    )


def _is_embedded(folded: str, places: list[int], at: int, end: int) -> bool:
    """Chinese characters directly on both sides."""
    before = at > 0 and places[at - 1] == places[at] - 1 and is_han(folded[at - 1])
    after = end < len(folded) and places[end] == places[end - 1] + 1 and is_han(folded[end])
    return before and after


def _same_kind(left: str, right: str) -> bool:
    return (left.isdigit() and right.isdigit()) or (
        left.isalpha() and right.isalpha() and not is_han(left) and not is_han(right)
    )


def _letters(name: str) -> str:
    normal = unicodedata.normalize("NFC", name)
    return "".join(c for c in normal if unicodedata.category(c)[0] in "LN" and c not in _DOTS)


def _is_masked(name: str) -> bool:
    return _MASKED.fullmatch(_letters(name)) is not None


def _kept_part(name: str) -> tuple[str, str]:
    """What stays of a name, and the mark (甲, 11) that a masked name already has."""
    masked = _MASKED.fullmatch(_letters(name))
    if masked is not None:
        return masked["kept"], masked["mark"] or ""
    return surname_of(name), ""


def _mark(number: int) -> str:
    return _STEMS[number - 1] if number <= len(_STEMS) else str(number)


def _written(kept: str, mark: str, style: NameStyle) -> str:
    if mark:
        return f"{kept}某{mark}"
    return f"{kept}某某" if style == "mou_mou" or not kept else f"{kept}某"


@cache
def surname_pattern() -> str:
    """姓 as a regular expression: a surname of one character that is seldom anything else, or a compound one."""
    data = _surnames()
    return f"(?:{'|'.join(data['in_use'])}|[{data['single']}])"


def _compound_surnames() -> tuple[frozenset[str], frozenset[str]]:
    data = _surnames()
    return data["in_use"], data["rare"]


@cache
def _surnames() -> dict[str, Any]:
    data = yaml.load(
        (Path(__file__).parent / "surnames.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )
    return {"in_use": frozenset(data["in_use"]), "rare": frozenset(data["rare"]), "single": data["single"]}
