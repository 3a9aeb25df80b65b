"""首页 (home): what can be objected to now, the newest honours, the cities, the four tasks of a visitor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from generator.catalogue import wording
from generator.pages.context import SiteContext
from generator.pages.environment import cn_moment, render
from generator.pages.head import alternate_links, government_tags, head_html, json_ld
from generator.pages.notice_lists import in_order
from generator.pages.page import Page, root_of
from generator.pages.rows import HonourRow, NoticeRow
from generator.public.case import NoticeStatus

NOTICES, HONOURS = 8, 12
"""Rows shown at most."""


def render_home(
    notice_rows: Sequence[NoticeRow],
    honour_rows: Sequence[HonourRow],
    context: SiteContext,
    chart_html: str = "",
) -> Page:
    """首页. ``honour_rows`` newest first; ``chart_html`` is one chart, an HTML fragment."""
    words = wording("home")
    site = context.site
    current = [
        row for row in in_order(notice_rows) if row.status in (NoticeStatus.OPEN, NoticeStatus.SCHEDULED)
    ]
    open_count = sum(row.status is NoticeStatus.OPEN for row in current)
    notices = Counter(row.jurisdiction for row in notice_rows)
    honours = Counter(row.jurisdiction for row in honour_rows if not row.revoked)
    values: dict[str, Any] = {
        "w": words,
        "lists": wording("notices")["lists"],
        "root": root_of(""),
        "context": context,
        "site": site,
        "as_of": cn_moment(context.as_of),
        "open_count": open_count,
        "rows": current[:NOTICES],
        "left_over": max(0, len(current) - NOTICES),
        "honours": [row for row in honour_rows if not row.revoked][:HONOURS],
        "cities": {item.slug: item.name for item in context.jurisdictions.values()},
        "registers": [(city, notices[city.slug], honours[city.slug]) for city in context.register_cities],
        "chart_html": Markup(chart_html),
    }
    data = wording("notices")["data"]
    return Page(
        path="",
        section="home",
        title=site.tagline,
        description=words["description"],
        body=render("home.html", values),
        head=head_html(
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
        ),
        stamped=False,
        lastmod=context.as_of.date().isoformat(),
    )
