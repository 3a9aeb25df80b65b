"""换上 (swap): put a finished site in the place of the old one in a single step.

On Linux ``renameat2(RENAME_EXCHANGE)`` exchanges two folders atomically: at every instant
a whole site stands at the address, first the old one and then the new one. Where the system or the
file system cannot exchange, one rename follows another; if the process dies between them, the next
build puts the old site back.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path

from generator.system.locking import sole_use

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


class BuildInProgressError(RuntimeError):
    """另一次构建正在进行: another process is building to the same folder."""


@contextmanager
def staging_for(out: Path) -> Iterator[Path]:
    """A new empty folder beside ``out``, and so on the same file system, for one build at a time.

    Clears up after builds that were killed, gives the folder, and removes it again unless
    :func:`swap_in` has put it in place. Raises :class:`BuildInProgressError` when another process
    holds the lock; the system drops a dead process's lock by itself.
    """
    out = out.absolute()
    out.parent.mkdir(parents=True, exist_ok=True)
    with sole_use(out.parent / f".{out.name}.lock") as mine:
        if not mine:
            raise BuildInProgressError(str(out))
        _clear_up(out)
        staging = Path(tempfile.mkdtemp(prefix=f".{out.name}.new-", dir=out.parent))
        try:
            yield staging
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def swap_in(staging: Path, out: Path) -> None:
    """Put ``staging`` in the place of ``out`` and remove what stood there.

    Once the new site stands, nothing can fail any more: the next build removes whatever this one could not.
    """
    out = out.absolute()
    staging.chmod(0o755)
    if not out.exists():
        staging.rename(out)
    elif _exchange(staging, out):
        shutil.rmtree(staging, ignore_errors=True)
    else:
        old = _old_folder(out)
        out.rename(old)
        try:
            staging.rename(out)
        except OSError:
            old.rename(out)
            raise
        shutil.rmtree(old, ignore_errors=True)


def _clear_up(out: Path) -> None:
    old = _old_folder(out)
    if old.is_dir():
        if out.exists():
            shutil.rmtree(old)
        else:
            old.rename(out)
    for leftover in out.parent.glob(f".{escape(out.name)}.new-*"):
        shutil.rmtree(leftover, ignore_errors=True)


def _old_folder(out: Path) -> Path:
    return out.with_name(f".{out.name}.old")


def _exchange(one: Path, other: Path) -> bool:
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
