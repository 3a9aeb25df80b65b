"""我能得到什么: the table of situations, written from the texts, against what the library decides."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.law.instruments.entitlement import (
    Entitled,
    Entitlement,
    Holds,
    HonourHeld,
    Injury,
    Place,
    Role,
    Situation,
    Work,
    decide,
    entitlements,
    precedence,
    situations,
)
from generator.source.model.law_words import Beneficiary, Modality, Topic
from tests.every_row import every_row
from tests.policy_site import TODAY, settings

PLACES = {place.name: place for place in settings().jurisdictions.values()}
ROLES = {"本人": "person", "配偶": "spouse", "子女": "child", "父母": "parent", "其他近亲属": "other_kin"}
WHERE = {"本地人": "local", "外地人": "outsider", "本地人在外地": "away", "现役军人": "serviceman"}
WORKS = {"有": Work.EMPLOYED, "无": Work.NOT_EMPLOYED, "未答": None}
HURT = {
    "没有受伤": "none",
    "负伤": "injured",
    "轻伤": "minor_injury",
    "重伤": "severe_injury",
    "致残": "disabled",
    "牺牲": "death",
}
HONOURS = {"只有确认": "none", "奖金": "bonus"} | {
    f"{level}{kind}": f"{slug}_{name}"
    for level, slug in (("区县", "county"), ("市", "city"), ("省", "province"))
    for kind, name in (("嘉奖", "commendation"), ("记功", "merit"), ("称号", "title"))
}
REASONS = {
    "范围": "scope",
    "别的法律": "matter",
    "给谁": "beneficiaries",
    "遗属": "bereaved",
    "后果": "outcomes",
    "户籍": "residence",
    "身份": "standing",
    "荣誉": "honours",
    "决定": "decision",
    "条件": "conditions",
}
VERDICTS = {
    "是": Entitled.YOURS,
    "看": Entitled.DEPENDS,
    "没写": Entitled.NOT_STATED,
    "否": Entitled.NOT_YOURS,
}
TABLE: dict[str, list[dict[str, Any]]] = yaml.load(
    (Path(__file__).parent / "for_me.yml").read_text(encoding="utf-8"), Loader=yaml.CBaseLoader
)
ROWS = [(place, row) for place, rows in TABLE.items() for row in rows]


@cache
def held(place: str) -> tuple[Entitlement, ...]:
    return entitlements(settings().library, PLACES[place].slug, TODAY)


def situation_of(row: dict[str, Any]) -> Situation:
    return Situation(
        role=Role(ROLES[row["谁"]]),
        place=Place(WHERE[row.get("哪里", "本地人")]),
        injury=Injury(HURT[row.get("后果", "没有受伤")]),
        hardship=row.get("困难", "否") == "是",
        honour=HonourHeld(HONOURS[row.get("荣誉", "只有确认")]),
        work=WORKS[row.get("单位", "有")],
    )


def named(place: str, item: str) -> list[Entitlement]:
    """The benefits that a cell names: 省 第十六条第三款, 《民法典》第一百八十三条, 二（八）/5万元."""
    text, _, words = item.partition("/")
    above, law = text.startswith("省 "), ""
    text = text.removeprefix("省 ")
    if text.startswith("《"):
        law, text = text[1:].split("》")
    return [
        one
        for one in held(place)
        if one.beside == bool(law)
        and (law in one.provision.instrument_title if law else one.above == above)
        and one.provision.article == text
        and words in one.provision.summary
    ]


@every_row(("place", "row"), ROWS, ids=lambda value: None if isinstance(value, dict) else value)
def test_every_situation_gets_what_the_texts_say(place: str, row: dict[str, Any]) -> None:
    situation = situation_of(row)
    wrong = []
    for column, verdict in VERDICTS.items():
        for cell in row.get(column, []):
            item, _, reason = cell.partition("：")
            found = named(place, item)
            assert found, f"{place} {cell} names no benefit"
            for one in found:
                said = decide(one, situation)
                if said.verdict is not verdict or (reason and REASONS[reason] not in said.because):
                    wrong.append((cell, one.provision.summary, said.verdict.value, said.because))
    assert wrong == []


@pytest.mark.parametrize(
    ("place", "row"),
    [(place, row) for place, row in ROWS if "先" in row],
    ids=lambda value: None if isinstance(value, dict) else value,
)
def test_what_helps_somebody_most_in_their_situation_is_told_first(place: str, row: dict[str, Any]) -> None:
    situation = situation_of(row)
    theirs = [
        one for one in held(place) if not one.beside and decide(one, situation).verdict is Entitled.YOURS
    ]
    first = min(theirs, key=lambda one: precedence(one, situation.injury))
    assert named(place, row["先"]) == [first], first.provision.summary


def test_what_serves_others_first_or_is_only_encouraged_is_told_last() -> None:
    for place in TABLE:
        for injury in Injury:
            order = sorted(held(place), key=lambda one: precedence(one, injury))
            asked = [
                one.provision.modality is Modality.ENCOURAGED or one.benefit.duty_of_others for one in order
            ]
            assert asked == sorted(asked)
            if injury is Injury.DISABLED:
                due = order[: len(asked) - sum(asked)]
                late = [bool(one.benefit.serves_first) for one in due]
                assert late == sorted(late)


@every_row("place", sorted(TABLE))
def test_nobody_is_told_to_check_whether_they_are_their_own_kin(place: str) -> None:
    for one in held(place):
        asked = [c for c in one.conditions if c.criterion == "beneficiaries"]
        own = [c.to({"role": "person.alive"}) for c in asked]
        assert Holds.DEPENDS not in own, one.provision.summary
        if set(one.benefit.beneficiaries) <= {
            Beneficiary.DIRECT_KIN,
            Beneficiary.CHILDREN,
            Beneficiary.NEAR_KIN,
        }:
            assert own == [Holds.NO], one.provision.summary


def test_the_table_is_wide_enough_and_says_nothing_twice() -> None:
    assert len(ROWS) >= 120
    local = {name for name, place in PLACES.items() if place.level != "nation"}
    assert set(TABLE) == local
    asked = Counter((place, situation_of(row)) for place, row in ROWS)
    assert [key for key, count in asked.items() if count > 1] == []
    assert all(any(column in row for column in VERDICTS) for _, row in ROWS)
    assert {situation_of(row).role for _, row in ROWS} == set(Role)
    assert {situation_of(row).place for _, row in ROWS} == set(Place)
    assert {situation_of(row).work for _, row in ROWS} == {None, *Work}
    assert {situation_of(row).injury for _, row in ROWS} == set(Injury)


@every_row("place", sorted(TABLE))
def test_somebody_unhurt_is_not_given_what_follows_an_injury_or_a_death(place: str) -> None:
    told = [
        one.provision.summary
        for one in held(place)
        if one.provision.topic in (Topic.BENEFIT_MEDICAL, Topic.BENEFIT_PENSION)
        and decide(one, Situation(role=Role.PERSON)).verdict is Entitled.YOURS
    ]
    assert told == []


def test_what_a_model_worker_has_is_told_wherever_a_text_gives_it() -> None:
    """Digests once told of it among the titles, and nobody with one was told that it is theirs."""
    library = settings().library
    spoken = {
        (row.jurisdiction, row.article)
        for place in library.jurisdictions
        for version in library.version_on(place, TODAY).texts
        for row in version.provisions
        if re.search("劳(?:动)?模(?:范)?.*待遇", row.summary)
    }
    told = {
        (one.provision.jurisdiction, one.provision.article)
        for place in PLACES
        for one in held(place)
        if one.benefit.honours
    }
    assert {place for place, _ in spoken} == {"hangzhou", "hubei", "luoyang", "nanjing", "shandong"}
    assert spoken <= told


def test_tasks_of_departments_are_not_what_somebody_is_given() -> None:
    tasks = [one for one in held("杭州") if one.provision.article == "二（九）"]
    assert tasks and all(one.benefit.duty_of_others for one in tasks)


TO_THE_KIN_OF_THE_DEAD = (
    ("中华人民共和国法律援助法", "第三十二条第（二）项"),  # 当事人
    ("中华人民共和国行政复议法", "第十八条"),  # 申请人；第十四条第二款：死亡的，近亲属可以申请
    ("工伤保险条例", "第十五条第一款第（二）项"),  # 第三十九条：近亲属
    ("工伤保险条例", "第十五条第二款"),
    ("工伤保险条例", "第十七条第一款"),  # 第十七条第二款：近亲属可以申请
    ("军人抚恤优待条例", "第四条第二款"),  # 第二条第（三）项：遗属
)


@every_row("place", sorted(TABLE))
def test_kin_of_the_dead_are_not_refused_what_a_law_gives_to_parties_and_applicants(place: str) -> None:
    for title, article in TO_THE_KIN_OF_THE_DEAD:
        (one,) = [
            item
            for item in held(place)
            if item.provision.instrument_title == title and item.provision.article == article
        ]
        for role in (Role.SPOUSE, Role.CHILD, Role.PARENT, Role.OTHER_KIN):
            said = decide(one, Situation(role=role, injury=Injury.DEATH))
            assert said.verdict is Entitled.DEPENDS, (title, article, role)


def test_what_holds_of_soldiers_is_told_to_others_only_where_a_local_text_refers_to_it() -> None:
    """The texts of places refer to 《军人抚恤优待条例》 after a disability or a death, and of nothing else."""
    for place in TABLE:
        for one in held(place):
            if one.provision.instrument_title == "军人抚恤优待条例":
                for injury in (Injury.NONE, Injury.MINOR):
                    said = decide(one, Situation(role=Role.PERSON, injury=injury))
                    assert said.verdict is Entitled.NOT_YOURS, one.provision.summary


def test_a_person_who_died_does_not_ask() -> None:
    with pytest.raises(ValueError, match="kin"):
        Situation(role=Role.PERSON, injury=Injury.DEATH)


@every_row("place", TABLE)
def test_every_situation_has_one_verdict_for_each_benefit_and_its_reason(place: str) -> None:
    for situation in islice(situations(), 0, None, 37):
        for one in held(place):
            said = decide(one, situation)
            assert (said.verdict is Entitled.YOURS) == (said.because == ())


@every_row("place", TABLE)
def test_a_law_on_another_matter_is_never_simply_theirs(place: str) -> None:
    """Whoever died is not for that reason a martyr, nor whoever was hurt an employee."""
    for situation in islice(situations(), 0, None, 53):
        for one in held(place):
            if one.beside:
                assert decide(one, situation).verdict is not Entitled.YOURS
