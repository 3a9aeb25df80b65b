"""留空的日子: a page with another day put into it is the page of that day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from generator.pages.cite import cite_block
from generator.pages.fresh_words import day_freshness
from generator.pages.honour_rolls import edition_of, roll_citable
from generator.pages.page import Page
from generator.pages.templating import cn_date, whole
from generator.pipeline.dated_pages import LEFT_OPEN, DayTold, day_told
from generator.pipeline.shell import SLOTS, Shell
from generator.public.open_day import OPEN_APA_DAY, OPEN_DAY, OPEN_ISO_DAY, OPEN_SINCE, OPEN_UNTIL, OPEN_WORDS
from tests.policy_site import site_context

_TOKENS = (OPEN_APA_DAY, OPEN_DAY, OPEN_ISO_DAY, OPEN_SINCE, OPEN_UNTIL, OPEN_WORDS)
_SHELL = Shell(literals=("<title>", *("|" for _ in SLOTS)), slots=SLOTS)
days = st.fixed_dictionaries({name: st.binary(max_size=6) for name in _TOKENS}).map(DayTold)
pages = st.lists(st.sampled_from([*_TOKENS, "公示", "<p>", "2026年", "0"]), max_size=12).map("".join)


@given(page=pages, one=days, other=days)
def test_another_day_in_its_place_is_that_day(page: str, one: DayTold, other: DayTold) -> None:
    written, places = one.filled(page.encode())
    assert [written[at : at + size] for at, size, _ in places] == [one.values[name] for _, _, name in places]
    assert other.instead(written, places) == other.filled(page.encode())


def test_a_page_left_open_and_filled_is_the_page_that_tells_its_day() -> None:
    context = site_context()
    told = Page(
        path="notices/",
        section="notices",
        title="公示",
        description="公示列表。",
        body=f"<p>{cn_date(context.day)}</p><time>{context.day.isoformat()}</time>",
    )
    opened = replace(context, day_open=True)
    page = replace(told, body=f"<p>{opened.day_in_words}</p><time>{opened.iso_day}</time>")
    filled, places = day_told(context).filled(_SHELL.fill(page, LEFT_OPEN).encode())
    assert filled.decode() == _SHELL.fill(told, day_freshness(context))
    assert len(places) == 5
    assert day_told(context).in_page(page) == told


def test_a_citation_left_open_and_filled_is_that_of_the_day() -> None:
    context = site_context()
    told, opened = (
        cite_block(roll_citable("honours/", "光荣榜", edition_of(()), each))
        for each in (context, replace(context, day_open=True))
    )
    assert opened != told
    assert day_told(context).filled(opened.encode())[0].decode() == told


def test_a_day_left_open_is_set_as_a_day_is() -> None:
    """What keeps a date on one line, or a figure with its unit, does the same for what stands for it."""
    context = site_context()
    said = f"截至{cn_date(context.day)}，共 3 件"
    left_open = said.replace(cn_date(context.day), OPEN_DAY)
    assert str(whole(left_open)).replace(OPEN_DAY, cn_date(context.day)) == str(whole(said))


def test_pages_of_two_days_and_of_two_next_changes_differ() -> None:
    context = site_context()
    later = replace(context, as_of=context.as_of + timedelta(days=1))
    moved = replace(context, next_change_at=datetime(2026, 12, 3, tzinfo=UTC))
    assert len({day_told(each).key for each in (context, later, moved)}) == 3
    assert day_told(replace(context, as_of=context.as_of + timedelta(minutes=5))).key == day_told(context).key


def test_english_pages_tell_the_day_in_english() -> None:
    told = day_told(site_context(), "en").values
    assert told[OPEN_DAY].decode().isascii()
    assert told[OPEN_WORDS].decode().isascii()
