"""表彰决定: one document, its page and data, and its ties to the honours that it grants."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import feedparser
import pytest

from generator.pipeline.prepare import ChecksFailedError, public_records
from generator.pipeline.produce import produce
from tests.decision_trees import FILE, FOUR_CASES, TWO_ORGANS_THREE_TIERS, bare
from tests.projects import case, decision, honour
from tests.quick import Quick

PAGE = "decisions/wuhan-2026-d0001/index.html"


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Quick:
    return Quick(tmp_path_factory.mktemp("decisions"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    quick = Quick(tmp_path_factory.mktemp("built"))
    quick.build(FOUR_CASES, decisions={FILE: TWO_ORGANS_THREE_TIERS})
    return quick.out


def problems(quick: Quick, cases: Mapping[str, Any], *decisions: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(code, field) of everything that stops a build."""
    files = {f"wuhan/2026/{item['id']}.yml": item for item in decisions}
    with pytest.raises(ChecksFailedError) as failed, quick.prepared(cases, files):
        pass
    return [(item.code, item.place.field or "") for item in failed.value.diagnostics]


def test_the_page_says_what_the_document_says_in_its_order(site: Path) -> None:
    page = (site / PAGE).read_text(encoding="utf-8")
    words = [
        "武汉市甲机关（示例）",
        "武汉市乙机关（示例）",
        "关于表彰2026年度见义勇为英雄和先进个人的决定",
        "武测试〔2026〕7号",
        "000014349/2026-00031",
        "主动公开",
        "第十五届",
        "今年以来，我市涌现出一批见义勇为人员。",
        "追授“见义勇为英雄”",
        "奖励 50,000\u00a0元",
        "封玉琢",
        "个人一等功",
        "授予“见义勇为先进个人”",
        "合计奖励 60,000\u00a0元",
        "茅知远",
        "祁向晨",
        "授予“见义勇为先进群体”",
        "江滩冬泳队",
        "群体奖励 10,000\u00a0元",
        "2026年度见义勇为先进名单",
        "2026年11月19日",
    ]
    # Words that stay on one line are marked in the page.
    body = re.sub(r"</?span[^>]*>", "", page[page.index("yy-paper") :])
    places = [body.index(word, body.index(words[max(0, n - 1)])) for n, word in enumerate(words)]
    assert places == sorted(places)


def test_what_the_organ_did_not_say_is_marked_as_the_sites(site: Path) -> None:
    page = (site / PAGE).read_text(encoding="utf-8")
    organs, ours = page.split('<aside class="yy-note"')
    assert "本站说明" in ours and "9\u00a0人次，每人一次" in ours
    assert "人次" not in organs[organs.index("yy-paper") :]


def test_who_gets_two_titles_for_one_act_is_one_person(quick: Quick) -> None:
    tree = decision()
    first = tree["tiers"][0]["grants"][0]
    tree["tiers"].append(
        {
            "title": "见义勇为模范",
            "verb": "授予",
            "grants": [{**first, "id": "wuhan-2026-h0002", "recipients": ["p1"]}],
        }
    )
    quick.build({"wuhan/2026/wh26-0001.yml": bare("封玉琢")}, decisions={FILE: tree})
    page = (quick.out / PAGE).read_text(encoding="utf-8")
    assert "2\u00a0人次，涉及 1\u00a0人" in page


def test_a_group_that_is_named_in_part_is_told_whole(quick: Quick) -> None:
    group = {"name": "江滩冬泳队", "head_count": "6"}
    tree = decision(published_on="2026-11-20")
    tree["tiers"][0]["grants"] = [
        {"id": "wuhan-2026-h0001", "case": "wh26-0001", "recipients": ["p1"], "to_group": "true"}
    ]
    cases = {"wuhan/2026/wh26-0001.yml": bare("封玉琢", group=group, act=case()["act"])}
    quick.build(cases, decisions={FILE: tree})
    page = (quick.out / PAGE).read_text(encoding="utf-8")
    own = page[page.index('class="yy-grants__name"') : page.index("yy-sign")]
    assert own.index("封玉琢") < own.index("等6人") and "共" not in own
    listed = (quick.out / "decisions/index.html").read_text(encoding="utf-8")
    assert "封玉琢等6人" in listed


def test_it_leads_to_its_honours_and_they_to_it(site: Path) -> None:
    page = (site / PAGE).read_text(encoding="utf-8")
    for number in range(1, 5):
        honour = f"honours/wuhan-2026-h{number:04}/"
        assert f'href="../../{honour}"' in page
        assert 'href="../../decisions/wuhan-2026-d0001/"' in (site / honour / "index.html").read_text("utf-8")


def test_an_honour_has_what_its_decision_says(site: Path) -> None:
    made = json.loads((site / "api/v1/honours/wuhan-2026-h0001.json").read_bytes())
    assert (made["verb"], made["title"], made["merit"]) == ("追授", "见义勇为英雄", "个人一等功")
    assert made["grantor"] == "武汉市甲机关（示例）、武汉市乙机关（示例）"
    assert (made["bonus_cny"], made["bonus_for"]) == (50000, "each")
    assert made["decision"]["id"] == "wuhan-2026-d0001"
    # Nobody knows what one of several gets of a sum for all of them.
    shared = json.loads((site / "api/v1/honours/wuhan-2026-h0003.json").read_bytes())
    assert (shared["bonus_cny"], shared["bonus_for"]) == (None, None)


def test_data_lists_feed_and_search_know_it(site: Path) -> None:
    made = json.loads((site / "api/v1/decisions/wuhan-2026-d0001.json").read_bytes())
    assert [tier["title"] for tier in made["tiers"]] == [
        "见义勇为英雄",
        "见义勇为先进个人",
        "见义勇为先进群体",
    ]
    assert [g["honour"]["id"][-1] for tier in made["tiers"] for g in tier["grants"]] == ["1", "3", "2", "4"]
    assert json.loads((site / "api/v1/decisions.json").read_bytes()) == [made]
    text = (site / "data/decisions.csv").read_text(encoding="utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["organs"] == "武汉市甲机关（示例）；武汉市乙机关（示例）"
    assert row["person_count"] == "9"
    feed = feedparser.parse((site / "feeds/decisions.atom").read_bytes())
    assert [entry.title for entry in feed.entries] == ["关于表彰2026年度见义勇为英雄和先进个人的决定"]
    for place in ("decisions/index.html", "decisions/wuhan/index.html", "changes/index.html"):
        words = re.sub(r"<[^>]+>", "", (site / place).read_text(encoding="utf-8"))
        assert "关于表彰2026年度见义勇为英雄和先进个人的决定" in words
    assert "decisions/wuhan-2026-d0001/" in (site / "sitemap.xml").read_text(encoding="utf-8")


def test_an_honour_by_two_organs_is_cited_by_both(site: Path) -> None:
    page = (site / "honours/wuhan-2026-h0001/index.html").read_text(encoding="utf-8")
    assert "武汉市甲机关（示例）, 武汉市乙机关（示例）. 封玉琢（见义勇为英雄）" in page


def test_it_is_cited_by_its_own_title(site: Path) -> None:
    page = (site / PAGE).read_text(encoding="utf-8")
    assert (
        "武汉市甲机关（示例）, 武汉市乙机关（示例）. 关于表彰2026年度见义勇为英雄和先进个人的决定: 武测试〔2026〕7号[EB/OL]. (2026-11-20)["
        in page
    )


def test_the_log_of_publications_gets_its_id_address_and_digest(quick: Quick) -> None:
    with quick.prepared(FOUR_CASES, {FILE: TWO_ORGANS_THREE_TIERS}) as ready:
        records = [item for chunk in ready.chunks for item in chunk if item.kind == "decisions"]
        (own,) = (produce(item, ready.context).own for item in public_records(ready, records))
    assert (own.id, own.page.path) == ("wuhan-2026-d0001", "decisions/wuhan-2026-d0001/")
    assert len(own.digest) == 44


def test_nothing_is_published_before_its_day(quick: Quick) -> None:
    quick.build(FOUR_CASES, decisions={FILE: {**TWO_ORGANS_THREE_TIERS, "published_on": "2026-11-23"}})
    assert not any("d0001" in name or "h0001" in name for name in quick.files())


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"jurisdiction": "wuhna"}, "REG003", "jurisdiction"),
        ({"id": "wuhan-2025-d0001"}, "REG011", "id"),
        ({"signed_on": "2026-11-21"}, "REG013", "published_on"),
        (
            {"tiers": [{"title": "甲", "verb": "授予", "grants": [{"id": "wuhan-2026-h0001", "case": "x"}]}]},
            "REG031",
            "tiers[0].grants[0].case",
        ),
        (
            {
                "tiers": [
                    {
                        "title": "甲",
                        "verb": "授予",
                        "grants": [{"id": "wuhan-2026-h0001", "case": "wh26-0001", "recipients": ["p9"]}],
                    }
                ]
            },
            "REG008",
            "tiers[0].grants[0].recipients[0]",
        ),
    ],
)
def test_mistakes_are_told_in_the_decision(
    quick: Quick, changes: Mapping[str, Any], code: str, field: str
) -> None:
    assert (code, field) in problems(quick, FOUR_CASES, {**decision(), **changes})


def test_one_honour_is_granted_once(quick: Quick) -> None:
    again = decision(id="wuhan-2026-d0002")
    one = {"wuhan/2026/wh26-0001.yml": bare("封玉琢")}
    assert problems(quick, one, decision(), again) == [("REG016", "tiers[0].grants[0].id")]


def test_the_words_of_every_organ_are_taken(quick: Quick) -> None:
    for verb in ("确认", "评定", "表扬", "命名"):
        tree = decision()
        tree["tiers"][0]["verb"] = verb
        quick.build({"wuhan/2026/wh26-0001.yml": bare("封玉琢")}, decisions={FILE: tree})
        assert f"{verb}“见义勇为先进个人”" in (quick.out / PAGE).read_text(encoding="utf-8")
        assert (quick.out / "honours/wuhan-2026-h0001/index.html").is_file()


def test_a_case_that_tells_its_honour_itself_is_read_as_before(quick: Quick) -> None:
    quick.build({"wuhan/2026/wh26-0001.yml": case(honours=[honour()])})
    made = json.loads((quick.out / "api/v1/honours/wuhan-2026-h0001.json").read_bytes())
    assert made["decision"] is None
