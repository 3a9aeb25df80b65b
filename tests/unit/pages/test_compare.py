"""The comparison: any day shows one answer a place and topic, in the page, in the browser, as CSV and XLSX."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
import zipfile
from datetime import date, timedelta
from functools import cache
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fragment_fromstring
from openpyxl import load_workbook

from generator.catalogue import wording
from generator.outputs.data.policy_table import compare_csv, compare_xlsx
from generator.pages.policy.compare_pages import PATH, compare_json, with_versions
from generator.pages.policy.policy_compare import Cell, Column, Span, columns, national
from generator.pages.policy.policy_views import topic_views, version_title
from generator.source.model.law_words import Topic
from tests.policy_site import TODAY, by_class, by_id, pages, parsed, silences, site_context, words

EVE, FIRST = date(2015, 12, 31), date(2016, 1, 1)
OLD = "《武汉市奖励和保护见义勇为人员条例》2010修正"
NEW = "《武汉市见义勇为人员奖励和保护条例》2015年制定"
NOW = "《武汉市见义勇为人员奖励和保护条例》2025修正"


def holds(span: Span, day: date) -> bool:
    return (span.since is None or span.since <= day) and (span.until is None or day <= span.until)


@cache
def every_column() -> tuple[Column, ...]:
    return columns(site_context())


@cache
def every_cell() -> dict[str, dict[Topic, tuple[Cell, ...]]]:
    return {column.place.slug: {topic: column.cells(topic) for topic in Topic} for column in every_column()}


@given(day=st.dates(date(1990, 1, 1), date(2040, 1, 1)))
def test_every_day_has_one_cell_and_it_is_the_librarys_answer(day: date) -> None:
    library = site_context().library
    for place, cells in every_cell().items():
        views = topic_views(library, place, day)
        for topic in Topic:
            (cell,) = [cell for cell in cells[topic] if holds(cell.span, day)]
            assert cell.view == views[topic]


def test_turning_days_belong_to_the_new_text() -> None:
    wuhan = next(column for column in every_column() if column.place.slug == "wuhan")
    for day, title in ((EVE, OLD), (FIRST, NEW)):
        (stretch,) = [stretch for stretch in wuhan.stretches if holds(stretch.span, day)]
        assert [text for text, _ in stretch.titles] == [title]


def test_a_change_of_the_provinces_law_turns_the_citys_cells_too() -> None:
    library = site_context().library
    provincial = library.turning_days("hubei")
    wuhan = next(column for column in every_column() if column.place.slug == "wuhan")
    assert {stretch.span.since for stretch in wuhan.stretches} >= set(provincial)


GROUPS = [group["key"] for group in wording("policies")["digest"]["groups"]]


def test_no_comparison_is_heavier_than_a_phone_likes() -> None:
    """The shell around a page takes some 40 KB more."""
    for path, page in pages().items():
        if path.startswith(PATH):
            assert len(page.body.encode()) < 155_000, path
    for path, data in files().items():
        assert len(data) < 200_000, path


def test_a_group_page_shows_today_in_full_without_script() -> None:
    tree = parsed(pages()[f"{PATH}remedies/"])
    assert "受益人、见证人或者行为发生地公安机关" not in words(tree)
    cells = [cell for group in GROUPS for cell in parsed(pages()[f"{PATH}{group}/"]).iter("td")]
    assert len(cells) == len(every_column()) * (len(Topic) + len(GROUPS))
    for cell in cells:
        assert silences(cell) or any("#" in (a.get("href") or "") for a in cell.iter("a"))


def test_the_nations_ways_stand_once_on_a_page_and_every_cell_leads_to_them() -> None:
    law = "《中华人民共和国行政复议法》2023修订"
    tree = parsed(pages()[f"{PATH}remedies/"])
    assert words(tree).count(law) == 1 and law in words(by_id(tree, "national"))
    row = next(node for node in tree.iter("tr") if node.get("data-row") == "appeal_reconsideration")
    for cell in row.iter("td"):
        assert "#national" in [a.get("href") for a in cell.iter("a")], words(cell)
    shown = {node for node in tree.iter() if node.get("data-national")}
    assert [node.get("data-national") for node in shown] == ["appeal_reconsideration"]


def test_what_the_nation_opens_is_told_for_every_day_in_a_file_of_its_own() -> None:
    """The law on reconsideration of 2023 holds since 2024; what it opens is what every place's own answer has."""
    cells = days_of("quanguo")["appeal_reconsideration"]
    told = {
        day: next(c["html"] for c in cells if c["since"] <= day and (not c["until"] or day <= c["until"]))
        for day in ("2023-12-31", "2024-01-01", "2026-11-22")
    }
    assert told["2023-12-31"] != told["2024-01-01"]
    topic = Topic.APPEAL_RECONSIDERATION
    for column in every_column():
        (stretch,) = [stretch for stretch in column.stretches if stretch.span.current]
        for view in (view for view in stretch.views[topic].above if view.level == "nation"):
            assert all(f"{item.path}" in told["2026-11-22"] for item in view.statements)
            assert len(view.statements) == told["2026-11-22"].count("yy-matrix__cite")


def test_a_day_before_the_nations_text_is_told_as_one_without_a_text() -> None:
    """尚未录入 says that the text is there and not yet entered: the law on reconsideration of 1999 is not there."""
    cells = days_of("quanguo")["appeal_reconsideration"]
    before, today = cells
    assert (before["until"], today["since"]) == ("2023-12-31", "2024-01-01")
    assert "本站没有当日有效的文本" in before["html"]
    told = [body.decode() for body in files().values()]
    assert told and not any("尚未录入" in body for body in told)


def test_a_group_page_marks_its_own_group_and_opens_its_first_topic() -> None:
    tree = parsed(pages()[f"{PATH}benefits/"])
    current = [words(node) for node in tree.iter() if node.get("aria-current") == "page"]
    assert current == ["待遇和保障", "待遇和保障"], "the way to the page, and the row of groups"
    opened = [node.get("open") is not None for node in by_class(tree, "yy-compare__topic")]
    assert opened == [True] + [False] * (len(opened) - 1)


def test_the_page_to_choose_on_names_every_version_and_leads_to_every_group() -> None:
    tree = parsed(pages()[PATH])
    links = {a.get("href") for a in tree.iter("a")}
    assert links >= {f"../../{PATH}{group}/" for group in GROUPS}
    every = words(tree)
    for version in (v for item in site_context().library.instruments for v in item.versions):
        if version.jurisdiction != "quanguo":
            assert version_title(version.instrument_title, version.label).replace(" ", "") in every


def test_no_place_is_called_as_a_group_is() -> None:
    assert not set(GROUPS) & set(site_context().jurisdictions)


@cache
def files() -> dict[str, bytes]:
    return dict(compare_json(every_column(), national(site_context())))


@cache
def days_of(place: str) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = json.loads(files()[f"{PATH}{place}.json"])["cells"]
    return found


@pytest.mark.parametrize("place", ["wuhan", "luoyang", "hubei"])
def test_the_file_of_a_place_has_one_answer_a_day_and_no_two_alike_in_a_row(place: str) -> None:
    for cells in days_of(place).values():
        assert (cells[0]["since"], cells[-1]["until"]) == ("", "")
        for earlier, later in itertools.pairwise(cells):
            assert date.fromisoformat(earlier["until"]) + timedelta(days=1) == date.fromisoformat(
                later["since"]
            )
            assert (earlier["html"], earlier["sign"]) != (later["html"], later["sign"])


def test_what_a_file_says_of_today_is_what_the_group_page_says() -> None:
    day = TODAY.isoformat()
    shown = pages()[f"{PATH}publicity/"].body.replace("../../../", "../../")
    for cells in (days_of("wuhan")[topic] for topic in ("publicity_period", "publicity_venue")):
        (now,) = [c for c in cells if c["since"] <= day and (not c["until"] or day <= c["until"])]
        assert now["html"] in shown


def test_versions_of_a_place_stand_side_by_side_without_the_law_above() -> None:
    found = list(with_versions(every_column()))
    assert [column.place.slug for column in found] == ["wuhan"]
    tree = parsed(pages()[f"{PATH}wuhan/"])
    assert {OLD, NEW, NOW} <= {words(a) for a in tree.iter("a")}
    assert "受益人、见证人或者行为发生地公安机关" in words(tree)
    assert not by_class(tree, "yy-matrix__beside")


def test_a_text_has_one_column_and_a_doubtful_year_is_told_in_words() -> None:
    head = [words(th) for th in by_class(parsed(pages()[f"{PATH}wuhan/"]), "yy-matrix")[0].iter("th")]
    assert len(head) == 2 + 4
    assert any("2010修正" in th and "2010年内（哪天起不详）—2015年12月31日" in th for th in head)
    assert sum("2010修正" in th for th in head) == 1


def test_a_day_that_no_text_states_is_told_as_counted_wherever_the_days_of_a_text_stand() -> None:
    """The end of a text is counted where the beginning of the next one is."""
    head = [words(th) for th in by_class(parsed(pages()[f"{PATH}wuhan/"]), "yy-matrix")[0].iter("th")]
    assert any("2016年1月1日—推定2019年7月25日" in th and "推定2016" not in th for th in head)
    assert any("推定2019年7月26日—推定2025年5月28日" in th for th in head)
    assert "推定2019年7月26日—推定2025年5月28日" in words(by_id(parsed(pages()[PATH]), "versions"))
    instrument = words(parsed(pages()["policies/wuhan/tiaoli-2015/"]))
    assert instrument.count("推定2019年7月26日至推定2025年5月28日") == 2
    book = load_workbook(io.BytesIO(compare_xlsx(every_column(), site_context())))
    for rows in (table(), *([list(row) for row in sheet.values] for sheet in book.worksheets[:2])):
        texts, dates = rows[1], rows[2]
        told = {str(text): str(days) for text, days in zip(texts, dates, strict=True)}
        assert told[NOW].startswith("推定2025年5月29日 至 ")
        assert told["《青岛市表彰与保护见义勇为公民条例》2010修正"].startswith("推定2010年11月25日 至 ")
        assert told["《洛阳市保护和奖励维护社会治安见义勇为人员条例》2002年制定"].startswith(
            "2003年2月1日 至 "
        )
    assert "推定" in str([row[0].value for row in book.worksheets[2].iter_rows()])


def test_a_place_with_one_amended_text_keeps_its_page_and_says_so() -> None:
    tree = parsed(pages()[f"{PATH}beijing/"])
    assert "本站只收录了《北京市见义勇为人员奖励和保护条例》2016修正一个文本" in words(tree)
    assert "2016年11月25日—现在" in words(tree)


def test_a_text_is_shown_on_no_day_before_it_was_passed() -> None:
    """Zhejiang's amendment of 27 November 2020, on the day before and on the day."""
    (cells,) = [cells for place, cells in every_cell().items() if place == "zhejiang"]
    for day, silent in ((date(2020, 11, 26), True), (date(2020, 11, 27), False)):
        (cell,) = [cell for cell in cells[Topic.CONFIRMATION] if holds(cell.span, day)]
        assert (cell.view.status == "no_version") is silent


def test_places_with_the_same_figure_do_not_differ_and_with_another_do() -> None:
    day = TODAY.isoformat()

    def sign(place: str, topic: str) -> str:
        (now,) = [
            c for c in days_of(place)[topic] if c["since"] <= day and (not c["until"] or day <= c["until"])
        ]
        return now["sign"]

    def figures(place: str) -> str:
        return sign(place, "publicity_period").split(".")[0]

    assert figures("wuhan") == figures("kunming") != figures("luoyang")
    assert sign("qingdao", "publicity_period") == sign("beijing", "publicity_period")
    days, organs, rule, told = zip(
        *(sign(place, "competent_authority").split(".") for place in ("wuhan", "nanjing")), strict=True
    )
    assert (len(set(days)), len(set(organs)), len(set(rule))) == (1, 2, 1), "other organs, the same else"
    assert set(days) == {"-"}, "there is no figure to compare"
    for topic in ("definition", "qualifying_act", "scope"):
        days, organs, rule, told = zip(
            *(sign(place, topic).split(".") for place in ("wuhan", "kunming", "luoyang")), strict=True
        )
        assert (set(days), set(organs), len(set(rule))) == ({"-"}, {""}, 1), topic
        assert len(set(told)) > 1, f"{topic}: other words are not the same"


def test_a_topic_that_may_go_on_beyond_the_cut_is_not_compared() -> None:
    """The text of 2015 ends before 第十二条: of the pension it has the one sentence on martyrs alone."""

    def on(day: str, topic: str) -> dict[str, str]:
        found = days_of("wuhan")[topic]
        (cell,) = [c for c in found if c["since"] <= day and (not c["until"] or day <= c["until"])]
        return cell

    cut, label = on("2018-01-01", "benefit_pension"), wording("policies")["silences"]["unknown"]["label"]
    assert cut["sign"] == "?unknown"
    assert label in cut["html"]
    assert "烈士" in cut["html"], "what is held is shown"
    assert on("2026-01-01", "benefit_pension")["sign"][0] != "?", "the text of 2025 is whole"
    for topic in ("publicity_period", "materials", "certificate"):
        kept = on("2018-01-01", topic)
        assert kept["sign"][0] != "?", f"{topic}: no later article of the whole text speaks of it"
        assert label not in kept["html"]
    # Of the first text no version is at hand whole: what it had finished before its last article is compared.
    assert on("2013-01-01", "benefit_medical")["sign"][0] != "?"
    assert on("2013-01-01", "liability")["sign"] == "?unknown"


def test_whom_a_text_calls_family_is_not_what_it_calls_an_act_of_bravery() -> None:
    for place, cells in every_cell().items():
        for cell in cells[Topic.DEFINITION]:
            assert not any("家属" in item.summary for item in cell.view.statements), place


def test_a_text_whose_first_day_is_uncertain_begins_once_among_the_days_of_change() -> None:
    told = re.findall(r'<option value="(\d{4})-\d\d-\d\d">\S+ (\S+) ?([^<\n]*)', pages()[PATH].body)
    texts = [text for _, text, _ in told]
    assert len(texts) > 10 and len(set(texts)) == len(texts)
    assert [(year, some_day) for year, _, some_day in told if some_day] == [
        ("2025", "推定2025年5月29日"),
        ("2020", "推定2020年11月27日"),
        ("2019", "推定2019年7月26日"),
        ("2016", "推定2016年11月25日"),
        ("2015", "2015年9月22日以后（哪天起不详）"),
        ("2010", "推定2010年11月25日"),
        ("2010", "2010年内（哪天起不详）"),
    ]
    assert "2015年9月22日以后（哪天起不详）" in words(by_id(parsed(pages()[PATH]), "versions"))


def test_a_cell_that_quotes_a_text_above_does_not_say_that_none_is_held() -> None:
    cells = [words(cell) for cell in parsed(pages()[f"{PATH}meaning/"]).iter("td")]
    quoting = [cell for cell in cells if "另有上位规定未收录" in cell]
    assert quoting and all("省级规定：《浙江省" in cell for cell in quoting)
    assert not any("本站未收录上位规定" in cell and "省级规定：" in cell for cell in cells)


def table(on: date = TODAY) -> list[list[str]]:
    data = compare_csv(columns(site_context(on)))
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in data
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_has_a_column_a_text_and_a_row_a_topic() -> None:
    places, texts, dates, *rows = table()
    assert {len(row) for row in (places, texts, dates, *rows)} == {len(places)}
    assert len(rows) == len(Topic)
    column = texts.index(NOW)
    cells = {row[0]: row[column] for row in rows}
    assert cells["公示期限"] == "不少于7日 公示至少七日。（第十一条第一款）"
    assert cells["公示地点"].startswith("本文件未规定（省级原文不全）\n")
    assert dates[column] == "推定2025年5月29日 至 现在"
    cut = {row[0]: row[texts.index(NEW)] for row in rows}
    assert cut["经费用途"].startswith("原文不全")
    nanjing = {row[0]: row[places.index("南京")] for row in rows}
    missing = "本文件未规定（本站未收录上位规定《江苏省奖励和保护见义勇为人员条例》）"
    assert nanjing["公示地点"].partition("\n")[0] == missing


def test_no_cell_says_twice_that_nothing_is_laid_down() -> None:
    """北京 on the time of examination, 南京 on the length of publicity: an article speaks of it and leaves it open."""
    found = 0
    for topic, *cells in table()[3:]:
        for cell in cells:
            for line, following in itertools.pairwise(cell.split("\n")):
                found += "未规定" in line
                assert not following.startswith(f"{line} "), (topic, cell)
    assert found > 20


def test_no_cell_of_the_csv_starts_a_formula() -> None:
    assert not any(cell[:1] in tuple("=+-@\t\r") for row in table() for cell in row)


def sheets(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return {name: book.read(name).decode() for name in book.namelist() if name.endswith(".xml")}


def test_xlsx_holds_today_every_version_and_no_formula() -> None:
    parts = sheets(compare_xlsx(columns(site_context()), site_context()))
    book = ElementTree.fromstring(parts["xl/workbook.xml"])
    names = [node.get("name") for node in book.iter() if node.tag.endswith("}sheet")]
    assert names == ["2026-11-22", "各版本", "说明"]
    assert not any("<f>" in text for name, text in parts.items() if "worksheets" in name)
    strings = parts["xl/sharedStrings.xml"]
    assert "不少于7日 公示至少七日。（第十一条第一款）" in strings
    assert "本文件未规定（本站未收录上位规定《云南省奖励和保护见义勇为人员条例》）" in strings
    assert "法规未规定" in strings


def test_todays_sheet_has_the_days_of_each_places_text_not_those_of_the_law_above() -> None:
    book = load_workbook(io.BytesIO(compare_xlsx(every_column(), site_context())))
    now, every = book.worksheets[:2]
    of_text = {(column[0].value, column[1].value): column[2].value for column in every.iter_cols(min_col=2)}
    for column in now.iter_cols(min_col=2):
        assert column[2].value == of_text[column[0].value, column[1].value], column[0].value


def test_a_day_whose_text_is_not_at_hand_names_that_text() -> None:
    kunming = next(column for column in every_column() if column.place.slug == "kunming")
    by_day = {
        day: next(s for s in kunming.stretches if holds(s.span, day)) for day in (date(2012, 5, 1), TODAY)
    }
    assert "《昆明市奖励和保护见义勇为公民办法》" in by_day[date(2012, 5, 1)].absent[0]
    assert by_day[TODAY].absent == ()
    (made,) = [body for path, body in compare_json([kunming], None) if path.endswith("kunming.json")]
    (cell,) = [
        c for c in json.loads(made)["cells"]["texts"] if c["since"] <= "2012-05-01" <= (c["until"] or "9")
    ]
    assert "2009年7月1日" in cell["html"] and "2014年2月15日" in cell["html"]


def test_a_day_before_an_amendment_names_the_earlier_wording_and_so_does_the_line_on_the_province() -> None:
    for place, on, said in (
        ("qingdao", "2005-06-01", "1997年12月13日起施行"),
        ("beijing", "2005-06-01", "2000年8月1日起施行"),
        ("zhejiang", "2005-06-01", "2000年4月1日起施行"),
        ("hangzhou", "2018-06-01", "省级规定：当日适用2020修正以前的《浙江省"),
        ("qingdao", "2012-06-01", "省级规定：当日可能适用《山东省见义勇为保护条例》"),
    ):
        (cell,) = [c for c in days_of(place)["texts"] if c["since"] <= on <= (c["until"] or "9")]
        told = words(fragment_fromstring(cell["html"], create_parent=True))
        assert said in told and "本站未收录该文本" in told, (place, on)
    assert "当日" not in days_of("qingdao")["texts"][-1]["html"]
    assert "当日" not in words(by_class(parsed(pages()[f"{PATH}wuhan/"]), "yy-matrix")[0])


def test_same_context_gives_the_same_bytes() -> None:
    assert compare_xlsx(columns(site_context()), site_context()) == compare_xlsx(
        columns(site_context()), site_context()
    )
    assert compare_csv(columns(site_context())) == compare_csv(columns(site_context()))


def test_days_next_to_a_turning_day_fall_on_both_sides() -> None:
    wuhan = next(column for column in every_column() if column.place.slug == "wuhan")
    for earlier, later in zip(wuhan.stretches, wuhan.stretches[1:], strict=False):
        assert earlier.span.until is not None
        assert later.span.since == earlier.span.until + timedelta(days=1)
