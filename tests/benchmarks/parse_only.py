"""只解析 (parse only): every case file through ``yaml.CSafeLoader`` in one process, nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

import yaml


def main() -> None:
    """``python -m tests.benchmarks.parse_only ROOT``."""
    count = 0
    for path in sorted(Path(sys.argv[1]).glob("registry/cases/*/*/*.yml")):
        with path.open("rb") as file:
            yaml.load(file, Loader=yaml.CSafeLoader)
        count += 1
    print(count)


if __name__ == "__main__":
    main()
