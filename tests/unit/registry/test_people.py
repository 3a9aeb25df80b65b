"""人员: what an organ says of those whom it honours is shown, and nothing it did not say."""

from __future__ import annotations

from typing import Any

import pytest

from generator.cases.case import Case, Person
from generator.cases.case_clock import case_clock
from generator.checks.person_check import check_persons
from generator.disclosure.disclose import disclose
from generator.disclosure.disclosure_rules import disclosure_rules
from generator.public.public_case import PublicCase, PublicPerson
from tests.every_row import every_row
from tests.projects import AS_OF, WITHHOLDING, case, honour, person
from tests.quick import Quick


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Quick:
    return Quick(tmp_path_factory.mktemp("people"))


def disclosed(quick: Quick, tree: dict[str, Any]) -> PublicCase | None:
    record = Case.model_validate(tree)
    clock = case_clock(record, quick.settings, AS_OF.date())
    return disclose(record, clock, disclosure_rules(quick.settings, AS_OF))


def shown(quick: Quick, **changes: Any) -> PublicPerson:
    tree = case(persons=[person(**changes)])
    public = disclosed(quick, tree)
    assert public is not None and public.notice is not None
    return public.notice.persons[0]


@pytest.mark.parametrize(
    ("written", "death"),
    [
        (None, None),
        ("false", None),
        ("true", "unsaid"),
        ("unsaid", "unsaid"),
        ("later", "later"),
        ("in_the_act", "in_the_act"),
    ],
)
def test_records_of_either_kind_are_read(quick: Quick, written: str | None, death: str | None) -> None:
    assert shown(quick, deceased=written).death == death


def test_what_is_published_of_an_adult_is_not_of_a_minor_or_a_masked_person(quick: Quick) -> None:
    told = {"native_place": "湖北黄陂", "political_status": "中共党员"}
    adult = shown(quick, **told)
    assert (adult.native_place, adult.political_status) == ("湖北黄陂", "中共党员")
    consent = {"given_on": "2026-01-01", "given_by": "某"}
    for less in (
        {"disclosure": "masked", "withholding": WITHHOLDING},
        {"born": None, "age_at_act": "15", "guardian_consent": consent},
    ):
        other = shown(quick, **told, **less)
        assert (other.native_place, other.political_status) == (None, None)


@every_row(
    "name",
    [
        "封玉琢",
        "曹某",
        "阿卜杜拉·买买提",
        "欧阳示例",
        "某某",
        "公孙队",
        "无忌",
        "明不",
        "买买提江·吐尔逊",
        "局明",
        "何知未",
    ],
)
def test_names_that_are_names(name: str) -> None:
    assert Person.model_validate(person(name=name)).name == name
    tree = case(persons=[person(name=name)], act={"narrative": "一人下水救人。"})
    assert list(check_persons(Case.model_validate(tree))) == []


@every_row(
    "name",
    [
        "身份不详",
        "某外地游客（身份不详）",
        "一名路过群众",
        "无名氏",
        "张三等5人",
        "热心市民",
        "示例公交集团",
        "湖边救援队",
        "佚名",
    ],
)
def test_names_that_are_none(name: str) -> None:
    tree = case(persons=[person(name=name)], act={"narrative": "一人下水救人。"})
    assert [item.code for item in check_persons(Case.model_validate(tree))] == ["REG041"]


def test_a_posthumous_title_needs_a_death_and_a_death_makes_no_title_posthumous(quick: Quick) -> None:
    dead = case(persons=[person(deceased="in_the_act")], honours=[honour()])
    public = disclosed(quick, dead)
    assert public is not None
    assert not public.honours[0].posthumous and public.honours[0].is_memorial
    assert list(check_persons(Case.model_validate(dead))) == []
    granted = case(persons=[person(deceased="later")], honours=[honour(verb="追授")])
    assert list(check_persons(Case.model_validate(granted))) == []
