"""程序在一份记录上出错: a fault of ours in one record names its file, spares the others and publishes nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.desk import overdue_steps as steps
from generator.diagnostics import Diagnostic, format_json, format_text
from generator.pipeline import case_scan
from generator.pipeline import prepare as preparing
from generator.pipeline.prepare import ChecksFailedError, check_project, prepared_alone
from tests.projects import AS_OF, case, write_project, write_small_project, write_yaml

SECRET = "冀怀朴13812345678"
FAULTY = "registry/cases/wuhan/2026/wh26-0002.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    notice = {"notice": {"id": "wuhan-2026-0002"}}
    return write_small_project(
        tmp_path / "project",
        {
            "wuhan/2026/wh26-0001.yml": case(),
            "wuhan/2026/wh26-0002.yml": case(**notice),
            "wuhan/2026/wh26-0003.yml": case(authority="nobody", notice=None),
        },
    )


def break_for_one(monkeypatch: pytest.MonkeyPatch, module: Any, stage: str) -> None:
    """``stage`` of ``module`` fails for the second record alone, with words of it in what it says."""
    whole: Callable[..., Any] = getattr(module, stage)

    def broken(*given: Any, **named: Any) -> Any:
        if any("wh26-0002" in str(getattr(item, "case", item)) for item in given):
            raise RuntimeError(SECRET)
        return whole(*given, **named)

    monkeypatch.setattr(module, stage, broken)


def told(found: tuple[Diagnostic, ...]) -> list[tuple[str, str]]:
    return [(item.code, item.place.path) for item in found if item.severity == "error"]


@pytest.mark.parametrize("stage", ["load_case", "check_case", "publishes_notice", "code_fingerprints"])
def test_check_tells_the_file_and_every_other_problem(
    stage: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_for_one(monkeypatch, case_scan, stage)
    found = check_project(root, AS_OF, AS_OF, 1).diagnostics
    assert told(found) == [("REG028", FAULTY), ("REG004", FAULTY.replace("0002", "0003"))]
    for text in (format_text(found), format_json(found), repr(found)):
        assert SECRET not in text and "Traceback" not in text and "RuntimeError" in text


@pytest.mark.parametrize(
    "stage", ["load_case", "check_case", "disclose", "withheld_words", "published_words"]
)
def test_nothing_is_built_of_it(stage: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / FAULTY.replace("0002", "0003")).unlink()
    break_for_one(monkeypatch, case_scan, stage)
    with pytest.raises(ChecksFailedError) as failed, prepared_alone(root, AS_OF, AS_OF, 1):
        pass
    assert told(failed.value.diagnostics) == [("REG028", FAULTY)]


def test_with_settings_that_cannot_be_used_as_well(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = root / "site_config/site.yml"
    site.write_text(site.read_text(encoding="utf-8") + "colour: red\n", encoding="utf-8")
    break_for_one(monkeypatch, preparing, "load_case")
    assert told(check_project(root, AS_OF, AS_OF, 1).diagnostics) == [
        ("REG028", FAULTY),
        ("REC001", "site_config/site.yml"),
    ]


def test_overdue_steps_of_the_others_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_project(tmp_path)  # with the periods of Wuhan's own text
    waiting = {"accepted_on": None, "opinion_on": None, "proposed_on": None}
    for number in ("0001", "0002", "0003"):
        tree = case(case=f"wh26-{number}", procedure=waiting, notice=None)
        write_yaml(root / FAULTY.replace("0002", number), tree)
    break_for_one(monkeypatch, steps, "case_dates")
    overdue = steps.overdue_steps(root, AS_OF.date(), 1)
    assert told(overdue.faults) == [("REG028", FAULTY)]
    assert {step.path[-11:-4] for step in overdue.steps} == {"26-0001", "26-0003"}


def test_a_fault_that_meets_every_record_is_written_down_once(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise KeyError(SECRET)

    monkeypatch.setattr(case_scan, "check_case", broken)
    found = told(check_project(root, AS_OF, AS_OF, 1).diagnostics)
    assert [code for code, _ in found] == ["REG028"] * 3
    (kept,) = (root / ".yiyong").glob("crash-*.txt")
    assert kept.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("written", ["0000", "9999-12", "0001-01-01"])
def test_an_odd_year_is_the_mistake_of_its_record_alone(written: str, tmp_path: Path) -> None:
    cases = {
        "wuhan/2026/wh26-0001.yml": case(act={"happened_on": written}),
        "wuhan/2026/wh26-0002.yml": case(authority="nobody", notice=None),
    }
    root = write_small_project(tmp_path / "project", cases)
    assert [code for code, _ in told(check_project(root, AS_OF, AS_OF, 1).diagnostics)] == [
        "REC027",
        "REG004",
    ]
