"""A visitor at the keyboard, at the printer and in large type, on the real sample site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.surfaces.test_sample_site import KINDS, paths

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("sample_site")]

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def addresses(sample_site: Path) -> dict[str, str]:
    return paths(sample_site)


@pytest.fixture
def visit(browser: Browser, sample_url: str, addresses: dict[str, str]) -> Iterator[Open]:
    """Open a kind of page; ``size`` is the step of large type."""
    contexts = []

    def go(kind: str, width: int = 1280, height: int = 844, size: int = 0) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        contexts.append(context)
        if size:
            context.add_init_script(f"localStorage['yiyong.type'] = {size}")
        page = context.new_page()
        page.goto(sample_url + addresses[kind])
        return page

    yield go
    for context in contexts:
        context.close()


_FOCUSED = """() => {
  const at = document.activeElement, {outlineStyle, outlineWidth, outlineColor} = getComputedStyle(at);
  return [at.tagName, at.textContent.trim().slice(0, 30), outlineStyle, parseFloat(outlineWidth), outlineColor];
}"""


@pytest.mark.parametrize("kind", KINDS)
def test_every_summary_shows_that_it_has_the_focus(visit: Open, kind: str) -> None:
    """WCAG 2.4.7. Tab is pressed before each: without it the browser takes a focus for a mouse's."""
    page = visit(kind)
    page.keyboard.press("Tab")
    for summary in page.locator("summary:visible").all():
        summary.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        tag, words, style, width, _ = page.evaluate(_FOCUSED)
        assert tag == "SUMMARY"
        assert style == "solid" and width >= 2, words


def test_there_are_summaries_to_look_at(visit: Open) -> None:
    assert visit("digest").locator("summary").count() > 20


_CELL = """cell => {
  const {borderTopStyle, borderTopWidth, borderLeftStyle} = getComputedStyle(cell);
  return [borderTopStyle, borderLeftStyle, parseFloat(borderTopWidth), cell.getBoundingClientRect().height];
}"""


def test_the_blank_sheet_is_one_page_of_ruled_cells(visit: Open, tmp_path: Path) -> None:
    page = visit("blank objection sheet")
    for media in ("screen", "print"):
        page.emulate_media(media=media)  # type: ignore[arg-type]
        cells = page.locator(".yy-sheet td")
        assert cells.count() == 15
        for cell in cells.all():
            top, left, width, height = cell.evaluate(_CELL)
            assert (top, left) == ("solid", "solid") and width > 0 and height >= 25, media
    tall = page.locator(".yy-sheet__row--tall td")
    assert tall.count() == 1
    writing = tall.evaluate("cell => getComputedStyle(cell).backgroundImage")
    assert "repeating-linear-gradient" in writing, "facts and reasons have lines to write on"
    pdf = tmp_path / "sheet.pdf"
    page.pdf(path=pdf, prefer_css_page_size=True)
    assert len(PdfReader(pdf).pages) == 1


def test_a_corrected_honour_has_a_badge_of_its_own(visit: Open) -> None:
    look = "e => { const {color, borderStyle} = getComputedStyle(e); return [color, borderStyle] }"
    dot = "e => { const {transform, backgroundColor} = getComputedStyle(e, '::before'); return [transform, backgroundColor] }"
    valid, corrected = (
        (badge.evaluate(look), badge.evaluate(dot))
        for badge in (visit(kind).locator(".yy-badge").first for kind in ("honour", "corrected honour"))
    )
    plain = visit("awaiting notice").locator(".yy-badge").first.evaluate(look)
    assert corrected != valid and corrected[0] != plain
