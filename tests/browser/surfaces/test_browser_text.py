"""The text of the browser itself at twice its size, on a phone (WCAG 1.4.4): what /accessibility/ states.

Set in the browser and not on the page: so the widths of the style sheets, in em, shrink as they do for a visitor.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.surfaces.test_sample_site import kinds_of_page
from tests.chromium import CHROMIUM, FLAGS
from tests.journeys import SOME_AND_REST
from tests.projects import AS_OF

_OPEN_ALL = "document.querySelectorAll('details').forEach(fold => fold.open = true)"
_WIDTH = "document.documentElement.scrollWidth"
# Two dates or telephone numbers over one another, or two words of a chart, and those that run out of the screen.
_SPOILT = """() => {
    const kept = [...document.querySelectorAll("main :is(time, .yy-whole, a[href^='tel:'], .yy-chart text)")]
        .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.querySelector(".yy-whole") && (e.matches("text") || /\\d{2}/.test(e.textContent)));
    const lines = kept.map(e => [...e.getClientRects()].filter(r => r.width > 1));
    const found = [];
    lines.forEach((mine, i) => {
        if (mine.some(r => r.right > innerWidth)) found.push(kept[i].textContent);
        lines.slice(i + 1).forEach((other, j) => {
            for (const a of mine) for (const b of other)
                if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
                    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > a.height * 0.4)
                    found.push(`${kept[i].textContent} / ${kept[i + 1 + j].textContent}`);
        });
    });
    return [...new Set(found)];
}"""


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    large = browser.browser_type.launch(
        executable_path=CHROMIUM, args=[*FLAGS, "--blink-settings=defaultFontSize=32"]
    )
    page = large.new_page(viewport={"width": 390, "height": 844}, timezone_id="Asia/Shanghai")
    page.clock.set_fixed_time(AS_OF + timedelta(minutes=30))
    yield page
    large.close()


@pytest.mark.parametrize("width", [390, 320])
@pytest.mark.parametrize("type_", ["1", "2", "3"])
def test_in_large_type_the_words_of_a_chart_stay_apart(
    browser: Browser, sample_url: str, width: int, type_: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844})
    for path in ("", "honours/statistics/"):
        page.goto(sample_url + path)
        page.evaluate("type => document.documentElement.dataset.yyType = type", type_)
        page.evaluate(_OPEN_ALL)
        assert page.locator(".yy-chart text:visible").count() > 5
        assert page.evaluate(_SPOILT) == [], path
    page.close()


@pytest.mark.parametrize("rest", SOME_AND_REST)
def test_at_twice_the_size_of_text_dates_stay_apart_and_nothing_scrolls_sideways(
    phone: Page, sample_url: str, sample_site: Path, rest: bool
) -> None:
    spoilt = {}
    for kind, path in kinds_of_page(sample_site, rest).items():
        phone.goto(sample_url + path)
        phone.evaluate(_OPEN_ALL)
        found = (phone.evaluate(_WIDTH), phone.evaluate(_SPOILT))
        if found != (390, []):
            spoilt[kind] = found
    assert spoilt == {}


def _records_and_rules(site: Path) -> list[str]:
    """Every notice, honour, decision and digest, in both languages."""
    shapes = ("notices/*-*-*", "honours/*-*-*", "decisions/*-*-*", "policies/*", "en/policies/*")
    pages = [page for shape in shapes for page in sorted(site.glob(f"{shape}/index.html"))]
    return [f"{page.parent.relative_to(site)}/" for page in pages]


@pytest.mark.parametrize("rest", SOME_AND_REST)
@pytest.mark.parametrize(("way", "width"), [("of the browser", 390), ("of the page", 390), ("as it is", 320)])
def test_no_record_and_no_digest_is_wider_than_a_phone(
    phone: Page, browser: Browser, sample_url: str, sample_site: Path, way: str, width: int, rest: bool
) -> None:
    """Each of them: what breaks a line is the one long date, number or mark."""
    page = (
        phone
        if way == "of the browser"
        else browser.new_page(viewport={"width": width, "height": 844}, timezone_id="Asia/Shanghai")
    )
    every, spoilt = _records_and_rules(sample_site), {}
    pages = [path for number, path in enumerate(every) if (number % 8 == 0) != rest]
    for path in pages:
        page.goto(sample_url + path, wait_until="domcontentloaded")
        if way == "of the page":
            page.evaluate("document.documentElement.style.fontSize = '200%'")
        page.evaluate(_OPEN_ALL)
        found = (page.evaluate(_WIDTH), page.evaluate(_SPOILT))
        if found != (width, []):
            spoilt[path] = found
    if page is not phone:
        page.close()
    assert len(every) > 120 and spoilt == {}


@pytest.mark.parametrize("way", ["of the browser", "of the page"])
def test_however_text_is_made_larger_headings_grow_bars_do_not_and_no_page_slides(
    phone: Page, browser: Browser, sample_url: str, way: str
) -> None:
    """A style of the reader's own enlarges the page and not the widths of the style sheets, which are in em."""
    page = phone if way == "of the browser" else browser.new_page(viewport={"width": 390, "height": 844})
    page.clock.set_fixed_time(AS_OF + timedelta(minutes=30))
    size = "one => parseFloat(getComputedStyle(one).fontSize)"
    for path in ("", "honours/", "honours/wuhan/", "honours/statistics/", "notices/wuhan-2026-0009/"):
        page.goto(sample_url + path)
        for root in ("",) if way == "of the browser" else ("200%", "250%"):
            page.evaluate("size => document.documentElement.style.fontSize = size", root)
            page.evaluate(_OPEN_ALL)
            assert (page.evaluate(_WIDTH), page.evaluate(_SPOILT)) == (390, []), (path, root)
            body = page.locator("main p:visible").first.evaluate(size)
            assert page.locator("h1").evaluate(size) > body, (path, root)
    assert page.locator(".yy-bar--open").bounding_box()["height"] < 844 / 6  # type: ignore[index]
    if way == "of the page":  # No room for how long: the way to object takes the line.
        assert page.locator(".yy-bar--open a").bounding_box()["width"] > 390 * 0.8  # type: ignore[index]
    if page is not phone:
        page.close()


def test_a_menu_that_goes_on_beyond_the_screen_has_a_shade_at_that_edge(
    browser: Browser, sample_url: str
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{sample_url}notices/")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    menu = page.locator(".yy-tabs ul")
    assert menu.evaluate("menu => menu.scrollWidth > menu.clientWidth")
    before = menu.screenshot()
    menu.evaluate("menu => menu.style.background = 'none'")
    assert menu.screenshot() != before, "shown only where something is beyond"
    page.evaluate("document.documentElement.style.fontSize = ''")
    bare = menu.screenshot()
    menu.evaluate("menu => menu.style.background = ''")
    assert menu.screenshot() == bare
    page.close()


def test_in_the_largest_type_the_name_grows_and_stays_whole(browser: Browser, sample_url: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    size = "parseFloat(getComputedStyle(document.querySelector('.yy-brand__name')).fontSize)"
    page.goto(f"{sample_url}notices/")
    usual = page.evaluate(size)
    page.add_init_script("localStorage['yiyong.type'] = 3")
    page.goto(f"{sample_url}notices/")
    assert page.evaluate(size) > usual
    assert page.evaluate(_HEAD)[1] == 1
    page.close()


# Where the content begins, on how many lines the name stands, and whether each column of the menu can be come to.
_HEAD = """() => {
    const name = document.createRange();
    name.selectNodeContents(document.querySelector(".yy-brand__name"));
    const tops = new Set([...name.getClientRects()].map(r => Math.round(r.top)));
    const hidden = [...document.querySelectorAll(".yy-tabs a")].filter(tab => {
        tab.focus();
        const box = tab.getBoundingClientRect();
        return Math.min(box.right, innerWidth) - Math.max(box.left, 0) < box.width / 4;
    });
    scrollTo(0, 0);
    return [document.querySelector("main").getBoundingClientRect().top, tops.size, hidden.map(tab => tab.textContent)];
}"""
_PLACES = (
    "",
    "notices/",
    "notices/wuhan-2026-0009/",
    "notices/kunming-2024-0003/",
    "honours/",
    "policies/wuhan/",
)


@pytest.mark.parametrize("way", ["of the browser", "of the page"])
def test_at_twice_the_size_of_text_the_content_begins_on_the_first_half_of_the_screen(
    phone: Page, browser: Browser, sample_url: str, way: str
) -> None:
    page = phone if way == "of the browser" else browser.new_page(viewport={"width": 390, "height": 844})
    page.clock.set_fixed_time(AS_OF + timedelta(minutes=30))
    found = {}
    for path in (*_PLACES, "en/"):
        page.goto(sample_url + path)
        if way == "of the page":
            page.evaluate("document.documentElement.style.fontSize = '200%'")
        top, lines, hidden = page.evaluate(_HEAD)
        if top > (410 if path == "en/" else 380) or lines != 1 or hidden:
            found[path] = (top, lines, hidden)
    assert found == {}
    if page is not phone:
        page.close()


def test_in_the_largest_type_the_content_begins_in_the_first_quarter_of_the_screen(
    browser: Browser, sample_url: str
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.clock.set_fixed_time(AS_OF + timedelta(minutes=30))
    page.add_init_script("localStorage['yiyong.type'] = 3")
    found = {}
    for path in _PLACES:
        page.goto(sample_url + path)
        top, _, hidden = page.evaluate(_HEAD)
        if top > 211 or hidden:
            found[path] = (top, hidden)
    page.close()
    assert found == {}
