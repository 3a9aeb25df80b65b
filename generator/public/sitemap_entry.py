"""地图条目 (sitemap entry): what the sitemap says of one page."""

from __future__ import annotations

from typing import NamedTuple


class SitemapEntry(NamedTuple):
    """地图条目. ``path`` from the root; ``lastmod`` ``YYYY-MM-DD`` or None."""

    path: str
    lastmod: str | None = None
