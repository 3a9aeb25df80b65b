"""种下的泄漏 (planted leaks): what somebody could leak, by class and likelihood, each in a small file of a site.

``A`` is a realistic accident of a clerk, ``B`` comes of a tool or a careless edit, ``C`` is exotic. What the
audit does not catch says why. All people, numbers and places are made up.
"""

from __future__ import annotations

import base64
import html
import io
import json
import sqlite3
import tempfile
import urllib.parse
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal

import opencc
from docx import Document
from openpyxl import Workbook
from PIL import Image, PngImagePlugin
from pypdf import PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import (
    ByteStringObject,
    DictionaryObject,
    NameObject,
    StreamObject,
)

from generator.audit import Secret, Secrets
from tests.unit.audit import builders as b

NAME, COMPOUND, PARTS, GIVEN = "冀怀朴", "欧阳振岳", "阿卜杜热合曼·吐尔逊", "骆允谦"
MASKED = "程立堃"
PHONE, CARD, MAIL = "13987654321", "990000196912034016", "huai.pu@mail.example.cn"
BANK, CERTIFICATE = "6222020000012345678", "7QK39T-D7M2HV-8QW5NU"
BORN = "1969-12-03"
HOME = "武汉市江岸区芦荻湾路19号芦荻湾小区12栋3单元501室"
UNIT, SCHOOL, GROUP = "芦荻湾重型机床厂", "芦荻湾第二小学", "芦荻湾义务救援队"
STORY = (
    "他在江边看见两个孩子落水后立即脱下外衣跳入齐腰深的江水中，先后三次潜入水底将两人推上趸船，"
    "自己却被渡船的缆绳绊住，由闻讯赶来的渔民用竹篙救起。"
)
NOTE = "本人正在处理家庭纠纷，不愿被旧邻居知道行踪"
CASE, ID = "wh26-7731", "wuhan-2026-0099"

Class = Literal[
    "unicode",
    "titles and parts of names",
    "romanised",
    "markup, JS, CSS",
    "encodings",
    "images",
    "old encodings in binaries",
    "zip, xlsx, docx, sqlite",
    "PDF",
    "numbers",
    "addresses",
    "other words",
    "file names",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """一处泄漏: ``data`` is the file ``file`` of a site. ``why`` is empty where the audit catches it."""

    kind: Class
    likelihood: Literal["A", "B", "C"]
    how: str
    file: str
    data: bytes
    why: str = ""


def secrets() -> Secrets:
    """What is withheld of the invented people."""

    def of(kind: str, *texts: str, hidden: bool = False) -> Iterator[Secret]:
        yield from (Secret(text=text, kind=kind, label=b.LABEL, hidden=hidden) for text in texts)

    return Secrets(
        strings=(
            *of("name", NAME, COMPOUND, PARTS, GIVEN, "马见飞", "高户明", "吴黄静", hidden=True),
            *of("name", MASKED, GROUP),
            *of("number", PHONE, CARD, MAIL, BANK, CERTIFICATE),
            *of("birth_date", BORN),
            *of("address", HOME),
            *of("unit", UNIT),
            *of("school", SCHOOL),
            *of("narrative", STORY),
            *of("note", NOTE),
            *of("case_number", CASE),
            *of("id", ID),
        )
    )


@cache
def plants() -> tuple[Plant, ...]:
    """The whole table."""
    makers = (
        _unicode,
        _parts,
        _romanised,
        _markup,
        _encodings,
        _images,
        _old_encodings,
        _packed,
        _pdf,
        _numbers,
        _addresses,
        _others,
        _names,
    )
    return tuple(plant for make in makers for plant in make())


Rows = Iterator[Plant]


def _in_page(kind: Class, likelihood: Any, rows: dict[str, str], why: str = "") -> Rows:
    for how, words in rows.items():
        yield Plant(kind=kind, likelihood=likelihood, how=how, file="index.html", data=b.page(words), why=why)


def _unicode() -> Rows:
    page = partial(_in_page, "unicode")
    traditional = opencc.OpenCC("s2t").convert
    yield from page(
        "A",
        {
            "as it is": NAME,
            "in traditional characters": traditional(COMPOUND),
            "blanks between": " ".join(NAME),
            "full-width blanks between": "\u3000".join(NAME),
            "in a sentence": f"群众{NAME}跳入江中",
        },
    )
    yield from page(
        "B",
        {
            "zero-width blanks": "\u200b".join(NAME),
            "soft hyphens": "\u00ad".join(NAME),
            "word joiners": "\u2060".join(NAME),
            "variation selectors": "\ufe00".join(NAME),
            "bidi marks": "\u200e".join(NAME),
            "dots": "·".join(NAME),
            "radicals": "⻢见⻜",
            "Japanese shapes": "髙戸明",
            "another shape of the surname": "呉黄静",
            "half traditional": traditional(COMPOUND[:2]) + COMPOUND[2:],
            "a compatibility ideograph": "\u9a6c\ufa0a飞",
            "a wide gap of blanks": "冀" + " " * 90 + "怀朴",
            "a wide gap of full-width blanks": "冀" + "\u3000" * 70 + "怀朴",
            "a line's end": "冀怀\n朴",
            "a combining mark": "冀\u0323怀\u0323朴\u0323",
            "no-break blanks as entities": "&nbsp;".join(NAME),
            "slashes": "/".join(NAME),
            "underscores": "_".join(NAME),
            "asterisks of Markdown": "**冀**怀朴",
        },
    )
    yield from page("C", {"filler letters": "\u3164".join(NAME), "tags of language": "\U000e0041".join(NAME)})
    yield from page(
        "C", {"right to left override": "\u202e" + NAME[::-1] + "\u202c"}, "nobody writes so by accident"
    )
    yield from page("C", {"backwards": NAME[::-1]}, "nobody writes so by accident")
    yield from page(
        "C", {"bopomofo": "ㄐㄧˋ ㄏㄨㄞˊ ㄆㄨˇ"}, "not used here; every reading would be a form more"
    )
    yield from page("C", {"a wrong character": "冀怀扑"}, "a typing error is another name")


def _parts() -> Rows:
    page = partial(_in_page, "titles and parts of names")
    yield from page(
        "A",
        {
            "surname and 某某": "当事人冀某某跳入江中",
            "surname and 某": "据冀某介绍",
            "师傅": "冀师傅随即跳下",
            "先生": "冀先生不愿透露姓名",
            "女士": "冀女士说",
            "老师": "冀老师说",
            "老": "老冀说他没有多想",
            "小": "同事都叫他小冀",
            "given name alone": "怀朴跳入江中",
            "given name in a sentence": "群众怀朴跳入江中",
            "given name of a compound surname": "振岳二话没说",
        },
    )
    yield from page(
        "B",
        {
            "姓 and 名 apart": "姓冀，名怀朴",
            "an asterisk": "冀*朴",
            "a full-width asterisk": "冀＊朴",
            "a square": "冀□朴",
            "a circle": "冀○朴",
            "the numeral for zero": "冀〇朴",
            "a cross": "冀×朴",
            "an X": "冀X朴",
            "an asterisk at the end": "冀怀*",
            "an asterisk at the beginning": "*怀朴",
            "two asterisks": "欧阳**岳",
            "compound surname and 某某": "欧阳某某",
            "compound surname and title": "欧阳先生",
            "first part of a name of several": "阿卜杜热合曼跳入江中",
            "second part of a name of several": "吐尔逊跳入江中",
            "one character left out": "欧阳岳跳入江中",
            "another left out": "欧阳振跳入江中",
            "某 with a mark": "冀某甲",
            "a title after blanks": "冀 师傅",
            "surname in the genitive of a group": "姓冀的男子，怀朴",
            "ruby readings alone": "<ruby>某<rt>jì</rt>某<rt>huái</rt>某<rt>pǔ</rt></ruby>",
        },
    )
    yield from page(
        "C", {"surname alone": "姓冀的居民"}, "one character stands everywhere; the checks ask about it"
    )
    yield from page("C", {"a nickname": "大冀哥"}, "only the office knows nicknames: private.never_publish")


def _romanised() -> Rows:
    page = partial(_in_page, "romanised")
    yield from page(
        "A", {"in one word": "jihuaipu", "with capitals": "Ji Huaipu", "for an address": "ji-huai-pu"}
    )
    yield from page(
        "B",
        {
            "all apart": "ji huai pu",
            "with tones": "jì huái pǔ",
            "with figures": "ji4 huai2 pu3",
            "surname last": "Huaipu Ji",
            "in capitals": "JI HUAIPU",
            "in camel case": "photoJiHuaipu",
            "before a word": "JiHuaipuPhoto",
            "within a word": "jihuaipuphoto",
            "after a word": "photojihuaipu",
            "initial and point": "J. Huaipu",
            "initial and blank": "J Huaipu",
            "initial last": "Huaipu J.",
            "underscores": "ji_huai_pu",
            "compound surname": "Ouyang Zhenyue",
        },
    )
    yield Plant(
        kind="romanised",
        likelihood="B",
        how="in an address of a picture",
        file="index.html",
        data=b'<img src="/img/photoJiHuaipu.jpg" alt="">',
    )
    yield from page("C", {"three initials": "JHP"}, "three letters stand everywhere")
    yield from page("C", {"Wade–Giles": "Chi Huai-p’u"}, "not used here")
    yield from page("C", {"first letters of all but one": "ji hp"}, "four letters stand everywhere")


def _markup() -> Rows:
    kind: Class = "markup, JS, CSS"

    def at(likelihood: Any, file: str, rows: dict[str, str], why: str = "") -> Rows:
        for how, text in rows.items():
            yield Plant(kind=kind, likelihood=likelihood, how=how, file=file, data=text.encode(), why=why)

    wrap = "<!doctype html><title>公示</title><p>{}</p>".format
    yield from at(
        "A",
        "index.html",
        {
            "bold surname": wrap("<b>冀</b>怀朴"),
            "title attribute": f'<p title="{NAME}">公示</p>',
            "alternative text": f'<img src="a.png" alt="{NAME}的照片">',
            "description": f'<meta name="description" content="{NAME}见义勇为">',
            "comment": f"<!-- {NAME} --><p>公示</p>",
        },
    )
    yield from at(
        "B",
        "index.html",
        {
            "a span each": wrap("".join(f"<span>{c}</span>" for c in NAME)),
            "a break": wrap("冀<br>怀朴"),
            "a word break": wrap("冀<wbr>怀朴"),
            "a comment between": wrap("冀<!-- x -->怀朴"),
            "cells": "<table><tr><td>冀</td><td>怀朴</td></tr></table>",
            "list items": "<ul><li>冀</li><li>怀朴</li></ul>",
            "decimal entities": wrap("".join(f"&#{ord(c)};" for c in NAME)),
            "hexadecimal entities": wrap("".join(f"&#x{ord(c):x};" for c in NAME)),
            "escaped twice": wrap(html.escape("".join(f"&#{ord(c)};" for c in NAME))),
            "ruby": wrap("<ruby>冀<rt>jì</rt>怀<rt>huái</rt>朴<rt>pǔ</rt></ruby>"),
            "one name over two attributes": '<p data-family="冀" data-given="怀朴">公示</p>',
            "two attributes of a form": "<input name='surname' value='冀' placeholder='怀朴'>",
            "data attribute": f'<p data-name="{NAME}">公示</p>',
            "hidden element": f"<p hidden>{NAME}</p>",
            "JSON-LD": f'<script type="application/ld+json">{{"name": {json.dumps(NAME)}}}</script>',
            "link": f'<a href="/notices/{urllib.parse.quote(NAME)}/">公示</a>',
            "link of old script": f'<a href="/?q={"".join(f"%u{ord(c):04X}" for c in NAME)}">公示</a>',
            "mark": wrap(f"<mark>{NAME[:2]}</mark>{NAME[2:]}"),
            "template": f"<template><p>{NAME}</p></template>",
            "noscript": f"<noscript>{NAME}</noscript>",
            "svg text": "<svg><text>冀<tspan>怀</tspan>朴</text></svg>",
            "event handler": f"<p onclick=\"alert('{NAME}')\">公示</p>",
        },
    )
    yield from at(
        "B",
        "assets/main.js",
        {
            "string": f'const x="{NAME}";',
            "escapes": f"const x={json.dumps(NAME)};",
            "braces": 'const x="' + "".join(f"\\u{{{ord(c):x}}}" for c in NAME) + '";',
            "comment of a program": f"// {NAME}\nx()",
            "bytes": 'const x="' + "".join(f"\\x{byte:02x}" for byte in NAME.encode()) + '";',
        },
    )
    yield from at(
        "B",
        "assets/main.css",
        {
            "content": f'.x::after{{content:"{NAME}"}}',
            "escapes of CSS": '.x::after{content:"' + "".join(f"\\{ord(c):x} " for c in NAME) + '"}',
        },
    )
    yield from at("B", "assets/main.js.map", {"source map": json.dumps({"sourcesContent": [f"x='{NAME}'"]})})
    never = "put together by a program on purpose"
    yield from at(
        "C",
        "index.html",
        {"CDATA split": "<svg><text><![CDATA[冀]]>  <i>·</i> <![CDATA[怀朴]]></text></svg>"},
    )
    yield from at("C", "assets/main.js", {"joined by a program": 'x="冀"+y+"朴"'}, never)
    yield from at(
        "C",
        "assets/main.js",
        {"codes of characters": f"String.fromCharCode({','.join(str(ord(c)) for c in NAME)})"},
        never,
    )
    yield from at(
        "C",
        "index.html",
        {"order by style": '<p style="direction:rtl;unicode-bidi:bidi-override">朴怀冀</p>'},
        never,
    )


def _encodings() -> Rows:
    kind: Class = "encodings"
    data = NAME.encode()

    def text(likelihood: Any, rows: dict[str, str | bytes], why: str = "") -> Rows:
        for how, words in rows.items():
            content = words.encode() if isinstance(words, str) else words
            yield Plant(kind=kind, likelihood=likelihood, how=how, file="a.txt", data=content, why=why)

    yield from text(
        "A",
        {
            "percent": urllib.parse.quote(NAME),
            "JSON": json.dumps(NAME),
            "base64": base64.b64encode(data),
            "mark of order": b"\xef\xbb\xbf" + data,
        },
    )
    yield from text(
        "B",
        {
            "percent twice": urllib.parse.quote(urllib.parse.quote(NAME)),
            "percent in GB 18030": urllib.parse.quote(NAME.encode("gb18030")),
            "percent u": "".join(f"%u{ord(c):04x}" for c in NAME),
            "JSON in JSON": json.dumps(json.dumps(NAME)),
            "base64 within words": base64.b64encode(b"name=" + data + b";"),
            "base64 for addresses": base64.urlsafe_b64encode(b"~" + data),
            "hexadecimal": data.hex(),
            "hexadecimal in capitals": data.hex(" ").upper(),
            "quoted printable": "".join(f"={byte:02X}" for byte in data),
            "octal": "".join(f"\\{byte:03o}" for byte in data),
            "Python": "".join(f"\\U{ord(c):08x}" for c in NAME),
            "a text of another encoding": NAME.encode("gb18030"),
            "a text in Big5": opencc.OpenCC("s2t").convert(NAME).encode("big5"),
            "a text in UTF-16": NAME.encode("utf-16"),
        },
    )
    for how, words in {
        "data address": b"data:text/plain;base64," + base64.b64encode(data),
        "data address in capitals": b"DATA:TEXT/PLAIN;BASE64," + base64.b64encode(data),
        "data address with a charset": b"data:text/plain;charset=utf-8;base64," + base64.b64encode(data),
    }.items():
        yield Plant(kind=kind, likelihood="B", how=how, file="a.css", data=b"a{b:url(" + words + b")}")
    exotic = "no tool of an office writes it"
    yield from text("C", {"base32": base64.b32encode(data)}, exotic)
    yield from text("C", {"base85": base64.b85encode(data)}, exotic)
    yield from text("C", {"base64 twice": base64.b64encode(base64.b64encode(data))}, exotic)
    yield from text("C", {"UTF-7": NAME.encode("utf-7")}, exotic)
    yield from text("C", {"punycode": "xn--" + NAME.encode("punycode").decode()}, exotic)
    yield from text("C", {"every letter moved": "".join(chr(ord(c) + 1) for c in NAME)}, exotic)
    yield from text("C", {"bits": " ".join(f"{byte:08b}" for byte in data)}, exotic)
    yield from text("C", {"hexadecimal of base64": base64.b64encode(data).hex()}, exotic)


def picture(form: str, **more: Any) -> bytes:
    """A white picture with what ``Image.save`` is given."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, form, **more)
    return out.getvalue()


def exif(tag: int, value: Any) -> Image.Exif:
    """Metadata of one value."""
    made = Image.Exif()
    made[tag] = value
    return made


ARTIST, DESCRIPTION, COPYRIGHT, XP_AUTHOR = 0x013B, 0x010E, 0x8298, 0x9C9D


def _with_raw_artist(value: bytes) -> bytes:
    """A JPEG whose Artist holds bytes of any encoding, as cameras and Windows write it."""
    marked = picture("JPEG", exif=exif(ARTIST, "A" * len(value)))
    assert b"A" * len(value) in marked
    return marked.replace(b"A" * len(value), value, 1)


def _png_text(value: bytes) -> bytes:
    made = PngImagePlugin.PngInfo()
    made.add_text("Author", value.decode("latin-1"))
    return picture("PNG", pnginfo=made)


def _images() -> Rows:
    def at(likelihood: Any, how: str, file: str, data: bytes, why: str = "") -> Plant:
        return Plant(kind="images", likelihood=likelihood, how=how, file=file, data=data, why=why)

    words = NAME.encode()
    yield at("A", "EXIF Artist", "a.jpg", picture("JPEG", exif=exif(ARTIST, words)))
    yield at("A", "EXIF description", "a.jpg", picture("JPEG", exif=exif(DESCRIPTION, words)))
    yield at(
        "A", "author of Windows", "a.jpg", picture("JPEG", exif=exif(XP_AUTHOR, NAME.encode("utf-16-le")))
    )
    yield at("A", "JPEG comment", "a.jpg", picture("JPEG", comment=words))
    yield at("A", "position", "a.jpg", b.image("JPEG", gps=True))
    yield at("B", "XMP", "a.jpg", b.image("JPEG", NAME, where="xmp"))
    yield at("B", "copyright", "a.jpg", picture("JPEG", exif=exif(COPYRIGHT, words)))
    yield at("B", "PNG text", "a.png", b.image("PNG", NAME))
    yield at("B", "PNG text, packed", "a.png", b.image("PNG", NAME, where="compressed"))
    yield at("B", "after the end", "a.png", picture("PNG") + words)
    yield at("B", "WebP", "a.webp", b.image("WEBP", NAME, where="exif"))
    yield at("B", "GIF comment", "a.gif", b.image("GIF", NAME))
    yield at("B", "telephone in EXIF", "a.jpg", picture("JPEG", exif=exif(ARTIST, f"tel {PHONE}")))
    yield at("B", "somebody's telephone in EXIF", "a.jpg", picture("JPEG", exif=exif(ARTIST, "13700012345")))
    yield at("B", "identity number in PNG", "a.png", _png_text(CARD.encode()))
    yield at("B", "birth date in EXIF", "a.jpg", picture("JPEG", exif=exif(DESCRIPTION, "born 1969-12-03")))
    yield at("B", "pinyin in EXIF", "a.jpg", picture("JPEG", exif=exif(ARTIST, "Ji Huaipu")))
    yield at("C", "XMP in UTF-16", "a.png", picture("PNG") + NAME.encode("utf-16-be"))
    yield at("C", "drawn", "a.png", picture("PNG"), "the audit reads no pixels; people look at pictures")


def _old_encodings() -> Rows:
    kind: Class = "old encodings in binaries"
    gb, big5 = NAME.encode("gb18030"), opencc.OpenCC("s2t").convert(NAME).encode("big5")
    short = "骆允".encode("gb18030")

    def at(likelihood: Any, how: str, file: str, data: bytes, why: str = "") -> Plant:
        return Plant(kind=kind, likelihood=likelihood, how=how, file=file, data=data, why=why)

    yield at("A", "EXIF Artist in GB 18030", "a.jpg", _with_raw_artist(gb))
    yield at("A", "PDF author in GB 18030", "a.pdf", _pdf_with_info("/Author", gb))
    yield at("B", "PDF title in Big5", "a.pdf", _pdf_with_info("/Title", big5))
    yield at("B", "EXIF Artist in Big5", "a.jpg", _with_raw_artist(big5))
    yield at("B", "JPEG comment in GB 18030", "a.jpg", picture("JPEG", comment=gb))
    yield at("B", "JPEG comment in Big5", "a.jpg", picture("JPEG", comment=b"by " + big5))
    yield at("B", "PNG text in GB 18030", "a.png", _png_text(gb))
    yield at("B", "PNG text in Big5", "a.png", _png_text(big5))
    yield at("B", "member of a zip in GB 18030", "a.zip", _zip_named(gb))
    yield at("B", "member of a zip in Big5", "a.zip", _zip_named(big5))
    yield at("B", "comment of a zip in GB 18030", "a.zip", _zip_comment(gb))
    yield at("B", "blob in GB 18030", "a.sqlite", _blob("姓名：".encode("gb18030") + gb))
    yield at("B", "blob in Big5", "a.sqlite", _blob(big5))
    yield at("B", "bytes of another program", "a.png", picture("PNG") + b"\0" + gb + b"\0")
    yield at("B", "unit in GB 18030 after the end", "a.jpg", picture("JPEG") + UNIT.encode("gb18030"))
    yield at(
        "C",
        "two characters in noise",
        "a.png",
        picture("PNG") + b"\xff\x00" + short,
        "four bytes stand by chance in compressed data",
    )


def _zip_named(name: bytes) -> bytes:
    """An archive whose member's name is bytes without the flag for UTF-8, as Windows packs it."""
    stand_in = "x" * len(name) + ".txt"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(stand_in, "无关")
    return out.getvalue().replace(b"x" * len(name), name)


def _zip_comment(comment: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("a.txt", "无关")
        made.comment = comment
    return out.getvalue()


def _database(statements: list[tuple[str, tuple[Any, ...]]]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.sqlite"
        connection = sqlite3.connect(path)
        for statement, values in statements:
            connection.execute(statement, values)
        connection.commit()
        connection.close()
        return path.read_bytes()


def _blob(value: bytes) -> bytes:
    return _database([("create table a (b blob)", ()), ("insert into a values (?)", (value,))])


def _workbook(change: Callable[[Workbook], object]) -> bytes:
    book = Workbook()
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _word(change: Callable[[Any], object]) -> bytes:
    made = Document()
    change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _packed() -> Rows:
    def at(likelihood: Any, how: str, file: str, data: bytes, why: str = "") -> Plant:
        return Plant(
            kind="zip, xlsx, docx, sqlite", likelihood=likelihood, how=how, file=file, data=data, why=why
        )

    def sheet(book: Workbook) -> Any:
        return book.active

    def commented(book: Workbook) -> None:
        from openpyxl.comments import Comment

        sheet(book)["A1"].comment = Comment(NAME, "x")

    yield at("A", "cell", "a.xlsx", b.workbook(NAME))
    yield at("A", "author of a workbook", "a.xlsx", b.workbook_properties(NAME))
    yield at("A", "comment of a cell", "a.xlsx", _workbook(commented))
    yield at("A", "name of a sheet", "a.xlsx", _workbook(lambda book: setattr(sheet(book), "title", NAME)))
    yield at("A", "hidden sheet", "a.xlsx", _workbook(lambda book: book.create_sheet(NAME)))
    yield at("A", "paragraph", "a.docx", _word(lambda made: made.add_paragraph(NAME)))
    yield at(
        "A", "author of a document", "a.docx", _word(lambda m: setattr(m.core_properties, "author", NAME))
    )
    yield at(
        "A", "header", "a.docx", _word(lambda m: setattr(m.sections[0].header.paragraphs[0], "text", NAME))
    )
    yield at("A", "member of an archive", "a.zip", b.archive(NAME))
    yield at("A", "name of a member", "a.zip", b.archive("无关", name=f"{NAME}.txt"))
    yield at("A", "row", "a.sqlite", b.database(NAME))
    yield at("B", "runs of one character", "a.docx", b.document(NAME))
    yield at("B", "comment of an archive", "a.zip", b.archive("无关", comment=NAME))
    yield at("B", "archive in an archive", "a.zip", b.archive(b.archive(NAME), name="b.zip"))  # type: ignore[arg-type]
    yield at("B", "workbook in an archive", "a.zip", b.archive(b.workbook(NAME), name="b.xlsx"))  # type: ignore[arg-type]
    yield at(
        "B", "picture in an archive", "a.zip", b.archive(picture("JPEG", comment=NAME.encode()), name="b.jpg")
    )  # type: ignore[arg-type]
    yield at("B", "deleted row", "a.sqlite", b.database(NAME * 3, deleted=True))
    yield at("B", "blob", "a.sqlite", b.database(NAME, blob=True))
    yield at("B", "name of a table", "a.sqlite", b.database("无关", table_name=NAME))
    yield at(
        "B",
        "full text",
        "a.sqlite",
        _database([("create virtual table a using fts5(b)", ()), ("insert into a values (?)", (NAME,))]),
    )
    yield at("B", "packed twice", "a.txt.gz.gz", b.packed(b.packed(NAME.encode())))
    yield at("B", "telephone as a number", "a.xlsx", _workbook(lambda book: sheet(book).append([int(PHONE)])))
    yield at("B", "two cells", "a.xlsx", _workbook(lambda book: sheet(book).append(["冀怀朴", 3])))
    yield at(
        "B", "birth date as a cell", "a.csv", b"\xef\xbb\xbf" + "编号,出生日期\r\n1,1969/12/3\r\n".encode()
    )
    yield at(
        "C",
        "surname and given name in two cells",
        "a.csv",
        "姓,名\n冀,朴\n".encode(),
        "a cell of one character stands everywhere",
    )
    yield at(
        "C",
        "contentless full text",
        "a.sqlite",
        _database(
            [
                ("create virtual table a using fts5(b, content='')", ()),
                ("insert into a(rowid, b) values (1, ?)", (" ".join("冀朴"),)),
            ]
        ),
        "such an index keeps no text",
    )


def _pdf_with_info(key: str, value: bytes) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_metadata({"/Producer": "x"})
    info = writer._info
    assert info is not None
    info.get_object()[NameObject(key)] = ByteStringObject(value)  # type: ignore[index]
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _reversed_pdf(words: str) -> bytes:
    """A page whose characters are drawn last to first, each at its place."""
    import typst

    parts = "".join(
        f"#place(top + left, dx: {10 + 12 * place}pt, dy: 20pt)[{character}]\n"
        for place, character in reversed(list(enumerate(words)))
    )
    return typst.compile(f"#set page(width: 9cm, height: 4cm)\n#set text(size: 11pt)\n{parts}".encode())


def _annotated_pdf(words: str, *, appearance: bool) -> bytes:
    import typst

    drawn = PdfWriter(
        clone_from=io.BytesIO(typst.compile(f"#set page(width: 9cm, height: 4cm)\n{words}".encode()))
    )
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if not appearance:
        writer.add_annotation(0, FreeText(text=words, rect=(10, 10, 100, 40)))
    else:
        page = drawn.pages[0]
        form = StreamObject()
        form.set_data(page.get_contents().get_data())  # type: ignore[union-attr]
        form[NameObject("/Type")], form[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
        form[NameObject("/BBox")] = page.mediabox
        form[NameObject("/Resources")] = page["/Resources"].get_object().clone(writer)  # type: ignore[union-attr]
        note = FreeText(text="公示", rect=(10, 10, 100, 40))
        note[NameObject("/AP")] = DictionaryObject({NameObject("/N"): writer._add_object(form)})
        writer.add_annotation(0, note)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _pdf() -> Rows:
    def at(likelihood: Any, how: str, data: bytes, why: str = "") -> Plant:
        return Plant(kind="PDF", likelihood=likelihood, how=how, file="a.pdf", data=data, why=why)

    yield at("A", "text", b.pdf(NAME))
    yield at("A", "title", b.pdf(title=NAME))
    yield at("A", "telephone in the title", b.pdf(title=f"tel {PHONE}"))
    yield at("A", "title with somebody's telephone", b.pdf(title="13700012345"))
    yield at("B", "attachment", b.pdf(attachment=NAME.encode()))
    yield at("B", "metadata", b.pdf(xmp=f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><a>{NAME}</a></x:xmpmeta>"))
    yield at("B", "spaced text", b.pdf(" ".join(NAME)))
    yield at("B", "text in reversed order of drawing", _reversed_pdf(NAME))
    yield at("B", "a note", _annotated_pdf(NAME, appearance=False))
    yield at("B", "the appearance of a note", _annotated_pdf(NAME, appearance=True))
    yield at("B", "an earlier revision", b.pdf(title=NAME) + b"\nstartxref\n0\n%%EOF")
    yield at("B", "a locked document", b.pdf(password="x"))
    yield at("C", "text in a picture", b.pdf("公示"), "the audit reads no pixels; people look at scans")


def _numbers() -> Rows:
    page = partial(_in_page, "numbers")
    yield from page(
        "A",
        {
            "telephone": PHONE,
            "telephone in groups": "139 8765 4321",
            "telephone with hyphens": "139-8765-4321",
            "telephone of somebody": "联系电话：13700012345",
            "telephone in full-width figures": "１３９８７６５４３２１",
            "identity number": CARD,
            "identity number of somebody": "身份证号420106199003071230",
            "bank card": BANK,
            "certificate": CERTIFICATE,
            "e-mail address": MAIL,
            "internal case number": CASE,
        },
    )
    yield from page(
        "B",
        {
            "with 86": f"+86 {PHONE}",
            "in Chinese numerals": "一三九八七六五四三二一",
            "with 幺": "幺三九八七六五四三二幺",
            "parted by 、": "139、8765、4321",
            "somebody's, parted by 、": "137、0001、2345",
            "parted by tags": "<span>139</span><p>8765</p><p>4321</p>",
            "parted by inline tags": "<b>139</b><i>8765</i>4321",
            "parted by +": "139+8765+4321",
            "somebody's, parted by +": "137+0001+2345",
            "glued to letters": f"tel{PHONE}",
            "glued before letters": f"{PHONE}wx",
            "somebody's, glued to letters": "微信wx13700012345",
            "somebody's, glued to tel": "Tel13700012345",
            "digit by digit": " ".join(PHONE),
            "dots": "139.8765.4321",
            "brackets": "(139)8765-4321",
            "mathematical figures": "".join(chr(0x1D7CE + int(c)) for c in PHONE),
            "identity number in groups": f"{CARD[:6]} {CARD[6:14]} {CARD[14:]}",
            "bank card in groups": "6222 0200 0001 2345 678",
            "certificate without hyphens": CERTIFICATE.replace("-", ""),
            "certificate in small letters": CERTIFICATE.lower(),
            "e-mail with (at)": "huai.pu(at)mail.example.cn",
            "e-mail with [at] and [dot]": "huai.pu [at] mail [dot] example [dot] cn",
            "e-mail with 艾特": "huai.pu艾特mail.example.cn",
            "somebody's e-mail with (at)": "someone(at)example.cn",
            "somebody's e-mail with full-width brackets": "someone（at）example.cn",
            "e-mail in full-width letters": "ｈｕａｉ．ｐｕ＠ｍａｉｌ．ｅｘａｍｐｌｅ．ｃｎ",
            "call link": f'<a href="tel:+86{PHONE}">电话</a>',
            "case number without hyphen": "WH267731",
            "half in figures": "139八七六五4321",
            "number plate": "鄂A12345",
            "masked telephone": "139****4321",
            "masked telephone, full-width": "139＊＊＊＊4321",
            "masked identity number": f"{CARD[:6]}********{CARD[-4:]}",
            "telephone with three figures left": "139*****321",
            "masked bank card": f"{BANK[:6]} **** **** {BANK[-4:]}",
            "last four figures": "尾号4321",
            "last four figures of a card": f"银行卡尾号为{BANK[-4:]}",
        },
    )
    never = "nobody writes so by accident"
    yield from page("C", {"backwards": PHONE[::-1]}, never)
    yield from page("C", {"in Roman figures": "I III IX VIII VII VI V IV III II I"}, never)
    yield from page("C", {"masked by letters": "139xxxx4321"})
    yield from page(
        "C",
        {"one figure at either end": f"{CARD[0]}****************{CARD[-1]}"},
        "two figures fit one number in a hundred",
    )
    yield from page("C", {"words of tens": "一百三十九、八十七、六十五、四十三、二十一"}, never)


def _addresses() -> Rows:
    page = partial(_in_page, "addresses")
    yield from page(
        "A",
        {
            "whole": HOME,
            "without the district": "芦荻湾路19号芦荻湾小区12栋3单元501室",
            "without its tail": "武汉市江岸区芦荻湾路19号",
            "as figures and hyphens": "芦荻湾小区12-3-501",
            "with 住": "家住江岸区球场路12号",
            "estate and building": "芦荻湾小区12栋",
        },
    )
    yield from page(
        "B",
        {
            "Chinese numerals": "芦荻湾路十九号",
            "Chinese numerals, all": "芦荻湾小区十二栋三单元五〇一室",
            "road and number": "事发芦荻湾路19号附近",
            "anybody's estate, building and room": "白鹭家园5栋201室",
            "anybody's 号楼": "白鹭小区5号楼201室",
            "anybody's with unit": "5栋2单元201室",
            "anybody's with hyphens": "白鹭小区5-2-201",
            "blanks": "芦荻湾路 19 号",
            "full-width figures": "芦荻湾路１９号",
            "number and extension": "住芦荻湾路19-1",
            "estate and room": "芦荻湾小区12栋501",
        },
    )
    yield from page("C", {"road alone": "芦荻湾路"}, "a road is a public word")
    yield from page(
        "C", {"described": "湾边第三排的红房子"}, "only the office knows it: private.never_publish"
    )


def _others() -> Rows:
    page = partial(_in_page, "other words")
    yield from page(
        "A",
        {
            "birth date": "1969年12月3日出生",
            "birth date without 出生": "男，1969年12月3日，汉族",
            "birth date in figures": "1969-12-03",
            "unit": f"{UNIT}职工",
            "school": f"就读于{SCHOOL}",
            "group": GROUP,
            "note": NOTE,
            "a sentence of a narrative": "他在江边看见两个孩子落水后立即脱下外衣跳入齐腰深的江水中",
            "unpublished id": ID,
        },
    )
    yield from page(
        "B",
        {
            "birth date, two figures": "69.12.03生",
            "birth date, two figures, 年": "69年12月3日生",
            "birth date in English": "Born: December 3, 1969",
            "birth date in English, short": "born 3 Dec 1969",
            "birth date with slashes": "1969/12/3",
            "birth date with points": "1969.12.03",
            "birth date of eight figures": "生日19691203",
            "birth date in Chinese numerals": "一九六九年十二月三日",
            "somebody's birth date": "1981年2月3日出生",
            "half a sentence": "立即脱下外衣跳入齐腰深的江水",
            "the middle of a sentence": "三次潜入水底将两人推上趸船",
            "two halves of a sentence": "跳入齐腰深的江水中，先后三次潜入水底",
            "a narrative with other punctuation": "自己却被渡船的缆绳绊住；由闻讯赶来的渔民用竹篙救起",
            "unit in traditional characters": opencc.OpenCC("s2t").convert(UNIT),
            "school in pinyin": "ludiwan-di-er-xiao-xue",
            "part of a note": "不愿被旧邻居知道行踪",
            "masked person's name": MASKED,
            "masked person in a comment": f"<!-- 原名{MASKED} -->",
        },
    )
    yield from page(
        "C", {"told in other words": "他从江里救起了两名儿童"}, "no program knows what words mean"
    )
    yield from page("C", {"a short passage": "渔民用竹篙"}, "so few characters stand elsewhere too")


def _names() -> Rows:
    def at(likelihood: Any, how: str, file: str, why: str = "") -> Plant:
        return Plant(kind="file names", likelihood=likelihood, how=how, file=file, data=b"<p></p>", why=why)

    yield at("A", "as it is", f"{NAME}.html")
    yield at("A", "folder", f"{NAME}/index.html")
    yield at("A", "pinyin", "ji-huai-pu.html")
    yield at("A", "among others", f"img/{NAME}照片.html")
    yield at("B", "percent", f"{urllib.parse.quote(NAME)}.html")
    yield at("B", "camel case", "photoJiHuaipu.html")
    yield at("B", "telephone", f"{PHONE}.html")
    yield at("B", "given name", "怀朴.html")
    yield at("B", "traditional characters", f"{opencc.OpenCC('s2t').convert(COMPOUND)}.html")
    yield at("B", "mask", "冀某某.html")
    yield at("C", "initials", "jhp.html", "three letters stand everywhere")
