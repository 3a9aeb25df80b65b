"""政策页 (policies): the overview, one digest a jurisdiction, one page an instrument.

A digest shows what holds at ``context.as_of``; an instrument's page shows all of its versions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from markupsafe import Markup

from generator.catalogue import wording
from generator.law.instruments import AnswerStatus, Start, Version, VersionAnswer
from generator.pages.page import Page
from generator.pages.policy.compare_pages import render_compare_pages
from generator.pages.policy.for_me import for_me_path, has_for_me, render_for_me
from generator.pages.policy.policy_benefit import scope_lines
from generator.pages.policy.policy_head import (
    is_local,
    places,
    superiors_not_at_hand,
)
from generator.pages.policy.policy_instrument import render_instrument
from generator.pages.policy.policy_page import policy_page
from generator.pages.policy.policy_path import Leg, legs
from generator.pages.policy.policy_silence import OWN_TEXT, Silence, silence
from generator.pages.policy.policy_values import plain_dates
from generator.pages.policy.policy_views import (
    NATION,
    Statement,
    TopicView,
    topic_views,
    version_title,
)
from generator.pages.qr import qr_svg
from generator.public.context import SiteContext
from generator.source.model.instant import SHANGHAI
from generator.source.model.instrument import Topic
from generator.source.model.jurisdiction import Jurisdiction

_BESIDE_OTHERS = 2
"""Figures that fit a tile among others."""
_IN_A_CELL = 2
"""Entries of a cell in the table of all places, but for those that say by when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """一部适用的文本 at the head of a digest."""

    title: str
    path: str
    since: date | None
    assumed: bool
    """Whether ``since`` is concluded and not stated."""
    until: date | None
    verified_on: date
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """一个地方 of the overview, with the texts that hold there."""

    slug: str
    name: str
    texts: tuple[str, ...]
    doubtful: bool


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
    left: int = 0
    """How many of its entries are left to the digest."""

    @property
    def is_long(self) -> bool:
        """Whether it has more to say than fits beside others."""
        return len(self.figures) + len(self.beside) > _BESIDE_OTHERS


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
    if has_for_me(place):
        yield render_for_me(place, context)


def _overview(context: SiteContext) -> Page:
    words = wording("policies")
    path, w = "policies/", words["overview"]
    on = context.as_of.astimezone(SHANGHAI).date()
    cities = [place for place in places(context) if is_local(place)]
    keys = [list(_keys(topic_views(context.library, place.slug, on))) for place in cities]
    steps = ((path, words["section"]),)
    values: dict[str, Any] = {
        "w": w,
        "above": superiors_not_at_hand(context, *cities),
        "as_of": context.day_in_words,
        "cities": [_place(place, context, on) for place in cities],
        "provinces": [_place(place, context, on) for place in places(context) if not is_local(place)],
        "rows": [
            (label, list(cells))
            for label, cells in zip(
                (key["label"] for key in words["keys"]),
                zip(*(map(_for_cell, found) for found in keys), strict=True),
                strict=True,
            )
        ],
        "national": _national(key for found in keys for key in found),
        "instruments": [
            (place.name, context.library.instruments_of(place.slug)) for place in places(context)
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
    )


def _place(place: Jurisdiction, context: SiteContext, on: date) -> Place:
    chosen = context.library.version_on(place.slug, on)
    texts = tuple(version_title(v.instrument_title, v.label) for v in chosen.texts)
    return Place(slug=place.slug, name=place.name, texts=texts, doubtful=bool(texts) and not chosen.certain)


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
    keys = sorted(_keys(views), key=lambda key: key.is_long)
    keys = [key for key in keys if chosen.candidates or key.figures or key.lead or key.beside]
    title = w["title"].format(name=place.full_name)
    steps = (("policies/", words["section"]), (path, place.name))
    # Of laws on other matters only what was taken from them is shown; they are no text to go through.
    only_beside = bool(chosen.beside) and not chosen.candidates
    own = bool(chosen.candidates)
    paths, by_province = _paths(chosen, [answer for _, answer in above])
    shown = (*chosen.texts, *(version for _, answer in above for version in answer.texts))
    values: dict[str, Any] = {
        "w": w,
        "place": place,
        "qr": Markup(qr_svg(context.absolute(path))),
        "for_me": for_me_path(place.slug) if has_for_me(place) else "",
        "for_me_words": wording("for_me"),
        "above": superiors_not_at_hand(context, place),
        "certain": chosen.certain,
        "texts": [_text(version) for version in chosen.texts],
        "usual_check": _usual_check(views.values()),
        "notes": [plain_dates(note.words) for note in chosen.notes],
        "keys": keys,
        "unit_open": any(
            item.unit_open for key in keys for item in (*key.figures, *(way for _, way in key.beside))
        ),
        "paths": paths,
        "path_by_province": by_province,
        "path_silence": _path_silence(views),
        # Of a place without a text one line says so, and not every topic once more.
        "groups": list(_groups(views, spoken_only=not own)),
        "only_beside": only_beside,
        "higher": [
            (other, [plain_dates(note.words) for note in answer.notes], [_text(v) for v in answer.texts])
            for other, answer in higher
        ],
        "scope": scope_lines(chosen.candidates, place.full_name),
        "instruments": context.library.instruments_of(place.slug),
    }
    return policy_page(
        context,
        "policy_digest.html",
        values,
        path=path,
        title=title,
        description=w["description"].format(name=place.full_name),
        steps=steps,
        city=place.name,
        shows=shown,
        verified_by=chosen.texts,
        style="digest",
    )


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
        since=version.starts_on,
        assumed=version.start is not Start.STATED,
        until=version.ends_on,
        verified_on=version.entry.last_verified_on,
        note=version.entry.note,
    )


def _keys(views: Mapping[Topic, TopicView]) -> Iterator[Key]:
    for form in wording("policies")["keys"]:
        view = views[Topic(form["topic"])]
        said = [item for item in view.effective if not item.silent]
        lead = next((item for item in said if item.lists.get(form["lead"])), None)
        if lead is None and said and not form.get("only"):
            lead = said[0]
        listed = () if lead is None else lead.lists.get(form["lead"], ())
        yield Key(
            label=form["label"],
            view=view,
            # Of some things the figures alone are half of it: 按规定给予奖励 has none.
            figures=_general_first(view.effective if view.figures and form.get("whole") else view.figures),
            beside=tuple(
                (other.level, item)
                for other in view.spoken_above
                if view.opens_ways and other != view.by_above
                for item in _general_first(other.statements)
                if item.figure is not None
            ),
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
            words=str(wording("common")["marks"]["list"]).join(listed)
            or (lead.summary if lead is not None else ""),
            # What is said on the topic answers another question than this one.
            silence=silence(AnswerStatus.NOT_REGULATED.value, superiors=view.superiors, elsewhere=True)
            if said
            else view.silence,
        )


def _national(keys: Iterable[Key]) -> tuple[Statement, ...]:
    """What the nation's law opens to everybody, once."""
    ways: list[Statement] = []
    for key in keys:
        if key.view.opens_ways:
            for view in key.view.spoken_above:
                if view.level == NATION:
                    # Two periods of one article have one address and are two ways.
                    ways += (item for item in view.statements if item.figure is not None and item not in ways)
    return _general_first(ways)


def _general_first(items: Iterable[Statement]) -> tuple[Statement, ...]:
    """The same statements, of periods between the same steps the one without conditions before its exceptions."""
    found = tuple(items)
    spans = [item.span for item in found]

    def place(numbered: tuple[int, Statement]) -> tuple[int, bool]:
        number, item = numbered
        return (spans.index(item.span), bool(item.lists["conditions"])) if item.span else (number, False)

    return tuple(item for _, item in sorted(enumerate(found), key=place))


def _for_cell(key: Key) -> Key:
    """What a cell of the overview shows: without the nation's ways, a few entries, and every one that says by when."""
    own = _without_national(key)
    entries = [*(("", item) for item in own.figures), *own.beside]
    kept = [entry for number, entry in enumerate(entries) if number < _IN_A_CELL or entry[1].span]
    return replace(
        own,
        figures=tuple(item for level, item in kept if not level),
        beside=tuple((level, item) for level, item in kept if level),
        left=len(entries) - len(kept),
    )


def _without_national(key: Key) -> Key:
    """Without what :func:`_national` says once for all."""
    if not key.view.opens_ways:
        return key
    beside = tuple((level, item) for level, item in key.beside if level != NATION)
    if key.view.by_above is None or key.view.by_above.level != NATION:
        return replace(key, beside=beside)
    return replace(key, beside=beside, figures=(), lead=None, silence=key.view.silence)


def _paths(
    chosen: VersionAnswer, above: Iterable[VersionAnswer]
) -> tuple[list[tuple[str, tuple[Leg, ...]]], bool]:
    """Paths to draw, and whether they come from a higher text because the place's own lays none down."""
    for answer, from_above in ((chosen, False), *((answer, True) for answer in above)):
        found = [(version_title(v.instrument_title, v.label), legs(v)) for v in answer.candidates]
        if any(drawn for _, drawn in found):
            return [(label, drawn) for label, drawn in found if drawn], from_above
    return [], False


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
    )


def _groups(views: Mapping[Topic, TopicView], *, spoken_only: bool) -> Iterator[TopicGroup]:
    for group in wording("policies")["digest"]["groups"]:
        found = tuple(views[Topic(name)] for name in group["topics"])
        if spoken_only:
            found = tuple(view for view in found if view.statements or view.spoken_above)
        if found:
            yield TopicGroup(key=group["key"], title=group["title"], views=found)
