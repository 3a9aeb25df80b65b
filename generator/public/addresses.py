"""地址 (addresses) of files that pages and feeds both name, from the root of the site. Nothing published ever moves."""

from __future__ import annotations

NOTICE_FEED = "feeds/notices.atom"
HONOUR_FEED = "feeds/honours.atom"
DECISION_FEED = "feeds/decisions.atom"
CHANGE_FEED = "feeds/changes.atom"


def city_feed(jurisdiction: str) -> str:
    """The feed of one city's notices: ``feeds/wuhan/notices.atom``."""
    return f"feeds/{jurisdiction}/notices.atom"
