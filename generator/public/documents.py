"""公开数据文档 (documents): a notice or an honour as the API's JSON values.

Shapes are fixed by ``generator/outputs/data/schema/*.json``. Keys keep their order; a value that is not
known is null, never left out. Instants are ISO 8601 with ``+08:00``; ``closes_at`` is the first
instant that is too late, so 24:00 of 26 November reads ``2026-11-27T00:00:00+08:00``. A tombstone
carries organ, date and ground, never a name or a narrative, whatever the record still shows elsewhere.
"""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256
from typing import Any

from generator.law.publicity.publicity_period import clock_json
from generator.public.context import SiteContext
from generator.public.json_text import canonical
from generator.public.public_case import (
    HistoryEvent,
    HonourStatus,
    NoticeStatus,
    ProvisionRef,
    PublicAct,
    PublicCorrection,
    PublicGroup,
    PublicHonour,
    PublicNotice,
    PublicPerson,
)
from generator.source.model.scalars import SHANGHAI

Document = dict[str, Any]

VERSION_LENGTH = 12
"""Hexadecimal digits of a content version: 48 bits, enough to tell versions of one page apart."""
_NOT_CONTENT = frozenset({"version", "as_of"})


def notice_document(notice: PublicNotice, context: SiteContext) -> Document:
    """公示的数据文档, ``version`` and ``as_of`` included."""
    dead = notice.status.is_tombstone
    clock = clock_json(notice.clock)
    document: Document = {
        "id": notice.id,
        "url": context.absolute(notice.path),
        "title": notice.title,
        "number": notice.number,
        "jurisdiction": notice.jurisdiction,
        "jurisdiction_name": _jurisdiction_name(notice.jurisdiction, context),
        "authority": notice.authority,
        "authority_name": context.authorities[notice.authority].name,
        "signatories": list(notice.signatories),
        "published_at": instant(notice.published_at),
        "order": notice.order,
        "status": notice.status.value,
        "status_since": notice.status_since.isoformat(),
        "status_after_close": notice.status_after_close.value,
        "opens_on": notice.clock.opens_on.isoformat(),
        "opens_at": instant(notice.clock.opens_at),
        "closes_on": notice.clock.closes_on.isoformat(),
        "closes_at": instant(notice.clock.closes_at),
        "days": clock.pop("days"),
        "period": clock,
        "persons": [] if dead else [_person(person) for person in notice.persons],
        "group": None if dead else _group(notice.group),
        "act": None if dead else _act(notice.act),
        "provision": _provision(notice.publicity_rule, context),
        "provisions": [_provision(item, context) for item in notice.provisions],
        "channels": _channels(notice, context),
        "postings": []
        if dead
        else [
            {"kind": item.kind, "place": item.place, "posted_on": item.posted_on.isoformat()}
            for item in notice.postings
        ],
        "corrections": [] if dead else [_correction(item) for item in notice.corrections],
        "replaces": _reference("notices", notice.replaces, context),
        "replaced_by": _reference("notices", notice.replaced_by, context),
        "history": [_event(item, dead=dead) for item in notice.history],
        "outcome": _outcome(notice),
        "honours": [] if dead else [_reference("honours", item, context) for item in notice.honours],
        "thinned": notice.thinned,
    }
    return _finished(document, context)


def notice_list_entry(document: Document) -> Document:
    """列表中的公示: ``document`` without the working of its period, each day in three words.

    The list of a large register stays half the size; ``version`` is that of the whole document.
    """
    entry = {key: value for key, value in document.items() if key != "period"}
    entry["days"] = [{key: day[key] for key in ("on", "counted", "reason")} for day in document["days"]]
    return entry


def honour_document(honour: PublicHonour, context: SiteContext) -> Document:
    """荣誉的数据文档, ``version`` and ``as_of`` included. A revoked honour counts 0 persons."""
    dead = honour.status is HonourStatus.REVOKED
    document: Document = {
        "id": honour.id,
        "url": context.absolute(honour.path),
        "jurisdiction": honour.jurisdiction,
        "jurisdiction_name": _jurisdiction_name(honour.jurisdiction, context),
        "status": honour.status.value,
        "verb": honour.verb,
        "title": honour.title,
        "level": honour.level,
        "grantor": honour.grantor,
        "number": honour.number,
        "decided_on": honour.decided_on,
        "published_on": honour.published_on.isoformat(),
        "batch": honour.batch,
        "merit": None if dead else honour.merit,
        "bonus_cny": None if dead else honour.bonus_cny,
        "posthumous": honour.posthumous,
        "recipients": [] if dead else [_person(person) for person in honour.recipients],
        "group": None if dead else _group(honour.group),
        "person_count": 0 if dead else honour.person_count,
        "act": None if dead else _act(honour.act),
        "notice": _reference("notices", honour.notice, context),
        "confirmed_on": _day(honour.confirmed_on),
        "provisions": [_provision(item, context) for item in honour.provisions],
        "corrections": [] if dead else [_correction(item) for item in honour.corrections],
        "revocation": {
            "revoked_on": _day(honour.revoked_on),
            "organ": honour.revoked_by,
            "ground": honour.revoked_ground,
        }
        if dead
        else None,
        "certificate_check": context.absolute("verify/") if honour.has_certificate_code else None,
        "source": None if dead else honour.source,
        "basis": None if dead else honour.basis,
    }
    return _finished(document, context)


def notice_version(notice: PublicNotice, context: SiteContext) -> str:
    """公示的内容版本: what citations and the API call the version of a page."""
    return str(notice_document(notice, context)["version"])


def honour_version(honour: PublicHonour, context: SiteContext) -> str:
    """荣誉的内容版本."""
    return str(honour_document(honour, context)["version"])


def content_version(document: Document) -> str:
    """内容版本: a short hash of everything public in ``document`` but itself and the instant of the build."""
    content = {key: value for key, value in document.items() if key not in _NOT_CONTENT}
    figures = sha256(canonical(content)).hexdigest()
    # One hash in three hundred has no letter among its first twelve figures and could be somebody's
    # telephone number: the audit rightly stops at those.
    starts = range(len(figures) - VERSION_LENGTH + 1)
    parts = (figures[start : start + VERSION_LENGTH] for start in starts)
    return next((part for part in parts if not part.isdigit()), figures[:VERSION_LENGTH])


def instant(moment: datetime) -> str:
    """时刻 in Beijing time, to the second: ``2026-11-27T00:00:00+08:00``."""
    return moment.astimezone(SHANGHAI).isoformat(timespec="seconds")


def _finished(document: Document, context: SiteContext) -> Document:
    document["version"] = content_version(document)
    document["licence"] = context.site.licence
    document["as_of"] = context.as_of_instant
    return document


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _jurisdiction_name(slug: str, context: SiteContext) -> str:
    return context.jurisdictions[slug].name


def _reference(kind: str, record_id: str | None, context: SiteContext) -> Document | None:
    if record_id is None:
        return None
    return {"id": record_id, "url": context.absolute(f"{kind}/{record_id}/")}


def _person(person: PublicPerson) -> Document:
    return {
        "name": person.name,
        "masked": person.masked,
        "minor": person.minor,
        "sex": person.sex,
        "born": person.born,
        "age_at_act": person.age_at_act,
        "ethnicity": person.ethnicity,
        "unit": person.unit,
        "post": person.post,
        "residence": person.residence,
        "deceased": person.deceased,
        "injured": person.injured,
    }


def _group(group: PublicGroup | None) -> Document | None:
    return None if group is None else {"name": group.name, "head_count": group.head_count}


def _act(act: PublicAct | None) -> Document | None:
    if act is None:
        return None
    return {
        "happened_on": act.happened_on,
        "at": act.at,
        "kind": act.kind,
        "place": act.place,
        "district": act.district,
        "summary": act.summary,
        "narrative": list(act.narrative),
        "verification": list(act.verification),
        "limb": act.limb,
        "loss_averted": act.loss_averted,
    }


def _provision(ref: ProvisionRef | None, context: SiteContext) -> Document | None:
    if ref is None:
        return None
    return {
        "instrument": ref.instrument,
        "version": ref.version,
        "article": ref.article,
        "summary": ref.summary,
        "superseded": ref.superseded,
        "url": context.absolute(ref.path),
    }


def _correction(item: PublicCorrection) -> Document:
    return {
        "corrected_on": item.corrected_on.isoformat(),
        "what": item.what,
        "was": item.was,
        "now": item.now,
        "moved_closes_on": _day(item.moved_closes_on),
    }


def _event(item: HistoryEvent, *, dead: bool) -> Document:
    """One line of the history. What a tombstone's notice was corrected in is narrative, so it goes."""
    return {
        "on": item.on.isoformat(),
        "event": item.event,
        "organ": item.organ,
        "number": item.number,
        "text": None if dead and item.event == "corrected" else item.text,
    }


def _outcome(notice: PublicNotice) -> Document | None:
    if notice.outcome_on is None:
        return None
    return {
        "on": notice.outcome_on.isoformat(),
        "organ": notice.outcome_organ,
        "reason": notice.outcome_reason,
    }


def _channels(notice: PublicNotice, context: SiteContext) -> Document | None:
    """Where objections go, only while the notice is open: otherwise no address leads anywhere."""
    if notice.status is not NoticeStatus.OPEN:
        return None
    authority = context.authorities[notice.authority]
    channels = authority.channels
    post, counter = channels.post, channels.in_person
    return {
        "web_form": channels.web_form.replace("{notice_id}", notice.id) if channels.web_form else None,
        "email": channels.email,
        "telephone": list(channels.telephone),
        "fax": list(channels.fax),
        "post": None
        if post is None
        else {
            "recipient": post.recipient,
            "address": post.address,
            "postcode": post.postcode,
            "counts_by": post.counts_by,
        },
        "in_person": None if counter is None else {"address": counter.address, "hours": counter.hours},
        "contact": authority.contact,
        "requirements": list(authority.requirements),
    }
