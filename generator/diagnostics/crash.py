"""内部错误 (crash): what happens to an error that nobody foresaw.

A traceback can quote a record. So it goes to a file that only the person at the terminal can read, and
the terminal, the log and CI get a code and the place of that file.
"""

from __future__ import annotations

import os
import tempfile
import traceback
from pathlib import Path

from generator.diagnostics import Diagnostic, Place, diagnose

FOLDER = ".yiyong"


def keep_crash(root: Path, error: BaseException) -> Path:
    """Write the traceback of ``error`` to a new file, mode 0600, in the project's private folder.

    Where ``root`` is no project, in a new folder of the system's own for temporary files.
    """
    folder = root / FOLDER if (root / "site_config").is_dir() else Path(tempfile.mkdtemp(prefix="yiyong-"))
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)
    handle, name = tempfile.mkstemp(prefix="crash-", suffix=".txt", dir=folder)
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.writelines(traceback.format_exception(error))
    return Path(name)


def crash_diagnostic(error: BaseException, file: Path) -> Diagnostic:
    """BLD006: the kind of the error and where its traceback lies; nothing of what it says."""
    terms = {"kind": type(error).__name__, "file": str(file)}
    return diagnose("BLD006", Place(path=str(file), shown=False), terms=terms)


def asked_root(arguments: list[str]) -> Path:
    """The project folder that a command line names, without parsing the rest of it."""
    for number, argument in enumerate(arguments):
        if argument == "--root" and number + 1 < len(arguments):
            return Path(arguments[number + 1]).absolute()
        if argument.startswith("--root="):
            return Path(argument.removeprefix("--root=")).absolute()
    return Path.cwd()
