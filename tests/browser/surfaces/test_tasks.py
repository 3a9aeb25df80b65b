"""十件事 (ten tasks): what visitors come for, each in at most three steps from where they start."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.projects import AS_OF

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("sample_site")]

MOST = 3


class Visitor:
    """A page and the number of steps that were taken on it: clicks, and fields filled in."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url, self.steps = page, url, 0

    def start(self, path: str) -> Page:
        self.page.goto(self.url + path)
        return self.page

    def click(self, target: Locator) -> Page:
        self.steps += 1
        target.click()
        return self.page

    def choose(self, target: Locator, value: str) -> Page:
        self.steps += 1
        target.select_option(value)
        return self.page

    def fill(self, target: Locator, words: str, key: str = "") -> Page:
        self.steps += 1
        target.fill(words)
        if key:
            target.press(key)
        return self.page


@pytest.fixture
def visitor(browser: Browser, sample_url: str) -> Iterator[Visitor]:
    within = browser.new_context(locale="zh-CN", permissions=["clipboard-read", "clipboard-write"])
    page = within.new_page()
    page.clock.set_fixed_time(AS_OF + timedelta(minutes=30))
    found = Visitor(page, sample_url)
    yield found
    within.close()
    assert 0 < found.steps <= MOST


def _record(site: Path, kind: str, **wanted: str) -> dict[str, Any]:
    records: list[dict[str, Any]] = json.loads((site / f"api/v1/{kind}.json").read_bytes())
    return next(item for item in records if all(item[key] == value for key, value in wanted.items()))


def _path(record: dict[str, Any]) -> str:
    return str(record["url"]).removeprefix("https://yiyong.example/")


def test_what_is_open(visitor: Visitor) -> None:
    page = visitor.start("")
    expect(page.locator("main .yy-row--open").first).to_be_visible()
    visitor.click(page.locator("main").get_by_role("link", name="查看全部公示"))
    expect(page.locator("#open .yy-row--open").first).to_be_visible()


def test_to_object(visitor: Visitor) -> None:
    page = visitor.start("")
    visitor.click(page.locator(".yy-row--open .yy-rows__title a").first)
    visitor.click(page.locator(".yy-lead__do a"))
    expect(page.locator("#objection .yy-channels li").first).to_be_in_viewport()


def test_to_cite(visitor: Visitor, sample_site: Path) -> None:
    page = visitor.start(_path(_record(sample_site, "notices", status="open")))
    visitor.click(page.locator(".yy-aside").get_by_role("link", name="引用本页"))
    visitor.click(page.locator("#cite-gbt7714-2025 + .yy-copy"))
    assert "[EB/OL]" in page.evaluate("navigator.clipboard.readText()")


def test_to_check_later_whether_an_honour_stands(visitor: Visitor, sample_site: Path) -> None:
    """The permanent address says so at once; whoever has only a number types it in."""
    honour = _record(sample_site, "honours", status="revoked")
    page = visitor.start("")
    visitor.fill(page.get_by_role("combobox", name="检索本站"), honour["id"], "Enter")
    page.wait_for_url("**/" + _path(honour))
    expect(page.locator("main")).to_contain_text("撤销")


def test_to_find_a_relative(visitor: Visitor) -> None:
    page = visitor.start("")
    visitor.fill(page.get_by_role("combobox", name="检索本站"), "程立堃", "Enter")
    visitor.click(page.locator("main .yy-hit a").first)
    expect(page.locator("main")).to_contain_text("程立堃")


def test_what_do_i_get(visitor: Visitor) -> None:
    page = visitor.start("policies/wuhan/")
    visitor.click(page.locator("#for-me a").first)
    visitor.choose(page.locator("select[name=role]"), "spouse")
    expect(page.locator("[data-result]:visible").first).to_be_visible()


def test_two_cities_on_a_day(visitor: Visitor) -> None:
    page = visitor.start("policies/")
    visitor.click(page.locator("#cities a[href$='policies/compare/']"))
    visitor.click(page.get_by_label("杭州"))
    visitor.fill(page.get_by_label("看哪一天的规定"), "2015-12-31")
    expect(page.locator("#yy-on-shown")).to_contain_text("2015年12月31日")
    expect(page.locator("thead").first.locator("th:visible")).to_have_count(3)


def test_statistics_with_their_scope(visitor: Visitor) -> None:
    page = visitor.start("")
    visitor.click(page.locator("main").get_by_role("link", name="全部统计"))
    expect(page.locator("main")).to_contain_text("来源：")
    expect(page.locator("main")).to_contain_text("不含依法不公开的")
    expect(page.locator("#cite-gbt7714-2025")).to_be_visible()


def test_to_print_the_poster(visitor: Visitor, sample_site: Path) -> None:
    page = visitor.start(_path(_record(sample_site, "notices", status="open")))
    link = page.locator("#share").get_by_role("link", name="张贴用公示单")
    visitor.steps += 1
    answer = page.request.get(page.evaluate("link => link.href", link.element_handle()))
    assert answer.ok and answer.body().startswith(b"%PDF")


def test_to_share_an_honour(visitor: Visitor, sample_site: Path) -> None:
    honour = _record(sample_site, "honours", status="valid")
    page = visitor.start(_path(honour))
    visitor.click(page.get_by_role("button", name="复制网址"))
    expect(page.locator("#yy-live")).to_have_text("已复制")
    assert page.evaluate("navigator.clipboard.readText()") == honour["url"]
    assert page.locator("meta[property='og:image']").count() == 1
