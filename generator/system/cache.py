"""缓存 (cache): what one build worked out of each record, kept for the next.

Everything in it is found again by a digest of all that it depends on: the bytes of the record, the
settings, policies and authorities, the software with its templates and catalogues, and the span of time
in which the clock changes nothing. So a cache may be old, partial, copied from another machine or
deleted at any moment: the site is the same, byte for byte.

It holds what must not be public. The folder has mode 0700, git ignores it, and nothing but files of
this software's own making is ever read from it.
"""

from __future__ import annotations

import fcntl
import os
import pickle
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache as once
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

FOLDER = "cache"
README = """义勇录构建缓存 / build cache of Yiyong

这里是上一次构建留下的中间结果，内含不公开的案件内容：只能由构建站点的人读取，不得提交、拷贝到网站或发给他人。
随时可以整个删除，下次构建会重新算出，结果一个字节也不会变。不用缓存：yiyong build --no-cache

Intermediate results of earlier builds. They hold what is not public: keep them to yourself, out of git
and off the web server. Delete them at any time; the next build works everything out again.
"""
DIGEST_SIZE = 16
"""Bytes of a digest: 128 bits."""
_LIBRARIES = (
    "chinesecalendar",
    "holidays",
    "jinja2",
    "markupsafe",
    "mkdocs",
    "mkdocs-material",
    "pydantic",
    "pydantic-core",
    "pyyaml",
    "tzdata",
)
"""Distributions whose version may show in a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cache:
    """缓存文件夹. ``basis`` is the digest of what every entry depends on: software and settings."""

    folder: Path
    basis: bytes

    def load(self, name: str) -> Any:
        """What was saved under ``name``; None when it is missing or not whole."""
        try:
            data = (self.folder / name).read_bytes()
        except OSError:
            return None
        if data[:DIGEST_SIZE] != digest(data[DIGEST_SIZE:]):
            return None
        return pickle.loads(data[DIGEST_SIZE:])

    def save(self, name: str, value: Any) -> None:
        """Put ``value`` in the place of what was saved under ``name``, in one step."""
        data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
        handle, temporary = tempfile.mkstemp(dir=self.folder, prefix=".new-")
        with os.fdopen(handle, "wb") as file:
            file.write(digest(data))
            file.write(data)
        Path(temporary).replace(self.folder / name)

    def drop(self, name: str) -> None:
        """Forget what was saved under ``name``."""
        (self.folder / name).unlink(missing_ok=True)

    def adopt(self, folder: Path) -> int:
        """Take over every entry of another cache; returns how many. See ``yiyong merge``."""
        count = 0
        for path in sorted(folder.iterdir()):
            if path.is_file() and not path.name.startswith(".") and path.name != "README.txt":
                handle, temporary = tempfile.mkstemp(dir=self.folder, prefix=".new-")
                os.close(handle)
                shutil.copyfile(path, temporary)
                Path(temporary).replace(self.folder / path.name)
                count += 1
        return count


@contextmanager
def open_cache(folder: Path, root: Path) -> Iterator[Cache | None]:
    """The cache in ``folder`` (made if missing, for its owner only) for the project in ``root``.

    None while another process uses it: whoever comes second works everything out.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
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
    """摘要 of this software: every file of the package, and the versions of what it builds on."""
    package = Path(__file__).parent
    files = (path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return digest(*_named(files, package), *(_version(name).encode() for name in _LIBRARIES))


def settings_digest(root: Path) -> bytes:
    """摘要 of settings, jurisdictions, authorities, holidays and policies: every YAML file but the cases."""
    folders = (root / "site_config", root / "content" / "policies")
    files = (path for folder in folders for path in folder.rglob("*.yml") if path.is_file())
    return digest(*_named(files, root))


def _named(files: Iterable[Path], base: Path) -> Iterator[bytes]:
    for path in sorted(files):
        yield path.relative_to(base).as_posix().encode()
        yield path.read_bytes()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
