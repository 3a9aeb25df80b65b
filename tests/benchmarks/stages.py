"""分段 (stages): one build in one process, with the time of each stage apart from those it is mixed with.

A build reads, checks and discloses a record in one go, and renders and stamps it in one go, over all cores.
To tell these apart the functions are timed as they are called; timing costs a few per cent itself.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest import mock

from generator.pipeline import scan, stamp
from generator.pipeline.build import BuildOptions
from generator.pipeline.build import build as build_with
from generator.pipeline.mkdocs_adapter import build_with_mkdocs

SCAN = {"load": "load_case", "check": "check_case", "disclose": "disclose"}
STAMP = {"render": "produce"}


def main() -> None:
    """``python -m tests.benchmarks.stages ROOT AS_OF``: processor seconds of each stage, as JSON."""
    root, as_of = Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2])
    spent: dict[str, float] = defaultdict(float)
    with ExitStack() as patches:
        for module, stages in ((scan, SCAN), (stamp, STAMP)):
            for stage, name in stages.items():
                timed = _timed(getattr(module, name), stage, spent)
                patches.enter_context(mock.patch.object(module, name, timed))
        result = build_with(
            BuildOptions(root=root, out=root / "site", as_of=as_of, now=as_of, jobs=1, search=True),
            lambda prepared, staging: build_with_mkdocs(prepared, staging, root / "mkdocs.yml"),
        )
    phases = {phase.name: phase.cpu_seconds for phase in result.phases}
    stages = {name: spent[name] for name in SCAN}
    stages["secrets, certificates"] = phases.pop("scan") - sum(spent[name] for name in SCAN)
    stages["render"] = spent["render"]
    stages["stamp"] = phases.pop("stamp") - spent["render"]
    stages["lists, MkDocs"] = phases.pop("host")
    stages["data files"] = phases.pop("data")
    print(json.dumps({name: round(seconds, 3) for name, seconds in (stages | phases).items()}))


def _timed(function: Callable[..., Any], stage: str, spent: dict[str, float]) -> Callable[..., Any]:
    def call(*args: Any, **named: Any) -> Any:
        started = time.process_time()
        try:
            return function(*args, **named)
        finally:
            spent[stage] += time.process_time() - started

    return call


if __name__ == "__main__":
    main()
