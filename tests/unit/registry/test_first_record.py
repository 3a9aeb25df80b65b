"""第一条记录: what an office must write before anything of it is public is no more than the notice itself says."""

from __future__ import annotations

from pathlib import Path

from generator.diagnostics import has_errors
from generator.pipeline.prepare import all_records, check_project, prepared_alone
from generator.pipeline.produce import produce
from tests.projects import AS_OF, write_small_project

MOST_KEYS = 14

FIRST = """\
case: wh26-0001
jurisdiction: wuhan
level: public
authority: wuhan-test
act:
  happened_on: 2026-09-12
  kind: water_rescue
  summary: 跳入湖中救起一名落水者
persons:
  - name: 封玉琢
    disclosure: full
    adult: true
notice:
  id: wuhan-2026-0001
  published_at: 2026-11-18T09:00
  period:
    opens_on: 2026-11-18
    closes_on: 2026-11-26
"""


def leaves(text: str) -> list[str]:
    """The lines in which somebody writes a value; a key that only holds others asks for nothing."""
    return [line for line in text.splitlines() if not line.rstrip().endswith(":")]


def test_an_offices_first_record_needs_fourteen_keys(tmp_path: Path) -> None:
    assert len(leaves(FIRST)) <= MOST_KEYS
    root = write_small_project(tmp_path, {"wuhan/2026/wh26-0001.yml": FIRST})
    with prepared_alone(root, AS_OF, AS_OF, 1) as ready:
        assert ready.diagnostics == ()
        (page,) = (produce(record, ready.context).own.page for record in all_records(ready))
    assert page.path == "notices/wuhan-2026-0001/"
    for words in ("封玉琢", "跳入湖中救起一名落水者", "11月26日"):
        assert words in page.body


def test_none_of_them_can_be_left_out(tmp_path: Path) -> None:
    """So the count is that of what is needed, and not of what somebody happened to write."""
    for number, line in enumerate(leaves(FIRST)):
        less = FIRST.replace(f"{line}\n", "  - disclosure: full\n" if "- name" in line else "", 1)
        if "- name" in line:
            less = less.replace("    disclosure: full\n", "", 1)
        root = write_small_project(tmp_path / str(number), {"wuhan/2026/wh26-0001.yml": less})
        assert has_errors(check_project(root, AS_OF, AS_OF, 1).diagnostics), line
