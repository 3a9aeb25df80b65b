"""Markdown 页 (staged Markdown): a page as MkDocs, Zensical or another engine reads it.

Front matter holds what the theme prints; the body is one block of HTML, which Markdown passes
through as it stands.
"""

from __future__ import annotations

from dataclasses import asdict

import yaml

from generator.pages.page import Page
from generator.pipeline.shell import head_of, other_of


def as_markdown(page: Page) -> str:
    """The Markdown file of one page: front matter, a blank line, the HTML body."""
    matter = {
        "title": page.title,
        "description": page.description,
        "hide": ["navigation", "toc"],
        "search": {"exclude": True},
        "yiyong": {
            "section": page.section,
            "head": head_of(page),
            "noindex": False,
            "other": other_of(page),
            "fresh": None if page.freshness is None else asdict(page.freshness),
        },
    }
    dumped = yaml.safe_dump(matter, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{dumped}---\n\n{page.body}\n"


def markdown_path(page: Page) -> str:
    """Path of the Markdown file below the docs folder: ``notices/wuhan/index.md``."""
    return f"{page.path}index.md"
