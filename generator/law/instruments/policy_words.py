"""政策库的公开文案: the words of ``zh/policy.yml`` by key."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.catalogue import wording
from generator.law.instruments.article import Article, read_article
from generator.source.model.instrument import Step, Value
from generator.source.model.law_words import AwardKind, Comparison, Event, Grantor, Modality, Topic

_SECTION = re.compile("[一二三四五六七八九十]")


def note_words(key: str, terms: Mapping[str, str]) -> str:
    """A note in one sentence. Raises ``KeyError`` for a key without wording or a term not given."""
    said = {name: cited_words(term) if name == "article" else term for name, term in terms.items()}
    return str(wording("policy")["notes"][key]).format_map(said)


def cited_words(article: str) -> str:
    """条款的称呼: 第十一条第一款 as it stands; a section such as 二（八） as “二（八）”部分. In English art. 11(1)."""
    forms = wording("policies")["values"]
    if "cited" in forms:
        return _cited_by_number(read_article(article), forms["cited"])
    return str(forms["section"]).format(article=article) if _SECTION.match(article) else article


def _cited_by_number(at: Article, forms: Mapping[str, str]) -> str:
    if at.rank != 1:
        return str(forms["preamble" if at.rank == 0 else "closing"])
    first, *rest = (*at.number, *(part for part in (at.paragraph, at.item) if part))
    form = str(forms["article" if len(at.number) == 1 else "section"])
    return form.format(number=first, parts="".join(f"({part})" for part in rest))


def change_words(key: str, terms: Mapping[str, str]) -> str:
    """A statement of what changed. Raises ``KeyError`` as above."""
    return str(wording("policy")["changes"][key]).format_map(terms)


def topic_words(topic: Topic) -> str:
    """主题的名称: 公示期限."""
    return str(wording("policy")["topics"][topic.value])


def event_words(event: Event) -> str:
    """程序节点的名称: 申请."""
    return str(wording("policy")["events"][event.value])


def period_words(value: Value) -> str | None:
    """期间 with its unit and nothing more: 30 日, 1 年, 3 个月; None when the value has no period."""
    units = wording("policy")["units"]
    if value.days is not None:
        key = "working_day" if value.day_unit == "working_day" else "day"
        return str(units[key]).format(n=value.days)
    if value.months is not None:
        return str(units["month"]).format(n=value.months)
    if value.years is not None:
        return str(units["year"]).format(n=value.years)
    return None


def longest_words(value: Value) -> str | None:
    """延长后的期间: 60 日, 2 年; None where nothing extends it."""
    units = wording("policy")["units"]
    if value.extendable_to_days is not None:
        key = "working_day" if value.day_unit == "working_day" else "day"
        return str(units[key]).format(n=value.extendable_to_days)
    if value.extendable_to_years is not None:
        return str(units["year"]).format(n=value.extendable_to_years)
    return None


def doubt_words(key: str, **terms: str) -> str:
    """Why a verdict is doubtful, with the sum of the other reading."""
    return str(wording("law")["doubts"][key]).format_map(terms)


def above_words(level: str, *, applied: bool) -> str:
    """Why a text above the place decides: 省级规定，本地文本没有写. ``applied``: the place has no text of its own."""
    form = str(wording("law")["above"]["applied" if applied else "silent"])
    return form.format(level=wording("policies")["levels"][level])


def missing_words(key: str) -> str:
    """What a record does not say: ``grantor``, ``grade``."""
    return str(wording("law")["missing"][key])


def reading_words(value: Value, article: str, working: str) -> str:
    """One reading of a record that leaves something open: 由市人民政府批准的，第十八条第（一）项：…"""
    forms = wording("law")["reading"]
    by = "、".join(map(grantor_words, value.grantors))
    return str(forms["by" if by else "plain"]).format(by=by, article=article, working=working)


def amount_words(amount: int) -> str:
    """金额: 5,000 元, 5 万元."""
    units = wording("policy")["units"]
    if "ten_thousand_yuan" in units and amount >= 10_000 and amount % 10_000 == 0:
        return str(units["ten_thousand_yuan"]).format(n=amount // 10_000)
    return str(units["yuan"]).format(n=f"{amount:,}")


def value_words(value: Value) -> str | None:
    """值中的数: 至少 7 日, 30 日内（最长 60 日）, 不低于 3 万元, 恰为 5 万元; None without a figure."""
    catalogue = wording("policy")
    figure = period_words(value)
    family = "period"
    if figure is None and value.amount_cny is not None:
        figure, family = amount_words(value.amount_cny), "amount"
        if value.amount_to_cny is not None:
            form = str(catalogue["units"]["amount_range"])
            figure = form.format(amount=figure, upper=amount_words(value.amount_to_cny))
        if value.per is not None:
            figure = str(catalogue["per"][value.per]).format(amount=figure)
    if figure is None and value.multiple is not None:
        figure = f"{value.multiple_of}{catalogue['units']['multiple'].format(n=value.multiple)}"
        family = "amount"
        if value.months_of_wage is not None:
            figure = str(catalogue["units"]["plus"]).format(figure=figure, more=_wage_words(value))
    if figure is None and value.months_of_wage is not None:
        return _wage_words(value)
    if figure is None and value.percent is not None:
        form = "percent" if value.percent_to is None else "percent_range"
        return str(catalogue["units"][form]).format(n=value.percent, m=value.percent_to)
    if figure is None:
        return value.on.isoformat() if value.on is not None else None
    comparison = value.comparison or Comparison.EXACTLY
    words = str(catalogue["comparisons"][family][comparison.value]).format(figure=figure)
    if value.extendable_to_days is not None:
        longest = str(catalogue["units"]["day"]).format(n=value.extendable_to_days)
    elif value.extendable_to_years is not None:
        longest = str(catalogue["units"]["year"]).format(n=value.extendable_to_years)
    else:
        return words
    return str(catalogue["extended"]).format(words=words, longest=longest)


def _wage_words(value: Value) -> str:
    """若干个月的工资 and whose: 40 个月的本人工资; 40 个月工资 where the text does not say whose."""
    units = wording("policy")["units"]
    if value.wage_base is None:
        return str(units["month_of_wage"]).format(n=value.months_of_wage)
    return str(units["month_of_whose_wage"]).format(n=value.months_of_wage, whose=value.wage_base)


def step_words(step: Step) -> str:
    """分级标准的一级: 一级伤残：27 个月工资."""
    units = wording("policy")["units"]
    if step.amount_cny is not None:
        figure = amount_words(step.amount_cny)
    elif step.percent is not None:
        figure = str(units["percent"]).format(n=step.percent)
    else:
        figure = str(units["month_of_wage"]).format(n=step.months_of_wage)
    return str(units["step"]).format(of=step.of, figure=figure)


def modality_words(modality: Modality) -> str:
    """规定的强度: 应当."""
    return str(wording("policy")["modalities"][modality.value])


def kind_words(kind: AwardKind) -> str:
    """奖励种类的名称."""
    return str(wording("policy")["award_kinds"][kind.value])


def grantor_words(grantor: Grantor) -> str:
    """授予机关的层级."""
    return str(wording("policy")["grantors"][grantor.value])
