"""A page as Chromium parses it, put down so that two pages can be compared element by element.

A hostile page must be its twin's page with the payload wherever the twin has its token, and nothing
more: the same elements, the same attributes, the same text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from itertools import zip_longest
from typing import Any
from urllib.parse import unquote, unquote_plus

from playwright.sync_api import Page

Node = list[Any]
"""``["<", name, [[attribute, value], …]]``, ``[">"]``, ``["#", text]`` or ``["!", comment]``."""

READ = """
async ([paths, chosen]) => {
  const walk = (node, out) => {
    for (const child of node.childNodes) {
      if (child.nodeType === 3) out.push(["#", child.data]);
      else if (child.nodeType === 8) out.push(["!", child.data]);
      else if (child.nodeType === 1) open(child, out);
    }
    return out;
  };
  const open = (child, out) => {
    out.push(["<", child.localName, [...child.attributes].map((a) => [a.name, a.value]).sort()]);
    walk(child.localName === "template" ? child.content : child, out);
    out.push([">"]);
    return out;
  };
  return JSON.stringify(await Promise.all(paths.map(async (path) => {
    const doc = new DOMParser().parseFromString(await (await fetch("/" + path)).text(), "text/html");
    return chosen === null ? walk(doc, []) : [...doc.querySelectorAll(chosen)].map((node) => open(node, []));
  })));
}
"""
"""Reads pages without running anything in them: whole ones, or the elements that a selector chooses."""

_VERSION = re.compile(r"\b[0-9a-f]{12}\b")
_BY_WIDTH = ("yy-wall__wide", "yy-nm--two")
"""Classes that a text is given for its length alone."""


def read_pages(page: Page, paths: Iterable[str]) -> list[list[Node]]:
    """Whole documents, in the order of their paths."""
    found: list[list[Node]] = []
    ordered = list(paths)
    for start in range(0, len(ordered), 40):
        found += json.loads(page.evaluate(READ, [ordered[start : start + 40], None]))
    return found


def read_parts(page: Page, path: str, selector: str) -> list[list[Node]]:
    """The elements of one page that ``selector`` chooses."""
    parts: list[list[list[Node]]] = json.loads(page.evaluate(READ, [[path], selector]))
    return parts[0]


_ON_ONE_LINE: Node = ["<", "span", [["class", "yy-whole"]]]


def settled(nodes: list[Node], ids: Iterable[str]) -> list[Node]:
    """``nodes`` with its own ids and version taken out, and values decoded.

    The text of ready citations is left out: each style escapes for another program, and has tests of its own. So are the
    marks of what stays on one line: which names do depends on the text.
    """
    known = re.compile("|".join(re.escape(item) for item in sorted(ids, key=len, reverse=True)))

    def plain(text: str) -> str:
        return _VERSION.sub("VERSION", known.sub("ID", text))

    found: list[Node] = []
    stack: list[Node] = []
    for node in nodes:
        kind = node[0]
        if kind == "<":
            stack.append(node)
            if node == _ON_ONE_LINE:
                continue
            attributes = [[name, plain(_decoded(node[1], name, value))] for name, value in node[2]]
            # Home hides the rows beyond the first few.
            attributes = [item for item in attributes if item not in (["class", ""], ["data-beyond", ""])]
            if node[1] == "path" and ["stroke", "#000"] in attributes:
                attributes = [_without_modules(*item) for item in attributes]
            found.append(["<", node[1], attributes])
        elif kind == ">":
            if stack.pop() != _ON_ONE_LINE:
                found.append(node)
        elif stack and stack[-1][1] == "script" and ["type", "application/ld+json"] in stack[-1][2]:
            found.append(["json", json.loads(plain(node[1]))])
        elif not any(name == "id" and value.startswith("cite-") for item in stack for name, value in item[2]):
            goes_on = bool(found) and found[-1][0] == kind
            found.append([kind, (found.pop()[1] if goes_on else "") + plain(node[1])])
    return found


def changed(node: Node, change: Callable[[str], str]) -> Node:
    """A settled node with ``change`` made in every text of it."""
    kind, *rest = node
    if kind == "<":
        name, attributes = rest
        return [kind, name, [[attribute, change(value)] for attribute, value in attributes]]
    return [kind, *(_within(part, change) for part in rest)]


def difference(one: list[Node], other: list[Node]) -> str | None:
    """The first place where two settled pages differ, None where they are the same."""
    for place, (left, right) in enumerate(zip_longest(one, other)):
        if left != right:
            return f"{one[max(0, place - 2) : place + 1]}\n{other[max(0, place - 2) : place + 1]}"
    return None


def _decoded(element: str, name: str, value: str) -> str:
    if name == "class":
        return " ".join(word for word in value.split() if word not in _BY_WIDTH)
    if element == "a" and value.startswith("tel:"):
        assert re.fullmatch("tel:[0-9+]*", value)
        return "tel:"
    if element == "a" and name == "href":
        return unquote(value.removeprefix("./").replace("../", ""))
    if element == "span" and name == "title" and value.startswith("ctx_ver="):
        return unquote_plus(value)
    return value


def _without_modules(name: str, value: str) -> list[str]:
    """The lines of a square code go with the address in it, which is the page's own."""
    if name != "d":
        return [name, value]
    assert re.fullmatch(r"[Mmhvz0-9. -]+", value)
    return [name, "QR"]


def _within(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _within(item, change) for key, item in value.items()}
    return [_within(item, change) for item in value] if isinstance(value, list) else value
