"""页面内嵌元数据 (embedded metadata): what Zotero and search engines read from the page itself.

Values are plain text; code that writes them into HTML escapes them.
"""

from __future__ import annotations

from urllib.parse import urlencode

from generator.pages.citation.citable import Citable


def highwire_meta(item: Citable) -> tuple[tuple[str, str], ...]:
    """Highwire Press 标签: ``<meta name content>`` pairs in order; ``citation_author`` once an organ."""
    found = [
        ("citation_title", item.title),
        *(("citation_author", organ) for organ in item.responsible),
        ("citation_publication_date", (item.published_on or "").replace("-", "/")),
        ("citation_online_date", (item.issued_on or "").replace("-", "/")),
        ("citation_publisher", item.site_name),
        ("citation_language", item.language),
        ("citation_public_url", item.url),
    ]
    return tuple((name, value) for name, value in found if value)


def dublin_core_meta(item: Citable) -> tuple[tuple[str, str], ...]:
    """都柏林核心: ``<meta name content>`` pairs of DC elements and DCTERMS refinements, in order."""
    found = [
        ("DC.title", item.title),
        *(("DC.creator", organ) for organ in item.responsible),
        ("DC.publisher", item.site_name),
        ("DC.language", item.language),
        ("DC.identifier", item.url),
        ("DC.identifier", item.document_number or ""),
        ("DC.date", item.issued_on or ""),
        ("DCTERMS.issued", item.published_on or ""),
        ("DCTERMS.modified", item.updated_on or ""),
        ("DCTERMS.hasVersion", item.version),
    ]
    return tuple((name, value) for name, value in found if value)


def coins_title(item: Citable) -> str:
    """COinS (Z39.88-2004): value of ``<span class="Z3988" title="…">``, URL-encoded, not yet HTML-escaped."""
    found = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", "webpage"),
        ("rft.title", item.title),
        *(("rft.creator", organ) for organ in item.responsible),
        ("rft.publisher", item.site_name),
        ("rft.date", item.issued_on or ""),
        ("rft.language", item.language),
        ("rft.identifier", item.url),
    ]
    return urlencode([(name, value) for name, value in found if value])
