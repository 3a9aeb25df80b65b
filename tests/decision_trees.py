"""Decisions and the cases to which they grant something, for the tests about them."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from tests.projects import decision, person
from tests.registries import Registry

FILE = "wuhan/2026/wuhan-2026-d0001.yml"

TWO_ORGANS_THREE_TIERS = decision(
    title="关于表彰2026年度见义勇为英雄和先进个人的决定",
    index_number="000014349/2026-00031",
    openness="主动公开",
    organs=["武汉市甲机关（示例）", "武汉市乙机关（示例）"],
    opening="今年以来，我市涌现出一批见义勇为人员。\n\n经研究，决定：",
    batch="第十五届",
    tiers=[
        {
            "title": "见义勇为英雄",
            "verb": "追授",
            "bonus_cny": "50000",
            "bonus_for": "each",
            "grants": [
                {"id": "wuhan-2026-h0001", "case": "wh26-0001", "recipients": ["p1"], "merit": "个人一等功"}
            ],
        },
        {
            "title": "见义勇为先进个人",
            "verb": "授予",
            "bonus_cny": "60000",
            "bonus_for": "in_all",
            "grants": [
                {"id": "wuhan-2026-h0003", "case": "wh26-0003", "recipients": ["p1"]},
                {"id": "wuhan-2026-h0002", "case": "wh26-0002", "recipients": ["p1"], "verb": "表彰"},
            ],
        },
        {
            "title": "见义勇为先进群体",
            "verb": "授予",
            "grants": [
                {
                    "id": "wuhan-2026-h0004",
                    "case": "wh26-0004",
                    "bonus_cny": "10000",
                    "bonus_for": "group",
                }
            ],
        },
    ],
    annexes=[{"title": "2026年度见义勇为先进名单"}],
    source="https://www.example.gov.cn/2026/31.html",
)


def bare(name: str, **changes: Any) -> dict[str, Any]:
    """A case that tells who somebody is and no more."""
    who = person(name=name, born=None, sex=None, adult="true")
    return {
        "jurisdiction": "wuhan",
        "level": "public",
        "authority": "wuhan-test",
        "persons": [who],
        **changes,
    }


FOUR_CASES: Mapping[str, Any] = {
    "wuhan/2026/wh26-0001.yml": bare("封玉琢"),
    "wuhan/2026/wh26-0002.yml": bare("祁向晨"),
    "wuhan/2026/wh26-0003.yml": bare("茅知远"),
    "wuhan/2026/wh26-0004.yml": bare("贝青禾", persons=[], group={"name": "江滩冬泳队", "head_count": "6"}),
}


def in_decisions(registry: Registry) -> dict[str, Any]:
    """Decisions that grant all honours of ``registry``, taken out of its cases: a few a decision, one tier a title.

    The cases keep no honours of their own; those of confidential cases stand in the same decisions as the others.
    """
    found = [(tree["case"], honour) for tree in registry.cases.values() for honour in tree.pop("honours", ())]
    found.sort(key=lambda item: (item[1]["published_on"], item[1]["id"]))
    decisions: dict[str, Any] = {}
    for number, start in enumerate(range(0, len(found), 4), 1):
        some = found[start : start + 4]
        tiers: dict[str, Any] = {}
        for case_number, honour in some:
            grant = {"id": honour["id"], "case": case_number, "recipients": honour["recipients"]}
            grant["certificate_code"] = honour["certificate_code"]
            tier = tiers.setdefault(honour["title"], {"title": honour["title"], "verb": "授予", "grants": []})
            tier["grants"].append(grant)
        published = max(honour["published_on"] for _, honour in some)
        name = f"wuhan-{published[:4]}-d{number:04}"
        decisions[f"wuhan/{published[:4]}/{name}.yml"] = decision(
            id=name,
            signed_on=max(honour["decided_on"] for _, honour in some),
            published_on=published,
            tiers=list(tiers.values()),
        )
    return decisions


def without_grants(decisions: Mapping[str, Any], kept: Mapping[str, list[str]]) -> dict[str, Any]:
    """The decisions as if only the honours in ``kept`` (id → recipients) had ever been granted."""
    left: dict[str, Any] = {}
    for name, tree in copy.deepcopy(dict(decisions)).items():
        for tier in tree["tiers"]:
            tier["grants"] = [
                {**grant, "recipients": kept[grant["id"]]} for grant in tier["grants"] if grant["id"] in kept
            ]
        tree["tiers"] = [tier for tier in tree["tiers"] if tier["grants"]]
        if tree["tiers"]:
            left[name] = tree
    return left
