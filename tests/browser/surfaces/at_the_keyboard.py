"""A page as somebody without a mouse or without sight has it: its stops in their order, and its accessibility tree."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from playwright.sync_api import Page

_BEGIN = """() => {
  const all = "a[href], button, summary, input, select, textarea, [tabindex='0']";
  const stops = [...document.querySelectorAll(all)].filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.disabled).length;
  const note = () => {
    const at = document.activeElement;
    if (at === document.body || !at) return;
    if (walk.seen.has(at)) { walk.again ||= at === walk.first; return; }
    walk.first ??= at;
    walk.seen.add(at);
    const { outlineStyle, outlineWidth } = getComputedStyle(at), box = at.getBoundingClientRect();
    const over = document.elementFromPoint(
      Math.min(Math.max(box.left + Math.min(box.width, 8) / 2, 0), innerWidth - 1),
      Math.min(Math.max(box.top + Math.min(box.height, 8) / 2, 0), innerHeight - 1));
    const wrong = [
      outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 ? "" : "no focus to be seen",
      box.bottom > 0 && box.top < innerHeight ? "" : "outside the window",
      over && (at.contains(over) || over.contains(at) || over.closest("label")?.contains(at)) ? "" : "covered",
    ].filter(Boolean);
    if (wrong.length) walk.faults.push([at.outerHTML.slice(0, 90), ...wrong].join(" | "));
  };
  const walk = (window.walk = { seen: new Set(), faults: [], again: false, note });
  // What a press leaves is looked at when the next one comes: by then the page has scrolled.
  addEventListener("keydown", note, true);
  document.activeElement.blur();
  scrollTo(0, 0);
  return stops;
}"""
_END = """() => {
  removeEventListener("keydown", walk.note, true);
  return { faults: walk.faults, reached: walk.seen.size };
}"""


_TAB = {"type": "rawKeyDown", "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """一遍 with the Tab key. ``stops`` are what can take the focus, ``reached`` those that got it."""

    stops: int
    reached: int
    faults: list[str]


def walked(page: Page) -> Walk:
    """From the top to the bottom, every stop looked at while it has the focus. A trap shows as stops not reached."""
    stops = page.evaluate(_BEGIN)
    # The browser's own event, once a press: nothing here waits for the key to come up again.
    session = page.context.new_cdp_session(page)
    for _ in range(stops + 4):
        session.send("Input.dispatchKeyEvent", _TAB)
    session.detach()
    return Walk(stops=stops, **page.evaluate(_END))


def outline(page: Page) -> list[dict[str, Any]]:
    """The accessibility tree, of what is not ignored, in the order of the page."""
    session = page.context.new_cdp_session(page)
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    session.detach()
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


def faults_of(tree: list[dict[str, Any]]) -> list[str]:
    """What a screen reader would stumble over."""
    roles = Counter(node["role"] for node in tree)
    faults = [f"{roles[role]} of {role}" for role in ("banner", "main", "contentinfo") if roles[role] != 1]
    levels = [node["level"] for node in tree if node["role"] == "heading"]
    if levels[:1] != [1] or levels.count(1) != 1:
        faults.append(f"headings of level 1: {levels}")
    faults += [f"heading {one} before {next_}" for one, next_ in pairwise(levels) if next_ > one + 1]
    faults += [
        f"{node['role']} without a name" for node in tree if node["role"] in NAMED and not node["name"]
    ]
    return faults
