"""核对所得 (problem): what a check found, at a field of the record, still without line and column."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.diagnostics import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseProblem:
    """一个问题. ``field`` is the path of keys from the top of the file (``persons[0].name``). The line is
    not ``quoted`` where the problem is that it says what must be withheld: logs are read by many."""

    code: str
    field: str
    facts: Mapping[str, object] = dataclasses.field(default_factory=dict)
    terms: Mapping[str, object] = dataclasses.field(default_factory=dict)
    severity: Severity | None = None
    quoted: bool = True


Problems = Iterable[CaseProblem]
