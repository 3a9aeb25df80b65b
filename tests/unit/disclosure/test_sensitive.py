"""敏感字句 and ages: what a human is asked to look at once more before the public reads it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from generator.diagnostics import Diagnostic, Severity, explain
from generator.diagnostics.report import format_github, format_json, format_text
from generator.pipeline.prepare import check_project
from tests.projects import AS_OF, WITHHOLDING, case, person, write_small_project

MASKED = person(
    key="p2", name="殷若水", disclosure="masked", withholding=WITHHOLDING, age_at_act="41", born=None
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_project(tmp_path_factory.mktemp("project"), {"wuhan/2026/a.yml": case()})


def problems(root: Path, tree: dict[str, Any], **site: Any) -> list[Diagnostic]:
    shutil.rmtree(root / "registry", ignore_errors=True)
    write_small_project(root, {"wuhan/2026/a.yml": tree}, site=site)
    return list(check_project(root, AS_OF, AS_OF, 1).diagnostics)


def codes(root: Path, tree: dict[str, Any], **site: Any) -> list[str]:
    return [item.code for item in problems(root, tree, **site)]


def told(narrative: str, **changes: Any) -> dict[str, Any]:
    return case(act={"narrative": narrative}, **changes)


@pytest.mark.parametrize(
    ("narrative", "code"),
    [
        ("封玉琢救起在湖边玩耍的某小学三年级学生。", "DIS015"),
        ("封玉琢拉住一个男孩，孩子就读于实验中学。", "DIS015"),
        ("落水的女童在三（2）班，获救后回家。", "DIS015"),
        ("落水者十二岁，刚上初一。", "DIS015"),
        ("封玉琢下水救人。异议人王某某称救人者不是他。", "DIS016"),
        ("封玉琢下水救人。提出异议的刘长顺认为另有其人。", "DIS016"),
        ("封玉琢下水救人。根据周大海反映的异议，已经重新核实。", "DIS016"),
        ("封玉琢下水救人。获救者患有糖尿病。", "DIS017"),
        ("落水者有抑郁病史，封玉琢劝慰良久。", "DIS017"),
        ("封玉琢下水救人，被认定残疾等级。", "DIS017"),
        ("封玉琢下水救人，右臂骨折。", "DIS017"),
        ("封玉琢下水救人。他被划开一道口子，缝了六针。", "DIS017"),
    ],
)
def test_a_text_to_look_at_again(narrative: str, code: str, root: Path) -> None:
    (found,) = problems(root, told(narrative))
    assert (found.code, found.severity) == (code, Severity.WARNING)
    assert found.place.field == "act.narrative"
    word, position = {**found.facts, **found.terms}["word"], int(found.terms["position"])
    assert narrative[position - 1 :].startswith(word)
    (sentence,) = (part for part in narrative.split("。") if word in part)
    assert codes(root, told(narrative, private={"reviewed": [sentence]})) == []
    assert codes(root, told(narrative, private={"reviewed": ["别的字句"]})) == [code]


@pytest.mark.parametrize(
    "narrative",
    [
        "封玉琢在中学门口拦下惊马。",
        "封玉琢下班后听见呼救，跳入水中救起一人。",
        "异议人认为救人者另有其人，经查不属实。",
        "异议人于2026年11月19日提出，经查不属实。",
        "经医院诊断证明和病历摘要核实，封玉琢救起一人。",
        "一名游客小腿骨折，被人用扁带吊起。封玉琢接应。",
        "获救的孩子七岁，已经回家。",
    ],
)
def test_a_text_that_says_nothing_of_the_kind(narrative: str, root: Path) -> None:
    assert codes(root, told(narrative)) == []


def test_a_school_is_told_of_where_somebody_is_masked(root: Path) -> None:
    narrative = "封玉琢在实验中学门口拦下惊马。"
    assert codes(root, told(narrative)) == []
    assert codes(root, told(narrative, persons=[person(), MASKED])) == ["DIS015"]


def test_the_word_to_type_back_is_shown_though_somebody_is_masked(root: Path) -> None:
    (found,) = problems(root, told("封玉琢在实验中学门口拦下惊马。", persons=[person(), MASKED]))
    assert found.code == "DIS015" and not found.place.shown
    assert "“中学”" in format_text([found], lang="zh") and "实验" not in format_text([found], lang="zh")


def test_what_may_be_an_objectors_name_is_not_shown(root: Path) -> None:
    tree = told("封玉琢下水救人。异议人王某某称救人者不是他。", persons=[person(), MASKED])
    (found,) = problems(root, tree)
    assert found.code == "DIS016" and "王某" not in format_text([found], lang="zh")


def test_every_public_text_is_looked_at_and_each_kind_told_once(root: Path) -> None:
    tree = told(
        "封玉琢救起患有癫痫的老人。老人确诊多年，身患高血压。",
        objections=[
            {
                "received_on": "2026-11-19",
                "resolved_on": "2026-11-20",
                "result": "dismissed",
                "public_reason": "异议人吴某反映不实",
            }
        ],
    )
    found = {(item.code, item.place.field) for item in problems(root, tree)}
    assert found == {("DIS017", "act.narrative"), ("DIS016", "objections[0].public_reason")}
    assert len(problems(root, tree)) == 2


def test_what_is_not_public_is_not_shown_in_the_warning(root: Path) -> None:
    tree = told("封某某下水救人，右臂骨折。", level="masked", withholding=WITHHOLDING)
    (found,) = problems(root, tree)
    assert found.code == "DIS017" and "骨折" not in format_text([found])
    secret = told("封玉琢患有癫痫。", level="confidential", withholding=WITHHOLDING)
    assert codes(root, secret) == []


def test_an_injury_without_consent_is_told(root: Path) -> None:
    hurt = person(injured="左臂挫裂伤")
    assert codes(root, case(persons=[hurt])) == ["DIS013"]
    agreed = person(injured="左臂挫裂伤", injury_consent={"given_on": "2026-11-01", "given_by": "person"})
    assert codes(root, case(persons=[agreed])) == []
    # With consent the story may tell it too; without, it may not repeat what the record keeps.
    assert codes(root, told("封玉琢左臂挫裂伤，住院两天。", persons=[agreed])) == []
    assert sorted(codes(root, told("封玉琢左臂挫裂伤。", persons=[hurt]))) == ["DIS001", "DIS013"]
    masked = person(injured="左臂挫裂伤", disclosure="masked", withholding=WITHHOLDING)
    assert codes(root, told("封某某下水救人。", persons=[masked])) == []
    assert codes(root, told("封某某下水。", persons=[hurt], level="masked", withholding=WITHHOLDING)) == []


@pytest.mark.parametrize("narrative", ["封玉琢下水救人。", "封玉琢左臂挫裂伤。"])
def test_an_injury_is_in_no_message(narrative: str, root: Path) -> None:
    found = problems(root, told(narrative, persons=[person(injured="左臂挫裂伤")]))
    assert "DIS013" in [item.code for item in found]
    for form in (format_text, format_json, format_github):
        assert "挫裂伤" not in form(found, lang="zh")


def test_somebody_shown_in_a_notice_has_an_age(root: Path) -> None:
    ageless = person(born=None)
    (found,) = problems(root, case(persons=[ageless]))
    assert (found.code, found.severity, found.place.field) == ("DIS014", Severity.ERROR, "persons[0]")
    for known in ({"born": "1985"}, {"age_at_act": "41"}, {"private": {"born_on": "1985-04-02"}}):
        assert codes(root, case(persons=[person(**{"born": None, **known})])) == []
    assert codes(root, case(persons=[person(born=None, adult="true")])) == []
    # A clerk's “no” says that somebody was a minor.
    assert codes(root, told("一人下水。", persons=[person(born=None, adult="false")])) == ["DIS006"]
    child = person(born=None, adult="true", age_at_act="15")
    assert codes(root, told("一人下水。", persons=[child])) == ["DIS006"]
    hidden = person(born=None, disclosure="withheld", withholding=WITHHOLDING)
    assert (
        codes(root, told("一人下水。", persons=[person(), {**hidden, "key": "p2", "name": "祁向晨"}])) == []
    )
    assert (
        codes(root, told("封玉琢下水。", persons=[ageless], level="confidential", withholding=WITHHOLDING))
        == []
    )


def test_the_unit_of_somebody_masked_asks_for_the_age_too(root: Path) -> None:
    """Where units of masked persons are shown, a minor's is a school."""
    tree = told(
        "封某某下水救人。",
        persons=[person(born=None, unit="长江航运公司", disclosure="masked", withholding=WITHHOLDING)],
    )
    assert codes(root, tree) == []
    assert codes(root, tree, masking={"unit": "full"}) == ["DIS014"]


def test_an_old_honour_may_have_a_name_and_a_year_alone(root: Path) -> None:
    from tests.projects import honour

    old = honour(
        id="wuhan-2012-h0001", published_on="2012-05-01", decided_on="2012", basis="测试奖励办法（示例）"
    )
    tree = case(
        notice=None,
        procedure=None,
        act={"happened_on": "2012"},
        persons=[person(born=None)],
        honours=[old],
    )
    assert "DIS014" not in codes(root, tree)


@pytest.mark.parametrize(
    ("narrative", "expected"),
    [
        ("初中生封玉琢跳入水中。", True),
        ("13岁的封玉琢跳入水中。", True),
        ("封玉琢，男，13岁，跳入水中。", True),
        ("封玉琢（时年十五岁）跳入水中。", True),
        ("五年级学生封玉琢跳入水中。", True),
        ("少年封玉琢跳入水中。", True),
        ("封玉琢跳入水中，救起一名13岁少年。", False),
        ("大学生封玉琢跳入水中。", False),
        ("封玉琢，43岁，跳入水中。", False),
        ("一名小学生落水，封玉琢跳入水中。", False),
    ],
)
def test_an_old_honour_whose_words_call_somebody_a_child_asks_for_the_age(
    narrative: str, expected: bool, root: Path
) -> None:
    from tests.projects import honour

    tree = told(narrative, notice=None, procedure=None, persons=[person(born=None)], honours=[honour()])
    assert ("DIS014" in codes(root, tree)) is expected


@pytest.mark.parametrize("code", ["DIS013", "DIS014", "DIS015", "DIS016", "DIS017"])
def test_the_codes_are_explained(code: str) -> None:
    for lang in ("zh", "en"):
        text = explain(code, lang)  # type: ignore[arg-type]
        assert text.startswith(code) and len(text) > 80


def test_a_head_count_of_those_shown_is_sound(root: Path) -> None:
    hidden = person(key="p2", name="祁向晨", disclosure="withheld", withholding=WITHHOLDING)
    tree = told("封玉琢下水。", persons=[person(), hidden], group={"name": "湖边救援小组", "head_count": "1"})
    assert codes(root, tree) == []
    tree["group"]["head_count"] = "2"
    assert codes(root, tree) == ["DIS007"]
