"""A real browser: Debian's Chromium, started once a worker.

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

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, a ``Browser`` of Playwright. Without it a test is skipped with the reason on a laptop and
    fails in CI."""
    if not Path(CHROMIUM).exists():
        reason = f"{CHROMIUM} is missing: apt-get install chromium"
        if os.environ.get("CI") or os.environ.get("YIYONG_REQUIRE_BROWSER"):
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()
