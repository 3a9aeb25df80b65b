"""分片示例 (shards on Dask): record pages made by the workers of a Dask cluster, put together by ``yiyong merge``.

Each worker runs the command line, as any batch engine would: all it needs is the project and a folder that
the merging machine can read. Shards hold what is not public; their folders belong on private storage.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from distributed import Client, LocalCluster

YIYONG = (sys.executable, "-m", "generator")


def make_shard(
    root: str, folder: str, number: int, count: int, as_of: str, program: Sequence[str] = YIYONG
) -> int:
    """``yiyong build --shard``, run by a worker; returns the worker's process id."""
    yiyong(program, "build", root, as_of, "--shard", f"{number}/{count}", "--out", folder)
    return os.getpid()


def build_on_dask(
    client: Client,
    root: Path,
    out: Path,
    shards: Path,
    count: int,
    as_of: str,
    program: Sequence[str] = YIYONG,
) -> list[int]:
    """Make ``count`` shards of ``root`` on the workers of ``client``, then merge them into ``out``; returns the
    process id of the worker that made each."""
    folders = [str(shards / str(number)) for number in range(1, count + 1)]
    made = [
        client.submit(make_shard, str(root), folder, number, count, as_of, program)
        for number, folder in enumerate(folders, start=1)
    ]
    workers: list[int] = client.gather(made)
    yiyong(program, "merge", str(root), as_of, *folders, "--out", str(out))
    return workers


def yiyong(program: Sequence[str], command: str, root: str, as_of: str, *options: str) -> None:
    """Run ``yiyong``. Raises ``CalledProcessError``."""
    whole = [*program, command, "--root", root, "--as-of", as_of, "--jobs", "1"]
    subprocess.run([*whole, "--no-search", *options], check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    """``python -m tests.benchmarks.dask_shards ROOT OUT SHARDS AS_OF``: two workers of this machine, four shards."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("root", "out", "shards"):
        parser.add_argument(name, type=Path)
    parser.add_argument("as_of")
    given = parser.parse_args()
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        build_on_dask(client, given.root, given.out, given.shards, 4, given.as_of)


if __name__ == "__main__":
    main()
