"""Light and dark, and what is folded: remembered, as the system has it, open where the address leads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.every_row import every_row
from tests.printed_sheets import plain, sheets_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("served_site")]

Visit = Callable[..., Page]
DIGEST = "policies/wuhan/"
PAPER = "getComputedStyle(document.body).backgroundColor"
LIGHT, DARK = "rgb(250, 246, 238)", "rgb(24, 20, 17)"


@pytest.fixture
def visit(browser: Browser, sample_url: str) -> Iterator[Visit]:
    contexts = []

    def go(path: str, **more: object) -> Page:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, **more)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.goto(sample_url + path)
        return page

    yield go
    for context in contexts:
        context.close()


@pytest.mark.parametrize("script", [True, False])
def test_light_and_dark_follow_the_system_even_without_script(visit: Visit, script: bool) -> None:
    assert visit("", color_scheme="light", java_script_enabled=script).evaluate(PAPER) == LIGHT
    assert visit("", color_scheme="dark", java_script_enabled=script).evaluate(PAPER) == DARK


@pytest.mark.parametrize("system", ["light", "dark"])
def test_a_choice_of_light_or_dark_is_remembered(visit: Visit, system: str) -> None:
    page = visit("", color_scheme=system)
    button = page.get_by_role("button", name="深色")
    assert button.get_attribute("aria-pressed") == str(system == "dark").lower()
    button.click()
    chosen = LIGHT if system == "dark" else DARK
    assert page.evaluate(PAPER) == chosen
    page.get_by_role("link", name="政策").first.click()
    assert page.evaluate(PAPER) == chosen
    button.click()
    assert page.evaluate(PAPER) != chosen


WECHAT = "Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile Safari/537.36 MicroMessenger/8.0.50"


@pytest.fixture
def either_browser(visit: Visit) -> dict[str, Page]:
    """A page in WeChat, and one in the browser that it is made of, while the sample is new."""
    opened = {
        agent: visit("", user_agent=agent) for agent in (WECHAT, WECHAT.partition(" MicroMessenger")[0])
    }
    for page in opened.values():
        page.add_init_script("Date.now = () => Date.parse('2026-11-22T09:30+08:00')")
    return opened


@every_row(
    ("path", "beside", "told"),
    [
        (
            "notices/wuhan-2026-0009/",
            "a[href$='objection.docx']",
            "微信内无法下载，请点右上角“…”选择“在浏览器打开”。",
        ),
        (
            "notices/wuhan-2026-0009/",
            "a[href='poster.pdf']",
            "微信内无法下载，请点右上角“…”选择“在浏览器打开”。",
        ),
        ("objections/sheet/", "[data-print]", "微信内无法下载、打印，请点右上角“…”选择“在浏览器打开”。"),
        (
            "honours/wuhan-2026-h0001/",
            "[data-print]",
            "微信内无法下载、打印，请点右上角“…”选择“在浏览器打开”。",
        ),
        ("policies/wuhan/for-me/", "[data-print]", "微信内无法打印，请点右上角“…”选择“在浏览器打开”。"),
        (
            "en/policies/wuhan/for-me/",
            "[data-print]",
            "WeChat cannot print: tap “…” at the top right and choose",
        ),
        ("en/data/", "a[href$='.xlsx']", "WeChat cannot download files: tap"),
    ],
    of=2,
)
def test_in_wechat_a_line_says_how_to_download_and_print_and_nowhere_else(
    either_browser: dict[str, Page], sample_url: str, path: str, beside: str, told: str
) -> None:
    for agent, page in either_browser.items():
        page.goto(sample_url + path)
        link = page.locator(beside).first
        link.evaluate(
            "a => { for (let up = a; up; up = up.parentElement) if (up.tagName === 'DETAILS') up.open = true }"
        )
        line = link.locator("xpath=following::p[contains(@class, 'yy-in-wechat')][1]")
        expect(line).to_contain_text(told)
        expect(line).to_be_visible(visible=agent is WECHAT)
        # The mark is set in the head, before anything is drawn, so nothing moves.
        marks = page.evaluate("document.head.querySelector('script:not([src], [type])').textContent")
        assert "MicroMessenger" in marks


def test_paper_is_light(visit: Visit) -> None:
    page = visit("", color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert (
        page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--yy-paper')") == "#fff"
    )


def test_an_address_opens_what_it_leads_to(visit: Visit) -> None:
    page = visit(f"{DIGEST}#publicity_period")
    assert page.locator("#publicity_period").get_attribute("open") is not None
    assert page.locator("#materials").get_attribute("open") is None
    page.locator("#figures a[href='#applicant']").click()
    expect(page.locator("#applicant .yy-rules").first).to_be_visible()
    expect(page.locator("#applicant")).to_be_in_viewport()


@pytest.mark.parametrize("script", [True, pytest.param(False, marks=pytest.mark.journey)])
def test_paper_has_every_rule_of_a_digest_that_was_unfolded(
    visit: Visit, tmp_path: Path, script: bool
) -> None:
    page = visit(DIGEST, java_script_enabled=script)
    folds = page.locator("details.yy-topic")
    assert folds.count() > 30
    folds.evaluate_all("all => all.forEach((fold) => { fold.open = true })")
    cited = page.locator("details.yy-topic .yy-rules > li > :is(a, span a)").all_text_contents()
    rules = Counter(map(plain, cited))
    page.pdf(path=tmp_path / "digest.pdf", prefer_css_page_size=True)
    found = "".join(sheets_of(tmp_path / "digest.pdf"))
    assert rules.total() > 50
    assert [rule for rule, times in rules.items() if found.count(rule) < times] == []
