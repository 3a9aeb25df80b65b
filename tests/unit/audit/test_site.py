"""泄漏审核 of whole folders: judging, published names, answers, shells, processes, failing closed."""

from __future__ import annotations

import base64
import html
import itertools
import json
import pickle
import random
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest import mock

import opencc
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from slugify import slugify

from generator.audit import (
    Answer,
    Auditor,
    FormerFiles,
    Matcher,
    Problem,
    Secret,
    Secrets,
    audit_site,
    decoding,
    kept_variants,
    parse_answer,
    unpacking,
)
from generator.audit.decoding import streams, unescape
from generator.audit.leaks import PublishedWhere
from generator.audit.pinyin_variants import pinyin_variants
from generator.audit.places import FoldedText
from generator.audit.skimming import Skimmer
from generator.audit.text_pieces import pieces
from generator.audit.unpacking import reader_of, segments, unpack
from generator.diagnostics import Severity
from generator.spellings.encodings import from_base64, from_hexadecimal, from_utf16
from generator.spellings.folding import fold, fold_with_places
from tests.every_row import every_row
from tests.unit.audit import builders as b


def written(folder: Path, **files: str | bytes) -> Path:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


# --- short names and context ------------------------------------------------------------------------


@every_row(
    ("text", "expected"),
    [
        ("<td>王伟</td>", {Problem.LEAK}),
        ("（王伟）", {Problem.LEAK}),
        ("、王 伟、", {Problem.LEAK}),
        ("群众王伟跳入江中", {Problem.POSSIBLE}),
        ("王伟大", {Problem.POSSIBLE}),
        ("他姓王。伟大的人", set()),
        ("于七时王，伟大的人", set()),
        ("王-伟", {Problem.LEAK}),
        ('王","伟', {Problem.POSSIBLE}),
        ("<li>王</li><li>伟</li>", {Problem.POSSIBLE}),
        ("王" + "，" * 80 + "伟", set()),
        ("王某某", set()),
        ("王小伟", set()),
    ],
)
def test_short_names_are_judged_by_what_stands_beside_them(text: str, expected: set[Problem]) -> None:
    assert b.problems("a.html", text, b.secrets("王伟")) == expected


@every_row(
    ("words", "text", "expected"),
    [
        ("WH-2026-0013", "案号 wh20260013", {Problem.LEAK}),
        ("WH-2026-0013", "xwh-2026-0013", set()),
        ("WH-2026-0013", "wh-2026-00137", set()),
        ("2026-013", "第2026-013号", {Problem.LEAK}),
        ("AB-12", "编号AB12。", {Problem.POSSIBLE}),
        ("20-13", "2013年", {Problem.POSSIBLE}),
        ("John Smith", "Mr JOHN  SMITH", {Problem.LEAK}),
        ("John Smith", "Johnsmithson", set()),
        ("someone@example.cn", "mailto:someone@example.cn", {Problem.LEAK, Problem.IDENTIFIER}),
    ],
)
def test_latin_words_and_numbers_are_whole(words: str, text: str, expected: set[Problem]) -> None:
    assert b.problems("a.html", f"<p>{text}</p>", b.secrets(words, kind="case_number")) == expected


@every_row(
    ("name", "text", "found"),
    [
        ("吕伟", "lvwei", True),
        ("吕伟", "Lü Wěi", True),
        ("吕伟", "lu-wei", True),
        ("吕伟", "lyu wei", True),
        ("单伟明", "shan weiming", True),
        ("单伟明", "dan wei ming", True),
        ("单伟明", "weiming shan", True),
        ("单伟明", "shan4wei3ming2", True),
        ("单伟明", "shan weimingx", False),
        ("单伟明", "sh an weiming", False),
        ("单伟明", "shan (see) weiming", False),
        ("单伟明", "shan  --  weiming", False),
        ("李安", "lian", False),
        ("武汉市第一中学", "wu-han-shi-di-yi-zhong-xue", True),
        ("武汉市第一中学", "Wuhan Shi Diyi Zhongxue", True),
        ("䶮明", "yan-ming", True),
    ],
)
def test_pinyin(name: str, text: str, found: bool) -> None:
    expected = {Problem.POSSIBLE} if found else set()
    assert b.problems("a.html", f"<p>{text}</p>", b.secrets(name)) == expected


def test_pinyin_in_a_path_may_be_shorter() -> None:
    auditor = Auditor(b.secrets("李安"))
    assert [f.problem for f in auditor.audit_name("img/li-an.jpg")] == [Problem.POSSIBLE]


def test_notes_and_unreadable_characters_have_no_pinyin() -> None:
    assert pinyin_variants("李") == ()
    assert pinyin_variants("甲" * 17) == ()
    assert pinyin_variants("李\U00020002") == ()
    assert pinyin_variants("Anna") == ()
    assert b.findings("a.html", "ee", b.secrets("鄂俄")) == ()
    assert b.findings("a.html", "beizhu neirong", b.secrets("备注内容", kind="note")) == ()


def test_long_words_in_pieces() -> None:
    assert pieces("短句", "note") == ("短句",)
    assert pieces("短。句。子", "note") == ("短。句。子",)
    assert pieces("甲" * 41, "name") == ("甲" * 41,)
    assert pieces("一二三四五六七八。九十", "note") == ("一二三四五六七八",)
    assert pieces("一二三四。五六七八", "note") == ("一二三四。五六七八",)


@pytest.mark.parametrize(
    ("name", "written"),
    [("马见飞", "⻢见⻜"), ("高户明", "髙戸明"), ("吴黄静", "呉黄静")],
)
def test_radicals_and_rare_shapes_are_read_as_the_usual_character(name: str, written: str) -> None:
    assert b.problems("a.html", b.page(written), b.secrets(name)) == {Problem.LEAK}


def test_the_table_of_variants_changes_no_character_of_simplified_text() -> None:
    convert = opencc.OpenCC("t2s").convert
    usual = [bytes((high, low)).decode("gb2312") for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFF)]
    assert all(fold(character) == convert(character) for character in usual)


def test_the_table_of_variants_is_what_its_script_makes() -> None:
    from generator.spellings.variant_table import table

    radicals = "2EE2          ; 9A6C       # [1] CJK RADICAL C-SIMPLIFIED HORSE\n"
    variants = "U+9AD9\tkSemanticVariant\tU+9AD8<kFenn\nU+5449\tkZVariant\tU+5433 U+5434\nU+4E00\tkZVariant\tU+4E8C\n"
    assert table(radicals, variants) == {"⻢": "马", "髙": "高", "呉": "吴"}


# --- published names ---------------------------------------------------------------------------------


def test_a_withheld_name_that_equals_a_published_one() -> None:
    held = b.secrets(
        b.NAME,
        published=frozenset({b.NAME}),
        published_at={b.NAME: frozenset({"honours/wuhan-2026-h0001/index.html"})},
    )
    auditor = Auditor(held)
    text = b.page(b.NAME)
    assert auditor.audit_bytes("honours/wuhan-2026-h0001/index.html", text) == ()
    assert auditor.audit_bytes("honours/wuhan-2026-h0001/index.html.gz", b.packed(text)) == ()
    (elsewhere,) = auditor.audit_bytes("honours/wuhan-2026-h0002/index.html", text)
    assert elsewhere.problem is Problem.POSSIBLE
    assert b.problems("a.html", text) == {Problem.LEAK}


def test_published_names_in_the_search_index_are_judged_by_page() -> None:
    bundle = {file: data for file, data in b.search_bundle(b.NAME).items() if "/texts/" in file}
    here = {b.NAME: frozenset({"notices/wuhan-2026-0001/index.html"})}
    lawful = Auditor(b.secrets(published=frozenset({b.NAME}), published_at=here))
    assert [f for name, data in bundle.items() for f in lawful.audit_bytes(name, data)] == []
    there = {b.NAME: frozenset({"notices/wuhan-2026-0002/index.html"})}
    unlawful = Auditor(b.secrets(published=frozenset({b.NAME}), published_at=there))
    found = {
        f.path.split("/")[1]: f.problem
        for name, data in bundle.items()
        for f in unlawful.audit_bytes(name, data)
    }
    assert found == {"texts": Problem.POSSIBLE}


def test_a_longer_published_name_covers_a_shorter_withheld_one() -> None:
    held = b.secrets("张伟", published=frozenset({"张伟明", "李四光"}))
    assert b.findings("a.html", "<p>張偉明</p><p>张 伟 明</p>", held) == ()
    assert b.findings("a.sqlite", b.database("张伟明"), held) == ()
    assert b.problems("a.html", "<p>张伟明</p><p>张伟</p>", held) == {Problem.LEAK}
    assert b.problems("a.html", "<p>张伟明</p>", b.secrets("张伟")) == {Problem.POSSIBLE}


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<td>王文豪</td><td>青山区</td>", set()),
        ("<p>王文豪、青山区</p>", set()),
        ("<li>文豪</li><li>青山区</li>", set()),
        ("<p>王文豪青山处处</p>", {Problem.LEAK}),
        ("<p>文豪青</p>", {Problem.LEAK}),
        ("<p>青山区文豪青</p>", {Problem.LEAK}),
    ],
)
def test_two_published_words_side_by_side_cover_what_they_hold_together(
    page: str, found: set[Problem]
) -> None:
    held = b.secrets("文豪青", published=frozenset({"王文豪", "文豪", "青山区"}))
    assert b.problems("a.html", page, held) == found


def test_words_of_the_public_are_no_secrets() -> None:
    held = b.secrets("武汉市江岸区", b.NAME, kind="address", common=frozenset({"武汉市江岸区"}))
    assert b.findings("a.html", "武汉市江岸区", held) == ()
    assert b.problems("a.html", b.NAME, held) == {Problem.LEAK}


def test_two_records_with_one_name_are_both_told() -> None:
    held = Secrets(strings=(b.secret(label="a.yml"), b.secret(label="b.yml"), b.secret(label="a.yml")))
    assert [f.label for f in b.findings("a.txt", b.NAME, held)] == ["a.yml", "b.yml"]


# --- answers -----------------------------------------------------------------------------------------


def test_a_human_answers_for_a_place_and_for_the_own_record() -> None:
    held = b.secrets("王伟", answers=(b.judged("honours/*/2026/index.html", "王伟"),))
    auditor = Auditor(held)
    assert auditor.audit_bytes("honours/wuhan/2026/index.html", "王伟大".encode()) == ()
    assert auditor.audit_bytes("honours/wuhan/2025/index.html", "王伟大".encode()) != ()
    assert auditor.audit_bytes("honours/a/b/2026/index.html", "王伟大".encode()) != ()
    assert list(auditor.unused_answers()) == []
    other = Auditor(b.secrets("王伟", answers=(b.judged("about.txt", "王伟", label="other.yml"),)))
    assert other.audit_bytes("about.txt", "王伟大".encode()) != ()
    assert [f.problem for f in other.unused_answers()] == [Problem.UNUSED_ANSWER]


@pytest.mark.parametrize(
    "pattern", ["*", "**", "*/*", "*/*/index.html", "*.html", "?.html", "[a-z]*.html", "*/*.json"]
)
def test_an_answer_for_everything_is_no_answer(pattern: str, tmp_path: Path) -> None:
    held = b.secrets("王伟", answers=(b.judged(pattern, "王伟"),))
    report = audit_site(written(tmp_path, index_dot_html="王伟大"), held)
    assert {f.problem for f in report.findings} >= {
        Problem.BROAD_ANSWER,
        Problem.POSSIBLE,
    } or pattern == "*/*/index.html"
    assert not report.is_clean


def test_answers_are_read_as_staff_write_them() -> None:
    assert parse_answer("honours/a.html: 王伟", "x.yml") == Answer(
        pattern="honours/a.html", text="王伟", label="x.yml"
    )
    assert parse_answer("/honours/a.html：王伟 ", "x.yml") == Answer(
        pattern="honours/a.html", text="王伟", label="x.yml"
    )
    assert not parse_answer("honours/a.html: 王伟", "x.yml").is_too_broad
    for wrong in ("王伟", "honours/a.html: ", ": 王伟", "honours/a.html 王伟"):
        assert parse_answer(wrong, "x.yml").is_too_broad


# --- numbers and positions ---------------------------------------------------------------------------


def test_numbers_of_nobody_and_of_offices() -> None:
    held = Secrets(allowed_identifiers=frozenset({"027-82345678"}))
    assert b.findings("a.html", "<p>电话 (027) 8234 5678</p>", held) == ()
    assert b.problems("a.html", "<p>电话 027-82345679</p>", held) == {Problem.IDENTIFIER}
    assert b.problems("a.html", '<a href="tel:+8613800138000">电话</a>', held) == {Problem.IDENTIFIER}
    assert b.problems("a.html", "1<b>38</b>0013<i>8000</i>", held) == {Problem.IDENTIFIER}
    assert b.problems("a.html", "&#49;3800138000", held) == {Problem.IDENTIFIER}
    assert b.findings("a.html", "<td>138</td><td>00138000</td>", held) == ()
    assert b.problems("a.xlsx", b.workbook("13800138000"), held) == {Problem.IDENTIFIER}
    assert [f.problem for f in Auditor(held).audit_name("img/13800138000.jpg")] == [Problem.IDENTIFIER]


def test_drawings_licences_and_event_ids_are_not_numbers_of_people() -> None:
    assert b.findings("a.svg", '<svg><path d="1 3 8 0 0 1 3 8 0 0 0"/></svg>') == ()
    assert b.problems("a.svg", '<svg><path d="M1 1"/><text>13800138000</text></svg>') == {Problem.IDENTIFIER}
    assert b.findings("a.js", "/*! author a@b.example.com */") == ()
    assert b.problems("a.js", "x='13800138000'") == {Problem.IDENTIFIER}
    assert b.findings("a.ics", "UID:wuhan-2026-0001@yiyong.example\r\n") == ()
    assert b.problems("a.ics", "ORGANIZER:a@b.example.com\r\n") == {Problem.IDENTIFIER}


def test_positions_in_images() -> None:
    assert b.problems("a.jpg", b.image("JPEG", gps=True)) == {Problem.POSITION}
    assert b.findings("a.jpg", b.image("JPEG")) == ()


# --- failing closed ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.html", "张".encode("gb18030"), "not_utf8"),
        ("a.ics", b"\xff", "not_utf8"),
        ("a.gz", b"no", "cannot_unpack"),
        ("a.html.gz", b.packed(b"<p>")[:-6], "cannot_unpack"),
        ("a.br", b"\xff\xff", "cannot_unpack"),
        ("a.xlsx", b"PK\x03\x04", "cannot_unpack"),
        ("a.sqlite", b"SQLite format 3\x00" + b"\xff" * 200, "cannot_unpack"),
        ("a.pdf", b"%PDF-1.7\n", "cannot_unpack"),
        ("a.pdf", b.pdf(password="x"), "encrypted"),
        ("a.pdf", b.pdf() + b"\nstartxref\n0\n%%EOF", "several_revisions"),
        ("a.png", b"\x89PNG", "cannot_unpack"),
        ("a.png", b.image("PNG")[:45], "cannot_unpack"),
        ("a.png", b.image("JPEG"), "not_of_its_type"),
        ("search/words/0.txt", b"murong", "cannot_unpack"),
        ("search/texts/1.json", b'["notices/x/"],\n{}', "cannot_unpack"),
        ("search/texts/1.json", b"no", "cannot_unpack"),
        ("search/texts/1.json", b"\xff", "not_utf8"),
        ("a.css", b"url(data:image/png;base64,abcde)", "cannot_unpack"),
        ("a.css", b"url(data:image/png;base64,AAAA)", "cannot_unpack"),
    ],
    # Encryption draws at random, and each process of a test run must know the test by one name.
    ids=lambda value: "bytes" if isinstance(value, bytes) else value,
)
def test_what_cannot_be_read_to_its_end_is_told(name: str, data: bytes, reason: str) -> None:
    found = [f for f in b.findings(name, data) if f.problem is Problem.UNREADABLE]
    assert [f.form for f in found] == [reason]


def test_packed_too_deep_too_large_or_encrypted(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = b"x"
    for _ in range(9):
        deep = b.packed(deep)
    assert {f.form for f in b.findings("a.txt" + ".gz" * 9, deep)} == {"too_deep"}
    encrypted = bytearray(b.archive("x"))
    encrypted[6] |= 1
    encrypted[encrypted.rindex(b"PK\x01\x02") + 8] |= 1
    assert {f.form for f in b.findings("a.zip", bytes(encrypted))} == {"encrypted"}
    monkeypatch.setattr("generator.audit.unpacking.LARGEST", 4)
    assert {f.form for f in b.findings("a.txt.gz", b.packed(b"12345"))} == {"too_large"}
    assert {f.form for f in b.findings("a.zip", b.archive("12345"))} == {"too_large"}


def test_a_missing_decoder_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr("generator.audit.unpacking.importlib.import_module", missing)
    assert {f.form for f in b.findings("a.html.br", b"x")} == {"no_decoder"}


@pytest.mark.parametrize("name", ["a.exe", "a", "font.woff2", "a.html.bak", ".htpasswd", "a.parquet"])
def test_unknown_types_fail(name: str) -> None:
    assert reader_of(name) is None
    assert b.problems(name, b"x") == {Problem.UNKNOWN_TYPE}
    assert b.problems("a.zip", b.archive("x", name=name)) == {Problem.UNKNOWN_TYPE}


def test_data_addresses() -> None:
    assert b.findings("a.js", 'x="data:image/png;base64,"+y') == ()
    assert b.problems("a.css", b"url(data:font/woff2;base64,AAAA)") == {Problem.UNKNOWN_TYPE}
    assert b.findings("a.css", b"url(data:text/plain;base64,5peg5YWz)") == ()


def test_attachments_and_metadata_of_documents() -> None:
    assert b.findings("a.pdf", b.pdf(attachment="无关".encode(), title="公示")) == ()
    assert b.problems("a.pdf", b.pdf(xmp=XMP.format(b.NAME))) == {Problem.LEAK}


XMP = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:creator>{}</dc:creator></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
)


def test_virtual_tables_are_read_in_the_tables_they_keep(tmp_path: Path) -> None:
    import sqlite3

    connection = sqlite3.connect(tmp_path / "a.db")
    connection.execute("create virtual table search using fts5(name)")
    connection.execute("insert into search values (?)", (" ".join(b.NAME),))
    connection.execute("create table numbers (x integer, y real, z blob)")
    connection.execute("insert into numbers values (1, 2.5, null)")
    connection.commit()
    connection.close()
    assert Problem.LEAK in b.problems("a.db", (tmp_path / "a.db").read_bytes())


# --- the whole folder --------------------------------------------------------------------------------


def test_a_clean_site(tmp_path: Path) -> None:
    site = written(
        tmp_path,
        index_dot_html=b.page("周某某"),
        notices__wuhan__index_dot_html=b.page("无"),
        _headers="/*\n  X-Frame-Options: DENY\n",
    )
    report = audit_site(site, b.secrets())
    assert report.findings == ()
    assert report.is_clean
    assert report.files == 3
    assert report.bytes_read == sum(path.stat().st_size for path in site.rglob("*") if path.is_file())


def test_findings_have_place_and_record_but_never_the_words(tmp_path: Path) -> None:
    site = written(tmp_path, a__index_dot_html=f"<p>第一行</p>\n<p>乙{b.NAME}</p>\n")
    (tmp_path / b.NAME).mkdir()
    report = audit_site(site, b.secrets())
    assert [(f.path, f.line, f.column) for f in report.findings] == [("a/index.html", 2, 5), ("▇▇▇▇", 0, 0)]
    assert not report.is_clean
    for for_terminal in (True, False):
        told = report.diagnostics(for_terminal=for_terminal)
        assert [item.code for item in told] == ["AUD001", "AUD001"]
        assert all(
            item.severity is Severity.ERROR and not item.facts and not item.place.shown for item in told
        )
        assert b.NAME not in repr(told) + repr(report) + repr(b.secrets())
        assert [place.path for item in told for place in item.related] == (
            [b.LABEL] * 2 if for_terminal else []
        )
    assert report.diagnostics()[0].terms["what_zh"] == "姓名"


def test_every_problem_has_its_words() -> None:
    from generator.audit.leaks import Finding

    for problem in Problem:
        told = Finding(path="a", problem=problem, what="name", form="plain").diagnostic(for_terminal=False)
        assert told.code == problem.value


def test_an_empty_folder_proves_nothing(tmp_path: Path) -> None:
    report = audit_site(tmp_path, b.secrets())
    assert [f.problem for f in report.findings] == [Problem.EMPTY_SITE]
    assert not report.is_clean


def test_links_are_not_followed(tmp_path: Path) -> None:
    site = written(tmp_path / "site", index_dot_html="公示")
    (tmp_path / "outside.html").write_text(b.NAME)
    (site / "link.html").symlink_to(tmp_path / "outside.html")
    (site / "folder").symlink_to(tmp_path)
    assert [f.problem for f in audit_site(site, b.secrets()).findings] == [Problem.SPECIAL_FILE] * 2


def test_a_file_that_vanishes_or_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = written(tmp_path, index_dot_html="公示")

    def refuse(self: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert [f.problem for f in audit_site(site, b.secrets()).findings] == [Problem.UNREADABLE]


def test_words_too_short_to_look_for_are_told(tmp_path: Path) -> None:
    site = written(tmp_path, index_dot_html="公示")
    report = audit_site(site, b.secrets("王", "Al", "·"))
    assert {f.problem for f in report.findings} == {Problem.TOO_SHORT}
    assert sum(f.times for f in report.findings) == 3
    assert report.is_clean


def test_nothing_withheld_at_all(tmp_path: Path) -> None:
    assert audit_site(written(tmp_path, index_dot_html="公示", a_dot_png=b.image("PNG")), Secrets()).is_clean
    assert list(Matcher(Secrets()).in_bytes(b"x")) == []


def test_a_published_word_of_which_nothing_is_left_covers_nothing() -> None:
    held = replace(b.secrets(b.NAME), published=frozenset({"·", "——"}))
    assert b.findings("a.txt", f"·{b.NAME}·", held)


def test_an_unknown_kind_of_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown kind"):
        Secret(text="x", label="y", kind="nickname")


SHELL = (
    "<!doctype html>\n<nav>\n"
    + "".join(f'<div><a href="/{n}/">第{n}栏目与光荣榜</a></div>\n' for n in range(400))
    + "<main>\n"
)


def with_shell(words: str, shell: str = SHELL) -> bytes:
    return f"{shell}<h1>{words}</h1>\n</main>{shell}".encode()


def test_a_tag_that_a_program_may_hold_is_read_in_a_page() -> None:
    auditor = Auditor(b.secrets())
    tag = '<a href="mailto:someone@mail.test">'
    for _ in range(3):
        assert auditor.audit_bytes("a.js", f"/* {tag} */".encode()) == ()
    assert [f.problem for f in auditor.audit_bytes("a.html", tag.encode())] == [Problem.IDENTIFIER]


@pytest.mark.parametrize("before", range(12))
def test_where_a_long_text_is_cut_the_rest_of_a_word_is_no_word(
    before: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of nanjing-shi, the organ of a city, the cut may leave anjing-shi: 石安青, surname last."""
    words = "字" * before + "nanjing-shi、" * 600
    held = b.secrets("石安青")
    assert b.findings("a.txt", words, held) == ()
    monkeypatch.setattr(unpacking, "SEGMENT", 2_000)
    monkeypatch.setattr(unpacking, "OVERLAP", 400)
    assert b.findings("a.txt", words, held) == ()
    found = b.findings("a.txt", f"{words}anjing-shi、{words}", held)
    assert [(f.problem, f.times) for f in found] == [(Problem.POSSIBLE, 1)]


@pytest.mark.parametrize("between", ["<c>", '","', "\n", "、"])
def test_where_a_long_list_is_cut_the_rest_of_a_name_is_no_name(
    between: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a published 张伟明 a cut may leave 张伟, who is withheld."""
    monkeypatch.setattr(unpacking, "SEGMENT", 2_000)
    monkeypatch.setattr(unpacking, "OVERLAP", 400)
    held = b.secrets("张伟", published=frozenset({"张伟明"}))
    for before in range(12):  # as many places as there are before the words begin again
        words = "字" * before + f"张伟明{between}公示{between}" * 400
        assert b.findings("a.txt", words, held) == ()
    found = b.findings("a.txt", f"{words}张伟{between}{words}", held)
    assert [(f.problem, f.times) for f in found] == [(Problem.LEAK, 1)]


def test_a_leak_in_every_page_is_told_for_every_page() -> None:
    auditor = Auditor(b.secrets())
    leaking = SHELL.replace("第7栏目", b.NAME)
    for number in range(4):
        found = auditor.audit_bytes(f"n/{number}/index.html", with_shell(f"第{number}页", leaking))
        assert [(f.path, f.line, f.times) for f in found] == [(f"n/{number}/index.html", 10, 2)]


def test_what_one_page_may_show_is_read_again_in_others() -> None:
    held = b.secrets(
        b.NAME,
        "王伟",
        published=frozenset({b.NAME}),
        published_at={b.NAME: frozenset({"n/1/index.html"})},
        answers=(b.judged("n/2/index.html", "王伟"),),
    )
    auditor = Auditor(held)
    for words, allowed in ((b.NAME, "n/1/index.html"), ("王伟", "n/2/index.html")):
        page = with_shell("公示", SHELL.replace("第7栏目", words))
        for _ in range(2):
            assert auditor.audit_bytes(allowed, page) == ()
            assert auditor.audit_bytes("n/3/index.html", page) != ()


def test_where_memory_is_bounded_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "_MOST_KNOWN", 3)
    monkeypatch.setattr(kept_variants, "LOT", 2)
    decoding._SEEN.clear()
    auditor = Auditor(b.secrets(b.NAME, "光荣榜单", "石安青"))
    for number in range(4):
        assert auditor.audit_bytes(f"n/{number}/index.html", with_shell(f"第{number}页")) == ()
        assert len(decoding._SEEN) <= 3
    parted = f"<b>{b.NAME[0]}</b><i>{b.NAME[1:]}</i>"
    for words, leaks in ((parted, 1), ("光荣榜单", 1), ("shi anqing", 1), ("公示", 0)):
        assert len(auditor.audit_bytes("n/9/index.html", with_shell(words))) == leaks


def test_of_two_withheld_words_side_by_side_in_bytes_each_is_found_by_itself() -> None:
    held = Matcher(b.secrets(b.NAME, "光荣榜单"))
    found = held.in_bytes(f"\x00{b.NAME}\x00光荣榜单\x00".encode())
    assert sorted((match.owner, match.form) for match in found) == [(0, "bytes"), (1, "bytes")]


def test_a_name_with_a_dot_is_found_as_its_address_writes_it() -> None:
    held = b.secrets("阿卜杜拉·买买提")
    assert b.findings("a.txt", f"/notices/{slugify('阿卜杜拉·买买提')}/", held)
    assert b.findings("a.txt", f"/notices/{slugify('阿卜杜拉')}/", held) == ()


def test_several_processes_find_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files: dict[str, str | bytes] = {
        f"n__{number}__index_dot_html": f"<p>第{number}页</p>" for number in range(12)
    }
    files["n__5__index_dot_html"] = b.page(b.NAME)
    files["n__7__index_dot_html"] = "群众王伟跳入江中"
    files["n__8__index_dot_html"] = "群众王伟跳入江中"
    site = written(tmp_path, **files)
    held = b.secrets(b.NAME, "王伟", answers=(b.judged("n/8/index.html", "王伟"),))
    alone = audit_site(site, held)
    monkeypatch.setattr("generator.audit.site_audit._WORTH_A_PROCESS", 0)
    together = audit_site(site, held, jobs=2)
    assert together == alone
    assert [f.problem for f in alone.findings] == [Problem.LEAK, Problem.POSSIBLE]


def test_an_auditor_can_be_sent_to_another_process() -> None:
    """Where processes are not forked it is; what it searches by is made there anew."""
    auditor = Auditor(b.secrets(b.NAME))
    sent = pickle.loads(pickle.dumps(auditor))
    for file in ("a.html", "a.txt"):
        assert sent.audit_bytes(file, b.page(b.NAME)) == auditor.audit_bytes(file, b.page(b.NAME)) != ()


def test_a_large_file_is_read_across_its_chunks() -> None:
    for before in (65_520, 65_533, 65_536, 131_070, 200_000):
        text = "无" * before + b.NAME + "关" * 70_000
        (finding,) = b.findings("a.txt", text)
        assert (finding.column, finding.times) == (before + 1, 1)


# --- properties --------------------------------------------------------------------------------------

quiet = st.text(alphabet="江边有人落水，。 <>&%\\\"'=/abcp019\n\u200b", max_size=60)


@given(
    quiet,
    quiet,
    st.sampled_from(
        [form for form in b.FORMS if "pinyin" not in form and form not in ("slug", "surname last")]
    ),
)
def test_whatever_stands_around_it(before: str, after: str, form: str) -> None:
    # Around an escape stands something that is not part of it.
    text = f"{before} |{b.FORMS[form](b.NAME)}| {after}"
    assert b.problems("a.html", text) & {Problem.LEAK, Problem.POSSIBLE}


@given(st.text(max_size=300))
def test_any_text_can_be_audited(text: str) -> None:
    data = text.encode("utf-8", "replace")
    for name in ("a.html", "a.json", "a.js", "a.ics", "a.svg"):
        assert all(f.problem is Problem.IDENTIFIER for f in b.findings(name, data))
    assert unescape(unescape(text)) is not None
    assert list(streams(text))


@given(
    st.binary(max_size=300),
    st.sampled_from(["gz", "br", "zip", "pf_index", "sqlite", "pdf", "png", "jpg", "html", "json"]),
)
def test_any_bytes_can_be_audited(data: bytes, ending: str) -> None:
    assert all(f.problem in Problem for f in b.findings(f"a.{ending}", data))


@given(
    st.binary(min_size=6, max_size=40),
    st.binary(max_size=5),
    st.binary(max_size=5),
    st.text(alphabet="a/ +=-\n<字", max_size=9),
    st.integers(1, 20),
)
def test_base64_at_any_place(data: bytes, before: bytes, after: bytes, beside: str, width: int) -> None:
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        whole = encode(before + data + after)
        lines = b"\n ".join(whole[at : at + width] for at in range(0, len(whole), width))
        stands = beside.encode() + lines + b"=\n" + beside.encode()
        assert any(data in reading for reading in from_base64(stands))


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=12))
def test_a_name_in_pinyin_is_looked_for_as_addresses_write_it(name: str) -> None:
    written, forms = tuple(slugify(name).split("-")), pinyin_variants(name)
    assume(forms and len(written) > 1)
    assert written in forms


@given(st.text(min_size=2, max_size=20), st.binary(max_size=5), st.binary(max_size=5))
def test_utf16_at_any_place(text: str, before: bytes, after: bytes) -> None:
    words = text.encode("utf-8", "ignore")
    for encoding in ("utf-16-le", "utf-16-be"):
        stands = before + words.decode().encode(encoding) + after
        assert any(words in reading for reading in from_utf16(stands))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_two_characters_of_utf16_are_a_name_in_text_and_chance_in_noise(encoding: str) -> None:
    """Among the names of a large registry one stands in every picture by chance."""
    name, longer, auditor = "李安", "李安民", Auditor(b.secrets("李安", "李安民"))
    noise = random.Random(5).randbytes(400)
    forms = {
        "noise": noise + name.encode(encoding) + noise,
        "three characters": noise + longer.encode(encoding) + noise,
        "text": noise + f"制作：{name}，二〇二六年".encode(encoding) + noise,
        "value": noise + f"\0{name}\0".encode(encoding) + noise,
        "alone": name.encode(encoding),
        "beside one rare character": f"㐂{name}的事迹".encode(encoding),
    }
    found = {form for form, data in forms.items() if auditor.audit_bytes("a.unknown", data)[1:]}
    assert found == forms.keys() - {"noise"}


@given(st.binary(min_size=4, max_size=40), st.text(alphabet="0aZ ，", max_size=4))
def test_hexadecimal_at_any_place(data: bytes, beside: str) -> None:
    folded = fold(f"{beside}{data.hex(' ').upper()}{beside}")
    assert any(data in reading for _, reading in from_hexadecimal(folded))


def test_unpacking_tells_where_inside() -> None:
    inner = {piece.inner for piece in unpack("a.xlsx", b.workbook("x"))}
    assert "xl/worksheets/sheet1.xml" in inner
    assert json.loads(next(p.text for p in unpack("a.json", b'{"a": 1}') if p.text) or "") == {"a": 1}


def test_what_a_worker_does(tmp_path: Path) -> None:
    from generator.audit import site_audit as module

    folder = written(tmp_path, a_dot_html=b.page(b.NAME), b_dot_html="公示")
    auditor, where = Auditor(b.secrets()), PublishedWhere(b.secrets())
    work = module._Work(
        auditor=auditor, skimmer=Skimmer(auditor), site=folder, where=where, former=FormerFiles()
    )
    audited = module._audit_files(work, ["a.html", "b.html"])
    assert [f.path for f in audited.findings] == ["a.html"]
    assert audited.used_answers == set()
    assert list(audited.clean) == ["b.html"]


def test_a_file_known_to_be_clean_is_not_searched_until_it_changes(tmp_path: Path) -> None:
    folder = written(tmp_path, a_dot_html="公示", b_dot_html="公示")
    clean = audit_site(folder, b.secrets()).clean
    assert set(clean) == {"a.html", "b.html"}
    # Whoever says that a file is the same is believed: that shows that it is not searched.
    (folder / "a.html").write_bytes(b.page(b.NAME))
    assert audit_site(folder, b.secrets(), clean=clean).findings == ()
    changed = {"b.html": clean["b.html"]}
    assert [f.path for f in audit_site(folder, b.secrets(), clean=changed).findings] == ["a.html"]
    (folder / "a.html").rename(folder / "c.html")
    assert [f.path for f in audit_site(folder, b.secrets(), clean=clean).findings] == ["c.html"]


def test_what_is_withheld_since_is_searched_for_in_files_that_did_not_change(tmp_path: Path) -> None:
    folder = written(tmp_path, a_dot_html=b.page("祁向晨"), b_dot_html=b.page("骆允谦"), c_dot_html="公示")
    before, now = b.secrets(b.NAME), b.secrets(b.NAME, "祁向晨")
    clean = audit_site(folder, before).clean
    assert set(clean) == {"a.html", "b.html", "c.html"}
    added = now.added_since(before.searched_for())
    assert added is not None and [secret.text for secret in added] == ["祁向晨"]
    report = audit_site(folder, now, clean=clean, added=added)
    assert report.findings == audit_site(folder, now).findings != ()
    assert set(report.clean) == {"b.html", "c.html"}


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("a.html", f"公示{b.NAME}"),
        ("a.html", "13800138000"),
        (f"{b.NAME}.html", "公示"),
        ("a.unknown", "公示"),
    ],
)
def test_a_file_with_a_finding_is_never_clean(path: str, words: str, tmp_path: Path) -> None:
    (tmp_path / path).write_text(words, encoding="utf-8")
    assert path not in audit_site(tmp_path, b.secrets()).clean


@pytest.mark.parametrize("folder", [b.NAME, f"{b.NAME}/x/y", "13800138000/x"])
def test_folders_are_always_audited(folder: str, tmp_path: Path) -> None:
    (tmp_path / folder).mkdir(parents=True)
    (tmp_path / folder / "a.html").write_text("公示", encoding="utf-8")
    report = audit_site(tmp_path, b.secrets())
    assert not report.is_clean
    assert not audit_site(tmp_path, b.secrets(), clean=report.clean).is_clean


def test_a_namesake_is_clean_only_as_long_as_the_name_is_published(tmp_path: Path) -> None:
    folder = written(tmp_path, a_dot_html=b.page(b.NAME), b_dot_html=b.page(f"{b.NAME}明"), c_dot_html="公示")
    lawful = replace(
        b.secrets(),
        published=frozenset({b.NAME, b.NAME + "明"}),
        published_at={b.NAME: frozenset({"a.html"})},
    )
    clean = audit_site(folder, lawful).clean
    assert set(clean) == {"a.html", "b.html", "c.html"}
    assert set(audit_site(folder, lawful, clean=clean).clean) == set(clean)
    withdrawn = replace(lawful, published=frozenset(), published_at={})
    for before in (None, lawful.searched_for()):
        report = audit_site(folder, withdrawn, clean=clean, before=before)
        assert {finding.path for finding in report.findings} == {"a.html", "b.html"}
        assert report.clean == {"c.html": clean["c.html"]}


@pytest.mark.parametrize(
    ("change", "again"),
    [
        ({}, False),
        ({"published": frozenset({b.NAME, "王伟", "李明"})}, False),
        ({"published_at": {b.NAME: frozenset({"a.html", "d.html"}), "王伟": frozenset({"b.html"})}}, False),
        ({"published_at": {b.NAME: frozenset({"d.html"}), "王伟": frozenset({"b.html"})}}, True),
        ({"over_records": frozenset()}, True),
        ({"published": frozenset({b.NAME}), "published_at": {b.NAME: frozenset({"a.html"})}}, True),
    ],
    ids=["same", "more published", "elsewhere too", "no more here", "no list any more", "fewer published"],
)
def test_what_may_stand_in_a_file_is_looked_at_again_only_if_that_changed(
    change: dict[str, Any], again: bool, tmp_path: Path
) -> None:
    folder = written(
        tmp_path, a_dot_html=b.page(b.NAME), b_dot_html=b.page("王伟"), c_dot_html=b.page(b.NAME)
    )
    lawful = replace(
        b.secrets(b.NAME, "王伟"),
        published=frozenset({b.NAME, "王伟"}),
        published_at={b.NAME: frozenset({"a.html"}), "王伟": frozenset({"b.html"})},
        over_records=frozenset({"c.html"}),
    )
    before = audit_site(folder, lawful)
    assert len(before.clean) == 3 and all(before.clean.values())
    now = replace(lawful, **change)
    report = audit_site(folder, now, clean=before.clean, before=lawful.searched_for())
    assert (report.bytes_read > 0) == again
    assert report.findings == audit_site(folder, now).findings
    assert bool(report.findings) == again


def test_what_a_human_answered_is_asked_again(tmp_path: Path) -> None:
    folder = written(tmp_path, index_dot_html=b.page(b.NAME))
    held = b.secrets(b.NAME)
    answer = Answer(pattern="index.html", text=b.NAME, label=held.strings[0].label)
    report = audit_site(folder, replace(held, answers=(answer,)))
    assert report.findings == () and report.clean == {}


def test_what_is_searched_for_tells_secrets_apart() -> None:
    base = b.secrets(b.NAME)
    others = [
        b.secrets(b.NAME, "祁向晨"),
        b.secrets(b.NAME, kind="unit"),
        replace(base, common=frozenset({b.NAME})),
        replace(base, allowed_identifiers=frozenset({"027-12345678"})),
    ]
    told = [item.searched_for() for item in (base, *others)]
    assert all(told.index(item) == number for number, item in enumerate(told))
    more = replace(base, published=frozenset({"某"})).searched_for()
    assert base.searched_for().published < more.published
    assert replace(more, published=frozenset()) == base.searched_for()
    # More words that are anybody's hide more, fewer hide less: then everything has to be searched for again.
    wider = replace(base, common=frozenset({"武汉"}))
    assert wider.added_since(base.searched_for()) == ()
    assert base.added_since(wider.searched_for()) is None
    assert replace(base, wording="单位").added_since(base.searched_for()) is None


def test_folders_in_archives_numbers_in_han_and_odd_secrets() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.mkdir("空")
    assert b.findings("a.zip", out.getvalue()) == ()
    held = b.secrets("13800138000", kind="number")
    assert {f.form for f in b.findings("a.txt", "一三八零零一三八零零零", held)} >= {"numerals"}
    assert "numerals" not in {
        f.form for f in b.findings("a.txt", "一三八零零一三八零零一，编号 12345678", held)
    }
    assert b.findings("a.html", "yi yi", b.secrets("一一")) == ()
    assert b.problems("a.html", unescaped := "%2525252525E6", b.secrets()) == set() and unescape(unescaped)


def test_binary_strings_of_documents() -> None:
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import ByteStringObject, NameObject

    writer = PdfWriter(clone_from=PdfReader(BytesIO(b.pdf(title="公示"))))
    writer.root_object[NameObject("/Extra")] = ByteStringObject(b"\x80" + b.NAME.encode())
    out = BytesIO()
    writer.write(out)
    assert b.problems("a.pdf", out.getvalue()) == {Problem.LEAK}


def test_markup_that_comes_to_light_is_read_with_its_whole_lines() -> None:
    event = "UID:wuhan-2026-{number:04}@yiyong.example\r\nSUMMARY:{words}\r\n"
    plain = "".join(event.format(number=number, words="公示") for number in range(300))
    shown = event.format(number=999, words="见 &lt;b&gt;公示&lt;/b&gt;")
    assert b.findings("a.ics", plain + shown + plain) == ()
    parted = event.format(number=999, words=f"{b.NAME[:1]}&lt;b&gt;{b.NAME[1:]}")
    assert b.problems("a.ics", plain + parted + plain) == {Problem.LEAK}
    (twice,) = b.findings("a.ics", parted + plain + parted)
    assert twice.times == 2


@given(st.lists(st.sampled_from(["&lt;b&gt;", "&lt;p&gt;", "字" * 700, "\n", b.NAME, "，"]), max_size=12))
def test_every_tag_that_comes_to_light_is_undone(parts: list[str]) -> None:
    text = "".join(parts)
    whole = next((stream.text for stream in streams(html.unescape(text))), "")
    found = "".join(stream.text for stream in streams(text))
    for line in whole.split("\n"):
        for clause in line.split("\x1f"):
            assert clause in found


@given(
    st.lists(
        st.sampled_from(["字", "a", "，", " ", "\u200b" * 300, "㈱", "ﬁ", "字" * 250, "，" * 700]),
        max_size=20,
    ),
    st.data(),
)
def test_every_place_is_found_again(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts)
    folded, places = fold_with_places(text)
    found = FoldedText(text)
    assert found.folded == folded
    if folded:
        start = data.draw(st.integers(0, len(folded) - 1))
        end = data.draw(st.integers(start + 1, len(folded)))
        window = found.around(start, end)
        assert [
            window.start + place
            for place in window.places[start - window.folded_start : end - window.folded_start]
        ] == places[start:end]
        # What stands beside it is there too, unless it is farther away than any gap within a word.
        for beside, at in ((start - 1, places[start]), (end, places[end - 1])):
            if 0 <= beside < len(folded) and abs(places[beside] - at) < 100:
                assert 0 <= beside - window.folded_start < len(window.folded)


@given(st.text(alphabet="字a\n𬭎é", max_size=400), st.integers(30, 90))
def test_a_large_file_is_read_in_parts_that_hold_all_of_it(text: str, size: int) -> None:
    data = text.encode()
    with mock.patch.multiple(unpacking, SEGMENT=size, OVERLAP=16):
        spans = list(segments(data))
    assert spans[0][0] == 0 and spans[-1][1] == len(data)
    for (_, end), (start, _) in itertools.pairwise(spans):
        assert end - 16 <= start <= end - 12
    for start, end in spans:
        assert end - start <= size + 16 + 8
        assert data[start:end].decode() in text


def test_a_word_is_found_across_the_parts_of_a_large_file_and_at_its_line() -> None:
    with mock.patch.multiple(unpacking, SEGMENT=4096, OVERLAP=1024):
        for lines in (100, 395, 405, 409, 1_000):
            text = "[" + "十个字的一行公示。\n" * lines + b.NAME + "\n" + "无关。\n" * 2_000
            found = {(f.line, f.column) for f in b.findings("notices.json", text)}
            assert found == {(lines + 1, 1)}


def test_noise_is_cut_anywhere() -> None:
    with mock.patch.multiple(unpacking, SEGMENT=64, OVERLAP=16):
        assert list(segments(b"\x80" * 200))[-1][1] == 200
        assert list(segments(b"")) == [(0, 0)]
