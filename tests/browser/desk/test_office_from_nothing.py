"""An office's first day and a case's whole life, with the wheel alone: in a shell, at two desks, behind nginx.

From an empty folder and an Excel sheet of 30 honours to a site; one notice from its draft to its revocation by two
people, and after each step the public page as somebody sees it who opens it in a browser.
"""

from __future__ import annotations

import json
import subprocess
import tarfile
import urllib.request
from pathlib import Path

import openpyxl
import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.accessibility import RULES, violations
from tests.browser.desk.two_desks import PATIENCE, Office, at_work, other_account, served
from tests.offices import CHANGSHA
from tests.wheels import installed, run, surroundings

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.xdist_group("wheel")]
NOTICE, HONOUR = "notices/changsha-2026-0001/", "honours/changsha-2026-h0001/"
SURNAMES, FIRST, SECOND = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许",
    "安柏川岱恩帆港衡京康岚铭宁沛琪荣桑棠维熙",
    "一丁元水石立平永巨令",
)
ROWS = 30
ORGAN = "长沙市人民政府（示例）"


def test_from_an_empty_folder_to_a_revoked_honour(browser: Browser, tmp_path: Path) -> None:
    account = other_account()
    project = _begun(tmp_path, "accounts" if account else "names")
    with at_work(project, browser, account) as office:
        office.it_is("2026-11-22T09:00")
        _take_over(office)
        record = _draft(office, tmp_path)
        _open_notice(office, record)
        with served(office, tmp_path / "server"):
            _first_day(office, tmp_path)
            office.it_is("2026-12-22T09:00")
            for step in (_objection, _decision, _honour, _correction, _masking, _revocation):
                step(office, record)
        log = subprocess.run(
            ["git", "-C", str(project), "log", "--format=%s"], check=True, capture_output=True, text=True
        )
        assert log.stdout.count("公布") == 7
        published = b"\n".join(path.read_bytes() for path in (project / "site").rglob("*") if path.is_file())
        for private in ("封玉琢", "另有一人", "李四", "张三", "卷宗在甲柜", "cs26-0001", "13900000000"):
            assert private.encode() not in published, private


def _begun(folder: Path, approval: str) -> Path:
    where = "import generator; print(generator.__file__)"
    python = [str(installed() / "bin/python"), "-c", where]
    done = subprocess.run(python, cwd=folder, env=surroundings(), check=True, capture_output=True, text=True)
    assert done.stdout.startswith(str(installed())), "the checkout is beside it"
    answers = [part for pair in CHANGSHA.items() for part in pair]
    _sound(run("init", "jyyw", *answers, "--own-law", cwd=folder))
    project = folder / "jyyw"
    with (project / "site_config/site.yml").open("a", encoding="utf-8") as settings:
        settings.write(f"approval: {approval}\n")
    git = ("git", "-C", str(project))
    subprocess.run([*git, "init", "--quiet"], check=True)
    for name, value in (("user.email", "a@b.example"), ("user.name", "机关")):
        subprocess.run([*git, "config", name, value], check=True)
    _sound(run("template", "honours", cwd=project))
    _fill(project / "荣誉导入模板.xlsx", folder / "历年.xlsx")
    assert f"新写 {ROWS} 份记录" in _sound(run("import", "../历年.xlsx", cwd=project))
    return project


def _sound(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _fill(template: Path, target: Path) -> None:
    """As a clerk does: the template with a row for each honour, in the words of the paper."""
    book = openpyxl.load_workbook(template)
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    for number in range(ROWS):
        year = 1996 + number % 25
        row = {
            "文号": f"长政发〔{year}〕{number // 25 + 1}号",
            "姓名": SURNAMES[number % 20] + FIRST[number // 20 % 20] + SECOND[number // 7 % 10],
            "方式": "授予",
            "称号": "长沙市见义勇为先进个人",
            "级别": "市级",
            "授予机关": ORGAN,
            "决定日期": f"{year}年{number % 12 + 1}月{number % 28 + 1}日",
            "奖金（元）": str(1000 + number),
            "公布日期": "2026年11月20日",
            "案件是否公开": "公开",
            "姓名是否公开": "公开",
            "成年": "是",
        }
        for column, heading in enumerate(headings, 1):
            sheet.cell(number + 2, column).value = row.get(str(heading))
    book.save(target)


def _take_over(office: Office) -> None:
    clerk = office.clerk
    clerk.go()
    clerk.page.locator("details.rest summary").click()
    clerk.press(f"把没有经过批准的 {ROWS} 件按现状登记")
    assert "没有经过批准" not in clerk.text()


def _draft(office: Office, folder: Path) -> str:
    clerk = office.clerk
    clerk.go("new")
    clerk.page.fill("#happened_on", "2026年9月12日")
    clerk.press("开始写")
    record = clerk.page.url.partition("/case/")[2].partition("?")[0]
    assert record == "changsha/2026/cs26-0001" and "必须写" in clerk.text()
    clerk.write({"level": "公开"})
    clerk.save()
    clerk.step(record, "persons")
    clerk.page.get_by_role("button", name="添加人员").click()
    assert clerk.page.evaluate("document.activeElement.name") == "persons[0].name"
    portrait = folder / "照片.jpg"
    Image.new("RGB", (900, 1200), (120, 60, 30)).save(portrait)
    clerk.write(
        {
            "persons[0].name": "封玉琢",
            "persons[0].disclosure": "公开",
            "persons[0].born": "1985年4月",
            "persons[0].private.phone": "13900000000",
            "persons[0].portrait.description": "正面照",
            "persons[0].portrait.consent.given_on": "2026-10-1",
            "persons[0].portrait.consent.given_by": "本人",
        }
    )
    clerk.page.set_input_files("[name='_picture.persons[0].portrait.file']", portrait)
    clerk.page.get_by_text("读作 1985年4月").wait_for(timeout=PATIENCE)
    clerk.save()
    shown = clerk.page.locator("img.portrait")
    assert shown.evaluate("(each) => each.decode().then(() => each.naturalWidth)") == 480
    clerk.step(record, "act")
    clerk.write(
        {
            "act.kind": "水上救援",
            "act.narrative": "2026年9月12日，封玉琢跳入湖中救起一人。",
            "act.district": "岳麓区",
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
    assert "changsha-2026-0001" in clerk.text() and violations(clerk.page, RULES) == []
    shown = clerk.page.frame_locator("iframe")
    shown.locator(".yy-lead__main").wait_for(timeout=PATIENCE)
    assert "13900000000" not in shown.locator("body").inner_text()
    assert not (office.root / "site").exists()
    office.through(record)
    clerk.go()
    assert violations(clerk.page, RULES) == [] and "正在公示" in clerk.text()


def _first_day(office: Office, folder: Path) -> None:
    """What a visitor finds, and what the administrator is given."""
    notice = office.seen(NOTICE)
    assert "公示中" in notice and "封玉琢" in notice and "11月26日" in notice
    with urllib.request.urlopen(f"{office.address}api/v1/honours.json", timeout=20) as answer:
        listed = json.load(answer)
    assert len(listed) == ROWS
    assert listed[0]["recipients"][0]["name"] in office.seen(f"honours/{listed[0]['id']}/")
    _sound(run("pack", "../pack", "--as-of", "2026-11-22T09:00+08:00", cwd=office.root))
    with tarfile.open(folder / "pack/site.tar.gz") as archive:
        archive.extractall(folder / "served", filter="data")
    sums = (folder / "pack/SHA256SUMS").read_bytes()
    checked = subprocess.run(
        ["sha256sum", "-c", "--quiet", "-"], cwd=folder / "served", input=sums, timeout=60
    )
    assert checked.returncode == 0


def _objection(office: Office, record: str) -> None:
    clerk = office.clerk
    clerk.step(record, "objections")
    clerk.page.get_by_role("button", name="添加异议", exact=False).first.click()
    clerk.write({"objections[0].received_on": "2026年11月20日", "objections[0].note": "说当时另有一人"})
    clerk.save()
    office.through(record)
    assert "收到异议，正在审查" in office.seen(NOTICE)
    clerk.go()
    assert "异议没有处理完" in clerk.text()


def _decision(office: Office, record: str) -> None:
    clerk = office.clerk
    clerk.step(record, "objections")
    clerk.write({"objections[0].resolved_on": "2026-12-01", "objections[0].result": "驳回"})
    clerk.save()
    clerk.step(record, "outcome")
    clerk.write({"outcome.kind": "确认", "outcome.decided_on": "2026年12月4日"})
    clerk.save()
    office.through(record)
    assert "已于 2026年12月4日 确认为见义勇为" in office.seen(NOTICE)


def _honour(office: Office, record: str) -> None:
    clerk = office.clerk
    clerk.step(record, "honours")
    clerk.page.get_by_role("button", name="添加荣誉").click()
    clerk.write(
        {
            "honours[0].verb": "授予",
            "honours[0].title": "长沙市见义勇为先进个人",
            "honours[0].level": "市级",
            "honours[0].grantor": ORGAN,
            "honours[0].basis": "测试奖励办法（示例）",
            "honours[0].decided_on": "2026年12月10日",
            "honours[0].published_on": "2026年12月11日",
        }
    )
    clerk.save()
    assert "changsha-2026-h0001" in clerk.text()
    office.through(record)
    assert "见义勇为先进个人" in office.seen(HONOUR) and "封玉琢" in office.seen(HONOUR)
    assert office.visitor.get_by_role("img", name="正面照").evaluate("(each) => each.naturalWidth") > 0


def _correction(office: Office, record: str) -> None:
    clerk = office.clerk
    clerk.step(record, "act")
    clerk.write({"act.district": "天心区"})
    clerk.save()
    said = {"corrected_on": "2026-12-13", "what": "区县登载有误", "was": "岳麓区", "now": "天心区"}
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
    for page in (NOTICE, HONOUR):
        assert "区县登载有误" in office.seen(page) and "天心区" in office.seen(page)


def _masking(office: Office, record: str) -> None:
    """At once, by one; the other one confirms it when the public sees it already."""
    clerk, reviewer = office.clerk, office.reviewer
    clerk.step(record, "masking")
    clerk.page.locator("[name='persons[0].disclosure']").select_option(label="隐名")
    assert clerk.page.locator("[name='persons[0].withholding.ground']").is_visible()
    clerk.write(
        {
            "persons[0].withholding.ground": "本人要求保密",
            "persons[0].withholding.article": "第十一条第一款",
            "persons[0].withholding.decided_by": ORGAN,
            "persons[0].withholding.decided_on": "2026-12-22",
        }
    )
    clerk.page.locator("[name='_remove'][value='persons[0].portrait']").check()
    clerk.save()
    assert "还有" in clerk.text()  # the name stands in the narrative
    clerk.step(record, "act")
    clerk.write({"act.narrative": "2026年9月12日，封某跳入湖中救起一人。"})
    clerk.save()
    clerk.go(f"case/{record}/review")
    clerk.press("立即撤下")
    assert clerk.page.url.endswith("publish"), clerk.text()
    office.publish()
    for page in (NOTICE, HONOUR):
        assert "封玉琢" not in office.seen(page) and "封某" in office.seen(page)
    assert office.visitor.get_by_role("img", name="正面照").count() == 0
    assert not list((office.root / "registry/portraits").rglob("*.jpg"))
    reviewer.go()
    assert "紧急撤下，等您确认" in reviewer.text()
    reviewer.go(f"case/{record}/review")
    assert violations(reviewer.page, RULES) == []
    reviewer.press("我看过了，确认撤下")
    assert "已登记" in reviewer.text()


def _revocation(office: Office, record: str) -> None:
    clerk = office.clerk
    clerk.step(record, "revocation")
    revoked = {"revoked_on": "2026-12-20", "organ": ORGAN, "ground": "申报材料不实。"}
    clerk.write({f"revocation.{key}": value for key, value in revoked.items()})
    clerk.save()
    clerk.step(record, "honours")
    clerk.write({f"honours[0].revocation.{key}": value for key, value in revoked.items()})
    clerk.save()
    office.through(record)
    for page in (NOTICE, HONOUR):
        assert "撤销" in office.seen(page)
