"""政策页 of the sample site as a visitor gets them: what people come for stands there, first."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

from generator.catalogue import wording
from tests.policy_site import by_class, by_id, words

LIGHT = 200_000
"""Bytes of a page, and of a file that it fetches, at most."""
ONE_STEP = 105_120
"""Bytes from which a digest takes another step of the network."""


def article(site: Path, path: str) -> Element:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree: Element = parser.parse((site / path / "index.html").read_text(encoding="utf-8"))
    return next(node for node in tree.iter("article"))


def first_things(site: Path, place: str) -> dict[str, str]:
    """先看这几件事: question → what stands beneath it."""
    figures = by_id(article(site, f"policies/{place}"), "figures")
    (listed,) = by_class(figures, "yy-keys")
    return {words(row[0]): words(row[1]) for row in listed}


def test_hangzhou_answers_what_somebody_comes_for(sample_site: Path) -> None:
    """Who confirms, where, by when to apply, how long it takes, what if refused, what one gets."""
    said = first_things(sample_site, "hangzhou")
    text, law = "《条例》", "省级规定：《条例》"
    assert said["谁来确认"] == f"{law}行为发生地的公安机关第六条"
    assert said["向谁申请"] == f"{law}公安机关第七条第一款"
    # What only the province's text has words on, and leaves open, is told in one place.
    told = words(by_id(article(sample_site, "policies/hangzhou"), "figures"))
    assert told.count("以下几件事本地文件没有写，省级规定这样说：") == 1
    assert f"多久之内申请：申请、举荐没有规定期限。{text}第七条第一款" in told
    assert f"审核多长时间：接到申请、举荐后应当“及时”调查核实；没有定天数。{text}第八条第一款" in told
    assert f"公示多少天没有规定。{text}第十三条" in told
    refused = said["不服怎么办"]
    assert refused.startswith(f"{law}申请人、举荐人对确认结果有异议的，可以向上一级公安机关申请复核；")
    assert "60个自然日内可以自知道或者应当知道该行政行为之日起六十日内申请行政复议" in refused
    assert said["奖金多少"].startswith("每人5万元获市政府记功奖励的") and "另行规定" in said["奖金多少"]
    page = article(sample_site, "policies/hangzhou")
    (offer,) = (node for node in by_id(page, "for-me").iter("a") if node.get("class"))
    assert words(offer) == "我能得到什么"
    # The steps are the province's and say so; what one gets is there whole, the province's part marked.
    assert "以下是上级文本《浙江省见义勇为人员奖励和保障条例》的步骤" in words(by_id(page, "path"))
    benefits = words(article(sample_site, "policies/hangzhou/for-me"))
    assert "浙江省" in benefits and "先救治、后收费" in benefits


def test_an_outsider_hurt_in_kunming_reads_first_what_is_theirs_and_what_is_not(sample_site: Path) -> None:
    for path in ("policies/kunming", "policies/kunming/for-me"):
        text = words(article(sample_site, path))
        scope = (
            "非昆明市人员在昆明市见义勇为的，条文写明适用的只有表彰奖励，没有写保护、抚恤优待和社会保障。"
            "第二条第三款"
        )
        assert scope in text
        # The contents at the top name it too.
        later = "先看这几件事" if path == "policies/kunming" else "绿色通道"
        assert text.index(scope) < text.rindex(later)
    links = {
        words(node): node.get("href")
        for node in by_id(article(sample_site, "policies/kunming"), "for-me").iter("a")
    }
    assert str(links["非昆明市人员，事情在昆明"]).endswith("for-me/#place=outsider")


def test_wuhan_shows_the_province_s_ten_days(sample_site: Path) -> None:
    said = first_things(sample_site, "wuhan")["不服怎么办"]
    assert "请按最短的期限准备。行政复议、行政诉讼第十一条第三款" in said
    way = "省级规定的另一途径：《办法》针对不予确认：10日内结论送达→申请复核第十二条第三款"
    assert way in said
    assert "10日内" in words(by_id(article(sample_site, "policies/wuhan"), "appeal_reconsideration"))


def test_an_answer_of_the_search_says_where_it_is_not_certain_that_it_holds(sample_site: Path) -> None:
    told = json.loads((sample_site / "search/answers/review_deadline.json").read_text(encoding="utf-8"))
    doubt = "施行日期不详，不能断定是否适用"
    assert told["hubei"][0] == ["", f"{doubt}。"]
    assert told["kunming"] and not any(doubt in words for _, words, *_ in told["kunming"])


def test_no_page_on_law_is_heavy(sample_site: Path) -> None:
    files = [path for path in (sample_site / "policies").rglob("*") if path.suffix in (".html", ".json")]
    assert len(files) > 60
    assert {path: path.stat().st_size for path in files if path.stat().st_size > LIGHT} == {}


@pytest.mark.parametrize("notice", ["nanjing-2026-0002", "wuhan-2023-0001"])
def test_a_revoked_notice_names_its_way_of_appeal(sample_site: Path, notice: str) -> None:
    page = article(sample_site, f"notices/{notice}")
    told = words(page)
    assert "认为撤销侵犯自己合法权益的，有下列途径" in told
    assert "可以自知道或者应当知道该行政行为之日起六十日内申请行政复议" in told
    place = notice.partition("-")[0]
    (way,) = (node for node in page.iter("a") if str(node.get("href")).endswith("#remedies"))
    assert by_id(article(sample_site, f"policies/{place}"), "remedies") is not None
    assert words(way).endswith("有异议、不服怎么办")


def test_the_data_set_with_its_codebook_is_valid(sample_site: Path) -> None:
    csv.field_size_limit(10**7)
    from frictionless import validate

    report = validate(str(sample_site / "data/datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])
    package = json.loads((sample_site / "data/datapackage.json").read_bytes())
    (codebook,) = (item for item in package["resources"] if item["name"] == "codebook-csv")
    assert codebook["version"] == wording("codebook")["version"]


def test_an_answer_of_a_text_that_may_not_hold_says_so_wherever_it_stands(sample_site: Path) -> None:
    """Hubei's two texts have no date: their days beside a rule of Wuhan are not to be read as in force."""
    mark = "（施行日期不详，不能断定是否适用）"
    overview = article(sample_site, "policies")
    digest = article(sample_site, "policies/wuhan")
    notice = article(sample_site, "notices/wuhan-2024-0001")
    entries = [
        node
        for page, kinds in (
            (overview, ("yy-key",)),
            (digest, ("yy-key", "yy-path__time")),
        )
        for kind in kinds
        for node in by_class(page, kind)
    ]
    from_hubei = [
        words(node) for node in entries if any("hubei/" in a.get("href", "") for a in node.iter("a"))
    ]
    assert len(from_hubei) >= 6
    assert [said for said in from_hubei if mark not in said] == []
    assert f"省级规定的另一途径{mark}" in words(by_id(digest, "appeal_reconsideration"))
    compared = article(sample_site, "policies/compare/remedies")
    assert any(mark in words(node) for node in by_class(compared, "yy-matrix__beside"))
    assert "省级规定，施行日期不详，不能断定是否适用" in words(notice)
    assert "effectivedateisuncertain" in words(by_id(article(sample_site, "en/policies/wuhan"), "figures"))
    # Henan's text has its date, and the head of Hubei's own digest says it of all.
    assert mark not in words(by_id(article(sample_site, "policies/luoyang"), "path"))
    assert mark not in words(article(sample_site, "policies/hubei"))


def test_a_digest_comes_without_one_more_step_of_the_network(sample_site: Path) -> None:
    """Above so many bytes a phone waits once more (see the README of the benchmarks)."""
    digests = [path for at in ("policies", "en/policies") for path in (sample_site / at).glob("*/index.html")]
    assert len(digests) > 20
    assert {path: path.stat().st_size for path in digests if path.stat().st_size >= ONE_STEP} == {}


def test_laws_on_other_matters_are_not_said_to_lay_down_no_steps(sample_site: Path) -> None:
    """Of the nation's laws only articles were taken: no silence can be read off them."""
    nation = article(sample_site, "policies/quanguo")
    assert words(next(nation.iter("h1"))) == "与见义勇为有关的国家规定"
    assert "没有选录的，不表示没有规定" in words(nation)
    assert "path" not in {node.get("id") for node in nation.iter()}


def test_the_list_of_all_texts_goes_by_rank_and_says_since_when(sample_site: Path) -> None:
    listed = by_id(article(sample_site, "policies"), "instruments")
    places = [words(node).partition("·")[0] for node in by_class(listed, "yy-muted")]
    ranks = [("全国",), ("湖北", "浙江", "山东", "河南")]
    found = [next((rank for rank, names in enumerate(ranks) if name in names), 2) for name in places]
    assert len(found) > 15 and found == sorted(found)
    said = words(listed)
    assert "推定自2025年5月29日起（批准之日；施行日期本站未收录）" in said and "自2021年1月1日起" in said


def test_no_way_of_appeal_stands_among_the_grounds_of_an_honour(sample_site: Path) -> None:
    """Nobody who was granted one was refused; a notice keeps the way, for of it nothing is settled."""
    appeals = {
        (row["jurisdiction"], row["article"])
        for row in json.loads((sample_site / "api/v1/policies.json").read_text(encoding="utf-8"))
        if row["topic"] == "appeal_reconsideration"
    }
    told: dict[str, list[bool]] = {"honours": [], "notices": []}
    for kind, found in told.items():
        for path in (sample_site / "api/v1" / kind).glob("*-*-*.json"):
            record = json.loads(path.read_text(encoding="utf-8"))
            found.append(
                any((record["jurisdiction"], item["article"]) in appeals for item in record["provisions"])
            )
    assert len(told["honours"]) > 40 and not any(told["honours"]) and any(told["notices"])
