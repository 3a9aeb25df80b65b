"""工作进程: what one process hands another arrives, whatever else was imported."""

from __future__ import annotations

import ast
import errno
import multiprocessing
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from generator.pipeline import scan
from generator.system import workers
from tests.projects import AS_OF, ROOT
from tests.quick_build import build, differing, yardstick
from tests.site.build.test_incremental import synthetic_project

PROGRAM = """
import multiprocessing, sys
from generator.diagnostics import Place, diagnose
from generator.system import workers
from generator.system.workers import parallel

workers._context = lambda: multiprocessing.get_context(sys.argv[1])

def made(_, number):
    return diagnose("SRC001", Place(path=f"{number}.yml"), terms={"a": "b"})

if __name__ == "__main__":
    print([(d.place.path, dict(d.terms)) for d in parallel(made, None, range(3), 2)])
"""


@pytest.mark.parametrize("how", ["fork", "spawn"])
def test_a_diagnostic_goes_from_process_to_process(how: str, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, str(program), how],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout == "[('0.yml', {'a': 'b'}), ('1.yml', {'a': 'b'}), ('2.yml', {'a': 'b'})]\n", run.stderr


WITH_WORKERS = ("whole_build", "scan", "stamp", "site_parts", "data_step", "audit_step")


@pytest.mark.site
@pytest.mark.journey
def test_workers_may_be_spawned_where_they_cannot_be_forked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = synthetic_project(tmp_path / "p", 12)
    yardstick(root, tmp_path / "one", AS_OF)
    monkeypatch.setattr(scan, "CHUNK", 3)
    # Its workers get what spawned ones get, nothing but what is sent; they do without importing everything each time.
    fresh = multiprocessing.get_context("forkserver")
    fresh.set_forkserver_preload([f"generator.pipeline.{name}" for name in WITH_WORKERS])
    monkeypatch.setattr(workers, "_context", lambda: fresh)
    build(root, tmp_path / "spawned", AS_OF, jobs=2, cached=True)
    assert differing(tmp_path / "one", tmp_path / "spawned") == []


def test_a_file_system_without_links_gives_the_same_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: Any) -> None:
        raise OSError(errno.EOPNOTSUPP, "no links here")

    root = synthetic_project(tmp_path / "p", 6)
    monkeypatch.setattr(os, "link", no_links)
    for name in ("one", "two"):
        build(root, tmp_path / name, AS_OF, cached=True)
    assert differing(tmp_path / "one", tmp_path / "two") == []


NOT_EVERYWHERE = {"fcntl", "pwd", "grp", "resource", "termios", "posix", "pty", "syslog"}


WITH_FALLBACK = ["shared_options.py: pwd", "tree_exchange.py: renameat2"]
"""What is asked for, and done without where it is missing."""


def test_nothing_that_only_posix_has_is_imported() -> None:
    found = []
    for path in (ROOT / "generator").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found += [f"{path.name}: {name}" for name in names if name in NOT_EVERYWHERE]
            if isinstance(node, ast.Attribute) and node.attr in ("pread", "fork", "renameat2", "killpg"):
                found.append(f"{path.name}: {node.attr}")
    assert sorted(found) == WITH_FALLBACK
