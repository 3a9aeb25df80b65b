"""独占 (locking): files and folders that one process at a time may write.

When a process dies, however it dies, the system drops its lock. Workers never inherit one, so killing
the main process alone frees everything it held.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

_OWNER_ONLY = 0o600


@contextmanager
def sole_use(path: Path, *, wait: bool = False) -> Iterator[bool]:
    """独占 ``path``, an empty file that stays where it is. Gives True, or False at once while another
    process holds it; with ``wait`` it waits instead::

        with sole_use(folder / ".lock") as mine:
            if mine:
                ...
    """
    # A file system without locks is an error here. A lock that is only a file would outlive its owner.
    lock = FileLock(path, mode=_OWNER_ONLY, thread_local=False, preserve_lock_file=True)
    try:
        lock.acquire(timeout=-1 if wait else 0)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()
