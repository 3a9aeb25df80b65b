"""公开规则 for one build: :class:`DisclosureRules` made of the settings and ``as_of``."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import get_args

from generator.cases.case import PublicityOrder
from generator.catalogue import wording
from generator.disclosure.disclose import DisclosureRules, Governing, Titles
from generator.law.instruments import Provision, Version
from generator.project.settings import Settings
from generator.public.public_case import ProvisionRef
from generator.source.model.law_words import Topic

_RECOGNITION = (Topic.DEFINITION, Topic.QUALIFYING_ACT, Topic.CONFIRMATION)
"""What an act is recognised by."""


def disclosure_rules(settings: Settings, as_of: datetime) -> DisclosureRules:
    """The rules by which every case of this build is disclosed."""
    words = wording("titles")

    @lru_cache(maxsize=4096)
    def provisions(jurisdiction: str, day: date) -> Governing:
        current = settings.library.version_on(jurisdiction, as_of.date()).version
        rule = _first(settings, jurisdiction, Topic.PUBLICITY_PERIOD, day, current) or _first(
            settings, jurisdiction, Topic.PUBLICITY_REQUIRED, day, current
        )
        recognition = (_first(settings, jurisdiction, topic, day, current) for topic in _RECOGNITION)
        appeal = _first(settings, jurisdiction, Topic.APPEAL_RECONSIDERATION, day, current)
        return Governing(
            publicity=rule,
            recognition=tuple(filter(None, recognition)),
            appeal=() if appeal is None else (appeal,),
        )

    return DisclosureRules(
        as_of=as_of,
        masking=settings.site.masking,
        retention=settings.site.retention,
        objection_days=settings.site.publish_objection_received_on,
        authority_name=lambda slug: settings.authorities[slug].name,
        provisions_of=provisions,
        titles=Titles(
            orders={order: words[order] for order in get_args(PublicityOrder)},
            tombstones=dict(words["tombstones"]),
            several=words["several"],
            kinds=dict(words["kinds"]),
        ),
    )


def _first(
    settings: Settings, jurisdiction: str, topic: Topic, day: date, current: Version | None
) -> ProvisionRef | None:
    answer = settings.library.provision(jurisdiction, topic, day).effective
    if not answer.provisions or len(answer.candidates) > 1:
        return None
    return _reference(answer.provisions[0], current, in_doubt=not answer.is_dated)


def _reference(provision: Provision, current: Version | None, *, in_doubt: bool) -> ProvisionRef:
    own = current is not None and current.jurisdiction == provision.jurisdiction
    return ProvisionRef(
        instrument=provision.instrument_title,
        version=provision.version_label,
        article=provision.article,
        path=provision.path,
        summary=provision.summary,
        superseded=own
        and current is not None
        and (current.instrument, current.slug) != (provision.instrument, provision.version),
        in_doubt=in_doubt,
    )
