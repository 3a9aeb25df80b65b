"""表彰决定 (decision): the private type of ``registry/decisions/<jurisdiction>/<year>/<id>.yml``.

One file is one document of an organ: a 决定, 通报, 确认 or 通知 that grants something, entered as it was issued. It
names nobody. Each grant points to a case, and what may be shown of whom the case alone says; so a decision can
be entered whole, and nothing of a grant to somebody withheld comes out of it. The file is called after its public
number, which it has from the day on which the decision is first published here.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from generator.cases.case import BonusFor, Correction, Level, Revocation
from generator.source.model.law_words import Grade, Grantor
from generator.source.model.partial_day import PartialDay
from generator.source.model.scalars import (
    Day,
    DecisionId,
    Entry,
    HonourId,
    Prose,
    Slug,
    Text,
    Truth,
    WebAddress,
    Whole,
)


class Grant(Entry):
    """一项授予: to persons of one case, or to its group as a whole. What it leaves out its tier says."""

    id: HonourId
    """Its number on the rolls: a grant is an honour with a page of its own."""
    case: Text
    """案件编号 in the same jurisdiction. Never published."""
    recipients: tuple[Slug, ...] = ()
    """Keys of persons; empty when the group as a whole is honoured."""
    verb: Text | None = None
    title: Text | None = None
    merit: Text | None = None
    """记功 together with a title: 个人二等功."""
    merit_grade: Grade | None = None
    bonus_cny: Whole | None = None
    bonus_for: BonusFor | None = None
    to_group: Truth = False
    """Whether ``recipients`` are some of a group that is honoured as a whole: 甲、乙等6人."""
    corrections: tuple[Correction, ...] = ()
    revocation: Revocation | None = None
    certificate_code: Text | None = None


class Tier(Entry):
    """一个档次: the grants of one title, in the organ's own order."""

    title: Text
    """称号."""
    verb: Text
    """The organ's own word: 授予, 追授, 确认 …"""
    bonus_cny: Whole | None = None
    """奖金，元. ``in_all`` here is for everybody of the tier together."""
    bonus_for: BonusFor | None = None
    grants: Annotated[tuple[Grant, ...], Field(min_length=1)]


class Annex(Entry):
    """附件, as the decision lists it."""

    title: Text
    source: WebAddress | None = None


class DecisionPrivate(Entry):
    """仅供工作人员."""

    handler: Text | None = None
    note: Prose | None = None
    reviewed: tuple[Text, ...] = ()
    """Words of the document that a check named and a human judged fit to publish."""


class Decision(Entry):
    """表彰决定, as a document."""

    id: DecisionId
    jurisdiction: Slug
    title: Text
    """标题, as issued."""
    number: Text | None = None
    """文号."""
    index_number: Text | None = None
    """索引号."""
    openness: Text | None = None
    """公开属性, as the document says it: 主动公开, 此件公开发布."""
    organs: Annotated[tuple[Text, ...], Field(min_length=1)]
    """作出决定的机关, in the order in which they signed."""
    grantor_role: Grantor | None = None
    """The first organ's level, for the rule on who may grant what."""
    level: Level
    signed_on: PartialDay
    """成文日期."""
    published_on: Day
    """首次在本站公布的日期."""
    batch: Text | None = None
    basis: Text | None = None
    """决定所依据的文件, in the organ's words."""
    opening: Prose | None = None
    """正文开头, in the organ's words, when it names nobody who may not be named."""
    tiers: Annotated[tuple[Tier, ...], Field(min_length=1)]
    annexes: tuple[Annex, ...] = ()
    corrections: tuple[Correction, ...] = ()
    source: WebAddress | None = None
    private: DecisionPrivate = DecisionPrivate()
