"""At the keyboard and with a screen reader: every stop of a page shows that it has the focus, and its outline makes sense.

WCAG 2.4.3, 2.4.7, 2.4.11, 1.3.1. The outline is what the browser gives to a screen reader, its accessibility tree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from tests.browser.surfaces.test_sample_site import KINDS, paths

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("sample_site")]

WALKED = (
    "home",
    "notices",
    "open notice",
    "honours",
    "roll of a year",
    "honour",
    "policies",
    "comparison",
    "digest",
    "instrument",
    "how to object",
    "search",
    "certificate check",
)
"""Kinds of pages whose every stop is walked; the others are made of the same parts."""

_STOPS = """() => {
  const all = "a[href], button, summary, input, select, textarea, [tabindex='0']";
  return [...document.querySelectorAll(all)].filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.disabled).length;
}"""
_STOP = """() => {
  const at = document.activeElement, { outlineStyle, outlineWidth } = getComputedStyle(at), box = at.getBoundingClientRect();
  if (at === document.body) return null;
  const seen = document.elementFromPoint(
    Math.min(Math.max(box.left + Math.min(box.width, 8) / 2, 0), innerWidth - 1),
    Math.min(Math.max(box.top + Math.min(box.height, 8) / 2, 0), innerHeight - 1));
  at.dataset.walked ??= document.querySelectorAll("[data-walked]").length;
  const number = at.dataset.walked;
  return {
    number, words: at.outerHTML.slice(0, 90), outlined: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
    inside: box.bottom > 0 && box.top < innerHeight,
    covered: !(seen && (at.contains(seen) || seen.contains(at) || seen.closest("label")?.contains(at))),
  };
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    within = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    yield within.new_page()
    within.close()


@pytest.mark.parametrize("kind", WALKED)
def test_every_stop_shows_the_focus_and_none_is_a_trap(
    page: Page, sample_url: str, sample_site: Path, kind: str
) -> None:
    # The search offers its filters once it knows them.
    page.goto(sample_url + paths(sample_site)[kind], wait_until="networkidle")
    stops = page.evaluate(_STOPS)
    walked: dict[str, dict[str, Any]] = {}
    for _ in range(stops + 40):
        page.keyboard.press("Tab")
        stop = page.evaluate(_STOP)
        if stop is None or (stop["number"] == "0" and walked):
            break
        walked[stop["number"]] = stop
    else:
        pytest.fail(f"the focus does not leave {kind}")
    faults = [
        stop for stop in walked.values() if not stop["outlined"] or not stop["inside"] or stop["covered"]
    ]
    assert faults == []
    # Of radio buttons one is a stop, of a date field each part.
    assert stops - 2 <= len(walked) <= stops + 2


def _tree(session: CDPSession) -> list[dict[str, Any]]:
    """What is not ignored, in the order of the page."""
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    root = next(node for node in nodes.values() if "parentId" not in node)
    waiting, found = [root], []
    while waiting:
        node = waiting.pop()
        waiting += [nodes[child] for child in reversed(node.get("childIds", ())) if child in nodes]
        if not node.get("ignored"):
            found.append(
                {
                    "role": node["role"]["value"],
                    "name": node.get("name", {}).get("value", "").strip(),
                    **{item["name"]: item["value"].get("value") for item in node.get("properties", ())},
                }
            )
    return found


NAMED = frozenset(
    (
        "link",
        "button",
        "textbox",
        "searchbox",
        "combobox",
        "checkbox",
        "image",
        "navigation",
        "region",
        "form",
        "search",
        "table",
        "DisclosureTriangle",
    )
)


@pytest.mark.parametrize("kind", KINDS)
def test_a_screen_reader_gets_an_outline(page: Page, sample_url: str, sample_site: Path, kind: str) -> None:
    page.goto(sample_url + paths(sample_site)[kind])
    session = page.context.new_cdp_session(page)
    tree = _tree(session)
    session.detach()
    roles = Counter(node["role"] for node in tree)
    assert {role: roles[role] for role in ("banner", "main", "contentinfo")} == {
        "banner": 1,
        "main": 1,
        "contentinfo": 1,
    }
    levels = [node["level"] for node in tree if node["role"] == "heading"]
    assert levels[0] == 1 and levels.count(1) == 1
    assert [(one, next_) for one, next_ in pairwise(levels) if next_ > one + 1] == []
    assert [node for node in tree if node["role"] in NAMED and not node["name"]] == []


def test_a_table_that_is_cards_on_a_phone_is_still_a_table(browser: Browser, sample_url: str) -> None:
    within = browser.new_context(viewport={"width": 390, "height": 800})
    page = within.new_page()
    page.goto(sample_url + "policies/")
    roles = Counter(node["role"] for node in _tree(within.new_cdp_session(page)))
    within.close()
    assert roles["table"] == 1 and roles["rowheader"] >= 5 and roles["cell"] >= 7 * roles["rowheader"]
