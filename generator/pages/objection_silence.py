"""规定没有写的 (silence): what the text that governs a case leaves open about objections. No text says of itself whether
an organ keeps an objector's name, so readers hear what is open, and whom to ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.pages.governing_texts import governing_versions
from generator.pages.policy.policy_values import title_words
from generator.public.context import SiteContext
from generator.public.public_case import ProvisionRef
from generator.source.model.law_words import Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionSilence:
    """The text as it is cited, the address of what it does say of objections, and the points that it leaves open."""

    cited: str
    path: str
    points: tuple[str, ...]


def objection_silence(
    refs: Iterable[ProvisionRef], place: str, context: SiteContext
) -> ObjectionSilence | None:
    """Of the nearest text that speaks of objections; None where none governs the case, or it leaves nothing open."""
    for version in governing_versions(refs, place, context.library):
        for item in version.by_topic.get(Topic.OBJECTION, ()):
            if item.silent_on:
                return ObjectionSilence(
                    cited=title_words(item.instrument_title), path=item.path, points=item.silent_on
                )
    return None
