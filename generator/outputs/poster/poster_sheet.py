"""公示单的内容 (sheet): what stands on the poster of one notice, in words.

The order is that of published notices: ground and intention, persons, deed, how it was checked, which
clause it meets, period, channels, organ, date. No countdown: paper does not change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from generator.catalogue import wording
from generator.law.publicity.clock_wording import last_moment_words, ordinal_words, working_out
from generator.law.publicity.day_wording import day_words
from generator.law.publicity.publicity_clock import ClockDay, PublicityClock
from generator.pages.channels import postmark_words
from generator.pages.confirmed_clause import limb_provision
from generator.pages.qr import qr_svg
from generator.pages.templating import age_words, cn_date
from generator.public.context import SiteContext
from generator.public.public_case import NoticeStatus, PublicAct, PublicGroup, PublicNotice, PublicPerson
from generator.source.model.authority import Authority

LONGEST_STRIP = 35
"""Days that a strip shows; a longer period is told in words only."""
_POSTED = (NoticeStatus.OPEN, NoticeStatus.SCHEDULED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """一行事实: a label and its lines."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StripDay:
    """日历条的一格. ``last`` is set on the last day only and says when it ends."""

    weekday: str
    day: str
    count: str
    counted: bool
    last: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """一节: its heading and, in this order, what stands under it."""

    heading: str
    lead: tuple[str, ...] = ()
    """Set in bold."""
    paragraphs: tuple[str, ...] = ()
    strip: tuple[StripDay, ...] = ()
    small: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()


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
    sections: tuple[Section, ...]
    closing: tuple[str, ...]
    """Never parted from the signature."""
    signatories: tuple[str, ...]
    dated: str
    qr: str
    qr_alt: str
    qr_caption: tuple[str, ...]
    page: str
    issued_on: date


def is_posted(notice: PublicNotice) -> bool:
    """是否可以印制: until the last moment; before the first day, so that it can be up on that day."""
    return notice.status in _POSTED and notice.act is not None


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
        sections=_numbered(_sections(notice, authority, context)),
        closing=_closing(authority),
        signatories=notice.signatories,
        dated=day_words(notice.published_at.date()),
        qr=qr_svg(address),
        qr_alt=words["qr"]["alt"].format(url=address),
        qr_caption=(words["qr"]["caption"], words["qr"]["id"].format(id=notice.id), address),
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


def _numbered(sections: Iterator[Section]) -> tuple[Section, ...]:
    words = wording("poster")
    return tuple(
        replace(section, heading=words["heading"].format(number=numeral, heading=section.heading))
        for numeral, section in zip(words["numerals"], sections, strict=False)
    )


def _sections(notice: PublicNotice, authority: Authority, context: SiteContext) -> Iterator[Section]:
    words = wording("poster")
    headings = words["headings"]
    order = {"before_decision": "before", "after_decision": "after", "before_award": "award"}[notice.order]
    persons = [person_line(person) for person in notice.persons]
    if notice.group is not None:
        persons.insert(0, _group_line(notice.group))
    yield Section(heading=headings[f"persons_{order}"], paragraphs=tuple(persons))
    acts = notice.acts
    if acts:
        told = [line for act in acts for line in _told(act, words)]
        yield Section(heading=headings["act"], paragraphs=tuple(told))
        verified = tuple(line for act in acts for line in act.verification)
        if verified:
            yield Section(heading=headings["verification"], paragraphs=verified)
        limbs = dict.fromkeys(act.limb for act in acts if act.limb is not None)
        if limbs:
            cited = tuple(_limb(limb, notice, context) for limb in limbs)
            yield Section(heading=headings["limb"], paragraphs=cited)
    yield _period(notice, words)
    if notice.corrections:
        lines = []
        for item in notice.corrections:
            parts = [
                words["correction"].format(day=day_words(item.corrected_on), what=item.what.rstrip("。"))
            ]
            parts += [words["correction_was"].format(was=item.was.rstrip("。"))] if item.was else []
            parts += [words["correction_now"].format(now=item.now.rstrip("。"))] if item.now else []
            lines.append(words["sentence"].format(text=words["semicolon"].join(parts)))
        yield Section(heading=headings["corrections"], paragraphs=tuple(lines))
    yield _objection(notice, authority, words)


def _told(act: PublicAct, words: Mapping[str, Any]) -> Iterator[str]:
    """事迹, with whose it is where there are several."""
    lines = act.narrative or (act.summary,)
    whose = words["whose"].format(names="、".join(act.persons)) if act.persons else ""
    yield whose + lines[0]
    yield from lines[1:]


def _limb(limb: str, notice: PublicNotice, context: SiteContext) -> str:
    words = wording("poster")
    found = limb_provision(notice, context)
    if found is None:
        return str(words["limb"]).format(limb=limb)
    return str(words["limb_of"]).format(limb=limb, instrument=found.instrument, version=found.version)


def person_line(person: PublicPerson) -> str:
    """人员的一句: 宁昇，男，1985年7月生，汉族，代驾司机，居住地：武昌区。"""
    words, common = wording("poster"), wording("common")["person"]
    parts = [
        person.name,
        common["masked"] if person.masked else None,
        person.sex,
        words["born"].format(born=cn_date(person.born))
        if person.born
        else age_words(person.age_at_act)
        if person.age_at_act
        else None,
        common["minor"] if person.minor else None,
        person.ethnicity,
        person.unit,
        person.post,
        common["residence"].format(residence=person.residence) if person.residence else None,
        common["deceased"] if person.deceased else None,
        person.injured,
    ]
    return str(words["sentence"]).format(text=words["comma"].join(part for part in parts if part))


def _group_line(group: PublicGroup) -> str:
    words = wording("poster")
    form = words["group"] if group.head_count else words["group_plain"]
    return str(words["sentence"]).format(text=form.format(name=group.name, count=group.head_count))


def _period(notice: PublicNotice, words: Mapping[str, Any]) -> Section:
    clock = notice.clock
    sentence = words["period"].format(
        opens=day_words(clock.opens_on), closes=last_moment_words(clock, year=True)
    )
    small = [words["working"] + "".join(working_out(clock))]
    if notice.postings:
        kinds = wording("notices")["posting"]
        posted = (
            words["posting"].format(
                kind=kinds[posting.kind], place=posting.place, day=day_words(posting.posted_on)
            )
            for posting in notice.postings
        )
        small.append(words["postings"] + words["sentence"].format(text=words["semicolon"].join(posted)))
    return Section(
        heading=words["headings"]["period"],
        lead=(sentence,),
        strip=tuple(_strip(clock)) if len(clock.days) <= LONGEST_STRIP else (),
        small=tuple(small),
    )


def _strip(clock: PublicityClock) -> Iterator[StripDay]:
    words = wording("poster")["strip"]
    time = last_moment_words(clock).rpartition(" ")[2]

    def cell(day: ClockDay) -> StripDay:
        return StripDay(
            weekday=words["weekday"].format(day=words["weekdays"][day.on.weekday()]),
            day=f"{day.on.month}/{day.on.day}",
            count=ordinal_words(day) or words["not_counted"],
            counted=day.counted,
            last=words["last"].format(time=time) if day.on == clock.closes_on else None,
        )

    return map(cell, clock.days)


def _objection(notice: PublicNotice, authority: Authority, words: Mapping[str, Any]) -> Section:
    said = wording("notices")["objection"]
    closes = last_moment_words(notice.clock, year=True)
    return Section(
        heading=words["headings"]["objection"],
        paragraphs=(said["open"].format(closes=closes, organ=authority.name),),
        facts=tuple(channel_facts(notice, authority)),
    )


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
    yield Fact(label=labels["organ"], lines=(authority.name,))
    if authority.contact is not None:
        yield Fact(label=labels["contact"], lines=(authority.contact,))
    if given.telephone:
        yield Fact(label=labels["telephone"], lines=given.telephone)
    if given.fax:
        yield Fact(label=labels["fax"], lines=given.fax)
    if given.email is not None:
        yield Fact(label=labels["email"], lines=(given.email,))
    if given.web_form is not None:
        address = given.web_form.replace("{notice_id}", notice.id)
        yield Fact(label=labels["web_form"], lines=(address,))
    if given.post is not None:
        post = given.post
        counted = () if post.counts_by is None else (postmark_words(post.counts_by, notice, said),)
        address = words["post_address"].format(
            postcode=post.postcode, address=post.address, recipient=post.recipient
        )
        yield Fact(label=labels["post"], lines=(address, *counted))
    if given.in_person is not None:
        yield Fact(
            label=labels["in_person"],
            lines=tuple(filter(None, (given.in_person.address, given.in_person.hours))),
        )
