"""监测 (monitor): whether a public site is kept up, from what anybody can fetch of it.

A site on which nothing happens is quiet, and one that nobody builds is stale. The status tells them apart: ``as_of`` goes
on with every build, ``last_change_on`` with the records alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import msgspec
from lxml import etree

from generator.outputs.feeds.atom import ATOM
from generator.public.addresses import HEARTBEAT_FEED
from generator.source.model.instant import SHANGHAI

STATUS = "api/v1/status.json"
GRACE = timedelta(minutes=15)
"""How long a build may take after the moment at which a page had to change."""


class _Status(msgspec.Struct):
    """What is judged of the status. A site of another version may say more, or not yet all of it."""

    as_of: str
    next_change_at: str | None
    last_change_on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteState:
    """网站的情况. ``problem`` is the code of what is wrong, None where nothing is; ``facts`` are its words."""

    problem: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


def site_state(fetch: Callable[[str], bytes | None], now: datetime, max_age: timedelta) -> SiteState:
    """Judge the site at ``now``: it must answer, be no older than ``max_age``, and not have missed a change; and its feeds
    must be as new as its status, or subscribers are told less than visitors."""
    data = fetch(STATUS)
    if data is None:
        return SiteState(problem="DSK070")
    try:
        status = msgspec.json.decode(data, type=_Status)
        built = datetime.fromisoformat(status.as_of)
        change = datetime.fromisoformat(status.next_change_at) if status.next_change_at else None
        age = now - built
        last = date.fromisoformat(status.last_change_on) if status.last_change_on else None
    except (msgspec.MsgspecError, ValueError, TypeError):
        return SiteState(problem="DSK071")
    facts = {
        "as_of": status.as_of,
        "next": status.next_change_at or "—",
        "hours": f"{age.total_seconds() / 3600:.1f}",
        "most": f"{max_age.total_seconds() / 3600:g}",
        "last": status.last_change_on or "—",
        "quiet": "—" if last is None else str((now.astimezone(SHANGHAI).date() - last).days),
    }
    if change is not None and now > change + GRACE:
        return SiteState(problem="DSK072", facts=facts)
    if age > max_age:
        return SiteState(problem="DSK073", facts=facts)
    beat = fetch(HEARTBEAT_FEED)
    if beat is not None and (told := _updated(beat)) != status.as_of:
        return SiteState(problem="DSK074", facts={**facts, "feed": told or "—"})
    return SiteState(facts=facts)


def _updated(feed: bytes) -> str | None:
    """``updated`` of a feed; None where there is none to read."""
    try:
        root = etree.fromstring(feed, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None
    found: str | None = root.findtext(f"{{{ATOM}}}updated")
    return found
