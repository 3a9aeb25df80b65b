"""Policy pages: every article at its permanent address, every statement cited, silences kept apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from urllib.parse import urldefrag, urljoin

import pytest

from generator.catalogue import wording
from generator.law.instruments import build_library
from generator.pages.policy.policy_path import legs
from generator.pages.policy.policy_values import cited_words
from generator.source.model.instrument import Topic
from tests.pages.policy_site import (
    TODAY,
    assumed,
    by_class,
    by_id,
    pages,
    parsed,
    rendered,
    settings,
    site_context,
    words,
)

CITIES = ("wuhan", "nanjing", "hangzhou", "kunming")
PATHS = tuple(pages())


def digest(city: str, on: date = TODAY) -> str:
    return words(parsed(pages(on)[f"policies/{city}/"]))


@pytest.mark.parametrize("path", PATHS)
def test_markup_is_sound_and_ids_are_unique(path: str) -> None:
    counted = Counter(node.get("id") for node in parsed(pages()[path]).iter() if node.get("id"))
    assert [name for name, count in counted.items() if count > 1] == []


def test_every_link_between_policy_pages_leads_to_a_place_on_them() -> None:
    ids = {
        path: {node.get("id") for node in parsed(page).iter() if node.get("id")}
        for path, page in pages().items()
    }
    checked = 0
    for path, page in pages().items():
        for node in parsed(page).iter("a"):
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


def test_every_city_is_one_click_from_the_overview() -> None:
    tree = parsed(pages()["policies/"])
    links = {urljoin("/policies/", node.get("href") or "") for node in tree.iter("a")}
    assert {f"/policies/{city}/" for city in (*CITIES, "hubei")} <= links
    assert "/policies/compare/" in links


def test_key_figures_keep_four_comparisons_apart() -> None:
    figures = words(by_id(parsed(pages()["policies/"]), "figures"))
    for said in ("不少于7日", "每人5万元", "不低于3万元", "不低于8万元", "1年内最长2年"):
        assert said in figures
    assert "不低于5万元" not in figures


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
    assert f"核对于{version.entry.last_verified_on.isoformat()}" in text


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
    assert "由综治机构公示" in before
    assert "平安建设" not in before
    assert "由平安建设主管机关公示" in now
    assert "由综治机构公示" not in now


def test_a_text_of_unknown_date_says_so() -> None:
    assert "施行日期不详，不能断定当日是否已经施行" in digest("nanjing")
    assert "现在适用" not in digest("nanjing")
    assert "都没有施行日期，不能断定当日适用哪一部" in digest("hubei")
    assert "适用时间不能断定" in words(by_id(parsed(pages()["policies/"]), "cities"))


def test_a_day_without_a_text_in_force_says_so() -> None:
    text = digest("hangzhou", date(2022, 6, 1))
    assert "现在没有能确定适用的文本" in text
    assert "本站没有当日有效的文本" in text


def silence_of(path: str, topic: str, on: date = TODAY) -> str:
    section = by_id(parsed(pages(on)[path]), topic)
    first = by_class(section, "yy-silence")[0]
    return (first.get("class") or "").split()[-1]


def test_three_silences_differ_in_words_and_look() -> None:
    assert silence_of("policies/hangzhou/", "publicity_period") == "yy-silence--not_regulated"
    assert "本文件未规定" in words(by_id(parsed(pages()["policies/hangzhou/"]), "publicity_period"))
    assert "法规未规定" in words(by_id(parsed(pages()["policies/wuhan/"]), "publicity_venue"))
    assert silence_of("policies/wuhan/", "fund_use", date(2018, 6, 1)) == "yy-silence--unknown"
    cut = words(by_id(parsed(pages(date(2018, 6, 1))["policies/wuhan/"]), "fund_use"))
    assert "原文不全" in cut
    assert "法规未规定" not in cut

    entries = []
    for entry in settings().instruments:
        if entry.slug == "banfa-2014":
            (version,) = entry.versions
            kept = tuple(p for p in version.provisions if p.topic is not Topic.FUND_USE)
            shorter = version.model_copy(update={"complete": False, "provisions": kept})
            entry = entry.model_copy(update={"versions": (shorter,)})
        entries.append(entry)
    page = rendered("policies/kunming/", site_context(library=build_library(entries)))
    missing = by_id(parsed(page), "fund_use")
    assert "尚未录入" in words(missing)
    assert (by_class(missing, "yy-silence")[0].get("class") or "").endswith("--not_entered")


def test_an_article_that_leaves_a_matter_open_is_shown_with_its_silence() -> None:
    section = words(by_id(parsed(pages()["policies/nanjing/"]), "publicity_period"))
    assert "本文件未规定" in section
    assert "本站未收录上位规定" in section
    assert "没有规定公示多少天" in section
    assert "第二十条" in section


@pytest.mark.parametrize(
    ("city", "superior"),
    [
        ("hangzhou", "《浙江省见义勇为人员奖励和保障条例》"),
        ("nanjing", "《江苏省奖励和保护见义勇为人员条例》"),
        ("kunming", "《云南省奖励和保护见义勇为人员条例》"),
    ],
)
def test_no_city_is_said_to_be_unregulated_whose_superior_text_is_not_at_hand(
    city: str, superior: str
) -> None:
    page = pages()[f"policies/{city}/"]
    for silent in by_class(parsed(page), "yy-silence--not_regulated"):
        assert words(silent) in ("本文件未规定", "法规未规定")
    said = [words(by_id(parsed(page), topic.value)) for topic in Topic]
    assert not any("法规未规定" in text for text in said)
    silences = [text for text in said if "本文件未规定" in text]
    assert silences
    assert all("本站未收录上位规定" in text for text in silences)
    named = words(by_id(parsed(page), "above"))
    assert superior in named
    assert words(parsed(page)).count(superior) <= 3, "named once where it matters, not in every silence"


@pytest.mark.parametrize("city", CITIES)
def test_a_summary_is_not_followed_by_a_sentence_that_says_nothing_more(city: str) -> None:
    assert "提到此事，但没有定下具体要求" not in digest(city)


def test_whom_to_apply_to_is_answered_by_the_provision_that_says_where() -> None:
    for city, said in (
        ("hubei", "行为发生地的县级综治机构、见义勇为基金会（促进会）"),
        ("kunming", "发生地公安、司法部门"),
        ("nanjing", "发生地的区公安机关"),
    ):
        figures = words(by_id(parsed(pages()[f"policies/{city}/"]), "figures"))
        answer = figures.partition("向谁申请")[2].partition("多久之内申请")[0]
        assert answer.startswith(said)


def test_whom_to_apply_to_is_not_answered_by_who_may_apply() -> None:
    entries = []
    for entry in settings().instruments:
        if entry.slug == "tiaoli" and entry.jurisdiction == "nanjing":
            (version,) = entry.versions
            kept = tuple(p for p in version.provisions if not (p.topic is Topic.APPLICANT and p.value.where))
            assert any(p.topic is Topic.APPLICANT for p in kept)
            entry = entry.model_copy(update={"versions": (version.model_copy(update={"provisions": kept}),)})
        entries.append(entry)
    page = rendered("policies/nanjing/", site_context(library=build_library(entries)))
    figures = words(by_id(parsed(page), "figures"))
    assert figures.partition("向谁申请")[2].startswith("本文件未规定")


def test_where_the_city_is_silent_the_province_answers_and_the_page_says_so() -> None:
    library = assumed(hubei_guiding_original=date(2000, 1, 1))
    page = rendered("policies/wuhan/", site_context(library=library))
    section = by_id(parsed(page), "honour_title")
    assert "本文件未规定" in words(section)
    assert "法规未规定" not in words(section)
    assert "本市文本没有规定，另查省级文本" in words(section)
    (province,) = by_class(section, "yy-province")
    assert "省级规定" in words(province)
    assert "供对照" not in words(province)
    assert "《湖北省见义勇为人员奖励保护规定》" in words(province)


def test_a_province_of_unknown_date_is_shown_beside_not_in_place() -> None:
    (province,) = by_class(by_id(parsed(pages()["policies/wuhan/"]), "honour_title"), "yy-province")
    assert "省级文本，供对照" in words(province)


def path_of(city: str, on: date = TODAY) -> list[tuple[str, str, str]]:
    version = settings().library.version_on(city, on).version
    assert version is not None
    return [(leg.start, leg.figure.words if leg.figure else leg.words, leg.end) for leg in legs(version)]


def test_steps_of_wuhan_are_drawn_in_their_order() -> None:
    assert path_of("wuhan") == [
        ("行为发生", "1年内（最长2年）", "申请、申报"),
        ("申请、申报", "5日内", "受理"),
        ("受理", "3日内", "提出意见"),
        ("提出意见", "30日内（最长60日）", "拟确认"),
        ("公示开始", "不少于7日", "公示期满"),
        ("公示期满", "之后", "确认"),
        ("确认", "不早于此", "颁发证书"),
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
    section = words(by_id(parsed(pages()["policies/hangzhou/"]), "path"))
    assert "没有写申请、审核、公示、确认的步骤和期限" in section


@pytest.mark.parametrize(
    ("path", "on", "said"),
    [
        (
            "wuhan/tiaoli-1997/",
            TODAY,
            "本文件自2016年1月1日起废止，依据是《武汉市见义勇为人员奖励和保护条例》第三十九条",
        ),
        ("wuhan/tiaoli-1997/", date(2015, 12, 31), "本文件将自2016年1月1日起废止"),
        ("wuhan/tiaoli-2015/", TODAY, "现行版本：2025修正（自2025年5月29日起）"),
        ("wuhan/tiaoli-2015/", TODAY, "这一版本已被2025修正取代"),
        ("wuhan/tiaoli-2015/", date(2015, 12, 31), "本文件要到2016年1月1日才施行"),
        ("wuhan/tiaoli-2015/", date(2018, 6, 1), "这一版本尚未施行"),
        ("nanjing/tiaoli/", TODAY, "本文件的施行日期不详，不能断定现在是否适用"),
        ("kunming/banfa-2014/", date(2014, 2, 14), "本文件要到2014年2月15日才施行"),
    ],
)
def test_instrument_says_whether_it_holds(path: str, on: date, said: str) -> None:
    assert said in words(parsed(pages(on)[f"policies/{path}"]))


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
    versions = words(by_id(parsed(pages()["policies/wuhan/tiaoli-2015/"]), "versions"))
    for said in (
        "2016年1月1日至2019年7月25日",
        "2025修正·批准",
        "由湖北省第十四届人民代表大会常务委员会第十七次会议",
    ):
        assert said in versions
    old = words(by_id(parsed(pages()["policies/wuhan/tiaoli-1997/"]), "versions"))
    assert "2010年至2015年12月31日" in old
    assert "日期不详" in old


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


@pytest.mark.parametrize("path", [path for path in PATHS if path.count("/") >= 2 and "compare" not in path])
def test_a_digest_is_cited_as_this_sites_summary(path: str) -> None:
    page = pages()[path]
    gbt = words(by_id(parsed(page), "cite-gbt7714-2015"))
    title = page.title + ("条文摘要" if path.count("/") == 3 else "")
    assert gbt.startswith(f"{site_context().site.owner}.{title}[EB/OL].("), gbt
    assert gbt.endswith(f".https://yiyong.example/{path}."), gbt
    assert "assets/cite.js" in page.head
    assert 'name="citation_title"' in page.head


def test_what_is_cited_changes_with_the_text_in_force_and_not_with_the_day() -> None:
    def cited(on: date) -> str:
        return words(by_id(parsed(pages(on)["policies/wuhan/"]), "cite-ris"))

    assert cited(date(2015, 12, 31)) != cited(date(2016, 1, 1))
    assert cited(TODAY) == cited(date(2026, 11, 23))
