"""法律表格: every row of ``law/*.yml``, through the two entry functions."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from generator.law.notice_period.period_wording import last_moment_words
from generator.source.model.instant import SHANGHAI
from tests.every_row import every_row
from tests.unit.publicity.law_table import Row, result_of, rows, strip_of


@every_row("row", rows(), ids=lambda row: row.id)
def test_row(row: Row) -> None:
    clock, problems = result_of(row)
    expected = row.values
    assert [problem.code for problem in problems] == list(expected.get("problems", []))
    if expected["last"] == "none":
        assert clock is None
        return
    assert clock is not None
    day, at = expected["last"].split()
    last_day = date.fromisoformat(day)
    assert clock.closes_on == last_day
    after = last_day + timedelta(days=1)
    hours, minutes = map(int, at.split(":"))
    moment = (
        datetime(after.year, after.month, after.day, tzinfo=SHANGHAI)
        if at == "24:00"
        else datetime(last_day.year, last_day.month, last_day.day, hours, minutes, tzinfo=SHANGHAI)
    )
    assert clock.closes_at == moment
    assert last_moment_words(clock) == f"{last_day.month}月{last_day.day}日 {at}"
    if "strip" in expected:
        assert strip_of(clock.days) == expected["strip"]
    if "span" in expected:
        span = f"{clock.if_first_day_counts.length} / {clock.if_first_day_excluded.length}"
        assert span == expected["span"]
    for instant, state in expected.get("states", {}).items():
        assert clock.state_at(datetime.fromisoformat(instant)) == state, instant
    for instant, left in expected.get("left", {}).items():
        assert clock.days_remaining(datetime.fromisoformat(instant)) == int(left), instant


def test_tables_are_broad_enough() -> None:
    """What a table must show: every clock code, every state, both units, every scope."""
    codes = {code for row in rows() for code in row.values.get("problems", [])}
    assert codes == {f"CLK{n:03}" for n in range(1, 17)}
    assert {row.values.get("unit") for row in rows()} == {None, "calendar_day", "working_day"}
    assert {row.values.get("scope") for row in rows()} == {None, "statutory", "rest_days"}
    assert {state for row in rows() for state in row.values.get("states", {}).values()} == {
        "scheduled",
        "open",
        "closed",
    }
    assert len(rows()) >= 60
