"""Policy pages: every article at its permanent address, every statement cited, silences kept apart."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache
from urllib.parse import urldefrag, urljoin
from xml.etree.ElementTree import Element

import html5lib
import pytest

from generator.catalogue import wording
from generator.law.instruments import AnswerStatus, LibrarySettings, Provision, build_library
from generator.law.instruments.policy_words import cited_words
from generator.pages.policy.policy_path import trail
from generator.pages.policy.policy_values import figure_of
from generator.pages.policy.policy_views import topic_views
from generator.pages.templating import cn_date
from generator.source.model.instrument import InstrumentEntry
from generator.source.model.jurisdiction import Jurisdiction
from generator.source.model.law_words import Topic
from tests.every_row import every_row
from tests.policy_site import (
    TODAY,
    assumed,
    by_class,
    by_id,
    english_pages,
    page_on,
    pages,
    parsed,
    rendered,
    settings,
    silences,
    site_context,
    words,
)

CITIES = ("wuhan", "nanjing", "hangzhou", "kunming")


def digest(city: str, on: date = TODAY) -> str:
    return words(parsed(page_on(f"policies/{city}/", on)))


@cache
def trees() -> dict[str, Element]:
    return {path: parsed(page) for path, page in pages().items()}


def _gist(tree: Element, topic: str) -> Element:
    """What is seen of a topic while it is folded."""
    found = by_id(tree, topic).find("summary/span")
    assert found is not None
    return found


@pytest.mark.parametrize(
    "path", ["", "codebook/", "compare/wuhan/", "wuhan/", "wuhan/for-me/", "wuhan/tiaoli-1997/"]
)
def test_markup_is_sound(path: str) -> None:
    """One page of each kind, by a parser that forgives nothing."""
    html5lib.HTMLParser(strict=True).parseFragment(pages()[f"policies/{path}"].body)


def test_ids_are_unique() -> None:
    twice = {}
    for path, tree in trees().items():
        counted = Counter(node.get("id") for node in tree.iter() if node.get("id"))
        twice[path] = [name for name, count in counted.items() if count > 1]
    assert len(twice) > 40 and {path: names for path, names in twice.items() if names} == {}


def test_every_link_between_policy_pages_leads_to_a_place_on_them() -> None:
    ids = {path: {node.get("id") for node in tree.iter() if node.get("id")} for path, tree in trees().items()}
    checked = 0
    for path, tree in trees().items():
        for node in tree.iter("a"):
            address, fragment = urldefrag(urljoin(f"/{path}", node.get("href") or ""))
            if not address.startswith("/policies/") or "." in address:
                continue
            assert address[1:] in ids, f"{path} links to {address}, which is no page"
            assert not fragment or fragment in ids[address[1:]], f"{path} links to {address}#{fragment}"
            checked += bool(fragment)
    assert checked > 500


def test_every_provision_of_every_version_stands_at_its_permanent_address() -> None:
    for version in (v for item in settings().library.instruments for v in item.versions):
        page = parsed(pages()[f"policies/{version.jurisdiction}/{version.instrument}/"])
        for provision in version.provisions:
            assert provision.summary.replace(" ", "") in words(by_id(page, provision.anchor)), provision.path


def test_address_of_an_article_is_version_and_number() -> None:
    page = parsed(pages()["policies/wuhan/tiaoli-2015/"])
    assert "公示至少七日" in words(by_id(page, "2025/art-11"))
    assert "立法目的" in words(by_id(page, "2015/art-1"))
    hangzhou = parsed(pages()["policies/hangzhou/shishi-yijian-2023/"])
    assert "5万元" in words(by_id(hangzhou, "2023/art-2-8"))


@every_row("place", ["wuhan", "quanguo"])
def test_the_time_to_sue_is_said_to_stand_in_a_law_that_is_not_held(place: str) -> None:
    said = words(parsed(pages()[f"policies/{place}/"]))
    assert "行政诉讼的期限写在《中华人民共和国行政诉讼法》里，本站没有收录" in said
    assert "行政诉讼的期限" not in words(parsed(pages()["policies/kunming/"]))
    assert "《中华人民共和国行政诉讼法》" in words(by_id(parsed(pages()["policies/quanguo/"]), "not-held"))


def test_the_nations_digest_leads_with_every_way_to_a_martyr_with_the_disabled_and_with_soldiers() -> None:
    """One killed by an attacker comes under the first of the ways or the last, which differ in who decides."""
    told = words(by_id(parsed(pages()["policies/quanguo/"]), "figures"))
    for way in (
        "在依法查处违法犯罪行为",
        "没有任务的公民自行制止违法犯罪算不算",
        "抢险救灾，或者为抢救",
        "牺牲情节特别突出、堪为楷模",
        "向县级退役军人部门提供材料",
        "由国务院退役军人工作主管部门审查评定",
    ):
        assert way in told, way
    for group in ("职工因此致残", "现役军人因此致残、牺牲", "一级伤残"):
        assert group in told, group


def test_whose_city_is_missing_is_sent_to_the_province_before_the_nation() -> None:
    said = words(by_id(parsed(pages()["policies/"]), "cities"))
    assert re.search(
        "没有您的城市？先看您所在省的规定：.*河南.*；再看全国的规定和其中您能得到什么；然后打当地的12345",
        said,
    ), said


def test_every_city_and_what_one_can_get_there_are_one_click_from_the_overview() -> None:
    tree = parsed(pages()["policies/"])
    links = {urljoin("/policies/", node.get("href") or "") for node in tree.iter("a")}
    assert {f"/policies/{city}/" for city in (*CITIES, "hubei")} <= links
    assert {f"/policies/{city}/for-me/" for city in CITIES} <= links
    assert "/policies/compare/" in links


def test_key_figures_keep_four_comparisons_apart() -> None:
    figures = words(by_id(parsed(pages()["policies/"]), "figures"))
    for said in ("不少于7日", "每人5万元", "不低于3万元", "不低于5,000元", "1年内最长2年"):
        assert said in figures
    assert "每人不低于5万元" not in figures


@pytest.mark.parametrize("city", CITIES)
def test_digest_has_every_provision_of_the_version_in_force_with_its_article(city: str) -> None:
    version = settings().library.version_on(city, TODAY).version
    assert version is not None
    tree = parsed(pages()[f"policies/{city}/"])
    cited = {(urljoin(f"/policies/{city}/", a.get("href") or ""), words(a)) for a in tree.iter("a")}
    text = words(tree)
    for provision in version.provisions:
        assert provision.summary.replace(" ", "") in text
        assert (f"/{provision.path}", cited_words(provision.article)) in cited
    day = cn_date(version.entry.last_verified_on)
    assert f"各条规定与所据文本核对于{day}" in text
    assert day not in words(by_id(tree, "publicity_period")), "said once and not beneath each rule"


def test_digest_shows_every_topic_once() -> None:
    grouped = [name for group in wording("policies")["digest"]["groups"] for name in group["topics"]]
    assert sorted(grouped) == sorted(topic.value for topic in Topic)


def test_digest_follows_the_day() -> None:
    old, new = date(2015, 12, 31), date(2016, 1, 1)
    assert "《武汉市奖励和保护见义勇为人员条例》2010修正" in digest("wuhan", old)
    assert "《武汉市见义勇为人员奖励和保护条例》2015年制定" in digest("wuhan", new)
    assert "嘉奖、记功" in digest("wuhan", old)
    assert "嘉奖、记功" not in digest("wuhan", new)


def test_organs_keep_the_names_their_version_gives_them() -> None:
    before, now = digest("wuhan", date(2018, 6, 1)), digest("wuhan")
    assert "综治机构应当公示" in before
    assert "平安建设" not in before
    assert "平安建设主管机关应当公示" in now
    assert "综治机构应当公示" not in now


def test_a_text_of_unknown_date_says_so() -> None:
    assert "施行日期不详，不能断定当日是否已经施行" in digest("nanjing")
    assert "现在适用" not in digest("nanjing")
    assert "都没有施行日期，不能断定当日适用哪一部" in digest("hubei")
    assert "施行日期不详，不能断定是否适用" in words(by_id(parsed(pages()["policies/"]), "cities"))


def test_a_day_without_a_text_in_force_says_so() -> None:
    text = digest("hangzhou", date(2022, 6, 1))
    assert "现在没有能确定适用的文本" in text
    assert "本站没有当日有效的文本" in text


def silence_of(path: str, topic: str, on: date = TODAY) -> str:
    section = by_id(parsed(page_on(path, on)), topic)
    first = silences(section)[0]
    return (first.get("class") or "").split()[-1]


def test_three_silences_differ_in_words_and_look() -> None:
    assert silence_of("policies/hangzhou/", "publicity_period") == "yy-silence--not_regulated"
    opened = words(by_id(parsed(pages()["policies/hangzhou/"]), "publicity_period"))
    assert "省级文本未规定" in opened and "本地文件没有写" in opened and "本文件未规定" not in opened
    assert "法规未规定" in words(by_id(parsed(pages()["policies/luoyang/"]), "publicity_venue"))
    assert silence_of("policies/wuhan/", "fund_use", date(2018, 6, 1)) == "yy-silence--unknown"
    cut = words(by_id(parsed(page_on("policies/wuhan/", date(2018, 6, 1))), "fund_use"))
    assert "原文不全" in cut
    assert "法规未规定" not in cut

    entries = []
    for entry in settings().instruments:
        if entry.slug == "banfa-2014":
            (version,) = entry.versions
            kept = tuple(p for p in version.provisions if p.topic is not Topic.FUND_USE)
            shorter = version.model_copy(update={"entered": "part", "provisions": kept})
            entry = entry.model_copy(update={"versions": (shorter,)})
        entries.append(entry)
    page = rendered("policies/kunming/", site_context(library=build_library(entries)))
    missing = by_id(parsed(page), "fund_use")
    assert "尚未录入" in words(missing)
    assert (silences(missing)[0].get("class") or "").endswith("--not_entered")


def test_no_text_is_called_the_only_one_to_be_silent_below_one_that_is_not_known_whole() -> None:
    """法规未规定 says of every level that it is silent. Hubei's texts are cut off; on some days a province has none."""
    context = site_context()
    library, told = context.library, 0
    for place in context.jurisdictions:
        for day in (TODAY, *library.law_days(place)):
            for topic, view in topic_views(library, place, day).items():
                answer = library.provision(place, topic, day)
                statuses = {
                    above.status for above in answer.above if not library.only_beside(above.jurisdiction)
                }
                if answer.status is AnswerStatus.NOT_REGULATED and statuses - {AnswerStatus.NOT_REGULATED}:
                    said = [view.silence, *(item.silence for item in view.statements if item.silent)]
                    assert {silence.label for silence in said} <= {"本文件未规定", "另行规定"}, (place, topic)
                    told += bool(view.silence.unread)
    assert told > 5
    assert "省级原文不全" in words(by_id(parsed(pages()["policies/wuhan/"]), "benefit_hukou"))


def test_an_article_that_leaves_a_matter_open_is_shown_with_its_silence() -> None:
    section = words(by_id(parsed(pages()["policies/nanjing/"]), "publicity_period"))
    assert "本文件未规定" in section
    assert "本站未收录上位规定" in section
    assert "没有规定公示多少天" in section
    assert "第二十条" in section


@pytest.mark.parametrize(
    ("city", "superior"),
    [
        ("hangzhou", "《浙江省人民政府办公厅关于进一步加强见义勇为人员权益保障工作的若干意见》"),
        ("nanjing", "《江苏省奖励和保护见义勇为人员条例》"),
        ("kunming", "《云南省奖励和保护见义勇为人员条例》"),
    ],
)
def test_no_city_is_said_to_be_unregulated_whose_superior_text_is_not_at_hand(
    city: str, superior: str
) -> None:
    page = pages()[f"policies/{city}/"]
    for silent in by_class(parsed(page), "yy-silence--not_regulated"):
        assert words(silent) in ("本文件未规定", "省级文本未规定", "法规未规定")
    said = [words(by_id(parsed(page), topic.value)) for topic in Topic]
    assert not any("法规未规定" in text for text in said)
    silences = [text for text in said if "本文件未规定" in text]
    assert silences
    assert all("本站未收录上位规定" in text or "它另依据的上位规定本站未收录" in text for text in silences)
    named = words(by_id(parsed(page), "above"))
    assert superior in named
    assert words(parsed(page)).count(superior) <= 3, "named once where it matters, not in every silence"


@pytest.mark.parametrize("city", CITIES)
def test_a_summary_is_not_followed_by_a_sentence_that_says_nothing_more(city: str) -> None:
    assert "提到此事，但没有定下具体要求" not in digest(city)


def test_whom_to_apply_to_is_answered_by_the_provision_that_says_where() -> None:
    for city, said in (
        ("hubei", "《办法》行为发生地的县级综治机构、见义勇为基金会（促进会）"),
        ("kunming", "发生地公安、司法部门"),
        ("nanjing", "发生地的区公安机关"),
    ):
        figures = words(by_id(parsed(pages()[f"policies/{city}/"]), "figures"))
        answer = figures.partition("向谁申请·要交什么材料")[2].partition("多久之内申请")[0]
        assert answer.startswith(said)


def test_whom_to_apply_to_is_not_answered_by_who_may_apply() -> None:
    entries = []
    for entry in settings().instruments:
        if entry.slug == "banfa-2014":
            (version,) = entry.versions
            kept = tuple(p for p in version.provisions if not (p.topic is Topic.APPLICANT and p.value.where))
            assert any(p.topic is Topic.APPLICANT for p in kept)
            entry = entry.model_copy(update={"versions": (version.model_copy(update={"provisions": kept}),)})
        entries.append(entry)
    page = rendered("policies/kunming/", site_context(library=build_library(entries)))
    figures = words(by_id(parsed(page), "figures"))
    assert figures.partition("向谁申请·要交什么材料")[2].startswith("本文件未规定")


def test_where_the_city_is_silent_the_province_answers_and_the_page_says_so() -> None:
    library = assumed(hubei_guiding_original=date(2000, 1, 1))
    page = rendered("policies/wuhan/", site_context(library=library))
    section = by_id(parsed(page), "honour_title")
    assert "本地文件没有写，适用的是：" in words(section)
    assert "法规未规定" not in words(section) and "本站收录了全文" not in words(section)
    (province,) = by_class(section, "yy-province")
    assert "省级规定" in words(province)
    assert "供对照" not in words(province)
    assert "《湖北省见义勇为人员奖励保护规定》" in words(province)


def test_a_text_above_that_is_printed_is_not_said_to_be_missing() -> None:
    """杭州: the province's regulation is here, the opinions of its office are not."""
    tree = parsed(pages()["policies/hangzhou/"])
    for topic in Topic:
        section = words(by_id(tree, topic.value))
        assert not ("本站收录了全文" in section and "《浙江省见义勇为人员奖励和保障条例》" in section), topic
        assert "另查上级文本" not in section, topic
    assert "本地文件没有写，适用的是：" in words(by_id(tree, "definition"))
    assert "本地文件没有写。它另依据的上位规定本站未收录。" in words(by_id(tree, "application_deadline"))


def test_the_texts_that_are_missing_above_several_places_name_each_place() -> None:
    said = words(by_id(parsed(pages()["policies/"]), "above"))
    assert "南京：《江苏省奖励和保护见义勇为人员条例》。" in said and "昆明：《" in said


def test_a_text_of_the_nation_that_the_site_does_not_hold_is_named() -> None:
    named = "权益保护意见的通知》（国办发〔2012〕39号），其中可能另有规定"
    assert named in words(by_id(parsed(pages()["policies/quanguo/"]), "not-held"))
    for place in ("wuhan", "hangzhou", "kunming"):
        assert named in words(by_id(parsed(pages()[f"policies/{place}/for-me/"]), "silent")), place


def test_a_province_of_unknown_date_is_shown_beside_not_in_place() -> None:
    (province,) = by_class(by_id(parsed(pages()["policies/wuhan/"]), "honour_title"), "yy-province")
    assert "省级文本，供对照" in words(province)


def path_of(city: str, on: date = TODAY) -> list[tuple[str, str, str]]:
    drawn = trail(settings().library, city, on).legs
    return [(leg.start, leg.figure.words if leg.figure else leg.words, leg.end) for leg in drawn]


def test_an_article_of_an_old_version_says_so_where_its_address_leads() -> None:
    """policies/wuhan/tiaoli-2015/#2019/art-9: the banner of the version is far above."""
    tree = parsed(pages()["policies/wuhan/tiaoli-2015/"])
    assert "已被2025修正取代" in words(by_id(tree, "2019/art-9"))
    assert "取代" not in words(by_id(tree, "2025/art-9"))


def test_a_first_day_of_which_only_the_year_is_known_is_given_no_day() -> None:
    told = words(by_id(parsed(pages()["policies/wuhan/tiaoli-1997/"]), "events"))
    assert "2010年2010修正·施行" in told and "2010年1月1日" not in told


def test_after_a_refusal_the_way_that_the_own_text_opens_comes_before_the_doubtful_one_from_above() -> None:
    """武汉 11(3) opens 复议 and 诉讼 and leaves their time to the law on reconsideration."""
    own, *above = (leg for leg in trail(settings().library, "wuhan", TODAY).legs if leg.start == "结论送达")
    assert own.figure is not None and own.figure.number == "60" and not own.in_doubt
    assert own.cited == "《中华人民共和国行政复议法》第二十条第一款"
    page = english_pages("wuhan")[0].body
    assert "Administrative Reconsideration Law, Art.\u00a020(1)</a>" in page and "LawArt." not in page
    assert "依法申请行政复议或者起诉" in own.summary and own.remark == "第十一条第三款；针对不予确认"
    assert [leg.in_doubt for leg in above] == [True]
    section = words(by_id(parsed(pages()["policies/wuhan/"]), "path"))
    assert section.index("行政复议") < section.index("综治机构申请复核")


def test_steps_of_wuhan_are_drawn_in_their_order() -> None:
    assert path_of("wuhan") == [
        ("行为发生", "1年内（最长2年）", "申请、申报"),
        ("申请、申报", "5日内", "受理"),
        ("受理", "3日内", "提出意见"),
        ("提出意见", "30日内（最长60日）", "拟确认"),
        ("公示开始", "不少于7日", "公示期满"),
        ("公示期满", "然后", "确认"),
        ("确认", "确认之后", "颁发证书"),
        # The province's review stands beside what the city says.
        ("结论送达", "60个自然日内", "申请行政复议"),
        ("结论送达", "10日内", "申请复核"),
        ("申请复核", "30日内", "复核决定"),
    ]


def test_publicity_tied_to_the_award_comes_after_the_conclusion() -> None:
    starts = [start for start, _, _ in path_of("nanjing")]
    assert starts.index("公示开始") > starts.index("受理")
    assert starts[-2:] == ["结论送达", "申请复核"]


def test_the_ground_of_an_extension_is_said() -> None:
    section = words(by_id(parsed(pages()["policies/nanjing/"]), "review_deadline"))
    assert "30日内最长60日受理→确认结论" in section
    assert "延长的理由：情况复杂" in section


def test_a_text_without_a_procedure_says_so() -> None:
    alone = build_library(entry for entry in settings().instruments if entry.jurisdiction == "hangzhou")
    page = rendered("policies/hangzhou/", site_context(library=alone))
    assert "没有写申请、审核、公示、确认的步骤和期限" in words(by_id(parsed(page), "path"))


def test_the_steps_that_a_city_leaves_to_its_province_are_shown() -> None:
    section = words(by_id(parsed(pages()["policies/hangzhou/"]), "path"))
    assert "以下是上级文本《浙江省见义勇为人员奖励和保障条例》的步骤" in section
    assert "《浙江省见义勇为人员奖励和保障条例》" in section


@every_row(
    ("path", "on", "said"),
    [
        (
            "wuhan/tiaoli-1997/",
            TODAY,
            "本文件自2016年1月1日起废止，依据是《武汉市见义勇为人员奖励和保护条例》第三十九条",
        ),
        ("wuhan/tiaoli-1997/", date(2015, 12, 31), "本文件将自2016年1月1日起废止"),
        ("wuhan/tiaoli-2015/", TODAY, "现行版本：2025修正（推定自2025年5月29日起）"),
        ("wuhan/tiaoli-2015/", TODAY, "这一版本已被2025修正取代"),
        ("wuhan/tiaoli-2015/", date(2015, 12, 31), "本文件要到2016年1月1日才施行"),
        ("wuhan/tiaoli-2015/", date(2018, 6, 1), "这一版本尚未施行"),
        ("nanjing/tiaoli/", TODAY, "本文件的施行日期不详，不能断定现在是否适用"),
        ("kunming/banfa-2014/", date(2014, 2, 14), "本文件要到2014年2月15日才施行"),
    ],
)
def test_instrument_says_whether_it_holds(path: str, on: date, said: str) -> None:
    assert said in words(parsed(page_on(f"policies/{path}", on)))


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("zhejiang", "推定自2020年11月27日起（通过之日；施行日期本站未收录）"),
        ("beijing", "推定自2016年11月25日起（通过之日；施行日期本站未收录）"),
        ("qingdao", "推定自2010年11月25日起（批准之日；施行日期本站未收录）"),
        ("kunming", "自2014年2月15日起"),
    ],
)
def test_a_digest_says_in_one_phrase_from_when_its_text_holds_and_how_that_is_known(
    place: str, said: str
) -> None:
    assert said in words(by_class(parsed(pages()[f"policies/{place}/"]), "yy-holding")[0])


def test_the_history_of_a_provinces_text_has_no_row_of_what_it_did_not_need() -> None:
    tree = parsed(pages()["policies/zhejiang/tiaoli/"])
    assert "批准" not in words(by_id(tree, "events"))
    assert "（推断）" not in words(tree)


def test_changes_are_stated() -> None:
    changes = words(by_id(parsed(pages()["policies/wuhan/tiaoli-2015/"]), "changes"))
    assert "删去：受益人、见证人或者行为发生地公安机关、民政部门等的证明；其他能够证明事实的材料" in changes
    assert "由“综治机构”改为“平安建设主管机关”" in changes
    assert "2019修正的原文止于第十一条，其后各条改了什么无从比较" in changes


def test_a_cut_text_ends_with_a_mark_and_a_whole_one_does_not() -> None:
    tree = parsed(pages()["policies/wuhan/tiaoli-2015/"])
    assert "所据文本到此为止" in words(by_id(tree, "2019"))
    assert "所据文本到此为止" not in words(by_id(tree, "2025"))


def test_versions_line_and_events_carry_what_is_known_of_each_day() -> None:
    tree = parsed(pages()["policies/wuhan/tiaoli-2015/"])
    versions = words(by_id(tree, "versions")) + words(by_id(tree, "events"))
    for said in (
        "2016年1月1日至推定2019年7月25日",
        "2025修正·批准",
        "湖北省第十四届人民代表大会常务委员会第十七次会议",
    ):
        assert said in versions
    old = words(by_id(parsed(pages()["policies/wuhan/tiaoli-1997/"]), "versions"))
    assert "2010年至2015年12月31日" in old
    assert "日期不详" in old


def test_every_article_can_be_cited_with_its_address() -> None:
    tree = parsed(pages()["policies/wuhan/tiaoli-2015/"])
    said = words(by_id(tree, "cite/2025/art-20"))
    assert said.startswith("《武汉市见义勇为人员奖励和保护条例》（2025修正）第二十条。本站摘要：https://")
    assert said.endswith("/policies/wuhan/tiaoli-2015/#2025/art-20")


def test_an_instrument_says_where_its_own_words_can_be_read() -> None:
    links = {
        path: {a.get("href") for a in parsed(pages()[path]).iter("a")}
        for path in ("policies/wuhan/tiaoli-2015/", "policies/hangzhou/shishi-yijian-2023/")
    }
    assert "https://flk.npc.gov.cn/" in links["policies/wuhan/tiaoli-2015/"]
    assert "https://flk.npc.gov.cn/" not in links["policies/hangzhou/shishi-yijian-2023/"], (
        "a normative document is not in the database"
    )


def test_what_an_instrument_cites_and_repeals_is_listed_and_linked_where_at_hand() -> None:
    tree = parsed(pages()["policies/wuhan/tiaoli-2015/"])
    assert "《烈士褒扬条例》" in words(by_id(tree, "cites"))
    repealed = by_id(tree, "repeals")
    assert "1997年11月20日武汉市第九届人大常委会第三十六次会议通过" in words(repealed)
    assert [urljoin("/policies/wuhan/tiaoli-2015/", a.get("href") or "") for a in repealed.iter("a")] == [
        "/policies/wuhan/tiaoli-1997/"
    ]


def test_a_jurisdiction_without_any_text_has_a_page_that_says_so() -> None:
    library = build_library(entry for entry in settings().instruments if entry.jurisdiction != "kunming")
    page = rendered("policies/kunming/", replace(site_context(), library=library))
    assert "本站没有收录该地的文本" in words(parsed(page))


def test_a_digest_is_cited_as_this_sites_summary() -> None:
    digests = {p: page for p, page in pages().items() if p.count("/") >= 2 and "compare" not in p}
    assert len(digests) > 30
    for path, page in digests.items():
        gbt = words(by_id(trees()[path], "cite-gbt7714-2015"))
        title = page.title + ("条文摘要" if path.count("/") == 3 and "for-me" not in path else "")
        assert gbt.startswith(f"{site_context().site.owner}.{title}[EB/OL].("), gbt
        assert gbt.endswith(f".https://yiyong.example/{path}."), gbt
        # What is not printed is made ready by the theme once it opens.
        on_paper = path == "policies/codebook/" or title.endswith("条文摘要")
        assert ("assets/cite.js" in page.head) == on_paper, path
        assert 'name="citation_title"' in page.head, path


def test_what_is_cited_changes_with_the_text_in_force_and_not_with_the_day() -> None:
    def cited(on: date) -> str:
        return words(by_id(parsed(page_on("policies/wuhan/", on)), "cite-ris"))

    assert cited(date(2015, 12, 31)) != cited(date(2016, 1, 1))
    assert cited(TODAY) == cited(date(2026, 11, 23))


def test_the_province_s_way_of_review_stands_beside_the_city_s() -> None:
    page = parsed(pages()["policies/wuhan/"])
    section = words(by_id(page, "appeal_reconsideration"))
    assert "行政复议" in section and "省级规定的另一途径" in section
    assert "10日" in section and "上一级综治机构" in section
    answer = words(by_id(page, "figures")).partition("不服怎么办")[2]
    assert "行政复议" in answer and "10日内" in answer
    assert "省级规定的另一途径：《办法》" in answer and "第十二条第三款" in answer
    assert "这里的《办法》指《湖北省见义勇为人员奖励和保护办法》原始公布版。" in answer


def test_of_two_texts_that_may_hold_each_card_names_its_own_in_short() -> None:
    page = parsed(pages()["policies/hubei/"])
    holding = words(next(iter(by_class(page, "yy-holding"))))
    assert "奖励和保护办法》原始公布版（下称《办法》）" in holding
    assert "奖励保护规定》原始公布版（下称《规定》）" in holding
    cards = [words(node) for node in by_class(by_id(page, "figures"), "yy-key")]
    assert "《办法》综治机构第八条" in cards
    assert any(card.startswith("《规定》7日内") and card.endswith("第十条") for card in cards)
    assert not any("湖北省" in card for card in cards)


def test_the_official_text_is_linked_where_its_address_is_known() -> None:
    (entry,) = (entry for entry in settings().instruments if entry.jurisdiction == "kunming")
    address = "https://example.gov.cn/banfa.html"
    version = entry.versions[0].model_copy(update={"official_url": address})
    library = build_library([entry.model_copy(update={"versions": (version,)})])
    path = "policies/kunming/banfa-2014/"
    assert address in [a.get("href") for a in parsed(rendered(path, site_context(library=library))).iter("a")]
    assert "官方文本" not in words(parsed(pages()[path]))


def test_a_place_that_applies_its_province_shows_the_province_s_law() -> None:
    xiangyang = Jurisdiction.model_validate(
        {
            "slug": "xiangyang",
            "name": "襄阳",
            "full_name": "襄阳市",
            "level": "city",
            "parent": "hubei",
            "applies_province": "true",
            "order": "50",
        }
    )
    library = build_library(
        [entry for entry in settings().instruments if entry.slug != "guiding"],
        parents={"xiangyang": "hubei"},
        applying=["xiangyang"],
        levels={"xiangyang": "city", "hubei": "province"},
        settings=LibrarySettings(assumed_in_force_from={"hubei/banfa/original": date(2018, 1, 1)}),
    )
    context = replace(
        site_context(library=library),
        jurisdictions={**settings().jurisdictions, "xiangyang": xiangyang},
    )
    page = rendered("policies/xiangyang/", context)
    text = words(parsed(page))
    assert "本地没有自己的文本，直接适用上级的规定" in text
    assert "《湖北省见义勇为人员奖励和保护办法》" in text
    assert "推定自2018年1月1日起" in text
    assert "省级规定的另一途径" not in text
    assert "10日" in words(by_id(parsed(page), "appeal_reconsideration"))
    assert "../hubei/banfa/" in page.body
    overview = words(parsed(rendered("policies/", context)))
    assert "襄阳" in overview


def test_what_is_inferred_and_what_is_open_says_so() -> None:
    old = words(parsed(pages()["policies/wuhan/tiaoli-1997/"]))
    assert "2010年（据题注推定）" in old
    assert "1997年11月20日" in old and "第三十九条" in old
    new = words(parsed(pages()["policies/wuhan/tiaoli-2015/"]))
    assert "施行日期见2025修正第三十九条" in new
    assert "施行日期写在文本里" not in new
    assert "会议通过的是修正本文件的《武汉市人民代表大会常务委员会关于修改部分地方性法规的决定》" in new
    assert "推定自2025年5月29日起" in words(parsed(pages()["policies/wuhan/"]))
    assert "条文没有写：奖金是否计入家庭收入" in new
    assert "规定、办法（推断）" in words(parsed(pages()["policies/hubei/banfa/"]))


def test_the_list_of_texts_says_what_each_is_and_whether_it_is_in_force() -> None:
    def row(place: str, title: str) -> list[str]:
        listed = by_id(parsed(pages()[f"policies/{place}/"]), "instruments")
        found = next(item for item in listed.iter("li") if words(item).startswith(f"《{title}》"))
        return [words(line) for line in found.iter("p")]

    assert row("wuhan", "武汉市奖励和保护见义勇为人员条例")[1:] == [
        "地方性法规武汉市人民代表大会常务委员会",
        "2010修正已废止2010年至2015年12月31日",
    ]
    assert row("wuhan", "武汉市见义勇为人员奖励和保护条例")[2:] == [
        "2015年制定已被新版本取代2016年1月1日至推定2019年7月25日",
        "2019修正已被新版本取代推定2019年7月26日至推定2025年5月28日",
        "2025修正现行推定2025年5月29日至今",
    ]
    assert row("hubei", "湖北省见义勇为人员奖励和保护办法")[1:] == [
        "规定、办法（推断）",
        "原始公布版施行日期不详",
    ]
    assert "国家法律法规数据库" in words(by_id(parsed(pages()["policies/wuhan/"]), "instruments"))


def test_the_rules_of_two_texts_stand_under_the_short_titles_that_the_head_declares() -> None:
    page = parsed(pages()["policies/hubei/"])
    assert "下称《办法》" in words(page) and "下称《规定》" in words(page)
    headings = [
        words(item)
        for listed in by_class(page, "yy-rules")
        for item in listed.iter("li")
        if item.find("div") is None
    ]
    assert {"《办法》", "《规定》"} <= set(headings)
    assert not any("湖北省" in heading for heading in headings)


def test_what_is_left_to_another_organ_is_not_silence() -> None:
    assert "另行规定" in words(by_id(parsed(pages()["policies/hubei/guiding/"]), "original/art-14"))


def test_an_outsider_reads_first_what_the_scope_leaves_out() -> None:
    page = parsed(pages()["policies/kunming/"])
    scope = words(by_id(page, "for-whom"))
    assert "非昆明市人员在昆明市见义勇为的，条文写明适用的只有表彰奖励" in scope
    assert "现役军人" in scope and "第二条第三款" in scope
    text = words(page)
    text = text.split(words(by_class(page, "yy-contents")[0]))[1]
    assert text.index("适用于哪些人") < text.index("先看这几件事") < text.index("待遇和保障")
    # In Wuhan the text applies whole to whoever acts there; only acts elsewhere are left to analogy.
    wuhan_page = parsed(pages()["policies/wuhan/"])
    text = words(wuhan_page).split(words(by_class(wuhan_page, "yy-contents")[0]))[1]
    assert text.index("先看这几件事") < text.index("适用于哪些人") < text.index("一步一步怎么走")
    wuhan = words(by_id(parsed(pages()["policies/wuhan/"]), "for-whom"))
    assert "可以参照适用，不是必然适用" in wuhan and "只有" not in wuhan
    # 参照 without 可以 leaves the organ no choice whether, and is not said to.
    for place in ("beijing", "shandong", "qingdao", "luoyang"):
        scope = words(by_id(parsed(pages()[f"policies/{place}/"]), "for-whom"))
        assert "参照适用" in scope and "可以参照" not in scope


def test_a_benefit_says_for_whom_and_on_what() -> None:
    nanjing = words(by_id(parsed(pages()["policies/nanjing/"]), "benefit_hukou"))
    assert "给本人；须获市级以上荣誉称号；限非南京市户籍；向公安机关申请" in nanjing
    medical = words(by_id(parsed(pages()["policies/nanjing/"]), "benefit_medical"))
    assert "支付的先后：加害人、责任人→保险机构→发生地的见义勇为基金" in medical


def test_of_laws_on_other_matters_only_what_was_taken_is_shown() -> None:
    nation = Jurisdiction.model_validate(
        {
            "slug": "nation",
            "name": "国家",
            "full_name": "中华人民共和国",
            "level": "nation",
            "order": "200",
            "keeps_register": "false",
        }
    )
    law = InstrumentEntry.model_validate(
        {
            "jurisdiction": "nation",
            "slug": "shili",
            "title": "示例法",
            "kind": "law",
            "matter": "other",
            "versions": [
                {
                    "slug": "a",
                    "label": "示例",
                    "kind": "enacted",
                    "adopted_on": "2019-12-01",
                    "in_force_from": "2020-01-01",
                    "in_force_until": "open",
                    "text_at_hand": "whole",
                    "entered": "selected",
                    "last_verified_on": "2026-11-01",
                    "provisions": [
                        {
                            "topic": "compensation",
                            "article": "第一百八十三条",
                            "modality": "may",
                            "summary": "受益人可以给予适当补偿。",
                        }
                    ],
                }
            ],
        }
    )
    library = build_library(
        [*settings().instruments, law],
        parents={"wuhan": "hubei", "hubei": "nation", "nanjing": "nation"},
        levels={"nation": "nation", "hubei": "province"},
        settings=LibrarySettings(undated_amendments_count_from="approval"),
    )
    context = replace(
        site_context(library=library), jurisdictions={**settings().jurisdictions, "nation": nation}
    )
    own = rendered("policies/nation/", context)
    text = words(parsed(own))
    assert "只选录与见义勇为有关的条文" in text and "第一百八十三条" in text
    assert "尚未录入" not in text.partition("“未规定”的几种含义")[0]
    assert "示例法" in words(parsed(rendered("policies/", context)))
    city = words(parsed(rendered("policies/nanjing/", context)))
    assert "国家规定：" not in city
    compared = rendered("policies/compare/", context).body
    assert "国家</th>" not in compared


def test_what_the_nation_says_in_passing_is_folded_where_the_own_text_is_uncertain() -> None:
    page = pages()["policies/hubei/"]
    assert len(page.body.encode()) < 114_000
    folded = by_class(parsed(page), "yy-compared")
    assert folded
    assert not any(by_class(node, "yy-rules") for node in folded)


def test_a_way_of_its_own_is_never_folded() -> None:
    for place in ("hangzhou", "wuhan", "beijing"):
        section = by_id(parsed(pages()[f"policies/{place}/"]), "appeal_reconsideration")
        assert not by_class(section, "yy-compared")
        assert "六十日内申请" in words(section)


def test_the_overview_says_the_national_ways_once() -> None:
    tree = parsed(pages()["policies/"])
    assert "60个自然日内" in words(by_id(tree, "national"))
    assert words(tree).count("60个自然日内") == words(by_id(tree, "national")).count("60个自然日内")
    assert "10日内" in words(by_id(tree, "figures")), "the province's own way stays in the table"


def test_a_place_without_a_text_has_one_honest_line_and_not_forty() -> None:
    """Under the nation alone, a place shows what the nation says and no row of silences."""
    nowhere = Jurisdiction.model_validate(
        {
            "slug": "nowhere",
            "name": "某市",
            "full_name": "某市",
            "level": "city",
            "parent": "quanguo",
            "order": "60",
        }
    )
    library = build_library(
        settings().instruments,
        parents={**settings().library.parents, "nowhere": "quanguo"},
        levels={**settings().library.levels, "nowhere": "city"},
        names=settings().library.names,
        settings=settings().library.settings,
    )
    context = replace(
        site_context(library=library), jurisdictions={**settings().jurisdictions, "nowhere": nowhere}
    )
    tree = parsed(rendered("policies/nowhere/", context))
    assert words(tree).count("本站没有收录该地的文本") == 1
    assert "本站没有当日有效的文本" not in words(tree)
    assert "六十日内申请" in words(tree)


def test_a_step_of_shandong_bears_the_name_that_its_text_has() -> None:
    told = words(parsed(pages()["policies/shandong/"]))
    assert "结论送达→申请再次确认" in told and "申请再次确认→组织评审" in told
    assert "申请复核" not in told


@every_row("place", ["wuhan", "kunming", "henan", "shandong", "beijing"])
def test_the_line_of_a_topic_says_who_pays_before_what_others_must_do(place: str) -> None:
    """It is all of a folded topic that is printed: 送医 told nobody who pays."""
    tree = parsed(pages()[f"policies/{place}/"])
    gist = _gist(tree, "benefit_medical")
    library = settings().library
    rows = [
        row
        for version in library.version_on(place, TODAY).candidates
        for row in version.by_topic.get(Topic.BENEFIT_MEDICAL, ())
    ]
    paying = [row.summary for row in rows if row.benefit is not None and row.benefit.payers]
    assert paying and all(summary.replace(" ", "") in words(gist) for summary in paying)
    assert not any(
        row.summary in words(gist) for row in rows if row.benefit is not None and row.benefit.duty_of_others
    )


def test_a_digest_lists_its_sections_beneath_its_title_too() -> None:
    tree = parsed(pages()["policies/hubei/"])
    folded, aside = by_class(tree, "yy-toc")
    assert [a.get("href") for a in folded.iter("a")] == [a.get("href") for a in aside.iter("a")]
    (own,) = by_class(tree, "yy-contents")
    assert folded in list(own.iter()), "on a phone it is folded at the head"


def test_where_two_texts_may_hold_the_site_says_what_to_do() -> None:
    assert "本站建议：几部写的期限不同的" in words(parsed(pages()["policies/hubei/"]))
    for place in ("wuhan", "nanjing", "quanguo"):
        assert "本站建议" not in words(parsed(pages()[f"policies/{place}/"])), place


def test_the_nations_other_laws_tell_nothing_of_when_a_places_text_begins() -> None:
    tree = parsed(pages()["policies/hubei/"])
    assert "《工伤保险条例》" not in words(by_id(tree, "effective_date"))


def test_a_shut_article_says_how_many_rules_it_has() -> None:
    tree = parsed(pages()["policies/wuhan/tiaoli-2015/"])
    heads = [words(row[0]) for row in by_class(tree, "yy-article")]
    assert [head for head in heads if head.startswith("第二十二条") and head.endswith("等4项")]


def test_the_bonuses_of_kunming_are_told_whole_and_with_the_text_s_or() -> None:
    keys = words(by_id(parsed(pages()["policies/kunming/"]), "figures"))
    gate = "经市社会管理综合治理部门审核、市人民政府批准，授予市级称号，并且"
    assert f"{gate}有较大贡献或者经司法医学鉴定为轻伤的第十八条第（一）项" in keys
    assert f"{gate}有重大贡献或者经司法医学鉴定为重伤的第十八条第（二）项" in keys
    assert "向省综治部门申报，按规定给予奖励。第十八条第（三）项" in keys
    assert "报同级政府批准后表彰奖励" in keys


@pytest.mark.parametrize(("place", "hedged"), [("nanjing", True), ("henan", True), ("kunming", False)])
def test_a_deadline_that_is_only_general_says_so_beside_its_figure(place: str, hedged: bool) -> None:
    keys = words(by_id(parsed(pages()[f"policies/{place}/"]), "figures"))
    assert ("一般应当" in keys) == hedged


@pytest.mark.parametrize(("place", "open_unit"), [("wuhan", True), ("kunming", True), ("hangzhou", False)])
def test_days_of_which_no_text_says_what_they_are_are_said_to_be_so(place: str, open_unit: bool) -> None:
    keys = words(by_id(parsed(pages()[f"policies/{place}/"]), "figures"))
    assert ("没有写是自然日还是工作日" in keys) == open_unit


def test_hangzhou_tells_what_its_province_leaves_open_of_a_first_thing() -> None:
    keys = words(by_id(parsed(pages()["policies/hangzhou/"]), "figures"))
    assert "申请、举荐没有规定期限" in keys and "没有定天数" in keys
    assert "条例只写表彰、奖励应当公开进行；要不要公示、公示多少天没有规定。" in keys
    assert "行为发生地的公安机关" in keys and "省级规定" in keys


def test_the_national_ways_begin_with_the_ordinary_sixty_days_to_apply() -> None:
    """第二十条 has two periods at one address: neither takes the place of the other."""
    (ways,) = by_class(by_id(parsed(pages()["policies/"]), "national"), "yy-national__ways")
    items = [words(item) for item in ways]
    assert items.pop(0) == "《中华人民共和国行政复议法》2023修订"
    for item, article in zip(
        items, ("第二十条第一款", "第二十条第三款", "第六十二条第一款", "第六十二条第二款"), strict=True
    ):
        assert item.endswith(article)
    assert "自知道或者应当知道该行政行为之日起六十日内申请行政复议" in items[0]


def test_an_exception_comes_after_its_rule_however_the_law_was_entered() -> None:
    entries = []
    for entry in settings().instruments:
        if entry.slug == "xingzheng-fuyi-fa":
            (version,) = entry.versions
            turned = version.model_copy(update={"provisions": tuple(reversed(version.provisions))})
            entry = entry.model_copy(update={"versions": (turned,)})
        entries.append(entry)
    library = build_library(
        entries,
        parents=settings().library.parents,
        levels=settings().library.levels,
        names=settings().library.names,
        settings=settings().library.settings,
    )
    context = site_context(library=library)
    national = words(by_id(parsed(rendered("policies/", context)), "national"))
    keys = words(by_id(parsed(rendered("policies/wuhan/", context)), "figures"))
    for said in (national, keys):
        assert said.index("第二十条第一款") < said.index("第二十条第三款")


def test_a_cell_of_the_overview_cuts_no_period() -> None:
    """Luoyang has three against a decision, two of them its province's; bonuses are cut."""
    figures = by_id(parsed(pages()["policies/"]), "figures")
    rows = {words(next(row.iter("th"))): words(row) for row in figures.iter("tr")}
    for said in ("10个工作日内", "针对不予确认：15日内结论送达→申请复核", "30日内申请复核→复核决定"):
        assert said in rows["不服怎么办"]
    assert "另有" not in rows["不服怎么办"] and "另有" in rows["奖金多少"]


def test_no_first_figure_stands_without_its_condition() -> None:
    provisions = [p for item in settings().library.instruments for v in item.versions for p in v.provisions]
    of_address: dict[tuple[str, str], list[Provision]] = {}
    for provision in provisions:
        if provision.value.conditions and figure_of(provision.value) is not None:
            of_address.setdefault((f"/{provision.path}", cited_words(provision.article)), []).append(
                provision
            )
    checked = 0
    for path in (path for path in pages() if path.count("/") <= 2 and "co" not in path.partition("/")[2]):
        for entry in by_class(by_id(parsed(pages()[path]), "figures"), "yy-key"):
            # The longest time is told by its ground.
            amount = "".join(words(node).partition("最长")[0] for node in by_class(entry, "yy-amount"))
            said = words(entry)
            for link in entry.iter("a"):
                address = urljoin(f"/{path}", link.get("href") or "")
                candidates = [
                    item
                    for item in of_address.get((address, words(link).rpartition("》")[2]), ())
                    if (figure := figure_of(item.value)) is not None and figure.number in amount
                ]
                if candidates:
                    assert any(
                        item.summary.replace(" ", "") in said
                        or all(words_of in said for words_of in item.value.conditions)
                        for item in candidates
                    ), (path, said)
                    checked += 1
    assert checked > 12
    wuhan = words(by_id(parsed(pages()["policies/wuhan/"]), "figures"))
    assert "条件：行政机关没有告知复议的权利、机关和期限" in wuhan


def test_the_sixty_days_are_said_to_run_from_when_somebody_knew() -> None:
    for city in ("wuhan", "beijing", "quanguo"):
        keys = words(by_id(parsed(pages()[f"policies/{city}/"]), "figures"))
        sixty = keys.partition("60个自然日内")[2].partition("第二十条第一款")[0]
        assert "自知道或者应当知道该行政行为之日起六十日内申请行政复议" in sixty
        assert "结论送达" not in sixty


def test_conditions_days_not_counted_and_grounds_stand_with_the_first_figures() -> None:
    kunming = words(by_id(parsed(pages()["policies/kunming/"]), "figures"))
    assert "30日内要依据其他结论才能申报的" in kunming
    assert "条件：事实清楚，材料齐全" in kunming
    hubei = words(by_id(parsed(pages()["policies/hubei/"]), "figures"))
    assert "不计入的时间：等待司法机关处理结论的时间" in hubei
    wuhan = words(by_id(parsed(pages()["policies/wuhan/"]), "figures"))
    assert "行为发生→申请、申报延长的理由：情况复杂" in wuhan


def test_a_folded_topic_shows_no_figure_without_its_condition() -> None:
    tree = parsed(pages()["policies/kunming/"])

    def gist(topic: str) -> str:
        return words(_gist(tree, topic))

    assert gist("application_deadline") == "90日内"
    assert gist("review_deadline").startswith("接到申报后，事实清楚、材料齐全的，应当在30日内")
    assert gist("bonus") == "不低于5,000元"


@pytest.mark.parametrize(
    ("place", "named"),
    [
        ("wuhan", "应当提供三项材料：申请书或者举荐书；申请人或者举荐人的身份证明；见义勇为事实材料。"),
        ("nanjing", "提交四项材料：举荐或者申报的书面材料；"),
        ("kunming", "申报应当提交八项相关材料：行为人的陈述；"),
        ("luoyang", "提供四项中相应的证明材料：知情的所在单位，"),
        ("qingdao", "另有三种证明经查证属实也可以：发生地乡镇人民政府、"),
    ],
)
def test_what_to_hand_in_is_named_in_the_line_that_is_printed_and_the_steps_lead_there(
    place: str, named: str
) -> None:
    page = parsed(pages()[f"policies/{place}/"])
    assert named in words(_gist(page, "materials"))
    for part in ("figures", "path"):
        links = [a for a in by_id(page, part).iter("a") if a.get("href") == "#materials"]
        assert links and {words(a) for a in links} == {"要交什么材料"}, part


def test_where_no_text_says_what_to_hand_in_no_step_promises_it() -> None:
    for place in ("beijing", "zhejiang", "hangzhou"):
        assert "#materials" not in pages()[f"policies/{place}/"].body, place


def test_where_ways_of_different_times_may_hold_one_prepares_for_the_shortest() -> None:
    advice = "请按最短的期限准备"
    told = {
        place: words(by_id(parsed(pages()[f"policies/{place}/"]), "figures"))
        for place in ("wuhan", "nanjing")
    }
    assert told["wuhan"].count(advice) == 1
    assert told["wuhan"].index(advice) < told["wuhan"].index("也可以依《中华人民共和国行政复议法》")
    assert advice not in told["nanjing"], "what is certain to hold needs no advice"


def test_the_table_of_all_places_opens_with_by_when_to_apply() -> None:
    opened = [row for row in parsed(pages()["policies/"]).iter("tr") if "data-opened" in row.attrib]
    assert [words(next(row.iter("th"))) for row in opened] == ["多久之内申请"]
