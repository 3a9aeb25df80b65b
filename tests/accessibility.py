"""无障碍检查: axe in a page that stands open in the browser."""

from __future__ import annotations

from collections.abc import Sequence

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def violations(page: Page, rules: Sequence[str] = ()) -> list[tuple[str, list[str]]]:
    """(rule, elements that break it) of each rule that is broken; ``rules`` are tags of axe, none for all."""
    # Without its notes on what passed, axe takes half the time.
    options: dict[str, object] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = list(rules)
    found = Axe().run(page, options=options).response["violations"]
    return [(item["id"], [node["html"] for node in item["nodes"]]) for item in found]
