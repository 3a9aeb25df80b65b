"""量度 (measure): one command as its own process: time, processor time, peak memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """一次量度. ``cpu`` is user and system time of the process and all that it started and waited
    for; ``peak_mb`` the resident memory of the largest of them."""

    wall: float
    cpu: float
    peak_mb: float
    output: str


class CommandFailedError(RuntimeError):
    """A measured command failed: its figures would mean nothing."""


def measured(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Measured:
    """Run ``command`` in ``folder`` and wait for it. Raises :class:`CommandFailedError`."""
    started = time.perf_counter()
    with subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=sys.stderr,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    if process.returncode:
        raise CommandFailedError(f"{' '.join(command)}: {process.returncode}\n{output[-2000:]}")
    return Measured(
        wall=round(wall, 2),
        cpu=round(used.ru_utime + used.ru_stime, 2),
        peak_mb=round(used.ru_maxrss / 1024, 1),
        output=output,
    )


def typical(runs: Sequence[Measured]) -> Measured:
    """The medians of several runs, with the output of the last."""
    return Measured(
        wall=median(run.wall for run in runs),
        cpu=median(run.cpu for run in runs),
        peak_mb=median(run.peak_mb for run in runs),
        output=runs[-1].output,
    )


def same_pages(ours: Path, peers: Path) -> tuple[int, list[str]]:
    """How many pages a peer built, and those that are not line for line what stands in ``ours``; blank lines
    and indents aside."""
    built = [path.relative_to(peers) for path in peers.rglob("*.html")]
    return len(built), [
        path.as_posix()
        for path in built
        if not (ours / path).is_file() or _lines(ours / path) != _lines(peers / path)
    ]


def _lines(path: Path) -> list[str]:
    return [line for raw in path.read_text(encoding="utf-8").splitlines() if (line := raw.strip())]
