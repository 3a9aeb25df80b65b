"""A real browser: Debian's Chromium, started once a worker, without its windows where Debian's package of that is there.

``tests/conftest.py`` alone takes the fixture in, for tests of every folder: a second conftest would make a second
fixture of it, and Playwright starts once in a process. It is imported when the first test asks for it, so that tests
without a browser do without Playwright too.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

_PLACES = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
CHROMIUM = next((place for place in _PLACES if Path(place).exists()), "")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    # Else a whole Chromium fills two pages beneath its address bar for each context, which costs four times the page.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, a ``Browser`` of Playwright. Without it a test is skipped with the reason on a laptop and
    fails in CI."""
    if not CHROMIUM:
        reason = "no Chromium: apt-get install chromium-headless-shell"
        if os.environ.get("CI") or os.environ.get("YIYONG_REQUIRE_BROWSER"):
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()
