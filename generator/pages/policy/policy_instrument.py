"""文件页 (instrument page): its versions on a line, which one holds, what each amendment changed, and
every article of every version at a permanent address (``#2025/art-11``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from typing import Any

from generator.catalogue import wording
from generator.law.instruments import (
    Change,
    Instrument,
    PolicyLibrary,
    Start,
    TimelineEvent,
    Version,
    VersionAnswer,
    changes,
)
from generator.law.instruments.article import read_article, whole_citation
from generator.pages.page import Page
from generator.pages.policy.policy_head import superiors_not_at_hand
from generator.pages.policy.policy_page import policy_page
from generator.pages.policy.policy_values import title_words
from generator.pages.policy.policy_views import Statement, last_day_words, statement, verified_since
from generator.pages.templating import cn_date
from generator.public.context import SiteContext
from generator.source.model.instant import SHANGHAI
from generator.source.model.instrument import InstrumentEntry, Repealed
from generator.source.model.jurisdiction import Jurisdiction

_LEAST = 1.5
"""Width in percent of a bar that would else be too short to see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """一条 of a version. ``reason`` says why it has no statement."""

    anchor: str
    citation: str
    statements: tuple[Statement, ...]
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """一个版本. ``left`` and ``width`` place its bar, in percent of the instrument's whole time; ``vague``
    says that an end of it is not known."""

    version: Version
    state: str
    since: str
    until: str
    left: float
    width: float
    vague: bool
    start_words: str
    banner: str | None
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """沿革中的一件事, in words."""

    on: str
    iso: str | None
    title: str
    lines: tuple[str, ...]


def render_instrument(instrument: Instrument, place: Jurisdiction, context: SiteContext) -> Page:
    """文件页 at ``policies/<jurisdiction>/<instrument>/``."""
    words = wording("policies")
    path, w = instrument.path, words["instrument"]
    on = context.as_of.astimezone(SHANGHAI).date()
    chosen = context.library.version_on(instrument.jurisdiction, on)
    views = tuple(
        _version(version, instrument, chosen, on, place.full_name) for version in instrument.versions
    )
    title = title_words(instrument.title)
    steps = (
        ("policies/", words["section"]),
        (f"policies/{place.slug}/", place.name),
        (path, instrument.title),
    )
    at_hand = {item.title: item.path for item in context.library.instruments}
    banner_kind, banner = _banner(instrument, views, on)
    values: dict[str, Any] = {
        "w": w,
        "place": place,
        "above": superiors_not_at_hand(context, place),
        "facts": _facts(instrument, place),
        "banner": banner,
        "banner_kind": banner_kind,
        "repealing": _at_hand(instrument, at_hand),
        "views": views,
        "address": context.absolute(path),
        "in_database": instrument.entry.kind in words["texts"]["full_text"]["kinds"]
        and not any(version.entry.official_url for version in instrument.versions),
        "labels": {version.slug: version.label for version in instrument.versions},
        "events": tuple(_events(instrument, context.library)),
        "changes": tuple(_changes(instrument)),
        "cites": [(item, at_hand.get(item.title)) for item in instrument.cites],
        "repeals": [(item, at_hand.get(item.title), _earlier(item)) for item in instrument.repeals],
    }
    return policy_page(
        context,
        "policy_instrument.html",
        values,
        path=path,
        title=title,
        description=w["description"].format(title=instrument.title),
        steps=steps,
        city=place.name,
        shows=instrument.versions,
        cited_as=w["cited_title"].format(title=instrument.title),
        verified_by=instrument.versions,
        style="instrument",
        number=instrument.entry.document_number,
    )


def _facts(instrument: Instrument, place: Jurisdiction) -> list[tuple[str, str | None]]:
    w, entry = wording("policies")["instrument"], instrument.entry
    labels = w["facts"]
    verified, facts = verified_since(instrument.versions), instrument_facts(instrument)
    return [
        (labels["kind"], facts["kind"]),
        (labels["place"], place.full_name),
        (labels["issuer"], facts["issuer"]),
        (labels["document_number"], facts["document_number"]),
        (labels["responsible"], entry.responsible),
        (labels["verified"], cn_date(verified) if verified is not None else None),
    ]


def instrument_facts(instrument: Instrument) -> dict[str, str | None]:
    """性质、制定机关、文号 of an instrument by their keys, each marked where somebody concluded it."""
    entry = instrument.entry
    return {
        "kind": _or_inferred("kind", wording("policy")["kinds"][entry.kind], entry),
        "issuer": entry.issuer and _or_inferred("issuer", entry.issuer, entry),
        "document_number": entry.document_number,
    }


def _or_inferred(key: str, words: str, entry: InstrumentEntry) -> str:
    """A fact, marked where somebody concluded it."""
    form = str(wording("policies")["texts"]["inferred"])
    return form.format(words=words) if key in dict(entry.inferred) else words


def version_state(version: Version, instrument: Instrument, chosen: VersionAnswer, on: date) -> str:
    """版本的状态 on a day: ``holds``, ``may_hold``, ``ahead``, ``repealed``, ``superseded``, ``ended`` or
    ``doubtful``. ``chosen`` is the library's answer for that day."""
    if any(version.key == item.key for item in chosen.texts):
        alone = chosen.version is not None or not chosen.candidates
        return "holds" if chosen.certain and alone else "may_hold"
    if version.starts_on is not None and version.starts_on > on:
        return "ahead"
    repealed = instrument.entry.repealed
    if repealed is not None and repealed.repealed_on <= on:
        return "repealed"
    if version.ends_on is not None and version.ends_on < on:
        return "superseded" if version is not instrument.versions[-1] else "ended"
    return "doubtful"


def _version(
    version: Version, instrument: Instrument, chosen: VersionAnswer, on: date, place: str
) -> VersionView:
    w = wording("policies")["instrument"]
    state = version_state(version, instrument, chosen, on)
    until = version.ends_on
    open_end = version.entry.in_force_until == "open"
    left, width = _bar(version, instrument, on)
    later = _next(instrument, version)
    banners = {
        "superseded": w["version_superseded"].format(label=later.label if later is not None else ""),
        "repealed": w["version_repealed"],
        "ahead": w["version_ahead"],
    }
    return VersionView(
        version=version,
        state=state,
        since=first_day_words(version),
        until=until_words(version),
        left=left,
        width=width,
        vague=version.start in (Start.TITLE_YEAR, Start.UNKNOWN) or (until is None and not open_end),
        start_words=_start_words(version),
        banner=banners.get(state),
        articles=tuple(_articles(version, place)),
    )


def _start_words(version: Version) -> str:
    words = wording("policies")["instrument"]["start"]
    told_by = version.entry.in_force_told_by
    if version.start is Start.STATED and told_by is not None:
        return str(words["told"]).format(label=told_by)
    return str(words[version.start.value])


def _bar(version: Version, instrument: Instrument, on: date) -> tuple[float, float]:
    """(left, width) of a version's bar in percent, on a line from the first known day to ``on`` or to the
    last day known, whichever is later; the whole line where the start is not known."""
    starts = [item.starts_on for item in instrument.versions if item.starts_on is not None]
    if version.starts_on is None or not starts:
        return 0.0, 100.0
    known = [item.ends_on for item in instrument.versions if item.ends_on is not None]
    first, last = min(starts), max([on, *starts, *known])
    whole = max((last - first).days, 1)
    end = version.ends_on or max(on, version.starts_on)
    width = max((end - version.starts_on).days / whole * 100, _LEAST)
    return round(min((version.starts_on - first).days / whole * 100, 100 - width), 1), round(width, 1)


def first_day_words(version: Version) -> str:
    """The first day as a span has it, which says where it is assumed."""
    day = _first_day(version)
    return str(wording("policies")["compare"]["assumed"]).format(day=day) if version.is_counted else day


def until_words(version: Version) -> str:
    """The last day as a span has it: 今 where nothing at hand ends it."""
    w = wording("policies")["texts"]
    open_end = version.entry.in_force_until == "open"
    return last_day_words(version) or str(w["open_end"] if open_end else w["unknown_day"])


def _first_day(version: Version) -> str:
    """The first day in words, as far as it is known."""
    if version.start is Start.TITLE_YEAR and version.entry.amended_in is not None:
        return cn_date(version.entry.amended_in)
    unknown = str(wording("policies")["texts"]["unknown_day"])
    return cn_date(version.starts_on) if version.starts_on is not None else unknown


def _next(instrument: Instrument, version: Version) -> Version | None:
    return next((later for earlier, later in pairwise(instrument.versions) if earlier is version), None)


def _articles(version: Version, place: str) -> Iterator[Article]:
    """Every article of a version in the order of the text, with rules or with the reason for none."""
    found = [
        Article(
            anchor=f"{version.slug}/{read_article(silent.article).anchor}",
            citation=silent.article,
            statements=(),
            reason=silent.reason,
        )
        for silent in version.without_rule
    ]
    for _, items in groupby(version.provisions, key=lambda p: p.position.whole):
        provisions = tuple(items)
        found.append(
            Article(
                anchor=provisions[0].anchor,
                citation=whole_citation(provisions[0].article),
                # The page is of one text, and speaks for no other.
                statements=tuple(
                    statement(p, place, superiors=version.superior_not_at_hand, alone=False)
                    for p in provisions
                ),
                reason=None,
            )
        )
    yield from sorted(found, key=lambda article: read_article(article.citation))


def _banner(instrument: Instrument, views: tuple[VersionView, ...], on: date) -> tuple[str, str]:
    """The one sentence on whether the instrument holds, with its kind."""
    w = wording("policies")["instrument"]["banner"]
    repealed = instrument.entry.repealed
    if repealed is not None:
        key = "repealed" if repealed.repealed_on <= on else "repealed_ahead"
        return key, w[key].format(
            day=cn_date(repealed.repealed_on), title=repealed.title, article=repealed.article
        )
    for state in ("holds", "may_hold", "ahead"):
        for view in views:
            if view.state == state:
                assumed = state == "holds" and view.version.is_counted
                form = w["holds_assumed" if assumed else state]
                return state, form.format(label=view.version.label, day=_first_day(view.version))
    key = "ended" if all(view.state in ("ended", "superseded") for view in views) else "unknown_version"
    return key, w[key]


def _at_hand(instrument: Instrument, at_hand: dict[str, str]) -> str | None:
    repealed = instrument.entry.repealed
    return at_hand.get(repealed.title) if repealed is not None else None


def _events(instrument: Instrument, library: PolicyLibrary) -> Iterator[EventView]:
    w = wording("policies")["instrument"]
    for event in library.timeline(instrument):
        document = event.kind == "issued" and instrument.entry.kind == "normative_document"
        name = w["document_issued"] if document else w["event"][event.kind]
        title = (
            name
            if event.version_label is None
            else w["event_of"].format(label=event.version_label, event=name)
        )
        on, iso = _event_day(event, instrument)
        yield EventView(
            on=on,
            iso=iso,
            title=title,
            lines=tuple(_event_lines(event, instrument)),
        )


def _event_day(event: TimelineEvent, instrument: Instrument) -> tuple[str, str | None]:
    """The day of an event in words and as ISO 8601, None where it is not known. A first day in force that
    the text does not state is the one from which the version counts, as the bar shows it, and says so."""
    w = wording("policies")["instrument"]
    if event.on is not None:
        day = cn_date(event.on)
        return (str(w["inferred_day"]).format(words=day) if event.inferred else day), event.on.isoformat()
    if event.year is not None:
        year = cn_date(event.year)
        return (str(w["inferred_year"]).format(words=year) if event.inferred else year), str(event.year)
    if event.kind == "in_force" and event.version is not None:
        version = instrument.version(event.version)
        starts_on = version.starts_on
        if version.start is Start.TITLE_YEAR and starts_on is not None:
            return _first_day(version), str(starts_on.year)
        if starts_on is not None:
            return w["counted_from"].format(day=cn_date(starts_on)), starts_on.isoformat()
    return str(wording("policies")["texts"]["unknown_day"]), None


def _event_lines(event: TimelineEvent, instrument: Instrument) -> Iterator[str]:
    w = wording("policies")["instrument"]
    if event.kind == "repealed":
        yield w["repealed_by"].format(title=event.decision)
        return
    if event.by is not None:
        yield w["by"].format(by=event.by)
    if event.decision is not None:
        yield w["decision"].format(title=event.decision)
    if event.told_by is not None:
        yield w["told_by"].format(text=event.told_by)
    if event.kind == "in_force" and event.version is not None and event.on is None:
        yield w["start"][instrument.version(event.version).start.value]


def _changes(instrument: Instrument) -> Iterator[tuple[str, str, tuple[Change, ...]]]:
    """(earlier label, later label, changes) of every step from version to version."""
    every = changes(instrument)
    for earlier, later in pairwise(instrument.versions):
        found = tuple(c for c in every if (c.from_version, c.to_version) == (earlier.slug, later.slug))
        yield earlier.label, later.label, found


def _earlier(item: Repealed) -> list[str]:
    """What is known of an instrument that was repealed."""
    w = wording("policies")["instrument"]
    lines = []
    if item.adopted_on is not None:
        lines.append(w["earlier_adopted"].format(day=cn_date(item.adopted_on), by=item.adopted_by or ""))
    if item.approved_on is not None:
        lines.append(w["earlier_approved"].format(day=cn_date(item.approved_on), by=item.approved_by or ""))
    if item.in_force_from is not None:
        lines.append(w["earlier_from"].format(day=cn_date(item.in_force_from)))
    return [*lines, w["repeals_day"].format(day=cn_date(item.repealed_on))]
