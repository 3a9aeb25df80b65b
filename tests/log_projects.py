"""Builders of projects that publish: the ledger grows as ``yiyong publish`` makes it grow, salts counted up."""

from __future__ import annotations

import atexit
import itertools
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from generator.diagnostics import Diagnostic
from generator.pipeline.build import BuildOptions, build
from generator.pipeline.prepare import check_project
from generator.pipeline.publish_step import Publishing
from generator.publication_log.publication_ledger import Ledger, read_ledger
from generator.publication_log.signed_note import Note
from generator.publication_log.waiting_events import Waiting
from tests.projects import AS_OF, case, honour, write_small_project, write_yaml
from tests.quick_build import no_posters, plain_host

CASE = "wuhan/2026/wh26-0001.yml"
LATER = AS_OF + timedelta(days=1)


def counted_salts(start: int = 0) -> Callable[[], bytes]:
    """Salts for tests: 32 bytes, each another."""
    numbers: Iterator[int] = itertools.count(start + 1)
    return lambda: next(numbers).to_bytes(32, "big")


def project(folder: Path, **changes: Any) -> Path:
    """A project with one public case, a notice and an honour."""
    return write_small_project(folder, {CASE: case(**{"honours": [honour()], **changes})})


@cache
def _published_once() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="published-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    made = project(folder / "project")
    publish(made)
    return made


def published_project(folder: Path) -> Path:
    """:func:`project`, published as of :data:`AS_OF`: a copy of one that is published once in a run."""
    shutil.copytree(_published_once(), folder, dirs_exist_ok=True)
    return folder


def rewrite_case(root: Path, tree: Mapping[str, Any] | None, path: str = CASE) -> None:
    """Put another case in the place of the one that stood there; None removes it."""
    target = root / "registry/cases" / path
    if tree is None:
        target.unlink()
    else:
        write_yaml(target, tree)


def publish(
    root: Path,
    as_of: datetime = AS_OF,
    *,
    sign: Callable[[Note], Note] = lambda note: note,
    confirm: Callable[[Path, Waiting], bool] = lambda site, waiting: True,
    start: int | None = None,
) -> Path:
    """Publish ``root`` into its ``site``, by the same way as ``yiyong publish``."""
    before = read_ledger(root)[0].size if start is None else start
    publishing = Publishing(root=root, salt=counted_salts(before), sign=sign, confirm=confirm)
    with no_posters():
        build(
            BuildOptions(
                root=root,
                out=root / "site",
                as_of=as_of,
                now=as_of,
                cached=True,
                search=False,
                publishing=publishing,
            ),
            plain_host,
        )
    return root / "site"


def ledger_of(root: Path) -> Ledger:
    """The ledger, which must be sound."""
    ledger, faults = read_ledger(root)
    assert not faults, faults
    return ledger


def checked(root: Path, as_of: datetime = LATER) -> tuple[Diagnostic, ...]:
    """What ``yiyong check`` says, errors and warnings."""
    return check_project(root, as_of, as_of, 1).diagnostics


def codes(root: Path, as_of: datetime = LATER) -> list[str]:
    """Codes of the log among what ``yiyong check`` says."""
    return [item.code for item in checked(root, as_of) if item.code.startswith("PUB")]


def commands_by_hand(readme: str) -> dict[str, str]:
    """The commands of a proof's 说明.txt, by the step under which they stand: 第一步, 第二步, 第三步."""
    found: dict[str, str] = {}
    step = ""
    for line in readme.splitlines():
        if line.startswith("第") and "步，" in line:
            step = line.partition("，")[0]
        elif step and line.startswith("    "):
            found[step] = found.get(step, "") + line.strip() + "\n"
    return found


def run_by_hand(script: str, folder: Path) -> list[str]:
    """What the commands print in a shell that knows nothing but the system's own tools."""
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eu", "-o", "pipefail", "-c", script],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()
