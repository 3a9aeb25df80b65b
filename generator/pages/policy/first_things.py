"""先看的几件事 (first things): the questions at the head of a digest and in the rows of the table of all places.

A question is answered by the nearest text that answers it: the place's own, else the one above it. It is said to be
unanswered only where every text at hand is silent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from generator.catalogue import Language, spoken, wording
from generator.law.instruments import AnswerStatus, PolicyLibrary
from generator.law.instruments.policy_words import cited_words
from generator.pages.appeal_routes import ASKED
from generator.pages.policy.organ_names import listed_with_chinese, with_chinese
from generator.pages.policy.policy_silence import Silence, silence
from generator.pages.policy.policy_values import title_words
from generator.pages.policy.policy_views import (
    NATION,
    STRETCHES_KEPT,
    Statement,
    TopicView,
    same_law_since,
    topic_view,
    topic_views,
)
from generator.source.model.law_words import Event, Status, Topic

_BESIDE_OTHERS = 2
"""Figures that fit a tile among others."""
_ORGANS = ("who", "where")
"""Lists that name organs."""
_IN_A_CELL = 2
"""Entries of a cell in the table of all places, but for those that say by when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """先看的一件事: its figures, or else the words of the statement that answers it, or else ``silence``."""

    label: str
    view: TopicView
    figures: tuple[Statement, ...]
    beside: tuple[tuple[str, Statement], ...]
    """(level, statement) of a way that a higher text opens beside the own one."""
    silent_above: tuple[str, Statement] | None
    """(level, statement) of the nearest higher text that speaks of it and leaves it open: 申请没有规定期限."""
    lead: Statement | None
    words: str
    silence: Silence
    level: str = ""
    """Whose text ``figures`` and ``lead`` are from, where they are not the place's own: ``province``."""
    own_aside: Statement | None = None
    """What the own text has to say of a matter that it leaves to the higher one: 条例没有单独的确认."""
    newer: tuple[Statement, ...] = ()
    """What a higher text says that is later than the own one: where the two differ, somebody has to ask."""
    newer_words: str = ""
    """The answer of ``newer``, where it has no figure."""
    newer_level: str = ""
    """The level of the nearest text above that began later than the own one, whether it speaks of this or not."""
    warns: bool = False
    """Whether it says that two texts may differ: the first of a place's keys with something ``newer``."""
    national: tuple[Statement, ...] = ()
    """What the nation's law opens to everybody, the same in every place."""
    complaints: tuple[Statement, ...] = ()
    """申诉: for somebody who has not got what was granted."""
    open_question: tuple[str, ...] = ()
    """What the statement that says where to go does not say: 向哪一级评定委员会提出."""
    other_leads: tuple[tuple[str, Statement], ...] = ()
    """(words, statement) of the other texts that may hold, where it is not certain which does."""
    way_is_settled: bool = False
    """Whether a text of the place, or above it but the nation's, says itself that the nation's way is open."""
    before: tuple[Statement, ...] = ()
    """The periods of the step from whose end one of ``figures`` runs."""
    unasked: tuple[Statement, ...] = ()
    """What the organ does of its own where nobody applied: told beneath the time in which to apply."""
    left: int = 0
    """How many of its entries are left to the digest."""

    @property
    def told(self) -> tuple[Statement, ...]:
        """Every statement that its figures are from."""
        ways = (way for _, way in self.beside)
        return (*self.figures, *ways, *self.newer, *self.national, *self.complaints)

    @property
    def cited(self) -> tuple[Statement, ...]:
        """Every statement that it names the article of."""
        above = (self.silent_above[1],) if self.silent_above is not None else ()
        leads = (self.lead, self.own_aside, *above, *(item for _, item in self.other_leads))
        return (*self.told, *self.before, *self.unasked, *(item for item in leads if item is not None))

    @property
    def speaks(self) -> bool:
        """Whether any text answers it."""
        return bool(self.told or self.lead)

    @property
    def is_silent(self) -> bool:
        """Whether ``silence`` is all there is to show: no text at hand has a word on it."""
        return not self.speaks and self.silent_above is None

    @property
    def unruled(self) -> bool:
        """Whether all there is to tell is that the text lays nothing down, and in which articles it does not."""
        if self.lead or self.own_aside or self.silent_above or self.unasked:
            return False
        if len(self.told) > len(self.figures):
            return False
        if not self.figures:
            return not self.speaks and self.silence.status == AnswerStatus.NOT_REGULATED.value
        return all(item.status == Status.NOT_REGULATED.value for item in self.figures)

    @property
    def left_open_above(self) -> str:
        """The level of the text above whose words on it, that leave it open, are all there is to tell; else empty."""
        silent = self.silence.status == AnswerStatus.NOT_REGULATED.value
        if self.silent_above is None or not silent or self.speaks or self.own_aside:
            return ""
        return self.silent_above[0]

    @property
    def is_long(self) -> bool:
        """Whether it has more to say than fits beside others."""
        return bool(self.national) or len(self.figures) + len(self.beside) + len(self.newer) > _BESIDE_OTHERS

    @property
    def shorter_first(self) -> bool:
        """先按短的准备: whether ways with different times to ask stand side by side and it is not certain that each of them holds."""
        asked = [
            item
            for item in (*self.figures, *(way for _, way in self.beside), *self.national)
            if item.steps[1] in ASKED
        ]
        return any(item.in_doubt for item in asked) and len({item.figure for item in asked}) > 1

    @property
    def national_words(self) -> str:
        """The nation's ways in one sentence; empty where they are not the four that it tells of."""
        form = wording("policies")["digest"]["national_way"]
        found = {
            name: next((item for item in self.national if _is_way(item, to, told=told)), None)
            for name, to, told in (
                ("apply", Event.RECONSIDERATION_REQUEST, True),
                ("untold", Event.RECONSIDERATION_REQUEST, False),
                ("decide", Event.RECONSIDERATION_DECISION, True),
                ("summary", Event.RECONSIDERATION_DECISION, False),
            )
        }
        figures = {name: item.figure.words for name, item in found.items() if item and item.figure}
        if len(figures) < len(found) or len(self.national) != len(found):
            return ""
        others = self.figures or self.lead or self.beside
        way = str(form["also" if others else "alone"]).format(title=self.national[0].source, **figures)
        return way if self.way_is_settled else str(form["open"]).format(way=way)


def _is_way(item: Statement, to: Event, *, told: bool) -> bool:
    """``told``: of the period without conditions: for whoever was told of their rights, in the ordinary procedure."""
    return item.steps[1] is to and bool(item.lists["conditions"]) is not told


def keys_of(library: PolicyLibrary, place: str, on: date) -> tuple[Key, ...]:
    """先看的几件事 of a place on a day, in the order of ``zh/policies.yml``."""
    return _keys_since(library, place, same_law_since(library, place, on), spoken())


@lru_cache(maxsize=STRETCHES_KEPT)
def _keys_since(library: PolicyLibrary, place: str, since: date, language: Language) -> tuple[Key, ...]:
    """The same for all days on which the law is that of ``since``, in the ``language`` spoken: the overview, the digest
    and the answers of the search tell the same of a place."""
    return tuple(_keys(library, place, since))


def _keys(library: PolicyLibrary, place: str, on: date) -> Iterator[Key]:
    views = topic_views(library, place, on)
    above, later = _nearest_above(library, place, on)
    doubtful = len(library.version_on(place, on).candidates) > 1
    warned = False
    acting = acting_as(library, place, on)
    for form in wording("policies")["keys"]:
        topic = Topic(form["topic"])
        higher = None
        if above and views[topic].by_above is None:
            higher = topic_view(library.provision(above, topic, on), library, named=True)
        key = _key(form, views[topic], higher, acting, later=later)
        if "before" in form:
            key = replace(key, before=tuple(_before(views[Topic(form["before"])], key.figures)))
        if form.get("unasked"):
            acts = (item for view in views.values() for item in view.effective if item.unasked)
            key = replace(key, unasked=tuple(acts))
        if doubtful and key.lead is not None and not key.figures:
            key = replace(key, other_leads=tuple(_other_leads(form, key.lead, views[topic], acting)))
        yield replace(key, warns=bool(key.newer) and not warned)
        warned = warned or bool(key.newer)


def acting_as(library: PolicyLibrary, place: str, on: date) -> dict[str, str]:
    """The kinds of organ that are no office by name, 确认机构, each with who it is, by which article."""
    form = Markup.escape(wording("policies")["asked_first"]["acting"])
    marks = wording("common")["marks"]
    found: dict[str, str] = {}
    for source in reversed(library.chain(place)):
        version = library.version_on(source, on).version
        for rule in version.provisions if version is not None else ():
            if not rule.value.acts_as:
                continue
            cited = cited_words(rule.article)
            if source != place:
                cited = marks["then"].join((title_words(rule.instrument_title), cited))
            who = listed_with_chinese(rule.value.who, marks["list"])
            found |= {
                kind: form.format(kind=with_chinese(kind), who=who, cited=cited)
                for kind in rule.value.acts_as
            }
    return found


def _before(view: TopicView, figures: tuple[Statement, ...]) -> Iterator[Statement]:
    """The periods of the step from whose end one of ``figures`` runs: five days to accept, then three to examine."""
    begun = {item.steps[0] for item in figures}
    yield from (
        item for item in view.effective if item.figure is not None and item.steps[1] in begun - {None}
    )


def _nearest_above(library: PolicyLibrary, place: str, on: date) -> tuple[str, bool]:
    """The nearest place above whose one text on 见义勇为 holds, empty without; and whether that text began later
    than the own one."""
    own = library.version_on(place, on).version
    for above in library.chain(place)[1:]:
        version = library.version_on(above, on).version
        if version is not None:
            starts = (own.starts_on if own else None), version.starts_on
            later = starts[0] is not None and starts[1] is not None and starts[1] > starts[0]
            return above, later
    return "", False


def _key(
    form: Mapping[str, Any],
    view: TopicView,
    higher: TopicView | None,
    acting: Mapping[str, str],
    *,
    later: bool,
) -> Key:
    said = [item for item in view.effective if not item.silent and not item.is_complaint]
    lead = _lead(form, said)
    level = view.by_above.level if view.by_above is not None else ""
    if lead is None and said and higher is not None:
        # The own text speaks of the matter and leaves this question of it to the higher one.
        lead = _lead(form, [item for item in higher.statements if not item.silent])
        level = higher.level if lead is not None else level
    # Of some things the figures alone are half of it: 按规定给予奖励 has none.
    figures = general_first(view.effective if view.figures and form.get("whole") else view.figures)
    national: tuple[Statement, ...] = ()
    beside = tuple(
        (other.level, item)
        for other in view.spoken_above
        if view.opens_ways and other != view.by_above
        for item in general_first(other.statements)
        if item.figure is not None
    )
    if view.opens_ways:
        national = tuple(item for at, item in beside if at == NATION)
        beside = tuple((at, item) for at, item in beside if at != NATION)
        if level == NATION:
            national, figures, lead, level = figures, (), None, ""
    newer: tuple[Statement, ...] = ()
    newer_lead = None
    if (
        later
        and higher is not None
        and not view.opens_ways
        and view.status == AnswerStatus.STATED
        and not level
    ):
        newer = general_first(item for item in higher.statements if item.figure is not None)
        newer_lead = None if newer else _lead(form, [item for item in higher.statements if not item.silent])
        newer = newer if newer_lead is None else (newer_lead,)
    own_silent = [item for item in view.statements if item.silent]
    nearest = higher or view.by_above
    return Key(
        label=form["label"],
        view=view,
        figures=tuple(item for item in figures if not item.is_complaint),
        beside=beside,
        silent_above=next(
            (
                (other.level, item)
                for other in view.spoken_above
                if other.level != NATION
                for item in other.statements
                if item.silent
            ),
            None,
        ),
        lead=lead,
        words=_words(form, lead, acting),
        # What is said on the topic answers another question than this one.
        silence=silence(AnswerStatus.NOT_REGULATED.value, superiors=view.superiors, elsewhere=True)
        if said and not national
        else view.silence,
        level=level,
        own_aside=own_silent[0]
        if view.by_above is not None and own_silent and (form.get("whole") or (not figures and lead))
        else None,
        newer=newer,
        newer_words=_words(form, newer_lead, acting) if newer_lead is not None else "",
        newer_level=nearest.level if later and nearest is not None else "",
        national=national,
        way_is_settled=any(
            wording("policies")["digest"]["national_way"]["named"] in item.lists["items"]
            for own in (view, *(other for other in view.spoken_above if other.level != NATION))
            for item in own.statements
        ),
        complaints=tuple(item for item in view.figures if item.is_complaint),
        open_question=lead.silent_on if lead is not None and form.get("only") else (),
    )


def _lead(form: Mapping[str, Any], said: list[Statement]) -> Statement | None:
    """The statement that answers where there is no figure."""
    found = next((item for item in said if item.lists.get(form["lead"])), None)
    if found is None and said and not form.get("only"):
        return said[0]
    return found


def _other_leads(
    form: Mapping[str, Any], lead: Statement, view: TopicView, acting: Mapping[str, str]
) -> Iterator[tuple[str, Statement]]:
    for source in dict.fromkeys(item.source for item in view.effective if item.source != lead.source):
        said = [item for item in view.effective if item.source == source and not item.silent]
        found = _lead(form, said)
        if found is not None:
            yield _words(form, found, acting), found


def _words(form: Mapping[str, Any], lead: Statement | None, acting: Mapping[str, str]) -> str:
    """Where somebody has to go, who is there is named too."""
    if lead is None:
        return ""
    kinds = lead.lists.get(form["lead"], ())
    if form.get("only"):
        kinds = tuple(next((told for own, told in acting.items() if kind in own), kind) for kind in kinds)
    mark = str(wording("common")["marks"]["list"])
    if form["lead"] not in _ORGANS:
        return mark.join(kinds) or lead.summary
    return listed_with_chinese(kinds, mark) or lead.summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """不同的一件事 of a later text of a ``level`` above; ``alone`` where the own text is silent on it."""

    label: str
    topic: Topic
    level: str
    alone: bool


def differences(keys: Iterable[Key]) -> tuple[Difference, ...]:
    """与晚于本地文件的上级规定不同的几件事: days, amounts and organs; none where no text above is later."""
    keys = tuple(keys)
    level = next((key.newer_level for key in keys if key.newer_level), "")
    found = ((key, *_both(key, level)) for key in keys if level)
    return tuple(
        Difference(label=key.label, topic=Topic(key.view.topic), level=level, alone=not own)
        for key, own, above in found
        if above and own != above
    )


def _both(key: Key, level: str) -> tuple[str, str]:
    """What the own text says, empty where it is silent, and what the text above does."""
    own = _in_short(key.figures, key.words)
    if key.level == level:
        return "", own
    ways = tuple(item for at, item in key.beside if at == level)
    return own, _in_short(key.newer or ways, key.newer_words)


def _in_short(said: Iterable[Statement], words: str) -> str:
    """The figures of these statements, else ``words``."""
    figures = dict.fromkeys(item.figure.words for item in said if item.figure is not None)
    return str(wording("common")["marks"]["list"]).join(figures) or words


def national_ways(keys: Iterable[Key]) -> tuple[Statement, ...]:
    """What the nation's law opens to everybody, once. Two periods of one article have one address and are two ways."""
    ways: list[Statement] = []
    for key in keys:
        ways += (way for way in key.national if way not in ways)
    return general_first(ways)


def general_first(items: Iterable[Statement]) -> tuple[Statement, ...]:
    """The same statements, of periods between the same steps the one without conditions before its exceptions."""
    found = tuple(items)
    spans = [item.span for item in found]

    def place(numbered: tuple[int, Statement]) -> tuple[int, bool]:
        number, item = numbered
        return (spans.index(item.span), bool(item.lists["conditions"])) if item.span else (number, False)

    return tuple(item for _, item in sorted(enumerate(found), key=place))


def for_cell(key: Key) -> Key:
    """What a cell of the table of all places shows: a few entries, and every one that says by when."""
    entries = [*(("", item) for item in key.figures), *key.beside]
    kept = [entry for number, entry in enumerate(entries) if number < _IN_A_CELL or entry[1].span]
    return replace(
        key,
        figures=tuple(item for level, item in kept if not level),
        beside=tuple((level, item) for level, item in kept if level),
        left=len(entries) - len(kept),
    )
