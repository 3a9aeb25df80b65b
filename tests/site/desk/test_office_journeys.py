"""Two days in the life of an office, with the wheel alone, in a shell and behind nginx.

The first: from an empty folder and an Excel sheet of 600 honours to a site. The second: a notice that closes while
nobody is there, a watch over the site, and a step back.
"""

from __future__ import annotations

import json
import subprocess
import tarfile
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from generator.source.model.instant import SHANGHAI
from tests.nginx import Server, serving
from tests.offices import CHANGSHA
from tests.projects import dump
from tests.wheels import run

pytestmark = pytest.mark.site

SURNAMES, FIRST, SECOND = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许",
    "安柏川岱恩帆港衡京康岚铭宁沛琪荣桑棠维熙",
    "一丁元水石立平永巨令",
)
ROWS = 600


def begun(unpacked: Path, folder: Path) -> Path:
    answers = [part for pair in CHANGSHA.items() for part in pair]
    done = run(unpacked, "init", "jyyw", *answers, "--own-law", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "jyyw"


def sound(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def fill(template: Path, target: Path) -> None:
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
            "授予机关": "长沙市人民政府（示例）",
            "决定日期": f"{year}年{number % 12 + 1}月{number % 28 + 1}日",
            "奖金（元）": str(1000 + number),
            "案件是否公开": "公开",
            "姓名是否公开": "公开",
            "成年": "是",
        }
        for column, heading in enumerate(headings, 1):
            sheet.cell(number + 2, column).value = row.get(str(heading))
    book.save(target)


def test_from_an_empty_folder_and_an_excel_sheet_to_a_site(unpacked: Path, tmp_path: Path) -> None:
    project = begun(unpacked, tmp_path)
    sound(run(unpacked, "template", "honours", cwd=project))
    fill(project / "荣誉导入模板.xlsx", tmp_path / "历年.xlsx")
    assert f"新写 {ROWS} 份记录" in sound(run(unpacked, "import", "../历年.xlsx", cwd=project))
    sound(run(unpacked, "build", "--no-search", cwd=project))
    (tmp_path / "server").mkdir()
    with serving(tmp_path / "server", project / "site") as server:
        roll = server.ask("/honours/changsha/")
        assert roll.status == 200
        listed = json.loads(server.ask("/api/v1/honours.json").body)
        assert len(listed) == ROWS
        page = server.ask(f"/honours/{listed[0]['id']}/")
        assert page.status == 200 and listed[0]["recipients"][0]["name"] in page.body.decode()
        assert server.ask("/registry/").status == 404
    packed = run(unpacked, "pack", "../pack", cwd=project)
    sound(packed)
    with tarfile.open(tmp_path / "pack/site.tar.gz") as archive:
        archive.extractall(tmp_path / "served", filter="data")
    sums = (tmp_path / "pack/SHA256SUMS").read_bytes()
    checked = subprocess.run(
        ["sha256sum", "-c", "--quiet", "-"], cwd=tmp_path / "served", input=sums, timeout=60
    )
    assert checked.returncode == 0


def notice_closing(day: datetime) -> str:
    """A case whose notice closes at the end of ``day``."""
    before = [(day - timedelta(days=back)).date().isoformat() for back in (40, 35, 30, 15, 10)]
    tree = {
        "case": f"cs{day:%y}-0001",
        "jurisdiction": "changsha",
        "level": "公开",
        "authority": "changsha-shi",
        "act": {
            "happened_on": before[0],
            "kind": "水上救援",
            "district": "岳麓区",
            "summary": "跳入江中救起一名落水者",
            "narrative": "封玉琢跳入江中，救起一人。",
        },
        "persons": [{"key": "feng", "name": "封玉琢", "disclosure": "公开", "sex": "男", "born": "1985-04"}],
        "procedure": {"applied_on": before[1], "accepted_on": before[2], "proposed_on": before[3]},
        "notice": {
            "id": f"changsha-{before[4][:4]}-0001",
            "published_at": f"{before[4]}T09:00",
            "order": "确认前公示",
            "period": {"opens_on": before[4], "closes_on": day.date().isoformat()},
        },
    }
    return dump(tree)


def status_of(server: Server, number: str) -> str:
    found: str = json.loads(server.ask(f"/api/v1/notices/{number}.json").body)["status"]
    return found


def test_a_notice_closes_by_the_timer_and_a_site_steps_back(unpacked: Path, tmp_path: Path) -> None:
    project = begun(unpacked, tmp_path)
    # ``monitor`` alone reads the clock, so all days are counted from today.
    now = datetime.now(SHANGHAI).replace(second=0, microsecond=0)
    last_day = now - timedelta(days=3)
    noon = last_day.replace(hour=12, minute=0).isoformat(timespec="minutes")
    text = notice_closing(last_day)
    number = next(line.split()[-1] for line in text.splitlines() if line.strip().startswith("id:"))
    year = (last_day - timedelta(days=40)).year
    record = project / f"registry/cases/changsha/{last_day.year}/cs{last_day:%y}-0001.yml"
    record.parent.mkdir(parents=True)
    record.write_text(text, encoding="utf-8")
    assert year <= last_day.year

    def build(as_of: str) -> None:
        # As the timer does, but for the clock.
        service = (project / "site_config/deploy/systemd/yiyong-build.service").read_text(encoding="utf-8")
        (line,) = [line for line in service.splitlines() if line.startswith("ExecStart=")]
        options = line.split("/yiyong ")[1].split()
        sound(run(unpacked, *options, "--no-search", "--as-of", as_of, cwd=project))

    build(noon)
    (tmp_path / "server").mkdir()
    with serving(tmp_path / "server", project / "site") as server:
        assert status_of(server, number) == "open"
        missed = run(unpacked, "monitor", server.url, cwd=tmp_path)
        assert missed.returncode == 1 and "DSK072" in missed.stderr, "it closed since, and nobody built"
        moment = sound(run(unpacked, "next", "--as-of", noon, cwd=project)).strip()
        assert moment == f"{(last_day + timedelta(days=1)).date().isoformat()}T00:00+08:00"
        build(moment)
        assert status_of(server, number) == "awaiting"

        with record.open("a", encoding="utf-8") as file:
            file.write(
                f"outcome: {{kind: 确认, decided_on: {(now - timedelta(days=1)).date().isoformat()}}}\n"
            )
        build(now.isoformat(timespec="minutes"))
        assert status_of(server, number) == "confirmed"
        kept = run(unpacked, "monitor", server.url, cwd=tmp_path)
        assert kept.returncode == 0 and "正常" in kept.stdout, kept.stderr

        sound(run(unpacked, "rollback", cwd=project))
        assert status_of(server, number) == "awaiting"
        build(now.isoformat(timespec="minutes"))
        assert status_of(server, number) == "confirmed"
    gone = run(unpacked, "monitor", server.url, cwd=tmp_path)
    assert gone.returncode == 1 and "DSK070" in gone.stderr
