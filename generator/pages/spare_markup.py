"""可以省去的标记 (spare markup): ends of elements that HTML lets a page leave out, and space that nobody sees.

A digest has a thousand of them: without, it comes in one step of the network less.
"""

from __future__ import annotations

import re

_SPARE = re.compile(
    r"</li>\s*(?=<li[ >]|</[ou]l>)"
    r"|</p>\s*(?=<(?:p|ul|ol|dl|div|details|section|h[1-6])[ >]|</(?:div|li|dd|details|section)>)"
    r"|(?<=>)\s+(?=</?(?:p|ul|ol|li|dl|dt|dd|div|details|summary|section|h[1-6])[ >])"
)


def without_spare_markup(html: str) -> str:
    """``html`` without each ``</li>`` before the next one or the end of its list, each ``</p>`` before a block or the
    end of one, and the space between a tag and a block: a parser reads the same elements and the same words. What
    stands in a ``<pre>`` is words alone, and stays."""
    return _SPARE.sub("", html)
