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


def poster(url: str, kind: str) -> Callable[[bytes], bytes | None]:
    """A function that sends bytes of a media type ``kind`` to ``url`` and gives the answer, None where there is none."""

    def post(data: bytes) -> bytes | None:
        if urlsplit(url).scheme not in ("http", "https"):
            return None
        headers = {"Content-Type": kind, "User-Agent": "yiyong"}
        return _answer(urllib.request.Request(url, data=data, headers=headers))

    return post


def site_fetcher(url: str) -> Callable[[str], bytes | None]:
    """A function that gives the bytes at a path from the root of the site at ``url``, None where there is nothing."""
    base = url if url.endswith("/") else f"{url}/"

    def fetch(path: str) -> bytes | None:
        if urlsplit(base).scheme not in ("http", "https"):
            return None
        return _answer(urllib.request.Request(urljoin(base, path), headers={"User-Agent": "yiyong"}))

    return fetch


def _answer(request: urllib.request.Request) -> bytes | None:
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
            data: bytes = answer.read(LARGEST + 1)
    except (urllib.error.URLError, HTTPException, OSError, ValueError):
        return None
    return data if len(data) <= LARGEST else None
