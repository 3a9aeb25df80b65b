"""公示期的数据形式 (interchange): the clock as documents, one shape for API and exports."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from generator.law.notice_period.period_rule import Origin, PeriodRule, StatutoryMinimum
from generator.law.notice_period.period_wording import counting, last_moment_words, reason_words, working_out
from generator.law.notice_period.publicity_clock import ClockDay, PublicityClock, Reason, SpanReading
from generator.law.workdays import HolidayScope, Kind
from generator.source.model.published import Day, Document, Instant, choice, instant
from generator.source.model.scalars import DayUnit

OriginKind = Literal["record", "authority", "instrument", "site"]


class PeriodDay(Document):
    """公示期内的一日"""

    on: Day
    counted: Annotated[bool, Meta(description="是否计入")]
    ordinal: Annotated[Annotated[int, Meta(ge=1)] | None, Meta(description="第几日")]
    reason: Annotated[str, choice(*Reason), Meta(description="原因")]
    reason_text: Annotated[str, Meta(description="原因的文字")]
    kind: Annotated[str, choice(*Kind), Meta(description="日的性质")]
    holiday: Annotated[str | None, Meta(description="节日名称")]
    source: Annotated[str, Meta(description="日历出处")]


class OriginShown(Document):
    """规则的出处"""

    kind: OriginKind
    title: str | None
    version: str | None
    article: str | None
    url: str | None


class MinimumShown(Document):
    """法定的最短期间及其出处"""

    length: int
    unit: DayUnit | None
    comparison: Literal["at_least", "exactly", "unspecified"]
    kind: OriginKind
    title: str | None
    version: str | None
    article: str | None
    url: str | None


class OriginsShown(Document):
    """规则各部分的出处"""

    length: OriginShown | None
    unit: OriginShown | None
    first_day: OriginShown | None
    roll_over: OriginShown | None
    close_of_business: OriginShown | None


class RuleShown(Document):
    """公示期的规则"""

    length: int | None
    unit: DayUnit | None
    first_day_counts: bool | None
    roll_over: bool
    holiday_scope: HolidayScope
    close_of_business: Annotated[str, Meta(pattern="^[0-9]{2}:[0-9]{2}$")] | None
    statutory_minimum: MinimumShown | None
    origins: OriginsShown


class ReadingShown(Document):
    """一种首日算法下的期间长度"""

    length: int
    meets_minimum: bool | None


class SpanShown(Document):
    """两种首日算法下的期间长度"""

    unit: DayUnit
    if_first_day_counts: ReadingShown
    if_first_day_excluded: ReadingShown


class Period(Document):
    """公示期如何算出"""

    opens_on: Day
    opens_at: Instant
    closes_on: Day
    closes_at: Instant
    last_moment: Annotated[str, Meta(description="最后时刻的文字")]
    declared: Annotated[bool, Meta(description="起止均由机关载明")]
    unit: DayUnit
    first_day_counts: bool
    length: int
    moved_for_holiday: bool
    moved_for: str | None
    reckoned_closes_on: Day
    rule: RuleShown
    span: SpanShown
    arrangement_unknown_for: tuple[int, ...]
    working: Annotated[tuple[str, ...], Meta(description="算法，一步一句")]


def period_document(clock: PublicityClock) -> Period:
    """公示期如何算出, its days apart: see :func:`day_documents`.

    ``closes_at`` is exclusive (midnight after the last day unless there is a close of business),
    ``closes_on`` inclusive. ``last_moment`` is the same moment in words, with 24:00 on the last day.
    """
    return Period(
        opens_on=clock.opens_on.isoformat(),
        opens_at=instant(clock.opens_at),
        closes_on=clock.closes_on.isoformat(),
        closes_at=instant(clock.closes_at),
        last_moment=last_moment_words(clock, year=True),
        declared=clock.declared,
        unit=clock.unit,
        first_day_counts=clock.first_day_counts,
        length=clock.length,
        moved_for_holiday=clock.moved_for_holiday,
        moved_for=clock.moved_for,
        reckoned_closes_on=clock.reckoned_closes_on.isoformat(),
        rule=_rule(clock.rule),
        span=SpanShown(
            unit=clock.span_unit,
            if_first_day_counts=_reading(clock.if_first_day_counts),
            if_first_day_excluded=_reading(clock.if_first_day_excluded),
        ),
        arrangement_unknown_for=clock.arrangement_unknown_for,
        working=(*working_out(clock), *counting(clock)),
    )


def day_documents(clock: PublicityClock) -> tuple[PeriodDay, ...]:
    """公示期内的各日, from the first to the last, those that do not count included."""
    return tuple(_day(day) for day in clock.days)


def _day(day: ClockDay) -> PeriodDay:
    return PeriodDay(
        on=day.on.isoformat(),
        counted=day.counted,
        ordinal=day.ordinal,
        reason=day.reason.value,
        reason_text=reason_words(day),
        kind=day.kind.kind.value,
        holiday=day.kind.name,
        source=day.kind.source,
    )


def _reading(reading: SpanReading) -> ReadingShown:
    return ReadingShown(length=reading.length, meets_minimum=reading.meets_minimum)


def _rule(rule: PeriodRule) -> RuleShown:
    close, origins = rule.close_of_business, rule.origins
    return RuleShown(
        length=rule.length,
        unit=rule.unit,
        first_day_counts=rule.first_day_counts,
        roll_over=rule.roll_over,
        holiday_scope=rule.holiday_scope,
        close_of_business=None if close is None else close.strftime("%H:%M"),
        statutory_minimum=_minimum(rule.minimum),
        origins=OriginsShown(
            length=_origin(origins.length),
            unit=_origin(origins.unit),
            first_day=_origin(origins.first_day),
            roll_over=_origin(origins.roll_over),
            close_of_business=_origin(origins.close_of_business),
        ),
    )


def _minimum(minimum: StatutoryMinimum | None) -> MinimumShown | None:
    if minimum is None:
        return None
    origin = minimum.origin
    return MinimumShown(
        length=minimum.length,
        unit=minimum.unit,
        comparison=minimum.asked,
        kind=origin.kind,
        title=origin.title,
        version=origin.version,
        article=origin.article,
        url=origin.url,
    )


def _origin(origin: Origin | None) -> OriginShown | None:
    if origin is None:
        return None
    return OriginShown(
        kind=origin.kind,
        title=origin.title,
        version=origin.version,
        article=origin.article,
        url=origin.url,
    )
