"""Faults: whatever ends a build, nothing of it is left that stands in the way of the next."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from multiprocessing import parent_process
from pathlib import Path
from typing import Any

import pytest

from generator.pipeline import build as site
from generator.pipeline import case_scan, scan, stamp, standing, whole_build
from generator.pipeline.phases import Stopwatch
from generator.pipeline.private_spool import private_spool
from generator.pipeline.site_tree import SiteTree
from generator.system import tree_exchange as swap
from generator.system.cache import open_cache
from generator.system.locking import sole_use
from generator.system.store import Store
from generator.system.tree_exchange import BuildInProgressError, staging_for, tree_behind
from tests.projects import AS_OF, ROOT, case, honour, write_small_project
from tests.quick_build import build, differing, no_posters, plain_host, tree, yardstick

BUSY = r"""
import os, signal, sys, time
from pathlib import Path
from generator.pipeline.private_spool import private_spool
from generator.system.tree_exchange import tree_behind
from generator.system.cache import open_cache
from generator.system.interruption import stoppable
from generator.system.workers import parallel
from generator.system import workers

root = Path(sys.argv[1])
how = sys.argv[2]

def busy(_, number):
    os.write(1, b"%d\n" % os.getpid())  # in one piece
    time.sleep(60)

if __name__ == "__main__":
    # Whoever runs the tests in the background of a shell hands on a SIGINT that is ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if how == "watched":  # as where the system does not end a process with its parent
        workers.sys.platform = "other"
    if how == "spawn":
        workers._context = lambda: __import__("multiprocessing").get_context("spawn")
    with stoppable() as came:
        try:
            with private_spool(root), open_cache(root / ".yiyong/cache", root), tree_behind(root / "site"):
                for _ in parallel(busy, None, range(2), 2):
                    pass
        except KeyboardInterrupt:
            sys.exit(128 + came[0])
"""


def start_busy(tmp_path: Path, how: str = "") -> tuple[subprocess.Popen[str], list[int]]:
    """A process that holds everything a build holds, with two workers that are busy for a minute."""
    program = tmp_path / "busy.py"
    program.write_text(BUSY, encoding="utf-8")
    (tmp_path / "site_config").mkdir(exist_ok=True)
    # A run of the tests that nobody may hang up would hand that on.
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    process = subprocess.Popen(
        [sys.executable, str(program), str(tmp_path), how],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    signal.signal(signal.SIGHUP, before)
    assert process.stdout is not None
    with process.stdout as said:
        return process, [int(said.readline()) for _ in range(2)]


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_until_dead(pids: list[int]) -> None:
    until = time.monotonic() + 10
    while any(is_alive(pid) for pid in pids):
        assert time.monotonic() < until, "workers live on"
        time.sleep(0.02)


def left_in(root: Path) -> list[str]:
    """What builds leave beside and below a project, apart from what stays on purpose."""
    found = [*root.glob(".site.new-*"), *root.glob(".site.old"), *root.glob(".yiyong/spool-*")]
    return [path.name for path in found]


@pytest.mark.parametrize("how", ["fork", "watched", "spawn"])
def test_when_the_main_process_alone_is_killed_the_next_build_runs_at_once(how: str, tmp_path: Path) -> None:
    process, workers = start_busy(tmp_path, how)
    process.kill()
    process.wait()
    with (
        tree_behind(tmp_path / "site"),
        private_spool(tmp_path),
        open_cache(tmp_path / ".yiyong/cache", tmp_path) as cache,
    ):
        assert cache is not None
        assert len(left_in(tmp_path)) == 1, "its own spool only"
    assert left_in(tmp_path) == []
    wait_until_dead(workers)


@pytest.mark.parametrize(
    ("number", "to_group"),
    [
        (signal.SIGTERM, True),
        (signal.SIGTERM, False),
        (signal.SIGINT, True),
        (signal.SIGINT, False),
        (signal.SIGHUP, True),
    ],
)
def test_asked_to_stop_a_build_clears_up_behind_itself(
    number: signal.Signals, to_group: bool, tmp_path: Path
) -> None:
    process, workers = start_busy(tmp_path)
    if to_group:
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)
    assert process.wait(10) == 128 + number
    assert left_in(tmp_path) == []
    wait_until_dead(workers)


def test_the_spool_of_a_build_under_way_stays(tmp_path: Path) -> None:
    with private_spool(tmp_path) as one:
        (one / "000000.notices").write_bytes(b"in use")
        with private_spool(tmp_path) as other:
            assert other != one
            assert (one / "000000.notices").read_bytes() == b"in use"


def test_one_lock_at_a_time_also_within_one_process(tmp_path: Path) -> None:
    with sole_use(tmp_path / "lock") as first, sole_use(tmp_path / "lock") as second:
        assert (first, second) == (True, False)
    with sole_use(tmp_path / "lock") as again:
        assert again
    with staging_for(tmp_path / "site"), pytest.raises(BuildInProgressError), staging_for(tmp_path / "site"):
        pass


# --- a kill at every phase ----------------------------------------------------------------------------

PHASES = ("scan", "host", "stamp", "posters", "data", "search", "precompress", "audit", "settle", "swap")


def kill_at_phase(name: str) -> None:
    """From now on this process is killed as soon as a build begins the phase ``name``."""
    whole = Stopwatch.phase

    def phase(self: Stopwatch, begun: str) -> AbstractContextManager[None]:
        if begun == name:
            os.kill(os.getpid(), signal.SIGKILL)
        return whole(self, begun)

    Stopwatch.phase = phase  # type: ignore[method-assign]


def kill_from_worker(module: Any, name: str, *, group: bool) -> None:
    """A worker that is in the middle of ``module.name`` kills the main process alone, or everybody."""
    whole = getattr(module, name)

    def fatal(*arguments: Any) -> Any:
        if parent_process() is not None:
            os.killpg(0, signal.SIGKILL) if group else os.kill(os.getppid(), signal.SIGKILL)
            time.sleep(60)
        return whole(*arguments)

    setattr(module, name, fatal)


def kill_around(module: Any, name: str, *, after: bool) -> None:
    """This process is killed just before or just after ``module.name``."""
    whole = getattr(module, name)

    def fatal(*arguments: Any) -> Any:
        result = whole(*arguments) if after else None
        os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(module, name, fatal)


def without_exchange() -> None:
    swap._exchanged = lambda one, other: False


def killed_between_two_renames() -> None:
    without_exchange()
    renames = count(1)
    whole = Path.rename

    def rename(self: Path, target: Path) -> Path:
        moved = whole(self, target)
        if next(renames) == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return moved

    Path.rename = rename  # type: ignore[assignment,method-assign]


FAULTS: dict[str, Callable[[], None]] = {
    **{f"at {name}": partial(kill_at_phase, name) for name in PHASES},
    "main alone, while workers scan": partial(kill_from_worker, case_scan, "check_case", group=False),
    "all, while workers scan": partial(kill_from_worker, case_scan, "check_case", group=True),
    "main alone, while workers stamp": partial(kill_from_worker, stamp, "_files_of", group=False),
    "all, while workers stamp": partial(kill_from_worker, stamp, "_files_of", group=True),
    "before the exchange": partial(kill_around, swap, "_exchanged", after=False),
    "after the exchange": partial(kill_around, swap, "_exchanged", after=True),
    "after the swap": partial(kill_around, whole_build, "exchange", after=True),
    "between two renames": killed_between_two_renames,
    "all, while the store is written": partial(kill_from_worker, Store, "_write", group=True),
    "before what the files were made from is kept": partial(
        kill_around, whole_build, "_remember", after=False
    ),
    "while the tree behind is settled": partial(kill_around, SiteTree, "settle", after=True),
    "while what is gone is forgotten": partial(kill_around, Store, "keep_only", after=True),
}


@pytest.fixture(scope="module")
def two_sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """A project with its old site and a cache, changed since; and the new site."""
    folder = tmp_path_factory.mktemp("two")
    cases = {
        f"wuhan/2026/wh26-{n:04}.yml": case(
            notice={"id": f"wuhan-2026-{n:04}"}, honours=[honour(id=f"wuhan-2026-h{n:04}")]
        )
        for n in range(8, 56, 8)  # names that fall into three chunks
    }
    root = write_small_project(folder / "p", cases)
    build(root, root / "site", AS_OF, cached=True)
    path = root / "registry/cases/wuhan/2026/wh26-0024.yml"
    path.write_text(path.read_text("utf-8").replace("跳入水中", "跃入水中"), encoding="utf-8")
    shutil.copytree(root / "site", folder / "old")
    yardstick(root, folder / "new", AS_OF)
    return root, folder / "old", folder / "new"


SELDOM = {
    *(f"at {name}" for name in PHASES if name != "audit"),
    "all, while workers scan",
    "main alone, while workers stamp",
    "while what is gone is forgotten",
    "after the swap",
}
"""What lies between two faults that every run tries, and ends as they do."""


@pytest.mark.usefixtures("no_audit")
@pytest.mark.parametrize(
    "fault", [pytest.param(name, marks=[pytest.mark.journey] * (name in SELDOM)) for name in FAULTS]
)
def test_killed_anywhere_one_whole_site_stands_and_the_next_build_runs_at_once(
    fault: str, two_sites: tuple[Path, Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, old, new = two_sites
    root = tmp_path / "p"
    shutil.copytree(project, root)
    monkeypatch.setattr(scan, "CHUNK", 2)  # several chunks, so that there are workers
    child = os.fork()
    if child == 0:
        try:
            os.setsid()
            FAULTS[fault]()
            with no_posters():
                site.build(
                    site.BuildOptions(
                        root=root,
                        out=root / "site",
                        as_of=AS_OF,
                        now=AS_OF,
                        jobs=2,
                        cached=True,
                        precompressed="precompress" in fault,
                        search="search" in fault,
                    ),
                    plain_host,
                )
        finally:
            os._exit(3)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, "the fault was reached"
    if fault != "between two renames":
        assert tree(root / "site") in (tree(old), tree(new))
    build(root, root / "site", AS_OF, cached=True)
    assert differing(root / "site", new) == []
    assert left_in(root) == []


@pytest.fixture(scope="module")
def minutes(
    two_sites: tuple[Path, Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[datetime, Path]]:
    """Three minutes, and the site of each."""
    folder = tmp_path_factory.mktemp("minutes")
    sites = [(AS_OF + timedelta(minutes=minute), folder / str(minute)) for minute in range(3)]
    for moment, out in sites:
        yardstick(two_sites[0], out, moment)
    return sites


@pytest.mark.usefixtures("no_audit")
@pytest.mark.parametrize(
    ("name", "after"),
    [
        ("remember", False),
        ("exchange", True),
        *(pytest.param(*row, marks=pytest.mark.journey) for row in (("remember", True), ("exchange", False))),
    ],
)
def test_killed_while_nothing_has_changed_one_whole_site_stands(
    name: str,
    after: bool,
    two_sites: tuple[Path, Path, Path],
    minutes: list[tuple[datetime, Path]],
    tmp_path: Path,
) -> None:
    root = tmp_path / "p"
    shutil.copytree(two_sites[0], root, ignore=shutil.ignore_patterns("site", ".yiyong", ".site.*"))
    moments, sites = zip(*minutes, strict=True)
    build(root, root / "site", moments[0], cached=True)
    child = os.fork()
    if child == 0:
        try:
            kill_around(standing, name, after=after)
            build(root, root / "site", moments[1], cached=True)
        finally:
            os._exit(3)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, "the fault was reached"
    assert differing(root / "site", sites[1 if (name, after) == ("exchange", True) else 0]) == []
    build(root, root / "site", moments[2], cached=True)
    assert differing(root / "site", sites[2]) == []
    assert left_in(root) == []
