"""外壳 (shells): what thousands of pages have in common, byte for byte.

Every record page is one shell with its fragment filled in. The common parts are found by comparing a
few pages of one kind; each is audited once and then passed over where it stands. Passing over depends
on identity of bytes alone, so a badly chosen part costs time and never lets anything through.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

SHORTEST_SHELL = 1_280
"""Bytes. Shorter parts are not worth looking for in every page."""
SHELL_MARGIN = 256
"""Bytes of a shell kept on each side, so that words across its edge are still read together."""
_FEWEST_PAGES = 24
_MOST_LINES = 4_000


def kinds_of_pages(names: Sequence[str]) -> list[list[str]]:
    """Pages that may share a shell: of one ending, in one top folder, equally deep; large kinds only."""
    kinds: dict[tuple[str, int, str], list[str]] = {}
    for name in names:
        if name.endswith((".html", ".svg", ".xml")):
            parts = name.split("/")
            kinds.setdefault((parts[0], len(parts), parts[-1].rpartition(".")[2]), []).append(name)
    return [pages for pages in kinds.values() if len(pages) >= _FEWEST_PAGES]


def samples(pages: Sequence[str]) -> tuple[str, ...]:
    """The first, middle and last of the pages of one kind."""
    return (pages[0], pages[len(pages) // 2], pages[-1])


def common_parts(pages: Sequence[bytes]) -> tuple[bytes, ...]:
    """共有部分: runs of whole lines that stand in all ``pages``, in order, each long enough to be a shell."""
    common = [pages[0].splitlines(keepends=True)] if pages else []
    for page in pages[1:]:
        lines = page.splitlines(keepends=True)
        common = [part for run in common for part in _shared(run, lines)]
    return tuple(part for part in map(b"".join, common) if len(part) >= SHORTEST_SHELL)


def without_shells(data: bytes, shells: Sequence[bytes]) -> bytes:
    """``data`` without the inside of every shell found in it; the margins stay."""
    for shell in shells:
        at = data.find(shell)
        if at >= 0:
            left = _between_characters(data, at + SHELL_MARGIN)
            right = _between_characters(data, at + len(shell) - SHELL_MARGIN)
            data = data[:left] + b"\x1f" + data[right:]
    return data


def _shared(run: list[bytes], lines: list[bytes]) -> list[list[bytes]]:
    if len(run) > _MOST_LINES or len(lines) > _MOST_LINES:
        return []
    blocks = SequenceMatcher(None, run, lines, autojunk=False).get_matching_blocks()
    return [run[block.a : block.a + block.size] for block in blocks if block.size]


def _between_characters(data: bytes, at: int) -> int:
    """``at``, or the end of the UTF-8 character that it would cut in two."""
    while at < len(data) and data[at] & 0xC0 == 0x80:
        at += 1
    return at
