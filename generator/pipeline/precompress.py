"""预压缩 (precompress): ``.gz`` and ``.br`` twins beside text files, for web servers that send them as they are.

nginx does so with ``gzip_static`` and ``brotli_static``, Caddy with ``file_server { precompressed br gzip }``.
The same file gives the same twins: nothing of the clock or of the file's name is in them.
"""

from __future__ import annotations

import importlib
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.pipeline.site_tree import FileMark, NewFile, SiteTree, Unit, Units
from generator.system.hashing import digest
from generator.system.packing import pack
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


def twins(tree: SiteTree, units: Units, jobs: int) -> dict[str, Unit]:
    """预压缩 every text file of ``units`` of :data:`SMALLEST` bytes or more: the twins, each a unit by itself, or of
    no file where it would be no smaller.

    Files are read in parts: memory does not grow with them.
    """
    files = sorted(
        (path, mark)
        for unit in units.values()
        for path, mark in unit.files.items()
        if path.endswith(ENDINGS) and mark.size >= SMALLEST
    )
    batches = (files[start : start + _BATCH] for start in range(0, len(files), _BATCH))
    return {name: unit for made in parallel(_compress, tree, batches, jobs) for name, unit in made.items()}


def _compress(tree: SiteTree, files: list[tuple[str, FileMark]]) -> dict[str, Unit]:
    made: dict[str, Unit] = {}
    for path, mark in files:
        made_from = digest(pack(mark))
        for ending, compressed in ((".gz", _gzipped), (".br", _brotlied)):
            name = path + ending
            kept = tree.kept(name, made_from)
            if kept is None:
                data = compressed(tree.folder / path)
                kept = tree.made(name, made_from, [NewFile(name, data)] if len(data) < mark.size else [])
            made[name] = kept
    return made


def _gzipped(path: Path) -> bytes:
    gzip = zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, _GZIP_CONTAINER)
    return b"".join([*(gzip.compress(part) for part in _parts(path)), gzip.flush()])


def _brotlied(path: Path) -> bytes:
    brotli: Any = importlib.import_module("brotli")
    br = brotli.Compressor(quality=_BROTLI_QUALITY)
    return b"".join([*(br.process(part) for part in _parts(path)), br.finish()])


def _parts(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while part := file.read(_PART):
            yield part
