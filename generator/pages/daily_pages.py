"""每日简报页 (daily digest): ``/daily/`` with the latest days, ``/daily/2026-11/`` with those of a month. That of a month
which is over does not say on which day it was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
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
from generator.public.addresses import DAILY, DAILY_FEED
from generator.public.context import SiteContext
from generator.public.daily_digest import DayDigest, month_path
from generator.public.holding import Holding
from generator.public.list_parts import ListPart

RECENT = 7
"""Days on the first page."""

_Month = tuple[str, str]
"""Address and name."""
_Year = tuple[str, int, list[tuple[str, str, int]]]
"""Name and number of days, of a year and then of each of its months with its address."""


def daily_pages(digests: Sequence[DayDigest], context: SiteContext) -> Iterator[ListPart[Page]]:
    """每日简报, in parts of one page each. ``digests`` newest first."""
    words = wording("alerts")["daily"]
    months: dict[str, list[DayDigest]] = {}
    for digest in digests:
        months.setdefault(month_path(digest.day), []).append(digest)
    names = {path: _month_words(days[0]) for path, days in months.items()}
    yield _part(
        DAILY,
        digests[:RECENT],
        context,
        title=words["title"],
        description=words["description"],
        steps=((DAILY, words["title"]),),
        heading=words["recent"],
        years=_years(months),
        near={},
    )
    paths = list(months)
    for number, (path, days) in enumerate(months.items()):
        near = {}
        if number > 0:
            near["later"] = (paths[number - 1], names[paths[number - 1]])
        if number + 1 < len(paths):
            near["earlier"] = (paths[number + 1], names[paths[number + 1]])
        title = words["title_month"].format(month=names[path])
        yield _part(
            path,
            days,
            context,
            title=title,
            description=words["description_month"].format(month=names[path]),
            steps=((DAILY, words["title"]), (path, names[path])),
            heading=None,
            years=[],
            near=near,
            closed=days[0].day < context.day.replace(day=1),
        )


def _years(months: Mapping[str, Sequence[DayDigest]]) -> list[_Year]:
    """The months by year, newest first: ten years of them are folded."""
    words = wording("alerts")["daily"]
    found: dict[int, list[tuple[str, str, int]]] = {}
    for path, days in months.items():
        name = str(words["month_of_year"]).format(month=days[0].day.month)
        found.setdefault(days[0].day.year, []).append((name, path, len(days)))
    return [
        (str(words["year"]).format(year=year), sum(days for *_, days in own), own)
        for year, own in found.items()
    ]


def _month_words(digest: DayDigest) -> str:
    form = wording("alerts")["daily"]["month"]
    return str(form).format(year=digest.day.year, month=digest.day.month)


def _part(path: str, digests: Sequence[DayDigest], context: SiteContext, **rest: Any) -> ListPart[Page]:
    return ListPart(
        path=path,
        records=tuple(told.record for digest in digests for told in digest.told),
        said=(
            *((digest.day.isoformat(), *digest.kinds) for digest in digests),
            rest["years"],
            tuple(rest["near"].items()),
            rest.get("closed", False),
        ),
        make=partial(_pages, path, digests, context, **rest),
    )


def _pages(path: str, digests: Sequence[DayDigest], context: SiteContext, **rest: Any) -> Iterator[Page]:
    yield _page(path, digests, context, **rest)


def _page(
    path: str,
    digests: Sequence[DayDigest],
    context: SiteContext,
    *,
    title: str,
    description: str,
    steps: Sequence[tuple[str, str]],
    heading: str | None,
    years: Sequence[_Year],
    near: Mapping[str, _Month],
    closed: bool = False,
) -> Page:
    words = wording("alerts")["daily"]
    values: dict[str, Any] = {
        "w": words,
        "subscribe": wording("alerts")["subscribe"]["link"],
        "root": root_of(path),
        "context": context,
        "url": context.absolute(path),
        "title": title,
        "steps": steps,
        "heading": heading,
        "digests": digests,
        "years": years,
        "near": near,
        "closed": closed,
        "most": context.site.lists.per_page,
        "cities": {item.slug: item.name for item in context.jurisdictions.values()},
        "feed": DAILY_FEED,
    }
    return Page(
        path=path,
        section="notices",
        title=title,
        description=description,
        body=render("daily_page.html", values),
        head=head_html(
            style_sheet(root_of(path), "daily"),
            government_tags(context, column=words["section"], column_description=words["description"]),
            alternate_links(root_of(path), (("application/atom+xml", DAILY_FEED, words["feed"]),)),
            collection_json_ld(context, path, title, description, steps),
        ),
        lastmod=digests[0].day.isoformat() if digests else None,
        freshness=record_freshness(Holding()) if closed else None,
    )
