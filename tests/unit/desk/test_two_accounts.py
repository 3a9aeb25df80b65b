"""Two people share a project, each in an account of the system that may not touch the other's files."""

from __future__ import annotations

import os
import shutil
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.desk.public_changes import pages_digest
from tests.desks import RECORD, desk_project, desk_work

CLERK, REVIEWER, OFFICE = 61001, 61002, 61000
"""Numbers of two accounts and of the group in which both are; none of them need be known to the system."""

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork") or os.geteuid() != 0, reason="only root may work as somebody else"
)


@pytest.fixture
def shared() -> Iterator[Path]:
    """As the handbook says: everything belongs to the group, and what is new does too."""
    top = Path(tempfile.mkdtemp(prefix="office-"))
    desk_project(top / "office", approval="accounts")
    for folder, _, files in os.walk(top):
        os.chown(folder, CLERK, OFFICE)
        Path(folder).chmod(0o2770)
        for name in files:
            os.chown(Path(folder, name), CLERK, OFFICE)
            Path(folder, name).chmod(0o660)
    yield top / "office"
    shutil.rmtree(top)


def submit(root: Path) -> None:
    work = desk_work(root)
    work.take_over()
    work.save(RECORD, work.open(RECORD).shelved.digest, {"act.summary": "跳入湖中救起一人"})
    assert work.finish(RECORD, work.open(RECORD).shelved.digest) == ()


def approve(root: Path) -> None:
    work = desk_work(root, "李四", "li@b")
    opened = work.open(RECORD)
    page = pages_digest(work.judge(RECORD, opened.shelved.text).produced)
    assert work.approve(RECORD, opened.shelved.digest, page) == ()


def change_again(root: Path) -> None:
    work = desk_work(root)
    work.save(RECORD, work.open(RECORD).shelved.digest, {"act.place": "墨水湖"})
    assert work.finish(RECORD, work.open(RECORD).shelved.digest) == ()


def in_account(number: int, does: Callable[[Path], None], root: Path) -> bool:
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([OFFICE])
            os.setgid(OFFICE)
            os.setuid(number)
            os.umask(0o007)
            does(root)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


# What the child does needs no thread of the run.
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_two_accounts_take_a_record_through(shared: Path, tmp_path: Path) -> None:
    # Here first: what an account reads may lie where no other one may read.
    steps = ((CLERK, submit), (REVIEWER, approve), (CLERK, change_again), (REVIEWER, approve))
    desk_project(tmp_path, approval="accounts")
    for _, does in steps:
        does(tmp_path)
    for number, does in steps:
        assert in_account(number, does, shared), does.__name__
    assert not any(path.stat().st_mode & 0o007 for path in (shared / "registry").rglob("*.jsonl"))
