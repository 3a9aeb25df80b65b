"""事件的名称 (event names): what a proof and the office are told of a record that ended is how it ended."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from generator.catalogue import wording
from generator.cli.office_printing import waiting_lines
from generator.publication_log.proof_bundle import event_lines
from generator.publication_log.publication_event import Event, EventName, RecordState
from generator.publication_log.record_proof import EventProof
from generator.publication_log.waiting_events import Waiting


def _event(name: EventName, status: str) -> Event:
    state = RecordState(
        kind="notice",
        form=1,
        id="wuhan-2026-0001",
        path="notices/wuhan-2026-0001/",
        status=status,
        opens_on="2026-11-18",
        closes_on="2026-11-26",
        ended=True,
        corrections=0,
        moves=0,
        reduced="tombstone",
        facts="",
        shown="",
        document="",
    )
    return Event(event=name, at="2026-11-28T09:00:00+08:00", step=2, state=state)


@pytest.mark.parametrize(
    ("name", "status", "told"),
    [
        ("tombstoned", "revoked", "撤销"),
        ("tombstoned", "not_confirmed", "未予确认"),
        ("tombstoned", "not_awarded", "未列入表彰"),
        ("closed", "withdrawn", "原公示期届至"),
        ("closed", "awaiting", "公示期满"),
        ("withdrawn", "withdrawn", "撤回"),
    ],
)
def test_an_ending_is_told_by_its_name(name: EventName, status: str, told: str) -> None:
    event = _event(name, status)
    words: Any = wording("proof")
    line = event_lines([EventProof(index=1, event=event, salt=bytes(32), path=())], words)
    assert f"  {told}，截止日 2026-11-26" in line
    (printed,) = waiting_lines(Waiting(events=(event,)))
    assert told in printed and "或者" not in printed


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ({"status": "scheduled"}, {"status": "open"}, "开始公示（内容未变）"),
        ({"status": "awaiting"}, {"status": "confirmed"}, "办理情况有变（人员、事迹、日期未变）"),
        ({"status": "scheduled"}, {"status": "open", "shown": "other"}, "内容有变"),
        ({"status": "open"}, {"status": "open", "corrections": 1, "facts": "other"}, "更正"),
        (
            {"status": "confirmed", "reduced": ""},
            {"status": "confirmed", "reduced": "thinned", "shown": "other"},
            "依规定简化",
        ),
        ({"status": "open"}, {"status": "open"}, "补充办理情况等（人员、事迹、日期未变）"),
        ({"status": "open"}, {"status": "open", "closes_on": "2026-11-27"}, "内容有变"),
    ],
)
def test_a_change_is_told_by_what_changed(was: dict[str, Any], now: dict[str, Any], told: str) -> None:
    """A notice that opens on its day was not changed on the quiet."""
    first = _event("published", "scheduled")
    before = replace(first, state=replace(first.state, **was))
    event = replace(
        _event("amended", ""), state=replace(first.state, **{"reduced": before.state.reduced, **now})
    )
    proofs = [
        EventProof(index=n, event=item, salt=bytes(32), path=()) for n, item in enumerate((before, event))
    ]
    words: Any = wording("proof")
    assert f"  {told}，截止日" in event_lines(proofs, words).splitlines()[1]
