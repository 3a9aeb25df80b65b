"""引用块 in the browser: the day of access, and copying."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Browser, expect

from generator.catalogue import wording
from generator.pages.citation import citations
from generator.pages.cite import FOR_PEOPLE, FOR_PROGRAMS, cite_block
from generator.pages.honour_page import honour_citable
from tests.browser.pages.small_site import HONOUR
from tests.projects import ROOT
from tests.public_records import context, honour

pytestmark = pytest.mark.browser

STYLES = (*FOR_PEOPLE, *FOR_PROGRAMS)
ITEM = honour_citable(honour(), context(), "0123456789ab")


def test_the_script_fills_in_the_day_in_beijing_and_adds_a_button_to_each(browser: Browser) -> None:
    script = (ROOT / "site_config/theme/assets/cite.js").read_text(encoding="utf-8")
    page = browser.new_context(timezone_id="America/New_York").new_page()
    # 22:00 in New York on 8 November is 11:00 of 9 November in Beijing.
    page.clock.set_fixed_time("2026-11-08T22:00:00-05:00")
    waits = "".join(
        f'<i data-accessed="%n月" data-waited="期满已 %w 天" data-since="{since}T00:00:00+08:00"></i>'
        for since in ("2024-12-13", "2026-11-01")
    )
    page.set_content(f"<main>{waits}{cite_block(ITEM)}</main>")
    page.evaluate(script)
    page.evaluate(script)
    assert page.locator("button").count() == len(STYLES), "run twice, it adds nothing"
    # How long a notice has waited is told once that is long.
    assert page.locator("i").all_text_contents() == ["期满已 696 天", "11月"]
    for style in STYLES:
        place = f"#cite-{style.replace('_', '-')}"
        assert page.text_content(place) == getattr(citations(ITEM, date(2026, 11, 9)), style), style
        button = page.locator(f'button[data-copy="{place}"]')
        assert button.text_content() == "复制"
        described = page.text_content(f"#{button.get_attribute('aria-describedby')}")
        assert described == wording("citation")["labels"][style]
    assert "查阅日期已填为今天" in (page.text_content("[data-accessed-note]") or "")
    page.context.close()


@pytest.mark.xdist_group("small_site")
def test_a_citation_is_copied_from_the_keyboard_and_the_button_says_so(
    browser: Browser, small_site: str
) -> None:
    within = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = within.new_page()
    page.goto(small_site + HONOUR + "#cite")
    button = page.locator('button[data-copy="#cite-gbt7714-2025"]')
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_text("已复制")
    expect(page.locator("#yy-live")).to_have_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.text_content("#cite-gbt7714-2025")
    assert "[EB/OL]" in copied
    within.close()


@pytest.mark.xdist_group("sample_site")
@pytest.mark.parametrize("path", ["policies/wuhan/", "policies/wuhan/for-me/"])
def test_a_folded_citation_is_made_ready_when_it_opens(browser: Browser, sample_url: str, path: str) -> None:
    within = browser.new_context(timezone_id="Asia/Shanghai")
    page = within.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.set_fixed_time("2026-11-24T09:00:00+08:00")
    page.goto(sample_url + path, wait_until="networkidle")
    assert not [url for url in asked if url.endswith("cite.js")]
    page.locator("summary", has_text="引用本页").click()
    expect(page.locator("#cite-newspaper")).to_contain_text("查阅：2026年11月24日")
    page.goto(sample_url + path + "#cite")
    page.reload(wait_until="networkidle")
    expect(page.locator("#cite-newspaper")).to_contain_text("查阅：2026年11月24日")
    # Folded and opened again, it has no button twice.
    for _ in range(2):
        page.locator("summary", has_text="引用本页").click()
    expect(page.locator("#cite .yy-copy")).to_have_count(len(STYLES))
    within.close()
