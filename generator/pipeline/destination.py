"""输出位置 (destination): where something built may go, settled before anything is done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

PRIVATE_FOLDER = ".yiyong"
"""Caches and temporary files, below the project's root: mode 0700, and git ignores it."""
OUTBOX = "outbox"
"""Texts that wait to be sent, below the project's root: private too, and never within a site."""
_SOURCES = ("registry", "content", "generator", "site_config", "tests", ".git", PRIVATE_FOLDER, OUTBOX)


class NotASiteError(Exception):
    """输出文件夹里不是站点: something stands there that no build made."""


class AmongSourcesError(Exception):
    """输出位置在项目的源文件里，或者包含整个项目: what is built would mix with, or replace, what it is built from."""


def settled_site(root: Path, out: Path) -> Path:
    """Where a site asked for at ``out`` goes. A link is followed, and what it points to is exchanged.

    Exchanging removes what stood there, so it must be a site, an empty folder or nothing. Raises
    :class:`NotASiteError` and :class:`AmongSourcesError`.
    """
    out = away_from_sources(root, out)
    if out.exists() and not (out.is_dir() and (_is_empty(out) or (out / "api/v1/notices.json").is_file())):
        raise NotASiteError(str(out))
    return out


def settled_empty(root: Path, folder: Path) -> Path:
    """The same for what is not built twice at one place: an empty folder or nothing."""
    folder = away_from_sources(root, folder)
    if folder.exists() and not (folder.is_dir() and _is_empty(folder)):
        raise NotASiteError(str(folder))
    return folder


def settled_shard(root: Path, folder: Path) -> Path:
    """The same for a shard, which is private: an earlier shard, an empty folder or nothing. It may stand in the
    private folder, in a place of its own."""
    private = (root / PRIVATE_FOLDER / "shards").resolve()
    if private not in folder.resolve().parents:
        folder = away_from_sources(root, folder)
    if folder.exists() and not (folder.is_dir() and (_is_empty(folder) or (folder / ".lock").is_file())):
        raise NotASiteError(str(folder))
    return folder.resolve()


def away_from_sources(root: Path, target: Path) -> Path:
    """``target`` with its links followed, unless it lies in the sources of ``root`` or holds the project."""
    try:
        target = target.resolve()
    except (OSError, RuntimeError):  # links in a circle
        raise NotASiteError(str(target)) from None
    sources = [folder for name in _SOURCES if (folder := root / name).exists()]
    if any(_is_same(above, folder) for above in (target, *target.parents) for folder in sources):
        raise AmongSourcesError(str(target))
    if any(_is_same(target, above) for above in _upwards(root.resolve())):
        raise AmongSourcesError(str(target))
    return target


def _upwards(folder: Path) -> Iterator[Path]:
    yield folder
    yield from folder.parents


def _is_same(one: Path, other: Path) -> bool:
    """Whether both are one folder, also where the system does not tell capitals from small letters."""
    return one.exists() and one.samefile(other)


def _is_empty(folder: Path) -> bool:
    return not any(folder.iterdir())
