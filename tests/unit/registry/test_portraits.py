"""肖像: whose picture is published with whose consent, drawn anew from its pixels, and which is told."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from generator.cases.case import Case
from generator.cases.case_clock import case_clock
from generator.disclosure.disclose import disclose
from generator.disclosure.disclosure_rules import disclosure_rules
from generator.disclosure.portrait_picture import LONGEST_SIDE, Picture, PictureError, read_picture
from generator.pipeline.prepare import check_project
from generator.project.settings import load_settings
from generator.public.public_case import PublicPortrait
from tests.projects import AS_OF, WITHHOLDING, case, honour, merged, person, write_small_project

SELF = {"given_on": "2026-01-01", "given_by": "person"}
PORTRAIT: dict[str, Any] = {"file": "one.jpg", "description": "一个人的剪影", "consent": SELF}
TOLD = "GPS 30.5N Canon"
MINOR = {
    "born": None,
    "age_at_act": "15",
    "guardian_consent": {"given_on": "2026-01-01", "given_by": "某"},
}


def consent(by: str, on: str = "2026-01-01") -> dict[str, Any]:
    return merged(PORTRAIT, {"consent": {"given_on": on, "given_by": by}})


def jpeg(width: int = 900, height: int = 1200, **saved: Any) -> bytes:
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    made = io.BytesIO()
    image.save(made, "JPEG", **saved)
    return made.getvalue()


def codes(folder: Path, picture: bytes | None, record: dict[str, Any]) -> set[str]:
    """Codes about portraits that a project of one case gets."""
    root = write_small_project(folder / "project", {"wuhan/2026/wh26-0001.yml": record})
    if picture is not None:
        path = root / "registry/portraits/wuhan/2026/one.jpg"
        path.parent.mkdir(parents=True)
        path.write_bytes(picture)
    return {
        item.code
        for item in check_project(root, AS_OF, AS_OF, 1).diagnostics
        if item.code.startswith(("DIS", "REG06", "REG02", "REC"))
    }


def honoured(**changes: Any) -> dict[str, Any]:
    return case(notice=None, honours=[honour()], persons=[person(**{"portrait": PORTRAIT, **changes})])


def portraits_of(folder: Path, tree: dict[str, Any], as_of: datetime = AS_OF) -> tuple[PublicPortrait, ...]:
    """What the gate lets out, if there is a picture of everybody."""
    settings = load_settings(write_small_project(folder / "gate", {})).settings
    assert settings is not None
    record = Case.model_validate(tree)
    pictures = {item.key: Picture(data=b"JPEG", width=3, height=4) for item in record.persons}
    clock = case_clock(record, settings, as_of.date())
    public = disclose(record, clock, disclosure_rules(settings, as_of), pictures)
    honours = () if public is None else public.honours
    return tuple(item.portrait for item in honours if item.portrait is not None)


SHOWN = PublicPortrait(picture=b"JPEG", width=3, height=4, description="一个人的剪影")


def test_the_gate_lets_out_a_picture_and_its_description_and_nothing_of_the_consent(tmp_path: Path) -> None:
    assert portraits_of(tmp_path, honoured()) == (SHOWN,)


@pytest.mark.parametrize(
    "record",
    [
        honoured(portrait=None),
        honoured(portrait=consent("kin")),
        honoured(portrait=consent("person", "2027-01-01")),
        honoured(**MINOR),
        merged(honoured(), {"revocation": {"revoked_on": "2026-11-20", "organ": "机关", "ground": "不实"}}),
        merged(honoured(), {"honours": [honour(decided_on="2027-01-01", published_on=None)]}),
        merged(honoured(), {"honours": [honour(to_group="true")], "group": {"name": "救援队"}}),
        case(
            notice=None,
            honours=[honour(recipients=["p1", "p2"])],
            persons=[
                person(portrait=PORTRAIT),
                person(key="p2", disclosure="withheld", withholding=WITHHOLDING),
            ],
        ),
    ],
    ids=["none", "kin", "to come", "minor", "revoked", "not yet", "group", "several"],
)
def test_the_gate_keeps_a_picture_back(tmp_path: Path, record: dict[str, Any]) -> None:
    assert portraits_of(tmp_path, record) == ()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, set()),
        ({"portrait": consent("guardian")}, set()),
        ({"portrait": consent("kin"), "deceased": "later"}, set()),
        ({"portrait": consent("kin")}, {"DIS032"}),
        ({"portrait": consent("person", "2027-01-01")}, {"DIS032"}),
        ({**MINOR, "portrait": consent("guardian")}, set()),
        (MINOR, {"DIS032"}),
        ({**MINOR, "portrait": consent("kin")}, {"DIS032"}),
        ({"portrait": merged(PORTRAIT, {"description": "13800138000 的机主"})}, {"DIS002"}),
    ],
)
def test_a_portrait_is_published_with_a_consent_that_counts(
    tmp_path: Path, changes: dict[str, Any], expected: set[str]
) -> None:
    assert codes(tmp_path, jpeg(), honoured(**changes)) == expected


@pytest.mark.parametrize("missing", ["consent", "description", "file"])
def test_a_portrait_says_whose_consent_what_is_seen_and_where_it_lies(tmp_path: Path, missing: str) -> None:
    less = {key: value for key, value in PORTRAIT.items() if key != missing}
    assert any(code.startswith("REC") for code in codes(tmp_path, jpeg(), honoured(portrait=less)))


@pytest.mark.parametrize("name", ["../one.jpg", "one.gif", "One.jpg", "/etc/one.jpg"])
def test_a_portrait_is_named_without_a_folder_and_is_a_jpeg_or_a_png(tmp_path: Path, name: str) -> None:
    assert any(
        code.startswith("REC")
        for code in codes(tmp_path, jpeg(), honoured(portrait=merged(PORTRAIT, {"file": name})))
    )


@pytest.mark.parametrize(
    ("level", "disclosure"),
    [("public", "masked"), ("public", "withheld"), ("masked", "full"), ("confidential", "withheld")],
)
def test_nobody_who_is_hidden_has_one(tmp_path: Path, level: str, disclosure: str) -> None:
    hidden = {"disclosure": disclosure, "withholding": WITHHOLDING}
    record = merged(honoured(**hidden), {"level": level, "withholding": WITHHOLDING})
    assert "DIS031" in codes(tmp_path, jpeg(), record)
    assert portraits_of(tmp_path, record) == ()


def test_a_description_tells_of_nobody_withheld(tmp_path: Path) -> None:
    other = person(key="p2", name="祁向晨", disclosure="withheld", withholding=WITHHOLDING)
    told = person(portrait=merged(PORTRAIT, {"description": "与祁向晨的合影"}))
    record = case(notice=None, honours=[honour()], persons=[told, other])
    assert "DIS001" in codes(tmp_path, jpeg(), record)


def test_a_portrait_that_no_page_would_show_is_told(tmp_path: Path) -> None:
    several = case(
        notice=None,
        honours=[honour(recipients=["p1", "p2"])],
        persons=[person(portrait=PORTRAIT), person(key="p2", name="祁向晨")],
    )
    assert codes(tmp_path, jpeg(), several) == {"REG064"}


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        (None, {"REG060"}),
        (b"", {"REG061"}),
        (jpeg()[:500], {"REG061"}),
        (b"GIF89a" + bytes(40), {"REG061"}),
        (bytes(10 * 1_048_576 + 1), {"REG062"}),
    ],
    ids=["missing", "empty", "cut off", "GIF", "too large"],
)
def test_a_picture_that_cannot_be_used_is_told(
    tmp_path: Path, picture: bytes | None, expected: set[str]
) -> None:
    assert codes(tmp_path, picture, honoured()) == expected


def test_a_picture_that_no_record_names_is_told(tmp_path: Path) -> None:
    assert codes(tmp_path, jpeg(), honoured(portrait=None)) == {"REG063"}


@pytest.mark.parametrize("path", ["one.jpg", "wuhan/one.jpg", "wuhan/2026/one.webp", "wuhan/2026/a b.jpg"])
def test_a_picture_out_of_place_is_told(tmp_path: Path, path: str) -> None:
    root = write_small_project(tmp_path / "project", {})
    picture = root / "registry/portraits" / path
    picture.parent.mkdir(parents=True)
    picture.write_bytes(jpeg())
    found = check_project(root, AS_OF, AS_OF, 1).diagnostics
    assert [item.code for item in found if item.severity == "error"] == ["REG022"]


def drawn(folder: Path, data: bytes, name: str = "one.jpg") -> Picture:
    (folder / name).write_bytes(data)
    return read_picture(folder / name, folder)


def test_a_picture_is_drawn_anew_from_its_pixels(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, TOLD  # taken with the camera on its side
    picture = drawn(tmp_path, jpeg(exif=exif, comment=TOLD, icc_profile=TOLD.encode()))
    assert (picture.width, picture.height) == (LONGEST_SIDE, 480)
    with Image.open(io.BytesIO(picture.data)) as image:
        assert (image.format, image.size) == ("JPEG", (LONGEST_SIDE, 480))
        assert not image.getexif() and set(image.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
        }
    assert TOLD.encode() not in picture.data
    assert picture == drawn(tmp_path, jpeg(exif=exif))


def test_a_png_loses_its_texts_and_what_is_transparent_is_paper(tmp_path: Path) -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", TOLD)
    made = io.BytesIO()
    Image.new("RGBA", (20, 10)).save(made, "PNG", pnginfo=texts)
    picture = drawn(tmp_path, made.getvalue(), "one.png")
    assert (picture.width, picture.height) == (20, 10) and TOLD.encode() not in picture.data
    with Image.open(io.BytesIO(picture.data)) as image:
        assert image.getpixel((5, 5)) == (255, 255, 255)


def test_a_small_file_of_too_many_pixels_is_not_unpacked(tmp_path: Path) -> None:
    made = io.BytesIO()
    Image.new("1", (9000, 9000)).save(made, "PNG")
    with pytest.raises(PictureError) as refused:
        drawn(tmp_path, made.getvalue(), "one.png")
    assert refused.value.code == "REG062"
