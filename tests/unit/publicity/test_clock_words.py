"""公示期的文字与数据: what the public reads, and what machines read."""

from __future__ import annotations

import pickle
from datetime import date, datetime, time
from string import Formatter
from typing import Any

import pytest
from msgspec import to_builtins

from generator.diagnostics import Place, diagnose
from generator.diagnostics.codes import entries
from generator.law.notice_period.last_day import (
    Origin,
    PeriodRule,
    PublicityClock,
    RuleLayer,
    computed_clock,
    day_documents,
    declared_clock,
    period_document,
    resolve_rule,
)
from generator.law.notice_period.period_wording import (
    counting,
    kind_words,
    ordinal_words,
    reason_words,
    working_out,
)
from tests.every_row import every_row
from tests.unit.publicity.law_table import calendar, minimum_from, result_of, rows

RULE = ("length", "unit", "first_day_counts", "roll_over", "origins")


def clock_of(opens: str, *, to: str | None = None, **rule: object) -> PublicityClock:
    opens_on = date.fromisoformat(opens)
    made = PeriodRule(**rule)  # type: ignore[arg-type]
    found = (
        declared_clock(opens_on, date.fromisoformat(to), made, calendar())
        if to
        else computed_clock(opens_on, made, calendar())
    ).clock
    assert found is not None
    return found


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


def test_the_working_of_a_reckoned_period() -> None:
    rule = resolve_rule(
        RuleLayer(origin=Origin(kind="record"), length=5, unit="working_day"),
        RuleLayer(origin=Origin(kind="authority", title="示例市委政法委"), first_day_counts=False),
        minimum=minimum_from("at_least 7"),
    )
    clock, problems = computed_clock(date(2026, 2, 12), rule, calendar())
    assert clock is not None
    assert problems == ()
    assert working_out(clock) == (
        "《示例市见义勇为条例》（2025修正）第十一条规定公示期不少于7日。",
        "自2026年2月12日起公示5个工作日（本公示载明）。",
        "按工作日计算（本公示载明）。",
        "首日2月12日不计入，自2月13日起算（示例市委政法委的办理惯例）。",
        "2月15日至2月23日是春节假期，不计入。",
        "2月14日是调休上班日，计入。",
        "可以提出异议的日子：2026年2月12日至2026年2月26日的每一天，不论是否计入日数。",
        "异议截止于2026年2月26日 24:00（北京时间）。",
    )
    assert counting(clock) == (
        "核对法定期限（按自然日）：起止之间计入首日为15日，不计首日为14日，都达到规定。",
    )
    assert [kind_words(day) for day in clock.days[:4]] == [None, None, "调休上班日", "春节"]


@every_row(
    ("opens", "to", "rule", "said"),
    [
        ("2026-11-13", "2026-11-22", {}, "最后一日是星期日，照公示所载，没有顺延。"),
        ("2026-09-25", "2026-10-01", {}, "最后一日是国庆节假期，照公示所载，没有顺延。"),
        ("2026-11-13", "2026-11-20", {}, None),
        ("2026-02-20", "2026-02-28", {}, None),
        ("2026-11-16", None, {}, "算得的最后一日是星期日，没有顺延。"),
        (
            "2026-09-25",
            None,
            {"roll_over": False},
            "算得的最后一日是国庆节假期，没有顺延（示例局的办理惯例）。",
        ),
        ("2026-09-25", None, {}, None),
    ],
)
def test_a_last_day_of_rest_that_stays_is_told(
    opens: str, to: str | None, rule: dict[str, Any], said: str | None
) -> None:
    """2026-02-28 is a Saturday that is worked; a reckoned last day on 1 October moves, and that is told already."""
    usual = {"length": 7, "unit": "calendar_day", "first_day_counts": True}
    layer = RuleLayer(origin=Origin(kind="authority", title="示例局"), **usual, **rule)
    given = resolve_rule(layer)
    told = working_out(clock_of(opens, to=to, **{name: getattr(given, name) for name in RULE}))
    assert [line for line in told if "没有顺延" in line] == ([said] if said else [])


def test_the_working_of_a_moved_period() -> None:
    clock = clock_of("2026-09-26", length=7, unit="calendar_day", first_day_counts=True)
    assert clock.moved_for == "国庆节"
    assert "算得的最后一日10月2日是休假日（国庆节），顺延至10月8日（民法典第二百零三条）。" in working_out(
        clock
    )
    assert reason_words(clock.days[6]) == "末日遇国庆节假期，顺延"
    assert ordinal_words(clock.days[6]) is None
    assert ordinal_words(clock.days[-1]) == "第7日"


def test_the_working_of_declared_days() -> None:
    clock = clock_of("2023-02-22", to="2023-02-28", minimum=minimum_from("at_least 7"))
    assert working_out(clock) == (
        "《示例市见义勇为条例》（2025修正）第十一条规定公示期不少于7日。",
        "起止日期由公示载明：2023年2月22日起，2023年2月28日止。",
        "可以提出异议的日子：2023年2月22日至2023年2月28日的每一天，不论是否计入日数。",
        "异议截止于2023年2月28日 24:00（北京时间）。",
    )
    assert counting(clock) == (
        "核对法定期限（按自然日）：起止之间计入首日为7日，达到规定；不计首日为6日，不足规定。",
    )


def test_declared_days_that_are_not_counted_are_days_to_object_on() -> None:
    layer = RuleLayer(origin=Origin(kind="authority", title="示例机关"), first_day_counts=False)
    clock = declared_clock(date(2026, 11, 20), date(2026, 11, 27), resolve_rule(layer), calendar()).clock
    assert clock is not None
    assert not [sentence for sentence in working_out(clock) if "不计入，" in sentence]
    assert counting(clock) == ("首日11月20日不计入，自11月21日起算（示例机关的办理惯例）。",)


def test_the_working_says_what_is_not_known_yet() -> None:
    clock = clock_of("2026-12-28", length=7, unit="calendar_day", first_day_counts=True)
    assert working_out(clock)[-1] == "2027年的节假日安排尚未公布，以上只按法定节日推算。"


def test_weekends_are_named_in_runs() -> None:
    clock = clock_of("2026-11-13", length=7, unit="working_day", first_day_counts=True)
    assert "11月14日至11月15日、11月21日至11月22日是周末，不计入。" in working_out(clock)


def test_json_of_a_period() -> None:
    clock = clock_of(
        "2026-02-13",
        length=2,
        unit="working_day",
        first_day_counts=True,
        minimum=minimum_from("at_least 7"),
        close_of_business=time(17, 30),
    )
    data = to_builtins(period_document(clock))
    data["days"] = list(to_builtins(day_documents(clock)))
    assert data.pop("working")
    rule = data.pop("rule")
    assert data == {
        "opens_on": "2026-02-13",
        "opens_at": "2026-02-13T00:00:00+08:00",
        "closes_on": "2026-02-14",
        "closes_at": "2026-02-14T17:30:00+08:00",
        "last_moment": "2026年2月14日 17:30",
        "declared": False,
        "unit": "working_day",
        "first_day_counts": True,
        "length": 2,
        "moved_for_holiday": False,
        "moved_for": None,
        "reckoned_closes_on": "2026-02-14",
        "days": [
            {
                "on": "2026-02-13",
                "counted": True,
                "ordinal": 1,
                "reason": "counted",
                "reason_text": "计入",
                "kind": "workday",
                "holiday": None,
                "source": "chinesecalendar",
            },
            {
                "on": "2026-02-14",
                "counted": True,
                "ordinal": 2,
                "reason": "makeup_workday",
                "reason_text": "春节调休上班日，计入",
                "kind": "makeup_workday",
                "holiday": "春节",
                "source": "chinesecalendar",
            },
        ],
        "span": {
            "unit": "calendar_day",
            "if_first_day_counts": {"length": 2, "meets_minimum": False},
            "if_first_day_excluded": {"length": 1, "meets_minimum": False},
        },
        "arrangement_unknown_for": (),
    }
    assert rule["statutory_minimum"]["article"] == "第十一条"
    assert rule["close_of_business"] == "17:30"


def test_midnight_closes_at_the_next_day_in_data_and_at_24_in_words() -> None:
    data = period_document(clock_of("2026-11-20", to="2026-11-26"))
    assert data.closes_at == "2026-11-27T00:00:00+08:00"
    assert data.last_moment == "2026年11月26日 24:00"


def test_an_instant_without_a_zone_is_refused() -> None:
    clock = clock_of("2026-11-20", to="2026-11-26")
    naive = datetime(2026, 11, 20, 9)  # noqa: DTZ001
    with pytest.raises(ValueError, match="zone"):
        clock.state_at(naive)
    with pytest.raises(ValueError, match="zone"):
        clock.days_remaining(naive)


def test_a_clock_survives_pickling() -> None:
    clock = clock_of("2026-02-12", length=5, unit="working_day", first_day_counts=False)
    assert pickle.loads(pickle.dumps(clock)) == clock


def test_the_strongest_layer_prevails_part_by_part() -> None:
    record = RuleLayer(origin=Origin(kind="record"), length=7, roll_over=False)
    organ = RuleLayer(
        origin=Origin(kind="authority", title="示例机关"), first_day_counts=True, close_of_business=time(17)
    )
    site = RuleLayer(origin=Origin(kind="site"), length=9, unit="calendar_day", roll_over=True)
    rule = resolve_rule(record, organ, site)
    assert (rule.length, rule.unit, rule.first_day_counts, rule.roll_over) == (7, "calendar_day", True, False)
    assert rule.close_of_business == time(17)
    assert rule.origins.length == record.origin
    assert rule.origins.first_day == organ.origin
    assert rule.origins.unit == site.origin
    assert resolve_rule().roll_over is True
    assert resolve_rule().first_day_counts is None


def test_every_problem_fills_its_message_in_both_languages() -> None:
    place = Place(path="registry/cases/示例.yml")
    seen = set()
    for row in rows():
        for problem in result_of(row).problems:
            made = diagnose(problem.code, place, facts=problem.facts, terms=problem.terms)
            values = {**made.facts, **made.terms}
            for language in ("zh", "en"):
                for text in entries()[problem.code][language].values():
                    named = {name for _, name, _, _ in Formatter().parse(text) if name}
                    assert named <= set(values), (problem.code, text)
            seen.add(problem.code)
    assert seen == {code for code in entries() if code.startswith("CLK0")}


def test_facts_vanish_when_the_record_is_not_public() -> None:
    hidden = Place(path="registry/cases/示例.yml", shown=False)
    problems = declared_clock(date(2026, 11, 26), date(2026, 11, 20), PeriodRule(), calendar()).problems
    made = diagnose(problems[0].code, hidden, facts=problems[0].facts, terms=problems[0].terms)
    assert "2026-11-26" not in repr(made)
    assert "2026-11-20" not in repr(made)
