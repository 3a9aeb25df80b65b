"""敌意文字: whatever text a record or a setting holds, it changes nothing on the site but text.

``make test`` tries a third of the payloads, some of each sort; ``make journeys`` the others.

Built once through MkDocs with a payload in every free text, looked at in Chromium beside a twin record
that has a plain word in the same places, and read back from every file by other people's parsers.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import feedparser  # type: ignore[import-untyped]
import openpyxl
import pytest
import vobject  # type: ignore[import-untyped]
from docx import Document
from icalendar import Calendar
from lxml import etree
from playwright.sync_api import Browser, Page, expect

from generator.cases.case import Case
from generator.cases.decision import Decision
from generator.catalogue import wording
from generator.outputs.poster.poster_fonts import FontPlaces
from generator.pipeline import papers
from generator.public.tables import DECISIONS, HONOURS, NOTICES
from generator.source.model.authority import Authority
from generator.source.model.site_settings import Site
from tests.browser.surfaces.canonical import Node, changed, difference, read_pages, read_parts, settled
from tests.browser.surfaces.hostile_project import (
    DECIDED,
    KINDS,
    NAME_TOKEN,
    TOKEN,
    TWIN,
    authority,
    decision_id,
    granted_ids,
    granting,
    honour_id,
    name_of,
    notice_id,
    paths_of,
    record,
    shown_in,
    site_settings,
    text_fields,
    write_hostile_project,
)
from tests.browser.surfaces.payloads import MIXED, PAYLOADS
from tests.journeys import SOME_AND_REST
from tests.sites import build_project

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("hostile")]

SITE_TOKEN = "丁戊己"
PRIVATE = re.compile(
    r"(^|\.)(private|withholding|guardian_consent|objector)\.|(^|\.)case$|\.(certificate_code|note)$"
)
"""Fields that the public never sees; other tests prove it."""


def test_every_free_text_that_the_public_sees_has_a_payload() -> None:
    assert len(set(PAYLOADS)) >= 100
    addresses = {"channels.web_form", "channels.email"}
    case_fields = {path for kind in KINDS for path in filled(record(kind, 0, TOKEN))}
    # What a portrait shows needs a picture: its own test has a payload for it.
    described = {"persons[].portrait.description"}
    case_texts = {path for path in text_fields(Case) if not PRIVATE.search(path)} - described
    assert case_fields == case_texts - {f"notice.desk.{path}" for path in addresses}
    decision_fields = {path for kind in DECIDED for path in filled(granting(kind, 0, TOKEN))}
    assert decision_fields == {path for path in text_fields(Decision) if not PRIVATE.search(path)}
    organ = {path for path, value in paths_of(authority("x", TOKEN)) if value == TOKEN}
    assert organ == set(text_fields(Authority)) - addresses
    site = {path for path, value in paths_of(site_settings(TOKEN)) if value == TOKEN}
    # The name of a picture is a file's name and nothing else; no page shows the signature of a short message. Codes of a
    # sample are its settings' own, never what somebody sent.
    codes = {f"sample.certificate_codes.{answer}" for answer in ("valid", "revoked", "absent")}
    not_shown = {"assumed_in_force_from", "look.logo", "alerts.sms_signature", *codes}
    assert site == set(text_fields(Site)) - not_shown
    assert sum(name_of(text) == text for text in PAYLOADS) >= 55 and len(set(map(name_of, PAYLOADS))) >= 100


def filled(tree: dict[str, Any]) -> set[str]:
    """Places of a twin's tree that a payload would stand in."""
    return {path for path, value in paths_of(tree) if TOKEN in value or value == NAME_TOKEN}


@pytest.fixture(scope="module", params=SOME_AND_REST)
def numbers(request: pytest.FixtureRequest) -> list[int]:
    """Of the payloads that this run tries. Six in a row are shown in all states."""
    return [number for number in range(len(PAYLOADS)) if (number // 6 % 3 == 0) != request.param]


with_some = pytest.mark.parametrize("numbers", SOME_AND_REST[:1], indirect=True)
"""For a test that the payloads of records are nothing to, or of which it names its own."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, numbers: list[int]) -> Path:
    """The site of these payloads, with search."""
    project = write_hostile_project(tmp_path_factory.mktemp("hostile"), numbers, MIXED)
    # A hundred posters take a minute to print; their tests print payloads of their own.
    with mock.patch.object(papers, "PLACES", FontPlaces(system=False)):
        return build_project(project, project / "site")


@pytest.fixture(scope="module")
def url(site: Path, serve: Callable[[Path], str]) -> str:
    return serve(site)


@pytest.fixture(scope="module")
def tab(browser: Browser, url: str) -> Iterator[tuple[Page, list[str]]]:
    """One page for all tests of these payloads, and what went wrong in it: dialogs, errors, requests to elsewhere.

    The site's own policy, which would stop most of it a second time, is left aside.
    """
    wrong: list[str] = []
    context = browser.new_context(locale="zh-CN", bypass_csp=True)
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    opened.on("request", lambda r: None if r.url.startswith((url, "data:")) else wrong.append(r.url))
    opened.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened, wrong
    context.close()


@pytest.fixture
def page(tab: tuple[Page, list[str]], url: str) -> Iterator[Page]:
    """A page that lets nothing pass unnoticed, scripts of payloads neither."""
    opened, wrong = tab
    wrong.clear()
    opened.goto(f"{url}about/")
    yield opened
    assert opened.evaluate("window.pwned") is None
    assert not wrong


def paths_and_ids(kind: str, number: int) -> list[tuple[str, set[str]]]:
    """Pages of one case, each with the ids that are its own."""
    paths = [f"notices/{notice_id(kind, number)}/"]
    ids = {notice_id(kind, number)}
    if kind in DECIDED:
        granted = granted_ids(kind, number)[: 2 if kind == "confirmed" else 1]
        honours = (honour_id(kind, number), *granted)
        paths += [f"honours/{honour}/" for honour in honours]
        paths.append(f"decisions/{decision_id(kind, number)}/")
        ids |= {*honours, decision_id(kind, number)}
    return [(path, ids) for path in paths]


def in_place_of_tokens(words: str, text: str) -> str:
    """What a twin says, with ``text`` where it has its tokens."""
    return words.replace(NAME_TOKEN, name_of(text)).replace(TOKEN, text)


def against_its_twin(hostile: list[Node], ids: set[str], twin: list[Node], text: str) -> str | None:
    """What a hostile page has otherwise than its settled twin, but for the text."""
    expected = [changed(node, lambda words: in_place_of_tokens(words, text)) for node in twin]
    return difference(settled(hostile, ids), expected)


@pytest.mark.parametrize("kind", KINDS)
def test_every_record_page_is_its_twin_but_for_the_text(page: Page, kind: str, numbers: list[int]) -> None:
    shown_here = shown_in(kind, numbers)
    assert len(shown_here) > len(numbers) / 8
    for part, (twin_path, twin_ids) in enumerate(paths_and_ids(kind, TWIN)):
        (twin,) = read_pages(page, [twin_path])
        shown = json.dumps(twin, ensure_ascii=False).count(TOKEN)
        assert shown > (5 if kind in ("not_confirmed", "revoked") else 25), "the twin says nothing"
        twin = settled(twin, twin_ids)
        pages = [paths_and_ids(kind, number)[part] for number in shown_here]
        found = read_pages(page, [path for path, _ in pages])
        for number, nodes, (_, ids) in zip(shown_here, found, pages, strict=True):
            assert against_its_twin(nodes, ids, twin, PAYLOADS[number]) is None, PAYLOADS[number]


def granted_to_person(kind: str, number: int) -> str:
    """Id of the honour that the decision grants to the person."""
    return granted_ids(kind, number)[0]


def granted_to_group(kind: str, number: int) -> str:
    """Id of the honour that the decision grants to the group."""
    return granted_ids(kind, number)[1]


@pytest.mark.parametrize(
    ("path", "kinds", "of"),
    [
        ("", ("open",), notice_id),
        ("notices/", KINDS, notice_id),
        ("notices/wuhan/", KINDS, notice_id),
        ("notices/wuhan/2026/", KINDS, notice_id),
        ("honours/wuhan/2026/", ("confirmed",), honour_id),
        ("honours/wuhan/2026/", ("confirmed",), granted_to_person),
        ("honours/wuhan/2026/", ("confirmed",), granted_to_group),
        ("decisions/", DECIDED, decision_id),
        ("decisions/wuhan/", DECIDED, decision_id),
        ("changes/", DECIDED, decision_id),
        ("changes/", KINDS, notice_id),
    ],
)
def test_every_row_of_a_list_is_its_twin_but_for_the_text(
    page: Page, path: str, kinds: tuple[str, ...], of: Callable[[str, int], str], numbers: list[int]
) -> None:
    rows = rows_of(page, path)
    # Home shows the first few; they are compared with the twin's row in the list that has all.
    twins = rows if path else rows_of(page, "notices/")
    compared = 0
    for kind in kinds:
        twin_id = of(kind, TWIN)
        assert twins[twin_id], kind
        settled_twins = [settled(nodes, {twin_id}) for nodes in twins[twin_id]]
        for number in shown_in(kind, numbers):
            own_id = of(kind, number)
            for nodes, twin in zip(rows[own_id], settled_twins, strict=bool(path)):
                assert against_its_twin(nodes, {own_id}, twin, PAYLOADS[number]) is None
                compared += 1
    assert compared >= (5 if path == "" else len(numbers) // 3)


def rows_of(page: Page, path: str) -> dict[str, list[list[Node]]]:
    """Rows of a list, in all its parts, by the id that their first link leads to."""
    found: dict[str, list[list[Node]]] = defaultdict(list)
    for part in parts_of(page, path):
        for nodes in read_parts(page, part, "main li:has(a[href*='wuhan-2026-'])"):
            link = next(
                value for node in nodes if node[0] == "<" for name, value in node[2] if name == "href"
            )
            found[link.rstrip("/").rpartition("/")[2]].append(nodes)
    return found


def parts_of(page: Page, path: str) -> Iterator[str]:
    """The list itself, and the further parts that it links."""
    yield path
    number = 2
    while path and read_parts(page, path, f"main a[href$='/{path}{number}/']"):
        yield f"{path}{number}/"
        number += 1


def test_nothing_runs_when_the_pages_are_opened(page: Page, url: str, numbers: list[int]) -> None:
    """Those with a script or a handler; that no page has more than its twin is proved above."""
    live = [number for number in numbers if "pwned" in PAYLOADS[number]]
    assert len(live) >= len(numbers) / 6
    for number in live:
        page.goto(f"{url}notices/{notice_id('open', number)}/")
        assert page.evaluate("[window.pwned, document.querySelectorAll('h1').length]") == [None, 1]
        assert PAYLOADS[number] in page.locator("h1").inner_text()


@pytest.mark.parametrize(
    "path",
    [
        "",
        "notices/",
        "notices/wuhan/2026/",
        "honours/wuhan/2026/",
        "decisions/",
        "policies/wuhan/",
        "objections/",
        "changes/",
        "data/",
    ],
)
def test_nothing_runs_on_the_pages_of_many(page: Page, url: str, path: str) -> None:
    page.goto(url + path)
    expect(page.locator("h1")).to_be_visible()
    assert (
        page.locator("script[src*=evil], img[src*=evil], link[href*=evil], base, iframe, object").count() == 0
    )
    handlers = (
        "[...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames()).filter(n => /^on/.test(n))"
    )
    assert page.evaluate(handlers) == []
    assert page.title().endswith(MIXED)
    assert MIXED in page.locator("footer").inner_text()


RESULT_TAGS = {"section", "h2", "small", "ol", "li", "p", "a", "mark", "span"}


@with_some
def test_what_is_found_and_offered_is_only_text(page: Page, url: str) -> None:
    page.goto(f"{url}search/?q=onerror")
    results = page.locator("[data-find=results]")
    expect(results.locator("li").first).to_be_visible()
    tags = "e => [...new Set([...e.querySelectorAll('*')].map(x => x.localName))].sort()"
    assert set(results.evaluate(tags)) <= RESULT_TAGS
    assert any("<" in title and "pwned" in title for title in results.locator("a").all_inner_texts())
    page.goto(
        f"{url}search/?q=onerror&{wording('common')['filters']['section']}={wording('decisions')['section']}"
    )
    expect(results.locator("li a[href*='decisions/']").first).to_be_visible()
    assert set(results.evaluate(tags)) <= RESULT_TAGS
    assert any("<" in title and "pwned" in title for title in results.locator("a").all_inner_texts())
    for typed in ("<img src onerror=top.pwned=1>", "<svg onload=window.pwned=1>", '{{ "<b>"|safe }}'):
        assert name_of(typed) == typed and typed in PAYLOADS
        page.goto(f"{url}about/")
        box = page.locator("#yy-search-q")
        box.press_sequentially(typed)
        offered = page.locator("#yy-search-list li")
        expect(offered.first).to_contain_text(typed)
        assert set(page.locator("#yy-search-list").evaluate(tags)) <= {"li", "span"}


@pytest.fixture(scope="module")
def plain_url(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> str:
    """The twins alone, under settings without any payload."""
    project = write_hostile_project(tmp_path_factory.mktemp("plain"), (), SITE_TOKEN)
    with mock.patch.object(papers, "PLACES", FontPlaces(system=False)):
        return serve(build_project(project, project / "site"))


def unlisted(nodes: list[Any]) -> list[Any]:
    """Without the words of the search's manifest, which lists records: the two sites have different ones."""
    return [
        node
        for before, node in zip([None, *nodes], nodes, strict=False)
        if not (before and before[0] == "<" and ["id", "yy-find-manifest"] in before[2])
    ]


@with_some
def test_texts_of_the_settings_change_nothing_but_text(page: Page, browser: Browser, plain_url: str) -> None:
    paths = [
        "about/",
        "en/objections/",
        "404.html",
        "policies/wuhan/",
        "policies/wuhan/shili/",
        "search/",
        "en/about/",
    ]
    paths += [path for kind in KINDS for path, _ in paths_and_ids(kind, TWIN)]
    plain = browser.new_page()
    plain.goto(f"{plain_url}about/")
    pages, twins = ([unlisted(found) for found in read_pages(tab, paths)] for tab in (page, plain))
    for path, nodes, twin in zip(paths, pages, twins, strict=True):
        assert json.dumps(twin, ensure_ascii=False).count(SITE_TOKEN) > 5
        expected = [
            changed(node, lambda words: words.replace(SITE_TOKEN, MIXED)) for node in settled(twin, ["ID"])
        ]
        assert difference(settled(nodes, ["ID"]), expected) is None, path
    plain.close()


@with_some
def test_the_manifest_of_the_search_is_json_whatever_the_texts_say(page: Page, url: str) -> None:
    page.goto(f"{url}search/")
    manifest = json.loads(page.locator("#yy-find-manifest").text_content() or "")
    assert "pwned" in json.dumps(manifest)


def test_the_offices_of_the_verification_page_are_twins_but_for_their_text(
    page: Page, numbers: list[int]
) -> None:
    offices = read_parts(page, "verify/", "#office dl > div")
    payload = {json.dumps(settled(nodes, ["ID"])) for nodes in offices}
    (twin,) = (nodes for nodes in offices if json.dumps(nodes, ensure_ascii=False).count(TOKEN))
    plain = settled(twin, ["ID"])
    expected = {
        json.dumps([changed(node, lambda words, text=text: words.replace(TOKEN, text)) for node in plain])  # type: ignore[misc]
        for text in (*(PAYLOADS[number] for number in numbers), TOKEN)
    }
    assert len(expected) == len(numbers) + 1 and payload == expected


def by_id(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in rows}


def table_rows(site: Path, name: str) -> Iterator[tuple[str, dict[str, dict[str, Any]]]]:
    """(format, id → field → text) of one table, from each format of the data."""
    fields = [
        field.name for field in {table.name: table for table in (NOTICES, HONOURS, DECISIONS)}[name].fields
    ]
    text = (site / f"data/{name}.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[0] == fields
    assert not [cell for row in rows[1:] for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
    yield (
        "csv",
        by_id([dict(zip(fields, (c.removeprefix("'") for c in row), strict=True)) for row in rows[1:]]),
    )
    yield "json", by_id(json.loads((site / f"data/{name}.json").read_bytes()))
    sheet = openpyxl.load_workbook(site / f"data/{name}.xlsx").worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d", "b"}
    cells = [[_shown(value) for value in row] for row in sheet.iter_rows(min_row=2, values_only=True)]
    yield "xlsx", by_id([dict(zip(fields, row, strict=True)) for row in cells])
    database = sqlite3.connect(f"file:{site / 'data/yiyong.sqlite'}?mode=ro", uri=True)
    database.row_factory = sqlite3.Row
    yield "sqlite", by_id([dict(row) for row in database.execute(f'SELECT * FROM "{name}"')])
    database.close()


def _shown(value: Any) -> Any:
    """What Excel shows of a cell (ECMA-376, ST_Xstring): one pass from the left."""
    if not isinstance(value, str):
        return value
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), value)


def test_every_table_holds_the_text_as_it_is(site: Path, numbers: list[int]) -> None:
    for kind, rows in table_rows(site, "notices"):
        for number in numbers:
            row = rows[notice_id("open", number)]
            assert row["names"] == name_of(PAYLOADS[number]), kind
            for field in ("title", "number", "authority_name", "group_name", "district", "summary"):
                assert row[field] == PAYLOADS[number], (kind, field)
    for kind, rows in table_rows(site, "honours"):
        for number in shown_in("confirmed", numbers):
            row = rows[honour_id("confirmed", number)]
            assert row["name"] == name_of(PAYLOADS[number]), kind
            for field in ("verb", "title", "grantor", "number", "batch", "merit", "summary"):
                assert row[field] == PAYLOADS[number], (kind, field)
    for kind, rows in table_rows(site, "decisions"):
        for number in shown_in("confirmed", numbers):
            row = rows[decision_id("confirmed", number)]
            fields = (
                "title",
                "number",
                "index_number",
                "openness",
                "organs",
                "batch",
                "basis",
                "titles",
            )
            for field in fields:
                assert row[field] == PAYLOADS[number], (kind, field)


def test_the_interface_holds_the_text_as_it_is(site: Path, numbers: list[int]) -> None:
    for number in numbers:
        text = PAYLOADS[number]
        found = json.loads((site / f"api/v1/notices/{notice_id('open', number)}.json").read_bytes())
        assert found["act"]["narrative"] == [text, text] and found["persons"][0]["unit"] == text
        assert found["corrections"][0]["was"] == text and found["channels"]["telephone"] == [text]
    for number in shown_in("desk", numbers):
        text = PAYLOADS[number]
        found = json.loads((site / f"api/v1/notices/{notice_id('desk', number)}.json").read_bytes())
        assert found["opening"] == [text, text] and found["proposal"] == found["basis"] == text
        assert found["channels"]["in_person"]["address"] == text
        assert found["further_acts"][0]["act"]["narrative"] == [text, text]
        assert found["persons"][0]["native_place"] == found["persons"][0]["political_status"] == text
    for number in shown_in("confirmed", numbers):
        text = PAYLOADS[number]
        found = json.loads((site / f"api/v1/honours/{honour_id('confirmed', number)}.json").read_bytes())
        assert found["title"] == found["grantor"] == text
        found = json.loads((site / f"api/v1/decisions/{decision_id('confirmed', number)}.json").read_bytes())
        assert found["title"] == found["index_number"] == found["openness"] == text
        assert found["opening"] == [text, text] and found["organs"] == [text]
        assert [annex["title"] for annex in found["annexes"]] == [text, text]
        granted = found["tiers"][0]["grants"]
        assert granted[0]["title"] == text and granted[1]["title"] == f"{text}·甲"
    for path in site.rglob("*.json"):
        json.loads(path.read_bytes())


def test_feeds_and_calendars_hold_the_text_as_it_is(site: Path, numbers: list[int]) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    for path in sorted(site.rglob("*.atom")):
        assert not feedparser.parse(path.read_bytes()).bozo, path
        assert set(etree.parse(path).getroot().itertext("script", "img", "svg")) == set()
    feed = etree.parse(site / "feeds/notices.atom")
    entries = {item.find(f"{atom}id").text.rpartition("/")[2]: item for item in feed.iter(f"{atom}entry")}
    events = {}
    data = (site / "calendar/notices.ics").read_bytes()
    for event in Calendar.from_ical(data).walk("VEVENT"):
        events[str(event["uid"]).partition("@")[0]] = event
    other = {event.uid.value.partition("@")[0]: event for event in vobject.readOne(data.decode()).vevent_list}
    assert events.keys() == other.keys()
    twin_title = entries[notice_id("open", TWIN)].findtext(f"{atom}title")
    assert twin_title.startswith(TOKEN)
    for number in numbers:
        entry, text = entries[notice_id("open", number)], PAYLOADS[number]
        # After the notice's own title stands the last day of objecting, the same in all.
        assert entry.findtext(f"{atom}title") == twin_title.replace(TOKEN, text)
        # What happened, of both acts, each with whose it is.
        assert entry.findtext(f"{atom}summary").split("\n")[1:] == [f"{name_of(text)}：{text}" * 2]
        event = events[notice_id("open", number)]
        # Before it, in a calendar.
        titled = str(events[notice_id("open", TWIN)]["summary"]).replace(TOKEN, text)
        assert str(event["summary"]) == other[notice_id("open", number)].summary.value == titled
        assert set(event) == set(events[notice_id("open", TWIN)])
    decisions = etree.parse(site / "feeds/decisions.atom")
    entries = {
        item.find(f"{atom}id").text.rpartition("/")[2]: item for item in decisions.iter(f"{atom}entry")
    }
    for number in shown_in("confirmed", numbers):
        entry, text = entries[decision_id("confirmed", number)], PAYLOADS[number]
        twin = entries[decision_id("confirmed", TWIN)].findtext(f"{atom}summary")
        assert entry.findtext(f"{atom}title") == text and twin.count(TOKEN) + twin.count(NAME_TOKEN) >= 3
        assert entry.findtext(f"{atom}summary") == in_place_of_tokens(twin, text)
    assert MIXED in feed.findtext(f"{atom}title", "") and feed.findtext(f"{atom}author/{atom}name") == MIXED


def test_objection_sheets_hold_the_text_as_it_is(site: Path, numbers: list[int]) -> None:
    def cells(kind: str, number: int) -> list[str]:
        document = Document(str(site / f"notices/{notice_id(kind, number)}/objection.docx"))
        texts = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return [text.replace("\u200b", "") for text in texts]

    for kind in ("open", "desk"):
        twin = cells(kind, TWIN)
        assert sum(TOKEN in cell for cell in twin) >= 6
        for number in shown_in(kind, numbers)[:: 7 if kind == "open" else 1]:
            expected = [
                in_place_of_tokens(cell, PAYLOADS[number]).replace(
                    notice_id(kind, TWIN), notice_id(kind, number)
                )
                for cell in twin
            ]
            assert cells(kind, number) == expected
