"""站点地图: complete, split where it must be, and silent about what must not be found."""

from __future__ import annotations

import json

import pytest
from lxml import etree

from generator.outputs import sitemap
from generator.outputs.sitemap import (
    PART,
    Icon,
    manifest_json,
    robots_txt,
    sitemap_entry,
    sitemap_files,
)
from generator.pages.page import Page
from generator.public.sitemap_entry import SitemapEntry
from tests.public_records import context

CONTEXT = context()
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(text: bytes) -> list[str]:
    return [str(node.text) for node in etree.fromstring(text).iter(f"{SPACE}loc")]


def page(path: str, *, noindex: bool = False, lastmod: str | None = None) -> Page:
    return Page(
        path=path, section="notices", title="x", description="x", body="", noindex=noindex, lastmod=lastmod
    )


def test_indexable_pages_stand_in_it_and_tombstones_do_not() -> None:
    pages = [page("notices/b/", lastmod="2026-11-20"), page(""), page("notices/a/", noindex=True)]
    entries = [entry for item in pages if (entry := sitemap_entry(item)) is not None]
    files = dict(sitemap_files(entries, CONTEXT))
    assert list(files) == ["sitemap.xml"]
    assert locations(files["sitemap.xml"]) == ["https://yiyong.example/", "https://yiyong.example/notices/b/"]
    assert etree.fromstring(files["sitemap.xml"]).findtext(f".//{SPACE}lastmod") == "2026-11-20"


def test_a_large_site_gets_an_index_whose_parts_hold_every_page_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert PART <= 50_000, "what the protocol allows"
    monkeypatch.setattr(sitemap, "PART", few := 500)
    entries = [
        SitemapEntry(f"notices/{number:06}/", f"2026-01-{number % 28 + 1:02}")
        for number in range(2 * few + 1)
    ]
    files = dict(sitemap_files(reversed(entries), CONTEXT))
    assert list(files) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    assert locations(files["sitemap.xml"]) == [f"https://yiyong.example/sitemap-{n}.xml" for n in (1, 2, 3)]
    found = [location for name in list(files)[1:] for location in locations(files[name])]
    assert found == [f"https://yiyong.example/{entry.path}" for entry in entries]
    assert max(len(locations(files[name])) for name in files) <= few


def test_robots_names_no_path_but_the_sitemap() -> None:
    lines = robots_txt(CONTEXT).decode().splitlines()
    assert lines == ["User-agent: *", "Allow: /", "Sitemap: https://yiyong.example/sitemap.xml"]


def test_the_manifest_works_under_any_folder() -> None:
    icon = Icon(path="assets/icon.svg", sizes="any", media="image/svg+xml")
    manifest = json.loads(
        manifest_json(CONTEXT, icons=[icon], theme_colour="#9b2226", background_colour="#fbf7ef")
    )
    assert manifest["name"] == "义勇录（示例）" and manifest["lang"] == "zh-CN"
    assert manifest["start_url"] == manifest["scope"] == "./"
    assert manifest["icons"] == [
        {"src": "assets/icon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
    ]
