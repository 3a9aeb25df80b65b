"""换上 (exchange): put a finished site in the place of the old one in a single step.

Two trees take turns. The one that is shown stands at the address; the one behind it, a hidden folder beside it, is
the site of the build before. A build brings the tree behind up to date and exchanges the two. On Linux
``renameat2(RENAME_EXCHANGE)`` does so atomically, so that at every instant a whole site stands at the address: the
old one before, the new one after. Where the system or the file system has no exchange, renames follow each other
and the next build puts the old site back if the process died between them.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

from generator.system.locking import sole_use

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_PRIVATE, _PUBLIC, _OWNER_ONLY = 0o700, 0o755, 0o600


class BuildInProgressError(RuntimeError):
    """另一次构建正在进行: another process is building to the same folder."""


def behind(out: Path) -> Path:
    """后面的一棵: where the tree lies that takes turns with the one at ``out``. It may hold what is public no more,
    so it is for its owner alone."""
    return out.with_name(f".{out.name}.behind")


@contextmanager
def tree_behind(out: Path) -> Iterator[Path]:
    """The tree behind ``out``, made if there is none, for one build at a time; what a build that failed has done to
    it stays, for the next to set right. From now on it is nobody's site, until it was exchanged.

    Raises :class:`BuildInProgressError` when another process holds the lock; the system drops a dead process's
    lock by itself.
    """
    out = out.absolute()
    with _sole_builder(out):
        _whole(out).unlink(missing_ok=True)
        tree = behind(out)
        tree.mkdir(mode=_PRIVATE, exist_ok=True)
        yield tree


@contextmanager
def site_behind(out: Path) -> Iterator[Path | None]:
    """The site that stood at ``out`` before, to be shown again; None where there is none, or a build that failed since
    has begun to change it. Raises :class:`BuildInProgressError`."""
    out = out.absolute()
    with _sole_builder(out):
        yield behind(out) if _whole(out).is_file() and behind(out).is_dir() else None


@contextmanager
def staging_for(out: Path) -> Iterator[Path]:
    """A new empty folder beside ``out`` (so on the same file system), for what is not built twice at one place.

    Gives the folder, and removes it again unless :func:`put_in_place` has put it in place. Raises
    :class:`BuildInProgressError`.
    """
    out = out.absolute()
    with _sole_builder(out):
        staging = Path(tempfile.mkdtemp(prefix=f".{out.name}.new-", dir=out.parent))
        try:
            yield staging
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def put_in_place(staging: Path, out: Path) -> None:
    """Let ``staging`` stand at ``out``, where nothing or an empty folder is."""
    out = out.absolute()
    staging.chmod(_PUBLIC)
    with suppress(FileNotFoundError):
        out.rmdir()
    staging.rename(out)


def exchange(tree: Path, out: Path) -> None:
    """Let ``tree`` stand at ``out`` and what stood there behind it."""
    out = out.absolute()
    tree.chmod(_PUBLIC)
    if not out.exists():
        tree.rename(out)
        return
    if not _exchanged(tree, out):
        old = _old_folder(out)
        out.rename(old)
        try:
            tree.rename(out)
        except OSError:
            old.rename(out)
            raise
        old.rename(tree)
    with suppress(OSError):  # the new site stands: nothing fails any more
        tree.chmod(_PRIVATE)
        _whole(out).touch(mode=_OWNER_ONLY)


@contextmanager
def _sole_builder(out: Path) -> Iterator[None]:
    out.parent.mkdir(parents=True, exist_ok=True)
    with sole_use(out.parent / f".{out.name}.lock") as mine:
        if not mine:
            raise BuildInProgressError(str(out))
        _clear_up(out)
        yield


def _clear_up(out: Path) -> None:
    """Set right what builds left that were killed between two renames or, of older versions, anywhere."""
    old = _old_folder(out)
    if old.is_dir():
        if not out.exists():
            old.rename(out)
        elif not behind(out).exists():
            old.rename(behind(out))
        else:
            shutil.rmtree(old)
    for leftover in out.parent.glob(f".{escape(out.name)}.new-*"):
        shutil.rmtree(leftover, ignore_errors=True)


def _whole(out: Path) -> Path:
    """A file that is there while the tree behind is a whole site, as it was shown."""
    return out.with_name(f".{out.name}.whole")


def _old_folder(out: Path) -> Path:
    return out.with_name(f".{out.name}.old")


def _exchanged(one: Path, other: Path) -> bool:
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        return False
    done = libc.renameat2(
        _AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), ctypes.c_uint(_RENAME_EXCHANGE)
    )
    if done == 0:
        return True
    if ctypes.get_errno() in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        return False
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(other))
