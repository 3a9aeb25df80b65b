"""可引用的公示页: the page of a notice with its citations and the metadata that goes with them."""

from __future__ import annotations

from dataclasses import replace

from generator.catalogue import wording
from generator.pages.citation import Citable
from generator.pages.cite import cite_block, cite_head, cite_script
from generator.pages.notice_page import render_notice
from generator.pages.page import Page, root_of
from generator.pages.page_head import changed_on
from generator.public.context import SiteContext
from generator.public.logged_record import LoggedRecord
from generator.public.public_case import PublicNotice
from generator.source.model.instant import SHANGHAI


def cited_notice(
    notice: PublicNotice, context: SiteContext, version: str, logged: LoggedRecord | None = None
) -> Page:
    """公示页 with its cite block, which names the ``version`` of the notice's document. A tombstone has none: it keeps organ, date and ground only."""
    if notice.status.is_tombstone:
        return render_notice(notice, context, logged=logged)
    item = notice_citable(notice, context, version, logged)
    page = render_notice(notice, context, cite_block(item, coins=False), logged)
    return replace(page, head="\n".join((page.head, cite_head(item), cite_script(root_of(page.path)))))


def notice_citable(
    notice: PublicNotice, context: SiteContext, version: str, logged: LoggedRecord | None = None
) -> Citable:
    """The notice's page as a bibliographer sees it: its signatories, its first day, its last change."""
    published = notice.published_at.astimezone(SHANGHAI).date()
    changed = changed_on(notice, logged)
    return Citable(
        kind="notice",
        title=notice.title,
        responsible=notice.signatories,
        site_name=context.site.name,
        published_on=published.isoformat(),
        updated_on=changed.isoformat() if changed > published else None,
        url=context.absolute(notice.path),
        version=version,
        document_number=notice.number,
        # The title is then not the one under which others may have cited it.
        status=wording("notices")["persons"]["thinned_title"] if notice.thinned and notice.persons else None,
    )
