"""对照页 (comparison pages): three kinds of page from one template and one script.

``policies/compare/`` lets a visitor choose places, a day and what to open; ``policies/compare/<group>/``
holds one group of topics for all places as of ``context.as_of`` and needs no script;
``policies/compare/<jurisdiction>/`` sets the versions of a place's own texts side by side. What holds on
other days is fetched from ``policies/compare/<jurisdiction>.json``, so no page carries it.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any

from generator.catalogue import Language, spoken, wording
from generator.law.instruments import BOTH_WAYS, AnswerStatus
from generator.pages.page import Page, root_of
from generator.pages.policy.changed_words import changed_words
from generator.pages.policy.policy_compare import CSV, XLSX, Column, Span, Stretch, columns, national
from generator.pages.policy.policy_head import is_local, superiors_not_at_hand
from generator.pages.policy.policy_page import policy_page
from generator.pages.policy.policy_views import Statement, TopicView
from generator.pages.templating import macros, render
from generator.public.context import SiteContext
from generator.source.model.jurisdiction import Jurisdiction
from generator.source.model.law_words import Topic
from generator.system.identity import Same

PATH = "policies/compare/"
STYLE = "compare"
TEXTS = "texts"
"""Key of the row that names the texts; the other rows are keyed by topic."""
_GAP = "?"
_ROOT = "\x00"
_CELLS_KEPT = 8192
"""The whole library has some two thousand, in each of two languages."""
_CHOSEN = 3
"""How many places are shown until the visitor chooses."""
_NOT_KNOWN = {s.value for s in (AnswerStatus.UNKNOWN, AnswerStatus.NOT_ENTERED, AnswerStatus.NO_VERSION)}


_IN_WORDS = frozenset(
    topic.value for topic in (Topic.DEFINITION, Topic.QUALIFYING_ACT, Topic.SCOPE, Topic.OTHER)
)
"""Topics that are told in words alone: whom their articles name handles nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """一格 as it is shown. What the ``sign`` says of two cells of a row, :func:`_sign` tells; one that begins with
    :data:`_GAP` cannot be compared, and goes on with why."""

    html: str
    sign: str

    @property
    def known(self) -> bool:
        """Whether it can be compared."""
        return not self.sign.startswith(_GAP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """一列 of a page: a place today, or a version. ``key`` is what an address names it by.

    ``cells`` are shown; of a folded topic the page has the sign alone, by which differences are counted, and the
    script fetches the rest when its group is opened.
    """

    key: str
    name: str
    dates: str
    chosen: bool
    cells: Mapping[str, Shown]
    signs: Mapping[str, str]


def render_compare_pages(context: SiteContext) -> Iterator[Page]:
    """All comparison pages: the one to choose on, one a group, one a place with more than one version."""
    found, nation = columns(context), national(context)
    words = wording("policies")
    w = words["compare"]
    groups = words["digest"]["groups"]
    sides = _today(found, {TEXTS}, PATH, signed={TEXTS, *(topic.value for topic in Topic)})
    yield _page(PATH, w["title"], w["title"], w["intro"], groups, sides, found, context, nation=nation)
    for group in groups:
        path = f"{PATH}{group['key']}/"
        title = str(w["group_title"]).format(group=group["title"])
        keys = {TEXTS, *group["topics"]}
        sides = _today(found, keys, path, signed=keys)
        yield _page(
            path, title, group["title"], w["group_intro"], [group], sides, found, context, nation=nation
        )
    for column in _with_history(found):
        path = f"{PATH}{column.place.slug}/"
        title = str(w["versions_title"]).format(name=column.place.full_name)
        sides = _versions(column, path)
        yield _page(path, title, title, w["version_intro"], groups, sides, found, context, place=column.place)


def with_versions(found: Iterable[Column]) -> Iterator[Column]:
    """Places with two or more versions to set side by side."""
    return (column for column in found if len(column.by_text) > 1)


def _with_history(found: Iterable[Column]) -> Iterator[Column]:
    """Those, and places with one amended text whose earlier wording is not at hand: their page says so."""
    return (
        column
        for column in found
        if any(version.entry.kind == "amended" for s in column.by_text for version in s.versions)
    )


def compare_json(found: Iterable[Column], nation: Column | None) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of what each place says on every day: topic → cells, oldest first, each with both ends
    inclusive (empty: without end), its HTML with links relative to the file, and its sign; and of the nation's ways,
    which no cell repeats.

    Days on which nothing shown changes part no cells.
    """
    every = [(column, [TEXTS, *(topic.value for topic in Topic)]) for column in found]
    if nation is not None:
        every.append((nation, [topic.value for topic in Topic if topic in BOTH_WAYS]))
    for column, keys in every:
        path = f"{PATH}{column.place.slug}.json"
        cells: dict[str, list[dict[str, str]]] = {
            key: [_timed(span, shown) for span, shown in _merged(_days(column, key, root_of(PATH)))]
            for key in keys
        }
        data = {"jurisdiction": column.place.slug, "name": column.place.name, "cells": cells}
        yield path, json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _page(
    path: str,
    title: str,
    crumb: str,
    intro: str,
    groups: list[dict[str, Any]],
    sides: tuple[Side, ...],
    found: tuple[Column, ...],
    context: SiteContext,
    *,
    nation: Column | None = None,
    place: Jurisdiction | None = None,
) -> Page:
    """A page; ``crumb`` is what the way to it calls it."""
    words = wording("policies")
    w = words["compare"]
    home = ((PATH, w["title"]),)
    steps = (("policies/", words["section"]), *home, *(() if path == PATH else ((path, crumb),)))
    labels = {topic.value: view.label for topic, view in found[0].stretches[0].views.items()}
    alone = place is not None and len(sides) == 1
    values: dict[str, Any] = {
        "w": w,
        "intro": intro,
        "above": superiors_not_at_hand(context, *(place,) if place else (c.place for c in found)),
        "today": context.iso_day,
        "as_of": context.day_in_words,
        "sides": sides,
        "groups": groups,
        "labels": labels,
        "place": place,
        "nation": nation.place.slug if nation is not None else "",
        "national": _national(nation, path) if nation is not None else {},
        "base": root_of(path) + PATH,
        "group_path": path.removeprefix(PATH),
        "columns": found,
        "with_versions": {column.place.slug for column in with_versions(found)},
        "all_groups": words["digest"]["groups"],
        "is_home": path == PATH,
        "alone": str(w["alone"]).format(texts=sides[0].name) if alone else "",
        "turning": [] if place else list(_turning(found)),
        "downloads": ((CSV, w["csv"]), (XLSX, w["xlsx"]), ("api/v1/policies.json", w["json"])),
    }
    return policy_page(
        context,
        "policy_compare.html",
        values,
        path=path,
        title=title,
        description=w["description"],
        steps=steps,
        city=place.name if place else None,
        style=STYLE,
        # Of one text there is nothing to choose.
        script=None if alone else STYLE,
    )


def _national(nation: Column, path: str) -> dict[str, str]:
    """国家规定的途径 as they are today, by topic."""
    keys = (topic.value for topic in Topic if topic in BOTH_WAYS)
    return {key: shown.html for key in keys for _, shown in _days(nation, key, root_of(path), current=True)}


def _today(found: tuple[Column, ...], keys: set[str], path: str, *, signed: set[str]) -> tuple[Side, ...]:
    """每个地方一列: what it says at ``as_of`` on the topics of ``keys``, and the signs of those of ``signed``."""
    local = [column.place.slug for column in found if is_local(column.place)] or [found[0].place.slug]
    sides = []
    for column in found:
        today = {key: shown for key in signed for _, shown in _days(column, key, root_of(path), current=True)}
        sides.append(
            Side(
                key=column.place.slug,
                name=column.place.name,
                dates="",
                chosen=column.place.slug in local[:_CHOSEN],
                cells={key: shown for key, shown in today.items() if key in keys},
                signs={key: shown.sign for key, shown in today.items()},
            )
        )
    return tuple(sides)


def _versions(column: Column, path: str) -> tuple[Side, ...]:
    """每个版本一列: what each of a place's own texts says, without those above it."""
    held = {
        stretch.span.since.isoformat() if stretch.span.since else "earliest": stretch
        for stretch in column.by_text
    }
    rows = {
        topic.value: _marked(
            {
                key: _alone(replace(stretch.views[topic], above=(), by_above=None), root_of(path))
                for key, stretch in held.items()
            }
        )
        for topic in Topic
    }
    sides = []
    for number, (key, stretch) in enumerate(held.items()):
        cells = {
            TEXTS: _texts(replace(stretch, absent_above=()), root_of(path)),
            **{topic: row[key] for topic, row in rows.items()},
        }
        sides.append(
            Side(
                key=key,
                name=_listed(stretch.titles),
                dates=f"{stretch.since_in_words} — {stretch.until_in_words}",
                chosen=number >= len(held) - 2,
                cells=cells,
                signs={topic: shown.sign for topic, shown in cells.items()},
            )
        )
    return tuple(sides)


def _marked(row: Mapping[str, Shown]) -> dict[str, Shown]:
    """The cells of a row with the words marked in which they differ, if any do; what is not known is left out."""
    known = {key: shown.html for key, shown in row.items() if shown.known}
    differ = len({shown.sign for shown in row.values() if shown.known}) > 1
    marked = changed_words(known) if differ else {}
    return {key: replace(shown, html=marked.get(key, shown.html)) for key, shown in row.items()}


def _alone(view: TopicView, root: str) -> Shown:
    """A cell of one text among others of its place: there the words tell them apart as well."""
    return Shown(html=_cell(view, root), sign=_sign(view, whole=True))


def _days(column: Column, key: str, root: str, *, current: bool = False) -> Iterator[tuple[Span, Shown]]:
    """What the place says on a topic, span by span; with ``current`` that of today alone."""
    if key == TEXTS:
        for stretch in column.held:
            if stretch.span.current or not current:
                yield stretch.span, _texts(stretch, root)
        return
    for cell in column.cells(Topic(key)):
        if cell.span.current or not current:
            yield cell.span, _shown(cell.view, root)


def _merged(cells: Iterable[tuple[Span, Shown]]) -> list[tuple[Span, Shown]]:
    """Adjacent cells that look the same become one."""
    found: list[tuple[Span, Shown]] = []
    for span, shown in cells:
        if found and found[-1][1] == shown:
            found[-1] = (found[-1][0].joined(span), shown)
        else:
            found.append((span, shown))
    return found


def _timed(span: Span, shown: Shown) -> dict[str, str]:
    return {"since": _iso(span.since), "until": _iso(span.until), "html": shown.html, "sign": shown.sign}


def _iso(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _texts(stretch: Stretch, root: str) -> Shown:
    html = render("policy_compare_texts.html", {"stretch": stretch, **_fragment(root)})
    return Shown(html=html, sign="")


def _shown(view: TopicView, root: str) -> Shown:
    shown = _rooted_nowhere(Same(view), spoken())
    return replace(shown, html=shown.html.replace(_ROOT, root))


@lru_cache(maxsize=_CELLS_KEPT)
def _rooted_nowhere(view: Same[TopicView], language: Language) -> Shown:
    """A cell in the ``language`` spoken, with :data:`_ROOT` where its links begin: the same cell stands on pages of
    several depths, and in the file of its place."""
    return Shown(html=_cell(view.value, _ROOT), sign=_sign(view.value, whole=False))


def _cell(view: TopicView, root: str) -> str:
    html: str = _cell_macros(root, spoken()).cell(view, root).strip()
    return html


@lru_cache(maxsize=8)
def _cell_macros(root: str, language: Language) -> Any:
    """The macros of policy pages for all cells with this ``root``, in the ``language`` spoken."""
    return macros("_policy.html", _fragment(root))


def _fragment(root: str) -> dict[str, Any]:
    """What every cell is rendered with. ``above``: the page lists superior instruments not at hand."""
    return {"root": root, "here": "", "p": wording("policies"), "above": True}


def _sign(view: TopicView, *, whole: bool) -> str:
    """What makes one cell differ from another, in four parts: its figures and what they count from (``-`` without one),
    its organs, whether anything is laid down at all, and its words. An organ that a text does not name is no
    difference, and neither is what is not known. Other words alone are neither a difference nor none: somebody has to
    read them. What may go on where the text at hand ends is not known either. ``whole`` (versions of one text): one part, which takes the words too. Of what is not known only why:
    ``?unknown``."""
    said = [item for item in view.effective if not item.silent]
    if not said and view.status in _NOT_KNOWN:
        return f"{_GAP}{view.status}"
    if (view.by_above or view).goes_on is not None:
        return f"{_GAP}{AnswerStatus.UNKNOWN.value}"
    words = _digest([_of_words(item) for item in said] or view.silence.key)
    if whole:
        return words
    if not said:
        return f"..{view.silence.status}"
    figures = sorted({(_figure(item), item.span) for item in said if item.figure is not None})
    organs = sorted({organ for item in said for key in ("who", "where") for organ in item.lists[key]})
    named = _digest(organs) if organs and view.topic not in _IN_WORDS else ""
    return f"{_digest(figures) if figures else '-'}.{named}.{AnswerStatus.STATED.value}.{words}"


def _of_words(item: Statement) -> tuple[object, ...]:
    return (_figure(item), item.span, item.summary, [list(listing.entries) for listing in item.listings])


def _digest(told: object) -> str:
    return urlsafe_b64encode(sha256(json.dumps(told, ensure_ascii=False).encode()).digest())[:6].decode()


def _figure(item: Statement) -> str:
    return item.figure.words if item.figure is not None else ""


def _listed(titles: Iterable[tuple[str, str]]) -> str:
    return str(wording("common")["marks"]["list"]).join(title for title, _ in titles)


def _turning(found: tuple[Column, ...]) -> Iterator[tuple[date, str]]:
    """(day, words) of every day on which another text begins to hold in a place, newest first."""
    colon = wording("common")["marks"]["colon"]
    days = []
    for column in found:
        for since, stretch in _beginnings(column):
            days.append(
                (
                    since,
                    f"{column.place.name}{colon}{_listed(stretch.titles)} {stretch.begins_in_words}".rstrip(),
                )
            )
    yield from sorted(days, reverse=True)


def _beginnings(column: Column) -> Iterator[tuple[date, Stretch]]:
    """Of a text that is first uncertain and then certain only the first day is one of change."""
    before: object = None
    for stretch in column.held:
        if stretch.span.since is not None and stretch.versions and stretch.titles != before:
            yield stretch.span.since, stretch
        before = stretch.titles
