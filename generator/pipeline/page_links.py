"""手写页的链接 (page links): where the pages that people write lead, judged without MkDocs.

MkDocs stops at a link to a file that is not there, after seconds and in English, and lets pass one to a generated page
that does not exist. Both are told here at their line, by ``check`` and before a build.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from generator.catalogue import wording
from generator.diagnostics import Diagnostic, Place, diagnose
from generator.law.instruments import PolicyLibrary
from generator.pages.changes_page import KINDS as CHANGES_OF_KIND
from generator.pages.page import ENGLISH
from generator.project.layers import page_files
from generator.source.near import nearest

_INDEX = "index.md"
_FIXED = frozenset(
    (
        "",
        "changes/",
        *(f"changes/{kind}/" for kind in CHANGES_OF_KIND),
        "daily/",
        "data/",
        "decisions/",
        "honours/",
        "honours/kinds/",
        "honours/statistics/",
        "notices/",
        "notices/kinds/",
        "objections/sheet/",
        "policies/",
        "policies/codebook/",
        "policies/compare/",
        "search/",
        "subscribe/",
        "verify/",
    )
)
_IN_ENGLISH = frozenset(("", "data/", "policies/", "policies/compare/", "search/"))
"""Pages that stand once more below :data:`~generator.pages.page.ENGLISH`, beside those of places and their law."""
_RECORD = re.compile("(?:notices|honours|decisions)/(?P<id>[^/]+)/")
_KIND = re.compile("(?:notices|honours)/kinds/(?P<kind>[^/]+)/")
_PLACE = re.compile("(?:notices|honours|decisions|policies)/(?P<slug>[^/]+)/(?:[0-9]{4}/|for-me/)?")


def link_faults(
    root: Path, places: Collection[str], library: PolicyLibrary, public_ids: frozenset[str]
) -> Iterator[Diagnostic]:
    """LNK001 for each link of a hand-written page that leads nowhere. ``places`` are the jurisdictions by their slugs,
    ``public_ids`` the numbers of all records that have a page."""
    files = page_files(root)
    laws = frozenset(f"policies/{item.jurisdiction}/{item.slug}/" for item in library.instruments)
    for name, path in files.items():
        if not name.endswith(".md"):
            continue
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            continue
        for link in _links(text):
            target = _target(name, link)
            if target is None or target in files or _is_generated(target, places, laws, public_ids):
                continue
            near = nearest(target, files)
            facts = {"found": link} | ({} if near is None else {"near": _from(name, near)})
            yield diagnose("LNK001", _place(path, root, name, text, link), facts=facts)


@lru_cache(maxsize=100)
def _links(text: str) -> tuple[str, ...]:
    """Every address that the page's links and pictures name, in their order, each once: those that MkDocs follows, so
    neither in code nor in HTML. The form at the desk checks a project at every step, and its pages stay as they are."""
    body = re.sub(r"\A---\n.*?\n---\n", "", text, count=1, flags=re.DOTALL)
    reader, collector = _reader()
    collector.found.clear()
    reader.reset()
    reader.convert(body)
    return tuple(dict.fromkeys(collector.found))


class _Collector:
    """A step of Markdown's that looks at the finished tree and changes nothing."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def run(self, root: object) -> None:
        for element in root.iter():  # type: ignore[attr-defined]
            self.found += filter(None, (element.get("href"), element.get("src")))


@cache
def _reader() -> tuple[Any, _Collector]:
    # By their classes: a name would be looked for among all installed distributions.
    from markdown import Markdown  # type: ignore[import-untyped]
    from markdown.extensions.attr_list import AttrListExtension  # type: ignore[import-untyped]
    from markdown.extensions.md_in_html import MarkdownInHtmlExtension  # type: ignore[import-untyped]
    from markdown.extensions.toc import TocExtension  # type: ignore[import-untyped]

    reader = Markdown(extensions=[AttrListExtension(), MarkdownInHtmlExtension(), TocExtension()])
    collector = _Collector()
    reader.treeprocessors.register(collector, "links", -10)
    return reader, collector


def _target(page: str, link: str) -> str | None:
    """The file below ``content/pages`` that a link means; None for one that leads elsewhere or that MkDocs leaves
    alone."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith(("/", "\x02")):
        return None
    path = unquote(parts.path)
    if not posixpath.splitext(path)[1]:
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path))


def _is_generated(
    target: str, places: Collection[str], laws: frozenset[str], public_ids: frozenset[str]
) -> bool:
    if posixpath.basename(target) != _INDEX:
        return False
    address = target.removesuffix(_INDEX)
    if address.startswith(ENGLISH):
        address = address.removeprefix(ENGLISH)
        place = _PLACE.fullmatch(address) if address.startswith("policies/") else None
        return address in _IN_ENGLISH or address in laws or (place is not None and place["slug"] in places)
    record, place = _RECORD.fullmatch(address), _PLACE.fullmatch(address)
    kind = _KIND.fullmatch(address)
    return (
        address in _FIXED
        or address in laws
        or (kind is not None and kind["kind"] in wording("titles")["kinds"])
        or (record is not None and record["id"] in public_ids)
        or (place is not None and place["slug"] in places)
    )


def _from(page: str, target: str) -> str:
    return posixpath.relpath(target, posixpath.dirname(page) or ".")


def _place(path: Path, root: Path, name: str, text: str, link: str) -> Place:
    own = path.relative_to(root).as_posix() if path.is_relative_to(root) else f"content/pages/{name}"
    for number, line in enumerate(text.splitlines(), 1):
        at = re.search(rf"(?<![^\s(<\[:]){re.escape(link)}(?=[\s)>#\"']|$)", line)
        if at is not None:
            return Place(
                path=own, line=number, column=at.start() + 1, end_column=at.end() + 1, source_line=line
            )
    return Place(path=own)
