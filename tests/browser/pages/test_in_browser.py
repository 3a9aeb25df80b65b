"""The pages in a real browser: the clock, without script, on small screens, printed, for everyone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.source.model.instant import SHANGHAI
from tests.browser.pages.small_site import (
    CLOSES_AT,
    CONFIRMED,
    EVERY_KIND,
    OPEN,
    SCHEDULED,
    TOMBSTONE,
)
from tests.printed_sheets import sheets_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("small_site")]

Visit = Callable[..., Page]
BEFORE = datetime(2026, 11, 22, 9, 30, tzinfo=SHANGHAI)
SECOND = timedelta(seconds=1)


@pytest.fixture
def visit(browser: Browser, small_site: str) -> Iterator[Visit]:
    """Open a page at a moment, in a zone; ``frozen`` leaves timers alone. Any request to another origin and any error in the page fails the test."""
    contexts = []
    wrong: list[str] = []

    def go(
        path: str = "",
        at: datetime | None = None,
        zone: str = "Asia/Shanghai",
        width: int = 1280,
        without: str | None = None,
        frozen: bool = False,
        **more: object,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            timezone_id=zone,
            locale="zh-CN",
            **more,  # type: ignore[arg-type]
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda r: None if r.url.startswith((small_site, "data:")) else wrong.append(r.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "console", lambda m: wrong.append(m.text) if m.type == "error" and "404" not in path else None
        )
        if without is not None:
            page.route(without, lambda route: route.fulfill(body=""))
        if at is not None and frozen:
            page.clock.set_fixed_time(at)
        elif at is not None:
            # Paused: time in the page passes only where a test lets it, however slow the machine.
            page.clock.install(time=at - timedelta(minutes=1))
            page.clock.pause_at(at)
        page.goto(small_site + path)
        return page

    yield go
    for context in contexts:
        context.close()
    assert not wrong


def test_the_script_of_every_page_stays_small(sample_site: Path) -> None:
    assert (sample_site / "assets/yiyong.js").stat().st_size < 5_120


def lead(page: Page) -> str:
    return page.locator(".yy-lead__main").inner_text()


@pytest.mark.parametrize(
    "zone",
    [
        "America/New_York",
        *(pytest.param(zone, marks=pytest.mark.journey) for zone in ("Pacific/Auckland", "Asia/Shanghai")),
    ],
)
def test_countdown_is_beijing_time_wherever_the_visitor_is(visit: Visit, zone: str) -> None:
    page = visit(OPEN, BEFORE, zone, frozen=True)
    assert lead(page) == "公示中 · 还有 4\u00a0天，截至 11月26日 24:00"
    for at, said in (
        (CLOSES_AT - timedelta(hours=12), "公示中 · 还有 12\u00a0小时，截至 11月26日 24:00"),
        (CLOSES_AT - timedelta(seconds=61), "公示中 · 还有 2\u00a0分钟，截至 11月26日 24:00"),
        (CLOSES_AT, "公示期满 · 已于 2026年11月26日 24:00 截止"),
    ):
        page.clock.set_fixed_time(at)
        page.reload()
        assert lead(page) == said


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Auckland"])
def test_an_open_tab_closes_at_the_last_moment(visit: Visit, zone: str) -> None:
    page = visit(OPEN, CLOSES_AT - 3 * SECOND, zone)
    links = page.locator("#objection a[data-until]")
    assert links.count() == 2
    sheet = page.get_by_role("link", name="下载《异议书》")
    assert sheet.get_attribute("download") == "异议书-wuhan-2026-0001.docx" and sheet.is_visible()
    way = page.locator(".yy-lead__do")
    assert way.get_by_role("link", name="提出异议").is_visible()
    page.clock.run_for(2000)
    assert links.count() == 2
    assert page.locator("#yy-live").inner_text() == ""
    page.clock.run_for(1000)
    assert links.count() == 0
    assert sheet.count() == 0, "hidden from everybody"
    left = page.locator("#objection a").filter(visible=True)
    assert {link.get_attribute("href") for link in left.all()} == {"tel:02700000011"}
    assert page.locator("#objection h2").inner_text() == "公示期满之后"
    assert way.is_hidden() and way.locator("a").count() == 0
    assert page.locator("main").inner_text().count("届满") == 1, "said once, not beside every channel"
    assert page.locator("[data-badge]").inner_text() == "公示期满"
    assert "结果以更新后的页面为准" in page.locator(".yy-lead > .yy-lead__note").inner_text()
    box = page.locator("#objection .yy-note--red").inner_text()
    assert "届满" in box and "以下列任一方式" not in box
    assert "已填好提纲" not in page.locator("#objection").inner_text()
    assert page.locator("#yy-live").text_content() == "公示期刚刚届满。"


def test_home_and_lists_close_in_an_open_tab(visit: Visit) -> None:
    for path in ("", "notices/", "notices/wuhan/2026/"):
        page = visit(path, CLOSES_AT - SECOND, "America/New_York")
        row = page.locator("li[data-clock]").filter(has=page.locator("a[href$='wuhan-2026-0001/']"))
        assert row.locator("[data-left]").inner_text() == "还有 1\u00a0分钟"
        page.clock.run_for(1000)
        assert row.locator("[data-left]").inner_text() == "已截止"
        assert "yy-row--open" not in (row.get_attribute("class") or "")
        here = page.locator("section").filter(has=row)
        assert here.locator("h2").inner_text() == "已经截止（本页做成以后；结果以更新后的页面为准）"
        # 另一件公示 opened the day before, while the page lay unchanged.
        opened = page.locator("#open")
        assert opened.locator("h2").inner_text() == "现在可以提出异议"
        assert opened.locator("a[href$='wuhan-2026-0002/']").is_visible()
        assert page.locator("#scheduled").is_hidden()
        order = page.locator("h2:visible").all_inner_texts()
        assert order.index("现在可以提出异议") < order.index(
            "已经截止（本页做成以后；结果以更新后的页面为准）"
        )
        if not path:
            leading = page.locator(".yy-hero__first")
            assert leading.locator("a[href$='wuhan-2026-0002/']").is_visible(), (
                "nothing closed leads the page"
            )
            assert "还有 " in leading.locator("[data-left]").inner_text()
            assert "下面列出的公示中有 1\u00a0件可以提出异议" in page.locator(".yy-hero__now").inner_text()


def test_nothing_moves_on_a_list_before_something_turns(visit: Visit) -> None:
    for path in ("", "notices/"):
        page = visit(path, BEFORE)
        assert page.locator("#open [data-state=open]").count() == 1
        waiting = page.locator("#scheduled [data-state=scheduled]")
        assert waiting.locator("[data-left]").all_inner_texts() == ["11月25日 起公示"], (
            "not the heading once more"
        )
        assert not page.locator("[data-turned]").filter(visible=True).count()


def test_a_tab_brought_back_after_the_end_has_no_link(visit: Visit) -> None:
    page = visit(OPEN, BEFORE)
    page.clock.set_system_time(CLOSES_AT + SECOND)
    page.evaluate("dispatchEvent(new Event('pageshow'))")
    assert page.locator("a[data-until]").count() == 0


def test_a_slow_clock_does_not_go_back_before_the_data(visit: Visit) -> None:
    # A record's page knows the last public instant that had passed, the opening, and not that of the build.
    assert lead(visit(OPEN, BEFORE - timedelta(days=300))) == "公示中 · 还有 6\u00a0天，截至 11月26日 24:00"


def test_a_scheduled_notice_opens_by_itself(visit: Visit) -> None:
    page = visit(SCHEDULED, datetime(2026, 11, 24, 23, 59, 59, tzinfo=SHANGHAI), "America/New_York")
    assert lead(page) == "即将公示 · 11月25日\u00a00:00 至 12月1日 24:00"
    page.clock.run_for(1000)
    assert lead(page).startswith("公示中 · 还有 6\u00a0天")


def test_a_notice_that_opens_in_an_open_tab_takes_objections(visit: Visit) -> None:
    page = visit(SCHEDULED, datetime(2026, 11, 24, 23, 59, 59, tzinfo=SHANGHAI), "America/New_York")
    objection = page.locator("#objection")
    ways = objection.locator("a").filter(visible=True)
    assert {link.get_attribute("href") for link in ways.all()} == {"tel:02700000011"}
    assert "公示期内可以用下列任一方式" in objection.inner_text()
    assert "已填好提纲" not in objection.inner_text()
    opening = objection.locator("[data-only=scheduled]")
    assert [re.sub(r"\s", " ", said) for said in opening.all_inner_texts()] == [
        "11月25日 0:00 起可以点开。"
    ] * 2
    page.clock.run_for(1000)
    assert [link.get_attribute("href").split(":")[0] for link in ways.all()] == [
        "https",
        "mailto",
        "tel",
        "objection.docx",
        "tel",
    ]
    assert opening.filter(visible=True).count() == 0
    assert page.locator(".yy-bar--open a").get_attribute("href") == "#objection"
    # With letters of twice the size a phone is as narrow as this: the bar keeps to one line.
    for width in (390, 320, 390 // 2):
        page.set_viewport_size({"width": width, "height": 844})
        bar = page.locator(".yy-bar--open")
        assert bar.bounding_box()["height"] < 70, width  # type: ignore[index]
        # It stands in for the button and the section, where neither is seen.
        for place, needed in (("h1", False), (".yy-sign", True), ("#objection h2", False), ("h1", False)):
            page.evaluate("place => document.querySelector(place).scrollIntoView({block: 'end'})", place)
            expect(bar).to_have_css("visibility", "visible" if needed else "hidden")
            assert bar.locator("a").is_visible() == needed, (width, place)
        ways_on = page.locator(".yy-lead__do a").filter(visible=True)
        assert ways_on.all_inner_texts() == ["提出异议"], "no reminder any more"
    page.set_viewport_size({"width": 1280, "height": 900})
    assert "公示期内可以用下列任一方式" not in objection.inner_text()
    assert "须在 2026年12月1日 24:00（北京时间）前" in objection.inner_text()
    assert "已填好提纲" in objection.inner_text()
    page.clock.set_system_time(datetime(2026, 12, 2, tzinfo=SHANGHAI))
    page.evaluate("dispatchEvent(new Event('pageshow'))")
    assert {link.get_attribute("href") for link in ways.all()} == {"tel:02700000011"}
    assert not objection.locator(".yy-channels").is_visible(), "what is over is folded"
    objection.get_by_text("公示期内的渠道（已截止）").click()
    assert objection.locator(".yy-channels").is_visible()


def test_a_site_older_than_its_next_change_says_so(visit: Visit) -> None:
    fresh = visit("", BEFORE)
    assert "尚未更新" not in fresh.locator(".yy-strip").inner_text()
    stale = visit("", datetime(2026, 11, 25, tzinfo=SHANGHAI))
    assert "页面尚未更新" in stale.locator(".yy-strip").inner_text()
    notice = visit(OPEN, CLOSES_AT + SECOND).locator("#yy-fresh").inner_text()
    assert notice.startswith("本页做成以后") and "有效" not in notice
    top = "document.querySelector('main').getBoundingClientRect().top"
    assert fresh.evaluate(top) == stale.evaluate(top)


@pytest.mark.parametrize("path", ["", OPEN])
def test_what_is_stale_has_its_place_before_the_first_paint(visit: Visit, path: str) -> None:
    late = CLOSES_AT + timedelta(days=30)
    measure = (
        "[...document.querySelectorAll('.yy-strip, header, main')].map(e => e.getBoundingClientRect().top)"
    )
    running, painted = visit(path, late), visit(path, late, without="**/yiyong.js")
    for width in (1280, 390, 320):
        for page in (running, painted):
            page.set_viewport_size({"width": width, "height": 900})
        assert running.evaluate(measure) == painted.evaluate(measure), width
    told = running.get_by_role("status").filter(has_text="页面尚未更新")
    expect(told).to_have_count(1)


@pytest.mark.parametrize("path", ["", OPEN, pytest.param(SCHEDULED, marks=pytest.mark.journey)])
def test_the_clock_moves_nothing(visit: Visit, path: str) -> None:
    measure = "[...document.querySelectorAll('h1, h2, .yy-rows > li')].map(e => Math.round(e.getBoundingClientRect().top))"
    running = visit(path, BEFORE)
    stopped = visit(path, BEFORE, without="**/yiyong.js")
    assert running.locator("[data-state]").count() > 0
    assert stopped.locator("[data-state]").count() == 0
    for width in (1280, 390):
        for page in (running, stopped):
            page.set_viewport_size({"width": width, "height": 900})
        assert running.evaluate(measure) == stopped.evaluate(measure), width


def test_without_script_every_sentence_holds(visit: Visit) -> None:
    page = visit(OPEN, java_script_enabled=False)
    assert lead(page) == "公示至 2026年11月26日 24:00"
    note = page.locator(".yy-lead > .yy-lead__note").inner_text().replace("\u00a0", " ")
    assert "公示期内任何一天都可以提出异议" in note
    assert not page.locator("#yy-type").is_visible()
    assert not any(copy.is_visible() for copy in page.locator("[data-copy]").all())
    assert "还有" not in visit("", java_script_enabled=False).locator("main").inner_text()


def test_two_clicks_from_home_to_an_objection(visit: Visit) -> None:
    page = visit("", BEFORE)
    page.locator(".yy-rows a").first.click()
    page.locator(".yy-lead__do").get_by_role("link", name="提出异议").click()
    expect(page.locator("#objection a[data-until]").first).to_be_in_viewport()


def test_no_sideways_scrolling_at_320_pixels(visit: Visit, small_site: str) -> None:
    page = visit("about/", width=320)
    page.evaluate("localStorage.setItem('yiyong.type', '3')")
    for path in EVERY_KIND:
        page.goto(small_site + path, wait_until="domcontentloaded")
        assert page.evaluate("document.documentElement.dataset.yyType") == "3"
        for step in ("3", "1", ""):
            page.evaluate("step => { document.documentElement.dataset.yyType = step }", step)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, (path, step)


def test_elder_mode_is_large_and_remembered(visit: Visit) -> None:
    page = visit(OPEN, BEFORE)
    size = "parseFloat(getComputedStyle(document.querySelector('.yy-prose p')).fontSize)"
    normal = page.evaluate(size)
    page.get_by_role("button", name="长者模式").click()
    assert page.get_by_role("button", name="长者模式").get_attribute("aria-pressed") == "true"
    assert page.evaluate(size) >= 18
    page.get_by_role("button", name="放大").click()
    page.get_by_role("button", name="放大").click()
    assert page.evaluate(size) >= 30
    for target in page.locator(".yy-tabs a, .yy-tool, .yy-button, #objection a").filter(visible=True).all():
        assert (target.bounding_box() or {"height": 0})["height"] >= 60
    page.reload()
    assert page.evaluate(size) >= 30
    page.get_by_role("button", name="长者模式").click()
    page.reload()
    assert page.evaluate(size) == normal


def test_copy_button_says_that_it_did(visit: Visit) -> None:
    page = visit(CONFIRMED, BEFORE, permissions=["clipboard-read", "clipboard-write"])
    page.locator("summary", has_text="引用").click()
    page.get_by_role("button", name="复制").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "义勇录：公示"
    page.clock.run_for(2000)
    expect(page.get_by_role("button", name="复制", exact=True)).to_be_visible()


def test_targets_are_large_enough_for_a_thumb(visit: Visit) -> None:
    page = visit(OPEN, BEFORE, width=390)
    page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true })")
    targets = page.locator(".yy-tabs a, .yy-tool, .yy-button, summary, .yy-brand").filter(visible=True).all()
    assert len(targets) > 15
    for target in targets:
        assert (target.bounding_box() or {"height": 0})["height"] >= 44


def test_printed_page_keeps_the_notice_and_its_address(visit: Visit) -> None:
    page = visit(OPEN, BEFORE)
    page.emulate_media(media="print")
    assert not page.locator(".yy-tabs").is_visible()
    assert "https://yiyong.example/notices/wuhan-2026-0001/" in page.locator(".yy-print").inner_text()
    assert "异议截止于2026年11月26日 24:00（北京时间）。" in page.locator("main").inner_text()
    assert page.locator(".yy-channels").is_visible()


def test_paper_says_nothing_that_time_makes_untrue(visit: Visit, tmp_path: Path) -> None:
    for path in (OPEN, "notices/"):
        page = visit(path, BEFORE, frozen=True)
        expect(page.locator("main")).to_contain_text("还有 4\u00a0天")
        page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
        words = "".join(sheets_of(tmp_path / "page.pdf"))
        assert "公示至2026年11月26日24:00" in words
        assert "还有4天" not in words and "公示中" not in words


def test_keyboard_reaches_the_skip_link_first(visit: Visit) -> None:
    page = visit(OPEN, BEFORE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "yy-main"


def test_record_pages_light_their_tab(visit: Visit, small_site: str) -> None:
    page = visit("", BEFORE)
    for path, tab in (
        ("", "首页"),
        (OPEN, "公示"),
        (TOMBSTONE, "公示"),
        ("notices/wuhan/2026/", "公示"),
        ("about/", "关于"),
    ):
        page.goto(small_site + path)
        assert page.locator(".yy-tabs [aria-current]").all_inner_texts() == [tab], path


_LINES = """element => {
  const lines = [], walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let last;
  for (let node; (node = walker.nextNode());) for (let at = 0; at < node.length; at++) {
    const range = document.createRange();
    range.setStart(node, at); range.setEnd(node, at + 1);
    const top = Math.round(range.getBoundingClientRect().top);
    if (top !== last) lines.push("");
    lines[lines.length - 1] += node.data[at]; last = top;
  }
  return lines;
}"""


def test_titles_and_tasks_of_home_are_parted_between_words(visit: Visit) -> None:
    page = visit("", BEFORE)
    page.set_viewport_size({"width": 390, "height": 844})
    title = page.locator(".yy-wall__title").last
    title.evaluate("e => (e.innerHTML = '昆明市<span class=yy-keep>见义勇为</span>先进群体')")
    assert title.evaluate(_LINES) == ["昆明市见义勇为", "先进群体"]
    page.set_viewport_size({"width": 1280, "height": 900})
    task = page.locator(".yy-tasks span").last
    assert task.evaluate(_LINES) == ["怎样认定、多久办结、", "有哪些保障"]
