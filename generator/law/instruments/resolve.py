"""版本的展开 (resolve): what a version inherits, from which day it counts and on which it ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from generator.law.instruments.article import read_article
from generator.law.instruments.library_settings import LibrarySettings
from generator.law.instruments.provisions import Instrument, Provision, Start, TimelineEvent, Version
from generator.source.model.instrument import InstrumentEntry, VersionEntry
from generator.source.model.partial_day import year_of

_DAY = timedelta(days=1)


def resolve_instrument(entry: InstrumentEntry, settings: LibrarySettings) -> Instrument:
    """An instrument with what each version inherits, where it starts and where it ends."""
    versions: dict[str, Version] = {}
    for item in entry.versions:
        versions[item.slug] = _version(entry, item, versions, settings)
    return Instrument(
        jurisdiction=entry.jurisdiction, entry=entry, versions=_with_ends(tuple(versions.values()))
    )


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
    starts_on, start = _start(f"{entry.jurisdiction}/{entry.slug}/{item.slug}", item, settings)
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


def _start(key: str, item: VersionEntry, settings: LibrarySettings) -> tuple[date | None, Start]:
    if isinstance(item.in_force_from, date):
        return item.in_force_from, Start.STATED
    if key in settings.assumed_in_force_from:
        return settings.assumed_in_force_from[key], Start.SETTING
    if (
        item.kind == "amended"
        and isinstance(item.approved_on, date)
        and settings.undated_amendments_count_from == "approval"
    ):
        return item.approved_on, Start.APPROVAL
    if item.amended_in is not None:
        return date(year_of(item.amended_in), 1, 1), Start.TITLE_YEAR
    return None, Start.UNKNOWN


def _with_ends(versions: tuple[Version, ...]) -> tuple[Version, ...]:
    """A version ends the day before the next one starts, where its own entry leaves that open."""
    ended: list[Version] = []
    for version, later in zip(versions, (*versions[1:], None), strict=True):
        if version.ends_on is None and later is not None and later.starts_on is not None:
            version = replace(version, ends_on=later.starts_on - _DAY)
        ended.append(version)
    return tuple(ended)


def version_events(version: Version) -> list[TimelineEvent]:
    """沿革 of one version, in legal order; a day that is not known is None."""
    entry = version.entry
    named = {"version": version.slug, "version_label": version.label}

    def day(value: object) -> date | None:
        return value if isinstance(value, date) else None

    events = [
        TimelineEvent(
            kind="adopted",
            on=day(entry.adopted_on),
            year=entry.amended_in if day(entry.adopted_on) is None else None,
            by=entry.adopted_by,
            decision=entry.amended_by,
            **named,
        )
    ]
    if entry.issued_on is not None:
        events.append(TimelineEvent(kind="issued", on=entry.issued_on, **named))
    if entry.approved_on is not None:
        events.append(
            TimelineEvent(kind="approved", on=day(entry.approved_on), by=entry.approved_by, **named)
        )
    events.append(TimelineEvent(kind="in_force", on=day(entry.in_force_from), **named))
    return events
