"""缓存 (cache): a private folder in which a build leaves its work for the next one.

All of it is in one store (:mod:`generator.system.store`), found again by a digest of all that it depends on; so a cache
may be old, partial, copied from another machine or deleted at any moment: the site is the same, byte for byte.

The cache holds private words. The folder has mode 0700, its files 0600, and git ignores it. Somebody who can
write into it still cannot make this software run anything (:mod:`generator.system.packing`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from generator.system.hashing import digest, settings_digest, software_digest
from generator.system.locking import sole_use
from generator.system.store import FORM, RECORDS, Store, make_sound

FOLDER = "cache"
_LEFT = ".left"
"""How the store looked when a build had closed it."""
_OWNER_ONLY = 0o600
_OF_OLDER_VERSIONS = (".new-*", "[0-9]*", "audited", "posters", "search-*", "site-*")
README = """义勇录构建缓存 / build cache of Yiyong

这里是上一次构建留下的中间结果，内含不公开的案件内容：只能由构建站点的人读取，不得提交、拷贝到网站或发给他人。
随时可以整个删除，下次构建会重新算出，结果一个字节也不会变。不用缓存：yiyong build --no-cache
只有 yiyong build --hold 要用到上次公布的内容：删去以后，到下一次构建成功以前它帮不上忙，会照实说明。

Intermediate results of earlier builds. They hold what is not public: keep them to yourself, out of git
and off the web server. Delete them at any time; the next build works everything out again.
Only yiyong build --hold wants what was published last: without it, it says so and stops, until a build has succeeded.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cache:
    """缓存文件夹. ``basis`` is the digest of what every entry depends on: software and settings. ``untouched``: its
    store looks as the last build left it."""

    folder: Path
    basis: bytes
    untouched: bool = False

    def store(self, beside: Sequence[Path] = ()) -> Store:
        """The store of records, and those of shards ``beside`` it."""
        return Store(path=self.folder / RECORDS, lasting=True, beside=tuple(beside), untouched=self.untouched)


@contextmanager
def open_cache(folder: Path, root: Path, *, looking: bool = False) -> Iterator[Cache | None]:
    """The cache in ``folder`` (made if missing, for its owner only) for the project in ``root``.

    None while another process uses it. The second build then works everything out itself. ``looking``: for who asks
    for a few entries and has not read the rest, so a store that somebody wrote to stays one to be read in full.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    with sole_use(folder / ".lock") as mine:
        if not mine:
            yield None
            return
        (folder / "README.txt").write_text(README, encoding="utf-8")
        for name in _OF_OLDER_VERSIONS:
            for leftover in folder.glob(name):
                leftover.unlink(missing_ok=True)
        left = folder / _LEFT
        untouched = left.is_file() and left.read_bytes() == _look_of(folder)
        left.unlink(missing_ok=True)
        if not untouched:
            make_sound(folder / RECORDS)
        yield Cache(
            folder=folder, basis=digest(software_digest(), settings_digest(root)), untouched=untouched
        )
        if looking and not untouched:
            return
        with suppress(OSError):  # the next build reads the whole store to find out
            if (look := _look_of(folder)) is not None:
                left.write_bytes(look)
                left.chmod(_OWNER_ONLY)


def _look_of(folder: Path) -> bytes | None:
    """How the store looks; None while somebody writes to it."""
    records = folder / RECORDS
    if records.is_symlink() or not records.is_file() or records.with_name(f"{RECORDS}-wal").exists():
        return None
    status = records.stat()
    return repr((FORM, status.st_size, status.st_mtime_ns, status.st_ino, status.st_dev)).encode()
