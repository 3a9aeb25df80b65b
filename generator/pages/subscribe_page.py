"""订阅页 (subscribe): ``/subscribe/``: every feed and calendar, by city and kind, and how to add one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.catalogue import wording
from generator.pages.changes_page import feed_titles
from generator.pages.page import Page, root_of
from generator.pages.page_head import breadcrumbs, government_tags, head_html, json_ld
from generator.pages.templating import render
from generator.public.addresses import (
    CHANGE_FEED,
    DAILY,
    DAILY_FEED,
    HEARTBEAT_FEED,
    SUBSCRIBE,
    calendar_of,
    change_feed_of,
    city_daily_feed,
    feed_of,
)
from generator.public.context import SiteContext
from generator.public.documents import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """公示截止日的日历: its address, and the same for a telephone's calendar (``webcal``), which subscribes to it."""

    address: str
    webcal: str


KINDS: tuple[Kind, ...] = ("notices", "honours", "decisions")


def render_subscribe_page(context: SiteContext) -> Page:
    """``/subscribe/``: the same whatever the registry holds."""
    words = wording("alerts")["subscribe"]
    steps = ((SUBSCRIBE, words["title"]),)
    alerts = context.site.alerts
    everything = [*_links(None), *([("feed", DAILY_FEED, "daily")] if alerts.daily else [])]
    cities = [
        (
            city,
            _calendar(city.slug, context),
            feed_of("notices", city.slug),
            [link for link in _of_city(city.slug, context) if not link[2].startswith("notices")],
        )
        for city in context.register_cities
    ]
    values: dict[str, Any] = {
        "w": words,
        "root": root_of(SUBSCRIBE),
        "context": context,
        "url": context.absolute(SUBSCRIBE),
        "steps": steps,
        "everything": [link for link in everything if not link[2].startswith("notices")],
        "feed": feed_of("notices", None),
        "calendar": _calendar(None, context),
        "cities": cities,
        "change_feed": CHANGE_FEED,
        "change_feeds": [(change_feed_of(key), title) for key, title, _ in feed_titles()],
        "daily": DAILY if alerts.daily else None,
        "heartbeat": HEARTBEAT_FEED if alerts.heartbeat else None,
    }
    return Page(
        path=SUBSCRIBE,
        section="data",
        title=words["title"],
        description=words["description"],
        body=render("subscribe_page.html", values),
        head=head_html(
            government_tags(context, column=words["section"], column_description=words["description"]),
            json_ld(
                {
                    "@type": "WebPage",
                    "url": context.absolute(SUBSCRIBE),
                    "name": words["title"],
                    "inLanguage": "zh-CN",
                    "breadcrumb": breadcrumbs(context, steps),
                }
            ),
        ),
        lastmod=context.day.isoformat(),
    )


def _calendar(jurisdiction: str | None, context: SiteContext) -> Calendar:
    address = context.absolute(calendar_of("notices", jurisdiction))
    return Calendar(address=address, webcal="webcal:" + address.partition(":")[2])


def _links(jurisdiction: str | None) -> Iterator[tuple[str, str, str]]:
    """(icon, path, key of its words) of each feed and calendar of records."""
    for kind in KINDS:
        yield "feed", feed_of(kind, jurisdiction), kind
        yield "calendar", calendar_of(kind, jurisdiction), f"{kind}_calendar"


def _of_city(slug: str, context: SiteContext) -> Iterator[tuple[str, str, str]]:
    alerts = context.site.alerts
    for link in _links(slug):
        if alerts.by_city or link[2].startswith("notices"):
            yield link
    if alerts.by_city and alerts.daily:
        yield "feed", city_daily_feed(slug), "daily"
