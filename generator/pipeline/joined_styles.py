"""合为一个的样式 (joined styles): the sheet of one kind of page holds what it shares with other kinds.

In the theme it imports that; on the site it stands in its place. A browser knows of an import only when it has read the
sheet, and for each further sheet it may have to open a connection, so a page has two: the one of all pages and its own.
"""

from __future__ import annotations

import re
from pathlib import Path

_IMPORT = re.compile(r'^@import "([^"]+)";\n', re.MULTILINE)


def join_styles(assets: Path) -> None:
    """Put what each sheet of ``assets`` imports in the place of the import."""
    whole = {sheet: _whole(sheet) for sheet in assets.glob("*.css")}
    for sheet, text in whole.items():
        sheet.write_text(text, encoding="utf-8")


def _whole(sheet: Path) -> str:
    text = sheet.read_text(encoding="utf-8")
    return _IMPORT.sub(lambda found: _whole(sheet.with_name(found[1])), text)
