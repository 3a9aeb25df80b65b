"""Whether a public site is kept up, and when to build again."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from generator.desk.site_monitor import STATUS, site_state
from generator.outputs.feeds.daily_feed import heartbeat_feed
from generator.public.addresses import HEARTBEAT_FEED
from generator.source.model.instant import SHANGHAI
from tests.every_row import every_row
from tests.offices import office, yiyong
from tests.projects import AS_OF, case, write_project
from tests.public_records import context

DAY = timedelta(hours=26)


def status(**changes: object) -> bytes:
    made: dict[str, object] = {
        "as_of": "2026-11-22T09:00:00+08:00",
        "built_at": "2026-11-22T09:00:00+08:00",
        "next_change_at": "2026-11-22T18:00:00+08:00",
        "version": "1",
        "log": {"size": 0},
    }
    return json.dumps({**made, **changes}).encode()


def at(hour: int, minute: int = 0, day: int = 22) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


@every_row(
    ("data", "now", "problem"),
    [
        (status(), at(10), None),
        (status(), at(18, 15), None),
        (status(), at(18, 16), "DSK072"),
        (status(next_change_at=None), at(11, day=23), None),
        (status(next_change_at=None), at(12, day=23), "DSK073"),
        (None, at(10), "DSK070"),
        (b"<html>", at(10), "DSK071"),
        (b"{}", at(10), "DSK071"),
        (status(as_of="yesterday"), at(10), "DSK071"),
        (status(as_of="2026-11-22T09:00:00"), at(10), "DSK071"),
    ],
)
def test_a_site_is_judged_by_its_status(data: bytes | None, now: datetime, problem: str | None) -> None:
    assert site_state({STATUS: data}.get, now, DAY).problem == problem


def test_quiet_is_told_from_stale() -> None:
    state = site_state(
        {STATUS: status(last_change_on="2026-11-02", more="of a later version")}.get, at(10), DAY
    )
    assert state.problem is None
    assert (state.facts["last"], state.facts["quiet"]) == ("2026-11-02", "20")


@pytest.mark.parametrize(
    ("beat", "problem"),
    [
        (heartbeat_feed(context(), None), None),
        (heartbeat_feed(context(as_of=at(8)), None), "DSK074"),
        (b"<html>", "DSK074"),
        (None, None),
    ],
    ids=["new", "an hour behind", "no feed", "missing"],
)
def test_feeds_are_as_new_as_the_site(beat: bytes | None, problem: str | None) -> None:
    state = site_state({STATUS: status(), HEARTBEAT_FEED: beat}.get, at(10), DAY)
    assert state.problem == problem


def test_a_site_that_does_not_answer_is_an_alarm() -> None:
    result = yiyong("monitor", "http://127.0.0.1:9/")
    assert result.exit_code == 1 and "DSK070" in result.output


def test_next_is_the_moment_at_which_a_notice_closes(tmp_path: Path) -> None:
    project = write_project(tmp_path, {"wuhan/2026/wh26-0001.yml": case()})
    asked = ("--root", project, "--as-of", AS_OF.isoformat(), "--jobs", "1")
    assert yiyong("next", *asked).stdout.strip() == "2026-11-27T00:00+08:00"
    assert yiyong("next", *asked, "--format", "systemd").stdout.strip() == "2026-11-26 16:00:00 UTC"


def test_next_says_nothing_where_nothing_changes(tmp_path: Path) -> None:
    result = yiyong("next", "--root", office(tmp_path / "jyyw"), "--format", "systemd")
    assert result.exit_code == 0
    assert result.stdout == "" or result.stdout.strip().endswith("UTC")
