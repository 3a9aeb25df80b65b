"""须保守的字句的清单 (list of withheld words): what grep and ripgrep search for, the same words as the audit.

The audit looks for each in many writings, parted and encoded; they look for the words as they are, and nothing else.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

from generator.pipeline.audit_step import secrets_of
from generator.pipeline.destination import PRIVATE_FOLDER
from generator.pipeline.prepare import prepare
from generator.pipeline.private_spool import private_spool
from generator.system.cache import FOLDER, open_cache


def write_words(root: Path, as_of: datetime, target: Path, jobs: int) -> int:
    """Write the words withheld by the registry ``root``, one a line, for their owner only; returns how many."""
    with private_spool(root) as spool, open_cache(root / PRIVATE_FOLDER / FOLDER, root) as cache:
        prepared = prepare(root, as_of, as_of, spool, jobs, certificates=False, cache=cache)
        secrets = secrets_of(prepared, root / "site")
    words = sorted({line for secret in secrets.strings for line in secret.text.splitlines() if line.strip()})
    with os.fdopen(os.open(target, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as file:
        file.write("\n".join(words) + "\n")
    return len(words)


def main() -> None:
    """``python -m tests.benchmarks.withheld_list ROOT AS_OF TARGET JOBS``: prints the number of words."""
    root, as_of, target, jobs = sys.argv[1:]
    print(write_words(Path(root), datetime.fromisoformat(as_of), Path(target), int(jobs)))


if __name__ == "__main__":
    main()
