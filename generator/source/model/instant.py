"""时刻的书写 (instants): how a person writes the instant a site is built for."""

from __future__ import annotations

from datetime import datetime

from generator.source.model.scalars import SHANGHAI


class BadInstantError(ValueError):
    """不是带时区的时刻."""


def parse_instant(text: str) -> datetime:
    """``2026-11-22T09:00+08:00`` as an aware instant in Beijing time.

    Raises :class:`BadInstantError` for anything else, a time without its zone included: guessing
    the zone would move a last moment by hours.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadInstantError(text) from None
    if moment.tzinfo is None:
        raise BadInstantError(text)
    return moment.astimezone(SHANGHAI)
