"""Pages are light: what the bars of the project allow a notice to weigh, measured on the sample site."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from urllib.parse import urljoin

import pytest

RAW = 40_000
COMPRESSED = 10_000
FIRST_VIEW = 250_000
"""Bytes, as they are on disk: a server that compresses sends about a quarter."""

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
