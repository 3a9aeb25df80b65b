"""网页服务器: the sample site under its own headers, in the browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.accessibility import violations
from tests.journeys import SOME_AND_REST, share
from tests.nginx import Server

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("served_site")]


VIOLATIONS = """
window.yiyongViolations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.yiyongViolations.push(event.violatedDirective + " " + event.blockedURI + " " + event.sourceFile));
"""

PAGES = (
    "",
    "notices/",
    "notices/wuhan-2026-0009/",
    "honours/wuhan/",
    "policies/wuhan/",
    "policies/compare/",
    "objections/",
    "data/",
    "about/",
    "nothing/",
)


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Callable[[str], Page]]:
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
    context.add_init_script(VIOLATIONS)
    elsewhere: list[str] = []
    complaints: list[str] = []

    def go(path: str) -> Page:
        page = context.new_page()
        page.on("request", lambda request: elsewhere.append(request.url))
        page.on(
            "console",
            lambda message: complaints.append(message.text) if "Content Security" in message.text else None,
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(server.url + path, wait_until="networkidle")
        return page

    yield go
    for page in context.pages:
        assert page.evaluate("window.yiyongViolations") == []
    assert complaints == []
    assert [url for url in elsewhere if not url.startswith((server.url, "data:"))] == []
    context.close()


@pytest.mark.parametrize("rest", SOME_AND_REST)
def test_pages_run_under_their_policy(visit: Callable[[str], Page], rest: bool) -> None:
    for path in share(PAGES, rest=rest, every=3):
        page = visit(path)
        # The first inline script has run: it tells style sheets that there is script.
        expect(page.locator("html.yy-js, html.js")).to_have_count(1)


def test_search_runs_under_the_policy(visit: Callable[[str], Page], server: Server) -> None:
    page = visit("search/?q=%E6%AD%A6%E6%B1%89")
    expect(page.locator("main a[href*='wuhan']").first).to_be_visible(timeout=30_000)
    assert violations(page) == []


def test_a_script_that_somebody_puts_into_a_page_does_not_run(browser: Browser, server: Server) -> None:
    page = browser.new_page()
    page.goto(server.url)
    refused = page.evaluate(
        """() => new Promise((told) => {
            const refused = [];
            document.addEventListener("securitypolicyviolation", (event) => {
                refused.push(event.effectiveDirective);
                if (refused.length === 2) told(refused.sort());
            });
            const script = document.createElement("script");
            script.textContent = "window.injected = true";
            document.body.append(script);
            const image = document.createElement("img");
            image.setAttribute("onerror", "window.injected = true");
            image.src = "/nothing.png";
            document.body.append(image);
        })"""
    )
    assert refused == ["script-src-attr", "script-src-elem"]
    assert page.evaluate("window.injected === undefined")
    page.close()
