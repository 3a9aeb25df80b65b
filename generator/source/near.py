"""相近的词 (near miss): the word that was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_LONGEST = 64
"""Longer words are not compared: nobody mistypes one, and the comparison is quadratic."""


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice most like ``word``, ignoring case, hyphens and underscores; ``None`` when none is."""
    if len(word) > _LONGEST:
        return None
    plain = {_plain(choice): choice for choice in choices}
    found = difflib.get_close_matches(_plain(word), plain, n=1, cutoff=0.6)
    return plain[found[0]] if found else None


def _plain(word: str) -> str:
    return word.strip().casefold().replace("-", "_").replace(" ", "_")
