"""外壳与套印 (shell and stamp): MkDocs renders one shell page; every generated page is that shell, filled in.

A shell is asked for by section and depth (number of folders below the root), because relative links
in it depend on the depth alone. Its slots are filled textually: the tokens contain letters and
digits only, so that neither Markdown nor HTML escaping changes them, and each value is escaped for
HTML before it is put in, except ``head`` and ``body``, which are HTML already.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from generator.catalogue import Language
from generator.pages.open_notices import PLACE as OPEN_NOTICES
from generator.pages.page import ENGLISH, Freshness, Page, Section, language_of

ShellKey = tuple[Language, Section, int]
"""外壳的名称: language, section and depth of the pages that are filled into it."""

SHELLS: tuple[ShellKey, ...] = (
    ("zh", "home", 0),
    *(
        ("zh", section, depth)
        for section in ("notices", "honours", "decisions", "policies")
        for depth in (1, 2, 3, 4)
    ),
    ("zh", "honours", 5),
    ("zh", "objections", 2),
    *(("zh", "data", depth) for depth in (1, 2, 3)),
    ("zh", "search", 1),
    ("en", "home", 1),
    *(("en", "policies", depth) for depth in (2, 3, 4)),
    ("en", "data", 2),
    ("en", "search", 2),
)
"""Every shell that generated pages may ask for."""

_OWN_FOLDER: tuple[Section, ...] = ("notices", "honours", "decisions", "policies", "objections")
"""Sections whose pages below the first lie in the section's own folder."""

_FRESH = ("since", "until", "fresh")
_OPEN_NOTICES = "open_notices"
_OTHER = "other"
"""Where the header leads in the other language; a site in one language has no such link."""
SLOTS = ("title", "description", "head", *_FRESH, "body")


def token(slot: str) -> str:
    """The placeholder of one slot."""
    return f"YYSLOT{slot}YY"


TOKENS = Freshness(since=token("since"), until=token("until"), words=token("fresh"))
"""时效 in a page that the host renders: filled in when the page is written, so that no such page grows old."""


def shell_key(page: Page) -> ShellKey:
    """The shell that ``page`` is filled into."""
    return language_of(page.path), page.section, page.depth


def shell_path(language: Language, section: Section, depth: int) -> str:
    """Address at which the shell is rendered; it stands for the page's own address everywhere."""
    if language == "en":
        return ENGLISH + shell_path("zh", section, depth - 1)
    if depth == 0:
        return ""
    folder = shell_folder(section, depth)
    return "/".join([folder, *("x" for _ in range(depth - 1 - folder.count("/")))]) + "/"


def shell_folder(section: Section, depth: int) -> str:
    """The folder that holds the shell alone. It lies where the record pages lie, because links between
    a page and its own section are shorter than those from elsewhere."""
    own = section in _OWN_FOLDER and depth > 1
    return f"{section}/yyshell{depth}" if own else f"yyshell{section}{depth}"


@dataclass(frozen=True, slots=True)
class Shell:
    """外壳, cut at its slots: ``literals[0] + value(slots[0]) + literals[1] + …``."""

    literals: tuple[str, ...]
    slots: tuple[str, ...]

    def fill(self, page: Page, day: Freshness) -> str:
        """The whole HTML document of ``page``. ``day`` is how fresh a page is that says nothing else."""
        return self._filled(
            {
                "title": escape(page.title),
                "description": escape(page.description),
                "head": head_of(page),
                "body": page.body,
                "path": page.path,
                _OTHER: page.other_language,
                **fresh_values(page.freshness or day),
            }
        )

    def fresh(self, day: Freshness, open_notices: str = "") -> str:
        """A page that people wrote: nothing was left open but how fresh it is and, where it asks for them, what is
        ``open_notices``."""
        return self._filled({**fresh_values(day), _OPEN_NOTICES: open_notices})

    @property
    def asks_for_notices(self) -> bool:
        """Whether a page that people wrote has a place for the open notices."""
        return _OPEN_NOTICES in self.slots

    def _filled(self, values: Mapping[str, str]) -> str:
        parts = [self.literals[0]]
        for slot, literal in zip(self.slots, self.literals[1:], strict=True):
            parts.append(values[slot])
            parts.append(literal)
        return "".join(parts)


def cut_shell(html: str, path: str, shown_at: str) -> Shell:
    """Cut a shell that was rendered at ``path`` at its slots. ``shown_at``: the address of the one page for which it
    was rendered, or empty for a shell of many.

    Raises ``ValueError`` when a slot is missing or the body's stands there more than once: then the
    theme no longer prints what pages need, and stamping would lose it silently.
    """
    names = {token(slot): slot for slot in (*SLOTS, _OTHER)}
    if path and path != shown_at:
        names[path] = "path"
    found = _cut(html.replace(f"<div>{token('body')}</div>", token("body")), names)
    for slot in SLOTS:
        if slot not in found.slots:
            raise ValueError(f"the theme does not print the page's {slot}")
    if found.slots.count("body") != 1:
        raise ValueError("the theme prints the page's body more than once")
    return found


def cut_written(html: str) -> Shell:
    """Cut a page that people wrote where it says how fresh it is, and where it asks for the open notices."""
    return _cut(html, {**{token(slot): slot for slot in _FRESH}, OPEN_NOTICES: _OPEN_NOTICES})


def _cut(html: str, names: Mapping[str, str]) -> Shell:
    pattern = re.compile("|".join(map(re.escape, names)))
    return Shell(tuple(pattern.split(html)), tuple(names[match] for match in pattern.findall(html)))


def fresh_values(fresh: Freshness) -> dict[str, str]:
    """时效 as HTML, by slot."""
    more = f"<span>{escape(fresh.more)}</span>" if fresh.more else ""
    return {
        "since": escape(fresh.since),
        "until": escape(fresh.until),
        "fresh": escape(fresh.words) + more,
    }


def head_of(page: Page) -> str:
    """HTML for the end of ``<head>``, with the robots directive where the page is not to be indexed."""
    robots = '<meta name="robots" content="noindex">' if page.noindex else ""
    return f"{robots}{page.head}"


def other_of(page: Page) -> str:
    """The way from ``page`` to the other language; of a shell the placeholder, whose language is its own."""
    return token(_OTHER) if page.title == token("title") else page.other_language


def shell_pages(own: Iterable[str] = ()) -> list[Page]:
    """What the host renders: every shell, and a shell for each of the addresses ``own``, which the site's navigation
    and the pages that people write must find."""
    pages = [_shell_page(key[1], shell_path(*key)) for key in SHELLS]
    return [*pages, *(_shell_page(section_of(path), path) for path in own)]


def section_of(path: str) -> Section:
    """The section by whose tab a page is found at the address ``path``: home, where there is no such tab."""
    first = path.removeprefix(ENGLISH).partition("/")[0]
    return next((section for _, section, _ in SHELLS if section == first), "home")


def _shell_page(section: Section, path: str) -> Page:
    return Page(
        path=path,
        section=section,
        title=token("title"),
        description=token("description"),
        head=token("head"),
        freshness=TOKENS,
        body=f"<div>{token('body')}</div>",
    )
