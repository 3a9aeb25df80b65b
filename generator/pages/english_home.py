"""英文首页 (English home): ``en/``: what the site is, what can be objected to now, and where the rest is in English."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from generator.catalogue import wording
from generator.pages.fresh_words import site_freshness
from generator.pages.home_page import KEPT
from generator.pages.notice_lists import in_order, lists_script
from generator.pages.page import Page, root_of
from generator.pages.page_head import head_html, json_ld, style_sheet
from generator.pages.policy.for_me import for_me_path
from generator.pages.templating import cn_moment, render
from generator.public.context import SiteContext
from generator.public.list_rows import NoticeRow
from generator.public.public_case import NoticeStatus


def render_english_home(notice_rows: Sequence[NoticeRow], context: SiteContext) -> Page:
    """``en/`` before it is moved there. ``context`` is an English one."""
    words = wording("english")["home"]
    ordered = in_order(notice_rows)
    rows = [row for row in ordered if row.status is NoticeStatus.OPEN]
    scheduled = [row for row in ordered if row.status is NoticeStatus.SCHEDULED][:KEPT]
    form = {0: words["now_none"], 1: words["now_one"]}.get(len(rows), words["now"])
    as_of = context.told(cn_moment(context.as_of))
    values: dict[str, Any] = {
        "w": words,
        "root": root_of(""),
        "context": context,
        "as_of": as_of,
        "now": str(form).format(as_of=as_of, n=len(rows)),
        "rows": rows,
        "scheduled": scheduled,
        "cities": {item.slug: item.name for item in context.jurisdictions.values()},
        "registers": [
            (city, f"policies/{city.slug}/", for_me_path(city.slug)) for city in context.register_cities
        ],
    }
    return Page(
        path="",
        section="home",
        title=words["title"],
        description=words["description"],
        body=render("english_home.html", values),
        head=head_html(
            style_sheet(root_of(""), "home"),
            json_ld(
                {
                    "@type": "WebSite",
                    "url": context.absolute(""),
                    "name": context.site.name,
                    "description": context.site.tagline,
                    "inLanguage": "en",
                }
            ),
            lists_script(root_of("")) if rows or scheduled else Markup(),
        ),
        freshness=site_freshness(context),
        lastmod=context.day.isoformat(),
    )
