"""“我能得到什么”页 in the browser: sorted as the library decides."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generator.law.instruments.entitlement import (
    Entitled,
    Injury,
    Place,
    Role,
    Situation,
    Work,
    decide,
    entitlements,
    situations,
)
from generator.pages.policy.for_me import render_for_me
from tests.policy_site import TODAY, pages, settings, site_context
from tests.printed_sheets import sheets_of
from tests.projects import ROOT

pytestmark = pytest.mark.browser

KEYS = {verdict.value: verdict for verdict in Entitled}


def path_of(place: str) -> str:
    return f"policies/{place}/for-me/"


def fragment_of(situation: Situation) -> str:
    kept = {
        "role": situation.role,
        "place": situation.place,
        "injury": situation.injury,
        "honour": situation.honour,
    } | ({"hardship": "1"} if situation.hardship else {})
    if situation.work is not None:
        kept["work"] = situation.work
    return "&".join(f"{key}={value}" for key, value in kept.items())


@pytest.mark.parametrize("place", [pytest.param("kunming", marks=pytest.mark.journey), "hangzhou"])
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
        # Nobody begins with none, nor reads a chapter without an entry; what is somebody's comes first.
        figures = page.locator(".yy-ask__said > span > span").all_text_contents()
        numbers = {
            key: sum(
                not one.beside and (key == "not_yours" or not one.benefit.duty_of_others)
                for one in found
                if decide(one, situation).verdict is verdict
            )
            for key, verdict in KEYS.items()
        }
        told = [
            (key, words)
            for key, words in (("yours", "符合条件"), ("depends", "要看条件"), ("not_yours", "不适用"))
            if key != "yours" or numbers[key]
        ]
        assert figures == [f"{numbers[key]} 项{words}。" for key, words in told], situation
        first = page.locator("[data-result]:visible").first.get_attribute("data-result")
        assert first == "yours" or not numbers["yours"], situation
        assert page.locator("[data-result]:visible:not(:has(.yy-benefit))").count() == 0, situation
        hurt, serves = situation.injury not in ("none", "death"), situation.place == "serviceman"
        works = situation.work is not Work.NOT_EMPLOYED
        limits, graded = page.locator("[data-limits]").all()
        assert (limits.is_visible(), graded.is_visible()) == (
            hurt and not serves and works,
            hurt and serves,
        )
    page.evaluate(
        "hash => { location.hash = hash; dispatchEvent(new Event('hashchange')); }",
        "role=person&place=serviceman&injury=disabled",
    )
    groups = page.locator('[data-result="depends"] [data-national] [data-group] > details')
    assert groups.first.get_attribute("open") is not None
    assert "军人抚恤优待条例" in (groups.first.locator("summary").text_content() or "")
    page.emulate_media(media="print")
    assert page.locator("[data-limits][data-serviceman]").is_visible()
    page.evaluate(
        "hash => { location.hash = hash; dispatchEvent(new Event('hashchange')); }",
        "role=person&place=local&injury=injured",
    )
    printed_box = page.locator("[data-limits]").first
    assert printed_box.is_visible() and "1年内" in printed_box.inner_text()
    page.emulate_media(media="screen")
    for chosen, first in (("serviceman", "军人抚恤优待条例"), ("local", "烈士褒扬条例")):
        page.evaluate(
            "hash => { location.hash = hash; dispatchEvent(new Event('hashchange')); }",
            f"role=spouse&place={chosen}&injury=death",
        )
        assert first in page.locator("#decides dt").first.inner_text()
    page.evaluate(
        "hash => { location.hash = hash; dispatchEvent(new Event('hashchange')); }",
        "role=child&place=local&injury=death&honour=city_merit",
    )
    shown_first = page.locator("#decides, [data-results] .yy-benefit").first.get_attribute("id")
    assert shown_first == "decides", "whoever lost somebody reads of the pension before the buses"
    assert page.locator(".yy-ask__said + *").count() == 0
    where = page.locator("#decides ~ #where, #decides ~ [data-results] [data-result=yours] ~ #where")
    assert where.locator("a[href^='tel:']").count() >= 1, "where to go follows the sum"
    printed = page.locator(".yy-ask__printed").all_text_contents()
    assert "子女；" in printed[0] and "牺牲；市政府记功" in printed[0]
    assert printed[-1].endswith("#role=child&place=local&injury=death&honour=city_merit")
    page.evaluate(
        "hash => { location.hash = hash; dispatchEvent(new Event('hashchange')); }",
        "role=person&place=outsider&injury=injured&honour=none",
    )
    silent = page.locator('[data-result="not_stated"]')
    assert silent.is_visible() is (place == "kunming")
    if place == "kunming":
        told = silent.locator("[data-why] li:visible").all_text_contents()
        assert len(told) == 1 and "没有写" in told[0] and "第二条第三款" in told[0]
        assert "《云南省奖励和保护见义勇为人员条例》" in silent.inner_text()
        assert silent.locator("a[href^='tel:']").count() > 0
        assert "条文没有写您的情形" in page.locator(".yy-ask__said").inner_text()
    lines = page.locator("#for-whom li")
    for chosen, visible, kin in (
        ("role=spouse&injury=death&place=outsider", ["非昆明市人员"], True),
        ("role=person&place=away", ["昆明市人员在昆明市以外"], False),
        ("role=child", ["昆明市人员在昆明市以外", "非昆明市人员", "现役军人"], True),
        ("role=child&place=local", [], True),
    ):
        if place != "kunming":
            break
        page.evaluate("hash => { location.hash = hash; dispatchEvent(new Event('hashchange')); }", chosen)
        told = [line for line in lines.all_text_contents() if lines.filter(has_text=line).is_visible()]
        assert [line.startswith(words) for line, words in zip(told, visible, strict=True)] == [True] * len(
            visible
        )
        assert page.locator("[data-kin]").is_visible() is (kin and bool(visible))
    page.evaluate(
        "hash => { location.hash = hash; dispatchEvent(new Event('hashchange')); }",
        "role=person&injury=disabled&place=local",
    )
    page.evaluate(
        "hash => { location.hash = hash; dispatchEvent(new Event('hashchange')); }",
        "role=person&injury=minor_injury&place=local&honour=none",
    )
    duty = page.locator('[data-result="yours"] [data-duty]')
    assert duty.is_visible() and "医疗机构" in (duty.locator(".yy-benefit__what").first.text_content() or "")
    assert not any(
        "先救治、后收费" in told
        for told in page.locator('[data-result="yours"] > [data-own] .yy-benefit__what').all_text_contents()
    )
    rated = page.locator("[data-if-disabled]")
    # Of those alone that hang on a rating: Kunming has none.
    assert rated.is_visible() is (place == "hangzhou")
    assert place == "kunming" or "鉴定为致残" in (rated.locator("summary").text_content() or "")
    assert all("致残" in told for told in rated.locator('[data-holds="n"]').all_text_contents())
    assert (
        page.locator('[data-result="depends"] [data-q="injury"][data-holds="d"]:not([data-wanted])').count()
        == 0
    )
    page.evaluate(
        "hash => { location.hash = hash; dispatchEvent(new Event('hashchange')); }",
        "role=spouse&injury=death&place=local&honour=none",
    )
    national = page.locator('[data-result="depends"] [data-national]')
    kinds = national.locator("summary").all_text_contents()[1:]
    assert kinds[0].startswith("评定为烈士的") and len(kinds) > 3
    assert national.locator("details[open]").count() == 0
    page.evaluate(
        "hash => { location.hash = hash; dispatchEvent(new Event('hashchange')); }",
        "role=person&injury=disabled&place=local",
    )
    assert "子女" in " ".join(page.locator(".yy-ask__said a").all_text_contents())
    for_kin = page.locator("[data-for-kin] .yy-benefit__if")
    assert for_kin.count() > 0 and page.locator("[data-for-kin]").is_visible()
    assert all("须为" in told for told in for_kin.all_text_contents())
    # What is for others of the family is a link away: a parent at the bedside looks for the person who acted.
    for chosen, first, never in (
        ("role=parent&place=local&injury=severe_injury&honour=none", "person", ""),
        ("role=spouse&place=local&injury=death&honour=none", "child", "role=person"),
    ):
        page.evaluate("hash => { location.hash = hash; dispatchEvent(new Event('hashchange')); }", chosen)
        links = page.locator(".yy-ask__said a")
        hrefs = links.evaluate_all("all => all.map(one => one.hash)")
        assert hrefs[0] == "#" + chosen.replace(chosen.split("&")[0], f"role={first}")
        assert not never or not any(never in href for href in hrefs)
        situation = next(one for one in situations() if fragment_of(one) == chosen)
        refused = [one for one in found if decide(one, situation).verdict is Entitled.NOT_YOURS]
        other = next(one for one in situations() if f"#{fragment_of(one)}" == hrefs[0])
        theirs = [one for one in refused if decide(one, other).verdict in (Entitled.YOURS, Entitled.DEPENDS)]
        assert f"（{len(theirs)} 项）" in (links.first.text_content() or "")
        links.first.click()
        page.wait_for_function(f"document.querySelector('select[name=role]').value === '{first}'")
    page.locator("[data-fold] > summary").click()
    page.locator("[type=reset]").click()
    page.wait_for_function("document.querySelector('[data-results]').hidden")
    assert page.url == address
    page.locator("select[name=role]").select_option("spouse")
    assert page.url == f"{address}#role=spouse"
    page.close()
    assert wrong == []


def opened(browser: Browser, place: str) -> Page:
    """The page with its script, at an address of its own."""
    script = (ROOT / "site_config/theme/assets/for-me.js").read_text(encoding="utf-8")
    body = f'<!doctype html><html lang="zh"><body>{pages()[path_of(place)].body}<script>{script}</script></body></html>'
    page = browser.new_page()
    page.route("**/*", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    page.goto(f"https://yiyong.example/{path_of(place)}")
    return page


def choose(page: Page, fragment: str) -> None:
    page.evaluate(
        "hash => { location.hash = hash; dispatchEvent(new Event('hashchange')); }",
        fragment,
    )


@pytest.mark.parametrize("place", ["nanjing", "hangzhou", "wuhan"])
def test_whoever_acted_elsewhere_is_sent_to_the_organ_there_and_to_no_district_here(
    browser: Browser, place: str
) -> None:
    page = opened(browser, place)
    boxes = page.locator("#where, #not_stated .yy-note")
    for chosen, here, away in (("away", 0, 1), ("local", 1, 0), ("outsider", 1, 0)):
        choose(page, f"role=person&place={chosen}&injury=disabled&honour=none")
        for box in boxes.all():
            assert box.locator("p[data-places^='local']:not([hidden])").count() == here
            assert box.locator("p[data-places='away']:not([hidden])").count() == away
    choose(page, "role=person&place=away&injury=disabled&honour=none")
    assert "区民政部门" in page.locator("#where").inner_text() or place != "nanjing"
    choose(page, "role=person&place=away&injury=none&honour=none")
    assert "区民政部门" not in page.locator("#where").inner_text()
    page.close()


def test_somebody_who_lives_is_not_asked_what_follows_their_death(browser: Browser) -> None:
    page = opened(browser, "wuhan")
    choose(page, "place=local&injury=injured")
    told = page.locator('[data-result="yours"], [data-result="depends"]').locator("[data-holds='d']")
    assert not [line for line in told.all_text_contents() if "牺牲以前" in line or "本人牺牲后" in line]
    choose(page, "place=local&injury=death")
    assert [line for line in told.all_text_contents() if "本人牺牲后" in line or "牺牲以前" in line]
    page.close()


def test_whoever_chose_by_hand_reads_the_answer_once_every_question_is_answered(browser: Browser) -> None:
    page = opened(browser, "wuhan")
    answers = {"role": "spouse", "place": "local", "work": "not_employed", "honour": "city_title"}
    fold = page.locator("[data-fold]")
    for name, chosen in answers.items():
        page.select_option(f"select[name={name}]", chosen)
    assert fold.get_attribute("open") is not None
    page.select_option("select[name=injury]", "death")
    assert fold.get_attribute("open") is None
    told = fold.locator("summary")
    assert (
        "没有工作单位；牺牲" in told.inner_text()
        and page.evaluate("document.activeElement.localName") == "summary"
    )
    assert page.locator("[data-results] > *").first.get_attribute("id") == "yours"
    # One more change is looked at where it was made.
    told.click()
    page.select_option("select[name=injury]", "disabled")
    assert fold.get_attribute("open") is not None
    page.close()


def test_whoever_goes_through_the_answers_by_keys_is_not_interrupted(browser: Browser) -> None:
    page = opened(browser, "wuhan")
    for name, chosen in {"role": "spouse", "place": "local", "work": "employed", "injury": "death"}.items():
        page.select_option(f"select[name={name}]", chosen)
    page.locator("select[name=honour]").focus()
    page.keyboard.press("ArrowDown")
    assert page.locator("select[name=honour]").input_value()
    assert page.locator("[data-fold]").get_attribute("open") is not None
    page.close()


def test_without_an_employer_nothing_of_a_martyr_is_told_as_an_employees(browser: Browser) -> None:
    page = opened(browser, "wuhan")
    line = page.locator("#decides li", has_text="属于工伤保险范围的，还有")
    for chosen, hidden in (("not_employed", True), ("employed", False)):
        choose(page, f"role=spouse&place=local&work={chosen}&injury=death")
        assert (line.get_attribute("hidden") is not None) is hidden
    page.close()


def test_a_soldier_who_died_has_no_work_injury(browser: Browser) -> None:
    page = opened(browser, "wuhan")
    work = page.locator("#decides dt").filter(has_text="工伤保险条例")
    for chosen, shown in (("serviceman", False), ("local", True)):
        choose(page, f"role=spouse&place={chosen}&injury=death")
        assert work.is_visible() is shown
        assert page.locator("#decides dt").filter(has_text="烈士褒扬条例").is_visible()
    page.close()


def test_whoever_has_no_employer_reads_of_no_work_injury(browser: Browser) -> None:
    page = opened(browser, "beijing")
    work = page.locator("#decides dt").filter(has_text="工伤保险条例")
    for chosen, shown in (("not_employed", False), ("employed", True)):
        choose(page, f"role=spouse&place=local&work={chosen}&injury=death")
        assert work.is_visible() is shown
        choose(page, f"role=person&place=local&work={chosen}&injury=injured")
        limits = page.locator("[data-limits][data-employed]")
        assert limits.is_visible() is shown
        depends = " ".join(page.locator('[data-result="depends"] .yy-benefit__what').all_text_contents())
        assert ("停工留薪期" in depends, "没有工作单位的，医疗期间" in depends) == (shown, not shown)
    page.close()


def test_what_is_for_soldiers_is_folded_for_others_where_no_text_goes_by_it(browser: Browser) -> None:
    for place, folded in (("kunming", True), ("zhejiang", False)):
        page = opened(browser, place)
        own = page.locator("[data-for-soldiers]")
        law = page.locator("#decides dt").filter(has_text="军人抚恤优待条例")
        choose(page, "role=spouse&place=local&injury=death")
        assert own.is_visible() is folded and law.is_visible() is not folded
        assert not folded or "现役军人另有规定" in own.locator("summary").inner_text()
        titles = page.locator('[data-result="depends"] [data-national] summary').all_text_contents()
        assert any("军人抚恤" in title for title in titles) is not folded
        choose(page, "role=spouse&place=serviceman&injury=death")
        assert own.is_hidden() and law.is_visible()
        told = page.locator("#decides dd[data-serviceman] li").first
        assert told.is_visible()
        page.close()


def test_the_nations_page_sorts_as_the_library_decides(browser: Browser) -> None:
    page = opened(browser, "quanguo")
    found = entitlements(settings().library, "quanguo", TODAY)
    for role, place, injury in (
        (Role.SPOUSE, Place.LOCAL, Injury.DEATH),
        (Role.PERSON, Place.SERVICEMAN, Injury.DISABLED),
        (Role.PERSON, Place.LOCAL, Injury.NONE),
    ):
        choose(page, f"role={role}&place={place}&injury={injury}")
        situation = Situation(role=role, place=place, injury=injury)
        for key, verdict in KEYS.items():
            wanted = sum(decide(one, situation).verdict is verdict for one in found)
            assert page.locator(f'[data-result="{key}"] .yy-benefit').count() == wanted, (situation, key)
        assert page.locator("[data-result]:visible:not(:has(.yy-benefit))").count() == 0
        assert "国家规定另有" not in page.locator(".yy-ask__said").inner_text()
    page.close()


@pytest.mark.parametrize(
    ("place", "most", "whole"),
    [
        *(pytest.param(*row, marks=pytest.mark.journey) for row in (("kunming", 2, 7), ("wuhan", 2, 7))),
        ("qingdao", 3, 8),
    ],
)
def test_one_s_own_answer_is_printed_on_two_sheets(
    browser: Browser, tmp_path: Path, place: str, most: int, whole: int
) -> None:
    """Qingdao has a text of its own and its province's, so one page more. Without a choice all of it is printed."""
    body = render_for_me(settings().jurisdictions[place], site_context()).body
    assets = ROOT / "site_config/theme/assets"
    styles = "".join(
        (assets / name).read_text(encoding="utf-8") for name in ("yiyong.css", "policies.css", "for-me.css")
    )
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
    page.goto(f"{address}#role=person&place=local&work=employed&injury=disabled&honour=city_merit&hardship=1")
    page.pdf(path=tmp_path / "chosen.pdf", prefer_css_page_size=True)
    titles = page.locator('[data-result="depends"] > [data-own] [data-group] summary').all_text_contents()
    numbers = page.locator("#where > p:not([hidden]) a[href^='tel:']").all_text_contents()
    page.locator("[data-fold] > summary").click()
    page.locator("[type=reset]").click()
    page.wait_for_function("document.querySelector('[data-results]').hidden")
    page.pdf(path=tmp_path / "all.pdf", prefer_css_page_size=True)
    page.close()
    sheets, all_sheets = (sheets_of(tmp_path / f"{name}.pdf") for name in ("chosen", "all"))
    printed = "".join(sheets)
    assert 1 <= len(sheets) <= most < len(all_sheets) <= whole
    assert "致残;市政府记功" in printed
    assert "请选择" not in printed
    # The nation's rules are there by law and article, with the points and times that nobody may miss.
    for point in (
        "国家规定中要看条件的",
        "视同工伤(第十五条第一款第(二)项)",
        "30日内",
        "1年内",
        "条件的限制",
    ):
        assert point in printed, point
    # Groups that are folded on the screen keep their titles on paper, and whom to call stands there too.
    assert len(titles) > 3
    assert printed.count("项)") >= len(titles)
    assert all(number in printed for number in numbers)
    assert numbers
