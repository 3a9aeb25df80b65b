"""政策页的组装 (policy page): what every policy page has, put together once: shell values, head, citation, search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from generator.catalogue import spoken, wording
from generator.law.instruments import Version
from generator.pages.cite import cite_block
from generator.pages.page import Page, root_of
from generator.pages.policy.cited_policy import policy_citable
from generator.pages.policy.policy_head import policy_head, policy_search
from generator.pages.policy.policy_views import verified_since
from generator.pages.templating import render
from generator.public.context import SiteContext


def policy_page(
    context: SiteContext,
    template: str,
    values: Mapping[str, Any],
    *,
    path: str,
    title: str,
    description: str,
    steps: tuple[tuple[str, str], ...],
    city: str | None = None,
    shows: Iterable[Version] = (),
    cited_as: str | None = None,
    cite_folded: bool = False,
    verified_by: Iterable[Version] = (),
    style: str = "policies",
    script: str | None = None,
    number: str | None = None,
) -> Page:
    """A policy page from its template and what is its own.

    ``shows`` are the versions that it cites itself by, as ``cited_as`` (its title without one): without any
    it is not offered for citation; ``cite_folded``: its citations stand in a fold that is not printed. ``verified_by``
    give its day in the sitemap. ``city`` filters the search, which finds the page by its ``number`` (文号) too.
    """
    # What is cited is the Chinese page, which governs; an English one, a folder lower, leads there.
    shown, chinese = tuple(shows), spoken() == "zh"
    cited = policy_citable(path, cited_as or title, shown, context) if shown and chinese else None
    verified = verified_since(verified_by)
    search, filters = policy_search(title, city=city, number=number)
    shared = {
        "p": wording("policies"),
        "root": root_of(path),
        # An English page is moved once it is made: its links are those from the root.
        "here": path if chinese else "",
        "url": context.absolute(path),
        "context": context,
        "title": title,
        "steps": steps,
        "cite_html": Markup(cite_block(cited)) if cited is not None else "",
        "cite_heading": wording("honours")["cite"]["heading"] if cited is not None else "",
        "cite_chinese": {"words": wording("english"), "at": f"../{root_of(path)}{path}#cite"}
        if shown and not chinese
        else None,
    }
    return Page(
        path=path,
        section="policies",
        title=title,
        description=description,
        body=render(template, {**shared, **values}),
        head=policy_head(
            context, path, title, steps, style=style, script=script, cited=cited, cite_folded=cite_folded
        ),
        search=search,
        filters=filters,
        lastmod=verified.isoformat() if verified is not None else None,
    )
