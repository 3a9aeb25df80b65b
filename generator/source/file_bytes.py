"""读取文件 (file bytes): the bytes of one file inside the project, or the reason why not."""

from __future__ import annotations

import os
import stat
from pathlib import Path

MOST_BYTES = 1_048_576
"""1 MB: a hundred times the longest record."""


class FileProblemError(Exception):
    """The file cannot be read. Holds the diagnostic's code and terms; never leaves ``generator.source``."""

    def __init__(self, code: str, **terms: object) -> None:
        super().__init__(code)
        self.code = code
        self.terms = terms


def read_bytes(path: Path, root: Path, most: int = MOST_BYTES) -> bytes:
    """The file's bytes, at most ``most`` of them. Raises :class:`FileProblemError`."""
    try:
        _refuse_leaving(path, root)
        status = os.stat(path)  # noqa: PTH116  # of thousands
        if stat.S_ISDIR(status.st_mode):
            raise FileProblemError("SRC002")
        if not stat.S_ISREG(status.st_mode):
            # Opening a pipe or a device would wait for ever.
            raise FileProblemError("SRC004")
        if status.st_size <= most:
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123  # of thousands
                data = file.readall()
            if len(data) <= most:
                return data
        raise FileProblemError(
            "SRC005", limit=f"{most // MOST_BYTES} MB", size=f"{status.st_size / 1_048_576:.1f} MB"
        )
    except FileNotFoundError:
        raise FileProblemError("SRC001") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise FileProblemError("SRC004", reason=reason) from None


def _refuse_leaving(path: Path, root: Path) -> None:
    """Refuse a symbolic link that leads out of ``root``: records are read from the project alone.

    It looks at each step first: resolving every path of a large registry would cost more than reading it.
    """
    whole, step = str(path), str(root)
    if whole.startswith(f"{step}/"):
        names = whole[len(step) + 1 :].split("/")
        for name in names:
            step = f"{step}/{name}"
            if stat.S_ISLNK(os.lstat(step).st_mode):
                break
        else:
            if ".." not in names:
                return
    if not Path(os.path.realpath(path, strict=True)).is_relative_to(os.path.realpath(root)):
        raise FileProblemError("SRC003")
