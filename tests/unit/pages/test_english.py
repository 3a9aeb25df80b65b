"""Pages in English: their words, their links, and what becomes of a sentence that nobody rendered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import yaml

from generator.catalogue import speaking, spoken, wording
from generator.law.instruments.english_law import in_english, words_to_render
from generator.law.instruments.policy_words import cited_words
from generator.law.notice_period.day_wording import day_words
from generator.pages.english_pages import relinked
from generator.pages.policy.policy_values import figure_of
from generator.project.settings import load_settings
from generator.source.model.instrument import Value
from tests.every_row import every_row
from tests.policy_site import by_id, english_pages, pages, parsed, words

ROOT = Path(__file__).parents[3]
CATALOGUE = ROOT / "generator" / "catalogue"
CHINESE = re.compile("[㐀-鿿]")
NOT_IN_ENGLISH = {
    "common": ("corrections", "mistake", "person.masked_about", "person.masked_why"),
    "policies": ("instrument", "table", "values.section", "values.ten_thousand_yuan"),
    "policy": ("changes", "units.ten_thousand_yuan"),
}
"""Words of pages that have no English counterpart, and units that English does not have."""
OF_TWO_TONGUES = {"english": {".chinese"}}
BEYOND_CHINESE = {"policies": (".values.cited",), "common": (".tabs", ".record", ".search_link")}


def _keys(words: Any, at: str = "") -> Iterator[str]:
    """Every place of a catalogue; a list of rows alike counts once, and so do one and other of a unit."""
    if isinstance(words, dict) and set(words) != {"one", "other"}:
        for key, below in words.items():
            yield from _keys(below, f"{at}.{key}")
    elif isinstance(words, list) and words and isinstance(words[0], dict):
        yield from _keys(words[0], f"{at}[]")
    else:
        yield at


def _loaded(language: str, area: str) -> Any:
    return yaml.load((CATALOGUE / language / f"{area}.yml").read_text(encoding="utf-8"), yaml.CBaseLoader)


@pytest.mark.parametrize("area", ["common", "countdown", "for_me", "policies", "policy"])
def test_english_says_whatever_chinese_says_on_the_same_pages(area: str) -> None:
    left_out = tuple(f".{name}" for name in NOT_IN_ENGLISH.get(area, ()))
    chinese = {key for key in _keys(_loaded("zh", area)) if not key.startswith(left_out or ("-",))}
    english = {
        key for key in _keys(_loaded("en", area)) if not key.startswith(BEYOND_CHINESE.get(area, ("-",)))
    }
    assert english == chinese


@every_row("area", sorted(path.stem for path in (CATALOGUE / "en").glob("*.yml")))
def test_the_english_catalogue_is_english(area: str) -> None:
    text = re.sub(
        r"#.*|zh: .*|(scope|about)_zh: .*|records: .*|见义勇为|中文|提出异议|公示",
        "",
        (CATALOGUE / "en" / f"{area}.yml").read_text(),
    )
    # A name that stands in Chinese on the reader's screen is marked as Chinese.
    assert not CHINESE.search(re.sub(r"\{zh:.*?, en:|<(\w+) lang=\W?zh-CN\W?>.*?</\1>", "", text))


def test_words_come_back_to_chinese_when_english_has_been_spoken() -> None:
    assert day_words(date(2026, 11, 26)) == "2026年11月26日"
    with speaking("en"):
        assert day_words(date(2026, 11, 26)) == "26 November 2026"
        assert wording("common")["home"] == "Home"
    assert spoken() == "zh" and day_words(date(2026, 11, 26)) == "2026年11月26日"


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("第十一条", "Art.\u00a011"),
        ("第十一条第一款", "Art.\u00a011(1)"),
        ("第八条第二款第（三）项", "Art.\u00a08(2)(3)"),
        ("二（八）", "Sec.\u00a02(8)"),
        ("前言", "Preamble"),
    ],
)
def test_articles_are_cited_by_number(chinese: str, english: str) -> None:
    with speaking("en"):
        assert cited_words(chinese) == english


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"days": 7, "day_unit": "unspecified", "comparison": "at_least"}, "at least 7 days"),
        ({"days": 1, "day_unit": "working_day", "comparison": "within"}, "within 1 working day"),
        ({"years": 1, "comparison": "exactly"}, "1 year"),
        ({"amount_cny": 30_000, "comparison": "at_least"}, "at least 30,000 yuan"),
        ({"amount_cny": 5_000, "per": "person", "comparison": "exactly"}, "5,000 yuan a person"),
        ({"months_of_wage": 40}, "40 months' wages"),
    ],
)
def test_figures_keep_their_comparison(value: dict[str, Any], words: str) -> None:
    with speaking("en"):
        figure = figure_of(Value.model_validate({key: str(item) for key, item in value.items()}))
    assert figure is not None and figure.words == words


def test_links_to_english_pages_stay_and_others_climb_one_folder_more() -> None:
    html = '<a href="../../policies/wuhan/#bonus"> <a href="../../policies/wuhan/tiaoli-2015/#2025/art-4"> <a href="#x">'
    assert relinked(html, {"policies/wuhan/"}) == (
        '<a href="../../policies/wuhan/#bonus"> <a href="../../../policies/wuhan/tiaoli-2015/#2025/art-4"> <a href="#x">'
    )
    assert relinked('<a href=\\"./notices/\\">', set()) == '<a href=\\"../notices/\\">'


def test_a_page_goes_the_short_way_to_what_lies_beneath_it() -> None:
    beneath = '<a href="../../policies/wuhan/for-me/#place=local"> <a href="../../policies/hubei/"> <a href="../../about/">'
    assert relinked(beneath, {"policies/wuhan/for-me/", "policies/hubei/", "about/"}, "policies/wuhan/") == (
        '<a href="for-me/#place=local"> <a href="../hubei/"> <a href="../../about/">'
    )


@cache
def _settings() -> Any:
    loaded = load_settings(ROOT)
    assert loaded.settings is not None
    return loaded


def test_a_rendering_takes_the_place_of_its_own_sentence_and_of_no_other() -> None:
    entry = _settings().settings.instruments[0]
    first, second, *_ = words_to_render(entry)
    rendered = words_to_render(in_english(entry, {first: "in English"}))
    assert first not in rendered and second in rendered


def test_every_word_of_the_law_that_comes_with_the_software_is_rendered() -> None:
    assert [item.terms for item in _settings().diagnostics if item.code == "LAW125"] == []


TERMS = (
    ("应当", r"\w", r"\bshould\b(?! have known)"),
    ("工作日", r"working", None),
    ("自然日", r"calendar", None),
    ("不低于|不少于", r"at least|no less than|not less than|no lower than|minimum", None),
    ("不超过", r"at most|not more than|no more than|no longer than|up to|within|not exceed", None),
    ("平安建设", r"Peaceful China|the authority", "Safe China"),
    (
        "综治|综合治理",
        r"public order|social management|commission|\bbod(y|ies)\b|assist",
        r"public.security|social order",
    ),
    ("抚恤金", r"pension|grant", r"\bcompensat"),
    ("违法犯罪", r"unlawful|offence|offender|suspect|crime", r"crimes or offences"),
    ("事迹特别突出", r"particularly outstanding|exceptional", None),
    ("处罚", r"penal|punish", r"\bfine[sd]?\b"),
    ("参照", r"reference|as for|like", r"analogy"),
    ("上年度|上一年度", r"previous year|year before", r"last year"),
    ("因公", r"line of duty|on duty|or duty|public service", r"death in (public )?service"),
)
"""术语 of the law: what is said in Chinese, what has to be said of it in English, what may never be said."""


@cache
def _renderings() -> tuple[tuple[str, str, str], ...]:
    """File, Chinese, English."""
    return tuple(
        (path.stem, item["zh"], item["en"])
        for path in sorted((ROOT / "content/english").glob("*.yml"))
        for item in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)["words"]
    )


@every_row(("chinese", "said", "never"), TERMS, ids=[row[0] for row in TERMS])
def test_a_term_of_law_has_one_rendering(chinese: str, said: str, never: str | None) -> None:
    wrong = [
        f"{file}: {zh} | {en}"
        for file, zh, en in _renderings()
        if re.search(chinese, zh) and (not re.search(said, en, re.I) or (never and re.search(never, en)))
    ]
    assert wrong == []


def test_a_first_figure_says_its_condition_in_english() -> None:
    said = " ".join("".join(by_id(_digest("wuhan"), "figures").itertext()).split())
    sixty = said.partition("within 60 calendar days")[2].partition("Art.")[0]
    assert "knew or should have known" in sixty and "decision delivered" not in sixty
    assert "Conditions: " in said.partition("at most 1 year")[2]
    assert "Ground for the extension: " in said and "against a refusal: within 10 days" in said


def _digest(place: str) -> Element:
    digest, _ = english_pages(place)
    return parsed(digest)


def test_sentences_of_an_english_digest_are_whole_and_read_as_english() -> None:
    said = " ".join("".join(_digest("wuhan").itertext()).split())
    assert "The rules of the province are in the digest of Hubei. This site does not know" in said
    luoyang = " ".join("".join(_digest("luoyang").itertext()).split())
    assert "For an act in Luoyang that is not one of defending public order: the text applies by" in luoyang
    assert "where it is so" not in luoyang and "people other than people" not in luoyang
    assert "those who are not people of Luoyang, for an act in Luoyang" in luoyang


def test_an_english_digest_leads_to_where_the_chinese_page_can_be_cited() -> None:
    (link,) = [a for a in _digest("wuhan").iter("a") if (a.get("href") or "").endswith("#cite")]
    assert link.get("href") == "../../../policies/wuhan/#cite"
    assert by_id(parsed(pages()["policies/wuhan/"]), "cite") is not None


def test_an_organ_is_named_in_chinese_beside_its_rendering() -> None:
    digest, for_me = english_pages("wuhan")
    tree = parsed(digest)
    for at, chinese in (
        ("figures", "平安建设主管机关"),
        ("figures", "行为发生地的区见义勇为促进会"),
        ("where", "市见义勇为基金会"),
    ):
        part = by_id(tree, at)
        assert f"({chinese})" in words(part)
        marked = [words(span) for span in part.iter("span") if span.get("lang") == "zh-CN"]
        assert chinese in marked, "read aloud as Chinese"
    assert "Peaceful China programme (平安建设主管机关)".replace(" ", "") in words(tree).replace(" ", "")
    every = words(by_id(tree, "organs"))
    assert "平安建设主管机关" in every and "民政" in every
    assert "受益人" not in every, "no organ"
    assert '(<span lang="zh-CN">' in for_me.body


def test_pages_in_chinese_name_organs_once() -> None:
    page = parsed(pages()["policies/wuhan/"])
    assert by_id(page, "figures") is not None
    assert not [node for node in page.iter() if node.get("id") == "organs"]
