"""英文页面 (pages in English): the same pages again, below ``en/``, from a context in which words are English.

What has no English counterpart (records, texts of law, files) is linked to where it stands. The Chinese text
governs, and each page says so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from markupsafe import Markup

from generator.catalogue import wording
from generator.law.instruments.english_law import english_library, in_english
from generator.pages.page import ENGLISH, Page, root_of
from generator.pages.page_head import head_html
from generator.pages.policy.compare_pages import PATH as COMPARISON
from generator.pages.policy.for_me import for_me_path
from generator.pages.policy.policy_head import places
from generator.pages.templating import way
from generator.public.context import SiteContext

_WRITTEN = frozenset({"", "about/", "data/", "objections/", "search/"})
"""Addresses with an English counterpart that are no page of the law."""
_LINK = re.compile(r'((?:href|src|action|data-base)=\\?")((?:\.\./)+|\./)([^"#?\\]*)')


def english_site(context: SiteContext) -> SiteContext:
    """The same site by its English name, with the English names of its places. Raises ``ValueError`` for a site
    without English."""
    if context.site.english is None:
        raise ValueError("the site has no English pages")
    named = context.site.english
    site = context.site.model_copy(
        update={
            "name": named.name,
            "tagline": named.tagline,
            "owner": named.owner,
            "base_url": f"{context.site.base_url}{ENGLISH}",
        }
    )
    jurisdictions = {slug: in_english(item, context.english) for slug, item in context.jurisdictions.items()}
    return replace(context, site=site, jurisdictions=jurisdictions)


def english_context(context: SiteContext) -> SiteContext:
    """:func:`english_site` with its law in English."""
    return replace(english_site(context), library=english_library(context.library, context.english))


def counterparts(context: SiteContext) -> frozenset[str]:
    """Addresses of the Chinese pages that have an English counterpart, but for those below the comparison."""
    found = set(_WRITTEN)
    for place in places(context):
        found |= {f"policies/{place.slug}/", for_me_path(place.slug)}
    return frozenset({*found, "policies/"})


def below_english(pages: Iterable[Page], context: SiteContext) -> Iterator[Page]:
    """``pages``, made in English of ``context`` (an English one), each one folder down."""
    beside = counterparts(context)
    chinese = context.site.base_url.removesuffix(ENGLISH)
    for page in pages:
        yield replace(
            page,
            path=f"{ENGLISH}{page.path}",
            body=f"{_governed(page)}\n{relinked(page.body, beside, page.path)}",
            head=head_html(Markup(relinked(page.head, beside)), alternates(page.path, chinese)),
            search=None,
            filters={},
        )


def with_english(page: Page, context: SiteContext) -> Page:
    """A Chinese page, naming its English counterpart where the site has one."""
    if context.site.english is None:
        return page
    head = f"{page.head}\n{alternates(page.path, context.site.base_url)}"
    return replace(page, head=head, has_twin=True)


def relinked(html: str, beside: Collection[str], here: str = "") -> str:
    """Links of a page, or of a fragment within JSON, once it lies a folder lower. What lies lower too, ``beside`` and
    the comparison, keeps its way; the short one, from ``here``."""

    def moved(link: re.Match[str]) -> str:
        before, up, path = link.groups()
        lower = path in beside or path.startswith(COMPARISON)
        if lower:
            return f"{before}{way(path, here, up)}" if here and up == root_of(here) else link.group()
        return f"{before}../{up.removeprefix('./')}{path}"

    return _LINK.sub(moved, html)


def alternates(path: str, base: str) -> Markup:
    """``<link rel="alternate" hreflang>`` of both languages, for the Chinese page at ``path`` and for its English one."""
    form = Markup('<link rel="alternate" hreflang="{}" href="{}{}">')
    return Markup("\n").join((form.format("zh-CN", base, path), form.format("en", base, ENGLISH + path)))


def _governed(page: Page) -> str:
    words = wording("english")
    chinese = root_of(f"{ENGLISH}{page.path}") + page.path
    return Markup(
        '<p class="yy-page yy-small yy-muted yy-governs">{} <a href="{}" hreflang="zh-CN" lang="zh-CN">{}</a></p>'
    ).format(words["governs"], chinese, words["chinese"])
