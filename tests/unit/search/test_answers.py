"""The table of questions: what heads a rule on the pages of the law is a question that it answers."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import pytest

from generator.catalogue import Language, speaking, spoken, wording
from generator.desk.new_project import provinces
from generator.outputs.search.answer_texts import answer_files
from generator.outputs.search.search_manifest import english_manifest, search_manifest
from tests.policy_site import site_context

NO_QUESTION = "other"
"""其他: nobody asks for it."""


@cache
def _alike(text: str, language: Language) -> str:
    """As the script compares: words that mean the same are one word."""
    found = f" {text.lower()} " if language == "en" else text
    for first, *others in wording("search")["same"]:
        for other in others:
            found = found.replace(other, first)
    return found


def _answers(heading: str) -> list[str]:
    """What the answers to a heading tell, the one that fits best in front."""
    language = spoken()
    asked = _alike(heading, language)

    def fit(answer: dict[str, list[str]]) -> int:
        ways = (
            way
            for way in answer["asked"]
            if all(_alike(part, language).strip() in asked for part in way.split("…"))
        )
        return max(map(len, ways), default=0)

    found = [answer for answer in wording("search")["answers"] if fit(answer)]
    return [answer.get("tells", "") for answer in sorted(found, key=fit, reverse=True)]


@cache
def _files() -> dict[str, bytes]:
    return dict(answer_files(site_context()))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_heading_of_a_digest_is_a_question_that_is_answered(language: Language) -> None:
    with speaking(language):
        headings = [(str(topic), words) for topic, words in wording("policy")["topics"].items()]
        headings += [(form["topic"], form["label"]) for form in wording("policies")["keys"]]
        missing = [
            (topic, words)
            for topic, words in headings
            if topic != NO_QUESTION and topic not in _answers(words)[:2] and topic != "objection"
        ]
        groups = [form["title"] for form in wording("policies")["digest"]["groups"]]
        assert missing == []
        assert "telephones" in _answers(dict(headings)["objection"])
        assert [title for title in groups if not _answers(title)] == []


def test_cities_stand_under_the_same_provinces_in_both_languages() -> None:
    slugs = {one["slug"] for one in provinces().values()}
    chinese = wording("search")["elsewhere"]
    with speaking("en"):
        english = wording("search")["elsewhere"]
    assert chinese.keys() == english.keys() == slugs
    for listed in (chinese, english):
        names = [name for inside in listed.values() for name in inside]
        assert sorted(names) == sorted(set(names))


def test_every_way_to_ask_for_an_act_leads_to_one_row_in_both_languages() -> None:
    kinds = set(wording("titles")["kinds"].values())
    sections = {name for name, _ in wording("search")["groups"]}
    chinese = wording("search")["acts"]
    with speaking("en"):
        english, deeds = wording("search")["acts"], wording("english")["home"]["deeds"]
        labels = [*wording("titles")["kinds"].values(), *(deeds[key] for key in deeds if key != "unsaid")]
    assert chinese.keys() == english.keys()
    for acts in (chinese, english):
        ways = [way for act in acts.values() for way in act["asked"]]
        assert sorted(ways) == sorted(set(ways))
    assert {kind for act in chinese.values() for kind in act.get("kinds", ())} <= kinds | sections
    # What a page calls a kind is a way to ask for it, and first of all for that kind.
    named = {way: act["kinds"][0] for act in chinese.values() for way in act["asked"] if way in kinds}
    assert named == {kind: kind for kind in kinds}
    assert {label.lower() for label in labels} <= {way for act in english.values() for way in act["asked"]}


def test_without_a_place_the_bereaved_read_the_sums_of_the_nation_and_whose_kin_each_is_for() -> None:
    (body,) = [body for path, body in _files().items() if path.endswith("/bereaved.json")]
    lines = json.loads(body)["quanguo"]
    assert [large for large, *_ in lines[:2]] == ["30倍", "20倍加40个月工资"]
    assert all(large and words.split("：")[0] and source for large, words, source, _ in lines)
    assert [words.split("：")[0] for _, words, _, _ in lines].count("评定为烈士的") == 4
    assert any(words.startswith("职工，认定为工伤") and large == "20倍" for large, words, *_ in lines)
    assert not any("年内" in large for large, *_ in lines), "a period to apply in is no sum"


@pytest.mark.parametrize(
    ("language", "question", "told"),
    [
        ("zh", "外地人在武汉救人算吗", "outsider"),
        ("zh", "外省人救人算不算", "outsider"),
        ("zh", "流动人口在南京救人", "outsider"),
        ("zh", "外地户口能申请见义勇为吗", "outsider"),
        ("zh", "不是本地人，救人算吗", "outsider"),
        ("zh", "外地人能落户吗", "benefit_hukou"),
        ("zh", "在外地救人算吗", "away"),
        ("zh", "武汉人去外省见义勇为", "away"),
        ("zh", "外国人救人", "scope"),
        ("en", "I am not a resident of Wuhan", "outsider"),
        ("en", "are migrant workers covered", "outsider"),
        ("en", "I saved someone in another city", "away"),
        ("en", "can a foreign citizen be recognized", "scope"),
    ],
)
def test_where_somebody_is_from_is_a_question_of_its_own(
    language: Language, question: str, told: str
) -> None:
    with speaking(language):
        assert _answers(question)[0] == told


def _told(kind: str) -> dict[str, Any]:
    (body,) = [body for path, body in _files().items() if path.endswith(f"/{kind}.json")]
    found: dict[str, Any] = json.loads(body)
    return found


def test_an_outsider_reads_first_whether_the_text_applies() -> None:
    lines = _told("outsider")
    assert lines["wuhan"] == [
        [
            "",
            "条文没有区分本地人和外地人：在武汉市见义勇为的，都适用。",
            "第二条",
            "policies/wuhan/tiaoli-2015/#2025/art-2",
        ]
    ]
    # Of a city whose own text is silent the province speaks, and is named.
    assert lines["hangzhou"][0][1] == "条文没有区分本地人和外地人：在浙江省见义勇为的，都适用。"
    assert "浙江省" in lines["hangzhou"][0][2]
    assert lines["kunming"][0][1].startswith("非昆明市人员在昆明市见义勇为的，条文写明适用的只有表彰奖励")
    assert "参照适用" in lines["qingdao"][0][1] and "户籍" in lines["qingdao"][1][1]
    assert lines["nanjing"][0][1].endswith("（施行日期不详，不能断定是否适用）")
    # A rule for some acts alone, whoever acts, is none for people from elsewhere.
    assert len(lines["luoyang"]) == 1


def test_for_an_act_elsewhere_it_is_told_what_a_resident_has_or_that_the_text_is_silent() -> None:
    lines = _told("away")
    assert lines["wuhan"][0][1:3] == [
        "武汉市居民在武汉市以外见义勇为的，可以参照适用，不是必然适用。",
        "第二条",
    ]
    assert lines["hangzhou"][0][1:] == ["条文没有写杭州市人员在外地见义勇为的。", "", ""]


def test_rules_of_a_place_follow_each_other_as_the_articles_do_behind_the_figures() -> None:
    assert [source for _, _, source, _ in _told("bonus")["wuhan"]] == [
        "第十四条第一款",
        "第十四条第二款",
        "第十四条第三款",
    ]
    assert [bool(large) for large, *_ in _told("review_deadline")["nanjing"]] == [False, True, False]


@pytest.mark.parametrize(
    ("language", "question"),
    [("zh", "奖金要交税吗"), ("en", "is the award taxed"), ("en", "tax on reward money")],
)
def test_tax_on_an_award_is_not_tax_on_a_donation(language: Language, question: str) -> None:
    with speaking(language):
        assert _answers(question)[0] == "bonus_tax"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "本文件未规定（省级原文不全）"),
        ("en", "Not in this text (the text of the province is incomplete)"),
    ],
)
def test_a_silence_below_a_text_that_is_cut_off_is_told_as_the_silence_of_one_text(
    language: Language, said: str
) -> None:
    with speaking(language):
        files = dict(answer_files(site_context()))
    assert json.loads(files["search/answers/benefit_hukou.json"])["wuhan"] == [["", said, "", ""]]


def test_what_the_own_text_says_of_sums_from_above_comes_before_them() -> None:
    lines = _told("bonus")["luoyang"]
    assert not lines[0][0] and "称号" in lines[0][1] and lines[1][0].startswith("不低于")


NOTE = ["", "施行日期不详，不能断定是否适用。"]


def _rules_of(kind: str) -> dict[str, list[list[str]]]:
    return {place: [line for line in lines if line != NOTE] for place, lines in _told(kind).items()}


def test_that_it_is_not_certain_whether_a_text_holds_is_told_once_above_its_rules() -> None:
    for kind in ("application_deadline", "injured"):
        first, *rules = _told(kind)["nanjing"]
        assert first == NOTE and len(rules) > 1
        assert not [words for _, words, *_ in rules if "不能断定" in words]


def test_whoever_asks_by_when_to_apply_reads_what_an_organ_may_do_that_nobody_asked() -> None:
    last = {place: lines[-1][2] for place, lines in _rules_of("application_deadline").items() if lines}
    assert {
        place: source
        for place, source in last.items()
        if place in ("wuhan", "nanjing", "hangzhou", "zhejiang", "hubei")
    } == {
        "wuhan": "第八条第二款",
        "nanjing": "第十五条",
        "hangzhou": "《浙江省见义勇为人员奖励和保障条例》2020修正第八条第二款",
        "zhejiang": "第八条第二款",
        "hubei": "《湖北省见义勇为人员奖励和保护办法》原始公布版第十条第一款",
    }


def test_whoever_was_hurt_reads_first_who_pays_the_treatment() -> None:
    told = _told("injured")
    for place in ("wuhan", "nanjing", "hangzhou", "kunming", "qingdao", "luoyang", "beijing", "zhejiang"):
        (_, first, *_), *_ = (line for line in told[place] if len(line) > 2)
        assert re.search("救治|医疗", first), place
        assert "有 " not in first
    assert [source for *_, source, _ in told["wuhan"]][:2] == ["第二十条第一款", "第二十条第四款"]
    assert told["hubei"] == [["", "原文不全", "", ""]]


def test_lost_wages_are_told_from_the_articles_that_speak_of_them_alone() -> None:
    told = _told("lost_wages")
    assert [source for *_, source, _ in told["kunming"][1:]] == ["第二十二条", "第二十三条"]
    assert [source for *_, source, _ in told["nanjing"]] == ["第二十九条第一款"]
    silent, national, period, refused = told["wuhan"]
    assert silent[1].startswith("收录的武汉市的规定没有写误工费") and "治疗期间工资" in refused[1]
    assert national[1].startswith("职工，认定为工伤或者视同工伤的：") and "由单位按月支付" in national[1]
    assert "第三十三条第一款" in national[2] and "第三十三条第二款" in period[2]


@pytest.mark.parametrize(
    "kind", ["injured", "lost_wages", "bereaved", "benefit_medical", "benefit_pension", "benefits"]
)
def test_who_from_elsewhere_has_no_part_in_a_benefit_is_told_once_above_it(kind: str) -> None:
    told = _told(kind)
    note, *lines = told["kunming"]
    assert len(note) == 2 and "适用的只有表彰奖励" in note[1] and "第二条第三款" in note[1]
    assert lines and not any("适用的只有表彰奖励" in words for _, words, *_ in lines)
    assert not any("非武汉市人员" in line[1] for line in told["wuhan"])


@pytest.mark.parametrize("kind", ["bonus", "benefit_park"])
def test_above_an_award_or_a_silence_nobody_is_left_out(kind: str) -> None:
    assert not any("适用的只有" in words for _, words, *_ in _told(kind)["kunming"])


@pytest.mark.parametrize("topic", ["materials", "qualifying_act", "honour_rank", "fund_source", "fund_use"])
def test_what_a_summary_counts_is_named(topic: str) -> None:
    counted = [
        words
        for lines in _told(topic).values()
        for _, words, *_ in lines
        if re.search("[三四五六七八九]项|[三四五六]类|[三四五]种|[三四]个来源", words)
    ]
    assert counted and [words for words in counted if "：" not in words] == []


def test_the_nations_own_page_is_led_to() -> None:
    manifest, english = json.loads(search_manifest(1, [], [], set(), [])), json.loads(english_manifest([]))
    paths = [page["path"] for own in (manifest, english) for page in own["nation"]]
    assert paths == ["policies/quanguo/for-me/", "en/policies/quanguo/for-me/"]


def test_whoever_asks_where_to_apply_reads_who_acts_as_an_organ_that_is_no_office() -> None:
    told = _told("applicant")
    for place, organ, office in (
        ("qingdao", "确认机构", "社会管理综合治理部门"),
        ("shandong", "确认机构", "社会管理综合治理部门"),
        ("luoyang", "评定委员会", "评定委员会办公室"),
    ):
        last = told[place][-1][1]
        assert organ in last and office in last, place
    assert len(told["wuhan"]) == 1, "whose text names the offices"


def test_whoever_asks_by_when_to_apply_reads_what_happens_where_nobody_did() -> None:
    told = _told("application_deadline")
    for place in ("wuhan", "nanjing", "zhejiang", "hangzhou", "hubei"):
        assert any("没有申请" in words or "无人" in words for _, words, *_ in told[place]), place
