"""录入法规: what a text entered badly is told, once, at its line."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.diagnostics import Diagnostic
from generator.diagnostics.report import format_text
from generator.law.instruments.text_checks import check_verified
from generator.pipeline.prepare import check_project
from generator.project.settings import load_settings
from generator.source.model.instrument import InstrumentEntry
from tests.projects import AS_OF, write_project, write_yaml
from tests.unit.policy.conftest import load_entries

FIRST: dict[str, Any] = {"topic": "scope", "article": "第一条", "summary": "示例。"}
SECOND: dict[str, Any] = {
    "topic": "bonus",
    "article": "第二条",
    "summary": "发给奖金。",
    "modality": "must",
    "value": {"amount_cny": "5000", "comparison": "at_least"},
}

Change = Callable[[dict[str, Any]], None]


def _text(**given: Any) -> dict[str, Any]:
    version = {
        "slug": "a",
        "label": "示例",
        "kind": "enacted",
        "adopted_on": "2020-01-01",
        "in_force_from": "2020-01-01",
        "in_force_until": "open",
        "text_at_hand": "whole",
        "article_count": "2",
        "last_verified_on": "2026-11-01",
        "provisions": [FIRST, SECOND],
    }
    return copy.deepcopy(
        {
            "jurisdiction": "hubei",
            "slug": "shili",
            "title": "示例办法",
            "kind": "rule",
            "versions": [version | given],
        }
    )


def _told(text: dict[str, Any], tmp_path: Path) -> tuple[Diagnostic, ...]:
    project = write_project(tmp_path)
    write_yaml(project / "content/policies/hubei/shili.yml", text)
    return load_settings(project).diagnostics


def _provision(**given: Any) -> Change:
    def change(text: dict[str, Any]) -> None:
        text["versions"][0]["provisions"][1].update(given)

    return change


def _version(**given: Any) -> Change:
    def change(text: dict[str, Any]) -> None:
        text["versions"][0].update(given)

    return change


def _amended(**given: Any) -> Change:
    """A second version that inherits the first."""

    def change(text: dict[str, Any]) -> None:
        later = {key: value for key, value in text["versions"][0].items() if key != "article_count"}
        later |= {"slug": "b", "kind": "amended", "inherits": "a", "in_force_from": "2021-01-01"}
        text["versions"].append(later | {"provisions": []} | given)

    return change


def test_a_sound_text_gives_no_message(tmp_path: Path) -> None:
    assert _told(_text(), tmp_path) == ()


def test_a_text_in_chinese_words_is_the_same_text() -> None:
    english = _text(
        adopted_on="unknown",
        cites=[{"title": "示例法", "article": "第一条", "relation": "basis"}],
        provisions=[
            FIRST
            | {"reach": [{"who": "elsewhere", "act": "inside", "parts": ["reward"], "by_analogy": "plain"}]},
            SECOND
            | {
                "benefit": {
                    "beneficiaries": ["near_kin"],
                    "outcomes": ["death"],
                    "honours": [
                        {"kinds": ["title"], "level": "city", "or_higher": "true", "by": "government"}
                    ],
                    "residence": ["local"],
                },
                "value": {
                    "days": "30",
                    "day_unit": "unspecified",
                    "comparison": "within",
                    "from": "act",
                    "to": "application",
                    "grantors": ["city_government"],
                    "conditions": ["有重大贡献", "经鉴定为重伤"],
                    "joined": "any",
                },
            },
        ],
    )
    chinese = _text(
        kind="制定",
        adopted_on="不详",
        in_force_until="没有终止",
        text_at_hand="全文",
        cites=[{"title": "示例法", "article": "第一条", "relation": "制定依据"}],
        provisions=[
            FIRST
            | {"topic": "适用范围"}
            | {"reach": [{"who": "外地人", "act": "本地", "parts": ["表彰奖励"], "by_analogy": "参照"}]},
            SECOND
            | {
                "topic": "奖金",
                "modality": "应当",
                "benefit": {
                    "beneficiaries": ["近亲属"],
                    "outcomes": ["牺牲"],
                    "honours": [{"kinds": ["荣誉称号"], "level": "市级", "or_higher": "是", "by": "政府"}],
                    "residence": ["本市户籍"],
                },
                "value": {
                    "days": "30",
                    "day_unit": "没有写明",
                    "comparison": "以内",
                    "from": "行为发生",
                    "to": "申请、申报",
                    "grantors": ["市人民政府"],
                    "conditions": ["有重大贡献", "经鉴定为重伤"],
                    "joined": "有其一即可",
                },
            },
        ],
    ) | {"kind": "规定、办法"}
    assert InstrumentEntry.model_validate(chinese) == InstrumentEntry.model_validate(english)


def test_a_word_that_is_none_is_answered_with_the_words(tmp_path: Path) -> None:
    text = _text()
    text["versions"][0]["provisions"][1]["modality"] = "必需"
    told = format_text(_told(text, tmp_path), lang="zh")
    assert "REC006" in told
    assert "应当 (must)" in told


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("REC030", _provision(article="第2条")),
        ("REC031", _provision(value={"days": "7"})),
        ("LAW103", _provision(value={"conditions": ["有重大贡献", "经鉴定为重伤"]})),
        ("LAW103", _provision(value={"conditions": ["有重大贡献"], "joined": "any"})),
        ("LAW127", _provision(value={"conditions": ["牺牲或者致残"], "met_by_death": ["牺牲"]})),
        ("LAW104", _provision(status="delegated")),
        ("LAW104", _provision(delegated_to=["市人民政府"])),
        ("LAW105", _provision(inferred={"amount": "没有这个键"})),
        ("LAW105", _version(inferred={})),
        ("LAW105", _version(in_force_not_before="2013-01-20")),
        ("REC032", _provision(value={"extendable_to_days": "60"})),
        ("LAW106", _provision(value={"multiple": "20"})),
        ("LAW106", _provision(value={"amount_to_cny": "800000"})),
        ("LAW106", _provision(value={"amount_cny": "800000", "amount_to_cny": "500000"})),
        ("LAW106", _provision(value={"amount_cny": "5", "amount_to_cny": "8", "comparison": "at_least"})),
        ("LAW106", _provision(value={"scale": [{"of": "一级伤残"}]})),
        (
            "LAW106",
            _provision(value={"scale": [{"of": "一级伤残", "percent": "90", "months_of_wage": "27"}]}),
        ),
        ("LAW118", _provision(benefit={"beneficiaries": ["person"], "kin_meant": ["兄弟姊妹"]})),
        ("REC033", _version(text_at_hand="cut_off")),
        ("LAW107", _version(sections=["一"])),
        ("REC034", _amended(slug="a")),
        ("REC035", _amended(inherits="c")),
        ("LAW109", _provision(reach=[{"who": "local", "act": "inside"}])),
        ("LAW110", _version(article_count=None)),
        ("LAW111", _version(article_count="3")),
        ("LAW112", _version(article_count="1")),
        ("LAW113", _version(without_rule=[{"article": "第一条", "reason": "立法目的"}])),
        ("LAW114", _amended(provisions=[FIRST | {"article": "第二条"}])),
        ("LAW114", _amended(without_rule=[{"article": "第二条", "reason": "修正后只写目的"}])),
    ],
)
def test_one_fault_gives_one_message(code: str, change: Change, tmp_path: Path) -> None:
    text = _text()
    change(text)
    text["versions"] = [{k: v for k, v in item.items() if v is not None} for item in text["versions"]]
    found = _told(text, tmp_path)
    assert [item.code for item in found] == [code]
    assert found[0].place.path == "content/policies/hubei/shili.yml"
    assert found[0].place.line is not None


def test_a_topic_that_an_amendment_took_out_is_named(tmp_path: Path) -> None:
    text = _text()
    dropped = {"article": "第二条", "topic": "bonus", "reason": "修正删去了奖金"}
    _amended(provisions=[FIRST | {"article": "第二条"}], dropped=[dropped])(text)
    assert _told(text, tmp_path) == ()


def test_the_missing_articles_are_named(tmp_path: Path) -> None:
    (found,) = _told(_text(article_count="4"), tmp_path)
    assert dict(found.terms)["articles"] == "第三条、第四条"


def test_an_amendment_has_the_articles_of_its_predecessor(tmp_path: Path) -> None:
    text = _text()
    _amended(provisions=[SECOND])(text)
    assert _told(text, tmp_path) == ()


@pytest.mark.parametrize("entered", ["part", "selected"])
def test_a_text_taken_in_part_need_not_be_whole(entered: str, tmp_path: Path) -> None:
    assert _told(_text(article_count="300", entered=entered), tmp_path) == ()


def test_nobody_compared_a_text_in_the_future(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    text = _text(last_verified_on="2026-11-23")
    text["versions"][0]["provisions"][0] = FIRST | {"last_verified_on": "2026-11-22"}
    write_yaml(project / "content/policies/hubei/shili.yml", text)
    (found,) = check_project(project, AS_OF, AS_OF, 1).diagnostics
    assert (found.code, found.place.field) == ("LAW115", "versions[0].last_verified_on")


@pytest.mark.parametrize("passed", ["adopted_on", "approved_on", "issued_on"])
def test_no_text_is_in_force_before_it_was_passed(passed: str, tmp_path: Path) -> None:
    (found,) = _told(_text(**{passed: "2020-01-02"}), tmp_path)
    assert (found.code, found.place.field) == ("LAW126", "versions[0].in_force_from")


def test_the_day_of_comparison_may_be_today() -> None:
    for entry in load_entries():
        latest = max(version.last_verified_on for version in entry.versions)
        assert list(check_verified(entry, latest)) == []
        assert list(check_verified(entry, date(1949, 10, 1)))


@pytest.mark.parametrize("changes", [{"parent": None}, {"slug": "nanjing", "name": "南京"}])
def test_only_a_place_without_a_text_applies_the_one_above(changes: dict[str, Any], tmp_path: Path) -> None:
    project = write_project(tmp_path)
    place = {
        "slug": "xiangyang",
        "name": "襄阳",
        "full_name": "襄阳市",
        "level": "city",
        "parent": "hubei",
        "order": "50",
        "applies_province": "true",
    }
    made = {key: value for key, value in (place | changes).items() if value is not None}
    write_yaml(project / f"site_config/jurisdictions/{made['slug']}.yml", made)
    assert [item.code for item in load_settings(project).diagnostics] == ["LAW116"]
