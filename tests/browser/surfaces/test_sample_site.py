"""示例站点 in Chromium: every kind of page of the real site, built by MkDocs and stamped, as visitors get it.

Each page is opened once, on a small screen, and everything about it is noted; the tests then read the notes. It is
loaded anew only for the largest type.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, expect

from generator.pages.home_page import NOTICES
from generator.source.model.instant import SHANGHAI
from tests.accessibility import RULES, violations
from tests.projects import AS_OF

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("sample_site")]

KINDS = (
    "home",
    "notices",
    "notices of a city",
    "notices of a year",
    "open notice",
    "scheduled notice",
    "awaiting notice",
    "notice under review",
    "confirmed notice",
    "tombstone of a notice",
    "honours",
    "honours of a city",
    "roll of a year",
    "honour",
    "corrected honour",
    "tombstone of an honour",
    "policies",
    "comparison",
    "digest",
    "instrument",
    "how to object",
    "blank objection sheet",
    "data",
    "statistics",
    "changes",
    "search",
    "certificate check",
    "about",
    "not found",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was noted of one page."""

    status: int
    width: int
    widths_in_large_type: dict[int, int]
    """Width of the screen → width of the page in the largest type."""
    without_focus: list[str]
    """Summaries on which the focus cannot be seen."""
    summaries: int
    violations: list[tuple[str, list[str]]]
    requests: tuple[str, ...]
    complaints: tuple[str, ...]
    words: str = field(repr=False)
    """What the main part says, script on."""


def paths(site: Path) -> dict[str, str]:
    """One address for each kind of page, chosen by what the site's own data say of its records."""
    notices = json.loads((site / "api/v1/notices.json").read_bytes())
    honours = json.loads((site / "api/v1/honours.json").read_bytes())

    def having(records: list[dict[str, Any]], status: str) -> str:
        return next(_path(item["url"]) for item in records if item["status"] == status)

    instrument = next(item["url"] for item in json.loads((site / "api/v1/policies.json").read_bytes()))
    return {
        "home": "",
        "notices": "notices/",
        "notices of a city": "notices/wuhan/",
        "notices of a year": "notices/wuhan/2026/",
        "open notice": having(notices, "open"),
        "scheduled notice": having(notices, "scheduled"),
        "awaiting notice": having(notices, "awaiting"),
        "notice under review": having(notices, "under_review"),
        "confirmed notice": having(notices, "confirmed"),
        "tombstone of a notice": having(notices, "not_confirmed"),
        "honours": "honours/",
        "honours of a city": "honours/wuhan/",
        "roll of a year": "honours/wuhan/2026/",
        "honour": having(honours, "valid"),
        "corrected honour": having(honours, "corrected"),
        "tombstone of an honour": having(honours, "revoked"),
        "policies": "policies/",
        "comparison": "policies/compare/",
        "digest": "policies/wuhan/",
        "instrument": _path(instrument).partition("#")[0],
        "how to object": "objections/",
        "blank objection sheet": "objections/sheet/",
        "data": "data/",
        "statistics": "honours/statistics/",
        "changes": "changes/",
        "search": "search/",
        "certificate check": "verify/",
        "about": "about/",
        "not found": "404.html",
    }


def _path(url: str) -> str:
    return url.removeprefix("https://yiyong.example/")


@pytest.fixture(scope="module")
def seen(browser: Browser, sample_site: Path, sample_url: str) -> dict[str, Seen]:
    """Every kind of page, opened at 320 pixels, with whatever it asked for and complained of."""
    context = browser.new_context(
        viewport={"width": 320, "height": 800}, locale="zh-CN", timezone_id="America/New_York"
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    requests: list[str] = []
    complaints: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.clock.set_fixed_time(AS_OF + timedelta(minutes=30))
    found = {}
    for kind, path in paths(sample_site).items():
        requests.clear()
        complaints.clear()
        response = page.goto(sample_url + path)
        broken = violations(page, RULES)
        width = page.evaluate(_WIDTH)
        words = page.locator("main").inner_text()
        unseen, summaries = without_focus(page)
        found[kind] = Seen(
            status=response.status if response is not None else 0,
            width=width,
            widths_in_large_type=widths_in_large_type(page),
            without_focus=unseen,
            summaries=summaries,
            violations=broken,
            requests=tuple(requests),
            complaints=tuple(complaints),
            words=words,
        )
    context.close()
    return found


_WIDTH = "document.documentElement.scrollWidth"
_FOCUSED = """() => {
  const at = document.activeElement, {outlineStyle, outlineWidth} = getComputedStyle(at);
  return [at.tagName, at.textContent.trim().slice(0, 30), outlineStyle, parseFloat(outlineWidth)];
}"""


def without_focus(page: Page) -> tuple[list[str], int]:
    """Summaries on which the focus cannot be seen, and how many there are. Tab is pressed before each: without it
    the browser takes a focus for a mouse's."""
    unseen = []
    page.keyboard.press("Tab")
    summaries = page.locator("summary:visible").all()
    for summary in summaries:
        summary.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        tag, words, style, width = page.evaluate(_FOCUSED)
        if tag != "SUMMARY" or style != "solid" or width < 2:
            unseen.append(words)
    return unseen, len(summaries)


def widths_in_large_type(page: Page) -> dict[int, int]:
    """Width of the screen → width of the page in the largest type. The page is left as it was found."""
    page.evaluate("localStorage['yiyong.type'] = 3")
    page.reload()
    assert page.evaluate("document.documentElement.dataset.yyType") == "3"
    widths = {}
    for screen in (390, 320):
        page.set_viewport_size({"width": screen, "height": 844})
        widths[screen] = page.evaluate(_WIDTH)
    page.evaluate("localStorage.clear()")
    page.set_viewport_size({"width": 320, "height": 800})
    return widths


def test_every_kind_of_page_is_looked_at(seen: dict[str, Seen]) -> None:
    assert tuple(seen) == KINDS
    assert {kind: page.status for kind, page in seen.items() if page.status != 200} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_asks_its_own_origin_alone_and_complains_of_nothing(
    seen: dict[str, Seen], sample_url: str, kind: str
) -> None:
    assert seen[kind].requests
    assert [url for url in seen[kind].requests if not url.startswith((sample_url, "data:", "blob:"))] == []
    assert seen[kind].complaints == ()


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_fits_a_small_screen(seen: dict[str, Seen], kind: str) -> None:
    assert seen[kind].width <= 320


@pytest.mark.parametrize("kind", KINDS)
def test_the_largest_type_scrolls_no_page_sideways_on_a_phone(seen: dict[str, Seen], kind: str) -> None:
    widths = seen[kind].widths_in_large_type
    assert {screen: width for screen, width in widths.items() if width > screen} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_every_summary_shows_that_it_has_the_focus(seen: dict[str, Seen], kind: str) -> None:
    """WCAG 2.4.7."""
    assert seen[kind].without_focus == []


def test_there_are_summaries_to_look_at(seen: dict[str, Seen]) -> None:
    assert seen["digest"].summaries > 10


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_has_no_accessibility_violation(seen: dict[str, Seen], kind: str) -> None:
    assert seen[kind].violations == []


@pytest.fixture
def visit(browser: Browser, sample_url: str) -> Iterator[Callable[..., Page]]:
    """Open a page of the site; ``at`` sets its clock."""
    contexts = []

    def go(path: str = "", at: datetime | None = None, **more: Any) -> Page:
        context = browser.new_context(locale="zh-CN", **more)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        if at is not None:
            page.clock.set_fixed_time(at)
        page.goto(sample_url + path)
        return page

    yield go
    for context in contexts:
        context.close()


def test_a_visitor_finds_an_open_notice_from_home_in_two_clicks(
    visit: Callable[..., Page], sample_site: Path
) -> None:
    still_open = {
        _path(item["url"])
        for item in json.loads((sample_site / "api/v1/notices.json").read_bytes())
        if item["status"] == "open"
    }
    page = visit("", AS_OF + timedelta(minutes=30))
    page.locator("main").get_by_role("link", name="全部公示").first.click()
    page.locator("#open .yy-rows__title a").first.click()
    assert re.sub("^https?://[^/]+/", "", page.url) in still_open
    expect(page.locator(".yy-lead__main")).to_contain_text("公示中")
    expect(page.locator("#objection a[data-until]").first).to_be_visible()


def test_without_script_every_page_shows_its_content(
    visit: Callable[..., Page], sample_site: Path, sample_url: str
) -> None:
    page = visit("about/", java_script_enabled=False)
    for kind, path in paths(sample_site).items():
        page.goto(sample_url + path, wait_until="domcontentloaded")
        expect(page.locator("h1")).to_be_visible()
        said = page.locator("main").inner_text()
        assert len(said) > 60, kind
        assert not re.search(r"还有\s*[0-9]", said) or kind in ("about", "how to object"), kind
        assert page.locator(".yy-needs-script:visible").count() == 0, kind
        assert page.locator("main :text-matches('^\\\\s*(undefined|NaN|null|None)\\\\s*$')").count() == 0, (
            kind
        )


def test_lists_and_pages_agree_at_every_instant(
    visit: Callable[..., Page], sample_site: Path, sample_url: str
) -> None:
    """Days left as home, the list and the page give them, by the minute, and never more than before."""
    notices = json.loads((sample_site / "api/v1/notices.json").read_bytes())
    still_open = sorted((item["closes_at"], item["id"]) for item in notices if item["status"] == "open")
    last_on_home = still_open[:NOTICES][-1][1]
    item = next(item for item in notices if item["id"] == last_on_home)
    path, closes_at = _path(item["url"]), datetime.fromisoformat(item["closes_at"]).astimezone(SHANGHAI)
    span = closes_at - AS_OF
    instants = [AS_OF + span * n / 24 for n in range(24)]
    instants += [closes_at + timedelta(seconds=n) for n in (-61, -60, -59, -1, 0, 1, 86_400)]
    context = visit("about/", AS_OF, timezone_id="Pacific/Auckland").context
    pages = []
    for address in ("", "notices/", path):
        page = context.new_page()
        page.clock.set_fixed_time(AS_OF)
        page.goto(sample_url + address)
        pages.append(page)
    told: list[str] = []
    for instant in instants:
        row = f"[data-clock]:has(a[href$='{path}']) [data-left]"
        words = []
        for page, selector in zip(pages, (row, row, "[data-lead]"), strict=True):
            page.clock.set_fixed_time(instant)
            page.evaluate("dispatchEvent(new Event('pageshow'))")
            words.append(page.locator(selector).first.inner_text())
        home, listed, lead = words
        assert home == listed
        if instant < closes_at:
            assert f" · {home}，" in lead
        else:
            assert home == "已截止" and "期满" in lead
            assert pages[-1].locator("a[data-until]").count() == 0
        told.append(home)
    left = [_minutes(words) for words in told]
    assert left == sorted(left, reverse=True)
    assert left[0] > 1440 and left[-1] == 0


def _minutes(words: str) -> int:
    """还有 3 天 → minutes, as a lower bound."""
    if words == "已截止":
        return 0
    found = re.fullmatch("还有 ([0-9]+) (天|小时|分钟)", words)
    assert found is not None, words
    return int(found[1]) * {"天": 1440, "小时": 60, "分钟": 1}[found[2]]


def test_no_page_of_the_site_names_another_origin_as_a_source(sample_site: Path) -> None:
    """Every page, not one of a kind: what a browser would fetch by itself lies on the site."""
    fetched = "//script/@src | //img/@src | //source/@src | //iframe/@src | //object/@data | //link[not(@rel='canonical' or @rel='license' or @rel='alternate feed' or @rel='alternate' and @hreflang)]/@href"
    foreign = {
        (path.relative_to(sample_site).as_posix(), str(address))
        for path in sorted(sample_site.rglob("*.html"))
        for address in html.fromstring(path.read_bytes()).xpath(fetched)
        if re.match("(https?:)?//", str(address))
    }
    assert foreign == set()
