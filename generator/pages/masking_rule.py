"""隐名的规定 (masking rule): what the text that governs a case says of names that may be withheld. It is the same for
everybody in the case, whatever the ground: which one it was is not told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.pages.governing_texts import governing_versions
from generator.pages.policy.policy_values import title_words
from generator.public.context import SiteContext
from generator.public.public_case import ProvisionRef
from generator.source.model.law_words import Status, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskingRule:
    """保密的条文: as it is cited, and its address from the root."""

    cited: str
    path: str


def masking_rule(refs: Iterable[ProvisionRef], place: str, context: SiteContext) -> MaskingRule | None:
    """None where the case has no governing text on the site, or that text is silent."""
    for version in governing_versions(refs, place, context.library):
        for item in version.by_topic.get(Topic.CONFIDENTIALITY_EXCEPTION, ()):
            if item.status is Status.STATED:
                return MaskingRule(cited=title_words(item.instrument_title) + item.article, path=item.path)
    return None
