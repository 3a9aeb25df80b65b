"""版本变化与数据行: what an amendment did, and the rows of the programming interface."""

from __future__ import annotations

import json
from datetime import date

from generator.law.instruments import (
    Instrument,
    PolicyLibrary,
    build_library,
    changes,
    changes_between,
    public_rows,
)
from generator.source.model.instrument import InstrumentEntry
from generator.source.model.law_words import Topic
from generator.source.model.partial_day import PartialDay
from tests.commands import yiyong
from tests.projects import ROOT


def _wuhan(library: PolicyLibrary) -> Instrument:
    return library.instrument("wuhan", "tiaoli-2015")


def test_2019_removes_two_materials_and_nothing_else(library: PolicyLibrary) -> None:
    found = [c for c in changes(_wuhan(library)) if c.to_version == "2019"]
    assert [(c.kind, c.article, c.topic) for c in found] == [
        ("items_removed", "第九条第一款", Topic.MATERIALS),
    ]
    assert found[0].before.count("；") == 1
    assert found[0].path == "policies/wuhan/tiaoli-2015/#2019/art-9"
    assert found[0].words.startswith("第九条第一款“申请材料”删去：受益人")


def test_2025_renames_organs(library: PolicyLibrary) -> None:
    found = [c for c in changes(_wuhan(library)) if c.to_version == "2025"]
    renamed = {(c.article, c.before, c.after) for c in found if c.kind == "renamed"}
    assert ("第八条第一款", "综治机构", "平安建设主管机关") in renamed
    assert ("第十条第二款", "同级民政部门", "同级退役军人事务部门") in renamed
    assert not [c for c in found if c.kind in ("figure", "added", "removed")]


def test_what_the_earlier_text_does_not_reach_is_not_compared(library: PolicyLibrary) -> None:
    last = changes(_wuhan(library))[-1]
    assert (last.kind, last.article) == ("not_comparable", "第十一条")
    assert "2019修正" in last.words


def test_instruments_of_one_version_have_no_changes(library: PolicyLibrary) -> None:
    assert changes(library.instrument("kunming", "banfa-2014")) == ()


def test_every_statement_has_words(library: PolicyLibrary) -> None:
    for instrument in library.instruments:
        for change in changes(instrument):
            assert change.words and "{" not in change.words


def test_rows_have_every_version_and_every_topic(library: PolicyLibrary) -> None:
    rows = public_rows(library, {"wuhan": "武汉"})
    json.dumps(rows)
    topics: dict[tuple[str, str, str], set[str]] = {}
    for row in rows:
        topics.setdefault((row["jurisdiction"], row["instrument"], row["version"]), set()).add(row["topic"])
        assert row["status"] in ("stated", "delegated", "not_regulated", "unknown")
        assert row["summary"]
        assert (row["article"] is None) == (row["url"].rpartition("/")[2] == "#" + row["version"])
    assert len(topics) == sum(len(item.versions) for item in library.instruments)
    for item in library.instruments:
        for version in item.versions:
            found = topics[item.jurisdiction, item.slug, version.slug]
            # Of a law of which only some articles are taken the rest is no silence.
            assert found == set(Topic) if version.entry.entered == "whole" else found < set(Topic)


def test_a_row_carries_its_value_and_its_dates(library: PolicyLibrary) -> None:
    (row,) = (
        row
        for row in public_rows(library, {"wuhan": "武汉"})
        if (row["instrument"], row["version"], row["topic"]) == ("tiaoli-2015", "2025", "publicity_period")
    )
    assert row["jurisdiction_name"] == "武汉"
    assert row["value"] == {
        "days": 7,
        "day_unit": "unspecified",
        "comparison": "at_least",
        "from": "publicity_open",
        "to": "publicity_close",
        "hard": True,
    }
    assert (row["in_force_from"], row["in_force_from_basis"]) == ("2025-05-29", "approval")
    assert (row["in_force_until"], row["in_force_until_basis"]) == (None, "open")
    assert row["url"] == "policies/wuhan/tiaoli-2015/#2025/art-11"


def test_silence_names_the_superior_instruments_that_are_not_at_hand(library: PolicyLibrary) -> None:
    silent = {
        (row["jurisdiction"], row["instrument"]): row["superior_not_at_hand"]
        for row in public_rows(library, {})
        if row["status"] == "not_regulated"
    }
    assert silent["nanjing", "tiaoli"] == ["江苏省奖励和保护见义勇为人员条例"]
    assert silent["kunming", "banfa-2014"] == ["云南省奖励和保护见义勇为人员条例"]
    assert silent["hangzhou", "shishi-yijian-2023"] == [
        "浙江省人民政府办公厅关于进一步加强见义勇为人员权益保障工作的若干意见"
    ]
    assert silent["wuhan", "tiaoli-2015"] == []
    assert not any(
        row["superior_not_at_hand"] for row in public_rows(library, {}) if row["status"] != "not_regulated"
    )


def test_a_superior_instrument_that_is_at_hand_is_not_missing(
    entries: tuple[InstrumentEntry, ...],
) -> None:
    found = next(entry for entry in entries if entry.slug == "guiding")
    jiangsu = found.model_copy(
        update={"jurisdiction": "jiangsu", "title": "江苏省奖励和保护见义勇为人员条例"}
    )
    (version,) = build_library((*entries, jiangsu)).versions("nanjing")
    assert version.superior_not_at_hand == ()


def test_ends_say_where_they_come_from(library: PolicyLibrary) -> None:
    ends = {
        (row["jurisdiction"], row["instrument"], row["version"]): (
            row["in_force_until"],
            row["in_force_until_basis"],
        )
        for row in public_rows(library, {})
    }
    assert ends["wuhan", "tiaoli-1997", "2010"] == ("2015-12-31", "stated")
    assert ends["wuhan", "tiaoli-2015", "2015"] == ("2019-07-25", "next_version")
    assert ends["hubei", "guiding", "original"] == (None, "unknown")


def test_timeline_keeps_legal_order(library: PolicyLibrary) -> None:
    events = library.timeline(library.instrument("wuhan", "tiaoli-1997"))
    # Passed and approved as the text of 2025 tells it; the year of the amendment is read off its title.
    assert [(e.kind, e.on, e.year) for e in events] == [
        ("adopted", date(1997, 11, 20), None),
        ("approved", date(1998, 1, 10), None),
        ("adopted", None, PartialDay("2010")),
        ("in_force", None, None),
        ("repealed", date(2016, 1, 1), None),
    ]
    assert [e.inferred for e in events] == [False, False, True, False, False]
    assert events[0].told_by is not None and "第三十九条" in events[0].told_by
    kinds = [e.kind for e in library.timeline(_wuhan(library))]
    assert kinds == ["adopted", "approved", "in_force"] * 3


def test_what_needs_no_approval_has_no_day_of_it(library: PolicyLibrary) -> None:
    for place in ("zhejiang", "beijing", "quanguo"):
        for item in library.instruments_of(place):
            assert "approved" not in {event.kind for event in library.timeline(item)}, item.title


def _two(before: list[dict[str, object]], after: list[dict[str, object]]) -> Instrument:
    """A text and its amendment, which enters its first article anew."""

    def version(slug: str, provisions: list[dict[str, object]], **given: object) -> dict[str, object]:
        return {
            "slug": slug,
            "label": slug,
            "kind": "enacted",
            "adopted_on": "2020-01-01",
            "in_force_from": "2020-01-01",
            "in_force_until": "open",
            "text_at_hand": "whole",
            "last_verified_on": "2026-11-01",
            "provisions": provisions,
        } | given

    entry = InstrumentEntry.model_validate(
        {
            "jurisdiction": "x",
            "slug": "y",
            "title": "示例",
            "kind": "rule",
            "versions": [version("a", before), version("b", after, inherits="a", in_force_from="2021-01-01")],
        }
    )
    return build_library([entry]).instruments[0]


def _row(summary: str, **given: object) -> dict[str, object]:
    return {"topic": "benefit_park", "article": "第一条", "summary": summary} | given


def test_a_benefit_added_in_the_middle_is_all_that_changed() -> None:
    made = _two([_row("甲。"), _row("乙。")], [_row("甲。"), _row("新。"), _row("乙。")])
    assert [(c.kind, c.after) for c in changes(made)] == [("added", "新。")]


def test_a_change_from_may_to_must_is_a_sentence_of_its_own() -> None:
    made = _two([_row("减免。", modality="may")], [_row("减免。", modality="must")])
    assert [c.words for c in changes(made)] == ["第一条“公园景区”由“可以”改为“应当”。"]


def test_whom_a_benefit_is_for_is_a_change() -> None:
    made = _two(
        [_row("免费。", benefit={"beneficiaries": ["person"]})],
        [_row("免费。", benefit={"beneficiaries": ["person", "spouse"]})],
    )
    assert [c.kind for c in changes(made)] == ["reworded"]


def test_any_two_versions_are_compared(library: PolicyLibrary) -> None:
    text = _wuhan(library)
    first, last = text.version("2015"), text.version("2025")
    found = changes_between(first, last)
    assert {c.kind for c in found} == {"items_removed", "items_added", "renamed", "not_comparable"}
    assert changes_between(first, first) == ()


def test_a_text_is_compared_on_the_command_line() -> None:
    def run(*arguments: str) -> tuple[int, str]:
        result = yiyong("law", "diff", *arguments, "--root", ROOT)
        return result.exit_code, result.output

    status, told = run("wuhan/tiaoli-2015", "2015", "2019")
    assert status == 0
    assert told.startswith("第九条第一款“申请材料”删去：") and told.rstrip().endswith("共 1 处变化。")
    status, told = run("wuhan/tiaoli-2015", "2015", "2019", "--format", "json")
    assert [item["kind"] for item in json.loads(told)] == ["items_removed"]
    for asked in (("wuhan/tiaoli", "2015", "2019"), ("wuhan/tiaoli-2015", "2015", "2024")):
        status, told = run(*asked)
        assert status == 2 and "LAW117" in told
