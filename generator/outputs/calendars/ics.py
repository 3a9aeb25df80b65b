"""公示截止日历 (RFC 5545): ``/calendar/notices.ics`` and ``/calendar/<jurisdiction>.ics``.

An event ends at the last moment of its notice, so a period that ends at 24:00 stands on its
last day and not on the day after. It begins an hour earlier, because most calendars lose an event
without length. The alarm rings one day before the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneStandard, vDuration

from generator.outputs.feeds.feed_words import notice_sentence, words
from generator.outputs.feeds.last_change import notice_changed_at
from generator.public.context import SiteContext
from generator.public.list_rows import NoticeRow
from generator.public.plain_text import one_line, storable
from generator.public.public_case import NoticeStatus

ZONE = "Asia/Shanghai"
CLOSED_FOR = timedelta(days=60)
"""How long a closed notice stays in the calendar, so that subscribers see it end or be cancelled."""
SHOWN = timedelta(hours=1)
"""Length of an event."""

_PENDING = (NoticeStatus.SCHEDULED, NoticeStatus.OPEN)
_SHANGHAI = ZoneInfo(ZONE)


def calendar_path(jurisdiction: str | None) -> str:
    """Path of a city's calendar from the root; of the whole site's for None."""
    return f"calendar/{jurisdiction or 'notices'}.ics"


def site_calendars(notices: Sequence[NoticeRow], context: SiteContext) -> Iterator[tuple[str, bytes]]:
    """全部日历 as (path from the root, bytes). ``notices`` in any order."""
    kept = calendar_rows(notices, context)
    titles = words()["titles"]
    yield calendar_path(None), calendar_bytes(kept, titles["calendar"], calendar_path(None), context)
    for city in context.register_cities:
        own = [row for row in kept if row.jurisdiction == city.slug]
        path = calendar_path(city.slug)
        yield path, calendar_bytes(own, titles["city_calendar"].format(city=city.name), path, context)


def calendar_rows(notices: Sequence[NoticeRow], context: SiteContext) -> list[NoticeRow]:
    """日历所收的公示, by last moment: all that are scheduled or open, and of those that ended within
    :data:`CLOSED_FOR` the latest, at most ``lists.feed_entries``."""
    earliest = context.as_of - CLOSED_FOR
    pending = [row for row in notices if row.status in _PENDING]
    ended = [row for row in notices if row.status not in _PENDING and row.closes_at > earliest]
    ended.sort(key=_by_end)
    return sorted(pending + ended[-context.site.lists.feed_entries :], key=_by_end)


def calendar_bytes(notices: Sequence[NoticeRow], title: str, path: str, context: SiteContext) -> bytes:
    """一份日历的字节, events in the order given."""
    calendar = Calendar()
    name = one_line(f"{title} · {context.site.name}")
    calendar.add("prodid", "-//Yiyong//Yiyong//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    # RFC 7986 names, and the older ones that most calendars read.
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", ZONE)
    calendar.add("source", context.absolute(path), parameters={"VALUE": "URI"})
    calendar.add("refresh-interval", vDuration(timedelta(hours=6)), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    calendar.add_component(_zone())
    for row in notices:
        calendar.add_component(_event(row, context))
    return bytes(calendar.to_ical())


def _event(row: NoticeRow, context: SiteContext) -> Event:
    forms = words()["event"]
    ends = row.closes_at.astimezone(_SHANGHAI)
    changed = notice_changed_at(row, context.as_of).astimezone(UTC)
    pending = row.status in _PENDING
    dead = row.status.is_tombstone
    title = one_line(row.title)
    url = context.absolute(row.path)
    event = Event()
    event.add("uid", f"{row.id}@{urlsplit(context.site.base_url).hostname}")
    event.add("dtstamp", changed)
    event.add("created", row.published_at.astimezone(UTC))
    event.add("last-modified", changed)
    event.add("sequence", row.deadline_moves + dead)
    event.add("dtstart", ends - SHOWN)
    event.add("dtend", ends)
    event.add("summary", forms["cancelled" if dead else "summary"].format(title=title))
    event.add(
        "description",
        storable(
            forms["description" if pending else "closed"].format(sentence=notice_sentence(row), url=url)
        ),
    )
    event.add("url", url)
    event.add("status", "CANCELLED" if dead else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("categories", [words()["status"][row.status.value]])
    if pending:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", forms["alarm"].format(title=title))
        alarm.add("trigger", timedelta(days=-1), parameters={"RELATED": "END"})
        event.add_component(alarm)
    return event


def _zone() -> Timezone:
    """北京时间: one rule, in force since summer time ended on 15 September 1991."""
    zone = Timezone()
    zone.add("tzid", ZONE)
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1991, 9, 15, 1))  # noqa: DTZ001 RFC 5545 wants local time here
    standard.add("tzoffsetfrom", timedelta(hours=9))
    standard.add("tzoffsetto", timedelta(hours=8))
    standard.add("tzname", "CST")
    zone.add_component(standard)
    return zone


def _by_end(row: NoticeRow) -> tuple[datetime, str]:
    return row.closes_at, row.id
