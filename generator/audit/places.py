"""原位 (places): from folded text back to the text, worked out only around what was found.

Nearly every page has some word that looks like a secret until one sees where it stands; to work out the
place of each of its characters for that would take longer than all the rest.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from dataclasses import dataclass, field

from generator.spellings.folding import fold, fold_with_places

_BLOCK = 128
"""Characters; more than the widest gap within a word, so that one block more on either side shows what
stands beside it."""


@dataclass(frozen=True, slots=True)
class Window:
    """一段文字 with its folded form and, for each folded character, the index in ``text``. ``start`` is where
    it stands in the whole text, ``folded_start`` where its folded form does in the whole folded text."""

    text: str
    folded: str
    places: list[int]
    start: int
    folded_start: int


@dataclass(slots=True)
class FoldedText:
    """归一的文字, and the way back. Characters fold each by itself, so blocks fold as the whole does."""

    text: str
    folded: str = field(init=False)
    _starts: list[int] = field(default_factory=list)
    _windows: dict[tuple[int, int], Window] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folded = fold(self.text)

    def around(self, start: int, end: int) -> Window:
        """The text around the folded characters from ``start`` (inclusive) to ``end`` (exclusive)."""
        if not self._starts:
            sizes = (
                len(fold(self.text[at : at + _BLOCK])) for at in range(0, max(len(self.text), 1), _BLOCK)
            )
            self._starts = list(itertools.accumulate(sizes, initial=0))
        # Blocks that fold to nothing stand before the one that begins at the same place.
        first = max(0, bisect_right(self._starts, start) - 2)
        last = bisect_right(self._starts, end - 1) + 1
        while first and self._starts[first] == self._starts[first + 1]:
            first -= 1
        if (first, last) not in self._windows:
            text = self.text[first * _BLOCK : last * _BLOCK]
            self._windows[first, last] = Window(
                text, *fold_with_places(text), first * _BLOCK, self._starts[first]
            )
        return self._windows[first, last]
