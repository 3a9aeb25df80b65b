"""写法: every usual way to write a birth date, an address or a name, for checks and audit alike."""

from __future__ import annotations

import doctest
from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cases import private_items
from generator.disclosure import ways_of_writing
from generator.disclosure.masking import find_private_mentions
from generator.disclosure.notes import names_in_note, numbers_in_note
from generator.disclosure.ways_of_writing import (
    address_writings,
    birth_date_writings,
    find_birth_date,
    given_name_of,
    name_writings,
    numeral,
    romanised,
    unit_without_place,
)
from generator.spellings.folding import fold
from tests.every_row import every_row

BORN = date(1969, 12, 3)


@pytest.mark.parametrize("module", [ways_of_writing, private_items])
def test_the_examples_are_right(module: object) -> None:
    failed, tried = doctest.testmod(module)  # type: ignore[arg-type]
    assert failed == 0 and tried


@every_row(
    "text",
    [
        "1969年12月3日",
        "1969年12月03号",
        "1969-12-3",
        "1969-12-03",
        "1969.12.03",
        "1969/12/3",
        "19691203",
        "１９６９年１２月３日",
        "一九六九年十二月三日",
        "69.12.03生",
        "69年12月3日出生",
        "生于69.12.3",
        "生日：12月3日",
        "12月3日生人",
        "Born: December 3, 1969",
        "Dec. 3rd, 1969",
        "3 December 1969",
        "12/03/1969",
    ],
)
def test_a_birth_date_in_every_usual_writing(text: str) -> None:
    assert len(list(find_birth_date(f"他{text}，", BORN))) == 1


@every_row(
    "text",
    [
        "1969年12月31日",
        "1969年1月23日",
        "1969年12月",
        "12月3日晚",
        "2026年12月3日",
        "69121203",
        "69.12.03吨",
        "文号1969123号",
        "11969年12月3日",
        "一九六九年十二月三十日",
    ],
)
def test_other_dates_are_none(text: str) -> None:
    assert list(find_birth_date(text, BORN)) == []


@given(day=st.dates(date(1920, 1, 1), date(2025, 12, 31)))
def test_each_sure_writing_of_any_day_is_found_again(day: date) -> None:
    for writing in birth_date_writings(day):
        if writing.sure:
            assert list(find_birth_date(writing.text, day)), writing.text
        else:
            assert list(find_birth_date(f"生日{writing.text}", day)), writing.text


def test_two_thousand_and_five_in_chinese() -> None:
    assert list(find_birth_date("二〇〇五年三月五日", date(2005, 3, 5)))
    assert list(find_birth_date("二零零五年三月五日", date(2005, 3, 5)))
    assert numeral(10) == "十" and numeral(30) == "三十" and numeral(21) == "二十一"


def written(address: str, *, sure: bool = True) -> set[str]:
    return {item.text for item in address_writings(address) if item.sure is sure}


@every_row(
    ("address", "text"),
    [
        ("江岸区栖霞里小区3栋2单元501室", "栖霞里小区3-2-501"),
        ("江岸区栖霞里小区3栋2单元501室", "栖霞里小区3号楼2单元501"),
        ("江岸区栖霞里小区3栋2单元501室", "栖霞里小区三栋二单元五〇一室"),
        ("湖北省武汉市汉阳区江堤街道翠微路12号楼3单元501室", "翠微路12-3-501"),
        ("湖北省武汉市汉阳区江堤街道翠微路12号楼3单元501室", "翠微路十二号楼三单元五零一室"),
        ("江汉区归雁巷19号", "归雁巷十九号"),
        ("江汉区归雁巷19号", "归雁巷19号"),
        ("新洲区柳溪湾七组22号", "柳溪湾7组22号"),
    ],
)
def test_an_address_without_its_head_and_with_other_numerals(address: str, text: str) -> None:
    sure = tuple(written(address))
    # 零 and 〇 are one to whoever reads; the list has the one that is written more often.
    assert find_private_mentions(f"住{text}。", (*sure, *(item.replace("〇", "零") for item in sure)))


def test_a_neighbourhood_alone_is_not_sure() -> None:
    assert "栖霞里小区" in written("江岸区栖霞里小区3栋2单元501室", sure=False)
    assert "3-2-501" in written("江岸区栖霞里小区3栋2单元501室", sure=False)
    assert written("翠微社区") == {"翠微社区"}


@given(text=st.text(alphabet="武汉市江岸区省县路巷小号栋单元室0123456789一二三十百〇零-附A之 ", max_size=24))
def test_any_address_has_writings(text: str) -> None:
    for item in address_writings(text):
        assert item.text


def test_names() -> None:
    assert given_name_of("骆允谦") == "允谦" and given_name_of("沈彧") == ""
    assert given_name_of("欧阳修远") == "修远" and given_name_of("阿卜杜拉·买买提") == ""
    assert {"姓骆名允谦", "骆允谦"} <= {item.text for item in name_writings("骆允谦") if item.sure}
    assert "买买提" in {item.text for item in name_writings("阿卜杜拉·买买提")}
    assert {"luoyunqian", "yunqianluo"} <= set(romanised("骆允谦")) and romanised("Smith") == ()
    assert "shanxiong" in romanised("单雄")


@every_row("pasted", ["长", "0", "A", "三", "2号", "附1-"])
def test_however_long_an_address_its_doors_are_found_at_once(pasted: str) -> None:
    before = process_time()
    found = address_writings(f"{pasted * 6_000}栖霞里小区3栋2单元501室")
    assert process_time() - before < 2
    assert any(item.text == "3-2-501" for item in found)
    before = process_time()
    assert address_writings(pasted * 6_000)
    assert process_time() - before < 2


def test_units() -> None:
    assert unit_without_place("武汉市云枫数控设备有限公司") == "云枫数控设备"
    assert unit_without_place("云枫数控设备厂") == "" and unit_without_place("武汉市医院") == ""


@every_row(
    ("note", "names"),
    [
        ("反映人竺一帆要求保密。", ["竺一帆"]),
        ("异议人：荀令仪，同村。", ["荀令仪"]),
        ("举报人为周大海，电话另记。", ["周大海"]),
        ("据来电人禹青野反映", ["禹青野"]),
        ("联系人欧阳修远（店主）", ["欧阳修远"]),
        ("异议人谯远山的说法", ["谯远山"]),
        ("异议人称抓人的另有其人，要求不透露身份。", []),
        ("异议人是沿街商户代表，要求保密。", []),
        ("异议人要求保密。", []),
        ("举报人认为不实。", []),
    ],
)
def test_names_that_a_note_marks(note: str, names: list[str]) -> None:
    assert list(names_in_note(note)) == names


def test_numbers_in_a_note() -> None:
    assert list(numbers_in_note("来电 13912345678，身份证 990000。")) == ["13912345678"]
    assert fold("13912345678") == "13912345678"
