"""先问谁: the kind of organ that the digest names, the telephones of such organs alone, one line on both pages."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from generator.catalogue import speaking
from generator.pages.policy.asked_first import asked_away, asked_first
from generator.public.context import SiteContext
from generator.source.model.authority import Channels
from tests.every_row import every_row
from tests.policy_site import (
    by_id,
    english_pages,
    english_site_context,
    pages,
    parsed,
    settings,
    site_context,
    words,
)
from tests.unit.pages.reading import text_of

PLACES = sorted(slug for slug, place in settings().jurisdictions.items() if place.level != "nation")


def line(place: str, context: SiteContext) -> str:
    return text_of(str(asked_first(context.jurisdictions[place], context)))


def numbers(html: str) -> list[str]:
    return [part.partition('"')[0] for part in html.split('href="tel:')[1:]]


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("beijing", "区民政部门。本站没有收录电话，可以打当地 12345 热线问。"),
        (
            "hangzhou",
            "行为发生地的公安机关。电话：杭州市公安机关（示例）（0571-00000011）；"
            "事情在西湖区的，西湖区公安机关（示例）（0571-00000021）。",
        ),
        ("zhejiang", "行为发生地的公安机关。本站没有收录电话，可以打当地 12345 热线问。"),
        (
            "wuhan",
            "行为发生地的区见义勇为促进会、市见义勇为基金会。电话：武汉市见义勇为基金会（示例）（027-00000021）；"
            "事情在江岸区的，江岸区见义勇为促进会（示例）（027-00000041）。",
        ),
        (
            "nanjing",
            "发生地的区公安机关。电话：事情在建邺区的，建邺区公安机关（示例）（025-00000011）；"
            "事情在鼓楼区的，鼓楼区公安机关（示例）（025-00000021）。其他区的，可以打当地 12345 热线问。",
        ),
        (
            "henan",
            "县级以上人民政府设立的见义勇为评定委员会（设在公安机关的评定委员会办公室，第九条第四款）。"
            "本站没有收录电话，可以打当地 12345 热线问。",
        ),
        (
            "luoyang",
            "见义勇为发生地的县级以上公安机关、县级以上人民政府设立的见义勇为评定委员会"
            "（设在公安机关的评定委员会办公室，《河南省见义勇为人员奖励和保障条例》第九条第四款）。"
            "本站没有收录电话，可以打当地 12345 热线问。",
        ),
        (
            "qingdao",
            "行为发生地的县级见义勇为确认机构（县级以上社会管理综合治理部门会同见义勇为基金会或者见义勇为协会，"
            "《山东省见义勇为人员奖励和保护条例》第九条）。本站没有收录电话，可以打当地 12345 热线问。",
        ),
    ],
)
def test_the_kind_that_the_text_names_comes_first_and_an_office_of_a_district_with_its_district(
    place: str, told: str
) -> None:
    assert line(place, site_context()) == told


@every_row("place", PLACES)
def test_nobody_is_named_whom_the_digest_does_not_name(place: str) -> None:
    figures = by_id(parsed(pages()[f"policies/{place}/"]), "figures")
    digest = "".join(words(node) for node in figures if node.get("id") != "where")
    kinds = line(place, site_context()).partition("。")[0]
    assert kinds
    for kind in re.sub(r"（[^）]*，[^）]*）", "", kinds).split("、"):
        assert kind in digest or kind.startswith("主管那类事情的其他部门（第")


def test_who_acts_as_an_organ_is_told_of_an_organ_that_another_rule_names() -> None:
    for instrument in site_context().library.instruments:
        for version in instrument.versions:
            named = {organ for rule in version.provisions for organ in (*rule.value.who, *rule.value.where)}
            assert {organ for rule in version.provisions for organ in rule.value.acts_as} <= named


@every_row("place", PLACES)
def test_digest_and_for_me_have_the_same_line_and_english_calls_the_same(place: str) -> None:
    context = site_context()
    digest, for_me = (pages()[f"policies/{place}/{page}"].body for page in ("", "for-me/"))
    told = asked_first(context.jurisdictions[place], context)
    assert str(told) in digest and str(told) in for_me
    assert digest.index('id="figures"') < digest.index(str(told)) < digest.index("<dl")
    english = english_site_context()
    with speaking("en"):
        said = asked_first(english.jurisdictions[place], english)
        away = text_of(str(asked_away(english.jurisdictions[place], english)))
    assert all(str(said) in page.body for page in english_pages(place))
    assert numbers(str(said)) == numbers(str(told)) != []
    assert not re.search(r"[.,;:)][A-Za-z]", away), away


def test_who_confirms_is_called_where_nobody_who_takes_applications_can_be() -> None:
    context = site_context()
    told = line("kunming", context)
    assert told.startswith("发生地公安、司法部门、主管那类事情的其他部门（第十条第一款）。")
    assert "负责确认的机关的电话：昆明市社会管理综合治理部门（示例）（0871-00000031）" in told
    mute = {
        slug: office.model_copy(update={"channels": Channels()})
        for slug, office in context.authorities.items()
    }
    assert "12345" in line("kunming", replace(context, authorities=mute))


def test_an_office_of_another_level_or_kind_is_not_called() -> None:
    context = site_context()
    office = context.authorities["nanjing-jianye"]
    for role, called in (
        ("区公安机关", True),
        ("县公安机关", False),
        ("市公安机关", False),
        ("区民政部门", False),
        (None, False),
    ):
        one = {office.slug: office.model_copy(update={"role": role})}
        assert (office.name in line("nanjing", replace(context, authorities=one))) is called, role


def test_the_nation_leaves_it_to_the_places_and_says_whom_to_call() -> None:
    context = site_context()
    assert line("quanguo", context).startswith("打当地的 12345，问见义勇为归哪个机关管")
    digest = by_id(parsed(pages()["policies/quanguo/"]), "figures")
    assert "先问：打当地的12345" in words(digest)


@every_row("place", PLACES)
def test_of_an_act_elsewhere_the_organ_there_is_asked_first_and_no_district_here(place: str) -> None:
    context = site_context()
    told = text_of(str(asked_away(context.jurisdictions[place], context)))
    assert told.startswith("先问那里的机关，拨那里的区号加 12345")
    assert "事情在" not in told and "行为发生地" not in told
    districts = [office for office in context.authorities.values() if office.district]
    assert not any(office.name in told for office in districts)


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("hangzhou", "杭州的规定给什么，再问杭州市公安机关（示例）（0571-00000011）。"),
        (
            "wuhan",
            "武汉的规定给什么，再问武汉市平安建设主管机关（示例）（027-00000011、027-00000012）；"
            "武汉市见义勇为基金会（示例）（027-00000021）。",
        ),
        ("nanjing", "南京的规定给什么，再打本地 12345 热线问。"),
    ],
)
def test_at_home_who_serves_the_whole_city_is_asked_what_its_rules_give(place: str, told: str) -> None:
    context = site_context()
    assert text_of(str(asked_away(context.jurisdictions[place], context))).endswith(told)
