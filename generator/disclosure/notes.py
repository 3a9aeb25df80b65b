"""备注里的姓名和号码 (notes): names and numbers in staff's notes that can be told for certain.

A note is free text, and most names in it cannot be told from other words. A number of a known shape can, a name
after 异议人 or 举报人, before 来电 or 反映, and one that stands there alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.disclosure.dictionary import is_ordinary_word
from generator.disclosure.masking import is_masked_form, surname_pattern
from generator.spellings.identifiers import IdentifierKind, find_identifiers


def names_in_note(text: str) -> Iterator[str]:
    """标明的姓名: 竺一帆 in “反映人竺一帆要求保密”, “接竺一帆电话” and “竺一帆”."""
    for found in _marked().finditer(text):
        yield found["name"]
    for found in _speaking().finditer(text):
        # 单位来电, 高中反映: here nothing marks a name.
        name = found["name"] or found["under"] or found["alone"]
        if not is_masked_form(name) and not is_ordinary_word(name):
            yield name


def numbers_in_note(text: str) -> Iterator[str]:
    """号码: telephone, identity and card numbers, number plates and mailboxes."""
    for hit in find_identifiers(text):
        if hit.kind not in (IdentifierKind.HOME_ADDRESS, IdentifierKind.BIRTH_DATE):
            yield text[hit.start : hit.end]


@cache
def _speaking() -> re.Pattern[str]:
    data = _data()
    said, before, headings = ("|".join(data[key]) for key in ("said", "said_after", "headings"))
    name = rf"{surname_pattern()}[一-龥]{{1,2}}"
    return re.compile(
        rf"(?:^|(?<=[^一-龥])|{before})(?P<name>{name})(?=(?:女士|先生|同志|等人?)?(?:{said}))"
        rf"|(?:{headings})[:：]\s*(?P<under>{name})(?=[^一-龥]|$)|^(?P<alone>{surname_pattern()}[一-龥]{{2}})(?=[^一-龥]|$)",
        re.MULTILINE,
    )


@cache
def _marked() -> re.Pattern[str]:
    data = _data()
    marks, links, after = ("|".join(data[key]) for key in ("marks", "links", "after"))
    return re.compile(
        rf"(?:{marks})(?:{links})?[:：\s“\"]*(?P<name>{surname_pattern()}[一-龥]{{1,2}}?)(?=[^一-龥]|{after}|$)"
    )


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.load(
        (Path(__file__).parent / "notes.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )
    return data
