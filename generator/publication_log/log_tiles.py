"""瓦片 (tiles): the tree and its entries as a finite set of files, after C2SP tlog-tiles.

A tile holds up to 256 hashes of one level of the tree; level 1 of tiles is level 8 of the tree. A tile that is
not full yet says its width in its path: ``tile/0/x001/x234/067.p/112``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from generator.publication_log.merkle_tree import HASH_SIZE, Tree, node_hash

WIDTH = 256
HEIGHT = 8
"""Levels of the tree that one tile spans: 2 to the 8th is its width."""


def tile_path(level: int | str, number: int, width: int = WIDTH) -> str:
    """瓦片的路径 below the log, of a ``level`` of hashes or of ``entries``; ``width`` of a full one is 256."""
    parts = [f"{number % 1000:03}"]
    while number >= 1000:
        number //= 1000
        parts.insert(0, f"x{number % 1000:03}")
    end = "" if width == WIDTH else f".p/{width}"
    return f"tile/{level}/{'/'.join(parts)}{end}"


def tile_widths(size: int) -> Iterator[tuple[int, int, int]]:
    """全部瓦片 of a tree of ``size`` leaves as (level, number, width)."""
    level, count = 0, size
    while count:
        for number in range(count // WIDTH):
            yield level, number, WIDTH
        if count % WIDTH:
            yield level, count // WIDTH, count % WIDTH
        level, count = level + 1, count // WIDTH


def tile_files(tree: Tree, entries: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
    """瓦片文件 of a whole log as (path below the log, bytes). Entries are at most 65,535 bytes each."""
    for level, number, width in tile_widths(tree.size):
        first = number * WIDTH
        hashes = tree.levels[level * HEIGHT][first : first + width]
        yield tile_path(level, number, width), b"".join(hashes)
        if level == 0:
            bundle = (len(entry).to_bytes(2, "big") + entry for entry in entries[first : first + width])
            yield tile_path("entries", number, width), b"".join(bundle)


class TiledTree:
    """远处的一棵树, read tile by tile: only those tiles are fetched that a question asks for.

    ``fetch`` gives the bytes at a path below the log. Raises :class:`BadTileError` for a tile that is missing
    or of the wrong size.
    """

    def __init__(self, size: int, fetch: Callable[[str], bytes | None]) -> None:
        self.size = size
        self._fetch = fetch
        self._tiles: dict[tuple[int, int], list[bytes]] = {}

    def root(self, size: int) -> bytes:
        """根 of the first ``size`` leaves, at most as many as the tree has."""
        found: bytes | None = None
        end = size
        while end:
            count = end & -end
            part = self._whole(end - count, count)
            found = part if found is None else node_hash(part, found)
            end -= count
        return Tree([]).root(0) if found is None else found

    def leaf(self, index: int) -> bytes:
        """叶的散列 of one leaf."""
        return self._whole(index, 1)

    def _whole(self, start: int, count: int) -> bytes:
        """Hash of a whole subtree of ``count`` leaves, a power of two, that begins at ``start``."""
        level = (count.bit_length() - 1) // HEIGHT
        width = count >> level * HEIGHT
        place = start >> level * HEIGHT
        tile = self._tile(level, place // WIDTH)
        hashes = tile[place % WIDTH : place % WIDTH + width]
        while len(hashes) > 1:
            hashes = [node_hash(hashes[at], hashes[at + 1]) for at in range(0, len(hashes), 2)]
        return hashes[0]

    def _tile(self, level: int, number: int) -> list[bytes]:
        if (level, number) not in self._tiles:
            count = self.size >> level * HEIGHT
            width = min(WIDTH, count - number * WIDTH)
            path = tile_path(level, number, width)
            data = self._fetch(path)
            if data is None or len(data) != width * HASH_SIZE:
                raise BadTileError(path)
            self._tiles[level, number] = [data[at : at + HASH_SIZE] for at in range(0, len(data), HASH_SIZE)]
        return self._tiles[level, number]


class BadTileError(Exception):
    """瓦片缺失或者长度不对: its path."""
