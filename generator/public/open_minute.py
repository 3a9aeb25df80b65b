"""留空的时刻 (open minute): pages that tell for which minute a site was built, with that minute left open.

A build at another minute of the same day, with nothing else changed, fills it in and renders nothing.
"""

from __future__ import annotations

from datetime import datetime

OPEN_MINUTE = "0yyminute0"
"""Begins and ends with a figure, as the time does: what is set around figures is set around it too."""


def with_open_minute(words: str, moment: datetime) -> str:
    """``words`` that tell ``moment`` (2026年11月22日 09:00, 2026-11-22T09:00+08:00), without its time of day."""
    return words.replace(f"{moment:%H:%M}", OPEN_MINUTE, 1)  # the first: +08:00 is no time of day


def leaves_open(words: str) -> bool:
    """Whether ``words`` leave a minute open."""
    return OPEN_MINUTE in words


def at_minute(data: bytes, moment: datetime) -> bytes:
    """A file whose minute was left open, at the time of ``moment``, in Beijing time."""
    return data.replace(OPEN_MINUTE.encode(), f"{moment:%H:%M}".encode())
