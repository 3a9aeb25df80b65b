"""监测 (monitor): whether a public site is kept up, from what anybody can fetch of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import msgspec

from generator.public.status_document import StatusDocument

STATUS = "api/v1/status.json"
GRACE = timedelta(minutes=15)
"""How long a build may take after the moment at which a page had to change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteState:
    """网站的情况. ``problem`` is the code of what is wrong, None where nothing is; ``facts`` are its words."""

    problem: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


def site_state(fetch: Callable[[str], bytes | None], now: datetime, max_age: timedelta) -> SiteState:
    """Judge the site at ``now``: it must answer, be no older than ``max_age``, and not have missed a change."""
    data = fetch(STATUS)
    if data is None:
        return SiteState(problem="DSK070")
    try:
        status = msgspec.json.decode(data, type=StatusDocument)
        built = datetime.fromisoformat(status.as_of)
        change = datetime.fromisoformat(status.next_change_at) if status.next_change_at else None
        age = now - built
    except (msgspec.MsgspecError, ValueError, TypeError):
        return SiteState(problem="DSK071")
    facts = {
        "as_of": status.as_of,
        "next": status.next_change_at or "—",
        "hours": f"{age.total_seconds() / 3600:.1f}",
        "most": f"{max_age.total_seconds() / 3600:g}",
    }
    if change is not None and now > change + GRACE:
        return SiteState(problem="DSK072", facts=facts)
    if age > max_age:
        return SiteState(problem="DSK073", facts=facts)
    return SiteState(facts=facts)
