"""手写页的链接: ``check`` tells, at its line, a link that would stop the build or lead a visitor nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.pipeline.build import BuildOptions, build
from generator.pipeline.prepare import ChecksFailedError, Prepared
from tests.offices import yiyong
from tests.projects import AS_OF, case, write_small_project

PAGE = """\
---
title: 帮助
---
# 帮助
[关于](aboutt.md) [荣誉](honours/nowhere/index.md) [E](en/honours/index.md)
![照片](pic.png "说明")
见[说明][1]。[公示](notices/wuhan-2026-0009/index.md)

[1]: <qqq.md>

[好](objections.md) [好](notices/wuhan/index.md) [好](honours/wuhan/2026/index.md) [好](#here) [好](about.md#x)
[好](en/index.md) [好](en/policies/wuhan/index.md) [好](policies/wuhan/for-me/index.md) [好](policies/wuhan/shili/index.md) [好](notices/wuhan-2026-0001/index.md)
[外](https://yiyong.example/x.md) [信](mailto:a@yiyong.example) [绝对](/notices/) [目录](somewhere)
`[码](in-code.md)`

    [码](indented.md)

```
[码](fenced.md)
```
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = write_small_project(tmp_path, {"wuhan/2026/wh26-0001.yml": case()})
    (root / "content/pages").mkdir(parents=True, exist_ok=True)
    (root / "content/pages/help.md").write_text(PAGE, encoding="utf-8")
    return root


def test_every_link_that_leads_nowhere_is_told_at_its_line_and_no_other(root: Path) -> None:
    told = yiyong("check", "--root", root, "--as-of", "2026-11-22T09:00+08:00")
    assert told.exit_code == 1
    at = re.findall(r"^content/pages/help\.md:([0-9]+):([0-9]+): 错误 LNK001", told.stdout, re.MULTILINE)
    assert at == [("5", "6"), ("5", "22"), ("5", "52"), ("6", "7"), ("7", "15"), ("9", "7")]
    assert "是不是 about.md？" in told.stdout


def test_pages_that_lie_deeper_link_upwards(root: Path) -> None:
    (root / "content/pages/help.md").unlink()
    deeper = root / "content/pages/office/hours.md"
    deeper.parent.mkdir()
    deeper.write_text("[关于](../about.md) [错](about.md) [图](../a%20b.png)\n", encoding="utf-8")
    (root / "content/pages/a b.png").write_bytes(b"")
    told = yiyong("check", "--root", root)
    assert re.findall(r"hours\.md:1:([0-9]+): 错误 LNK001", told.stdout) == ["23"]


def test_a_site_is_not_built_with_such_a_link(root: Path) -> None:
    def host(prepared: Prepared, folder: Path) -> list[str]:
        raise AssertionError("nothing is rendered")

    with pytest.raises(ChecksFailedError) as failed:
        build(BuildOptions(root=root, out=root / "site", as_of=AS_OF, now=AS_OF), host)
    assert [item.code for item in failed.value.diagnostics] == ["LNK001"] * 6
