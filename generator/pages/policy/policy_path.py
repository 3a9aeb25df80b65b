"""步骤图 (path): the periods of a place's texts as legs from one step of a case to the next.

A place's trail is put together from its layers: each step is the own text's, or where that says nothing of it the
higher text's. Ways of review that a higher text opens stand beside the own ones. A complaint (申诉) about what was
granted and not given is no step of a case.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from generator.catalogue import wording
from generator.law.instruments import BOTH_WAYS, PolicyLibrary, Provision, Version
from generator.law.instruments.policy_words import cited_words, event_words
from generator.pages.policy.policy_silence import Silence, silence
from generator.pages.policy.policy_values import Figure, figure_of, title_words
from generator.pages.policy.policy_views import topic_views
from generator.source.model.law_words import Comparison, Event, Modality, Status, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """一程: from one step to the next, with the time it may take.

    ``words`` stands in for a figure the text does not give; ``status`` is that of the provision, worded by
    ``silence`` where it is not stated. ``level`` says whose text it is where it is not the place's own.
    """

    start: str
    end: str
    steps: tuple[Event, Event]
    topic: str
    figure: Figure | None
    hedge: bool
    """一般应当: exceptions are open."""
    words: str
    remark: str
    summary: str
    status: str
    silence: Silence
    cited: str
    path: str
    level: str
    source: str
    in_doubt: bool
    """Whether it is from above and it is not certain that its text holds on the day."""
    unasked: tuple[tuple[str, str, str], ...] = ()
    """(sentence, article, path) of what the organ does of its own where nobody applied, by the same text."""
    besides: tuple[Leg, ...] = ()
    """Other legs to the same step, drawn in one with it: from another start, or what must happen on the way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """一个地方的各程, in the order in which a case meets them; empty where no text lays down a procedure."""

    legs: tuple[Leg, ...]
    published_above: tuple[Leg, ...] = ()
    """上级另有的公示: where the own text confirms without publicity and a later higher text publishes first, that
    text's own way from the application on. ``legs`` then end with the own confirmation."""
    own_level: str = ""
    from_above: bool
    """Whether all of it is from above: the place's own texts lay nothing down."""
    older: bool
    """Whether the own text began before a higher one that has steps here: where they differ, somebody has to ask."""


def trail(library: PolicyLibrary, place: str, on: date) -> Trail:
    """各程 of a place on a day, put together from its texts."""
    found: list[tuple[Provision, Version]] = []
    for topic in _topics():
        found += _of_topic(library, place, topic, on)
    chain = library.chain(place)
    own = library.version_on(place, on).version
    starts = [version.starts_on for provision, version in found if provision.jurisdiction != chain[0]]
    late = any(
        p.value.attaches_to is Event.AWARD
        for p in library.provision(place, Topic.PUBLICITY_REQUIRED, on).effective.provisions
    )
    begun = {provision.value.from_ for provision, _ in found if provision.status is not Status.NOT_REGULATED}
    # A higher text that gives no time for a step adds nothing where another step from there has one.
    found = [
        (provision, version)
        for provision, version in found
        if provision.status is not Status.NOT_REGULATED
        or provision.jurisdiction == chain[0]
        or provision.value.from_ not in begun
    ]
    above = [provision.jurisdiction != chain[0] for provision, _ in found]
    older = (
        own is not None
        and own.starts_on is not None
        and not all(above)
        and any(start is not None and start > own.starts_on for start in starts)
    )
    in_doubt = [place for place in chain[1:] if not library.version_on(place, on).certain]
    found, published = _parted(found, chain[0]) if older else (found, [])
    views = topic_views(library, place, on)
    legs = [
        # What a text above leaves unsaid, or may say, stands with the topic.
        replace(leg, silence=views[Topic(leg.topic)].silence)
        if not leg.level and leg.status == views[Topic(leg.topic)].status == Status.NOT_REGULATED
        else leg
        for leg in _legs(found, late=late, own=chain[0], library=library, in_doubt=in_doubt)
    ]
    legs = list(_joined(legs))
    before = [leg for leg in legs if leg.topic != Topic.APPEAL_RECONSIDERATION]
    after = [leg for leg in legs if leg.topic == Topic.APPEAL_RECONSIDERATION]
    return Trail(
        # What the own text opens itself comes before ways that are only another's.
        legs=(*before, *_named_way(library, place, on), *after),
        published_above=tuple(
            _joined(_legs(published, late=late, own=chain[0], library=library, in_doubt=in_doubt))
        ),
        own_level=library.levels.get(chain[0], ""),
        from_above=bool(found) and all(above),
        older=older,
    )


def _named_way(library: PolicyLibrary, place: str, on: date) -> Iterator[Leg]:
    """The way of the nation's law that the own text names and leaves the time of to that law: 可以依法申请行政复议. Its time is
    the nation's, its words are the own text's."""
    chain = library.chain(place)
    named = str(wording("policies")["digest"]["national_way"]["named"])
    chosen = library.version_on(chain[0], on)
    if len(chosen.candidates) != 1:
        return
    for own in chosen.candidates[0].by_topic.get(Topic.APPEAL_RECONSIDERATION, ()):
        if named not in own.value.items or own.value.from_ is not None:
            continue
        for source in filter(library.only_beside, chain):
            for version in library.version_on(source, on).texts:
                for timed in version.by_topic.get(Topic.APPEAL_RECONSIDERATION, ()):
                    if timed.value.to is Event.RECONSIDERATION_REQUEST and not timed.value.conditions:
                        leg = _leg(timed, version, level=library.levels.get(source, ""), in_doubt=False)
                        against = _against(own)
                        marks = wording("common")["marks"]
                        mark = str(marks["also"]) if against else ""
                        remark = f"{cited_words(own.article)}{mark}{against}"
                        cited = str(marks["then"]).join((title_words(timed.instrument_title), leg.cited))
                        yield replace(leg, summary=own.summary, remark=remark, cited=cited)


def _against(provision: Provision) -> str:
    against = provision.value.against
    return str(wording("policies")["path"]["against"][against.value]) if against is not None else ""


_UP_TO_CONFIRMATION = frozenset(
    {
        Topic.ACCEPTANCE_DEADLINE,
        Topic.REVIEW_DEADLINE,
        Topic.PUBLICITY_PERIOD,
        Topic.CONFIRMATION,
        Topic.CERTIFICATE,
    }
)

_Steps = list[tuple[Provision, Version]]


def _parted(found: _Steps, own: str) -> tuple[_Steps, _Steps]:
    """The own way to a confirmation, and that of the higher text that publishes before it confirms. Put together
    they would confirm, then publish, then confirm again. The second is empty where the own text publishes."""
    confirms = any(
        p.jurisdiction == own
        and p.topic is Topic.REVIEW_DEADLINE
        and p.value.to in (Event.CONFIRMATION, Event.CONCLUSION)
        for p, _ in found
    )
    publicity = [(p, v) for p, v in found if p.topic is Topic.PUBLICITY_PERIOD]
    if not confirms or not publicity or any(p.jurisdiction == own for p, _ in publicity):
        return found, []
    version = publicity[0][1]
    steps = [(p, version) for topic in _topics() for p in _drawn(version.by_topic.get(topic, ()))]
    begun = {p.value.from_ for p, _ in steps if p.status is Status.STATED and p.value.days is not None}
    whole = [
        (p, v)
        for p, v in steps
        if p.topic in _UP_TO_CONFIRMATION and (p.value.days is not None or p.value.from_ not in begun)
    ]
    kept = [(p, v) for p, v in found if v is not version or p.topic not in _UP_TO_CONFIRMATION]
    after = [(p, v) for p, v in kept if p.topic in BOTH_WAYS]
    return [pair for pair in kept if pair not in after], whole + after


def _joined(legs: Iterable[Leg]) -> Iterator[Leg]:
    """Legs one after another that lead to the same step as one: 申请→确认 and 材料补齐→确认, with the publicity that a
    confirmation waits for. Apart they would confirm three times."""
    kept: list[Leg] = []
    for leg in legs:
        kept.append(leg)
        first = next((n for n, earlier in enumerate(kept[:-1]) if earlier.steps[1] == leg.steps[1]), None)
        if first is None:
            continue
        between = kept[first + 1 :]
        # What lies between begins with the publicity that the confirmation waits for, or nothing does.
        if between[0] is leg or between[0].steps[0] is Event.PUBLICITY_OPEN:
            kept[first:] = [replace(kept[first], besides=(*kept[first].besides, *between))]
    yield from kept


def trail_of(version: Version) -> Trail:
    """各程 of one text alone."""
    late = any(p.value.attaches_to is Event.AWARD for p in version.by_topic.get(Topic.PUBLICITY_REQUIRED, ()))
    found = [(p, version) for topic in _topics() for p in _drawn(version.by_topic.get(topic, ()))]
    legs = _legs(found, late=late, own=version.jurisdiction, library=None)
    return Trail(legs=tuple(_joined(legs)), from_above=False, older=False)


def _topics() -> tuple[Topic, ...]:
    return tuple(Topic(name) for name in wording("policies")["path_topics"])


def _of_topic(
    library: PolicyLibrary, place: str, topic: Topic, on: date
) -> Iterator[tuple[Provision, Version]]:
    """What is drawn of a topic: of the nearest text that gives a period or an order, else of the nearest that says
    it gives none; of ways of review those of every text."""
    silent: list[tuple[Provision, Version]] = []
    for source in library.chain(place):
        if library.only_beside(source):
            continue
        chosen = library.version_on(source, on)
        # Of several texts that may hold above, none is a step to go by.
        versions = chosen.candidates if topic in BOTH_WAYS or len(chosen.candidates) == 1 else ()
        found = [(p, v) for v in versions for p in _drawn(v.by_topic.get(topic, ()))]
        stated = [(p, v) for p, v in found if p.status is not Status.NOT_REGULATED]
        if topic in BOTH_WAYS:
            yield from found
        elif stated:
            yield from found
            return
        else:
            silent = silent or found
    if topic not in BOTH_WAYS:
        yield from silent


def _drawn(provisions: Iterable[Provision]) -> Iterator[Provision]:
    return (
        p
        for p in provisions
        if p.value.from_ is not None and p.value.to is not None and p.value.from_ is not Event.COMPLAINT
    )


def _legs(
    found: Iterable[tuple[Provision, Version]],
    *,
    late: bool,
    own: str,
    library: PolicyLibrary | None,
    in_doubt: Container[str] = (),
) -> tuple[Leg, ...]:
    """Publicity that is tied to the award (``late``) comes after it, not before the confirmation. ``in_doubt``: places
    above of whose texts it is not certain which holds."""
    placed = sorted(found, key=lambda pair: _place(pair[0], late))
    return tuple(
        _leg(
            p,
            v,
            level="" if library is None or p.jurisdiction == own else library.levels[p.jurisdiction],
            in_doubt=p.jurisdiction in in_doubt,
        )
        for p, v in placed
    )


def _place(provision: Provision, late: bool) -> tuple[int, int]:
    order = list(Event)
    assert provision.value.from_ is not None
    place = order.index(provision.value.from_)
    if late and provision.topic is Topic.PUBLICITY_PERIOD:
        place = order.index(Event.AWARD)
    # An appeal follows everything that can be appealed against.
    return (1 if provision.topic is Topic.APPEAL_RECONSIDERATION else 0, place)


def _leg(provision: Provision, version: Version, *, level: str, in_doubt: bool) -> Leg:
    words = wording("policies")["path"]
    value = provision.value
    figure = figure_of(value)
    instead = ""
    assert value.from_ is not None and value.to is not None
    start = event_words(value.from_)
    # That a higher text leaves the time open is no silence of the place's own.
    if figure is None and (provision.status is Status.STATED or level):
        form = {Comparison.AFTER: words["after"], Comparison.NOT_BEFORE: words["not_before"]}.get(
            value.comparison or Comparison.EXACTLY, words["silent"]
        )
        instead = str(form).format(start=start)
    return Leg(
        start=start,
        end=event_words(value.to),
        steps=(value.from_, value.to),
        topic=provision.topic.value,
        figure=figure,
        hedge=provision.modality is Modality.SHOULD_GENERALLY,
        words=instead,
        remark=_against(provision),
        summary=provision.summary,
        status=provision.status.value,
        silence=silence(provision.status.value, superiors=version.superior_not_at_hand),
        cited=cited_words(provision.article),
        path=provision.path,
        level=level,
        source=provision.instrument_title,
        in_doubt=in_doubt,
        unasked=tuple(
            (rule.summary, cited_words(rule.article), rule.path)
            for rule in version.provisions
            if rule.value.without_application
        )
        if provision.topic is Topic.APPLICATION_DEADLINE
        else (),
    )
