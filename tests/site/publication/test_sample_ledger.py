"""示例登记册与台账: in the sample, too, nothing that was published goes, moves or comes twice in silence."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.diagnostics import Severity
from generator.outputs.poster.poster_fonts import FontPlaces
from generator.pipeline.prepare import check_project
from generator.publication_log.proof_bundle import read_bundle
from generator.publication_log.proof_check import check_bundle
from generator.publication_log.publication_event import Event
from tests.commands import yiyong
from tests.log_projects import commands_by_hand, ledger_of, run_by_hand
from tests.projects import AS_OF, copy_project
from tests.sample_ledger import seeded_salts

DECISION = "wuhan-2025-d0001"
OPEN = "registry/cases/wuhan/2026/wh26-1240.yml"
LIVING = "registry/cases/wuhan/2026/wh26-0755.yml"
THREE_STEPS = "wuhan-2026-0002"
"""Published, corrected, decided: the notice of :data:`LIVING`."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.mktemp("sample"))


def errors(root: Path) -> set[str]:
    found = check_project(root, AS_OF, AS_OF, 1).diagnostics
    return {item.code for item in found if item.severity is Severity.ERROR}


@contextmanager
def written(path: Path, text: str | None) -> Iterator[None]:
    """Another text in the place of a file, or none, for a moment."""
    before = path.read_text(encoding="utf-8") if path.exists() else None
    path.unlink(missing_ok=True)
    if text is not None:
        path.write_text(text, encoding="utf-8")
    yield
    path.unlink(missing_ok=True)
    if before is not None:
        path.write_text(before, encoding="utf-8")


def test_the_sample_as_it_stands_is_clean_and_wholly_logged(root: Path) -> None:
    report = check_project(root, AS_OF, AS_OF, 1)
    assert not [item for item in report.diagnostics if item.severity is Severity.ERROR]
    assert not report.publications.waiting, "the sample has changed: run make sample-ledger"


def test_the_samples_ledger_cannot_be_taken_for_a_real_one(root: Path) -> None:
    ledger = ledger_of(root)
    assert ledger.key is None and not any(note.signatures for note in ledger.checkpoints)
    assert ledger.origin is not None and ledger.origin.endswith(".example/log")
    salt = seeded_salts()
    salts = [salt() for _ in ledger.lines]
    assert all(line.salt in (None, salts[line.number]) for line in ledger.lines)


def test_a_notice_of_the_sample_was_published_corrected_and_decided(root: Path) -> None:
    told = [line.event for line in ledger_of(root).by_record()[THREE_STEPS]]
    events = [event for event in told if isinstance(event, Event)]
    assert events[0].event == "published" and events[0].state.corrections == 0
    assert [event.step for event in events] == list(range(1, len(events) + 1))
    # The telephone and the last day, on one day: two corrections, and one step.
    corrected = next(event for event in events if event.state.corrections)
    assert corrected.state.corrections == 2
    assert corrected.event == "amended" and corrected.state.moves == 1
    assert events[0].state.closes_on != corrected.state.closes_on
    assert "confirmed" in [event.state.status for event in events]


def test_its_proof_holds_on_a_machine_that_has_nothing_but_the_file(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.cli.log_commands.PLACES", FontPlaces(system=False))
    file = tmp_path / "proof.zip"
    made = yiyong("prove", THREE_STEPS, "--root", root, "--out", file)
    assert made.exit_code == 0, made.output
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    checked = subprocess.run(
        [sys.executable, "-m", "generator", "verify", str(file)],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"{THREE_STEPS} 的" in checked.stdout and "PUB057" in checked.stdout
    with zipfile.ZipFile(file) as archive:
        archive.extractall(folder)
    readme = (folder / "说明.txt").read_text(encoding="utf-8")
    steps = commands_by_hand(readme)
    count = len(list((folder / "events").glob("*.json")))
    last = json.loads((folder / f"events/{count}.json").read_text(encoding="utf-8"))
    assert count >= 3 and run_by_hand(steps["第一步"], folder) == [last["document"]]
    stated = (folder / "checkpoint.txt").read_text(encoding="utf-8").splitlines()[2]
    for number in range(1, count + 1):
        assert run_by_hand(steps["第二步"].replace("n=1", f"n={number}"), folder) == [stated]
    assert "第三步" not in steps and "没有签名" in readme


def test_a_decision_of_the_sample_is_proved_too(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.cli.log_commands.PLACES", FontPlaces(system=False))
    file = tmp_path / "proof.zip"
    made = yiyong("prove", DECISION, "--root", root, "--out", file)
    assert made.exit_code == 0, made.output
    bundle = read_bundle(file.read_bytes())
    assert [item.code for item in check_bundle(bundle, "proof.zip").findings] == ["PUB057"]


def test_a_deleted_record_fails(root: Path) -> None:
    with written(root / OPEN, None):
        assert "PUB010" in errors(root)


def test_a_decision_deleted_renumbered_or_changed_fails(root: Path) -> None:
    path = root / f"registry/decisions/wuhan/2025/{DECISION}.yml"
    text = path.read_text(encoding="utf-8")
    with written(path, text.replace("岸义促示例〔2025〕9号", "岸义促示例〔2025〕4号")):
        assert "PUB013" in errors(root)
    other = DECISION.replace("d0001", "d0091")
    with written(path, None), written(path.with_name(f"{other}.yml"), text.replace(DECISION, other)):
        assert "PUB010" in errors(root)
    with written(path, None):
        assert errors(root)


def test_a_last_day_that_moves_fails(root: Path) -> None:
    text = (root / OPEN).read_text(encoding="utf-8")
    assert "closes_on: 2026-05-15" in text
    with written(root / OPEN, text.replace("closes_on: 2026-05-15", "closes_on: 2026-05-20")):
        assert "PUB014" in errors(root)


def test_a_number_given_twice_fails(root: Path) -> None:
    text = (root / OPEN).read_text(encoding="utf-8").replace("wh26-1240", "wh26-9999")
    with written((root / OPEN).with_name("wh26-9999.yml"), text):
        assert "REG016" in errors(root)
    # And so it does when the record that had it first is gone.
    text = (root / LIVING).read_text(encoding="utf-8").replace("wh26-0755", "wh26-9999")
    other = text.replace("  order: before_decision", "  number: 武公示〔2026〕9号\n  order: before_decision")
    with written(root / LIVING, None), written((root / LIVING).with_name("wh26-9999.yml"), other):
        assert "PUB013" in errors(root)


def test_a_record_that_takes_another_number_fails(root: Path) -> None:
    text = (root / OPEN).read_text(encoding="utf-8")
    with written(root / OPEN, text.replace("wuhan-2026-0003", "wuhan-2026-0093")):
        assert "PUB010" in errors(root)
