"""地址 (addresses) of files that pages and feeds both name, from the root of the site. Nothing published ever moves."""

from __future__ import annotations

from generator.public.documents import Kind

CHANGE_FEED = "feeds/changes.atom"
DAILY_FEED = "feeds/daily.atom"
HEARTBEAT_FEED = "feeds/heartbeat.atom"
DAILY = "daily/"
SUBSCRIBE = "subscribe/"


def feed_of(kind: Kind, jurisdiction: str | None = None) -> str:
    """The feed of one kind of record: ``feeds/honours.atom``; of one city's: ``feeds/wuhan/honours.atom``."""
    return f"feeds/{kind}.atom" if jurisdiction is None else f"feeds/{jurisdiction}/{kind}.atom"


def change_feed_of(of_kind: str) -> str:
    """The feed of one kind of change, by the last part of its list's address: ``feeds/changes-corrections.atom``."""
    return f"feeds/changes-{of_kind}.atom"


def calendar_of(kind: Kind, jurisdiction: str | None = None) -> str:
    """The calendar of one kind of record: ``calendar/honours.ics``; of one city's: ``calendar/wuhan/honours.ics``.

    A city's closing moments have the older address ``calendar/wuhan.ics``.
    """
    if jurisdiction is None:
        return f"calendar/{kind}.ics"
    return f"calendar/{jurisdiction}.ics" if kind == "notices" else f"calendar/{jurisdiction}/{kind}.ics"


def city_daily_feed(jurisdiction: str) -> str:
    """The daily digest of one city: ``feeds/wuhan/daily.atom``."""
    return f"feeds/{jurisdiction}/daily.atom"


NOTICE_FEED, HONOUR_FEED, DECISION_FEED = feed_of("notices"), feed_of("honours"), feed_of("decisions")
