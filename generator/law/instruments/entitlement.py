"""我能得到什么 (entitlements): a situation → each benefit, whether it is that person's, and why not.

Each condition of a benefit hangs on one or two answers of the situation and is judged alone
(:class:`Condition`): yes, no, it depends, or the text does not say. A benefit is somebody's if every condition says
yes, and is not if one says no. A page can therefore hold the answers of each condition and put them together itself, and
says the same as :func:`decide`.

Nothing is guessed: what the text leaves to a rating, a title's name or a further condition depends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from functools import lru_cache
from itertools import product
from typing import Literal

from generator.law.instruments.library import PolicyLibrary
from generator.law.instruments.provisions import Provision, Version
from generator.law.instruments.versions import TEXTS_KEPT
from generator.source.model.instrument import Benefit, HoldsFor, HonourNeeded, Reach, Value
from generator.source.model.law_words import (
    AwardKind,
    Beneficiary,
    Consequence,
    Modality,
    Part,
    Residence,
    Standing,
    Topic,
)


class Role(StrEnum):
    """您是谁. The kin are those of 民法典 第一千零四十五条."""

    PERSON = "person"
    """见义勇为人员本人."""
    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    OTHER_KIN = "other_kin"
    """兄弟姐妹、祖父母、外祖父母、孙子女、外孙子女."""


class Place(StrEnum):
    """哪里人、在哪里, seen from the place whose page it is."""

    LOCAL = "local"
    """本地人在本地."""
    OUTSIDER = "outsider"
    """外地人在本地."""
    AWAY = "away"
    """本地人在外地."""
    SERVICEMAN = "serviceman"
    """现役军人在本地."""


class Injury(StrEnum):
    """发生了什么."""

    NONE = "none"
    """没有受伤."""
    INJURED = "injured"
    """负伤, its degree not yet known."""
    MINOR = "minor_injury"
    SEVERE = "severe_injury"
    DISABLED = "disabled"
    DEATH = "death"


class Work(StrEnum):
    """有没有工作单位."""

    EMPLOYED = "employed"
    NOT_EMPLOYED = "not_employed"


class HonourHeld(StrEnum):
    """得到的荣誉, 由政府授予的: kind and level."""

    NONE = "none"
    """只有确认."""
    BONUS = "bonus"
    COUNTY_COMMENDATION = "county_commendation"
    CITY_COMMENDATION = "city_commendation"
    PROVINCE_COMMENDATION = "province_commendation"
    COUNTY_MERIT = "county_merit"
    CITY_MERIT = "city_merit"
    PROVINCE_MERIT = "province_merit"
    COUNTY_TITLE = "county_title"
    CITY_TITLE = "city_title"
    PROVINCE_TITLE = "province_title"


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """一种情形. Raises ``ValueError`` for a person who died and asks."""

    role: Role
    place: Place = Place.LOCAL
    injury: Injury = Injury.NONE
    hardship: bool = False
    honour: HonourHeld = HonourHeld.NONE
    work: Work | None = None
    """None: not said, and so whatever hangs on it depends."""

    def __post_init__(self) -> None:
        if self.role is Role.PERSON and self.injury is Injury.DEATH:
            raise ValueError("whoever died asks through their kin")


class Holds(IntEnum):
    """一个条件的答案. The least of several conditions is the verdict."""

    NO = 0
    SILENT = 1
    """The text does not say: it is not refused, and nobody can be told that it is theirs."""
    DEPENDS = 2
    YES = 3


class Entitled(StrEnum):
    """结论."""

    YOURS = "yours"
    DEPENDS = "depends"
    NOT_STATED = "not_stated"
    NOT_YOURS = "not_yours"


_OF = {
    Holds.NO: Entitled.NOT_YOURS,
    Holds.SILENT: Entitled.NOT_STATED,
    Holds.DEPENDS: Entitled.DEPENDS,
    Holds.YES: Entitled.YOURS,
}
Criterion = Literal[
    "scope",
    "matter",
    "beneficiaries",
    "bereaved",
    "outcomes",
    "residence",
    "standing",
    "honours",
    "decision",
    "conditions",
]
"""``matter``: the text is on another matter and asks for what it calls a martyr, a serviceman, an employee.
``standing``: it is for employees, for people without an employer or for soldiers alone.
``bereaved``: money of somebody who died, of which the text does not say who of their kin gets it.
``decision``: others decide whether to give it."""
Question = Literal["role", "place", "work", "injury", "honour"]
QUESTIONS: dict[Question, tuple[str, ...]] = {
    "role": tuple(f"{role}.{fate}" for role in Role for fate in ("alive", "dead")),
    "place": tuple(Place),
    "work": tuple(Work),
    "injury": tuple(f"{injury}.{means}" for injury in Injury for means in ("well", "hardship")),
    "honour": tuple(HonourHeld),
}
"""Every answer to each question, in the order of :attr:`Condition.answers`."""


def answers_given(situation: Situation) -> dict[Question, str]:
    """The situation as one answer a question that was answered."""
    given: dict[Question, str] = {
        "role": f"{situation.role}.{'dead' if situation.injury is Injury.DEATH else 'alive'}",
        "place": situation.place.value,
        "injury": f"{situation.injury}.{'hardship' if situation.hardship else 'well'}",
        "honour": situation.honour.value,
    }
    return given if situation.work is None else {**given, "work": situation.work.value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """一个条件: what it says to each answer of the one question it hangs on. ``question`` None: to all alike."""

    criterion: Criterion
    question: Question | None
    answers: tuple[Holds, ...]
    wanted: tuple[str, ...] = ()
    """Of ``conditions``: which of those of the text, as they go together there."""

    def to(self, given: dict[Question, str]) -> Holds:
        """What it says of a situation."""
        if self.question is None:
            return self.answers[0]
        if self.question not in given:
            return _together(self.answers)
        return self.answers[QUESTIONS[self.question].index(given[self.question])]


@dataclass(frozen=True, kw_only=True)
class Entitlement:
    """一项待遇 with all that it hangs on. ``above``: it stands in a text above the place that is asked."""

    provision: Provision
    benefit: Benefit
    above: bool
    beside: bool
    """Whether its text is on another matter (烈士褒扬条例, 工伤保险条例)."""
    scope: tuple[Provision, ...]
    """Where its text says to whom it applies; empty if nowhere."""
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """一项待遇的结论, with the conditions that keep it from being simply theirs, those alone that decide."""

    entitlement: Entitlement
    verdict: Entitled
    because: tuple[Criterion, ...]


def decide(entitlement: Entitlement, situation: Situation) -> Finding:
    """Whether a benefit is somebody's, and why not."""
    given = answers_given(situation)
    said = [(condition.criterion, condition.to(given)) for condition in entitlement.conditions]
    least = min((answer for _, answer in said), default=Holds.YES)
    because = tuple(key for key, answer in said if answer is least and least is not Holds.YES)
    return Finding(entitlement=entitlement, verdict=_OF[least], because=because)


def precedence(entitlement: Entitlement, injury: Injury) -> int:
    """答复的先后 of what somebody of this ``injury`` is told, the least first, below 36.

    What the law data say serves the injury first comes before what serves nobody before others, and that before what
    serves others first; of each the one whose text names fewer injuries. What is only encouraged, or a duty of others,
    comes last.
    """
    if entitlement.provision.modality is Modality.ENCOURAGED or entitlement.benefit.duty_of_others:
        return 35
    first = entitlement.benefit.serves_first
    hurt = {Consequence(injury.value)} if injury is not Injury.NONE else set()
    if injury in (Injury.MINOR, Injury.SEVERE):
        hurt.add(Consequence.INJURED)
    place = 0 if hurt & set(first) else 2 if first else 1
    named = next((c.answers for c in entitlement.conditions if c.criterion == "outcomes"), ())
    number = list(Injury).index(injury)
    own = Holds.YES in named[2 * number : 2 * number + 2]
    others = sum(Holds.YES in named[at : at + 2] for at in range(0, len(named), 2))
    return place * 8 + (others if own else 7)


def is_after_death(entitlement: Entitlement) -> bool:
    """给牺牲者家属的: whether a death is what opens a benefit, and some of the kin are given it."""
    dead = 2 * list(Injury).index(Injury.DEATH)
    for_kin, opened = False, bool(_LOST.intersection(entitlement.benefit.beneficiaries))
    for condition in entitlement.conditions:
        if condition.criterion == "beneficiaries":
            for_kin = any(condition.answers[QUESTIONS["role"].index(f"{role}.dead")] for role in _EVERY_KIN)
        opened |= condition.question == "injury" and condition.answers[dead] is Holds.YES
    return for_kin and opened


def situations() -> Iterator[Situation]:
    """Every situation there is."""
    for role, place, injury, hardship, honour, work in product(
        Role, Place, Injury, (False, True), HonourHeld, (None, *Work)
    ):
        if role is not Role.PERSON or injury is not Injury.DEATH:
            yield Situation(
                role=role, place=place, injury=injury, hardship=hardship, honour=honour, work=work
            )


def entitlements(library: PolicyLibrary, jurisdiction: str, on: date) -> tuple[Entitlement, ...]:
    """每一项待遇 that may hold in a place on a day: its own text's, then those of the texts above."""
    return tuple(
        item
        for source in library.chain(jurisdiction)
        for item in entitlements_of(library, source, on, above=source != jurisdiction)
    )


def entitlements_of(
    library: PolicyLibrary, jurisdiction: str, on: date, *, above: bool
) -> tuple[Entitlement, ...]:
    """每一项待遇 of one place's own texts, as they are seen there or, with ``above``, from a place below."""
    since = max((day for day in library.turning_days(jurisdiction) if day <= on), default=date.min)
    return _entitlements_since(library, jurisdiction, since, above=above)


@lru_cache(maxsize=TEXTS_KEPT)
def _entitlements_since(
    library: PolicyLibrary, jurisdiction: str, since: date, *, above: bool
) -> tuple[Entitlement, ...]:
    """The same for all days on which the texts are those of ``since``: those of a province stand in each city."""
    chosen = library.version_on(jurisdiction, since)
    return tuple(
        item
        for version in chosen.texts
        for item in _of_version(
            version,
            library.instrument(version.jurisdiction, version.instrument).entry.holds_for,
            above=above,
            beside=version in chosen.beside,
        )
    )


def _of_version(
    version: Version, holds_for: HoldsFor | None, *, above: bool, beside: bool
) -> Iterator[Entitlement]:
    granted = _granted(version)
    matter = tuple(_matter(holds_for)) if beside else ()
    for provision in version.provisions:
        benefit = _benefit_of(provision, granted)
        if benefit is None or set(benefit.beneficiaries) == {Beneficiary.DONOR}:
            continue
        yield Entitlement(
            provision=provision,
            benefit=benefit,
            above=above,
            beside=beside,
            scope=tuple(row for row in version.by_topic.get(Topic.SCOPE, ()) if row.reach),
            conditions=(
                *matter,
                *_conditions(provision, benefit, version, above=above, beside=beside),
            ),
        )


def _matter(holds_for: HoldsFor | None) -> Iterator[Condition]:
    """别的法律 has conditions of its own; a soldier is told of one that holds for no soldier that it is not theirs, and
    whoever has no employer of one that holds for employees."""
    if holds_for is None or not holds_for.civilian:
        yield Condition(criterion="matter", question=None, answers=(Holds.DEPENDS,))
    else:
        answers = tuple(Holds.NO if place is Place.SERVICEMAN else Holds.DEPENDS for place in Place)
        yield Condition(criterion="matter", question="place", answers=answers)
    if holds_for is not None and holds_for.standing is not None:
        yield _standing(holds_for.standing)


def _standing(wanted: Standing) -> Condition:
    """身份: soldiers are asked for where it is asked where somebody is from."""
    if wanted is Standing.SERVICEMAN:
        serves = tuple(Holds.YES if place is Place.SERVICEMAN else Holds.NO for place in Place)
        return Condition(criterion="standing", question="place", answers=serves)
    works = tuple(Holds.YES if work.value == wanted.value else Holds.NO for work in Work)
    return Condition(criterion="standing", question="work", answers=works)


def _benefit_of(provision: Provision, granted: Mapping[str, _Level]) -> Benefit | None:
    """The benefit of a row, with the level of each title it asks for; a bonus is a benefit too, and its figures
    say for which honour."""
    benefit = provision.benefit
    if benefit is None and provision.topic is Topic.BONUS:
        benefit = _bonus(provision)
    if benefit is None or not benefit.honours:
        return benefit
    return benefit.model_copy(
        update={"honours": tuple(_with_level(needed, granted) for needed in benefit.honours)}
    )


def _bonus(provision: Provision) -> Benefit:
    value = provision.value
    kinds = tuple(kind for kind in value.award_kinds if kind not in (AwardKind.BONUS, AwardKind.OTHER))
    levels = sorted({_LEVEL_OF[grantor] for grantor in value.grantors if grantor in _LEVEL_OF})
    return Benefit(
        beneficiaries=(Beneficiary.PERSON,),
        honours=tuple(
            HonourNeeded(kinds=kinds, titles=value.titles, level=level) for level in levels or (None,)
        )
        if kinds
        else (),
        part=Part.REWARD,
    )


def _granted(version: Version) -> dict[str, _Level]:
    """Title → the level of government that grants it, where the text names one."""
    found: dict[str, set[_Level]] = {}
    for provision in version.provisions:
        for title in provision.value.titles:
            found.setdefault(title, set()).update(
                _LEVEL_OF[grantor] for grantor in provision.value.grantors if grantor in _LEVEL_OF
            )
    return {title: levels.pop() for title, levels in found.items() if len(levels) == 1}


def _with_level(needed: HonourNeeded, granted: Mapping[str, _Level]) -> HonourNeeded:
    levels = {granted.get(title) for title in needed.titles}
    if needed.level is not None or len(levels) != 1:
        return needed
    return needed.model_copy(update={"level": levels.pop()})


_Level = Literal["province", "city", "county"]
_LEVEL_OF: dict[str, _Level] = {
    "province_government": "province",
    "city_government": "city",
    "county_government": "county",
}


def _conditions(
    provision: Provision, benefit: Benefit, version: Version, *, above: bool, beside: bool
) -> Iterator[Condition]:
    if not beside:
        places = tuple(_scope(version, benefit.part, place, above=above) for place in Place)
        yield Condition(criterion="scope", question="place", answers=places)
    passes = _passes(provision, benefit)
    yield Condition(
        criterion="beneficiaries",
        question="role",
        answers=tuple(
            _role(benefit.beneficiaries, role, dead=dead, passes=passes)
            for role in Role
            for dead in (False, True)
        ),
    )
    if passes and not (beside and provision.topic is Topic.COMPENSATION):
        kin = tuple(
            Holds.DEPENDS if dead and role is not Role.PERSON else Holds.YES
            for role in Role
            for dead in (False, True)
        )
        yield Condition(criterion="bereaved", question="role", answers=kin)
    if benefit.outcomes:
        hurt = tuple(
            max(_outcome(wanted, injury, hardship=hardship) for wanted in benefit.outcomes)
            for injury in Injury
            for hardship in (False, True)
        )
        yield Condition(criterion="outcomes", question="injury", answers=hurt)
    if benefit.residence:
        lives = tuple(_residence(benefit.residence, place, above=above) for place in Place)
        yield Condition(criterion="residence", question="place", answers=lives)
    if benefit.standing is not None:
        yield _standing(benefit.standing)
    if benefit.honours:
        held = tuple(max(_honour(needed, item) for needed in benefit.honours) for item in HonourHeld)
        yield Condition(criterion="honours", question="honour", answers=held)
    if _left_to_others(provision, benefit):
        yield Condition(criterion="decision", question=None, answers=(Holds.DEPENDS,))
    yield from _further(provision.value)


def _further(value: Value) -> Iterator[Condition]:
    """What else the text asks for. What a death meets is asked apart, of all others; where any one is enough it
    stands for all of them."""
    met = value.met_by_death
    asked = value.conditions if value.joined == "any" and met else met
    wanted = tuple(words for words in value.conditions if words not in asked)
    if wanted:
        yield Condition(criterion="conditions", question=None, answers=(Holds.DEPENDS,), wanted=wanted)
    if asked:
        hurt = tuple(
            Holds.YES if injury is Injury.DEATH else Holds.DEPENDS for injury in Injury for _ in range(2)
        )
        yield Condition(criterion="conditions", question="injury", answers=hurt, wanted=asked)


def _left_to_others(provision: Provision, benefit: Benefit) -> bool:
    """Whether others decide: nobody can claim what is only encouraged, or a bonus before it is granted."""
    return provision.modality is Modality.ENCOURAGED or (
        provision.topic is Topic.BONUS and not benefit.honours
    )


_MONEY = frozenset({Topic.BONUS, Topic.BENEFIT_MEDICAL, Topic.COMPENSATION})


def _passes(provision: Provision, benefit: Benefit) -> bool:
    """Whether it is money that a person alone is to have: who gets it after their death the texts do not say.
    Treatment is nobody's but theirs; of medical care only costs that somebody pays are money."""
    if provision.topic not in _MONEY or set(benefit.beneficiaries) != {Beneficiary.PERSON}:
        return False
    paid = bool(benefit.payers) or provision.value.amount_cny is not None
    return paid or provision.topic is not Topic.BENEFIT_MEDICAL


_Group = Literal["local", "elsewhere", "serviceman"]
_World = tuple[_Group, Literal["inside", "outside"]]


def _worlds(place: Place, *, above: bool) -> tuple[_World, ...]:
    """What may be true of a text's own territory: an outsider of the city may well be of the province."""
    own: _World = {
        Place.LOCAL: ("local", "inside"),
        Place.OUTSIDER: ("elsewhere", "inside"),
        Place.AWAY: ("local", "outside"),
        Place.SERVICEMAN: ("serviceman", "inside"),
    }[place]  # type: ignore[assignment]
    if above and place is Place.OUTSIDER:
        return own, ("local", "inside")
    if above and place is Place.AWAY:
        return own, ("local", "inside")
    return (own,)


def _together(said: Iterable[Holds]) -> Holds:
    """One answer for several worlds: what is not the same in all depends."""
    found = set(said)
    return found.pop() if len(found) == 1 else Holds.DEPENDS


def _scope(version: Version, part: Part, place: Place, *, above: bool) -> Holds:
    return _together(_reaches(version, part, world) for world in _worlds(place, above=above))


def _reaches(version: Version, part: Part, world: _World) -> Holds:
    who, act = world
    rows = version.by_topic.get(Topic.SCOPE, ())
    every = [reach for row in rows for reach in row.reach]
    if not every:
        return Holds.YES if act == "inside" else Holds.SILENT
    here = [reach for reach in every if reach.act == act]
    found = [reach for reach in here if reach.who == who] or [
        reach for reach in here if reach.who == "anybody"
    ]
    if found:
        return max(_reach(reach, part) for reach in found)
    # A serviceman lives somewhere, too: a text that parts residents from others may hold for them as such.
    unsure = who == "serviceman" or version.entry.text_at_hand == "cut_off"
    return Holds.DEPENDS if unsure else Holds.SILENT


def concerned(reach: Reach) -> tuple[Place, ...]:
    """Whom of those who answer where they are from a rule of scope speaks of."""
    return tuple(
        place
        for place in Place
        for who, act in _worlds(place, above=False)
        if reach.act == act and reach.who in (who, "anybody")
    )


def _reach(reach: Reach, part: Part) -> Holds:
    if reach.parts and part not in reach.parts:
        return Holds.NO if reach.rest_by else Holds.SILENT
    return Holds.DEPENDS if reach.by_analogy or reach.needs else Holds.YES


def _role(wanted: Iterable[Beneficiary], role: Role, *, dead: bool, passes: bool) -> Holds:
    return max(_is(item, role, dead=dead, passes=passes) for item in wanted)


def _is(wanted: Beneficiary, role: Role, *, dead: bool, passes: bool) -> Holds:
    if wanted is Beneficiary.PERSON:
        if role is Role.PERSON:
            return Holds.NO if dead else Holds.YES
        return Holds.YES if dead and passes else Holds.NO
    if wanted is Beneficiary.DONOR:
        return Holds.NO
    if wanted in _LOST and not dead:
        return Holds.NO
    if role is Role.PERSON:
        # Their household is their own; what their kin are given is the kin's.
        return Holds.YES if wanted is Beneficiary.HOUSEHOLD and not dead else Holds.NO
    return _KIN[wanted].get(role, Holds.NO)


_LOST = frozenset({Beneficiary.SURVIVORS, Beneficiary.ORPHANED})
"""Whom there is only after a death."""
_EVERY_KIN = dict.fromkeys((Role.SPOUSE, Role.CHILD, Role.PARENT, Role.OTHER_KIN), Holds.YES)
_KIN: dict[Beneficiary, dict[Role, Holds]] = {
    Beneficiary.NEAR_KIN: _EVERY_KIN,
    Beneficiary.KIN: {**_EVERY_KIN, Role.OTHER_KIN: Holds.DEPENDS},
    # No text says who they are: parents and children are, a spouse or other kin have to ask.
    Beneficiary.DIRECT_KIN: {**_EVERY_KIN, Role.SPOUSE: Holds.DEPENDS, Role.OTHER_KIN: Holds.DEPENDS},
    Beneficiary.SURVIVORS: {**_EVERY_KIN, Role.OTHER_KIN: Holds.DEPENDS},
    # 民法典 第一千零四十五条 counts spouse, children and parents to it, and of other close kin those who live with them.
    Beneficiary.HOUSEHOLD: {**_EVERY_KIN, Role.OTHER_KIN: Holds.DEPENDS},
    Beneficiary.CHILDREN: {Role.CHILD: Holds.YES},
    Beneficiary.PARENTS: {Role.PARENT: Holds.YES},
    Beneficiary.SPOUSE: {Role.SPOUSE: Holds.YES},
    Beneficiary.SIBLINGS: {Role.OTHER_KIN: Holds.DEPENDS},
    Beneficiary.ORPHANED: {
        Role.CHILD: Holds.DEPENDS,
        Role.PARENT: Holds.DEPENDS,
        Role.OTHER_KIN: Holds.DEPENDS,
    },
}


def _outcome(wanted: Consequence, injury: Injury, *, hardship: bool) -> Holds:
    if wanted is Consequence.HARDSHIP:
        return Holds.YES if hardship else Holds.NO
    if injury is Injury.NONE:
        return Holds.NO
    if injury is Injury.DEATH:
        if wanted is Consequence.DEATH:
            return Holds.YES
        # Somebody may have been treated before they died.
        return Holds.DEPENDS if wanted is Consequence.INJURED else Holds.NO
    if wanted is Consequence.DEATH:
        return Holds.NO
    if wanted is Consequence.INJURED or wanted.value == injury.value:
        return Holds.YES
    rated = wanted is Consequence.DISABLED and injury is Injury.SEVERE
    if rated or injury in (Injury.INJURED, Injury.DISABLED):
        # The rating is yet to be made, or was made of another thing.
        return Holds.DEPENDS
    return Holds.NO


def _residence(wanted: Iterable[Residence], place: Place, *, above: bool) -> Holds:
    return _together(max(_lives(item, world) for item in wanted) for world in _worlds(place, above=above))


def _lives(wanted: Residence, world: _World) -> Holds:
    who, act = world
    if wanted is Residence.PLACE_OF_ACT:
        return Holds.YES if act == "inside" else Holds.NO
    if who == "serviceman":
        return Holds.DEPENDS
    return Holds.YES if wanted.value == who else Holds.NO


_RANKS = ("county", "city", "province")


def _honour(needed: HonourNeeded, held: HonourHeld) -> Holds:
    if held is HonourHeld.NONE:
        return Holds.NO
    level, _, name = held.value.rpartition("_")
    kind = AwardKind(name)
    if needed.kinds and kind not in needed.kinds:
        return Holds.NO
    if needed.level is not None:
        if not level:
            return Holds.DEPENDS
        gap = _RANKS.index(level) - _RANKS.index(needed.level)
        if gap < 0 or (gap > 0 and not needed.or_higher):
            return Holds.NO
    return Holds.DEPENDS if needed.titles or needed.by == "department" else Holds.YES
