"""地名标识: two places whose names read alike have addresses of their own, and none that is published moves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.diagnostics.record_path import shown_path
from generator.pipeline.audit_step import _RECORD_FILE
from generator.pipeline.prepare import all_records, check_project, prepared_alone
from generator.pipeline.produce import produce
from generator.pipeline.shards import _OF_RECORD
from generator.source.model.scalars import (
    DECISION_NUMBER,
    HONOUR_NUMBER,
    NOTICE_NUMBER,
    PLACE_SLUG,
    parts_of_number,
)
from tests.every_row import every_row
from tests.projects import AS_OF, AUTHORITY, ROOT, case, honour, person, write_small_project, write_yaml

SLUGS = ("wuhan", "suzhou-js", "suzhou-ah", "suzhou-341300", "xian-shaanxi-lantian")
NO_SLUGS = (
    "suzhou-2026",
    "suzhou-0001",
    "suzhou-h0001",
    "苏州",
    "Suzhou",
    "suzhou_js",
    "2026",
    "suzhou-",
    "suzhou--js",
)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_number_comes_apart_again(slug: str) -> None:
    assert re.fullmatch(PLACE_SLUG, slug)
    for pattern, own in ((NOTICE_NUMBER, "0001"), (HONOUR_NUMBER, "h0001"), (DECISION_NUMBER, "d0001")):
        number = f"{slug}-2026-{own}"
        assert re.fullmatch(pattern, number)
        assert parts_of_number(number) == (slug, 2026, own)
        assert not re.fullmatch(PLACE_SLUG, number), "a place and a record never have one address"


@every_row("slug", NO_SLUGS)
def test_what_is_no_slug(slug: str) -> None:
    assert not re.fullmatch(PLACE_SLUG, slug)


@pytest.mark.parametrize("slug", SLUGS)
def test_all_that_reads_numbers_reads_these(slug: str) -> None:
    for folder, own in (("notices", "0001"), ("honours", "h0001"), ("decisions", "d0001")):
        number = f"{slug}-2026-{own}"
        found = _RECORD_FILE.match(f"{folder}/{number}/index.html")
        assert found is not None and found[1] == number
        assert _OF_RECORD.fullmatch(f"api/v1/{folder}/{number}.json")
    assert shown_path(f"registry/cases/{slug}/2026/wh26-0001.yml").count("*") == 0
    assert shown_path(f"registry/decisions/{slug}/2026/{slug}-2026-d0001.yml").count("*") == 0
    search = (ROOT / "site_config/theme/assets/search/names.js").read_text(encoding="utf-8")
    written = re.search(r"const found = /(\^\(.*?\)\$)/\.exec", search)
    assert written is not None and re.fullmatch(written[1], f"{slug}-2026-h0001")


def test_two_places_of_one_name_and_a_county_beside_a_municipality(tmp_path: Path) -> None:
    places = {
        "suzhou-js": ("苏州", "苏州市", "city"),
        "suzhou-ah": ("宿州", "宿州市", "city"),
        "chongqing": ("重庆", "重庆市", "municipality"),
        "yunyang": ("云阳", "云阳县", "county"),
        "quanguo": ("全国", "中华人民共和国", "nation"),
    }
    cases = {}
    for number, slug in enumerate(places, 1):
        act = {"narrative": "一人下水救人。", "happened_on": f"2026-09-{number:02}"}
        one = person(name=f"甲{'一二三四五'[number - 1]}川")
        own = honour(id=f"{slug}-2026-h0001", recipients=["p1"])
        tree = case(jurisdiction=slug, authority=f"{slug}-ban", persons=[one], act=act, honours=[own])
        tree["notice"]["id"] = f"{slug}-2026-0001"
        cases[f"{slug}/2026/a-{number}.yml"] = tree
    root = write_small_project(tmp_path, cases)
    for order, (slug, (name, full_name, level)) in enumerate(places.items(), 20):
        write_yaml(
            root / f"site_config/jurisdictions/{slug}.yml",
            {"slug": slug, "name": name, "full_name": full_name, "level": level, "order": str(order)},
        )
        write_yaml(
            root / f"site_config/authorities/{slug}-ban.yml",
            {**AUTHORITY, "slug": f"{slug}-ban", "jurisdiction": slug},
        )
    with prepared_alone(root, AS_OF, AS_OF, 1) as ready:
        paths = {produce(record, ready.context).own.page.path for record in all_records(ready)}
    assert paths == {f"notices/{slug}-2026-0001/" for slug in places} | {
        f"honours/{slug}-2026-h0001/" for slug in places
    }


def test_a_place_is_not_called_like_a_page(tmp_path: Path) -> None:
    root = write_small_project(tmp_path)
    write_yaml(
        root / "site_config/jurisdictions/archive.yml",
        {"slug": "archive", "name": "档案", "full_name": "档案市", "level": "city", "order": "9"},
    )
    found = [item for item in check_project(root, AS_OF, AS_OF, 1).diagnostics if item.code == "REG043"]
    assert [item.place.path for item in found] == ["site_config/jurisdictions/archive.yml"]
