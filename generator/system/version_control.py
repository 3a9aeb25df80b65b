"""版本库 (version control): git, for offices that use it. Nothing else here knows of it."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

_TIMEOUT = 120
"""Seconds. Hooks of the office run meanwhile."""


class NotCommittedError(Exception):
    """没有提交: git is not there, refused, or took too long."""


def is_versioned(root: Path) -> bool:
    """Whether ``root`` lies in a git work tree."""
    try:
        return _git(root, "rev-parse", "--is-inside-work-tree").strip() == b"true"
    except NotCommittedError:
        return False


def commit(root: Path, paths: Sequence[str], message: str) -> bool:
    """Commit all that stands at ``paths`` below ``root``, and nothing else; whether there was anything to commit.

    Raises :class:`NotCommittedError`.
    """
    there = [path for path in paths if (root / path).exists()]
    _git(root, "add", "--all", "--", *there)
    if not _git(root, "diff", "--cached", "--name-only", "-z", "--", *there):
        return False
    _git(root, "commit", "--quiet", "--message", message, "--", *there)
    return True


def _git(root: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=_TIMEOUT,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        raise NotCommittedError(arguments[0]) from None
    return done.stdout
