"""没有收录的文件 (not held): instruments that the site names and does not have, for those who look for one.

Whoever asks for its number or title reads that the site does not hold it, and which page names it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.catalogue import wording
from generator.outputs.search.search_record import UNDATED, SearchRecord
from generator.pages.policy.policy_head import places, policy_search
from generator.pages.policy.policy_values import aside_words, title_words
from generator.public.context import SiteContext
from generator.source.model.jurisdiction import Jurisdiction


def not_held_records(context: SiteContext) -> Iterator[SearchRecord]:
    """Of each place what is known to concern it, and what its own texts name as above them."""
    for place in places(context):
        if place.not_held:
            yield _record(place, "not-held", {item.title: item.document_number for item in place.not_held})
        named: dict[str, str | None] = {
            title: None
            for instrument in context.library.instruments_of(place.slug)
            for version in instrument.versions
            for title in version.superior_not_at_hand
        }
        if named:
            yield _record(place, "above", named)


def _record(place: Jurisdiction, anchor: str, named: Mapping[str, str | None]) -> SearchRecord:
    """``named``: titles, with their numbers. All that one place of a page names is one record."""
    words = wording("search")["not_held"]
    search, filters = policy_search("", city=None, number=None)
    return SearchRecord(
        date=UNDATED,
        path=f"policies/{place.slug}/#{anchor}",
        title="".join(
            title_words(title) + (aside_words(number) if number else "") for title, number in named.items()
        ),
        kicker=search["kicker"],
        state=str(words["state"]).format(name=place.name),
        text="",
        filters=filters,
        names=tuple(named),
        numbers=tuple(number for number in named.values() if number),
    )
