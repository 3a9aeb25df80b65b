"""版本库 (version control): git, for offices that use it. Nothing else here knows of it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

_TIMEOUT = 120
"""Seconds. Hooks of the office run meanwhile."""
_MOST_SAID = 300
"""Characters of what git printed that are told."""


class GitError(Exception):
    """版本库没有照办. ``cause``: ``missing`` (no git), ``slow`` (took too long), ``nameless`` (nobody's name is set),
    ``locked`` (another git is at work, or one was cut short) or ``refused``. ``said`` is what git, or a hook, printed
    last, which may name what is not public; empty where it printed nothing."""

    def __init__(self, cause: str, said: str = "") -> None:
        super().__init__(cause)
        self.cause, self.said = cause, said


def is_versioned(root: Path) -> bool:
    """Whether ``root`` lies in a git work tree."""
    try:
        return _git(root, "rev-parse", "--is-inside-work-tree").strip() == b"true"
    except GitError:
        return False


def commit(root: Path, paths: Sequence[str], message: str) -> bool:
    """Commit all that stands at ``paths`` below ``root``, and nothing else; whether there was anything to commit.

    Raises :class:`GitError`.
    """
    there = [path for path in paths if (root / path).exists()]
    _git(root, "add", "--all", "--", *there)
    # A folder of which git knows no file, as one from which the last was taken, is a mistake to git.
    changed = [path for path in there if _git(root, "diff", "--cached", "--name-only", "-z", "--", path)]
    if not changed:
        return False
    _git(root, "commit", "--quiet", "--message", message, "--", *changed)
    return True


def changed_since(root: Path, ref: str) -> tuple[str, ...]:
    """Files below ``root`` that differ from where this branch left ``ref``, new and deleted ones among them; sorted.

    Raises :class:`GitError` where there is no such commit, or no git.
    """
    _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    base = _git(root, "merge-base", "--end-of-options", ref, "HEAD").decode().strip()
    changed = _git(root, "diff", "--name-only", "--relative", "-z", base)
    added = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    return tuple(sorted({os.fsdecode(name) for name in (changed + added).split(b"\0") if name}))


def _git(root: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=_TIMEOUT,
            check=True,
        )
    except OSError:
        raise GitError("missing") from None
    except subprocess.TimeoutExpired:
        raise GitError("slow") from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace")
        raise GitError(_cause_of(said), " ".join(said.split())[-_MOST_SAID:]) from None
    return done.stdout


def _cause_of(said: str) -> str:
    # git speaks the language of its surroundings, but names of files and settings are the same in each.
    if "user.email" in said:
        return "nameless"
    return "locked" if ".lock'" in said else "refused"
