"""MkDocs prints the traceback of whatever goes wrong. None of ours may reach it: it could quote a record."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import traceback
from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig

from tests.projects import AS_OF, ROOT, case, write_small_project
from tests.site.build.test_killed import left_in

SECRET = "祁向晨13800138000"

DRIVER = f"""
import logging, sys, traceback
import generator.pipeline.mkdocs_adapter as plugin

def broken(*_, **__):
    name = "{SECRET}"
    raise KeyError(name)

where, how = sys.argv[1:]
if where == "theme":
    import mkdocs.structure.pages as pages
    pages.Page.render = broken
elif where == "check":
    import generator.pipeline.case_scan as case_scan
    case_scan.check_case = broken
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


def driven(root: Path, *arguments: str) -> tuple[int, str]:
    """Exit code and words of :data:`DRIVER` in a fork of this process, which has imported MkDocs already."""
    words = root.with_name("said")
    child = os.fork()
    if child == 0:
        code = 70
        try:
            with words.open("wb", buffering=0) as file:
                os.dup2(file.fileno(), 1)
                os.dup2(file.fileno(), 2)
            sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8") for number in (1, 2))
            logging.getLogger().handlers.clear()
            MkDocsConfig.plugins.plugin_cache.clear()  # the plugin of a build that was hosted here before
            os.chdir(root)
            os.environ["YIYONG_AS_OF"] = AS_OF.isoformat()
            sys.argv = ["driver", *arguments]
            exec(compile(DRIVER, "driver", "exec"), {"__name__": "__main__"})
            code = 0
        except SystemExit as ended:
            if isinstance(ended.code, str):
                print(ended.code, file=sys.stderr)
            code = ended.code if isinstance(ended.code, int) else 1
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), words.read_text(encoding="utf-8")


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
    exit_code, said = driven(root, where, how)
    assert code in said, said
    assert "Traceback" not in said and SECRET not in said, said
    assert exit_code == (1 if how == "build" else 0)
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
