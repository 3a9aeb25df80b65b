"""隐名: what stays of a name, and that nobody's name comes through. All names are made up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.disclosure.masking import (
    find_private_mentions,
    mask_names,
    parts_of_name,
    reduce_place,
    surname_of,
)
from generator.spellings.folding import fold, fold_with_places, is_han, simplified
from tests.every_row import every_row


@every_row(
    ("name", "masked"),
    [
        ("张三", "张某某"),
        ("张三丰", "张某某"),
        ("张李建国", "张某某"),
        ("欧阳修", "欧阳某某"),
        ("欧阳建国", "欧阳某某"),
        ("歐陽建國", "歐陽某某"),
        ("万俟春", "万俟某某"),
        ("司马", "司某某"),
        ("第五建国", "第五某某"),
        ("第五国", "第某某"),
        ("安国平", "安某某"),
        ("爱新觉罗启明", "爱新觉罗某某"),
        ("钮祜禄明", "钮祜禄某某"),
        ("阿卜杜拉·买买提", "阿某某"),
        ("阿卜杜拉・买买提", "阿某某"),
        ("阿卜杜拉•买买提", "阿某某"),
        ("司马义·阿不都", "司某某"),
        ("约翰·史密斯", "约某某"),
        ("John Smith", "J某某"),
        ("𠮷田", "𠮷某某"),
        ("䶮永明", "䶮某某"),
        ("\uf90a建国", "金某某"),
        (" 张　三 ", "张某某"),
        ("张", "某某"),
        ("J", "某某"),
        ("张某某", "张某某"),
        ("曹某", "曹某"),
        ("张某甲", "张某甲"),
        ("张某11", "张某11"),
        ("欧阳某某", "欧阳某某"),
        ("某某", "某某"),
    ],
)
def test_one_name(name: str, masked: str) -> None:
    assert mask_names([name]) == (masked,)


def test_the_short_style() -> None:
    assert mask_names(["张三丰", "欧阳修", "张某某", "单"], style="mou") == (
        "张某甲",
        "欧阳某",
        "张某乙",
        "某某",
    )


def test_two_of_one_surname_stay_apart_beyond_the_ten_stems() -> None:
    names = [f"张{given}" for given in "一二三四五六七八九十百千"]
    masked = mask_names([*names, "李四"])
    assert masked[:3] == ("张某甲", "张某乙", "张某丙")
    assert masked[9:] == ("张某癸", "张某11", "张某12", "李某某")
    assert mask_names(masked) == masked


def test_a_mark_already_used_is_not_given_again() -> None:
    assert mask_names(["张三", "张某甲", "张四"]) == ("张某乙", "张某甲", "张某丙")
    assert mask_names(["张某乙", "张三"]) == ("张某乙", "张某某")
    assert mask_names(["张某甲", "张某甲"]) == ("张某乙", "张某丙")


han_names = st.text(alphabet="张王李欧阳司马诸葛建国明伟芳阿卜杜拉·買賣𠮷", min_size=1, max_size=6)


@given(st.lists(han_names | st.text(max_size=8), max_size=30))
def test_masking_is_one_to_one_stable_and_hides_the_given_name(names: list[str]) -> None:
    masked = mask_names(names)
    assert len(masked) == len(names)
    assert len(set(masked)) == len(masked)
    assert mask_names(masked) == masked
    for name, shown in zip(names, masked, strict=True):
        if "某" not in name:
            kept = shown.split("某")[0]
            assert kept == surname_of(name)
            assert len(kept) < max(len(fold(name)), 1) or not kept


@every_row(
    ("place", "district", "city"),
    [
        ("湖北省武汉市江岸区沿江大道12号", "湖北省武汉市江岸区", "湖北省武汉市"),
        ("北京市朝阳区建国路8号", "北京市朝阳区", "北京市"),
        ("上海市浦东新区世纪大道", "上海市浦东新区", "上海市"),
        ("恩施土家族苗族自治州利川市东城", "恩施土家族苗族自治州利川市", "恩施土家族苗族自治州"),
        ("内蒙古自治区锡林郭勒盟锡林浩特市", "内蒙古自治区锡林郭勒盟锡林浩特市", "内蒙古自治区锡林郭勒盟"),
        ("武汉市花园小区3号楼", "武汉市", "武汉市"),
        ("武汉市东湖边", "武汉市", "武汉市"),
        ("武汉市沿江大道某某区", "武汉市", "武汉市"),
        ("江岸区", "江岸区", None),
        ("沿江大道12号", None, None),
        ("", None, None),
    ],
)
def test_places_are_cut_from_the_front(place: str, district: str | None, city: str | None) -> None:
    assert reduce_place(place, "district") == district
    assert reduce_place(place, "city") == city
    assert reduce_place(place, "full") == place


def test_parts_of_a_name() -> None:
    assert parts_of_name("张三丰") == ()
    assert parts_of_name("阿卜杜拉·买买提") == ("阿卜杜拉", "买买提")
    assert parts_of_name("John Smith") == ("John", "Smith", "Smith John")
    assert parts_of_name("张某某") == parts_of_name("阿·某某") == ()
    assert parts_of_name("·") == ()


@every_row(
    "text",
    [
        "群众张三丰跳入江中",
        "张 三 丰",
        "张\u200b三\u2060丰",
        "张·三·丰",
        "张-三-丰",
        "張三豐",
        "张\n三丰",
        "张　三　丰",
        "张*三*丰",
        "张\u0301三丰",
    ],
)
def test_a_mention_is_found_however_it_is_written(text: str) -> None:
    (mention,) = find_private_mentions(text, ["李四光", "张三丰"])
    assert mention.index == 1
    assert fold(text[mention.start : mention.end]) == "张三丰"
    assert mention.certain


def test_latin_names_and_numbers_are_whole_words() -> None:
    assert [m.index for m in find_private_mentions("ＪＯＨＮ  smith 来了", ["John Smith", "John"])] == [1, 0]
    assert find_private_mentions("Johnson 与 Bjohn", ["John"]) == ()
    assert find_private_mentions("编号112345", ["12345"]) == ()
    assert len(find_private_mentions("编号12345号", ["12345"])) == 1


def test_short_names_inside_other_words_are_not_certain() -> None:
    certain = {m.certain for m in find_private_mentions("高峰，男", ["高峰"])}
    inside = {m.certain for m in find_private_mentions("早高峰期间", ["高峰"])}
    assert (certain, inside) == ({True}, {False})


def test_a_sentence_end_between_makes_no_mention() -> None:
    assert find_private_mentions("他姓张。三丰来了", ["张三丰"]) == ()
    assert find_private_mentions("张，三丰", ["张三丰"]) == ()
    assert find_private_mentions("某", ["张", ""]) == ()


def test_overlapping_mentions_are_all_told() -> None:
    assert [(m.start, m.end) for m in find_private_mentions("丁丁丁", ["丁丁"])] == [(0, 2), (1, 3)]


@given(
    st.text(alphabet="江边有人落水，。 x", max_size=20), st.text(alphabet="江边有人落水，。 x", max_size=20)
)
def test_a_mention_is_found_anywhere(before: str, after: str) -> None:
    (mention,) = find_private_mentions(before + "欧阳建国" + after, ["歐陽建國"])
    assert mention.start == len(before)


@given(st.text(), st.text())
def test_folding_is_character_by_character(left: str, right: str) -> None:
    assert fold(left + right) == fold(left) + fold(right)
    folded, places = fold_with_places(left)
    assert folded == fold(left)
    assert len(places) == len(folded)
    assert all(0 <= place < len(left) for place in places)


def test_folding_makes_one_spelling() -> None:
    assert fold("張·Ｗéi ①\u200b") == fold("张WEI1") == "张wei1"
    assert simplified("後发a") == "后发a"
    assert is_han("〇") and is_han("𠮷") and is_han("\uf90a") and not is_han("a") and not is_han("，")
