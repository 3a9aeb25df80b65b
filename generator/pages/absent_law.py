"""没有文本 (absent law): what a page of an honour says where the site has no text that held on the day of its decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.catalogue import wording
from generator.law.instruments.versions import earliest_day
from generator.law.notice_period.day_wording import day_words
from generator.pages.policy.policy_head import superiors_not_at_hand
from generator.pages.policy.policy_values import plain_dates
from generator.pages.policy.policy_views import NATION, version_title
from generator.public.context import SiteContext
from generator.source.model.partial_day import PartialDay


def absent_law(place: str, decided: PartialDay, context: SiteContext) -> tuple[str, ...]:
    """Why no rule of ``place`` and of those above it is cited, with what is known; empty where a text may have held,
    and of a place of whose law the site has nothing at all."""
    library = context.library
    own = [one for one in library.chain(place) if context.jurisdictions[one].level != NATION]
    answers = [library.version_on(one, day) for one in own for day in (decided.first, decided.last)]
    if any(answer.candidates for answer in answers) or not any(map(library.instruments_of, own)):
        return ()
    words = wording("honours")["page"]["law_absent"]
    names = str(wording("common")["marks"]["list"]).join(context.jurisdictions[one].full_name for one in own)
    told = [str(words["none"]).format(names=names)]
    told += (
        plain_dates(note.words) for answer in answers for note in answer.notes if note.key != "no_version"
    )
    told += _not_yet(own, decided.last, context)
    told += (
        str(words["superior"]).format(titles=above.titles)
        for above in superiors_not_at_hand(context, *(context.jurisdictions[one] for one in own))
    )
    return tuple(dict.fromkeys(told))


def _not_yet(own: list[str], on: date, context: SiteContext) -> Iterator[str]:
    """The first texts that the site has, with the day before which they surely were not in force."""
    words = wording("honours")["page"]["law_absent"]
    for place in own:
        for instrument in context.library.instruments_of(place):
            first = instrument.versions[0]
            day = first.starts_on or earliest_day(first.entry)
            if day is not None and day > on:
                yield str(words["not_yet"]).format(
                    title=version_title(instrument.title, first.label), day=day_words(day)
                )
