"""工作手册 (handbook): the pages for staff, which come with the software and are never published."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from markdown import Markdown  # type: ignore[import-untyped]
from markdown.extensions.toc import TocExtension, slugify_unicode  # type: ignore[import-untyped]

from generator.system.shipped import shipped_folder

CONTENTS = "README"
"""The page that lists the others."""
_LINK = re.compile(r"\]\((?P<page>[A-Za-z-]+)\.md(?P<anchor>#[^)]*)?\)")


@cache
def handbook_pages() -> dict[str, Path]:
    """File of every page by its name (``running``), the contents first."""
    found = {path.stem: path for path in sorted((shipped_folder() / "content" / "handbook").glob("*.md"))}
    return {CONTENTS: found.pop(CONTENTS), **found}


def page_title(name: str) -> str:
    """题名 of a page."""
    return handbook_pages()[name].read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")


@cache
def page_html(name: str) -> str:
    """A page as HTML; links to other pages are their names."""
    text = handbook_pages()[name].read_text(encoding="utf-8")
    linked = _LINK.sub(lambda found: f"]({found['page']}{found['anchor'] or ''})", text)
    extensions = ["tables", "fenced_code", "sane_lists", TocExtension(slugify=slugify_unicode)]
    html: str = Markdown(extensions=extensions).convert(linked)
    return html
