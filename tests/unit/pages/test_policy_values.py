"""How the value of a provision is said: every comparison in its own words."""

from __future__ import annotations

from typing import Any

from generator.law.instruments.policy_words import cited_words
from generator.pages.policy.policy_values import figure_of, plain_dates, span_words
from generator.source.model.instrument import Value
from tests.every_row import every_row

DAYS = {"day_unit": "unspecified"}


@every_row(
    ("value", "said"),
    [
        ({"days": "7", "comparison": "at_least", **DAYS}, "不少于7日"),
        ({"days": "7", "comparison": "exactly", **DAYS}, "7日"),
        ({"days": "5", "comparison": "within", **DAYS}, "5日内"),
        ({"days": "60", "comparison": "at_most", **DAYS}, "不超过60日"),
        ({"days": "5", "comparison": "within", "day_unit": "working_day"}, "5个工作日内"),
        ({"days": "5", "comparison": "within", "day_unit": "calendar_day"}, "5个自然日内"),
        ({"days": "30", "comparison": "within", "extendable_to_days": "60", **DAYS}, "30日内（最长60日）"),
        ({"years": "1", "comparison": "within", "extendable_to_years": "2"}, "1年内（最长2年）"),
        ({"months": "3", "comparison": "after"}, "超过3个月"),
        ({"amount_cny": "30000", "comparison": "at_least"}, "不低于3万元"),
        ({"amount_cny": "50000", "comparison": "exactly"}, "5万元"),
        ({"amount_cny": "50000", "comparison": "exactly", "per": "person"}, "每人5万元"),
        ({"amount_cny": "100000", "comparison": "at_least", "per": "year"}, "每年不低于10万元"),
        ({"amount_cny": "5000", "comparison": "at_least"}, "不低于5,000元"),
        ({"amount_cny": "15000", "comparison": "exactly"}, "15,000元"),
        ({"amount_cny": "500000", "amount_to_cny": "800000", "per": "person"}, "每人50–80万元"),
        ({"amount_cny": "2000", "amount_to_cny": "20000"}, "2,000元–2万元"),
        ({"months_of_wage": "40"}, "40个月工资"),
        (
            {"multiple": "20", "multiple_of": "收入", "months_of_wage": "40", "comparison": "at_least"},
            "不少于20倍加40个月工资",
        ),
    ],
)
def test_each_comparison_has_its_own_words(value: dict[str, Any], said: str) -> None:
    figure = figure_of(Value.model_validate(value))
    assert figure is not None
    assert figure.words == said


def test_a_value_without_a_number_has_no_figure() -> None:
    assert figure_of(Value.model_validate({"who": ["公安机关"], "items": ["甲", "乙"]})) is None


def test_span_says_where_a_period_starts_and_ends() -> None:
    whole = Value.model_validate({"years": "1", "comparison": "within", "from": "act", "to": "application"})
    assert span_words(whole) == "行为发生 → 申请、申报"
    open_end = Value.model_validate({"months": "3", "comparison": "after", "from": "medical_advance"})
    assert span_words(open_end) == "自垫付医疗费起"
    assert span_words(Value()) == ""


def test_a_section_is_cited_as_a_part_and_an_article_as_it_stands() -> None:
    assert cited_words("二（八）") == "“二（八）”部分"
    assert [cited_words(article) for article in ("第十一条第一款", "前言", "末段")] == [
        "第十一条第一款",
        "前言",
        "末段",
    ]


def test_days_in_sentences_are_said_in_chinese() -> None:
    assert plain_dates("《甲》自 2016-01-01 起施行。") == "《甲》自2016年1月1日起施行。"
    assert plain_dates("没有日期，止于第十一条。") == "没有日期，止于第十一条。"
