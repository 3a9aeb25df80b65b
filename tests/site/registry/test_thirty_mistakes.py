"""三十处错误: a registry with thirty different mistakes in twelve files is told whole, in one run.

Each file marks the lines of its own mistakes with ``#! CODE``, which YAML reads as a comment.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from typer.testing import Result

from tests.commands import yiyong
from tests.quick import Quick, write_cases

AS_OF = "2026-11-22T09:00+08:00"

HEAD = """\
case: {case}
jurisdiction: wuhan
level: public
authority: wuhan-test
"""
ACT = """\
act:
  happened_on: 2026-09-12
  kind: water_rescue
  summary: 跳入湖中救起一名落水者
"""
PERSON = """\
persons:
  - key: p1
    name: 封玉琢
    disclosure: full
    sex: 男
    born: 1985-04
"""
NOTICE = """\
notice:
  id: wuhan-2026-{number}
  published_at: 2026-11-18T09:00
  order: before_decision
  period:
    opens_on: 2026-11-18
    closes_on: 2026-11-26
"""
SOUND = HEAD.format(case="0") + ACT + PERSON + NOTICE.format(number="0001")

FILES: Mapping[str, str] = {
    "wuhan/2026/a.yml": HEAD.format(case="a")
    + """\
act:                                      #! REC002
  happened_on: 2026-09-12
  narative: 跳入湖中救起一人              #! REC001
  summary: 跳入湖中救起一名落水者
persons:
  - key: P1                               #! REC020
    name: 封玉琢
    disclosure: full
    sex: 不详                             #! REC006
    born: 1985年4月                       #! REC013
    adult: no                             #! REC017
    age_at_act: 041                       #! REC018
procedure:
  applied_on: 2026-02-30                  #! REC011
  accepted_on: 2026/9/23                  #! REC010
""",
    "wuhan/2026/b.yml": HEAD.format(case="b")
    + ACT
    + PERSON
    + """\
notice:
  id: wuhan-26-0002                       #! REC021
  published_at: 2026-11-18                #! REC014
  order: before_decision
  signatories: 武汉市测试机关             #! REC004
  period:
    opens_on: 2026-11-18
    closes_on: 2026-11-26
honours:
  - id: wuhan-2026-0001                   #! REC022
    published_on: 2026-11-20
    recipients: [p1]
    verb: 授予
    title: 见义勇为先进个人
    level: city
    grantor: 武汉市测试机关
    decided_on: 2026-11-19
    source: ftp://example.invalid/        #! REC019
""",
    "wuhan/2026/c.yml": HEAD.format(case="c")
    + ACT
    + """\
persons:
  - key: p1
    name: &name 封玉琢                    #! SRC025
    disclosure: full
    sex: !!str 男                         #! SRC024
    unit:                                 #! SRC027
    disclosure: full                      #! SRC023
""",
    "wuhan/2026/d.yml": HEAD.format(case="d")
    + "act：                   #! SRC011\n  happened_on: 2026-09-12\n",
    "wuhan/2026/e.yml": HEAD.format(case="e") + "act:\n\thappened_on: 2026-09-12 #! SRC010\n",
    "wuhan/2026/f.yml": HEAD.format(case="f").replace("wuhan\n", "wuhang #! REG003\n", 1)
    + ACT
    + PERSON
    + NOTICE.format(number="0006").replace("wuhan-", "wuhang-"),
    "wuhan/2026/g.yml": HEAD.format(case="g").replace("wuhan-test", "wuhan-tset #! REG004")
    + ACT
    + PERSON
    + NOTICE.format(number="0007"),
    "wuhan/2026/h.yml": HEAD.format(case="h")
    + ACT
    + PERSON
    + """\
  - key: p1                               #! REG007
    name: 祁向晨
    disclosure: full
    born: 1987-02
"""
    + NOTICE.format(number="0008")
    + "objections:\n  - received_on: 2026-11-20              #! REG015\n    result: dismissed\n",
    "wuhan/2026/i.yml": HEAD.format(case="i")
    + ACT.replace("者\n", "者，电话13800138000 #! DIS002\n")
    + PERSON
    + NOTICE.format(number="0009").replace("11-26", "11-17 #! CLK001").replace("11-18T", "11-16T"),
    "wuhan/2026/j.yml": HEAD.format(case="j")
    + ACT
    + PERSON
    + NOTICE.format(number="0010").replace("2026-0010", "2025-0010 #! REG011")
    + "  replaces: wuhan-2026-0999               #! REG019\n",
    "wuhan/2026/k.yml": HEAD.format(case="k")
    + ACT.replace("2026-09-12", "2026-11-30")
    + PERSON
    + NOTICE.format(number="0011").replace("on: 2026-11-18", "on: 2026-11-18 #! REG013", 1),
    "wuhan/2026/l.yml": HEAD.format(case="l") + ACT + PERSON + NOTICE.format(number="0001 #! REG016"),
}
"""Twelve files; beside them stands one without a mistake, whose number the last one uses again."""

_MARK = re.compile("#! ([A-Z]{3}[0-9]{3})")


def marked() -> dict[tuple[str, int], str]:
    """(file, line) → code, as the files themselves mark them."""
    return {
        (f"registry/cases/{name}", number): found[1]
        for name, text in FILES.items()
        for number, line in enumerate(text.splitlines(), 1)
        if (found := _MARK.search(line))
    }


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The registry, and an old site that must stay as it is."""
    quick = Quick(tmp_path_factory.mktemp("thirty"))
    write_cases(quick.root, {**FILES, "wuhan/2026/0.yml": SOUND})
    for name in ("index.html", "api/v1/notices.json"):
        (quick.root / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (quick.root / "site" / name).write_text("old", encoding="utf-8")
    return quick.root


def files_of(root: Path) -> dict[str, bytes]:
    """Every file but locks and those of the cache, which holds what each sound record came to and no site."""
    files = (p for p in sorted(root.rglob("*")) if p.is_file() and root / ".yiyong/cache" not in p.parents)
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in files if p.name != ".spools"}


def run(project: Path, *arguments: str) -> Result:
    """One command of ``yiyong``; nothing may appear, change or vanish in the project."""
    before = files_of(project)
    result = yiyong(*arguments, "--root", project, "--as-of", AS_OF, "--jobs", "1")
    assert result.exit_code == 1, result.output
    assert files_of(project) == before
    return result


def test_there_are_thirty_different_mistakes_in_twelve_files() -> None:
    assert len(FILES) == 12 and {path for path, _ in marked()} == {f"registry/cases/{n}" for n in FILES}
    assert len(marked()) == len(set(marked().values())) == 30


def test_json_tells_every_mistake_at_its_line(project: Path) -> None:
    report = json.loads(run(project, "check", "--format", "json").stdout)
    errors = [item for item in report["diagnostics"] if item["severity"] == "error"]
    assert {(item["file"], item["line"]): item["code"] for item in errors} == marked()
    assert len(errors) == report["errors"] == 30
    assert all(item["column"] and item["message"] and item["mend"] for item in errors)


def test_text_tells_every_mistake_at_its_line(project: Path) -> None:
    report = run(project, "check").stdout
    told = re.findall(r"^(\S+?):([0-9]+):[0-9]+: 错误 ([A-Z]{3}[0-9]{3}) ", report, flags=re.MULTILINE)
    assert {(path, int(line)): code for path, line, code in told} == marked()
    assert "30 个错误" in report


def test_github_shows_every_mistake_at_its_line(project: Path) -> None:
    report = run(project, "check", "--format", "github").stdout
    told = re.findall(
        r"^::error file=([^,]+),line=([0-9]+),col=[0-9]+,[^:]*title=([A-Z]{3}[0-9]{3})", report, re.MULTILINE
    )
    assert {(path, int(line)): code for path, line, code in told} == marked()
    assert len(told) == 30


def test_build_builds_nothing(project: Path) -> None:
    report = run(project, "build", "--format", "json").stdout
    assert json.loads(report)["errors"] == 30


def test_a_mistake_in_the_settings_hides_none_that_a_record_shows_by_itself(tmp_path: Path) -> None:
    quick = Quick(tmp_path)
    write_cases(quick.root, FILES)
    site = quick.root / "site_config/site.yml"
    site.write_text(site.read_text(encoding="utf-8") + "colour: red\n", encoding="utf-8")
    report = json.loads(run(quick.root, "check", "--format", "json").stdout)
    told = {(item["file"], item["line"]): item["code"] for item in report["diagnostics"]}
    by_itself = {place: code for place, code in marked().items() if code[:3] in ("SRC", "REC")}
    last = len(site.read_text(encoding="utf-8").splitlines())
    assert told == {**by_itself, ("site_config/site.yml", last): "REC001"}
