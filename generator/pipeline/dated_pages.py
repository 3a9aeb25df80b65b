"""有日子的页 (dated pages): where a page says of which day it is, so that another day can be put there.

Of a page that was left open (:mod:`generator.public.open_day`) the places are kept, not the page: the file itself has all
else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.catalogue import Language, speaking
from generator.law.notice_period.day_wording import day_words
from generator.pages.citation.access_date import english_day
from generator.pages.fresh_words import day_freshness
from generator.pages.page import Freshness, Page
from generator.pipeline.shell import fresh_values
from generator.public.context import SiteContext
from generator.public.open_day import (
    OPEN_APA_DAY,
    OPEN_DAY,
    OPEN_ISO_DAY,
    OPEN_SINCE,
    OPEN_UNTIL,
    OPEN_WORDS,
    Place,
)
from generator.system.hashing import digest

LEFT_OPEN = Freshness(since=OPEN_SINCE, until=OPEN_UNTIL, words=OPEN_WORDS)
"""时效 of a page whose day is left open."""

_ANY = re.compile(
    "|".join((OPEN_APA_DAY, OPEN_DAY, OPEN_ISO_DAY, OPEN_SINCE, OPEN_UNTIL, OPEN_WORDS)).encode()
)


@dataclass(frozen=True, slots=True)
class DayTold:
    """一天, as pages tell it: what stands in place of each that was left open."""

    values: Mapping[str, bytes]

    @property
    def key(self) -> bytes:
        """Digest of all of it."""
        return digest(*(part for name in sorted(self.values) for part in (name.encode(), self.values[name])))

    def filled(self, page: bytes) -> tuple[bytes, tuple[Place, ...]]:
        """An open page with this day in it, and where."""
        names = [found.decode() for found in _ANY.findall(page)]
        return self._joined(_ANY.split(page), names)

    def instead(self, page: bytes, places: Sequence[Place]) -> tuple[bytes, tuple[Place, ...]]:
        """A page of another day with this one at its ``places``, and where it stands now."""
        literals: list[bytes] = []
        at = 0
        for start, length, _ in places:
            literals.append(page[at:start])
            at = start + length
        return self._joined([*literals, page[at:]], [name for _, _, name in places])

    def in_page(self, page: Page) -> Page:
        """The same of a page without its shell."""
        return replace(page, body=self.filled(page.body.encode())[0].decode())

    def _joined(self, literals: Sequence[bytes], names: Sequence[str]) -> tuple[bytes, tuple[Place, ...]]:
        parts, places, at = [literals[0]], [], len(literals[0])
        for name, literal in zip(names, literals[1:], strict=True):
            value = self.values[name]
            places.append((at, len(value), name))
            parts += (value, literal)
            at += len(value) + len(literal)
        return b"".join(parts), tuple(places)


def day_told(context: SiteContext, language: Language = "zh") -> DayTold:
    """The day of the build, as lists and digests in a language tell it."""
    with speaking(language):
        fresh, words = fresh_values(day_freshness(context)), day_words(context.day)
    told = {
        OPEN_DAY: words,
        OPEN_ISO_DAY: context.day.isoformat(),
        OPEN_APA_DAY: english_day(context.day.isoformat()),
        OPEN_SINCE: fresh["since"],
        OPEN_UNTIL: fresh["until"],
        OPEN_WORDS: fresh["fresh"],
    }
    return DayTold({name: value.encode() for name, value in told.items()})


def days_told(context: SiteContext) -> dict[Language, DayTold]:
    """The same by language."""
    return {"zh": day_told(context), "en": day_told(context, "en")}
