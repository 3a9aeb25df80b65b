"""没有这个页面 in the browser: it looks at the address that was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.every_row import every_row

pytestmark = pytest.mark.browser

ENGLISH = ["/en/", "/en/policies/", "/en/objections/"]


@pytest.fixture(scope="module")
def page(browser: Browser, sample_site: Path) -> Iterator[Page]:
    """A page whose server answers with ``404.html`` for an address that it has not."""
    page = browser.new_page()
    body = (sample_site / "404.html").read_text(encoding="utf-8")

    def answer(route: Route) -> None:
        if route.request.is_navigation_request():
            route.fulfill(status=404, body=body, content_type="text/html")
        else:
            route.continue_()

    page.route("**", answer)
    yield page
    page.close()


@every_row(
    ("path", "said", "leads_to"),
    [
        ("notices/WUHAN-2026-0010/", "网址里的字母要小写", "/notices/wuhan-2026-0010/"),
        ("notices/wuhan-2026-9999/", "没有编号是 wuhan-2026-9999 的记录", "/notices/wuhan/"),
        ("honours/wuhan-2026-0006/", "网址应当是", "/notices/wuhan-2026-0006/"),
        ("notices/wuhan-2026-h0003/", "网址应当是", "/honours/wuhan-2026-h0003/"),
        ("notice/wuhan-2026-0006.html", "网址应当是", "/notices/wuhan-2026-0006/"),
        ("wuhan-2026-0006", "网址应当是", "/notices/wuhan-2026-0006/"),
        ("notices/beijing-2026-0001/", "没有编号是 beijing-2026-0001 的记录", "/notices/"),
        ("honours/wuhan-2026-h9999/", "没有编号是 wuhan-2026-h9999 的记录", "/honours/wuhan/"),
    ],
)
def test_an_address_that_is_nearly_right_leads_on(
    page: Page, sample_url: str, path: str, said: str, leads_to: str
) -> None:
    page.goto(sample_url + path)
    line = page.locator("h1 + p")
    expect(line).to_contain_text(said)
    assert (line.locator("a").get_attribute("href") or "").endswith(leads_to)


def test_a_missing_page_can_be_searched_for_and_speaks_english_where_it_was_asked_in_english(
    page: Page, sample_url: str
) -> None:
    page.goto(f"{sample_url}en/no-such-page/")
    expect(page.locator("main form[role=search] input[name=q]")).to_be_visible()
    before = page.locator("div[lang=en]:has(+ h1)")
    expect(before).to_be_visible()
    assert before.locator("a").all_inner_texts() == ["Home", "Rules", "How to object"]
    hrefs = before.locator("a").evaluate_all("all => all.map(one => new URL(one.href).pathname)")
    assert [href[-len(end) :] for href, end in zip(hrefs, ENGLISH, strict=True)] == ENGLISH
    page.goto(f"{sample_url}no-such-page/")
    assert (page.get_by_role("link", name="正在公示").get_attribute("href") or "").endswith("notices/#open")


def test_its_button_is_as_high_as_its_field_and_neither_is_there_without_script(
    browser: Browser, page: Page, sample_site: Path, sample_url: str
) -> None:
    page.goto(f"{sample_url}nothing/")
    field, button = (page.locator(f".yy-page form {name}").bounding_box() for name in ("input", "button"))
    assert field is not None and button is not None
    assert abs(field["height"] - button["height"]) <= 2 and abs(field["y"] - button["y"]) <= 2
    with browser.new_context(java_script_enabled=False) as context:
        unscripted = context.new_page()
        unscripted.goto(f"{sample_url}404.html")
        expect(unscripted.locator(".yy-page form")).to_be_hidden()
        expect(unscripted.locator(".yy-search-link")).to_be_visible()
