"""证书号: its form, its check character, and what is too regular to be one."""

from __future__ import annotations

import itertools
import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.public.verification.certificate_code import (
    ALPHABET,
    LENGTH,
    canonical,
    check_character,
    fault_of,
    new_code,
    written,
)
from tests.commands import yiyong
from tests.every_row import every_row

BODIES = st.text(ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1)


def made(seed: int) -> str:
    return new_code(random.Random(seed).choice)


def test_the_alphabet_is_prime_and_has_no_twins() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 31
    assert not set("01ILO") & set(ALPHABET)
    assert (LENGTH - 1) * math.log2(len(ALPHABET)) > 84


@given(BODIES)
def test_the_weighted_sum_is_nought(body: str) -> None:
    code = body + check_character(body)
    assert sum(place * ALPHABET.index(c) for place, c in enumerate(code, start=1)) % 31 == 0


@pytest.mark.parametrize("seed", range(3))
def test_every_wrong_character_and_every_two_that_changed_places_are_found(seed: int) -> None:
    code = canonical(made(seed))
    assert code is not None
    for place, other in itertools.product(range(LENGTH), ALPHABET):
        if other != code[place]:
            assert fault_of(code[:place] + other + code[place + 1 :]) == "check"
    for one, two in itertools.combinations(range(LENGTH), 2):
        moved = list(code)
        moved[one], moved[two] = moved[two], moved[one]
        if code[one] != code[two]:
            assert fault_of("".join(moved)) == "check"


@given(st.integers(0, 10**9))
def test_a_new_code_is_sound_and_is_printed_in_groups(seed: int) -> None:
    code = made(seed)
    assert fault_of(code) is None
    assert [len(group) for group in code.split("-")] == [6, 6, 6]
    assert written(canonical(code) or "") == code


@every_row(
    "typed",
    [
        "{code}",
        "{lower}",
        "  {code} ",
        "{plain}",
        "{spaced}",
        "{wide}",
        "{dashes}",
        "{plain}\u200b",
    ],
)
def test_people_may_type_it_as_they_like(typed: str) -> None:
    code = made(7)
    plain = code.replace("-", "")
    forms = {
        "code": code,
        "lower": code.lower(),
        "plain": plain,
        "spaced": " ".join(plain),
        "wide": "".join(chr(ord(c) + 0xFEE0) for c in code),
        "dashes": code.replace("-", "—"),
    }
    assert canonical(typed.format(**forms)) == plain


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "form"),
        ("WH18-6QK3-TD7M", "form"),
        ("7QK39T-D7M2HV-8QW5N", "form"),
        ("0QK39T-D7M2HV-8QW5NK", "form"),
        ("7QK39T/D7M2HV/8QW5NK", "form"),
        ("字QK39T-D7M2HV-8QW5NK", "form"),
    ],
)
def test_other_forms_are_not_codes(text: str, fault: str) -> None:
    assert fault_of(text) == fault
    assert canonical(text) is None


@pytest.mark.parametrize(
    "body", ["A" * 17, "ABC" * 5 + "AB", ALPHABET[:17], ALPHABET[16::-1], "WH2222" * 2 + "23456"]
)
def test_what_somebody_made_up_is_too_regular(body: str) -> None:
    assert len(body) == 17
    assert fault_of(body + check_character(body)) == "regular"


def test_chance_is_hardly_ever_called_regular() -> None:
    rng = random.Random(1)
    bodies = ("".join(rng.choices(ALPHABET, k=17)) for _ in range(5000))
    assert sum(fault_of(body + check_character(body)) is not None for body in bodies) == 0


def test_staff_get_codes_from_the_command_line() -> None:
    result = yiyong("certificate-code", "--count", "40")
    assert result.exit_code == 0
    codes = result.stdout.split()
    assert len(set(codes)) == 40
    assert [fault_of(code) for code in codes] == [None] * 40
