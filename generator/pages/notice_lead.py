"""公示的领句 (lead): what a notice's page says first of where it stands. Link previews and share cards say the same."""

from __future__ import annotations

from generator.catalogue import wording
from generator.law.notice_period.clock_wording import last_moment_words
from generator.pages.templating import cn_date
from generator.public.public_case import NoticeStatus, PublicNotice

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
