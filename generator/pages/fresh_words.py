"""时效的文字: what a page says on top of how fresh it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from generator.catalogue import wording
from generator.law.notice_period.day_wording import day_words, moment_words
from generator.pages.page import Freshness
from generator.public.context import SiteContext
from generator.public.holding import Holding


def site_freshness(context: SiteContext) -> Freshness:
    """Of home and the lists of what is current: for which instant the site was built."""
    fresh = _as_of(context.as_of, moment_words(context.as_of), context)
    return replace(fresh, since=context.told(fresh.since), words=context.told(fresh.words))


def day_freshness(context: SiteContext) -> Freshness:
    """Of every page that says nothing else (rolls, digests, pages that people write): the day. A build of the same
    day leaves such a page as it is."""
    return _as_of(context.midnight, day_words(context.day), context)


def record_freshness(holding: Holding) -> Freshness:
    """Of one record's page, or of a list that can change no more: nothing of the site's instant. Until when a notice that moves by itself holds is left to
    the script: a moment up here would be read as the day on which the notice, or the honour, lapses."""
    words = wording("common")["strip"]
    return Freshness(
        since=_iso(holding.since),
        until=_iso(holding.until),
        words="" if holding.until is None else words["timed"],
        more="" if holding.until is None else words["timed_more"],
    )


def _as_of(since: datetime, told: str, context: SiteContext) -> Freshness:
    words = wording("common")["strip"]["as_of"].format(as_of=told)
    return Freshness(since=_iso(since), until=_iso(context.next_change_at), words=words)


def _iso(moment: datetime | None) -> str:
    return "" if moment is None else moment.isoformat(timespec="minutes")
