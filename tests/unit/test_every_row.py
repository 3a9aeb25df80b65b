"""One test of a table tells of every row that fails."""

from __future__ import annotations

import inspect

import pytest

from tests.every_row import every_row


def test_every_row_is_tried_and_those_that_fail_are_told() -> None:
    @every_row(("number", "limit"), [(1, 3), (5, 3), (2, 3), (7, 3)], ids="abcd")
    def below(number: int, limit: int, most: int) -> None:
        assert number < limit, f"{number} of {most}"

    assert list(inspect.signature(below).parameters) == ["most"]
    with pytest.raises(AssertionError) as failed:
        below(most=9)
    told = str(failed.value)
    assert "b: 5 of 9" in told and "d: 7 of 9" in told and "a: " not in told and "c: " not in told


@pytest.mark.parametrize(("rest", "tried"), [(False, ["a", "d"]), (True, ["b", "c", "e"])])
def test_of_a_table_in_two_parts_each_row_is_in_one(rest: bool, tried: list[str]) -> None:
    seen = []

    @every_row("row", "abcde", of=3)
    def note(row: str) -> None:
        seen.append(row)

    note(rest=rest)
    assert seen == tried


def test_tables_may_be_crossed_and_one_without_rows_is_no_test() -> None:
    seen = []

    @every_row("form", ["x", "y"])
    @every_row("name", ["a", "b"])
    def note(name: str, form: str) -> None:
        seen.append(name + form)

    note()
    assert seen == ["ax", "bx", "ay", "by"]
    with pytest.raises(AssertionError, match="without rows"):
        every_row("name", [])(note)()
