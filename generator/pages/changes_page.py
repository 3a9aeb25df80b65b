"""更新记录页 (change log): ``/changes/`` with the latest, ``/changes/<year>/`` with the latest of a year and
``/changes/<year>/<n>/`` with all, ``/changes/<kind>/`` with those of one kind: what was corrected, what was taken back.

Pages of a year or a kind are numbered from its beginning, so a full page never changes and its address
goes on showing what it showed. Such a page, and a year that is over, do not say on which day they were made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from generator.catalogue import wording
from generator.pages.fresh_words import record_freshness
from generator.pages.page import Page, root_of
from generator.pages.page_head import (
    alternate_links,
    collection_json_ld,
    government_tags,
    head_html,
    style_sheet,
)
from generator.pages.templating import render
from generator.public.addresses import CHANGE_FEED, change_feed_of
from generator.public.changes import Change, ChangeKind, pages_of, years_of
from generator.public.context import SiteContext
from generator.public.holding import Holding
from generator.public.list_parts import ListPart, all_of
from generator.source.model.partial_day import PartialDay

PATH = "changes/"
KINDS: dict[str, frozenset[ChangeKind]] = {
    "corrections": frozenset({ChangeKind.CORRECTED, ChangeKind.DEADLINE_MOVED}),
    "withdrawals": frozenset({ChangeKind.WITHDRAWN, ChangeKind.REVOKED}),
    "objections": frozenset(
        {
            ChangeKind.OBJECTION_RECEIVED,
            ChangeKind.OBJECTION_UPHELD,
            ChangeKind.OBJECTION_DISMISSED,
            ChangeKind.OBJECTION_WITHDRAWN,
        }
    ),
    "outcomes": frozenset(
        {
            ChangeKind.CONFIRMED,
            ChangeKind.NOT_CONFIRMED,
            ChangeKind.AWARDED,
            ChangeKind.RECOMMENDED,
            ChangeKind.NOT_AWARDED,
        }
    ),
    "publications": frozenset({ChangeKind.PUBLISHED}),
}
"""The lists of one kind each, by the last part of their address; what is asked for most stands first."""
_IN_SIGHT = 12
"""Changes that are shown without unfolding anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """一个月的变动, newest first. ``open`` where they are shown unfolded. ``whole``: how many there are, where the page
    is of the latest changes and leaves some of the month out."""

    key: str
    """Its anchor: ``2026-11``."""
    changes: tuple[Change, ...]
    open: bool
    whole: int | None

    @property
    def day(self) -> PartialDay:
        """The month as a date that is known in part."""
        return PartialDay(self.key)


def render_changes_pages(changes: Sequence[Change], context: SiteContext) -> Iterator[Page]:
    """更新记录: the first page, then every page of every year: what changed is only known once
    the records have been read for their pages.

    ``changes`` newest first. No page shows more than ``site.lists.per_page``.
    """
    return all_of(changes_pages(changes, context))


def changes_pages(changes: Sequence[Change], context: SiteContext) -> Iterator[ListPart[Page]]:
    """The same in parts, of one page each."""
    words = wording("exports")["changes_page"]
    size = context.site.lists.per_page
    years = {
        year: (len(items), [(number, _part_path(year, number)) for number, _ in pages_of(items, size)])
        for year, items in years_of(changes).items()
    }
    latest = changes[:size]
    yield _part(
        PATH,
        latest,
        context,
        title=words["title"],
        description=words["description"],
        intro=words["intro"],
        heading=words["latest"].format(n=len(latest)),
        steps=((PATH, words["title"]),),
        years=[
            (words["year"].format(year=year), _year_path(year), count) for year, (count, _) in years.items()
        ],
        parts=[],
        kinds=_choices(changes),
        cut_month=_cut_month(changes, size),
    )
    yield from _kind_parts(changes, context)
    for year, items in years_of(changes).items():
        parts = years[year][1]
        whole = words["of_year"].format(year=year)
        shown = items[:size]
        yield _part(
            _year_path(year),
            shown,
            context,
            title=whole,
            description=words["description_of_year"].format(year=year),
            intro=words["intro"],
            heading=words["whole" if len(parts) == 1 else "latest"].format(n=len(shown)),
            steps=((PATH, words["title"]), (_year_path(year), whole)),
            years=[],
            parts=_near(parts, len(parts)),
            kinds=[],
            cut_month=_cut_month(items, size),
            closed=year < context.day.year,
        )
        for number, members in pages_of(items, size):
            path = _part_path(year, number)
            yield _part(
                path,
                members,
                context,
                title=words["title_year"].format(year=year, n=number),
                description=words["description_year"].format(year=year, n=number),
                intro=words["intro"],
                heading=words["part"].format(n=number),
                steps=(
                    (PATH, words["title"]),
                    (_year_path(year), whole),
                    (path, words["part"].format(n=number)),
                ),
                years=[],
                parts=_near(parts, number),
                kinds=[],
                closed=len(members) == size or year < context.day.year,
            )


def feed_titles() -> list[tuple[str, str, frozenset[ChangeKind]]]:
    """The feeds of one kind of change each: (last part of the list's address, title, kinds)."""
    words = wording("exports")["changes_page"]
    return [(key, words["title_kind"].format(kind=words["of_kind"][key]), of) for key, of in KINDS.items()]


def _choices(changes: Sequence[Change]) -> list[tuple[str, str, int]]:
    """All changes and those of each kind: (address, name, how many)."""
    names = wording("exports")["changes_page"]["of_kind"]
    counts = Counter(change.kind for change in changes)
    return [
        (PATH, names["all"], len(changes)),
        *((_kind_path(key), names[key], sum(counts[kind] for kind in of)) for key, of in KINDS.items()),
    ]


def _kind_parts(changes: Sequence[Change], context: SiteContext) -> Iterator[ListPart[Page]]:
    """按种类: the latest of each kind and, where one page does not hold all, its pages from the oldest on."""
    words = wording("exports")["changes_page"]
    size = context.site.lists.per_page
    choices = _choices(changes)
    for key, kinds in KINDS.items():
        own = [change for change in changes if change.kind in kinds]
        first, name = _kind_path(key), words["of_kind"][key]
        pages = list(pages_of(own, size)) if len(own) > size else []
        parts = [(number, f"{first}{number}/") for number, _ in pages]
        title = words["title_kind"].format(kind=name)
        of_page = {
            "description": words["description_kind"].format(kind=name),
            "intro": words["intro_of_kind"][key],
            "pending": words["pending"].get(key),
            "years": [],
            "steps": ((PATH, words["title"]), (first, name)),
            "feed": (change_feed_of(key), words["feed_of_kind"].format(kind=name)),
        }
        yield _part(
            first,
            own[:size],
            context,
            title=title,
            heading=words["latest" if parts else "whole"].format(n=len(own[:size])),
            parts=_near(parts, len(parts)),
            kinds=choices,
            cut_month=_cut_month(own, size),
            **of_page,
        )
        for number, members in pages:
            yield _part(
                f"{first}{number}/",
                members,
                context,
                title=f"{title}{words['part_of_title'].format(n=number)}",
                heading=words["part"].format(n=number),
                parts=_near(parts, number),
                kinds=[],
                closed=len(members) == size,
                **of_page,
            )


def _cut_month(changes: Sequence[Change], shown: int) -> int | None:
    """How many changes the month has of which the latest ``shown`` have a part only; None where they end with a month."""
    if len(changes) <= shown or _month(changes[shown]) != _month(changes[shown - 1]):
        return None
    cut = changes[shown].on
    return sum(change.on.month == cut.month and change.on.year == cut.year for change in changes)


def _month(change: Change) -> str:
    return f"{change.on:%Y-%m}"


def _kind_path(key: str) -> str:
    return f"{PATH}{key}/"


def _part(path: str, changes: Sequence[Change], context: SiteContext, **rest: Any) -> ListPart[Page]:
    return ListPart(
        path=path,
        records=tuple(change.id for change in changes),
        said=(
            tuple(change.key for change in changes),
            rest["years"],
            rest["parts"],
            rest["kinds"],
            rest.get("cut_month"),
            rest.get("closed", False),
        ),
        make=partial(_pages, path, changes, context, **rest),
    )


def _pages(path: str, changes: Sequence[Change], context: SiteContext, **rest: Any) -> Iterator[Page]:
    yield _page(path, changes, context, **rest)


def _year_path(year: int) -> str:
    return f"{PATH}{year}/"


def _part_path(year: int, number: int) -> str:
    return f"{_year_path(year)}{number}/"


def _near(parts: Sequence[tuple[int, str]], current: int) -> list[tuple[int, str]]:
    """The first, the last and the parts near ``current``; empty where there are no two."""
    if len(parts) < 2:
        return []
    wanted = {1, len(parts), *range(current - 2, current + 3)}
    return [part for part in parts if part[0] in wanted]


def _page(
    path: str,
    changes: Sequence[Change],
    context: SiteContext,
    *,
    title: str,
    description: str,
    intro: str,
    heading: str,
    steps: Sequence[tuple[str, str]],
    years: Sequence[tuple[str, str, int]],
    parts: Sequence[tuple[int, str]],
    kinds: Sequence[tuple[str, str, int]],
    cut_month: int | None = None,
    closed: bool = False,
    pending: Mapping[str, str] | None = None,
    feed: tuple[str, str] | None = None,
) -> Page:
    words = wording("exports")["changes_page"]
    own_feed, feed_title = feed or (CHANGE_FEED, words["feed"])
    values: dict[str, Any] = {
        "w": words,
        "records": wording("exports")["changes"]["records"],
        "root": root_of(path),
        "path": path,
        "context": context,
        "url": context.absolute(path),
        "title": title,
        "intro": intro,
        "pending": pending,
        "closed": closed,
        "heading": heading,
        "steps": steps,
        "years": years,
        "parts": parts,
        "kinds_of_change": kinds,
        "changes": changes,
        "months": list(_months(changes, cut_month)),
        "cities": {item.slug: item.name for item in context.jurisdictions.values()},
        "feed": own_feed,
        "feed_title": feed_title,
        "subscribe": wording("alerts")["subscribe"]["link"],
    }
    return Page(
        path=path,
        section="data",
        title=title,
        description=description,
        body=render("changes_page.html", values),
        head=head_html(
            style_sheet(root_of(path), "records"),
            government_tags(context, column=words["title"], column_description=words["description"]),
            alternate_links(root_of(path), (("application/atom+xml", own_feed, feed_title),)),
            collection_json_ld(context, path, title, description, steps),
        ),
        lastmod=changes[0].on.isoformat() if changes else None,
        freshness=record_freshness(Holding()) if closed else None,
    )


def _months(changes: Sequence[Change], cut: int | None) -> Iterator[Month]:
    """By month; unfolded as long as little is shown. ``cut``: how many the last month has in all, if some are left out."""
    shown = 0
    for key, items in groupby(changes, key=_month):
        members = tuple(items)
        opened, shown = shown < _IN_SIGHT, shown + len(members)
        yield Month(key=key, changes=members, open=opened, whole=cut if shown == len(changes) else None)
