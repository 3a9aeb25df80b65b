"""可以问的机关 (whom to ask): of what has ended, an organ that can say why and what next, with a telephone."""

from __future__ import annotations

from dataclasses import dataclass

from generator.pages.channels import ChannelItem, telephones_of
from generator.public.context import SiteContext
from generator.source.model.authority import Authority


@dataclass(frozen=True, slots=True, kw_only=True)
class WhomToAsk:
    """可以问的机关. ``decided``: whether it is the organ that decided, which the sentence before has named."""

    organ: str
    decided: bool
    telephones: tuple[ChannelItem, ...]


def whom_to_ask(decided_by: str, published_by: str | None, context: SiteContext) -> WhomToAsk:
    """The organ that decided, where the settings have its telephone; else the one that published the notice (a slug),
    where they have that; else the first, without."""
    other = context.authorities.get(published_by or "")
    for office, decided in ((office_named(decided_by, context), True), (other, False)):
        if office is not None and (telephones := telephones_of(office)):
            return WhomToAsk(organ=office.name, decided=decided, telephones=telephones)
    return WhomToAsk(organ=decided_by, decided=True, telephones=())


def office_named(organ: str, context: SiteContext) -> Authority | None:
    """The organ of that name, where it is one that the settings know."""
    return next((office for office in context.authorities.values() if office.name == organ), None)
