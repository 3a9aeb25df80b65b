"""证书号 (certificate code): how it is written, and what is wrong with one that is not.

Eighteen characters in three groups of six, ``7QK39T-D7M2HV-8QW5NK``: seventeen drawn at random and one
to check them. The alphabet has neither 0 and O nor 1, I and L. It has 31 characters because 31 is prime: then a
weighted sum finds every wrong character and every two that changed places, as in an ISBN of ten.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import pairwise
from typing import Literal

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 18
GROUP = 6
ALIKE = ("5S", "6G", "8B", "2Z")
"""Characters that are taken for one another in reading."""
LEAST_DIFFERENT = 7
"""Characters of the alphabet that a code has at least; one drawn at random has fewer once in two million."""
MOST_STEPS = 9
"""Neighbours at most that stand beside each other in the alphabet too, or are the same."""

SEPARATORS = r"[\s\-\u00ad\u2010-\u2015\u2212\u200b-\u200d\ufeff]"
"""Characters that may stand between the others, as a regular expression that browsers read alike."""

_SEPARATOR = re.compile(SEPARATORS)

Fault = Literal["form", "check", "regular"]
"""书写不合, 校验不符, 不像随机产生."""


def canonical(text: str) -> str | None:
    """规范形式: the eighteen characters alone, or None when ``text`` has another form.

    Full-width and lower-case letters, spaces and dashes of any kind are accepted, as people type them.
    """
    plain = _SEPARATOR.sub("", unicodedata.normalize("NFKC", text).upper())
    return plain if len(plain) == LENGTH and all(character in ALPHABET for character in plain) else None


def written(code: str) -> str:
    """印在证书上的写法 of a canonical code: groups of six with hyphens."""
    return "-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def fault_of(text: str) -> Fault | None:
    """编号的毛病: what keeps ``text`` from being a code, the first thing only; None when it is sound."""
    code = canonical(text)
    if code is None:
        return "form"
    if check_character(code[:-1]) != code[-1]:
        return "check"
    return None if _looks_random(code[:-1]) else "regular"


def check_character(body: str) -> str:
    """校验字符: brings the sum of all characters, each times its place counted from 1, to 0 modulo 31."""
    total = sum(place * ALPHABET.index(character) for place, character in enumerate(body, start=1))
    # The check character stands at LENGTH, and -total / LENGTH is what it must be worth.
    worth = -total * pow(LENGTH, -1, len(ALPHABET)) % len(ALPHABET)
    return ALPHABET[worth]


def new_code(choose: Callable[[str], str]) -> str:
    """新证书号, as printed. ``choose`` draws one character; where it matters, ``secrets.choice``."""
    while True:
        body = "".join(choose(ALPHABET) for _ in range(LENGTH - 1))
        if _looks_random(body):
            return written(body + check_character(body))


def _looks_random(body: str) -> bool:
    """Chance cannot be measured on one code; what somebody made up by hand can be seen: AAAA…, 234567…"""
    places = [ALPHABET.index(character) for character in body]
    steps = sum(abs(one - other) <= 1 for one, other in pairwise(places))
    return len(set(body)) >= LEAST_DIFFERENT and steps <= MOST_STEPS
