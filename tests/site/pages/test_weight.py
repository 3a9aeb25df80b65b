"""Pages are light: what the bars of the project allow a notice to weigh, measured on the sample site."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from urllib.parse import urljoin

import pytest

RAW = 40_000
COMPRESSED = 10_000
FIRST_VIEW = 90_000
"""Bytes, as they are on disk: a server that compresses sends about a quarter."""
STYLES, STYLES_COMPRESSED = 40_000, 10_000

_CLASSES = re.compile(r'class="([^"]*)"')
_RULED = re.compile(r"\.(yy-[\w-]+)")
_SHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
_LOADED = re.compile(r'<(?:script src|link rel="(?:stylesheet|icon)"(?: type="[^"]+")? href)="([^"]+)"')
_DRAWN = re.compile(r'<use href="([^"#]+)#')


@pytest.fixture(scope="module")
def notices(sample_site: Path) -> list[Path]:
    return sorted(sample_site.glob("notices/*-[0-9]*-[0-9]*/index.html"))


def test_every_notice_is_light(notices: list[Path]) -> None:
    assert len(notices) > 40
    for page in notices:
        html = page.read_bytes()
        assert len(html) < RAW, page
        assert len(gzip.compress(html, 9, mtime=0)) < COMPRESSED, page


def test_the_whole_first_view_of_a_notice_is_light(sample_site: Path, notices: list[Path]) -> None:
    for page in notices:
        html = page.read_text(encoding="utf-8")
        base = f"/{page.parent.relative_to(sample_site).as_posix()}/"
        files = {urljoin(base, path) for path in (*_LOADED.findall(html), *_DRAWN.findall(html))}
        assert "/assets/yiyong.css" in files and "/assets/yiyong.js" in files and "/assets/icons.svg" in files
        weight = len(html.encode()) + sum((sample_site / path[1:]).stat().st_size for path in files)
        assert weight < FIRST_VIEW, (page, sorted(files))


def test_record_pages_carry_no_script_or_drawing_that_they_do_not_use(notices: list[Path]) -> None:
    for page in notices:
        html = page.read_text(encoding="utf-8")
        assert "assets/javascripts/" not in html
        assert "\\u" not in html
        assert "<path" not in html, "what is drawn stands in assets/icons.svg"


def test_long_pages_draw_by_themselves(sample_site: Path) -> None:
    drawings = (sample_site / "assets/icons.svg").read_text(encoding="utf-8")
    (mark,) = re.findall(r'<symbol id="mark"[^>]*>(.*?)</symbol>', drawings)
    for path in ("policies/wuhan/", "policies/compare/", "en/policies/wuhan/for-me/", "search/"):
        html = (sample_site / path / "index.html").read_text(encoding="utf-8")
        assert "icons.svg" not in html and html.count(mark) == 1, path
        assert html.count('<link rel="icon" type="image/svg+xml" href="data:image/svg+xml,') == 1, path


@pytest.fixture(scope="module")
def styled(sample_site: Path) -> dict[str, tuple[frozenset[str], tuple[str, ...]]]:
    """Every page of the site: its classes, and the style sheets that it loads."""
    found = {}
    for page in sorted(sample_site.rglob("*.html")):
        path = page.relative_to(sample_site).as_posix()
        html = page.read_text(encoding="utf-8")
        sheets = (urljoin(f"/{path}", sheet) for sheet in _SHEET.findall(html))
        classes = {name for names in _CLASSES.findall(html) for name in names.split()}
        found[path] = frozenset(classes), tuple(sheets)
    return found


def test_the_styles_of_every_page_are_light(
    sample_site: Path, styled: dict[str, tuple[frozenset[str], tuple[str, ...]]]
) -> None:
    assert not (sample_site / "assets/stylesheets").exists(), "Material's own"
    for sheets in {sheets for _, sheets in styled.values()}:
        whole = b"".join((sample_site / sheet[1:]).read_bytes() for sheet in sheets)
        assert len(whole) < STYLES, sheets
        assert len(gzip.compress(whole, 9, mtime=0)) < STYLES_COMPRESSED, sheets


def test_a_page_loads_the_rules_of_all_its_classes(
    sample_site: Path, styled: dict[str, tuple[frozenset[str], tuple[str, ...]]]
) -> None:
    """The styles are cut by kind of page: a part that moves to another kind must not lose its looks on the way."""
    rules = {
        f"/assets/{sheet.name}": frozenset(_RULED.findall(sheet.read_text(encoding="utf-8")))
        for sheet in (sample_site / "assets").glob("*.css")
    }
    ruled = frozenset[str]().union(*rules.values())
    missing = {
        (name, path)
        for path, (classes, sheets) in styled.items()
        for name in classes & ruled - frozenset[str]().union(*(rules[sheet] for sheet in sheets))
    }
    assert missing == set()


def test_a_page_waits_for_two_style_sheets_at_most(
    styled: dict[str, tuple[frozenset[str], tuple[str, ...]]],
) -> None:
    """The one of all pages and its own: a server without HTTP/2 is asked for each over a connection of its own."""
    for path, (_, sheets) in styled.items():
        screen = [sheet for sheet in sheets if not sheet.endswith("/office.css")]
        assert len(screen) <= 2, path
