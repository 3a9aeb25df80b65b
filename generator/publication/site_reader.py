"""读网站 (site reader): files of a site, as a visitor gets them."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPException
from urllib.parse import urljoin, urlsplit

LARGEST = 64 * 1024 * 1024
TIMEOUT = 30
"""Seconds for one file."""


def site_fetcher(url: str) -> Callable[[str], bytes | None]:
    """A function that gives the bytes at a path from the root of the site at ``url``, None where there is nothing."""
    base = url if url.endswith("/") else f"{url}/"

    def fetch(path: str) -> bytes | None:
        if urlsplit(base).scheme not in ("http", "https"):
            return None
        request = urllib.request.Request(urljoin(base, path), headers={"User-Agent": "yiyong"})
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
                data: bytes = answer.read(LARGEST + 1)
        except (urllib.error.URLError, HTTPException, OSError, ValueError):
            return None
        return data if len(data) <= LARGEST else None

    return fetch
