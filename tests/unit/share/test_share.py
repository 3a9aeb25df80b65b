"""分享图: its size, what the square thumbnail keeps, its bytes and its cache."""

from __future__ import annotations

import io
import struct
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from generator.outputs.share.card_content import ShareCard
from generator.outputs.share.card_drawing import card_key, share_card
from generator.outputs.share.line_setting import cut_lines, set_lines
from generator.outputs.share.share_fonts import find_file, load_font, missing_font
from generator.pages.page_head import CARD_HEIGHT, CARD_WIDTH

needs_font = pytest.mark.skipif(missing_font() is not None, reason=f"{missing_font()} is not installed")


def card(**changes: Any) -> ShareCard:
    given: dict[str, Any] = {
        "title": "关于拟确认钱样例见义勇为行为的公示",
        "lines": ("样例市公安局（样例）", "2026年11月20日 至 11月26日 24:00"),
        "marks": ("公示", "示例数据"),
        "site_name": "义勇录（示例站）",
        "address": "yiyong.example",
    }
    return ShareCard(**(given | changes))


def drawn(item: ShareCard) -> bytes:
    made = share_card(item)
    assert made is not None
    return made


CARDS = {
    "usual": card(),
    "a name alone": card(title="周样例", lines=(), marks=()),
    "long": card(title="长" * 400, lines=("一" * 200,) * 9, marks=("二" * 40,) * 9, site_name="站" * 90),
    "one long word": card(title="A" * 300),
    "rare characters": card(title="珺玥翀昇喆堃垚"),
    "an honour": card(
        title="周样例",
        highlight="追授“样例市见义勇为英雄”",
        deed=("暴雨山洪中，村医往返三趟背出被困老人，返回时被洪水卷走牺牲。",),
        lines=(
            "样例市人民代表大会常务委员会（示例）",
            "2014年",
        ),
        quiet=True,
    ),
    "a long honour": card(
        title="长" * 60, highlight="二" * 80, deed=("一" * 200,) * 2, lines=("一" * 200,) * 3
    ),
    "a notice of three deeds": card(
        title="关于拟确认钱样例、孙样例、周样例同志为见义勇为人员的公示",
        highlight="公示至 2026年11月26日 24:00",
        deed=("钱样例：" + "救" * 26 + "。", "孙样例：" + "救" * 26 + "。", "周样例：" + "救" * 26 + "。"),
        lines=("样例市公安局（样例）等 2 家单位",),
    ),
    "three lines under a long title": card(
        title="关于拟确认钱样例、孙样例同志为见义勇为人员的公示", lines=("样例局", "样例会", "公示至")
    ),
}


@needs_font
@pytest.mark.parametrize("name", CARDS)
def test_size_colours_and_nothing_but_its_own_words_in_the_file(name: str) -> None:
    made = drawn(CARDS[name])
    assert len(made) < 40_000
    image = Image.open(io.BytesIO(made))
    assert (image.format, image.mode, image.size) == ("PNG", "P", (CARD_WIDTH, CARD_HEIGHT))
    chunks, at = [], 8
    while at < len(made):
        (length,) = struct.unpack(">I", made[at : at + 4])
        chunks.append(made[at + 4 : at + 8])
        at += length + 12
    assert set(chunks) == {b"IHDR", b"PLTE", b"iTXt", b"IDAT", b"IEND"}
    item = CARDS[name]
    # The audit reads no pixels; it reads this.
    assert image.info["Description"].split("\n") == [
        *item.marks,
        item.title,
        *filter(None, [item.highlight]),
        *item.deed,
        *item.lines,
        item.site_name,
        item.address,
    ]


@needs_font
@pytest.mark.parametrize("name", CARDS)
def test_the_middle_square_holds_everything_but_the_frame(name: str) -> None:
    image = Image.open(io.BytesIO(drawn(CARDS[name]))).convert("L")
    side = (CARD_WIDTH - CARD_HEIGHT) // 2
    for left in (60, CARD_WIDTH - side):
        beside = image.crop((left, 40, left + side - 60, CARD_HEIGHT - 40))
        assert min(beside.tobytes()) > 200  # paper
    middle = image.crop((side, 20, CARD_WIDTH - side, CARD_HEIGHT - 20))
    assert min(middle.tobytes()) < 100  # text


@needs_font
def test_the_same_card_is_the_same_bytes_and_another_is_not() -> None:
    assert drawn(card()) == drawn(card())
    assert len({drawn(item) for item in CARDS.values()}) == len(CARDS)


@needs_font
def test_text_and_rules_stand_out_from_the_paper() -> None:
    palette = Image.open(io.BytesIO(drawn(card()))).getpalette()
    assert palette is not None
    quiet = Image.open(io.BytesIO(drawn(card(quiet=True)))).getpalette()
    assert quiet is not None
    paper, ink, accent, grey = palette[0:3], palette[21:24], palette[45:48], quiet[45:48]
    assert contrast(paper, ink) > 12
    assert min(contrast(paper, accent), contrast(paper, grey)) > 4.5
    assert max(grey) - min(grey) < 30 < max(accent) - min(accent)


def contrast(first: list[int], second: list[int]) -> float:
    """WCAG 2.2 contrast ratio."""

    def luminance(colour: list[int]) -> float:
        parts = [value / 255 for value in colour]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "另题"},
        {"highlight": "授予"},
        {"quiet": True},
        {"lines": ()},
        {"marks": ("公示",)},
        {"site_name": "另站"},
        {"marks": ("公", "示")},
    ],
)
def test_the_key_follows_every_part(changes: dict[str, Any]) -> None:
    assert card_key(card(**changes)) != card_key(card())
    assert card_key(card()) == card_key(card())


def test_control_characters_do_not_reach_the_picture() -> None:
    assert card(title="甲\u202e乙\n丙\x00").title == "甲 乙 丙"


def test_without_the_font_there_is_no_card_and_the_font_is_named(tmp_path: Path) -> None:
    assert share_card(card(), (tmp_path,)) is None
    assert missing_font((tmp_path,)) == "NotoSerifCJK-Bold.ttc"


@needs_font
def test_lines_are_even_and_keep_words_and_punctuation_together() -> None:
    file = find_file("Bold")
    assert file is not None
    font = load_font(file, 60)
    text = "关于拟确认钱样例“见义勇为”行为（第2026-0007号）的公示，第二批"
    lines = set_lines(text, font, 550, 4)
    assert lines is not None
    assert "".join(lines) == text
    assert all(not line.startswith(tuple("”）、，")) and not line.endswith(tuple("“（")) for line in lines)
    assert any("见义勇为" in line for line in lines)
    assert any("2026-0007" in line for line in lines)
    assert set_lines("2026年第四季度", font, 210, 9) == ("2026年", "第四季", "度")
    widths = [font.getlength(line) for line in lines]
    assert max(widths) <= 550
    assert all(abs(a - b) <= 6 * 60 for a, b in pairwise(widths))
    assert set_lines(text, font, 550, 2) is None


@needs_font
@pytest.mark.parametrize("name", CARDS)
def test_nothing_runs_into_the_foot(name: str) -> None:
    image = Image.open(io.BytesIO(drawn(CARDS[name]))).convert("L")
    rule = CARD_HEIGHT - 122
    assert min(image.crop((60, rule - 8, CARD_WIDTH - 60, rule)).tobytes()) > 200  # paper
    assert min(image.crop((60, rule, CARD_WIDTH - 60, rule + 2)).tobytes()) < 100


@needs_font
def test_a_name_is_never_parted() -> None:
    file = find_file("Bold")
    assert file is not None
    names = ("从样例", "钟离样", "Mateo Lindqvarn")
    for size in (60, 46):
        lines = set_lines("、".join(names), load_font(file, size), 550, 4, names)
        assert lines is not None
        assert all(any(name in line for line in lines) for name in names)


@needs_font
def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    file = find_file("Bold")
    assert file is not None
    font = load_font(file, 40)
    assert cut_lines("短", font, 400, 2) == ("短",)
    lines = cut_lines("长" * 50, font, 400, 2)
    assert [len(line) for line in lines] == [10, 10]
    assert lines[-1].endswith("…")


@needs_font
def test_a_title_is_parted_between_words() -> None:
    file = find_file("Bold")
    assert file is not None
    title = "关于对见义勇为人员祁向晨拟予奖励的公示"
    for width in range(500, 1100, 37):
        lines = set_lines(title, load_font(file, 76), width, 9, ("祁向晨",))
        assert lines is not None and "".join(lines) == title
        assert all(any(kept in line for line in lines) for kept in ("见义勇为人员", "拟予奖励", "的公示"))


@needs_font
def test_how_many_people_there_are_stays_with_the_name_of_the_first() -> None:
    file = find_file("Bold")
    assert file is not None
    title = "关于拟确认程立堃等3人见义勇为行为和从样例等12名同志见义勇为群体的公示"
    for size in (40, 60, 76):
        for width in range(500, 1100, 37):
            lines = set_lines(title, load_font(file, size), width, 9, ("程立堃", "从样例"))
            assert lines is not None and "".join(lines) == title
            assert all(any(kept in line for line in lines) for kept in ("程立堃等3人", "从样例等12名")), lines
