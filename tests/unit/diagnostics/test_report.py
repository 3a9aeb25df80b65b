"""诊断报告: text, GitHub annotations, JSON, explanations."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import (
    Diagnostic,
    Place,
    Severity,
    UnknownCodeError,
    diagnose,
    explain,
    format_github,
    format_json,
    format_text,
    has_errors,
)
from generator.diagnostics.phrasing import fill
from generator.diagnostics.snippet import cells, snippet, visible


def place(**changes: object) -> Place:
    values: dict[str, object] = {
        "path": "registry/a.yml",
        "line": 3,
        "column": 5,
        "end_column": 15,
        "source_line": "on: 2026-02-30",
        "field": "on",
    }
    return Place(**{**values, **changes})  # type: ignore[arg-type]


def no_such_day(**changes: object) -> Diagnostic:
    return diagnose("REC011", place(**changes), facts={"found": "2026-02-30"})


def test_text_says_where_what_why_and_how_to_mend() -> None:
    assert format_text([no_such_day()]) == (
        "registry/a.yml:3:5: 错误 REC011 没有这一天\n"
        "  日历上没有“2026-02-30”。\n"
        "    3 | on: 2026-02-30\n"
        "      |     ^^^^^^^^^^\n"
        "  应为：日历上有的日期。\n"
        "  原因：公示期要从真实的日期算起。\n"
        "  改法：对照原始文件，改正月份或日子。\n"
        "\n"
        "共 1 个错误、0 个警告，涉及 1 个文件。\n"
    )


def test_english_says_the_same() -> None:
    text = format_text([no_such_day()], lang="en")
    assert text.startswith(
        "registry/a.yml:3:5: error REC011 no such day\n  The calendar has no “2026-02-30”.\n"
    )
    assert text.endswith("Errors: 1; warnings: 0; in 1 file.\n")


def test_reports_are_in_the_order_of_the_files_and_counted() -> None:
    warning = diagnose(
        "REC002", place(path="b.yml", line=1), terms={"key": "name"}, severity=Severity.WARNING
    )
    found = [warning, no_such_day(line=20), no_such_day(line=9)]
    text = format_text(found)
    heads = [line.split(": ")[0] for line in text.splitlines() if not line.startswith((" ", "共")) and line]
    assert heads == ["b.yml:1:5", "registry/a.yml:9:5", "registry/a.yml:20:5"]
    assert "共 2 个错误、1 个警告，涉及 2 个文件。" in text
    assert has_errors(found) and not has_errors([warning])


def test_nothing_found_is_said_in_words() -> None:
    assert (format_text([]), format_text([], lang="en")) == ("没有发现问题。\n", "No problems found.\n")
    assert format_github([]) == ""


def test_related_places_are_shown_with_their_lines() -> None:
    other = place(line=1, source_line="on: 2026-02-29")
    text = format_text([diagnose("SRC023", place(), facts={"key": "on"}, related=[other])])
    assert "  另见：registry/a.yml:1:5\n    1 | on: 2026-02-29\n" in text


def test_a_record_that_is_not_public_gives_place_and_schema_words_only() -> None:
    found = [no_such_day(shown=False, source_line="on: 2026-02-30")]
    text = format_text(found)
    assert "registry/a.yml:3:5" in text and "位置：on" in text and "非公开，不显示" in text
    for told in (text, format_json(found), format_github(found), format_text(found, lang="en")):
        assert "2026-02-30" not in told


@pytest.mark.parametrize(
    ("line", "column", "end", "carets"),
    [
        ("name: 王示例", 7, 10, "            ^^^^^^"),
        ("王：ＡB", 3, 4, "          ^^"),
        ("é́x", 3, 4, "       ^"),
        ("a\tb", 3, 4, "         ^"),
        ("\u202eabc", 2, 3, "            ^"),
        ("abc", 4, None, "         ^"),
    ],
)
def test_carets_stand_under_wide_combining_and_escaped_characters(
    line: str, column: int, end: int | None, carets: str
) -> None:
    drawn = snippet(place(line=1, source_line=line, column=column, end_column=end), width=80)
    start = len("    1 | ")
    assert (
        drawn[1][start:] == carets[len(carets) - len(carets.lstrip()) - cells(visible(line[: column - 1])) :]
    )


@given(
    line=st.text(st.sampled_from("ab王：é\t😀\u0301 "), min_size=1, max_size=200).filter(str.strip),
    start=st.integers(0, 199),
    length=st.integers(1, 30),
    width=st.integers(40, 120),
)
def test_the_caret_stands_below_its_character_however_long_the_line(
    line: str, start: int, length: int, width: int
) -> None:
    start %= len(line.rstrip()) or 1
    here = place(line=7, source_line=line, column=start + 1, end_column=start + 1 + length)
    text, carets = snippet(here, width=width)
    assert cells(text) <= width and cells(carets) <= width
    before = cells(carets.split("^")[0])
    reached = 0
    for character in text:
        if reached == before and not unicodedata.combining(character):
            break
        reached += cells(character)
    assert reached == before, "the caret stands in the middle of a wide character"
    meant = visible(line.rstrip()[start])[:1]
    assert unicodedata.combining(meant) or text[_index_at(text, before)] == meant


def _index_at(text: str, wanted: int) -> int:
    """Index of the first character that stands at cell ``wanted``."""
    reached = 0
    for index, character in enumerate(text):
        if reached == wanted and cells(character):
            return index
        reached += cells(character)
    raise AssertionError("the caret stands beyond the line")


def test_github_commands_are_escaped() -> None:
    path = "a,b:c%.yml"
    found = diagnose("REC010", place(path=path), facts={"found": "50%\n::error::x"})
    (line,) = format_github([found]).splitlines()
    properties, message = line.removeprefix("::error ").split("::", 1)
    assert properties == "file=a%2Cb%3Ac%25.yml,line=3,col=5,endColumn=15,title=REC010 日期写法不对"
    assert "50%25\\n::error::x" in message and message.count("%0A") == 2


def test_json_holds_everything_and_is_stable() -> None:
    found = [no_such_day(), diagnose("SRC001", Place(path="b.yml"))]
    document = json.loads(format_json(found))
    assert {key: document[key] for key in ("format", "errors", "warnings", "files")} == {
        "format": 1,
        "errors": 2,
        "warnings": 0,
        "files": 2,
    }
    missing, day = document["diagnostics"]
    assert (missing["code"], missing["line"], missing["source_line"]) == ("SRC001", None, None)
    assert day["facts"] == {"found": "2026-02-30"} and day["source_line"] == "on: 2026-02-30"
    assert set(day) == {
        "code", "severity", "file", "line", "column", "end_column", "field", "shown", "source_line",
        "title", "message", "expected", "why", "mend", "facts", "terms", "related",
    }  # fmt: skip
    assert format_json(found) == format_json(reversed(found))


def test_a_terminal_is_never_steered() -> None:
    hostile = "\x1b[31m\u202e\x07王"
    found = [
        diagnose("REC010", place(path=hostile, source_line=f"on: {hostile}"), facts={"found": hostile}),
        diagnose("REC001", place(field=hostile, source_line=None), facts={"key": hostile}),
    ]
    for told in (format_text(found), format_github(found)):
        assert all(character.isprintable() or character == "\n" for character in told)


def test_explanations_are_general_and_take_either_case() -> None:
    text = explain("rec011")
    assert text.startswith("REC011 没有这一天 · 错误\n") and "“…”" in text and "改法：" in text
    assert explain("REC011", "en").startswith("REC011 no such day · error\n")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("REC11", "没有“REC11”这个代码。是不是 REC011？"),
        ("REC0011", "没有“REC0011”这个代码。是不是 REC011？"),
        ("{near}", "没有“{near}”这个代码。"),
    ],
)
def test_an_unknown_code_is_answered_with_the_near_one(asked: str, said: str) -> None:
    with pytest.raises(UnknownCodeError) as refused:
        explain(asked)
    assert str(refused.value) == said


def test_templates_leave_out_what_has_no_value() -> None:
    assert fill("{a}[[, perhaps {b}]].", {"a": "x"}, "?", "zh") == "x."
    assert fill("{a}[[, perhaps {b}]].", {"a": "x", "b": "{a}"}, "?", "zh") == "x, perhaps {a}."
    assert fill("{a} {{b}}", {}, "?", "zh") == "? {b}"


def test_codes_of_the_data_are_told_in_words() -> None:
    values = {"kind": "home_address", "other": "nothing known"}
    assert fill("{kind:words}", values, "?", "zh") == "完整家庭住址"
    assert (
        fill("{kind:words}, {other:words}, {none:words}", values, "?", "en")
        == "full home address, nothing known, ?"
    )
