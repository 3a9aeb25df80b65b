"""量度 (measuring): all processes count, and the run that stands for several is one of them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.benchmarks.measure import CommandFailedError, Measured, in_turn, measured, repeated, typical

BUSY = "import time\nend = time.process_time() + 0.2\nwhile time.process_time() < end: pass"


def test_what_a_command_starts_counts(tmp_path: Path) -> None:
    alone = measured([sys.executable, "-c", BUSY], tmp_path)
    starting = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {BUSY!r}], check=True)\n{BUSY}"
    both = measured([sys.executable, "-c", starting], tmp_path)
    assert alone.cpu >= 0.2
    assert both.cpu >= 0.4


def test_a_command_that_fails_has_no_figure(tmp_path: Path) -> None:
    with pytest.raises(CommandFailedError, match="3"):
        measured([sys.executable, "-c", "raise SystemExit(3)"], tmp_path)


def _run(cpu: float, wall: float = 1.0) -> Measured:
    return Measured(wall=wall, cpu=cpu, peak_mb=cpu, output=f"took {cpu}")


def test_the_run_of_the_median_stands_for_all() -> None:
    chosen = typical([_run(3, wall=9), _run(1, wall=5), _run(2, wall=7)])
    assert (chosen.cpu, chosen.output, chosen.wall, chosen.peak_mb, chosen.runs) == (2, "took 2", 7, 3, 3)


@pytest.mark.parametrize(("wall", "runs"), [(1.0, 3), (60.0, 1), (25.0, 2)])
def test_long_runs_are_not_repeated(wall: float, runs: int) -> None:
    assert repeated(lambda: _run(1, wall), 3, enough=45).runs == runs


def test_two_commands_take_turns() -> None:
    order: list[str] = []

    def run(name: str) -> Measured:
        order.append(name)
        return _run(1)

    in_turn(lambda: run("one"), lambda: run("other"), 2)
    assert order == ["one", "other", "one", "other"]
