"""正在公示的几件 (open notices) on a page that people wrote: what ends first, for whoever has to object tonight."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from generator.catalogue import wording
from generator.pages.home_page import kept, open_and_scheduled
from generator.pages.notice_lists import in_order, lists_script
from generator.pages.page import root_of
from generator.pages.page_head import style_sheet
from generator.pages.templating import render
from generator.public.context import SiteContext
from generator.public.list_rows import NoticeRow

PLACE = '<div class="yy-open-notices"></div>'
"""Where a written page asks for them; as it stands, an empty box."""
SHOWN = 5
"""Rows shown at most."""


def open_notices_html(path: str, notice_rows: Sequence[NoticeRow], context: SiteContext) -> str:
    """What stands in :data:`PLACE` on the page at ``path``, with its style and script."""
    root = root_of(path)
    open_rows, scheduled_rows = open_and_scheduled(in_order(notice_rows))
    kept_open, kept_scheduled = kept(open_rows, scheduled_rows)
    values = {
        "w": wording("notices")["open_now"],
        "lists": wording("notices")["lists"],
        "root": root,
        "style": Markup(style_sheet(root, "home")),
        "script": lists_script(root),
        "open_rows": kept_open,
        "scheduled_rows": kept_scheduled,
        "most": SHOWN,
        "more": max(len(open_rows) - SHOWN, 0),
        "cities": {item.slug: item.name for item in context.jurisdictions.values()},
    }
    return render("open_notices.html", values)
