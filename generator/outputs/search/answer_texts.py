"""答案 (answer texts): what stands beneath a page that answers a question: the figure, the rule, the telephone.

One small file for each kind of answer, with every place's own words: whoever asks what a question of the table covers
fetches one or two of them, and nobody else any.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from markupsafe import Markup

from generator.catalogue import wording
from generator.law.instruments import Provision
from generator.law.instruments.entitlement import (
    Entitled,
    Entitlement,
    Injury,
    Place,
    Role,
    Situation,
    decide,
    entitlements,
    entitlements_of,
    is_after_death,
)
from generator.pages.channels import telephones_of
from generator.pages.policy.first_things import Key, acting_as, general_first, keys_of
from generator.pages.policy.for_me import benefit_topic_words, holds_for_whom, place_after
from generator.pages.policy.policy_benefit import plain_scope, scope_lines
from generator.pages.policy.policy_head import places
from generator.pages.policy.policy_views import NATION, Statement, TopicView, statement, topic_views
from generator.public.context import SiteContext
from generator.source.model.instant import SHANGHAI
from generator.source.model.jurisdiction import Jurisdiction
from generator.source.model.law_words import Consequence, Modality, Part, Topic

FOLDER: Final = "search/answers/"
_TELEPHONES, _BENEFITS, _PROTECTION = "telephones", "benefits", "protection"
_BEREAVED, _INJURED = "bereaved", "injured"
_BONUS_TAX: Final = "bonus_tax"
"""What an answer may tell beside a topic of the law."""
_WHENCE: Final = {"outsider": Place.OUTSIDER, "away": Place.AWAY}
"""And for whom from elsewhere, or for what done elsewhere, it tells whether the rules apply."""
_LOST_WAGES: Final = "lost_wages"
_ITEMS_ASKED: Final = frozenset(
    (Topic.MATERIALS, Topic.QUALIFYING_ACT, Topic.HONOUR_RANK, Topic.FUND_SOURCE, Topic.FUND_USE)
)
"""Topics of which somebody asks what the items are, where a summary may only count them."""

Line = tuple[str, str, str, str]
"""一行答案: what is set large, the words, and the source with its address from the root; each may be empty."""
Note = tuple[str, str]
"""What holds for all lines below it: nothing set large, and the words."""


def answer_files(context: SiteContext) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of the answers in the language spoken; ``context`` speaks it too."""
    kinds = {answer["tells"] for answer in wording("search")["answers"] if "tells" in answer}
    asked = [place for place in places(context) if place.level != NATION]
    nation = [place for place in places(context) if place.level == NATION]
    for kind in sorted(kinds):
        # What the nation gives the bereaved stands where no place is named; of other matters it lays down less.
        told_of = [*asked, *nation] if kind == _BEREAVED else asked
        told = {place.slug: _noted(kind, place, context) for place in told_of}
        data = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        yield f"{FOLDER}{kind}.json", data.encode()


def _noted(kind: str, place: Jurisdiction, context: SiteContext) -> list[Line | Note]:
    """The lines of a place, below what holds for all of them."""
    lines = list(_lines(kind, place, context))
    notes = list(_scope_notes(place, context)) if _tells_benefits_of(place, kind, lines, context) else []
    return [*notes, *_doubt_once(lines)]


def _tells_benefits_of(place: Jurisdiction, kind: str, lines: Iterable[Line], context: SiteContext) -> bool:
    """Whether lines of a kind tell what the place's own texts give, other than honours and awards."""
    stems = tuple(instrument.path for instrument in context.library.instruments_of(place.slug))
    if not kind.startswith("benefit") and kind not in (_PROTECTION, _BEREAVED, _INJURED, _LOST_WAGES):
        return False
    return kind == _BENEFITS or any(path.startswith(stems) for *_, path in lines)


def _scope_notes(place: Jurisdiction, context: SiteContext) -> Iterator[Note]:
    """Who from elsewhere has no part in what a place's own text gives: a digest has that above its rules."""
    own = context.library.version_on(place.slug, _day(context)).candidates
    aside = str(wording("common")["marks"]["aside"])
    for line in scope_lines(own, place.full_name):
        if line.leaves_out_outsiders:
            yield "", f"{line.words}{aside.format(words=line.cited)}"


def _doubt_once(lines: list[Line]) -> list[Line | Note]:
    """Where every rule is told with the doubt whether its text holds, that once above them."""
    doubt = str(wording("policies")["compare"]["doubtful"])
    marks = wording("common")["marks"]
    aside = str(marks["aside"]).format(words=doubt)
    if len(lines) < 2 or not all(line[1].endswith(aside) for line in lines):
        return [*lines]
    note = f"{doubt[0].upper()}{doubt[1:]}{str(marks['stop']).strip()}"
    rest = ((large, words.removesuffix(aside), source, path) for large, words, source, path in lines)
    return [("", note), *rest]


def _lines(kind: str, place: Jurisdiction, context: SiteContext) -> Iterator[Line]:
    if kind == _TELEPHONES:
        yield from _telephones(place, context)
    elif kind == _BENEFITS:
        yield from _benefits(place, context)
    elif kind == _PROTECTION:
        yield from _protection(place, context)
    elif kind == _BEREAVED and place.level == NATION:
        yield from _bereaved_by_the_nation(place, context)
    elif kind == _BEREAVED:
        yield from _bereaved(place, context)
    elif kind == _INJURED:
        yield from _injured(place, context)
    elif kind == _BONUS_TAX:
        yield from _bonus_tax(place, context)
    elif kind == _LOST_WAGES:
        yield from _lost_wages(place, context)
    elif kind in _WHENCE:
        yield from _applies_to(_WHENCE[kind], place, context)
    else:
        view = _views(place, context)[Topic(kind)]
        # Its own page says at its head, once, that it is not certain which of its texts holds.
        own = context.library.version_on(place.slug, _day(context))
        keys = keys_of(context.library, place.slug, _day(context))
        key = next((key for key in keys if key.view.topic == kind), None)
        lines = _rules(view, key, in_doubt=not own.is_dated)
        if view.by_above is not None and view.by_above.level == NATION:
            # What the nation lays down is no rule of the place, and most of it not for everybody.
            yield "", view.silence.words, "", ""
            lines = (_for_whom(line, context) for line in lines)
        yield from lines
        if kind == Topic.APPLICANT:
            # An organ that the text names by its part alone cannot be gone to.
            acting = acting_as(context.library, place.slug, _day(context))
            yield from (("", Markup(told).striptags(), "", "") for told in acting.values())


def _day(context: SiteContext) -> date:
    return context.as_of.astimezone(SHANGHAI).date()


def _views(place: Jurisdiction, context: SiteContext) -> Mapping[Topic, TopicView]:
    return topic_views(context.library, place.slug, _day(context))


def _rules(view: TopicView, key: Key | None, *, in_doubt: bool) -> Iterator[Line]:
    """What is to be gone by, figures first, and duties of others only where that is all; where no text lays anything
    down, the one that says so, or else that. What the own text says of a matter that it leaves to one above comes first:
    that it names other titles than those with the sums.

    Of what a digest has at its head, ``key``, whatever stands there: beside the own text what one from above says. What
    comes after the first is in the order of the articles.
    """
    ordered = general_first(view.effective)
    said = [item for item in ordered if not item.silent]
    said = [item for item in said if not item.duty_of_others] or said
    said.sort(key=lambda item: item.figure is None)
    beside = list(_beside(key, said)) if key is not None else []
    if not said and not beside:
        every = (item for own in (view, *view.spoken_above) if own.level != NATION for item in own.statements)
        said = [item for item in every if item.silent and item.summary][:1]
    lines = [_rule(item, in_doubt=in_doubt or item.in_doubt) for item in said]
    if not lines and not beside:
        lines = [("", view.silence.words, "", "")]
    aside = [line for item, line in beside if key is not None and item == key.own_aside]
    yield from (*aside, *lines[:1])
    others = [*beside, *zip(said[1:], lines[1:], strict=True)]
    others.sort(
        key=lambda other: (
            (other[0].figure is None, ordered.index(other[0])) if other[0] in ordered else (False, -1)
        )
    )
    yield from (line for _, line in others if line not in aside)
    if key is not None:
        yield from (_rule(item, in_doubt=in_doubt or item.in_doubt) for item in key.unasked)
    if key is not None and key.national_words:
        item = key.national[0]
        yield "", key.national_words, item.cited, item.path


def _for_whom(line: Line, context: SiteContext) -> Line:
    """A line from a law that holds for some alone, with whom it holds for."""
    large, words, source, path = line
    laws = (item for item in context.library.instruments if path.startswith(item.path))
    held = next((item.entry.holds_for for item in laws), None)
    colon = wording("common")["marks"]["colon"]
    return large, words if held is None else f"{held.words}{colon}{words}", source, path


def _beside(key: Key, said: Collection[Statement]) -> Iterator[tuple[Statement, Line]]:
    """What a digest tells beside what is ``said``: a later text from above, or one that has what the own has not."""
    form, marks = wording("policies"), wording("common")["marks"]
    others = [(key.newer_level, item) for item in key.newer] + [*key.beside]
    others += [(key.level, key.lead)] if key.lead is not None and key.level else []
    others += [("", item) for item in (key.own_aside, *key.figures) if item is not None]
    for level, item in others:
        if item in said:
            continue
        large, words, source, path = _rule(item, in_doubt=item.in_doubt)
        if level:
            names = {"level": form["levels"][level], "of": form["of_levels"][level]}
            words = f"{form['digest']['by_above'].format(**names)}{marks['colon']}{words}"
        elif item == key.own_aside:
            words = f"{form['digest']['own_text']}{marks['colon']}{words}"
        if item in key.newer:
            asked = form["digest"]["newer"].format(**names).removesuffix(marks["stop"].strip())
            words += marks["aside"].format(words=asked)
        yield item, (large, words, source, path)


def _rule(item: Statement, *, in_doubt: bool) -> Line:
    """The whole sentence, for a figure is never told without what limits it."""
    marks = wording("common")["marks"]
    limits = [f"{label}{marks['colon']}{limit}" for label, limit in item.caveats if limit not in item.summary]
    doubt = [str(wording("policies")["compare"]["doubtful"])] if in_doubt else []
    asides = [*filter(None, (item.modality,)), *limits, *doubt]
    summary = item.with_items if Topic(item.topic) in _ITEMS_ASKED else item.summary
    words = summary + "".join(str(marks["aside"]).format(words=aside) for aside in asides)
    large = item.figure.words if item.figure is not None else ""
    source = str(marks["then"]).join(filter(None, (item.source, item.cited)))
    return large, words, source, item.path


def _benefits(place: Jurisdiction, context: SiteContext) -> Iterator[Line]:
    """The kinds of benefit that the local rules give, as the page heads them."""
    found = entitlements(context.library, place.slug, _day(context))
    topics = {item.provision.topic: None for item in found if not item.beside}
    if topics:
        words = str(wording("common")["marks"]["list"]).join(map(benefit_topic_words, topics))
        yield "", str(wording("search")["told"]["benefits"]).format(n=len(topics), topics=words), "", ""


def _given(item: Entitlement, place: Jurisdiction, context: SiteContext) -> Line:
    """What somebody is given, as its text says it."""
    own = context.library.version_on(item.provision.jurisdiction, _day(context))
    said = statement(item.provision, place.full_name, named=item.above or place.level == NATION)
    return _rule(said, in_doubt=not own.is_dated)


def _is_given(item: Entitlement) -> bool:
    """Whether the local texts give it, and not only encourage it or leave it to others."""
    return not (item.beside or item.benefit.duty_of_others or item.provision.modality is Modality.ENCOURAGED)


def _injured(place: Jurisdiction, context: SiteContext) -> Iterator[Line]:
    """What somebody who was hurt, how badly is not known yet, is given for it: treatment first, as 我能得到什么 has it."""
    hurt, unhurt = (Situation(role=Role.PERSON, injury=injury) for injury in (Injury.INJURED, Injury.NONE))
    first: list[str] = wording("for_me")["order_after"][Injury.INJURED.value]

    def is_for_it(item: Entitlement) -> bool:
        return item.provision.topic in first or decide(item, unhurt).verdict is Entitled.NOT_YOURS

    found = [
        item
        for item in entitlements(context.library, place.slug, _day(context))
        if _is_given(item) and is_for_it(item) and decide(item, hurt).verdict is not Entitled.NOT_YOURS
    ]
    found.sort(key=lambda item: place_after(item, Injury.INJURED))
    yield from (_given(item, place, context) for item in found)
    if not found:
        yield "", _views(place, context)[Topic.BENEFIT_MEDICAL].silence.words, "", ""


def _bereaved(place: Jurisdiction, context: SiteContext) -> Iterator[Line]:
    """What the kin of somebody who died are given, sums first, then as 我能得到什么 has it."""
    found = [
        item
        for item in entitlements(context.library, place.slug, _day(context))
        if is_after_death(item) and _is_given(item)
    ]
    found.sort(key=lambda item: place_after(item, Injury.DEATH))
    yield from sorted((_given(item, place, context) for item in found), key=lambda line: not line[0])
    if not found:
        yield "", _views(place, context)[Topic.BENEFIT_PENSION].silence.words, "", ""


def _bereaved_by_the_nation(nation: Jurisdiction, context: SiteContext) -> Iterator[Line]:
    """The sums that the nation's laws give the kin of somebody who died, each with whose kin: as 先看是哪一种 has them."""
    given = [
        item
        for item in entitlements(context.library, nation.slug, _day(context))
        # A period within which to apply is no sum.
        if is_after_death(item) and item.benefit.in_brief and not item.benefit.apply_to
    ]
    given.sort(key=lambda item: _order(item, context))
    lines = [_for_whom(_given(item, nation, context), context) for item in given]
    yield from (line for line in lines if line[0])


def _order(item: Entitlement, context: SiteContext) -> int:
    """Where its law stands among those that hold for some alone; martyrs come first."""
    holds_for = holds_for_whom(item.provision, context)
    return holds_for.order if holds_for is not None else 0


def _bonus_tax(place: Jurisdiction, context: SiteContext) -> Iterator[Line]:
    """What the texts say of tax on what somebody is awarded: what donors deduct is another question."""
    said = [
        item
        for item in entitlements(context.library, place.slug, _day(context))
        if item.provision.topic is Topic.BENEFIT_TAX and not item.beside
    ]
    yield from (_given(item, place, context) for item in said)
    if not said:
        yield "", _silence("untaxed_silent", place), "", ""


def _lost_wages(place: Jurisdiction, context: SiteContext) -> Iterator[Line]:
    """What the local texts say of pay that somebody loses: among costs and under work. Where they give none, that, what
    the nation's law gives and to whom, and which refusal of it they punish."""
    words = wording("search")["lost_wages"]

    def told(provision: Provision) -> bool:
        value = provision.value
        said = " ".join((provision.summary, *value.items, *value.conditions)).lower()
        return any(word in said for word in words)

    topics = (Topic.BENEFIT_MEDICAL, Topic.BENEFIT_EMPLOYMENT)
    given = entitlements(context.library, place.slug, _day(context))
    speaking = [item for item in given if item.provision.topic in topics and told(item.provision)]
    found = [item for item in speaking if not item.beside]
    yield from (_given(item, place, context) for item in found)
    if not found:
        yield "", _silence("wages_silent", place), "", ""
        # Pay while somebody is treated, and not what a disability leaves of it.
        treated = (item for item in speaking if Consequence.INJURED in item.benefit.outcomes)
        yield from (_for_whom(_given(item, place, context), context) for item in treated)
        own = context.library.provision(place.slug, Topic.LIABILITY, _day(context)).provisions
        for provision in filter(told, own):
            refusal = statement(provision, place.full_name)
            items = str(wording("common")["marks"]["also"]).join(
                entry for entry in provision.value.items if any(word in entry.lower() for word in words)
            )
            yield (
                "",
                f"{refusal.summary}{wording('common')['marks']['aside'].format(words=items)}",
                refusal.cited,
                refusal.path,
            )


def _silence(key: str, place: Jurisdiction) -> str:
    """That the texts held of a place do not say something: what the nation's say, or other places', is another matter."""
    return str(wording("search")["told"][key]).format(place=place.full_name)


def _applies_to(asked: Place, place: Jurisdiction, context: SiteContext) -> Iterator[Line]:
    """Whether the rules apply to somebody from elsewhere, or for an act elsewhere: by the place's own texts, or else by
    those above it."""
    library, on, forms = context.library, _day(context), wording("policies")["scope"]
    told = False
    for source in library.chain(place.slug):
        own, level = library.version_on(source, on), context.jurisdictions[source]
        if told or level.level == NATION:
            break
        for words, provision in plain_scope(own.candidates, level.full_name, asked):
            told = True
            said = statement(
                provision, place.full_name, named=source != place.slug or len(own.candidates) > 1
            )
            _, _, cited, path = _rule(said, in_doubt=False)
            doubt = str(wording("policies")["compare"]["doubtful"])
            aside = "" if own.is_dated else str(wording("common")["marks"]["aside"]).format(words=doubt)
            yield "", f"{words}{aside}", cited, path
    if not told:
        yield "", str(forms["unsaid"][asked.value]).format(place=place.full_name), "", ""
    if any(item.benefit.residence for item in entitlements(library, place.slug, on) if not item.beside):
        yield "", str(forms["residence"]), "", ""


def _protection(place: Jurisdiction, context: SiteContext) -> Iterator[Line]:
    """Legal aid and the safety of the person, by the place's own texts and those above it, but the nation's."""
    library, on, told = context.library, _day(context), False
    for source in library.chain(place.slug):
        if context.jurisdictions[source].level == NATION:
            continue
        in_doubt, above = not library.version_on(source, on).is_dated, source != place.slug
        for item in entitlements_of(library, source, on, above=above):
            if item.benefit.part is Part.PROTECTION and not item.beside:
                told = True
                yield _rule(statement(item.provision, place.full_name, named=above), in_doubt=in_doubt)
    if not told:
        yield "", _views(place, context)[Topic.BENEFIT_LEGAL_AID].silence.words, "", ""


def _telephones(place: Jurisdiction, context: SiteContext) -> Iterator[Line]:
    """Of each office of the place its first number, that of the whole place before those of its districts."""
    offices = [
        office
        for office in context.authorities.values()
        if office.jurisdiction == place.slug and office.channels.telephone
    ]
    offices.sort(key=lambda office: (office.district is not None, office.order, office.slug))
    for office in offices:
        number = telephones_of(office)[0]
        yield "", office.name, number.label, number.href or ""
