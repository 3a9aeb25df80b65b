"""“我能得到什么”页: true without a script, sorted with one as the library decides, light, linked."""

from __future__ import annotations

from io import BytesIO
from itertools import islice
from unicodedata import normalize
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from generator.law.instruments.entitlement import Entitled, Situation, decide, entitlements, situations
from generator.pages.policy.for_me import render_for_me
from generator.pages.policy.policy_values import cited_words
from tests.pages.policy_site import TODAY, by_class, by_id, pages, parsed, settings, site_context, words
from tests.projects import ROOT

PLACES = sorted(slug for slug, place in settings().jurisdictions.items() if place.level != "nation")
HEAVIEST = 200_000
"""Bytes of a page, the shell of the site included."""
SHELL = 15_000
KEYS = {"yours": Entitled.YOURS, "depends": Entitled.DEPENDS, "not_yours": Entitled.NOT_YOURS}


def path_of(place: str) -> str:
    return f"policies/{place}/for-me/"


@pytest.mark.parametrize("place", PLACES)
def test_the_page_has_every_benefit_with_its_article_and_all_it_asks_for(place: str) -> None:
    tree = parsed(pages()[path_of(place)])
    text = words(tree)
    cited = {(urljoin(f"/{path_of(place)}", a.get("href") or ""), words(a)) for a in tree.iter("a")}
    found = entitlements(settings().library, place, TODAY)
    assert len(by_class(tree, "yy-benefit")) == len(found) > 0
    for item in found:
        assert item.provision.summary.replace(" ", "") in text
        assert (f"/{item.provision.path}", cited_words(item.provision.article)) in cited
        for condition in (*item.provision.value.conditions, *item.benefit.bring, *item.benefit.payers):
            assert condition.replace(" ", "") in text, item.provision.path


@pytest.mark.parametrize("place", PLACES)
def test_without_a_script_nothing_is_asked_and_nothing_is_hidden(place: str) -> None:
    tree = parsed(pages()[path_of(place)])
    form = next(node for node in tree.iter("form"))
    assert form.get("hidden") is not None
    assert all(
        node.get("hidden") is None
        for node in tree.iter()
        if "data-all" in node.attrib or "yy-benefit" in (node.get("class") or "")
    )


@pytest.mark.parametrize("place", PLACES)
def test_the_page_is_light(place: str) -> None:
    assert len(pages()[path_of(place)].body.encode()) < HEAVIEST - SHELL


@pytest.mark.parametrize("place", PLACES)
def test_every_digest_leads_to_it_first(place: str) -> None:
    lead = by_id(parsed(pages()[f"policies/{place}/"]), "for-me")
    links = [urljoin(f"/policies/{place}/", a.get("href") or "") for a in lead.iter("a")]
    assert links[0] == f"/{path_of(place)}"
    assert f"/{path_of(place)}#place=outsider" in links


def test_kunming_says_first_to_whom_it_applies() -> None:
    text = words(by_id(parsed(pages()[path_of("kunming")]), "for-whom"))
    assert "非昆明市人员在昆明市见义勇为的，条文写明适用的只有表彰奖励" in text


def test_hangzhou_shows_what_the_province_gives_and_says_that_it_is_the_provinces() -> None:
    cards = by_class(parsed(pages()[path_of("hangzhou")]), "yy-benefit")
    province = [
        words(card)
        for card in cards
        if any("浙江省" in words(tag) for tag in by_class(card, "yy-benefit__level"))
    ]
    assert any("第十六条第三款" in card and "没有加害人" in card for card in province)
    assert any("二等功以上奖励" in card for card in province)


def test_absences_are_one_sentence_with_whom_to_call() -> None:
    text = words(by_id(parsed(pages()[path_of("kunming")]), "silent"))
    assert text.startswith("没有规定的本站收录的适用文本没有规定这些方面：公共交通、公园景区、落户")
    assert "上位规定《云南省奖励和保护见义勇为人员条例》本站没有收录，可能另有规定" in text
    assert "可以问" in text


def test_a_text_that_is_cut_off_is_not_called_silent() -> None:
    text = words(by_id(parsed(pages()[path_of("hubei")]), "silent"))
    assert "文本不全，不能断定没有" in text
    assert "没有规定这些方面" not in text


@pytest.mark.browser
@pytest.mark.parametrize(("place", "most"), [("kunming", 2), ("wuhan", 2), ("qingdao", 3)])
def test_one_s_own_answer_is_printed_on_two_sheets(browser: Browser, place: str, most: int) -> None:
    """Qingdao has a text of its own and its province's, so one page more."""
    body = render_for_me(settings().jurisdictions[place], site_context()).body
    assets = ROOT / "site_config/theme/assets"
    styles = "".join((assets / name).read_text(encoding="utf-8") for name in ("yiyong.css", "for-me.css"))
    script = (assets / "for-me.js").read_text(encoding="utf-8")
    page = browser.new_page()
    page.route(
        "**/*",
        lambda route: route.fulfill(
            body=f'<!doctype html><html lang="zh"><head><style>{styles}</style></head><body>'
            f'<div class="md-typeset">{body}</div><script>{script}</script></body></html>',
            content_type="text/html; charset=utf-8",
        ),
    )
    address = f"https://yiyong.example/{path_of(place)}"
    page.goto(f"{address}#role=person&place=local&injury=disabled&honour=city_merit&hardship=1")
    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    printed = normalize("NFKC", "".join(sheet.extract_text() for sheet in sheets))
    page.close()
    assert 1 <= len(sheets) <= most
    assert "见义勇为人员本人" in printed and "致残" in printed
    assert "请选择" not in printed


def fragment_of(situation: Situation) -> str:
    kept = {
        "role": situation.role,
        "place": situation.place,
        "injury": situation.injury,
        "honour": situation.honour,
    } | ({"hardship": "1"} if situation.hardship else {})
    return "&".join(f"{key}={value}" for key, value in kept.items())


@pytest.mark.browser
@pytest.mark.parametrize("place", ["kunming", "hangzhou"])
def test_the_script_sorts_as_the_library_decides(browser: Browser, place: str) -> None:
    address = f"https://yiyong.example/{path_of(place)}"
    html = f'<!doctype html><html lang="zh"><body>{pages()[path_of(place)].body}<script src="/for-me.js"></script></body></html>'
    script = (ROOT / "site_config/theme/assets/for-me.js").read_text(encoding="utf-8")
    page = browser.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.route(
        "**/*",
        lambda route: route.fulfill(
            body=script if route.request.url.endswith(".js") else html,
            content_type="text/javascript"
            if route.request.url.endswith(".js")
            else "text/html; charset=utf-8",
        ),
    )
    page.goto(address)
    found = entitlements(settings().library, place, TODAY)
    for situation in islice(situations(), 0, None, 211):
        page.evaluate(
            "hash => { location.hash = hash; dispatchEvent(new Event('hashchange')); }",
            fragment_of(situation),
        )
        shown = {
            key: sorted(page.locator(f'[data-result="{key}"] .yy-benefit__what').all_text_contents())
            for key in KEYS
        }
        for key, verdict in KEYS.items():
            wanted = [one for one in found if decide(one, situation).verdict is verdict]
            assert len(shown[key]) == len(wanted), (situation, key)
            assert all(any(one.provision.summary in text for text in shown[key]) for one in wanted)
    page.evaluate(
        "hash => { location.hash = hash; dispatchEvent(new Event('hashchange')); }",
        "role=child&place=local&injury=death&honour=city_merit",
    )
    printed = page.locator(".yy-ask__printed").all_text_contents()
    assert "子女；" in printed[0] and "牺牲；市政府记功" in printed[0]
    assert printed[1].endswith("#role=child&place=local&injury=death&honour=city_merit")
    page.locator("[type=reset]").click()
    page.wait_for_function("document.querySelector('[data-results]').hidden")
    assert page.url == address
    page.locator("select[name=role]").select_option("spouse")
    assert page.url == f"{address}#role=spouse"
    page.close()
    assert wrong == []
