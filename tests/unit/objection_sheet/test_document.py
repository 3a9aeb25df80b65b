"""异议书: opened by python-docx, it holds the notice's particulars and nobody's own."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, time

from docx import Document
from docx.table import _Cell
from lxml import etree

from generator.catalogue import wording
from generator.law.notice_period.period_wording import last_moment_words
from generator.outputs.objection_sheet.blank_sheet import render_blank_sheet
from generator.outputs.objection_sheet.objection_document import blank_document, objection_document
from generator.outputs.objection_sheet.sheet_parts import blanks, has_sheet
from generator.public.public_case import NoticeStatus
from tests.public_records import HOSTILE, authority, clock, context, notice

NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def text_of(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    lines = [paragraph.text for paragraph in document.paragraphs]
    lines += [shown(cell) for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(lines)


def shown(cell: _Cell) -> str:
    """What a cell shows, its fields too, which python-docx passes over."""
    return "\n".join(
        "".join(text.text or "" for text in paragraph._p.iter(f"{NAMESPACE}t"))
        for paragraph in cell.paragraphs
    )


def test_it_names_the_notice_the_organ_every_channel_and_the_last_moment() -> None:
    its_clock = clock(date(2026, 11, 20), date(2026, 11, 26), close_of_business=time(17, 30))
    item = notice(4, clock=its_clock)
    text = text_of(objection_document(item, context()))
    for words in (
        item.title,
        "wuhan-2026-0004",
        "平安建设主管机关（示例）",
        f"须在 {last_moment_words(its_clock, year=True)}（北京时间）前提出",
        "https://yiyong.example/notices/wuhan-2026-0004/",
        "office@yiyong.example",
        "027-00000011",
        "430014",
        "9:00—17:00",
        "以寄出邮戳为准，不晚于",
        "不公布异议人的姓名、单位和联系方式",
        "以上说明由本站编写",
        "不接收、也看不到您填写的内容",
    ):
        assert words in text, words
    assert "2026年11月26日 17:30" in text
    assert "https://form.yiyong.example/objection?notice=wuhan-2026-0004" in text.replace("\u200b", "")


def test_what_the_objector_writes_is_blank_and_asks_for_no_identity_number() -> None:
    document = Document(io.BytesIO(objection_document(notice(), context())))
    (form,) = [table for table in document.tables if table.rows[0].cells[0].text == "提出人"]
    found = {row.cells[0].text: shown(row.cells[1]).strip("　") for row in form.rows}
    assert found == {label: value.strip("　") for label, value, _ in blanks()}
    said = wording("objection_sheet")["objector"]
    for key in ("name", "agent", "phone", "address", "subject", "grounds", "evidence", "hope"):
        assert found[said[key]] == ""
    assert not [label for label in found if "身份证" in label]


def test_what_is_to_be_written_can_be_filled_in_on_a_telephone() -> None:
    said = wording("objection_sheet")["objector"]
    for data, copied in ((objection_document(notice(), context()), 0), (blank_document(), 4)):
        controls = _body(data).findall(f".//{NAMESPACE}sdt")
        names = [control.find(f".//{NAMESPACE}alias").get(f"{NAMESPACE}val") for control in controls]
        numbers = [control.find(f".//{NAMESPACE}id").get(f"{NAMESPACE}val") for control in controls]
        assert len(set(numbers)) == len(numbers)
        boxes = [name for name in names if name.startswith(f"{said['kind']}：")]
        assert boxes == [f"{said['kind']}：个人", f"{said['kind']}：单位"]
        texts = [
            said[key]
            for key in ("name", "agent", "phone", "address", "subject", "grounds", "evidence", "hope")
        ]
        assert names[copied:] == [*boxes, *texts, said["date"]]
        kinds = [control[0][-1].tag.rpartition("}")[2] for control in controls[copied:]]
        assert kinds == ["checkbox"] * 2 + ["text"] * 8 + ["date"]


def test_the_blank_file_names_no_notice_and_is_always_the_same() -> None:
    text = text_of(blank_document())
    assert blank_document() == blank_document()
    assert "wuhan" not in text and "https://" not in text
    for label, _, _ in blanks():
        assert label in text


def test_the_file_says_nothing_of_who_made_it_when_and_on_what() -> None:
    item = notice()
    properties = Document(io.BytesIO(objection_document(item, context()))).core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.created is not None
    assert properties.created.replace(tzinfo=None) == item.published_at.astimezone(UTC).replace(tzinfo=None)
    with zipfile.ZipFile(io.BytesIO(objection_document(item, context()))) as archive:
        names = archive.namelist()
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in names if "thumbnail" in name or "app.xml" in name]
        everything = b"".join(archive.read(name) for name in names)
    assert b"python-docx" not in everything and b"Macintosh" not in everything


def test_the_same_notice_gives_the_same_bytes() -> None:
    first = objection_document(notice(), context())
    assert objection_document(notice(2), context()) != first
    assert objection_document(notice(), context()) == first
    assert len(first) < 20_000


def test_every_part_is_well_formed_and_every_relation_leads_somewhere() -> None:
    with zipfile.ZipFile(io.BytesIO(objection_document(notice(), context()))) as archive:
        names = set(archive.namelist())
        assert archive.testzip() is None
        for name in names:
            root = etree.fromstring(archive.read(name))
            if name.endswith(".rels"):
                folder = name.replace("_rels/", "").rpartition("/")[0]
                targets = {item.get("Target") for item in root}
                assert {"/".join(filter(None, (folder, target))) for target in targets} <= names
        used = set(
            re.findall(r'w:(?:p|t|r)Style w:val="([^"]+)"', archive.read("word/document.xml").decode())
        )
        known = {
            style.get(f"{NAMESPACE}styleId") for style in etree.fromstring(archive.read("word/styles.xml"))
        }
        assert used and used <= known


def test_texts_of_records_are_only_text() -> None:
    plain = objection_document(notice(), context())
    shape = [element.tag for element in _body(plain).iter()]
    for text in HOSTILE:
        short = text[:200]
        item = replace(notice(), title=short)
        data = objection_document(item, context(authorities={"wuhan-pingan": authority(name=short)}))
        body = _body(data)
        tags = {element.tag for element in body.iter()}
        assert tags <= set(shape), text
        assert not {f"{NAMESPACE}hyperlink", f"{NAMESPACE}fldSimple", f"{NAMESPACE}instrText"} & tags
    injected = objection_document(replace(notice(), title="<w:p>&lt;x&gt; { HYPERLINK x }"), context())
    assert "<w:p>&lt;x&gt; { HYPERLINK x }" in text_of(injected)


def _body(data: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def test_a_notice_has_one_until_its_last_moment() -> None:
    having = [status for status in NoticeStatus if has_sheet(notice(status=status))]
    assert having == [NoticeStatus.SCHEDULED, NoticeStatus.OPEN]


def test_the_blank_page_has_the_same_form_and_names_no_notice() -> None:
    page = render_blank_sheet(context())
    assert page.path == "objections/sheet/" and page.section == "objections"
    for label, value, _ in blanks():
        assert f'<th scope="row">{label}</th><td>{value}<' in page.body
    assert page.body.count('class="yy-sheet__line"') == 9
    # What the file advises, the page does: what to write, and what comes after the period.
    advice = [paragraph.text for paragraph in Document(io.BytesIO(blank_document())).paragraphs]
    told = re.findall(r"<li>(.*?)</li>", page.body[page.body.index("三、说明") :])
    assert told == advice[advice.index("三、说明") + 1 :]
    assert "wuhan" not in page.body and "<input" not in page.body and "<form" not in page.body
