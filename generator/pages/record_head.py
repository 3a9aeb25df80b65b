"""记录页的页头 (record head): what the heads of an honour's and of a decision's page have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup

from generator.pages.citation import Citable
from generator.pages.cite import cite_head, cite_script
from generator.pages.escaping import escaped
from generator.pages.page import root_of
from generator.pages.page_head import (
    LinkType,
    alternate_links,
    breadcrumbs,
    government_tags,
    head_html,
    json_ld,
    share_tags,
    style_sheet,
)
from generator.public.context import SiteContext


def record_tags(
    path: str,
    context: SiteContext,
    *,
    column: tuple[str, str],
    title: str,
    published_at: datetime | None,
    source: str,
    links: Sequence[LinkType],
    style: str,
) -> tuple[Markup, ...]:
    """What the head of every record has, be it a tombstone. ``column``: the section and what it holds."""
    root = root_of(path)
    tags = government_tags(
        context,
        column=column[0],
        column_description=column[1],
        article_title=title,
        published_at=published_at,
        source=source,
        url=context.absolute(path),
    )
    return (style_sheet(root, style), tags, alternate_links(root, links), cite_script(root))


def article_head(
    path: str,
    context: SiteContext,
    title: str,
    published_on: str | None,
    item: Citable,
    data: Mapping[str, Any],
) -> Markup:
    """What the head of a record that stands has beside them: what it is to others who link to it, cite it or read it
    by machine. ``published_on``: the day, where one is known."""
    article = Markup('<meta property="og:type" content="article">')
    if published_on is not None:
        article += Markup(f'\n<meta property="article:published_time" content="{escaped(published_on)}">')
    return Markup(head_html(article, share_tags(path, title, context), cite_head(item), json_ld(data)))


def article_data(
    path: str,
    context: SiteContext,
    *,
    section: str,
    headline: str,
    description: str,
    organs: Sequence[str],
    item: Citable,
    steps: Sequence[tuple[str, str]],
) -> dict[str, Any]:
    """schema.org Article: what it says of every record. Whom it is about, or of what parts, the record's page adds."""
    return {
        "@type": "Article",
        "@id": context.absolute(path),
        "url": context.absolute(path),
        "headline": headline,
        "description": description,
        "inLanguage": "zh-CN",
        "articleSection": section,
        "datePublished": item.published_on,
        "dateModified": item.issued_on,
        "version": item.version,
        "author": [{"@type": "Organization", "name": organ} for organ in organs],
        "publisher": {"@type": "Organization", "name": context.site.owner},
        "license": context.site.licence_url,
        "breadcrumb": breadcrumbs(context, steps),
    }
