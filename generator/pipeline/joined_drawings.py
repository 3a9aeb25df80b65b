"""画在页里的图形 (joined drawings): what a page draws stands in it, not in a file that it asks for.

That is for long pages, of which a slow line has enough to carry before anything is shown; a record's page stays lighter
with the one file of drawings, which the next page finds in the browser.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from generator.pages.page import Section

DRAWINGS = "assets/icons.svg"
DRAWING: tuple[Section, ...] = ("policies", "search")
"""Sections whose pages draw by themselves."""
_USED = re.compile(rf'<use href="[^"#]*{re.escape(DRAWINGS)}#(\w+)"/>')
_SYMBOL = re.compile(r'<symbol id="(\w+)" viewBox="0 0 24 24">(.*?)</symbol>', re.DOTALL)
"""One of the size that every place for a drawing has."""


def with_drawings(document: str, drawings: bytes) -> str:
    """The HTML document with the symbols of ``drawings``, the theme's file, where they are used."""
    symbols = _symbols(drawings)
    return _USED.sub(lambda used: symbols.get(used[1], used[0]), document)


@lru_cache(maxsize=2)
def _symbols(drawings: bytes) -> Mapping[str, str]:
    return dict(_SYMBOL.findall(drawings.decode()))
