"""Search in a real browser: on the built sample site, below a subpath, and with an index in several parts."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from tests.every_row import every_row
from tests.journeys import SOME_AND_REST, share
from tests.search_records import record, write_search

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("search")]
expect.set_options(timeout=20_000)
Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def found_url(
    sample_site: Path, tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]
) -> str:
    """The sample site with search, at ``/below/site/`` of its server: nothing may rely on the root."""
    folder = tmp_path_factory.mktemp("search")
    shutil.copytree(sample_site, folder / "below/site")
    return f"{serve(folder)}below/site/"


@pytest.fixture(scope="module")
def parted_url(
    sample_site: Path,
    tmp_path_factory: pytest.TempPathFactory,
    serve: Callable[[Path], str],
) -> str:
    """The same pages, with a search over 300 records of twenty years in some dozen blocks, and a page without a date."""
    folder = tmp_path_factory.mktemp("parted")
    site = shutil.copytree(sample_site, folder / "site")
    shutil.rmtree(site / "search/texts")
    shutil.rmtree(site / "search/words")
    notices = {"栏目": ("公示",), "城市": ("武汉",)}
    records = [
        record(
            n,
            date=f"{2000 + n // 15}-{1 + n % 12:02}-05",
            title=f"第{n}件公示",
            names=(f"封玉琢{n}",),
            text=f"第{n}件：有人在桥头跳入湖中救人。" + ("桥下水急。" if n in (3, 4) else ""),
            filters={
                **notices,
                "年份": (str(2000 + n // 15),),
                "状态": ("公示中" if n == 290 else "已确认",),
            },
        )
        for n in range(300)
    ]
    help_page = record(
        0,
        date="0000",
        path="objections/",
        title="提出异议",
        text="在桥头说明如何提出",
        filters={"栏目": ("说明",)},
    )
    found = write_search(site, [*records, help_page])
    page = (site / "search/index.html").read_text(encoding="utf-8")
    told = re.sub(
        r'(id="yy-find-manifest">).*?(</script>)',
        lambda match: match[1] + found["search/manifest.json"].decode() + match[2],
        page,
        flags=re.DOTALL,
    )
    assert told != page
    (site / "search/index.html").write_text(told, encoding="utf-8")
    return serve(site)


_AS_BUILT = "Date.now = () => Date.parse('2026-11-22T09:30+08:00')"
"""The clock as the sample was built, whenever the tests run; a page's own clock goes before it."""


@pytest.fixture(scope="module")
def kept(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """One page for all tests, which keeps nothing of what it loads, and what it complains of. A page of its own costs
    twice a visit."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 800})
    context.add_init_script(_AS_BUILT)
    page, complaints = context.new_page(), list[str]()
    page.set_default_timeout(20_000)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    yield page, complaints
    context.close()


@pytest.fixture
def tab(kept: tuple[Page, list[str]]) -> Iterator[Page]:
    """That page as the test before left it; what it complains of fails the test."""
    page, complaints = kept
    yield page
    told = complaints.copy()
    complaints.clear()
    assert told == []


@pytest.fixture
def english_tab(tab: Page) -> Iterator[Page]:
    """A second page beside the tab."""
    page = tab.context.new_page()
    yield page
    page.close()


@pytest.fixture
def visit(browser: Browser, tab: Page) -> Iterator[Visit]:
    """Open an address in the tab, or with options in a page of its own; what that complains of fails the test too."""
    contexts, complaints = [], list[str]()

    def open_page(url: str, **more: object) -> Page:
        page = tab
        if more:
            context = browser.new_context(
                **{"locale": "zh-CN", "viewport": {"width": 1280, "height": 800}, **more}  # type: ignore[arg-type]
            )
            contexts.append(context)
            context.add_init_script(_AS_BUILT)
            page = context.new_page()
            page.set_default_timeout(20_000)
            page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@contextmanager
def requests_of(page: Page) -> Iterator[list[str]]:
    """What the page asks for within the block."""
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    yield asked
    page.remove_listener("request", note)


def search(url: str, query: str, **filters: str) -> str:
    return f"{url}search/?q={quote(query)}" + "".join(f"&{quote(k)}={quote(v)}" for k, v in filters.items())


def language_of(question: str) -> str:
    """The folder of the pages in the language that it is asked in."""
    return "" if re.search("[一-鿿]", question) else "en/"


def ask(page: Page, url: str, question: str, language: str = "") -> None:
    """Ask on the search page of a language; on the one that stands open, once something was asked there."""
    place = f"{url}{language}search/?q="
    if page.url.startswith(place) and "&" not in page.url:
        page.evaluate(_ASK, question)
    else:
        page.goto(place + quote(question))


_ASK = """question => {
    const form = document.querySelector("#yy-find form");
    form.elements.q.value = question;
    form.requestSubmit();
}"""


def some_of(rows: Mapping[str, Any], each: int, rest: bool) -> list[tuple[str, Any]]:
    """One row of so many, or the rest."""
    return [row for number, row in enumerate(rows.items()) if (number % each > 0) == rest]


def filtered(url: str, query: str, filters: dict[str, str]) -> str:
    """The same, narrowed."""
    return search(f"{url}{language_of(query)}", query, **filters)


def status(page: Page) -> str:
    """The spoken result, once there is one."""
    place = page.locator("[data-find=status]")
    expect(place).to_have_text(re.compile("找到|found|有 \\d+ 条"), timeout=20_000)
    return place.inner_text()


def links(page: Page) -> list[str]:
    hrefs: list[str] = page.locator(".yy-hit a").evaluate_all("all => all.map(a => a.href)")
    return [href.split("/site/")[-1] for href in hrefs]


@every_row(
    ("query", "told"),
    [("武汉误工费", False), ("第二十条", False), ("武汉 落户", False), ("程立堃", True), ("无此人名", True)],
)
def test_that_nobody_is_in_doubt_who_is_not_found_is_told_of_names_and_records(
    query: str, told: bool, found_url: str, tab: Page
) -> None:
    tab.goto(search(found_url, query))
    expect(tab.locator("[data-find=lists]")).to_be_visible()
    absent = tab.get_by_text("没有检索到想找的人，不说明其事迹未获认定")
    expect(absent).to_have_count(1)
    assert absent.is_visible() is told


@every_row("name", ["程立堃", "程立", "尉迟昭", "相里骁", "Mateo Lindqvarn", "Lindqvarn"])
def test_a_name_is_found(name: str, found_url: str, tab: Page) -> None:
    ask(tab, found_url, name)
    assert status(tab).startswith("找到")
    assert name in tab.locator(".yy-hit a").first.inner_text()


@every_row("name", ["欧阳翀鹏", "罗布次仁", "ouyangchongpeng"])
def test_an_honour_of_a_group_is_found_by_whom_it_names(name: str, found_url: str, tab: Page) -> None:
    ask(tab, found_url, name)
    status(tab)
    assert "honours/kunming-2026-h0002/" in links(tab)


def test_a_phrase_of_a_deed_is_found_and_marked(found_url: str, visit: Visit) -> None:
    page = visit(search(found_url, "跳入湖中"))
    status(page)
    assert page.locator(".yy-hit mark").first.inner_text() == "跳入湖中"
    city = page.get_by_label("城市")
    assert city.is_hidden(), "nothing stands between what was asked and the answer"
    page.locator("summary", has_text="缩小范围").focus()
    page.keyboard.press("Enter")
    expect(city).to_be_visible()


def test_each_state_of_a_notice_has_its_heading(found_url: str, visit: Visit) -> None:
    """A notice that is not yet begun stands under no heading of ended ones, and says when it begins."""
    page = visit(search(found_url, "", 栏目="公示", 状态="即将公示"))
    status(page)
    assert page.locator(".yy-hitgroup h2").all_inner_texts() == ["即将公示 4"]
    for state in page.locator(".yy-hit__state").all_inner_texts():
        assert re.fullmatch(r"2026年\d+月\d+日 起公示，至 2026年\d+月\d+日 \d\d:\d\d", state), state


@every_row(
    ("query", "path"),
    [
        ("程立坤", "notices/wuhan-2026-0009/"),
        ("chenglikun", "notices/wuhan-2026-0009/"),
        ("Cheng Likun", "notices/wuhan-2026-0009/"),
    ],
)
def test_a_name_is_found_by_its_sound(query: str, path: str, found_url: str, tab: Page) -> None:
    ask(tab, found_url, query)
    assert status(tab) == f"没有找到“{query}”。读音相同的姓名有 1 条"
    assert links(tab) == [path]
    assert tab.locator(".yy-hit__kicker").first.inner_text().startswith("读音相同 · ")


def test_a_kind_of_act_asked_in_english_is_found_in_chinese(found_url: str, visit: Visit) -> None:
    page = visit(search(found_url, "water rescue in Wuhan"))
    assert status(page).startswith("没有写着“water rescue in Wuhan”的；意思相近的（")
    assert links(page) and all("/wuhan-" in path for path in links(page))
    page = visit(f"{found_url}en/")
    page.get_by_role("link", name="Search").click()
    page.wait_for_url(f"{found_url}en/search/")
    expect(page.locator("#yy-find-q")).to_be_focused()
    page.keyboard.type("water rescue in Wuhan")
    page.keyboard.press("Enter")
    expect(page.locator("[data-find=status]")).to_have_text(
        re.compile(r"^[1-9]\d* found; the records are in Chinese$")
    )
    assert page.locator("[data-find=understood] b").all_inner_texts() == ["Wuhan", "Water rescue"]
    expect(page.locator(".yy-hit a").first).to_have_text(
        re.compile(r"^Water rescue, Wuhan \(wuhan-[-h0-9]+\)$")
    )
    expect(page.locator(".yy-hit__state").first).to_have_text(
        re.compile(r"^Open to objections until \d+ November 2026, \d\d:\d\d \(Beijing time\)$")
    )
    expect(page.locator(".yy-hit__text").first).to_have_attribute("lang", "zh-CN")


def test_an_excerpt_does_not_run_particulars_together(found_url: str, tab: Page) -> None:
    ask(tab, found_url, "江岸区")
    status(tab)
    excerpts = tab.locator(".yy-hit__text").all_inner_texts()
    assert excerpts
    assert not [text for text in excerpts if re.search("[一-鿿] [一-鿿]", text)]
    assert any(" · " in text for text in excerpts)


def test_several_words_must_all_stand_there(found_url: str, tab: Page) -> None:
    ask(tab, found_url, "救起")
    status(tab)
    one = links(tab)
    ask(tab, found_url, "救起 湖")
    status(tab)
    assert 0 < len(links(tab)) < len(one)


def test_what_stands_nowhere_is_not_found(found_url: str, tab: Page) -> None:
    ask(tab, found_url, "无此字句可查")
    assert status(tab).startswith("没有找到“无此字句可查”。可以只写姓名")


NUMBERS = {
    "wuhan-2026-0009": "notices/wuhan-2026-0009/",
    " WUHAN-2026-0009 ": "notices/wuhan-2026-0009/",
    "wuhan20260009": "notices/wuhan-2026-0009/",
    "wuhan 2026 h0001": "honours/wuhan-2026-h0001/",
    "hangzhou-2026-h0001": "honours/hangzhou-2026-h0001/",
    "〔2026〕31号": "notices/wuhan-2026-0009/",
    # Two organs have this number; written in full it is one page's.
    "武政示例〔2026〕12号": "honours/wuhan-2026-h0001/",
    "武政示例 (2026) 12 号": "honours/wuhan-2026-h0001/",
    "武政示例［２０２６］12号": "honours/wuhan-2026-h0001/",
    "武政示例【2026】第012号": "honours/wuhan-2026-h0001/",
    "武政示例 2026 12号": "honours/wuhan-2026-h0001/",
    "武政示例2026年12号": "honours/wuhan-2026-h0001/",
    "杭政办函〔2023〕30号": "policies/hangzhou/shishi-yijian-2023/",
    "杭政办函[2023]30号": "policies/hangzhou/shishi-yijian-2023/",
    "民法典184条": "policies/quanguo/minfadian/#2020/art-184",
    "《民法典》第一百八十四条": "policies/quanguo/minfadian/#2020/art-184",
    "中华人民共和国民法典第203条第一款": "policies/quanguo/minfadian/#2020/art-203",
    "武汉条例第十一条": "policies/wuhan/tiaoli-2015/#2025/art-11",
    "昆明办法 第31条怎么规定的？": "policies/kunming/banfa-2014/#2014/art-31",
    "民法典第九条": "policies/quanguo/minfadian/",
}
"""What names one page → that page."""
_LED = """async asked => {
    const { direct, understood } = await import(asked.script);
    const led = [];
    for (const query of asked.queries) led.push([await direct(query.trim()), await direct((await understood(query.trim())).query)]);
    return led;
}"""


def test_ids_and_numbers_name_one_page(found_url: str, tab: Page) -> None:
    tab.goto(f"{found_url}search/")
    led = tab.evaluate(_LED, {"script": f"{found_url}assets/search.js", "queries": list(NUMBERS)})
    told = dict(zip(NUMBERS, led, strict=True))
    assert told == {query: [path, path] for query, path in NUMBERS.items()}, "of the box, and of the page"


@pytest.mark.parametrize("rest", SOME_AND_REST)
def test_ids_and_numbers_jump_to_their_page(rest: bool, found_url: str, tab: Page) -> None:
    for query, path in some_of(NUMBERS, 10, rest):
        tab.goto(search(found_url, query))
        tab.wait_for_url(f"{found_url}{path}")
        tab.goto(f"{found_url}policies/wuhan/")
        tab.locator("#yy-search-q").fill(query)
        expect(tab.locator("#yy-search-q")).to_have_attribute("aria-expanded", "true")
        tab.keyboard.press("Enter")
        tab.wait_for_url(f"{found_url}{path}")


def test_a_suggestion_ends_in_no_dot_and_one_character_suggests_who_bears_it(
    found_url: str, visit: Visit
) -> None:
    page = visit(f"{found_url}policies/wuhan/")
    box, options = page.locator("#yy-search-q"), page.locator("[role=option]")
    box.fill("救治费用")
    expect(options.nth(1)).to_be_visible()
    assert not [text for text in options.all_inner_texts() if text.rstrip().endswith("·")]
    box.fill("宁")
    expect(options.nth(0)).to_contain_text("宁")
    expect(options.last).to_have_text("在全文中查“宁”")
    box.fill("的")
    expect(options).to_have_text(["在全文中查“的”"])
    box.fill("京政示例〔2026〕19号")
    expect(options.nth(0)).to_contain_text("机关代字不同")
    box.fill("江苏省南京市")
    expect(options.nth(0)).to_contain_text("南京：正在公示的")
    box.fill("苏州")
    expect(options.last).to_contain_text("苏州在江苏，江苏的规定也没有收录")


def test_an_id_that_is_not_there_is_said_to_be_so(found_url: str, tab: Page) -> None:
    ask(tab, found_url, "wuhan-2026-9999")
    expect(tab.locator("[data-find=status]")).to_have_text("没有编号为 wuhan-2026-9999 的页面")


def test_two_filters_narrow_together(found_url: str, visit: Visit) -> None:
    page = visit(search(found_url, "", 城市="武汉", 栏目="公示"))
    status(page)
    found = links(page)
    assert found
    assert page.get_by_label("城市").is_visible(), "what narrows the answer stands open"
    assert all(path.startswith("notices/wuhan-") for path in found)
    dates = [path.split("-")[1] for path in found]
    assert dates == sorted(dates, reverse=True)


@every_row(
    ("query", "filters", "said", "first"),
    [
        ("医药费", {"城市": "北京"}, "北京的规定：医药费由谁承担", "policies/beijing/#benefit_medical"),
        ("医药费", {"城市": "武汉"}, "第二十条第一款", "policies/wuhan/#benefit_medical"),
        ("医药费", {"栏目": "政策"}, "各地对照", "policies/compare/benefits/#benefit_medical"),
        (
            "医药费",
            {"栏目": "政策", "城市": "青岛"},
            "青岛的规定",
            "policies/qingdao/#benefit_medical",
        ),
        ("异议期限", {"城市": "武汉"}, "不少于7日", "policies/wuhan/#publicity_period"),
        ("工伤", {"城市": "全国"}, "视同工伤", "policies/quanguo/#benefit_pension"),
        ("公示", {"城市": "武汉"}, "武汉：正在公示的", "notices/wuhan/"),
        ("第二十条", {"城市": "武汉"}, "", "policies/wuhan/tiaoli-2015/#2025/art-20"),
        ("救火", {"城市": "武汉"}, "", "notices/wuhan-2025-0002/"),
        ("宁", {"城市": "武汉"}, "", "notices/wuhan-2026-0001/"),
        ("medical costs", {"城市": "北京"}, "Art. 12", "en/policies/beijing/#benefit_medical"),
        ("water rescue", {"城市": "南京"}, "", "notices/nanjing-2026-0001/"),
    ],
    of=3,
)
def test_a_question_is_answered_within_what_is_chosen(
    query: str, filters: dict[str, str], said: str, first: str, found_url: str, tab: Page
) -> None:
    tab.goto(filtered(found_url, query, filters))
    assert re.search("^(按姓氏“宁”查，)?找到|found", status(tab))
    answers, city = tab.locator("[data-find=answers]").inner_text().replace("\xa0", " "), filters.get("城市")
    assert said in answers and links(tab)[0] == first
    others = {"北京", "南京", "杭州", "昆明", "武汉"} - {city}
    assert not city or not [line for line in answers.split("\n") if line[:2] in others]


@every_row(
    ("query", "filters", "named"),
    [
        ("医药费", {"栏目": "公示"}, "栏目：公示"),
        ("医药费", {"栏目": "公示", "城市": "北京"}, "栏目：公示、城市：北京"),
        ("武汉医药费", {"城市": "北京"}, "城市：北京"),
        ("奖金", {"类型": "水中救人"}, "类型：水中救人"),
        ("程立堃", {"城市": "南京"}, "城市：南京"),
        ("chenglikun", {"城市": "南京"}, "City: Nanjing"),
        ("救火", {"城市": "北京"}, "城市：北京"),
        ("第二十条", {"城市": "杭州"}, "城市：杭州"),
        ("medical costs", {"栏目": "公示"}, "Section: Notices"),
        ("water rescue", {"城市": "北京"}, "City: Beijing"),
    ],
    of=5,
)
def test_where_nothing_is_found_for_what_is_chosen_it_is_named_and_can_be_removed(
    query: str, filters: dict[str, str], named: str, found_url: str, tab: Page
) -> None:
    tab.goto(filtered(found_url, query, filters))
    told = tab.locator("[data-find=status]")
    expect(told).to_contain_text(named)
    expect(told).to_have_text(re.compile("下没有找到|Nothing found for “[^”]+” within"))
    offers = tab.locator("[data-find=instead] a").evaluate_all("all => all.map(a => [a.href, a.innerText])")
    assert len(offers) >= 1 and named in offers[-1][1] and re.match("去掉|Remove", offers[0][1])
    for url, label in offers:
        number = re.search(r"[（(](\d+)", label)
        assert number is not None
        tab.goto(url)
        expect(told).to_have_text(re.compile(rf"\b{number[1]} 条|\b{number[1]} found| {number[1]}$"))
        assert len(links(tab)) >= min(int(number[1]), 10)


def test_what_stands_nowhere_is_no_matter_of_what_is_chosen(found_url: str, visit: Visit) -> None:
    page = visit(search(found_url, "无此字句可查", 城市="北京"))
    assert status(page).startswith("没有找到")
    assert "条件" not in page.locator("[data-find=instead]").inner_text()


def test_the_box_is_worked_with_the_keyboard(found_url: str, visit: Visit) -> None:
    page = visit(f"{found_url}honours/")
    box = page.get_by_role("combobox", name="检索本站")
    box.focus()
    page.keyboard.type("程立堃")
    options = page.get_by_role("option")
    expect(options).to_have_count(2)
    expect(page.locator("#yy-search [role=status]")).to_have_text("找到 1 条")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "yy-option-0")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_be_focused()
    expect(box).to_have_value("程立堃")
    page.keyboard.type("、")
    page.keyboard.press("Backspace")
    expect(options).to_have_count(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{found_url}notices/wuhan-2026-0009/")


def test_without_script_the_lists_are_shown(found_url: str, visit: Visit) -> None:
    page = visit(f"{found_url}search/", java_script_enabled=False)
    assert page.locator("noscript p").count() == 1 or "脚本" in page.inner_text("#yy-find")
    assert page.locator("#yy-find form").is_hidden()
    page.locator("#yy-find").get_by_role("link", name="光荣榜，分城市和年份").click()
    page.wait_for_url(f"{found_url}honours/")
    assert page.locator("a.yy-search-link").get_attribute("href") == "../search/"


@pytest.mark.parametrize("rest", SOME_AND_REST)
def test_on_a_phone_the_box_is_a_link_and_no_answer_is_too_wide(
    rest: bool, browser: Browser, found_url: str
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(found_url)
    assert page.locator("#yy-search").is_hidden()
    page.get_by_role("link", name="检索本站").click()
    page.wait_for_url(f"{found_url}search/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    asked_here = share(FOUND_ON_A_PHONE, rest=rest, every=3)
    assert {asked: wide for asked in asked_here if (wide := wider_than_phones(page, found_url, asked))} == {}
    context.close()


FOUND_ON_A_PHONE = (
    "公示多久",  # rules of several places, each with its source
    "不服怎么办",
    "牺牲了家属能拿多少",
    "向谁提异议",  # telephones
    "今天截止的公示",  # open notices beneath their list
    "程立堃",
    "武汉 落水",
    "上海 奖金",  # not covered: links to places that are
    "没有这样的话",
    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",  # nowhere to break
    "how long is the public notice",
    "can a foreigner be recognised",
    "telephone",
    "water rescue Wuhan",
)


def wider_than_phones(page: Page, url: str, asked: str) -> dict[int, int]:
    """Width of the screen → width of the page with what is found, where it has to be pushed sideways."""
    ask(page, url, asked, language_of(asked))
    status(page)
    expect(page.locator("[data-find=lists]")).to_be_visible()
    found = {}
    for screen in (390, 360, 320):
        page.set_viewport_size({"width": screen, "height": 640})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > screen:
            found[screen] = wide
    return found


def test_nothing_is_loaded_before_the_box_is_used(found_url: str, visit: Visit) -> None:
    page = visit(f"{found_url}notices/")
    page.wait_for_load_state("networkidle")
    loaded: list[str] = page.evaluate("performance.getEntriesByType('resource').map(e => e.name)")
    assert not [name for name in loaded if "search.js" in name or "/search/" in name]


@pytest.mark.parametrize(
    ("before", "asked"),
    [
        ("<main ", "search/?q=武汉"),
        ("<form ", "search/?q=武汉"),
        ('<script type="application/json" id="yy-find-manifest"', "en/search/?q=Wuhan"),
        ('<script type="application/json" id="yy-find-english"', "en/search/?q=Wuhan"),
    ],
)
def test_a_page_that_comes_slowly_answers_once_it_is_whole(
    before: str, asked: str, found_url: str, visit: Visit
) -> None:
    """The script is asked for in the head: on a bad line it is there before the form, what it reads in the page, or
    any of the page."""
    page, held = visit("about:blank", service_workers="block"), list[Route]()
    page.route("**/held.js", lambda route: held.append(route))
    page.route(
        "**/search/?q=*",
        lambda route: route.fulfill(
            body=route.fetch().text().replace(before, f'<script src="/held.js"></script>{before}', 1)
        ),
    )
    with page.expect_request_finished(lambda request: request.url.endswith("/search.js")):
        page.goto(f"{found_url}{asked}", wait_until="commit")
    page.wait_for_timeout(300)
    held[0].fulfill(body="", content_type="text/javascript")
    status(page)
    assert not page.evaluate(
        "url => performance.getEntriesByName(url).length", f"{found_url}search/manifest.json"
    )


def opened(page: Page, folder: str = "texts") -> int:
    """Number of blocks, or files of the index, that were fetched."""
    names: list[str] = page.evaluate("performance.getEntriesByType('resource').map(e => e.name)")
    return len([name for name in names if f"/search/{folder}/" in name])


def test_blocks_are_opened_from_the_newest_and_only_as_needed(parted_url: str, visit: Visit) -> None:
    page = visit(search(parted_url, "桥头"))
    assert "还可以继续查更早的" in status(page)
    assert (opened(page), opened(page, "words")) == (1, 1)
    # The one that is open stands first, though others are newer.
    assert links(page)[0].endswith("notices/wuhan-2019-0290/")
    assert page.locator(".yy-hitgroup h2").all_inner_texts() == ["正在公示 1+", "公示（已期满或已办结） 9+"]
    before = page.locator(".yy-hit").count()
    page.locator("[data-find=more]").click()
    expect(page.locator(".yy-hit")).to_have_count(before + 10)
    expect(page.locator(".yy-hit a:focus")).to_have_count(1)
    assert opened(page) == 1
    dates = [path.split("-")[1] for path in links(page)[1:]]
    assert dates == sorted(dates, reverse=True)


def test_an_old_record_is_found_at_once(parted_url: str, visit: Visit) -> None:
    page = visit(search(parted_url, "桥下水急"))
    assert status(page) == "找到 2 条"
    assert opened(page) == 1
    assert page.locator(".yy-hit mark").all_inner_texts() == ["桥下水急", "桥下水急"]


def test_a_year_opens_only_its_blocks(parted_url: str, visit: Visit) -> None:
    page = visit(search(parted_url, "桥头", 年份="2001"))
    status(page)
    while page.locator("[data-find=more]").is_visible():
        page.locator("[data-find=more]").click()
    expect(page.locator("[data-find=status]")).to_have_text("找到 15 条")
    assert {path.split("-")[1] for path in links(page)} == {"2001"}
    assert opened(page) <= 3


def test_the_oldest_come_first_when_asked(parted_url: str, visit: Visit) -> None:
    page = visit(search(parted_url, "桥头", sort="oldest", 状态="已确认"))
    status(page)
    dates = [path.split("-")[1] for path in links(page)]
    assert dates[0] == "2000"
    assert dates == sorted(dates)


@every_row(
    ("query", "understood", "near"),
    [
        ("南京 救火", ["南京", "火场救人"], True),
        ("南京救火", ["南京", "火场救人"], True),
        ("车祸救人", ["交通事故救援"], True),
        ("抓小偷", ["制止违法犯罪", "协助追捕或侦破"], True),
        ("被捅", ["制止违法犯罪"], True),
        ("救落水儿童", ["水中救人"], True),
        ("外卖员救人", ["外卖员"], True),
        ("未成年人见义勇为", ["未成年人"], True),
        # Stands in a rule alone: what happened comes first.
        ("逃犯", ["协助追捕或侦破"], True),
        ("公交车司机晕倒", ["交通事故救援", "其他救人", "抢险救灾"], True),
        ("拦惊马", ["其他救人"], False),
        ("江苏 救火", ["南京", "火场救人"], True),
        ("退伍军人救人", ["退伍", "军人"], True),
    ],
    of=3,
)
def test_what_is_called_otherwise_is_found(
    query: str, understood: list[str], near: bool, found_url: str, tab: Page
) -> None:
    """Nothing is written as it is asked: what was understood is said, and what is found marks the words it has."""
    ask(tab, found_url, query)
    said = f"没有写着“{query}”的；" + ("意思相近的（" if near else "同一类的有 ")
    expect(tab.locator("[data-find=status]")).to_have_text(re.compile(f"^{re.escape(said)}"))
    assert tab.locator("[data-find=understood] b").all_inner_texts() == understood
    assert links(tab) and not [path for path in links(tab) if path.startswith("policies/")]
    assert not near or tab.locator(".yy-hit mark").count()


@every_row(
    ("query", "exact"),
    [
        ("救火", ["notices/wuhan-2025-0002/", "honours/wuhan-2025-h0002/"]),
        ("溺水", ["honours/kunming-2022-h0001/"]),
    ],
)
def test_where_few_have_the_very_words_others_of_like_meaning_stand_with_them(
    query: str, exact: list[str], found_url: str, tab: Page
) -> None:
    ask(tab, found_url, query)
    told = re.fullmatch(r"找到 (\d+) 条；意思相近的（[^）]+）也列出 (\d+) 条", status(tab))
    assert told is not None
    found, more = map(int, told.groups())
    assert found == len(exact) and more > found
    assert set(exact) < set(links(tab)) and len(links(tab)) == len(set(links(tab))) == found + more


def test_more_of_the_same_kind_is_offered_with_its_number(found_url: str, tab: Page) -> None:
    ask(tab, found_url, "南京 落水")
    status(tab)
    offer = tab.locator("[data-find=instead] a")
    number = re.fullmatch(r"南京 · 水中救人（(\d+)\s条）", offer.inner_text())
    assert number is not None
    offer.click()
    expect(tab.locator("[data-find=status]")).to_have_text(f"找到 {number[1]} 条")


@every_row("query", ["无此字句可查", "xyzzy", "跳入湖中 火星", "跳入湖中 消防", "Jiang'an District"], of=3)
def test_whatever_is_offered_has_as_many_results_as_it_says(query: str, found_url: str, tab: Page) -> None:
    language = language_of(query)
    ask(tab, found_url, query, language)
    expect(tab.locator("[data-find=status]")).to_have_text(re.compile("没有找到|Nothing found"))
    expect(tab.locator("[data-find=instead] a").first).to_be_visible()
    offers = tab.locator("[data-find=instead] a").evaluate_all("all => all.map(a => [a.href, a.innerText])")
    assert offers
    for url, label in offers[:3]:
        assert quote(query) not in url
        number = re.search(r"[（(](\d+)", label)
        assert number is not None
        tab.goto(url)
        expect(tab.locator("[data-find=status]")).to_have_text(
            re.compile(rf"(找到 {number[1]} 条|{number[1]} found)"), timeout=20_000
        )
        assert language == "" or not re.search("[一-鿿]", label)


@every_row(
    ("page", "query", "said", "first"),
    [
        ("search/", "上海", "本站没有收录上海的公示、荣誉和规定", "notices/wuhan/"),
        ("search/", "成都见义勇为", "本站没有收录成都的公示、荣誉和规定", "notices/wuhan/"),
        ("search/", "江苏苏州", "苏州在江苏，江苏的规定也没有收录", "notices/wuhan/"),
        ("en/search/", "Shanghai", "no notices, honours or rules of Shanghai", "notices/wuhan/"),
        ("en/search/", "Suzhou", "nor the rules of Jiangsu, its province", "notices/wuhan/"),
    ],
)
def test_a_place_that_is_not_covered_is_said_to_be_so(
    page: str, query: str, said: str, first: str, found_url: str, tab: Page
) -> None:
    ask(tab, found_url, query, page.removesuffix("search/"))
    expect(tab.locator("[data-find=status]")).to_have_text(re.compile(said))
    places = tab.locator("[data-find=instead] a").evaluate_all("all => all.map(a => a.href)")
    law = [f"{found_url}{page.removesuffix('search/')}policies/quanguo/{own}" for own in ("for-me/", "")]
    # What holds there comes first, other places only then.
    assert places[:3] == [*law, f"{found_url}{first}"]
    for url in places:
        assert tab.request.get(url).ok, url


@every_row(
    ("page", "query", "said", "first"),
    [
        ("search/", "上海见义勇为奖金", "本站没有收录上海", "policies/quanguo/"),
        ("search/", "深圳救人受伤谁出医药费", "本站没有收录深圳", "policies/quanguo/"),
        ("search/", "成都 怎么提异议", "本站没有收录成都", "objections/"),
        (
            "en/search/",
            "cash award in Shanghai",
            "no notices, honours or rules of Shanghai",
            "en/policies/quanguo/",
        ),
    ],
)
def test_what_another_place_gives_is_no_answer_for_one_that_is_not_covered(
    page: str, query: str, said: str, first: str, found_url: str, tab: Page
) -> None:
    ask(tab, found_url, query, page.removesuffix("search/"))
    status(tab)
    answers = tab.locator("[data-find=answers]")
    assert said in answers.inner_text()
    assert links(tab)[0] == first
    assert not [path for path in links(tab) if re.search("/(wuhan|nanjing|hangzhou|kunming)/", path)]
    assert not re.search(r"元|yuan|\d+ *[日天]", answers.inner_text())
    others = tab.locator("[data-find=instead] a")
    assert others.count() >= 4 and "wuhan" in (others.first.get_attribute("href") or "")


@every_row(
    ("page", "query", "said", "leading"),
    [
        (
            "search/",
            "郑州",
            "郑州自己的规定",
            ["policies/henan/for-me/", "policies/henan/", "policies/quanguo/"],
        ),
        (
            "search/",
            "宁波市 见义勇为",
            "浙江的规定在那里适用",
            ["policies/zhejiang/for-me/", "policies/zhejiang/"],
        ),
        (
            "search/",
            "宜昌",
            "湖北的规定在那里适用",
            ["policies/hubei/for-me/", "policies/hubei/", "policies/quanguo/"],
        ),
        ("search/", "郑州 救人 奖金", "河南的", ["policies/henan/#bonus"]),
        ("search/", "济南受伤医药费谁出", "山东的", ["policies/shandong/#benefit_medical"]),
        ("en/search/", "Zhengzhou", "The rules of Henan apply there", ["en/policies/henan/for-me/"]),
        ("en/search/", "cash award in Zhengzhou", "of Henan", ["en/policies/henan/#bonus"]),
        ("search/", "cash award in Zhengzhou", "of Henan", ["en/policies/henan/#bonus"]),
    ],
    of=3,
)
def test_a_city_that_is_not_covered_is_led_to_the_rules_of_its_province(
    page: str, query: str, said: str, leading: list[str], found_url: str, tab: Page
) -> None:
    with requests_of(tab) as asked:
        tab.goto(f"{found_url}{page}?q={quote(query)}")
        assert status(tab).startswith("找到") or "found" in status(tab)
    assert len(asked) <= 12
    assert said in tab.locator("[data-find=answers]").inner_text()
    assert links(tab)[: len(leading)] == leading
    province = leading[0].removeprefix("en/").split("/")[1]
    others = tab.locator("[data-find=instead] a").evaluate_all("all => all.map(a => a.href)")
    assert not [path for path in others if f"/{province}/" in path]


def test_an_act_in_such_a_city_leads_to_the_province_before_other_places(found_url: str, tab: Page) -> None:
    ask(tab, found_url, "郑州 救火")
    status(tab)
    assert "河南的规定在那里适用" in tab.locator("[data-find=understood]").inner_text()
    chips = tab.locator("[data-find=instead] a").all_inner_texts()
    assert chips[:2] == ["河南", "全国的规定"] and chips.count("河南") == 1


@every_row("query", ["asdfgh", "qwerty zxcv", "hello world", "Zhang San"], of=3)
def test_what_is_no_english_word_is_answered_in_the_language_of_the_page(
    query: str, found_url: str, tab: Page
) -> None:
    with requests_of(tab) as asked:
        tab.goto(search(found_url, query))
        assert status(tab).startswith(f"没有找到“{query}”")
        expect(tab.locator("[data-find=instead] a").first).to_contain_text("条")
    assert len(asked) <= 12
    assert tab.locator("[data-find=understood] a").count() == 0
    tab.goto(f"{found_url}en/search/?q={quote(query)}")
    assert status(tab).startswith("Nothing found for “")


@every_row(
    "query",
    [
        "how do I apply",
        "what can my family get if he died and he was injured and lost his job",
        "water rescue in Wuhan",
        "Shanghai",
    ],
    of=3,
)
def test_what_is_asked_in_english_on_a_chinese_page_leads_to_the_english_one(
    query: str, found_url: str, tab: Page
) -> None:
    with requests_of(tab) as asked:
        tab.goto(search(found_url, query))
        expect(tab.locator("[data-find=status]")).to_have_text(re.compile("找到|found|意思相近|no notices"))
        tab.wait_for_load_state("networkidle")
    assert len(asked) <= 12
    way = tab.locator("[data-find=understood] a")
    expect(way).to_have_count(1)
    assert way.get_attribute("href") == f"{found_url}en/search/?q={quote(query).replace('%20', '+')}"


def test_what_is_asked_of_such_a_place_is_answered_and_the_place_named(found_url: str, tab: Page) -> None:
    ask(tab, found_url, "上海 救火")
    assert status(tab).startswith("没有写着“上海 救火”的；意思相近的")
    assert "本站没有收录上海" in tab.locator("[data-find=understood]").inner_text()
    ask(tab, found_url, "北京 救火")
    assert status(tab).startswith("没有找到")
    assert "本站只收录了北京的规定" in tab.locator("[data-find=understood]").inner_text()
    ask(tab, found_url, "深圳奖金")
    status(tab)
    assert "本站没有收录深圳" in tab.locator("[data-find=answers]").inner_text()


def test_a_strict_policy_of_contents_is_kept(found_url: str, browser: Browser) -> None:
    """Search needs nothing beyond scripts of the site's own origin."""
    policy = "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
    context = browser.new_context()
    context.route(
        "**/search/?*",
        lambda route: route.fulfill(
            response=(answer := route.fetch()),
            headers={**answer.headers, "content-security-policy": policy},
        ),
    )
    page = context.new_page()
    page.goto(search(found_url, "跳入湖中"))
    status(page)
    assert page.locator(".yy-hit").count() >= 1
    context.close()


QUESTIONS = {
    "谁出医药费": "policies/compare/benefits/#benefit_medical",
    "异议期限": "policies/compare/#publicity",
    "申请期限": "policies/compare/apply/#application_deadline",
    "武汉 申请期限": "policies/wuhan/#application_deadline",
    "几天之内要申请": "policies/compare/apply/#application_deadline",
    "昆明多久申请": "policies/kunming/#application_deadline",
    "申请时效": "policies/compare/apply/#application_deadline",
    "审核多长时间": "policies/compare/review/#review_deadline",
    "多久有结果": "policies/compare/review/#review_deadline",
    "救人受伤了谁出医药费": "policies/compare/benefits/#benefit_medical",
    "救人受伤谁出钱": "policies/compare/benefits/#benefit_medical",
    "误工费谁给": "policies/compare/benefits/#benefit_medical",
    "lost wages": "en/policies/compare/benefits/#benefit_medical",
    "举报造假": "objections/",
    "可以匿名举报吗": "objections/",
    "公示结束后多久发证": "policies/compare/review/#certificate",
    "没有证人怎么办": "policies/compare/apply/#materials",
    "公示期过了还能举报吗": "objections/",
    "申请被拒绝了怎么办": "policies/compare/#remedies",
    "见义勇为奖金要交税吗": "policies/compare/benefits/#benefit_tax",
    "奖金免税": "policies/compare/benefits/#benefit_tax",
    "行政复议期限": "policies/compare/#remedies",
    "六十日内申请复议": "policies/compare/#remedies",
    "复核期限": "policies/compare/#remedies",
    "邮戳日期算不算": "objections/",
    "明天截止的公示": "notices/",
    "今天截止": "notices/",
    "本周截止": "notices/",
    "扶老人被讹怎么办": "policies/quanguo/#liability",
    "我不想公开名字": "policies/compare/publicity/#confidentiality_exception",
    "怎样撤下我的照片": "about/#own",
    "见义勇为证书丢了怎么补": "honours/",
    "丢了证书": "honours/",
    "武汉证书补发": "notices/wuhan/",
    "补办证书": "honours/",
    "没有收到证书": "honours/",
    "证书真假": "verify/",
    "lost certificate": "honours/",
    "异议书": "objections/sheet/",
    "异议怎么写": "objections/sheet/",
    "how do I write an objection": "objections/sheet/",
    "不满意公示结果": "objections/",
    "救人被打伤": "policies/compare/#benefits",
    "被打击报复": "policies/compare/benefits/#benefit_legal_aid",
    "hurt while saving someone": "en/policies/compare/#benefits",
    "制止打架被砍伤怎么办": "policies/compare/#benefits",
    "把小偷打伤了要赔吗": "policies/quanguo/#liability",
    "打人了要负责吗": "policies/quanguo/#liability",
    "正当防卫": "policies/quanguo/#liability",
    "自卫打伤歹徒": "policies/quanguo/#liability",
    "self defence": "en/policies/quanguo/#liability",
    "武汉 南京 区别": "policies/compare/?at=wuhan,nanjing",
    "武汉 南京": "policies/compare/?at=wuhan,nanjing",
    "武汉和南京": "policies/compare/?at=wuhan,nanjing",
    "武汉和南京有什么不同": "policies/compare/?at=wuhan,nanjing",
    "香港": "policies/",
    "没有证书能免费坐公交吗": "policies/compare/benefits/#benefit_transport",
    "上班路上救人": "policies/quanguo/#benefit_pension",
    "超过两年还能申请吗": "policies/compare/apply/#application_deadline",
    "申请超过一年": "policies/compare/apply/#application_deadline",
    "江苏南京": "notices/nanjing/",
    "江苏省南京市": "notices/nanjing/",
    "湖北 武汉": "notices/wuhan/",
    "云南昆明 奖金": "policies/kunming/#bonus",
    "湖北省武汉市医药费": "policies/wuhan/#benefit_medical",
    "南京市鼓楼区": "notices/nanjing/",
    "Nanjing, Jiangsu Province": "en/policies/nanjing/for-me/",
    "cash award Wuhan Hubei": "en/policies/wuhan/#bonus",
    "需要提供什么证据": "policies/compare/apply/#materials",
    "救人受伤": "policies/compare/#benefits",
    "how long do I have to apply": "en/policies/compare/apply/#application_deadline",
    "deadline to apply in Nanjing": "en/policies/nanjing/#application_deadline",
    "application deadline Wuhan": "en/policies/wuhan/#application_deadline",
    "Nanjing deadline": "en/policies/nanjing/#publicity_period",
    "can I be sued for helping": "en/policies/quanguo/#liability",
    "report a fake hero": "en/objections/",
    "can I object anonymously": "en/objections/",
    "widow of a hero": "en/policies/compare/benefits/#benefit_pension",
    "which law applies": "en/policies/",
    "what documents do I need": "en/policies/compare/apply/#materials",
    "how long does it take": "en/policies/compare/review/#review_deadline",
    "scholarship for children": "en/policies/compare/benefits/#benefit_education",
    "我要提异议": "objections/",
    "见义勇为受伤医药费谁出": "policies/compare/benefits/#benefit_medical",
    "武汉 受伤医药费谁出": "policies/wuhan/#benefit_medical",
    "武汉 救人牺牲了家属能得到什么": "policies/wuhan/for-me/#injury=death",
    "武汉 人死了家里能拿多少": "policies/wuhan/for-me/#injury=death",
    "昆明老公救人死了家里能拿多少钱": "policies/kunming/for-me/#injury=death&role=spouse",
    "洛阳遗属待遇": "policies/luoyang/for-me/#injury=death",
    "what can my family get if he died in Wuhan": "en/policies/wuhan/for-me/#injury=death",
    "my husband was killed in Nanjing, what will we get": "en/policies/nanjing/for-me/#injury=death&role=spouse",
    "官渡区救人受伤能得到什么": "policies/kunming/for-me/#injury=injured",
    "子女上学加分": "policies/compare/benefits/#benefit_education",
    "杭州见义勇为子女上学加分": "policies/hangzhou/#benefit_education",
    "南京公示多少天": "policies/nanjing/#publicity_period",
    "北京 医药费": "policies/beijing/#benefit_medical",
    "洛阳医药费": "policies/luoyang/#benefit_medical",
    "青岛 奖金": "policies/qingdao/#bonus",
    "山东省 补助": "policies/shandong/for-me/",
    "青岛": "policies/qingdao/for-me/",
    "青岛见义勇为": "policies/qingdao/for-me/",
    "外地人": "policies/compare/meaning/#scope",
    "江岸区 公交": "policies/wuhan/#benefit_transport",
    "怎么提异议": "objections/",
    "見義勇為 異議": "objections/",
    "how to object": "en/objections/",
    "What can I get in Wuhan if injured?": "en/policies/wuhan/for-me/#injury=injured",
    "compare": "en/policies/compare/",
    "Wuhan": "en/policies/wuhan/for-me/",
    "被告了怎么办": "policies/quanguo/#liability",
    "没人作证": "policies/compare/apply/#materials",
    "丢工作": "policies/compare/benefits/#benefit_employment",
    "不想上榜": "policies/compare/publicity/#confidentiality_exception",
    "武汉荣誉": "honours/wuhan/",
    "英雄榜": "honours/",
    "杭州 公示": "notices/hangzhou/",
    "notices Nanjing": "notices/nanjing/",
    "honours Hangzhou": "honours/hangzhou/",
    "honour roll Wuhan": "honours/wuhan/",
    "open notices": "notices/",
    "recent notices Kunming": "notices/kunming/",
    "list of heroes": "honours/",
    "am I liable": "en/policies/quanguo/#liability",
    "做好事被讹": "policies/quanguo/#liability",
    "救人反被起诉": "policies/quanguo/#liability",
    "被诬告了": "policies/quanguo/#liability",
    # As residents, objectors, kin, injured rescuers, journalists and lawyers ask.
    "公示期间发现他是假的怎么办": "objections/",
    "反映情况会不会泄露我的名字": "objections/",
    "申请行政复议多少天": "policies/compare/#remedies",
    "哪部法律规定见义勇为": "policies/",
    "律师怎么查某一天有效的条例": "policies/",
    "武汉2015年的条例现在还有效吗": "policies/wuhan/#instruments",
    "见义勇为受伤算工伤吗": "policies/quanguo/#benefit_pension",
    "公示里名字写错了找谁改": "about/#own",
    "杭州市见义勇为基金会电话": "notices/hangzhou/",
    "近五年见义勇为数据哪里下载": "data/",
    "怎样查我爸的见义勇为记录": "honours/",
    "今年有哪些人牺牲": "honours/",
    "被救的人要不要赔我": "policies/compare/benefits/#compensation",
    "老公救人死了家里能拿多少钱": "policies/compare/benefits/#benefit_pension",
    "这个网站是谁办的": "about/#publisher",
    "救人受伤住院钱谁出": "policies/compare/benefits/#benefit_medical",
    "我救人受伤了去哪里申请": "policies/compare/#apply",
    "单位不给假扣工资怎么办": "policies/compare/benefits/#benefit_employment",
    "can a foreigner be recognised": "en/policies/compare/meaning/#scope",
    "will my name be published if I object": "en/objections/",
    "which national law covers good samaritans": "en/policies/quanguo/",
    "is it a work injury": "en/policies/quanguo/#benefit_pension",
    "was somebody stripped of the title": "en/policies/compare/falsehood/#revocation",
    "does saving a relative count": "en/policies/compare/meaning/#qualifying_act",
    "who published this site": "en/about/#publisher",
    "what happens if the claim was false": "en/objections/",
}
"""What somebody asks → the page that answers it."""


def test_a_question_leads_first_to_the_page_that_answers_it(found_url: str, tab: Page) -> None:
    for language in ("", "en/"):
        expected = {asked: path for asked, path in QUESTIONS.items() if language_of(asked) == language}
        tab.goto(f"{found_url}{language}search/")
        assert dict(zip(expected, first_pages(tab, found_url, list(expected)), strict=True)) == expected


@pytest.mark.parametrize("rest", SOME_AND_REST)
def test_that_page_is_drawn_first_and_nothing_is_loaded_for_nothing(
    rest: bool, found_url: str, tab: Page
) -> None:
    for question, path in some_of(QUESTIONS, 16, rest):
        with requests_of(tab) as asked:
            tab.goto(f"{found_url}{language_of(question)}search/?q={quote(question)}")
            expect(tab.locator("[data-find=answers] a").first).to_have_attribute("href", f"{found_url}{path}")
            status(tab)
        assert asked and len(asked) <= 12, question
        # A list is followed by the records that it lists.
        if not path.startswith(("notices/", "honours/", "decisions/")):
            assert not [url for url in asked if "/search/texts/" in url], question


@every_row(
    ("question", "told"),
    [
        ("昆明多久申请", r"昆明的规定：多久之内申请\s+90日内 .*第十一条"),
        ("杭州 申请期限", r"申请、举荐没有规定期限。 .*第七条第一款"),
        (
            "误工费",
            r"武汉的规定：误工费[^\n]*\s+收录的武汉市的规定没有写误工费.*工伤保险条例.*第三十三条第一款.*治疗期间工资.*第三十七条.*南京的规定：误工费[^\n]*\s+[^\n]*第二十九条"
            r".*杭州的规定：误工费[^\n]*\s+[^\n]*误工[^\n]*“二（四）”部分.*昆明的规定：误工费.*第二十二条.*第二十三条",
        ),
        (
            "lost wages Nanjing",
            r"Nanjing: lost wages, and pay during treatment\s+[^\n]*wages[^\n]* Art\.\s29",
        ),
        (
            "要准备什么材料",
            r"武汉的规定：[^\n]*\s+[^\n]*三项材料：申请书或者举荐书；[^\n]*第九条第一款.*昆明的规定.*八项相关材料：行为人的陈述；",
        ),
        (
            "what documents do I need in Wuhan",
            r"Wuhan: Documents to submit\s+[^\n]*: [^\n]*; [^\n]* Art\.\s9\(1\)",
        ),
        ("洛阳奖金", r"^怎么办\s+洛阳的规定：奖金\s+本地文件：[^\n]*称号[^\n]*第七条[^\n]*\s+不低于20万元"),
        ("杭州误工费谁给", r"^怎么办\s+杭州的规定：[^\n]+\s+[^\n]*误工.*“二（四）”部分"),
        ("武汉 不服怎么办", r"第十一条第三款.*行政复议：自知道或者应当知道之日起60个自然日内"),
        (
            "Nanjing deadline",
            r"length of the public notice.*Nanjing: Deadline to apply\s+[^\n]*uncertain\.\s+within 1 year",
        ),
        (
            "超过两年还能申请吗",
            r"有的地方由机关自己调查、确认。\s+武汉的规定[^\n]*\s+1年内[^\n]*\s+无人申请[^\n]*第八条第二款\s+南京的规定[^\n]*"
            r"\s+施行日期不详[^（）\n]*。\s+1年内[^\n（）]*\s+无人举荐[^\n]*第十五条\s+杭州的规定[^\n]*\s+[^\n]*第七条[^\n]*\s+没有申请[^\n]*第八条第二款",
        ),
        (
            "too late to apply in Nanjing",
            r"within 1 year[^\n]*\s+Where nobody nominates or applies[^\n]*Art\.\s15",
        ),
        (
            "奖励可以继承吗",
            r"第十四条第一款.*第十四条第二款.*第十四条第三款.*第十七条.*（一）项.*（二）项.*（三）项",
        ),
        ("reward", r"14\(1\).*14\(2\).*14\(3\)"),
        ("丢了证书", r"问发证的机关：名称写在那项荣誉的页上。"),
        ("证书真假", r"写入证书上的证书号，"),
        ("异议书", r"写明公示编号，对哪个人、哪一项事实有异议"),
        ("江岸区 公交", r"江岸区适用武汉的规定。.*免费乘坐.* 第十五条第一款"),
        ("怎么提异议", r"选一个渠道.*武汉：.*027-00000011"),
        ("武汉 公示多少天", r"武汉的规定：公示期限\s+不少于7日 .*（应当） 第\S+条"),
        ("有多少钱", r"杭州的规定：奖金\s+每人5万元"),
        ("how to object in Wuhan", r"Wuhan: notices.*027-00000011"),
        (
            "被告了怎么办",
            r"不承担民事责任；.*武汉的规定：法律援助、人身保护[^：]*诬告.*南京的规定：法律援助、人身保护[^：]*法律援助",
        ),
        (
            "昆明 做好事被讹",
            r"^怎么办\s+昆明的规定：法律援助、人身保护\s+非昆明市人员[^\n]*第二条第三款[^\n]*\s+[^\n]*保护[^\n]*第三十一条第一款\s+[^\n]*法律援助[^\n]*第三十一条第二款",
        ),
        ("who pays the hospital bill in Wuhan", r"Who pays the medical expenses\s+The costs of treatment"),
        ("武汉 残疾了怎么办", r"武汉的规定：伤残抚恤、牺牲人员家属\s+致残"),
        ("死了怎么办", r"武汉：我能得到什么（牺牲人员家属）\s+评定为烈士的[^\n]*第二十二条"),
        ("人死了家里能拿多少", r"武汉：我能得到什么（牺牲人员家属）\s+[^\n]*家属[^\n]*第二十二条"),
        ("洛阳牺牲家属能拿多少钱", r"40个月工资.*20倍加40个月工资"),
        (
            "what can my family get if he died",
            r"Nanjing: what can I get\? \(family of somebody who died\)\s+The effective date is uncertain\.\s+40 months",
        ),
        ("洛阳 谁来确认", r"发生地的县级以上公安机关.*省级规定：[^\n]*评定委员会"),
        ("who confirms in Luoyang", r"by the police.*Provincial rule: [^\n]*committee"),
        ("sued in Wuhan", r"Wuhan: legal aid and protection\s+.* Art\.\s27"),
        ("housing in Shanghai", r"no notices, honours or rules of Shanghai\."),
        ("housing in Springfield", r"These answers do not use “Springfield”\."),
        (
            "外地人在武汉救人算吗",
            r"^怎么办\s+武汉：我能得到什么（外地人）\s+条文没有区分本地人和外地人[^\n]*第二条",
        ),
        (
            "昆明人在外地救人",
            r"^怎么办\s+昆明：我能得到什么（在外地的）\s+昆明市人员在昆明市以外[^\n]*抚恤优待",
        ),
        ("I am not a resident of Wuhan", r"\(from elsewhere\)\s+The text makes no difference"),
        ("cash award Wuhan", r"14\(1\).*14\(2\).*14\(3\)"),
        ("is the award taxed", r"^Answers\s+Whether a cash award is taxed"),
        ("medical costs Kunming", r"Kunming: Who pays the medical expenses\s+.* Art\.\s\d+"),
    ],
    of=5,
)
def test_the_answer_stands_beneath_the_page_that_has_it(
    found_url: str, tab: Page, question: str, told: str
) -> None:
    ask(tab, found_url, question, language_of(question))
    expect(tab.locator("[data-find=status]")).to_have_text(re.compile("找到|found"))
    assert re.search(told, tab.locator("[data-find=answers]").inner_text(), re.DOTALL)


@every_row(
    ("query", "first"),
    [
        ("救人受伤怎么办", "policies/qingdao/for-me/#injury=injured"),
        ("子女上学加分", "policies/qingdao/#benefit_education"),
        ("what if injured", "en/policies/qingdao/for-me/#injury=injured"),
        ("武汉子女上学加分", ""),
        ("12345", ""),
        ("公示多少天", "policies/qingdao/#publicity_period"),
    ],
    of=3,
)
def test_where_no_place_is_asked_for_those_that_are_not_told_are_named(
    query: str, first: str, found_url: str, tab: Page
) -> None:
    ask(tab, found_url, query, language_of(query) if re.search("[a-z]", query) else "")
    status(tab)
    others = tab.locator("[data-find=instead]")
    if first:
        expect(others.locator("h2")).to_have_text(
            re.compile("另有 7 个地方也有规定|7 more places have rules")
        )
        own = others.locator("a").evaluate_all("all => all.map((a) => a.href)")
        assert len(own) == 7 and own[0].endswith(f"/site/{first}"), own
    else:
        assert not re.search("另有|more places", others.inner_text())


def test_a_word_that_stands_nowhere_is_named(found_url: str, tab: Page) -> None:
    ask(tab, found_url, "江岸区 火星 公交")
    assert status(tab) == "找到 2 条", "nothing is said to be missing above what was found"
    assert "火星" not in tab.locator("[data-find=instead]").inner_text()
    assert "以下各条没有用到“火星”。" in tab.locator("[data-find=answers]").inner_text()
    ask(tab, found_url, "跳入湖中 火星")
    assert status(tab).endswith("本站没有一处写着“火星”。")
    ask(tab, found_url, "跳入湖中 消防")
    assert status(tab).endswith("这几个词没有写在同一处。")
    # What an answer says stands somewhere.
    ask(tab, found_url, "救人受伤 医药费 谁出")
    expect(tab.locator("[data-find=answers]")).to_contain_text("医药费")
    assert "没有一处写着" not in status(tab)


@every_row(
    ("query", "simplified", "path"),
    [
        ("駱穎堃", "骆颖堃", "notices/wuhan-2026-0010/"),
        ("宁昇", "", "notices/wuhan-2026-0001/"),
    ],
)
def test_traditional_characters_find_simplified_ones(
    found_url: str, tab: Page, query: str, simplified: str, path: str
) -> None:
    ask(tab, found_url, query)
    said = status(tab)
    assert not simplified or said.startswith(f"按“{simplified}”查：找到")
    assert not path or path in links(tab)


@every_row(
    ("english", "chinese"),
    [
        ("fire rescue Nanjing", "南京 火场救人"),
        ("road accident rescue Wuhan", "武汉 交通事故救援"),
        ("stopping a crime Kunming", "昆明 制止违法犯罪"),
        ("water rescue Hangzhou", "杭州 水中救人"),
        ("catching an offender", "协助追捕或侦破"),
        ("disaster relief", "抢险救灾"),
        ("rescued drowning Wuhan", "武汉 失足"),
        ("car crash", "撞车"),
        ("saved a drowning child", "救淹水小孩"),
        ("knife attack in Kunming", "昆明 拿刀"),
        ("stopped a thief", "抓贼"),
        ("gas leak", "煤气泄漏"),
        ("first aid", "海姆立克"),
        ("posthumous", "追授"),
        ("delivery rider", "外卖员"),
    ],
    of=3,
)
def test_what_is_asked_in_english_finds_what_chinese_finds(
    english: str, chinese: str, found_url: str, tab: Page, english_tab: Page
) -> None:
    ask(english_tab, found_url, english, "en/")
    ask(tab, found_url, chinese)
    for page in (english_tab, tab):
        status(page)
        expect(page.locator(".yy-hit a").first).to_be_visible()
    assert links(english_tab) == links(tab)


def test_revoked_cases_are_found_behind_the_rule(found_url: str, tab: Page) -> None:
    ask(tab, found_url, "撤销")
    assert status(tab) == "找到 3 条"
    found = links(tab)
    assert found[0] == "policies/compare/falsehood/#revocation"
    assert {"notices/wuhan-2023-0001/", "notices/nanjing-2026-0002/", "honours/wuhan-2023-h0001/"} < set(
        found
    )
    texts = tab.locator(".yy-hit__text").all_inner_texts()
    assert texts and not [text for text in texts if "经费" in text]


@pytest.mark.parametrize("query", ["跳入湖中", "江岸区"])
def test_what_is_drawn_first_is_not_pushed_away(found_url: str, browser: Browser, query: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.add_init_script(
        "window.shifts = []; new PerformanceObserver((list) => shifts.push(...list.getEntries().map((e) => e.value)))"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    page.goto(search(found_url, query))
    status(page)
    expect(page.locator("[data-find=lists]")).to_be_visible()
    assert sum(page.evaluate("shifts")) < 0.05
    context.close()


def test_a_name_has_no_answer_of_the_table_beside_it(found_url: str, tab: Page) -> None:
    ask(tab, found_url, "宁昇")
    status(tab)
    assert tab.locator("[data-find=answers] a").count() == 0


def test_a_place_leads_to_its_notices_before_any_law(found_url: str, tab: Page) -> None:
    ask(tab, found_url, "武汉市")
    status(tab)
    assert links(tab) == WUHAN


@every_row(
    ("query", "said", "first"),
    [
        (
            "江苏",
            "江苏：收录了南京的，没有收录江苏自己的规定。",
            ["notices/nanjing/", "policies/nanjing/for-me/"],
        ),
        ("云南省 奖金", "云南：收录了昆明的", ["policies/kunming/#bonus"]),
        ("江苏 公示", "江苏：收录了南京的", ["notices/nanjing/"]),
        (
            "湖北",
            "湖北：自己的规定之外，还收录了武汉的。",
            ["policies/hubei/for-me/", "policies/hubei/", "notices/wuhan/"],
        ),
        ("山东奖金", "青岛的规定：奖金", ["policies/shandong/#bonus"]),
        ("Jiangsu", "Jiangsu: this site has Nanjing", ["en/policies/nanjing/for-me/"]),
        ("cash award in Yunnan Province", "this site has Kunming", ["en/policies/kunming/#bonus"]),
    ],
    of=3,
)
def test_a_province_leads_to_its_cities(
    query: str, said: str, first: list[str], found_url: str, tab: Page
) -> None:
    ask(tab, found_url, query, language_of(query))
    status(tab)
    assert said in tab.locator("[data-find=answers]").inner_text()
    assert links(tab)[: len(first)] == first
    assert "没有收录" not in tab.locator("[data-find=status]").inner_text()


WUHAN = ["notices/wuhan/", "policies/wuhan/for-me/", "policies/wuhan/", "honours/wuhan/"]


def test_a_place_without_a_register_leads_to_its_rules(found_url: str, tab: Page) -> None:
    ask(tab, found_url, "青岛")
    status(tab)
    assert links(tab) == ["policies/qingdao/for-me/", "policies/qingdao/"]
    assert tab.locator("[data-find=answers] .yy-hit__kicker").all_inner_texts() == ["待遇", "规定"]


def test_a_district_leads_to_its_city_and_to_what_happened_there(found_url: str, tab: Page) -> None:
    ask(tab, found_url, "江岸区")
    status(tab)
    expect(tab.locator("[data-find=answers] a")).to_have_count(4)
    own = links(tab)
    for query in ("武汉江岸区", "湖北省武汉市江岸区", "武汉 江岸区"):
        ask(tab, found_url, query)
        status(tab)
        assert "江岸区适用武汉的规定" in tab.locator("[data-find=answers]").inner_text()
        assert links(tab) == own
    ask(tab, found_url, "江岸区")
    status(tab)
    found = tab.locator("[data-find=results] .yy-hit a")
    assert status(tab) == f"找到 {found.count()} 条" and found.count() > 1
    hits, pages = (tab.locator(f"[data-find={part}]").bounding_box() for part in ("results", "answers"))
    assert hits is not None and pages is not None and hits["y"] + hits["height"] <= pages["y"]
    assert links(tab)[-4:] == WUHAN


def test_a_surname_leads_to_people_who_bear_it(found_url: str, tab: Page) -> None:
    for query, surname in (("姓程", "程"), ("程姓", "程"), ("姓尉迟", "尉迟")):
        ask(tab, found_url, query)
        status(tab)
        hits = tab.locator(".yy-hit a").all_inner_texts()
        assert hits and all(surname in hit for hit in hits), query
    ask(tab, found_url, "姓")
    expect(tab.locator("[data-find=status]")).to_have_text("请至少写两个字。")


def told_by(answer: Any) -> str | None:
    """What stands beneath the page of an answer, the third of its fields."""
    return answer[2] or None if len(answer) > 2 else None


def test_open_notices_are_listed_by_their_last_days(sample_url: str, tab: Page) -> None:
    tab.goto(search(sample_url, "明天截止的公示"))
    status(tab)
    tab.wait_for_load_state("networkidle")
    told = tab.locator("[data-find=results] .yy-hitgroup").first.inner_text()
    days = [tuple(map(int, day)) for day in re.findall(r"公示至\D*(\d+)\D+(\d+)\D+(\d+)\D", told)]
    # Those of the day that is asked for come before all.
    later = [day for day in days if day != (2026, 11, 23)]
    assert len(days) > 3 and later == sorted(later) and days == sorted(days, key=later.__contains__)


def test_what_closes_on_the_day_asked_for_stands_first_and_is_counted(sample_url: str, visit: Visit) -> None:
    tab = visit("about:blank", timezone_id="America/New_York")
    tab.clock.set_fixed_time("2026-11-22T20:00:00+08:00")
    tab.goto(search(sample_url, "明天截止的公示"))
    assert re.fullmatch(r"2026年11月23日截止的有 [1-9] 条，列在最前。找到 \d+ 条", status(tab))
    assert "公示至 2026年11月23日" in tab.locator("[data-find=results] .yy-hit").first.inner_text()
    tab.goto(search(sample_url, "今天截止"))
    assert status(tab).startswith("2026年11月22日截止的有 ")
    assert "公示至 2026年11月22日" in tab.locator("[data-find=results] .yy-hit").first.inner_text()
    tab.clock.set_fixed_time("2027-11-22T20:00:00+08:00")
    tab.goto(search(sample_url, "今天截止"))
    assert status(tab).startswith("没有2027年11月22日截止的。找到 ")


def heads_and_states(page: Page) -> list[tuple[str, str]]:
    """Each hit that tells a state, with the heading that it stands under."""
    expect(page.locator("[data-find=results] .yy-hit").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    return [
        (head.partition("\n")[0].rsplit(" ", 1)[0], state)
        for group in page.locator("[data-find=results] .yy-hitgroup").all()
        for head in [group.locator("h2").inner_text()]
        for state in group.locator(".yy-hit__state").all_inner_texts()
    ]


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York"])
def test_a_notice_stands_under_what_it_is_by_the_clock_of_the_reader(
    zone: str, sample_url: str, visit: Visit
) -> None:
    """Nobody is told that a notice is open after its last moment, wherever the reader is."""
    page = visit("about:blank", timezone_id=zone)
    ended = "公示期满（结果以更新后的页面为准）"
    for now, told in {
        "2026-11-22T23:59:59+08:00": ("正在公示", "公示至 2026年11月22日 24:00"),
        "2026-11-23T00:00:00+08:00": ("公示（已期满或已办结）", ended),
    }.items():
        page.clock.set_fixed_time(now)
        page.goto(search(sample_url, "程立坤"))
        assert told in heads_and_states(page)
        assert ("正在公示" in dict(heads_and_states(page))) is (told[1] != ended)
    page.goto(f"{sample_url}en/search/?q=Cheng+Likun")
    told = ("Notices that have ended", "Closed to objections (its page gives the result once updated)")
    assert told in heads_and_states(page)
    page.goto(search(sample_url, "", 状态="公示中"))
    for head, state in heads_and_states(page):
        assert head == ("公示（已期满或已办结）" if state == ended else "正在公示"), state
    assert "公示（已期满或已办结）" in dict(heads_and_states(page))


def test_a_notice_that_was_to_come_is_open_once_it_has_begun(sample_url: str, visit: Visit) -> None:
    page = visit(search(sample_url, "", 栏目="公示", 状态="即将公示"), timezone_id="Asia/Shanghai")
    states = dict.fromkeys(state for _, state in heads_and_states(page))
    opens, closes = (
        re.findall(r"(\d+)年(\d+)月(\d+)日", state)[at] for at, state in ((0, min(states)), (1, min(states)))
    )
    page.clock.set_fixed_time("{}-{:0>2}-{:0>2}T00:00:00+08:00".format(*opens))
    until = "{}年{}月{}日".format(*closes)
    page.reload()
    assert any(
        head == "正在公示" and state.startswith(f"公示至 {until}") for head, state in heads_and_states(page)
    )
    page.goto(page.url.replace("/search/", "/en/search/"))
    shown = [state for head, state in heads_and_states(page) if head == "Open to objections"]
    assert shown and all(state.startswith("Open to objections until ") for state in shown)
    page.clock.set_fixed_time("2027-11-22T00:00:00+08:00")
    page.reload()
    assert {head for head, _ in heads_and_states(page)} == {"Notices that have ended"}


def test_a_notice_that_ends_while_its_hit_is_read_moves_to_the_ended_ones(
    sample_url: str, visit: Visit
) -> None:
    page = visit("about:blank", timezone_id="Asia/Shanghai")
    page.clock.install(time="2026-11-22T23:59:00+08:00")
    page.goto(search(sample_url, "程立坤"))
    open_ones = page.locator("[data-find=results] [data-group='0']")
    expect(open_ones).to_have_count(1)
    page.clock.run_for(61_000)
    expect(page.locator("[data-find=results] [data-group='2']")).to_contain_text("公示期满（")
    expect(open_ones).to_have_count(0)


@every_row(
    ("query", "first"),
    [
        ("怕报复怎么办", "policies/compare/benefits/#benefit_legal_aid"),
        ("打击报复", "policies/compare/benefits/#benefit_legal_aid"),
        ("匿名能不能提异议", "objections/"),
        ("匿名举报可以吗", "objections/"),
        ("节假日截止怎么算", "policies/quanguo/minfadian/#2020/art-203"),
        ("申请见义勇为要多久", "policies/compare/review/#review_deadline"),
        ("多久之内可以申请见义勇为", "policies/compare/apply/#application_deadline"),
        ("冒充见义勇为怎么处罚", "objections/"),
        ("烈士怎么评", "policies/quanguo/lieshi-baoyang-tiaoli/#2024/art-8"),
        ("打坏东西要我赔吗", "policies/quanguo/#liability"),
        ("免费公交 家属", "policies/compare/benefits/#benefit_transport"),
        ("西安救人有奖吗", "policies/quanguo/"),
    ],
    of=3,
)
def test_a_question_leads_to_what_it_asks_for(query: str, first: str, found_url: str, tab: Page) -> None:
    ask(tab, found_url, query)
    assert status(tab).startswith("找到")
    assert links(tab)[0] == first
    if "报复" in query:
        assert "objections/" in links(tab)
        assert "报复" in tab.locator("[data-find=answers]").inner_text().split("武汉")[1]
    if "匿名" in query:
        assert "不署名" in tab.locator("[data-find=answers]").inner_text()


def test_nothing_is_said_to_be_missing_above_answers_and_no_place_twice(found_url: str, tab: Page) -> None:
    ask(tab, found_url, "房子 廉租房 优先")
    assert status(tab) == "找到 5 条"
    ask(tab, found_url, "西安 火星人")
    told = tab.locator("[data-find=status]")
    expect(told).to_have_text(re.compile("^本站没有收录西安"))
    assert "西安" not in tab.locator("[data-find=understood]").inner_text()


def test_what_the_nation_lays_down_for_some_is_no_rule_of_a_place(sample_site: Path) -> None:
    told = json.loads((sample_site / "search/answers/benefit_transport.json").read_bytes())["kunming"]
    assert "未规定" in told[0][1] and told[1][1].startswith("评定为烈士的：遗属")


def test_tax_on_an_award_is_told_from_the_texts_that_speak_of_it(sample_site: Path) -> None:
    """What donors deduct answers another question."""
    told = json.loads((sample_site / "search/answers/bonus_tax.json").read_bytes())
    free = {place for place, lines in told.items() if any("免征个人所得税" in line[1] for line in lines)}
    assert free == {"shandong", "qingdao"}
    assert not any("捐赠" in line[1] for lines in told.values() for line in lines)
    manifest = json.loads((sample_site / "search/manifest.json").read_bytes())
    (said,) = [answer[6] for answer in manifest["answers"] if told_by(answer) == "bonus_tax"]
    assert "山东省" in said


def test_lost_wages_are_told_from_the_same_articles_in_english(sample_site: Path) -> None:
    told, english = (
        {
            place: [path.removeprefix("en/") for *_, path in lines if "#" in path]
            for place, lines in json.loads(
                (sample_site / f"{folder}search/answers/lost_wages.json").read_bytes()
            ).items()
        }
        for folder in ("", "en/")
    )
    assert told == english and len(told["kunming"]) == 2


def test_what_is_said_of_the_nations_law_stands_in_it(sample_site: Path) -> None:
    manifest = json.loads((sample_site / "search/manifest.json").read_bytes())
    said = [answer[6] for answer in manifest["answers"] if answer[1].startswith("policies/quanguo/#")]
    law = (sample_site / "policies/quanguo/index.html").read_text(encoding="utf-8")
    # What tells of several articles names each.
    told = [part for words in said for part in (re.findall("第[^条]+条", words) or [words])]
    assert said and [part for part in told if part not in law] == []


def pages_of(asking: Any) -> list[tuple[str, Any]]:
    """Of every answer its page, and the form of those of places."""
    form = asking["of_topic"]
    spelled = (
        {
            "path": page,
            "of_place": {
                "path": "policies/{slug}/for-me/"
                if len(answer[5]) == 1
                else answer[5][1]
                if "/" in answer[5][1]
                else form["of_place"]["path"].replace("{tells}", answer[5][1]),
                "register": answer[5][2:],
            }
            if len(answer) > 5 and answer[5]
            else None,
        }
        if "/" in (page := answer[1].replace("*", form["path"].split("{")[0]))
        else {
            "path": form["path"].format(group=answer[1], tells=answer[2]),
            "of_place": {"path": form["of_place"]["path"].replace("{tells}", answer[2])},
        }
        for answer in asking["answers"]
    )
    return [(answer["path"], answer.get("of_place")) for answer in spelled]


def test_every_answer_is_there_in_every_place(sample_site: Path) -> None:
    manifest = json.loads((sample_site / "search/manifest.json").read_bytes())
    english = json.loads((sample_site / "search/english.json").read_bytes())
    answers, pages = [*pages_of(manifest), *pages_of(english)], manifest["of_place"] + english["of_place"]
    paths = [path for path, _ in answers]
    forms = [form for _, form in answers if form]
    slugs = {slug for slug, *_ in manifest["places"]}
    for asking in (manifest, english):
        for kind in {told_by(answer) for answer in asking["answers"]} - {None}:
            told = json.loads((sample_site / f"{asking['folder']}{kind}.json").read_bytes())
            nation = {"quanguo"} if kind == "bereaved" else set()
            assert set(told) == slugs | nation and any(told.values())
    assert {path.parent.name for path in sample_site.glob("policies/*/for-me")} == slugs | {"quanguo"}
    for slug, name, ways, register, *_ in manifest["places"]:
        assert name in ways
        own = [page["path"] for page in (*pages, *forms) if register or not page.get("register")]
        paths += [form.format(slug=slug) for form in own]
        form = (sample_site / f"policies/{slug}/for-me/index.html").read_text(encoding="utf-8")
        for choice, _ in manifest["situations"]:
            field, value = choice.split("=")
            asked = re.search(rf'<select name="{field}".*?</select>', form, re.DOTALL)
            assert asked is not None and f'value="{value}"' in asked[0], (slug, choice)
    for path in dict.fromkeys(paths):
        page, _, anchor = path.partition("#")
        html = (sample_site / page / "index.html").read_text(encoding="utf-8")
        assert not anchor or f'id="{anchor}"' in html, path


KEY = re.compile(r'<dt><a href="#(\w+)">.*?</dt><dd>(.*?)</dd></div>', re.DOTALL)


@pytest.mark.parametrize("language", ["", "en/"])
def test_an_answer_says_whatever_the_digest_has_at_its_head(sample_site: Path, language: str) -> None:
    """Who confirms in Luoyang: the police by its own text, a committee by the later one of the province."""
    compared, missing = set(), []
    # What the nation's law says is an answer in itself.
    pages = set(sample_site.glob(f"{language}policies/*/for-me"))
    for digest in sorted(pages - {sample_site / f"{language}policies/quanguo/for-me"}):
        slug, page = digest.parent.name, (digest.parent / "index.html").read_text(encoding="utf-8")
        for topic, cell in KEY.findall(page):
            # The nation's ways are told in one sentence.
            cited = set(re.findall(r'href="[./]*(policies/(?!quanguo/)[^"]+#[^"]+)"', cell))
            told = json.loads((sample_site / f"{language}search/answers/{topic}.json").read_bytes())[slug]
            compared.add((slug, topic))
            missing += [
                (slug, topic, path) for path in cited - {path.removeprefix(language) for *_, path in told}
            ]
    assert len(compared) > 40
    assert missing == []


FIRST = {
    "程立堃": "notices/wuhan-2026-0009/",
    "〔2026〕12号": None,
    "武汉 落水": None,
    "跳入湖中": None,
    "见义勇为": None,
    "谁出医药费": "policies/compare/benefits/#benefit_medical",
    "异议期限": "policies/compare/#publicity",
    "救人受伤": "policies/compare/#benefits",
    "加害人 承担 医疗": "policies/",
    "无此字句可查": "",
    "江岸区": "notices/wuhan/",
    "姓程": "notices/wuhan-2026-0009/",
    "子女上学加分": "policies/hangzhou/#benefit_education",
    "见义勇为受伤医药费谁出": "policies/wuhan/#benefit_medical",
    "程立坤": "notices/wuhan-2026-0009/",
    "chenglikun": "notices/wuhan-2026-0009/",
    "江岸区 公交": "policies/wuhan/#benefit_transport",
    "怎么提异议": "objections/",
    "見義勇為 異議": "objections/",
    "見義勇為": None,
    "見義勇為 火星": "",
    "學生 火星": "",
    "程立坤 武汉": "notices/wuhan-2026-0009/",
    "chenglikun wuhan": "notices/wuhan-2026-0009/",
    "chenglikun nanjing": "",
    "武汉和南京": "policies/compare/?at=wuhan,nanjing",
    "武漢 落水": "notices/wuhan-",
    "張建國": "",
    "骆颍堃": "",
    "周立堃": "",
    "撤销": "honours/wuhan-2023-h0001/",
    "称号可以撤销吗": "policies/compare/falsehood/#revocation",
    "how to object": "en/objections/",
    "water rescue in Wuhan": "notices/wuhan-",
    "京政示例〔2026〕19号": "honours/wuhan-2026-h0002/",
    "昆明误工费": "policies/kunming/#benefit_medical",
    "Nanjing deadline": "en/policies/nanjing/#application_deadline",
    "南京 救火": "notices/nanjing-2026-0008/",
    "失足落水": "notices/",
    "精神病人": "notices/",
    "被救的人没有名字": "",
    "跳入湖中 火星": "",
    "外卖员救人": "notices/",
    "相里骁": "notices/wuhan-2026-0010/",
    "被告了怎么办": "policies/wuhan/#benefit_legal_aid",
    "未成年人": "honours/wuhan-2026-h0003/",
    "武汉荣誉": "honours/wuhan-2026-h0003/",
    "杭州 公示": "notices/hangzhou-2026-0008/",
    "南京正在公示的有哪些": "notices/nanjing-2026-0008/",
    "外地人在武汉救人算不算": "policies/wuhan/for-me/",
    "武汉市救火": "notices/wuhan-",
    "第二十条": "policies/wuhan/tiaoli-2015/#2025/art-20",
    "国办发〔2012〕39号": "policies/quanguo/#not-held",
    "12345": "notices/wuhan/",
    "见义永为": "",
    "奖励办法": "policies/compare/#honours",
}
"""A query → how a path begins that is found; None for any, no letter where nothing need be found."""


def test_what_a_first_query_may_be_is_found(found_url: str, tab: Page) -> None:
    """Of those whose cost ``make test`` does not look at: the others are asked there."""
    for query, found in some_of(FIRST, 3, rest=True):
        ask(tab, found_url, query)
        assert_found(tab, query, found)


def assert_found(page: Page, query: str, found: str | None) -> None:
    """That the answer, once it is there, has what :data:`FIRST` says of it."""
    status(page)
    assert found == "" or any(path.startswith(found or "") for path in links(page)), query


@pytest.mark.parametrize("rest", SOME_AND_REST)
def test_a_first_query_costs_little(rest: bool, found_url: str, tab: Page) -> None:
    """At most 12 requests and 200 KB, the page itself among them and nothing compressed."""
    for query, found in some_of(FIRST, 3, rest):
        tab.goto(search(found_url, query))
        assert_found(tab, query, found)
        # What there is else to find is shown when all has come.
        expect(tab.locator("[data-find=lists]")).to_be_visible()
        sizes = tab.evaluate(
            "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
            ".map((entry) => entry.encodedBodySize)"
        )
        assert len(sizes) <= 12 and sum(sizes) < 200_000, (query, sizes)


def test_what_a_name_may_be_meant_for_is_fetched_only_where_nothing_is_found(
    found_url: str, tab: Page
) -> None:
    """A block of records and the two files of the index that lead to it."""
    tab.goto(search(found_url, "骆颍堃"))
    expect(tab.locator("[data-find=understood] a")).to_have_text("您要找的是“骆颖堃”吗？")
    fetched = "performance.getEntriesByType('resource').map((entry) => entry.name)"
    own = tab.evaluate(fetched)
    after = own[next(at for at, name in enumerate(own) if "search-nothing" in name) + 1 :]
    assert [name.split("/")[-2] for name in after] == ["words", "words", "texts"]


def test_a_document_number_leads_to_its_page_with_little(found_url: str, visit: Visit) -> None:
    page = visit("about:blank")
    with requests_of(page) as asked:
        page.goto(search(found_url, "武政示例〔2026〕12号"))
        page.wait_for_url(f"{found_url}honours/wuhan-2026-h0001/")
    assert len([url for url in asked if "/search/words/" in url or "/search/texts/" in url]) <= 3


def test_a_number_of_another_organ_is_shown_and_not_opened(found_url: str, visit: Visit) -> None:
    """Somebody who checks a paper is not told that it is there."""
    page = visit(search(found_url, "京政示例〔2026〕19号"))
    assert status(page).endswith("年份、号数相同，机关代字不同的有 1 条")
    assert links(page) == ["honours/wuhan-2026-h0002/"]
    assert page.locator(".yy-hit__text").all_inner_texts() == ["江岸政示例〔2026〕19号"]
    for same in ("〔2026〕19号", "江岸政示例〔2026〕19号"):
        page.goto(search(found_url, same))
        page.wait_for_url(f"{found_url}honours/wuhan-2026-h0002/")


def test_a_whole_number_is_no_question(found_url: str, tab: Page) -> None:
    """Its organ may bear a word that questions are asked by: 公示."""
    for number, told in (("12", "年份、号数相同，机关代字不同的有 2 条"), ("88", "没有找到")):
        ask(tab, found_url, f"武见义勇为公示〔2026〕{number}号")
        assert told in status(tab)
        assert tab.locator("[data-find=answers] .yy-hit, [data-find=understood] a").count() == 0


def test_what_the_state_owes_for_its_organs_is_not_answered_with_what_the_helped_owe(
    found_url: str, tab: Page
) -> None:
    ask(tab, found_url, "国家赔偿")
    assert status(tab).startswith("没有找到")
    assert tab.locator("[data-find=answers] .yy-hit").count() == 0


def test_what_is_often_asked_is_a_link_until_something_is_asked(found_url: str, tab: Page) -> None:
    for path, first, leads in (
        ("search/", "谁出医药费", "benefit_medical"),
        ("en/search/", "Who pays the hospital", "benefit_medical"),
    ):
        tab.goto(f"{found_url}{path}")
        asked = tab.locator("#yy-find-help + ul a")
        addresses = asked.evaluate_all("all => all.map(a => a.href)")
        assert len(addresses) == 6
        asked.filter(has_text=first).click()
        status(tab)
        assert leads in links(tab)[0]
        assert tab.url in addresses
        for address in (tab.url, *(other for other in addresses if other != tab.url)):
            if address != tab.url:
                tab.goto(address)
            status(tab)
            expect(tab.locator("#yy-find-help + ul")).to_be_hidden()
            assert links(tab), f"{address} is answered"


def test_articles_of_a_number_stand_in_the_order_of_places(found_url: str, tab: Page) -> None:
    """Places that keep a register first, provinces after cities, the nation last; what no longer holds after all."""
    ask(tab, found_url, "第二十条")
    status(tab)
    places = [path.split("/")[1] for path in links(tab)]
    assert places == [
        *("wuhan", "kunming", "beijing", "zhejiang", "shandong", "henan", "quanguo", "quanguo", "nanjing")
    ]


def test_what_the_site_names_and_does_not_hold_is_said_to_be_so(found_url: str, tab: Page) -> None:
    for asked in ("国办发〔2012〕39号", "国办发2012年39号", "关于加强见义勇为人员权益保护意见"):
        ask(tab, found_url, asked)
        assert status(tab) == "找到 1 条"
        assert links(tab) == ["policies/quanguo/#not-held"]
        assert "本站没有收录这份文件" in tab.locator(".yy-hit__state").inner_text()
        assert tab.get_by_role("region", name="怎么办").count() == 0, "an empty region is no landmark"
    tab.locator(".yy-hit a").click()
    expect(tab.locator(":target")).to_contain_text("国办发〔2012〕39号")


def test_an_article_is_found_by_its_number_alone(found_url: str, tab: Page) -> None:
    for asked in ("第二十条", "第20条"):
        ask(tab, found_url, asked)
        status(tab)
        assert tab.locator(".yy-hitgroup h2").all_inner_texts()[0].startswith("规定 ")
        assert len(links(tab)) == 9 and all(path.endswith("/art-20") for path in links(tab))
        assert "复制引用" not in tab.locator("[data-find=results]").inner_text()
    for asked in ("第二十条 武汉", "武汉第二十条", "Article 20 Wuhan"):
        ask(tab, found_url, asked, language_of(asked))
        status(tab)
        assert links(tab) == ["policies/wuhan/tiaoli-2015/#2025/art-20"]
    for asked in ("(第二十条", "[第20条", "第二十条\\"):
        ask(tab, found_url, asked)
        assert status(tab), "a bracket is no pattern"
    tab.goto(search(found_url, "第二十条"))
    status(tab)
    told = tab.locator(".yy-hit__text").all_inner_texts()
    assert len(told) == 9 and all(len(line) > 20 for line in told), "a line of each"
    assert not [line for line in told if "引用" in line]


@every_row(
    ("asked", "path"),
    [
        ("武汉市见义勇为人员奖励和保护条例", "policies/wuhan/tiaoli-2015/"),
        ("武汉市奖励和保护见义勇为人员条例", "policies/wuhan/tiaoli-1997/"),
        ("《烈士褒扬条例》", "policies/quanguo/lieshi-baoyang-tiaoli/"),
        ("工伤保险条例", "policies/quanguo/gongshang-baoxian-tiaoli/"),
        ("行政复议法", "policies/quanguo/xingzheng-fuyi-fa/"),
        ("中华人民共和国民法典", "policies/quanguo/minfadian/"),
        (
            "杭州市人民政府办公厅关于进一步加强见义勇为人员权益保障工作的实施意见",
            "policies/hangzhou/shishi-yijian-2023/",
        ),
        ("昆明条例", "policies/kunming/banfa-2014/"),
        ("昆明条例第十八条", "policies/kunming/banfa-2014/#2014/art-18"),
        ("昆明办法第十八条", "policies/kunming/banfa-2014/#2014/art-18"),
    ],
    of=3,
)
def test_the_name_of_a_law_leads_to_it(asked: str, path: str, found_url: str, tab: Page) -> None:
    tab.goto(search(found_url, asked))
    tab.wait_for_url(f"{found_url}{path}")


@every_row("asked", ["奖励办法", "见义勇为条例", "提意见", "有关规定", "没有办法"], of=3)
def test_what_only_ends_like_a_law_is_a_question(asked: str, found_url: str, tab: Page) -> None:
    tab.goto(search(found_url, asked))
    assert status(tab)
    assert "/search/" in tab.url


@every_row(
    ("asked", "meant"),
    [
        ("见义永为", "见义勇为"),
        ("武汉见义永为", "武汉见义勇为"),
        ("依药费", "医药费"),
        ("武汗", "武汉"),
        ("jianyiyongwei", "见义勇为"),
        ("jian yi yong wei", "见义勇为"),
        ("骆颍堃", "骆颖堃"),
        ("洛颖堃", "骆颖堃"),
        ("骆颖里", "骆颖堃"),
        ("骆堃", "骆颖堃"),
        ("骆颖小堃", "骆颖堃"),
        ("骆堃颖", "骆颖堃"),
        ("和小翀", "和翀"),
        ("买买提·江肉改", "买买提江肉孜"),
        ("武汉 骆题堃", "武汉 骆颖堃"),
        ("段小甲", ""),
        ("和某", ""),
        ("无此字句可查", ""),
    ],
    of=4,
)
def test_a_wrong_character_is_asked_about(asked: str, meant: str, found_url: str, tab: Page) -> None:
    tab.goto(search(found_url, asked))
    assert status(tab).startswith("没有找到")
    tab.wait_for_load_state("networkidle")
    way = tab.locator("[data-find=understood] a")
    assert way.all_inner_texts() == ([f"您要找的是“{meant}”吗？"] if meant else [])
    if meant:
        way.click()
        assert re.search("^找到|已找到", status(tab))


def test_what_an_answer_leaves_out_is_a_link_to_its_page(found_url: str, tab: Page) -> None:
    tab.goto(search(found_url, "医药费"))
    rest = tab.locator(".yy-hit", has_text="的另外").first
    told = rest.locator(".yy-hit__told").last
    assert re.fullmatch(r"[一-鿿]{2}的另外 \d+ 条", told.inner_text())
    assert told.locator("a").inner_text() == told.inner_text(), "a link that says where it leads"
    page = rest.locator(".yy-hit__title a").get_attribute("href")
    assert told.locator("a").get_attribute("href") == page


def test_a_choice_says_how_many_there_are(found_url: str, visit: Visit) -> None:
    page = visit(f"{found_url}search/")
    for name in ("城市", "称号", "类型"):
        labels = page.locator(f"select[name={name}] option").all_text_contents()[1:]
        counts = [int(label.split("（")[1].split("\xa0")[0]) for label in labels]
        assert counts and counts == sorted(counts, reverse=True), "the order can be seen"
    page = visit(f"{found_url}search/?{quote('类型')}={quote('水中救人')}")
    told = page.locator("select[name=类型] option:checked").text_content()
    assert told == f"水中救人（{re.findall(r'[0-9]+', status(page))[0]}\xa0条）"


def test_without_script_nothing_asks_to_be_searched(found_url: str, visit: Visit) -> None:
    page = visit(f"{found_url}objections/", java_script_enabled=False)
    assert page.locator("input[name=q]:visible").count() == 0
    expect(page.locator(".yy-search-link")).to_be_visible()


def test_of_a_place_that_is_not_covered_the_province_is_named_and_whom_to_call(
    found_url: str, visit: Visit
) -> None:
    for asked in ("成都", "成都 救人受伤"):
        page = visit(search(found_url, asked))
        expect(page.locator(".yy-find")).to_contain_text(re.compile("先找四川的规定.*再看全国的.*12345"))
        ways = page.locator("[data-find=answers] a").evaluate_all("all => all.map(a => a.href)")
        assert not [way for way in ways if "/compare/" in way]


def test_rules_are_found_by_article_and_behind_what_happened(found_url: str, visit: Visit) -> None:
    page = visit(search(found_url, "追偿 加害人"))
    status(page)
    assert re.fullmatch(r"policies/.+/#.+/art-\d+", links(page)[-1])
    assert page.locator(".yy-hitgroup h2").all_inner_texts()[-1].startswith("规定 ")
    page.locator(".yy-hit a").last.click()
    expect(page.locator(":target")).to_be_visible()


def test_one_character_is_a_surname_or_asked_for_more(found_url: str, tab: Page) -> None:
    ask(tab, found_url, "宁")
    assert status(tab).startswith("按姓氏“宁”查，找到")
    assert links(tab)
    for query in ("的", "a"):
        ask(tab, found_url, query)
        expect(tab.locator("[data-find=status]")).to_have_text("请至少写两个字。")
        assert links(tab) == []
    for query in ("李", "张", "姓张"):
        ask(tab, found_url, query)
        told = f"没有姓{query[-1]}的公示和荣誉。查别的，请至少写两个字。"
        expect(tab.locator("[data-find=status]")).to_have_text(told)
        expect(tab.locator("[data-find=instead] a").first).to_contain_text("条")


def test_a_name_that_the_title_leaves_out_is_shown_and_marked(found_url: str, tab: Page) -> None:
    ask(tab, found_url, "欧阳")
    status(tab)
    hit = tab.locator(".yy-hit").filter(has=tab.locator("a[href$='nanjing-2026-0005/']"))
    expect(hit.locator("mark")).to_have_text("欧阳")
    assert re.fullmatch(r"欧阳[一-鿿]{1,2}", hit.locator(".yy-hit__text").inner_text())


def test_other_ways_are_folded_once_something_is_found(found_url: str, tab: Page) -> None:
    ask(tab, found_url, "宁昇")
    status(tab)
    way = tab.get_by_role("link", name="光荣榜，分城市和年份")
    expect(way).to_be_hidden()
    tab.locator("summary", has_text="换个办法找").click()
    expect(way).to_be_visible()
    ask(tab, found_url, "无此字句可查")
    status(tab)
    expect(tab.get_by_role("link", name="光荣榜，分城市和年份")).to_be_visible()


def test_every_answer_of_the_table_has_its_page_and_anchor(sample_site: Path) -> None:
    manifest = json.loads((sample_site / "search/manifest.json").read_text(encoding="utf-8"))
    paths = [path for path, _ in pages_of(manifest)]
    assert paths
    for path in paths:
        page, _, anchor = path.partition("#")
        html = (sample_site / page / "index.html").read_text(encoding="utf-8")
        assert not anchor or f'id="{anchor}"' in html, path


def test_the_filters_of_the_english_page_are_in_english(found_url: str, visit: Visit) -> None:
    page = visit(f"{found_url}en/search/")
    for name, value in (("栏目", "Notices"), ("栏目", "Rules"), ("城市", "Wuhan"), ("状态", "Open")):
        option = page.locator(f"select[name={name}] option", has_text=re.compile(rf"^{value} \(\d+\)$"))
        expect(option).to_have_count(1)


@every_row("question", ["notices Hangzhou", "open notices Hangzhou", "Hangzhou latest notices"])
def test_what_is_listed_stands_beneath_the_list_in_english(question: str, found_url: str, tab: Page) -> None:
    with requests_of(tab) as asked:
        tab.goto(f"{found_url}en/search/?q={quote(question)}")
        expect(tab.locator("[data-find=status]")).to_have_text(re.compile(r"^[1-9]\d* found"))
        expect(tab.locator("[data-find=results] .yy-hit").first).to_be_visible()
    assert 0 < len(asked) <= 12
    assert links(tab)[0] == "notices/hangzhou/"
    hits = tab.locator("[data-find=results] .yy-hit")
    titles = hits.locator(".yy-hit__title").all_inner_texts()
    assert titles and all(re.fullmatch(r".+, Hangzhou \(hangzhou-[-0-9]+\)", title) for title in titles)
    assert hits.locator(".yy-hit__state").first.inner_text().startswith("Open to objections until ")
    assert tab.locator("[data-find=results] h2").first.inner_text().startswith("Open to objections")


@every_row(
    ("question", "path"),
    [
        ("南京正在公示的有哪些", "notices/nanjing-"),
        ("武汉荣誉", "honours/wuhan-"),
        ("表彰决定", "decisions/"),
    ],
)
def test_what_is_listed_stands_beneath_the_list(question: str, path: str, found_url: str, tab: Page) -> None:
    ask(tab, found_url, question)
    status(tab)
    hits = tab.locator("[data-find=results] .yy-hit__title a")
    expect(hits.first).to_be_visible()
    found = [href for href in links(tab) if re.search(r"-[hd]?\d{4}/$", href)]
    assert found and all(href.startswith(path) for href in found)


@every_row("question", ["honours Wuhan", "heroes Wuhan", "Wuhan honour roll"])
def test_honours_are_listed_beneath_their_roll(question: str, found_url: str, tab: Page) -> None:
    ask(tab, found_url, question, "en/")
    status(tab)
    assert links(tab)[0] == "honours/wuhan/"
    hits = tab.locator("[data-find=results] .yy-hit__title a")
    expect(hits.first).to_be_visible()
    assert all(href.startswith("honours/wuhan-") for href in links(tab)[2:])


def test_a_place_that_has_no_notices_lists_none_of_others(found_url: str, visit: Visit) -> None:
    page = visit(f"{found_url}en/search/?q=notices+Shanghai")
    status(page)
    assert page.locator("[data-find=results] .yy-hit").count() == 0


TIMES = [
    "多久",
    "多长",
    "多长时间",
    "几天",
    "什么时候",
    "何时",
    "啥时候",
    "哪天",
    "几个工作日",
    "期限",
    "时间",
]
ORDERS = """async (asked) => {
  const { understood } = await import(asked.script);
  const found = [];
  for (const query of asked.queries) found.push((await understood(query)).found[0]?.path);
  return found;
}"""


def first_pages(page: Page, url: str, queries: list[str]) -> list[str]:
    return page.evaluate(ORDERS, {"script": f"{url}assets/search.js", "queries": queries})  # type: ignore[no-any-return]


def test_the_order_of_the_words_of_a_question_does_not_matter(found_url: str, visit: Visit) -> None:
    page = visit(f"{found_url}policies/wuhan/")
    asked = [
        form
        for time in TIMES
        for form in (f"公示{time}", f"{time}公示", f"公示要{time}", f"公示期{time}", f"申请后{time}公示")
    ]
    found = dict(zip(asked, first_pages(page, found_url, asked), strict=True))
    assert {query: path for query, path in found.items() if path != "policies/compare/#publicity"} == {}
    # Every other topic: beside a word of time it is still asked for, and that in both orders.
    topics = {
        "落户": "落户",
        "撤销": "撤销",
        "奖金": "奖金",
        "证书": "证书",
        "抚恤": "抚恤",
        "经费": "经费",
        "就业": "就业",
    }
    alone = first_pages(page, found_url, list(topics))
    for before, after in ((f"{topic}多久", f"什么时候{topic}") for topic in topics):
        assert first_pages(page, found_url, [before, after]) == [alone[list(topics).index(before[:2])]] * 2
    # Where the order tells two questions apart, the one that is asked in that order comes first.
    assert first_pages(page, found_url, ["多久申请", "申请多久"]) == [
        "policies/compare/apply/#application_deadline",
        "policies/compare/review/#review_deadline",
    ]


@every_row(
    ("query", "paths"),
    [
        ("未成年人", {"notices/wuhan-2026-0006/", "honours/wuhan-2026-h0003/"}),
        ("苏明玥 未成年人", {"notices/wuhan-2026-0006/", "honours/wuhan-2026-h0003/"}),
    ],
)
def test_what_a_mark_beside_a_name_says_is_found(
    query: str, paths: set[str], found_url: str, tab: Page
) -> None:
    ask(tab, found_url, query)
    status(tab)
    assert paths <= set(links(tab))


def test_a_mark_beside_a_masked_name_is_not_searched(found_url: str, visit: Visit) -> None:
    """That somebody is a minor may be why the name is masked."""
    page = visit(f"{found_url}honours/nanjing-2025-h0003/")
    assert {"未成年人", "隐名"} <= set(page.locator(".yy-person .yy-tag").all_text_contents())
    page.goto(search(found_url, "未成年人"))
    status(page)
    assert "honours/nanjing-2025-h0003/" not in links(page)
