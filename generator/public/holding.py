"""时效 (holding): the stretch between two public instants in which only staff can change what a record's page says.

A record's page, its document and its files do not say when the site was built. They would change with every
build, and readers want to know something else: how long the words in front of them hold. Only the opening and
the end of a notice's period count, for both stand on the page anyway. The day until which a name is kept must
not show in any date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from generator.public.public_case import NoticeStatus, PublicNotice


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """时效: ``since`` (inclusive) is the public instant that passed last, ``until`` (exclusive) the next. None
    where there is none."""

    since: datetime | None = None
    until: datetime | None = None


def notice_holding(notice: PublicNotice, as_of: datetime) -> Holding:
    """时效 of a notice at ``as_of``. A tombstone no longer waits for anything::

    scheduled  None      … opens_at
    open       opens_at  … closes_at
    later      closes_at … None
    """
    clock = notice.clock
    if notice.status.is_tombstone:
        return Holding()
    if notice.status is NoticeStatus.SCHEDULED:
        return Holding(until=clock.opens_at)
    if notice.status is NoticeStatus.OPEN:
        return Holding(since=clock.opens_at, until=clock.closes_at)
    return Holding(since=clock.closes_at)
