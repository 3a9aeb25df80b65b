"""决定与救济途径 (decisions and ways of appeal): how long a decision may take, and what somebody can do against it, as
the texts that hold for it say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from generator.catalogue import wording
from generator.law.instruments import Provision
from generator.pages.governing_texts import governing_versions
from generator.pages.policy.policy_values import title_words
from generator.public.context import SiteContext
from generator.public.public_case import HonourStatus, NoticeStatus, PublicHonour, PublicNotice
from generator.source.model.law_words import Event, Topic

_DECIDED = (NoticeStatus.CONFIRMED, NoticeStatus.NOT_CONFIRMED, NoticeStatus.REVOKED)
_CONCLUDED = (Event.CONFIRMATION, Event.CONCLUSION)
ASKED = (Event.REVIEW_REQUEST, Event.RECONFIRMATION_REQUEST, Event.RECONSIDERATION_REQUEST)
"""What somebody who appeals has to do by a last day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """一条救济途径. ``level`` says whose text opens it (国家), where that is not the place's own, and that it is not
    certain whether it held on the day."""

    summary: str
    cited: str
    path: str
    level: str


def decision_times(notice: PublicNotice, context: SiteContext) -> tuple[Route, ...]:
    """多久作出决定: what the text that governs a case says of how long its confirmation may take, else when it may be
    made. Nothing before an award, and nothing where it is not certain which text governs."""
    if notice.status not in (NoticeStatus.AWAITING, NoticeStatus.UNDER_REVIEW):
        return ()
    place = notice.jurisdiction
    refs = (*notice.provisions, *filter(None, (notice.publicity_rule,)))
    topics = [version.by_topic for version in governing_versions(refs, place, context.library)]
    within = [
        item
        for found in topics
        for item in found.get(Topic.REVIEW_DEADLINE, ())
        if item.value.to in _CONCLUDED
    ]
    articles = {item.path for item in within}
    # The same paragraph may say when to confirm in its other half.
    paragraphs = {(item.path, item.article) for item in within}
    then = [
        item
        for found in topics
        for item in found.get(Topic.CONFIRMATION, ())
        if (item.path, item.article) in paragraphs
    ]
    longer = [
        item for found in topics for item in found.get(Topic.REVIEW_EXTENSION, ()) if item.path in articles
    ]
    after = [
        item
        for found in topics
        for item in found.get(Topic.CONFIRMATION, ())
        if item.value.from_ is Event.PUBLICITY_CLOSE
    ]
    unsaid = str(wording("notices")["objection"]["no_days"])
    told = [(item, "") for item in _once((*within, *then, *longer))] or [
        (item, unsaid if item.value.days is None else "") for item in _once(after)
    ]
    return tuple(_route(item, place, context, more) for item, more in told)


def notice_routes(notice: PublicNotice, context: SiteContext) -> Iterator[Route]:
    """Against what was decided of a notice: the ways of general law, the provision on appeal that governed the case, then
    the ways that higher texts open beside it."""
    if notice.status not in _DECIDED:
        return
    library, place = context.library, notice.jurisdiction
    governing = {ref.path for ref in notice.provisions}
    own = [
        provision
        for source in library.chain(place)
        for version in library.versions(source)
        for provision in version.by_topic.get(Topic.APPEAL_RECONSIDERATION, ())
        # The same article says how long the organ may take to answer: that opens no way.
        if provision.path in governing and provision.value.against is not None
    ]
    decided_on = notice.outcome_on or notice.status_since
    if notice.status is NoticeStatus.REVOKED:
        yield from _against_revocation(place, decided_on, context)
        return
    refused = notice.status is NoticeStatus.NOT_CONFIRMED
    beside = tuple(_beside(place, decided_on, context))
    # General law opens its ways to people who were refused; as the usual ones they come first.
    general = [item for item in beside if refused and library.only_beside(item.jurisdiction)]
    higher = [item for item in beside if not library.only_beside(item.jurisdiction)]
    for provision in _once((*general, *own, *higher)):
        # An appeal against a refusal to confirm is no way out of a confirmation.
        if refused or provision.value.against is not Event.REFUSAL:
            yield _route(provision, place, context, on=decided_on)


def honour_routes(honour: PublicHonour, context: SiteContext) -> Iterator[Route]:
    """Against the revocation of an honour; nothing while it stands."""
    if honour.status is HonourStatus.REVOKED and honour.revoked_on is not None:
        yield from _against_revocation(honour.jurisdiction, honour.revoked_on, context)


def _against_revocation(place: str, revoked_on: date, context: SiteContext) -> Iterator[Route]:
    """The ways of general law alone: what a text on 见义勇为 opens against a conclusion is open at its time, not years
    later after a revocation."""
    for provision in _once(_beside(place, revoked_on, context)):
        if context.library.only_beside(provision.jurisdiction):
            yield _route(provision, place, context, on=revoked_on)


def _beside(place: str, on: date, context: SiteContext) -> Iterator[Provision]:
    for higher in context.library.provision(place, Topic.APPEAL_RECONSIDERATION, on).above:
        for provision in higher.provisions:
            if provision.value.days is not None and provision.value.to in ASKED:
                yield provision


def _once(provisions: Iterable[Provision]) -> Iterable[Provision]:
    found: list[Provision] = []
    for provision in provisions:
        # By its address alone the last of an article would take the place of all others.
        if provision not in found:
            found.append(provision)
    return found


def _route(
    provision: Provision, place: str, context: SiteContext, more: str = "", *, on: date | None = None
) -> Route:
    library, source = context.library, provision.jurisdiction
    level = ""
    if source not in (place, library.chain(place)[0]):
        answer = library.version_on(source, on) if on is not None else None
        form = "appeal_level" if answer is None or answer.certain else "appeal_level_in_doubt"
        words = wording("policies")["levels"][library.levels[source]]
        level = str(wording("notices")["objection"][form]).format(level=words)
    return Route(
        summary=provision.summary + more,
        cited=title_words(provision.instrument_title) + provision.article,
        path=provision.path,
        level=level,
    )
