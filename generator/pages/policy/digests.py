"""政策页 (policies): the overview, one digest a jurisdiction, one page an instrument.

A digest shows what holds at ``context.as_of``; an instrument's page shows all of its versions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from markupsafe import Markup

from generator.catalogue import spoken, wording
from generator.law.instruments import AnswerStatus, PolicyLibrary, Version, VersionAnswer
from generator.pages.page import Page
from generator.pages.policy.asked_first import asked_first
from generator.pages.policy.compare_pages import STYLE, render_compare_pages
from generator.pages.policy.first_things import Key, differences, for_cell, keys_of, national_ways
from generator.pages.policy.for_me import for_me_path, for_me_words, place_options, render_for_me
from generator.pages.policy.instrument_rows import instrument_rows
from generator.pages.policy.organ_names import organs_in_chinese
from generator.pages.policy.policy_benefit import scope_lines
from generator.pages.policy.policy_head import (
    by_rank,
    is_local,
    not_held_words,
    places,
    superiors_not_at_hand,
    times_not_held,
)
from generator.pages.policy.policy_instrument import render_instrument
from generator.pages.policy.policy_page import policy_page
from generator.pages.policy.policy_path import Trail, trail, trail_of
from generator.pages.policy.policy_silence import OWN_TEXT, Silence, silence
from generator.pages.policy.policy_values import plain_dates, title_words
from generator.pages.policy.policy_views import (
    NATION,
    Statement,
    TopicView,
    last_day_words,
    since_words,
    statement,
    topic_views,
    version_title,
)
from generator.pages.qr import qr_svg
from generator.pages.spare_markup import without_spare_markup
from generator.public.context import SiteContext
from generator.source.model.instant import SHANGHAI
from generator.source.model.jurisdiction import Jurisdiction
from generator.source.model.law_words import Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """一部适用的文本 at the head of a digest."""

    title: str
    path: str
    since: str
    """From when it applies and how that is known, in one phrase; empty where it is not known."""
    until: str
    verified_on: date
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """一个地方 of the overview, with the texts that hold there."""

    slug: str
    name: str
    texts: tuple[str, ...]
    doubtful: bool
    for_me: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicGroup:
    """一组主题 under one question of a visitor."""

    key: str
    title: str
    views: tuple[TopicView, ...]


def render_instruments(context: SiteContext) -> Iterator[Page]:
    """文件页: ``policies/<jurisdiction>/<instrument>/``, each with a line of time that ends today."""
    for place in places(context):
        for instrument in context.library.instruments_of(place.slug):
            yield render_instrument(instrument, place, context)


def render_digests(context: SiteContext) -> Iterator[Page]:
    """What a visitor reads of the rules, in the language spoken: ``policies/``, those below ``policies/compare/``, and
    ``policies/<jurisdiction>/`` with its ``for-me/``."""
    yield _overview(context)
    yield from render_compare_pages(context)
    for place in places(context):
        yield from render_place(place, context)


def render_place(place: Jurisdiction, context: SiteContext) -> Iterator[Page]:
    """一个地方的政策页: ``policies/<jurisdiction>/`` and its ``for-me/``."""
    yield _digest(place, context)
    yield render_for_me(place, context)


def _overview(context: SiteContext) -> Page:
    words = wording("policies")
    path, w = "policies/", words["overview"]
    on = context.as_of.astimezone(SHANGHAI).date()
    cities = [place for place in places(context) if is_local(place)]
    further = [place for place in places(context) if not is_local(place)]
    nation = next((place.slug for place in further if place.level == NATION), "")
    keys = [keys_of(context.library, place.slug, on) for place in cities]
    steps = ((path, words["section"]),)
    values: dict[str, Any] = {
        "w": w,
        "above": superiors_not_at_hand(context, *cities),
        "as_of": context.day_in_words,
        "cities": [_place(place, context, on) for place in cities],
        "provinces": [_place(place, context, on) for place in further if place.level != NATION],
        "nation": f"policies/{nation}/",
        "nation_for_me": for_me_path(nation),
        "above_cities": [_place(place, context, on) for place in further],
        "rows": [
            (label, list(cells))
            for label, cells in zip(
                (key["label"] for key in words["keys"]),
                zip(*(map(for_cell, found) for found in keys), strict=True),
                strict=True,
            )
        ],
        "short": {},
        "unsettled": False,
        "national": national_ways(key for found in keys for key in found),
        "instruments": [
            (place.name, item, _text(item.versions[-1]))
            for place in by_rank(context)
            for item in context.library.instruments_of(place.slug)
        ],
    }
    return policy_page(
        context,
        "policy_index.html",
        values,
        path=path,
        title=w["title"],
        description=w["description"],
        steps=steps,
        style=STYLE,
        script="policies",
    )


def _place(place: Jurisdiction, context: SiteContext, on: date) -> Place:
    chosen = context.library.version_on(place.slug, on)
    texts = tuple(version_title(v.instrument_title, v.label) for v in chosen.texts)
    return Place(
        slug=place.slug,
        name=place.name,
        texts=texts,
        doubtful=bool(texts) and not chosen.certain,
        for_me=for_me_path(place.slug),
    )


def _digest(place: Jurisdiction, context: SiteContext) -> Page:
    words = wording("policies")
    path, w = f"policies/{place.slug}/", words["digest"]
    on = context.as_of.astimezone(SHANGHAI).date()
    chosen = context.library.version_on(place.slug, on)
    higher = [
        (context.jurisdictions[slug], context.library.version_on(slug, on))
        for slug in context.library.chain(place.slug)
        if slug != place.slug and slug in context.jurisdictions
    ]
    # What a place applies as its own stands at the head of the page, not beneath it.
    above = higher[1:] if place.applies_province else higher
    views = topic_views(context.library, place.slug, on)
    # What has much to say comes last, in a row of its own.
    keys = sorted(keys_of(context.library, place.slug, on), key=lambda key: key.is_long)
    keys = [key for key in keys if chosen.candidates or key.speaks]
    unruled = [key for key in keys if key.unruled]
    # One stands in its box; several are told in a line.
    unruled = unruled if len(unruled) > 1 else []
    open_above = [key for key in keys if key.left_open_above]
    open_above = open_above if len(open_above) > 1 else []
    keys = [key for key in keys if key not in unruled and key not in open_above]
    steps = (("policies/", words["section"]), (path, place.name))
    # Of laws on other matters only what was taken from them is shown; they are no text to go through.
    only_beside = bool(chosen.beside) and not chosen.candidates
    of = {"name": place.full_name, "level": words["levels"][place.level]}
    title, description = (
        str(w[f"{key}_beside" if only_beside else key]).format(**of) for key in ("title", "description")
    )
    own = bool(chosen.candidates)
    scope = scope_lines(chosen.candidates, place.full_name)
    paths = _paths(chosen, context.library, place.slug, on)
    shown = (*chosen.texts, *(version for _, answer in above for version in answer.texts))
    # Those of the nation's laws stand on its own page.
    near = [answer for other, answer in above if other.level != NATION]
    rows = tuple(instrument_rows(context.library.instruments_of(place.slug), chosen, on))
    organs = organs_in_chinese((*chosen.texts, *(version for answer in near for version in answer.texts)))
    values: dict[str, Any] = {
        "w": w,
        "place": place,
        "qr": Markup(qr_svg(context.absolute(path))),
        "for_me": for_me_path(place.slug),
        "for_me_words": for_me_words(place),
        # Of the nation's two the first says only that somebody is no soldier.
        "for_me_places": place_options(place, chosen)[1 if place.level == NATION else 0 :],
        "above": superiors_not_at_hand(context, place),
        "not_held": not_held_words(place),
        "times_not_held": times_not_held(context, (*chosen.candidates, *chosen.beside)),
        "certain": chosen.certain,
        "texts": [_text(version) for version in chosen.texts],
        "usual_check": _usual_check(views.values()),
        "notes": [plain_dates(note.words) for note in chosen.notes],
        "whom": asked_first(place, context),
        "firsts": list(_told_first(chosen, place, context.library)),
        "only_beside": only_beside,
        "keys": keys,
        "differs": differences(keys),
        "unruled": [
            (silent, [key for key in unruled if _left_open(key) == silent])
            for silent in dict.fromkeys(map(_left_open, unruled))
        ],
        "open_above": [
            (level, [key for key in open_above if key.left_open_above == level])
            for level in dict.fromkeys(key.left_open_above for key in open_above)
        ],
        "unsettled": len(chosen.candidates) > 1,
        "short": _short_titles(item.source for key in (*keys, *open_above) for item in key.cited),
        # Two short ones are left for the last row of three: the examination, which has most to say, takes two places.
        "wide_review": sum(not key.is_long for key in keys) % 3 == 2,
        # Where the topic says what to hand in, the step and the first things lead to it.
        "materials": any(item.lists["items"] for item in views[Topic.MATERIALS].in_brief),
        "unit_open": any(item.unit_open for key in keys for item in key.told),
        "paths": paths,
        "path_silence": _path_silence(views),
        # Of a place without a text one line says so, and not every topic once more.
        "groups": list(_groups(views, spoken_only=not own)),
        "higher": [
            (other, [plain_dates(note.words) for note in answer.notes], [_text(v) for v in answer.texts])
            for other, answer in higher
        ],
        "scope": scope,
        "scope_first": any(line.leaves_out_outsiders for line in scope),
        "instruments": rows,
        "in_chinese": Markup(' lang="zh-CN"') if spoken() == "en" else "",
        "in_database": [row.title for row in rows if row.in_database],
        "organs": organs,
        "organ_words": wording("english") if organs else {},
    }
    page = policy_page(
        context,
        "policy_digest.html",
        values,
        path=path,
        title=title,
        description=description,
        steps=steps,
        city=place.name,
        shows=shown,
        cite_folded=True,
        verified_by=chosen.texts,
        style="digest",
    )
    return replace(page, body=without_spare_markup(page.body))


def _told_first(
    chosen: VersionAnswer, place: Jurisdiction, library: PolicyLibrary
) -> Iterator[tuple[str, list[Statement]]]:
    """What the texts of a place answer at the head of its digest beside what every digest is asked: those that hold
    for everybody first."""

    def for_some(version: Version) -> bool:
        return library.instrument(version.jurisdiction, version.instrument).entry.holds_for is not None

    found: dict[str, list[Statement]] = {}
    for version in sorted(chosen.texts, key=for_some):
        for provision in version.provisions:
            if provision.told_first is not None:
                said = statement(provision, place.full_name, named=True)
                found.setdefault(provision.told_first, []).append(said)
    yield from found.items()


def _short_titles(sources: Iterable[str]) -> dict[str, str]:
    """文件的简称 for sources of a page, 《办法》, where no other source of it is called the same."""
    pattern = str(wording("policies")["digest"]["short_title"])
    found = {source: named[1] for source in set(sources) if (named := re.search(pattern, source))}
    used = Counter(found.values())
    return {source: title_words(word) for source, word in found.items() if used[word] == 1}


def _usual_check(views: Iterable[TopicView]) -> date | None:
    """The day on which most rules of the page were checked, said once; None of a page without rules."""
    days = Counter(
        item.verified_on for view in views for own in (view, *view.above) for item in own.statements
    )
    return max(days, key=lambda day: (days[day], day), default=None)


def _text(version: Version) -> Text:
    return Text(
        title=version_title(version.instrument_title, version.label),
        path=version.path,
        since=since_words(version),
        until=last_day_words(version),
        verified_on=version.entry.last_verified_on,
        note=version.entry.note,
    )


def _left_open(key: Key) -> Silence:
    return key.figures[0].silence if key.figures else key.silence


def _paths(chosen: VersionAnswer, library: PolicyLibrary, place: str, on: date) -> list[tuple[str, Trail]]:
    """The trail of a place; of one whose texts may all hold, one for each text under its name."""
    if len(chosen.candidates) > 1:
        found = [(version_title(v.instrument_title, v.label), trail_of(v)) for v in chosen.candidates]
    else:
        found = [("", trail(library, place, on))]
    return [(label, drawn) for label, drawn in found if drawn.legs]


def _path_silence(views: Mapping[Topic, TopicView]) -> Silence:
    """Why there is no path: silent only if every topic of it is, else not known."""
    asked = [views[Topic(name)] for name in wording("policies")["path_topics"]]
    silent = AnswerStatus.NOT_REGULATED.value
    told = {silent, AnswerStatus.STATED.value, AnswerStatus.DELEGATED.value}
    if not {view.status for view in asked} <= told:
        return silence(AnswerStatus.UNKNOWN.value)
    return silence(
        silent,
        superiors=(title for view in asked for title in view.superiors),
        elsewhere=any(view.silence.key == OWN_TEXT for view in asked),
        unread=next(filter(None, (view.silence.unread for view in asked)), ""),
    )


def _groups(views: Mapping[Topic, TopicView], *, spoken_only: bool) -> Iterator[TopicGroup]:
    for group in wording("policies")["digest"]["groups"]:
        found = tuple(views[Topic(name)] for name in group["topics"])
        if spoken_only:
            found = tuple(view for view in found if view.statements or view.spoken_above)
        if found:
            yield TopicGroup(key=group["key"], title=group["title"], views=found)
