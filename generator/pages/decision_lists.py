"""决定列表 (decision lists): ``decisions/`` and ``decisions/<city>/``, the newest document first, with further parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from generator.catalogue import wording
from generator.pages.page import Page, root_of
from generator.pages.page_head import (
    LinkType,
    alternate_links,
    collection_json_ld,
    government_tags,
    head_html,
    style_sheet,
)
from generator.pages.templating import render
from generator.public.addresses import DECISION_FEED
from generator.public.context import SiteContext
from generator.public.list_parts import ListPart
from generator.public.public_decision import DecisionRow
from generator.source.model.jurisdiction import Jurisdiction

_NAMES = 6
"""Names told in a row."""


def decision_lists(
    rows: Sequence[DecisionRow], honours: Mapping[str, int], context: SiteContext
) -> Iterator[ListPart[Page]]:
    """决定列表 in parts: all cities, each city. ``rows``: every public decision, newest first. ``honours``: how many
    stand, by the slug of their jurisdiction. No page shows more than ``site.lists.per_page``."""
    for city in (None, *context.register_cities):
        path = "decisions/" if city is None else f"decisions/{city.slug}/"
        own = rows if city is None else [row for row in rows if row.jurisdiction == city.slug]
        public = sum(honours.values()) if city is None else honours.get(city.slug, 0)
        yield ListPart(
            path=path,
            records=tuple(row.id for row in own),
            said=(public,),
            make=partial(_pages, path, city, own, public, context),
        )


def _pages(
    path: str, city: Jurisdiction | None, rows: Sequence[DecisionRow], public: int, context: SiteContext
) -> Iterator[Page]:
    size = context.site.lists.per_page
    count = max(1, -(-len(rows) // size))
    parts = [(number, path if number == 1 else f"{path}{number}/") for number in range(1, count + 1)]
    scope, rest = _scope(city, rows, public)
    for number, part in parts:
        shown = rows[(number - 1) * size : number * size]
        values = {"scope": scope, "rest": rest}
        yield _page(part, city, shown, number, parts if count > 1 else [], values, context)


def _scope(city: Jurisdiction | None, rows: Sequence[DecisionRow], public: int) -> tuple[str, bool]:
    """Of how many of the ``public`` honours the decision is here, and whether there are others."""
    words = wording("decisions")["lists"]
    granted = sum(len(row.names) for row in rows)
    if not granted:
        return str(words["scope"]), True
    form = words["scope_some" if granted < public else "scope_whole"]
    place = "" if city is None else city.name
    return str(form.format(n=len(rows), granted=granted, all=public, place=place)), granted < public


def _page(
    path: str,
    city: Jurisdiction | None,
    rows: Sequence[DecisionRow],
    number: int,
    parts: Sequence[tuple[int, str]],
    scope: Mapping[str, Any],
    context: SiteContext,
) -> Page:
    words = wording("decisions")
    lists = words["lists"]
    title = lists["title"] if city is None else lists["title_city"].format(city=city.name)
    if number > 1:
        title += lists["part_of_title"].format(n=number)
    description = (
        lists["description"] if city is None else lists["description_city"].format(city=city.full_name)
    )
    steps: tuple[tuple[str, str], ...] = (
        ("honours/", wording("honours")["section"]),
        ("decisions/", words["section"]),
    )
    if city is not None:
        steps = (*steps, (f"decisions/{city.slug}/", city.name))
    links: tuple[LinkType, ...] = (
        ("application/json", "api/v1/decisions.json", words["json_all"]),
        ("text/csv", "data/decisions.csv", words["csv"]),
        ("application/atom+xml", DECISION_FEED, words["feed"]),
    )
    values: dict[str, Any] = {
        "w": words,
        "root": root_of(path),
        "path": path,
        "url": context.absolute(path),
        "context": context,
        "title": title,
        "steps": steps,
        "city": city,
        "cities": {item.slug: item.name for item in context.jurisdictions.values()},
        "choices": [(f"decisions/{item.slug}/", item.name) for item in context.register_cities],
        "rows": [(row, row.names[:_NAMES], len(row.names) > _NAMES) for row in rows],
        "parts": parts,
        "links": links,
        "honours_table": "data/honours.csv",
        **scope,
    }
    return Page(
        path=path,
        section="decisions",
        title=title,
        description=description,
        body=render("decision_list.html", values),
        head=head_html(
            style_sheet(root_of(path), "records"),
            government_tags(context, column=words["section"], column_description=lists["description"]),
            alternate_links(root_of(path), links),
            collection_json_ld(context, path, title, description, steps),
        ),
        lastmod=max((row.last_changed_on.isoformat() for row in rows), default=None),
    )
