"""Faults: whatever ends a build, nothing of it is left that stands in the way of the next."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.pipeline.prepare import private_spool
from generator.system.cache import open_cache
from generator.system.exchange import BuildInProgressError, staging_for
from generator.system.locking import sole_use
from tests.projects import ROOT

BUSY = r"""
import os, signal, sys, time
from pathlib import Path
from generator.pipeline.prepare import private_spool
from generator.system.exchange import staging_for
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
    if how == "watched":  # as where the system does not end a process with its parent
        workers.sys.platform = "other"
    if how == "spawn":
        workers._context = lambda: __import__("multiprocessing").get_context("spawn")
    with stoppable() as came:
        try:
            with private_spool(root), open_cache(root / ".yiyong/cache", root), staging_for(root / "site"):
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
    process = subprocess.Popen(
        [sys.executable, str(program), str(tmp_path), how],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
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
        staging_for(tmp_path / "site"),
        private_spool(tmp_path),
        open_cache(tmp_path / ".yiyong/cache", tmp_path) as cache,
    ):
        assert cache is not None
        assert len(left_in(tmp_path)) == 2, "its own staging and its own spool only"
    assert left_in(tmp_path) == []
    wait_until_dead(workers)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
@pytest.mark.parametrize("to_group", [True, False])
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
