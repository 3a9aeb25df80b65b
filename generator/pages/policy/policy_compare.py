"""对照页 (comparison): cities and versions against topics, on any day.

The page holds the cells of every stretch of days between two changes of the law; those of
``context.as_of`` are shown, and ``assets/compare.js`` shows those of another day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from generator.catalogue import wording
from generator.law.instruments import Version
from generator.pages.page import Page, root_of
from generator.pages.policy.policy_head import places, policy_head, policy_search, superiors_not_at_hand
from generator.pages.policy.policy_values import plain_dates
from generator.pages.policy.policy_views import TopicView, topic_views, version_title
from generator.pages.templating import cn_date, render
from generator.public.context import SiteContext
from generator.source.model.instrument import Topic
from generator.source.model.jurisdiction import Jurisdiction
from generator.source.model.scalars import SHANGHAI

PATH = "policies/compare/"
CSV, XLSX = "policies/compare.csv", "policies/compare.xlsx"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """一段日子, both ends inclusive; None: without end. ``current`` when ``as_of`` lies in it."""

    since: date | None
    until: date | None
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """一段日子 in which one place's law stays the same: its texts, why they, and every topic."""

    span: Span
    versions: tuple[Version, ...]
    doubtful: bool
    notes: tuple[str, ...]
    views: dict[Topic, TopicView]

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
        """The stretches by text alone: a day on which only a law above changed parts nothing
        here, and what the latter days say is shown."""
        found: list[Stretch] = []
        for stretch in self.stretches:
            last = found[-1] if found else None
            if last is not None and (last.versions, last.doubtful, last.notes) == (
                stretch.versions,
                stretch.doubtful,
                stretch.notes,
            ):
                found[-1] = replace(stretch, span=_joined(last.span, stretch.span))
            else:
                found.append(stretch)
        return tuple(found)

    def cells(self, topic: Topic) -> tuple[Cell, ...]:
        """Cells of one topic; neighbours that say the same are one."""
        found: list[Cell] = []
        for stretch in self.stretches:
            view = stretch.views[topic]
            if found and found[-1].view == view:
                found[-1] = Cell(span=_joined(found[-1].span, stretch.span), view=view)
            else:
                found.append(Cell(span=stretch.span, view=view))
        return tuple(found)


def _joined(first: Span, second: Span) -> Span:
    return Span(since=first.since, until=second.until, current=first.current or second.current)


def columns(context: SiteContext) -> tuple[Column, ...]:
    """各列: cities first, then provinces. The nation's laws on other matters are no column: they are shown
    where they answer, in every other."""
    return tuple(
        Column(place=place, stretches=tuple(_stretches(place, context)))
        for place in places(context)
        if place.level != "nation"
    )


def _stretches(place: Jurisdiction, context: SiteContext) -> Iterator[Stretch]:
    library, today = context.library, context.as_of.astimezone(SHANGHAI).date()
    days = library.law_days(place.slug)
    for since, following in zip((None, *days), (*days, None), strict=True):
        until = following - _DAY if following is not None else None
        on = since or until or today
        answer = library.version_on(place.slug, on)
        yield Stretch(
            span=Span(
                since=since,
                until=until,
                current=(since is None or since <= today) and (until is None or today <= until),
            ),
            versions=answer.texts,
            doubtful=bool(answer.candidates) and not answer.certain,
            notes=tuple(plain_dates(note.words) for note in answer.notes),
            views=topic_views(library, place.slug, on),
        )


def render_policy_compare(context: SiteContext) -> Page:
    """对照页 ``policies/compare/``."""
    words = wording("policies")
    w = words["compare"]
    today = context.as_of.astimezone(SHANGHAI).date()
    found = columns(context)
    steps = (("policies/", words["section"]), (PATH, w["title"]))
    values: dict[str, Any] = {
        "p": words,
        "w": w,
        "root": root_of(PATH),
        "url": context.absolute(PATH),
        "context": context,
        "title": w["title"],
        "above": superiors_not_at_hand(context, *places(context)),
        "steps": steps,
        "today": today,
        "as_of": cn_date(today),
        "columns": found,
        "groups": [
            (group["key"], group["title"], [_row(Topic(name), found) for name in group["topics"]])
            for group in words["digest"]["groups"]
        ],
        "turning": list(_turning(found)),
        "downloads": ((CSV, w["csv"]), (XLSX, w["xlsx"]), ("api/v1/policies.json", w["json"])),
    }
    search, filters = policy_search(w["title"], city=None)
    return Page(
        path=PATH,
        section="policies",
        title=w["title"],
        description=w["description"],
        body=render("policy_compare.html", values),
        head=policy_head(context, PATH, w["title"], steps, script="assets/compare.js"),
        stamped=False,
        search=search,
        filters=filters,
    )


def _row(topic: Topic, found: tuple[Column, ...]) -> tuple[Topic, str, list[tuple[str, tuple[Cell, ...]]]]:
    cells = [(column.place.name, column.cells(topic)) for column in found]
    return topic, found[0].stretches[0].views[topic].label, cells


def _turning(found: tuple[Column, ...]) -> Iterator[tuple[date, str]]:
    """(day, words) of every day on which another text begins to hold in a place, newest first."""
    days = [
        (stretch.span.since, f"{column.place.name}：{'、'.join(title for title, _ in stretch.titles)}")
        for column in found
        for stretch in column.held
        if stretch.span.since is not None and stretch.versions
    ]
    yield from sorted(((day, words) for day, words in days if day is not None), reverse=True)
