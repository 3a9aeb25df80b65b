"""Decisions and the cases to which they grant something, for the tests about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.projects import decision, person

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
