"""公示单的内容 (sheet): what stands on the poster of one notice, in words.

One page that is read in passing: who, what they did, until when one may object, to whom. The law, the days one by
one and what was checked stand on the notice's page, to which the code leads. No countdown: paper does not change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.catalogue import wording
from generator.law.notice_period.day_wording import day_words, weekday_words
from generator.law.notice_period.period_wording import last_moment_words
from generator.pages.channels import postmark_words
from generator.pages.notice_lead import moved_day, moved_words
from generator.pages.qr import qr_svg
from generator.pages.templating import age_words, cn_date
from generator.public.context import SiteContext
from generator.public.list_rows import told_deeds
from generator.public.public_case import (
    PublicAct,
    PublicCorrection,
    PublicGroup,
    PublicNotice,
    PublicPerson,
)
from generator.source.model.authority import Authority

_SHORT = 8
"""Characters of a name that a line has room for."""
_MANY = 4
"""Persons of whom all particulars fit; of more, only what tells them apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """一行事实: a label and its lines. ``kind`` is the channel's, or that of the desk."""

    kind: str
    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """一人: the name, printed large, and the particulars by which neighbours know who is meant."""

    name: str
    particulars: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """一件事: when and where, and the sentence that tells it, of several with those whose act it is."""

    at: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """异议截止: the last moment alone on its line, and what explains it. ``moved``: from which day it was moved, and why."""

    heading: str
    moment: str
    moved: str | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PosterSheet:
    """公示单的内容. Text only; ``qr`` is an SVG drawing. ``issued_on`` dates the file: the day of
    publication or of the last correction, so that a sheet changes only when its notice does."""

    id: str
    title: str
    subject: str
    author: str
    number: str | None
    sample: str | None
    remarks: tuple[str, ...]
    opening: str
    persons_heading: str
    group: str | None
    persons: tuple[Named, ...]
    deed_heading: str
    deeds: tuple[Deed, ...]
    narrative: tuple[str, ...]
    """What happened, in paragraphs: as many as one page still has room for are printed."""
    unbroken: tuple[str, ...]
    """Names of people and places that no line parts."""
    deadline: Deadline
    corrections: tuple[str, ...]
    objection_heading: str
    channels: tuple[Fact, ...]
    closing: tuple[str, ...]
    signatories: tuple[str, ...]
    dated: str
    """成文日期, which may be days before the publication; only a notice that has none is dated by that."""
    qr: str
    qr_alt: str
    qr_caption: str
    qr_address: tuple[str, ...]
    """The notice's number; the site; the page within it."""
    address: str
    """The last two on one line, where the page has one to spare."""
    page: str
    issued_on: date


def is_posted(notice: PublicNotice) -> bool:
    """是否可以印制: until the last moment; before the first day, so that it can be up on that day."""
    return notice.status.is_before_end and notice.act is not None


def poster_sheet(notice: PublicNotice, context: SiteContext) -> PosterSheet:
    """公示单的内容 of an open or scheduled notice."""
    words = wording("poster")
    authority = context.receiving(notice)
    address = context.absolute(notice.path)
    return PosterSheet(
        id=notice.id,
        title=notice.title,
        subject=words["subject"].format(id=notice.id),
        author=words["author"].format(organ=authority.name),
        number=words["number"].format(number=notice.number) if notice.number else None,
        sample=context.site.sample.banner if context.site.sample is not None else None,
        remarks=tuple(_remarks(notice)),
        opening=_opening(notice),
        persons_heading=words["headings"][f"persons_{_stage(notice)}"],
        group=_group_words(notice.group) if notice.group is not None else None,
        persons=tuple(_named(person, briefly=len(notice.persons) > _MANY) for person in notice.persons),
        deed_heading=words["headings"]["act"],
        deeds=tuple(
            Deed(at=_when_and_where(act), told=told)
            for act, told in zip(notice.acts, told_deeds(notice), strict=True)
        ),
        narrative=notice.acts[0].narrative if len(notice.acts) == 1 else (),
        unbroken=tuple(_unbroken(notice)),
        deadline=_deadline(notice),
        corrections=tuple(_corrections(notice)),
        objection_heading=words["headings"]["objection"],
        channels=tuple(channel_facts(notice, authority)),
        closing=_closing(authority),
        signatories=notice.signatories,
        dated=cn_date(notice.signed_on) if notice.signed_on else day_words(notice.published_at.date()),
        qr=qr_svg(address),
        qr_alt=words["qr"]["alt"].format(url=address),
        qr_caption=words["qr"]["caption_web_form" if authority.channels.web_form else "caption"],
        qr_address=(words["qr"]["id"].format(id=notice.id), context.absolute(""), notice.path),
        address=address,
        page=words["page"],
        issued_on=max(
            notice.published_at.date(), *(correction.corrected_on for correction in notice.corrections)
        )
        if notice.corrections
        else notice.published_at.date(),
    )


def _remarks(notice: PublicNotice) -> Iterator[str]:
    words = wording("poster")["remarks"]
    if notice.replaced_by is not None:
        yield words["replaced"].format(id=notice.replaced_by)
    if notice.replaces is not None:
        yield words["replaces"].format(id=notice.replaces)


def _opening(notice: PublicNotice) -> str:
    """The organ's own beginning; else a sentence that says no more than that there is a notice, with the basis
    that the organ itself names."""
    if notice.opening:
        return "".join(notice.opening)
    words = wording("poster")["opening"]
    basis = words["basis"].format(basis=notice.basis.rstrip("。")) if notice.basis else ""
    return basis + str(words[notice.order])


def _stage(notice: PublicNotice) -> str:
    return {"before_decision": "before", "after_decision": "after", "before_award": "award"}[notice.order]


def _corrections(notice: PublicNotice) -> Iterator[str]:
    words = wording("poster")
    moved = moved_day(notice)
    for item in notice.corrections:
        if item is moved and _moves_alone(item):
            continue
        parts = [words["correction"].format(day=day_words(item.corrected_on), what=item.what.rstrip("。"))]
        if item.was:
            parts.append(words["correction_was"].format(was=item.was.rstrip("。")))
        elif item.now and not item.moved_from:
            parts.append(words["correction_unsaid"])
        parts += [words["correction_now"].format(now=item.now.rstrip("。"))] if item.now else []
        yield words["sentence"].format(text=words["semicolon"].join(parts))


def _when_and_where(act: PublicAct) -> str:
    """2026年9月25日18时30分，洪山区青菱巷。"""
    words = wording("poster")
    place, district = act.place, act.district
    if place and district and not place.startswith(district):
        place = district + place
    parts = (cn_date(act.happened_on) + (act.at or ""), place or district)
    return str(words["sentence"]).format(text=words["comma"].join(part for part in parts if part))


def _unbroken(notice: PublicNotice) -> Iterator[str]:
    names = {act.district for act in notice.acts}
    names |= {name for person in notice.persons for name in (person.name, person.residence)}
    yield from sorted(name for name in names if name and len(name) <= _SHORT)


def _named(person: PublicPerson, *, briefly: bool) -> Named:
    """人员: 宁昇, and 男，1985年7月生，汉族，代驾司机，居住地：武昌区. ``briefly``: 男，代驾司机."""
    words, common = wording("poster"), wording("common")["person"]
    born = words["born"].format(born=cn_date(person.born)) if person.born else None
    age = born or (age_words(person.age_at_act) if person.age_at_act else None)
    residence = common["residence"].format(residence=person.residence) if person.residence else None
    parts = [
        common["masked"] if person.masked else None,
        person.sex,
        None if briefly else age,
        common["minor"] if person.minor else None,
        None if briefly else person.ethnicity,
        common["native_place"].format(place=person.native_place)
        if person.native_place and not briefly
        else None,
        None if briefly else person.political_status,
        person.unit,
        None if briefly and person.unit else person.post,
        None if briefly and (person.unit or person.post) else residence,
        common["death"][person.death] if person.death else None,
        None if briefly else person.injured,
    ]
    return Named(name=person.name, particulars=words["comma"].join(part for part in parts if part))


def _group_words(group: PublicGroup) -> str:
    words = wording("poster")
    form = words["group"] if group.head_count else words["group_plain"]
    return str(form).format(name=group.name, count=group.head_count)


def _deadline(notice: PublicNotice) -> Deadline:
    words, clock = wording("poster")["deadline"], notice.clock
    closes = last_moment_words(clock, year=True)
    note = words["note"].format(
        weekday=weekday_words(clock.closes_on), opens=day_words(clock.opens_on), closes=closes
    )
    return Deadline(heading=words["heading"], moment=closes, moved=_moved_words(notice), note=note)


def _moved_words(notice: PublicNotice) -> str | None:
    """As the page leads with it; None too of a day moved from one that is not known."""
    moved = moved_day(notice)
    return None if moved is None or moved.moved_from is None else "".join(moved_words(moved))


def _moves_alone(item: PublicCorrection) -> bool:
    """Whether what stood there and what stands there now differ in the last day and in nothing else."""
    if item.moved_from is None or item.moved_closes_on is None:
        return False
    was, now = (item.was or "").rstrip("。"), (item.now or "").rstrip("。")
    return was.replace(cn_date(item.moved_from), "") == now.replace(cn_date(item.moved_closes_on), "")


def _closing(authority: Authority) -> tuple[str, ...]:
    words = wording("poster")
    requirements = "".join(
        words["sentence"].format(text=line.rstrip("。")) for line in authority.requirements
    )
    # On the organ's own sheet stands what the organ asks for, and nothing of ours beside it.
    return (*([requirements] if requirements else []), words["protection"])


def channel_facts(notice: PublicNotice, authority: Authority) -> Iterator[Fact]:
    """异议渠道 as they are printed on paper: every address in full, nothing that needs a link."""
    words = wording("poster")
    labels = words["channels"]
    said = wording("notices")["objection"]
    given = authority.channels
    yield Fact(kind="organ", label=labels["organ"], lines=(authority.name,))
    if authority.contact is not None:
        yield Fact(kind="contact", label=labels["contact"], lines=(authority.contact,))
    if given.telephone:
        yield Fact(kind="telephone", label=labels["telephone"], lines=given.telephone)
    if given.fax:
        yield Fact(kind="fax", label=labels["fax"], lines=given.fax)
    if given.email is not None:
        yield Fact(kind="email", label=labels["email"], lines=(given.email,))
    if given.web_form is not None:
        address = given.web_form.replace("{notice_id}", notice.id)
        yield Fact(kind="web_form", label=labels["web_form"], lines=(address,))
    if given.post is not None:
        post = given.post
        counted = postmark_words(post.counts_by, notice, said)
        if post.counts_by is None:
            counted = words["unsaid"].format(said=counted)
        address = words["post_address"].format(
            postcode=post.postcode, address=post.address, recipient=post.recipient
        )
        yield Fact(kind="post", label=labels["post"], lines=(address, counted))
    if given.in_person is not None:
        counter = given.in_person
        hours = counter.hours or words["unsaid"].format(said=said["in_person_unsaid"])
        yield Fact(kind="in_person", label=labels["in_person"], lines=(counter.address, hours))
