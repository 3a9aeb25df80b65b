"""站点地图等 (sitemap, robots, manifest): what crawlers and home screens ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from generator.pages.page import Page
from generator.public.context import SiteContext
from generator.public.json_text import spread
from generator.public.sitemap_entry import SitemapEntry

PART = 45_000
"""Addresses in one file; the protocol allows 50,000."""
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@dataclass(frozen=True, slots=True, kw_only=True)
class Icon:
    """图标. ``path`` from the root; ``sizes`` such as ``192x192`` or ``any``."""

    path: str
    sizes: str
    media: str
    purpose: str = "any"


def sitemap_entry(page: Page) -> SitemapEntry | None:
    """The entry of one page; None for a page that search engines are told not to index."""
    return None if page.noindex else SitemapEntry(page.path, page.lastmod)


def sitemap_files(entries: Iterable[SitemapEntry], context: SiteContext) -> Iterator[tuple[str, bytes]]:
    """站点地图 as (path, bytes): ``sitemap.xml`` alone, or an index of ``sitemap-<n>.xml`` above
    :data:`PART` addresses. Sorted by path; a path given twice stands once."""
    ordered = sorted(dict(entries).items())
    if len(ordered) <= PART:
        yield "sitemap.xml", _document("urlset", "url", _addresses(ordered, context))
        return
    parts = [ordered[start : start + PART] for start in range(0, len(ordered), PART)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    index = [
        (context.absolute(name), max((lastmod for _, lastmod in part if lastmod), default=None))
        for name, part in zip(names, parts, strict=True)
    ]
    yield "sitemap.xml", _document("sitemapindex", "sitemap", index)
    for name, part in zip(names, parts, strict=True):
        yield name, _document("urlset", "url", _addresses(part, context))


def robots_txt(context: SiteContext) -> bytes:
    """``robots.txt``: everything may be read. Pages that must not be indexed say so themselves: a list of paths
    here would tell everybody what somebody would rather not have found."""
    return f"User-agent: *\nAllow: /\nSitemap: {context.absolute('sitemap.xml')}\n".encode()


def manifest_json(
    context: SiteContext, *, icons: Sequence[Icon] = (), theme_colour: str, background_colour: str
) -> bytes:
    """``manifest.json``: the site on a home screen. Addresses relative, so that a mirror works too."""
    return spread(
        {
            "name": context.site.name,
            "short_name": context.site.name,
            "description": context.site.tagline,
            "lang": "zh-CN",
            "dir": "ltr",
            "start_url": "./",
            "scope": "./",
            "display": "browser",
            "theme_color": theme_colour,
            "background_color": background_colour,
            "icons": [
                {"src": icon.path, "sizes": icon.sizes, "type": icon.media, "purpose": icon.purpose}
                for icon in icons
            ],
        }
    )


def _addresses(
    entries: Iterable[tuple[str, str | None]], context: SiteContext
) -> Iterator[tuple[str, str | None]]:
    return ((context.absolute(path), lastmod) for path, lastmod in entries)


def _document(root_name: str, item_name: str, items: Iterable[tuple[str, str | None]]) -> bytes:
    root = etree.Element(f"{{{_NAMESPACE}}}{root_name}", nsmap={None: _NAMESPACE})  # type: ignore[dict-item]
    for address, lastmod in items:
        item = etree.SubElement(root, f"{{{_NAMESPACE}}}{item_name}")
        etree.SubElement(item, f"{{{_NAMESPACE}}}loc").text = address
        if lastmod is not None:
            etree.SubElement(item, f"{{{_NAMESPACE}}}lastmod").text = lastmod
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"
