"""Tables that are lists: on a phone each row is a block, whatever the size of type."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.every_row import every_row

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("policies_in_browser")]

_WIDER = "boxes => boxes.filter(box => box.scrollWidth > box.clientWidth).length"
_BROKEN = """words => words.filter(word => {
  const range = document.createRange(); range.selectNodeContents(word);
  return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1;
}).map(word => word.textContent)"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    yield page
    page.close()


@every_row("path", ["data/", "en/data/", "honours/hangzhou/2025/", "honours/wuhan/2026/"])
def test_no_row_is_cut_and_no_word_is_broken(page: Page, sample_url: str, path: str) -> None:
    page.goto(sample_url + path)
    for size in ("", "3"):
        page.evaluate("size => { document.documentElement.dataset.yyType = size; }", size)
        page.evaluate("size => size || delete document.documentElement.dataset.yyType", size)
        for fold in page.locator("details:not([open]):has(.yy-table--list)").all():
            fold.locator("summary").click()
        table = page.locator(".yy-scroll:has(.yy-table--list)")
        assert table.evaluate_all(_WIDER) == 0, size
        if "data/" in path:
            words = table.locator("tbody :is(th, td > a)")
            assert words.count() > 15 and words.evaluate_all(_BROKEN) == [], size


def test_a_code_of_the_codebook_begins_a_line_rather_than_break_after_a_letter(
    page: Page, sample_url: str
) -> None:
    page.goto(sample_url + "policies/codebook/")
    page.locator("details").evaluate_all("folds => { for (const fold of folds) fold.open = true; }")
    assert page.locator(".yy-codebook code:visible").evaluate_all(_BROKEN) == []


@every_row("path", ["policies/", "policies/compare/review/", "en/policies/compare/review/"])
def test_the_words_of_a_cell_are_as_large_as_can_be_read(page: Page, sample_url: str, path: str) -> None:
    page.goto(sample_url + path)
    page.locator("details").evaluate_all("folds => { for (const fold of folds) fold.open = true; }")
    sizes = page.locator(".yy-matrix td :is(p, a, span, small, b)").evaluate_all(
        "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert len(sizes) > 100 and min(sizes) >= 16
