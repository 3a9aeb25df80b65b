"""无障碍检查: axe in a page that stands open in the browser."""

from __future__ import annotations

from collections.abc import Sequence

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOURS = ("color-contrast", "link-in-text-block")
"""What the dark can change of a page that was gone through in the light."""
_AXE = Axe()
_RUN = """options => axe.run(options).then(found => found.violations.map(
  broken => [broken.id, broken.nodes.map(node => node.html)]))"""


def violations(page: Page, rules: Sequence[str] = ()) -> list[tuple[str, list[str]]]:
    """(rule, elements that break it) of each rule that is broken; ``rules`` are tags or rules of axe, none for all."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_AXE.axe_script)
    # Without its notes on what passed, axe takes half the time; nobody asks where an element stands, and no rule that is
    # on reads style sheets as files.
    options: dict[str, object] = {"resultTypes": ["violations"], "preload": False, "selectors": False}
    if rules:
        options["runOnly"] = list(rules)
    return [(rule, elements) for rule, elements in page.evaluate(_RUN, options)]
