"""An amount is read whole: no number of 政策总览 is torn in two, at any width, in Chinese or in English."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from generator.catalogue import speaking
from generator.pages.english_pages import english_context
from generator.pages.policy.digests import render_digests
from tests.policy_site import pages, settings, site_context
from tests.projects import ROOT

pytestmark = pytest.mark.browser

SHEETS = ("yiyong.css", "policies.css", "compare.css")
TORN = """() => [...document.querySelectorAll('.yy-amount b')].filter(b => b.getClientRects().length > 1)
  .map(b => b.textContent)"""
OUTSIDE = """() => [...document.querySelectorAll('td .yy-amount b')].filter(b =>
  b.getBoundingClientRect().right > b.closest('td').getBoundingClientRect().right + 1).map(b => b.textContent)"""


def _english() -> str:
    context = english_context(replace(site_context(), english=settings().english))
    with speaking("en"):
        return next(page.body for page in render_digests(context) if page.path == "policies/")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_amount_is_torn_or_runs_out_of_its_cell(browser: Browser, language: str) -> None:
    assets = ROOT / "site_config/theme/assets"
    styles = "".join((assets / name).read_text(encoding="utf-8") for name in SHEETS)
    body = pages()["policies/"].body if language == "zh" else _english()
    page = browser.new_page()
    page.set_content(
        f'<!doctype html><html lang="{language}"><head><style>{styles}</style></head><body>'
        f'<div class="md-grid md-typeset">{body}</div></body></html>'
    )
    for width in (1280, 1201, 1024, 768, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.locator("td .yy-amount b").count() > 20
        assert page.evaluate(TORN) == [], width
        assert page.evaluate(OUTSIDE) == [], width
    page.close()
