"""摘要 (digests): they tell whether an earlier build made something from the same ingredients."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache as once
from hashlib import blake2b
from itertools import chain
from pathlib import Path

from generator.system.shipped import shipped_folder

DIGEST_SIZE = 16
"""Bytes of a digest: 128 bits."""
_DISTRIBUTION = (".dist-info", ".egg-info", ".egg-link")


def digest(*parts: bytes | memoryview) -> bytes:
    """摘要 of the parts, in their order; (``ab``, ``c``) and (``a``, ``bc``) differ."""
    if len(parts) > 1:
        pairs = ((len(part).to_bytes(8, "big"), part) for part in parts)
        parts = (b"".join(chain.from_iterable(pairs)),)
    made = blake2b(digest_size=DIGEST_SIZE)
    for part in parts:
        made.update(part)
    return made.digest()


@once
def software_digest() -> bytes:
    """摘要 of this software: every file of the package, every installed distribution, and Python itself.

    All distributions, because a page or the audit may rest on any of them through another.
    """
    package = Path(__file__).parent.parent
    files = (path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return digest(*_named(files, package), *(line.encode() for line in installed()))


def installed() -> list[str]:
    """Python and every installed distribution, each with its version, sorted: as their folders are called, because
    opening the metadata of three hundred takes a third of a second."""
    folders = [Path(name) for name in dict.fromkeys(sys.path) if Path(name).is_dir()]
    found = {name for folder in folders for name in os.listdir(folder) if name.endswith(_DISTRIBUTION)}  # noqa: PTH208
    named = sorted(name.rpartition(".")[0].replace("-", " ", 1) for name in found)
    return [f"{sys.implementation.name} {sys.version}", *named]


def settings_digest(root: Path) -> bytes:
    """摘要 of settings, jurisdictions, authorities, holidays and policies, own and shipped: every YAML file but
    the cases."""
    return digest(*(part for base in dict.fromkeys((root, shipped_folder())) for part in _settings_of(base)))


def _settings_of(base: Path) -> Iterator[bytes]:
    folders = (base / "site_config", base / "content" / "policies")
    files = (path for folder in folders for path in folder.rglob("*.yml") if path.is_file())
    return _named(files, base)


def _named(files: Iterable[Path], base: Path) -> Iterator[bytes]:
    for path in sorted(files):
        yield path.relative_to(base).as_posix().encode()
        yield path.read_bytes()
