"""阶段用时 (phases): how long each part of a build took, on the clock and of processors."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """一个阶段. ``seconds`` by the clock; ``cpu_seconds`` of this process and of its workers together."""

    name: str
    seconds: float
    cpu_seconds: float


class Stopwatch:
    """秒表: phases one after another."""

    def __init__(self) -> None:
        self.phases: list[Phase] = []

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Time what happens inside. Workers must have ended by then to be counted."""
        started, used = time.perf_counter(), _cpu()
        yield
        self.phases.append(
            Phase(
                name=name,
                seconds=round(time.perf_counter() - started, 3),
                cpu_seconds=round(_cpu() - used, 3),
            )
        )


def _cpu() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
