"""公示期的文字 (words of the period): from ``generator/catalogue/zh/period.yml``, for every surface.

Plain text without markup.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from generator.catalogue import wording
from generator.law.notice_period.day_wording import closing_words, day_words, weekday_words
from generator.law.notice_period.period_rule import Origin
from generator.law.notice_period.publicity_clock import ClockDay, PublicityClock, Reason
from generator.law.workdays import Kind


def last_moment_words(clock: PublicityClock, *, year: bool = False) -> str:
    """最后时刻: 11月26日 24:00, or 11月26日 17:30 where the last day ends at the close of business."""
    return closing_words(clock.closes_on, clock.closes_at, year=year)


def ordinal_words(day: ClockDay) -> str | None:
    """第几日, None for a day that is not counted."""
    if day.ordinal is None:
        return None
    return str(wording("period")["ordinal"]).format(ordinal=day.ordinal)


def reason_words(day: ClockDay) -> str:
    """计入或不计入及其原因: 计入; 春节假期，不计入; 调休上班日，计入 …"""
    reasons = wording("period")["reason"]
    named = f"{day.reason.value}_named"
    key = named if day.kind.name and named in reasons else day.reason.value
    return str(reasons[key]).format(name=day.kind.name)


def amount_words(length: int, unit: str | None) -> str:
    """几日: 7日 (calendar days, or no unit stated), 5个工作日."""
    return str(wording("period")["amount"][unit or "calendar_day"]).format(length=length)


def working_out(clock: PublicityClock) -> tuple[str, ...]:
    """公示期怎样算出: one sentence a step, each ending in 。

    The law, the declared ends, or the length with how it is counted; a roll-over, or a day of rest that ends the
    period all the same; the days on which one may object, the last moment, what is not known yet. How many days that makes is :func:`counting`.
    """
    words = wording("period")["working"]
    rule = clock.rule
    origins = rule.origins
    first, last = day_words(clock.opens_on), day_words(clock.closes_on)
    steps: list[str] = []
    if rule.minimum is not None:
        form = str(words["statutory"][rule.minimum.asked])
        amount = amount_words(rule.minimum.length, rule.minimum.unit)
        steps.append(form.format(origin=rule.minimum.origin.words, amount=amount))
    if clock.declared:
        steps.append(_cited(words["declared"].format(first=first, last=last), None))
    elif rule.length is not None:
        amount = amount_words(rule.length, clock.unit)
        steps.append(_cited(words["reckoned"].format(first=first, amount=amount), origins.length))
    if not clock.declared:
        steps.extend(_count_words(clock))
    if clock.moved_for_holiday:
        moved = words["moved"].format(
            reckoned=day_words(clock.reckoned_closes_on, year=False),
            name=clock.moved_for or words["weekend"],
            last=day_words(clock.closes_on, year=False),
        )
        steps.append(words["cited"].format(sentence=moved, origin=words["roll_over_basis"]))
    elif not (last_kind := clock.days[-1].kind).is_worked:
        name = (
            words["holiday"].format(name=last_kind.name) if last_kind.name else weekday_words(clock.closes_on)
        )
        rest = words["rest_declared" if clock.declared else "rest_reckoned"].format(name=name)
        steps.append(_cited(rest, None if clock.declared or rule.roll_over else origins.roll_over))
    may_object = words["may_object" if len(clock.days) > 1 else "may_object_alone"]
    steps.append(_cited(may_object.format(first=first, last=last), None))
    moment = words["last_moment" if rule.close_of_business is None else "close_of_business"]
    moment = moment.format(last_moment=last_moment_words(clock, year=True))
    steps.append(_cited(moment, origins.close_of_business))
    if clock.arrangement_unknown_for:
        mark = wording("period")["list_mark"]
        steps.append(words["unknown"].format(years=mark.join(map(str, clock.arrangement_unknown_for))))
    return tuple(steps)


def counting(clock: PublicityClock) -> tuple[str, ...]:
    """日数怎样数: for declared ends the unit, the first day and the days left out; the span against the
    statutory minimum. Says nothing of when one may object: that is every day of the period."""
    return (*(_count_words(clock) if clock.declared else ()), *_minimum_words(clock))


def _count_words(clock: PublicityClock) -> Iterable[str]:
    """The unit, the first day, the days not counted and why, the weekend days counted and why."""
    words = wording("period")["working"]
    origins = clock.rule.origins
    if not clock.declared or origins.unit is not None:
        yield _cited(words["unit"].format(unit=wording("period")["unit"][clock.unit]), origins.unit)
    if not clock.declared or origins.first_day is not None:
        yield _cited(_first_day_words(clock), origins.first_day)
    yield from _skipped_words(clock)


def _cited(sentence: str, origin: Origin | None) -> str:
    words = wording("period")["working"]
    if origin is None:
        return str(words["plain"]).format(sentence=sentence)
    return str(words["cited"]).format(sentence=sentence, origin=origin.words)


def _first_day_words(clock: PublicityClock) -> str:
    words = wording("period")["working"]
    first = day_words(clock.opens_on, year=False)
    if clock.first_day_counts:
        # With working days a first day on a weekend is left out as a weekend, not as the first day.
        return str(words["first_day_counts"]).format(first=first)
    if len(clock.days) == 1:
        return str(words["first_day_alone"]).format(first=first)
    second = day_words(clock.days[1].on, year=False)
    return str(words["first_day_excluded"]).format(first=first, second=second)


def _skipped_words(clock: PublicityClock) -> Iterable[str]:
    """Days inside the period that are left out, and weekend days that are worked, by reason and name."""
    words = wording("period")["working"]
    left_out = [day for day in clock.days if day.reason in (Reason.WEEKEND, Reason.HOLIDAY)]
    for name in dict.fromkeys(day.kind.name for day in left_out):
        days = [day.on for day in left_out if day.kind.name == name]
        label = words["weekend"] if name is None else words["holiday"].format(name=name)
        yield words["not_counted"].format(days=_days_words(days), name=label)
    makeup = [day.on for day in clock.days if day.reason is Reason.MAKEUP_WORKDAY]
    if makeup:
        yield words["makeup"].format(days=_days_words(makeup))


def _days_words(days: list[date]) -> str:
    """11月21日至11月22日、11月28日: runs of neighbouring days in one."""
    forms = wording("period")
    runs = []
    for _, run in groupby(enumerate(days), key=lambda item: item[1].toordinal() - item[0]):
        members = [day for _, day in run]
        first, last = (day_words(day, year=False) for day in (members[0], members[-1]))
        runs.append(first if len(members) == 1 else str(forms["range"]).format(first=first, last=last))
    return str(forms["list_mark"]).join(runs)


def _minimum_words(clock: PublicityClock) -> Iterable[str]:
    counting, excluding = clock.if_first_day_counts, clock.if_first_day_excluded
    if counting.meets_minimum is None:
        return
    key = (
        "meets_both"
        if excluding.meets_minimum
        else "meets_counting_only"
        if counting.meets_minimum
        else "meets_neither"
    )
    yield (
        wording("period")["working"][key].format(
            counting=amount_words(counting.length, clock.span_unit),
            excluding=amount_words(excluding.length, clock.span_unit),
            unit=wording("period")["unit"][clock.span_unit],
        )
    )


def kind_words(day: ClockDay) -> str | None:
    """日的性质 worth a mark in the strip: the holiday's name, 周末, 调休上班日; None for a plain workday."""
    if day.kind.kind is Kind.LEGAL_HOLIDAY:
        return day.kind.name
    if day.kind.kind is Kind.WEEKEND:
        return str(wording("period")["weekend"])
    if day.kind.kind is Kind.MAKEUP_WORKDAY:
        return str(wording("period")["makeup_workday"])
    return None
