"""Small files of every type that a site may hold, with given words in them. All words are made up."""

from __future__ import annotations

import base64
import csv
import gzip
import html
import io
import json
import sqlite3
import tempfile
import urllib.parse
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import brotli
import opencc
import pypinyin
from docx import Document
from openpyxl import Workbook
from PIL import Image, PngImagePlugin
from pypdf import PdfWriter
from slugify import slugify

from generator.audit import Answer, Auditor, Finding, Problem, Secret, Secrets
from tests.search_records import record, search_files

NAME = "欧阳振岳"
"""Traditional: 歐陽振嶽; four characters; in no other text of these tests."""
LABEL = "registry/cases/wuhan/2026/c-0099.yml"


def secret(text: str = NAME, kind: str = "name", label: str = LABEL) -> Secret:
    return Secret(text=text, kind=kind, label=label)


def secrets(*texts: str, kind: str = "name", **more: object) -> Secrets:
    return Secrets(strings=tuple(secret(text, kind) for text in texts or (NAME,)), **more)  # type: ignore[arg-type]


def findings(name: str, data: bytes | str, held: Secrets | None = None) -> tuple[Finding, ...]:
    auditor = Auditor(held) if held else _usual_auditor()
    return auditor.audit_bytes(name, data.encode() if isinstance(data, str) else data)


@cache
def _usual_auditor() -> Auditor:
    return Auditor(secrets())


def problems(name: str, data: bytes | str, held: Secrets | None = None) -> set[Problem]:
    return {finding.problem for finding in findings(name, data, held)}


def judged(pattern: str, text: str, label: str = LABEL) -> Answer:
    return Answer(pattern=pattern, text=text, label=label)


# --- forms: how a name may be written ---------------------------------------------------------------


def _full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


@cache
def _converter(scheme: str) -> opencc.OpenCC:
    return opencc.OpenCC(scheme)


def _toned(text: str, style: pypinyin.Style = pypinyin.Style.TONE) -> list[str]:
    return [item[0] for item in pypinyin.pinyin(text, style=style)]


FORMS: dict[str, Callable[[str], str]] = {
    "as is": str,
    "spaced": " ".join,
    "wide spaces": "\u3000".join,
    "no-break spaces": "\u00a0".join,
    "zero width": "\u200b".join,
    "joiners and marks": "\u2060\ufeff\u200d".join,
    "soft hyphens": "\u00ad".join,
    "dots": "·".join,
    "dashes": "-".join,
    "line breaks": "\n".join,
    "variation selectors": "\ufe00".join,
    "bidi marks": "\u200e".join,
    "traditional": lambda text: _converter("s2t").convert(text),
    "traditional of Taiwan": lambda text: _converter("s2tw").convert(text),
    "half traditional": lambda text: _converter("s2t").convert(text[:2]) + text[2:],
    "decimal entities": lambda text: "".join(f"&#{ord(c)};" for c in text),
    "hexadecimal entities": lambda text: "".join(f"&#x{ord(c):X};" for c in text),
    "entities between": "&nbsp;".join,
    "doubly escaped": lambda text: html.escape("".join(f"&#{ord(c)};" for c in text)),
    "percent": urllib.parse.quote,
    "percent twice": lambda text: urllib.parse.quote(urllib.parse.quote(text)),
    "percent of GB 18030": lambda text: urllib.parse.quote(text.encode("gb18030")),
    "JSON": lambda text: json.dumps(text)[1:-1],
    "JSON in capitals": lambda text: "".join(f"\\u{ord(c):04X}" for c in text),
    "JSON in JSON": lambda text: json.dumps(json.dumps(text)),
    "JS braces": lambda text: "".join(f"\\u{{{ord(c):x}}}" for c in text),
    "JS bytes": lambda text: "".join(f"\\x{byte:02x}" for byte in text.encode()),
    "octal": lambda text: "".join(f"\\{byte:03o}" for byte in text.encode()),
    "Python": lambda text: "".join(f"\\U{ord(c):08x}" for c in text),
    "CSS": lambda text: "".join(f"\\{ord(c):x} " for c in text),
    "quoted printable": lambda text: "".join(f"={byte:02X}" for byte in text.encode()),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64 shifted by one": lambda text: base64.b64encode(b"1" + text.encode() + b"ab").decode(),
    "base64 shifted by two": lambda text: base64.b64encode(b"12" + text.encode() + b"a").decode(),
    "base64 for addresses": lambda text: base64.urlsafe_b64encode(b"~" + text.encode()).decode(),
    "hexadecimal": lambda text: text.encode().hex(),
    "hexadecimal in capitals": lambda text: text.encode().hex().upper(),
    "pinyin": lambda text: "".join(pypinyin.lazy_pinyin(text)),
    "pinyin spaced": lambda text: " ".join(pypinyin.lazy_pinyin(text)),
    "pinyin capitals": lambda text: " ".join(pypinyin.lazy_pinyin(text)).title(),
    "pinyin with tones": lambda text: " ".join(_toned(text)),
    "pinyin with tones apart": lambda text: "".join(_toned(text)).encode().decode(),
    "pinyin with figures": lambda text: "".join(_toned(text, pypinyin.Style.TONE3)),
    "pinyin hyphened": lambda text: "-".join(pypinyin.lazy_pinyin(text)),
    "pinyin underscored": lambda text: "_".join(pypinyin.lazy_pinyin(text)),
    "pinyin full width": lambda text: _full_width("".join(pypinyin.lazy_pinyin(text))),
    "surname last": lambda text: (
        "".join(pypinyin.lazy_pinyin(text[2:])) + " " + "".join(pypinyin.lazy_pinyin(text[:2]))
    ),
    "slug": slugify,
}
ALWAYS_PARSED = frozenset(
    {"base64", "base64 shifted by one", "base64 shifted by two", "base64 for addresses"}
)


# --- files: where it may stand ------------------------------------------------------------------------


def page(words: str) -> bytes:
    return (
        f"<!doctype html><html lang=zh><title>公示</title><p>经核实，{words}，事迹属实。</p></html>".encode()
    )


def attribute(words: str) -> bytes:
    return f'<!doctype html><p data-x="{words}">公示</p>'.encode()


def comment(words: str) -> bytes:
    return f"<!doctype html><!-- {words} --><p>公示</p>".encode()


def script_in_page(words: str) -> bytes:
    return f'<!doctype html><script>if(1<2)x="{words}"</script>'.encode()


def table(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def packed(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def workbook(words: str) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["编号", "姓名"])
    sheet.append(["wuhan-2026-0001", words])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def workbook_properties(words: str) -> bytes:
    book = Workbook()
    book.properties.creator = words
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def document(words: str) -> bytes:
    made = Document()
    paragraph = made.add_paragraph("经核实，")
    for character in words:
        paragraph.add_run(character).bold = True
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def archive(words: str, *, name: str = "a.txt", comment: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, words)
        made.comment = comment.encode()
    return out.getvalue()


def database(words: str, *, table_name: str = "notices", blob: bool = False, deleted: bool = False) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.sqlite"
        connection = sqlite3.connect(path)
        connection.execute(f'create table "{table_name}" (id text, name, count integer)')
        connection.execute(
            f'insert into "{table_name}" values (?, ?, 3)', ("1", words.encode() if blob else words)
        )
        connection.execute(f'insert into "{table_name}" values (?, ?, 3)', ("2", "无关"))
        connection.commit()
        if deleted:
            connection.execute("pragma secure_delete = off")
            connection.execute(f'delete from "{table_name}" where id = 1')
            connection.commit()
        connection.close()
        return path.read_bytes()


def pdf(
    words: str = "", *, title: str = "", attachment: bytes | None = None, xmp: str = "", password: str = ""
) -> bytes:
    if words:
        import typst

        writer = PdfWriter(
            clone_from=io.BytesIO(typst.compile(f"#set page(width: 9cm, height: 4cm)\n{words}".encode()))
        )
    else:
        writer = PdfWriter()
        writer.add_blank_page(200, 200)
    if title:
        writer.add_metadata({"/Title": title})
    if attachment is not None:
        embedded = writer.add_attachment("data.txt", attachment)
        from pypdf.generic import NameObject

        embedded.subtype = NameObject("/text/plain")
    if xmp:
        writer.xmp_metadata = xmp.encode()  # type: ignore[assignment]
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def image(form: str, words: str = "", *, where: str = "comment", gps: bool = False) -> bytes:
    made = Image.new("RGB", (8, 8), "white")
    exif = Image.Exif()
    more: dict[str, object] = {}
    if where == "exif":
        exif[0x010E] = words.encode()
    elif where == "xmp":
        more["xmp"] = f"<x:xmpmeta><dc:creator>{words}</dc:creator></x:xmpmeta>".encode()
    elif form == "PNG" and words:
        text = PngImagePlugin.PngInfo()
        text.add_itxt("Author", words, zip=where == "compressed")
        more["pnginfo"] = text
    elif words:
        more["comment"] = words.encode()
    if gps:
        exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    made.save(out, form, exif=exif, **more)
    return out.getvalue()


@cache
def search_bundle(words: str) -> dict[str, bytes]:
    """A real search over one page that holds ``words``."""
    page = record(
        1, text=f"经核实，{words}，跳入江中救人。", names=(), filters={"称号": (words,)}, title="公示"
    )
    return search_files([page])


TEXT_FILES: dict[str, Callable[[str], bytes]] = {
    "notices/wuhan-2026-0001/index.html": page,
    "attribute.html": attribute,
    "comment.html": comment,
    "script.html": script_in_page,
    "api/v1/notices.json": lambda words: f'[{{"id": "wuhan-2026-0001", "name": "{words}"}}]'.encode(),
    "data.jsonl": lambda words: f'{{"name": "{words}"}}\n'.encode(),
    "manifest.webmanifest": lambda words: f'{{"name": "{words}"}}'.encode(),
    "feeds/notices.atom": lambda words: f'<?xml version="1.0"?><feed><title>{words}</title></feed>'.encode(),
    "sitemap.xml": lambda words: f"<urlset><url><loc>{words}</loc></url></urlset>".encode(),
    "calendar/notices.ics": lambda words: f"BEGIN:VCALENDAR\r\nSUMMARY:{words}\r\nEND:VCALENDAR\r\n".encode(),
    "data/notices.csv": lambda words: f"编号,姓名\r\nwuhan-2026-0001,{words}\r\n".encode("utf-8-sig"),
    "data/notices.tsv": lambda words: f"编号\t姓名\n1\t{words}\n".encode(),
    "robots.txt": lambda words: f"# {words}\n".encode(),
    "assets/main.js": lambda words: f'const x="{words}";if(a<b&&c>d)f()'.encode(),
    "assets/main.css": lambda words: f'.x::after{{content:"{words}"}}'.encode(),
    "assets/main.js.map": lambda words: f'{{"version":3,"sourcesContent":["x = \'{words}\'"]}}'.encode(),
    "charts/a.svg": lambda words: f'<svg><path d="M16.58 13.17 12 8"/><text>{words}</text></svg>'.encode(),
    "index.html.gz": lambda words: packed(page(words)),
    "index.html.br": lambda words: brotli.compress(page(words)),
    "data/all.zip": archive,
}
