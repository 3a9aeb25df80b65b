"""Cutting text, names and numbers: both halves of the search must do it alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.spellings.han_words import name_key, number_key, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("程立堃救人", ["程立", "立堃", "堃救", "救人"]),
        ("2026年9月，他", ["2026", "9", "2026年", "年9", "9月"]),
        ("𠮷野家ABC", ["abc", "𠮷野", "野家", "家abc"]),
        ("ＷＵＨＡＮ-2026", ["wuhan", "2026"]),
        ("救。人", []),
        ("阿卜杜拉·买买提", ["阿卜", "卜杜", "杜拉", "买买", "买提"]),
    ],
)
def test_two_that_stand_together_are_a_word(text: str, words: list[str]) -> None:
    assert list(words_of(text)) == words


@given(st.text("程立堃〇𠮷", min_size=2, max_size=8), st.text("程立堃a1，。 ", max_size=8))
def test_a_phrase_has_no_word_that_its_text_has_not(phrase: str, other: str) -> None:
    assert {*words_of(phrase)} <= {*words_of(f"{other}{phrase}{other}")}


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("武见公示〔2026〕31号", "〔2026〕31号"),
        ("公宣[2006]462号", "〔2006〕462号"),
        ("（2026）第031号", "〔2026〕31号"),
        ("［2026］３１号", "〔2026〕31号"),
    ],
)
def test_numbers_are_found_in_any_brackets(written: str, key: str) -> None:
    assert number_key(written) == key


def test_what_is_no_number_has_no_key() -> None:
    assert number_key("2026年31号楼") is None


def test_names_are_found_with_and_without_their_joints() -> None:
    assert name_key("阿卜杜拉·买买提") == name_key("阿卜杜拉•买买提") == name_key("阿卜杜拉 买买提")
