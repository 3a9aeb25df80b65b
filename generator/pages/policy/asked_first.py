"""先问谁 (asked first): whom somebody turns to in a place, as its digest names them, with the telephones at hand.

The text names a kind of organ, and often one for each district. An office of the site is told only where its role is
such a kind, and one of a district only with the district: nobody is sent to another's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from markupsafe import Markup

from generator.catalogue import wording
from generator.pages.channels import telephones_of
from generator.pages.policy.first_things import Key, acting_as, keys_of
from generator.pages.policy.organ_names import with_chinese
from generator.pages.policy.policy_views import NATION
from generator.public.context import SiteContext
from generator.source.model.authority import Authority
from generator.source.model.instant import SHANGHAI
from generator.source.model.jurisdiction import Jurisdiction
from generator.source.model.law_words import Topic

_HOTLINE = Markup('<a href="tel:12345">12345</a>')
_LEVELS = "省市区县"
_MANY = 3
"""So many marks between departments of one entry are more than somebody takes in."""


def asked_first(place: Jurisdiction, context: SiteContext) -> Markup:
    """Whom the digest names beneath 向谁申请, or else 谁来确认, and who of them can be called; empty where it names
    nobody."""
    w = wording("policies")["asked_first"]
    if place.level == NATION:
        return Markup(w["nation"]).format(telephone=_HOTLINE)
    mark = Markup.escape(wording("common")["marks"]["list"])
    kinds, confirming, applicant = _kinds(place, context)
    if not kinds:
        return Markup()
    acting = acting_as(context.library, place.slug, context.as_of.astimezone(SHANGHAI).date())
    named = (acting.get(kind) or with_chinese(kind) for kind in _in_short(kinds, applicant))
    told = [Markup(w["kinds"]).format(kinds=mark.join(named))]
    offices = tuple(_offices(place, kinds, context))
    form = w["call"]
    if not offices:
        offices, form = tuple(_offices(place, confirming, context)), w["call_confirming"]
    if offices:
        told.append(Markup(form).format(calls=_calls(offices)))
    if all(office.district for office in offices):
        hotline = w["hotline_others" if offices else "hotline"]
        told.append(Markup(hotline).format(telephone=_HOTLINE))
    return Markup().join(told)


def asked_away(place: Jurisdiction, context: SiteContext) -> Markup:
    """事情在外地, whom somebody of ``place`` turns to: the organ there, and then who serves the whole of the place, for
    none of its districts is where it happened. Empty where the digest names nobody."""
    w = wording("policies")["asked_first"]
    kinds, confirming, _ = _kinds(place, context)
    if not kinds:
        return Markup()
    offices = [office for office in _offices(place, (*kinds, *confirming), context) if not office.district]
    if offices:
        home = Markup(w["away_call"]).format(name=place.name, calls=_calls(offices))
    else:
        home = Markup(w["away_hotline"]).format(name=place.name, telephone=_HOTLINE)
    return Markup(w["away"]) + home


def _kinds(place: Jurisdiction, context: SiteContext) -> tuple[tuple[str, ...], tuple[str, ...], Key]:
    """The kinds of organ that take applications, or else confirm; those that confirm; and 向谁申请 of the digest."""
    on = context.as_of.astimezone(SHANGHAI).date()
    keys = {key.view.topic: key for key in keys_of(context.library, place.slug, on)}
    confirming = tuple(_named(keys[Topic.CONFIRMATION], "who"))
    kinds = tuple(_in_full(_named(keys[Topic.APPLICANT], "where"), confirming)) or confirming
    return kinds, confirming, keys[Topic.APPLICANT]


def _named(key: Key, field: str) -> Iterator[str]:
    """The organs that answer a question: of each text that may hold, and of a later one from above."""
    leads = (key.lead, *(item for _, item in key.other_leads), *key.newer)
    yield from dict.fromkeys(chain.from_iterable(item.lists[field] for item in leads if item is not None))


def _in_full(kinds: Iterable[str], confirming: Iterable[str]) -> Iterator[str]:
    """Each kind as fully as the digest names it: 公安机关 takes applications, 行为发生地的公安机关 confirms."""
    for kind in kinds:
        yield next((fuller for fuller in confirming if kind in fuller), kind)


def _in_short(kinds: tuple[str, ...], key: Key) -> Iterator[str]:
    """The kinds, but of an entry that lists many departments only where they are listed: somebody asks one of them."""
    marks = wording("policies")["asked_first"]
    many = {kind for kind in kinds if kind.count(str(marks["within"])) >= _MANY}
    if len(many) == len(kinds) or key.lead is None:
        many = set()
    yield from (kind for kind in kinds if kind not in many)
    if many and key.lead is not None:
        yield str(marks["others"]).format(cited=key.lead.cited)


def _offices(place: Jurisdiction, kinds: Iterable[str], context: SiteContext) -> Iterator[Authority]:
    """Those of a place that can be called and are of one of the kinds, whoever serves all of it first."""
    chinese = {*kinds, *(words for words, english in context.english.items() if english in kinds)}
    for office in sorted(
        context.authorities.values(), key=lambda office: (bool(office.district), office.order)
    ):
        role = office.role
        if role is None or office.jurisdiction != place.slug or not office.channels.telephone:
            continue
        if any(_is_such(role, kind) for kind in chinese):
            yield office


def _is_such(role: str, kind: str) -> bool:
    """Whether an organ's role is of a kind: 区公安机关 is of 发生地的区公安机关 and of 公安机关, 市公安机关 of the latter
    alone."""
    rest = kind.removesuffix(role.lstrip(_LEVELS))
    return kind.endswith(role) or (rest != kind and not rest.removesuffix("级").endswith(tuple(_LEVELS)))


def _calls(offices: Iterable[Authority]) -> Markup:
    return Markup(str(wording("policies")["asked_first"]["between"])).join(map(_call, offices))


def _call(office: Authority) -> Markup:
    w = wording("policies")["asked_first"]
    numbers = Markup(str(wording("common")["marks"]["list"])).join(
        Markup('<a href="{href}">{label}</a>').format(href=item.href, label=item.label)
        for item in telephones_of(office)
    )
    form = w["office_of_district" if office.district else "office"]
    return Markup(form).format(name=office.name, district=office.district, telephone=numbers)
