"""对照 (comparison): what every place says on every topic, over the days on which it says so.

``compare_pages.py`` shows it, ``outputs/data/policy_table.py`` writes it as CSV and XLSX.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from generator.catalogue import wording
from generator.law.instruments import BOTH_WAYS, TEXTS_NOT_HELD, Start, Version, VersionAnswer
from generator.pages.policy.policy_head import places
from generator.pages.policy.policy_values import plain_dates
from generator.pages.policy.policy_views import (
    NATION,
    TopicView,
    topic_view,
    topic_views,
    version_title,
)
from generator.pages.templating import cn_date
from generator.public.context import SiteContext
from generator.source.model.instant import SHANGHAI
from generator.source.model.jurisdiction import Jurisdiction
from generator.source.model.law_words import Topic

CSV, XLSX = "policies/compare.csv", "policies/compare.xlsx"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """一段日子, both ends inclusive; None: without end. ``current`` when ``as_of`` lies in it. ``counted`` ends are
    those that no text states and the site counts from: 推定."""

    since: date | None
    until: date | None
    current: bool
    since_counted: bool = False
    until_counted: bool = False

    def joined(self, later: Span) -> Span:
        """This and the days of ``later``, which follow at once."""
        return replace(
            self,
            until=later.until,
            until_counted=later.until_counted,
            current=self.current or later.current,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """一段日子 in which one place's law stays the same: its texts, why they, and every topic."""

    span: Span
    versions: tuple[Version, ...]
    doubtful: bool
    notes: tuple[str, ...]
    absent: tuple[str, ...]
    """Texts that held or may have held on these days and are not at hand, a sentence each."""
    absent_above: tuple[str, ...]
    """The same of the places above, each with whose text it is."""
    views: Mapping[Topic, TopicView]

    @property
    def since_in_words(self) -> str:
        """The first day as far as it is known."""
        if self.begins_in_words or self.span.since is None:
            return self.begins_in_words or str(
                wording("policies")["compare"]["unknown" if self.versions else "earliest"]
            )
        return cn_date(self.span.since)

    @property
    def until_in_words(self) -> str:
        """The last day, and whether it is only counted."""
        w = wording("policies")["compare"]
        if self.span.until is None:
            return str(w["open"])
        day = cn_date(self.span.until)
        return str(w["assumed"]).format(day=day) if self.span.until_counted else day

    @property
    def begins_in_words(self) -> str:
        """What is known of a first day that no text states: its year, the day before which the text surely did not
        hold, or the day that the site counts from. Empty where a text states the day."""
        w = wording("policies")["compare"]
        for version in self.versions:
            if (
                version.start is Start.TITLE_YEAR
                and version.starts_on
                and version.starts_on == self.span.since
            ):
                return str(w["some_day"]).format(year=version.starts_on.year)
            bound = version.entry.in_force_not_before
            if version.start is Start.UNKNOWN and bound is not None and bound == self.span.since:
                return str(w["some_day_after"]).format(day=cn_date(bound))
        if self.span.since is not None and self.span.since_counted:
            return str(w["assumed"]).format(day=cn_date(self.span.since))
        return ""

    @property
    def said_of_texts(self) -> tuple[object, ...]:
        """All that is said of the texts of these days, whatever they say themselves."""
        return (self.versions, self.doubtful, self.notes, self.absent_above)

    @property
    def titles(self) -> tuple[tuple[str, str], ...]:
        """(title, path) of each text."""
        return tuple((version_title(v.instrument_title, v.label), v.path) for v in self.versions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """一格: what one place says on one topic over some days."""

    span: Span
    view: TopicView


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """一列: one place with all of its stretches, oldest first."""

    place: Jurisdiction
    stretches: tuple[Stretch, ...]

    @property
    def held(self) -> tuple[Stretch, ...]:
        """The stretches by text alone: a day on which only a law at hand above changed parts nothing
        here, and what the latter days say is shown."""
        found: list[Stretch] = []
        for stretch in self.stretches:
            last = found[-1] if found else None
            if last is not None and last.said_of_texts == stretch.said_of_texts:
                found[-1] = replace(stretch, span=last.span.joined(stretch.span))
            else:
                found.append(stretch)
        return tuple(found)

    @property
    def by_text(self) -> tuple[Stretch, ...]:
        """One stretch for each text of the place, or for the texts that may hold together: days on which a text is
        doubtful and those on which it is not are told as one, as it reads on the latter."""
        found: list[Stretch] = []
        for stretch in self.held:
            if found and found[-1].versions == stretch.versions:
                found[-1] = replace(stretch, span=found[-1].span.joined(stretch.span))
            elif stretch.versions:
                found.append(stretch)
        return tuple(found)

    @property
    def now(self) -> Stretch | None:
        """What is said today, with the days of the text that says it, not those since a law above last changed."""
        for stretch in self.stretches:
            if stretch.span.current:
                held = (text.span for text in self.by_text if text.span.current)
                return replace(stretch, span=next(held, stretch.span))
        return None

    def cells(self, topic: Topic) -> tuple[Cell, ...]:
        """Cells of one topic; neighbours that say the same are one."""
        found: list[Cell] = []
        for stretch in self.stretches:
            view = stretch.views[topic]
            if found and found[-1].view == view:
                found[-1] = Cell(span=found[-1].span.joined(stretch.span), view=view)
            else:
                found.append(Cell(span=stretch.span, view=view))
        return tuple(found)


def columns(context: SiteContext) -> tuple[Column, ...]:
    """各列: cities first, then provinces. The nation's laws on other matters are no column: they are shown
    where they answer, in every other."""
    return tuple(
        Column(place=place, stretches=tuple(_stretches(place, context)))
        for place in places(context)
        if place.level != NATION
    )


def national(context: SiteContext) -> Column | None:
    """国家规定的途径: what the nation's laws open beside every place's own way, shown once and not in every column; each
    statement names its law. None where no law of the nation is at hand."""
    library = context.library
    for place in places(context):
        if place.level == NATION:
            return Column(
                place=place,
                stretches=tuple(
                    replace(
                        stretch,
                        views={
                            topic: topic_view(
                                library.provision(place.slug, topic, stretch.span.since or date.min),
                                library,
                                named=True,
                            )
                            for topic in Topic
                            if topic in BOTH_WAYS
                        },
                    )
                    for stretch in _stretches(place, context)
                ),
            )
    return None


def _stretches(place: Jurisdiction, context: SiteContext) -> Iterator[Stretch]:
    library, today = context.library, context.as_of.astimezone(SHANGHAI).date()
    days = library.law_days(place.slug)
    here, *above = library.chain(place.slug)
    form, levels = str(wording("policies")["compare"]["above"]), wording("policies")["levels"]
    counted = {version.starts_on for version in library.versions(here) if version.is_counted}
    for since, following in zip((None, *days), (*days, None), strict=True):
        until = following - _DAY if following is not None else None
        on = since or until or today
        answer = library.version_on(place.slug, on)
        yield Stretch(
            span=Span(
                since=since,
                until=until,
                current=(since is None or since <= today) and (until is None or today <= until),
                since_counted=since in counted,
                until_counted=following in counted,
            ),
            versions=answer.texts,
            doubtful=bool(answer.candidates) and not answer.certain,
            notes=tuple(plain_dates(note.words) for note in answer.notes),
            absent=tuple(_absent(answer)),
            absent_above=tuple(
                f"{form.format(level=levels[library.levels[other]])}{words}"
                for other in above
                for words in _absent(library.version_on(other, on))
            ),
            views=topic_views(library, place.slug, on),
        )


def _absent(answer: VersionAnswer) -> Iterator[str]:
    """The texts of a day that are not at hand, a sentence each."""
    return (plain_dates(note.words) for note in answer.notes if note.key in TEXTS_NOT_HELD)
