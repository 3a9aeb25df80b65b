"""MkDocs prints the traceback of whatever goes wrong. None of ours may reach it: it could quote a record."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.projects import AS_OF, ROOT, case, write_small_project
from tests.site.build.test_killed import left_in

SECRET = "祁向晨13800138000"

DRIVER = f"""
import sys, traceback
import generator.pipeline.mkdocs_adapter as plugin

def broken(*_, **__):
    name = "{SECRET}"
    raise KeyError(name)

where, how = sys.argv[1:]
if where == "theme":
    import mkdocs.structure.pages as pages
    pages.Page.render = broken
elif where == "check":
    import generator.pipeline.scan as scan
    scan.check_case = broken
elif where == "full":
    import errno
    def full(*_, **__):
        raise OSError(errno.ENOSPC, "no space", "{SECRET}")
    plugin.finish = full
else:
    setattr(plugin, where, broken)
if how == "build":
    from mkdocs.__main__ import cli
    cli(["build", "--strict"])
else:  # what the server does when a file has changed
    import logging
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    logging.basicConfig()
    config = load_config("mkdocs.yml")
    config.plugins.on_startup(command="serve", dirty=False)
    try:
        build(config)
    except Exception as error:
        if isinstance(error, SystemExit):
            print(error, file=sys.stderr)
        else:
            traceback.print_exc()
"""


@pytest.mark.parametrize(
    ("where", "how", "code"),
    [
        ("check", "build", "REG028"),
        ("shell_pages", "build", "BLD006"),
        ("with_policy", "build", "BLD006"),
        ("theme", "build", "BLD006"),
        ("full", "build", "BLD013"),
        ("prepare", "serve", "BLD006"),
        ("theme", "serve", "BLD006"),
        ("finish", "serve", "BLD006"),
    ],
)
def test_no_traceback_of_ours_reaches_mkdocs(where: str, how: str, code: str, tmp_path: Path) -> None:
    root = write_small_project(tmp_path / "p", {"wuhan/2026/a.yml": case()}, themed=True)
    done = subprocess.run(
        [sys.executable, "-c", DRIVER, where, how],
        cwd=root,
        env={**os.environ, "YIYONG_AS_OF": AS_OF.isoformat(), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    assert code in said, said
    assert "Traceback" not in said and SECRET not in said, said
    assert done.returncode == (1 if how == "build" else 0)
    assert left_in(root) == []
    assert how == "serve" or not (root / "site").exists()
    crashes = [path.read_text(encoding="utf-8") for path in (root / ".yiyong").glob("crash-*")]
    assert len(crashes) == (code in ("BLD006", "REG028")) and all(SECRET in text for text in crashes)


def test_an_output_among_the_sources_is_refused_there_too(tmp_path: Path) -> None:
    root = write_small_project(tmp_path / "p", {"wuhan/2026/a.yml": case()}, themed=True)
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--site-dir", "registry/new"],
        cwd=root,
        env={**os.environ, "YIYONG_AS_OF": AS_OF.isoformat(), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1 and "BLD010" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert not (root / "registry/new").exists()
