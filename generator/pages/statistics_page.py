"""统计页 (statistics page): ``/honours/statistics/``, the charts, and the files beside them to download."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from generator.catalogue import wording
from generator.pages.cite import cite_block, cite_head, cite_script
from generator.pages.honour_rolls import edition_of, roll_citable
from generator.pages.page import Page, root_of
from generator.pages.page_head import (
    breadcrumbs,
    government_tags,
    head_html,
    json_ld,
    page_script,
    style_sheet,
)
from generator.pages.statistics import FOLDER, MEASURES, file_of, statistics_html
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
            style_sheet(root, "charts"),
            government_tags(context, column=said["title"], column_description=said["description"]),
            cite_head(item),
            json_ld(_json_ld(words, steps, context)),
            cite_script(root),
            page_script(root, "chart"),
        ),
        lastmod=max((str(row.published_on) for row in rows if row.published_on is not None), default=None),
    )


def _json_ld(words: dict[str, Any], steps: Sequence[tuple[str, str]], context: SiteContext) -> dict[str, Any]:
    """schema.org: a page about a dataset that is as of a day, with a file for each chart."""
    said, url = words["page"], context.absolute(FOLDER)
    owner = {"@type": "Organization", "name": context.site.owner}
    return {
        "@type": "WebPage",
        "url": url,
        "name": said["title"],
        "inLanguage": "zh-CN",
        "dateModified": context.iso_day,
        "breadcrumb": breadcrumbs(context, steps),
        "mainEntity": {
            "@type": "Dataset",
            "@id": f"{url}#dataset",
            "url": url,
            "name": f"{said['title']} · {context.site.name}",
            "description": said["description"],
            "dateModified": context.iso_day,
            "license": context.site.licence_url,
            "isAccessibleForFree": True,
            "creator": owner,
            "publisher": owner,
            "distribution": [
                {
                    "@type": "DataDownload",
                    "name": words["charts"][measure]["title"],
                    "encodingFormat": "text/csv",
                    "contentUrl": context.absolute(file_of(measure)),
                }
                for measure in MEASURES
            ],
        },
    }
