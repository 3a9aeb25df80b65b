"""The index: its parts, its order, its bytes, and what may not be in it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.audit import Problem, Secret, Secrets, audit_site
from generator.outputs.search import index_parts as parts
from generator.outputs.search.canonical import settled
from generator.outputs.search.name_directory import bucket_of
from generator.outputs.search.pagefind import SearchError, index_files
from generator.system.cache import open_cache
from tests.search_records import index, record

YEARS = ("2019", "2020", "2021", "2022", "2023", "2024", "2025")


def manifest(site: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((site / "search/manifest.json").read_text(encoding="utf-8"))
    return found


def files(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()
    }


def fragments(site: Path) -> list[dict[str, Any]]:
    packed = sorted(site.glob("pagefind/*/fragment/*"))
    return [json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd")) for path in packed]


def test_the_same_records_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    records = [record(n, date=f"{year}-01-02", names=(f"封玉{n}",)) for n, year in enumerate(YEARS)]
    index(tmp_path / "one", tmp_path / "spool1", records)
    index(tmp_path / "other", tmp_path / "spool2", reversed(records), jobs=2)
    assert files(tmp_path / "one") == files(tmp_path / "other")


def test_parts_are_cut_by_date_and_a_new_record_changes_only_the_newest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "RECORDS_A_PART", 3)
    records = [record(n, date=f"{year}-05-06") for n, year in enumerate(YEARS)]
    guide = record(0, date="0000", path="objections/")
    index(tmp_path / "one", tmp_path / "spool1", [*records, guide])
    before = manifest(tmp_path / "one")["parts"]
    assert [(part["since"], part["until"], part["records"]) for part in before] == [
        ("", "", 1),
        ("2025-05-06", "2025-05-06", 1),
        ("2022-05-06", "2024-05-06", 3),
        ("2019-05-06", "2021-05-06", 3),
    ]
    index(tmp_path / "other", tmp_path / "spool2", [*records, guide, record(9, date="2026-05-06")])
    after = manifest(tmp_path / "other")["parts"]
    assert [part["name"] for part in after[2:]] == [part["name"] for part in before[2:]]
    assert after[1]["name"] != before[1]["name"]


def test_parts_of_the_last_build_are_taken_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "RECORDS_A_PART", 3)
    made: list[int] = []

    def counted(records: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, bytes]]:
        given = list(records)
        made.append(len(given))
        return index_files(given)

    monkeypatch.setattr(parts, "index_files", counted)
    records = [record(n, date=f"{year}-05-06") for n, year in enumerate(YEARS)]
    with open_cache(tmp_path / "cache", tmp_path) as cache:
        index(tmp_path / "one", tmp_path / "spool1", records, store=cache.store())
        assert made == [3, 3, 1]
        index(tmp_path / "again", tmp_path / "spool2", records, store=cache.store())
        assert made == [3, 3, 1]
        changed = [*records[:-1], record(6, date="2025-05-06", text="更正后的事迹")]
        index(tmp_path / "changed", tmp_path / "spool3", changed, store=cache.store())
        assert made == [3, 3, 1, 1]
    assert files(tmp_path / "again") == files(tmp_path / "one")
    index(tmp_path / "clean", tmp_path / "spool4", changed)
    assert files(tmp_path / "changed") == files(tmp_path / "clean")


def test_tombstones_leave_no_trace(tmp_path: Path) -> None:
    index(tmp_path / "one", tmp_path / "spool1", [record(1), None])
    index(tmp_path / "other", tmp_path / "spool2", [record(1)])
    assert files(tmp_path / "one") == files(tmp_path / "other")


def test_only_files_that_are_used_are_there(tmp_path: Path) -> None:
    index(tmp_path, tmp_path.parent / "spool-used", [record(1)])
    plain = {name for name in files(tmp_path) if not name.startswith("search/") and name.count("/") < 3}
    part = manifest(tmp_path)["parts"][0]["name"]
    hashed = {name for name in plain if name.startswith(f"pagefind/{part}/pagefind.und_")}
    assert plain - hashed == {
        "pagefind/pagefind.js",
        "pagefind/wasm.unknown.pagefind",
        f"pagefind/{part}/pagefind-entry.json",
    }
    assert len(hashed) == 1


def test_filters_say_how_many(tmp_path: Path) -> None:
    index(tmp_path, tmp_path.parent / "spool-filters", [record(1), record(2, date="2019-01-01")])
    assert manifest(tmp_path)["filters"] == [
        ["栏目", [["公示", 2]]],
        ["城市", [["武汉", 2]]],
        ["年份", [["2026", 1], ["2019", 1]]],
        ["类型", [["水中救人", 2]]],
    ]


def test_the_directory_leads_from_name_and_number_to_the_page(tmp_path: Path) -> None:
    index(tmp_path, tmp_path.parent / "spool-names", [record(1), record(2, date="2027-01-01", numbers=())])
    count = manifest(tmp_path)["buckets"]
    entries = {}
    for key in ("封玉琢", "〔2026〕31号", "〔2026〕31号武见公示"):
        path = tmp_path / f"search/names/{bucket_of(key, count)}.json"
        entries[key] = [entry[1] for entry in json.loads(path.read_text(encoding="utf-8"))[key]]
    assert entries == {
        "封玉琢": ["notices/wuhan-2027-0002/", "notices/wuhan-2026-0001/"],
        "〔2026〕31号": ["notices/wuhan-2026-0001/"],
        "〔2026〕31号武见公示": ["notices/wuhan-2026-0001/"],
    }


def test_a_leak_in_the_index_is_found(tmp_path: Path) -> None:
    secret = Secret(text="慕容雪霁", label="registry/cases/wuhan/2026/x.yml", kind="name")
    secrets = Secrets(strings=(secret,))
    index(tmp_path / "clean", tmp_path / "spool1", [record(1)])
    assert audit_site(tmp_path / "clean", secrets).findings == ()
    leaking = record(1, text="获救者慕容雪霁已经康复。")
    index(tmp_path / "leaking", tmp_path / "spool2", [leaking])
    found = audit_site(tmp_path / "leaking", secrets).findings
    assert {(Path(item.path).suffix, item.problem) for item in found} == {(".pf_fragment", Problem.LEAK)}


def test_names_cut_into_characters_are_one_word_to_the_audit(tmp_path: Path) -> None:
    index(tmp_path, tmp_path.parent / "spool-cut", [record(1)])
    content = fragments(tmp_path)[0]["content"]
    assert "封 玉 琢 在 湖 边" in content


def test_pagefind_that_refuses_is_an_error() -> None:
    with pytest.raises(SearchError):
        list(index_files([{"url": "x", "content": 5}]))


def packed(content: bytes) -> bytes:
    return gzip.compress(b"pagefind_dcd" + content)


@pytest.mark.parametrize(
    "content",
    [
        b"\x61",
        b"\xff",
        b"\x82\x61a\x80\x00",
        b"\x9f\x61a\x80\xff",
        b"\x82\x61a\x18\x00",
        b"\xa0",
        b"\x83\x61a\x80\x80",
    ],
    ids=("cut off", "a break", "more behind", "open length", "long form", "a map", "three parts"),
)
def test_a_filter_in_another_form_than_pagefind_writes_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"Pagefind"):
        settled([("filter/und_1.pf_filter", packed(content))])
