"""步骤图 (path): the periods of a version as legs from one step of a case to the next."""

from __future__ import annotations

from dataclasses import dataclass

from generator.catalogue import wording
from generator.law.instruments import Provision, Version
from generator.law.instruments.policy_words import cited_words, event_words
from generator.pages.policy.policy_silence import Silence, silence
from generator.pages.policy.policy_values import Figure, figure_of
from generator.source.model.instrument import Comparison, Event, Status, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """一程: from one step to the next, with the time it may take.

    ``words`` stands in for a figure the text does not give; ``status`` is that of the provision, worded by
    ``silence`` where it is not stated.
    """

    start: str
    end: str
    figure: Figure | None
    words: str
    remark: str
    summary: str
    status: str
    silence: Silence
    cited: str
    path: str


def legs(version: Version) -> tuple[Leg, ...]:
    """各程 of a version, in the order in which a case meets them; empty when it lays down no procedure.

    Publicity that is tied to the award comes after it, not before the confirmation.
    """
    topics = {Topic(name) for name in wording("policies")["path_topics"]}
    found = [
        p
        for p in version.provisions
        if p.topic in topics and p.value.from_ is not None and p.value.to is not None
    ]
    late = any(p.value.attaches_to is Event.AWARD for p in version.by_topic.get(Topic.PUBLICITY_REQUIRED, ()))
    return tuple(_leg(p, version) for p in sorted(found, key=lambda p: _place(p, late)))


def _place(provision: Provision, late: bool) -> tuple[int, int]:
    order = list(Event)
    assert provision.value.from_ is not None
    place = order.index(provision.value.from_)
    if late and provision.topic is Topic.PUBLICITY_PERIOD:
        place = order.index(Event.AWARD)
    # An appeal follows everything that can be appealed against.
    return (1 if provision.topic is Topic.APPEAL_RECONSIDERATION else 0, place)


def _leg(provision: Provision, version: Version) -> Leg:
    words = wording("policies")["path"]
    value = provision.value
    figure = figure_of(value)
    instead = ""
    if figure is None and provision.status is Status.STATED:
        instead = {Comparison.AFTER: words["after"], Comparison.NOT_BEFORE: words["not_before"]}.get(
            value.comparison or Comparison.EXACTLY, words["silent"]
        )
    assert value.from_ is not None and value.to is not None
    return Leg(
        start=event_words(value.from_),
        end=event_words(value.to),
        figure=figure,
        words=str(instead),
        remark=words["against"][value.against.value] if value.against is not None else "",
        summary=provision.summary,
        status=provision.status.value,
        silence=silence(provision.status.value, superiors=version.superior_not_at_hand),
        cited=cited_words(provision.article),
        path=provision.path,
    )
