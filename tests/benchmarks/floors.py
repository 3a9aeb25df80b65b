"""底线 (floors): what nobody who does the job can go below, in as many processes as the builds have.

Reading the records with libyaml; writing a site's bytes; reading them again; hashing certificate codes.
"""

from __future__ import annotations

import argparse
import multiprocessing
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeAlias

import yaml

from generator.public.verification.slow_hash import ITERATIONS, SlowHash

Work: TypeAlias = "tuple[str, int]"
"""A path and its bytes; of a hash, a code and nothing."""
_BLOCK = bytes(range(256)) * 4096
_SHARE = 500


def parse(root: Path) -> tuple[Callable[[list[Work]], int], list[Work]]:
    """Every record through ``yaml.CSafeLoader``, and nothing else."""
    return _parse, [(str(path), 0) for path in sorted(root.glob("registry/cases/*/*/*.yml"))]


def read(root: Path) -> tuple[Callable[[list[Work]], int], list[Work]]:
    """Every byte of the built site, looked at by nobody."""
    return _read, _files(root / "site")


def write(root: Path) -> tuple[Callable[[list[Work]], int], list[Work]]:
    """As many files of the same lengths and names as the built site has, into a folder that is not there yet."""
    target, site = root / "written", root / "site"
    files = [(str(target / Path(path).relative_to(site)), size) for path, size in _files(site)]
    return _write, files


def hashes(count: int) -> tuple[Callable[[list[Work]], int], list[Work]]:
    """``count`` certificate codes, as a build hashes them."""
    return _hash, [(f"code {number}", 0) for number in range(count)]


def _files(site: Path) -> list[Work]:
    return [(str(path), path.stat().st_size) for path in sorted(site.rglob("*")) if path.is_file()]


def _parse(share: list[Work]) -> int:
    for path, _ in share:
        with Path(path).open("rb") as file:
            yaml.load(file, Loader=yaml.CSafeLoader)
    return len(share)


def _read(share: list[Work]) -> int:
    for path, _ in share:
        Path(path).read_bytes()
    return len(share)


def _write(share: list[Work]) -> int:
    for path, size in share:
        target = Path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            for start in range(0, size, len(_BLOCK)):
                file.write(_BLOCK[: size - start])
    return len(share)


def _hash(share: list[Work]) -> int:
    slow = SlowHash(salt=bytes(32), iterations=ITERATIONS)
    for code, _ in share:
        slow.seed(code)
    return len(share)


def _shares(work: list[Work], size: int) -> Iterable[list[Work]]:
    return (work[start : start + size] for start in range(0, len(work), size))


def main() -> None:
    """``python -m tests.benchmarks.floors parse|read|write|hash WHAT --jobs N``: prints how many pieces it did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("floor", choices=("parse", "read", "write", "hash"))
    parser.add_argument("what", help="the project; of hash, how many codes")
    parser.add_argument("--jobs", type=int, default=1)
    given = parser.parse_args()
    if given.floor == "hash":
        function, work = hashes(int(given.what))
        shares = _shares(work, 1)
    else:
        function, work = {"parse": parse, "read": read, "write": write}[given.floor](Path(given.what))
        shares = _shares(work, _SHARE)
    if given.jobs == 1:
        done = sum(map(function, shares))
    else:
        with multiprocessing.get_context("fork").Pool(given.jobs) as pool:
            done = sum(pool.imap_unordered(function, shares))
            pool.close()
            pool.join()
    print(done)


if __name__ == "__main__":
    main()
