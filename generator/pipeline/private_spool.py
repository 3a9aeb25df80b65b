"""私密的过道 (private spool): a folder for what a command works with, gone when it ends, also when it is killed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from generator.pipeline.destination import PRIVATE_FOLDER
from generator.system.locking import sole_use

_SPOOL = "spool-"


@contextmanager
def private_spool(root: Path) -> Iterator[Path]:
    """A temporary folder for public records on their way to pages, readable by its owner only."""
    base = root / PRIVATE_FOLDER
    base.mkdir(mode=0o700, exist_ok=True)
    try:
        base.chmod(0o700)
    except PermissionError:
        # It is another account's: two people work at one project, each in an account of their own.
        with tempfile.TemporaryDirectory(prefix=_SPOOL) as own:
            yield Path(own)
        return
    mine = ExitStack()
    # One at a time, or somebody could take a new folder that is not locked yet for one left over.
    with sole_use(base / ".spools", wait=True):
        _remove_left_over(base)
        spool = Path(tempfile.mkdtemp(prefix=_SPOOL, dir=base))
        mine.enter_context(sole_use(spool / ".lock"))
    try:
        yield spool
    finally:
        # Likewise, or somebody could do so while it goes.
        with sole_use(base / ".spools", wait=True):
            mine.close()
            shutil.rmtree(spool, ignore_errors=True)


def _remove_left_over(base: Path) -> None:
    """Remove the spools of builds that were killed, those that no process holds; and when no build is under
    way, the codes of certificates that were being written."""
    under_way = False
    for spool in base.glob(f"{_SPOOL}*"):
        with sole_use(spool / ".lock") as dead:
            pass
        if dead:
            shutil.rmtree(spool, ignore_errors=True)
        under_way |= not dead
    if not under_way:
        for half_written in base.glob("certificates/.new-*"):
            half_written.unlink(missing_ok=True)
