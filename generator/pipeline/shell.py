"""外壳与套印 (shell and stamp): MkDocs renders one shell page; every record page is that shell, filled in.

A shell is asked for by section and depth (number of folders below the root), because relative links
in it depend on the depth alone. Its slots are filled textually: the tokens contain letters and
digits only, so that neither Markdown nor HTML escaping changes them, and each value is escaped for
HTML before it is put in, except ``head`` and ``body``, which are HTML already.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from generator.pages.page import Freshness, Page, Section

_OWN_FOLDER: tuple[Section, ...] = ("notices", "honours", "decisions")
"""Sections whose stamped pages lie in the section's own folder; changes of the data lie beside it."""

SLOTS = ("title", "description", "head", "since", "until", "fresh", "body")


def token(slot: str) -> str:
    """The placeholder of one slot."""
    return f"YYSLOT{slot}YY"


def shell_path(section: Section, depth: int) -> str:
    """Address at which the shell is rendered; it stands for the record's own address everywhere."""
    folder = shell_folder(section, depth)
    return "/".join([folder, *("x" for _ in range(depth - 1 - folder.count("/")))]) + "/"


def shell_folder(section: Section, depth: int) -> str:
    """The folder that holds the shell alone. It lies where the record pages lie, because links between
    a page and its own section are shorter than those from elsewhere."""
    return f"{section}/yyshell{depth}" if section in _OWN_FOLDER else f"yyshell{section}{depth}"


@dataclass(frozen=True, slots=True)
class Shell:
    """外壳, cut at its slots: ``literals[0] + value(slots[0]) + literals[1] + …``."""

    literals: tuple[str, ...]
    slots: tuple[str, ...]

    def fill(self, page: Page, site: Freshness) -> str:
        """The whole HTML document of ``page``. ``site`` is how fresh a page is that says nothing else."""
        fresh = page.freshness or site
        values = {
            "title": escape(page.title),
            "description": escape(page.description),
            "head": head_of(page),
            "since": escape(fresh.since),
            "until": escape(fresh.until),
            "fresh": escape(fresh.words),
            "body": page.body,
            "path": page.path,
        }
        parts = [self.literals[0]]
        for slot, literal in zip(self.slots, self.literals[1:], strict=True):
            parts.append(values[slot])
            parts.append(literal)
        return "".join(parts)


def cut_shell(html: str, section: Section, depth: int) -> Shell:
    """Cut a rendered shell at its slots.

    Raises ``ValueError`` when a slot is missing or the body's stands there more than once: then the
    theme no longer prints what record pages need, and stamping would lose it silently.
    """
    path = shell_path(section, depth)
    pattern = re.compile("|".join([*(token(slot) for slot in SLOTS), re.escape(path)]))
    names = {token(slot): slot for slot in SLOTS} | {path: "path"}
    html = html.replace(f"<div>{token('body')}</div>", token("body"))
    slots = tuple(names[match] for match in pattern.findall(html))
    for slot in SLOTS:
        if slot not in slots:
            raise ValueError(f"the theme does not print the page's {slot}")
    if slots.count("body") != 1:
        raise ValueError("the theme prints the page's body more than once")
    return Shell(tuple(pattern.split(html)), slots)


def head_of(page: Page) -> str:
    """HTML for the end of ``<head>``, with the robots directive where the page is not to be indexed."""
    robots = '<meta name="robots" content="noindex">' if page.noindex else ""
    return f"{robots}{page.head}"


def shell_page(section: Section, depth: int) -> Page:
    """The page that MkDocs renders as the shell of ``section`` at ``depth``."""
    return Page(
        path=shell_path(section, depth),
        section=section,
        title=token("title"),
        description=token("description"),
        head=token("head"),
        freshness=Freshness(since=token("since"), until=token("until"), words=token("fresh")),
        body=f"<div>{token('body')}</div>",
        stamped=False,
    )
