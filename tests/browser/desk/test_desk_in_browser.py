"""The desk's pages in Chromium: what their script does while somebody writes. The whole way of a case, with two people and
the installed command, is a journey (``test_office_from_nothing.py``)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser

from generator.cli.desk_server import desk_server
from tests.accessibility import RULES, violations
from tests.browser.desk.two_desks import PATIENCE, Person
from tests.desks import DRAFT, RECORD, a_desk, desk_project

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("small_site")]


@pytest.fixture
def clerk(browser: Browser, tmp_path: Path) -> Iterator[Person]:
    """Somebody at a desk of one open notice."""
    desk = a_desk(desk_project(tmp_path))
    server = desk_server(desk, 0)
    Thread(target=server.serve_forever, daemon=True).start()
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(desk.door.entrance)
    yield Person("张三", page, base=f"http://{desk.door.address}{desk.door.base}")
    page.context.close()
    server.shutdown()
    server.server_close()


def test_what_is_written_is_read_back_judged_beside_its_field_and_saved(
    clerk: Person, tmp_path: Path
) -> None:
    page = clerk.page
    assert violations(page, RULES) == []
    clerk.step(RECORD, "persons")
    page.get_by_role("button", name="添加人员").click()
    assert page.evaluate("document.activeElement.name") == "persons[1].name"
    clerk.write(
        {"persons[1].name": "祁向晨", "persons[1].disclosure": "公开", "persons[1].born": "1985年5月"}
    )
    page.get_by_text("读作 1985年5月").wait_for(timeout=PATIENCE)
    clerk.save()
    clerk.step(RECORD, "notice")
    clerk.write({"notice.period.closes_on": "2026年11月10日"})
    beside = page.locator("[data-troubles='notice.period.closes_on']")
    beside.get_by_text("必须改").wait_for(timeout=PATIENCE)
    assert violations(page, RULES) == []
    clerk.write({"notice.period.closes_on": "2026年11月26日"})
    beside.get_by_text("必须改").wait_for(state="detached", timeout=PATIENCE)
    with page.expect_navigation(timeout=PATIENCE):
        page.keyboard.press("Enter")  # in a field it saves
    assert "已保存" in clerk.text()
    written = (tmp_path / DRAFT).read_text(encoding="utf-8")
    assert "祁向晨" in written and "2026-11-26" in written and "2026-11-10" not in written
