"""记者的一条路 in Chromium: find a name, quote it, take the data, and a year later ask whether it still stands."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
import yaml
from playwright.sync_api import Browser, expect

from generator.pipeline.build import BuildOptions
from generator.pipeline.build import build as build_with
from generator.pipeline.mkdocs_adapter import build_with_mkdocs
from tests.projects import AS_OF, copy_project

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("sample_site")]
expect.set_options(timeout=20_000)

NAME, HONOUR = "宁昇", "wuhan-2026-h0001"
PAGE = f"honours/{HONOUR}/"


def test_from_a_name_to_a_quotation_and_the_data(
    browser: Browser, sample_site: Path, sample_url: str, tmp_path: Path
) -> None:
    within = browser.new_context(
        permissions=["clipboard-read", "clipboard-write"], accept_downloads=True, locale="zh-CN"
    )
    page = within.new_page()
    page.clock.set_fixed_time(AS_OF + timedelta(hours=1))
    page.goto(sample_url)
    box = page.get_by_role("searchbox").or_(page.get_by_role("combobox")).first
    box.fill(NAME)
    box.press("Enter")
    page.locator(f'main a[href*="{PAGE}"]').first.click()
    expect(page).to_have_url(sample_url + PAGE)
    expect(page.locator(".yy-badge--valid")).to_have_text("荣誉有效")

    page.locator("#check summary", has_text="引用本页").click()
    page.locator("#cite-gbt7714-2025 + .yy-copy").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert NAME in copied
    assert f"https://yiyong.example/{PAGE}" in copied
    assert "[2026-11-22]" in copied

    page.get_by_role("navigation").get_by_role("link", name="数据", exact=True).first.click()
    with page.expect_download() as started:
        page.locator('main a[href$="honours.xlsx"]').first.click()
    started.value.save_as(tmp_path / "honours.xlsx")
    within.close()

    sheet = openpyxl.load_workbook(tmp_path / "honours.xlsx").worksheets[0]
    header, *rows = sheet.iter_rows(values_only=True)
    assert sheet.auto_filter.ref is not None
    assert sheet.freeze_panes is not None
    year, persons, city, state = (header.index(name) for name in ("年份", "人次", "辖区", "状态代码"))
    found = [row for row in rows if row[year] == 2026 and row[city] == "武汉" and row[state] != "revoked"]
    roll = (sample_site / "honours/wuhan/2026/index.html").read_text()
    said = re.search(r"武汉市2026年见义勇为荣誉 (\d+)\s人次", roll)
    assert said is not None
    assert sum(int(str(row[persons])) for row in found) == int(said[1]) > 0


@pytest.mark.parametrize("revoked", [pytest.param(False, marks=pytest.mark.journey), True])
def test_a_year_later_the_badge_says_whether_it_stands(
    browser: Browser, sample_site: Path, serve: Callable[[Path], str], tmp_path: Path, *, revoked: bool
) -> None:
    quoted = json.loads((sample_site / f"api/v1/honours/{HONOUR}.json").read_bytes())["version"]
    root = copy_project(tmp_path / "later")
    for folder in (
        "registry/publications",
        "registry/decisions",
    ):  # they would ask where the other records are
        shutil.rmtree(root / folder)
    for path in (root / "registry/cases").rglob("*.yml"):
        if f"id: {HONOUR}" not in path.read_text():
            path.unlink()
    for path in (root / "content/policies").iterdir():
        if path.name not in ("wuhan", "hubei"):
            shutil.rmtree(path)
    if revoked:
        _revoke(root)
    later = AS_OF + timedelta(days=365)
    out = tmp_path / "site"
    build_with(
        BuildOptions(root=root, out=out, as_of=later, now=later, jobs=1, search=False),
        lambda prepared, staging: build_with_mkdocs(prepared, staging, root / "mkdocs.yml"),
    )
    url = serve(out)
    page = browser.new_page(locale="zh-CN")
    page.goto(url + PAGE)
    badge = page.request.get(f"{url}{PAGE}badge.svg").text()
    now = json.loads((out / f"api/v1/honours/{HONOUR}.json").read_bytes())
    if revoked:
        assert re.search("荣誉已于.+撤销", badge)
        assert quoted not in badge
        assert (now["status"], now["version"] == quoted) == ("revoked", False)
        expect(page.get_by_text("被撤销").first).to_be_visible()
        assert NAME not in page.content()
        roll = (out / "honours/wuhan/2026/index.html").read_text()
        assert HONOUR not in roll
        assert HONOUR in (out / "feeds/changes.atom").read_text()
    else:
        assert "荣誉有效" in badge
        assert quoted in badge
        assert (now["status"], now["version"]) == ("valid", quoted)
        expect(page.locator(".yy-badge--valid")).to_have_text("荣誉有效")
    page.close()


def _revoke(root: Path) -> None:
    """The record a year later: the same honour, taken back."""
    (path,) = (
        path for path in (root / "registry/cases/wuhan").rglob("*.yml") if f"id: {HONOUR}" in path.read_text()
    )
    record = yaml.load(path.read_text(), Loader=yaml.CBaseLoader)
    (honour,) = (item for item in record["honours"] if item["id"] == HONOUR)
    honour["revocation"] = {
        "revoked_on": "2027-06-01",
        "organ": honour["grantor"],
        "ground": "原确认已因弄虚作假撤销。",
        "article": "第三十五条",
    }
    path.write_text(yaml.safe_dump(record, allow_unicode=True, sort_keys=False))
