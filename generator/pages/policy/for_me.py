"""“我能得到什么”页 (for me): ``policies/<jurisdiction>/for-me/``.

The page holds every benefit with all of its conditions and is true as it stands. ``assets/for-me.js`` asks
who somebody is and sorts the benefits; what each condition says to each answer stands beside the condition,
worked out by :mod:`generator.law.instruments.entitlement`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from string import ascii_lowercase, digits
from typing import Any

from markupsafe import Markup

from generator.catalogue import wording
from generator.law.instruments import VersionAnswer
from generator.law.instruments.article import whole_citation
from generator.law.instruments.entitlement import (
    Condition,
    Entitlement,
    Holds,
    HonourHeld,
    Injury,
    Place,
    Role,
    entitlements,
    precedence,
)
from generator.law.instruments.policy_words import cited_words, step_words, topic_words
from generator.pages.page import Page
from generator.pages.policy.asked_first import asked_first
from generator.pages.policy.policy_benefit import condition_words, modality_mark, scope_lines
from generator.pages.policy.policy_head import not_held_words, superiors_not_at_hand
from generator.pages.policy.policy_page import policy_page
from generator.pages.policy.policy_values import aside_words, figure_of, span_words, title_words
from generator.pages.templating import fill, whole
from generator.public.context import SiteContext
from generator.source.model.instant import SHANGHAI
from generator.source.model.jurisdiction import Jurisdiction
from generator.source.model.law_words import Beneficiary, Consequence, Modality, Status, Topic


def for_me_path(jurisdiction: str) -> str:
    """Address from the root: ``policies/wuhan/for-me/``."""
    return f"policies/{jurisdiction}/for-me/"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionLine:
    """一个条件 in words, with what it says to each answer: ``ynd`` (yes, no, depends) in their order."""

    words: str
    question: str
    answers: str
    says_itself: bool
    """Whether the words say themselves that it is still wanted: 尚需."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitCard:
    """一项待遇 on the page."""

    topic: str
    summary: str
    mark: str
    level: str
    """Name of the place above whose text it is; empty for the own."""
    cited: str
    path: str
    facts: tuple[tuple[str, str], ...]
    conditions: tuple[ConditionLine, ...]
    places: str
    """答复的先后, two figures in base 36 for each injury (:func:`_place`)."""
    duty: bool
    """别人应当做的: told beneath what somebody is given."""
    encouraged: bool
    """鼓励: somebody is asked to do it, nobody has to; told after what is due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardGroup:
    """一组待遇 of one topic."""

    title: str
    cards: tuple[BenefitCard, ...]


def has_for_me(place: Jurisdiction) -> bool:
    """Whether there is a page for a place: the nation's own has none, nobody lives under it alone."""
    return place.level != "nation"


def render_for_me(place: Jurisdiction, context: SiteContext) -> Page:
    """``policies/<jurisdiction>/for-me/``."""
    w = wording("for_me")
    path = for_me_path(place.slug)
    on = context.as_of.astimezone(SHANGHAI).date()
    library = context.library
    found = entitlements(library, place.slug, on)
    beside = [item for item in found if item.beside]
    chain = [library.version_on(source, on) for source in library.chain(place.slug)]
    whom = asked_first(place, context)
    title = w["title"].format(name=place.full_name)
    digest = f"policies/{place.slug}/"
    steps = (("policies/", wording("policies")["section"]), (digest, place.name), (path, w["crumb"]))
    values: dict[str, Any] = {
        "w": w,
        "place": place,
        "digest": digest,
        "certain": all(answer.certain for answer in chain if answer.candidates),
        "scope": list(_scopes(chain, context)),
        "questions": tuple(_questions(place)),
        "groups": tuple(_groups([item for item in found if not item.beside], context)),
        "national": tuple(_groups(beside, context)),
        "national_count": len(beside),
        "whom": whom,
        "not_held": not_held_words(*map(context.jurisdictions.__getitem__, library.chain(place.slug))),
        "silence": _silence(place, found, chain, context, asks=bool(whom)),
    }
    return policy_page(
        context,
        "policy_for_me.html",
        values,
        path=path,
        title=title,
        description=w["description"].format(name=place.full_name),
        steps=steps,
        city=place.name,
        shows=(version for answer in chain for version in answer.texts),
        style="for-me",
        script="for-me",
    )


def _questions(place: Jurisdiction) -> Iterator[tuple[str, str, tuple[tuple[str, str], ...]]]:
    w = wording("for_me")
    for name, area, options in (
        ("role", "roles", Role),
        ("place", "places", Place),
        ("injury", "injuries", Injury),
        ("honour", "honours", HonourHeld),
    ):
        yield (
            name,
            str(w["ask"][name]),
            tuple((item.value, str(w[area][item.value]).format(name=place.name)) for item in options),
        )


def _scopes(chain: Iterable[VersionAnswer], context: SiteContext) -> Iterator[Any]:
    for answer in chain:
        place = context.jurisdictions.get(answer.jurisdiction)
        yield from scope_lines(answer.candidates, place.full_name if place else "")


def _groups(found: Iterable[Entitlement], context: SiteContext) -> Iterator[CardGroup]:
    every = list(found)
    order: list[str] = wording("for_me")["order"]
    for topic in sorted(Topic, key=lambda topic: order.index(topic) if topic in order else len(order)):
        of_topic = tuple(_card(item, context) for item in every if item.provision.topic is topic)
        if of_topic:
            yield CardGroup(title=benefit_topic_words(topic), cards=of_topic)


def benefit_topic_words(topic: Topic) -> str:
    """A topic as somebody looks for it: of 其他 what they can have is protection."""
    return str(wording("for_me")["topics"].get(topic.value) or topic_words(topic))


def _card(item: Entitlement, context: SiteContext) -> BenefitCard:
    provision = item.provision
    level = ""
    if item.beside:
        level = title_words(provision.instrument_title)
    elif item.above:
        place = context.jurisdictions.get(provision.jurisdiction)
        level = place.full_name if place is not None else provision.jurisdiction
    return BenefitCard(
        topic=benefit_topic_words(provision.topic),
        summary=provision.summary,
        mark=modality_mark(provision.modality, provision.summary),
        level=level,
        cited=cited_words(provision.article),
        path=provision.path,
        facts=tuple(_facts(item)),
        conditions=tuple(
            _line(condition, item, context) for condition in item.conditions if _tells(condition)
        ),
        places="".join(_place(item, injury) for injury in Injury),
        duty=item.benefit.duty_of_others,
        encouraged=provision.modality is Modality.ENCOURAGED,
    )


_FIGURES = digits + ascii_lowercase


def _place(item: Entitlement, injury: Injury) -> str:
    """答复的先后 of a benefit in two figures: by :func:`~generator.law.instruments.entitlement.precedence` and, after an
    injury for which the catalogue has an order of topics, by topic first; what is only encouraged, or a duty of others, comes last."""
    if item.provision.modality is Modality.ENCOURAGED or item.benefit.duty_of_others:
        return _FIGURES[-1] * 2
    order: list[str] = wording("for_me")["order_after"].get(injury.value, [])
    topic = item.provision.topic.value
    rank = order.index(topic) if topic in order else len(order)
    return _FIGURES[rank] + _FIGURES[precedence(item, injury)]


def _facts(item: Entitlement) -> Iterator[tuple[str, str]]:
    words, provision, benefit = wording("for_me")["facts"], item.provision, item.benefit
    mark = str(wording("for_me")["lines"]["list"])
    value = provision.value
    figure = figure_of(value)
    if figure is not None:
        span = span_words(value)
        key = "period" if value.amount_cny is None and span else "amount"
        yield str(words[key]), figure.words + (aside_words(span) if span else "")
    if provision.status is Status.DELEGATED:
        yield str(words["amount"]), str(words["delegated"]).format(organs=mark.join(provision.delegated_to))
    elif provision.status is not Status.STATED:
        key = "unknown" if provision.status is Status.UNKNOWN else "unstated"
        yield str(words["amount"]), str(words[key])
    if Beneficiary.DIRECT_KIN in benefit.beneficiaries:
        yield str(words["direct_kin"]), str(words["direct_kin_open"])
    if value.scale:
        yield str(words["scale"]), mark.join(map(step_words, value.scale))
    if value.items:
        yield str(words["items"]), mark.join(value.items)
    if benefit.bring:
        yield str(words["bring"]), mark.join(benefit.bring)
    if benefit.apply_to:
        yield str(words["apply_to"]), mark.join(benefit.apply_to)
    if benefit.payers:
        key = "payers" if len(benefit.payers) > 1 else "payer"
        yield str(words[key]), " → ".join(benefit.payers)
    if value.who and not set(value.who) <= {*benefit.payers, *benefit.apply_to}:
        yield str(words["who"]), mark.join(value.who)
    if provision.silent_on:
        yield str(words["silent"]), mark.join(provision.silent_on)


_LETTERS = {Holds.NO: "n", Holds.DEPENDS: "d", Holds.YES: "y"}


def _tells(condition: Condition) -> bool:
    """Whether a condition parts people at all: a text that applies to everybody here needs no line for it."""
    return condition.criterion != "scope" or set(condition.answers) != {Holds.YES}


def _line(condition: Condition, item: Entitlement, context: SiteContext) -> ConditionLine:
    w = wording("for_me")["lines"]
    if condition.criterion == "scope":
        cited = dict.fromkeys(cited_words(whole_citation(row.article)) for row in item.scope)
        words = str(w["scope" if cited else "scope_silent"]).format(articles=str(w["list"]).join(cited))
    elif condition.criterion == "matter":
        words = str(w["matter"]).format(title=item.provision.instrument_title)
    elif condition.criterion == "conditions":
        value = item.provision.value
        joint = str(w[value.joined or "many"])
        words = str(w["conditions"]).format(words=joint.join(condition.wanted))
    elif condition.criterion == "bereaved":
        spent = item.provision.topic is Topic.BENEFIT_MEDICAL
        words = str(w["bereaved_costs" if spent else "bereaved"])
    elif condition.criterion == "decision":
        encouraged = item.provision.modality is Modality.ENCOURAGED
        words = str(w["encouraged" if encouraged else "decision"])
    else:
        place = context.jurisdictions.get(item.provision.jurisdiction)
        said = condition_words(condition.criterion, item.benefit, place.full_name if place else "")
        bereaved = condition.criterion == "outcomes" and item.benefit.outcomes == (Consequence.DEATH,)
        form = str(w["outcomes_death" if bereaved else condition.criterion])
        words = form.format(words=str(w["list"]).join(said))
    return ConditionLine(
        words=words,
        question=condition.question or "",
        answers="".join(_LETTERS[answer] for answer in condition.answers),
        says_itself=condition.criterion == "conditions",
    )


def _silence(
    place: Jurisdiction,
    found: Iterable[Entitlement],
    chain: Iterable[VersionAnswer],
    context: SiteContext,
    *,
    asks: bool,
) -> tuple[Markup, ...]:
    """The benefits that no text gives in one sentence, what else may give them and, where the page ``asks``
    somebody first, that they can be asked; empty without a silence."""
    w = wording("for_me")["silence"]
    spoken = {item.provision.topic for item in found if not item.beside}
    missing = [topic for topic in Topic if topic in _BENEFITS and topic not in spoken]
    if not missing:
        return ()
    mark = str(wording("for_me")["lines"]["list"])
    cut_off = any(v.entry.text_at_hand == "cut_off" for answer in chain for v in answer.candidates)
    told = [
        whole(fill(str(w["cut_off" if cut_off else "words"]), topics=mark.join(map(topic_words, missing))))
    ]
    told += [
        whole(str(w["superior"]).format(titles=above.titles))
        for above in superiors_not_at_hand(context, place)
    ]
    if asks:
        told.append(Markup(w["ask"]))
    return tuple(told)


_BENEFITS = frozenset(
    topic
    for topic in Topic
    if topic.value.startswith("benefit_") or topic in (Topic.BONUS, Topic.COMPENSATION)
) - {Topic.BENEFIT_TAX}
