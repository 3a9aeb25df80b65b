"""量度 (measure): one command as its own process: time, processor time, peak memory."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

_AS_INSTALLED = {"PYTHONDONTWRITEBYTECODE": ""}
"""An installed package has its bytecode: where the shell forbids to write it, every process of a checkout would compile
its own modules, and of the peers none."""
ENOUGH = 45.0
"""Seconds by the clock after which a command is not run again: of long runs one is as good as three."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """一次量度. ``cpu`` is user and system time of the process and all that it started and waited
    for; ``peak_mb`` the resident memory of the largest of them, nothing where that is no more than ours, which the
    system counts to a process that we start. ``runs``: how many it is the median of."""

    wall: float
    cpu: float
    peak_mb: float
    output: str
    runs: int = 1

    def figures(self) -> dict[str, float]:
        """What is kept of it."""
        return {"wall": self.wall, "cpu": self.cpu, "peak_mb": self.peak_mb, "runs": self.runs}


class CommandFailedError(RuntimeError):
    """A measured command failed: its figures would mean nothing."""


def measured(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str] | None = None,
    *,
    accepted: Sequence[int] = (0,),
) -> Measured:
    """Run ``command`` in ``folder`` and wait for it. What is installed somewhere is compiled there once; so is what runs
    here, whatever the surroundings ask for. Raises :class:`CommandFailedError` on an exit status that is
    not ``accepted``."""
    started = time.perf_counter()
    with subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **_AS_INSTALLED, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=sys.stderr,
        encoding="utf-8",
        errors="replace",
    ) as process:
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if process.returncode not in accepted:
        raise CommandFailedError(f"{' '.join(command)}: {process.returncode}\n{output[-2000:]}")
    return Measured(
        wall=round(wall, 3),
        cpu=round(used.ru_utime + used.ru_stime, 3),
        peak_mb=round(used.ru_maxrss / 1024, 1) if used.ru_maxrss > own else 0.0,
        output=output,
    )


def typical(runs: Sequence[Measured]) -> Measured:
    """Of several runs the one that took the median of processor time, with the median of the clock."""
    middle = sorted(runs, key=lambda run: run.cpu)[(len(runs) - 1) // 2]
    return replace(
        middle,
        wall=round(median(run.wall for run in runs), 3),
        peak_mb=max(run.peak_mb for run in runs),
        runs=len(runs),
    )


def repeated(work: Callable[[], Measured], most: int, enough: float = ENOUGH) -> Measured:
    """The medians of ``most`` runs, or of fewer once they have taken ``enough`` seconds together."""
    runs: list[Measured] = []
    while len(runs) < most and sum(run.wall for run in runs) < enough:
        runs.append(work())
    return typical(runs)


def in_turn(
    one: Callable[[], Measured], other: Callable[[], Measured], most: int, enough: float = ENOUGH
) -> tuple[Measured, Measured]:
    """As :func:`repeated`, of two commands one after the other: what slows the machine down slows both."""
    ones: list[Measured] = []
    others: list[Measured] = []
    while len(ones) < most and sum(run.wall for run in (*ones, *others)) < enough:
        ones.append(one())
        others.append(other())
    return typical(ones), typical(others)
