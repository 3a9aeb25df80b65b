"""预压缩 (precompress): ``.gz`` and ``.br`` twins beside text files, for web servers that send them as they are.

nginx does so with ``gzip_static`` and ``brotli_static``, Caddy with ``file_server { precompressed br gzip }``.
The same file gives the same twins: nothing of the clock or of the file's name is in them.
"""

from __future__ import annotations

import importlib
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.system.workers import parallel

ENDINGS = (
    ".html",
    ".css",
    ".js",
    ".json",
    ".xml",
    ".atom",
    ".ics",
    ".svg",
    ".txt",
    ".csv",
)
SMALLEST = 1024
"""Bytes that a file must have at least: a smaller one fits into one packet as it is."""
_BATCH = 256
_PART = 1 << 20
_GZIP_LEVEL = 9
_BROTLI_QUALITY = 9
"""Of 11: the last two steps take twenty times as long for a twentieth less."""
_GZIP_CONTAINER = 31
"""zlib's word for a gzip header, in which it leaves the time 0."""


def precompress(site: Path, jobs: int) -> int:
    """预压缩 every text file of ``site`` of :data:`SMALLEST` bytes or more; the number of twins written.

    A twin that would be no smaller is not kept. Files are read in parts: memory does not grow with them.
    """
    return sum(parallel(_compress, site, _batches(site), jobs))


def _batches(site: Path) -> Iterator[tuple[str, ...]]:
    batch: list[str] = []
    for folder, folders, names in os.walk(site):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(folder, name)  # noqa: PTH118
            if name.endswith(ENDINGS) and os.path.getsize(path) >= SMALLEST:  # noqa: PTH202
                batch.append(path)
            if len(batch) == _BATCH:
                yield tuple(batch)
                batch = []
    if batch:
        yield tuple(batch)


def _compress(site: Path, paths: tuple[str, ...]) -> int:
    return sum(_twins(Path(path)) for path in paths)


def _twins(path: Path) -> int:
    brotli: Any = importlib.import_module("brotli")
    zipped, brotlied = (path.with_name(path.name + ending) for ending in (".gz", ".br"))
    gzip = zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, _GZIP_CONTAINER)
    br = brotli.Compressor(quality=_BROTLI_QUALITY)
    with path.open("rb") as source, zipped.open("wb") as one, brotlied.open("wb") as other:
        while part := source.read(_PART):
            one.write(gzip.compress(part))
            other.write(br.process(part))
        one.write(gzip.flush())
        other.write(br.finish())
    size, kept = path.stat().st_size, 0
    for twin in (zipped, brotlied):
        if twin.stat().st_size < size:
            kept += 1
        else:
            twin.unlink()
    return kept
