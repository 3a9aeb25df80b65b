"""“我能得到什么”页 in the browser: sorted as the library decides."""

from __future__ import annotations

from itertools import islice

import pytest
from playwright.sync_api import Browser

from generator.law.instruments.entitlement import Entitled, Situation, decide, entitlements, situations
from tests.policy_site import TODAY, pages, settings
from tests.projects import ROOT

pytestmark = pytest.mark.browser

KEYS = {"yours": Entitled.YOURS, "depends": Entitled.DEPENDS, "not_yours": Entitled.NOT_YOURS}


def path_of(place: str) -> str:
    return f"policies/{place}/for-me/"


def fragment_of(situation: Situation) -> str:
    kept = {
        "role": situation.role,
        "place": situation.place,
        "injury": situation.injury,
        "honour": situation.honour,
    } | ({"hardship": "1"} if situation.hardship else {})
    return "&".join(f"{key}={value}" for key, value in kept.items())


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
    page.locator("[type=reset]").click()
    page.wait_for_function("document.querySelector('[data-results]').hidden")
    assert page.url == address
    page.locator("select[name=role]").select_option("spouse")
    assert page.url == f"{address}#role=spouse"
    page.close()
    assert wrong == []
