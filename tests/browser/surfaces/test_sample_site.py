"""示例站点 in Chromium: every kind of page of the real site, built by MkDocs and stamped, as visitors get it.

Each page is opened once, on a small screen, and everything about it is noted, there and on a desktop, in the light and
in the dark; the tests then read the notes. It is loaded anew only for the largest type. ``make test`` opens the kinds that
between them have nearly every part (:data:`OFTEN`), ``make journeys`` the others.
"""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, expect

from generator.pages.home_page import NOTICES
from generator.source.model.instant import SHANGHAI
from tests.accessibility import COLOURS, RULES, violations
from tests.browser.surfaces.at_the_keyboard import Walk, faults_of, outline, walked
from tests.browser.surfaces.clipped_text import clipped_texts
from tests.browser.surfaces.lines_on_a_phone import lines_begun_by_marks, parted_numbers
from tests.journeys import SOME_AND_REST
from tests.printed_sheets import lines_of, plain, qr_code_of, sheets_of
from tests.projects import AS_OF

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("sample_site")]

TALLEST = 3_000
"""Pixels that a page may be tall on a desktop of 1,280."""
TALLER = {
    "open notice": (3_600, "the deed, whom to write to and how are what the page is for; the rest is folded"),
    "scheduled notice": (3_600, "the same, and from when each way is open"),
    "awaiting notice": (3_400, "the deed in full"),
    "notice under review": (3_500, "the deed in full, and what to expect while it is examined"),
    "confirmed notice": (3_400, "the deed in full"),
    "honour": (3_400, "the story is the monument; decision and citation are short"),
    "corrected honour": (3_400, "the same, with what was corrected"),
    "memorial honour": (3_400, "the same"),
    "decision": (3_100, "all that the sheet grants, what the site has not of it, and where to ask"),
    "digest": (
        4_450,
        "whom to call, the figures with their conditions, what happens where nobody applied, and the steps; the ten groups beneath are folded to a line each",
    ),
    "digest of a province": (4_600, "the same"),
    "daily digest": (
        3_100,
        "what happened in the last days, each notice with its deed; each month has its page",
    ),
    "daily digest of a month": (4_000, "what happened in a month, day by day"),
    "how to object": (3_300, "it is read from end to end, in lines of forty characters"),
    "data": (3_300, "files, licence and fields of seven tables, which are folded"),
    "notices": (
        3_500,
        "what is open and what waits for its result, each with its deed; what has ended is cut off",
    ),
    "English home": (3_400, "the notices that are open, each with its deed and dates in a longer language"),
    "English group of the comparison": (3_200, "rows of words in a longer language"),
    "codebook": (3_100, "every code with what it means, and when each was added"),
    "English data": (3_500, "the same as the Chinese one"),
    "English how to object": (3_500, "the same in a longer language"),
    "English rules": (
        3_500,
        "a card of two links a city and a question with its answers, in a longer language",
    ),
    "English benefits for me": (3_100, "the same questions and groups in a longer language"),
    "English digest": (5_350, "the same as the Chinese one, with the organs in Chinese too"),
    "English about": (3_400, "it is read from end to end, in a longer language"),
    "awarded notice": (3_100, "the deed in full, and what the record leaves out"),
}
"""Kind of page → how tall it may be instead, and why folding would not serve."""


DARK = frozenset(
    (
        "home",
        "notices",
        "notices of a year",
        "open notice",
        "scheduled notice",
        "confirmed notice",
        "tombstone of a notice",
        "honours",
        "roll of a year",
        "honour",
        "tombstone of an honour",
        "policies",
        "comparison",
        "group of the comparison",
        "versions compared",
        "digest",
        "digest of a province",
        "instrument",
        "how to object",
        "data",
        "about",
        "not found",
    )
)
"""Kinds that are gone through in the dark too: between them they have every part that a page is made of."""
OFTEN = frozenset(
    (
        "home",
        "open notice",
        "tombstone of a notice",
        "roll of a year",
        "honour",
        "digest",
        "how to object",
        "data",
        "not found",
        "English home",
    )
)
"""Kinds that ``make test`` opens."""
OFTEN_DARK = frozenset(("home", "open notice", "honour", "digest"))
"""Kinds of :data:`OFTEN` that it goes through in the dark."""
IN_BOTH = "home"
"""The kind with which those of either run are compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was noted of one page."""

    status: int
    width: int
    widths_in_large_type: dict[int, int]
    """Width of the screen → width of the page in the largest type."""
    small_in_large_type: list[str]
    """What is smaller there than it may be: a heading than the text, a control of the head than 22 pixels."""
    width_of_double_text: int
    """Width of the page on a desktop of 1,280 whose owner has text of twice the size."""
    height: int
    """Height on a desktop of 1,280 pixels."""
    head: dict[int, tuple[int, int]]
    """Width of the screen → how far the middles of name, language and display are apart, and where they end."""
    walk: Walk
    outline: list[dict[str, Any]]
    violations: list[tuple[str, list[str]]]
    """On a small screen in the light, and of some kinds the colours on a desktop in the dark."""
    requests: tuple[str, ...]
    complaints: tuple[str, ...]
    clipped: dict[str, list[str]]
    """Screen and type → what is written there and cut off."""
    begun_by_marks: list[str]
    """Lines that begin with a mark on a phone."""
    parted_numbers: list[str]
    """Numbers of records that a narrow phone has on two lines."""
    words: str = field(repr=False)
    """What the main part says, script on."""


def paths(site: Path) -> dict[str, str]:
    """One address for each kind of page, chosen by what the site's own data say of its records."""
    notices = json.loads((site / "api/v1/notices.json").read_bytes())
    honours = json.loads((site / "api/v1/honours.json").read_bytes())

    def having(records: list[dict[str, Any]], status: str) -> str:
        return next(_path(item["url"]) for item in records if item["status"] == status)

    def of_honour(chosen: Callable[[dict[str, Any]], bool]) -> str:
        return next(_path(item["url"]) for item in honours if chosen(item))

    decision = json.loads((site / "api/v1/decisions.json").read_bytes())[0]
    instrument = next(item["url"] for item in json.loads((site / "api/v1/policies.json").read_bytes()))
    return {
        "home": "",
        "notices": "notices/",
        "notices of a city": "notices/wuhan/",
        "notices of a year": "notices/wuhan/2026/",
        "notices of a kind": "notices/kinds/water_rescue/",
        **{
            name: having(notices, status)
            for name, status in (
                ("open notice", "open"),
                ("scheduled notice", "scheduled"),
                ("awaiting notice", "awaiting"),
                ("notice under review", "under_review"),
                ("confirmed notice", "confirmed"),
                ("notice before an award", "awaiting_award"),
                ("awarded notice", "awarded"),
                ("recommended notice", "recommended"),
                ("tombstone of a notice", "not_confirmed"),
                ("withdrawn notice", "withdrawn"),
                ("revoked confirmation", "revoked"),
            )
        },
        "honours": "honours/",
        "honours of a city": "honours/wuhan/",
        "roll of a year": "honours/wuhan/2026/",
        "honours of a kind": "honours/kinds/water_rescue/",
        "honour": of_honour(lambda item: item["status"] == "valid" and not item["posthumous"]),
        "memorial honour": of_honour(lambda item: item["status"] == "valid" and item["posthumous"]),
        "corrected honour": having(honours, "corrected"),
        "tombstone of an honour": having(honours, "revoked"),
        "decisions": "decisions/",
        "decisions of a city": "decisions/wuhan/",
        "decision": _path(decision["url"]),
        "policies": "policies/",
        "comparison": "policies/compare/",
        "group of the comparison": "policies/compare/benefits/",
        "versions compared": "policies/compare/wuhan/",
        "digest": "policies/wuhan/",
        "digest of a province": "policies/hubei/",
        "benefits for me": "policies/wuhan/for-me/",
        "instrument": _path(instrument).partition("#")[0],
        "codebook": "policies/codebook/",
        "how to object": "objections/",
        "blank objection sheet": "objections/sheet/",
        "data": "data/",
        "statistics": "honours/statistics/",
        "changes": "changes/",
        "changes of a year": "changes/2026/1/",
        "subscriptions": "subscribe/",
        "daily digest": "daily/",
        "daily digest of a month": "daily/2026-11/",
        "search": "search/",
        "certificate check": "verify/",
        "about": "about/",
        "accessibility": "accessibility/",
        "not found": "404.html",
        "English home": "en/",
        "English how to object": "en/objections/",
        "English rules": "en/policies/",
        "English comparison": "en/policies/compare/",
        "English group of the comparison": "en/policies/compare/benefits/",
        "English digest": "en/policies/wuhan/",
        "English benefits for me": "en/policies/wuhan/for-me/",
        "English data": "en/data/",
        "English about": "en/about/",
    }


def kinds_of_page(site: Path, rest: bool) -> dict[str, str]:
    """Of :func:`paths` those of :data:`OFTEN`, or the rest; :data:`IN_BOTH` with either."""
    return {kind: path for kind, path in paths(site).items() if (kind in OFTEN) != rest or kind == IN_BOTH}


def _path(url: str) -> str:
    return url.removeprefix("https://yiyong.example/")


@pytest.fixture(scope="module", params=SOME_AND_REST)
def kinds(request: pytest.FixtureRequest, sample_site: Path) -> dict[str, str]:
    """The kinds of page that this run opens, and their addresses."""
    return kinds_of_page(sample_site, request.param)


@pytest.fixture(scope="module")
def seen(browser: Browser, kinds: dict[str, str], sample_url: str) -> dict[str, Seen]:
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
    for kind, path in kinds.items():
        requests.clear()
        complaints.clear()
        # The search offers its filters once it knows them.
        response = page.goto(sample_url + path, wait_until="networkidle" if kind == "search" else "load")
        broken = violations(page, RULES)
        width = page.evaluate(_WIDTH)
        words = page.locator("main").inner_text()
        head = rows_of_head(page)
        wide, small = in_large_type(page)
        page.set_viewport_size(DESKTOP)
        height = page.evaluate("document.documentElement.scrollHeight")
        if kind in DARK - (OFTEN - OFTEN_DARK):
            page.emulate_media(color_scheme="dark")
            broken += violations(page, COLOURS)
            page.emulate_media(color_scheme="light")
        tree = outline(page)
        walk = walked(page)
        begun, parted = lines_begun_by_marks(page), parted_numbers(page)
        page.set_viewport_size(DESKTOP)
        page.evaluate("document.documentElement.style.fontSize = '250%'")
        doubled = page.evaluate(_WIDTH)
        page.evaluate("document.documentElement.style.fontSize = ''")
        found[kind] = Seen(
            status=response.status if response is not None else 0,
            width=width,
            widths_in_large_type=wide,
            small_in_large_type=small,
            width_of_double_text=doubled,
            height=height,
            head=head,
            walk=walk,
            outline=tree,
            violations=broken,
            requests=tuple(requests),
            complaints=tuple(complaints),
            clipped=clipped_texts(page),
            begun_by_marks=begun,
            parted_numbers=parted,
            words=words,
        )
        page.set_viewport_size(PHONE)
    context.close()
    return found


_WIDTH = "document.documentElement.scrollWidth"
PHONE, DESKTOP = ViewportSize(width=320, height=800), ViewportSize(width=1280, height=800)


def rows_of_head(page: Page) -> dict[int, tuple[int, int]]:
    """Of screens of 390 and 320 pixels, in this order."""
    found = {}
    for screen in (390, 320):
        page.set_viewport_size({"width": screen, "height": 800})
        middles, right = page.evaluate(
            """() => {
                const parts = document.querySelectorAll(".yy-brand, .yy-tools a, #yy-type, #yy-scheme");
                const boxes = [...parts].map((part) => part.getBoundingClientRect());
                return [boxes.map((box) => box.y + box.height / 2), boxes.at(-1).right];
            }"""
        )
        assert len(middles) == 4
        found[screen] = round(max(middles) - min(middles)), round(right)
    return found


_SMALL = """() => {
    const size = (element) => parseFloat(getComputedStyle(element).fontSize);
    const text = size(document.querySelector(".md-typeset"));
    const heads = [...document.querySelectorAll("main :is(h1, h2, h3, h4)")].filter((head) => head.checkVisibility() && size(head) < text);
    const controls = [...document.querySelectorAll(".yy-tool, .yy-tabs a, .yy-strip")].filter((part) => size(part) < 16);
    return [...heads, ...controls].map((element) => `${element.textContent.trim()}: ${size(element)}`);
}"""


def in_large_type(page: Page) -> tuple[dict[int, int], list[str]]:
    """Width of the screen → width of the page in the largest type, and what is too small there. The page is left in its
    own type."""
    page.evaluate("localStorage['yiyong.type'] = 3")
    page.reload()
    assert page.evaluate("document.documentElement.dataset.yyType") == "3"
    widths = {}
    for screen in (390, 320):
        page.set_viewport_size({"width": screen, "height": 844})
        widths[screen] = page.evaluate(_WIDTH)
    small = page.evaluate(_SMALL)
    page.evaluate("localStorage.clear(); delete document.documentElement.dataset.yyType")
    return widths, small


def but(seen: dict[str, Seen], told: Callable[[Seen], Any]) -> dict[str, Any]:
    """Kind of page → what is wrong with it, of those with which anything is."""
    return {kind: wrong for kind, page in seen.items() if (wrong := told(page))}


def test_every_kind_of_page_is_there(seen: dict[str, Seen], sample_site: Path) -> None:
    assert set(TALLER) | DARK | OFTEN <= set(paths(sample_site))
    assert but(seen, lambda page: page.status != 200 and page.status) == {}


def test_a_page_asks_its_own_origin_alone_and_complains_of_nothing(
    seen: dict[str, Seen], sample_url: str
) -> None:
    own = (sample_url, "data:", "blob:")
    assert but(seen, lambda page: [url for url in page.requests if not url.startswith(own)]) == {}
    assert but(seen, lambda page: page.complaints) == {}


def test_no_page_scrolls_sideways_on_a_small_screen_in_the_largest_type_or_in_text_of_twice_the_size(
    seen: dict[str, Seen],
) -> None:
    """WCAG 1.4.4, 1.4.10."""
    assert but(seen, lambda page: page.width > 320 and page.width) == {}
    too_wide = but(seen, lambda page: {s: w for s, w in page.widths_in_large_type.items() if w > s})
    assert too_wide == {}
    assert but(seen, lambda page: page.width_of_double_text > 1280 and page.width_of_double_text) == {}


def test_in_the_largest_type_no_heading_is_smaller_than_the_text_and_the_head_is_large_too(
    seen: dict[str, Seen],
) -> None:
    assert but(seen, lambda page: page.small_in_large_type) == {}


def test_nothing_written_is_cut_off(seen: dict[str, Seen]) -> None:
    """A date that loses its hour or its last figure is another last moment."""
    assert but(seen, lambda page: page.clipped) == {}


def test_no_line_on_a_phone_begins_with_a_mark(seen: dict[str, Seen]) -> None:
    assert but(seen, lambda page: page.begun_by_marks) == {}


def test_no_number_of_a_record_goes_on_in_the_next_line(seen: dict[str, Seen]) -> None:
    assert but(seen, lambda page: page.parted_numbers) == {}


def test_on_a_phone_name_language_and_display_are_one_row_in_the_same_place(seen: dict[str, Seen]) -> None:
    """WCAG 3.2.3, 3.2.6."""
    for screen in (390, 320):
        assert {page.head[screen][0] for page in seen.values()} <= {0, 1}
        assert len({page.head[screen][1] for page in seen.values()}) == 1


def test_no_page_is_taller_than_it_must_be(seen: dict[str, Seen]) -> None:
    limits = {kind: TALLER.get(kind, (TALLEST, ""))[0] for kind in seen}
    assert {kind: page.height for kind, page in seen.items() if page.height > limits[kind]} == {}


def test_at_the_keyboard_every_stop_shows_the_focus_and_none_is_a_trap(seen: dict[str, Seen]) -> None:
    """WCAG 2.1.2, 2.4.3, 2.4.7, 2.4.11."""
    assert but(seen, lambda page: page.walk.faults) == {}
    # Of radio buttons one is a stop, of a date field each part.
    assert but(seen, lambda page: abs(page.walk.reached - page.walk.stops) > 2 and page.walk) == {}
    assert max(page.walk.stops for page in seen.values()) > 40


def test_a_screen_reader_gets_an_outline(seen: dict[str, Seen]) -> None:
    """WCAG 1.3.1, 4.1.2: one banner, main and footer, headings without a leap, and a name for what has to have one."""
    assert but(seen, lambda page: faults_of(page.outline)) == {}


def test_no_page_has_an_accessibility_violation(seen: dict[str, Seen]) -> None:
    assert but(seen, lambda page: page.violations) == {}


@pytest.mark.journey
def test_in_the_dark_no_colour_is_too_faint_on_the_others(
    visit: Callable[..., Page], sample_site: Path, sample_url: str
) -> None:
    """Those that :func:`seen` has in the light alone."""
    page = visit("about/", viewport=DESKTOP, color_scheme="dark")
    for kind in DARK & OFTEN - OFTEN_DARK:
        page.goto(sample_url + paths(sample_site)[kind])
        assert violations(page, COLOURS) == [], kind


def test_a_table_that_is_cards_on_a_phone_is_still_a_table(browser: Browser, sample_url: str) -> None:
    within = browser.new_context(viewport={"width": 390, "height": 800})
    page = within.new_page()
    page.goto(sample_url + "policies/")
    folded = page.locator(".yy-matrix tbody button[aria-expanded=false]")
    while folded.count():
        folded.first.click()
    roles = Counter(node["role"] for node in outline(page))
    within.close()
    assert roles["table"] == 1 and roles["rowheader"] >= 5 and roles["cell"] >= 7 * roles["rowheader"]


@pytest.mark.parametrize("script", [True, False])
def test_an_address_within_what_is_folded_opens_it(
    visit: Callable[..., Page], sample_url: str, script: bool
) -> None:
    page = visit(java_script_enabled=script)
    for path, open_ in (
        ("policies/wuhan/tiaoli-2015/#2025/art-11", "第十一条"),
        ("policies/codebook/#bonus", "荣誉和奖金"),
        ("policies/wuhan/#appeal_reconsideration", "有异议、不服怎么办"),
        ("notices/#confirmed", "已确认"),
    ):
        page.goto(sample_url + path)
        fold = page.locator("details[open] > summary").filter(has_text=open_)
        expect(fold.first).to_be_visible()
        place = page.locator(f'[id="{path.partition("#")[2]}"]')
        expect(place).to_be_in_viewport()


def test_a_chart_is_saved_as_a_picture_with_its_finding(visit: Callable[..., Page], tmp_path: Path) -> None:
    page = visit("honours/statistics/", viewport=PHONE, accept_downloads=True)
    figure = page.locator("figure", has=page.locator("[data-png]")).first
    width, height = figure.locator("svg.yy-chart").evaluate(
        "drawn => [drawn.getBoundingClientRect().width, drawn.getBoundingClientRect().height]"
    )
    with page.expect_download() as started:
        figure.locator("[data-png]").click()
    started.value.save_as(tmp_path / "chart.png")
    picture = Image.open(tmp_path / "chart.png").convert("RGB")
    assert started.value.suggested_filename.endswith(".png")
    assert picture.width == pytest.approx(2 * (width + 32), abs=2)
    assert picture.height >= 2 * height
    colours = {colour for _, colour in picture.getcolors(1 << 24) or ()}
    assert (0x9B, 0x2A, 0x1D) in colours, "its columns have the colour of the page"
    title = picture.crop((0, 0, picture.width, 96))
    assert len(title.getcolors(1 << 24) or ()) > 2, "the finding stands above"


@pytest.mark.parametrize(
    ("place", "goes_by_soldiers_law"),
    [("wuhan", True), ("kunming", False), ("hangzhou", True), ("qingdao", False)],
)
def test_kin_of_the_dead_read_first_what_decides_and_what_it_gives(
    visit: Callable[..., Page], place: str, goes_by_soldiers_law: bool
) -> None:
    chosen = "role=spouse&place=local&injury=death&honour=city_title"
    height = 844
    page = visit(f"policies/{place}/for-me/#{chosen}", viewport={"width": 390, "height": height})
    decides = page.locator("#decides")
    assert decides.get_attribute("open") is not None
    first = decides.locator("dd").first
    box = first.bounding_box()
    assert box is not None and box["y"] < height, "the question and a sum are on the first screen"
    ways = decides.locator("dt").all_inner_texts()
    assert "评定为烈士" in ways[0] and "视同工伤" in ways[1] and "现役军人" in ways[2]
    assert "都不是" in ways[3]
    told = decides.inner_text()
    assert "30倍" in told and "20倍" in told and "30日内" in told and "1年内" in told and "职工" in told
    assert told.index("先记住期限") < told.index("30日内") < told.index("30倍")
    shown = decides.bounding_box()
    assert shown is not None and shown["height"] < 1100, "how to go about it is folded"
    whole = decides.text_content() or ""
    assert "救他人受伤是否在内" in whole, "what an article leaves open is said beside it"
    size = decides.locator("li").first.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    assert size >= 16, "nobody is less fit to read small type"
    assert page.evaluate("document.documentElement.scrollHeight") < 5700
    results = page.locator("[data-result]:visible").evaluate_all("all => all.map(one => one.dataset.result)")
    chapters = [result for result in ("yours", "depends") if result in results]
    assert results[: len(chapters)] == chapters and "depends" in chapters, (
        "what is certain first, and no empty chapter"
    )
    kinds = page.locator('[data-result="depends"] [data-national] [data-group] > details')
    titles = kinds.locator("summary").all_text_contents()
    soldiers = [title for title in titles if "军人抚恤优待条例" in title]
    assert len(soldiers) == goes_by_soldiers_law, "no civilian is given it but where the local text says so"
    assert all("现役军人" in title and "地方规定写明" in title for title in soldiers)
    assert kinds.evaluate_all("all => all.every(one => !one.open)")
    page.locator("select[name=injury]").evaluate(
        "one => { one.value = 'none'; one.dispatchEvent(new Event('change', {bubbles: true})); }"
    )
    assert decides.is_hidden()


def test_whoever_must_object_tonight_finds_the_notice_on_the_page_on_objections(
    visit: Callable[..., Page],
) -> None:
    page = visit("objections/", viewport={"width": 390, "height": 844})
    row = page.locator("#open .yy-row, #turned-closed .yy-row").first
    assert (row.locator("a").get_attribute("href") or "").startswith("../notices/")
    assert page.locator(".yy-open-notices").count() == 0
    # What lies for months says so, and folds what has closed.
    page = visit("objections/", java_script_enabled=False)
    assert 1 <= page.locator("#open .yy-row--open").filter(visible=True).count() <= 5


def test_the_question_that_decides_is_there_without_script_and_in_english(
    visit: Callable[..., Page],
) -> None:
    digest = visit("policies/wuhan/")
    digest.get_by_role("link", name="家人牺牲的").click()
    expect(digest.locator("#decides")).to_have_attribute("open", "")
    page = visit("policies/wuhan/for-me/", java_script_enabled=False)
    assert page.locator("#decides").count() == 1
    link = page.locator("#decides a", has_text="第二十二条第（二）项")
    assert link.first.get_attribute("href")
    told = visit("en/policies/wuhan/for-me/#role=child&injury=death").locator("#decides").inner_text()
    assert "30 times" in told and not any("一" <= letter <= "鿿" for letter in told), told


def test_the_proof_of_a_decision_is_checked_on_the_page(
    visit: Callable[..., Page], sample_site: Path
) -> None:
    proof = next(sample_site.glob("decisions/*/proof")).read_bytes()

    def told(data: bytes) -> str:
        page = visit("verify/")
        page.get_by_label("公布证明文件").set_input_files(
            files=[{"name": "proof.json", "mimeType": "application/json", "buffer": data}]
        )
        answer = page.locator("[data-proof=answer]")
        expect(answer).not_to_have_text("", timeout=30_000)
        return answer.inner_text()

    assert json.loads(proof)["events"][0]["event"]["kind"] == "decision"
    assert "核对无误" in told(proof)
    assert "核对不符" in told(proof.replace(b'"status":"issued"', b'"status":"Issued"'))


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


@pytest.mark.parametrize(
    "path",
    [
        "policies/kunming/",
        *(
            pytest.param(path, marks=pytest.mark.journey)
            for path in ("policies/hubei/", "en/policies/wuhan/")
        ),
    ],
)
def test_a_digest_on_paper_has_its_points_and_the_way_to_the_rest(
    path: str, visit: Callable[..., Page], tmp_path: Path
) -> None:
    page = visit(path)
    sheet = tmp_path / "digest.pdf"
    page.pdf(path=sheet, prefer_css_page_size=True)
    printed = sheets_of(sheet)
    sheets = len(printed)
    # In English the organs' names in Chinese take one more.
    assert sheets <= 8 + path.startswith("en/")
    assert qr_code_of(sheet, sheets) == f"https://yiyong.example/{path}"
    told = "".join(printed)
    rules = page.locator("details.yy-topic").all()
    assert len(rules) > 20
    cited = [rule.locator("> summary > span").get_attribute("data-cited") or "" for rule in rules]
    whole = [words for words in cited if plain(f"({words})") in told]
    assert len(whole) > len(cited) * 0.8, "but for those that a line ends in"
    # What the reader unfolded is printed whole.
    topic = page.locator("details.yy-topic:not(#definition, #qualifying_act)").first
    folded = topic.locator(".yy-rules > li > div").last.text_content()
    last = plain(folded or "")[-12:]
    assert last not in told
    topic.evaluate("fold => { fold.open = true }")
    page.pdf(path=sheet, prefer_css_page_size=True)
    assert last in "".join(sheets_of(sheet))


@pytest.mark.parametrize(
    "path",
    [
        "notices/wuhan-2026-0002/",
        *(
            pytest.param(f"notices/{name}/", marks=pytest.mark.journey)
            for name in ("wuhan-2026-0009", "wuhan-2026-0010")
        ),
    ],
)
def test_a_notice_takes_two_sheets_of_paper(path: str, visit: Callable[..., Page], tmp_path: Path) -> None:
    """The longest of those that are open, and one with two corrections, of which two lines stood on a third sheet."""
    page = visit(path)
    sheet = tmp_path / "notice.pdf"
    page.pdf(path=sheet, prefer_css_page_size=True)
    sheets = sheets_of(sheet)
    assert len(sheets) == 2
    told = "".join(sheets)
    assert f"https://yiyong.example/{path}" in told and "加到日历" not in told


def test_the_blank_sheet_has_all_its_lines_on_paper(visit: Callable[..., Page], tmp_path: Path) -> None:
    """Nine rows to write on, each as high as the next, and no line thicker than another; every other row is high enough
    for handwriting, and the title has two lines."""
    page = visit("objections/sheet/")
    assert page.get_by_role("button", name="打印").is_visible()
    sheet = tmp_path / "sheet.pdf"
    page.pdf(path=sheet, prefer_css_page_size=True)
    assert len(sheets_of(sheet)) == 1
    page.emulate_media(media="print")
    height = "row => row.getBoundingClientRect().height * 25.4 / 96"
    assert min(row.evaluate(height) for row in page.locator(".yy-sheet__table tr").all()) >= 8.3
    assert page.locator(".yy-sheet__table tr").first.evaluate(height) >= 11.9
    for dots in (90, 300):
        lines = lines_of(sheet, dots)
        thick = [each for _, each in lines]
        assert max(thick) - min(thick) <= 1, (dots, lines)
        tops = [top for top, _ in lines]
        rows = [below - above for above, below in itertools.pairwise(tops)]
        nine = [rows[at : at + 9] for at in range(len(rows) - 8)]
        written = [own for own in nine if max(own) - min(own) <= 0.1 * max(own)]
        assert written, (dots, rows)


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


@pytest.mark.parametrize(
    ("path", "said", "closed"),
    [
        ("", "按现在的北京时间，下面列出的公示中有 {n}\u00a0件可以提出异议。", "已截止"),
        ("en/", "Of the notices listed below, {n} can be objected to now.", "Closed"),
    ],
)
def test_home_counts_and_shows_what_is_open_at_the_moment(
    visit: Callable[..., Page], sample_site: Path, path: str, said: str, closed: str
) -> None:
    """Days after the build: what has closed stands under its heading, what has opened among what is open."""
    at = AS_OF + timedelta(days=5)
    notices = json.loads((sample_site / "api/v1/notices.json").read_bytes())
    still_open = {
        _path(item["url"])
        for item in notices
        if item["status"] in ("open", "scheduled")
        and datetime.fromisoformat(item["opens_at"]) <= at < datetime.fromisoformat(item["closes_at"])
    }
    assert len(still_open) > NOTICES, "more than home shows at first"
    page = visit(path, at)
    expect(page.locator("h1")).to_have_text(said.format(n=len(still_open)))
    # The first of them leads the page and is not repeated in the list.
    links = page.locator(".yy-hero__first a:visible, #open .yy-rows__title a:visible").evaluate_all(
        "links => links.map(link => link.href)"
    )
    assert {re.sub("^https?://[^/]+/", "", link) for link in links} == still_open
    expect(page.locator("#turned-closed [data-left]").first).to_have_text(closed)


def test_without_script_every_page_shows_its_content(
    visit: Callable[..., Page], kinds: dict[str, str], sample_url: str
) -> None:
    page = visit("about/", java_script_enabled=False)
    for kind, path in kinds.items():
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


def test_less_than_a_day_is_told_in_hours(visit: Callable[..., Page]) -> None:
    """Tomorrow at half past five, seen this evening, is no whole day away."""
    closes_at = datetime.fromisoformat("2026-12-02T17:30+08:00")
    for before, said in (
        (timedelta(hours=20), "还有 20\u00a0小时"),
        (timedelta(hours=24, minutes=1), "还有 1\u00a0天"),
    ):
        lead = visit("notices/kunming-2026-0006/", closes_at - before).locator("[data-lead]")
        assert lead.inner_text() == f"公示中 · {said}，截至 12月2日 17:30"


def _minutes(words: str) -> int:
    """还有 3 天 → minutes, as a lower bound."""
    if words == "已截止":
        return 0
    found = re.fullmatch(r"(?:今天)?还有 ([0-9]+)\s(天|小时|分钟)", words)
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
