"""数据页 (data page): ``/data/``: downloads, scope, licence, what each field means, API and feeds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from generator.catalogue import wording
from generator.outputs.data.data_files import TABLE_FORMATS, year_workbook
from generator.outputs.data.descriptions import DATA, scope
from generator.pages.page import Page, root_of
from generator.pages.page_head import (
    LinkType,
    alternate_links,
    breadcrumbs,
    government_tags,
    head_html,
    json_ld,
)
from generator.pages.templating import render
from generator.public.addresses import calendar_of, feed_of
from generator.public.context import SiteContext
from generator.public.list_index import WHOLE
from generator.public.tables import TABLES


def render_data_page(
    counts: Mapping[str, int],
    context: SiteContext,
    charts_html: str = "",
    years: Mapping[str, Sequence[int]] = MappingProxyType({}),
) -> Page:
    """``/data/``. ``counts`` says the rows of ``notices``, ``honours`` and ``policies``; ``charts_html``
    is an HTML fragment of charts, or empty; ``years`` are those of each table whose workbook is cut by years."""
    words = wording("exports")["data_page"]
    steps = ((DATA, words["title"]),)
    values: dict[str, Any] = {
        "w": words,
        "formats": wording("exports")["formats"],
        "root": root_of(DATA),
        "context": context,
        "url": context.absolute(DATA),
        "steps": steps,
        "scope": scope(context),
        "csv_en": wording("exports")["package"]["csv_en"],
        "tables": TABLES,
        "table_formats": TABLE_FORMATS,
        "counts": counts,
        "whole": WHOLE,
        "years": [
            (table, year_workbook(table.name, year), year)
            for table in TABLES
            for year in years.get(table.name, ())
        ],
        "cities": [
            (city.name, feed_of("notices", city.slug), calendar_of("notices", city.slug))
            for city in context.register_cities
        ],
        "charts_html": Markup(charts_html),
    }
    links: Sequence[LinkType] = (
        ("application/json", f"{DATA}datapackage.json", "datapackage.json"),
        ("application/ld+json", f"{DATA}catalog.jsonld", "DCAT"),
        ("application/atom+xml", "feeds/changes.atom", words["changes"]),
    )
    return Page(
        path=DATA,
        section="data",
        title=words["title"],
        description=words["description"],
        body=render("data_page.html", values),
        head=head_html(
            government_tags(context, column=words["section"], column_description=words["description"]),
            alternate_links(root_of(DATA), links),
            json_ld(_json_ld(words, steps, context)),
        ),
        lastmod=context.day.isoformat(),
    )


def _json_ld(
    words: Mapping[str, Any], steps: Sequence[tuple[str, str]], context: SiteContext
) -> dict[str, Any]:
    """schema.org DataCatalog, which data search engines read."""
    home = context.absolute(DATA)
    return {
        "@type": "DataCatalog",
        "@id": home,
        "url": home,
        "name": f"{words['title']} · {context.site.name}",
        "description": scope(context)["zh"],
        "inLanguage": wording("common")["tag"],
        "license": context.site.licence_url,
        "publisher": {"@type": "Organization", "name": context.site.owner},
        "dataset": [
            {
                "@type": "Dataset",
                "name": f"{table.words['zh']} · {context.site.name}",
                "alternateName": table.words["en"],
                "description": f"{table.words['about_zh']}{scope(context)['zh']}",
                "url": home,
                "license": context.site.licence_url,
                "isAccessibleForFree": True,
                "creator": {"@type": "Organization", "name": context.site.owner},
                "distribution": [
                    {
                        "@type": "DataDownload",
                        "encodingFormat": ending,
                        "contentUrl": context.absolute(f"{DATA}{table.name}.{ending}"),
                    }
                    for ending in TABLE_FORMATS
                ],
            }
            for table in TABLES
        ],
        "breadcrumb": breadcrumbs(context, steps),
    }
