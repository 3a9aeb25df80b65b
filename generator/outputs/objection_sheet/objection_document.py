"""异议书文件 (.docx): one open notice's particulars filled in, everything about the objector left blank.

Made with python-docx. The same notice gives the same bytes: no clock, no user name, no machine stands in
the file; its dates are those of the notice.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from itertools import count

from docx import Document
from docx.document import Document as Docx
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsmap, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell

from generator.catalogue import wording
from generator.law.notice_period.period_wording import last_moment_words
from generator.outputs.objection_sheet.sheet_parts import blanks, notes
from generator.outputs.poster.poster_sheet import channel_facts
from generator.public.context import SiteContext
from generator.public.plain_text import storable
from generator.public.public_case import PublicNotice

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every file inside, the first that a ZIP archive can write."""
_KEPT_STYLES = frozenset(
    {"Normal", "Heading 1", "Title", "Table Grid", "Default Paragraph Font", "Normal Table"}
)
_DROPPED_PARTS = (
    "stylesWithEffects",
    "customXml",
    "numbering",
    "webSettings",
    "thumbnail",
    "extended-properties",
)
_BOX = "□"
_ROOM = "　" * 8
"""What an empty field shows: wide enough to be touched, and nothing on paper."""
_LABEL_WIDTH, _VALUE_WIDTH = Mm(50), Mm(120)


def objection_document(notice: PublicNotice, context: SiteContext) -> bytes:
    """异议书: a .docx of A4 pages for one open notice."""
    words = wording("objection_sheet")
    authority = context.receiving(notice)
    document = Document(io.BytesIO(_base()))
    document.add_paragraph(words["title"], style="Title")
    if context.site.sample is not None:
        document.add_paragraph(storable(context.site.sample.banner)).alignment = WD_ALIGN_PARAGRAPH.CENTER
    said = words["notice"]
    closes = said["closes_value"].format(closes=last_moment_words(notice.clock, year=True))
    document.add_heading(said["heading"], level=1)
    _table(
        document,
        [
            (said["title"], (notice.title,)),
            (said["id"], (notice.id,)),
            (said["organ"], (authority.name,)),
            (said["closes"], (closes,)),
            (said["url"], (context.absolute(notice.path),)),
        ],
    )
    _form(document)
    # The second page stays with the objector.
    heading = document.add_heading(words["channels"]["heading"], level=1)
    heading.paragraph_format.page_break_before = True
    document.add_paragraph(words["channels"]["note"])
    _table(document, [(fact.label, fact.lines) for fact in channel_facts(notice, authority)])
    _notes(document, words["notes"]["heading"], authority.requirements)
    _set_properties(document, words["document_title"].format(id=notice.id), notice.id, notice.published_at)
    return _settled(document)


def blank_document() -> bytes:
    """空白异议书: the same form for any notice, whose particulars are to be copied from it."""
    words = wording("objection_sheet")
    document = Document(io.BytesIO(_base()))
    document.add_paragraph(words["title"], style="Title")
    said = words["notice"]
    document.add_heading(said["heading"], level=1)
    labels = (said["title"], said["id"], said["organ"], words["page"]["closes"])
    _fields(_table(document, [(label, ("",)) for label in labels]), 1)
    _form(document)
    _notes(document, words["notes"]["heading_blank"], ())
    _set_properties(document, words["page"]["title"], "", datetime(*_EPOCH, tzinfo=UTC))
    return _settled(document)


def _form(document: Docx) -> None:
    """由异议人填写: each cell is a field that can be filled in on a telephone; on paper it is an empty cell."""
    document.add_heading(wording("objection_sheet")["objector"]["heading"], level=1)
    rows = tuple(blanks())
    _fields(_table(document, [(label, (value,)) for label, value, _ in rows], [mm for *_, mm in rows]), 101)


def _notes(document: Docx, heading: str, requirements: Sequence[str]) -> None:
    document.add_heading(heading, level=1)
    for line in notes(requirements):
        document.add_paragraph(storable(line).rstrip("。") + "。")


@cache
def _base() -> bytes:
    """An empty document with our page and styles, and nothing else of python-docx's own template.

    The template's parts for older programs and its hundred unused styles are three quarters of a
    megabyte, which the audit would have to read in every file.
    """
    document = Document()
    for relations in (document.part.rels, document.part.package.rels):
        for name, relation in list(relations.items()):
            if relation.reltype.rpartition("/")[2] in _DROPPED_PARTS:
                del relations[name]
    for style in list(document.styles):
        if style.name not in _KEPT_STYLES:
            style.element.getparent().remove(style.element)
    latent = document.styles.element.find(qn("w:latentStyles"))
    if latent is not None:
        document.styles.element.remove(latent)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    _set_style(document, "Normal", size=12, family="仿宋")
    _set_style(document, "Title", size=22, family="宋体", bold=True, after=6, centred=True)
    _set_style(document, "Heading 1", size=14, family="黑体", before=9, after=5)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def _set_style(
    document: Docx,
    name: str,
    *,
    size: int,
    family: str,
    bold: bool = False,
    before: int = 0,
    after: int = 2,
    centred: bool = False,
) -> None:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)
    properties = style.element.get_or_add_rPr()
    for child in list(properties):
        properties.remove(child)
    fonts = OxmlElement("w:rFonts")
    for kind, value in (("ascii", "Times New Roman"), ("hAnsi", "Times New Roman"), ("eastAsia", family)):
        fonts.set(qn(f"w:{kind}"), value)
    properties.append(fonts)
    style.font.size = Pt(size)
    style.font.bold = bold
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "zh-CN")
    language.set(qn("w:eastAsia"), "zh-CN")
    properties.append(language)
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.line_spacing = 1.25
    if centred:
        layout.alignment = WD_ALIGN_PARAGRAPH.CENTER
    border = style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if border is not None:
        border.getparent().remove(border)


def _table(
    document: Docx, rows: list[tuple[str, tuple[str, ...]]], heights: list[int] | None = None
) -> Table:
    table: Table = document.add_table(rows=len(rows), cols=2, style="Table Grid")
    table.autofit = False
    table.columns[0].width, table.columns[1].width = _LABEL_WIDTH, _VALUE_WIDTH
    for index, (row, (label, lines)) in enumerate(zip(table.rows, rows, strict=True)):
        left, right = row.cells
        left.width, right.width = _LABEL_WIDTH, _VALUE_WIDTH
        _shade(left)
        left.paragraphs[0].text = _in_one_line(label)
        right.paragraphs[0].text = _in_one_line(lines[0])
        for line in lines[1:]:
            right.add_paragraph(_in_one_line(line))
        if heights is not None:
            row.height, row.height_rule = Mm(heights[index]), WD_ROW_HEIGHT_RULE.AT_LEAST
    return table


def _fields(table: Table, first: int) -> None:
    """内容控件 (content controls) in place of what the right-hand cells hold, numbered from ``first``: a box for each □, a
    date for 年月日, and a text where nothing stands."""
    number = count(first)
    for row in table.rows:
        label, cell = row.cells[0].text, row.cells[1]
        paragraph, value = cell.paragraphs[0], cell.text
        left_open = not value.strip(" 　年月日")
        if not left_open and _BOX not in value:
            continue
        paragraph.clear()
        for at, part in enumerate(value.split(_BOX)):
            if at:
                after = f"{label}：{part.strip(' 　')}"
                paragraph._p.append(_control(next(number), after, "checkbox", _BOX))
            if left_open:
                kind = "date" if value else "text"
                paragraph._p.append(_control(next(number), label, kind, part or _ROOM))
            elif part:
                paragraph.add_run(part)


def _control(number: int, label: str, kind: str, shown: str) -> BaseOxmlElement:
    """One content control that shows ``shown`` until it is filled in."""
    is_box = kind == "checkbox"
    details = {
        "checkbox": '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2611" w14:font="Segoe UI Symbol"/>'
        '<w14:uncheckedState w14:val="25A1" w14:font="宋体"/></w14:checkbox>',
        "date": '<w:date><w:dateFormat w:val="yyyy年M月d日"/><w:lid w:val="zh-CN"/><w:storeMappedDataAs w:val="dateTime"/>'
        '<w:calendar w:val="gregorian"/></w:date>',
        "text": '<w:text w:multiLine="1"/>',
    }
    control = parse_xml(
        f'<w:sdt xmlns:w="{nsmap["w"]}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:sdtPr><w:alias/>'
        f'<w:id w:val="{number}"/>{"" if is_box else "<w:showingPlcHdr/>"}{details[kind]}</w:sdtPr>'
        '<w:sdtContent><w:r><w:t xml:space="preserve"/></w:r></w:sdtContent></w:sdt>'
    )
    next(control.iter(qn("w:alias"))).set(qn("w:val"), label)
    next(control.iter(qn("w:t"))).text = shown
    return control


def _in_one_line(text: str) -> str:
    # Full-width spaces hold blanks apart and stay.
    return storable(text).replace("\n", " ").replace("\t", " ")


def _shade(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", "F2F2F2")):
        shade.set(qn(f"w:{key}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _set_properties(document: Docx, title: str, subject: str, made_at: datetime) -> None:
    properties = document.core_properties
    moment = made_at.astimezone(UTC).replace(tzinfo=None)
    properties.title, properties.subject = title, subject
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.language = "zh-CN"
    properties.created = properties.modified = moment
    properties.revision = 1


def _settled(document: Docx) -> bytes:
    """The document with the same date on every file inside, in the order in which Word expects them."""
    saved = io.BytesIO()
    document.save(saved)
    settled = io.BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            new.writestr(entry, old.read(name))
    return settled.getvalue()
