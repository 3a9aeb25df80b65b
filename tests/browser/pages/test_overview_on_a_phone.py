"""政策总览: a question of the table of all places at a time, on a phone as on a desk, and all of them on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.policy_site import pages
from tests.projects import ROOT

pytestmark = pytest.mark.browser

SHEETS = ("yiyong.css", "policies.css", "compare.css")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_deadlines_are_open_and_the_others_open_one_by_one(browser: Browser, width: int) -> None:
    assets = ROOT / "site_config/theme/assets"
    styles = "".join((assets / name).read_text(encoding="utf-8") for name in SHEETS)
    script = (assets / "policies.js").read_text(encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.set_content(
        f'<!doctype html><html lang="zh"><head><style>{styles}</style></head><body>'
        f'<div class="md-typeset">{pages()["policies/"].body}</div><script>{script}</script></body></html>'
    )
    rows = page.locator("tbody tr")

    def shown() -> list[bool]:
        return [row.locator("td").first.is_visible() for row in rows.all()]

    deadlines, first = (
        row.get_by_role("button") for row in (rows.filter(has_text="多久之内申请"), rows.first)
    )
    assert shown().count(True) == 1 and deadlines.get_attribute("aria-expanded") == "true"
    assert first.get_attribute("aria-expanded") == "false"
    first.focus()
    page.keyboard.press("Enter")
    assert first.get_attribute("aria-expanded") == "true" and shown()[0]
    page.emulate_media(media="print")
    assert all(shown())
    page.emulate_media(media="screen")
    # A place has room for its words: no column of a few characters.
    assert (
        min(
            page.locator("tbody td:visible > div").evaluate_all(
                "cells => cells.map(cell => cell.offsetWidth)"
            )
        )
        > 220
    )
    page.close()
