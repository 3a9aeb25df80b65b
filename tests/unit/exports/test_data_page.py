"""数据页: every file is linked, the sentence that may be quoted is there, every field is explained."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

from generator.outputs.data.data_files import file_names
from generator.outputs.data.data_page import render_data_page
from generator.pages.page import Page
from generator.public.tables import TABLES
from tests.public_records import context, site

COUNTS = {"notices": 12, "honours": 34, "decisions": 7, "policies": 56}


class Links(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attributes if name == "href" and value]


def page() -> Page:
    return render_data_page(COUNTS, context())


def test_every_file_interface_and_feed_is_linked() -> None:
    links = set(Links(page().body).found)
    assert {f"../data/{name}" for name in file_names()} <= links
    assert {f"../api/v1/{table.name}.json" for table in TABLES} <= links
    assert {
        f"../api/v1/schema/{name}.json" for name in ("notice", "notices", "honour", "honours", "policies")
    } <= links
    assert {
        "../feeds/wuhan/notices.atom",
        "../calendar/nanjing.ics",
        "../feeds/changes.atom",
        "../changes/",
        "../policies/codebook/",
    } <= links


def test_scope_licence_counts_and_fields_are_said() -> None:
    body = page().body
    assert "截至2026年11月22日，本站公开的全部公示、决定与荣誉" in body
    assert "不含依法不公开的" in body
    assert ">复制这一句</button>" in body
    assert "https://creativecommons.org/licenses/by/4.0/" in body
    assert "12\u00a0件" in body and "34\u00a0项" in body and "56\u00a0条" in body
    for table in TABLES:
        for field in table.fields:
            assert f"<code>{field.name}</code>" in body


def test_the_head_describes_the_datasets_to_data_search_engines() -> None:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page().head)
    assert found is not None
    data = json.loads(found[1])
    assert data["@type"] == "DataCatalog"
    assert [item["@type"] for item in data["dataset"]] == ["Dataset"] * len(TABLES)


def test_names_from_the_settings_are_only_text() -> None:
    shown = render_data_page(
        COUNTS, context(site=site(name="<b>x</b>", licence="<i>y</i>")), charts_html="<svg></svg>"
    )
    assert "<b>" not in shown.body and "<i>" not in shown.body
    assert "<svg></svg>" in shown.body


def test_the_page_is_the_same_twice_and_shows_words_alone() -> None:
    assert page().body == page().body
    assert " object at 0x" not in page().body
