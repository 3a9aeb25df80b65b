"""Atom 文件 (RFC 4287, paged by RFC 5005): one document as bytes, built by lxml.

feedgen was tried first: its last release is of December 2023, it keeps a whole feed in memory
twice, knows nothing of RFC 5005 and reads the clock unless told otherwise at each element. lxml is
kept up, escapes for us, and is the very library that feedgen writes with.

Every text is ``type="text"``: a reader shows it, and interprets nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from lxml import etree

from generator.public.context import SiteContext
from generator.public.plain_text import one_line, storable

ATOM = "http://www.w3.org/2005/Atom"
HISTORY = "http://purl.org/syndication/history/1.0"
ID_YEAR = "2026"
"""Year in every tag: id (RFC 4151): never changes, or every reader would see every entry anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """订阅条目. ``path`` is of the page, from the root; ``tag`` makes the id and never changes."""

    tag: str
    title: str
    path: str
    published: datetime
    updated: datetime
    summary: str
    status: str
    """Term of the category."""
    status_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDocument:
    """一份订阅文件. Paths are from the root.

    ``tag`` names the logical feed, shared by the current document and its archives (RFC 5005).
    ``page`` is the HTML page of the same things. ``previous`` and ``next`` are archives, the older and the newer.
    """

    tag: str
    title: str
    subtitle: str
    path: str
    current: str
    page: str
    updated: datetime
    archive: bool = False
    previous: str | None = None
    next: str | None = None


def tag_uri(tag: str, context: SiteContext) -> str:
    """永久标识: ``tag:yiyong.example,2026:/notices/wuhan-2026-0007`` (RFC 4151)."""
    parts = urlsplit(context.site.base_url)
    return f"tag:{parts.hostname},{ID_YEAR}:{parts.path}{tag}"


def feed_bytes(feed: FeedDocument, entries: Iterable[Entry], context: SiteContext) -> bytes:
    """订阅文件的字节, entries in the order given."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM, "fh": HISTORY})  # type: ignore[dict-item]
    root.set("{http://www.w3.org/XML/1998/namespace}lang", "zh-CN")
    _text(root, "id", tag_uri(feed.tag, context))
    _text(root, "title", one_line(feed.title), kind="text")
    _text(root, "subtitle", one_line(feed.subtitle), kind="text")
    _text(root, "updated", feed.updated.isoformat(timespec="seconds"))
    author = etree.SubElement(root, f"{{{ATOM}}}author")
    _text(author, "name", one_line(context.site.owner))
    _text(author, "uri", context.site.base_url)
    _text(root, "generator", "Yiyong")
    _text(root, "rights", one_line(context.site.licence), kind="text")
    _link(root, "license", context.site.licence_url)
    _link(root, "self", context.absolute(feed.path), media="application/atom+xml")
    _link(root, "alternate", context.absolute(feed.page), media="text/html")
    if feed.archive:
        etree.SubElement(root, f"{{{HISTORY}}}archive")
        _link(root, "current", context.absolute(feed.current), media="application/atom+xml")
    for relation, path in (("prev-archive", feed.previous), ("next-archive", feed.next)):
        if path is not None:
            _link(root, relation, context.absolute(path), media="application/atom+xml")
    for entry in entries:
        _entry(root, entry, context)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def _entry(root: etree._Element, entry: Entry, context: SiteContext) -> None:
    node = etree.SubElement(root, f"{{{ATOM}}}entry")
    _text(node, "id", tag_uri(entry.tag, context))
    _text(node, "title", one_line(entry.title), kind="text")
    _link(node, "alternate", context.absolute(entry.path), media="text/html")
    _text(node, "published", entry.published.isoformat(timespec="seconds"))
    _text(node, "updated", entry.updated.isoformat(timespec="seconds"))
    category = etree.SubElement(node, f"{{{ATOM}}}category")
    category.set("term", entry.status)
    category.set("label", entry.status_label)
    _text(node, "summary", storable(entry.summary), kind="text")


def _text(parent: etree._Element, name: str, text: str, kind: str | None = None) -> None:
    node = etree.SubElement(parent, f"{{{ATOM}}}{name}")
    if kind is not None:
        node.set("type", kind)
    node.text = text


def _link(parent: etree._Element, relation: str, href: str, media: str | None = None) -> None:
    node = etree.SubElement(parent, f"{{{ATOM}}}link")
    node.set("rel", relation)
    if media is not None:
        node.set("type", media)
    node.set("href", href)
