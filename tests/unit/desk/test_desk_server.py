"""The desk answers one browser on this machine, and changes nothing for anybody else."""

from __future__ import annotations

import http.client
import re
import socket
from pathlib import Path
from threading import Thread
from urllib.parse import unquote

import pytest

from generator.cli.desk_server import Desk, desk_server
from generator.desk.handbook import handbook_pages, page_title
from tests.desks import DRAFT, PLACED, RECORD, Visitor, a_desk, desk_project
from tests.offices import yiyong
from tests.projects import person

CASE = f"case/{RECORD}?step=act"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return a_desk(desk_project(tmp_path))


@pytest.fixture
def clerk(desk: Desk) -> Visitor:
    visitor = Visitor(desk)
    visitor.enter()
    return visitor


def test_the_handbook_is_at_hand_and_its_links_lead_to_its_pages(clerk: Visitor) -> None:
    assert f'href="{clerk.desk.door.base}handbook/README"' in clerk.ask("GET", "").body.decode()
    anchors: dict[str, str] = {}
    for name in handbook_pages():
        html = clerk.ask("GET", f"handbook/{name}").body.decode()
        assert page_title(name) in html and "<script src" in html and html.count("<script") == 1
        for target in re.findall(r'href="([^"/:]+)"', html.partition('<article class="handbook">')[2]):
            anchors[unquote(target if target[0] != "#" else name + target)] = name
    assert {"running", "fields", "publication-log#密钥"} <= anchors.keys()
    for target, at in anchors.items():
        page, _, anchor = target.partition("#")
        html = clerk.ask("GET", f"handbook/{page}").body.decode()
        assert not anchor or f'id="{anchor}"' in html, (at, target)
    assert clerk.ask("GET", "handbook/nothing").status == 404
    assert "工作手册" not in yiyong("handbook").output and "运行与维护" in yiyong("handbook").output
    assert "## 备份" in yiyong("handbook", "running").output
    assert yiyong("handbook", "none").exit_code == 2


def test_the_token_opens_once(desk: Desk) -> None:
    entrance = desk.door.entrance
    first, second = Visitor(desk), Visitor(desk)
    answer = first.enter()
    assert answer.status == 303 and "token" not in answer.headers["Location"]
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and f"Path={desk.door.base}" in cookie
    assert first.ask("GET", "").status == 200
    path = entrance.removeprefix(f"http://{desk.door.address}")
    assert second.ask("GET", path).status == 403
    assert second.ask("GET", "").status == 403
    # A new address ends the session that somebody else has.
    desk.door.renew()
    assert second.enter().status == 303 and second.ask("GET", "").status == 200
    assert first.ask("GET", "").status == 403


@pytest.mark.parametrize("token", ["", "x", "é"])
def test_a_wrong_token_opens_nothing(desk: Desk, token: str) -> None:
    assert Visitor(desk).ask("GET", f"enter?token={token}").status == 403
    assert Visitor(desk).ask("GET", "enter").status == 403


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("GET", {"Cookie": None}),
        ("GET", {"Cookie": "yiyong-desk=x"}),
        ("GET", {"Cookie": "yiyong-desk="}),
        ("GET", {"Host": "evil.example"}),
        ("GET", {"Host": "127.0.0.1"}),
        ("GET", {"Host": "localhost:8017"}),
        ("GET", {"Host": None}),
        ("GET", {"Origin": "https://evil.example"}),
        ("GET", {"Origin": "null"}),
        ("GET", {"Sec_Fetch_Site": "cross-site"}),
        ("GET", {"Sec_Fetch_Site": "same-site"}),
        ("POST", {"Origin": None}),
        ("POST", {"Origin": "null"}),
        ("POST", {"Origin": "http://127.0.0.1:9999"}),
        ("POST", {"Origin": "http://localhost:8017"}),
        ("POST", {"Sec_Fetch_Site": "same-site"}),
        ("POST", {"Host": "evil.example:8017"}),
        ("POST", {"Cookie": None}),
    ],
)
def test_strangers_are_refused_and_told_nothing(
    clerk: Visitor, method: str, headers: dict[str, str | None], tmp_path: Path
) -> None:
    form = clerk.form(CASE) | {"act.summary": "别人写的"}
    answer = clerk.ask(method, CASE, form if method == "POST" else None, **headers)
    assert answer.status == 403
    told = answer.body.decode()
    assert "封玉琢" not in told and "wh26" not in told and clerk.desk.door.base not in told
    assert not (tmp_path / DRAFT).exists()
    assert not any("Access-Control" in name for name in answer.headers)


def files_of(root: Path) -> dict[Path, bytes]:
    return {
        file: file.read_bytes()
        for top in ("registry", "site_config", "content")
        for file in (root / top).rglob("*")
        if file.is_file()
    }


@pytest.mark.parametrize(
    "path",
    [
        f"case/{RECORD}/finish",
        f"case/{RECORD}/approve",
        f"case/{RECORD}/return",
        f"case/{RECORD}/discard",
        f"case/{RECORD}/submit-placed",
        f"live/{RECORD}",
        "take-over",
        "publish/confirm",
        "publish/cancel",
    ],
)
def test_looking_changes_nothing(clerk: Visitor, path: str) -> None:
    before = files_of(clerk.desk.work.root)
    assert clerk.ask("GET", path).status == 405
    assert clerk.ask("GET", f"case/{RECORD}?step=act&act.summary=x&saved=1&add=persons").status == 200
    assert files_of(clerk.desk.work.root) == before


@pytest.mark.parametrize(
    "path",
    [
        "registry/cases/wuhan/2026/wh26-0001.yml",
        "assets/../../../registry/cases/wuhan/2026/wh26-0001.yml",
        "assets/desk.py",
        "assets/desk_base.html",
        "case/../../site_config/site.yml",
        "case/wuhan/2026/%2e%2e",
        "/registry/cases/wuhan/2026/wh26-0001.yml",
        "/",
        "/etc/passwd",
    ],
)
def test_no_path_is_ever_a_file(clerk: Visitor, path: str) -> None:
    answer = clerk.ask("GET", path)
    assert answer.status == 404 and b"wuhan-test" not in answer.body


def test_a_form_sent_back_unchanged_saves_nothing(clerk: Visitor, tmp_path: Path) -> None:
    for step in ("case", "persons", "act", "procedure", "notice", "masking", "private"):
        path = f"case/{RECORD}?step={step}"
        assert clerk.ask("POST", path, clerk.form(path)).status == 303
    assert not (tmp_path / DRAFT).exists()


def test_a_change_is_saved_and_what_is_wrong_stands_beside_its_field(clerk: Visitor, tmp_path: Path) -> None:
    path = f"case/{RECORD}?step=notice"
    form = clerk.form(path) | {"notice.period.closes_on": "2026.11.12"}
    live = clerk.ask("POST", f"live/{RECORD}?step=notice", form).body.decode()
    assert "CLK001" in live and "读作 2026年11月12日 星期四" in live and not (tmp_path / DRAFT).exists()
    answer = clerk.ask("POST", path, form)
    assert answer.status == 303 and answer.headers["Location"].endswith("step=notice&saved=1")
    assert "closes_on: '2026-11-12'" in (tmp_path / DRAFT).read_text(encoding="utf-8")
    page = clerk.ask("GET", path).body.decode()
    beside = page[page.index('data-troubles="notice.period.closes_on"') :]
    assert "CLK001" in beside[: beside.index("</ul>")]
    assert "必须改" in page and "closes_on（" not in page


def test_two_desks_cannot_write_over_each_other(tmp_path: Path) -> None:
    root = desk_project(tmp_path)
    one, two = Visitor(a_desk(root)), Visitor(a_desk(root, "李四", "li@b"))
    one.enter(), two.enter()
    mine, theirs = one.form(CASE), two.form(CASE)
    assert two.ask("POST", CASE, theirs | {"act.place": "墨水湖"}).status == 303
    answer = one.ask("POST", CASE, mine | {"act.limb": "第七条"})
    page = answer.body.decode()
    assert answer.status == 409 and "别处改过" in page and "行为·地点" in page and 'value="第七条"' in page
    assert 'value="墨水湖"' in page and "第七条" not in (tmp_path / DRAFT).read_text(encoding="utf-8")


def test_what_is_private_looks_private(clerk: Visitor) -> None:
    page = clerk.ask("GET", f"case/{RECORD}?step=objections&add=objections").body.decode()
    name = page[page.index('data-field="objections[0].objector.name"') :]
    assert "不会公开" in name[: name.index("</div>")]
    public = page[page.index('data-field="objections[0].public_reason"') :]
    assert "不会公开" not in public[: public.index("</div>")]


def test_hostile_text_is_only_text(tmp_path: Path) -> None:
    hostile = "</textarea><script>alert(1)</script>'\""
    root = desk_project(tmp_path, persons=[person(name=hostile, post=hostile)], act={"narrative": hostile})
    clerk = Visitor(a_desk(root))
    clerk.enter()
    for path in ("", f"case/{RECORD}?step=persons", CASE, f"case/{RECORD}/review"):
        assert "<script>alert" not in clerk.ask("GET", path).body.decode()
    form = clerk.form(CASE) | {"act.happened_on": hostile}
    assert b"<script>" not in clerk.ask("POST", f"live/{RECORD}?step=act", form).body
    unchanged = clerk.form(f"case/{RECORD}?step=persons")
    clerk.ask("POST", f"case/{RECORD}?step=persons", unchanged)
    assert not (tmp_path / DRAFT).exists()


def test_two_people_submit_approve_and_return(tmp_path: Path) -> None:
    root = desk_project(tmp_path, approval="names")
    one, two = Visitor(a_desk(root)), Visitor(a_desk(root, "李四", "zhang@a"))
    one.enter(), two.enter()
    assert "按现状登记" in one.ask("GET", "").body.decode()
    assert one.ask("POST", "take-over").status == 303
    one.ask("POST", CASE, one.form(CASE) | {"act.limb": "第七条"})
    review = one.ask("GET", f"case/{RECORD}/review").body.decode()
    assert "送审" in review and "认定依据" in review
    seen = one.desk.work.open(RECORD).shelved.digest
    assert one.ask("POST", f"case/{RECORD}/finish", {"seen": seen}).status == 303
    assert "等另一个人批准" in one.ask("GET", f"case/{RECORD}/review").body.decode()
    assert one.ask("POST", f"case/{RECORD}/approve", {"seen": seen, "page": ""}).status == 409
    assert "等您批准" in two.ask("GET", "").body.decode()
    shown = two.ask("GET", f"case/{RECORD}/review").body.decode()
    assert "同一个系统账户" in shown
    page = shown.partition('name="page" value="')[2].partition('"')[0]
    assert two.ask("POST", f"case/{RECORD}/return", {"note": "依据写全"}).status == 303
    assert "依据写全" in one.ask("GET", CASE).body.decode()
    assert two.ask("POST", f"case/{RECORD}/approve", {"seen": seen, "page": page}).status == 409
    assert one.ask("POST", f"case/{RECORD}/finish", {"seen": seen}).status == 303
    assert two.ask("POST", f"case/{RECORD}/approve", {"seen": seen, "page": page}).status == 303
    assert "limb: 第七条" in (root / PLACED).read_text(encoding="utf-8")


def test_the_socket_is_of_this_machine_alone(desk: Desk) -> None:
    server = desk_server(desk, 0)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        host, port = server.server_address[:2]
        assert host == "127.0.0.1" and desk.door.port == port
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        asked.request("GET", desk.door.entrance.partition(desk.door.address)[2])
        answer = asked.getresponse()
        answer.read()
        assert answer.status == 303
        cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
        asked.request("GET", desk.door.base, headers={"Cookie": cookie})
        answer = asked.getresponse()
        body = answer.read().decode()
        assert "封玉琢" in body
        sent = {
            name: answer.getheader(name) or ""
            for name in ("Cache-Control", "Content-Security-Policy", "Server")
        }
        assert sent["Cache-Control"] == "no-store" and "default-src 'none'" in sent["Content-Security-Policy"]
        assert "Python" not in sent["Server"] and answer.getheader("Access-Control-Allow-Origin") is None
        asked.request(
            "POST", f"{desk.door.base}take-over", body=b"{}", headers={"Content-Type": "application/json"}
        )
        assert asked.getresponse().status == 413
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_one_account_cannot_approve_its_own_where_two_are_asked_for(tmp_path: Path) -> None:
    root = desk_project(tmp_path, approval="accounts")
    one, two = Visitor(a_desk(root)), Visitor(a_desk(root, "李四"))
    one.enter(), two.enter()
    seen = one.desk.work.open(RECORD).shelved.digest
    assert one.ask("POST", f"case/{RECORD}/submit-placed", {"seen": seen}).status == 303
    page = two.ask("GET", f"case/{RECORD}/review").body.decode()
    assert "另一个系统账户里批准" in page and "我看过了" not in page
    assert two.ask("POST", f"case/{RECORD}/approve", {"seen": seen, "page": ""}).status == 409


def test_a_draft_that_takes_something_away_says_that_it_is_still_shown(clerk: Visitor) -> None:
    path = f"case/{RECORD}?step=act"
    clerk.ask("POST", path, clerk.form(path) | {"act.verification": ""})
    assert "网站照旧显示" in clerk.ask("GET", f"case/{RECORD}/review").body.decode()


@pytest.mark.parametrize("name", [" ", "\u202e", "王" * 41])
def test_somebody_without_a_name_opens_no_desk(tmp_path: Path, name: str) -> None:
    result = yiyong("desk", "--root", desk_project(tmp_path), "--as", name, "--no-browser")
    assert result.exit_code == 2 and "DSK113" in result.output


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = yiyong(
            "desk", "--root", desk_project(tmp_path), "--as", "张三", "--no-browser", "--port", port
        )
    assert result.exit_code == 2 and "DSK114" in result.output


def test_what_is_next_is_said_with_its_address(clerk: Visitor) -> None:
    page = clerk.ask("GET", CASE).body.decode()
    assert "去公布" in page
    clerk.ask("POST", CASE, clerk.form(CASE) | {"act.summary": ""})
    page = clerk.ask("GET", f"case/{RECORD}?step=case").body.decode()
    assert 'step=act#f-act-summary">去改' in page and "必须写" in clerk.ask("GET", CASE).body.decode()
