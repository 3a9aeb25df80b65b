"""What somebody changes in a form goes into the file, and nothing else does."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.desk.case_form import RECORD, life_steps, scalar_nodes, step_nodes
from generator.desk.form_editing import edited, with_keys
from generator.desk.form_fields import SCALARS, Control, field_at, fields_of
from generator.source.finding import parse_path
from generator.source.shape import Model
from generator.source.yaml_reader import read_tree
from tests.journeys import SOME_AND_REST, share
from tests.projects import ROOT, case, dump

RECORDS = sorted((ROOT / "registry/cases").rglob("*.yml"))
COMMENTED = """# 卷宗在甲柜
case: wh26-0001
level: 公开   # 已问过本人
persons:
  - key: feng
    name: '封玉琢'
    disclosure: full
    born: "1979"
# 下面是公示
notice:
  period:
    opens_on: 2026-11-18
    # 更正后的末日
    closes_on: 2026-11-26
  title: 公示   # 照原文
"""


def answers_of(tree: Any) -> dict[str, str]:
    """What a browser sends back of a record that nobody changed."""
    return {
        node.name: node.value.replace("\n", "\r\n")
        for step in life_steps()
        for node in scalar_nodes(step_nodes(step, tree, {}))
        if not node.odd
    }


@pytest.mark.parametrize("rest", SOME_AND_REST)
def test_a_form_saved_unchanged_changes_no_byte(rest: bool) -> None:
    for path in share(RECORDS, rest=rest):
        text = path.read_text(encoding="utf-8")
        assert edited(text, RECORD, answers_of(read_tree(text.encode()))).text == text, path.stem


def leaves(tree: Any, under: str = "") -> dict[str, str]:
    if isinstance(tree, dict):
        parts = ((f"{under}.{key}" if under else key, value) for key, value in tree.items())
    elif isinstance(tree, list):
        parts = ((f"{under}[{number}]", value) for number, value in enumerate(tree))
    else:
        return {under: tree}
    return {name: leaf for path, value in parts for name, leaf in leaves(value, path).items()}


_TEXT = st.text("封玉 #:-'\"{}[]&*!|>%@，。a0\n", min_size=1, max_size=12)


@given(st.data())
def test_one_change_changes_one_value(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([path.read_text(encoding="utf-8") for path in RECORDS[:12]]))
    tree = read_tree(text.encode())
    answers = answers_of(tree)
    plain = [
        name
        for name in answers
        if (asked := field_at(RECORD, parse_path(name))) is not None
        and asked.control in (Control.TEXT, Control.PROSE)
    ]
    name = data.draw(st.sampled_from(plain))
    asked = field_at(RECORD, parse_path(name))
    answer = data.draw(_TEXT)
    after = leaves(read_tree(edited(text, RECORD, answers | {name: answer}).text.encode()))
    before = leaves(tree)
    said = answer.strip(" \t\n\u3000\u00a0")
    if asked is not None and asked.control is Control.TEXT:
        said = said.replace("\n", "")
    wanted = {key: value for key, value in before.items() if key != name}
    assert after == (wanted | {name: said} if said else wanted)


def test_comments_quotes_and_order_stay() -> None:
    answers = {
        "persons[0].name": "封玉",
        "persons[0].born": "1980",
        "notice.title": "关于封玉的公示",
        "notice.period.opens_on": "2026年11月19日",
        "level": "masked",
    }
    text = edited(COMMENTED, RECORD, answers).text
    # A remark keeps its column where there is room.
    assert re.sub(" +#", "   #", text) == re.sub(
        " +#",
        "   #",
        COMMENTED.replace("公开   # 已", "masked   # 已")
        .replace("'封玉琢'", "'封玉'")
        .replace('"1979"', '"1980"')
        .replace("2026-11-18", "2026-11-19")
        .replace("title: 公示   #", "title: 关于封玉的公示   #"),
    )


def test_a_word_or_a_code_for_the_same_value_is_no_change() -> None:
    assert edited(COMMENTED, RECORD, {"level": "public"}).text == COMMENTED
    assert edited(COMMENTED, RECORD, {"level": "公开"}).text == COMMENTED


def test_dates_as_clerks_write_them() -> None:
    answers = {"notice.published_at": "２０２６年１１月１８日 9点", "act.happened_on": "二〇一二年五月"}
    tree = read_tree(edited(COMMENTED, RECORD, answers).text.encode())
    assert isinstance(tree, dict)
    assert tree["notice"]["published_at"] == "2026-11-18T09:00" and tree["act"]["happened_on"] == "2012-05"


def test_what_is_not_understood_stays_as_it_was_written() -> None:
    changed = edited(COMMENTED, RECORD, {"notice.period.closes_on": "下周五"})
    assert changed.unread == {("notice", "period", "closes_on"): ("DSK031", "下周五")}
    assert "closes_on: 下周五" in changed.text


def test_items_are_added_and_removed() -> None:
    added = {
        "persons[3].name": "滕月华",
        "persons[3].disclosure": "withheld",
        "persons[3].private.kin": "甲\n乙",
        "persons[7].name": "",
        "objections[0].received_on": "2026-11-20",
    }
    text = edited(COMMENTED, RECORD, added).text
    tree = read_tree(text.encode())
    assert isinstance(tree, dict)
    assert tree["persons"][1:] == [
        {"name": "滕月华", "disclosure": "withheld", "private": {"kin": ["甲", "乙"]}}
    ]
    assert tree["objections"] == [{"received_on": "2026-11-20"}]
    gone = edited(text, RECORD, {}, ["objections[0]", "persons[0]", "persons[9]", "nothing[0]"]).text
    tree = read_tree(gone.encode())
    assert isinstance(tree, dict)
    assert "objections" not in tree and [person["name"] for person in tree["persons"]] == ["滕月华"]
    assert "# 卷宗在甲柜" in gone


def test_emptying_a_section_takes_it_away_and_leaves_its_neighbours_comments() -> None:
    text = edited(COMMENTED, RECORD, {"notice.period.closes_on": "", "notice.title": ""}).text
    tree = read_tree(text.encode())
    assert isinstance(tree, dict) and tree["notice"] == {"period": {"opens_on": "2026-11-18"}}
    assert "# 更正后的末日" in text
    text = edited(COMMENTED, RECORD, {"notice.period.opens_on": ""}).text
    assert text == COMMENTED.replace("    opens_on: 2026-11-18\n", "")


def test_unknown_places_and_odd_values_are_left_alone() -> None:
    text = COMMENTED + "objections: 没有\nmine: 1\n"
    answers = {
        "objections[0].received_on": "2026-11-20",
        "mine": "2",
        "persons.name": "乙",
        "": "x",
        "a[0]": "y",
    }
    assert edited(text, RECORD, answers).text == text


def test_keys_are_given_where_lists_must_name_people() -> None:
    tree = case(
        persons=[{"name": "封玉琢"}, {"key": "feng", "name": "丰收"}], outcome={"not_confirmed": ["p1"]}
    )
    read = read_tree(with_keys(dump(tree)).encode())
    assert isinstance(read, dict) and [item["key"] for item in read["persons"]] == ["p1", "feng"]
    tree["outcome"] = {"kind": "confirmed"}
    read = read_tree(with_keys(dump(tree)).encode())
    assert isinstance(read, dict) and [item["key"] for item in read["persons"]] == ["feng2", "feng"]


def test_every_field_of_the_schema_is_in_a_step() -> None:
    tree = {name: [{}] for name in ("persons", "honours", "objections", "further_acts")}
    full: dict[str, Any] = {
        **tree,
        "honours": [{"corrections": [{}]}],
        "notice": {"postings": [{}], "corrections": [{}]},
    }
    reached = {
        node.name.replace("[0]", "[]")
        for step in life_steps()
        for node in scalar_nodes(step_nodes(step, full, {}))
    }

    def below(model: Model, under: str) -> set[str]:
        found = set()
        for key, asked in fields_of(model).items():
            path = f"{under}.{key}" if under else key
            if asked.control in SCALARS:
                found.add(path)
            elif asked.model is not None:
                found |= below(asked.model, path + ("[]" if asked.control is Control.ENTRIES else ""))
        return found

    assert below(RECORD, "") == reached


def test_every_field_has_its_chinese_name() -> None:
    def untitled(model: Model) -> list[str]:
        found = []
        for key, asked in fields_of(model).items():
            found += [] if not asked.title.isascii() and asked.about else [f"{model.__name__}.{key}"]
            found += untitled(asked.model) if asked.model is not None else []
        return found

    assert untitled(RECORD) == []
