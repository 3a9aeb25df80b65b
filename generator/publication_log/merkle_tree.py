"""默克尔树 (Merkle tree) of RFC 6962, section 2.1, over SHA-256.

``n`` leaves are numbered from 0. A proof is a list of hashes of 32 bytes, from the leaf's side to the root.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

HASH_SIZE = 32
EMPTY_ROOT = sha256(b"").digest()
"""Root of the tree without leaves."""


def leaf_hash(entry: bytes) -> bytes:
    """叶的散列 of one entry of the log."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """结点的散列 over its two children."""
    return sha256(b"\x01" + left + right).digest()


def grown(edge: Sequence[bytes], size: int, leaves: Iterable[bytes]) -> list[bytes]:
    """右缘 (edge) of a tree of ``size`` leaves after ``leaves`` (leaf hashes) were added.

    The edge holds the roots of the largest whole subtrees, left to right: one for each bit that is set in
    the size. So a tree of 100,000 leaves grows without 99,983 of them.
    """
    stack = list(edge)
    for leaf in leaves:
        found, number = leaf, size
        while number & 1:
            found = node_hash(stack.pop(), found)
            number >>= 1
        stack.append(found)
        size += 1
    return stack


def root_of(edge: Sequence[bytes]) -> bytes:
    """根 of the tree with this edge."""
    if not edge:
        return EMPTY_ROOT
    root = edge[-1]
    for left in reversed(edge[:-1]):
        root = node_hash(left, root)
    return root


class Tree:
    """一棵树 whose whole subtrees are all at hand: level 0 holds the leaf hashes, level 1 what two of them make."""

    def __init__(self, leaves: Iterable[bytes]) -> None:
        self.levels: list[list[bytes]] = [list(leaves)]
        # The right edges of trees that were asked for, each the same in every proof.
        self._edges: dict[tuple[int, int], bytes] = {}
        while len(self.levels[-1]) > 1:
            below = self.levels[-1]
            self.levels.append([node_hash(below[at], below[at + 1]) for at in range(0, len(below) - 1, 2)])

    @property
    def size(self) -> int:
        """Number of leaves."""
        return len(self.levels[0])

    def root(self, size: int) -> bytes:
        """根 when the tree had its first ``size`` leaves only."""
        return EMPTY_ROOT if size == 0 else self._hash(0, size)

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """包含证明 (PATH): that leaf ``index`` stands in the tree of the first ``size`` leaves."""
        if not 0 <= index < size <= self.size:
            raise ValueError(f"no leaf {index} among {size}")
        path: list[bytes] = []
        start, end = 0, size
        while end - start > 1:
            middle = start + _split(end - start)
            if index < middle:
                path.append(self._hash(middle, end))
                end = middle
            else:
                path.append(self._hash(start, middle))
                start = middle
        return path[::-1]

    def consistency(self, old: int, new: int) -> list[bytes]:
        """一致证明 (PROOF): that the tree of ``old`` leaves is the beginning of the tree of ``new``."""
        if not 0 <= old <= new <= self.size:
            raise ValueError(f"no tree of {old} in one of {new}")
        if old in (0, new):
            return []
        path: list[bytes] = []
        start, end, whole = 0, new, True
        while old != end:
            middle = start + _split(end - start)
            if old <= middle:
                path.append(self._hash(middle, end))
                end = middle
            else:
                path.append(self._hash(start, middle))
                start, whole = middle, False
        if not whole:
            path.append(self._hash(start, end))
        return path[::-1]

    def _hash(self, start: int, end: int) -> bytes:
        count = end - start
        if count & (count - 1) == 0:
            return self.levels[count.bit_length() - 1][start // count]
        found = self._edges.get((start, end))
        if found is None:
            middle = start + _split(count)
            found = node_hash(self._hash(start, middle), self._hash(middle, end))
            self._edges[start, end] = found
        return found


def root_by_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """根 to which ``path`` leads from a leaf hash; None when the path has not the right length."""
    if not 0 <= index < size:
        return None
    steps = list(path)
    found, number, last = leaf, index, size - 1
    while last:
        if number & 1 or number < last:
            if not steps:
                return None
            other = steps.pop(0)
            found = node_hash(other, found) if number & 1 else node_hash(found, other)
        number, last = number >> 1, last >> 1
    return None if steps else found


def is_consistent(old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]) -> bool:
    """一致: whether the tree of ``old`` leaves is the beginning of that of ``new``, by ``path``."""
    if not 0 <= old <= new:
        return False
    if old == new:
        return not path and old_root == new_root
    if old == 0:
        return not path and old_root == EMPTY_ROOT
    steps = list(path)
    number, last = old - 1, new - 1
    while number & 1:
        number, last = number >> 1, last >> 1
    if number == 0:
        before = after = old_root
    elif steps:
        before = after = steps.pop(0)
    else:
        return False
    while last:
        if number & 1 or number == last:
            if not steps:
                return False
            other = steps.pop(0)
            before, after = node_hash(other, before), node_hash(other, after)
            while number and not number & 1:
                number, last = number >> 1, last >> 1
        else:
            if not steps:
                return False
            after = node_hash(after, steps.pop(0))
        number, last = number >> 1, last >> 1
    return not steps and before == old_root and after == new_root


def _split(count: int) -> int:
    """The largest power of two below ``count``, which is at least 2."""
    return 1 << (count - 1).bit_length() - 1
