"""撤下: the record says so, and nothing in which the person still is goes unlisted."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from typer.testing import Result

from generator.desk.desk_pages import DeskPages
from generator.pipeline.prepare import check_project
from generator.source.yaml_reader import read_tree
from tests.desks import desk_work
from tests.offices import yiyong
from tests.projects import (
    AS_OF,
    WITHHOLDING,
    case,
    decision,
    dump,
    honour,
    person,
    write_small_project,
    write_yaml,
)

RECORD = "registry/cases/wuhan/2026/wh26-0001.yml"
GROUND = (
    "--set=ground=本人要求保密",
    "--set=article=条例第十一条第一款",
    "--set=decided_by=武汉市测试机关（示例）",
    "--set=decided_on=2026年11月20日",
    "--set=ends_on=",
)
TREE = case(persons=[person(disclosure="公开"), person(key="p2", name="祁向晨")], honours=[honour()])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """One case of two people, a page that thanks one of them, and a site that shows both."""
    root = write_small_project(tmp_path, {"wuhan/2026/wh26-0001.yml": TREE})
    text = dump(TREE).replace("disclosure: 公开", "disclosure: 公开   # 2026年11月谈过\n    ", 1)
    (root / RECORD).write_text(f"# 卷宗在甲柜\n{text}", encoding="utf-8")
    (root / "content/pages").mkdir(parents=True, exist_ok=True)
    (root / "content/pages/thanks.md").write_text("# 感谢\n感谢封玉琢。\n", encoding="utf-8")
    pages = {
        "index.html": "<p>封玉琢等2人</p>",
        "about/index.html": "<p>关于</p>",
        "notices/wuhan-2026-0001/index.html": "<p>封玉琢、祁向晨</p>",
        "notices/wuhan-2026-0001/share.svg": "<svg></svg>",
        "api/v1/notices/wuhan-2026-0001.json": '"\\u5c01\\u7389\\u7422"',
        "feeds/notices.atom": "<feed>封玉琢</feed>",
    }
    for name, text in pages.items():
        (root / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "site" / name).write_text(text, encoding="utf-8")
    return root


def withdraw(root: Path, *arguments: str) -> Result:
    return yiyong("withdraw", *arguments, *GROUND, "--root", root, "--jobs", "1")


def test_the_record_says_so_and_keeps_its_comments(root: Path) -> None:
    told = withdraw(root, "wh26-0001", "封玉琢")
    text = (root / RECORD).read_text(encoding="utf-8")
    assert "# 卷宗在甲柜\n" in text and "# 2026年11月谈过" in text
    tree = read_tree(text.encode())
    assert isinstance(tree, dict)
    one, other = tree["persons"]
    assert (one["disclosure"], other["disclosure"]) == ("隐名", "full")
    assert one["withholding"] == {
        "ground": "asked_by_person",
        "article": "条例第十一条第一款",
        "decided_by": "武汉市测试机关（示例）",
        "decided_on": "2026-11-20",
    }
    assert tree["act"]["narrative"] == TREE["act"]["narrative"].replace("封玉琢", "封某某")
    assert told.exit_code == 0 and f"{RECORD}: act.narrative" in told.stdout


def test_texts_to_reword_and_every_address_are_listed(root: Path) -> None:
    # Without a trace: no masked form can stand in the texts.
    told = withdraw(root, "wuhan-2026-0001", "p1", "--to", "withheld", "--dry-run").stdout
    assert "DIS001" in told and "act.narrative" in told and "封玉琢" not in told.partition("二、")[0]
    assert "content/pages/thanks.md" in told
    own, others = told.partition("三、")[2].split("四、")
    base = "https://yiyong.example"
    for path in ("notices/wuhan-2026-0001/", "api/v1/notices/wuhan-2026-0001.json"):
        assert f"  {base}/{path}\n" in own
    assert f"{base}/notices/wuhan-2026-0001/share.svg" in own, "a picture shows what no search finds"
    assert f"  {base}/\n" in others and f"{base}/feeds/notices.atom" in others
    assert "about" not in others


def test_a_dry_run_writes_nothing(root: Path) -> None:
    before = (root / RECORD).read_bytes()
    told = withdraw(root, "wh26-0001", "封玉琢", "--dry-run")
    assert "--dry-run" in told.stdout and (root / RECORD).read_bytes() == before


def test_what_no_text_tells_is_done_at_once(root: Path) -> None:
    told = withdraw(root, "wh26-0001", "祁向晨", "--to", "withheld")
    tree = read_tree((root / RECORD).read_bytes())
    assert isinstance(tree, dict) and tree["persons"][1]["disclosure"] == "withheld"
    assert told.exit_code == 0, told.stdout
    assert yiyong("check", RECORD, "--root", root, "--as-of", "2026-11-22T09:00+08:00").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("wh26-0009", "封玉琢"), "DSK061"),
        (("wh26-0001", "王五"), "DSK092"),
        (("wuhan-2026-0002", "p1"), "DSK061"),
    ],
)
def test_whoever_is_not_there_is_not_withdrawn(root: Path, arguments: tuple[str, str], code: str) -> None:
    before = (root / RECORD).read_bytes()
    told = withdraw(root, *arguments)
    assert told.exit_code == 2 and code in told.stderr and (root / RECORD).read_bytes() == before


def test_a_ground_that_cannot_be_read_writes_nothing(root: Path) -> None:
    before = (root / RECORD).read_bytes()
    told = yiyong("withdraw", "wh26-0001", "p1", "--set=ground=别的", "--root", root)
    assert told.exit_code == 1 and "REC006" in told.output and (root / RECORD).read_bytes() == before


def test_the_portrait_goes_with_the_name(root: Path) -> None:
    portrait = {
        "file": "one.jpg",
        "description": "封玉琢站着",
        "consent": {"given_on": "2026-01-01", "given_by": "person"},
    }
    shown = case(persons=[person(portrait=portrait)], honours=[honour()])
    (root / RECORD).write_text(dump(shown), encoding="utf-8")
    picture = root / "registry/portraits/wuhan/2026/one.jpg"
    picture.parent.mkdir(parents=True)
    Image.new("RGB", (60, 80)).save(picture, "JPEG")
    told = withdraw(root, "wh26-0001", "p1")
    assert "  registry/portraits/wuhan/2026/one.jpg\n" in told.stdout and not picture.exists()
    assert "portrait" not in (root / RECORD).read_text(encoding="utf-8") and told.exit_code == 0


@pytest.mark.parametrize("at_the_desk", [False, True])
def test_a_decision_that_names_the_person_is_reworded_and_withdrawn_with_the_case(
    root: Path, at_the_desk: bool
) -> None:
    path = root / "registry/decisions/wuhan/2026/wuhan-2026-d0001.yml"
    write_yaml(path, decision(title="关于表彰封玉琢的决定"))
    write_yaml(root / RECORD, {**TREE, "honours": []})
    with (root / "site_config/site.yml").open("a", encoding="utf-8") as file:
        file.write("approval: names\n")
    assert desk_work(root).take_over() == 2
    if at_the_desk:
        work = desk_work(root)
        said = {
            "persons[0].disclosure": "masked",
            **{f"persons[0].withholding.{key}": value for key, value in WITHHOLDING.items()},
            "act.narrative": TREE["act"]["narrative"].replace("封玉琢", "封某某"),
        }
        name = RECORD.removeprefix("registry/cases/").removesuffix(".yml")
        work.save(name, work.open(name).shelved.digest, said)
        pages = DeskPages(work=work, base="/", site=root / "site")
        assert "registry/decisions/wuhan/2026/wuhan-2026-d0001.yml" in pages.review(name)
        assert work.withdraw_draft(name, work.open(name).shelved.digest) == ()
    else:
        told = withdraw(root, "wh26-0001", "p1", "--as", "张三")
        assert "紧急撤下" in told.stdout and told.exit_code == 0, told.output
    assert "关于表彰封某某的决定" in path.read_text(encoding="utf-8")
    report = check_project(root, AS_OF, AS_OF, 1).diagnostics
    assert [item.code for item in report if item.code[:3] == "DSK"] == ["DSK115", "DSK115"]
