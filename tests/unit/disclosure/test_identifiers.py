"""个人标识: every kind in every way of writing it, and the numbers of a civic page left alone.

All numbers are made up here: their checksums are computed, nobody bears them.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.spellings.identifiers import (
    IdentifierKind,
    find_identifiers,
    normalised_digits,
)
from tests.every_row import every_row

Kind = IdentifierKind


def identity_card(region: str = "420106", day: str = "19900307", sequence: str = "123") -> str:
    first = region + day + sequence
    weights = [pow(2, 17 - place, 11) for place in range(17)]
    return first + "10X98765432"[sum(w * int(d) for w, d in zip(weights, first, strict=True)) % 11]


def bank_card(prefix: str = "622202000000", length: int = 16) -> str:
    body = prefix.ljust(length - 1, "7")
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (2 - place % 2)
        total += value - 9 if value > 9 else value
    return body + str(-total % 10)


CARD = identity_card()
ENDS_IN_X = next(card for n in range(100, 200) if (card := identity_card(sequence=str(n))).endswith("X"))


def kinds(text: str, *allowed: str) -> list[Kind]:
    return [hit.kind for hit in find_identifiers(text, allowed=frozenset(allowed))]


def in_han(digits: str, alphabet: str = "〇一二三四五六七八九") -> str:
    return "".join(alphabet[int(digit)] for digit in digits)


def full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


@every_row(
    ("kind", "written"),
    [
        (Kind.IDENTITY_CARD, CARD),
        (Kind.IDENTITY_CARD, ENDS_IN_X),
        (Kind.IDENTITY_CARD, ENDS_IN_X.lower()),
        (Kind.IDENTITY_CARD, full_width(ENDS_IN_X)),
        (Kind.IDENTITY_CARD, ENDS_IN_X[:-1] + "×"),
        (Kind.IDENTITY_CARD, " ".join(CARD)),
        (Kind.IDENTITY_CARD, ".".join(CARD)),
        (Kind.IDENTITY_CARD, f"{CARD[:6]}-{CARD[6:14]}-{CARD[14:]}"),
        (Kind.IDENTITY_CARD, f"{ENDS_IN_X[:6]} {ENDS_IN_X[6:14]} {ENDS_IN_X[14:17]} X"),
        (Kind.IDENTITY_CARD, in_han(CARD)),
        (Kind.IDENTITY_CARD, in_han(CARD, "零壹贰叁肆伍陆柒捌玖")),
        (Kind.IDENTITY_CARD, "420106900307123"),
        (Kind.IDENTITY_CARD, "420106 900307 123"),
        (Kind.MOBILE, "13800138000"),
        (Kind.MOBILE, "19912345678"),
        (Kind.MOBILE, "138 0013 8000"),
        (Kind.MOBILE, "138-0013-8000"),
        (Kind.MOBILE, "138.0013.8000"),
        (Kind.MOBILE, "138\u200b0013\u200b8000"),
        (Kind.MOBILE, "1 3 8 0 0 1 3 8 0 0 0"),
        (Kind.MOBILE, "+8613800138000"),
        (Kind.MOBILE, "+86 138 0013 8000"),
        (Kind.MOBILE, "0086-13800138000"),
        (Kind.MOBILE, full_width("13800138000")),
        (Kind.MOBILE, "𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎"),
        (Kind.MOBILE, "①③⑧⓪⓪①③⑧⓪⓪⓪"),
        (Kind.MOBILE, "一三八〇〇一三八〇〇〇"),
        (Kind.MOBILE, "幺三八零零幺三八零零零"),
        (Kind.MOBILE, "138零零一三8000"),
        (Kind.LANDLINE, "027-82345678"),
        (Kind.LANDLINE, "(027)82345678"),
        (Kind.LANDLINE, "（027）8234 5678"),
        (Kind.LANDLINE, "010 8234 5678"),
        (Kind.LANDLINE, "0712-8234567"),
        (Kind.LANDLINE, "02782345678"),
        (Kind.LANDLINE, "〇二七八二三四五六七八"),
        (Kind.BANK_CARD, bank_card()),
        (Kind.BANK_CARD, bank_card(length=19)),
        (Kind.BANK_CARD, bank_card("4")),
        (Kind.BANK_CARD, " ".join(bank_card()[i : i + 4] for i in range(0, 16, 4))),
        (Kind.BANK_CARD, f"{bank_card(length=19)[:6]} {bank_card(length=19)[6:]}"),
        (Kind.BANK_CARD, full_width(bank_card())),
        (Kind.PASSPORT, "E12345678"),
        (Kind.PASSPORT, "EA1234567"),
        (Kind.PASSPORT, "G12345678"),
        (Kind.PASSPORT, "D 12345678"),
        (Kind.PASSPORT, "SE1234567"),
        (Kind.PASSPORT, full_width("E12345678")),
        (Kind.NUMBER_PLATE, "鄂A12345"),
        (Kind.NUMBER_PLATE, "鄂A·12345"),
        (Kind.NUMBER_PLATE, "鄂A B1234"),
        (Kind.NUMBER_PLATE, "鄂a12b45"),
        (Kind.NUMBER_PLATE, "鄂AD12345"),
        (Kind.NUMBER_PLATE, "鄂A12345F"),
        (Kind.NUMBER_PLATE, "鄂A1234挂"),
        (Kind.NUMBER_PLATE, full_width("鄂A12345")),
        (Kind.EMAIL, "someone@mail.example.cn"),
        (Kind.EMAIL, "some.one+x@example.com"),
        (Kind.EMAIL, full_width("someone@example.cn")),
        (Kind.EMAIL, "someone @ example.cn"),
    ],
)
def test_every_kind_is_found_however_it_is_written(kind: Kind, written: str) -> None:
    for before, after in (("", ""), ("他的是", "。"), ("（", "），"), ("> ", " <")):
        text = before + written + after
        (hit,) = find_identifiers(text)
        assert hit.kind is kind
        assert len(before) <= hit.start < hit.end <= len(before) + len(written)
        assert hit.end - hit.start >= len(written) - 5


@every_row(
    ("kind", "text"),
    [
        (Kind.LANDLINE, "联系电话：8234 5678"),
        (Kind.LANDLINE, "请拨打82345678。"),
        (Kind.PASSPORT, "护照号 e1234567"),
        (Kind.IDENTITY_CARD, "身份证号：420106199003071230"),
        (Kind.BIRTH_DATE, "1990年3月7日出生"),
        (Kind.BIRTH_DATE, "1990年3月7日生，汉族"),
        (Kind.BIRTH_DATE, "生于1990-03-07"),
        (Kind.BIRTH_DATE, "出生日期：1990.3.7"),
        (Kind.BIRTH_DATE, "出生年月日 19900307"),
        (Kind.BIRTH_DATE, "生日是1990/03/07"),
        (Kind.BIRTH_DATE, "一九九〇年三月七日出生"),
        (Kind.BIRTH_DATE, "一九九〇年十二月二十一日生。"),
        (Kind.BIRTH_DATE, "１９９０年３月７日出生"),
        (Kind.BIRTH_DATE, '"birth_date": "1990-03-07"'),
        (Kind.BIRTH_DATE, "<birthday>1990-03-07</birthday>"),
        (Kind.HOME_ADDRESS, "家住武汉市江岸区沿江大道12号"),
        (Kind.HOME_ADDRESS, "住址：江岸区球场路十二号"),
        (Kind.HOME_ADDRESS, "男，38岁，住武汉市江岸区沿江大道１２号"),
        (Kind.HOME_ADDRESS, "现住某村3组"),
        (Kind.HOME_ADDRESS, "户籍所在地江岸区球场路5栋201室"),
        (Kind.HOME_ADDRESS, "3号楼2单元501室"),
        (Kind.HOME_ADDRESS, "五栋二单元三〇一"),
        (Kind.HOME_ADDRESS, "白鹭家园5栋201室"),
        (Kind.HOME_ADDRESS, "白鹭小区5-2-201"),
        (Kind.HOME_ADDRESS, "白鹭小区B区5号楼201"),
        (Kind.HOME_ADDRESS, "现住白鹭村第3组"),
        (Kind.MOBILE, "Tel13700012345"),
        (Kind.MOBILE, "微信wx13700012345"),
        (Kind.MOBILE, "137、0001、2345"),
        (Kind.MOBILE, "137+0001+2345"),
        (Kind.EMAIL, "someone (at) example.cn"),
        (Kind.EMAIL, "someone（at）example（dot）cn"),
    ],
)
def test_what_only_the_words_around_it_tell(kind: Kind, text: str) -> None:
    assert kinds(f"此人，{text}") == [kind]


@every_row(
    "text",
    [
        "",
        "杭政办函〔2023〕30号",
        "公宣[2006]462号",
        "2026年11月22日",
        "2026-11-22T09:00+08:00",
        "2026-11-22T09:00:00.123456+08:00",
        "公示期自2023年2月22日开始至2023年2月28日结束",
        "wuhan-2026-0007 wuhan-2026-0008 wuhan-2026-0009",
        "https://yiyong.example/notices/wuhan-2026-0007/",
        "奖金30,000元，合计1,234,567.89元",
        "440308********1234",
        "sha256-0123456789012345678901234567890123456789",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "420106199003071238a",
        "0.4201061990030712",
        "0.13800138000",
        "1e13800138000",
        "1234567890123456789",
        "9007199254740991",
        "4444444444444444",
        "420106199002311238",
        "420106219003071238",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15",
        "1-3 8.0 0 1 3 8 0 0 0",
        "M16.58 13.17 12 8l1 4-4 4 4 0 0 1",
        "12800138000",
        "17327",
        "82345678",
        "077-182345678",
        "0311 1234 5678",
        "第一、二、三、四、五、六、七项",
        "main.e12345678.css #E12345678 E123456789",
        "a@2x.png logo@3x.webp @media a@b",
        "新COVID 云ABCDE 京A",
        "2026年3月5日生效 2026年3月5日发生 3月5日生于武汉",
        "生于1990年3月",
        "出生于武汉市江岸区",
        "他抓住2号门，拦住3号车，住院3号楼，记住12号",
        "住武汉市江岸区",
        "单元测试 第3单元",
        "受理单位地址：武汉市江岸区沿江大道12号，邮编430014",
        "SiteIDCode 4201000001",
        "邮编430014 热线12345",
        "护照遗失",
        "奖金合计13812345678元",
        "共13812345678余元",
        "居住在汉江边3组",
        "住在武昌区的市民2户",
        "奖励4500、6000、5200、4800元",
        "2011、2012、2013、2014年",
        "小区2020-2021年",
        "花园5栋300人",
    ],
)
def test_what_a_civic_page_is_full_of_is_left_alone(text: str) -> None:
    assert kinds(text) == []
    assert kinds(f"前文{text}后文") == []


def test_what_an_office_declares_is_allowed_however_it_is_written() -> None:
    declared = ("027-8234 5678", "Office@Example.cn", "138 0013 8000", "江岸区沿江大道12号")
    text = "(027)82345678 电话82345678 +86-27-82345678 13800138000 OFFICE@example.cn ０２７－８２３４５６７８ +86 13800138000"
    assert kinds(text, *declared) == []
    assert kinds("户籍窗口住址：江岸区沿江大道12号", *declared) == []
    assert kinds("户籍窗口住址：江岸区沿江大道13号", *declared) == [Kind.HOME_ADDRESS]
    assert kinds("027-82345679 13800138001 other@example.cn", *declared) == [
        Kind.LANDLINE,
        Kind.MOBILE,
        Kind.EMAIL,
    ]


def test_half_a_character_is_no_number() -> None:
    assert kinds("\ud83d13700012345\udc00") == [Kind.MOBILE]


def test_what_is_declared_is_allowed_in_words_too() -> None:
    assert kinds("office (at) example.cn", "office@example.cn") == []


def test_an_identity_card_is_never_allowed() -> None:
    assert kinds(CARD, CARD) == [Kind.IDENTITY_CARD]
    assert kinds(bank_card(), bank_card()) == [Kind.BANK_CARD]


def test_several_in_one_run_and_far_apart() -> None:
    text = "13800138000 13900139000 420106900307123" + "，" * 400 + "a@b.cn" + "，" * 400 + "c@d.cn 鄂A12345"
    assert kinds(text) == [
        Kind.MOBILE,
        Kind.MOBILE,
        Kind.IDENTITY_CARD,
        Kind.EMAIL,
        Kind.EMAIL,
        Kind.NUMBER_PLATE,
    ]


def test_a_word_that_is_a_numeral_does_not_hide_the_number_after_it() -> None:
    (hit,) = find_identifiers("联系方式之一13800138000")
    assert (hit.kind, hit.start, hit.end) == (Kind.MOBILE, 6, 17)


def test_digit_runs_are_plain() -> None:
    text = "案号２０２６-０１３ 之后 一三八〇〇一三八〇〇〇 与 4201 0619 9003 0712 3x"
    assert [digits for digits, _, _ in normalised_digits(text)] == [
        "2026013",
        "13800138000",
        "42010619900307123X",
    ]
    assert [text[a:b] for _, a, b in normalised_digits(text)][1] == "一三八〇〇一三八〇〇〇"


separators = st.sampled_from(["", " ", "-", ".", "·", "\u3000", "\u200b", " - "])
styles = st.sampled_from([str, full_width, in_han, lambda d: in_han(d, "零壹贰叁肆伍陆柒捌玖")])
around = st.text(alphabet="群众在江边发现有人落水，。（）ab\n", max_size=30)


@given(
    region=st.sampled_from(["110101", "420106", "440308", "650102"]),
    day=st.dates(min_value=date(1900, 1, 1), max_value=date(2029, 1, 1)),
    sequence=st.integers(0, 999),
    separator=separators,
    style=styles,
    before=around,
    after=around,
)
def test_any_identity_card_is_found(region, day, sequence, separator, style, before, after) -> None:  # type: ignore[no-untyped-def]
    card = identity_card(region, day.strftime("%Y%m%d"), f"{sequence:03}")
    digits = style(card[:-1]) + (card[-1] if card[-1] == "X" else style(card[-1]))
    text = before.rstrip("ab") + separator.join(digits) + after.lstrip("ab")
    assert Kind.IDENTITY_CARD in kinds(text)


@given(
    number=st.integers(13_000_000_000, 19_999_999_999),
    separator=separators,
    style=styles,
    before=around,
    after=around,
)
def test_any_mobile_number_is_found(number: int, separator: str, style, before: str, after: str) -> None:  # type: ignore[no-untyped-def]
    text = before.rstrip("ab") + separator.join(style(str(number))) + after.lstrip("ab")
    assert kinds(text) == [Kind.MOBILE]


@given(st.text())
def test_any_text_gives_an_answer_within_its_bounds(text: str) -> None:
    hits = find_identifiers(text)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)


def test_a_letter_within_a_number_and_letters_for_a_plate() -> None:
    assert kinds("编号 4201061990X") == []
    assert kinds("鄂ABCD12") == []
    assert kinds("住址：江岸区。住址：无") == []
    assert kinds("a@b.cn" + "，" * 300 + "c@d.cn") == [Kind.EMAIL, Kind.EMAIL]


def test_of_two_that_overlap_the_longer_stays() -> None:
    assert kinds("住址：3号楼2单元501室") == [Kind.HOME_ADDRESS]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.BIRTH_DATE, "救人者69.12.03生，本市人"),
        (Kind.BIRTH_DATE, "69年12月3日出生"),
        (Kind.BIRTH_DATE, "Born: December 3, 1969"),
        (Kind.BIRTH_DATE, "born on 3rd December 1969"),
    ],
)
def test_other_usual_writings(kind: Kind, text: str) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "条款1.69.12.03生效",
        "产量69.12.03吨",
        "born to be wild, December 3",
    ],
)
def test_innocent_texts_of_the_same_look(text: str) -> None:
    assert kinds(text) == []


@every_row("between", ["-", "/", ".", "_"])
@every_row("after", ["", " 9", " 17", ")17", "] 3"])
def test_a_day_is_no_number_whatever_is_said_before_it(between: str, after: str) -> None:
    for lead in ("", "电话：", "身份证", "tel "):
        for day in (("2022", "05", "31"), ("1985", "1", "02"), ("2019", "12", "10")):
            assert find_identifiers(f"{lead}{between.join(day)}{after}") == ()
