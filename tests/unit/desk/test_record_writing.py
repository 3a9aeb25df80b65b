"""Changing one value leaves everything else of a file as somebody wrote it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.desk.record_writing import editable, layout_of, put, read_editable, save, written
from generator.source.yaml_reader import read_tree
from tests.every_row import every_row
from tests.journeys import SOME_AND_REST, share
from tests.projects import ROOT

RECORDS = sorted((ROOT / "registry/cases").rglob("*.yml"))


@pytest.mark.parametrize("rest", SOME_AND_REST)
def test_a_record_that_nobody_changed_comes_out_as_it_was(rest: bool) -> None:
    for path in share(RECORDS, rest=rest):
        text = path.read_text(encoding="utf-8")
        assert written(read_editable(text)) == text, path.stem


def test_comments_and_order_stay_around_a_change() -> None:
    text = (
        "# 说明\ncase: a-1   # 旁注\npersons:\n  - key: p1   # 第一人\n    name: 甲\n# 最后\nlevel: public\n"
    )
    tree = read_editable(text)
    put(tree, ("persons", 0, "name"), "乙")
    put(tree, ("persons", 0, "private", "phone"), "13900000000")
    put(tree, ("persons", 1, "name"), "丙")
    after = written(tree)
    for comment in ("# 说明", "# 旁注", "# 第一人", "# 最后"):
        assert comment in after
    assert read_tree(after.encode()) == {
        "case": "a-1",
        "persons": [{"key": "p1", "name": "乙", "private": {"phone": "13900000000"}}, {"name": "丙"}],
        "level": "public",
    }


@pytest.mark.parametrize(
    "text",
    [
        "a:\n- b: 1\n  c: 2\n- b: 3\nd:\n  e: 1\n",
        "a:\n    - b: 1\nd:\n    e:\n        f: 1\n",
        "a:\n  # 说明\n  - b: 1\n",
        "a: 1\n",
    ],
)
def test_every_layout_stays(text: str) -> None:
    assert written(read_editable(text), layout_of(text)) == text


@every_row(
    "value",
    [
        "null",
        "~",
        "0139",
        "13900000000",
        "2012-05-07",
        "no",
        "a: b",
        "# x",
        "- y",
        '"q"',
        "第一段\n\n第二段",
        "{a}",
        "*b",
        "第 #3 湖",
        "on",
        "1_000",
        "'",
        "文: 字",
        "@x",
        "%y",
        "!z",
    ],
)
def test_every_text_is_read_back_as_it_is(value: str) -> None:
    tree = {"a": value, "b": [value, value], "c": {"d": value}}
    assert read_tree(written(editable(tree)).encode()) == tree


def test_a_file_is_private_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "a/b.yml"
    save(path, "a: 1\n")
    save(path, "a: 2\n")
    assert path.read_text() == "a: 2\n"
    assert not path.stat().st_mode & 0o007
    assert [item.name for item in path.parent.iterdir()] == ["b.yml"]
