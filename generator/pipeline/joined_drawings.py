"""画在页里的图形 (joined drawings): what a page draws stands in it, not in a file that it asks for.

That is for long pages, of which a slow line has enough to carry before anything is shown; a record's page stays lighter
with the files of drawings, which the next page finds in the browser.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote

from generator.pages.page import Section

DRAWINGS, ICON = "assets/icons.svg", "assets/favicon.svg"
"""The theme's files: what pages draw, and what stands beside their titles."""
DRAWING: tuple[Section, ...] = ("policies", "search")
"""Sections whose pages draw by themselves."""
_USED = re.compile(rf'<use href="[^"#]*{re.escape(DRAWINGS)}#(\w+)"/>')
_SYMBOL = re.compile(r'<symbol id="(\w+)" viewBox="0 0 24 24">(.*?)</symbol>', re.DOTALL)
"""One of the size that every place for a drawing has."""
_BESIDE_THE_TITLE = re.compile(rf'(?<= href=")[^"]*{re.escape(ICON)}(?=">)')
_PLAIN_IN_AN_ADDRESS = "'/:;=,()"


def with_drawings(document: str, files: Mapping[str, bytes]) -> str:
    """The HTML document with the symbols of the theme's ``files`` where they are used, and with its icon."""
    if DRAWINGS in files:
        symbols = _symbols(files[DRAWINGS])
        document = _USED.sub(lambda used: symbols.get(used[1], used[0]), document)
    if ICON in files:
        icon = _address(files[ICON])
        document = _BESIDE_THE_TITLE.sub(lambda _: icon, document, count=1)
    return document


@lru_cache(maxsize=2)
def _symbols(drawings: bytes) -> Mapping[str, str]:
    return dict(_SYMBOL.findall(drawings.decode()))


@lru_cache(maxsize=2)
def _address(icon: bytes) -> str:
    return "data:image/svg+xml," + quote(icon.decode().strip().replace('"', "'"), safe=_PLAIN_IN_AN_ADDRESS)
