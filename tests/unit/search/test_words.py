"""Cutting text, names and numbers: both halves of the search must do it alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.spellings.han_words import joined, name_key, number_key, spaced


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("程立堃救人", "程 立 堃 救 人"),
        ("2026年9月12日，他", "2026 年 9 月 12 日， 他"),
        ("𠮷野家abc", "𠮷 野 家 abc"),
        ("plain words", "plain words"),
        ("阿卜杜拉·买买提", "阿 卜 杜 拉· 买 买 提"),
    ],
)
def test_every_han_character_is_a_word(text: str, cut: str) -> None:
    assert spaced(text) == cut
    assert joined(cut) == text


@given(st.text(alphabet="程立堃〇𠮷a1，。", max_size=30))
def test_joining_undoes_cutting(text: str) -> None:
    assert joined(spaced(text)) == text


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
