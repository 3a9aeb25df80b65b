"""Search in a real browser: on the built sample site, below a subpath, and with an index in several parts."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.outputs.search import index_parts as parts
from tests.search_records import index, record

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
    """The same pages, with an index of 40 records in five parts, one of them undated."""
    folder = tmp_path_factory.mktemp("parted")
    site = shutil.copytree(sample_site, folder / "site")
    for name in ("pagefind", "search/names"):
        shutil.rmtree(site / name)
    records = [
        record(
            n,
            date=f"{2000 + n // 2}-{1 + n % 12:02}-05",
            title=f"第{n}件公示",
            names=(f"封玉琢{n}",),
            text=f"第{n}件：有人在桥头跳入湖中救人。" + ("桥下水急。" if n == 3 else ""),
        )
        for n in range(40)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "RECORDS_A_PART", 10)
        index(site, folder / "spool", [*records, record(0, date="0000", path="objections/", text="如何提出")])
    return serve(site)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Open an address; what the page complains of fails the test."""
    contexts, complaints = [], []

    def open_page(url: str, **more: object) -> Page:
        context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 800}, **more)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def search(url: str, query: str, **filters: str) -> str:
    return f"{url}search/?q={quote(query)}" + "".join(f"&{quote(k)}={quote(v)}" for k, v in filters.items())


def status(page: Page) -> str:
    """The spoken result, once there is one."""
    place = page.locator("[data-find=status]")
    expect(place).to_have_text(re.compile("找到"), timeout=20_000)
    return place.inner_text()


def links(page: Page) -> list[str]:
    hrefs: list[str] = page.locator(".yy-hit a").evaluate_all("all => all.map(a => a.href)")
    return [href.split("/site/")[-1] for href in hrefs]


@pytest.mark.parametrize("name", ["程立堃", "程立", "尉迟昭", "相里骁"])
def test_a_name_is_found(name: str, found_url: str, visit: Visit) -> None:
    page = visit(search(found_url, name))
    assert status(page).startswith("找到")
    assert name in page.locator(".yy-hit a").first.inner_text()


def test_a_phrase_of_a_deed_is_found_and_marked(found_url: str, visit: Visit) -> None:
    page = visit(search(found_url, "跳入湖中"))
    status(page)
    assert page.locator(".yy-hit mark").first.inner_text() == "跳入湖中"


def test_several_words_must_all_stand_there(found_url: str, visit: Visit) -> None:
    one = visit(search(found_url, "救起"))
    status(one)
    both = visit(search(found_url, "救起 湖"))
    status(both)
    assert 0 < len(links(both)) < len(links(one))


def test_what_stands_nowhere_is_not_found(found_url: str, visit: Visit) -> None:
    page = visit(search(found_url, "无此字句可查"))
    assert status(page).startswith("没有找到“无此字句可查”。可以只写姓名")


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("wuhan-2026-0009", "notices/wuhan-2026-0009/"),
        (" WUHAN-2026-0009 ", "notices/wuhan-2026-0009/"),
        ("hangzhou-2026-h0001", "honours/hangzhou-2026-h0001/"),
        ("〔2026〕31号", "notices/wuhan-2026-0009/"),
        # Two organs have this number; written in full it is one page's.
        ("武政示例〔2026〕12号", "honours/wuhan-2026-h0001/"),
    ],
)
def test_ids_and_numbers_jump_to_their_page(query: str, path: str, found_url: str, visit: Visit) -> None:
    visit(search(found_url, query)).wait_for_url(f"{found_url}{path}")
    page = visit(f"{found_url}policies/wuhan/")
    page.locator("#yy-search-q").fill(query)
    expect(page.locator("#yy-search-q")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{found_url}{path}")


def test_a_suggestion_ends_in_no_dot_and_one_character_suggests_nobody(found_url: str, visit: Visit) -> None:
    page = visit(f"{found_url}policies/wuhan/")
    box, options = page.locator("#yy-search-q"), page.locator("[role=option]")
    box.fill("救治费用")
    expect(options.nth(1)).to_be_visible()
    assert not [text for text in options.all_inner_texts() if text.rstrip().endswith("·")]
    box.fill("宁")
    expect(options).to_have_text(["在全文中查“宁”"])


def test_an_id_that_is_not_there_is_said_to_be_so(found_url: str, visit: Visit) -> None:
    page = visit(search(found_url, "wuhan-2026-9999"))
    expect(page.locator("[data-find=status]")).to_have_text("没有编号为 wuhan-2026-9999 的页面")


def test_two_filters_narrow_together(found_url: str, visit: Visit) -> None:
    page = visit(search(found_url, "", 城市="武汉", 栏目="公示"))
    status(page)
    found = links(page)
    assert found
    assert all(path.startswith("notices/wuhan-") for path in found)
    dates = [path.split("-")[1] for path in found]
    assert dates == sorted(dates, reverse=True)


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
    assert page.locator("form#yy-search").get_attribute("action") == "../search/"


def test_on_a_phone_the_box_is_a_link(browser: Browser, found_url: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(found_url)
    assert page.locator("#yy-search").is_hidden()
    page.get_by_role("link", name="检索本站").click()
    page.wait_for_url(f"{found_url}search/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_nothing_is_loaded_before_the_box_is_used(found_url: str, visit: Visit) -> None:
    page = visit(f"{found_url}notices/")
    page.wait_for_load_state("networkidle")
    loaded: list[str] = page.evaluate("performance.getEntriesByType('resource').map(e => e.name)")
    assert not [name for name in loaded if "search.js" in name or "pagefind" in name]


def test_parts_are_loaded_from_the_newest_and_only_as_needed(parted_url: str, visit: Visit) -> None:
    page = visit(search(parted_url, "桥头"))
    assert status(page) == "已找到 10 条，还可以继续查更早的"
    assert links(page)[0].endswith("notices/wuhan-2019-0039/")

    def opened() -> int:
        names: list[str] = page.evaluate("performance.getEntriesByType('resource').map(e => e.name)")
        return len([name for name in names if name.endswith(".pf_meta")])

    assert opened() == 2
    page.locator("[data-find=more]").click()
    expect(page.locator(".yy-hit")).to_have_count(20)
    assert opened() == 3
    expect(page.locator(".yy-hit a").nth(10)).to_be_focused()
    dates = [path.split("-")[1] for path in links(page)]
    assert dates == sorted(dates, reverse=True)


def test_an_old_record_is_found_when_asked_further(parted_url: str, visit: Visit) -> None:
    page = visit(search(parted_url, "桥下水急"))
    assert status(page) == "在较近的记录里没有找到“桥下水急”"
    page.locator("[data-find=more]").click()
    expect(page.locator(".yy-hit")).to_have_count(1)
    expect(page.locator("[data-find=status]")).to_have_text("找到 1 条")


def test_a_year_opens_only_its_part(parted_url: str, visit: Visit) -> None:
    page = visit(search(parted_url, "桥头", 年份="2001"))
    assert status(page) == "找到 2 条"
    names: list[str] = page.evaluate("performance.getEntriesByType('resource').map(e => e.name)")
    assert len([name for name in names if name.endswith(".pf_meta")]) == 1


def test_the_oldest_come_first_when_asked(parted_url: str, visit: Visit) -> None:
    page = visit(search(parted_url, "桥头", sort="oldest"))
    status(page)
    assert links(page)[0].endswith("notices/wuhan-2000-0000/")


def test_a_strict_policy_of_contents_is_kept(found_url: str, browser: Browser) -> None:
    """Pagefind needs 'wasm-unsafe-eval' and nothing else beyond the site's own origin."""
    policy = "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
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


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ("谁出医药费", "policies/compare/#benefits"),
        ("异议期限", "policies/compare/#publicity"),
        ("救人受伤", "policies/compare/#benefits"),
        ("我要提异议", "objections/"),
    ],
)
def test_a_question_leads_first_to_the_page_that_answers_it(
    found_url: str, visit: Visit, question: str, path: str
) -> None:
    page = visit("about:blank")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(search(found_url, question))
    expect(page.locator("[data-find=answers] a").first).to_have_attribute("href", f"{found_url}{path}")
    status(page)
    # The index of words is several files of 25 kB: whoever has an answer waits for none of them.
    assert not [url for url in asked if "/pagefind/" in url] and len(asked) < 12


def test_a_name_has_no_answer_of_the_table_beside_it(found_url: str, visit: Visit) -> None:
    page = visit(search(found_url, "宁昇"))
    status(page)
    assert page.locator("[data-find=answers] a").count() == 0


def test_a_place_leads_to_its_notices_before_any_law_and_costs_little(found_url: str, visit: Visit) -> None:
    """Fewer than 12 requests and 200 KB, the page itself among them and nothing compressed."""
    page = visit(search(found_url, "武汉市"))
    status(page)
    assert links(page) == ["notices/wuhan/", "policies/wuhan/", "honours/wuhan/"]
    for query in ("谁出医药费", "异议期限", "救人受伤", "程立堃"):
        page = visit(search(found_url, query))
        status(page)
        sizes = page.evaluate(
            "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
            ".map((entry) => entry.encodedBodySize)"
        )
        assert len(sizes) < 12 and sum(sizes) < 200_000, (query, sizes)


def test_one_character_is_asked_for_more(found_url: str, visit: Visit) -> None:
    page = visit(search(found_url, "宁"))
    expect(page.locator("[data-find=status]")).to_have_text("请至少写两个字。")
    assert links(page) == []


def test_every_answer_of_the_table_has_its_page_and_anchor(sample_site: Path) -> None:
    answers = json.loads((sample_site / "search/manifest.json").read_text(encoding="utf-8"))["answers"]
    assert answers
    for answer in answers:
        page, _, anchor = answer["path"].partition("#")
        html = (sample_site / page / "index.html").read_text(encoding="utf-8")
        assert not anchor or f'id="{anchor}"' in html, answer["path"]
