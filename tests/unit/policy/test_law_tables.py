"""法律表: ``law/*.yml``, which a legal reader can review, judged row by row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.catalogue import wording
from generator.diagnostics import Place, Severity, format_text
from generator.diagnostics.codes import entries as codes
from generator.law.instruments import (
    AwardDates,
    CaseDates,
    LibrarySettings,
    Outcome,
    PolicyLibrary,
    Reckoning,
    Verdict,
    breaches,
    build_library,
    judge,
    to_diagnostics,
)
from generator.law.workdays import build_calendar
from generator.source.model.law_words import AwardKind, Grantor
from tests.every_row import every_row
from tests.unit.policy.conftest import PARENTS, load_entries

FOLDER = Path(__file__).parent / "law"
DAYS = {
    "行为": "happened_on",
    "其他结论": "conclusion_on",
    "申请": "applied_on",
    "材料补齐": "materials_complete_on",
    "受理": "accepted_on",
    "意见": "opinion_on",
    "拟确认": "proposed_on",
    "确认": "confirmed_on",
    "不予确认": "refused_on",
    "送达": "notified_on",
    "证书": "certificate_on",
    "申请复核": "review_requested_on",
    "复核决定": "review_decided_on",
    "落户申请": "hukou_applied_on",
    "撤销": "revoked_on",
}
TRUTHS = {"情况复杂": "complicated", "保密": "confidential", "首日计入": "first_day_counts"}
OUTCOMES = {
    Outcome.KEPT: "符合",
    Outcome.BREACHED: "违反",
    Outcome.DOUBTFUL: "存疑",
    Outcome.UNDECIDABLE: "无从判断",
}


class _Weekends(Reckoning):
    """No day moves an end; weekends, and holidays not, would at the widest reading."""

    def generous(self, day: date) -> date:
        while day.weekday() >= 5:
            day += timedelta(days=1)
        return day


READING = _Weekends(calendar=build_calendar())
"""The days off around 1 January 2027 are open."""
SEVERITIES = {"错误": Severity.ERROR, "警告": Severity.WARNING}


def _tables() -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    rows = []
    for path in sorted(FOLDER.glob("*.yml")):
        table = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
        rows += [(path.stem, table, row) for row in table["行"]]
    return rows


ROWS = _tables()


@cache
def _library(start: str, assumed: tuple[tuple[str, str], ...]) -> PolicyLibrary:
    settings = LibrarySettings(
        undated_amendments_count_from={"批准": "approval", "未知": "unknown"}[start],  # type: ignore[arg-type]
        assumed_in_force_from={key: date.fromisoformat(day) for key, day in assumed},
    )
    return build_library(load_entries(), parents=PARENTS, settings=settings)


def _library_of(table: dict[str, Any]) -> PolicyLibrary:
    return _library(table["修正起算"], tuple(sorted(table["推定施行"].items())))


def _case(row: dict[str, Any]) -> CaseDates:
    given: dict[str, Any] = {}
    for key, value in row["案件"].items():
        if key in DAYS:
            given[DAYS[key]] = date.fromisoformat(value)
        elif key in TRUTHS:
            given[TRUTHS[key]] = {"是": True, "否": False}[value]
        elif key == "公示":
            given["publicity_opens_on"], given["publicity_closes_on"] = map(date.fromisoformat, value)
        elif key == "不计日数":
            given["excluded_days"] = int(value)
        elif key == "奖励":
            given["awards"] = tuple(map(_award, value))
        else:
            raise KeyError(key)
    return CaseDates(jurisdiction=row["城市"], law_on=date.fromisoformat(row["日"]), **given)


def _award(item: dict[str, Any]) -> AwardDates:
    kinds = {name: kind for kind, name in wording("policy")["award_kinds"].items()}
    grantors = {name: grantor for grantor, name in wording("policy")["grantors"].items()}
    assert set(item) <= {"种类", "随", "称号", "机关", "金额", "等级", "日期"}
    return AwardDates(
        kind=AwardKind(kinds[item["种类"]]),
        along=tuple(AwardKind(kinds[name]) for name in item.get("随", ())),
        title=item.get("称号"),
        grantor=Grantor(grantors[item["机关"]]) if "机关" in item else None,
        amount_cny=int(item["金额"]) if "金额" in item else None,
        grade=item.get("等级"),
        decided_on=date.fromisoformat(item["日期"]) if "日期" in item else None,
    )


def _told(verdict: Verdict) -> str:
    topics = wording("policy")["topics"]
    place = f"{verdict.article} {topics[verdict.topic.value]}" if verdict.topic is not None else "—— ——"
    if verdict.code is None:
        return f"{place} 符合"
    words = {severity: name for name, severity in SEVERITIES.items()}
    assert verdict.severity is not None
    return f"{place} {verdict.code} {words[verdict.severity]}"


@every_row(("name", "table", "row"), ROWS, ids=[f"{n}-{r['案由']}" for n, _, r in ROWS])
def test_row(name: str, table: dict[str, Any], row: dict[str, Any]) -> None:
    library = _library_of(table)
    case = _case(row)
    chosen = library.version_on(case.jurisdiction, case.law_on).version
    assert (chosen.label if chosen is not None else "——") == row["版本"]
    verdicts = judge(case, library, reckoning=READING)
    assert sorted(map(_told, verdicts)) == sorted(row["判断"])
    if "结论" in row:
        assert sorted(OUTCOMES[verdict.outcome] for verdict in verdicts) == sorted(row["结论"])
    for verdict in verdicts:
        if verdict.severity is Severity.ERROR:
            assert verdict.outcome is Outcome.BREACHED
    if "算式" in row:
        assert row["算式"] in [verdict.sum for verdict in verdicts]


def test_every_row_is_told_in_full() -> None:
    """Each breach becomes a diagnostic without a gap in its words, and hides its days when it must."""
    for _, table, row in ROWS:
        _is_told_in_full(judge(_case(row), _library_of(table), reckoning=READING))


def _is_told_in_full(verdicts: Sequence[Verdict]) -> None:
    told = to_diagnostics(verdicts, Place(path="registry/cases/x.yml"))
    assert len(told) == len(breaches(verdicts))
    for language in ("zh", "en"):
        text = format_text(told, lang=language)  # type: ignore[arg-type]
        assert "{" not in text and "非公开" not in text
    hidden = format_text(to_diagnostics(verdicts, Place(path="x.yml", shown=False)))
    for verdict in verdicts:
        assert "{" not in verdict.sum
        for key, fact in verdict.facts:
            if key in ("start", "actual", "opens", "closes", "earlier", "doubt", "readings", "amount"):
                assert fact not in hidden


def test_there_are_enough_rows_and_every_code_is_judged() -> None:
    assert len(ROWS) >= 80
    judged = {word for _, _, row in ROWS for line in row["判断"] for word in line.split()}
    # From LAW103 on codes are about entering a text: test_entering.py.
    assert {code for code in codes() if code.startswith("LAW0")} <= judged


def test_every_version_at_hand_is_judged() -> None:
    seen = {
        chosen.key
        for _, table, row in ROWS
        if (chosen := _library_of(table).version_on(row["城市"], date.fromisoformat(row["日"])).version)
    }
    held = {
        version.key
        for entry in build_library(load_entries()).instruments
        for version in entry.versions
        if entry.entry.matter == "bravery"
    }
    assert seen == held
