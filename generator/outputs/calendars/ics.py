"""日历 (RFC 5545): the closing moments of notices, and the days on which honours and decisions were published.

One calendar a kind of record and one a kind in each city: :func:`~generator.public.addresses.calendar_of`; beside the
page of a notice that has not ended, its event alone. The event of a notice says its last moment in its title, because
lists and reminders show nothing else of it. It ends at the last moment of its notice, so a period that ends at 24:00
stands on its last day and not on the day after. It begins an hour earlier, because most calendars lose an event
without length. Alarms ring on the morning before the last day and on that of the last day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from generator.law.notice_period.day_wording import closing_words
from generator.outputs.feeds.atom import Entry
from generator.outputs.feeds.feed_words import notice_sentence, words
from generator.outputs.feeds.last_change import (
    day_of,
    decision_changed_at,
    honour_changed_at,
    notice_changed_at,
    notice_told_at,
)
from generator.outputs.feeds.site_feeds import decision_entry, honour_entry
from generator.public.addresses import calendar_of
from generator.public.context import SiteContext
from generator.public.documents import Kind
from generator.public.list_parts import ListPart
from generator.public.list_rows import HonourRow, NoticeRow, notice_row
from generator.public.plain_text import one_line, storable
from generator.public.public_case import PublicNotice
from generator.public.public_decision import DecisionRow
from generator.source.model.jurisdiction import Jurisdiction

if TYPE_CHECKING:
    from icalendar import Alarm, Event, Timezone

ZONE = "Asia/Shanghai"
DEADLINE = "deadline.ics"
"""Name of a notice's own event, beside its page."""
CLOSED_FOR = timedelta(days=60)
"""How long a closed notice stays in the calendar, so that subscribers see it end or be cancelled."""
SHOWN = timedelta(hours=1)
"""Length of an event."""
RINGS_AT = time(9)
"""One day before a last moment of 24:00 people sleep."""

_SHANGHAI = ZoneInfo(ZONE)


def site_calendars(
    notices: Sequence[NoticeRow],
    context: SiteContext,
    honours: Sequence[HonourRow] = (),
    decisions: Sequence[DecisionRow] = (),
) -> Iterator[ListPart[tuple[str, bytes]]]:
    """全部日历, in parts of one file each. The rows in any order."""
    for told in (
        _Told("notices", calendar_rows(notices, context), _notice_event, notice_changed_at),
        _Told("honours", _latest_honours(honours, context), _honour_event, honour_changed_at),
        _Told("decisions", _latest_decisions(decisions, context), _decision_event, decision_changed_at),
    ):
        yield _calendar(told, None, context)
        if told.kind == "notices" or context.site.alerts.by_city:
            for city in context.register_cities:
                own = [row for row in told.rows if row.jurisdiction == city.slug]
                yield _calendar(replace(told, rows=own), city, context)


@dataclass(frozen=True, slots=True)
class _Told:
    """What stands in the calendars of one kind of record, in order."""

    kind: Kind
    rows: Sequence[Any]
    event: Callable[[Any, SiteContext], Event]
    changed: Callable[[Any, datetime], datetime]


def _calendar(told: _Told, city: Jurisdiction | None, context: SiteContext) -> ListPart[tuple[str, bytes]]:
    titles, kind = words()["calendars"], told.kind
    path = calendar_of(kind, None if city is None else city.slug)
    title = titles[kind] if city is None else titles[f"city_{kind}"].format(city=city.name)

    def made() -> Iterator[tuple[str, bytes]]:
        yield path, calendar_bytes((told.event(row, context) for row in told.rows), title, path, context)

    return ListPart(
        path=path,
        records=tuple(row.id for row in told.rows),
        said=tuple(told.changed(row, context.as_of).isoformat() for row in told.rows),
        make=made,
    )


def calendar_rows(notices: Sequence[NoticeRow], context: SiteContext) -> list[NoticeRow]:
    """日历所收的公示, by last moment: all that are scheduled or open, and of those that ended within
    :data:`CLOSED_FOR` the latest, at most ``lists.feed_entries``."""
    earliest = context.as_of - CLOSED_FOR
    pending = [row for row in notices if row.status.is_before_end]
    ended = [row for row in notices if not row.status.is_before_end and row.closes_at > earliest]
    ended.sort(key=_by_end)
    return sorted(pending + ended[-context.site.lists.feed_entries :], key=_by_end)


def _latest_honours(honours: Sequence[HonourRow], context: SiteContext) -> list[HonourRow]:
    known = [row for row in honours if row.published_day is not None]
    return sorted(known, key=lambda row: (day_of(row), row.id))[-context.site.lists.feed_entries :]


def _latest_decisions(decisions: Sequence[DecisionRow], context: SiteContext) -> list[DecisionRow]:
    ordered = sorted(decisions, key=lambda row: (row.published_on, row.id))
    return ordered[-context.site.lists.feed_entries :]


def calendar_bytes(events: Iterable[Event], title: str, path: str, context: SiteContext) -> bytes:
    """一份日历的字节, events in the order given."""
    from icalendar import Calendar, vDuration

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
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def deadline_file(notice: PublicNotice, context: SiteContext) -> Iterator[tuple[str, bytes]]:
    """截止日程 of a notice that has not ended, to be put into one's own calendar: ``notices/<id>/deadline.ics``.

    Its event is that of the calendars, so that whoever takes it a second time, after its day was moved, has one and
    not two. It does not tell when the site was built.
    """
    row = notice_row(notice)
    if row.status.is_before_end:
        event = _event_of(row, context, notice_told_at(row))
        path = f"{row.path}{DEADLINE}"
        yield path, calendar_bytes((event,), row.title, path, context)


def _notice_event(row: NoticeRow, context: SiteContext) -> Event:
    return _event_of(row, context, notice_changed_at(row, context.as_of))


def _event_of(row: NoticeRow, context: SiteContext, changed_at: datetime) -> Event:
    from icalendar import Event

    forms = words()["event"]
    ends = row.closes_at.astimezone(_SHANGHAI)
    changed = changed_at.astimezone(UTC)
    pending = row.status.is_before_end
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
    closes = closing_words(row.closes_on, row.closes_at, year=False)
    event.add("summary", forms["cancelled" if dead else "summary"].format(title=title, closes=closes))
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
        for words_of, day in (("alarm_before", row.closes_on - timedelta(days=1)), ("alarm", row.closes_on)):
            rings = datetime.combine(day, RINGS_AT, _SHANGHAI) - ends
            if rings < -SHOWN:
                event.add_component(_alarm(forms[words_of].format(title=title, closes=closes), rings))
    return event


def _alarm(said: str, rings: timedelta) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", said)
    alarm.add("trigger", rings, parameters={"RELATED": "END"})
    return alarm


def _honour_event(row: HonourRow, context: SiteContext) -> Event:
    entry = honour_entry(row, context)
    return _day_event(entry, row.id, day_of(row), context, changes=row.change_count, taken_back=row.revoked)


def _decision_event(row: DecisionRow, context: SiteContext) -> Event:
    entry = decision_entry(row, context)
    return _day_event(entry, row.id, row.published_on, context, changes=row.change_count)


def _day_event(
    entry: Entry, name: str, on: date, context: SiteContext, *, changes: int, taken_back: bool = False
) -> Event:
    """An event of a whole day, without an alarm: what was published that day asks for nothing."""
    from icalendar import Event

    forms = words()["event"]
    url = context.absolute(entry.path)
    event = Event()
    event.add("uid", f"{name}@{urlsplit(context.site.base_url).hostname}")
    event.add("dtstamp", entry.updated.astimezone(UTC))
    event.add("last-modified", entry.updated.astimezone(UTC))
    event.add("sequence", changes - 1)
    event.add("dtstart", on)
    event.add("dtend", on + timedelta(days=1))
    event.add("summary", one_line(entry.title))
    event.add(
        "description",
        storable(forms["published_description"].format(sentence=entry.summary, url=url)),
    )
    event.add("url", url)
    event.add("status", "CANCELLED" if taken_back else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("categories", [entry.status_label])
    return event


def _zone() -> Timezone:
    """北京时间: one rule, in force since summer time ended on 15 September 1991."""
    from icalendar import Timezone, TimezoneStandard

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
