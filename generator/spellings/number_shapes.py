"""号码的形状 (shapes of numbers): whether figures, and how they are grouped, make a number of an identity card, of a telephone
or of a bank card. Of what stands around them only the words before an identity card matter here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

GROUP = re.compile(r"[0-9]+[Xx]?|[Xx]")
# First two digits of GB/T 2260, Hong Kong, Macao and Taiwan included (81, 82, 83 and 71).
_PROVINCE = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CONTEXT = re.compile(r"(?:身份证|身份號碼|公民身份|证件号?码?|證件)[^。；\n]{0,12}$")
_CARD_PREFIX = re.compile(r"62|60|68|69|9558|4|5[1-5]|35|2[2-7]")
_AREA = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})")
SHORTEST_WITHOUT_CONTEXT = 10
"""Digits of the shortest number known by its shape alone: area code 010 and seven more."""
_MOBILE_SHAPES = frozenset(
    {(11,), (3, 4, 4), (3, 8), (7, 4), (4, 4, 3), (3, 3, 5), (5, 6), (3, 2, 3, 3), (3, 2, 2, 2, 2)}
)
_LOCAL_BEGINS = "2345678"
MOST_DIGITS = 19
_CALLED_IDENTITY = "身份证"
_LOCAL_SHAPES = frozenset({(7,), (8,), (3, 4), (4, 3), (4, 4), (2, 2, 2, 2), (3, 2, 2), (2, 3, 3)})
_DAYS = re.compile(
    r"(?:19|20)[0-9]{2}([-/._])(?:0?[1-9]|1[0-2])\1(?:0[1-9]|[12][0-9]|3[01])(?:[ \])]{0,2}[0-9]{1,2})?"
)
"""A day, alone or with one or two figures after it: none of its groups has a shape of a number."""


@lru_cache(65_536)
def may_be_number(run: str) -> bool:
    """False for most dates and file numbers: no groups of theirs, side by side, are any number, whatever stands
    around."""
    if _DAYS.fullmatch(run):
        return False
    groups = GROUP.findall(run)
    return any(
        _may_be_one(groups[first:last])
        for first in range(len(groups))
        for last in range(first + 1, min(len(groups), first + MOST_DIGITS) + 1)
    )


def _may_be_one(groups: Sequence[str]) -> bool:
    digits = "".join(groups).upper()
    sizes = tuple(map(len, groups))
    if all(size == 1 for size in sizes):
        sizes = (len(sizes),)  # written digit by digit it counts as whole
    if len(digits) < SHORTEST_WITHOUT_CONTEXT:
        return is_local(digits, sizes)
    return len(digits) <= MOST_DIGITS and (
        is_identity_card(digits, sizes, _CALLED_IDENTITY)
        or (
            digits.isdigit()
            and (is_mobile(digits, sizes) or is_landline(digits, sizes) or is_bank_card(digits, sizes))
        )
    )


def is_identity_card(digits: str, sizes: tuple[int, ...], lead_in: str) -> bool:
    """GB 11643: region, birth date, sequence, and a check character by ISO 7064 MOD 11-2.

    Where the words before say that it is one, a wrong check character does not save it. The old
    form has 15 digits, a year of two digits and no check character.
    """
    if (
        not digits[:-1].isdigit()
        or not _PROVINCE.match(digits)
        or min(sizes[:-1], default=2) < 2
        or len(sizes) > 6
    ):
        return False
    if len(digits) == 15:
        return digits.isdigit() and _is_day("19" + digits[6:12])
    if len(digits) != 18 or not _is_day(digits[6:14]):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, digits, strict=False))
    return "10X98765432"[total % 11] == digits[17] or _ID_CONTEXT.search(lead_in) is not None


def _is_day(digits: str) -> bool:
    if not "1900" <= digits[:4] <= "2099":
        return False
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def is_mobile(digits: str, sizes: tuple[int, ...]) -> bool:
    for country in ("86", "0086", "086"):
        if digits.startswith(country) and len(digits) == 11 + len(country):
            own = sizes[1:] if sizes[0] == len(country) else (sizes[0] - len(country), *sizes[1:])
            return digits[-11] == "1" and digits[-10] in "3456789" and own in _MOBILE_SHAPES
    return len(digits) == 11 and digits[0] == "1" and digits[1] in "3456789" and sizes in _MOBILE_SHAPES


def is_local(digits: str, sizes: tuple[int, ...]) -> bool:
    """A number without its area code: that it is a telephone's, only the words before it can say."""
    return sizes in _LOCAL_SHAPES and digits[0] in _LOCAL_BEGINS


def is_landline(digits: str, sizes: tuple[int, ...]) -> bool:
    area = _AREA.match(digits)
    if area is None:
        return False
    local = digits[area.end() :]
    shaped = len(sizes) == 1 or (sizes[0] == area.end() and sizes[1:] in _LOCAL_SHAPES)
    return 7 <= len(local) <= 8 and local[0] in _LOCAL_BEGINS and shaped


def is_bank_card(digits: str, sizes: tuple[int, ...]) -> bool:
    """ISO/IEC 7812: a known first part and the Luhn check; grouped by fours, six and the rest, or whole."""
    grouped = len(sizes) == 1 or all(size == 4 for size in sizes[:-1]) or (len(sizes) == 2 and sizes[0] == 6)
    if not 16 <= len(digits) <= 19 or not grouped or not _CARD_PREFIX.match(digits) or len(set(digits)) < 3:
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
