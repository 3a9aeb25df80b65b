"""统计图: read back as XML; what a reader with or without sight gets from them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from generator.audit.decoding import streams
from generator.pages.charts import Chart, Row, bar_chart, column_chart, geometry, line_chart
from generator.spellings.identifiers import find_identifiers
from tests.every_row import every_row

SVG = "{http://www.w3.org/2000/svg}"
CHARTS = (bar_chart, column_chart, line_chart)
YEARS: list[Row] = [("2022", 12), ("2023", 30), ("2024", 7), ("2025", 0), ("2026", 24)]


def parsed(chart: Chart) -> Any:
    return etree.fromstring(chart.svg)


def texts(chart: Chart) -> list[str]:
    return [element.text for element in parsed(chart).iter(f"{SVG}text")]


def shares(chart: Chart, attribute: str) -> list[float]:
    found = [element.get(attribute) for element in parsed(chart).iter(f"{SVG}rect")]
    return [float(value.rstrip("%")) for value in found]


@pytest.mark.parametrize("draw", CHARTS)
def test_an_image_with_a_name_and_a_description(draw: Any) -> None:
    root = parsed(draw("by-year", "各年荣誉", YEARS, "人次"))
    assert root.get("role") == "img"
    named = {element.get("id"): element.text for element in root if element.get("id")}
    assert named[root.get("aria-labelledby")] == "各年荣誉"
    assert named[root.get("aria-describedby")] == (
        "共 5 项，最高为2023（30 人次），最低为2025（0 人次）。数值见图旁的表格。"
    )
    assert set(named) == {"by-year-title", "by-year-desc"}


@pytest.mark.parametrize("draw", CHARTS)
def test_the_table_has_every_row_in_order(draw: Any) -> None:
    chart = draw("t", "t", [("甲", 1234567), ("乙", None), ("丙", 9.5)], "元", blank="少于 5")
    assert chart.table_rows == (("甲", "1,234,567"), ("乙", "少于 5"), ("丙", "9.5"))


@pytest.mark.parametrize("draw", CHARTS)
def test_the_same_rows_give_the_same_bytes_and_ids_are_the_callers(draw: Any) -> None:
    first, again = draw("one", "题", YEARS, "人次"), draw("one", "题", YEARS, "人次")
    assert first == again
    assert draw("two", "题", YEARS, "人次").svg == first.svg.replace('"one-', '"two-')


@pytest.mark.parametrize("draw", CHARTS)
def test_nothing_but_text_shapes_and_the_colours_of_the_page(draw: Any) -> None:
    root = parsed(draw("a", "题", YEARS, "人次"))
    names = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert names <= {"svg", "title", "desc", "text", "rect", "line", "circle"}
    colours = {element.get(name) for element in root.iter() for name in ("fill", "stroke")} - {None}
    assert colours <= {"currentColor", "var(--yy-chart-mark, currentColor)"}
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not {name for name in attributes if name.startswith("on") or name in ("style", "href", "src")}


@pytest.mark.parametrize("draw", CHARTS)
def test_lengths_across_are_shares_and_lengths_down_follow_the_text(draw: Any) -> None:
    root = parsed(draw("a", "题", YEARS, "人次"))
    for element in root.iter():
        for name in ("x", "x1", "x2", "cx", "width"):
            assert re.fullmatch(r"-?[0-9.]+%|[02]", element.get(name, "0")), (name, element.get(name))
        for name in ("y", "y1", "y2", "cy"):
            assert re.fullmatch(r"-?[0-9.]+em|0", element.get(name, "0")), (name, element.get(name))


def test_bars_are_as_long_as_their_figures() -> None:
    chart = bar_chart("city", "各市", [("甲", 40), ("乙", 10), ("丙", 0), ("丁", None), ("戊", 30)], "人次")
    assert shares(chart, "width") == [100, 25, 2, 75]
    assert "40 人次" in texts(chart)
    assert "—" in texts(chart)


def test_columns_stand_on_one_line_and_are_as_high_as_their_figures() -> None:
    chart = column_chart("year", "各年", YEARS, "人次")
    rects = list(parsed(chart).iter(f"{SVG}rect"))
    heights = [float(rect.get("height", "0em")[:-2]) for rect in rects]
    feet = {round(float(rect.get("y")[:-2]) + height, 1) for rect, height in zip(rects, heights, strict=True)}
    assert len(feet) == 1
    assert [round(height / heights[1] * 30, 0) for height in heights] == [12, 30, 7, 0, 24]
    middles = [float(r.get("x")[:-1]) + float(r.get("width")[:-1]) / 2 for r in rects]
    assert middles == sorted(middles)


def test_a_year_that_is_not_shown_does_not_look_like_a_nought() -> None:
    years: list[Row] = [(str(year), None if year % 3 == 0 else year % 5 * 4) for year in range(2005, 2027)]
    root = parsed(column_chart("year", "各年", years, "人次", blank="未列"))
    hidden = [rect for rect in root.iter(f"{SVG}rect") if rect.get("class") == "yy-chart__blank"]
    marks = [rect for rect in root.iter(f"{SVG}rect") if rect.get("class") == "yy-chart__mark"]
    assert len(hidden) == sum(value is None for _, value in years)
    assert len(hidden) + len(marks) == len(years)
    assert all(rect.get("fill") == "none" and float(rect.get("height")[:-2]) > 0 for rect in hidden)
    assert "虚框：未列" in "".join(root.itertext())
    whole = column_chart("year", "各年", YEARS, "人次", blank="未列").svg
    assert "虚框" not in whole and "yy-chart__blank" not in whole


def test_a_line_breaks_where_a_figure_is_missing() -> None:
    rows: list[Row] = [("2021", 5), ("2022", 6), ("2023", None), ("2024", 8), ("2025", 9)]
    chart = line_chart("median", "中位天数", rows, "天")
    root = parsed(chart)
    assert len(list(root.iter(f"{SVG}circle"))) == 4
    assert len([line for line in root.iter(f"{SVG}line") if line.get("class") == "yy-chart__mark"]) == 2
    places = [float(circle.get("cx")[:-1]) for circle in root.iter(f"{SVG}circle")]
    assert places[2] - places[1] == pytest.approx(2 * (places[1] - places[0]), abs=0.1)


@pytest.mark.parametrize("draw", CHARTS)
def test_no_rows(draw: Any) -> None:
    chart = draw("a", "题", [], "人次")
    assert texts(chart) == ["暂无数据"]
    assert chart.table_rows == ()


@every_row("draw", CHARTS)
@every_row("figure", [0, 1, 0.5, 10**15])
def test_one_row(draw: Any, figure: float) -> None:
    chart = draw("a", "题", [("2026", figure)], "人次")
    assert "2026" in texts(chart)
    assert len(list(parsed(chart).iter(f"{SVG}rect", f"{SVG}circle"))) == 1


@pytest.mark.parametrize("draw", CHARTS)
def test_rows_without_any_figure(draw: Any) -> None:
    chart = draw("a", "题", [("2025", None), ("2026", None)], "人次")
    drawn = parsed(chart).iter(f"{SVG}rect", f"{SVG}circle")
    assert [element for element in drawn if element.get("class") == "yy-chart__mark"] == []
    assert texts(chart).count("—") == 2


def test_huge_figures_are_short_in_the_picture_and_whole_in_the_table() -> None:
    chart = column_chart("a", "题", [("2025", 3_000_000_000_000), ("2026", 123_456)], "元")
    assert {"3万亿", "12.3万"} <= set(texts(chart))
    assert chart.table_rows[0] == ("2025", "3,000,000,000,000")


def test_a_long_label_is_set_in_lines_and_ends_in_an_ellipsis() -> None:
    chart = bar_chart("a", "题", [("长" * 100, 1)], "人次")
    lines = [text for text in texts(chart) if text.startswith("长")]
    assert [len(line) for line in lines] == [12, 12, 12]
    assert lines[-1].endswith("…")
    assert chart.table_rows[0][0] == "长" * 100


def test_many_years_have_as_many_labels_as_a_telephone_can_show() -> None:
    rows: list[Row] = [(str(year), year - 1990) for year in range(1991, 2027)]
    shown = [
        text for text in texts(column_chart("a", "题", rows, "人次")) if re.fullmatch("(19|20)[0-9]{2}", text)
    ]
    assert shown[-1] == "2026"
    assert len(shown) <= 7


def test_of_many_columns_the_three_highest_have_their_figures() -> None:
    rows: list[Row] = [(str(year), 3) for year in range(1991, 2027)]
    for place, figure in ((4, 27), (15, 19), (30, 22), (31, 12)):
        rows[place] = rows[place][0], figure
    told = [text for text in texts(column_chart("a", "题", rows, "人次")) if text in ("27", "22", "19", "12")]
    assert told == ["27", "19", "22"]


@every_row("draw", [column_chart, line_chart])
@every_row("years", [3, 5, 7, 12, 25, 36])
def test_in_large_type_so_many_labels_are_left_as_half_a_telephone_can_show(draw: Any, years: int) -> None:
    rows: list[Row] = [(str(2027 - years + number), number * 7) for number in range(years)]
    drawn = parsed(draw("a", "题", rows, "人次")).iter(f"{SVG}text")
    kept = [
        element.text
        for element in drawn
        if element.get("class") != "yy-chart__spare" and element.text in dict(rows)
    ]
    assert kept[-1] == "2026" and len(kept) <= 3
    assert len(kept) == 3 or years in (5, 7), "no more are left out than must be"


@pytest.mark.parametrize("draw", CHARTS)
def test_hostile_labels_are_text(draw: Any) -> None:
    label = "</text><script>alert(1)</script>\"'&\x00\x1b"
    chart = draw("a", label, [(label, 1)], label, description=label)
    assert "<script" not in chart.svg
    root = parsed(chart)
    assert root.find(f"{SVG}title").text == "</text><script>alert(1)</script>\"'&"


@every_row("figure", [-1, float("nan"), float("inf")])
@every_row("draw", CHARTS)
def test_figures_that_no_chart_can_show_are_refused(draw: Any, figure: float) -> None:
    with pytest.raises(ValueError, match="0 or more"):
        draw("a", "题", [("甲", figure)], "人次")


@pytest.mark.parametrize("slug", ["", "A", "a b", 'a"', "1a"])
def test_a_slug_that_is_no_id_is_refused(slug: str) -> None:
    with pytest.raises(ValueError, match="slug"):
        bar_chart(slug, "题", YEARS, "人次")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("甲", 3), ("乙", 3)], "共 2 项，均为 3 人次。数值见图旁的表格。"),
        ([("甲", 3), ("乙", None)], "甲：3 人次。"),
        ([], "暂无数据。"),
    ],
)
def test_description_by_default(rows: list[Row], expected: str) -> None:
    assert parsed(bar_chart("a", "题", rows, "人次")).find(f"{SVG}desc").text == expected


@given(
    st.lists(
        st.tuples(
            st.text(max_size=40), st.none() | st.integers(0, 10**14) | st.floats(0, 1e9, allow_nan=False)
        ),
        max_size=30,
    )
)
def test_any_rows_give_a_whole_picture(rows: list[Row]) -> None:
    for draw in CHARTS:
        chart = draw("a", "题", rows, "人次")
        assert parsed(chart).get("role") == "img"
        assert len(chart.table_rows) == len(rows)


@every_row("top", [1, 2, 3, 4, 7, 9, 14, 22, 61, 102, 480, 9_999])
def test_guide_lines_reach_above_the_highest_figure_at_round_values(top: int) -> None:
    plot = geometry.columns([top, 1, None])
    values = [guide.value for guide in plot.guides]
    assert values[0] == 0
    assert values[-1] >= top > values[-2]
    assert 2 <= len(values) <= 6
    assert all(value.is_integer() for value in values)
    heights = [guide.y for guide in plot.guides]
    assert heights == sorted(heights, reverse=True)
    assert plot.marks[0].y >= heights[-1] - 1e-9


@pytest.mark.parametrize("draw", CHARTS)
def test_the_figures_of_an_axis_are_no_telephone_number(draw: Any) -> None:
    """0, 10, 20 … 50 in one run are 010-20304050, a number of Beijing's shape."""
    for most in (42, 8, 4_200):
        rows = [("2024", most), ("2025", most // 2), ("2026", most // 3)]
        for stream in streams(draw("days", "天数", rows, "天").svg):
            assert find_identifiers(stream.text) == ()
