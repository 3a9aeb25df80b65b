"""首页 (home): what can be objected to now, the newest honours, the cities, the four tasks of a visitor."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from generator.catalogue import wording
from generator.pages.fresh_words import site_freshness
from generator.pages.honour_rolls import honours_counted
from generator.pages.notice_lists import in_order, lists_script
from generator.pages.page import Page, root_of
from generator.pages.page_head import alternate_links, government_tags, head_html, json_ld, style_sheet
from generator.pages.policy.for_me import for_me_path
from generator.pages.templating import cn_moment, render
from generator.public.context import SiteContext
from generator.public.list_rows import HonourRow, NoticeRow
from generator.public.public_case import NoticeStatus
from generator.source.model.jurisdiction import Jurisdiction

NOTICES, HONOURS = 6, 9
"""Rows shown at most."""
CITIES = 12
"""Cities at most beside the open notices: of more, those with the most of them."""
KEPT = 50
"""Rows of open and scheduled notices that the page holds: what lies unchanged for days still finds what is open."""


def open_and_scheduled(ordered: Sequence[NoticeRow]) -> tuple[list[NoticeRow], list[NoticeRow]]:
    """正在公示的、即将公示的, each in the order given."""
    return (
        [row for row in ordered if row.status is NoticeStatus.OPEN],
        [row for row in ordered if row.status is NoticeStatus.SCHEDULED],
    )


def kept(
    open_rows: Sequence[NoticeRow], scheduled_rows: Sequence[NoticeRow]
) -> tuple[Sequence[NoticeRow], Sequence[NoticeRow]]:
    """Those of them that a page holds: :data:`KEPT` at most, open ones first."""
    return open_rows[:KEPT], scheduled_rows[: max(KEPT - len(open_rows), 0)]


def render_home(
    notice_rows: Sequence[NoticeRow],
    honour_rows: Sequence[HonourRow],
    context: SiteContext,
    chart_html: str = "",
) -> Page:
    """首页. ``honour_rows`` newest first; ``chart_html`` is one chart, an HTML fragment."""
    words = wording("home")
    site = context.site
    ordered = in_order(notice_rows)
    open_rows, scheduled_rows = open_and_scheduled(ordered)
    kept_open, kept_scheduled = kept(open_rows, scheduled_rows)
    notices = Counter(row.jurisdiction for row in notice_rows)
    honours: dict[str, list[HonourRow]] = defaultdict(list)
    for row in honour_rows:
        if not row.revoked:
            honours[row.jurisdiction].append(row)
    values: dict[str, Any] = {
        "w": words,
        "lists": wording("notices")["lists"],
        "root": root_of(""),
        "context": context,
        "site": site,
        "as_of": context.told(cn_moment(context.as_of)),
        "open_count": len(open_rows),
        "open_rows": kept_open,
        "scheduled_rows": kept_scheduled,
        "most": NOTICES,
        "left_out": len(open_rows) + len(scheduled_rows) > KEPT,
        "more_open": max(len(open_rows) - NOTICES, 0),
        "more_scheduled": len(scheduled_rows) - min(len(scheduled_rows), max(NOTICES - len(open_rows), 0)),
        "and_more": wording("honours")["and_more"],
        "honours": [row for row in honour_rows if not row.revoked][:HONOURS],
        "cities": {item.slug: item.name for item in context.jurisdictions.values()},
        "registers": [
            (city, notices[city.slug], honours_counted(honours[city.slug]), for_me_path(city.slug))
            for city in context.register_cities
        ],
        "cities_now": _cities_now(open_rows, context),
        "chart_html": Markup(chart_html),
        "subscribe": wording("alerts")["subscribe"]["link"],
        "daily": wording("alerts")["daily"]["title"],
    }
    data = wording("notices")["data"]
    return Page(
        path="",
        section="home",
        title=site.tagline,
        description=words["description"],
        body=render("home.html", values),
        head=head_html(
            style_sheet(root_of(""), "home"),
            government_tags(
                context, column=wording("common")["home"], column_description=words["description"]
            ),
            alternate_links(
                root_of(""),
                (
                    ("application/atom+xml", "feeds/notices.atom", data["feed_all"]),
                    ("application/atom+xml", "feeds/honours.atom", words["feed_honours"]),
                    ("text/calendar", "calendar/notices.ics", data["calendar_all"]),
                ),
            ),
            json_ld(
                {
                    "@type": "WebSite",
                    "url": context.absolute(""),
                    "name": site.name,
                    "description": site.tagline,
                    "inLanguage": "zh-CN",
                    "publisher": {"@type": "Organization", "name": site.owner},
                }
            ),
            lists_script(root_of("")) if open_rows or scheduled_rows else Markup(),
        ),
        freshness=site_freshness(context),
        lastmod=context.day.isoformat(),
    )


def _cities_now(open_rows: Sequence[NoticeRow], context: SiteContext) -> list[tuple[Jurisdiction, int]]:
    """Cities with how many notices of each are open; nothing where there is one city alone."""
    counts = Counter(row.jurisdiction for row in open_rows)
    cities = [(city, counts[city.slug]) for city in context.register_cities]
    if len(cities) > CITIES:
        most = sorted((city for city in cities if city[1]), key=lambda city: -city[1])[:CITIES]
        cities = [city for city in cities if city in most]
    return cities if len(context.register_cities) > 1 else []
