"""What the public will see change, the gravest first."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generator.desk.site_diff import ChangeKind, NoSuchSiteError, diff_sites

NOTICE: dict[str, Any] = {
    "id": "wuhan-2026-0001",
    "closes_on": "2026-11-26",
    "version": "abc",
    "as_of": "2026-11-22T09:00:00+08:00",
    "persons": [{"name": "王某甲", "masked": True}, {"name": "祁向晨", "masked": False}],
    "act": {"place": None, "summary": "救人"},
}
ROW = {
    "jurisdiction": "wuhan",
    "instrument": "t",
    "version": "2025",
    "topic": "bonus",
    "article": "第一条",
    "summary": "甲",
}


def site(folder: Path, notice: dict[str, Any] | None, row: dict[str, Any] = ROW) -> Path:
    api = folder / "api/v1"
    (api / "notices").mkdir(parents=True)
    for name in ("notices", "honours"):
        (api / f"{name}.json").write_text("[]", encoding="utf-8")
    (api / "policies.json").write_text(json.dumps([row]), encoding="utf-8")
    if notice is not None:
        (api / "notices" / f"{notice['id']}.json").write_text(json.dumps(notice), encoding="utf-8")
    return folder


def kinds(tmp_path: Path, **changes: Any) -> list[tuple[ChangeKind, str]]:
    found = diff_sites(site(tmp_path / "old", NOTICE), site(tmp_path / "new", {**NOTICE, **changes}))
    return [(item.kind, item.field) for item in found]


def test_time_passing_is_no_change(tmp_path: Path) -> None:
    assert kinds(tmp_path, as_of="2026-11-23T09:00:00+08:00", version="def") == []


def test_a_name_uncovered_is_exposed(tmp_path: Path) -> None:
    persons = [{"name": "王砺锋", "masked": False}, NOTICE["persons"][1]]
    assert kinds(tmp_path, persons=persons, closes_on="2026-11-27") == [
        (ChangeKind.EXPOSED, "persons[0].masked"),
        (ChangeKind.EXPOSED, "persons[0].name"),
        (ChangeKind.DEADLINE, "closes_on"),
    ]


def test_a_person_added_before_another_is_the_one_that_is_exposed(tmp_path: Path) -> None:
    persons = [{"name": "卜云汀", "masked": False}, NOTICE["persons"][1]]
    exposed = [field for kind, field in kinds(tmp_path, persons=persons) if kind is ChangeKind.EXPOSED]
    assert "persons[0].name" in exposed and "persons[1].name" not in exposed


def test_a_place_that_had_none_is_exposed_and_one_taken_away_is_not(tmp_path: Path) -> None:
    assert kinds(tmp_path, act={"place": "江边", "summary": "救人"}) == [(ChangeKind.EXPOSED, "act.place")]


def test_what_is_no_longer_shown(tmp_path: Path) -> None:
    assert kinds(tmp_path, act={"place": None, "summary": None}) == [(ChangeKind.WITHDRAWN, "act.summary")]


def test_records_added_and_removed(tmp_path: Path) -> None:
    old, new = site(tmp_path / "old", NOTICE), site(tmp_path / "new", {**NOTICE, "id": "wuhan-2026-0002"})
    assert [(item.kind, item.record) for item in diff_sites(old, new)] == [
        (ChangeKind.ADDED, "wuhan-2026-0002"),
        (ChangeKind.REMOVED, "wuhan-2026-0001"),
    ]


def test_the_law_is_compared_too(tmp_path: Path) -> None:
    old, new = site(tmp_path / "old", None), site(tmp_path / "new", None, {**ROW, "summary": "乙"})
    (change,) = diff_sites(old, new)
    assert (change.kind, change.record, change.field) == (
        ChangeKind.CHANGED,
        "wuhan/t/2025/bonus/第一条#1",
        "summary",
    )


def test_a_folder_that_is_no_site(tmp_path: Path) -> None:
    with pytest.raises(NoSuchSiteError):
        diff_sites(site(tmp_path / "old", None), tmp_path)
