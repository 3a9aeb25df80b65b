"""统计页 (statistics page): ``/honours/statistics/``, the charts, and the files beside them to download."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from generator.catalogue import wording
from generator.pages.cite import cite_block, cite_head, cite_script
from generator.pages.honour_rolls import edition_of, roll_citable
from generator.pages.page import Page, root_of
from generator.pages.page_head import (
    collection_json_ld,
    government_tags,
    head_html,
    page_script,
    style_sheets,
)
from generator.pages.statistics import FOLDER, statistics_html
from generator.pages.templating import cn_date, render
from generator.public.context import SiteContext
from generator.public.list_rows import HonourRow


def render_statistics_page(rows: Sequence[HonourRow], context: SiteContext) -> Page:
    """统计页. It is there without any honour too, since the files are."""
    words = wording("honours")["statistics"]
    said = words["page"]
    steps = (("honours/", wording("honours")["section"]), (FOLDER, said["title"]))
    root = root_of(FOLDER)
    item = roll_citable(FOLDER, said["title"], edition_of(rows), context)
    return Page(
        path=FOLDER,
        section="honours",
        title=said["title"],
        description=said["description"],
        body=render(
            "statistics_page.html",
            {
                "w": words,
                "root": root,
                "context": context,
                "url": context.absolute(FOLDER),
                "steps": steps,
                "as_of": cn_date(context.day),
                "charts": Markup(statistics_html(rows, context, root)),
                "cite_heading": wording("honours")["cite"]["heading"],
                "cite_html": Markup(cite_block(item)),
            },
        ),
        head=head_html(
            style_sheets(root, "charts"),
            government_tags(context, column=said["title"], column_description=said["description"]),
            cite_head(item),
            collection_json_ld(context, FOLDER, said["title"], said["description"], steps),
            cite_script(root),
            page_script(root, "chart"),
        ),
        lastmod=max((str(row.published_on) for row in rows if row.published_on is not None), default=None),
    )
