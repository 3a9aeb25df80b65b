"""重复的标签 (repeated tags): what stands in the tags that thousands of pages have in common is read once.

Every record page is one shell with its fragment filled in, and most of its bytes are tags that the page
before had too, character for character. A tag that stood in a page in which nothing at all was found is
passed over in the next; but for the tags beside one that is new, so that what stands beside it is read too.
No secret spans three tags: it would have to hold the name of the tag in the middle.
"""

from __future__ import annotations

from itertools import compress

_MOST_IN_PAGE = 5_000
"""Tags; a file with more of them is a list or a table, whose tags are all its own."""
_MOST = 50_000
"""Tags remembered; the repeated ones of a site are a few thousand."""


class RepeatedTags:
    """重复的标签, and those of the file that is being read."""

    def __init__(self) -> None:
        self._met: set[str] = set()
        self._once: set[str] = set()
        self._known: set[str] = set()

    def begin(self) -> None:
        """The next file is read."""
        self._met = set()

    def unread(self, tags: list[str]) -> list[str]:
        """The tags that have to be read, in their order: those not known, and what stands beside them."""
        if len(tags) > _MOST_IN_PAGE:
            return tags
        new = set(tags) - self._known
        self._met |= new
        places = compress(range(len(tags)), map(new.__contains__, tags))
        near = {beside for place in places for beside in (place - 1, place, place + 1)}
        return [tags[place] for place in sorted(near) if 0 <= place < len(tags)]

    def learn(self) -> None:
        """Nothing was found in the file, wherever it may stand: its tags need not be read again.

        A tag counts from the second file on that has it: most are in one file only, and would be
        remembered for nothing.
        """
        met = {tag for tag in self._met if tag[1].isalpha() or (tag[1] == "/" and tag[2].isalpha())}
        if len(self._known) < _MOST:
            self._known |= met & self._once
        if len(self._once) > _MOST:
            self._once.clear()
        self._once |= met - self._known
