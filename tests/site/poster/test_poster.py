"""公示单: read back by poppler, pypdf and zbar, it says what the notice and its clock say."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from generator.law.notice_period.period_wording import last_moment_words
from generator.outputs.poster.poster_fonts import FontPlaces, FontStacks, find_fonts
from generator.outputs.poster.poster_sheet import PosterSheet, is_posted, poster_sheet
from generator.outputs.poster.press import print_sheets
from generator.public.public_case import NoticeStatus, PublicGroup, PublicNotice
from generator.source.model.partial_day import PartialDay
from generator.source.model.site_settings import SampleData
from tests.journeys import SOME_AND_REST, share
from tests.printed_sheets import qr_code_of, text_of
from tests.public_records import (
    AS_OF,
    HOSTILE,
    act,
    authority,
    clock,
    context,
    correction,
    notice,
    person,
    provision,
    site,
    tombstone,
)
from tests.tagged_pdf import tagged

RARE = "珺玥翀昇喆堃垚彧祎璟䶮𬭎𫖯"
"""Characters of real given names, the last two outside the basic plane."""

Print = Callable[[PosterSheet], Path]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_text_read_back_says_who_what_and_until_when(printed: Print) -> None:
    its_clock = clock(date(2026, 11, 18), date(2026, 11, 26))
    item = notice(
        clock=its_clock,
        title="关于拟确认李大勇等2人见义勇为的公示",
        number="武平安示例〔2026〕31号",
        persons=(
            person("李大勇", born="1985-04", ethnicity="汉族", unit="示例公司", post="司机"),
            person("王某某", masked=True, minor=True, age_at_act="12"),
        ),
        group=PublicGroup(name="江滩救人群体", head_count=2),
        act=act(
            happened_on="2026-08-03",
            at="18时30分",
            summary="两人先后跳入湖中救起一人。",
            narrative=("经过的全文。",),
            verification=("走访目击者五人。",),
        ),
        signatories=("武汉市甲机关（示例）", "武汉市乙基金会（示例）"),
        corrections=(correction(date(2026, 11, 19)),),
    )
    # In the order of the file: side by side stand the particulars of several persons.
    pages = PdfReader(printed(poster_sheet(item, context()))).pages
    text = squeezed("".join(page.extract_text() for page in pages))
    said = [
        item.title,
        "武平安示例〔2026〕31号",
        "现将拟确认为见义勇为的人员及其事迹予以公示。",
        "江滩救人群体（共2人）",
        "李大勇",
        "男，1985年4月生，汉族，示例公司，司机",
        "王某某",
        "隐名，男，时年12岁，未成年人",
        "2026年8月3日18时30分，洪山区",
        "两人先后跳入湖中救起一人。",
        "异议截止2026年11月26日24:00",
        "北京时间，星期四。公示期自2026年11月18日起，至2026年11月26日24:00止",
        "2026年11月19日更正：更正地点；原为：甲湖；更正为：乙湖",
        "027-00000011",
        "以寄出邮戳为准，不晚于2026年11月26日",
        "异议人的姓名、单位和联系方式，本站不予公布",
        "武汉市甲机关（示例）",
        "武汉市乙基金会（示例）",
        "2026年11月18日",
    ]
    assert [words for words in said if squeezed(words) not in text] == []
    # What the page has room for, and on one line the address.
    assert all(
        squeezed(words) in text
        for words in ("经过的全文", "office@yiyong.example", context().absolute(item.path))
    )
    # The page behind the code has the rest.
    assert [words for words in ("走访目击者", "不计入", "第七条") if words in text] == []


NAMES = (
    "宁昇",
    "李大勇",
    "欧阳翠花",
    "封玉琢",
    "买买提·阿不都热依木",
    "王某某",
    "赵小虎",
    "钱多多",
    "孙悟",
    "周全",
    "吴用",
)
LARGE = 28
"""Points. A character of ten millimetres is read from two metres."""


def crowd(number: int) -> PublicNotice:
    """A notice of ``number`` persons with every particular, a deed of a hundred characters and a long title."""
    persons = (
        person(
            name,
            born="1985-04",
            ethnicity="汉族",
            unit="武汉市示例物流有限公司",
            post="代驾司机",
            residence="武昌区",
        )
        for name in NAMES[:number]
    )
    return replace(
        notice(number),
        title=f"关于拟确认{NAMES[0]}等{number}人见义勇为的公示（示例数据）",
        number="武平安示例〔2026〕31号",
        persons=tuple(persons),
        group=PublicGroup(name="江滩救人群体", head_count=number) if number > 1 else None,
        act=act(summary="三名市民先后下水，合力救起两名被江浪卷走的戏水者。" * 4),
        signatories=("武汉市甲机关（示例）", "武汉市乙基金会（示例）"),
        corrections=(correction(date(2026, 11, 21)),),
    )


def sizes_of(pdf: Path, *wanted: str) -> dict[str, float]:
    """The size, in points, at which each text is printed, as pypdf reads it."""
    found: dict[str, float] = {}

    def visit(text: str, _: object, matrix: list[float], __: object, size: float) -> None:
        for words in wanted:
            if squeezed(words) in squeezed(text):
                found[words] = max(found.get(words, 0), size * abs(matrix[3]))

    for page in PdfReader(pdf).pages:
        page.extract_text(visitor_text=visit)
    return found


@pytest.mark.parametrize("rest", SOME_AND_REST)
def test_one_to_eleven_people_stand_large_on_one_page(fonts: FontStacks, tmp_path: Path, rest: bool) -> None:
    numbers = [number for number in range(1, 12) if (number in (1, 4, 11)) != rest]
    crowds = [(number, crowd(number), tmp_path / f"{number}.pdf") for number in numbers]
    results = print_sheets([(poster_sheet(item, context()), pdf) for _, item, pdf in crowds], fonts)
    assert [result.missing for result in results] == [""] * len(crowds)
    for number, item, pdf in crowds:
        assert len(PdfReader(pdf).pages) == 1, number
        moment = last_moment_words(item.clock, year=True)
        sizes = sizes_of(pdf, *NAMES[:number], moment)
        assert {words: size for words, size in sizes.items() if round(size) < LARGE} == {}, number
        assert set(sizes) == {*NAMES[:number], moment}, number
        assert qr_code_of(pdf, 1) == context().absolute(item.path), number


def test_the_code_is_35_millimetres_wide(printed: Print) -> None:
    pdf = printed(poster_sheet(crowd(11), context()))
    assert qr_code_of(pdf, 1)
    dots = 150 / 25.4
    rows = Image.open(pdf.with_suffix(".png")).convert("1", dither=Image.Dither.NONE)
    spans = []
    for y in range(rows.height // 2, rows.height):
        line = "".join(
            "#" if rows.getpixel((x, y)) == 0 else " " for x in range(rows.width * 2 // 3, rows.width)
        )
        # The upper edges of two finder patterns, seven modules each, begin and end the code.
        edges = [run for run in re.finditer("#+", line) if 6 < (run.end() - run.start()) / dots < 9]
        if len(edges) == 2:
            spans.append((edges[1].end() - edges[0].start()) / dots)
    assert max(spans) == pytest.approx(35, abs=0.5)


@pytest.mark.parametrize("close", [None, time(17, 30)])
@pytest.mark.parametrize("days", [0, 6, 20, 60])
def test_the_last_moment_is_the_clocks(close: time | None, days: int) -> None:
    its_clock = clock(date(2026, 11, 20), date(2026, 11, 20) + timedelta(days=days), close_of_business=close)
    sheet = poster_sheet(notice(clock=its_clock), context())
    closes = last_moment_words(its_clock, year=True)
    assert sheet.deadline.moment == closes
    assert f"至{closes}止" in sheet.deadline.note


def test_every_character_of_a_name_is_printed(printed: Print) -> None:
    pdf = printed(poster_sheet(notice(persons=(person(RARE),), title=f"关于{RARE}的公示"), context()))
    assert f"{RARE}男" in text_of(pdf)
    assert f"关于{RARE}的公示" in text_of(pdf)
    assert f"{RARE}男" in squeezed("".join(page.extract_text() for page in PdfReader(pdf).pages))


def test_a_character_that_no_font_has_is_marked_and_told(fonts: FontStacks, tmp_path: Path) -> None:
    unknown = "\U000e1234"
    out = tmp_path / "a.pdf"
    sheet = poster_sheet(notice(persons=(person(f"李{unknown}勇"),)), context())
    (result,) = print_sheets([(sheet, out)], fonts)
    assert result.missing == unknown
    assert "李〓勇男" in text_of(out)


def test_the_code_decodes_to_the_permanent_address(printed: Print) -> None:
    item = notice(7)
    pdf = printed(poster_sheet(item, context()))
    assert qr_code_of(pdf, len(PdfReader(pdf).pages)) == context().absolute(item.path)


def test_the_file_is_a4_tagged_titled_and_holds_its_fonts(printed: Print) -> None:
    item = notice()
    pdf = printed(poster_sheet(item, context()))
    reader = PdfReader(pdf)
    told = tagged(pdf)
    assert told.headings == (1, 2, 2, 2, 2)
    assert told.names.count("Figure") == 1 and told.names.count("P") > 10
    assert reader.metadata is not None and reader.metadata.title == item.title
    for page in reader.pages:
        assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (595, 842)
        for font in page["/Resources"]["/Font"].values():
            (descendant,) = font.get_object()["/DescendantFonts"]
            descriptor: DictionaryObject = descendant.get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)
            assert "/ToUnicode" in font.get_object()


def test_the_same_notice_gives_the_same_bytes(fonts: FontStacks, tmp_path: Path) -> None:
    sheet = poster_sheet(notice(), context())
    other = poster_sheet(notice(2, title="另一则公示"), context())
    first, second, third = (tmp_path / name for name in ("1.pdf", "2.pdf", "3.pdf"))
    print_sheets([(sheet, first)], fonts)
    print_sheets([(other, third), (sheet, second)], fonts)
    assert first.read_bytes() == second.read_bytes() != third.read_bytes()


def test_many_sheets_over_several_processes_come_in_their_order(fonts: FontStacks, tmp_path: Path) -> None:
    sheets = [
        (poster_sheet(notice(number), context()), tmp_path / f"{number}.pdf") for number in range(1, 15)
    ]
    assert [item.id for item in print_sheets(sheets, fonts, jobs=2)] == [sheet.id for sheet, _ in sheets]
    assert all(sheet.id in text_of(path) for sheet, path in sheets)


def test_a_sheet_depends_on_the_notice_and_not_on_the_day_of_the_build() -> None:
    later = context(as_of=AS_OF + timedelta(days=2))
    assert poster_sheet(notice(), context()) == poster_sheet(notice(), later)


def test_a_deed_too_long_for_a_page_flows_over_numbered_pages(printed: Print) -> None:
    long = "".join(f"第{number}段，" + "他跳入湖中，托起落水者游向岸边。" * 12 for number in range(1, 13))
    pdf = printed(poster_sheet(notice(act=act(summary=long)), context()))
    pages = PdfReader(pdf).pages
    assert len(pages) > 1
    text = text_of(pdf)
    for number in range(1, len(pages) + 1):
        assert f"—{number}—" in text
    assert squeezed(long) in re.sub(r"—\d+—", "", text)


@pytest.mark.parametrize("rest", SOME_AND_REST)
def test_texts_of_records_are_only_text(fonts: FontStacks, tmp_path: Path, rest: bool) -> None:
    payloads = [text[:300] for text in HOSTILE]
    payloads += [
        "#panic()",
        '#read("/etc/passwd")',
        "$x^2$",
        "*a* _b_ `c` <d> @e",
        '"\\u{41}"',
        "#let a = 1; /* */ //",
    ]
    payloads = share(payloads, rest=rest, every=3)
    sheets = []
    for number, text in enumerate(payloads, 1):
        hostile = act(summary=text, narrative=(text,), verification=(text,), limb=text)
        item = replace(
            notice(number),
            title=text,
            persons=(person(text, unit=text, post=text),),
            group=PublicGroup(name=text, head_count=3),
            act=hostile,
            signatories=(text,),
            publicity_rule=provision(instrument=text, article=text),
            corrections=(correction(date(2026, 11, 21), what=text, was=text, now=text),),
        )
        sheets.append((poster_sheet(item, context()), tmp_path / f"{number}.pdf"))
    print_sheets(sheets, fonts)
    texts = {text: text_of(path) for text, (_, path) in zip(payloads, sheets, strict=True)}
    as_they_are = {
        "#panic()",
        '#read("/etc/passwd")',
        "$x^2$",
        "{{ 7*7 }} {% raw %} ${x} #{y}",
        "*a* _b_ `c` <d> @e",
    } & texts.keys()
    assert as_they_are
    for text in as_they_are:
        assert squeezed(text) in texts[text]
    for _, path in sheets:
        reader = PdfReader(path)
        assert not {"/OpenAction", "/AA", "/Names"} & set(reader.trailer["/Root"])
        assert all("/Annots" not in page for page in reader.pages)


def test_sample_data_say_so_on_the_sheet(printed: Print) -> None:
    banner = "示例数据：本站人物均为虚构。"
    sample = SampleData.model_construct(banner=banner, as_of=AS_OF)
    assert banner in text_of(printed(poster_sheet(notice(), context(site=site(sample=sample)))))


def test_the_organs_own_requirements_take_the_place_of_the_usual() -> None:
    asked = authority(requirements=("须附电话", "须加盖公章。"))
    sheet = poster_sheet(notice(), context(authorities={"wuhan-pingan": asked}))
    assert sheet.closing[0] == "须附电话。须加盖公章。"


def test_a_notice_without_a_rule_cites_none() -> None:
    sheet = poster_sheet(notice(publicity_rule=None, order="after_decision"), context())
    assert sheet.opening.startswith("下列人员的行为已确认为见义勇为，现")
    assert sheet.persons_heading == "已确认人员"


def test_the_sheet_bears_the_day_that_the_notice_bears() -> None:
    """成文日期, not the day on which it came out; a notice that has none is dated by its publication."""
    signed = poster_sheet(notice(signed_on=PartialDay("2026-11-18")), context())
    assert (signed.dated, signed.issued_on) == ("2026年11月18日", date(2026, 11, 20))
    assert poster_sheet(notice(), context()).dated == "2026年11月20日"


def test_of_several_deeds_each_has_its_day_and_place_and_a_paragraph_of_its_own(printed: Print) -> None:
    first = act(
        happened_on="2026-07-20",
        district="余杭区",
        place=None,
        summary="冲进激流救人。",
        persons=("甲", "乙"),
    )
    second = act(
        happened_on="2026-08-14", district="西湖区", place=None, summary="下湖救人。", persons=("丙",)
    )
    item = notice(persons=tuple(map(person, "甲乙丙")), act=first, further_acts=(second,))
    sheet = poster_sheet(item, context())
    told = [
        ("2026年7月20日，余杭区。", "甲、乙：冲进激流救人。"),
        ("2026年8月14日，西湖区。", "丙：下湖救人。"),
    ]
    assert [(deed.at, deed.told) for deed in sheet.deeds] == told
    (page,) = PdfReader(printed(sheet)).pages
    lines = [squeezed(line) for line in page.extract_text().splitlines()]
    assert [line for line in lines if line in {words for deed in told for words in deed}] == [
        *told[0],
        *told[1],
    ]


def test_no_line_of_a_deed_has_two_or_three_characters(printed: Print) -> None:
    told = "快递员骑车追出一公里半，拦下撞人后逃离的电动车驾驶人。"
    (page,) = PdfReader(printed(poster_sheet(notice(act=act(summary=told)), context()))).pages
    lines = [line for line in map(squeezed, page.extract_text().splitlines()) if line and line in told]
    assert "".join(lines) == told and min(map(len, lines)) > 6, lines


def test_every_channel_is_printed_where_the_page_has_room(printed: Print) -> None:
    """Fax and form are left out first: whoever has them can scan the code."""
    office = authority()
    faxed = office.model_copy(
        update={"channels": office.channels.model_copy(update={"fax": ("027-00000088",)})}
    )
    of = context(authorities={"wuhan-pingan": faxed})
    roomy = squeezed(PdfReader(printed(poster_sheet(notice(), of))).pages[0].extract_text())
    assert "027-00000088" in roomy and "form.yiyong.example" in roomy
    (full,) = PdfReader(printed(poster_sheet(crowd(11), of))).pages
    said = squeezed(full.extract_text())
    assert "027-00000011" in said and "027-00000088" not in said


def test_what_replaces_a_notice_stands_first() -> None:
    sheet = poster_sheet(notice(replaces="wuhan-2026-0003", replaced_by="wuhan-2026-0009"), context())
    assert ["0009" in sheet.remarks[0], "0003" in sheet.remarks[1]] == [True, True]


@pytest.mark.parametrize("status", list(NoticeStatus))
def test_only_what_is_open_or_about_to_open_is_posted(status: NoticeStatus) -> None:
    assert is_posted(notice(status=status)) is (status in (NoticeStatus.OPEN, NoticeStatus.SCHEDULED))
    assert not is_posted(tombstone())


def test_a_machine_without_fonts_is_told() -> None:
    assert find_fonts(FontPlaces(system=False)) is None


def test_an_address_copied_from_the_sheet_is_the_address(printed: Print) -> None:
    text = text_of(printed(poster_sheet(notice(), context())))
    assert context().absolute(notice().path) in text
    assert "\u200b" not in text
