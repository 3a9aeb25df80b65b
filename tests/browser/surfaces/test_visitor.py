"""A visitor at the keyboard, at the printer and in large type, on the real sample site."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browser.surfaces.test_sample_site import paths
from tests.journeys import SOME_AND_REST, share
from tests.printed_sheets import plain, qr_code_of, sheets_of
from tests.tagged_pdf import tagged

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("sample_site")]

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def addresses(sample_site: Path) -> dict[str, str]:
    return paths(sample_site)


@pytest.fixture(scope="module")
def kept(browser: Browser) -> Iterator[Page]:
    """One page for all tests: one of its own costs twice a visit."""
    context = browser.new_context(locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.fixture
def visit(kept: Page, sample_url: str, addresses: dict[str, str]) -> Iterator[Open]:
    """Open a kind of page in the kept one, which then shows no other."""

    def go(kind: str, width: int = 1280, height: int = 844) -> Page:
        kept.set_viewport_size({"width": width, "height": height})
        kept.goto(sample_url + addresses[kind])
        return kept

    yield go
    kept.emulate_media(media="null")
    kept.evaluate("localStorage.clear()")


def test_the_header_leaves_the_screen_to_the_page(visit: Open) -> None:
    """The sample's own banner, some 50 pixels, is among them. In large type the head does not grow with the text."""
    page = visit("open notice")
    for width, size, most in ((320, 0, 200), (390, 0, 200), (390, 1, 195), (390, 2, 195), (390, 3, 195)):
        page.set_viewport_size({"width": width, "height": 844})
        page.evaluate(f"localStorage['yiyong.type'] = {size}")
        page.reload()
        page.evaluate(
            "const e = document.getElementById('yy-fresh'); document.documentElement.classList.remove('yy-stale'); e.textContent = '数据截至 2026年11月22日 09:00（北京时间）'"
        )
        bottom = page.evaluate("document.querySelector('.yy-tabs').getBoundingClientRect().bottom")
        assert bottom <= most, (width, size)


def test_what_goes_on_beyond_the_edge_casts_a_shadow(visit: Open) -> None:
    page = visit("comparison")
    for place in page.locator("[name=at]").all():
        place.check()
    table = page.locator(".yy-scroll").first
    assert table.evaluate("e => e.scrollWidth > e.clientWidth")
    assert table.evaluate("e => getComputedStyle(e).backgroundAttachment").count("local") == 2


_LINES = """all => all.map((e) => {
  const range = document.createRange(), lines = [];
  const walk = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    for (let at = 0; at < walk.currentNode.length; at++) {
      range.setStart(walk.currentNode, at);
      range.setEnd(walk.currentNode, at + 1);
      const {top, width} = range.getBoundingClientRect(), last = lines.at(-1);
      if (!width) continue;
      if (last && Math.abs(last[0] - top) < 8) last[1] += range.toString();
      else lines.push([top, range.toString()]);
    }
  }
  return lines.map(([, text]) => text.trim());
})"""
"""The lines of each place."""


def test_names_dates_and_figures_stay_whole_and_no_dot_ends_a_line(visit: Open) -> None:
    for kind in ("home", "notices", "honours", "open notice"):
        page = visit(kind, width=390)
        places = page.locator(
            "h1, h2, .yy-rows__title, .yy-hero__now, .yy-lead__main, .yy-wall__title, .yy-wall__more"
        )
        told = places.evaluate_all(_LINES)
        assert any(told)
        for lines in told:
            assert not [line for line in lines if line.endswith("·")], lines
            for before, after in pairwise(lines):
                assert not re.search(r"\d$", before) or not re.match(r"[\d年月日件项天人]", after), lines


def test_no_title_of_an_honour_is_parted_within_its_last_word(visit: Open) -> None:
    for kind in ("home", "honours"):
        for lines in visit(kind, width=390).locator(".yy-wall__title").evaluate_all(_LINES):
            assert all(len(line) > 3 for line in lines), (kind, lines)


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
    assert tall.count() == 1 and tall.bounding_box()["height"] >= 9 * 24  # type: ignore[index]
    pdf = tmp_path / "sheet.pdf"
    # A visitor's own browser tags what it prints; one that is driven does if it is told.
    page.pdf(path=pdf, prefer_css_page_size=True, tagged=True)
    assert len(PdfReader(pdf).pages) == 1
    told = tagged(pdf, declared=False)
    assert told.headings == (1, 2, 2, 2) and told.names.count("TH") >= 15


def test_a_corrected_honour_has_a_badge_of_its_own(visit: Open) -> None:
    look = "e => { const {color, borderStyle} = getComputedStyle(e); return [color, borderStyle] }"
    dot = "e => { const {transform, backgroundColor} = getComputedStyle(e, '::before'); return [transform, backgroundColor] }"
    valid, corrected = (
        (badge.evaluate(look), badge.evaluate(dot))
        for badge in (visit(kind).locator(".yy-badge").first for kind in ("honour", "corrected honour"))
    )
    plain = visit("awaiting notice").locator(".yy-badge").first.evaluate(look)
    assert corrected != valid and corrected[0] != plain


def test_the_deadline_that_leads_home_is_printed_on_one_line(visit: Open) -> None:
    page = visit("home", width=720)
    page.emulate_media(media="print")
    box = page.locator(".yy-hero__first [data-printed]").bounding_box()
    assert box is not None and box["width"] > 100 and box["height"] < 60


def test_two_names_on_a_small_screen_do_not_read_as_one(visit: Open, sample_url: str) -> None:
    page = visit("roll of a year", width=320)
    page.goto(f"{sample_url}honours/wuhan/2025/")
    gaps = page.evaluate(
        """() => [...document.querySelectorAll(".yy-wall__name")].flatMap((names) => {
            const boxes = [...names.querySelectorAll(".yy-nm")].map((name) => name.getBoundingClientRect());
            return boxes.slice(1).map((box, at) => [box.left - boxes[at].right, box.top - boxes[at].top]);
        })"""
    )
    assert gaps
    assert all(across > 6 or down > 0 for across, down in gaps), gaps


@pytest.mark.parametrize("rest", SOME_AND_REST)
def test_no_page_of_what_has_ended_prints_a_blank_sheet(
    browser: Browser, sample_url: str, sample_site: Path, tmp_path: Path, rest: bool
) -> None:
    page = browser.new_page()
    ended = [
        path
        for kind in ("notices", "honours")
        for item in json.loads((sample_site / f"api/v1/{kind}.json").read_bytes())
        if item["status"] in ("withdrawn", "not_confirmed", "not_awarded", "revoked")
        for path in (f"{kind}/{item['id']}/",)
    ]
    assert len(ended) > 4
    for path in share(ended, rest=rest, every=3):
        page.goto(f"{sample_url}{path}")
        page.pdf(path=tmp_path / "ended.pdf", prefer_css_page_size=True)
        assert all(sheets_of(tmp_path / "ended.pdf")), path
    page.close()


_PARTED = """names => {
    const parted = [];
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode;
        if (!node.parentElement.closest("h1, .yy-rows__title, .yy-lead, .yy-wall, .yy-person__name, .yy-grants")) continue;
        for (const name of names) {
            const at = node.data.indexOf(name);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + name.length);
            if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) parted.push(name);
        }
    }
    return parted;
}"""


@pytest.mark.parametrize("rest", SOME_AND_REST)
def test_in_the_largest_type_the_title_comes_soon_and_names_stay_whole(
    visit: Open, sample_url: str, sample_site: Path, rest: bool
) -> None:
    page = visit("home", width=390)
    page.evaluate("localStorage['yiyong.type'] = 3")
    records = [json.loads(file.read_bytes()) for file in sorted((sample_site / "api/v1").glob("*/*-*.json"))]
    people = {item["name"] for one in records for item in one.get("persons") or one.get("recipients") or ()}
    # One line has room for six characters: longer names break at their own marks.
    names = sorted(name for name in people if 1 < len(name) < 6)
    assert len(names) > 60
    shown = [f"notices/{one['id']}/" for one in records if one.get("persons")][::5]
    shown += [f"honours/{one['id']}/" for one in records if one.get("recipients")][::5]
    shown += ["notices/", "notices/wuhan/", "honours/", "honours/nanjing/2026/", "policies/"]
    for path in share(shown, rest=rest, every=3):
        page.goto(sample_url + path)
        assert page.evaluate("document.documentElement.dataset.yyType") == "3"
        assert page.locator("h1").bounding_box()["y"] < 422, path  # type: ignore[index]
        assert page.evaluate(_PARTED, names) == [], path


@pytest.mark.parametrize("rest", SOME_AND_REST)
def test_a_notice_before_its_end_prints_on_two_sheets_at_most(
    browser: Browser, sample_url: str, sample_site: Path, tmp_path: Path, rest: bool
) -> None:
    # Without scripts it is printed as it was built, whatever the day.
    page = browser.new_page(java_script_enabled=False)
    current = [
        item["id"]
        for item in json.loads((sample_site / "api/v1/notices.json").read_bytes())
        if item["status"] in ("open", "scheduled")
    ]
    assert len(current) > 10
    sheets = tmp_path / "notice.pdf"
    for notice in share(current, rest=rest):
        page.goto(f"{sample_url}notices/{notice}/")
        page.pdf(path=sheets, prefer_css_page_size=True)
        printed = sheets_of(sheets)
        assert len(printed) <= 2, notice
        # Its particulars are not parted.
        assert any("发布时间" in sheet and "公示阶段" in sheet for sheet in printed), notice
    page.close()


def test_a_state_that_is_printed_has_its_mark_and_room_around_it(browser: Browser, sample_url: str) -> None:
    page = browser.new_page()
    page.clock.set_fixed_time("2026-11-22T09:30:00+08:00")
    page.goto(f"{sample_url}notices/wuhan-2026-0009/")
    page.emulate_media(media="print")
    expect(page.locator(".yy-notice__state .yy-badge[data-printed]")).to_have_count(1)
    assert page.locator(".yy-notice__state .yy-badge[data-printed]").evaluate(
        "badge => [parseFloat(getComputedStyle(badge, '::before').width) > 4, parseFloat(getComputedStyle(badge).paddingLeft) > 4]"
    ) == [True, True]
    page.close()


def longest_honours(site: Path) -> list[dict[str, Any]]:
    """Of each state and number of people, with and without a picture, the honour with the most to print."""
    longest: dict[tuple[object, ...], tuple[int, dict[str, Any]]] = {}
    for record in sorted((site / "api/v1/honours").glob("*-h*.json")):
        said = json.loads(record.read_bytes())
        if said["status"] == "revoked":
            continue
        kind = said["status"], said["posthumous"], len(said["recipients"]), bool(said["portrait"])
        longest[kind] = max(
            longest.get(kind, (0, {})), (len(record.read_bytes()), said), key=lambda one: one[0]
        )
    return [said for _, said in longest.values()]


@pytest.mark.parametrize("rest", SOME_AND_REST)
def test_an_honour_prints_on_one_framed_sheet_whose_code_leads_back(
    browser: Browser, sample_url: str, sample_site: Path, tmp_path: Path, rest: bool
) -> None:
    """Kin frame this sheet: names, title and deed, on one page, and a code that finds the record again."""
    page = browser.new_page()
    printed = longest_honours(sample_site)
    assert len(printed) >= 6
    for said in share(printed, rest=rest, every=3):
        page.goto(f"{sample_url}honours/{said['id']}/")
        sheet = tmp_path / f"{said['id']}.pdf"
        page.pdf(path=sheet, prefer_css_page_size=True)
        (told,) = sheets_of(sheet)
        for words in (said["title"], said["grantor"], *(each["name"] for each in said["recipients"])):
            assert plain(words) in told, (said["id"], words)
        assert qr_code_of(sheet, 1) == said["url"]
        page.emulate_media(media="print")
        axes = page.evaluate(
            "[...document.querySelectorAll('.yy-honour, .yy-seal, .yy-seal svg, .yy-certificate__title')]"
            ".map(part => part.getBoundingClientRect()).map(box => box.left + box.width / 2)"
        )
        assert len(axes) == 4 and max(axes) - min(axes) < 1, (said["id"], axes)
        page.emulate_media(media=None)
    page.close()


def test_the_first_sentence_of_a_tombstone_has_room_beside_its_button(
    browser: Browser, sample_site: Path, sample_url: str
) -> None:
    """A lead in half a page was left 80 pixels by the button that leads to the notice published in its place."""
    graves = [
        page.parent.relative_to(sample_site)
        for page in sorted(sample_site.glob("*/*/index.html"))
        if "yy-tombstone" in page.read_text(encoding="utf-8")
    ]
    assert len(graves) > 3
    with browser.new_context(locale="zh-CN") as context:
        page = context.new_page()
        for width in (1280, 900):
            page.set_viewport_size({"width": width, "height": 844})
            for path in graves:
                page.goto(f"{sample_url}{path}/")
                room = page.evaluate("document.querySelector('.yy-lead__main').getBoundingClientRect().width")
                assert room >= 300, (str(path), width)


def test_a_printed_list_says_whose_it_is_and_fills_its_sheets(
    browser: Browser, sample_url: str, tmp_path: Path
) -> None:
    """Whole years jumped to the next sheet and left a heading alone, or stood alone at the foot of one."""
    page = browser.new_page(java_script_enabled=False)
    printed = tmp_path / "list.pdf"
    for path in ("honours/", "honours/wuhan/", "honours/kinds/water_rescue/", "notices/wuhan/"):
        page.goto(sample_url + path)
        page.pdf(path=printed, prefer_css_page_size=True)
        sheets = sheets_of(printed)
        first = page.locator("main :is(.yy-wall__name, .yy-rows__title)").first.text_content() or ""
        assert re.sub(r"\s", "", first)[:2] in sheets[0] and "义勇录" in sheets[0][:80], path
        assert len(sheets) < 3 and not [sheet for sheet in sheets if re.search(r"\d{4}年$", sheet)], path
        # A sheet of its own is not for the sentence with the total and the address.
        assert len(sheets[-1]) > 150, (path, sheets[-1])
    page.close()


def test_printed_statistics_have_their_numbers_beside_the_drawings(
    browser: Browser, sample_url: str, tmp_path: Path
) -> None:
    page = browser.new_page(java_script_enabled=False)
    sheet = tmp_path / "statistics.pdf"
    page.goto(f"{sample_url}honours/statistics/")
    page.pdf(path=sheet, prefer_css_page_size=True)
    sheets = sheets_of(sheet)
    told = "".join(sheets)
    assert "年份" in told and "确认年份" in told and "早年的荣誉可能收录不全" in told
    assert "下载数据" not in told and len(sheets) <= 3
    page.close()


def test_the_years_of_a_roll_stand_in_one_column(browser: Browser, sample_url: str) -> None:
    """Three years of one deed each in a row broke the rail of years."""
    page = browser.new_page(viewport={"width": 1280, "height": 844})
    page.goto(f"{sample_url}honours/wuhan/")
    places = [year.bounding_box() or {} for year in page.locator(".yy-year").all()]
    assert len(places) > 6 and len({box["x"] for box in places}) == 1
    assert len({box["y"] for box in places}) == len(places)
    page.close()


_LONG_LINES = """() => [...document.querySelectorAll("main :is(p, li, dd)")].filter((block) => {
    if (block.closest("#cite, .yy-links, .yy-total, .yy-rows") || block.querySelector("p, li, dd")) return false;
    const range = document.createRange();
    range.selectNodeContents(block);
    const boxes = [...range.getClientRects()].filter((box) => box.width > 1);
    const wide = Math.max(...boxes.map((box) => box.right)) - Math.min(...boxes.map((box) => box.left));
    return wide > 45 * parseFloat(getComputedStyle(block).fontSize);
}).map((block) => block.textContent.trim().slice(0, 40))"""


def test_no_paragraph_is_longer_than_a_line_of_a_book(browser: Browser, sample_url: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 844})
    long = {}
    for path in [
        "objections",
        "log",
        "data",
        "changes",
        "subscribe",
        "verify",
        "decisions",
        "about",
        "accessibility",
    ]:
        page.goto(f"{sample_url}{path}/")
        if found := page.evaluate(_LONG_LINES):
            long[path] = found
    page.close()
    assert long == {}
