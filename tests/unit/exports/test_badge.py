"""状态徽标."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from lxml import etree

from generator.outputs.badge import badge_address, honour_badge
from generator.public.public_case import HonourStatus, PublicHonour
from tests.every_row import every_row
from tests.public_records import HOSTILE, context, correction, honour, revoked_honour, version_of

CORRECTED = honour(status=HonourStatus.CORRECTED, corrections=(correction(date(2026, 11, 1)),))


def text_of(item: PublicHonour) -> str:
    tree = etree.fromstring(honour_badge(item, version_of(item, context())))
    return " ".join(tree.xpath("//*[local-name()='text']/text()"))


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (honour(), "荣誉有效（2026年10月20日公布）"),
        (CORRECTED, "荣誉有效（2026年11月1日更正）"),
        (revoked_honour(), "荣誉已于2026年11月2日撤销"),
    ],
)
def test_status_date_and_version(item: PublicHonour, said: str) -> None:
    assert said in text_of(item)
    assert version_of(item) in text_of(item)
    assert badge_address(item.id) == f"{item.path}badge.svg"


def test_it_asks_for_nothing_and_names_nobody() -> None:
    for item in (honour(), CORRECTED, revoked_honour()):
        made = honour_badge(item, version_of(item, context())).decode()
        assert "李大勇" not in made
        assert not re.search(r"href|src=|url\(|<script|<style|@import|<image", made)
        assert re.findall(r"https?://[^\"]+", made) == ["http://www.w3.org/2000/svg"]


def test_it_has_a_name_for_screen_readers() -> None:
    tree = etree.fromstring(honour_badge(honour(), version_of(honour(), context())))
    assert tree.get("role") == "img"
    assert "荣誉有效" in tree.get("aria-label")


def test_cells_do_not_overlap() -> None:
    tree = etree.fromstring(honour_badge(honour(), version_of(honour(), context())))
    boxes = [(int(box.get("x")), int(box.get("width"))) for box in tree.iter("{*}rect")]
    for (x, width), (following, _) in pairwise(boxes):
        assert x + width == following
    assert sum(width for _, width in boxes) == int(tree.get("width"))


def test_it_stays_the_same_from_day_to_day() -> None:
    later = context(as_of=context().as_of + timedelta(days=30))
    assert honour_badge(honour(), version_of(honour(), later)) == honour_badge(
        honour(), version_of(honour(), context())
    )


@every_row("text", HOSTILE, ids=range(len(HOSTILE)))
def test_it_shows_no_text_of_the_record(text: str) -> None:
    hostile = replace(honour(), title=text, grantor=text)
    plain = re.sub("[0-9a-f]{12}", "", honour_badge(honour(), version_of(honour(), context())).decode())
    assert re.sub("[0-9a-f]{12}", "", honour_badge(hostile, version_of(hostile, context())).decode()) == plain
