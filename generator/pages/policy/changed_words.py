"""改动的字词 (changed words): in cells of one row, the words that a cell has and another has not.

Which versions are side by side is the reader's choice, so every mark names the cells that lack its words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from itertools import combinations, groupby

_PIECE = re.compile(r"<[^>]+>|&[^;\s]+;|[^<&]+")
_ALIKE = 0.5
"""Cells with less in common say something else: to mark nearly every word of them tells nothing."""


def changed_words(cells: Mapping[str, str]) -> dict[str, str]:
    """The HTML of cells by their keys, with ``<mark data-other="…">`` around words that the cells named there lack."""
    pieces = {key: _pieces(html) for key, html in cells.items()}
    lacking: dict[str, dict[int, list[str]]] = {key: {} for key in cells}
    at = {key: [n for n, piece in enumerate(found) if piece[0] != "<"] for key, found in pieces.items()}
    words = {key: [pieces[key][n] for n in found] for key, found in at.items()}
    for one, other in combinations(cells, 2):
        matcher = SequenceMatcher(None, words[one], words[other], autojunk=False)
        if matcher.ratio() < _ALIKE:
            continue
        for kind, first, last, other_first, other_last in matcher.get_opcodes():
            if kind != "equal":
                for n in at[one][first:last]:
                    lacking[one].setdefault(n, []).append(other)
                for n in at[other][other_first:other_last]:
                    lacking[other].setdefault(n, []).append(one)
    return {key: _marked(pieces[key], lacking[key]) for key in cells}


def _pieces(html: str) -> list[str]:
    """Tags, entities and words, in their order."""
    import rjieba

    found: list[str] = []
    for piece in _PIECE.findall(html):
        found += [piece] if piece[0] in "<&" else rjieba.cut(piece, False)
    return found


def _marked(pieces: list[str], lacking: Mapping[int, list[str]]) -> str:
    """A mark goes around neighbouring words that the same cells lack, and around no tag and no mere punctuation."""
    html = []
    for others, run in groupby(range(len(pieces)), key=lambda n: " ".join(lacking.get(n, ()))):
        words = "".join(pieces[n] for n in run)
        said = others and re.search(r"\w", words)
        html.append(f'<mark data-other="{others}">{words}</mark>' if said else words)
    return "".join(html)
