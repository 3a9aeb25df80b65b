"""公开的唯一出口: :func:`disclose` turns a :class:`Case` into a :class:`PublicCase`, or into nothing.

This is an allow-list: it names every public field, one by one. A new field of ``Case`` publishes nothing
until somebody writes it down in this module; who is shown is decided in :mod:`generator.disclosure.who_is_shown`, what is
told of the way in :mod:`generator.disclosure.notice_standing`. If anything is unclear, it stays hidden.

A notice, an outcome or a correction dated after ``as_of`` does not exist yet.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType

from generator.cases.case import Act, Case, Correction, HonourRecord, NoticeRecord, Person
from generator.cases.case_clock import CaseClock
from generator.cases.decision_files import GrantedHonour
from generator.disclosure.masking import PlaceLevel, is_masked_form, mask_names, without_names
from generator.disclosure.notice_standing import governing_history, left_out, notice_status, status_since
from generator.disclosure.portrait_picture import Picture
from generator.disclosure.who_is_shown import (
    age_at_act,
    honoured_alone,
    is_masked,
    is_minor,
    known_as,
    publishes_notice,
    tells_injury,
    tells_portrait,
)
from generator.law.notice_period.publicity_clock import PublicityClock
from generator.public.list_rows import short_names
from generator.public.public_case import (
    FellowHonour,
    HonourStatus,
    NoticeStatus,
    ProvisionRef,
    PublicAct,
    PublicCase,
    PublicCorrection,
    PublicDesk,
    PublicGroup,
    PublicHonour,
    PublicNotice,
    PublicPerson,
    PublicPortrait,
    PublicPosting,
)
from generator.source.model.authority import Desk
from generator.source.model.site_settings import Masking, Retention

_LASTING = frozenset({"not_confirmed", "not_awarded", "withdrawn", "revoked"})
"""Events whose reason a tombstone keeps; the record checks see that it names nobody."""
FAR_AND_WIDE = frozenset({"media", "website"})
"""Postings that point to no neighbourhood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Governing:
    """适用的条款. ``appeal``: against what was concluded, so no ground of what was granted."""

    publicity: ProvisionRef | None
    recognition: tuple[ProvisionRef, ...]
    appeal: tuple[ProvisionRef, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureRules:
    """公开规则: settings and look-ups that disclosure needs, passed in.

    ``objection_days`` whether the day on which an objection was received is published.
    ``provisions_of``  what governs a case of a jurisdiction on a day.
    ``titles``         wording for titles and summaries that the record leaves to us.
    """

    as_of: datetime
    masking: Masking
    retention: Retention
    objection_days: bool
    authority_name: Callable[[str], str]
    provisions_of: Callable[[str, date], Governing]
    titles: Titles


@dataclass(frozen=True, slots=True, kw_only=True)
class Titles:
    """题名用语, from the message catalogue; templates with ``{names}`` and ``{kind}``."""

    orders: dict[str, str]
    tombstones: dict[str, str]
    """By the status of a notice that only says what became of it."""
    several: str
    kinds: dict[str, str]


def disclose(
    case: Case,
    clock: CaseClock | None,
    rules: DisclosureRules,
    pictures: Mapping[str, Picture] = MappingProxyType({}),
) -> PublicCase | None:
    """公开一案. None when nothing of it may be or is yet public. ``pictures``: portraits by the key of the person,
    drawn anew.

    ``clock`` is that of the same day. Raises ``ValueError`` for a notice without a period, which the checks refuse.
    """
    if case.level == "confidential" or clock is None:
        return None
    shown = public_persons(case, rules)
    if case.persons and not shown:
        return None
    today = rules.as_of.date()
    honours = tuple(
        honour
        for record in case.honours
        if record.public_from <= today
        and (honour := _honour(case, record, clock, shown, rules, pictures)) is not None
    )
    notice = None
    if case.notice is not None and publishes_notice(case, rules.as_of):
        if clock.period is None:
            raise ValueError("a notice without a period passed the checks")
        notice = _notice(case, case.notice, clock.law_on, clock.period, shown, honours, rules)
    if notice is None and not honours:
        return None
    # Either number is public, and so is that both are of one case.
    of = notice.id if notice is not None else honours[0].id
    title = notice.title if notice is not None else None
    names = notice is not None and notice.act is not None and bool(notice.persons) and not notice.thinned
    named = notice.persons if notice is not None and names else ()
    return PublicCase(
        notice=notice,
        honours=tuple(
            replace(
                honour,
                of=of,
                notice_title=title if honour.notice else None,
                notice_names_people=names and honour.notice is not None,
                members=_members(honour, shown.values(), named if honour.notice is not None else ()),
                fellows=_fellows(honour, honours),
            )
            for honour in honours
        ),
    )


def public_persons(case: Case, rules: DisclosureRules) -> dict[str, PublicPerson]:
    """公开的人员 by key, in the record's order; a withheld person is not in it at all."""
    visible = [person for person in case.persons if person.disclosure != "withheld"]
    hidden = [person for person in visible if is_masked(case, person, rules.as_of.date())]
    masked_names = dict(zip((p.key for p in hidden), mask_names([known_as(p) for p in hidden]), strict=True))
    masked_names |= {
        person.key: form
        for person in hidden
        if (form := person.name_as_published) is not None and is_masked_form(form)
    }
    return {
        person.key: _masked_person(case, person, masked_names[person.key], rules)
        if person.key in masked_names
        else _full_person(case, person, rules.as_of.date())
        for person in visible
    }


def _notice(
    case: Case,
    record: NoticeRecord,
    law_on: date,
    clock: PublicityClock,
    shown: dict[str, PublicPerson],
    honours: tuple[PublicHonour, ...],
    rules: DisclosureRules,
) -> PublicNotice:
    today = rules.as_of.date()
    status, after_close = notice_status(
        case, clock, rules.as_of, honours, objection_days=rules.objection_days
    )
    thinned = _is_thinned(case, clock, status, rules)
    dead = status.is_tombstone
    history = governing_history(case, today, honours, objection_days=rules.objection_days)
    if dead or thinned:
        # The words of a correction or an objection may repeat a name that no longer stands on the page.
        history = tuple(e if e.event in _LASTING else replace(e, text=None) for e in history)
    gone = left_out(case, today)
    shown = {key: person for key, person in shown.items() if key not in gone}
    names = [known_as(person) for person in case.persons if person.key in gone]
    persons = tuple(shown.values())
    if dead and not rules.retention.tombstone_names:
        persons = ()
    elif thinned or dead:
        persons = _thin_persons(case, rules)
    if dead:
        title = rules.titles.tombstones[status.value]
    elif thinned or record.title is None:
        title = _default_title(case.publicity_order, persons, case, rules.titles)
    else:
        title = without_names(record.title, names)
    law = rules.provisions_of(case.jurisdiction, law_on)
    acts = () if dead else _acts(case, shown, shown, rules, thinned=thinned)
    outcome = case.outcome if case.outcome is not None and case.outcome.decided_on <= today else None
    revocation = (
        case.revocation if case.revocation is not None and case.revocation.revoked_on <= today else None
    )
    return PublicNotice(
        id=record.id,
        title=title,
        number=record.number,
        jurisdiction=case.jurisdiction,
        authority=case.authority,
        signatories=record.signatories or (rules.authority_name(case.authority),),
        published_at=record.published_at,
        order=case.publicity_order,
        proposal=None if dead else record.proposal,
        signed_on=record.signed_on,
        basis=None if dead else record.basis,
        # What an organ began with may name somebody.
        opening=()
        if dead or thinned
        else tuple(without_names(text, names) for text in paragraphs(record.opening)),
        desk=None if record.desk is None else _desk(record.desk),
        status=status,
        status_since=status_since(case, clock, status, honours, today),
        status_after_close=after_close,
        clock=clock,
        persons=persons,
        group=None if dead else _group(case),
        act=acts[0] if acts else None,
        further_acts=acts[1:],
        # Where a notice hung tells where somebody lived.
        postings=() if dead or thinned else _postings(case, record, shown, rules),
        corrections=()
        if dead or thinned
        else _corrections(record.corrections, today, record.period.closes_on),
        replaces=record.replaces,
        replaced_by=None,
        history=history,
        publicity_rule=law.publicity,
        provisions=(*law.recognition, *law.appeal),
        honours=() if dead else tuple(honour.id for honour in honours),
        honour_titles=() if dead else tuple(honour.told_title for honour in honours),
        honour_days=() if dead else tuple(honour.decided_on for honour in honours),
        honours_of_group=frozenset()
        if dead
        else frozenset(honour.id for honour in honours if honour.group is not None),
        outcome_organ=(revocation.organ if revocation else outcome.organ if outcome else None),
        outcome_on=(revocation.revoked_on if revocation else outcome.decided_on if outcome else None),
        outcome_reason=(
            revocation.ground if revocation else outcome.public_reason if outcome and not thinned else None
        ),
        thinned=thinned,
    )


def _desk(desk: Desk) -> PublicDesk:
    channels = desk.channels
    post, counter = channels.post, channels.in_person
    return PublicDesk(
        name=desk.name,
        contact=desk.contact,
        web_form=channels.web_form,
        email=channels.email,
        telephone=channels.telephone,
        fax=channels.fax,
        post=None if post is None else (post.recipient, post.address, post.postcode, post.counts_by),
        in_person=None if counter is None else (counter.address, counter.hours),
        requirements=desk.requirements,
    )


def _honour(
    case: Case,
    record: HonourRecord,
    clock: CaseClock,
    shown: dict[str, PublicPerson],
    rules: DisclosureRules,
    pictures: Mapping[str, Picture],
) -> PublicHonour | None:
    today = rules.as_of.date()
    recipients = tuple(shown[key] for key in record.recipients if key in shown)
    if not recipients and (record.recipients or case.group is None):
        return None
    revocation = record.revocation or case.revocation
    if revocation is not None and revocation.revoked_on > today:
        revocation = None
    corrections = _corrections(record.corrections, today)
    if revocation is not None:
        status = HonourStatus.REVOKED
        if not rules.retention.tombstone_names:
            recipients = ()
    else:
        status = HonourStatus.CORRECTED if corrections else HonourStatus.VALID
    confirmed_on = None
    if case.outcome is not None and case.outcome.kind == "confirmed" and case.outcome.decided_on <= today:
        confirmed_on = case.outcome.decided_on
    notice_public = case.notice is not None and case.notice.published_at <= rules.as_of
    gone = revocation is not None
    own = [key for key in record.recipients if key in shown] or list(shown)
    acts = () if gone else _acts(case, own, shown, rules, thinned=False)
    return PublicHonour(
        id=record.id,
        jurisdiction=case.jurisdiction,
        published_on=record.published_on,
        status=status,
        verb=record.verb,
        title=record.title,
        level=record.level,
        grantor=record.grantor,
        decided_on=record.decided_on,
        number=record.number,
        batch=record.batch,
        merit=record.merit,
        bonus_cny=None if gone else record.bonus_cny,
        bonus_for=None if gone else record.bonus_for,
        recipients=recipients,
        group=None if gone or not (record.to_group or not record.recipients) else _group(case),
        act=acts[0] if acts else None,
        further_acts=acts[1:],
        notice=case.notice.id if case.notice is not None and notice_public else None,
        notice_authority=case.authority if case.notice is not None and notice_public else None,
        confirmed_on=confirmed_on,
        corrections=() if gone else corrections,
        revoked_on=revocation.revoked_on if revocation else None,
        revoked_by=revocation.organ if revocation else None,
        revoked_ground=revocation.ground if revocation else None,
        provisions=rules.provisions_of(case.jurisdiction, clock.law_on).recognition,
        has_certificate_code=record.certificate_code is not None,
        source=record.source,
        basis=None if gone else record.basis,
        organs=record.decision.decision.organs if isinstance(record, GrantedHonour) else (),
        decision=record.decision.decision.id if isinstance(record, GrantedHonour) else None,
        whose=tuple(list(shown).index(key) for key in record.recipients if key in shown)
        if recipients
        else (),
        portrait=None if gone else _portrait(case, record, shown, pictures, today),
    )


def _members(
    honour: PublicHonour, shown: Iterable[PublicPerson], named: Collection[PublicPerson]
) -> tuple[str, ...]:
    """群体的成员, of an honour of a group without recipients: whom its own account names, or its notice, which names
    ``named`` now. Of a unit the notice may name others than its members."""
    group = honour.group
    if group is None or honour.recipients:
        return ()
    if group.kind == "unit":
        named = ()
    told = "\n".join(text for act in honour.acts for text in (act.summary, *act.narrative, *act.verification))
    found = (person for person in shown if not person.masked)
    return tuple(person.name for person in found if person in named or person.name in told)


def _fellows(honour: PublicHonour, honours: Iterable[PublicHonour]) -> tuple[FellowHonour, ...]:
    """同一件事的其他荣誉: none of one that is revoked, nor one that is, whose people are not to be guessed."""
    deeds = {(act.happened_on, act.summary) for act in honour.acts}
    found = (
        other
        for other in honours
        if other is not honour and any((act.happened_on, act.summary) in deeds for act in other.acts)
    )
    return tuple(
        FellowHonour(
            id=other.id, name=short_names(other), title=other.told_title, decided_on=other.decided_on
        )
        for other in sorted(found, key=lambda item: (str(item.decided_on), item.id), reverse=True)
    )


def _portrait(
    case: Case,
    record: HonourRecord,
    shown: dict[str, PublicPerson],
    pictures: Mapping[str, Picture],
    today: date,
) -> PublicPortrait | None:
    """肖像 of somebody honoured alone."""
    person = honoured_alone(case, record)
    if person is None or person.portrait is None or person.key not in shown or person.key not in pictures:
        return None
    if not tells_portrait(case, person, today):
        return None
    picture = pictures[person.key]
    return PublicPortrait(
        picture=picture.data,
        width=picture.width,
        height=picture.height,
        description=person.portrait.description,
    )


def _full_person(case: Case, person: Person, today: date) -> PublicPerson:
    minor = is_minor(case, person, today)
    return PublicPerson(
        name=known_as(person),
        masked=False,
        minor=minor,
        sex=person.sex,
        born=None if person.born is None else person.born.without_day,
        age_at_act=None if person.born or person.age_at_act is None else str(person.age_at_act),
        ethnicity=person.ethnicity,
        native_place=None if minor else person.native_place,
        political_status=None if minor else person.political_status,
        # A minor's unit is a school, and the family may still live where it lived then.
        unit=None if minor else person.unit,
        post=None if minor else person.post,
        residence=None if minor else person.residence,
        death=person.deceased,
        injured=person.injured if tells_injury(case, person, today) else None,
    )


def _masked_person(case: Case, person: Person, name: str, rules: DisclosureRules) -> PublicPerson:
    minor = is_minor(case, person, rules.as_of.date())
    age = age_at_act(case, person)
    return PublicPerson(
        name=name,
        masked=True,
        minor=minor,
        sex=person.sex,
        age_at_act=_reduced_age(age, rules.masking),
        unit=person.unit if rules.masking.unit == "full" and not minor else None,
        death=person.deceased,
    )


def _thin_persons(case: Case, rules: DisclosureRules) -> tuple[PublicPerson, ...]:
    gone = left_out(case, rules.as_of.date())
    visible = [
        person for person in case.persons if person.disclosure != "withheld" and person.key not in gone
    ]
    names = mask_names([known_as(person) for person in visible])
    return tuple(PublicPerson(name=name, masked=True, minor=False) for name in names)


def _group(case: Case) -> PublicGroup | None:
    if case.group is None:
        return None
    return PublicGroup(name=case.group.name, head_count=case.group.head_count, kind=case.group.kind)


def _postings(
    case: Case, record: NoticeRecord, shown: dict[str, PublicPerson], rules: DisclosureRules
) -> tuple[PublicPosting, ...]:
    local = _place_level(case, shown, rules) == "full"
    return tuple(
        PublicPosting(kind=item.kind, place=item.place, posted_on=item.posted_on)
        for item in record.postings
        if item.posted_on <= rules.as_of.date() and (local or item.kind in FAR_AND_WIDE)
    )


def _place_level(case: Case, shown: dict[str, PublicPerson], rules: DisclosureRules) -> PlaceLevel:
    """Where everybody of a case is masked, the place is shown to the level that the site allows."""
    everybody = bool(shown) and all(person.masked for person in shown.values())
    return rules.masking.place if everybody or case.level == "masked" else "full"


def _acts(
    case: Case,
    keys: Collection[str],
    shown: dict[str, PublicPerson],
    rules: DisclosureRules,
    *,
    thinned: bool,
) -> tuple[PublicAct, ...]:
    """公开的各件事 of those of ``keys``, who are shown. Of several each says whose it is, and none of it tells that there
    was another."""
    told = [act for act in case.acts if not act.persons or any(key in keys for key in act.persons)]
    named = keys if len(told) > 1 and not thinned else ()
    return tuple(_act(act, case, shown, rules, thinned=thinned, named=named) for act in told)


def _act(
    act: Act,
    case: Case,
    shown: dict[str, PublicPerson],
    rules: DisclosureRules,
    *,
    thinned: bool,
    named: Collection[str],
) -> PublicAct:
    place_level = _place_level(case, shown, rules)
    return PublicAct(
        happened_on=act.happened_on,
        at=None if thinned else act.at,
        kind=act.kind,
        place=act.place if place_level == "full" and not thinned else None,
        district=act.district if place_level != "city" else None,
        summary=rules.titles.kinds[act.kind] if thinned else act.summary,
        narrative=() if thinned else paragraphs(act.narrative),
        verification=() if thinned else paragraphs(act.verification),
        limb=act.limb,
        loss_averted=None if thinned else act.loss_averted,
        persons=tuple(shown[key].name for key in act.persons if key in named),
        whose=tuple(place for place, key in enumerate(shown) if key in act.persons and key in named),
    )


def paragraphs(text: str | None) -> tuple[str, ...]:
    """段落: a blank line parts paragraphs; a single line break is only how the file was wrapped."""
    if text is None:
        return ()
    blocks = (block.strip() for block in text.replace("\r\n", "\n").split("\n\n"))
    return tuple("".join(line.strip() for line in block.split("\n")) for block in blocks if block)


def _corrections(
    items: tuple[Correction, ...], today: date, declared: date | None = None
) -> tuple[PublicCorrection, ...]:
    """更正 made by ``today``, oldest first. ``declared``: the last day of the period as it was first declared."""
    found: list[PublicCorrection] = []
    for item in sorted(items, key=lambda item: item.corrected_on):
        if item.corrected_on > today:
            break
        moved = item.moved_closes_on
        found.append(
            PublicCorrection(
                corrected_on=item.corrected_on,
                what=item.what,
                was=item.was,
                now=item.now,
                moved_closes_on=moved,
                moved_from=declared if moved is not None else None,
            )
        )
        declared = moved or declared
    return tuple(found)


def _default_title(order: str, persons: tuple[PublicPerson, ...], case: Case, titles: Titles) -> str:
    if case.group is not None and not persons:
        names = case.group.name
    elif len(persons) > 3 or (persons and _head_count(case) > len(persons)):
        count = max(len(persons), _head_count(case))
        names = titles.several.format(first=persons[0].name, count=count)
    else:
        names = "、".join(person.name for person in persons)
    return titles.orders[order].format(names=names)


def _head_count(case: Case) -> int:
    return (case.group.head_count or 0) if case.group is not None else 0


def _is_thinned(case: Case, clock: PublicityClock, status: NoticeStatus, rules: DisclosureRules) -> bool:
    """个人信息保护法第四十七条: once the purpose is met and the set time has passed."""
    if status.is_pending:
        return False
    ended_on = max(clock.closes_on, case.outcome.decided_on if case.outcome else clock.closes_on)
    return rules.as_of.date() > rules.retention.named_until(ended_on)


def _reduced_age(age: int | None, masking: Masking) -> str | None:
    if age is None or masking.age == "none":
        return None
    return str(age) if masking.age == "exact" else f"{age // 10 * 10}s"
