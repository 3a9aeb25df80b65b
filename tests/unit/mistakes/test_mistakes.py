"""四十八种错误: every mistake that clerks make is told at the right place, in words that a clerk understands.

The table stands in ``mistakes.yml``, for people who enter records to read and to add to.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.diagnostics import Diagnostic
from generator.diagnostics.report import format_text
from generator.pipeline.prepare import check_project
from tests.offices import yiyong
from tests.projects import AS_OF, write_small_project

HERE = Path(__file__).parent
RECORD = (HERE / "record.yml").read_text(encoding="utf-8")
MISTAKES: list[dict[str, Any]] = yaml.load(
    (HERE / "mistakes.yml").read_text(encoding="utf-8"), yaml.CSafeLoader
)
PLACE = "registry/cases/wuhan/2026/wh26-0001.yml"
OTHER = (
    RECORD.replace("wh26-0001", "wh26-0002")
    .replace("封玉琢", "祁向晨")
    .replace("跳入湖中", "冲进火场")
    .replace("13900000000", "13900000001")
)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with the record as it should be."""
    root = write_small_project(tmp_path_factory.mktemp("sound"), {})
    put(root, PLACE, RECORD)
    return root


@pytest.fixture(scope="module")
def published(sound: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, entered in the log of what was published."""
    root = Path(shutil.copytree(sound, tmp_path_factory.mktemp("logged") / "project"))
    told = yiyong("log", "import", "--yes", "--root", root, "--as-of", AS_OF.isoformat())
    assert told.exit_code == 0, told.output
    return root


def put(root: Path, name: str, text: str, encoding: str = "utf-8") -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))


def told(root: Path) -> tuple[Diagnostic, ...]:
    return check_project(root, AS_OF, AS_OF, 1).diagnostics


def test_there_are_forty_eight_and_the_record_itself_has_none(sound: Path, published: Path) -> None:
    assert len(MISTAKES) == len({item["mistake"] for item in MISTAKES}) == 48
    assert told(sound) == told(published) == ()


@pytest.mark.parametrize("mistake", MISTAKES, ids=[item["mistake"] for item in MISTAKES])
def test_a_mistake_is_told_where_it_is_in_words_for_a_clerk(
    mistake: dict[str, Any], sound: Path, published: Path, tmp_path: Path
) -> None:
    base = published if mistake.get("published") else sound
    root = Path(shutil.copytree(base, tmp_path / "project"))
    text = RECORD
    for before, after in mistake.get("swap", ()):
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    (root / PLACE).unlink()
    name = mistake.get("save_as", PLACE)
    put(root, name, text, mistake.get("encoding", "utf-8"))
    texts = {name: text}
    for path, which in mistake.get("also", {}).items():
        texts[path] = RECORD if which == "SAME" else OTHER
        put(root, path, texts[path])
    found = told(root)
    file = mistake.get("file", name)
    (own, *_) = [item for item in found if item.code == mistake["code"]] or [None]
    report = format_text(found, lang="zh")
    assert own is not None, report
    assert own.place.real_path == file, report
    line = next(
        (n for n, row in enumerate(texts[file].splitlines(), 1) if mistake.get("at", "\0") in row), None
    )
    assert own.place.line == line, report
    said = format_text((own,), lang="zh")
    assert [words for words in mistake["says"] if words not in said] == [], said
