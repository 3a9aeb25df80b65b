"""没有内容的名单页 (empty page of a list): what stands at an address that no list calls for any more."""

from __future__ import annotations

from generator.catalogue import wording
from generator.pages.page import Page, Section, root_of
from generator.pages.templating import render

_SECTIONS: dict[str, Section] = {
    "notices": "notices",
    "daily": "notices",
    "honours": "honours",
    "decisions": "decisions",
    "policies": "policies",
}


def render_empty_list(path: str, near: str) -> Page:
    """The page at ``path``: the same words whatever stood there. ``near``: the list that it leads to."""
    words = wording("common")["empty_list"]
    return Page(
        path=path,
        section=_SECTIONS.get(path.removeprefix("en/").partition("/")[0], "data"),
        title=words["title"],
        description=words["description"],
        body=render("empty_list.html", {"w": words, "root": root_of(path), "list": near}),
        noindex=True,
    )
