"""Reading back what a page says."""

from __future__ import annotations

import re
from functools import cache
from xml.etree.ElementTree import Element

import html5lib
from lxml.html import HtmlElement, fragment_fromstring


def text_of(html: str) -> str:
    """Text of a fragment, white space folded."""
    return re.sub(r"\s+", " ", _read(html).text_content())


def links_of(html: str) -> list[str]:
    """Addresses of all links of a fragment, in order."""
    return [a.get("href", "") for a in _read(html).iter("a")]


def tags_of(html: str) -> list[str]:
    """Names of all elements of a fragment, in order, as a browser would find them."""
    tree: Element = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    return [str(element.tag) for element in tree.iter()]


@cache
def _read(html: str) -> HtmlElement:
    """A fragment, by a parser twenty times as fast as one that does all that a browser does."""
    return fragment_fromstring(html, create_parent=True)
