"""公示期的性质: what holds of every period, in all its readings."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from generator.law.notice_period.last_day import (
    ClockState,
    PeriodRule,
    PublicityClock,
    computed_clock,
    declared_clock,
    period_document,
)
from generator.law.notice_period.period_wording import last_moment_words, working_out
from generator.law.workdays import build_calendar
from tests.unit.publicity.law_table import calendar, minimum_from

# The first example imports two calendar libraries, so no deadline; the same examples in every run.
CALENDAR = build_calendar()
DAYS = st.dates(date(2004, 1, 1), date(2026, 11, 30))
MINIMA = st.sampled_from([None, "at_least 7", "exactly 7", "unspecified 5", "at_least 5 working_day"])
RULES = st.builds(
    lambda minimum, **values: PeriodRule(minimum=minimum_from(minimum) if minimum else None, **values),
    minimum=MINIMA,
    unit=st.sampled_from(["calendar_day", "working_day"]),
    length=st.integers(1, 40),
    first_day_counts=st.booleans(),
    roll_over=st.booleans(),
    holiday_scope=st.sampled_from(["statutory", "arranged", "rest_days"]),
    close_of_business=st.sampled_from([None, time(12, 0), time(17, 30)]),
)
OFFSETS = st.lists(st.integers(-60 * 24 * 60, 90 * 24 * 60), min_size=2, max_size=8)


@st.composite
def clocks(draw: st.DrawFn) -> PublicityClock:
    rule, opens_on = draw(RULES), draw(DAYS)
    if draw(st.booleans()):
        clock = declared_clock(
            opens_on, opens_on + timedelta(days=draw(st.integers(0, 40))), rule, CALENDAR
        ).clock
    else:
        clock = computed_clock(opens_on, rule, CALENDAR).clock
    if clock is None:
        # Only a working-day reckoning that runs past the last known arrangement has no clock.
        assert rule.unit == "working_day" or (rule.minimum and rule.minimum.unit == "working_day")
        assert opens_on >= date(2026, 9, 1)
        clock = computed_clock(date(2025, 3, 3), rule, CALENDAR).clock
    assert clock is not None
    return clock


@given(clocks())
def test_closes_after_it_opens(clock: PublicityClock) -> None:
    assert clock.opens_on <= clock.reckoned_closes_on <= clock.closes_on
    assert clock.opens_at < clock.closes_at
    assert clock.closes_at <= datetime.combine(clock.closes_on, time(), clock.closes_at.tzinfo) + timedelta(
        days=1
    )


@given(DAYS, RULES)
def test_a_reckoned_period_never_ends_on_a_legal_holiday_where_the_roll_over_applies(
    opens_on: date, rule: PeriodRule
) -> None:
    """民法典 203: 期间的最后一日是法定休假日的，以法定休假日结束的次日为期间的最后一日。"""
    clock = computed_clock(opens_on, rule, CALENDAR).clock
    if clock is None:
        return
    if rule.roll_over:
        assert not CALENDAR.is_legal_rest(clock.closes_on, rule.holiday_scope)
        moved_past = [day for day in clock.days if clock.reckoned_closes_on <= day.on < clock.closes_on]
        assert all(CALENDAR.is_legal_rest(day.on, rule.holiday_scope) for day in moved_past)
    else:
        assert not clock.moved_for_holiday


@given(DAYS, RULES)
def test_a_reckoned_period_counts_exactly_its_length(opens_on: date, rule: PeriodRule) -> None:
    clock = computed_clock(opens_on, rule, CALENDAR).clock
    if clock is not None:
        assert clock.length == rule.length
        assert clock.days[-1].ordinal == rule.length


@given(clocks())
def test_the_strip_covers_every_day_once_with_rising_ordinals(clock: PublicityClock) -> None:
    span = (clock.closes_on - clock.opens_on).days
    assert [day.on for day in clock.days] == [clock.opens_on + timedelta(days=n) for n in range(span + 1)]
    ordinals = [day.ordinal for day in clock.days if day.counted]
    assert ordinals == list(range(1, len(ordinals) + 1))
    if clock.unit == "working_day":
        assert all(day.kind.is_worked for day in clock.days if day.counted)


@given(clocks(), OFFSETS)
def test_days_remaining_never_increases(clock: PublicityClock, minutes: list[int]) -> None:
    instants = [clock.opens_at + timedelta(minutes=n) for n in sorted(minutes)]
    left = [clock.days_remaining(instant) for instant in instants]
    assert left == sorted(left, reverse=True)
    assert all(n >= 0 for n in left)
    assert clock.days_remaining(clock.closes_at - timedelta(microseconds=1)) == 0


@given(clocks(), OFFSETS)
def test_states_follow_one_another_and_flip_at_the_moment(clock: PublicityClock, minutes: list[int]) -> None:
    tick = timedelta(microseconds=1)
    assert clock.state_at(clock.opens_at - tick) is ClockState.SCHEDULED
    assert clock.state_at(clock.opens_at) is ClockState.OPEN
    assert clock.state_at(clock.closes_at - tick) is ClockState.OPEN
    assert clock.state_at(clock.closes_at) is ClockState.CLOSED
    order = list(ClockState)
    states = [order.index(clock.state_at(clock.opens_at + timedelta(minutes=n))) for n in sorted(minutes)]
    assert states == sorted(states)


@given(clocks())
def test_words_and_data_give_one_last_moment(clock: PublicityClock) -> None:
    words = last_moment_words(clock, year=True)
    data = period_document(clock)
    assert data.last_moment == words
    assert datetime.fromisoformat(data.closes_at) == clock.closes_at
    assert any(words in step for step in working_out(clock))
    assert "00:00" not in "".join(working_out(clock))


@given(DAYS, st.integers(0, 40), RULES)
def test_declared_days_are_never_shifted(opens_on: date, more: int, rule: PeriodRule) -> None:
    closes_on = opens_on + timedelta(days=more)
    clock = declared_clock(opens_on, closes_on, rule, CALENDAR).clock
    if clock is not None:
        assert (clock.opens_on, clock.closes_on) == (opens_on, closes_on)
        assert not clock.moved_for_holiday


@given(st.dates(date(2026, 12, 20), date(2027, 12, 20)), RULES)
def test_a_working_day_period_is_never_reckoned_without_the_arrangement(
    opens_on: date, rule: PeriodRule
) -> None:
    clock, problems = computed_clock(opens_on, rule, CALENDAR)
    codes = {problem.code for problem in problems}
    if clock is None:
        assert "CLK007" in codes
    elif clock.closes_on.year >= 2027:
        assert "CLK008" in codes
        assert rule.unit == "calendar_day"
    with_file = computed_clock(opens_on, rule, calendar(("invented-2027",))).clock
    if with_file is not None and with_file.closes_on.year == 2027:
        assert with_file.arrangement_unknown_for == ()
