"""核对所得 (problem): something a check found at a field of the record, still without line and column."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.diagnostics import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseProblem:
    """一个问题. ``field`` is the path of keys from the top of the file (``persons[0].name``). A line that says
    something withheld is not ``quoted``, for many people read logs."""

    code: str
    field: str
    facts: Mapping[str, object] = dataclasses.field(default_factory=dict)
    terms: Mapping[str, object] = dataclasses.field(default_factory=dict)
    severity: Severity | None = None
    quoted: bool = True


Problems = Iterable[CaseProblem]
