"""变异测试: a leak is put into every kind of file in every form, and each one must be found.

Without these the audit could be vacuous: it would also be clean if it read nothing.
"""

from __future__ import annotations

import pytest

from generator.audit import Auditor, Problem
from tests.every_row import every_row
from tests.journeys import SOME_AND_REST
from tests.unit.audit import builders as b

CLEAN = "周某某"
FOUND = {Problem.LEAK, Problem.POSSIBLE}
IN_PINYIN = {name for name in b.FORMS if "pinyin" in name or name in ("slug", "surname last")}


@every_row("file", b.TEXT_FILES)
def test_every_form_in_every_text_file(file: str) -> None:
    for form, write in b.FORMS.items():
        found = b.findings(file, b.TEXT_FILES[file](write(b.NAME)))
        assert found, f"{form} in {file} was not found"
        assert all(item.problem in FOUND and item.label == b.LABEL and item.path == file for item in found)
        if form not in IN_PINYIN:
            assert any(item.problem is Problem.LEAK for item in found), f"{form} in {file}"


@every_row("file", b.TEXT_FILES)
def test_the_same_forms_of_another_name_are_not_found(file: str) -> None:
    for form, write in b.FORMS.items():
        assert b.findings(file, b.TEXT_FILES[file](write(CLEAN))) == (), f"{form} in {file}"


PACKED = {
    "a.xlsx": b.workbook,
    "properties.xlsx": b.workbook_properties,
    "a.docx": b.document,
    "a.sqlite": b.database,
    "blob.sqlite": lambda words: b.database(words, blob=True),
    "deleted.sqlite": lambda words: b.database(words * 3, deleted=True),
    "schema.sqlite": lambda words: b.database("无关", table_name=words),
    "title.pdf": lambda words: b.pdf(title=words),
    "attachment.pdf": lambda words: b.pdf(attachment=words.encode()),
    "comment.png": lambda words: b.image("PNG", words),
    "compressed.png": lambda words: b.image("PNG", words, where="compressed"),
    "exif.png": lambda words: b.image("PNG", words, where="exif"),
    "comment.jpg": lambda words: b.image("JPEG", words),
    "exif.jpeg": lambda words: b.image("JPEG", words, where="exif"),
    "xmp.jpg": lambda words: b.image("JPEG", words, where="xmp"),
    "exif.webp": lambda words: b.image("WEBP", words, where="exif"),
    "xmp.webp": lambda words: b.image("WEBP", words, where="xmp"),
    "comment.gif": lambda words: b.image("GIF", words),
    "twice.txt.gz.gz": lambda words: b.packed(b.packed(words.encode())),
    "comment.zip": lambda words: b.archive("无关", comment=words),
    "member.zip": lambda words: b.archive("无关", name=f"{words}.txt"),
    "in.zip": lambda words: b.archive(b.archive(words), name="inner.zip"),  # type: ignore[arg-type]
    "folded.ics": lambda words: b"SUMMARY:" + b"\r\n ".join(bytes([byte]) for byte in words.encode()),
    "bom.json": lambda words: b"\xef\xbb\xbf" + f'"{words}"'.encode(),
    "data-uri.css": lambda words: b"a{b:url(data:image/png;base64," + b64(b.image("PNG", words)) + b")}",
    "data-svg.css": lambda words: (
        b"a{b:url('data:image/svg+xml;base64," + b64(f"<svg><text>{words}".encode()) + b"')}"
    ),
    "trailing.png": lambda words: b.image("PNG") + words.encode(),
    "utf16.png": lambda words: b.image("PNG") + words.encode("utf-16-le"),
    "a.unknown": lambda words: b"\x00\x01" + words.encode() + b"\xff",
}


def b64(data: bytes) -> bytes:
    import base64

    return base64.b64encode(data)


@pytest.mark.parametrize("rest", SOME_AND_REST)
def test_packed_files_are_unpacked(rest: bool) -> None:
    for file in PACKED:
        for form in ("spaced", "traditional", "percent") if rest else ("as is", "pinyin with tones"):
            _check_packed(file, form)


def _check_packed(file: str, form: str) -> None:
    outside_any_text = file in ("deleted.sqlite", "trailing.png", "utf16.png", "a.unknown", "data-uri.css")
    if outside_any_text and form != "as is":
        return  # such bytes are searched for the words as they are
    if form == "percent" and file.startswith("folded"):
        return  # ASCII is not folded within a character
    build = PACKED[file]
    assert FOUND & b.problems(file, build(b.FORMS[form](b.NAME))), (file, form)
    assert not FOUND & b.problems(file, build(b.FORMS[form](CLEAN))), (file, form)


def test_pdf_text_set_by_a_typesetter() -> None:
    pytest.importorskip("typst")
    for written in (b.NAME, " ".join(b.NAME), "Ouyang Zhenyue"):
        assert FOUND & b.problems("poster.pdf", b.pdf(written))
    assert b.findings("poster.pdf", b.pdf(CLEAN)) == ()


def test_the_blocks_of_the_search_are_read_and_its_word_lists_hold_no_words() -> None:
    found = {
        finding.path.split("/")[1]: finding.problem
        for file, data in b.search_bundle(b.NAME).items()
        for finding in b.findings(file, data)
    }
    assert found == {"texts": Problem.LEAK, "manifest.json": Problem.LEAK}
    for file, data in b.search_bundle(CLEAN).items():
        assert b.findings(file, data) == (), file


@pytest.mark.parametrize(
    "form", ["as is", "traditional", "percent", "pinyin", "pinyin hyphened", "slug", "spaced"]
)
def test_paths_are_read(form: str) -> None:
    auditor = Auditor(b.secrets())
    written = b.FORMS[form](b.NAME)
    for name in (f"{written}.html", f"honours/{written}", f"img/photo-{written}-2.jpg"):
        (finding,) = auditor.audit_name(name)
        assert finding.form == "path"
        assert written not in finding.path
        assert "▇" in finding.path
    # The folder was told already; the file in it has an innocent name.
    assert auditor.audit_name(f"{written}/index.html") == ()
    assert auditor.audit_name("honours/wuhan-2026-h0001/index.html") == ()


def test_split_by_tags() -> None:
    for markup in (
        "欧<b>阳</b>振岳",
        "<span>欧阳</span><span class='x'>振岳</span>",
        "欧阳<br/>振岳",
        "欧<!-- x -->阳振岳",
        "<text>欧<tspan x='1'>阳</tspan><tspan>振岳</tspan></text>",
        "<ruby>欧<rt>ōu</rt>阳<rp>(</rp><rt>yáng</rt><rp>)</rp></ruby>振岳",
        "&lt;b&gt;欧&lt;/b&gt;阳振岳",
        '{"html": "<p>欧<\\u002fp><p>阳振岳"}',
    ):
        assert FOUND & b.problems("a.html", f"<p>{markup}</p>"), markup
    assert b.problems("a.html", "<li>欧阳</li><li>振岳</li>") == {Problem.POSSIBLE}


def test_long_words_in_pieces() -> None:
    held = b.secrets(
        "他在江边看见两个孩子落水，随即跳下，救起一人后力竭，被渔民用竹篙拉上岸来。家人不愿公开姓名，请勿外传！",
        kind="narrative",
    )
    assert b.problems("a.html", "家人不愿公开姓名，请勿外传", held) == {Problem.LEAK}
    assert b.problems("a.html", "据说被渔民用竹篙拉上岸来，获救了", held) == {Problem.POSSIBLE}
    assert b.findings("a.html", "他看见孩子落水，随即跳下", held) == ()


@pytest.mark.parametrize(
    "written",
    [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "１３８００１３８０００",
        "幺三八〇〇幺三八〇〇〇",
        "一三八零零 一三八零零零",
    ],
)
def test_known_numbers_in_every_form(written: str) -> None:
    held = b.secrets("138-0013-8000", kind="number", allowed_identifiers=frozenset({"13800138000"}))
    assert b.problems("a.html", f"电话 {written}。", held) == {Problem.LEAK}
    assert b.findings("a.html", "编号 213800138000", held) == ()


def test_figures_within_a_digest_are_no_day_of_birth() -> None:
    born = b.secrets("1976-01-18", kind="birth_date")
    digests = ("01181976eefd", "3f19760118ab9c04", "ab" * 28 + "19760118", "AB01181976EEFD12")
    told = {text: b.problems("a.html", f"<p>版本 {text}</p>", born) for text in digests}
    assert [text for text, found in told.items() if found] == []
    words = ("photo19760118.jpg", "a19760118", "19760118", "出生 01181976eefd", "dob=19760118abcdef")
    told = {text: b.problems("a.html", f"<p>{text}</p>", born) for text in words}
    assert [text for text, found in told.items() if not found] == []


@pytest.mark.parametrize("rest", SOME_AND_REST)
def test_of_a_text_of_any_length_the_beginning_is_found(rest: bool) -> None:
    sentence = "他把落水的老人托上岸之后又返身去找那个孩子"
    # Of a form no more than 1,024 characters are looked for.
    for text in ("a" * 1_300, "1" * 1_300, "ab" * 650) if rest else ("啊" * 1_300, sentence * 60):
        for kind in ("note", "other"):
            auditor = Auditor(b.secrets(text, kind=kind))
            for data in (text, text[:1_100], f"前文。{text}。后文"):
                assert auditor.audit_bytes("a.html", f"<p>{data}</p>".encode()), (text[:10], kind, len(data))
            assert auditor.audit_bytes("a.txt", text.encode("gb18030")), (text[:10], kind)


def test_a_long_text_that_is_published_covers_nothing_of_itself() -> None:
    text = "他把落水的老人托上岸之后又返身去找那个孩子" * 100
    held = b.secrets(text, kind="other", published=frozenset({text}))
    assert b.problems("a.html", f"<p>{text}</p>", held) == {Problem.POSSIBLE}
