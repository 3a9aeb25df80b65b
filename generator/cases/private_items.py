"""须保守的字句怎样写 (guarded words as written): one name or word an item, and the parts of an item that holds more.

A list such as ``kin: [苏启航，滕月华]`` looks like two names, but to YAML it is one item. No text holds that
item, so it would guard nothing. It is refused as written, and its parts are guarded all the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from generator.source.model.scalars import Text

_SEPARATORS = "，,、；;。/|&+\\\\⁄،‚"
_BRACKETS = r"()\[\]{}【】〔〕<>〈〉《》“”\"「」『』"
_COLONS = ":="
_DASHES = r"\-*~—–―‐‑−"
_DOTS = "·・•‧∙⋅."
"""All of these as NFKC writes them: ﹑ and ､ are 、, ﹙ and （ are (, ① is 1."""
# A name may hold letters, blanks, dots and the signs for a character left out, and nothing else: nobody can list
# everything that people put between two names.
_NOT_IN_A_NAME = re.compile(
    rf"[^\w\s{_DOTS}\-'’*×✕○□]|[0-9_]"
    # 苏启航 滕月华, 荀令仪 女 and 妻 吴秀兰, but 张 伟 and 吴 秀兰 are one name.
    r"|[一-龥]{2}\s+[一-龥]|(?<![一-龥])[一-龥]\s+[一-龥]{3}"
    r"|[一-龥]{2}[\-*×✕○□]+[一-龥]"
)
# A shop may be called 老冀看车（解放大道店）, and an address on the web has slashes and a colon. What parts
# two phrases in every text parts two items here.
_NOT_IN_A_WORD = re.compile("[，,、；;|،‚]")
_BORDER = re.compile(
    rf"[{_SEPARATORS}{_BRACKETS}{_COLONS}\n]+|(?<=[一-龥])[{_DASHES}]+(?=[一-龥])"
    # 苏启航 滕月华, 吴秀兰 13912345678, 荀令仪 女 同村
    r"|(?<=[一-龥]{2})\s+(?=[一-龥])|(?<=[一-龥])\s+(?=[一-龥]{3})"
    r"|(?<=[一-龥])\s*(?=[0-9]{7})|(?<=[0-9]{7})\s+(?=[一-龥])"
)
_JOINED = re.compile("([一-龥]{2,4})(?:以及|及|和|与|跟|兼|暨)其?([一-龥]{2,6})")
_WEB = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


def _refuse(pattern: re.Pattern[str]) -> AfterValidator:
    def check(text: str) -> str:
        found = None if _WEB.fullmatch(text) else pattern.search(_plain(text))
        if found is not None:
            raise PydanticCustomError("DIS019", "one item each", {"terms": {"split": _split_shown(text)}})
        return text

    return AfterValidator(check)


def _plain(text: str) -> str:
    """``text`` with one sign for all that look and mean alike."""
    return unicodedata.normalize("NFKC", text)


def _split_shown(text: str) -> str:
    """How many items it would be; the words themselves are private."""
    return str(max(2, sum(1 for _ in parts_of_item(text))))


NameItem = Annotated[Text, _refuse(_NOT_IN_A_NAME)]
"""一个姓名: one name and nothing else; ``·`` may stand in it (阿卜杜拉·买买提)."""
WordItem = Annotated[Text, _refuse(_NOT_IN_A_WORD)]
"""一个词语: one word or phrase. Brackets, slashes and colons may belong to it (a shop's branch, a chat name)."""


def _refuse_free_text(value: Any) -> Any:
    if isinstance(value, str):
        raise PydanticCustomError("DIS018", "name, phone and address stand under keys of their own")
    return value


keyed = BeforeValidator(_refuse_free_text)
"""Refuses one line of text where name, phone and address have keys of their own, and says how to write it."""


def parts_of_item(text: str) -> Iterator[str]:
    """一项里的各部分: what of an item is somebody's name, number or word, without labels and kinship.

    >>> list(parts_of_item("妻子：吴秀兰（已退休）"))
    ['吴秀兰', '已退休']

    The item itself is not among them unless it is its own single part.
    """
    if text.isdigit() or _WEB.fullmatch(text):
        yield text
        return
    for part in _BORDER.split(_plain(text)):
        joined = _JOINED.fullmatch(part.strip())
        for word in joined.groups() if joined else (part,):
            if len(bare := _without_label(word.strip())) > 1:
                yield bare


def _without_label(word: str) -> str:
    """父亲苏启航 → 苏启航; 妻子 → nothing; 吴秀兰女士 → 吴秀兰."""
    labels, titles = _labels()
    for label in labels if word.startswith(labels) else ():
        if word.startswith(label) and len(word) - len(label) > 1:
            word = word.removeprefix(label).strip()
            break
    if word in labels:
        return ""
    for title in titles if word.endswith(titles) else ():
        if word.endswith(title) and len(word) - len(title) > 1:
            return word.removesuffix(title)
    return word


@cache
def _labels() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(kinship and labels, titles), longest first."""
    data = yaml.load(
        (Path(__file__).parent / "labels.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )
    return tuple(sorted(data["before"], key=len, reverse=True)), tuple(
        sorted(data["after"], key=len, reverse=True)
    )
