"""Search over a large registry in a real browser: 300 records here, 20,000 by ``make scale``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.benchmarks.synthetic import AS_OF, write_registry
from tests.projects import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("large_site")]
RECORDS = int(os.environ.get("YIYONG_SCALE", "300"))
MOST_BYTES = 400_000
"""What a query for a name may move."""


@pytest.fixture(scope="module")
def large_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("large")
    write_registry(root, RECORDS)
    command = [
        sys.executable,
        "-m",
        "generator",
        "build",
        "--root",
        str(root),
        "--as-of",
        AS_OF,
        "--no-cache",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


@pytest.fixture(scope="module")
def notice(large_site: Path) -> dict[str, Any]:
    """A notice in the middle of the registry that names its person in full."""
    notices = json.loads((large_site / "api/v1/notices.json").read_text(encoding="utf-8"))
    named = [
        item for item in notices if item["act"] and item["persons"] and "某" not in item["persons"][0]["name"]
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
    """Addresses of the pages found."""
    more = "".join(f"&{quote(name)}={quote(value)}" for name, value in filters.items())
    page.goto(f"search/?q={quote(query)}{more}")
    expect(page.locator("[data-find=status]")).to_contain_text("找到", timeout=30_000)
    hits = page.locator(".yy-hit a")
    paths: list[str] = hits.evaluate_all("all => all.map(a => new URL(a.href).pathname)")
    return paths


def test_a_person_is_found_by_name_and_little_is_loaded(page: Page, notice: dict[str, Any]) -> None:
    name = notice["persons"][0]["name"]
    found = ask(page, name)
    assert f"/notices/{notice['id']}/" in found
    assert name in page.locator(".yy-hit a").first.inner_text()
    moved: int = page.evaluate(
        "performance.getEntriesByType('resource').filter(e => /pagefind|search/.test(e.name))"
        ".reduce((sum, e) => sum + e.transferSize, 0)"
    )
    assert 0 < moved < MOST_BYTES


def test_an_id_leads_to_its_page(page: Page, notice: dict[str, Any]) -> None:
    page.goto(f"search/?q={notice['id']}")
    page.wait_for_url(f"**/notices/{notice['id']}/")
    expect(page.locator("h1")).to_contain_text(notice["title"])


def test_a_phrase_of_a_deed_is_found_with_two_filters(page: Page, notice: dict[str, Any]) -> None:
    phrase = notice["act"]["summary"].split("，")[1].rstrip("。")
    city, year = notice["jurisdiction_name"], notice["id"].split("-")[1]
    found = ask(page, phrase, 城市=city, 年份=year)
    assert f"/notices/{notice['id']}/" in found
    assert all(path.split("/")[2].startswith(f"{notice['jurisdiction']}-{year}-") for path in found)
    assert page.locator(".yy-hit mark").first.inner_text() in phrase
