"""建站 (build): prepare, let the host build its pages, finish, swap into place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator.build.finish import Built, finish
from generator.build.prepare import Prepared, prepare, private_spool
from generator.build.swap import staging_for, swap_in

Host = Callable[[Prepared, Path], list[str]]
"""宿主 (MkDocs or its successor): builds the hosted pages and the shells into a folder, and returns
the addresses of the hand-written pages it built beside them."""


class HostError(Exception):
    """宿主未能建成它的页面: what it said."""


class NotASiteError(Exception):
    """输出文件夹里不是站点: something stands there that no build made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """构建结果."""

    prepared: Prepared
    built: Built


def build_site(
    root: Path,
    out: Path,
    as_of: datetime | None,
    now: datetime,
    jobs: int,
    host: Host,
    *,
    search: bool = False,
) -> BuildResult:
    """Build the site of ``root`` and put it at ``out``; a failure at any point leaves ``out`` as it was.

    Raises :class:`ChecksFailedError`, :class:`NotASiteError`, :class:`BuildInProgressError`,
    :class:`HostError`, :class:`ThemeError`, :class:`SearchError`.
    """
    refuse_strange_folder(out)
    with private_spool(root) as spool:
        prepared = prepare(root, as_of, now, spool, jobs, search=search)
        with staging_for(out) as staging:
            hand_written = host(prepared, staging)
            built = finish(prepared, staging, hand_written)
            swap_in(staging, out)
    return BuildResult(prepared=prepared, built=built)


def refuse_strange_folder(out: Path) -> None:
    """Swapping in a new site removes what stood at ``out``: only a site or an empty folder may go."""
    if not out.exists():
        return
    if not out.is_dir() or (any(out.iterdir()) and not (out / "api" / "v1" / "notices.json").is_file()):
        raise NotASiteError(str(out))
