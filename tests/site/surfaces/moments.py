"""The last moment of each notice as every surface of a built site tells it, read back by other people's parsers."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import feedparser  # type: ignore[import-untyped]
import vobject  # type: ignore[import-untyped]
from docx import Document
from icalendar import Calendar
from lxml import html

from generator.desk.status import site_status
from generator.outputs.poster import poster_sheet as sheets
from generator.outputs.search.search_record import notice_record
from generator.pipeline.prepare import Prepared, all_records
from generator.pipeline.render import record_pages
from generator.public.public_case import PublicNotice
from generator.source.model.instant import SHANGHAI
from tests.site.surfaces.random_notices import Moment

Told = dict[str, dict[str, set[Moment]]]
"""Id of a notice → surface → what it says; more than one value means that it contradicts itself."""

_WORDS = re.compile(r"(?:([0-9]{4})年)?([0-9]{1,2})月([0-9]{1,2})日 ([0-9]{2}:[0-9]{2})")
_AS_OF = re.compile("截至 [^，；]*?(?= 仍在公示|，承办机关尚未公布结果|，审查尚无结果)")
"""When the page was built: the one other moment that its first lines name."""
_DAY = timedelta(days=1)


def everything_told(prepared: Prepared, site: Path) -> Told:
    """What every surface says."""
    told: Told = defaultdict(lambda: defaultdict(set))
    for surface, notice_id, moment in _all(prepared, site):
        told[notice_id][surface].add(moment)
    return {notice_id: dict(surfaces) for notice_id, surfaces in told.items()}


def from_instant(moment: datetime) -> Moment:
    """An exclusive instant: midnight is 24:00 of the day before."""
    local = moment.astimezone(SHANGHAI)
    if (local.hour, local.minute) == (0, 0):
        return local.date() - _DAY, "24:00"
    return local.date(), f"{local:%H:%M}"


def in_words(text: str, year: int | None = None) -> Iterator[Moment]:
    """Every moment named in a text; ``year`` for those that leave it out."""
    for its_year, month, day, time in _WORDS.findall(text):
        if its_year or year:
            yield date(int(its_year or year or 0), int(month), int(day)), time


def _all(prepared: Prepared, site: Path) -> Iterator[tuple[str, str, Moment]]:
    yield from _pages(site)
    yield from _rows(site)
    yield from _api(site)
    yield from _table(site)
    yield from _calendars(site)
    yield from _feeds(site)
    yield from _sheets(site)
    yield from _posters(prepared)
    yield from _search(prepared)
    for _, rows in site_status(prepared.notice_rows, prepared.context).groups():
        for row in rows:
            for moment in in_words(row.last_moment):
                yield "status", row.id, moment
            yield "status", row.id, from_instant(datetime.fromisoformat(row.closes_at))


def _pages(site: Path) -> Iterator[tuple[str, str, Moment]]:
    for path in sorted(site.glob("notices/*-*/index.html")):
        notice_id = path.parent.name
        page = html.fromstring(path.read_bytes())
        for lead in page.find_class("yy-lead"):
            for moment in in_words(_AS_OF.sub("", lead.text_content())):
                yield "lead", notice_id, moment
        for fact in page.xpath("//dl[contains(@class, 'yy-facts')]/div[contains(dt, '公示期')]/dd"):
            for moment in in_words(fact.text_content()):
                yield "facts", notice_id, moment
        for text in page.xpath("//*[@id='objection']//text()"):
            for moment in in_words(str(text)):
                yield "objection", notice_id, moment
        for instant in page.xpath("//@data-closes-at | //@data-until"):
            yield "attributes", notice_id, from_instant(datetime.fromisoformat(instant))
        strip = page.xpath("//ol[@class='yy-days']/li[last()]")
        for last in strip:
            (ends,) = last.find_class("yy-days__end")
            day = date.fromisoformat(last.get("data-day"))
            yield "strip", notice_id, (day, ends.text_content().removesuffix("止"))
            (row,) = page.xpath("//*[@id='period']//tbody/tr[last()]/th/time")
            told = date.fromisoformat(row.get("datetime"))
            assert row.text == f"{told.month}月{told.day}日"
            yield "table", notice_id, (told, ends.text_content().removesuffix("止"))
        working = page.xpath("//*[@id='period']//ul/li[contains(., '异议截止')]//text()")
        for moment in in_words("".join(map(str, working))):
            yield "working", notice_id, moment
        for text in page.xpath("//meta[@name='description']/@content"):
            for moment in in_words(text):
                yield "description", notice_id, moment
        for text in page.xpath("//script[@type='application/ld+json']/text()"):
            end = json.loads(str(text))["temporalCoverage"].partition("/")[2]
            yield "json-ld", notice_id, from_instant(datetime.fromisoformat(end))


def _rows(site: Path) -> Iterator[tuple[str, str, Moment]]:
    for name in ("", "notices/", "notices/wuhan/", "notices/wuhan/*/"):
        for path in sorted(site.glob(f"{name}index.html")):
            for row in html.fromstring(path.read_bytes()).xpath("//ul[@class='yy-rows']/li"):
                notice_id = (
                    row.xpath(".//p[@class='yy-rows__title']/a/@href")[0].rstrip("/").rpartition("/")[2]
                )
                for instant in row.xpath("./@data-closes-at"):
                    yield "row", notice_id, from_instant(datetime.fromisoformat(instant))
                    year = from_instant(datetime.fromisoformat(instant))[0].year
                    for text in (row.text_content(), *row.xpath("./@data-closes | .//@data-printed")):
                        for moment in in_words(text, year):
                            yield "row", notice_id, moment


def _api(site: Path) -> Iterator[tuple[str, str, Moment]]:
    documents = [json.loads(path.read_bytes()) for path in sorted(site.glob("api/v1/notices/*-*.json"))]
    for document in documents:
        yield from _document("api", document)
        for moment in in_words(document["period"]["last_moment"]):
            yield "api", document["id"], moment
    for entry in json.loads((site / "api/v1/notices.json").read_bytes()):
        yield from _document("api list", entry)
    for path in sorted(site.glob("api/v1/notices/*/*.json")):
        for entry in json.loads(path.read_bytes()):
            yield from _document("api year", entry)


def _document(surface: str, document: dict[str, Any]) -> Iterator[tuple[str, str, Moment]]:
    moment = from_instant(datetime.fromisoformat(document["closes_at"]))
    yield surface, document["id"], moment
    for day in (document["closes_on"], document["days"][-1]["on"]):
        yield surface, document["id"], (date.fromisoformat(day), moment[1])


def _table(site: Path) -> Iterator[tuple[str, str, Moment]]:
    text = (site / "data/notices.csv").read_text(encoding="utf-8-sig")
    for row in csv.DictReader(io.StringIO(text)):
        moment = from_instant(datetime.fromisoformat(row["closes_at"]))
        yield "csv", row["id"], moment
        yield "csv", row["id"], (date.fromisoformat(row["closes_on"]), moment[1])


def _calendars(site: Path) -> Iterator[tuple[str, str, Moment]]:
    of_lists = (site / f"calendar/{name}.ics" for name in ("notices", "wuhan"))
    for path in (*of_lists, *sorted(site.glob("notices/*/deadline.ics"))):
        data = path.read_bytes()
        for event in Calendar.from_ical(data).walk("VEVENT"):
            notice_id = str(event["uid"]).partition("@")[0]
            end, start = event.decoded("dtend"), event.decoded("dtstart")
            yield "ics by icalendar", notice_id, from_instant(end)
            # On the last day's own square of a wall calendar, not on the next.
            yield "ics by icalendar", notice_id, (start.date(), from_instant(end)[1])
            for moment in in_words(str(event["description"])):
                yield "ics by icalendar", notice_id, moment
        for event in vobject.readOne(data.decode()).contents.get("vevent", []):
            notice_id = event.uid.value.partition("@")[0]
            yield "ics by vobject", notice_id, from_instant(event.dtend.value)


def _feeds(site: Path) -> Iterator[tuple[str, str, Moment]]:
    for path in (site / "feeds/notices.atom", site / "feeds/wuhan/notices.atom"):
        feed = feedparser.parse(path.read_bytes())
        assert not feed.bozo
        for entry in feed.entries:
            for moment in in_words(entry.summary):
                yield "atom", entry.link.rstrip("/").rpartition("/")[2], moment


def _sheets(site: Path) -> Iterator[tuple[str, str, Moment]]:
    for path in sorted(site.glob("notices/*/objection.docx")):
        document = Document(str(path))
        lines = [paragraph.text for paragraph in document.paragraphs]
        lines += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        for moment in in_words("\n".join(lines)):
            yield "docx", path.parent.name, moment


def notices_of(prepared: Prepared) -> Iterator[PublicNotice]:
    """Every public notice, by id."""
    return (record for record in all_records(prepared) if isinstance(record, PublicNotice))


def _posters(prepared: Prepared) -> Iterator[tuple[str, str, Moment]]:
    for notice in filter(sheets.is_posted, notices_of(prepared)):
        # Drawing a QR code of the address takes longer than all the rest.
        with mock.patch.object(sheets, "qr_svg", lambda _: ""):
            sheet = sheets.poster_sheet(notice, prepared.context)
        lines = [sheet.deadline.moment, sheet.deadline.note]
        lines += [line for fact in sheet.channels for line in fact.lines]
        for moment in in_words("\n".join(lines)):
            yield "poster", notice.id, moment


def _search(prepared: Prepared) -> Iterator[tuple[str, str, Moment]]:
    notices = {notice.path: notice for notice in notices_of(prepared)}
    for page in record_pages(prepared):
        record = notice_record(notices[page.path], page)
        for moment in in_words(record.state if record is not None else ""):
            yield "search", notices[page.path].id, moment
