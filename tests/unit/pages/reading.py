"""Reading back what a page says."""

from __future__ import annotations

import re

import html5lib


def text_of(html: str) -> str:
    """Text of a fragment, white space folded."""
    tree = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    return re.sub(r"\s+", " ", "".join(tree.itertext()))


def links_of(html: str) -> list[str]:
    """Addresses of all links of a fragment, in order."""
    tree = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    return [a.get("href") for a in tree.iter("a")]


def tags_of(html: str) -> list[str]:
    """Names of all elements of a fragment, in order."""
    tree = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    return [str(element.tag) for element in tree.iter()]
