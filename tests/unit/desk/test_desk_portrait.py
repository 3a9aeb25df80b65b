"""A portrait at the desk: chosen, drawn anew, shown, and gone with the last record that names it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from generator.cli.sent_form import read_form
from generator.diagnostics import has_errors
from generator.pipeline.prepare import check_project
from tests.desks import DRAFT, RECORD, Visitor, a_desk, desk_project, desk_work
from tests.projects import AS_OF, honour

STEP = f"case/{RECORD}?step=persons"
FILE = "persons[0].portrait.file"
SAID = {
    "persons[0].portrait.description": "封玉琢的正面照",
    "persons[0].portrait.consent.given_on": "2026年10月1日",
    "persons[0].portrait.consent.given_by": "person",
}


def photograph(width: int = 900) -> bytes:
    """With what a telephone says of itself."""
    made, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "Telefon GPS 30.5N"
    Image.new("RGB", (width, 1200), (120, 60, 30)).save(made, "JPEG", exif=exif)
    return made.getvalue()


@pytest.fixture
def clerk(tmp_path: Path) -> Visitor:
    visitor = Visitor(a_desk(desk_project(tmp_path, honours=[honour()])))
    visitor.enter()
    return visitor


def choose(clerk: Visitor, data: bytes) -> int:
    """As a browser does, whose form has a place for a file."""
    assert 'enctype="multipart/form-data"' in clerk.ask("GET", STEP).body.decode()
    return clerk.ask("POST", STEP, clerk.form(STEP) | SAID, files={f"_picture.{FILE}": data}).status


def pictures(root: Path) -> list[Path]:
    return sorted((root / "registry/portraits").rglob("*.jpg"))


def test_a_picture_is_chosen_shown_and_goes_the_way_of_its_record(clerk: Visitor, tmp_path: Path) -> None:
    assert choose(clerk, photograph()) == 303
    (kept,) = pictures(tmp_path)
    assert b"Telefon" not in kept.read_bytes() and "feng" not in kept.name
    assert kept.name in (tmp_path / DRAFT).read_text(encoding="utf-8")
    assert not check_project(tmp_path, AS_OF, AS_OF, 1).diagnostics, "a draft names it"
    page = clerk.ask("GET", STEP).body.decode()
    assert f"picture/{RECORD}/{kept.name}" in page and f'name="_picture.{FILE}"' in page
    shown = clerk.ask("GET", f"picture/{RECORD}/{kept.name}")
    assert shown.media == "image/jpeg" and shown.body.startswith(b"\xff\xd8")
    assert clerk.ask("GET", f"picture/{RECORD}/other.jpg").status == 404
    work = desk_work(tmp_path)
    judged = work.judge(RECORD, work.open(RECORD).shelved.text)
    assert judged.errors == 0
    assert any(path.endswith("portrait.jpg") for item in judged.produced for path, _ in item.own.files)
    # Another one in its place, and none at all.
    assert choose(clerk, photograph(800)) == 303
    (other,) = pictures(tmp_path)
    assert other.name != kept.name
    assert not has_errors(work.finish(RECORD, work.open(RECORD).shelved.digest)) and pictures(tmp_path)
    form = clerk.form(STEP)
    clerk.ask("POST", STEP, form, lists={"_remove": ("persons[0].portrait",)})
    assert pictures(tmp_path), "the record in its place names it still"
    assert not has_errors(work.finish(RECORD, work.open(RECORD).shelved.digest))
    assert pictures(tmp_path) == [] and "portrait" not in work.open(RECORD).shelved.text


def test_without_consent_it_cannot_be_finished(clerk: Visitor, tmp_path: Path) -> None:
    clerk.ask("POST", STEP, clerk.form(STEP), files={f"_picture.{FILE}": photograph()})
    judged = desk_work(tmp_path).judge(RECORD, desk_work(tmp_path).open(RECORD).shelved.text)
    assert "persons[0].portrait.consent" in judged.troubles
    desk_work(tmp_path).discard(RECORD, desk_work(tmp_path).open(RECORD).shelved.digest)
    assert pictures(tmp_path) == []


@pytest.mark.parametrize("data", [b"GIF89a", b"<svg/>", b"\xff\xd8\xff", b"%PDF"])
def test_what_is_no_photograph_is_refused(clerk: Visitor, tmp_path: Path, data: bytes) -> None:
    answer = clerk.ask("POST", STEP, clerk.form(STEP), files={f"_picture.{FILE}": data})
    assert answer.status == 409 and "这张照片用不上" in answer.body.decode()
    assert pictures(tmp_path) == [] and not (tmp_path / DRAFT).exists()


def test_a_form_with_a_file_is_read_as_the_browser_wrote_it() -> None:
    picture = b"\r\n--x\r\n\x00\n\r\xff"
    body = (
        b'--Abc\r\nContent-Disposition: form-data; name="act.summary"\r\n\r\n\xe6\x95\x91\r\n'
        b'--Abc\r\nContent-Disposition: form-data; name="_remove"\r\n\r\na\r\n'
        b'--Abc\r\nContent-Disposition: form-data; name="_remove"\r\n\r\nb\r\n'
        b'--Abc\r\nContent-Disposition: form-data; name="p"; filename="\xe7\x85\xa7.jpg"\r\n'
        b"Content-Type: image/jpeg\r\n\r\n" + picture + b"\r\n"
        b'--Abc\r\nContent-Disposition: form-data; name="q"; filename=""\r\n\r\n\r\n--Abc--\r\n'
    )
    sent = read_form("multipart/form-data; boundary=Abc", body)
    assert sent.form["act.summary"] == "救" and sent.lists["_remove"] == ("a", "b")
    assert sent.files == {"p": picture}


@pytest.mark.parametrize("body", [b"", b"--Abc\r\n", b"--Abc\r\n\r\n\r\nx\r\n--Abc--\r\n"])
def test_what_no_browser_sends_is_no_form(body: bytes) -> None:
    with pytest.raises(ValueError):
        read_form("multipart/form-data; boundary=Abc", body)
