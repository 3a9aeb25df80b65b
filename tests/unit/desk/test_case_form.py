"""A record as forms: words in place of keys and codes, and each field in the step where one looks for it."""

from __future__ import annotations

from typing import Any

import pytest

from generator.desk.case_form import (
    RECORD,
    FormNode,
    is_private,
    life_steps,
    read_back,
    scalar_nodes,
    step_called,
    step_nodes,
    step_of,
    titled,
    value_in_words,
)
from generator.desk.form_fields import field_at
from generator.source.finding import parse_path
from tests.every_row import every_row
from tests.projects import case, person


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("核对 published_at（原公示）", "核对 “发布时刻”（原公示）"),
        ("补写 `notice.period.closes_on`。", "补写 “公示截止日”。"),
        ("这里写的是 masked，或者 full", "这里写的是 “隐名”，或者 “公开”"),
        ("写 level: x", "写 level: x"),
        ("见 https://example.org/period 和 2026-11-18", "见 https://example.org/period 和 2026-11-18"),
        ("number 有几种", "number 有几种"),
    ],
)
def test_messages_name_fields_by_their_titles(words: str, said: str) -> None:
    assert titled(words).replace("“文号”", "number") == said


@every_row(
    ("field", "written", "words"),
    [
        ("notice.period.closes_on", "2026年11月26日", "2026年11月26日 星期四"),
        ("notice.published_at", "2026.11.18 9点30分", "2026年11月18日 09:30 星期三"),
        ("persons[0].born", "1985-4", "1985年4月"),
        ("act.happened_on", "2013", "2013年"),
        ("honours[0].bonus_cny", "100000元", "100,000"),
        ("notice.period.closes_on", "下周", ""),
        ("notice.period.closes_on", "2026-02-30", ""),
        ("persons[0].name", "2026-11-18", ""),
    ],
)
def test_dates_are_read_back(field: str, written: str, words: str) -> None:
    asked = field_at(RECORD, parse_path(field))
    assert asked is not None and read_back(asked, written) == words


def test_values_are_told_in_words() -> None:
    assert value_in_words("level", "confidential") == "不公开"
    assert value_in_words("persons[0].disclosure", "公开") == "公开"
    assert value_in_words("notice.period.opens_on", "2026-11-18") == "2026年11月18日 星期三"
    assert value_in_words("honours[0].recipients[0]", "feng") == "feng"


@every_row(
    ("field", "private"),
    [
        ("persons[0].name", False),
        ("persons[0].private.phone", True),
        ("persons[0].withholding.ground", True),
        ("objections[0].objector.name", True),
        ("objections[0].note", True),
        ("objections[0].public_reason", False),
        ("procedure.applied_on", True),
        ("private.handler", True),
        ("act.summary", False),
        ("notice.corrections[0].what", False),
    ],
)
def test_what_is_not_for_the_public_is_marked(field: str, private: bool) -> None:
    assert is_private(field) is private


@pytest.mark.parametrize(
    ("field", "step"),
    [
        ("notice.corrections[0].what", "corrections"),
        ("notice.period.opens_on", "notice"),
        ("persons[1].withholding", "persons"),
        ("honours[0].revocation.ground", "honours"),
        ("revocation", "revocation"),
        ("", "case"),
    ],
)
def test_a_message_belongs_to_the_step_of_its_field(field: str, step: str) -> None:
    assert step_of(field) == step


def test_what_most_cases_need_stands_at_once_and_the_rest_under_more() -> None:
    nodes = {node.name: node for node in scalar_nodes(step_nodes(step_called("persons"), case(), {}))}
    assert nodes["persons[0].name"].common and nodes["persons[0].name"].must
    assert nodes["persons[0].sex"].common and not nodes["persons[0].sex"].must
    assert not nodes["persons[0].native_place"].common and not nodes["persons[0].key"].common
    assert not nodes["group.name"].must  # only where there is a group


def test_the_step_of_masking_shows_no_more_than_it_is_about() -> None:
    def shown(tree: dict[str, Any]) -> FormNode:
        nodes = step_nodes(step_called("masking"), tree, {})
        return next(node for node in nodes if node.name == "persons")

    persons = shown(case())
    assert [node.field.key for node in persons.nodes[0].nodes] == ["disclosure", "withholding"]
    assert persons.nodes[0].heading == "封玉琢" and persons.blank is None
    pictured = shown(case(persons=[person(portrait={"file": "a.jpg"})]))
    assert [node.field.key for node in pictured.nodes[0].nodes][2:] == ["portrait"]


def test_an_unknown_step_is_the_first() -> None:
    assert step_called("../x") is life_steps()[0]
