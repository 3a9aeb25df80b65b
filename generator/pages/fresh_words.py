"""时效的文字: what a page says on top of how fresh it is."""

from __future__ import annotations

from datetime import datetime

from generator.catalogue import wording
from generator.law.publicity.day_wording import moment_words
from generator.pages.page import Freshness
from generator.public.context import SiteContext
from generator.public.holding import Holding


def site_freshness(context: SiteContext) -> Freshness:
    """Of lists, home and digests: for which instant the site was built."""
    words = wording("common")["strip"]["as_of"].format(as_of=moment_words(context.as_of))
    return Freshness(since=_iso(context.as_of), until=_iso(context.next_change_at), words=words)


def record_freshness(holding: Holding) -> Freshness:
    """Of one record's page: until when it holds, and nothing of the site's instant."""
    until = holding.until_words
    words = "" if until is None else wording("common")["strip"]["holds"].format(until=until)
    return Freshness(since=_iso(holding.since), until=_iso(holding.until), words=words)


def _iso(moment: datetime | None) -> str:
    return "" if moment is None else moment.isoformat(timespec="minutes")
