"""“我能得到什么”页 (for me): ``policies/<jurisdiction>/for-me/``.

The page holds every benefit with all of its conditions and is true as it stands. ``assets/for-me.js`` asks
who somebody is and sorts the benefits; what each condition says to each answer stands beside the condition,
worked out by :mod:`generator.law.instruments.entitlement`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from string import ascii_lowercase, digits
from typing import Any

from markupsafe import Markup

from generator.catalogue import wording
from generator.law.instruments import Provision, Version, VersionAnswer
from generator.law.instruments.article import whole_citation
from generator.law.instruments.entitlement import (
    Condition,
    Entitlement,
    Holds,
    HonourHeld,
    Injury,
    Place,
    Question,
    Role,
    Work,
    entitlements,
    precedence,
)
from generator.law.instruments.policy_words import cited_words, step_words, topic_words
from generator.pages.page import Page
from generator.pages.policy.asked_first import asked_away, asked_first
from generator.pages.policy.organ_names import listed_with_chinese
from generator.pages.policy.policy_benefit import (
    called_in_the_text,
    condition_words,
    modality_mark,
    scope_lines,
)
from generator.pages.policy.policy_head import not_held_words, superiors_not_at_hand
from generator.pages.policy.policy_page import policy_page
from generator.pages.policy.policy_values import aside_words, figure_of, span_words, title_words
from generator.pages.policy.policy_views import NATION
from generator.pages.templating import fill, whole
from generator.public.context import SiteContext
from generator.source.model.instant import SHANGHAI
from generator.source.model.instrument import Benefit, HoldsFor
from generator.source.model.jurisdiction import Jurisdiction
from generator.source.model.law_words import (
    Beneficiary,
    Comparison,
    Consequence,
    Event,
    Modality,
    Paid,
    Standing,
    Status,
    Topic,
)


def for_me_path(jurisdiction: str) -> str:
    """Address from the root: ``policies/wuhan/for-me/``."""
    return f"policies/{jurisdiction}/for-me/"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionLine:
    """一个条件 in words, with what it says to each answer: ``ynds`` (yes, no, depends, silent) in their order."""

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
    under: str
    """Heading of the law on another matter that it is told under; empty where it goes by its topic."""
    rank: int
    """The place of that law among them; 0 without."""
    serviceman: bool
    """Whether that law is for soldiers: theirs stands first for one who serves."""
    soldiers_alone: bool
    """Whether besides no text of the place goes by it after what this is given for: others find it folded."""
    places: str
    """答复的先后, two figures in base 36 for each injury (:func:`place_after`)."""
    duty: bool
    """别人应当做的: told beneath what somebody is given."""
    in_brief: bool
    """要点: told in words on the printed sheet too, where the nation's other rules are but their articles."""
    encouraged: bool
    """鼓励: somebody is asked to do it, nobody has to; told after what is due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """一句要点: its figure, where it has one, what it says and where. ``whose``: the place whose text it is; empty for
    the nation's, of which the heading tells the law."""

    whose: str
    paid: str
    """怎样发 in a word; empty where the sentence says it, or nothing is paid to the bereaved."""
    figure: str
    summary: str
    silent_on: tuple[str, ...]
    cited: str
    path: str
    question: str = field(default="", compare=False)
    answers: str = field(default="", compare=False)
    """To each answer of the question: a child reads of the children's 定期抚恤金 alone where others are given it too, and
    whoever had no employer of nothing that is for employees."""
    once: bool = False
    """Whether it is paid once: the sum that the bereaved are told first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """一种情形, on which hangs what the bereaved are given: who comes under it, by which law, and what that gives."""

    who: str
    law: str
    path: str
    serviceman: bool
    civilian: bool
    employed: bool
    """Whether it can hold for employees alone."""
    soldiers_alone: bool
    """Whether it is the law for soldiers, and no text of the place goes by it."""
    limits: tuple[Sentence, ...]
    """期限过了就不能申请的, told before what there is to get."""
    main: tuple[Sentence, ...]
    """The one sum or sentence that stands unfolded; empty without any."""
    said: tuple[Sentence, ...]
    applied: tuple[Sentence, ...]
    """Where the texts of the place itself say that they go by that law."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardGroup:
    """一组待遇 of one topic."""

    title: str
    cards: tuple[BenefitCard, ...]


def for_me_words(place: Jurisdiction) -> Mapping[str, Any]:
    """The wording of a place's page. What the nation's laws give hangs on no confirmation, and no text of a place says more."""
    words = wording("for_me")
    return {**words, **words["of_nation"]} if place.level == NATION else words


def render_for_me(place: Jurisdiction, context: SiteContext) -> Page:
    """``policies/<jurisdiction>/for-me/``."""
    w, nation = for_me_words(place), place.level == NATION
    path = for_me_path(place.slug)
    on = context.as_of.astimezone(SHANGHAI).date()
    library = context.library
    found = entitlements(library, place.slug, on)
    beside = [item for item in found if item.beside]
    chain = [library.version_on(source, on) for source in library.chain(place.slug)]
    whom = asked_first(place, context)
    ways = tuple(_ways(beside, chain, context))
    applied = dict.fromkeys(said for way in ways for said in way.applied)
    own_main, own_rest = _main_first(said for said in _own_after_death(found, context) if said not in applied)
    title = w["title"].format(name=place.full_name)
    versions = tuple(version for answer in chain for version in answer.candidates)
    groups = _national_groups(beside, versions, context, nation=nation)
    digest = f"policies/{place.slug}/"
    steps = (("policies/", wording("policies")["section"]), (digest, place.name), (path, w["crumb"]))
    values: dict[str, Any] = {
        "w": w,
        "place": place,
        "nation": nation,
        "digest": digest,
        "doubtful": tuple(_doubtful(chain, context)),
        "scope": list(_scopes(chain, context)),
        "soldiers": "" if nation else _soldiers(place, chain),
        "questions": tuple(_questions(place, chain[0])),
        "whence": "".join(_whence(place, chain[0])),
        "groups": tuple(groups if nation else _groups([item for item in found if not item.beside], context)),
        "national": () if nation else tuple(groups),
        "ways": ways,
        "limits": tuple(_limits(beside, context)),
        "graded": tuple(_graded(beside, context)),
        "to_confirm": () if nation else tuple(_to_confirm(place, context, on)),
        "own_main": own_main,
        "own_rest": own_rest,
        "told_above": bool(applied),
        "national_count": len(beside),
        "whom": whom,
        "away": asked_away(place, context),
        "at_home": tuple(_at_home(found)),
        "unsaid": tuple(said for said in applied if said.silent_on),
        "not_held": not_held_words(*map(context.jurisdictions.__getitem__, library.chain(place.slug))),
        "foreigners": tuple(_foreigners(chain)),
        "foreigners_unsaid": not nation and not any(_foreigners(chain, beside=False)),
        "missing": "".join(_missing(place, context)),
        "silence": () if nation else _silence(place, found, chain, context, asks=bool(whom)),
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
        cite_folded=True,
        style="for-me",
        script="for-me",
    )


def place_options(place: Jurisdiction, own: VersionAnswer) -> tuple[tuple[str, str], ...]:
    """哪里人、在哪里, each with the words of the place's ``own`` text: 户籍 is not 居住, and 本市居民 may be either. The nation's
    laws part nobody but soldiers."""
    w = for_me_words(place)
    if place.level == NATION:
        return tuple(w["places"].items())
    found = {who: {words for words, _ in _called(place, own, who) if words} for who in ("local", "elsewhere")}
    local, elsewhere = (
        words.pop().removesuffix(str(w["called"]["shortened"])) if len(words) == 1 else ""
        for words in found.values()
    )
    people = {
        "local": local or str(w["called"]["local"]).format(name=place.name),
        "elsewhere": elsewhere or str(w["called"]["others" if local else "elsewhere"]).format(local=local),
    }
    return tuple(
        (item.value, str(w["places"][item.value]).format(name=place.name, **people)) for item in Place
    )


def _called(place: Jurisdiction, own: VersionAnswer, who: str) -> Iterator[tuple[str, Provision]]:
    for version in own.candidates:
        for provision in version.by_topic.get(Topic.SCOPE, ()):
            for reach in provision.reach:
                if reach.who == who:
                    yield called_in_the_text(provision, reach, place.full_name), provision


def _whence(place: Jurisdiction, own: VersionAnswer) -> Iterator[str]:
    """Where the words for the people of a place stand, and what they leave open, each once."""
    w = wording("for_me")["called"]
    mark = str(wording("common")["marks"]["list"])
    told: dict[str, Provision] = {}
    for words, provision in _called(place, own, "local"):
        if words and not (words in told and told[words].silent_on):
            told[words] = provision
    for words, provision in told.items():
        unsaid = str(w["unsaid"]).format(silent=mark.join(provision.silent_on)) if provision.silent_on else ""
        yield str(w["whence"]).format(words=words, cited=cited_words(provision.article), unsaid=unsaid)


def _soldiers(place: Jurisdiction, chain: Iterable[VersionAnswer]) -> str:
    """That no text of the place or above it has a word on soldiers; empty where one has."""
    every = [
        reach.who
        for answer in chain
        for version in answer.candidates
        for provision in version.by_topic.get(Topic.SCOPE, ())
        for reach in provision.reach
    ]
    return "" if "serviceman" in every else str(wording("for_me")["soldiers"]).format(place=place.full_name)


def _foreigners(chain: Iterable[VersionAnswer], *, beside: bool = True) -> Iterator[Sentence]:
    """Where texts speak of 外国人、无国籍人; without ``beside``, those on 见义勇为 alone."""
    for answer in chain:
        for version in answer.texts if beside else answer.candidates:
            for provision in version.by_topic.get(Topic.SCOPE, ()):
                if any(reach.who == "foreigner" for reach in provision.reach):
                    yield _sentence(provision, title_words(provision.instrument_title))


def _questions(
    place: Jurisdiction, own: VersionAnswer
) -> Iterator[tuple[str, str, tuple[str, ...], tuple[tuple[str, str], ...]]]:
    """Each question with all its answers, in the order of :attr:`Condition.answers`, and those that can be chosen. No law
    of the nation hangs on an honour."""
    w = for_me_words(place)
    for name, area, options in (
        ("role", "roles", Role),
        ("place", "places", Place),
        ("work", "works", Work),
        ("injury", "injuries", Injury),
        *(() if place.level == NATION else (("honour", "honours", HonourHeld),)),
    ):
        words = (
            place_options(place, own)
            if name == "place"
            else tuple((item.value, str(w[area][item.value])) for item in options)
        )
        label = str(w["ask_place"] if name == "place" else w["ask"][name])
        yield name, label, tuple(item.value for item in options), words


def _doubtful(chain: Iterable[VersionAnswer], context: SiteContext) -> Iterator[tuple[str, str]]:
    """The places of which it is not certain which version applies, each with its digest, which says why: a city's own
    text may be certain where its province's is not."""
    for answer in chain:
        if answer.candidates and not answer.certain:
            yield context.jurisdictions[answer.jurisdiction].full_name, f"policies/{answer.jurisdiction}/"


def _scopes(chain: Iterable[VersionAnswer], context: SiteContext) -> Iterator[Any]:
    for answer in chain:
        place = context.jurisdictions.get(answer.jurisdiction)
        yield from scope_lines(answer.candidates, place.full_name if place else "")


def _groups(found: Iterable[Entitlement], context: SiteContext) -> Iterator[CardGroup]:
    every = list(found)
    order: list[str] = wording("for_me")["order"]
    for topic in sorted(Topic, key=lambda topic: order.index(topic) if topic in order else len(order)):
        of_topic = tuple(
            _card(item, context) for item in sorted(every, key=_need) if item.provision.topic is topic
        )
        if of_topic:
            yield CardGroup(title=benefit_topic_words(topic), cards=of_topic)


def holds_for_whom(provision: Provision, context: SiteContext) -> HoldsFor | None:
    """Whom the law of a provision holds for, where it is for some people alone."""
    return context.library.instrument(provision.jurisdiction, provision.instrument).entry.holds_for


def _national_groups(
    beside: Iterable[Entitlement], versions: Iterable[Version], context: SiteContext, *, nation: bool
) -> Iterator[CardGroup]:
    """The laws on other matters: those that hold for some people by who these are, the others by topic. Of the ``nation``
    whole nobody knows which text of a place goes by them."""
    gone_by = _gone_by(versions)
    everybody: list[Entitlement] = []
    under: dict[tuple[int, str], list[BenefitCard]] = {}
    for item in sorted(beside, key=_need):
        card = _card(item, context)
        if card.under:
            after = gone_by.get(item.provision.instrument_title, set())
            others = nation or bool(after.intersection(item.benefit.outcomes or after))
            card = replace(card, soldiers_alone=card.serviceman and not others)
            under.setdefault((card.rank, card.under), []).append(card)
        else:
            everybody.append(item)
    for (_, title), cards in sorted(under.items()):
        yield CardGroup(title=title, cards=tuple(cards))
    yield from _groups(everybody, context)


def _gone_by(versions: Iterable[Version]) -> dict[str, set[Consequence]]:
    """依别的法律办的: title of a law → after what the texts of a place go by it."""
    found: dict[str, set[Consequence]] = {}
    for version in versions:
        for row in version.provisions:
            for title in row.benefit.told_under if row.benefit is not None else ():
                found.setdefault(title, set()).update(row.benefit.outcomes if row.benefit else ())
    return found


def _ways(
    beside: Iterable[Entitlement], chain: Iterable[VersionAnswer], context: SiteContext
) -> Iterator[Way]:
    """The laws that hold for some people, with the sentences that the bereaved read first."""
    versions = [version for answer in chain for version in answer.candidates]
    found: dict[tuple[int, str], list[Entitlement]] = {}
    for item in beside:
        holds_for = holds_for_whom(item.provision, context)
        if holds_for is not None and (
            item.benefit.in_brief or (_runs_out(item) and _after_death(item.benefit))
        ):
            found.setdefault((holds_for.order, holds_for.words), []).append(item)
    for (_, who), every in sorted(found.items(), key=lambda one: one[0]):
        items = [item for item in every if not _runs_out(item)]
        law = every[0].provision
        holds_for = holds_for_whom(law, context)
        assert holds_for is not None
        applied = tuple(_applied(law.instrument_title, versions, context))
        given = Counter(item.provision.value.items for item in items)
        main, rest = _main_first(
            _said_to_each(item, "role")
            if given[item.provision.value.items or ("",)] > 1
            else _said_to_whom_it_is_for(item)
            for item in sorted(items, key=_need)
        )
        yield Way(
            who=who,
            law=title_words(law.instrument_title),
            path=context.library.instrument(law.jurisdiction, law.instrument).path,
            serviceman=holds_for.serviceman,
            civilian=holds_for.civilian,
            employed=holds_for.standing is Standing.EMPLOYED,
            soldiers_alone=holds_for.serviceman and bool(versions) and not applied,
            limits=tuple(_sentence(item.provision) for item in every if _runs_out(item)),
            main=main,
            said=rest,
            applied=applied,
        )


def _limits(beside: Iterable[Entitlement], context: SiteContext) -> Iterator[tuple[str, Sentence, bool]]:
    """期限过了就不能申请的 after an injury, in the laws that hold for some people, with the points of these laws that say
    whether they hold: (whom the law is for and which it is, sentence, whether for employees alone)."""
    for item in beside:
        holds_for = holds_for_whom(item.provision, context)
        if (
            holds_for is not None
            and Consequence.INJURED in item.benefit.outcomes
            and (_runs_out(item) or item.benefit.in_brief)
        ):
            employed = holds_for.standing is Standing.EMPLOYED
            yield _under(holds_for, item.provision), _sentence(item.provision), employed


def _main_first(sentences: Iterable[Sentence]) -> tuple[tuple[Sentence, ...], tuple[Sentence, ...]]:
    """The one that stands unfolded, which is what is paid once, else the first of all; and the rest in their order."""
    every = tuple(sentences)
    main = tuple(sorted(every, key=lambda said: not said.once))[:1]
    return main, tuple(said for said in every if said not in main)


def _to_confirm(place: Jurisdiction, context: SiteContext, on: date) -> Iterator[Sentence]:
    """多久之内申请确认: without it none of what the texts on 见义勇为 give can be had."""
    for provision in context.library.provision(
        place.slug, Topic.APPLICATION_DEADLINE, on
    ).effective.provisions:
        if _has_time_from_act(provision):
            yield _sentence(provision, str(wording("for_me")["decides"]["to_confirm"]))


def _runs_out(item: Entitlement) -> bool:
    """Whether it sets a time from the act in which to apply."""
    return _has_time_from_act(item.provision)


def _has_time_from_act(provision: Provision) -> bool:
    value = provision.value
    return (
        value.from_ is Event.ACT
        and value.comparison is Comparison.WITHIN
        and provision.status is Status.STATED
    )


def _graded(beside: Iterable[Entitlement], context: SiteContext) -> Iterator[tuple[str, Sentence]]:
    """评残: what the law for soldiers says of a disability and its pension, told as :func:`_limits` are, instead of them."""
    for item in beside:
        holds_for = holds_for_whom(item.provision, context)
        pension = item.provision.topic is Topic.BENEFIT_PENSION
        if (
            holds_for is not None
            and holds_for.serviceman
            and pension
            and Consequence.DISABLED in item.benefit.outcomes
        ):
            yield _under(holds_for, item.provision), _sentence(item.provision)


def _said_to_each(item: Entitlement, question: Question) -> Sentence:
    """The sentence with what the item is to each answer of a question, where it hangs on that."""
    answers = next((one.answers for one in item.conditions if one.question == question), None)
    said = _sentence(item.provision)
    return said if answers is None else replace(said, question=question, answers=_letters(answers))


def _said_to_whom_it_is_for(item: Entitlement) -> Sentence:
    """The sentence, kept from whoever had no employer where it is for employees, and the other way round."""
    by_work = item.benefit.standing in (Standing.EMPLOYED, Standing.NOT_EMPLOYED)
    return _said_to_each(item, "work") if by_work else _sentence(item.provision)


def _at_home(found: Iterable[Entitlement]) -> Iterator[Sentence]:
    """What the texts on 见义勇为 leave to the organ where somebody is registered, and is not refused for an act elsewhere."""
    mark = str(wording("for_me")["at_home"])
    away: dict[Question, str] = {"place": Place.AWAY.value}
    for item in found:
        organs = (*item.benefit.apply_to, *item.benefit.payers, *item.provision.value.who)
        refused = any(one.to(away) is Holds.NO for one in item.conditions if one.question == "place")
        if not item.beside and not refused and any(mark in organ for organ in organs):
            yield _said_to_each(item, "injury")


def _applied(title: str, versions: Iterable[Version], context: SiteContext) -> Iterator[Sentence]:
    """What the texts of a place give after a death to the people of a law, as the law data say."""
    for version in versions:
        yield from (
            _sentence(item, context.jurisdictions[item.jurisdiction].name)
            for item in sorted(version.provisions, key=_need_of)
            if item.benefit is not None and _after_death(item.benefit) and title in item.benefit.told_under
        )


def _after_death(benefit: Benefit | None) -> bool:
    return benefit is not None and Consequence.DEATH in benefit.outcomes


def _own_after_death(found: Iterable[Entitlement], context: SiteContext) -> Iterator[Sentence]:
    """The pensions after a death in the texts on 见义勇为 themselves, and what the law data say belongs beside them."""
    for item in sorted(found, key=_need):
        told = item.provision.topic is Topic.BENEFIT_PENSION or item.benefit.in_brief
        if told and not item.beside and _after_death(item.benefit):
            said = _said_to_whom_it_is_for(item)
            yield replace(said, whose=context.jurisdictions[item.provision.jurisdiction].name)


def _need(item: Entitlement) -> int:
    return _need_of(item.provision)


def _need_of(provision: Provision) -> int:
    """先后 of what the bereaved need: what comes first stands before any money, then the funeral, what is paid once, and
    what is paid monthly."""
    paid = provision.benefit.paid if provision.benefit is not None else None
    return 0 if paid is None else 1 + list(Paid).index(paid)


def _unless_said(word: str, summary: str) -> str:
    return "" if word in summary else word


def _sentence(provision: Provision, whose: str = "") -> Sentence:
    figure = figure_of(provision.value)
    paid = provision.benefit.paid if provision.benefit is not None else None
    return Sentence(
        whose=whose,
        paid="" if paid is None else _unless_said(wording("policy")["paid"][paid.value], provision.summary),
        figure=figure.words if figure is not None else "",
        summary=provision.summary,
        silent_on=provision.silent_on,
        cited=cited_words(provision.article),
        path=provision.path,
        once=paid is Paid.ONCE,
    )


def benefit_topic_words(topic: Topic) -> str:
    """A topic as somebody looks for it: of 其他 what they can have is protection."""
    return str(wording("for_me")["topics"].get(topic.value) or topic_words(topic))


def _card(item: Entitlement, context: SiteContext) -> BenefitCard:
    provision = item.provision
    holds_for = holds_for_whom(provision, context)
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
        under="" if holds_for is None else _under(holds_for, provision),
        rank=0 if holds_for is None else holds_for.order,
        serviceman=holds_for is not None and holds_for.serviceman,
        soldiers_alone=False,
        places="".join(place_after(item, injury) for injury in Injury),
        duty=item.benefit.duty_of_others,
        in_brief=item.benefit.in_brief,
        encouraged=provision.modality is Modality.ENCOURAGED,
    )


def _under(holds_for: HoldsFor, provision: Provision) -> str:
    """Whom a law is for, and which it is: 评定为烈士的：《烈士褒扬条例》."""
    form = str(wording("for_me")["national_of"])
    return form.format(who=holds_for.words, title=title_words(provision.instrument_title))


_FIGURES = digits + ascii_lowercase


def place_after(item: Entitlement, injury: Injury) -> str:
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
        yield str(words["apply_to"]), listed_with_chinese(benefit.apply_to, mark)
    if benefit.payers:
        key = "payers" if len(benefit.payers) > 1 else "payer"
        yield str(words[key]), listed_with_chinese(benefit.payers, " → ")
    if value.who and not set(value.who) <= {*benefit.payers, *benefit.apply_to}:
        yield str(words["who"]), listed_with_chinese(value.who, mark)
    if provision.silent_on:
        yield str(words["silent"]), mark.join(provision.silent_on)


_LETTERS = {Holds.NO: "n", Holds.SILENT: "s", Holds.DEPENDS: "d", Holds.YES: "y"}


def _letters(answers: Iterable[Holds]) -> str:
    return "".join(_LETTERS[answer] for answer in answers)


def _tells(condition: Condition) -> bool:
    """Whether a condition parts people at all: a text that applies to everybody here needs no line for it."""
    return condition.criterion != "scope" or set(condition.answers) != {Holds.YES}


def _line(condition: Condition, item: Entitlement, context: SiteContext) -> ConditionLine:
    w = wording("for_me")["lines"]
    if condition.criterion == "scope":
        cited = dict.fromkeys(cited_words(whole_citation(row.article)) for row in item.scope)
        words = str(w["scope" if cited else "scope_silent"]).format(articles=str(w["list"]).join(cited))
    elif condition.criterion == "matter":
        holds_for = holds_for_whom(item.provision, context)
        form = str(w["matter" if holds_for is None else "matter_for"])
        who = "" if holds_for is None else holds_for.words
        words = form.format(title=item.provision.instrument_title, who=who)
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
        answers=_letters(condition.answers),
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
    """The benefits that no text gives in one sentence and, where the page ``asks`` somebody first, that they can be
    asked; empty without a silence."""
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
    if asks:
        told.append(Markup(w["ask"]))
    return tuple(told)


def _missing(place: Jurisdiction, context: SiteContext) -> Iterator[str]:
    """上位规定 that the texts of a place name and this site does not hold, each in a sentence."""
    form = str(wording("for_me")["silence"]["superior"])
    return (form.format(titles=above.titles) for above in superiors_not_at_hand(context, place))


_BENEFITS = frozenset(
    topic
    for topic in Topic
    if topic.value.startswith("benefit_") or topic in (Topic.BONUS, Topic.COMPENSATION)
) - {Topic.BENEFIT_TAX}
