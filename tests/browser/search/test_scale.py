"""Search over a large registry in a real browser: 300 records by ``make journeys``, 20,000 by ``make scale``."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.quick_build import no_posters
from tests.site.build.test_incremental import synthetic_project
from tests.sites import build_project

pytestmark = [
    pytest.mark.browser,
    pytest.mark.site,
    pytest.mark.journey,
    pytest.mark.xdist_group("large_site"),
]
RECORDS = int(os.environ.get("YIYONG_SCALE", "300"))
JOBS = os.cpu_count() or 1 if "YIYONG_SCALE" in os.environ else 1
MOST_BYTES, MOST_FILES = 140_000, 6
"""What a query may move beside its page, uncompressed, whatever the size of the registry."""


@pytest.fixture(scope="module")
def large_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = synthetic_project(tmp_path_factory.mktemp("large"), RECORDS)
    with no_posters():
        return build_project(root, root / "site", jobs=JOBS)


@pytest.fixture(scope="module")
def notice(large_site: Path) -> dict[str, Any]:
    """A notice in the middle of the registry that names somebody in full whom no other notice names."""
    pages = sorted(large_site.glob("api/v1/notices/*/*.json"))
    notices = [item for path in pages for item in json.loads(path.read_text(encoding="utf-8"))]
    times = Counter(person["name"] for item in notices for person in item["persons"])
    named = [
        item
        for item in notices
        if item["act"]
        and item["persons"]
        and "某" not in (name := item["persons"][0]["name"])
        and times[name] == 1
    ]
    chosen: dict[str, Any] = named[len(named) // 2]
    return chosen


@pytest.fixture
def page(large_site: Path, serve: Callable[[Path], str], browser: Browser) -> Iterator[Page]:
    """A page of a browser that has seen nothing of the site."""
    context = browser.new_context(locale="zh-CN", base_url=serve(large_site))
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


def ask(page: Page, query: str, **filters: str) -> list[str]:
    """Addresses of the first results."""
    more = "".join(f"&{quote(name)}={quote(value)}" for name, value in filters.items())
    page.goto(f"search/?q={quote(query)}{more}")
    expect(page.locator("[data-find=status]")).to_contain_text("找到", timeout=30_000)
    return paths(page)


def paths(page: Page) -> list[str]:
    """Addresses of the results that stand on the page."""
    found: list[str] = page.locator(".yy-hit a").evaluate_all("all => all.map(a => new URL(a.href).pathname)")
    return found


def assert_little_is_loaded(page: Page) -> None:
    """Files of the search alone."""
    sizes: list[int] = page.evaluate(
        "performance.getEntriesByType('resource').filter(e => /search\\/(words|texts)/.test(e.name))"
        ".map(e => e.encodedBodySize)"
    )
    assert 0 < len(sizes) <= MOST_FILES
    assert sum(sizes) < MOST_BYTES


def test_a_person_is_found_by_name_and_little_is_loaded(page: Page, notice: dict[str, Any]) -> None:
    name = notice["persons"][0]["name"]
    found = ask(page, name)
    assert f"/notices/{notice['id']}/" in found
    assert name in page.locator(".yy-hit a").first.inner_text()
    assert_little_is_loaded(page)


def test_an_id_leads_to_its_page(page: Page, notice: dict[str, Any]) -> None:
    page.goto(f"search/?q={notice['id']}")
    page.wait_for_url(f"**/notices/{notice['id']}/")
    expect(page.locator("h1")).to_contain_text(notice["title"])


def test_a_phrase_of_a_deed_is_found_with_two_filters(page: Page, notice: dict[str, Any]) -> None:
    phrase = notice["act"]["summary"].split("，")[1].rstrip("。")
    city, year = notice["jurisdiction_name"], notice["id"].split("-")[1]
    found = ask(page, phrase, 城市=city, 年份=year)
    assert_little_is_loaded(page)
    while (
        more := page.locator("[data-find=more]")
    ).is_visible() and f"/notices/{notice['id']}/" not in found:
        more.click()
        expect(page.locator(".yy-hit")).not_to_have_count(len(found))
        found = paths(page)
    assert f"/notices/{notice['id']}/" in found
    assert all(path.split("/")[2].startswith(f"{notice['jurisdiction']}-{year}-") for path in found)
    assert page.locator(".yy-hit mark").first.inner_text() in phrase
