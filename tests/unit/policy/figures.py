"""数字的读取: the figures of a digest, in the form of ``figures/*.yml``.

``30日``, ``1年``, ``3月`` (months), ``50000元``, ``20倍``, ``90%``, ``18周岁``, ``2016-01-01``, ``〔2006〕55号``, ``44号``,
``4类``, ``3级``. 一级伤残 names a degree and counts nothing.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from generator.law.instruments import Provision
from generator.law.instruments.article import chinese_number

FOLDER = Path(__file__).parent / "figures"
_NUMBER = "[〇零一二三四五六七八九十百千两0-9]+"
_UNITS = {
    "日": "日",
    "天": "日",
    "年": "年",
    "个月": "月",
    "元": "元",
    "类": "类",
    "级": "级",
    "项": "项",
    "种": "种",
    "倍": "倍",
    "周岁": "周岁",
}


def load_figures() -> dict[tuple[str, str], dict[str, dict[str, Any]]]:
    """By (instrument file, version): article → ``figures`` and ``items``, as read from the texts."""
    found = {}
    for path in sorted(FOLDER.glob("*.yml")):
        for version, articles in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader).items():
            found[(path.stem, version)] = {
                article: {"figures": tuple(map(str, item.get("figures", ()))), "items": item.get("items", 0)}
                for article, item in articles.items()
            }
    return found


def figures_in(text: str) -> list[str]:
    """Figures written in a sentence; 类, 级, 项 and 种 count things and are judged apart."""
    found: list[str] = []

    def take(figure: str) -> str:
        found.append(figure)
        return "□"

    def date_of(match: re.Match[str]) -> str:
        return take(f"{int(match[1]):04}-{int(match[2]):02}-{int(match[3]):02}")

    text = re.sub(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日", date_of, text)
    text = re.sub(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", date_of, text)
    text = re.sub(r"〔([0-9]{4})〕([0-9]+)号", lambda m: take(f"〔{m[1]}〕{m[2]}号"), text)
    text = re.sub(r"第([0-9]+)号", lambda m: take(f"{m[1]}号"), text)
    text = re.sub(rf"({_NUMBER})万元", lambda m: take(f"{chinese_number(m[1]) * 10_000}元"), text)
    text = re.sub(r"([0-9]+)%", lambda m: take(f"{m[1]}%"), text)
    text = re.sub(rf"百分之({_NUMBER})", lambda m: take(f"{chinese_number(m[1])}%"), text)
    # A bare year of four digits (2006年的意见) is a name, not a period.
    text = re.sub(r"[0-9]{4}年", "□", text)
    return found + [
        f"{chinese_number(m[1])}{_UNITS[m[2]]}"
        for m in re.finditer(
            rf"(?<![第之单])({_NUMBER})(个月|周岁|日|天|年|元|倍|类|级(?!伤残|至|、)|项|种)", text
        )
    ]


def figures_of_data(provision: Provision) -> list[str]:
    """Figures of a provision's data, whatever field they stand in."""
    value = provision.value
    found = [
        f"{number}{unit}"
        for number, unit in (
            (value.days, "日"),
            (value.extendable_to_days, "日"),
            (value.months, "月"),
            (value.months_of_wage, "月"),
            (value.years, "年"),
            (value.extendable_to_years, "年"),
            (value.amount_cny, "元"),
            (value.amount_to_cny, "元"),
            (value.multiple, "倍"),
            (value.percent, "%"),
            (value.percent_to, "%"),
            *((step.months_of_wage, "月") for step in value.scale),
            *((step.percent, "%") for step in value.scale),
            *((step.amount_cny, "元") for step in value.scale),
        )
        if number is not None
    ]
    if value.on is not None:
        found.append(value.on.isoformat())
    for text in (*value.items, *value.documents, *value.conditions, *value.who, *value.where):
        found += figures_in(text)
    return found


def counts_of(provision: Provision) -> set[int]:
    """How many things the provision's lists hold: what 四项 or 三类 in its summary may rightly say."""
    value = provision.value
    return {
        len(x)
        for x in (value.items, value.titles, value.conditions, value.award_kinds, value.who, value.where)
    }
