"""公示的领句 (lead): what a notice's page says first of where it stands. Link previews and share cards say the same."""

from __future__ import annotations

from generator.catalogue import wording
from generator.law.notice_period.period_wording import last_moment_words
from generator.pages.templating import cn_date, cn_day
from generator.public.public_case import NoticeStatus, PublicCorrection, PublicNotice

_DECIDED = (NoticeStatus.CONFIRMED, NoticeStatus.AWARDED, NoticeStatus.RECOMMENDED)


def lead_words(notice: PublicNotice) -> str:
    """Of every notice that is no tombstone."""
    words = wording("notices")["lead"][notice.status.value]
    # Where the decision came before the notice, it is older than the end of the period.
    decided = notice.outcome_on if notice.status in _DECIDED else None
    if notice.status is NoticeStatus.AWARDED and decided is None:
        decided = next((event.on for event in notice.history if event.event == "awarded"), None)
        if decided is None:
            return str(words["main_undated"])
    return str(words["main"]).format(
        opens=cn_date(notice.clock.opens_on),
        closes=last_moment_words(notice.clock, year=True),
        since=cn_date(decided or notice.status_since),
    )


def objection_words(notice: PublicNotice) -> str:
    """What became of the objections that were decided, in one sentence; empty without one."""
    words = wording("notices")["lead"]
    results = [
        str(words["objection"][result]).format(on=cn_date(event.on))
        for event in notice.history
        if (result := event.event.removeprefix("objection_")) in words["objection"] and event.event != result
    ]
    if not results:
        return ""
    form = "objections_before" if notice.status is NoticeStatus.UNDER_REVIEW else "objections"
    return str(words[form]).format(results="；".join(dict.fromkeys(results)))


def moved_day(notice: PublicNotice) -> PublicCorrection | None:
    """The last correction that moved the last day."""
    return next((item for item in reversed(notice.corrections) if item.moved_closes_on), None)


def moved_words(item: PublicCorrection) -> tuple[str, str]:
    """From which day to which a last day was moved, and why."""
    words, day = wording("notices")["lead"], item.moved_closes_on
    assert day is not None
    form = words["moved_from" if item.moved_from else "moved"]
    was = cn_day(item.moved_from) if item.moved_from else ""
    told = str(form).format(was=was, on=cn_day(item.corrected_on), day=cn_day(day))
    return told, str(words["moved_why"]).format(what=item.what.rstrip("。"))
