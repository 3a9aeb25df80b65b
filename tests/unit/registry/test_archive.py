"""旧档案: of what an old list tells by its year alone no surface makes a day."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.cases.case import Case
from generator.cases.case_clock import case_clock
from generator.disclosure.disclose import disclose
from generator.disclosure.disclosure_rules import disclosure_rules
from generator.public.public_case import PublicCase
from tests.projects import AS_OF, person
from tests.quick import Quick


def archived(published_on: str | None, decided_on: str = "2009", **changes: Any) -> dict[str, Any]:
    """An honour as an old list has it: who, what, and the year."""
    honour: dict[str, Any] = {
        "id": "wuhan-2009-h0001",
        "recipients": ["p1"],
        "verb": "授予",
        "title": "见义勇为先进个人",
        "level": "city",
        "grantor": "武汉市测试机关（示例）",
        "basis": "测试奖励办法（示例）",
        "decided_on": decided_on,
        "source": "http://www.example.gov.cn/2009/1.html",
        **changes,
    }
    if published_on is not None:
        honour["published_on"] = published_on
    return {
        "case": "wh09-0001",
        "jurisdiction": "wuhan",
        "level": "public",
        "authority": "wuhan-test",
        "persons": [person(born=None, sex=None, adult="true")],
        "honours": [honour],
    }


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Quick:
    return Quick(tmp_path_factory.mktemp("archive"))


def disclosed(quick: Quick, tree: dict[str, Any]) -> PublicCase | None:
    record = Case.model_validate(tree)
    clock = case_clock(record, quick.settings, AS_OF.date())
    return disclose(record, clock, disclosure_rules(quick.settings, AS_OF))


def public(quick: Quick, published_on: str | None, decided_on: str = "2009") -> PublicCase | None:
    tree = archived(published_on, decided_on)
    return disclosed(quick, tree)


@pytest.mark.parametrize(
    ("published_on", "decided_on", "shown"),
    [
        (None, "2009", True),
        ("2009", "2009", True),
        ("2026-11", "2026", True),
        ("2026-12", "2026", False),
        ("2027", "2026", False),
        (None, "2026-12", False),
        (None, "2026-11-23", False),
    ],
)
def test_nothing_dated_after_the_build_is_published(
    quick: Quick, published_on: str | None, decided_on: str, shown: bool
) -> None:
    assert (public(quick, published_on, decided_on) is not None) is shown


@pytest.mark.parametrize("published_on", [None, "2009", "2009-05"])
def test_no_surface_makes_a_day_of_a_year(quick: Quick, published_on: str | None) -> None:
    quick.build({"wuhan/2009/wh09-0001.yml": archived(published_on)})
    files = quick.files()
    page = files["honours/wuhan-2009-h0001/index.html"].decode()
    data = json.loads(files["api/v1/honours/wuhan-2009-h0001.json"])
    assert data["published_on"] == published_on and data["decided_on"] == "2009"
    assert data["source"] == "http://www.example.gov.cn/2009/1.html"
    assert 'href="http://www.example.gov.cn/2009/1.html"' in page
    invented = re.compile(
        rf"{date(2009, 1, 1)}|{date(2009, 5, 1)}|2009年1月1日|2009年5月1日|2009年12月31日|2009-12-31"
    )
    for name, content in files.items():
        if name.endswith((".html", ".json", ".atom", ".xml", ".csv", ".svg", ".ics")):
            assert not invented.search(content.decode("utf-8-sig")), name
    assert "wuhan-2009-h0001" not in files["feeds/honours.atom"].decode(), "an entry would need an instant"
    assert "wuhan-2009-h0001" in files["data/honours.csv"].decode("utf-8-sig")
    assert "article:published_time" not in page and "PubDate" not in page


def test_a_correction_of_it_is_told_on_its_own_day(quick: Quick, tmp_path: Path) -> None:
    tree = archived(None)
    tree["honours"][0]["corrections"] = [{"corrected_on": "2026-11-02", "what": "更正称号"}]
    quick.build({"wuhan/2009/wh09-0001.yml": tree})
    assert "更正称号" in quick.files()["changes/index.html"].decode()
