"""空号页 (vacant number): a page that says only that nothing is public under this number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.catalogue import wording
from generator.pages.page import Page, root_of
from generator.pages.templating import render
from generator.public.public_case import VacantNumber


def render_vacant_pages(numbers: Iterable[VacantNumber]) -> Iterator[Page]:
    """One page a number, the same for each but for the number. In no list, no feed and no search."""
    words = wording("vacant")
    for number in numbers:
        values = {"w": words, "root": root_of(number.path), "id": number.id, "section": number.kind}
        yield Page(
            path=number.path,
            section=number.kind,
            title=words["title"].format(id=number.id),
            description=words["description"].format(id=number.id),
            body=render("vacant_page.html", values),
            noindex=True,
        )
