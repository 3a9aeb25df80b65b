"""页头 (head): government page tags, JSON-LD and links to the same content in other forms.

Tags follow 《政府网站发展指引》. A site setting that is unset leaves its tag out; nothing is invented.
The basic OpenGraph tags come from the theme, which knows every page's title and address.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from markupsafe import Markup

from generator.catalogue import wording
from generator.pages.escaping import escaped, lines
from generator.pages.templating import script_json
from generator.public.context import SiteContext
from generator.public.list_rows import told_deeds
from generator.public.logged_record import LoggedRecord
from generator.public.public_case import PublicNotice
from generator.source.model.instant import SHANGHAI

LinkType = tuple[str, str, str]
"""(media type, path from the root, title)"""

CARD_WIDTH, CARD_HEIGHT = 1200, 630
"""Pixels of a share card: what WeChat and other sites show whole."""
SHARE_CARD = "share.png"
"""Name of a page's share card, beside the page."""


def head_html(*parts: Markup) -> str:
    """The parts in one string, a line each; empty ones left out."""
    return str(lines(parts))


def government_tags(
    context: SiteContext,
    *,
    column: str,
    column_description: str,
    article_title: str | None = None,
    published_at: datetime | None = None,
    source: str | None = None,
    url: str | None = None,
) -> Markup:
    """政府网站页面标签. Site and column tags always; article tags where ``article_title`` is given.

    ``published_at`` is shown as ``YYYY-MM-DD HH:MM`` in Beijing time.
    """
    site, government = context.site, context.site.government
    tags: list[tuple[str, str | None]] = [
        ("SiteName", site.name),
        ("SiteDomain", government.site_domain),
        ("SiteIDCode", government.site_id_code),
        ("ColumnName", column),
        ("ColumnDescription", column_description),
        ("ColumnType", government.column_type),
    ]
    if article_title is not None:
        moment = published_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if published_at else None
        tags += [
            ("ArticleTitle", article_title),
            ("PubDate", moment),
            ("ContentSource", source),
            ("Url", url),
        ]
    return lines(f'<meta name="{escaped(name)}" content="{escaped(value)}">' for name, value in tags if value)


def alternate_links(root: str, links: Sequence[LinkType]) -> Markup:
    """``<link rel="alternate">`` to the same content as data, feed or calendar."""
    return lines(
        f'<link rel="alternate" type="{escaped(kind)}" href="{escaped(root + path)}" title="{escaped(title)}">'
        for kind, path, title in links
    )


def json_ld(data: Mapping[str, Any]) -> Markup:
    """JSON-LD. ``None`` and empty values are left out; safe inside the script element."""
    kept = {"@context": "https://schema.org", **{key: value for key, value in data.items() if value}}
    return Markup(f'<script type="application/ld+json">{script_json(kept)}</script>')


def breadcrumbs(context: SiteContext, steps: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """BreadcrumbList of (path, label), from the home page on."""
    whole = [("", wording("common")["home"]), *steps]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": label, "item": context.absolute(path)}
            for place, (path, label) in enumerate(whole, start=1)
        ],
    }


def collection_json_ld(
    context: SiteContext, path: str, title: str, description: str, steps: Sequence[tuple[str, str]]
) -> Markup:
    """schema.org CollectionPage of a page that lists records; ``steps`` as for :func:`breadcrumbs`."""
    return json_ld(
        {
            "@type": "CollectionPage",
            "url": context.absolute(path),
            "name": title,
            "description": description,
            "inLanguage": "zh-CN",
            "breadcrumb": breadcrumbs(context, steps),
        }
    )


def style_sheet(root: str, name: str) -> Markup:
    """样式表 of one kind of page, after the one that every page loads: ``honour`` → ``assets/honour.css``."""
    return Markup(f'<link rel="stylesheet" href="{escaped(root)}assets/{escaped(name)}.css">')


def page_script(root: str, name: str) -> Markup:
    """脚本 of some kinds of pages alone, run once the page is read: ``lists`` → ``assets/lists.js``."""
    return Markup(f'<script src="{escaped(root)}assets/{escaped(name)}.js" defer></script>')


def share_tags(path: str, title: str, context: SiteContext) -> Markup:
    """分享图 of the page at ``path``; nothing where the site has none. WeChat wants an absolute address."""
    if not context.share_cards:
        return Markup()
    properties = (
        ("og:image", context.absolute(f"{path}{SHARE_CARD}")),
        ("og:image:type", "image/png"),
        ("og:image:width", CARD_WIDTH),
        ("og:image:height", CARD_HEIGHT),
        ("og:image:alt", title),
    )
    found = (f'<meta property="{name}" content="{escaped(value)}">' for name, value in properties)
    return lines((*found, '<meta name="twitter:card" content="summary_large_image">'))


def changed_on(notice: PublicNotice, logged: LoggedRecord | None) -> date:
    """改动之日: the day of the last change of a notice, or of its publication; in Beijing.

    The log knows of changes that are no step of the procedure, as when names are thinned out.
    """
    days = [notice.published_at.astimezone(SHANGHAI).date(), *(event.on for event in notice.history)]
    if logged is not None and logged.changed_at is not None:
        days.append(logged.changed_at.astimezone(SHANGHAI).date())
    return max(days)


def notice_head(notice: PublicNotice, context: SiteContext, logged: LoggedRecord | None = None) -> str:
    """页头 of one notice. A tombstone has neither JSON-LD nor article metadata."""
    words = wording("notices")
    authority = context.authorities[notice.authority]
    tags = government_tags(
        context,
        column=words["section"],
        column_description=words["lists"]["description"],
        article_title=notice.title,
        published_at=notice.published_at,
        source=authority.name,
        url=context.absolute(notice.path),
    )
    styles = style_sheet("../../", "notices")
    links = alternate_links("../../", notice_links(notice, context))
    if notice.status.is_tombstone:
        return head_html(styles, tags, links)
    published = notice.published_at.astimezone(SHANGHAI).isoformat(timespec="seconds")
    article = Markup(
        f'<meta property="og:type" content="article">\n<meta property="article:published_time" content="{published}">'
    )
    card = share_tags(notice.path, notice.title, context)
    return head_html(
        styles, tags, links, article, card, json_ld(_notice_data(notice, context, published, logged))
    )


def notice_links(notice: PublicNotice, context: SiteContext) -> tuple[LinkType, ...]:
    """The notice as JSON, and its city's feed and calendar."""
    words = wording("notices")["data"]
    city = context.jurisdictions[notice.jurisdiction].name
    place = notice.jurisdiction
    return (
        ("application/json", f"api/v1/notices/{notice.id}.json", words["json"]),
        ("application/atom+xml", f"feeds/{place}/notices.atom", words["feed"].format(city=city)),
        ("text/calendar", f"calendar/{place}.ics", words["calendar"].format(city=city)),
    )


def _notice_data(
    notice: PublicNotice, context: SiteContext, published: str, logged: LoggedRecord | None
) -> dict[str, Any]:
    """schema.org Article: temporalCoverage is the publicity period, dateModified the day of the last change."""
    city = context.jurisdictions[notice.jurisdiction]
    clock = notice.clock
    changed = changed_on(notice, logged).isoformat()
    return {
        "@type": "Article",
        "@id": context.absolute(notice.path),
        "url": context.absolute(notice.path),
        "identifier": notice.id,
        "headline": notice.title,
        "inLanguage": "zh-CN",
        "articleSection": wording("notices")["section"],
        "dateCreated": None if notice.signed_on is None else str(notice.signed_on),
        "datePublished": published,
        "dateModified": changed if changed > published else published,
        "temporalCoverage": f"{clock.opens_at.isoformat()}/{clock.closes_at.isoformat()}",
        "spatialCoverage": {"@type": "AdministrativeArea", "name": city.full_name},
        "abstract": "".join(told_deeds(notice)) or None,
        "about": [{"@type": "Person", "name": p.name} for p in notice.persons if not p.masked],
        "author": [{"@type": "Organization", "name": name} for name in notice.signatories],
        "publisher": {"@type": "Organization", "name": context.site.owner},
        "license": context.site.licence_url,
        "breadcrumb": breadcrumbs(
            context,
            (
                ("notices/", wording("notices")["section"]),
                (f"notices/{city.slug}/", city.name),
                (notice.path, notice.id),
            ),
        ),
    }
