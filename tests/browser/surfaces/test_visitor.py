"""A visitor at the keyboard, at the printer and in large type, on the real sample site."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.browser.surfaces.test_sample_site import paths
from tests.printed_sheets import qr_code_of, text_of
from tests.projects import AS_OF
from tests.tagged_pdf import tagged

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


@pytest.mark.parametrize(
    ("width", "size", "most"), [(320, 0, 200), (390, 0, 200), (390, 1, 270), (390, 3, 270)]
)
def test_the_header_leaves_the_screen_to_the_page(visit: Open, width: int, size: int, most: int) -> None:
    """The sample's own banner, some 50 pixels, is among them."""
    page = visit("open notice", width=width, size=size)
    page.evaluate(
        "const e = document.getElementById('yy-fresh'); e.className = ''; e.textContent = '数据截至 2026年11月22日 09:00（北京时间）'"
    )
    assert page.evaluate("document.querySelector('.yy-tabs').getBoundingClientRect().bottom") <= most


def test_what_goes_on_beyond_the_edge_casts_a_shadow(visit: Open) -> None:
    page = visit("roll of a year", width=390)
    page.locator("summary").filter(has_text="逐项清单").click()
    table = page.locator(".yy-scroll").first
    assert table.evaluate("e => e.scrollWidth > e.clientWidth")
    assert table.evaluate("e => getComputedStyle(e).backgroundAttachment").count("local") == 2


@pytest.mark.parametrize(
    ("kind", "most"),
    [
        *(
            (kind, 3_000)
            for kind in ("home", "notices", "notices of a city", "honours", "roll of a year", "comparison")
        ),
        ("open notice", 3_600),
        ("digest", 5_000),
    ],
)
def test_what_few_read_is_folded_and_the_page_is_not_tall(visit: Open, kind: str, most: int) -> None:
    """Pixels on a desktop. A digest has its figures and its path open, and a notice whatever one objects by."""
    page = visit(kind)
    page.clock.set_fixed_time(AS_OF)
    page.reload()
    assert page.evaluate("document.documentElement.scrollHeight") <= most


_LINES = """e => {
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
}"""


def test_names_dates_and_figures_stay_whole_and_no_dot_ends_a_line(visit: Open) -> None:
    for kind in ("home", "notices", "honours", "open notice"):
        page = visit(kind, width=390)
        for place in page.locator(
            "h1, h2, .yy-rows__title, .yy-hero__now, .yy-lead__main, .yy-wall__more"
        ).all():
            lines = place.evaluate(_LINES)
            assert not [line for line in lines if line.endswith("·")], lines
            for before, after in pairwise(lines):
                assert not re.search(r"\d$", before) or not re.match(r"[\d年月日件项天人]", after), lines


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
    writing = tall.evaluate("cell => getComputedStyle(cell).backgroundImage")
    assert "repeating-linear-gradient" in writing, "facts and reasons have lines to write on"
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


def test_no_page_of_what_has_ended_prints_a_blank_sheet(
    browser: Browser, sample_url: str, sample_site: Path, tmp_path: Path
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
    for path in ended:
        page.goto(f"{sample_url}{path}")
        page.pdf(path=tmp_path / "ended.pdf", prefer_css_page_size=True)
        assert all(sheet.extract_text().strip() for sheet in PdfReader(tmp_path / "ended.pdf").pages), path
    page.close()


def test_every_honour_prints_on_one_framed_sheet_whose_code_leads_back(
    browser: Browser, sample_url: str, sample_site: Path, tmp_path: Path
) -> None:
    """Kin frame this sheet: names, title and deed, on one page, and a code that finds the record again."""
    page = browser.new_page()
    for record in sorted((sample_site / "api/v1/honours").glob("*-h*.json")):
        said = json.loads(record.read_text(encoding="utf-8"))
        if said["status"] == "revoked":
            continue
        page.goto(f"{sample_url}honours/{said['id']}/")
        sheet = tmp_path / f"{said['id']}.pdf"
        page.pdf(path=sheet, prefer_css_page_size=True)
        pages = PdfReader(sheet).pages
        assert len(pages) == 1, said["id"]
        printed = text_of(sheet)
        for words in (said["title"], said["grantor"], *(each["name"] for each in said["recipients"])):
            assert re.sub(r"\s", "", words) in printed, (said["id"], words)
    page.close()
    assert qr_code_of(sheet, 1) == said["url"]
