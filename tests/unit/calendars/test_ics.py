"""日历: read back by icalendar and by vobject, two parsers of different make."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import vobject
from icalendar import Calendar

from generator.outputs.calendars.ics import CLOSED_FOR, deadline_file, site_calendars
from generator.public.context import SiteContext
from generator.public.list_parts import all_of
from generator.public.list_rows import honour_row, notice_row
from generator.public.public_case import HistoryEvent, NoticeStatus, PublicNotice
from generator.source.model.instant import SHANGHAI
from generator.source.model.site_settings import Alerts
from tests.every_row import every_row
from tests.public_records import (
    AS_OF,
    HOSTILE,
    clock,
    context,
    correction,
    honour,
    notice,
    revoked_honour,
    site,
    tombstone,
)

CONTEXT = context()


def calendars(*notices: PublicNotice, site_context: SiteContext = CONTEXT) -> dict[str, bytes]:
    return dict(all_of(site_calendars([notice_row(item) for item in notices], site_context)))


def events(text: bytes) -> list[Any]:
    return list(Calendar.from_ical(text).walk("VEVENT"))


def only(*notices: PublicNotice, site_context: SiteContext = CONTEXT) -> Any:
    found = events(calendars(*notices, site_context=site_context)["calendar/notices.ics"])
    assert len(found) == 1
    return found[0]


def test_each_city_has_its_calendar_and_the_site_has_all() -> None:
    files = calendars(notice(1), notice(2, jurisdiction="nanjing"))
    cities = {"calendar/wuhan.ics", "calendar/nanjing.ics"}
    others = {
        f"calendar/{place}{kind}.ics"
        for kind in ("honours", "decisions")
        for place in ("", "wuhan/", "nanjing/")
    }
    assert set(files) == {"calendar/notices.ics"} | cities | others
    plain = replace(CONTEXT, site=site(alerts=Alerts.model_construct(by_city=False)))
    assert set(calendars(notice(), site_context=plain)) == {
        "calendar/notices.ics", "calendar/honours.ics", "calendar/decisions.ics", *cities,
    }  # fmt: skip
    assert len(events(files["calendar/notices.ics"])) == 2
    assert [str(e["uid"]) for e in events(files["calendar/nanjing.ics"])] == [
        "nanjing-2026-0002@yiyong.example"
    ]


def test_a_period_that_ends_at_24_stands_on_its_last_day() -> None:
    event = only(notice())
    assert event.decoded("dtend") == datetime(2026, 11, 27, tzinfo=SHANGHAI)
    assert event.decoded("dtstart").date() == date(2026, 11, 26)
    assert event["dtend"].params["TZID"] == "Asia/Shanghai"
    assert "2026年11月26日 24:00" in str(event["description"])
    early = only(notice(clock=clock(close_of_business=time(17, 30))))
    assert early.decoded("dtend") == datetime(2026, 11, 26, 17, 30, tzinfo=SHANGHAI)


def test_alarms_ring_in_the_morning_of_the_day_before_and_of_the_last_day() -> None:
    for record in (notice(), notice(clock=clock(close_of_business=time(17, 30)))):
        event = only(record)
        before, last = event.walk("VALARM")
        assert {alarm["trigger"].params["RELATED"] for alarm in (before, last)} == {"END"}
        ends = event.decoded("dtend")
        assert ends + before["trigger"].dt == datetime(2026, 11, 25, 9, tzinfo=SHANGHAI)
        assert ends + last["trigger"].dt == datetime(2026, 11, 26, 9, tzinfo=SHANGHAI)
        assert str(before["description"]).startswith("明天截止（11月26日 ")
        assert str(last["description"]).startswith("今天截止（11月26日 ")
    (early,) = only(notice(clock=clock(close_of_business=time(9, 30)))).walk("VALARM")
    assert str(early["description"]).startswith("明天截止"), "the last morning is too late"
    assert only(notice(status=NoticeStatus.AWAITING)).walk("VALARM") == []


def test_a_second_parser_reads_the_same_moment_zone_and_alarm() -> None:
    text = calendars(notice())["calendar/wuhan.ics"].decode()
    component = vobject.readOne(text)
    event = component.vevent
    assert event.uid.value == "wuhan-2026-0001@yiyong.example"
    assert event.dtend.value.astimezone(UTC) == datetime(2026, 11, 26, 16, tzinfo=UTC)
    assert [one.trigger.value for one in event.valarm_list] == [timedelta(hours=-39), timedelta(hours=-15)]
    assert component.vtimezone.tzid.value == "Asia/Shanghai"
    assert event.summary.value == "异议截至 11月26日 24:00：关于拟确认李大勇见义勇为的公示"


def test_honours_stand_on_the_day_of_their_publication_and_name_nobody_once_revoked() -> None:
    rows = [honour_row(honour(1)), honour_row(revoked_honour())]
    files = dict(all_of(site_calendars([], CONTEXT, rows)))
    assert files["calendar/honours.ics"].count(b"BEGIN:VEVENT") == 2
    found = {str(event["uid"]): event for event in events(files["calendar/wuhan/honours.ics"])}
    stands = found[f"{honour(1).id}@yiyong.example"]
    assert stands.decoded("dtstart") == honour(1).published_day
    assert stands.decoded("dtend") - stands.decoded("dtstart") == timedelta(days=1)
    assert str(stands["summary"]).startswith("李大勇：")
    revoked = found[f"{revoked_honour().id}@yiyong.example"]
    assert revoked["status"] == "CANCELLED"
    assert "李大勇" not in str(revoked["summary"]) + str(revoked["description"])


def test_sequence_rises_with_each_move_of_the_last_day_and_with_the_end() -> None:
    moved = correction(date(2026, 11, 21), moved_closes_on=date(2026, 11, 27))
    other = correction(date(2026, 11, 21))
    uids, sequences = set(), []
    for record in (
        notice(),
        notice(corrections=(other,)),
        notice(corrections=(other, moved), clock=clock(closes_on=date(2026, 11, 27))),
        notice(corrections=(moved, moved), clock=clock(closes_on=date(2026, 11, 28))),
    ):
        event = only(record)
        uids.add(str(event["uid"]))
        sequences.append(int(event["sequence"]))
    assert sequences == [0, 0, 1, 2]
    assert len(uids) == 1


def test_a_withdrawn_notice_is_cancelled_and_names_nobody() -> None:
    record = tombstone(NoticeStatus.WITHDRAWN, clock=clock())
    event = only(record)
    assert "见义勇为公示（已撤回）" in str(event["summary"])
    assert str(event["status"]) == "CANCELLED"
    assert int(event["sequence"]) == 1
    assert event.walk("VALARM") == []
    assert "李大勇" not in str(event["summary"]) + str(event["description"])


def test_it_holds_what_is_pending_and_a_bounded_number_of_what_ended_lately() -> None:
    pending = [notice(n) for n in range(1, 9)]
    scheduled = notice(20, clock=clock(date(2026, 12, 1)), status=NoticeStatus.SCHEDULED, published_at=AS_OF)
    ended = [
        notice(100 + n, clock=clock(date(2026, 11, 1) + timedelta(days=n)), status=NoticeStatus.AWAITING)
        for n in range(9)
    ]
    long_ago = notice(
        200, clock=clock(AS_OF.date() - CLOSED_FOR - timedelta(days=8)), status=NoticeStatus.CONFIRMED
    )
    uids = {
        str(event["uid"]).split("@")[0]
        for event in events(calendars(*pending, scheduled, *ended, long_ago)["calendar/notices.ics"])
    }
    assert {item.id for item in pending} | {scheduled.id} <= uids
    assert long_ago.id not in uids
    assert {item.id for item in ended} & uids == {
        item.id for item in ended[-CONTEXT.site.lists.feed_entries :]
    }


def test_bytes_depend_on_the_records_and_not_on_the_hour_of_the_build() -> None:
    later = replace(CONTEXT, as_of=AS_OF + timedelta(hours=5))
    assert calendars(notice(1), notice(2)) == calendars(notice(2), notice(1), site_context=later)


@every_row("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_titles_stay_one_value_of_one_event(text: str) -> None:
    written = calendars(notice(title=text))["calendar/wuhan.ics"]
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    (event,) = events(written)
    assert str(event["uid"]) == "wuhan-2026-0001@yiyong.example"
    assert str(event["summary"]).startswith("异议截至 11月26日 24:00：")
    (other,) = list(vobject.readComponents(written.decode()))
    assert len(list(other.components())) == 2
    assert other.vevent.summary.value == str(event["summary"])


def test_a_notice_has_its_last_moment_as_an_event_to_take_along() -> None:
    ((path, text),) = deadline_file(notice(), CONTEXT)
    assert path == "notices/wuhan-2026-0001/deadline.ics"
    (event,) = events(text)
    # One and the same event as in the calendars: whoever has both sees it once.
    assert event["uid"] == only(notice())["uid"]
    assert str(event["summary"]) == "异议截至 11月26日 24:00：关于拟确认李大勇见义勇为的公示"
    assert event.decoded("dtend") == datetime(2026, 11, 27, tzinfo=SHANGHAI)
    assert (
        event["url"] == "https://yiyong.example/notices/wuhan-2026-0001/" and len(event.walk("VALARM")) == 2
    )
    assert vobject.readOne(text.decode()).vevent.uid.value == event["uid"]
    assert not list(deadline_file(notice(status=NoticeStatus.AWAITING), CONTEXT))
    assert not list(deadline_file(tombstone(), CONTEXT))


def test_an_event_that_was_taken_along_follows_a_moved_day_and_knows_no_hour_of_the_build() -> None:
    ((_, text),) = deadline_file(notice(), CONTEXT)
    later = replace(CONTEXT, as_of=AS_OF + timedelta(hours=3))
    assert list(deadline_file(notice(), later)) == [("notices/wuhan-2026-0001/deadline.ics", text)]
    moved = correction(date(2026, 11, 22), moved_closes_on=date(2026, 11, 30))
    told = HistoryEvent(on=date(2026, 11, 22), event="corrected")
    longer = notice(clock=clock(closes_on=date(2026, 11, 30)), corrections=(moved,), events=(told,))
    # At midnight, the instant at which a correction of the day holds.
    early = replace(CONTEXT, as_of=datetime(2026, 11, 22, tzinfo=SHANGHAI))
    ((_, after),) = deadline_file(longer, early)
    assert list(deadline_file(longer, later)) == [("notices/wuhan-2026-0001/deadline.ics", after)]
    (was,), (now,) = events(text), events(after)
    assert was["uid"] == now["uid"] and was["sequence"] + 1 == now["sequence"]
    assert was.decoded("dtstamp") < now.decoded("dtstamp")
    assert now.decoded("dtend").date() == date(2026, 12, 1)
