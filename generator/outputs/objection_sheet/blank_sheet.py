"""空白异议书 (blank sheet): the page to print and write on by hand, for any notice."""

from __future__ import annotations

from generator.catalogue import wording
from generator.outputs.objection_sheet.sheet_parts import blanks, notes
from generator.pages.page import Page, root_of
from generator.pages.page_head import head_html, page_script, style_sheet
from generator.pages.templating import render
from generator.public.context import SiteContext

PATH = "objections/sheet/"
_LINES = 9
"""Ruled lines for facts and reasons."""
FILE = f"{PATH}objection.docx"


def render_blank_sheet(context: SiteContext) -> Page:
    """空白异议书 as a page that MkDocs builds. It says nothing of any notice."""
    words = wording("objection_sheet")
    page = words["page"]
    body = render(
        "objection_sheet.html",
        {
            "w": words,
            "root": root_of(PATH),
            "url": context.absolute(PATH),
            "blanks": tuple(blanks()),
            "notes": tuple(notes()),
            "file": FILE,
            "lines": _LINES,
        },
    )
    return Page(
        path=PATH,
        section="objections",
        title=page["title"],
        description=page["description"],
        body=body,
        head=head_html(style_sheet(root_of(PATH), "sheet"), page_script(root_of(PATH), "share")),
    )
