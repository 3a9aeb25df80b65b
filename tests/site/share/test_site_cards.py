"""分享图 in a built site: where a page names one it is there, and a tombstone has none."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from generator.outputs.share import card_drawing
from generator.outputs.share import record_cards as cards
from generator.outputs.share.card_content import ShareCard
from generator.outputs.share.card_drawing import share_card
from generator.outputs.share.record_cards import card_due, draw_cards
from generator.outputs.share.share_fonts import missing_font
from generator.pages.page_head import CARD_HEIGHT, CARD_WIDTH
from generator.public.list_rows import told_deeds
from generator.public.public_case import HonourStatus, NoticeStatus
from generator.source.model.site_settings import SampleData
from generator.system.store import temporary_store
from tests.projects import case, decision
from tests.projects import honour as award
from tests.public_records import (
    AS_OF,
    context,
    correction,
    honour,
    notice,
    person,
    revoked_honour,
    site,
    tombstone,
)
from tests.quick import Quick

needs_font = pytest.mark.skipif(missing_font() is not None, reason=f"{missing_font()} is not installed")

BASE = "https://yiyong.example/"
ORGAN = "武汉市测试机关（示例）"
ENDED = {
    "id": "wuhan-2026-0002",
    "published_at": "2026-10-21T09:00",
    "period": {"opens_on": "2026-10-21", "closes_on": "2026-10-30"},
}
CASES: dict[str, Any] = {
    "wuhan/2026/a.yml": case(),
    "wuhan/2026/b.yml": case(
        case="wh26-0002",
        procedure={"proposed_on": "2026-10-20"},
        notice=ENDED,
        outcome={
            "kind": "withdrawn",
            "decided_on": "2026-10-25",
            "organ": ORGAN,
            "public_reason": "公示有误，撤回。",
        },
    ),
    "wuhan/2026/c.yml": case(case="wh26-0003", notice=None, honours=[award()]),
    "wuhan/2026/d.yml": case(
        case="wh26-0004",
        notice=None,
        honours=[award(id="wuhan-2026-h0002")],
        revocation={"revoked_on": "2026-11-21", "organ": ORGAN, "ground": "材料不实。"},
    ),
}
GRANTED = "wuhan-2026-h0003"
DECISIONS = {
    "wuhan/2026/wuhan-2026-d0001.yml": decision(
        title="关于表彰封玉琢同志的决定",
        tiers=[
            {
                "title": "见义勇为先进个人",
                "verb": "授予",
                "grants": [{"id": GRANTED, "case": "e", "recipients": ["p1"]}],
            }
        ],
    )
}
CASES["wuhan/2026/e.yml"] = case(case="e", notice=None)
SHOWN = (
    "decisions/wuhan-2026-d0001/",
    "honours/wuhan-2026-h0001/",
    f"honours/{GRANTED}/",
    "notices/wuhan-2026-0001/",
)
TOMBSTONES = ("notices/wuhan-2026-0002/", "honours/wuhan-2026-h0002/")


class Metas(HTMLParser):
    """The ``<meta>`` of a page, by name or property."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One element."""
        values = dict(attrs)
        if tag == "meta" and (name := values.get("property") or values.get("name")):
            self.found[name] = values.get("content") or ""


def metas(folder: Path, page: str) -> dict[str, str]:
    return Metas((folder / page / "index.html").read_text(encoding="utf-8")).found


def built(folder: Path, **settings: Any) -> tuple[Path, list[str]]:
    """The site (audited) and the codes of its warnings."""
    quick = Quick(folder, **settings)
    made = quick.build(CASES, decisions=DECISIONS)
    return quick.out, [item.code for item in made.warnings]


def pictures(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.suffix == ".png"
    }


@pytest.fixture(scope="module")
def with_cards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, codes = built(tmp_path_factory.mktemp("cards"), share_cards="true")
    assert "PST006" not in codes
    return folder


@needs_font
@pytest.mark.parametrize("page", SHOWN)
def test_a_page_names_its_picture_and_the_picture_is_there(with_cards: Path, page: str) -> None:
    found = metas(with_cards, page)
    assert found["og:image"] == f"{BASE}{page}share.png"
    with Image.open(with_cards / found["og:image"].removeprefix(BASE)) as image:
        assert (image.format, image.size) == ("PNG", (CARD_WIDTH, CARD_HEIGHT))
        assert (found["og:image:width"], found["og:image:height"]) == tuple(map(str, image.size))
        assert set(image.info) == {"Description"}
    assert found["og:image:type"] == "image/png"
    assert "封玉琢" in found["og:image:alt"]
    assert found["twitter:card"] == "summary_large_image"


@needs_font
def test_a_tombstone_has_no_picture_and_names_none(with_cards: Path) -> None:
    assert sorted(pictures(with_cards)) == sorted(f"{page}share.png" for page in SHOWN)
    for page in TOMBSTONES:
        assert not [name for name in metas(with_cards, page) if name.startswith(("og:image", "twitter:"))]


@needs_font
def test_the_same_records_give_the_same_pictures(with_cards: Path, tmp_path: Path) -> None:
    again, _ = built(tmp_path, share_cards="true")
    assert pictures(again) == pictures(with_cards)


def test_a_site_that_asks_for_none_has_none(tmp_path: Path) -> None:
    folder, codes = built(tmp_path)
    assert pictures(folder) == {}
    assert "og:image" not in metas(folder, SHOWN[0])
    assert "PST006" not in codes


def test_without_the_font_the_build_says_so_and_names_no_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cards, "FONTS", (tmp_path,))
    folder, codes = built(tmp_path, share_cards="true")
    assert codes.count("PST006") == 1
    assert pictures(folder) == {}
    for page in SHOWN:
        assert not [name for name in metas(folder, page) if name.startswith(("og:image", "twitter:"))]


ON = context(share_cards=True)


def card(record: Any) -> ShareCard:
    made = card_due(record, ON)
    assert made is not None
    return made


def test_a_notice_says_who_what_and_until_when() -> None:
    made = card(notice())
    assert made.title == "关于拟确认李大勇见义勇为的公示"
    assert made.highlight == "公示至 2026年11月26日 24:00"
    assert made.deed == ("下水救起一名落水者。",)
    assert made.lines == ("平安建设主管机关（示例）",)
    assert made.marks == ("武汉公示",)
    assert card(notice(signatories=("甲局", "乙会"))).lines == ("甲局等 2 家单位",)


def test_the_deed_of_a_notice_is_told_as_on_its_page() -> None:
    """Names masked there are masked here, and a notice that keeps nothing but the kind of the deed says that alone."""
    masked = notice(persons=(person("李某某", masked=True),), title="见义勇为公示")
    assert card(masked).deed == told_deeds(masked)
    thinned = notice(status=NoticeStatus.CONFIRMED, thinned=True)
    assert card(thinned).deed == told_deeds(thinned)
    assert "落水" not in "".join(card(thinned).deed)


def test_an_honour_says_whose_by_whom_and_when() -> None:
    made = card(honour(recipients=(person("李大勇"),)))
    assert made.title == "李大勇"
    assert made.highlight == "获授“武汉市见义勇为英雄”"
    assert made.deed == ("下水救起一名落水者。",)
    assert made.lines == ("武汉市人民政府（示例）", "2026年10月12日")
    assert made.address == "yiyong.example"
    assert made.marks == ("光荣榜",)
    assert not made.quiet
    for verb, told in (
        ("命名", "获命名为“武汉市见义勇为英雄”"),
        ("奖励", "获“武汉市见义勇为英雄”"),
        ("嘉奖", "获“武汉市见义勇为英雄”"),
        ("表彰", "受表彰为“武汉市见义勇为英雄”"),
    ):
        assert card(honour(verb=verb)).highlight == told, "theirs, whose names stand above it"
    assert card(honour(verb="通报表扬", title="见义勇为行为")).highlight == "获通报表扬"
    # The verb says 追授 already; the card of the dead is grey.
    posthumous = card(honour(verb="追授"))
    assert (posthumous.highlight, posthumous.marks, posthumous.quiet) == (
        "获追授“武汉市见义勇为英雄”",
        ("光荣榜",),
        True,
    )
    assert card(honour(decided_on="1998")).lines[-1] == "1998年"
    # The reader of a picture of several cannot tell who died, unless it says so as the page does.
    several = card(honour(recipients=(person("李大勇"), person("井田禾", death="in_the_act"))))
    assert several.title == "李大勇、井田禾（牺牲）" and several.names == ("李大勇", "井田禾")


def test_corrections_and_sample_data_are_marked() -> None:
    sample = SampleData.model_construct(banner="示例数据：均为虚构。", as_of=AS_OF)
    marked = context(share_cards=True, site=site(sample=sample))
    corrected = notice(corrections=(correction(date(2026, 11, 21)),))
    made = card_due(corrected, marked)
    assert made is not None and made.marks == ("武汉公示", "已更正", "示例数据")
    made = card_due(honour(verb="追授", status=HonourStatus.CORRECTED), marked)
    assert made is not None and made.marks == ("光荣榜", "已更正", "示例数据")
    assert card(notice(replaced_by="wuhan-2026-0009")).marks == ("武汉公示", "已更正")


@pytest.mark.parametrize("status", [status for status in NoticeStatus if status.is_tombstone])
def test_no_tombstone_has_a_card(status: NoticeStatus) -> None:
    assert card_due(tombstone(status), ON) is None
    assert card_due(revoked_honour(), ON) is None


def test_nothing_that_turns_by_itself_stands_on_a_card() -> None:
    told = {
        status: made.highlight.replace("\xa0", " ")
        for status in NoticeStatus
        if (made := card_due(notice(status=status), ON)) is not None
    }
    assert not re.search("还有|公示中|即将|正在", "".join(told.values()))
    assert told[NoticeStatus.OPEN] == told[NoticeStatus.SCHEDULED] == "公示至 2026年11月26日 24:00"
    waiting = {
        told[status]
        for status in (NoticeStatus.AWAITING, NoticeStatus.AWAITING_AWARD, NoticeStatus.UNDER_REVIEW)
    }
    assert waiting == {"公示已于 2026年11月26日 24:00 期满"}, "a review ends, and the picture stays"
    assert told[NoticeStatus.CONFIRMED].startswith("已于 ") and told[NoticeStatus.CONFIRMED].endswith(
        "确认为见义勇为"
    )


@needs_font
def test_a_card_is_drawn_once_and_kept_for_as_long_as_a_record_shows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = replace(temporary_store(tmp_path), lasting=True)
    two = [("notices/a/", card(notice())), ("notices/b/", card(honour())), ("notices/c/", None)]
    first = dict(draw_cards(two, store))
    assert list(first) == ["notices/a/share.png", "notices/b/share.png"]
    assert first == dict(draw_cards(two, replace(store, lasting=False)))
    drawn: list[ShareCard] = []

    def counted(item: ShareCard, folders: tuple[Path, ...]) -> bytes | None:
        drawn.append(item)
        return share_card(item, folders)

    monkeypatch.setattr(card_drawing, "share_card", counted)
    assert dict(draw_cards(two, store)) == first
    assert not drawn
    assert dict(draw_cards(two[:1], store)) == {"notices/a/share.png": first["notices/a/share.png"]}
    assert not drawn
    store.keep_only(cards.CARDS, ["notices/a/share.png"])
    assert dict(draw_cards(two, store)) == first
    assert drawn == [two[1][1]]
    assert list(draw_cards([], store)) == []
