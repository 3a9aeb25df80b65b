"""每一种写错的文件 (tests/unit/invalid): one folder a mistake, its report asserted whole.

A folder ``<CODE>-<slug>`` holds ``input.yml`` and ``expected.txt``. What git cannot hold as a plain
file (a folder, a link, a very large file) is made by ``BUILT``. ``YIYONG_GOLDEN=1`` writes the
reports anew: read the difference before it is committed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import AfterValidator, Field

from generator.diagnostics import format_text
from generator.diagnostics.codes import entries
from generator.diagnostics.phrasing import NO_VALUE
from generator.source.load import load_file
from generator.source.model.instrument import InstrumentEntry
from generator.source.model.partial_day import PartialDay
from generator.source.model.scalars import (
    ClockTime,
    Day,
    DecisionId,
    Entry,
    HonourId,
    Https,
    Moment,
    Month,
    NoticeId,
    PictureName,
    PlaceSlug,
    Prose,
    Slug,
    Text,
    Truth,
    Whole,
    Year,
)

INVALID = Path(__file__).parent.parent / "invalid"
FAMILIES = ("SRC", "REC")
FOLDERS = sorted(folder.name for folder in INVALID.iterdir() if folder.name.startswith(FAMILIES))


def _known_place(value: str) -> str:
    if "某" not in value:
        raise ValueError("a sample's place is invented")
    return value


class Person(Entry):
    name: Text
    disclosure: Literal["full", "masked", "withheld"]


class Received(Entry):
    kind: Literal["received"]
    on: Day


class Decided(Entry):
    kind: Literal["decided"]
    on: Day
    result: Literal["confirmed", "not_confirmed"]


class Sample(Entry):
    """A small record with a key of every type."""

    level: Literal["public", "masked", "confidential"]
    title: Text | None = None
    narrative: Prose | None = None
    on: Day | None = None
    month: Month | None = None
    year: Year | None = None
    since: PartialDay | None = None
    at: Moment | None = None
    closes: ClockTime | None = None
    deceased: Truth = False
    count: Annotated[Whole, Field(le=100)] | None = None
    link: Https | None = None
    slug: Slug | None = None
    place_slug: PlaceSlug | None = None
    picture: PictureName | None = None
    notice: NoticeId | None = None
    honour: HonourId | None = None
    decision: DecisionId | None = None
    person: Person | None = None
    persons: tuple[Person, ...] = ()
    steps: tuple[Annotated[Received | Decided, Field(discriminator="kind")], ...] = ()
    signatories: Annotated[tuple[Text, ...], Field(min_length=1, max_length=2)] = ("某机关",)
    postcode: Annotated[str, Field(pattern="^[0-9]{6}$")] | None = None
    place: Annotated[Text, AfterValidator(_known_place)] | None = None


def public_when_it_says_so(tree: object) -> bool:
    return isinstance(tree, dict) and tree.get("level") == "public"


def always(tree: object) -> bool:
    return True


def _outside(path: Path) -> None:
    other = path.parent.parent / "outside.yml"
    other.write_text("level: public\n", encoding="utf-8")
    path.symlink_to(other)


BUILT: dict[str, Callable[[Path], object]] = {
    "SRC001-missing": lambda path: None,
    "SRC002-folder": lambda path: path.mkdir(),
    "SRC003-link-outside": _outside,
    "SRC004-pipe": lambda path: os.mkfifo(path),
    "SRC005-large": lambda path: path.write_bytes(b"level: public\n" * 100_000),
}


def _report(folder: str, tmp_path: Path) -> str:
    root = tmp_path / "root"
    root.mkdir()
    path = root / "input.yml"
    if folder in BUILT:
        BUILT[folder](path)
    else:
        shutil.copy(INVALID / folder / "input.yml", path)
    # A file that cannot be parsed is shown only when it is a settings file; for the caret's sake these are.
    instrument = folder.endswith("-instrument")
    settings = instrument or (folder.startswith("SRC") and "hidden" not in folder)
    model = InstrumentEntry if instrument else Sample
    result = load_file(path, root, model, is_public=always if settings else public_when_it_says_so)
    assert result.value is None
    return format_text(result.diagnostics)


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_report_of_a_bad_file_is_as_recorded(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if folder.startswith("SRC030"):
        monkeypatch.setattr("generator.source.load.MOST_PROBLEMS", 2)
    report = _report(folder, tmp_path)
    golden = INVALID / folder / "expected.txt"
    if os.environ.get("YIYONG_GOLDEN"):
        golden.write_text(report, encoding="utf-8")
    assert report == golden.read_text(encoding="utf-8")
    assert folder[:6] in report
    assert NO_VALUE not in report, "a value of a message is missing"


def test_every_code_of_the_loader_has_a_bad_file() -> None:
    codes = {code for code in entries() if code.startswith(FAMILIES)}
    assert codes == {folder[:6] for folder in FOLDERS}
