"""公示到了哪一步 (where a notice stands): its status, since when, what happened on the way and whom its outcome leaves out.

Nothing dated after the day asked about exists yet.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from generator.cases.case import Case
from generator.law.notice_period.publicity_clock import PublicityClock
from generator.public.public_case import HistoryEvent, NoticeStatus, PublicHonour


def governing_history(
    case: Case, today: date, honours: Iterable[PublicHonour], *, objection_days: bool
) -> tuple[HistoryEvent, ...]:
    """经过: what happened when, oldest first, nothing after ``today``. Objectors appear nowhere. The day on
    which one came appears only with ``objection_days``. ``honours``: those of the case that are public."""
    events: list[HistoryEvent] = []
    notice = case.notice
    if notice is not None:
        events.append(HistoryEvent(on=notice.published_at.date(), event="published", number=notice.number))
        events += [
            HistoryEvent(on=item.corrected_on, event="corrected", text=item.what)
            for item in notice.corrections
        ]
    for objection in case.objections:
        if objection_days:
            events.append(HistoryEvent(on=objection.received_on, event="objection_received"))
        if objection.resolved_on is not None and objection.result is not None:
            events.append(
                HistoryEvent(
                    on=objection.resolved_on,
                    event=f"objection_{objection.result}",
                    text=objection.public_reason,
                )
            )
    outcome = case.outcome
    if outcome is not None:
        if outcome.no_objections:
            events.append(HistoryEvent(on=outcome.decided_on, event="no_objections"))
        events.append(
            HistoryEvent(
                on=outcome.decided_on,
                event=outcome.kind,
                organ=outcome.organ,
                number=outcome.number,
                text=outcome.public_reason,
            )
        )
        if any(p.key in outcome.not_confirmed and p.disclosure != "withheld" for p in case.persons):
            # Of somebody withheld it is not even told that there was somebody who is left out.
            events.append(HistoryEvent(on=outcome.decided_on, event="partly"))
        if outcome.certificate_on is not None:
            events.append(HistoryEvent(on=outcome.certificate_on, event="certificate"))
    else:
        events += _award_told_by_honours(case, honours)
    if case.revocation is not None:
        events.append(
            HistoryEvent(
                on=case.revocation.revoked_on,
                event="revoked",
                organ=case.revocation.organ,
                text=case.revocation.ground,
            )
        )
    return tuple(sorted((event for event in events if event.on <= today), key=lambda event: event.on))


def _award_told_by_honours(case: Case, honours: Iterable[PublicHonour]) -> tuple[HistoryEvent, ...]:
    """表彰, where the honours of a publicity before an award (表彰前公示) say it and no outcome was entered: the earliest
    decision among those that are public. One whose day nobody knows is no event of any day."""
    if case.notice is None or case.publicity_order != "before_award":
        return ()
    days = [
        (day, honour.grantor)
        for honour in honours
        if (day := honour.decided_on.day or honour.published_day) is not None
    ]
    if not days:
        return ()
    on, organ = min(days)
    return (HistoryEvent(on=on, event="awarded", organ=organ, of_honour=True),)


def notice_status(
    case: Case,
    clock: PublicityClock,
    as_of: datetime,
    honours: Collection[PublicHonour],
    *,
    objection_days: bool,
) -> tuple[NoticeStatus, NoticeStatus]:
    """状态 at ``as_of``, and the status that follows by itself at the last moment. ``honours``: those of the case that are
    public; of one that is withheld the notice does not tell that there is one.

    If a page turned to 异议审查中 while the period runs, somebody who looks each day would learn the day of the
    objection. Without ``objection_days`` it turns only after the last moment.
    """
    today = as_of.date()
    state = clock.state_at(as_of)
    tells = objection_days or state == "closed"
    final = _final_status(case, today)
    decided = _after_award(case, honours, today) if case.publicity_order == "before_award" else None
    confirmed = (
        case.outcome is not None and case.outcome.kind == "confirmed" and case.outcome.decided_on <= today
    )
    reviewing = tells and any(
        item.received_on <= today and (item.resolved_on is None or item.resolved_on > today)
        for item in case.objections
    )
    if reviewing:
        after_close = NoticeStatus.UNDER_REVIEW
    elif decided is not None:
        after_close = decided
    else:
        after_close = NoticeStatus.CONFIRMED if confirmed else NoticeStatus.AWAITING
    if final is not None:
        return final, final
    if state == "scheduled":
        return NoticeStatus.SCHEDULED, after_close
    if state == "open":
        return NoticeStatus.OPEN, after_close
    return after_close, after_close


def _after_award(case: Case, honours: Collection[PublicHonour], today: date) -> NoticeStatus:
    """表彰前公示期满以后: what became of it, or that the award is still awaited."""
    outcome = case.outcome
    if outcome is not None and outcome.decided_on <= today and outcome.kind == "recommended":
        return NoticeStatus.RECOMMENDED
    said = outcome is not None and outcome.decided_on <= today and outcome.kind == "awarded"
    if said or honours:
        return NoticeStatus.AWARDED
    return NoticeStatus.AWAITING_AWARD


def _final_status(case: Case, today: date) -> NoticeStatus | None:
    if case.revocation is not None and case.revocation.revoked_on <= today:
        return NoticeStatus.REVOKED
    if case.outcome is not None and case.outcome.decided_on <= today:
        if case.outcome.kind == "withdrawn":
            return NoticeStatus.WITHDRAWN
        if case.outcome.kind == "not_confirmed":
            return NoticeStatus.NOT_CONFIRMED
        if case.outcome.kind == "not_awarded":
            return NoticeStatus.NOT_AWARDED
    return None


def left_out(case: Case, today: date) -> frozenset[str]:
    """不再列出的人: keys of those of a batch whose matter came to nothing."""
    outcome = case.outcome
    if outcome is None or outcome.decided_on > today:
        return frozenset()
    return frozenset(outcome.not_confirmed)


def status_since(
    case: Case,
    clock: PublicityClock,
    status: NoticeStatus,
    honours: Collection[PublicHonour],
    today: date,
) -> date:
    """The day on which the status began: the deciding event's, else the clock's own. ``honours`` as for the status."""
    if case.revocation is not None and status is NoticeStatus.REVOKED:
        return case.revocation.revoked_on
    ended = (NoticeStatus.NOT_CONFIRMED, NoticeStatus.NOT_AWARDED, NoticeStatus.WITHDRAWN)
    if status in ended and case.outcome is not None:
        return case.outcome.decided_on
    settled = (NoticeStatus.CONFIRMED, NoticeStatus.AWARDED, NoticeStatus.RECOMMENDED)
    if status in settled and case.outcome is not None:
        return max(case.outcome.decided_on, clock.closes_on)
    if status is NoticeStatus.AWARDED:
        told = {honour.id for honour in honours}
        published = min(honour.public_from for honour in case.honours if honour.id in told)
        return max(published, clock.closes_on)
    if status is NoticeStatus.OPEN:
        return clock.opens_on
    if status is NoticeStatus.SCHEDULED and case.notice is not None:
        return case.notice.published_at.date()
    return min(clock.closes_on + timedelta(days=1), today)
