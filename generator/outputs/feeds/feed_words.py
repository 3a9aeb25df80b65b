"""订阅用语 (words): sentences of feeds and calendars, from ``catalogue/zh/feeds.yml``."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from generator.catalogue import wording
from generator.law.publicity.clock_wording import day_words
from generator.public.list_rows import NoticeRow
from generator.source.model.scalars import SHANGHAI


def words() -> Any:
    """The catalogue of this area."""
    return wording("feeds")


def partial_day_words(partial: str) -> str:
    """日期文字: ``2026年11月26日``; a day known to its year or month alone stops there."""
    parts = [int(part) for part in partial.split("-")]
    if len(parts) == 3:
        return day_words(date(parts[0], parts[1], parts[2]))
    return str(words()["year" if len(parts) == 1 else "month"]).format(year=parts[0], month=parts[-1])


def closing_words(closes_on: date, closes_at: datetime) -> str:
    """截止时刻: ``2026年11月26日 24:00``, or the close of business of that day, as the clock words it."""
    forms = wording("clock")
    moment = closes_at.astimezone(SHANGHAI)
    time = forms["day_end"] if moment.date() > closes_on else f"{moment:%H:%M}"
    return str(forms["last_moment"]).format(day=day_words(closes_on), time=time)


def moment_words(moment: datetime) -> str:
    """时刻: ``2026年11月22日 09:00``, Beijing time."""
    local = moment.astimezone(SHANGHAI)
    return str(wording("clock")["last_moment"]).format(day=day_words(local.date()), time=f"{local:%H:%M}")


def notice_sentence(row: NoticeRow) -> str:
    """公示的一句话 at the build's instant, true whenever it is read: every moment in it is absolute."""
    return str(words()["notice"][row.status.value]).format(
        opens=day_words(row.opens_on), closes=closing_words(row.closes_on, row.closes_at)
    )
