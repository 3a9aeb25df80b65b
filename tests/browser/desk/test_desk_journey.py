"""A case from draft to revocation by two people at two desks, the public page looked at after each step."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.accessibility import RULES, violations
from tests.browser.desk.two_desks import PATIENCE, Office, two_desks

pytestmark = pytest.mark.browser
NOTICE, HONOUR = "notices/wuhan-2026-0001", "honours/wuhan-2026-h0001"


def public(office: Office, page: str) -> str:
    return (office.site / page / "index.html").read_text(encoding="utf-8")


def everything(office: Office) -> bytes:
    return b"\n".join(path.read_bytes() for path in office.site.rglob("*") if path.is_file())


def test_a_life_at_the_desk(browser: Browser, tmp_path: Path) -> None:
    with two_desks(tmp_path, browser) as office:
        record = _draft(office)
        _open_notice(office, record)
        _objection(office, record)
        _decision(office, record)
        _honour(office, record)
        _correction(office, record)
        _masking(office, record)
        _revocation(office, record)
        log = subprocess.run(
            ["git", "-C", str(office.root), "log", "--format=%s"], check=True, capture_output=True, text=True
        )
        assert log.stdout.count("公布") == 7
        published = everything(office)
        for private in ("另有一人", "李四", "张三", "卷宗在甲柜", "wh26-0001"):
            assert private.encode() not in published


def _draft(office: Office) -> str:
    clerk = office.clerk
    clerk.go("new")
    clerk.page.fill("#happened_on", "2026年9月12日")
    clerk.press("开始写")
    record = clerk.page.url.partition("/case/")[2].partition("?")[0]
    assert record == "wuhan/2026/wh26-0001" and "必须写" in clerk.text()
    clerk.write({"level": "公开"})
    clerk.save()
    clerk.step(record, "persons")
    clerk.page.get_by_role("button", name="添加人员").click()
    assert clerk.page.evaluate("document.activeElement.name") == "persons[0].name"
    clerk.write(
        {
            "persons[0].name": "封玉琢",
            "persons[0].disclosure": "公开",
            "persons[0].born": "1985年4月",
            "persons[0].private.phone": "13900000000",
        }
    )
    clerk.page.get_by_text("读作 1985年4月").wait_for(timeout=PATIENCE)
    clerk.save()
    clerk.step(record, "act")
    clerk.write(
        {
            "act.kind": "水上救援",
            "act.narrative": "2026年9月12日，封玉琢跳入湖中救起一人。",
            "act.district": "汉阳区",
            "act.summary": "跳入湖中救起一名落水者",
        }
    )
    with clerk.page.expect_navigation(timeout=PATIENCE):
        clerk.page.keyboard.press("Enter")  # in a field it saves
    assert "已保存" in clerk.text()
    clerk.step(record, "private")
    clerk.write({"private.note": "卷宗在甲柜"})
    clerk.save()
    clerk.step(record, "procedure")
    clerk.write({"procedure.applied_on": "2026-9-20", "procedure.accepted_on": "2026.9.23"})
    clerk.save()
    return record


def _open_notice(office: Office, record: str) -> None:
    clerk = office.clerk
    clerk.step(record, "notice")
    clerk.write(
        {
            "notice.published_at": "2026年11月18日 9:00",
            "notice.order": "确认前公示",
            "notice.period.opens_on": "2026年11月18日",
            "notice.period.closes_on": "2026年11月10日",
        }
    )
    beside = clerk.page.locator("[data-troubles='notice.period.closes_on']")
    beside.get_by_text("必须改").wait_for(timeout=PATIENCE)
    assert violations(clerk.page, RULES) == []
    clerk.write({"notice.period.closes_on": "2026年11月26日"})
    beside.get_by_text("必须改").wait_for(state="detached", timeout=PATIENCE)
    clerk.save()
    clerk.go(f"case/{record}/review")
    assert "wuhan-2026-0001" in clerk.text() and violations(clerk.page, RULES) == []
    shown = clerk.page.frame_locator("iframe")
    shown.locator(".yy-lead__main").wait_for(timeout=PATIENCE)
    assert "13900000000" not in shown.locator("body").inner_text()
    assert not office.site.exists()
    office.through(record)
    assert "封玉琢" in public(office, NOTICE) and "公示中" in public(office, NOTICE)
    office.clerk.go()
    assert violations(clerk.page, RULES) == [] and "正在公示" in clerk.text()


def _objection(office: Office, record: str) -> None:
    office.it_is("2026-11-28T09:00")
    clerk = office.clerk
    clerk.step(record, "objections")
    clerk.page.get_by_role("button", name="添加异议", exact=False).first.click()
    clerk.write({"objections[0].received_on": "2026年11月20日", "objections[0].note": "说当时另有一人"})
    clerk.save()
    office.through(record)
    assert "异议" in public(office, NOTICE)
    clerk.go()
    assert "异议没有处理完" in clerk.text()


def _decision(office: Office, record: str) -> None:
    office.it_is("2026-12-06T09:00")
    clerk = office.clerk
    clerk.step(record, "objections")
    clerk.write({"objections[0].resolved_on": "2026-12-01", "objections[0].result": "驳回"})
    clerk.save()
    clerk.step(record, "outcome")
    clerk.write({"outcome.kind": "确认", "outcome.decided_on": "2026年12月4日"})
    clerk.save()
    office.through(record)
    assert "已于 2026年12月4日 确认为见义勇为" in public(office, NOTICE)


def _honour(office: Office, record: str) -> None:
    office.it_is("2026-12-12T09:00")
    clerk = office.clerk
    clerk.step(record, "honours")
    clerk.page.get_by_role("button", name="添加荣誉").click()
    clerk.write(
        {
            "honours[0].verb": "授予",
            "honours[0].title": "见义勇为先进个人",
            "honours[0].level": "市级",
            "honours[0].grantor": "武汉市测试机关（示例）",
            "honours[0].basis": "测试奖励办法（示例）",
            "honours[0].decided_on": "2026年12月10日",
            "honours[0].published_on": "2026年12月11日",
        }
    )
    clerk.save()
    assert "wuhan-2026-h0001" in clerk.text()
    office.through(record)
    assert "见义勇为先进个人" in public(office, HONOUR) and "封玉琢" in public(office, HONOUR)


def _correction(office: Office, record: str) -> None:
    office.it_is("2026-12-14T09:00")
    clerk = office.clerk
    clerk.step(record, "act")
    clerk.write({"act.district": "武昌区"})
    clerk.save()
    said = {"corrected_on": "2026-12-13", "what": "区县登载有误", "was": "汉阳区", "now": "武昌区"}
    clerk.step(record, "corrections")
    clerk.page.get_by_role("button", name="添加更正").click()
    clerk.write({f"notice.corrections[0].{key}": value for key, value in said.items()})
    clerk.save()
    clerk.go(f"case/{record}/review")
    clerk.press("送审")
    assert "PUB013" in clerk.text()  # the honour shows the district too, and says nothing of the change
    clerk.step(record, "honours")
    clerk.write({})
    clerk.page.get_by_role("button", name="添加更正").click()
    clerk.write({f"honours[0].corrections[0].{key}": value for key, value in said.items()})
    clerk.save()
    office.through(record)
    assert "区县登载有误" in public(office, NOTICE)


def _masking(office: Office, record: str) -> None:
    office.it_is("2026-12-18T09:00")
    clerk = office.clerk
    clerk.step(record, "masking")
    clerk.page.locator("[name='persons[0].disclosure']").select_option(label="隐名")
    assert clerk.page.locator("[name='persons[0].withholding.ground']").is_visible()
    clerk.write(
        {
            "persons[0].withholding.ground": "本人要求保密",
            "persons[0].withholding.article": "第十一条第一款",
            "persons[0].withholding.decided_by": "武汉市测试机关（示例）",
            "persons[0].withholding.decided_on": "2026-12-17",
        }
    )
    clerk.save()
    assert "还有" in clerk.text()  # the name stands in the narrative
    clerk.step(record, "act")
    clerk.write({"act.narrative": "2026年9月12日，封某跳入湖中救起一人。"})
    clerk.save()
    office.through(record)
    assert "封玉琢".encode() not in everything(office)


def _revocation(office: Office, record: str) -> None:
    office.it_is("2026-12-22T09:00")
    clerk = office.clerk
    clerk.step(record, "revocation")
    revoked = {
        "revoked_on": "2026-12-20",
        "organ": "武汉市测试机关（示例）",
        "ground": "申报材料不实。",
    }
    clerk.write({f"revocation.{key}": value for key, value in revoked.items()})
    clerk.save()
    clerk.step(record, "honours")
    clerk.write({f"honours[0].revocation.{key}": value for key, value in revoked.items()})
    clerk.save()
    office.through(record)
    assert "撤销" in public(office, NOTICE)
