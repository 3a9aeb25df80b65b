"""A new field of a case: said in four files, and it comes out in every format. Shown by adding one."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest

import generator
from generator.cases import case as private
from generator.disclosure import disclose as gate
from generator.public import honour_document as document
from generator.public import public_case as public
from tests.projects import case, honour

PACKAGE = Path(generator.__file__).parent
TESTS = Path(__file__).parents[2]

DECLARED = """
    medals: Annotated[
        Count | None, Meta(description="奖章，枚"), Column(90, "奖章", "Medals", "奖章，枚。", "Medals given.")
    ]"""

# Builds a site by the package that stands first on its path.
BUILD = """
import sys
from pathlib import Path
import json
from tests.quick import Quick
quick = Quick(Path(sys.argv[1]))
quick.build(json.loads(sys.argv[2]))
"""


def beside_the_bonus(text: str) -> str:
    """Whatever is said of ``bonus_cny`` in one line is said of ``medals`` in the next."""
    return re.sub(
        r"^ *bonus_cny\b.*[^\\[\n]$",
        lambda found: f"{found[0]}\n{found[0].replace('bonus_cny', 'medals')}",
        text,
        flags=re.M,
    )


def declared_too(text: str) -> str:
    """The same, and the document's own declaration with its description and its column."""
    return re.sub(r"(?=\n    posthumous: Annotated)", DECLARED, beside_the_bonus(text), count=1)


PLACES: tuple[tuple[ModuleType, Callable[[str], str]], ...] = (
    (private, beside_the_bonus),
    (gate, beside_the_bonus),
    (public, beside_the_bonus),
    (document, declared_too),
)
"""The record, the gate, the public record, the document."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site built by a copy of the package in which an honour has got a number of medals."""
    folder = tmp_path_factory.mktemp("new-field")
    shutil.copytree(PACKAGE, folder / PACKAGE.name, ignore=shutil.ignore_patterns("__pycache__"))
    for module, change in PLACES:
        assert module.__file__ is not None
        path = folder / Path(module.__file__).relative_to(PACKAGE.parent)
        text = path.read_text(encoding="utf-8")
        changed = change(text)
        assert "medals" in changed
        path.write_text(changed, encoding="utf-8")
    tree = case(honours=[honour(bonus_cny="5000", medals="2")])
    subprocess.run(
        [sys.executable, "-c", BUILD, str(folder), json.dumps({"wuhan/2026/wh26-0001.yml": tree})],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(folder), str(TESTS.parent)))},
        cwd=folder,
        check=True,
    )
    return folder / "site"


def test_it_is_said_in_four_files_at_most() -> None:
    assert len({module.__file__ for module, _ in PLACES}) <= 4


def test_it_is_in_the_interface_and_in_its_schema(site: Path) -> None:
    shown = json.loads((site / "api/v1/honours/wuhan-2026-h0001.json").read_bytes())
    assert list(shown)[list(shown).index("bonus_for") + 1] == "medals"
    assert shown["medals"] == 2
    (listed,) = json.loads((site / "api/v1/honours.json").read_bytes())
    assert listed == shown
    schema = json.loads((site / "api/v1/schema/honour.json").read_bytes())
    assert schema["properties"]["medals"]["description"] == "奖章，枚"
    assert "medals" in schema["required"]


def test_it_is_the_last_column_of_every_table(site: Path) -> None:
    text = (site / "data/honours.csv").read_text(encoding="utf-8-sig")
    names, values = csv.reader(io.StringIO(text))
    assert (names[-1], values[-1]) == ("medals", "2")
    (row,) = json.loads((site / "data/honours.json").read_bytes())
    assert list(row.items())[-1] == ("medals", 2)
    head, cells = openpyxl.load_workbook(site / "data/honours.xlsx").worksheets[0].iter_rows(values_only=True)
    assert (head[-1], cells[-1]) == ("奖章", 2)
    with closing(sqlite3.connect(site / "data/yiyong.sqlite")) as database:
        assert database.execute("select medals from honours").fetchall() == [(2,)]
        meaning = database.execute("select meaning_en from field_meanings where field = 'medals'").fetchone()
    assert meaning == ("Medals given.",)


def test_it_is_described(site: Path) -> None:
    package = json.loads((site / "data/datapackage.json").read_bytes())
    (table,) = (item for item in package["resources"] if item["path"] == "honours.csv")
    field = table["schema"]["fields"][-1]
    assert (field["name"], field["type"], field["title"]) == ("medals", "integer", "奖章")
    assert "奖章，枚。" in (site / "data/index.html").read_text(encoding="utf-8")
