"""常驻的 ``yiyong``: a program for shells that costs no start.

A shell calls a small program, which hands its arguments, folder, variables and standard files to a process that stands
ready with everything imported. That process forks, and the fork runs the command as a process of its own would; MkDocs is
left out. Its exit code goes back the same way.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.cli.entry import main
from tests.commands import yiyong
from tests.projects import ROOT
from tests.quick_build import no_mkdocs

_MOST = 1 << 20
_CALLER = """#!{python} -IS
import json, os, socket, sys

with socket.socket(socket.AF_UNIX) as ready:
    ready.connect({address!r})
    asked = json.dumps([os.getcwd(), dict(os.environ), sys.argv[1:]]).encode()
    socket.send_fds(ready, [asked], [0, 1, 2])
    ready.shutdown(socket.SHUT_WR)
    sys.exit(int(ready.recv(8) or 70))
"""


@contextmanager
def standing(folder: Path, warm: Path) -> Iterator[str]:
    """The text of a program ``yiyong`` that can be called until the end; the process behind it keeps its socket in
    ``folder``, and has built the project ``warm`` once."""
    address = folder / "ready"
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"from tests.standing_command import stand; stand({str(address)!r}, {str(warm)!r})",
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == b"ready\n"
        yield _CALLER.format(python=sys.executable, address=str(address))
    finally:
        process.terminate()
        process.wait(timeout=20)
        process.stdout.close()


def stand(address: str, warm: str) -> None:
    """Answer calls, one after the other, until somebody ends this process."""
    with no_mkdocs():
        built = yiyong("build", "--root", warm, "--out", f"{address}-site")
    assert built.exit_code == 0, built.output
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(address)
        listening.listen()
        os.write(1, b"ready\n")
        while True:
            calling, _ = listening.accept()
            with calling:
                asked, files, _, _ = socket.recv_fds(calling, _MOST, 3)
                while more := calling.recv(_MOST):
                    asked += more
                code = _run(*json.loads(asked), files)
                calling.send(str(code).encode())


def _run(folder: str, variables: dict[str, str], arguments: list[str], files: list[int]) -> int:
    """The exit code of one command in a fork."""
    child = os.fork()
    if child == 0:
        code: object = 70
        try:
            for number, file in enumerate(files):
                os.dup2(file, number)
            os.chdir(folder)
            os.environ.clear()
            os.environ.update(variables)
            sys.argv = ["yiyong", *arguments]
            with no_mkdocs():
                main()
            code = 0
        except SystemExit as ended:
            code = ended.code or 0
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code if isinstance(code, int) else 1)
    for file in files:
        os.close(file)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
