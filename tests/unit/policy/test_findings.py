"""查出的问题: each finding of the reading of the texts is held by something that fails if it comes back."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.law.instruments import PolicyLibrary
from tests.every_row import every_row
from tests.policy_site import by_id, pages, parsed, words
from tests.projects import ROOT

HERE = Path(__file__).parent
FINDINGS: dict[str, dict[str, dict[str, Any]]] = yaml.load(
    (HERE / "findings.yml").read_text(encoding="utf-8"), yaml.CSafeLoader
)
ROWS = {f"{part}{number}": row for part, rows in FINDINGS.items() for number, row in rows.items()}
HELD_BY = {"用语", "判断", "情形", "页", "测试"}
SEEDS = {
    "wuhan/tiaoli-1997",
    "wuhan/tiaoli-2015",
    "nanjing/tiaoli",
    "hangzhou/shishi-yijian-2023",
    "kunming/banfa-2014",
    "hubei/guiding",
    "hubei/banfa",
}


@cache
def _letter() -> frozenset[str]:
    rows = yaml.load((HERE / "letter.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)["行"]
    return frozenset(f"{row['文本']} {row['条']}" for row in rows)


@cache
def _judged() -> frozenset[str]:
    return frozenset(
        f"{path.stem} {row['案由']}"
        for path in (HERE / "law").glob("*.yml")
        for row in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)["行"]
    )


@cache
def _places() -> frozenset[str]:
    return frozenset(yaml.load((HERE / "for_me.yml").read_text(encoding="utf-8"), Loader=yaml.CBaseLoader))


@cache
def _tests(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@every_row("row", ROWS.values(), ids=ROWS)
def test_a_finding_is_held_by_what_it_names(row: dict[str, Any]) -> None:
    assert row["说"] and set(row) & HELD_BY and set(row) <= HELD_BY | {"说"}
    assert set(row.get("用语", ())) <= _letter()
    assert set(row.get("判断", ())) <= _judged()
    assert set(row.get("情形", ())) <= _places()
    for test in row.get("测试", ()):
        file, _, name = test.partition("::")
        assert name in _tests(file), test


@every_row("row", [row for row in ROWS.values() if "页" in row])
def test_what_a_finding_asks_of_a_page_stands_there(row: dict[str, Any]) -> None:
    for asked in row["页"]:
        tree = parsed(pages()[asked["在"]])
        told = words(by_id(tree, asked["处"]) if "处" in asked else tree)
        assert [word for word in asked.get("有", ()) if word not in told] == []
        assert [word for word in asked.get("无", ()) if word in told] == []


def test_every_finding_has_its_row() -> None:
    assert set(FINDINGS["错"]) == {str(number) for number in range(1, 20)}
    assert set(FINDINGS["判"]) >= set("ABCDEFGHIJKLMNO")


def test_no_text_on_bravery_of_the_seeds_says_which_days_it_means(library: PolicyLibrary) -> None:
    periods = [
        provision
        for instrument in library.instruments
        if f"{instrument.entry.jurisdiction}/{instrument.entry.slug}" in SEEDS
        for version in instrument.versions
        for provision in version.provisions
        if provision.value.days is not None
    ]
    assert len(periods) > 30
    assert {provision.value.day_unit for provision in periods} == {"unspecified"}
