"""An amount is read whole: no number of 政策总览 or of a digest is torn in two, at any width, in Chinese or in English."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from playwright.sync_api import Browser

from generator.catalogue import speaking
from generator.pages.english_pages import english_context
from generator.pages.policy.digests import render_digests
from tests.policy_site import pages, settings, site_context
from tests.projects import ROOT

pytestmark = pytest.mark.browser

SHEETS = {
    "policies/": ("yiyong.css", "policies.css", "compare.css"),
    "policies/luoyang/": ("yiyong.css", "policies.css", "digest.css"),
}
TORN = """() => [...document.querySelectorAll('.yy-amount b, :lang(zh) .yy-amount .yy-whole')].filter(b => b.getClientRects().length > 1)
  .map(b => b.textContent)"""
OUTSIDE = """() => [...document.querySelectorAll(':is(td, .yy-keys) .yy-amount b, :lang(zh) :is(td, .yy-keys) .yy-amount .yy-whole')].filter(b =>
  b.getBoundingClientRect().right > b.closest('td, .yy-key').getBoundingClientRect().right + 1).map(b => b.textContent)"""


@cache
def _english() -> dict[str, str]:
    context = english_context(replace(site_context(), english=settings().english))
    with speaking("en"):
        return {page.path: page.body for page in render_digests(context)}


@pytest.mark.parametrize("path", ["policies/", "policies/luoyang/"])
@pytest.mark.parametrize("language", ["zh", pytest.param("en", marks=pytest.mark.journey)])
def test_no_amount_is_torn_or_runs_out_of_its_place(browser: Browser, language: str, path: str) -> None:
    assets = ROOT / "site_config/theme/assets"
    styles = "".join((assets / name).read_text(encoding="utf-8") for name in SHEETS[path])
    body = pages()[path].body if language == "zh" else _english()[path]
    page = browser.new_page()
    page.set_content(
        f'<!doctype html><html lang="{language}"><head><style>{styles}</style></head><body>'
        f'<div class="md-grid md-typeset">{body}</div></body></html>'
    )
    for width in (1280, 1201, 1024, 768, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.locator(".yy-amount b").count() > 10
        assert page.evaluate(TORN) == [], width
        assert page.evaluate(OUTSIDE) == [], width
    page.close()
