"""同一时刻: API, data, feed and calendar give one last moment for any notice (design: Time)."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from lxml import etree

from generator.law.notice_period.period_wording import last_moment_words
from generator.outputs.calendars.ics import site_calendars
from generator.outputs.data.api import notice_files
from generator.outputs.feeds.site_feeds import notice_entry, site_feeds
from generator.public.list_parts import all_of
from generator.public.list_rows import notice_row
from generator.public.notice_document import notice_document
from generator.public.public_case import NoticeStatus
from generator.public.tables import NOTICES
from generator.source.model.instant import SHANGHAI
from tests.public_records import clock, context, notice

CONTEXT = context()
CLOSES = st.none() | st.times(min_value=time(8), max_value=time(20)).map(
    lambda t: t.replace(second=0, microsecond=0)
)


@given(
    opens_on=st.dates(date(2004, 1, 1), date(2026, 11, 22)),
    span=st.integers(0, 60),
    close=CLOSES,
    counts=st.booleans(),
)
def test_every_surface_gives_the_same_last_moment(
    opens_on: date, span: int, close: time | None, counts: bool
) -> None:
    its_clock = clock(
        opens_on, opens_on + timedelta(days=span), close_of_business=close, first_day_counts=counts
    )
    is_open = CONTEXT.as_of < its_clock.closes_at
    record = notice(
        clock=its_clock,
        published_at=datetime.combine(opens_on, time(0), tzinfo=SHANGHAI),
        status=NoticeStatus.OPEN if is_open else NoticeStatus.AWAITING,
    )
    row = notice_row(record)
    moment = its_clock.closes_at
    shown = notice_document(record, CONTEXT)
    document = json.loads(notice_files(shown).file)
    assert datetime.fromisoformat(document["closes_at"]) == moment
    assert document["days"][-1]["on"] == document["closes_on"] == its_clock.closes_on.isoformat()
    assert document["period"]["last_moment"] == last_moment_words(its_clock, year=True)
    values = dict(zip((field.name for field in NOTICES.fields), NOTICES.row(shown), strict=True))
    assert (values["closes_on"], values["closes_at"]) == (its_clock.closes_on, moment)
    assert last_moment_words(its_clock, year=True) in notice_entry(row, CONTEXT).summary
    calendar = Calendar.from_ical(dict(all_of(site_calendars([row], CONTEXT)))["calendar/notices.ics"])
    for event in calendar.walk("VEVENT"):
        assert event.decoded("dtend") == moment
        assert event.decoded("dtstart").date() == its_clock.closes_on
    assert is_open <= bool(calendar.walk("VEVENT"))


def test_the_feed_says_the_moment_as_the_page_does() -> None:
    record = notice()
    files = dict(all_of(site_feeds([notice_row(record)], [], [], CONTEXT)))
    summary = etree.fromstring(files["feeds/notices.atom"]).findtext(
        ".//{http://www.w3.org/2005/Atom}summary", ""
    )
    assert last_moment_words(record.clock, year=True) in summary
