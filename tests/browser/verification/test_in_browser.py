"""``/verify/`` in a real browser: the same answers as the records, nothing sent, for everyone."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
import yaml
from playwright.sync_api import Browser, Locator, Page, Request, Route, expect

from generator.public.verification.certificate_code import new_code
from tests.accessibility import COLOURS, violations
from tests.journeys import SOME_AND_REST
from tests.projects import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("served_site")]

VALID = ("wuhan/2018/wh18-0932.yml", "wuhan-2018-h0001")
REVOKED = ("wuhan/2023/wh23-1875.yml", "wuhan-2023-h0001")
CORRECTED = ("hangzhou/2023/hz23-0150.yml", "hangzhou-2023-h0001")
CONFIDENTIAL = ("kunming/2023/km23-0118.yml", "kunming-2023-h9001")
UNKNOWN = new_code(random.Random(3).choice)


def code_of(record: tuple[str, str]) -> str:
    """The code that the sample's record holds."""
    tree = yaml.load(
        (ROOT / "registry/cases" / record[0]).read_text(encoding="utf-8"), Loader=yaml.CBaseLoader
    )
    (code,) = (item["certificate_code"] for item in tree["honours"] if item["id"] == record[1])
    assert isinstance(code, str)
    return code


@dataclass
class Visit:
    """A page with all that it asked for."""

    page: Page
    requests: list[Request] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def ask(self, code: str) -> str:
        """Type a code, press Enter; the answer."""
        self.page.get_by_label("证书号").fill(code)
        self.page.keyboard.press("Enter")
        expect(self.answer).not_to_have_text("")
        expect(self.answer).not_to_contain_text("正在核验", timeout=60_000)
        return self.answer.inner_text()

    @property
    def answer(self) -> Locator:
        """Where answers are told."""
        return self.page.locator("[data-verify=answer]")


@pytest.fixture
def visit(browser: Browser, sample_url: str) -> Iterator[Callable[..., Visit]]:
    contexts = []

    def go(width: int = 1280, script: str = "", path: str = "verify/", **more: object) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN", **more)  # type: ignore[arg-type]
        contexts.append(context)
        if script:
            context.add_init_script(script)
        made = Visit(context.new_page())
        made.page.on("request", lambda r: None if r.url.endswith("favicon.svg") else made.requests.append(r))
        made.page.on("pageerror", lambda error: made.errors.append(str(error)))
        made.page.goto(sample_url + path)
        return made

    yield go
    for context in contexts:
        context.close()


def test_a_valid_certificate_leads_to_its_honour(visit: Callable[..., Visit], sample_url: str) -> None:
    made = visit()
    said = made.ask(code_of(VALID))
    assert "荣誉有效" in said and VALID[1] in said and "2018年6月11日" in said
    # What stands on the certificate can be compared at once.
    for words in ("石长庚", "称号", "授予机关", "决定日期"):
        assert words in said, words
    assert "截至 2026年11月22日" in said
    # Who and what come before the number, and valid is not the colour of unknown.
    assert said.index("石长庚") < said.index(VALID[1])
    expect(made.answer.locator(".yy-note--valid")).to_have_count(1)
    made.answer.get_by_role("link", name=VALID[1]).click()
    assert made.page.url == f"{sample_url}honours/{VALID[1]}/"
    assert "石长庚" in made.page.locator("h1").inner_text()
    assert made.errors == []


def test_a_revoked_and_a_corrected_certificate(visit: Callable[..., Visit]) -> None:
    made = visit()
    revoked = made.ask(code_of(REVOKED).lower().replace("-", " "))
    assert "受表彰者" not in revoked
    assert "原称号\n东西湖区见义勇为积极分子" in revoked
    assert "撤销机关\n东西湖区人民政府（示例）" in revoked and "撤销理由\n原确认已因弄虚作假撤销" in revoked
    assert f"证书号\n{code_of(REVOKED)}" in revoked, "as it is printed, however it was typed"
    assert "已被撤销" in revoked and "2024年3月29日" in revoked and REVOKED[1] in revoked
    # The answer does not outlive the number that it answers.
    made.page.get_by_label("证书号").fill("")
    expect(made.answer).to_be_empty()
    corrected = made.ask(code_of(CORRECTED))
    assert "有效（已更正）" in corrected and "最近更正" in corrected and CORRECTED[1] in corrected


def test_withheld_and_unknown_are_answered_alike(visit: Callable[..., Visit]) -> None:
    answers, asked = [], []
    for code in (code_of(CONFIDENTIAL), UNKNOWN):
        made = visit()
        made.ask(code)
        answers.append(made.answer.inner_html())
        asked.append([request.url.rpartition("/")[0] for request in made.requests])
    assert answers[0] == answers[1]
    assert asked[0] == asked[1]
    assert "未查到可以公开核验的记录" in answers[0]


def test_the_code_stays_in_the_browser(visit: Callable[..., Visit], sample_url: str) -> None:
    made = visit()
    code = code_of(VALID)
    before = len(made.requests)
    made.ask(code)
    sent = made.requests[before:]
    # One shard of many, and then what is public of the honour that was found.
    assert [request.url for request in sent[1:]] == [f"{sample_url}api/v1/honours/{VALID[1]}.json"]
    assert sent[0].url.startswith(f"{sample_url}verify/shards/") and len(sent[0].url.rpartition("/")[2]) == 7
    assert made.page.url == f"{sample_url}verify/"
    kept = made.page.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, history.state, history.length])"
    )
    for request in made.requests:
        kept += request.url + (request.post_data or "") + str(request.headers)
    for words in (code, code.replace("-", ""), code.lower(), code[:6]):
        assert words not in kept
    # Gone when one comes back to the page.
    made.page.goto(sample_url)
    made.page.go_back()
    expect(made.page.get_by_label("证书号")).to_have_value("")
    expect(made.answer).to_have_text("")


def test_a_form_that_no_script_holds_back_sends_nothing(visit: Callable[..., Visit]) -> None:
    made = visit()
    made.page.evaluate("document.querySelector('[data-verify=form]').onsubmit = null")
    made.page.get_by_label("证书号").fill(UNKNOWN)
    with made.page.expect_navigation():
        made.page.get_by_role("button", name="核验").click()
    assert made.page.url.rstrip("?").endswith("/verify/")
    assert UNKNOWN[:6] not in "".join(request.url + (request.post_data or "") for request in made.requests)


@pytest.mark.parametrize(
    ("typed", "words"),
    [("WH18-6QK3-TD7M", "写法不对"), ("{swapped}", "校验字符不符"), ("O" * 18, "写法不对")],
)
def test_a_slip_is_told_at_once_and_asks_nobody(visit: Callable[..., Visit], typed: str, words: str) -> None:
    made = visit()
    code = code_of(VALID)
    before = len(made.requests)
    assert words in made.ask(typed.format(swapped=code[1] + code[0] + code[2:]))
    assert len(made.requests) == before
    field_ = made.page.get_by_label("证书号")
    expect(field_).to_be_focused()
    expect(field_).to_have_attribute("aria-invalid", "true")
    made.ask(code)
    assert field_.get_attribute("aria-invalid") is None


def test_what_is_easily_misread_is_said_and_one_reading_that_fits_is_offered(
    visit: Callable[..., Visit],
) -> None:
    """HRP7AS for HRP7A5: told, and tried only when somebody says so."""
    made = visit()
    code = made.page.locator("#sample-valid").inner_text()
    assert code.startswith("HRP7A5-")
    said = made.ask(code.replace("HRP7A5", "HRP7AS"))
    assert "5 与 S、6 与 G、8 与 B、2 与 Z" in said.replace("\u00a0", " ")
    assert "第 1 组第 6 个字符不是 S，是 5" in said
    before = len(made.requests)
    expect(made.page.get_by_label("证书号")).to_have_value(code.replace("HRP7A5", "HRP7AS"))
    made.answer.get_by_role("button", name=f"按 {code} 核验").click()
    expect(made.answer.get_by_role("heading", name="荣誉有效")).to_be_focused(timeout=60_000)
    expect(made.page.get_by_label("证书号")).to_have_value(code)
    assert len(made.requests) == before + 2
    # Of two slips nobody can say what was meant.
    assert "容易看错" in made.ask("K" + code[1:])
    expect(made.answer.get_by_role("button")).to_have_count(0)
    assert made.errors == []


def test_by_keyboard_alone(visit: Callable[..., Visit]) -> None:
    made = visit()
    made.page.get_by_label("证书号").focus()
    made.page.keyboard.type(UNKNOWN)
    made.page.keyboard.press("Tab")
    expect(made.page.get_by_role("button", name="核验")).to_be_focused()
    made.page.keyboard.press("Space")
    expect(made.page.get_by_role("status").filter(has_text="未查到")).to_be_visible(timeout=60_000)
    # The keyboard of a phone closes, and a reader goes on from the answer.
    expect(made.page.get_by_role("heading", name="未查到")).to_be_focused()
    made.page.keyboard.press("Shift+Tab")
    expect(made.page.get_by_role("button", name="清除")).to_be_focused()
    made.page.keyboard.press("Enter")
    expect(made.page.get_by_label("证书号")).to_have_value("")
    expect(made.page.get_by_label("证书号")).to_be_focused()
    expect(made.answer).to_have_text("")


def test_data_that_cannot_be_had_are_not_called_unknown(visit: Callable[..., Visit]) -> None:
    made = visit()
    for refuse in (lambda route: route.abort(), lambda route: route.fulfill(status=404), _empty):
        made.page.route("**/shards/*", refuse)
        said = made.ask(code_of(VALID))
        assert "核验未完成" in said and "未查到" not in said
        made.page.unroute("**/shards/*")
    assert "荣誉有效" in made.ask(code_of(VALID))


def _empty(route: Route) -> None:
    route.fulfill(status=200, body="")


def test_where_the_browser_cannot_compute_it_says_so(visit: Callable[..., Visit]) -> None:
    made = visit(script="Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined })")
    expect(made.page.get_by_label("证书号")).to_be_hidden()
    expect(made.answer).to_contain_text("https://yiyong.example/verify/")
    assert made.errors == []


def test_without_script_it_says_whom_to_ask(visit: Callable[..., Visit]) -> None:
    page = visit(java_script_enabled=False).page
    expect(page.get_by_label("证书号")).to_be_hidden()
    expect(page.locator("noscript p").first).to_contain_text("在线核验需要浏览器的脚本")
    expect(page.locator("noscript p").first).to_be_visible()
    page.locator("#office summary").click()
    expect(page.locator("#office dd").first).to_contain_text("电话")
    expect(page.get_by_role("heading", name="核验能说明什么")).to_be_visible()


@pytest.mark.parametrize("rest", SOME_AND_REST)
def test_axe_finds_nothing(visit: Callable[..., Visit], rest: bool) -> None:
    """The page without an answer is one of the sample site's."""
    made = visit(color_scheme="light")
    for code in (code_of(REVOKED), "X") if rest else (code_of(VALID), UNKNOWN):
        made.page.reload()
        made.ask(code)
        assert violations(made.page) == [], code
        made.page.emulate_media(color_scheme="dark")
        assert violations(made.page, COLOURS) == [], code
        made.page.emulate_media(color_scheme="light")


@pytest.mark.parametrize("elder", [False, True])
def test_on_a_small_screen_nothing_is_cut_off(visit: Callable[..., Visit], elder: bool) -> None:
    script = "localStorage.setItem('yiyong.type', '3')" if elder else ""
    made = visit(width=320, script=script)
    made.ask(code_of(REVOKED))
    assert made.page.evaluate("document.documentElement.scrollWidth") <= 320
    assert made.page.get_by_label("证书号").evaluate("field => field.scrollWidth <= field.clientWidth")
    for name in ("核验", "清除"):
        box = made.page.get_by_role("button", name=name).bounding_box()
        assert box is not None and box["height"] >= (60 if elder else 44)
    # The answer begins at the upper edge of what is seen.
    top = made.page.get_by_role("heading", name="荣誉已撤销").evaluate("h => h.getBoundingClientRect().top")
    assert 0 <= top < 100


def test_a_sample_lists_a_code_for_each_answer_to_try(visit: Callable[..., Visit]) -> None:
    page = visit()
    listed = {one.get_attribute("id"): one.inner_text() for one in page.page.locator("[id^=sample-]").all()}
    assert list(listed) == ["sample-valid", "sample-revoked", "sample-absent"]
    for answer, words in (("valid", "荣誉有效"), ("revoked", "荣誉已撤销"), ("absent", "未查到")):
        assert page.ask(listed[f"sample-{answer}"]).startswith(words), answer
