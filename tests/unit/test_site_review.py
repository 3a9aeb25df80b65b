"""What a reviewer reads of two sites: sentences, a record at a time, and nothing that is withdrawn said once more."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generator.desk.site_diff import ChangeKind, diff_sites
from generator.desk.site_review import Review, as_html, as_markdown, as_text, review_sites
from tests.offices import yiyong
from tests.projects import merged

NOTICE: dict[str, Any] = {
    "id": "wuhan-2026-0001",
    "url": "https://yiyong.example/notices/wuhan-2026-0001/",
    "title": "关于拟确认王某某见义勇为的公示",
    "status": "open",
    "status_after_close": "awaiting",
    "closes_on": "2026-11-26",
    "closes_at": "2026-11-27T00:00:00+08:00",
    "period": {"working": ["至11月26日。"]},
    "persons": [{"name": "王某某", "masked": True, "sex": "男"}],
    "act": {"kind": "water_rescue", "summary": "救人", "narrative": ["第一段。", "第二段。"]},
    "corrections": [],
    "history": [{"event": "published", "on": "2026-11-18"}],
}


def site(folder: Path, *documents: dict[str, Any]) -> Path:
    for kind in ("notices", "honours", "decisions"):
        (folder / "api/v1" / kind).mkdir(parents=True)
        (folder / f"api/v1/{kind}.json").write_text("[]", encoding="utf-8")
    for document in documents:
        kind = "honours" if "-h" in document["id"] else "notices"
        path = folder / f"api/v1/{kind}/{document['id']}.json"
        path.write_text(json.dumps(document), encoding="utf-8")
    return folder


def reviewed(tmp_path: Path, new: dict[str, Any], lang: str = "zh") -> Review:
    sites = site(tmp_path / "old", NOTICE), site(tmp_path / "new", new)
    return review_sites(diff_sites(*sites), *sites, lang)


def sentences(tmp_path: Path, **changes: Any) -> list[str]:
    (record,) = reviewed(tmp_path, merged(NOTICE, changes)).records
    return [f"{item.kind.value}: {item.text}" for item in record.sentences]


def test_a_correction_is_one_sentence_and_what_follows_is_counted(tmp_path: Path) -> None:
    correction = {"corrected_on": "2026-11-21", "what": "截止日", "moved_closes_on": "2026-11-30"}
    assert sentences(
        tmp_path,
        corrections=[correction],
        closes_on="2026-11-30",
        closes_at="2026-12-01T00:00:00+08:00",
        period={"working": ["至11月30日。"]},
        history=[*NOTICE["history"], {"event": "corrected", "on": "2026-11-21"}],
    ) == [
        "exposed: 更正1（更正日期 2026-11-21；移动后的截止日 2026-11-30；更正事项 截止日）",
        "deadline: 公示期截止日由“2026-11-26”改为“2026-11-30”",
        "changed: 随之变化的还有：经过记录、公示截止时刻、公示期的算法",
    ]


def test_a_name_uncovered_is_told_with_what_stood_there(tmp_path: Path) -> None:
    assert sentences(tmp_path, persons=[{"name": "王砺锋", "masked": False, "sex": "男"}]) == [
        "exposed: 人员1·姓名“王砺锋”（原来写“王某某”）"
    ]


def test_what_is_withdrawn_is_named_and_not_repeated(tmp_path: Path) -> None:
    told = sentences(tmp_path, status="withdrawn", act=None, persons=[])
    assert told == [
        "changed: 状态由“公示”改为“公示已撤回”",
        "withdrawn: 事迹（全部）",
        "withdrawn: 人员1（全部）",
    ]


def test_a_part_that_loses_something_says_what(tmp_path: Path) -> None:
    assert sentences(tmp_path, act={"narrative": ["第一段。"]}) == ["withdrawn: 事迹（经过2）"]


def test_what_only_follows_is_told_where_nothing_else_changed(tmp_path: Path) -> None:
    assert sentences(tmp_path, history=[{"event": "published", "on": "2026-11-19"}]) == [
        "changed: 经过记录1·日期由“2026-11-18”改为“2026-11-19”"
    ]


def test_a_name_that_is_no_longer_masked_is_told_even_where_it_reads_the_same(tmp_path: Path) -> None:
    (told,) = sentences(tmp_path, persons=[{"name": "王某某", "masked": False, "sex": "男"}])
    assert told.startswith("exposed: 人员1·隐名")


def test_new_and_vanished_records_lead_and_say_who_and_until_when(tmp_path: Path) -> None:
    new = {**NOTICE, "id": "wuhan-2026-0002"}
    review = reviewed(tmp_path, new)
    assert [(item.gravest, item.heading) for item in review.records] == [
        (ChangeKind.ADDED, "公示 wuhan-2026-0002《关于拟确认王某某见义勇为的公示》"),
        (ChangeKind.REMOVED, "公示 wuhan-2026-0001《关于拟确认王某某见义勇为的公示》"),
    ]
    assert review.records[0].sentences[0].text == "王某某；公示到 2026-11-26；救人"
    assert "2 件记录有变化：1 件新公开，1 件不再存在。" in as_text(review, "zh")


def test_an_honour_has_words_of_its_own(tmp_path: Path) -> None:
    honour = {
        "id": "wuhan-2026-h0001",
        "title": "见义勇为模范",
        "status": "valid",
        "recipients": [{"name": "甲"}],
    }
    sites = site(tmp_path / "old", honour), site(tmp_path / "new", {**honour, "status": "revoked"})
    (record,) = review_sites(diff_sites(*sites), *sites, "zh").records
    assert record.heading == "荣誉 wuhan-2026-h0001《甲 见义勇为模范》"
    assert record.sentences[0].text == "状态由“荣誉有效”改为“荣誉已撤销”"


def test_no_change_says_so(tmp_path: Path) -> None:
    assert as_text(reviewed(tmp_path, NOTICE), "zh") == "公众看到的没有变化。\n"
    assert "Nothing" in as_markdown(review_sites((), tmp_path, tmp_path, "en"), "en")


def test_text_of_a_record_is_text_in_every_form(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script> **重** [链](javascript:x) | `码`\n# 题"
    review = reviewed(tmp_path, merged(NOTICE, {"title": hostile, "act": {"summary": hostile}}))
    page, text = as_html(review, "zh"), as_markdown(review, "zh")
    assert "<script" not in page and "&lt;script&gt;" in page
    assert "\\<script\\>" in text and "\\*\\*重\\*\\*" in text and "\\[链\\]" in text
    assert not [line for line in text.splitlines() if line.startswith("# ")]


@pytest.mark.parametrize(
    ("form", "begins"), [("html", "<!doctype html>"), ("markdown", "## "), ("json", "[")]
)
def test_the_command_gives_each_form(tmp_path: Path, form: str, begins: str) -> None:
    old, new = site(tmp_path / "old", NOTICE), site(tmp_path / "new", merged(NOTICE, {"status": "awaiting"}))
    told = yiyong("diff", old, new, "--format", form)
    assert told.exit_code == 1 and told.stdout.startswith(begins)
    assert yiyong("diff", old, old, "--format", form).exit_code == 0
