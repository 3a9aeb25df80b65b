"""规定的值 (values): a provision's figure in parts that a page can set large, with its comparison kept.

不少于7日, 7日, 不低于3万元 and 5万元 are four different comparisons; 日 without more says that the text
names no unit. Words come from ``zh/policies.yml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from generator.catalogue import wording
from generator.law.instruments.policy_words import event_words
from generator.law.notice_period.day_wording import day_words
from generator.source.model.instrument import Value
from generator.source.model.law_words import Comparison

_TEN_THOUSAND = 10_000
_ISO_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """数, in the parts in which it is set: 不少于 · 7 · 日; 30 · 日 · 内, longest 60日."""

    before: str
    number: str
    unit: str
    after: str
    longest: str = ""

    @property
    def words(self) -> str:
        """The whole in one: 30日内（最长60日）."""
        words = f"{self.before}{self.number}{self.unit}{self.after}"
        if not self.longest:
            return words
        return str(wording("policies")["values"]["whole"]).format(words=words, longest=self.longest)


def figure_of(value: Value) -> Figure | None:
    """值中的数: a period, an amount in yuan, so many months' wages, times or per cent; None without any."""
    forms = wording("policies")["values"]
    if value.days is not None:
        unit = forms["day"][value.day_unit or "unspecified"]
        return _period(value, value.days, unit, value.extendable_to_days)
    if value.months is not None:
        return _period(value, value.months, forms["month"], None)
    if value.years is not None:
        return _period(value, value.years, forms["year"], value.extendable_to_years)
    if value.amount_cny is not None:
        return _amount(value, value.amount_cny)
    if value.multiple is not None:
        return _multiple(value, value.multiple)
    if value.months_of_wage is not None:
        return Figure(
            before="",
            number=str(value.months_of_wage),
            unit=_unit(forms["month_of_wage"], value.months_of_wage),
            after="",
        )
    if value.percent is not None:
        number = str(value.percent) if value.percent_to is None else f"{value.percent}–{value.percent_to}"
        return Figure(before="", number=number, unit=str(forms["percent"]), after="")
    return None


def _unit(form: Any, number: int) -> str:
    """A unit after ``number``: one word, or of a language that has two the one that fits."""
    return form if isinstance(form, str) else str(form["one" if number == 1 else "other"])


def _period(value: Value, number: int, unit: Any, longest: int | None) -> Figure:
    forms = wording("policies")["values"]
    before, after = forms["period"][(value.comparison or Comparison.EXACTLY).value]
    whole = "" if longest is None else str(forms["longest"]).format(figure=f"{longest}{_unit(unit, longest)}")
    return Figure(before=before, number=str(number), unit=_unit(unit, number), after=after, longest=whole)


def _multiple(value: Value, multiple: int) -> Figure:
    forms = wording("policies")["values"]
    times = _period(value, multiple, forms["multiple"], None)
    if value.months_of_wage is None:
        return times
    months = value.months_of_wage
    more = str(forms["plus"]).format(figure=f"{months}{_unit(forms['month_of_wage'], months)}")
    return replace(times, after=f"{times.after}{more}")


def _amount(value: Value, amount: int) -> Figure:
    forms = wording("policies")["values"]
    before, after = forms["amount"][(value.comparison or Comparison.EXACTLY).value]
    if value.per is not None:
        first, last = forms["per"][value.per]
        before, after = f"{first}{before}", f"{after}{last}"
    number, unit = _yuan(amount)
    if value.amount_to_cny is not None:
        upper, upper_unit = _yuan(value.amount_to_cny)
        number = f"{number}–{upper}" if unit == upper_unit else f"{number}{unit}–{upper}"
        unit = upper_unit
    return Figure(before=before, number=number, unit=unit, after=after)


def _yuan(amount: int) -> tuple[str, str]:
    """(number, unit) of a sum, in units of ten thousand where it is whole ones."""
    forms = wording("policies")["values"]
    if "ten_thousand_yuan" in forms and amount >= _TEN_THOUSAND and amount % _TEN_THOUSAND == 0:
        return str(amount // _TEN_THOUSAND), str(forms["ten_thousand_yuan"])
    return f"{amount:,}", str(forms["yuan"])


def span_words(value: Value) -> str:
    """期间的起止: 行为发生 → 申请、申报; only the start where the text gives no end; empty without."""
    forms = wording("policies")["values"]
    if value.from_ is None:
        return ""
    start = event_words(value.from_)
    if value.to is None:
        return str(forms["from"]).format(start=start)
    return str(forms["span"]).format(start=start, end=event_words(value.to))


def title_words(title: str) -> str:
    """书名: 《…》."""
    return str(wording("common")["marks"]["title"]).format(title=title)


def titles_words(titles: Iterable[str]) -> str:
    """几个书名: 《…》《…》."""
    return str(wording("common")["marks"]["titles"]).join(map(title_words, titles))


def aside_words(words: str) -> str:
    """补充: （…）."""
    return str(wording("common")["marks"]["aside"]).format(words=words)


def plain_dates(text: str) -> str:
    """ISO days inside a sentence in Chinese: 自 2016-01-01 起 becomes 自2016年1月1日起."""
    spaced = _ISO_DAY.sub(lambda found: day_words(date(*map(int, found.groups()))), text)
    return re.sub(r" ?(\d{4}年\d{1,2}月\d{1,2}日) ?", r"\1", spaced)
