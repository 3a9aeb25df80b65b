"""版本的展开 (resolve): what a version inherits, from which day it counts and on which it ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TypeAlias, TypedDict

from generator.law.instruments.article import read_article
from generator.law.instruments.library_settings import LibrarySettings
from generator.law.instruments.provisions import Instrument, Provision, Start, TimelineEvent, Version
from generator.source.model.instrument import InstrumentEntry, VersionEntry
from generator.source.model.law_words import Topic

_DAY = timedelta(days=1)

_Rule: TypeAlias = tuple[object, ...]
_Rules: TypeAlias = Mapping[Topic, Sequence[_Rule]]


class _Named(TypedDict):
    version: str
    version_label: str


TEXTS_KEPT = 256
"""How many texts a process keeps worked out. The desk, ``serve`` and a check after a check read the same ones again."""


@lru_cache(maxsize=TEXTS_KEPT)
def resolve_instrument(entry: InstrumentEntry, settings: LibrarySettings) -> Instrument:
    """An instrument with what each version inherits, where it starts and where it ends."""
    return Instrument(
        jurisdiction=entry.jurisdiction,
        entry=entry,
        versions=_with_standing(_with_ends(inherited_versions(entry, settings))),
    )


def inherited_versions(entry: InstrumentEntry, settings: LibrarySettings) -> tuple[Version, ...]:
    """Its versions with what each inherits and where it starts, and nothing of how long a rule holds."""
    versions: dict[str, Version] = {}
    for item in entry.versions:
        versions[item.slug] = _version(entry, item, versions, settings)
    return tuple(versions.values())


def _version(
    entry: InstrumentEntry, item: VersionEntry, earlier: Mapping[str, Version], settings: LibrarySettings
) -> Version:
    own = [
        Provision(
            jurisdiction=entry.jurisdiction,
            instrument=entry.slug,
            instrument_title=entry.title,
            version=item.slug,
            version_label=item.label,
            typed_in=item.slug,
            topic=stated.topic,
            article=stated.article,
            position=read_article(stated.article),
            summary=stated.summary,
            value=stated.value,
            status=stated.status,
            last_verified_on=stated.last_verified_on or item.last_verified_on,
            modality=stated.modality,
            delegated_to=stated.delegated_to,
            silent_on=stated.silent_on,
            benefit=stated.benefit,
            reach=stated.reach,
            told_first=stated.told_first,
            inferred=stated.inferred,
        )
        for stated in item.provisions
    ]
    silent = list(item.without_rule)
    if item.inherits is not None:
        base = earlier[item.inherits]
        typed = {p.position.whole for p in own} | {read_article(s.article).whole for s in silent}
        own += [
            replace(p, version=item.slug, version_label=item.label)
            for p in base.provisions
            if p.position.whole not in typed
        ]
        silent += [s for s in base.without_rule if read_article(s.article).whole not in typed]
    starts_on, start = first_day(f"{entry.jurisdiction}/{entry.slug}/{item.slug}", item, settings)
    return Version(
        jurisdiction=entry.jurisdiction,
        instrument=entry.slug,
        instrument_title=entry.title,
        entry=item,
        starts_on=starts_on,
        start=start,
        ends_on=item.in_force_until if isinstance(item.in_force_until, date) else None,
        provisions=tuple(sorted(own, key=lambda p: p.position)),
        without_rule=tuple(sorted(silent, key=lambda s: read_article(s.article))),
    )


def first_day(key: str, item: VersionEntry, settings: LibrarySettings) -> tuple[date | None, Start]:
    """起算日 of a version and where it comes from: the one place where a day of force is concluded.

    In this order: what a text states, or somebody concluded with a ground; what the site's settings assume; of an
    amendment the day that completed it
    (:func:`_completed`), if the settings count from there; the year of its title. Whatever is concluded is never
    before the day of passing.
    """
    if isinstance(item.in_force_from, date):
        concluded = "in_force_from" in dict(item.inferred)
        return item.in_force_from, Start.INFERRED if concluded else Start.STATED
    passed = passed_on(item) or date.min
    if key in settings.assumed_in_force_from:
        return max(settings.assumed_in_force_from[key], passed), Start.SETTING
    completed, start = _completed(item)
    if completed is not None and settings.undated_amendments_count_from == "approval":
        return max(completed, passed), start
    if item.amended_in is not None:
        return max(item.amended_in.without_month.first, passed), Start.TITLE_YEAR
    return None, Start.UNKNOWN


def passed_on(item: VersionEntry) -> date | None:
    """成立之日: the latest known of adoption, approval and publication; a version holds on no day before it."""
    days = (item.adopted_on, item.approved_on, item.issued_on)
    return max((day for day in days if isinstance(day, date)), default=None)


def earliest_day(item: VersionEntry) -> date | None:
    """A version holds on no day before this one, whatever else is unknown of it: the passing, or a day that is
    concluded from something else."""
    days = (passed_on(item), item.in_force_not_before)
    return max((day for day in days if day is not None), default=None)


def _completed(item: VersionEntry) -> tuple[date | None, Start]:
    """The act that completed an amendment: its approval where it needs one, else its publication or its passing."""
    if item.kind != "amended":
        return None, Start.UNKNOWN
    if item.approved_on is not None:
        return (item.approved_on if isinstance(item.approved_on, date) else None), Start.APPROVAL
    if item.issued_on is not None:
        return item.issued_on, Start.ISSUE
    return (item.adopted_on if isinstance(item.adopted_on, date) else None), Start.ADOPTION


def _with_ends(versions: tuple[Version, ...]) -> tuple[Version, ...]:
    """A version ends the day before the next one starts, where its own entry leaves that open."""
    ended: list[Version] = []
    for version, later in zip(versions, (*versions[1:], None), strict=True):
        if version.ends_on is None and later is not None and later.starts_on is not None:
            version = replace(version, ends_on=later.starts_on - _DAY, ends_by_count=later.is_counted)
        ended.append(version)
    return tuple(ended)


_DOUBTFUL_KEYS = frozenset({"label", "slug", "in_force_until", "amended_in"})
"""What cannot be inferred of a version without doubt whether it held on a day."""


def _with_standing(versions: tuple[Version, ...]) -> tuple[Version, ...]:
    """With each provision's first day, and whether anything it rests on is only assumed.

    Where a version is dated by assumption, its neighbours may have held instead: what they say just the
    same holds all the same.
    """
    said = [_rules(version) for version in versions]
    standing: list[Version] = []
    for place, version in enumerate(versions):
        stated = version.start is Start.STATED and not _DOUBTFUL_KEYS & dict(version.entry.inferred).keys()
        near = [said[n] for n in (place - 1, place + 1) if 0 <= n < len(versions)]
        standing.append(
            replace(
                version,
                provisions=tuple(
                    replace(
                        p,
                        settled=not p.inferred
                        and (stated or (bool(near) and all(_is_said(p, rules) for rules in near))),
                        since=_since(p, versions[: place + 1], said),
                    )
                    for p in version.provisions
                ),
            )
        )
    return tuple(standing)


def _since(provision: Provision, versions: tuple[Version, ...], said: Sequence[_Rules]) -> date | None:
    """The first day from which the rule has held without a break, as far as the texts at hand reach."""
    since = versions[-1].starts_on
    for version, rules in reversed(list(zip(versions[:-1], said, strict=False))):
        if not _is_said(provision, rules):
            break
        since = version.starts_on
    return since


def _rules(version: Version) -> _Rules:
    """What a version says of each topic, whatever its organs are called there."""
    return {topic: [_rule_of(stated) for stated in found] for topic, found in version.by_topic.items()}


def _is_said(provision: Provision, rules: _Rules) -> bool:
    """Whether a version has a rule with the same figures."""
    found = rules.get(provision.topic)
    return found is not None and _rule_of(provision) in found


def _rule_of(provision: Provision) -> _Rule:
    value = provision.value
    if value.who or value.where:
        value = value.model_copy(update={"who": (), "where": ()})
    return (value, provision.modality, provision.status)


def enactment_events(instrument: Instrument) -> list[TimelineEvent]:
    """制定 of a text whose first version is not at hand, as another text tells it."""
    enacted = instrument.entry.enacted
    if enacted is None:
        return []
    told_by = enacted.told_by
    found = [
        TimelineEvent(kind="adopted", on=enacted.adopted_on, by=enacted.adopted_by, told_by=told_by),
        TimelineEvent(kind="approved", on=enacted.approved_on, by=enacted.approved_by, told_by=told_by),
        TimelineEvent(kind="in_force", on=enacted.in_force_from, told_by=told_by),
    ]
    # Laws of a province or of the nation need no approval: where none is told, there is no such event.
    return [event for event in found if event.on is not None or event.by is not None]


def version_events(version: Version) -> list[TimelineEvent]:
    """沿革 of one version, in legal order; a day that is not known is None."""
    entry = version.entry
    named: _Named = {"version": version.slug, "version_label": version.label}

    def day(value: object) -> date | None:
        return value if isinstance(value, date) else None

    events = [
        TimelineEvent(
            kind="adopted",
            on=day(entry.adopted_on),
            year=entry.amended_in if day(entry.adopted_on) is None else None,
            by=entry.adopted_by,
            decision=entry.amended_by,
            inferred=bool({"adopted_on", "amended_in"} & dict(entry.inferred).keys()),
            **named,
        )
    ]
    if entry.issued_on is not None:
        events.append(
            TimelineEvent(
                kind="issued", on=entry.issued_on, inferred="issued_on" in dict(entry.inferred), **named
            )
        )
    if isinstance(entry.approved_on, date) or entry.approved_by is not None:
        events.append(
            TimelineEvent(kind="approved", on=day(entry.approved_on), by=entry.approved_by, **named)
        )
    events.append(
        TimelineEvent(
            kind="in_force",
            on=day(entry.in_force_from),
            inferred=version.start is Start.INFERRED,
            **named,
        )
    )
    return events
