"""答案 (answer texts): what stands beneath a page that answers a question: the figure, the rule, the telephone.

One small file for each kind of answer, with every place's own words: whoever asks what a question of the table covers
fetches one or two of them, and nobody else any.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from generator.catalogue import wording
from generator.law.instruments.entitlement import entitlements, entitlements_of
from generator.pages.channels import telephones_of
from generator.pages.policy.first_things import general_first, keys_of
from generator.pages.policy.for_me import benefit_topic_words, has_for_me
from generator.pages.policy.policy_head import places
from generator.pages.policy.policy_views import NATION, Statement, TopicView, statement, topic_views
from generator.public.context import SiteContext
from generator.source.model.instant import SHANGHAI
from generator.source.model.jurisdiction import Jurisdiction
from generator.source.model.law_words import Part, Topic

FOLDER: Final = "search/answers/"
_TELEPHONES, _BENEFITS, _PROTECTION = "telephones", "benefits", "protection"
"""What an answer may tell beside a topic of the law."""

Line = tuple[str, str, str, str]
"""一行答案: what is set large, the words, and the source with its address from the root; each may be empty."""


def answer_files(context: SiteContext) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of the answers in the language spoken; ``context`` speaks it too."""
    kinds = {answer["tells"] for answer in wording("search")["answers"] if "tells" in answer}
    asked = [place for place in places(context) if has_for_me(place)]
    for kind in sorted(kinds):
        told = {place.slug: list(_lines(kind, place, context)) for place in asked}
        data = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        yield f"{FOLDER}{kind}.json", data.encode()


def _lines(kind: str, place: Jurisdiction, context: SiteContext) -> Iterator[Line]:
    if kind == _TELEPHONES:
        yield from _telephones(place, context)
    elif kind == _BENEFITS:
        yield from _benefits(place, context)
    elif kind == _PROTECTION:
        yield from _protection(place, context)
    else:
        views = _views(place, context)
        # Its own page says at its head, once, that it is not certain which of its texts holds.
        own = context.library.version_on(place.slug, _day(context))
        yield from _rules(views[Topic(kind)], in_doubt=not own.is_dated)
        yield from _national(kind, views, place, context)


def _day(context: SiteContext) -> date:
    return context.as_of.astimezone(SHANGHAI).date()


def _views(place: Jurisdiction, context: SiteContext) -> Mapping[Topic, TopicView]:
    return topic_views(context.library, place.slug, _day(context))


def _rules(view: TopicView, *, in_doubt: bool) -> Iterator[Line]:
    """What is to be gone by, figures first; where no text lays anything down, the one that says so, or else that."""
    said = [item for item in general_first(view.effective) if not item.silent]
    said.sort(key=lambda item: item.figure is None)
    if not said:
        every = (item for own in (view, *view.spoken_above) if own.level != NATION for item in own.statements)
        said = [item for item in every if item.silent and item.summary][:1]
    if said:
        yield from (_rule(item, in_doubt=in_doubt or item.in_doubt) for item in said)
    else:
        yield "", view.silence.words, "", ""


def _national(
    kind: str, views: Mapping[Topic, TopicView], place: Jurisdiction, context: SiteContext
) -> Iterator[Line]:
    """What the nation's law opens beside the local ways, in the sentence of the digest: 60 days to ask for a review."""
    for key in keys_of(context.library, place.slug, _day(context), views):
        if key.view.topic == kind and key.national_words:
            item = key.national[0]
            yield "", key.national_words, item.cited, item.path


def _rule(item: Statement, *, in_doubt: bool) -> Line:
    """The whole sentence, for a figure is never told without what limits it."""
    marks = wording("common")["marks"]
    limits = [f"{label}{marks['colon']}{limit}" for label, limit in item.caveats if limit not in item.summary]
    doubt = [str(wording("policies")["compare"]["doubtful"])] if in_doubt else []
    asides = [*filter(None, (item.modality,)), *limits, *doubt]
    words = item.summary + "".join(str(marks["aside"]).format(words=aside) for aside in asides)
    large = item.figure.words if item.figure is not None else ""
    source = f"{item.source}{item.cited}" if item.source else item.cited
    return large, words, source, item.path


def _benefits(place: Jurisdiction, context: SiteContext) -> Iterator[Line]:
    """The kinds of benefit that the local rules give, as the page heads them."""
    found = entitlements(context.library, place.slug, _day(context))
    topics = {item.provision.topic: None for item in found if not item.beside}
    if topics:
        words = str(wording("common")["marks"]["list"]).join(map(benefit_topic_words, topics))
        yield "", str(wording("search")["script"]["benefits"]).format(n=len(topics), topics=words), "", ""


def _protection(place: Jurisdiction, context: SiteContext) -> Iterator[Line]:
    """Legal aid and the safety of the person, by the place's own texts and those above it, but the nation's."""
    library, on, told = context.library, _day(context), False
    for source in library.chain(place.slug):
        if context.jurisdictions[source].level == NATION:
            continue
        in_doubt, above = not library.version_on(source, on).is_dated, source != place.slug
        for item in entitlements_of(library, source, on, above=above):
            if item.benefit.part is Part.PROTECTION and not item.beside:
                told = True
                yield _rule(statement(item.provision, place.full_name, named=above), in_doubt=in_doubt)
    if not told:
        yield "", _views(place, context)[Topic.BENEFIT_LEGAL_AID].silence.words, "", ""


def _telephones(place: Jurisdiction, context: SiteContext) -> Iterator[Line]:
    """Of each office of the place its first number, that of the whole place before those of its districts."""
    offices = [
        office
        for office in context.authorities.values()
        if office.jurisdiction == place.slug and office.channels.telephone
    ]
    offices.sort(key=lambda office: (office.district is not None, office.order, office.slug))
    for office in offices:
        number = telephones_of(office)[0]
        yield "", office.name, number.label, number.href or ""
