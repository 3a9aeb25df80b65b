"""失败 (failures): every foreseen way in which a command fails, as what staff are told."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import Diagnostic, Place, diagnose
from generator.diagnostics.exit_status import FINDINGS, MISUSE
from generator.outputs.poster.press import PosterError
from generator.pipeline.audit_step import AuditFailedError
from generator.pipeline.destination import AmongSourcesError, NotASiteError
from generator.pipeline.frame import HostError, ThemeError
from generator.pipeline.outbox_step import BrokenOutboxError
from generator.pipeline.prepare import ChecksFailedError
from generator.pipeline.rollback import NoEarlierSiteError
from generator.pipeline.shards import BadShardError
from generator.system.tree_exchange import BuildInProgressError

_CODES: dict[type[Exception], str] = {
    BuildInProgressError: "BLD001",
    NotASiteError: "BLD002",
    ThemeError: "BLD003",
    HostError: "BLD004",
    AmongSourcesError: "BLD010",
    BrokenProcessPool: "BLD014",
    BadShardError: "BLD015",
    NoEarlierSiteError: "BLD016",
    PosterError: "PST003",
    BrokenOutboxError: "DSK122",
}
_MISUSED = (NotASiteError, AmongSourcesError)
_REFUSED = frozenset(
    getattr(errno, name)
    for name in (
        "ENOSPC",
        "EDQUOT",
        "EROFS",
        "EACCES",
        "EPERM",
        "EIO",
        "EBUSY",
        "EMFILE",
        "ENFILE",
        "ENOMEM",
        "ENOLCK",
        "ENOSYS",
        "ENAMETOOLONG",
        "EXDEV",
    )
    if hasattr(errno, name)
)
"""What a machine answers when it cannot, as against what a mistake of ours makes it answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """一次失败: what to say, and the exit status."""

    diagnostics: tuple[Diagnostic, ...]
    status: int


def foreseen(error: Exception, target: Path) -> Failure | None:
    """What is told of ``error`` that ended work on ``target``; None for an error that nobody foresaw."""
    if isinstance(error, (ChecksFailedError, AuditFailedError)):
        return Failure(diagnostics=error.diagnostics, status=FINDINGS)
    place = Place(path=str(target))
    for kind, code in _CODES.items():
        if isinstance(error, kind):
            terms = {"folder": str(target), "detail": str(error)}
            status = MISUSE if isinstance(error, _MISUSED) else FINDINGS
            where = Place(path=str(error)) if isinstance(error, (BadShardError, BrokenOutboxError)) else place
            return Failure(diagnostics=(diagnose(code, where, terms=terms),), status=status)
    reason = next(_reasons(error), None)
    if reason is None:
        return None
    # The error's own words could hold the path of a record.
    terms = {"folder": str(target), "reason": reason}
    return Failure(diagnostics=(diagnose("BLD013", place, terms=terms),), status=FINDINGS)


def _reasons(error: BaseException | None) -> Iterator[str]:
    """Why the machine refused, where it did: of the error, and of what it wraps."""
    while error is not None:
        for item in (error, *error.args):
            if isinstance(item, OSError) and item.errno is not None and item.errno in _REFUSED:
                yield os.strerror(item.errno)
            if isinstance(item, sqlite3.Error) and item.sqlite_errorcode == sqlite3.SQLITE_FULL:
                yield os.strerror(errno.ENOSPC)
        error = error.__cause__
