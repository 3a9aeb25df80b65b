"""保密依据: the ground, the article and the end of a withholding, against the text in force on the case's day."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.desk.status import site_status
from generator.diagnostics.report import format_text
from generator.pipeline.prepare import check_project, prepared_alone
from generator.project.settings import load_settings
from generator.source.model.law_words import Topic
from tests.projects import AS_OF, ROOT, WITHHOLDING, case, merged, person, write_project

GROUNDS = ("safety", "asked_by_person", "asked_by_kin", "decided_by_organ", "other")


def withheld(**changes: Any) -> dict[str, Any]:
    return merged(WITHHOLDING, changes)


def found(folder: Path, city: str, tree: dict[str, Any], **project: Any) -> set[str]:
    tree = merged(tree, {"jurisdiction": city})
    if "notice" in tree:
        tree["notice"]["id"] = f"{city}-2026-0001"
    root = write_project(folder, {f"{city}/2026/a.yml": tree}, authority={"jurisdiction": city}, **project)
    report = check_project(root, AS_OF, AS_OF, 1)
    return {item.code for item in report.diagnostics if item.code.startswith("DIS")}


def masked(ground: str, article: str) -> dict[str, Any]:
    return case(
        level="masked", withholding=withheld(ground=ground, article=article), act={"narrative": "一人下水。"}
    )


@pytest.mark.parametrize(
    ("city", "ground", "article", "expected"),
    [
        # 武汉 2015: 可以不公示, and 其他需要保密的情况 takes every reason in.
        *(("wuhan", ground, "条例第十一条第一款", set()) for ground in GROUNDS),
        ("wuhan", "safety", "条例第十二条", {"DIS011"}),
        # 南京: 本人和家属要求, 有关部门认为应当保密.
        ("nanjing", "asked_by_person", "条例第二十条", set()),
        ("nanjing", "asked_by_kin", "条例第二十条", set()),
        ("nanjing", "decided_by_organ", "条例第二十条", set()),
        ("nanjing", "other", "条例第二十条", {"DIS009"}),
        ("nanjing", "asked_by_kin", "条例第二十一条", {"DIS011"}),
        # 昆明: 第十五条第二款 of the proposal names no reason, 第十九条第一款 of commendation names two.
        ("kunming", "asked_by_kin", "办法第十五条第二款", set()),
        ("kunming", "asked_by_kin", "办法第十九条第一款", {"DIS011"}),
        ("kunming", "asked_by_person", "办法第十九条第一款", set()),
    ],
)
def test_a_ground_is_one_that_the_text_in_force_allows(
    city: str, ground: str, article: str, expected: set[str], tmp_path: Path
) -> None:
    assert found(tmp_path, city, masked(ground, article)) == expected


def test_a_city_whose_text_is_silent_is_held_to_its_province(tmp_path: Path) -> None:
    settings = load_settings(ROOT).settings
    assert settings is not None
    answer = settings.library.provision("hangzhou", Topic.CONFIDENTIALITY_EXCEPTION, AS_OF.date()).effective
    allowed = {ground for item in answer.provisions for ground in item.value.grounds}
    assert allowed == {"asked_by_person", "decided_by_organ", "safety"}
    for ground in GROUNDS:
        by_the_province = found(tmp_path / f"own-{ground}", "hangzhou", masked(ground, "省条例第十三条"))
        by_other_law = found(tmp_path / ground, "hangzhou", masked(ground, "个人信息保护法第二十五条"))
        if ground in allowed:
            assert (by_the_province, by_other_law) == (set(), {"DIS011"}), ground
        else:
            assert by_other_law == {"DIS009"}, ground


def test_a_day_without_a_text_gives_no_verdict(tmp_path: Path) -> None:
    tree = masked("other", "第一条")
    tree["act"]["happened_on"] = "1990-01-01"
    tree["procedure"] = {"applied_on": "1990-02-01"}
    assert found(tmp_path, "kunming", tree) == set()


@pytest.mark.parametrize(
    ("city", "ground", "article", "expected"),
    [
        ("nanjing", "asked_by_person", "条例第二十条", {"DIS010", "DIS004"}),
        ("nanjing", "asked_by_kin", "条例第二十条", {"DIS010", "DIS004"}),
        ("nanjing", "decided_by_organ", "条例第二十条", {"DIS010", "DIS004"}),
        ("kunming", "asked_by_person", "办法第十九条第一款", {"DIS010", "DIS004"}),
        ("wuhan", "asked_by_person", "条例第十一条第一款", {"DIS004"}),
    ],
)
def test_what_must_be_kept_and_is_shown(
    city: str, ground: str, article: str, expected: set[str], tmp_path: Path
) -> None:
    kept = withheld(ground=ground, article=article)
    assert found(tmp_path / "person", city, case(persons=[person(withholding=kept)])) == expected
    assert found(tmp_path / "case", city, case(withholding=kept)) == expected


ENDED = withheld(ends_on="2026-11-21", article="条例第二十条", ground="asked_by_person")


def test_an_ended_withholding_asks_for_a_decision_and_shows_nothing(tmp_path: Path) -> None:
    hidden = case(
        jurisdiction="nanjing",
        level="confidential",
        withholding=ENDED,
        notice={"id": "nanjing-2026-0001"},
        private={"handler": "秘密承办人"},
    )
    root = write_project(tmp_path, {"nanjing/2026/a.yml": hidden}, authority={"jurisdiction": "nanjing"})
    with prepared_alone(root, AS_OF, AS_OF, 1) as prepared:
        pass
    assert prepared.notice_rows == () and prepared.honour_rows == ()
    assert [item.code for item in prepared.diagnostics] == ["DIS012"]
    report = site_status(prepared.notice_rows, prepared.context, prepared.diagnostics)
    assert report.withholding_ended == ("registry/cases/nanjing/2026/a.yml: withholding.ends_on",)
    assert report.as_json()["withholding_ended"] == list(report.withholding_ended)
    told = format_text(prepared.diagnostics, lang="zh")
    for word in ("封玉琢", "秘密", "2026-11-21", "武汉市测试机关"):
        assert word not in told


def test_the_last_day_still_counts(tmp_path: Path) -> None:
    last = masked("asked_by_person", "条例第二十条")
    last["withholding"]["ends_on"] = "2026-11-22"
    assert found(tmp_path, "nanjing", last) == set()


def test_one_that_has_ended_may_stay_in_a_record_that_is_public_now(tmp_path: Path) -> None:
    tree = case(withholding=ENDED, persons=[person(withholding=ENDED)])
    assert found(tmp_path, "nanjing", tree) == set()


def test_reasons_that_outlast_names_name_nobody(tmp_path: Path) -> None:
    revoked = {"revoked_on": "2026-11-20", "organ": "测试机关", "ground": "封 玉 琢申报不实", "article": "x"}
    assert found(tmp_path / "a", "wuhan", case(revocation=revoked)) == {"DIS008"}
    keeps = {"retention": {"tombstone_names": "true"}}
    assert found(tmp_path / "b", "wuhan", case(revocation=revoked), site=keeps) == set()
    refused = {"kind": "not_confirmed", "decided_on": "2026-11-20", "public_reason": "封玉琢的行为未能核实"}
    assert found(tmp_path / "c", "wuhan", case(outcome=refused)) == {"DIS008"}


def test_every_exception_in_the_library_says_its_grounds() -> None:
    settings = load_settings(ROOT).settings
    assert settings is not None
    provisions = [
        provision
        for instrument in settings.library.instruments
        for version in instrument.versions
        for provision in version.provisions
        if provision.topic is Topic.CONFIDENTIALITY_EXCEPTION and provision.status == "stated"
    ]
    assert len(provisions) >= 6
    for provision in provisions:
        assert provision.value.grounds and provision.value.withholding in ("may", "must"), provision.article
