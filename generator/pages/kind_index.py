"""类型目录 (index of kinds): ``notices/kinds/``, ``honours/kinds/``, ``honours/<city>/kinds/``, where somebody arrives who cuts
the address of a list of one kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup

from generator.catalogue import wording
from generator.pages.page import Page, Section, root_of
from generator.pages.page_head import (
    collection_json_ld,
    government_tags,
    head_html,
    page_script,
    style_sheet,
)
from generator.pages.templating import render
from generator.public.context import SiteContext
from generator.public.list_parts import ListPart
from generator.public.list_rows import NoticeRow

FIRST = 3
"""Records that stand below each kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Newest:
    """一项 of the newest honours of a kind. ``names``: those in the title, which no line parts."""

    id: str
    path: str
    title: str
    names: tuple[str, ...]
    when: str
    place: str
    summary: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KindListed:
    """一类. ``count`` in words; nothing is ``first`` of a kind without a record, whose address stays.

    ``whole``: in words, all that the list of the kind holds; None where every record of it is among the ``first``.
    """

    path: str
    label: str
    count: str
    first: Sequence[Newest] | Sequence[NoticeRow]
    whole: str | None


def kind_index(
    path: str,
    section: Section,
    kinds: Sequence[KindListed],
    context: SiteContext,
    *,
    title: str,
    description: str,
    steps: Sequence[tuple[str, str]],
    notes: Sequence[str],
    as_of: str = "",
) -> ListPart[Page]:
    """``steps`` end with this page. ``notes``: what the counts leave out or count twice, a sentence each.
    ``as_of``: of which day the counts are, where they change by the day."""
    values: dict[str, Any] = {
        "root": root_of(path),
        "url": context.absolute(path),
        "context": context,
        "title": title,
        "description": description,
        "steps": steps,
        "section": section,
        "kinds_listed": kinds,
        "notes": notes,
        "as_of": as_of,
        "lists": wording("notices")["lists"],
        "cities": {item.slug: item.name for item in context.jurisdictions.values()},
    }
    return ListPart(
        path=path,
        records=tuple(one.id for kind in kinds for one in kind.first),
        said=(*((kind.path, kind.count, kind.whole) for kind in kinds), *notes, as_of),
        make=partial(_pages, path, section, values, context),
    )


def _pages(path: str, section: Section, values: dict[str, Any], context: SiteContext) -> Iterator[Page]:
    title, description, steps = values["title"], values["description"], values["steps"]
    yield Page(
        path=path,
        section=section,
        title=title,
        description=description,
        body=render("kind_index.html", values),
        head=head_html(
            style_sheet(values["root"], "records"),
            government_tags(context, column=title, column_description=description),
            collection_json_ld(context, path, title, description, steps),
            # How long a notice has waited.
            page_script(values["root"], "lists") if section == "notices" else Markup(),
        ),
    )
