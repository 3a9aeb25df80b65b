"""缓存 (cache): what one build worked out of each record, kept for the next.

Everything in it is found again by a digest of all that it depends on: the bytes of the record, the
settings, policies and authorities, the software with its templates and catalogues, and the span of time
in which the clock changes nothing. So a cache may be old, partial, copied from another machine or
deleted at any moment: the site is the same, byte for byte.

It holds what must not be public: the folder has mode 0700, its files 0600, and git ignores it. Whoever can
write into it cannot make this software run anything (:mod:`generator.system.packing`).
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache as once
from hashlib import blake2b
from importlib.metadata import distributions
from pathlib import Path
from typing import TypeVar

from generator.system.locking import sole_use
from generator.system.packing import UnreadableError, pack, unpack

FOLDER = "cache"
README = """义勇录构建缓存 / build cache of Yiyong

这里是上一次构建留下的中间结果，内含不公开的案件内容：只能由构建站点的人读取，不得提交、拷贝到网站或发给他人。
随时可以整个删除，下次构建会重新算出，结果一个字节也不会变。不用缓存：yiyong build --no-cache

Intermediate results of earlier builds. They hold what is not public: keep them to yourself, out of git
and off the web server. Delete them at any time; the next build works everything out again.
"""
DIGEST_SIZE = 16
"""Bytes of a digest: 128 bits."""
_OWNER_ONLY = 0o600

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cache:
    """缓存文件夹. ``basis`` is the digest of what every entry depends on: software and settings."""

    folder: Path
    basis: bytes

    def load(self, name: str, kind: type[T]) -> T | None:
        """What was saved under ``name``; None when it is missing, not whole or no ``kind``."""
        try:
            return read_entry(self.folder / name, kind)
        except (OSError, UnreadableError):
            return None

    def save(self, name: str, value: object) -> None:
        """Put ``value`` in the place of what was saved under ``name``, in one step.

        What cannot be written is not kept, be it the name of a file that is not UTF-8 or for want of room: no
        site fails for its cache.
        """
        try:
            data = pack(value)
            with tempfile.NamedTemporaryFile(dir=self.folder, prefix=".new-", delete=False) as file:
                file.write(digest(data))
                file.write(data)
            Path(file.name).replace(self.folder / name)
        except (UnicodeEncodeError, OSError):
            self.drop(name)

    def drop(self, name: str) -> None:
        """Forget what was saved under ``name``."""
        (self.folder / name).unlink(missing_ok=True)

    def adopt(self, path: Path) -> None:
        """Take over one file of another cache, under the same name."""
        handle, temporary = tempfile.mkstemp(dir=self.folder, prefix=".new-")
        os.close(handle)
        shutil.copyfile(path, temporary)
        Path(temporary).replace(self.folder / path.name)


def read_entry(path: Path, kind: type[T]) -> T:
    """One entry of a cache. Raises ``OSError`` and :class:`~generator.system.packing.UnreadableError`."""
    data = path.read_bytes()
    if data[:DIGEST_SIZE] != digest(data[DIGEST_SIZE:]):
        raise UnreadableError("not whole")
    return unpack(data[DIGEST_SIZE:], kind)


def link_or_copy(source: Path, target: Path) -> None:
    """``source`` under another name too; a copy where the file system has no links."""
    try:
        os.link(source, target)
    except (FileExistsError, FileNotFoundError):
        raise
    except OSError:
        write_private(target, source.read_bytes())


def write_private(path: Path, data: bytes) -> None:
    """A new file that its owner alone may read, even where its folder is copied elsewhere. An older one of
    this name may be in use under another: it is left as it is."""
    path.unlink(missing_ok=True)
    path.touch(_OWNER_ONLY, exist_ok=False)
    path.write_bytes(data)


@contextmanager
def open_cache(folder: Path, root: Path) -> Iterator[Cache | None]:
    """The cache in ``folder`` (made if missing, for its owner only) for the project in ``root``.

    None while another process uses it: whoever comes second works everything out.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    with sole_use(folder / ".lock") as mine:
        if not mine:
            yield None
            return
        (folder / "README.txt").write_text(README, encoding="utf-8")
        for leftover in folder.glob(".new-*"):
            leftover.unlink(missing_ok=True)
        yield Cache(folder=folder, basis=digest(software_digest(), settings_digest(root)))


def digest(*parts: bytes | memoryview) -> bytes:
    """摘要 of the parts, in their order; (``ab``, ``c``) and (``a``, ``bc``) differ."""
    made = blake2b(digest_size=DIGEST_SIZE)
    for part in parts:
        if len(parts) > 1:
            made.update(len(part).to_bytes(8, "big"))
        made.update(part)
    return made.digest()


@once
def software_digest() -> bytes:
    """摘要 of this software: every file of the package, every installed distribution, and Python itself.

    All distributions, because nobody can say which of them a page or the audit rests on by way of others.
    """
    package = Path(__file__).parent.parent
    files = (path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return digest(*_named(files, package), *(line.encode() for line in installed()))


def installed() -> list[str]:
    """Python and every installed distribution, each with its version, sorted."""
    found = {f"{item.metadata['Name']} {item.metadata['Version']}" for item in distributions()}
    return [f"{sys.implementation.name} {sys.version}", *sorted(found)]


def settings_digest(root: Path) -> bytes:
    """摘要 of settings, jurisdictions, authorities, holidays and policies: every YAML file but the cases."""
    folders = (root / "site_config", root / "content" / "policies")
    files = (path for folder in folders for path in folder.rglob("*.yml") if path.is_file())
    return digest(*_named(files, root))


def _named(files: Iterable[Path], base: Path) -> Iterator[bytes]:
    for path in sorted(files):
        yield path.relative_to(base).as_posix().encode()
        yield path.read_bytes()
