"""订阅用语 (words): sentences of feeds and calendars, from ``catalogue/zh/feeds.yml``."""

from __future__ import annotations

from typing import Any

from generator.catalogue import wording
from generator.law.notice_period.day_wording import closing_words, day_words
from generator.public.list_rows import NoticeRow


def words() -> Any:
    """The catalogue of this area."""
    return wording("feeds")


def notice_title(row: NoticeRow) -> str:
    """公示条目的题目: with the last moment for objections as long as that is to come."""
    if not row.status.is_before_end:
        return row.title
    closes = closing_words(row.closes_on, row.closes_at, year=False)
    return str(words()["notice_title"]).format(title=row.title, closes=closes)


def notice_sentence(row: NoticeRow) -> str:
    """公示的一句话 at the build's instant, true whenever it is read: every moment in it is absolute."""
    return str(words()["notice"][row.status.value]).format(
        opens=day_words(row.opens_on), closes=closing_words(row.closes_on, row.closes_at)
    )
