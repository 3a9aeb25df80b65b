"""Reading back what a page says."""

from __future__ import annotations

import re
from functools import cache
from xml.etree.ElementTree import Element

import html5lib


def text_of(html: str) -> str:
    """Text of a fragment, white space folded."""
    return re.sub(r"\s+", " ", "".join(_tree(html).itertext()))


def links_of(html: str) -> list[str]:
    """Addresses of all links of a fragment, in order."""
    return [a.get("href", "") for a in _tree(html).iter("a")]


def tags_of(html: str) -> list[str]:
    """Names of all elements of a fragment, in order."""
    return [str(element.tag) for element in _tree(html).iter()]


@cache
def _tree(html: str) -> Element:
    tree: Element = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    return tree
