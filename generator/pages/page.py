"""页面 (page): rendering makes it, and MkDocs or the stamp turns it into a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from generator.catalogue import Language

Section = Literal[
    "home", "notices", "honours", "decisions", "policies", "objections", "data", "about", "search"
]

ENGLISH = "en/"
"""Folder of the pages in English, below the root."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """页面的时效, as the theme prints it and the page's clock reads it.

    ``since`` and ``until`` are instants in ISO 8601, empty where there is none: the visitor's clock is not
    believed when it is behind ``since``, and from ``until`` on the page says that it is out of date. ``words`` say
    the same on top of the page; they may be empty. ``more`` goes on after ``words``, and gives way where few words fit
    the screen.
    """

    since: str
    until: str
    words: str
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """一页.

    ``path``         address from the root, with a trailing slash (``notices/wuhan-2026-0007/``), ``""`` for home.
    ``section``      the tab it belongs to.
    ``title``        plain text; the ``<title>`` and ``og:title``. The body holds its own ``<h1>``.
    ``description``  plain text, one sentence, for search engines and link previews.
    ``body``         HTML fragment, every relative link written with the page's own :attr:`root`.
    ``head``         HTML for the end of ``<head>``: government tags, JSON-LD, citation metadata, links.
    ``search``       metadata for the search index; None keeps the page out of it (most tombstones, lists).
    """

    path: str
    section: Section
    title: str
    description: str
    body: str
    head: str = ""
    noindex: bool = False
    search: Mapping[str, str] | None = None
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    freshness: Freshness | None = None
    """None: what the page says is as fresh as the day of the build (rolls, digests)."""
    lastmod: str | None = None
    """``YYYY-MM-DD`` for the sitemap: the last day on which something about it changed."""
    has_twin: bool = False
    """It stands in the other language too, at the same address below or above :data:`ENGLISH`."""

    @property
    def depth(self) -> int:
        """Number of folders below the root."""
        return self.path.count("/")

    @property
    def root(self) -> str:
        """Relative way from this page to the root: ``../../`` or ``./``."""
        return root_of(self.path)

    @property
    def other_language(self) -> str:
        """Relative way to the same page in the other language, or to the page of its section there."""
        if language_of(self.path) == "en":
            return f"{self.root}{self.path.removeprefix(ENGLISH)}"
        near = f"{self.section}/" if self.section in ("policies", "data", "objections", "about") else ""
        return f"{self.root}{ENGLISH}{self.path if self.has_twin else near}"


def language_of(path: str) -> Language:
    """页面的语言 by its address."""
    return "en" if path.startswith(ENGLISH) else "zh"


def root_of(path: str) -> str:
    """Relative way from the page at ``path`` to the site's root, with a trailing slash."""
    return "../" * path.count("/") or "./"
