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
from generator.diagnostics.record_path import display_path

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


_kept: dict[tuple[str, str, int], str] = {}
"""Where this process has kept a fault already: one that meets every record is written down once."""


def fault_in(record: Path, root: Path, error: Exception) -> Diagnostic:
    """REG028: a fault of ours in one record below ``root``; its file, the kind of the error and where its
    traceback lies, nothing of what it says. The other records can be gone on with."""
    frames = traceback.extract_tb(error.__traceback__)
    where = (type(error).__name__, frames[-1].filename, frames[-1].lineno or 0)
    if where not in _kept:
        _kept[where] = _kept_in(root, error)
    terms = {"kind": type(error).__name__, "file": _kept[where]}
    return diagnose("REG028", Place(path=display_path(record, root), shown=False), terms=terms)


def crash_diagnostic(error: BaseException, root: Path) -> Diagnostic:
    """BLD006: the kind of the error and where its traceback now lies; nothing of what it says."""
    file = _kept_in(root, error)
    return diagnose(
        "BLD006", Place(path=file, shown=False), terms={"kind": type(error).__name__, "file": file}
    )


def _kept_in(root: Path, error: BaseException) -> str:
    try:
        return str(keep_crash(root, error))
    except OSError:  # The disk may be full of what went wrong.
        return "—"


def asked_root(arguments: list[str]) -> Path:
    """The project folder that a command line names, without parsing the rest of it."""
    for number, argument in enumerate(arguments):
        if argument == "--root" and number + 1 < len(arguments):
            return Path(arguments[number + 1]).absolute()
        if argument.startswith("--root="):
            return Path(argument.removeprefix("--root=")).absolute()
    return Path.cwd()
