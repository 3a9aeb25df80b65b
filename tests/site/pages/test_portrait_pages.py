"""肖像 in a built site: on the page of the honour with its text, drawn anew, and gone with its consent."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from markupsafe import escape
from PIL import Image

from tests.projects import AS_OF, WITHHOLDING, case, honour, person, write_small_project
from tests.quick import write_cases
from tests.quick_build import build, differing

NAME, HONOUR = "wuhan/2026/wh26-0001.yml", "honours/wuhan-2026-h0001/"
SEEN = '一个人的剪影" onerror="alert(1)，站在江边<script>'
"""Text is only ever text."""
HIDDEN_WORDS = "祁向晨"
WITH = {
    "portrait": {
        "file": "one.jpg",
        "description": SEEN,
        "consent": {"given_on": "2026-01-01", "given_by": "person"},
    }
}


def record(**changes: Any) -> dict[str, Any]:
    return case(notice=None, honours=[honour()], persons=[person(**changes)])


def photograph(colour: str) -> bytes:
    """A picture as a telephone takes it, with the name of somebody who is withheld in it."""
    exif = Image.Exif()
    exif[0x010E], exif[0x9286] = HIDDEN_WORDS, HIDDEN_WORDS
    made = io.BytesIO()
    Image.new("RGB", (900, 1200), colour).save(made, "JPEG", exif=exif, comment=HIDDEN_WORDS.encode())
    return made.getvalue()


class Shown:
    """A project of one case with a portrait, and beside it a case of somebody whose name is withheld."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = write_small_project(folder / "project", {})
        self.picture = self.root / "registry/portraits/wuhan/2026/one.jpg"
        self.picture.parent.mkdir(parents=True)
        self.picture.write_bytes(photograph("teal"))
        self.write(**WITH)

    def write(self, **changes: Any) -> None:
        hidden = person(name=HIDDEN_WORDS, disclosure="withheld", withholding=WITHHOLDING)
        other = case(
            case="wh26-0002", notice=None, level="confidential", withholding=WITHHOLDING, persons=[hidden]
        )
        write_cases(self.root, {NAME: record(**changes), "wuhan/2026/wh26-0002.yml": other})

    def build(self, name: str, *, cached: bool = False) -> Path:
        build(self.root, self.folder / name, AS_OF, cached=cached)
        return self.folder / name


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    yield Shown(tmp_path_factory.mktemp("portrait"))


def test_the_page_and_the_data_show_a_portrait_that_tells_nothing_but_its_pixels(shown: Shown) -> None:
    site = shown.build("kept", cached=True)
    page = (site / HONOUR / "index.html").read_text(encoding="utf-8")
    image = re.search(r'<img class="yy-certificate__portrait"[^>]*>', page)
    assert image is not None
    for attribute in ('src="portrait.jpg"', f'alt="{escape(SEEN)}"', 'width="480"', 'height="640"'):
        assert attribute in image[0]
    published = (site / HONOUR / "portrait.jpg").read_bytes()
    with Image.open(io.BytesIO(published)) as picture:
        assert picture.size == (480, 640) and not picture.getexif() and "comment" not in picture.info
    document = json.loads((site / "api/v1/honours/wuhan-2026-h0001.json").read_text(encoding="utf-8"))
    told = document["portrait"]
    assert told["url"].endswith(f"{HONOUR}portrait.jpg") and told["description"] == SEEN
    source = shown.picture.read_bytes()
    for path in site.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert source not in data and b"one.jpg" not in data and HIDDEN_WORDS.encode() not in data, path


def test_another_picture_is_another_page_with_a_cache_or_without(shown: Shown) -> None:
    before = (shown.build("kept", cached=True) / HONOUR / "portrait.jpg").read_bytes()
    document = shown.folder / "kept/api/v1/honours/wuhan-2026-h0001.json"
    version = json.loads(document.read_text(encoding="utf-8"))["version"]
    shown.picture.write_bytes(photograph("maroon"))
    kept = shown.build("kept", cached=True)
    assert (kept / HONOUR / "portrait.jpg").read_bytes() != before
    assert json.loads(document.read_text(encoding="utf-8"))["version"] != version
    assert differing(kept, shown.build("clean")) == []


@pytest.mark.parametrize("gone", ["record", "picture"])
def test_without_it_nothing_is_left(shown: Shown, gone: str) -> None:
    shown.write(**WITH)
    shown.picture.write_bytes(photograph("teal"))
    shown.build("kept", cached=True)
    shown.write()
    if gone == "picture":
        shown.picture.unlink()
    kept = shown.build("kept", cached=True)
    assert not list(kept.rglob("portrait*"))
    assert escape(SEEN) not in (kept / HONOUR / "index.html").read_text(encoding="utf-8")
    assert differing(kept, shown.build("clean")) == []
