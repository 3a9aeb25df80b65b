"""政策库 (policy library): what held in a jurisdiction on a day, and why.

Built once by :func:`build_library`; every lookup after that is a search among the few days on which
a jurisdiction's law changes, and a dictionary.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from generator.catalogue import wording
from generator.law.instruments.article import read_article, whole_citation
from generator.law.instruments.library_settings import LibrarySettings
from generator.law.instruments.provisions import (
    Answer,
    AnswerStatus,
    Governing,
    Instrument,
    Note,
    Provision,
    TimelineEvent,
    Version,
    VersionAnswer,
)
from generator.law.instruments.timetable import Timetable, empty_timetable, timetable_of
from generator.law.instruments.versions import enactment_events, resolve_instrument, version_events
from generator.source.model.instrument import InstrumentEntry
from generator.source.model.law_words import Status, Topic

BOTH_WAYS = frozenset({Topic.APPEAL_RECONSIDERATION})
"""Topics on which a higher text opens a way of its own beside the local one: whoever knows only one of
them may lose the other's deadline."""


@dataclass(frozen=True, kw_only=True, eq=False)
class PolicyLibrary:
    """政策库. Frozen, picklable; made by :func:`build_library`. Equal to itself alone.

    ``parents`` maps a place to the one above it (a county's city, a city's province, a province's
    nation), whose instruments are consulted where its own are silent. ``applying`` are the places that have
    no text and apply the one above them as their own. ``levels`` says what each place is, ``names``
    how it is called in full.
    """

    instruments: tuple[Instrument, ...]
    parents: Mapping[str, str]
    applying: frozenset[str]
    levels: Mapping[str, str]
    names: Mapping[str, str]
    settings: LibrarySettings
    _timetables: Mapping[str, Timetable]
    _chains: dict[str, tuple[str, ...]]
    _answers: dict[tuple[str, Topic, tuple[int, ...]], Answer]
    _governing: dict[tuple[str, tuple[int, ...]], Governing]

    @property
    def jurisdictions(self) -> tuple[str, ...]:
        """Slugs of all jurisdictions with an instrument, sorted."""
        return tuple(sorted(self._timetables))

    def instrument(self, jurisdiction: str, slug: str) -> Instrument:
        """One instrument. Raises ``KeyError``."""
        for instrument in self.instruments:
            if instrument.jurisdiction == jurisdiction and instrument.slug == slug:
                return instrument
        raise KeyError(f"{jurisdiction}/{slug}")

    def instruments_of(self, jurisdiction: str) -> tuple[Instrument, ...]:
        """Instruments of a jurisdiction itself, oldest first as far as dates are known."""
        return tuple(item for item in self.instruments if item.jurisdiction == jurisdiction)

    def versions(self, jurisdiction: str) -> tuple[Version, ...]:
        """All versions at hand of a jurisdiction itself, oldest first as far as dates are known."""
        return tuple(v for item in self.instruments_of(jurisdiction) for v in item.versions)

    def chain(self, jurisdiction: str) -> tuple[str, ...]:
        """Whose texts hold in a place, nearest first: its own (or those it applies as its own), then those of
        the places above that have any. Never empty."""
        known = self._chains.get(jurisdiction)
        if known is None:
            known = self._chains[jurisdiction] = self._chain(jurisdiction)
        return known

    def _chain(self, jurisdiction: str) -> tuple[str, ...]:
        here: str | None = jurisdiction
        found: list[str] = []
        passed: set[str] = set()
        while here is not None and here not in passed:
            passed.add(here)
            if here not in self.applying and (here in self._timetables or not found):
                found.append(here)
            here = self.parents.get(here)
        return tuple(found) or (jurisdiction,)

    def only_beside(self, jurisdiction: str) -> bool:
        """Whether a place has laws on other matters alone, so that its silence means nothing."""
        own = self.instruments_of(jurisdiction)
        return bool(own) and all(item.entry.matter == "other" for item in own)

    def version_on(self, jurisdiction: str, on: date) -> VersionAnswer:
        """某日有效的版本 of the jurisdiction's own instruments, explained.

        A jurisdiction without instruments has an answer too: no version, and a note that says so. One that
        applies the text above it has that text's answer, and a note.
        """
        source = self.chain(jurisdiction)[0]
        answer = self._timetable(source).at(on)
        if jurisdiction not in self.applying:
            return answer
        return replace(answer, jurisdiction=jurisdiction, notes=(Note(key="applies_above"), *answer.notes))

    def goes_on(self, version: Version, topic: Topic) -> bool:
        """其后或者还有: whether a version whose text at hand is cut off may say more on a topic than stands in the
        part at hand.

        A version of the same instrument that is at hand whole tells on what its later articles speak. Without one
        it is every topic from the last on of which the part at hand speaks, in the order of a digest: what a text
        has finished, it seldom takes up again.
        """
        cut = version.entry.last_article
        if cut is None or version.entry.entered != "whole":
            return False
        end = read_article(cut).whole
        siblings = self.instrument(version.jurisdiction, version.instrument).versions
        if whole := [other for other in siblings if other.entry.last_article is None]:
            return any(
                read_article(p.article).whole > end for other in whole for p in other.by_topic.get(topic, ())
            )
        order = list(Topic)
        last = [p.topic for p in version.provisions if read_article(p.article).whole == end]
        spoken = [order.index(one) for one in last if one is not Topic.OTHER]
        return bool(spoken) and order.index(topic) >= max(spoken)

    def turning_days(self, jurisdiction: str) -> tuple[date, ...]:
        """Days on which another answer of :meth:`version_on` begins, sorted."""
        return self._timetable(self.chain(jurisdiction)[0]).days

    def law_days(self, jurisdiction: str) -> tuple[date, ...]:
        """法律变动之日: days on which the law of a place or of one above it changes, sorted."""
        return tuple(
            sorted({day for place in self.chain(jurisdiction) for day in self._timetable(place).days})
        )

    def provision(self, jurisdiction: str, topic: Topic | str, on: date) -> Answer:
        """某日就某一主题的规定, explained, with the answer from above where the own text states none, or
        where both give a way to go (:data:`BOTH_WAYS`).

        Raises ``ValueError`` for an unknown topic.
        """
        topic = Topic(topic)
        key = (jurisdiction, topic, self._stretch(jurisdiction, on))
        answer = self._answers.get(key)
        if answer is None:
            answer = self._answer(jurisdiction, topic, on)
            self._answers[key] = answer
        return answer

    def governing(self, jurisdiction: str, on: date) -> Governing:
        """某日据以判断的全部规定: what the jurisdiction's own text states, and that of the places above for
        topics on which it is silent. The same object for every day of a stretch."""
        key = (jurisdiction, self._stretch(jurisdiction, on))
        found = self._governing.get(key)
        if found is None:
            answers = [self.provision(jurisdiction, topic, on).effective for topic in Topic]
            found = Governing(
                chosen=self.version_on(jurisdiction, on),
                answers=tuple(a for a in answers if a.status is AnswerStatus.STATED),
            )
            self._governing[key] = found
        return found

    def timeline(self, instrument: Instrument) -> tuple[TimelineEvent, ...]:
        """沿革: adopted, issued, approved, in force, repealed; events whose day is not known stay in their
        place by version."""
        events = enactment_events(instrument)
        for version in instrument.versions:
            events.extend(version_events(version))
        repealed = instrument.entry.repealed
        if repealed is not None:
            events.append(TimelineEvent(kind="repealed", on=repealed.repealed_on, decision=repealed.title))
        return tuple(events)

    def __getstate__(self) -> dict[str, Any]:
        # The cache fills anew in every process.
        return {**self.__dict__, "_chains": {}, "_answers": {}, "_governing": {}}

    def _timetable(self, jurisdiction: str) -> Timetable:
        found = self._timetables.get(jurisdiction)
        return found if found is not None else empty_timetable(jurisdiction)

    def _stretch(self, jurisdiction: str, on: date) -> tuple[int, ...]:
        return tuple(self._timetable(place).index(on) for place in self.chain(jurisdiction))

    def _answer(self, jurisdiction: str, topic: Topic, on: date) -> Answer:
        own = self._where_only_another_day_speaks(_own_answer(self.version_on(jurisdiction, on), topic))
        above = self.chain(jurisdiction)[1:]
        known = jurisdiction in self.parents and jurisdiction not in self.applying
        if own.status is AnswerStatus.STATED and not (above and topic in BOTH_WAYS):
            return own
        if not above and not known:
            return own
        if not above:
            return replace(own, notes=(*own.notes, Note(key="province_not_at_hand")))
        province = self.provision(above[0], topic, on)
        if own.status is AnswerStatus.STATED:
            return replace(own, province=province)
        if self.only_beside(above[0]) and not province.provisions:
            return own
        key = "province_consulted" if own.status is AnswerStatus.NOT_REGULATED else "province_beside"
        return replace(own, notes=(*own.notes, Note(key=key)), province=province)

    def _where_only_another_day_speaks(self, own: Answer) -> Answer:
        """Of laws of which only some articles were taken, a law that speaks of the topic on another day is what is
        missing on this one: its text of the day is not at hand. That the rest of the others was not taken says nothing."""
        if own.status is not AnswerStatus.NOT_ENTERED or any(v.entry.entered == "part" for v in own.texts):
            return own
        spoken = any(own.topic in v.by_topic for v in self.versions(self.chain(own.jurisdiction)[0]))
        if not spoken:
            return own
        notes = (note for note in own.notes if note.key != "selected")
        return replace(own, status=AnswerStatus.NO_VERSION, notes=(*notes, Note(key="no_version")))


def build_library(
    entries: Iterable[InstrumentEntry],
    *,
    parents: Mapping[str, str] | None = None,
    applying: Iterable[str] = (),
    levels: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
    settings: LibrarySettings | None = None,
) -> PolicyLibrary:
    """政策库 of the given instruments.

    Raises ``ValueError`` when an instrument is entered twice or a setting names no version.
    """
    chosen = settings or LibrarySettings()
    resolved = [resolve_instrument(entry, chosen) for entry in entries]
    at_hand = frozenset(item.title for item in resolved)
    instruments = sorted((_with_superiors(item, at_hand) for item in resolved), key=_age)
    seen: set[tuple[str, str]] = set()
    for item in instruments:
        if (item.jurisdiction, item.slug) in seen:
            raise ValueError(f"{item.jurisdiction}/{item.slug} is entered twice")
        seen.add((item.jurisdiction, item.slug))
    known = {version.key for item in instruments for version in item.versions}
    for key in chosen.assumed_in_force_from:
        if key not in known:
            raise ValueError(f"assumed_in_force_from names no version: {key}")
    by_place: dict[str, list[Instrument]] = {}
    for item in instruments:
        by_place.setdefault(item.jurisdiction, []).append(item)
    return PolicyLibrary(
        instruments=tuple(instruments),
        parents=dict(parents or {}),
        applying=frozenset(applying),
        levels=dict(levels or {}),
        names=dict(names or {}),
        settings=chosen,
        _timetables={place: timetable_of(place, tuple(items)) for place, items in by_place.items()},
        _chains={},
        _answers={},
        _governing={},
    )


def _with_superiors(instrument: Instrument, at_hand: frozenset[str]) -> Instrument:
    """With the superior instruments that its versions name and that are not ``at_hand``."""
    return replace(
        instrument,
        versions=tuple(
            replace(
                version,
                superior_not_at_hand=tuple(
                    item.title for item in version.entry.cites if item.superior and item.title not in at_hand
                ),
            )
            for version in instrument.versions
        ),
    )


def _age(instrument: Instrument) -> tuple[str, date, str]:
    first = instrument.versions[0]
    adopted = first.entry.adopted_on
    known = first.starts_on or (adopted if isinstance(adopted, date) else date.max)
    return (instrument.jurisdiction, known, instrument.slug)


def _own_answer(chosen: VersionAnswer, topic: Topic) -> Answer:
    provisions = tuple(p for v in chosen.texts for p in v.by_topic.get(topic, ()))
    status, extra = _topic_status(chosen, topic, provisions)
    return Answer(
        jurisdiction=chosen.jurisdiction,
        topic=topic,
        status=status,
        provisions=provisions,
        version=chosen.version,
        candidates=chosen.candidates,
        beside=chosen.beside,
        certain=chosen.certain and status is not AnswerStatus.UNKNOWN,
        notes=(*chosen.notes, *extra),
        is_dated=chosen.is_dated,
    )


def _topic_status(
    chosen: VersionAnswer, topic: Topic, provisions: tuple[Provision, ...]
) -> tuple[AnswerStatus, tuple[Note, ...]]:
    version = chosen.version
    if version is None and chosen.beside and not chosen.candidates:
        version = chosen.beside[0]
    if version is None:
        return (AnswerStatus.UNKNOWN if chosen.candidates else AnswerStatus.NO_VERSION), ()
    return topic_status(version, provisions)


def topic_status(
    version: Version, provisions: tuple[Provision, ...]
) -> tuple[AnswerStatus, tuple[Note, ...]]:
    """What a version says on a topic of which it has these provisions, with the reason for a silence."""
    if any(p.status is Status.STATED for p in provisions):
        return AnswerStatus.STATED, ()
    if provisions:
        article = (("article", whole_citation(provisions[0].article)),)
        if any(p.status is Status.UNKNOWN for p in provisions):
            if version.entry.text_at_hand == "cut_off":
                return AnswerStatus.UNKNOWN, (Note(key="beyond_cut"),)
            return AnswerStatus.UNKNOWN, (Note(key="blank_in_text", terms=article),)
        delegated = [p for p in provisions if p.status is Status.DELEGATED]
        if delegated:
            to = (
                *article,
                ("organs", str(wording("common")["marks"]["list"]).join(delegated[0].delegated_to)),
            )
            return AnswerStatus.DELEGATED, (Note(key="delegated", terms=to),)
        return AnswerStatus.NOT_REGULATED, (Note(key="left_open", terms=article),)
    if version.entry.entered != "whole":
        key = "not_entered" if version.entry.entered == "part" else "selected"
        return AnswerStatus.NOT_ENTERED, (Note(key=key),)
    if version.entry.text_at_hand == "cut_off":
        return AnswerStatus.UNKNOWN, (Note(key="beyond_cut"),)
    return AnswerStatus.NOT_REGULATED, (Note(key="silent"),)
