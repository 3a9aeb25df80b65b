"""统计."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date

from generator.pages.statistics import (
    MEASURES,
    figures,
    statistics_files,
    statistics_html,
    year_chart_html,
)
from generator.pages.statistics_page import render_statistics_page
from generator.public.list_rows import HonourRow, honour_row
from generator.public.people_counts import HonouredPeople
from generator.source.model.partial_day import PartialDay
from tests.public_records import act, context, honour, person, revoked_honour
from tests.unit.pages.reading import links_of, text_of

ROW = honour_row(honour())


def rows(*years: int, **changes: object) -> list[HonourRow]:
    return [
        replace(
            ROW,
            id=f"wuhan-{year}-h{number:04}",
            people=replace(ROW.people, of=f"wuhan-{year}-{number:04}"),
            decided_on=PartialDay(f"{year}-05-05"),
            **changes,  # type: ignore[arg-type]
        )
        for number, year in enumerate(years)
    ]


def test_by_year_without_holes_and_with_small_cells_left_out() -> None:
    found = figures("by_year", rows(2022, 2022, 2022, 2023, 2023, 2025, 2025, 2025, 2025), context())
    assert found.rows == (("2022", 3), ("2023", None), ("2024", None), ("2025", 4))
    assert found.blank == "未列"


def test_a_nought_and_a_small_cell_read_the_same() -> None:
    text = text_of(statistics_html(rows(2022, 2022, 2022, 2023, 2025, 2025, 2025), context(), "../"))
    assert "2023未列" in text
    assert "2024未列" in text


def test_persons_are_counted_and_revoked_honours_are_not() -> None:
    gone = [honour_row(revoked_honour(number)) for number in range(20)]
    group = replace(ROW, id="wuhan-2026-h0500", person_count=12, is_group=True)
    for measure in ("by_year", "by_kind"):
        found = figures(measure, [*rows(2026), group, *gone], context())  # type: ignore[arg-type]
        assert [value for _, value in found.rows if value is not None] == [13], measure


def test_no_small_cell_can_be_worked_out_from_the_total() -> None:
    found = figures("by_year", rows(*[2023] * 5, *[2024] * 4, 2025), context())
    assert found.rows == (("2023", 5), ("2024", None), ("2025", None))
    two = [*rows(2026, 2026, 2026, 2026), *rows(2026, 2026, 2026, jurisdiction="nanjing")]
    assert figures("by_city", two, context()).rows == (("武汉", 4), ("南京", 3))


def test_by_kind_and_by_city_name_every_row() -> None:
    found = figures("by_kind", rows(2026, 2026, 2026, kinds=()), context())
    assert found.rows[-1] == ("类型未载明", 3)
    assert len(found.rows) == 8
    assert figures("by_city", rows(2026, 2026, 2026), context()).rows == (("武汉", None), ("南京", None))


def test_persons_are_counted_under_the_kind_of_their_own_deed() -> None:
    two = honour_row(
        honour(
            recipients=(person("沙问渠"), person("宁可嘉")),
            act=act(kind="stop_crime", persons=("沙问渠",), whose=(0,)),
            further_acts=(act(kind="traffic_rescue", persons=("宁可嘉",), whose=(1,)),),
        )
    )
    of_three = [
        replace(two, id=f"wuhan-2026-h000{n}", people=replace(two.people, of=f"wuhan-2026-000{n}"))
        for n in range(1, 4)
    ]
    found = figures("by_kind", of_three, context())
    assert [row for row in found.rows if row[1]] == [("制止违法犯罪", 3), ("交通事故救援", 3)]
    assert found.finding == "制止违法犯罪、交通事故救援并列最多，各 3\u00a0人次"
    assert figures("by_year", of_three, context()).rows == (("2026", 6),)
    (table,) = (data for path, data in statistics_files(of_three, context()) if "by-kind" in path)
    assert "交通事故救援,3,\r\n" in table.decode("utf-8-sig")


def test_median_days_from_act_to_confirmation() -> None:
    days = [
        ("2026-01-01", date(2026, 1, 11)),
        ("2026-01-01", date(2026, 1, 21)),
        ("2026-01-01", date(2026, 3, 2)),
        ("2026-01", date(2026, 12, 1)),  # a day not published in full
        ("2026-01-01", None),
    ]
    some = [
        replace(
            ROW,
            id=f"wuhan-2026-h{number:04}",
            people=replace(ROW.people, of=f"wuhan-2026-{number:04}"),
            happened_on=PartialDay(happened),
            confirmed_on=confirmed,
        )
        for number, (happened, confirmed) in enumerate(days)
    ]
    # Two honours of one case count once.
    some.append(replace(some[0], id="wuhan-2026-h0100", title="另一称号"))
    assert figures("median_days", some, context()).rows == (("2026", 20.0),)
    assert figures("median_days", some[:2], context()).rows == (("2026", None),)


def test_an_honour_that_is_the_confirmation_was_confirmed_when_it_was_decided() -> None:
    some = [
        replace(
            ROW,
            id=f"wuhan-2026-h{number:04}",
            people=replace(ROW.people, of=f"wuhan-2026-{number:04}"),
            happened_on=PartialDay("2026-01-01"),
            decided_on=PartialDay("2026-01-21"),
            confirmed_on=None,
            verb=verb,
        )
        for number, verb in enumerate(("确认", "确认", "确认", "授予"))
    ]
    found = figures("median_days", some, context())
    assert (found.rows, found.cases) == ((("2026", 20.0),), {"2026": 3})


def test_the_page_tells_search_engines_of_its_figures_and_their_day() -> None:
    head = render_statistics_page(rows(2026), context()).head
    (told,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', head, re.DOTALL)
    dataset = json.loads(told)["mainEntity"]
    assert (dataset["@type"], dataset["dateModified"]) == ("Dataset", "2026-11-22")
    assert [file["contentUrl"] for file in dataset["distribution"]] == [
        context().absolute(figures(measure, rows(2026), context()).path) for measure in MEASURES
    ]


def test_files_hold_what_the_charts_show() -> None:
    some = rows(2022, 2022, 2022, 2023)
    files = dict(statistics_files(some, context()))
    assert set(files) == {figures(measure, some, context()).path for measure in MEASURES}
    for measure in MEASURES:
        found = figures(measure, some, context())
        assert files[found.path].startswith(b"\xef\xbb\xbf")
        head, *lines = csv.reader(io.StringIO(files[found.path].decode("utf-8-sig")))
        assert [(line[0], line[1]) for line in lines] == [
            (label, "" if value is None else str(value)) for label, value in found.rows
        ]
        # Why there is no figure is told in a column of its own, which stands only where one is missing.
        missing = any(value is None for _, value in found.rows)
        assert ("说明" in head) == missing
        if missing:
            assert [line[-1] for line in lines] == [
                found.blank if value is None else "" for _, value in found.rows
            ]
    assert (
        files["honours/statistics/median-days.csv"].decode("utf-8-sig").startswith("确认年份,中位天数,件数")
    )


def test_every_chart_has_its_finding_its_table_and_its_file() -> None:
    some = [
        replace(row, happened_on=PartialDay(f"{year}-01-01"), confirmed_on=date(year, 3, 1), summary=row.id)
        for year in range(2022, 2026)
        for row in rows(year, year, year)
    ]
    html = statistics_html(some, context(), "../")
    assert html.count("<table") == len(MEASURES)
    assert "2022年至2025年共公布见义勇为荣誉 12 人次，涉及 12 人" in text_of(html)
    assert "2025年确认、已有荣誉的 3 件，从行为发生到确认的天数中位数是 59 天；2024年 3 件，60 天" in text_of(
        html
    )
    paths = [path for path, _ in statistics_files(some, context())]
    assert [link.removeprefix("../") for link in links_of(html)] == paths
    assert year_chart_html(some, context(), "./").count("<svg class=") == 1


def test_who_has_two_honours_for_one_act_is_one_person() -> None:
    twice = [*rows(2022, 2022, 2022), replace(rows(2022)[0], id="wuhan-2022-h0100", title="另一称号")]
    finding = figures("by_year", twice, context()).finding
    assert finding is not None and "荣誉 4\u00a0人次，涉及 3\u00a0人" in finding


def test_under_four_figures_there_is_a_table_and_no_chart() -> None:
    html = statistics_html(rows(2022, 2022, 2022, 2023, 2023, 2023), context(), "../")
    assert "<svg class=" not in html
    assert html.count('<details class="yy-details" open>') == html.count("<table")


def test_without_a_threshold_the_true_figures_are_shown() -> None:
    site = context()
    whole = replace(
        site,
        site=site.site.model_copy(update={"lists": site.site.lists.model_copy(update={"smallest_cell": 0})}),
    )
    found = figures("by_year", rows(2022, 2022, 2024), whole)
    assert found.rows == (("2022", 2), ("2023", 0), ("2024", 1))
    assert "未列" not in text_of(statistics_html(rows(2022, 2024), whole, "../"))
    # A median of two says nothing, whatever the site shows of counts.
    two = [
        replace(row, happened_on=PartialDay("2022-01-01"), confirmed_on=date(2022, 3, 1), summary=row.id)
        for row in rows(2022, 2022)
    ]
    assert figures("median_days", two, whole).rows == (("2022", None),)


def test_cities_stand_by_their_figures() -> None:
    some = [*rows(*[2026] * 3), *rows(*[2026] * 5, jurisdiction="nanjing")]
    found = figures("by_city", some, context())
    assert found.rows == (("南京", 5), ("武汉", 3))
    assert found.finding == "收录最多的是南京，5\u00a0人次，占 62%"


def test_too_few_cases_for_a_median_have_no_chart_of_it() -> None:
    assert "中位数" not in statistics_html(rows(2022, 2022), context(), "../")


def test_no_chart_without_honours() -> None:
    assert statistics_html([], context(), "../") == ""
    assert year_chart_html([honour_row(revoked_honour())], context(), "./") == ""


def test_the_folder_of_the_files_has_a_page_with_and_without_honours() -> None:
    page = render_statistics_page(rows(2022, 2022, 2022), context())
    assert page.path == "honours/statistics/"
    assert page.body.count("<h1>") == 1
    assert "../../honours/statistics/by-year.csv" in links_of(page.body)
    assert "还没有可以统计的荣誉" in text_of(render_statistics_page([], context()).body)


def of_one_deed(*years: int) -> list[HonourRow]:
    """Honours of single people over four years, and one of a group of 27 in 2010, in Nanjing."""
    group = replace(
        rows(2010, jurisdiction="nanjing", kinds=("disaster_relief",))[0],
        id="nanjing-2010-h0001",
        name="诸葛长川、井田禾、卜连生",
        people=HonouredPeople(of="nanjing-2010-h0001", whose=(0, 1, 2), heads=27),
        person_count=27,
        unnamed=24,
    )
    return [*rows(*years, kinds=("fire_rescue",)), group]


def test_what_one_deed_makes_of_a_figure_is_said_and_hatched() -> None:
    some = of_one_deed(*[2022] * 3, *[2023] * 4, *[2024] * 5)
    year = figures("by_year", some, context())
    assert year.finding is not None and year.finding.endswith("；2010年最多，27\u00a0人次，都出自同一件事")
    assert year.deed is not None
    assert (year.deed.at, year.deed.count, year.deed.name) == ("2010", 27, "诸葛长川等27人")
    assert year.deed.rest == "不计这件事，最多的是2024年，5\u00a0人次。"
    html = statistics_html(some, context(), "../")
    assert "../honours/nanjing-2010-h0001/" in links_of(html)
    assert html.count('class="yy-chart__part"') == 1
    # Where no figure rests on one deed, nothing is said of deeds.
    assert "同一件事" not in statistics_html(rows(*[2021, 2022, 2023, 2024] * 3, 2024), context(), "../")


def test_the_leader_without_the_deed_is_named_where_it_is_another() -> None:
    some = [*of_one_deed(*[2022] * 28), *rows(*[2023] * 4, jurisdiction="nanjing", kinds=("fire_rescue",))]
    city = figures("by_city", some, context())
    assert city.finding == "收录最多的是南京，31\u00a0人次，占 53%"
    assert city.deed is None  # two cities are read faster in words


def test_equals_are_told_as_equals_and_the_lowest_by_all_their_names() -> None:
    four = rows(2021, 2021, 2021, 2022, 2022, 2022, 2023, 2023, 2023, 2024, 2024, 2024, 2024)
    html = statistics_html(four, context(), "../")
    assert "最高为2024年（4 人次），最低为2021年、2022年、2023年（3 人次）" in html
    tied = [*rows(*[2026] * 3), *rows(*[2026] * 3, jurisdiction="nanjing")]
    assert figures("by_city", tied, context()).finding == "武汉、南京并列最多，各 3\u00a0人次"
    assert (
        figures("by_year", tied, context()).finding
        == "2026年（截至11月22日）共公布见义勇为荣誉 6\u00a0人次，涉及 3\u00a0人"
    )


def test_years_without_a_median_are_one_line_and_each_median_says_of_how_many_cases() -> None:
    some = [
        replace(item, happened_on=PartialDay("2015-01-01"), confirmed_on=date(year, 3, 1))
        for year in (2016, 2025, 2026)
        for item in rows(*[year] * (1 if year == 2016 else 5))
    ]
    text = text_of(statistics_html(some, context(), "../"))
    assert "2016年至2024年：不足 3 件，不计。" in text
    assert text.count("不足 3 件") == 1
    assert figures("median_days", some, context()).cases == {"2025": 5, "2026": 5}
    # 1 March is as many days after the same first of January in both years.
    same = [replace(item, happened_on=PartialDay(f"{item.confirmed_on:%Y}-01-01")) for item in some]
    assert "中位数是 59 天；2025年 5 件，也是 59 天" in text_of(statistics_html(same, context(), "../"))
    files = dict(statistics_files(some, context()))
    lines = files["honours/statistics/median-days.csv"].decode("utf-8-sig").splitlines()
    assert lines[0].endswith(",件数,说明") and lines[-1].endswith(",5,")
    assert lines[1].endswith(',,,"不足 3 件，不计"') or lines[1].endswith(",,,不足 3 件，不计")


def test_where_persons_are_counted_it_says_how_a_group_without_a_number_was() -> None:
    some = [
        *rows(2022, 2023, 2024, 2025),
        replace(ROW, id="wuhan-2017-h0001", is_group=True, is_uncounted=True),
    ]
    said = "1 个群体未公布人数，每个按 1 人计。"
    assert text_of(statistics_html(some, context(), "../")).count(said) == 3, "by year, kind and city"
    assert said in text_of(year_chart_html(some, context(), "./"))
    assert "未公布人数" not in text_of(statistics_html(some[:4], context(), "../"))
