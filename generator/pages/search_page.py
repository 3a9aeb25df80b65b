"""检索页 (search page): ``/search/``. Without script it says where the lists are."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from generator.catalogue import wording
from generator.pages.page import Page, root_of
from generator.pages.page_head import government_tags, head_html, style_sheet
from generator.pages.templating import render
from generator.public.context import SiteContext
from generator.spellings.sounds import sounds_of_gb2312

SEARCH = "search/"
RARE_SOUNDS = "search/sounds.txt"
"""How less common characters read, for the few questions that need it."""


def render_search_page(context: SiteContext, manifest: str, english: str = "") -> Page:
    """``/search/``. The ``manifest`` (:mod:`generator.outputs.search.search_manifest`) stands in the page, that in
    ``english`` in the English page, and how common characters read, so that nobody waits for them."""
    words = wording("search")
    values: dict[str, Any] = {
        "w": words,
        "root": root_of(SEARCH),
        "steps": ((SEARCH, words["title"]),),
        # Who asks in English writes a name by its sound already.
        "sounds": "" if english else sounds_of_gb2312(common=True),
        "manifests": {
            name: Markup(data.replace("<", "\\u003c"))
            for name, data in (("manifest", manifest), ("english", english))
            if data
        },
    }
    return Page(
        path=SEARCH,
        section="search",
        title=words["title"],
        description=words["description"],
        body=render("search_page.html", values),
        head=head_html(
            style_sheet(root_of(SEARCH), "find"),
            government_tags(context, column=words["title"], column_description=words["description"]),
        ),
    )
