"""On a line of 50 KB a second and a server that compresses nothing, a page is painted within a second and a half."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.surfaces.test_sample_site import paths

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("sample_site")]

LINE = {"offline": False, "latency": 20, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
MOST = 1_500
"""Milliseconds."""

_WAITED_FOR = """() => performance.getEntriesByType("resource").filter((entry) => entry.renderBlockingStatus === "blocking")
  .map((entry) => [entry.name.split("/").pop(), Math.round(entry.responseEnd)])"""


@pytest.mark.parametrize("kind", ["home", "notices", "open notice", "roll of a year", "honour", "search"])
def test_what_the_first_paint_waits_for_is_there_in_time(
    browser: Browser, sample_url: str, sample_site: Path, kind: str
) -> None:
    """The line is emulated and the same on every machine; how long a busy one takes to paint is not the page's doing."""
    within = browser.new_context(viewport={"width": 390, "height": 844})
    page = within.new_page()
    session = within.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    page.goto(sample_url + paths(sample_site)[kind], wait_until="domcontentloaded")
    waited = dict(page.evaluate(_WAITED_FOR))
    within.close()
    assert "yiyong.css" in waited and not [name for name in waited if not name.endswith(".css")]
    assert max(waited.values()) < MOST, waited
