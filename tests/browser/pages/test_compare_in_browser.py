"""The comparison in the browser: any day shows one answer a place and topic, and files that one can take away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, Request, Route, expect

from generator.pages.policy.compare_pages import PATH
from tests.printed_sheets import plain, sheets_of

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("policies_in_browser")]

EVE, FIRST = date(2015, 12, 31), date(2016, 1, 1)
OLD = "《武汉市奖励和保护见义勇为人员条例》2010修正"
NEW = "《武汉市见义勇为人员奖励和保护条例》2015年制定"
NOW = "《武汉市见义勇为人员奖励和保护条例》2025修正"


@pytest.fixture(scope="module")
def kept(browser: Browser) -> Iterator[Page]:
    """One page for all tests: one of its own costs twice a visit."""
    context = browser.new_context(locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.fixture
def visit(browser: Browser, kept: Page, sample_url: str) -> Iterator[Callable[..., Page]]:
    """Open an address in the kept page, or with options in one of its own; a request to another origin or an error in it
    fails the test."""
    wrong: list[str] = []
    opened: list[Page] = []

    def watch(page: Page) -> Page:
        page.on("request", ask)
        page.on("pageerror", complain)
        opened.append(page)
        return page

    def ask(request: Request) -> None:
        if not request.url.startswith((sample_url, "data:")):
            wrong.append(request.url)

    def complain(error: Error) -> None:
        wrong.append(str(error))

    def go(path: str, width: int = 1280, **more: Any) -> Page:
        page = watch(browser.new_page(locale="zh-CN", **more)) if more else kept
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(sample_url + path)
        return page

    watch(kept)
    yield go
    for page in opened[1:]:
        page.close()
    kept.remove_listener("request", ask)
    kept.remove_listener("pageerror", complain)
    kept.unroute_all(behavior="ignoreErrors")
    kept.evaluate("localStorage.clear()")
    assert not wrong


def expect_text_of_wuhan(page: Page, title: str) -> None:
    first = page.locator("tbody").first.locator("td").first
    expect(first.locator("a:visible")).to_have_text(title)


def test_texts_above_that_are_missing_are_told_of_the_places_chosen(visit: Callable[..., Page]) -> None:
    page = visit(f"{PATH}benefits/?at=wuhan,nanjing")
    above = page.locator("#above")
    expect(above.locator("span:visible")).to_have_text(["南京：《江苏省奖励和保护见义勇为人员条例》。"])
    page.get_by_label("昆明", exact=True).check()
    expect(above.locator("span:visible")).to_have_count(2)
    visit(f"{PATH}?at=wuhan,qingdao").locator("#above").wait_for(state="hidden")


def test_the_last_day_of_2015_and_the_first_of_2016_show_the_change_of_instrument(
    visit: Callable[..., Page],
) -> None:
    page = visit(PATH)
    expect_text_of_wuhan(page, NOW)
    page.get_by_label("看哪一天的规定").fill(EVE.isoformat())
    expect(page.locator("#yy-on-shown", has_text="2015年12月31日")).to_be_visible()
    expect_text_of_wuhan(page, OLD)
    page.locator("#honours summary").click()
    rank = page.locator("tr", has=page.locator("th", has_text="奖励种类")).locator("td").first
    expect(rank.get_by_text("嘉奖、记功")).to_be_visible()
    page.get_by_label("看哪一天的规定").fill(FIRST.isoformat())
    expect_text_of_wuhan(page, NEW)
    expect(rank.get_by_text("嘉奖、记功")).to_be_hidden()
    expect(rank.locator(".yy-silence--unknown:visible").first).to_have_text("原文不全")
    assert page.url.endswith(f"&on={FIRST.isoformat()}")


def test_a_day_without_a_text_is_not_counted_as_no_difference(visit: Callable[..., Page]) -> None:
    page = visit(f"{PATH}?at=wuhan,kunming&on=2012-01-01")
    same = page.locator("#yy-on-same")
    expect(same.locator("summary").first).to_contain_text("昆明没有当日文本、武汉原文不全，无从比较的")
    counts = same.locator(".yy-compare__group [data-count]").all_text_contents()
    assert counts and all("昆明没有当日文本" in told and told.endswith("，无从比较") for told in counts)


def test_what_cannot_be_compared_is_counted_and_stays_under_what_differs(visit: Callable[..., Page]) -> None:
    asked = "?at=wuhan,kunming&on=2018-01-01&differing=1"
    for path, count, left, row in (
        (PATH, "4项中1项有差别，1项无从比较（武汉原文不全）", "另有 1 项因武汉原文不全无从比较", "公示地点"),
        (
            f"en/{PATH}",
            "1 of 4 differ, 1 cannot be compared (the text for Wuhan is incomplete)",
            "1 more cannot be compared: the text for Wuhan is incomplete",
            "Where the notice is published",
        ),
    ):
        page = visit(path + asked)
        publicity = page.locator("#publicity")
        expect(publicity.locator("summary [data-count]").first).to_have_text(count)
        publicity.locator("summary").first.click()
        venue = publicity.locator("[data-row=publicity_venue]")
        expect(venue).to_be_hidden()
        line = publicity.get_by_role("button", name=left)
        expect(line).to_have_attribute("aria-expanded", "false")
        line.click()
        expect(venue).to_be_visible()
        expect(venue.locator("th")).to_contain_text(row)
        line.click()
        expect(venue).to_be_hidden()
        # A group of which nothing can be compared is not dropped either.
        rest = page.locator("#yy-on-same")
        expect(rest.locator("#fund")).to_have_count(1)
        rest.locator("summary").first.click()
        rest.locator("#fund > summary").click()
        expect(rest.locator("[data-row=fund_source]")).to_be_visible()


def test_topics_that_cannot_be_compared_are_one_line_that_opens_them(visit: Callable[..., Page]) -> None:
    page = visit(f"{PATH}benefits/?at=wuhan,kunming&on=2018-01-01&differing=1")
    # Of the pension the part at hand has one sentence: that is no difference either.
    expect(page.locator("[data-groups] > .yy-compare__group:visible")).to_have_count(0)
    rest = page.locator("#yy-on-same")
    expect(rest.locator("summary").first).to_have_text("另有 12 项因武汉原文不全无从比较")
    rest.locator("summary").first.click()
    expect(rest.locator(".yy-compare__group:visible")).to_have_count(12)
    page.get_by_label("只看有差别的事项").uncheck()
    expect(rest.locator("summary").first).to_contain_text("武汉原文不全，无从比较的")
    counts = rest.locator(".yy-compare__group [data-count]").all_text_contents()
    assert counts and set(counts) == {"武汉原文不全，无从比较"}


def test_an_address_with_a_day_opens_on_that_day_and_the_list_of_turning_days_leads_on(
    visit: Callable[..., Page],
) -> None:
    page = visit(f"{PATH}?on={EVE.isoformat()}")
    expect_text_of_wuhan(page, OLD)
    expect(page.get_by_label("规定变动日期")).to_have_value("")
    page.get_by_label("规定变动日期").select_option(FIRST.isoformat())
    expect_text_of_wuhan(page, NEW)
    expect(page.get_by_label("看哪一天的规定")).to_have_value(FIRST.isoformat())


def test_an_unfinished_day_is_asked_for_again_and_changes_nothing(visit: Callable[..., Page]) -> None:
    page = visit(f"{PATH}?on={EVE.isoformat()}")
    page.get_by_label("看哪一天的规定").fill("")
    expect(page.locator("#yy-on-shown")).to_have_text("请填一个完整的日期。")
    expect_text_of_wuhan(page, OLD)


def test_an_unfinished_day_does_not_stop_the_day_that_is_still_on_its_way(visit: Callable[..., Page]) -> None:
    held: list[Route] = []
    page = visit(PATH)
    page.route("**/wuhan.json", lambda route: held.append(route))
    page.get_by_label("看哪一天的规定").fill(EVE.isoformat())
    page.get_by_label("看哪一天的规定").fill("")
    expect(page.locator("#yy-on-shown")).to_have_text("请填一个完整的日期。")
    expect_text_of_wuhan(page, NOW)
    held[0].continue_()
    expect_text_of_wuhan(page, OLD)
    expect(page.locator("#yy-on-shown")).to_have_text("请填一个完整的日期。")
    assert page.url.endswith(f"&on={EVE.isoformat()}")


def test_without_script_today_is_shown_and_the_versions_are_listed(visit: Callable[..., Page]) -> None:
    page = visit(PATH, java_script_enabled=False)
    expect_text_of_wuhan(page, NOW)
    page.locator("#review summary").click()
    expect(page.locator("#review a:visible")).to_have_text("“受理、审核和确认”单独一页，各地全列")
    expect(page.get_by_label("看哪一天的规定")).to_be_hidden()
    said = page.locator("main").inner_text()
    assert "11个地方并列" in said and "本页末尾的版本表" in said
    assert "选几个地方" not in said, "there is nothing to choose with"
    page.locator("summary", has_text="每一天适用哪个版本").click()
    expect(page.locator("#versions").get_by_text("2015年12月31日").first).to_be_visible()


def test_on_a_phone_each_topic_is_a_card_that_names_the_chosen_cities(visit: Callable[..., Page]) -> None:
    page = visit(PATH, width=390)
    expect(page.locator("thead").first).to_be_hidden()
    names = page.locator("tbody").first.locator("td > b:visible")
    expect(names).to_have_text(["武汉", "南京", "杭州"])
    page.get_by_label("南京").uncheck()
    page.get_by_label("河南").check()
    expect(names).to_have_text(["武汉", "杭州", "河南"])
    assert "at=wuhan%2Changzhou%2Chenan" in page.url


def test_only_differences_leaves_out_what_the_chosen_places_share(visit: Callable[..., Page]) -> None:
    page = visit(f"{PATH}?at=wuhan&at=kunming&differing=1")
    expect(page.locator("#publicity summary")).to_contain_text("项有差别")
    page.locator("#publicity summary").click()
    same = page.locator("[data-row=publicity_period]")
    expect(same).to_be_hidden()
    page.get_by_label("只看有差别的事项").uncheck()
    expect(same).to_be_visible()
    page.get_by_label("洛阳").check()
    page.get_by_label("只看有差别的事项").check()
    expect(same).to_be_visible()


def test_every_group_is_counted_and_those_without_a_difference_are_one_fold(
    visit: Callable[..., Page],
) -> None:
    page = visit(PATH)
    counts = page.locator(".yy-compare__group:visible [data-count]")
    expect(counts.first).to_have_text("没有数字可比，请看原文")
    expect(page.locator("[data-row=competent_authority] .yy-matrix__how")).to_have_text("所写的机关或人不同")
    expect(page.locator("[data-row=publicity_period] .yy-matrix__how")).not_to_have_text(
        "没有数字可比，请看原文"
    )
    assert "天数、数额不同" in (
        page.locator("[data-row=review_deadline] .yy-matrix__how").text_content() or ""
    )
    expect(page.locator("#yy-on-differs")).to_have_text("")
    same = page.locator("#yy-on-same")
    expect(same).to_be_hidden()
    page.goto(page.url.partition("?")[0] + "?at=hangzhou,zhejiang&on=2018-06-01")
    expect(same).to_be_visible()
    number = same.locator(".yy-compare__group").count()
    expect(same.locator("summary").first).to_have_text(f"杭州、浙江没有当日文本，无从比较的 {number} 组")
    assert number + page.locator("[data-groups] > .yy-compare__group").count() == 10
    expect(page.locator("#yy-on-differs")).to_have_text("")
    page.get_by_label("武汉").check()
    page.get_by_label("看哪一天的规定").fill("2026-11-22")
    expect(same).to_be_hidden()
    assert page.locator("[data-groups] > .yy-compare__group").count() == 10


def test_of_two_topics_that_differ_both_are_said_to(visit: Callable[..., Page]) -> None:
    for path, told in ((PATH, "两项都有差别"), (f"en/{PATH}", "both differ")):
        page = visit(f"{path}?at=wuhan&at=nanjing")
        expect(page.locator("#remedies summary [data-count]")).to_have_text(told)


def test_definitions_in_other_words_are_left_to_the_reader_and_always_shown(
    visit: Callable[..., Page],
) -> None:
    page = visit(f"{PATH}meaning/?at=wuhan,nanjing,kunming,luoyang,beijing&differing=1")
    for topic, how in (
        ("definition", "没有数字可比，请看原文"),
        ("qualifying_act", "有的没有规定"),
        ("scope", "没有数字可比，请看原文"),
    ):
        row = page.locator(f"[data-row={topic}]")
        expect(row.locator(".yy-matrix__how")).to_have_text(how)
        expect(page.locator("details.yy-compare__topic", has=row)).to_be_visible()
    assert "没有差别" not in page.locator("#meaning").inner_text()


def test_the_nations_ways_are_those_of_the_chosen_day(visit: Callable[..., Page]) -> None:
    page = visit(f"{PATH}remedies/")
    page.locator("[data-row=appeal_reconsideration] td:visible a[href='#national']").first.click()
    ways = page.locator("#national .yy-national__ways")
    expect(ways).to_be_visible()
    expect(ways).to_contain_text("2023修订")
    page.get_by_label("看哪一天的规定").fill("2020-01-01")
    expect(ways).not_to_contain_text("2023修订")


@pytest.mark.parametrize("path", ["en/policies/compare/", "en/policies/compare/publicity/"])
def test_on_a_phone_no_name_of_a_place_is_broken(visit: Callable[..., Page], path: str) -> None:
    page = visit(path, width=390)
    names = page.locator("td > b:visible")
    lines = "names => names.map(name => { const range = document.createRange(); range.selectNodeContents(name); return range.getClientRects().length; })"
    assert set(names.evaluate_all(lines)) == {1}


def test_on_paper_one_topic_follows_another(visit: Callable[..., Page], tmp_path: Path) -> None:
    page = visit(f"{PATH}benefits/")
    page.pdf(path=tmp_path / "benefits.pdf", prefer_css_page_size=True)
    sheets = sheets_of(tmp_path / "benefits.pdf")
    assert len(sheets) <= 6
    told = [len(sheet) for sheet in sheets[:-1]]
    assert min(told) > max(told) / 3, "no sheet is left half empty"


@pytest.mark.parametrize("path", [PATH, pytest.param(f"en/{PATH}", marks=pytest.mark.journey)])
def test_on_paper_stand_the_open_groups_and_all_if_none_is_open(
    visit: Callable[..., Page], tmp_path: Path, path: str
) -> None:
    page = visit(path)
    page.locator("#yy-on-shown:not(:empty)").wait_for()

    def printed() -> str:
        page.pdf(path=tmp_path / "compare.pdf", prefer_css_page_size=True)
        return "".join(sheets_of(tmp_path / "compare.pdf"))

    def told(group: str) -> str:
        cell = page.locator(f"#{group} td:visible > div").first
        expect(cell).not_to_be_empty()
        return plain(cell.inner_text().split()[0])

    whole = printed()
    assert page.locator(".yy-compare__group[open]").count() == 0, "folded again afterwards"
    page.locator("#honours summary").click()
    assert told("honours") in whole
    opened = printed()
    assert len(opened) < len(whole) * 0.7
    for group, stands in (("honours", True), ("benefits", False)):
        title = page.locator(f"#{group} summary h2").inner_text()
        assert (plain(title) in opened) is stands, title


@pytest.mark.parametrize("width", [390, 320])
@pytest.mark.parametrize("path", [PATH, f"{PATH}benefits/", f"en/{PATH}publicity/"])
def test_in_the_largest_type_no_line_of_a_table_goes_under_the_edge(
    visit: Callable[..., Page], path: str, width: int
) -> None:
    page = visit(path, width=width)
    page.evaluate("document.documentElement.dataset.yyType = '3'")
    if path == PATH:
        page.locator("#benefits summary").first.click()
        expect(page.locator("#benefits td:visible > div").first).not_to_be_empty()
    over = "boxes => boxes.map(box => box.scrollWidth - box.clientWidth)"
    assert max(page.locator(".yy-scroll:visible").evaluate_all(over)) <= 0


def test_an_article_on_a_phone_has_the_whole_width_for_its_gist(visit: Callable[..., Page]) -> None:
    page = visit("policies/wuhan/tiaoli-2015/", width=390)
    widths = page.locator(".yy-article:visible > summary > span").evaluate_all(
        "all => all.map(one => one.offsetWidth)"
    )
    assert len(widths) > 20 and min(widths) > 300
    assert page.evaluate("document.documentElement.scrollHeight") < 7_500


def test_a_link_in_a_fetched_cell_leads_to_its_article(visit: Callable[..., Page]) -> None:
    page = visit(f"{PATH}review/?on={EVE.isoformat()}&at=hubei")
    row = page.locator("[data-row=review_deadline]")
    page.locator("details:has([data-row=review_deadline]) > summary").last.click()
    row.locator("td:visible a[href*='art-']").first.click()
    expect(page.locator(":target")).to_be_in_viewport()


def test_a_file_that_cannot_be_fetched_is_told_and_changes_nothing(visit: Callable[..., Page]) -> None:
    page = visit(f"{PATH}review/")
    page.route("**/*.json", lambda route: route.abort())
    before = page.locator("[data-row=review_deadline] td").first.inner_text()
    page.get_by_label("看哪一天的规定").fill(EVE.isoformat())
    expect(page.locator("#yy-on-shown")).to_have_text("没有取到所选的内容，请检查网络后再试。")
    assert page.locator("[data-row=review_deadline] td").first.inner_text() == before


def test_words_are_marked_that_not_all_of_the_chosen_versions_have(visit: Callable[..., Page]) -> None:
    page = visit(f"{PATH}wuhan/?at=2019-07-26,2025-05-29")
    page.locator("#review summary").click()
    row = page.locator("[data-row=confirmation]")

    def drawn(words: str) -> list[bool]:
        marks = row.locator("td:visible mark", has_text=words)
        return marks.evaluate_all(
            "all => all.map((mark) => getComputedStyle(mark).backgroundColor !== 'rgba(0, 0, 0, 0)')"
        )

    assert drawn("平安建设主管机关") == drawn("综治机构") == [True, True]
    page.get_by_role("checkbox", name="2025修正").uncheck()
    page.get_by_role("checkbox", name="2015年制定").check()
    assert drawn("综治机构") == [False] * 4, "both chosen versions have it"


@pytest.mark.journey
def test_of_a_law_only_the_versions_that_are_open_are_printed(
    visit: Callable[..., Page], tmp_path: Path
) -> None:
    page = visit("policies/wuhan/tiaoli-2015/")
    page.pdf(path=tmp_path / "law.pdf", prefer_css_page_size=True)
    sheets = sheets_of(tmp_path / "law.pdf")
    printed = "".join(sheets)
    assert len(sheets) < 22, "29 with every version"
    assert "2025修正:各条摘要" in printed and "2019修正:各条摘要" not in printed
    assert "纸上只印展开着的版本" in printed
    page.locator("#versions").get_by_role("link", name="2019修正").click()
    page.pdf(path=tmp_path / "law.pdf", prefer_css_page_size=True)
    assert "2019修正:各条摘要" in "".join(sheets_of(tmp_path / "law.pdf"))


def test_two_versions_stand_side_by_side(visit: Callable[..., Page]) -> None:
    page = visit(f"{PATH}wuhan/")
    heads = page.locator("thead").first.locator("th:visible")
    expect(heads).to_have_count(3)
    page.get_by_label(OLD).last.check()
    expect(heads).to_have_count(4)


def test_a_link_to_an_article_lands_on_it(visit: Callable[..., Page]) -> None:
    page = visit("policies/wuhan/tiaoli-2015/#2025/art-11")
    article = page.locator(":target")
    expect(article).to_contain_text("第十一条")
    expect(article).to_be_in_viewport()


def test_a_link_to_an_article_that_a_version_does_not_reach_lands_on_its_end(
    visit: Callable[..., Page],
) -> None:
    page = visit("policies/wuhan/tiaoli-2015/#2019/art-20")
    end = page.locator("[id='2019/end']")
    expect(end).to_contain_text("所据文本到此为止")
    expect(end).to_be_in_viewport()
    whole = visit("policies/wuhan/tiaoli-2015/#2025/art-99")
    expect(whole.get_by_role("heading", name="2025修正：各条摘要")).to_be_in_viewport()


def test_a_visitor_finds_their_city_in_one_click(visit: Callable[..., Page]) -> None:
    page = visit("policies/")
    page.locator("#cities").get_by_role("link", name=re.compile("^武汉")).click()
    expect(page).to_have_title("武汉市的见义勇为规定 - 义勇录（示例）")


def test_the_tables_can_be_downloaded(visit: Callable[..., Page], sample_url: str) -> None:
    page = visit(PATH)
    for name in ("全部版本的对照表（CSV，可用 Excel、WPS 打开）", "全部版本的对照表（Excel）"):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        assert Path(download.value.path()).stat().st_size > 10_000


def test_what_is_folded_is_fetched_when_it_is_opened_and_a_place_left_out_is_not_left_behind(
    visit: Callable[..., Page],
) -> None:
    page = visit(PATH)
    expect(page.locator("#publicity summary")).to_be_visible()
    fetched = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    assert fetched and not [url for url in fetched if url.endswith(".json")], (
        "the first view carries no table"
    )
    page.get_by_label("看哪一天的规定").fill(EVE.isoformat())
    expect_text_of_wuhan(page, OLD)
    page.get_by_label("武汉").uncheck()
    page.get_by_label("看哪一天的规定").fill("2026-11-22")
    expect(page.locator("#yy-on-shown", has_text="2026年11月22日")).to_be_visible()
    page.get_by_label("武汉").check()
    expect_text_of_wuhan(page, NOW)
