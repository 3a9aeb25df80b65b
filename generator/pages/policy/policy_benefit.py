"""待遇的条件 (benefits in words): for whom, after what, which honour, who pays; and whom the scope leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.catalogue import wording
from generator.law.instruments import Provision, Version
from generator.law.instruments.entitlement import Place, concerned
from generator.law.instruments.policy_words import cited_words, kind_words
from generator.source.model.instrument import Benefit, HonourNeeded, Reach
from generator.source.model.law_words import Beneficiary, Modality, Part, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeLine:
    """适用范围的一句: what some people have from a text and what they have not, with its article."""

    words: str
    cited: str
    path: str
    places: str
    """Whom it concerns of those who say where they are from: ``outsider away``."""
    limits: bool
    """Whether it is told of whoever it is: that the text applies to some acts by analogy alone."""
    leaves_out_outsiders: bool
    """Whether some who act here have a part of the text only: they must know before they read any of it."""


def benefit_words(benefit: Benefit, place: str) -> str:
    """一项待遇的条件 in one line: 给本人；后果：牺牲；凭：有效证件. ``place`` is the full name of the jurisdiction,
    empty where it is not known."""
    forms = wording("policies")["benefit"]
    place = place or str(forms["here"])
    return str(forms["mark"]).join(
        str(forms[key]).format(words=str(forms["list"]).join(found))
        for key, found in _parts(benefit, place)
        if found
    )


def _parts(benefit: Benefit, place: str) -> Iterator[tuple[str, list[str]]]:
    for key in ("beneficiaries", "outcomes", "honours", "residence", "standing"):
        yield key, condition_words(key, benefit, place)
    yield "bring", list(benefit.bring)
    yield "apply_to", list(benefit.apply_to)
    # One who pays is told by the sentence itself; of several the order matters.
    yield "payers", [" → ".join(benefit.payers)] if len(benefit.payers) > 1 else []


def condition_words(key: str, benefit: Benefit, place: str) -> list[str]:
    """What a benefit asks for in one respect, each in words: ``outcomes`` → 牺牲, 致残."""
    words = wording("policy")
    if key == "beneficiaries":
        return [_beneficiary_words(item, benefit) for item in benefit.beneficiaries]
    if key == "outcomes":
        return [words["consequences"][item.value] for item in benefit.outcomes]
    if key == "honours":
        return [_honour_words(item) for item in benefit.honours]
    if key == "standing":
        return [] if benefit.standing is None else [words["standings"][benefit.standing.value]]
    return [words["residences"][item.value].format(place=place) for item in benefit.residence]


def _beneficiary_words(who: Beneficiary, benefit: Benefit) -> str:
    words = str(wording("policy")["beneficiaries"][who.value])
    if who is not Beneficiary.KIN or not benefit.kin_meant:
        return words
    form = str(wording("policies")["benefit"]["kin_meant"])
    return form.format(words=words, meant=str(wording("common")["marks"]["also"]).join(benefit.kin_meant))


def _honour_words(honour: HonourNeeded) -> str:
    words = wording("policy")
    level = words["levels"][honour.level] if honour.level is not None else ""
    mark = str(wording("common")["marks"]["list"])
    kinds = mark.join(map(kind_words, honour.kinds)) or words["any_reward"]
    return str(words["honour_needed"]).format(
        level=level,
        higher=words["or_higher"] if honour.or_higher else "",
        by=words["by"][honour.by] if honour.by is not None else "",
        titles="".join(f"“{title}”" for title in honour.titles),
        kinds=kinds,
    )


def modality_mark(modality: Modality | None, summary: str) -> str:
    """规定的强度, where the sentence does not already say it; empty otherwise."""
    if modality is None:
        return ""
    word = str(wording("policy")["modalities"][modality.value])
    return "" if word in summary else word


def scope_lines(versions: Iterable[Version], place: str) -> tuple[ScopeLine, ...]:
    """谁只适用一部分: every group of people that a text does not apply to whole, nearest to its words."""
    return tuple(
        ScopeLine(
            words=_reach_words(provision, reach, place),
            cited=cited_words(provision.article),
            path=provision.path,
            places=" ".join(concerned(reach)),
            limits=reach.who == "anybody" and bool(reach.by_analogy and reach.needs),
            leaves_out_outsiders=bool(reach.parts)
            and reach.act == "inside"
            and reach.who in ("anybody", "elsewhere"),
        )
        for version in versions
        for provision in version.by_topic.get(Topic.SCOPE, ())
        for reach in provision.reach
        if reach.parts or reach.by_analogy or reach.needs
    )


def plain_scope(versions: Iterable[Version], place: str, asked: Place) -> Iterator[tuple[str, Provision]]:
    """适不适用，一句话: whether texts apply to people of a kind, with the rule that says so. Rules for some acts alone,
    whoever acts, are left out: they part nobody by where they are from."""
    forms = wording("policies")["scope"]
    for version in versions:
        for provision in version.by_topic.get(Topic.SCOPE, ()):
            for reach in provision.reach:
                if asked not in concerned(reach) or (reach.who == "anybody" and reach.needs):
                    continue
                if reach.who == "anybody" and not (reach.parts or reach.by_analogy):
                    yield str(forms["undivided"]).format(place=place), provision
                else:
                    yield _reach_words(provision, reach, place), provision


def called_in_the_text(provision: Provision, reach: Reach, place: str) -> str:
    """条文的叫法 of the people of a place, or of those who are not: 南京市户籍居民, with the name for 本市. Empty where the
    text has none, or names others with them. Whether 户籍 or 居住 decides is the text's to say."""
    if reach.who not in ("local", "elsewhere") or len(provision.value.who) != 1:
        return ""
    (words,) = provision.value.who
    for here in wording("policies")["scope"]["here"]:
        words = words.replace(str(here), place)
    return words


def _reach_words(provision: Provision, reach: Reach, place: str) -> str:
    forms, parts = wording("policies")["scope"], wording("policy")["parts"]
    who = called_in_the_text(provision, reach, place) or str(forms["who"][reach.who]).format(place=place)
    who = who[:1].upper() + who[1:]
    group = str(forms["act"][reach.act]).format(who=who, place=place)
    if reach.needs and reach.who == "anybody" and reach.act == "inside":
        group = str(forms["needs_of_anybody"]).format(place=place, needs=reach.needs)
    elif reach.needs:
        group = str(forms["needs"]).format(group=group, needs=reach.needs)
    if reach.by_analogy:
        return str(forms["by_analogy"][reach.by_analogy]).format(group=group)
    if not reach.parts:
        generally = provision.modality is Modality.SHOULD_GENERALLY
        return str(forms["generally" if generally else "whole"]).format(group=group)
    mark = str(wording("common")["marks"]["list"])
    has = mark.join(parts[part.value] for part in reach.parts)
    if reach.rest_by:
        return str(forms["rest_by"]).format(group=group, has=has, rest=reach.rest_by)
    lacks = mark.join(parts[part.value] for part in _CLAIMS if part not in reach.parts)
    return str(forms["partly"]).format(group=group, has=has, lacks=lacks)


_CLAIMS = (Part.REWARD, Part.PROTECTION, Part.SUPPORT)
"""What somebody can have from a text; confirmation is a step, not a claim."""
