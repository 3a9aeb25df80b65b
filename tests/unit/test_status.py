"""办理情况 (yiyong status): what staff are told to look at, to the day."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generator.cli.office_printing import waiting_lines
from generator.publication_log.publication_event import Event
from generator.publication_log.waiting_events import Waiting
from tests.commands import yiyong
from tests.projects import WITHHOLDING, case, person, write_project
from tests.tampers import state

# Wuhan, 2025 text: proposal within 30 days of the opinion, 30 more where extended.
WAITING = {
    "notice": None,
    "procedure": {
        "applied_on": "2026-09-20",
        "accepted_on": "2026-09-23",
        "opinion_on": "2026-09-25",
        "proposed_on": None,
    },
}


def status(root: Path, as_of: str, *more: str, lang: str = "zh") -> str:
    result = yiyong("status", "--root", root, "--as-of", as_of, "--jobs", "1", *more, lang=lang)
    assert result.exit_code == 0, result.output
    return result.stdout


def report(root: Path, as_of: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(status(root, as_of, "--format", "json"))
    return found


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    hidden = case(
        case="wh26-0002",
        level="confidential",
        withholding=WITHHOLDING,
        persons=[person(name="祁向晨", disclosure="withheld")],
        **WAITING,
    )
    cases = {
        "wuhan/2026/open.yml": case(case="wh26-0003"),
        "wuhan/2026/w.yml": case(**WAITING),
        "wuhan/2026/h.yml": hidden,
        "wuhan/2026/withdrawn.yml": case(
            case="wh26-0004", outcome={"kind": "withdrawn", "decided_on": "2026-10-01"}, **WAITING
        ),
    }
    return write_project(tmp_path_factory.mktemp("status"), cases)


@pytest.mark.parametrize(
    ("as_of", "overdue"), [("2026-10-25T23:59+08:00", False), ("2026-10-26T00:00+08:00", True)]
)
def test_a_step_is_overdue_from_the_day_after_its_last(root: Path, as_of: str, overdue: bool) -> None:
    steps = report(root, as_of)["overdue"]
    found = [
        (step["file"], step["due_on"], step["longest_on"]) for step in steps if step["due_on"] >= "2026-10"
    ]
    expected = [(f"registry/cases/wuhan/2026/{name}.yml", "2026-10-25", "2026-11-24") for name in ("h", "w")]
    assert found == (expected if overdue else [])
    assert all("第十条第一款" in step["basis"] for step in steps if step["due_on"] == "2026-10-25")


def test_what_is_said_of_a_withheld_record_is_its_file_alone(root: Path) -> None:
    for lang in ("zh", "en"):
        text = status(root, "2026-11-22T09:00+08:00", lang=lang)
        assert "registry/cases/wuhan/2026/h.yml" in text
        assert "祁向晨" not in text and "withdrawn.yml" not in text


def test_the_next_change_and_what_closes_soon_are_told_to_the_minute(root: Path) -> None:
    before = report(root, "2026-11-23T23:59+08:00")
    soon = report(root, "2026-11-24T00:00+08:00")
    after = report(root, "2026-11-27T00:00+08:00")
    assert [item["id"] for item in before["open"]] == ["wuhan-2026-0001"]
    assert before["closing_soon"] == [] and before["next_change_at"] == "2026-11-27T00:00+08:00"
    assert [item["id"] for item in soon["closing_soon"]] == ["wuhan-2026-0001"]
    assert after["open"] == [] and [item["id"] for item in after["awaiting"]] == ["wuhan-2026-0001"]
    assert after["next_change_at"] is None


def test_staff_who_read_english_are_spoken_to_in_english(root: Path) -> None:
    text = status(root, "2026-11-22T09:00+08:00", lang="en")
    assert "Overdue steps (2)" in text and "Next change of a page: 2026-11-27T00:00+08:00" in text


def test_what_turns_by_itself_is_told(tmp_path: Path) -> None:
    """Law days, names that are thinned and arrangements that run out are changes, and pages turn with two."""
    decided = case(
        notice={
            "published_at": "2026-10-01T09:00",
            "period": {"opens_on": "2026-10-01", "closes_on": "2026-10-12"},
        },
        outcome={"kind": "confirmed", "decided_on": "2026-10-20"},
    )
    retention = {"retention": {"identity_days": "60", "tombstone_names": "false"}}
    project = write_project(tmp_path, {"wuhan/2026/decided.yml": decided}, site=retention)
    law = project / "content/policies/nanjing/tiaoli.yml"
    law.write_text(
        law.read_text(encoding="utf-8").replace("in_force_from: unknown", "in_force_from: 2026-12-01"),
        encoding="utf-8",
    )
    told = report(project, "2026-11-22T09:00+08:00")
    assert told["coming"] == [
        {"on": "2026-12-01", "kind": "law", "what": "南京"},
        {"on": "2026-12-20", "kind": "retention", "what": "wuhan-2026-0001"},
        {"on": "2027-01-01", "kind": "holidays", "what": "2027"},
    ]
    assert told["next_change_at"] == "2026-12-01T00:00+08:00"
    later = report(project, "2026-12-10T09:00+08:00")
    assert later["next_change_at"] == "2026-12-20T00:00+08:00"
    last = report(project, "2026-12-21T09:00+08:00")
    assert last["next_change_at"] is None
    assert [item["kind"] for item in last["coming"]] == ["holidays"]
    text = status(project, "2026-11-22T09:00+08:00", lang="en")
    assert "南京: other law holds from this day" in text


def test_an_open_objection_is_told_at_once_and_never_who_objected(tmp_path: Path) -> None:
    """Not only once the period has closed: whoever reads the status on the day it came has the time to act."""
    objector = {"name": "祁向晨", "phone": "13900000000"}
    came = {"received_on": "2026-11-20", "objector": objector}
    settled = {"received_on": "2026-11-19", "resolved_on": "2026-11-21", "result": "dismissed"}
    project = write_project(tmp_path, {"wuhan/2026/wh26-0001.yml": case(objections=[settled, came])})
    assert report(project, "2026-11-19T09:00+08:00")["objections"][0]["received_on"] == "2026-11-19"
    (told,) = report(project, "2026-11-22T09:00+08:00")["objections"]
    assert told == {
        "file": "registry/cases/wuhan/2026/wh26-0001.yml",
        "notice": "wuhan-2026-0001",
        "received_on": "2026-11-20",
        "days": 2,
    }
    text = status(project, "2026-11-22T09:00+08:00")
    assert "异议还没有处理结果 (1)" in text and "2026-11-20 收到，已经 2 天" in text
    assert "祁向晨" not in text and "13900000000" not in text


def test_many_events_of_one_kind_are_one_line() -> None:
    """600 honours that go out together must not hide what the public will see change."""

    def lines(count: int) -> list[str]:
        ids = [f"wuhan-2026-{number:04}" for number in range(1, count + 1)]
        events = tuple(Event(event="published", at="", step=1, state=state(one, 1)) for one in ids)
        return waiting_lines(Waiting(events=events))

    assert len(lines(20)) == 20
    (line,) = lines(21)
    assert "21 件：wuhan-2026-0001 至 wuhan-2026-0021" in line
