"""解包 (unpacking): a built file → everything in it that can be read, packed files within packed files.

Whatever cannot be read to the end is itself a finding: an unknown type, a broken archive, bytes that
are no UTF-8, an encrypted document. Nothing is skipped in silence.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import importlib
import io
import re
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import PurePosixPath
from typing import Any

from generator.audit.decoding import VALUE_END
from generator.audit.leaks import Problem
from generator.audit.log_hashes import is_log_text, is_sound_tile, is_tile, without_noise
from generator.audit.search_files import is_block, is_sound_word_list, is_word_list, rows_of_block
from generator.spellings.encodings import old_texts

DEEPEST = 6
SEGMENT = 4 * 1024 * 1024
OVERLAP = 8 * 1024
"""Bytes; the longest sentence that is searched for is far shorter than three quarters of them."""
_BORDERS = tuple(
    re.compile(border) for border in (rb"\n", rb"(?=<)", r"""[\s",:;=>()\[\]{}]|，|。|、|；|：""".encode())
)
"""Where a long file may be cut, the best first: at an end of a line, before a tag, after a word."""
LARGEST = 256 * 1024 * 1024
"""Bytes of one unpacked member; a larger one is refused, since an archive can claim any size."""
_NAME_IS_UTF8 = 0x800
_DATA_URI = re.compile(
    rb"data:([A-Za-z0-9.+/-]*)(?:;[A-Za-z0-9=.-]+)*;base64,([A-Za-z0-9+/=_\-\s%]*)", re.IGNORECASE
)
_MEDIA_ENDINGS = {
    "image/svg+xml": ".svg",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "image/x-icon": ".ico",
    "application/json": ".json",
    "application/pdf": ".pdf",
    "text/css": ".css",
    "text/html": ".html",
    "text/javascript": ".js",
    "application/javascript": ".js",
    "text/plain": ".txt",
    "text/csv": ".csv",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """一份内容 of a file: ``text``, or ``data`` that is no text, or a ``problem`` with its reason.

    ``inner`` is the way to it inside a packed file. ``kind`` of a text: markup, data, code (written
    by programmers: licences hold their e-mail addresses), calendar,
    names (values that are mostly technical: of numbers only those count that check themselves), path
    (a name inside an archive).
    ``address`` is the page it belongs to, when the content says so. ``lines_before`` are the lines of the
    file before a text that is a part of it.
    """

    inner: str = ""
    text: str | None = None
    data: bytes | None = None
    kind: str = "data"
    problem: Problem | None = None
    reason: str = ""
    address: str = ""
    lines_before: int = 0


def segments(data: bytes) -> Iterator[tuple[int, int]]:
    """分段: (start, end) of parts that can be read one after another, so that a file of many megabytes, a list
    of all records, needs little memory. Each begins before the last one's end, by up to :data:`OVERLAP` bytes
    and at least three quarters of them."""
    start, end = 0, min(len(data), SEGMENT)
    while True:
        end = _cut(data, end)
        yield start, end
        if end == len(data):
            return
        start, end = _cut(data, end - OVERLAP), min(len(data), end + SEGMENT)


def _cut(data: bytes, at: int) -> int:
    """The place near ``at``, not before it, where a cut leaves nothing that looks like another word: the rest of
    a longer name may be a name that is withheld. In noise, which has no such place, between characters."""
    last = at + OVERLAP // 4
    if last >= len(data):
        return len(data)
    for border in _BORDERS:
        if found := border.search(data, at, last):
            return found.end()
    return next((place for place in range(at, last) if data[place] & 0xC0 != 0x80), at)


def unpack(name: str, data: bytes, *, inner: str = "", depth: int = 0) -> Iterator[Piece]:
    """拆出全部内容 of the file ``name`` (its ending decides its type) with the bytes ``data``."""
    if depth > DEEPEST:
        yield _fault(inner, "too_deep")
        return
    reader = reader_of(name)
    if reader is None:
        yield Piece(inner=inner, data=data)
        yield Piece(inner=inner, problem=Problem.UNKNOWN_TYPE)
        return
    # A broken or hostile file may make a parser raise anything; whatever it is, the file was not
    # read, and that is what has to be told. Its message may hold what must not be shown.
    try:
        yield from reader(_Source(name=name, data=data, inner=inner, depth=depth))
    except Exception as error:
        yield _fault(inner, _reason(error))


def reader_of(name: str) -> Callable[[_Source], Iterator[Piece]] | None:
    """How files of this name are read; None for an unknown type."""
    if is_tile(name):
        return _tile
    if is_log_text(name):
        return _log_text
    if is_word_list(name):
        return _word_list
    if is_block(name):
        return _texts_of_pages
    last = name.rstrip("/").rpartition("/")[2]
    if last in _NAMES:
        return _NAMES[last]
    return _ENDINGS.get("." + last.rpartition(".")[2].lower() if "." in last else "")


def kind_of_text(name: str) -> str:
    """The kind of its one text, of a file that is nothing but a text in UTF-8; empty for any other."""
    reader = reader_of(name)
    return next((kind for kind, read in (("markup", _markup), ("data", _plain)) if read is reader), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    name: str
    data: bytes
    inner: str
    depth: int

    def member(self, name: str, data: bytes) -> Iterator[Piece]:
        yield from unpack(
            name, data, inner=f"{self.inner}!{name}" if self.inner else name, depth=self.depth + 1
        )


def _fault(inner: str, reason: str) -> Piece:
    return Piece(inner=inner, problem=Problem.UNREADABLE, reason=reason)


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "not_utf8"
    return str(error) if isinstance(error, _UnreadableError) else "cannot_unpack"


class _UnreadableError(Exception):
    """Carries a reason out of ``words.yml``."""


# --- text ------------------------------------------------------------------------------------------


def _text(kind: str) -> Callable[[_Source], Iterator[Piece]]:
    def read(source: _Source) -> Iterator[Piece]:
        yield from _readable(source, kind)

    return read


def _readable(source: _Source, kind: str) -> Iterator[Piece]:
    lines = before = 0
    for start, end in segments(source.data):
        lines += source.data.count(b"\n", before, start)
        before = start
        text = source.data[start:end].decode("utf-8" if start else "utf-8-sig")
        yield Piece(inner=source.inner, text=text.replace(VALUE_END, " "), kind=kind, lines_before=lines)
    if b";base64," in source.data or b";BASE64," in source.data or b";Base64," in source.data:
        for number, found in enumerate(_DATA_URI.finditer(source.data)):
            media = found[1].decode("ascii").lower()
            encoded = re.sub(rb"\s|%0[AaDd]|%20", b"", found[2]).replace(b"%3D", b"=").rstrip(b"=")
            if not encoded:
                continue  # A program's text that puts such an address together.
            try:
                content = base64.b64decode(
                    encoded + b"=" * (-len(encoded) % 4),
                    altchars=b"-_" if b"-" in encoded or b"_" in encoded else b"+/",
                    validate=True,
                )
            except binascii.Error:
                yield _fault(source.inner, "cannot_unpack")
                continue
            yield from source.member(
                f"data-{number}{_MEDIA_ENDINGS.get(media, '.' + media.replace('/', '-'))}", content
            )


def _mail(source: _Source) -> Iterator[Piece]:
    """A letter (RFC 5322): its head in words, and each of its parts, decoded."""
    from email import message_from_bytes, policy

    yield Piece(inner=source.inner, data=source.data)
    message = message_from_bytes(source.data, policy=policy.default)
    head = VALUE_END.join(f"{name}: {value}" for name, value in message.items())
    yield Piece(inner=source.inner, text=head)
    for number, part in enumerate(message.walk()):
        if part.defects:
            raise _UnreadableError("cannot_unpack")
        if not part.is_multipart():
            ending = _MEDIA_ENDINGS.get(part.get_content_type(), ".unknown")
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            yield from source.member(f"part-{number}{ending}", content)


def _calendar(source: _Source) -> Iterator[Piece]:
    """RFC 5545 folds lines, even in the middle of a character."""
    unfolded = (
        source.data.replace(b"\r\n ", b"").replace(b"\r\n\t", b"").replace(b"\n ", b"").replace(b"\n\t", b"")
    )
    yield Piece(inner=source.inner, text=unfolded.decode("utf-8"), kind="calendar")


def _tile(source: _Source) -> Iterator[Piece]:
    """A tile of the log has nothing to read, if it is one."""
    if not is_sound_tile(source.name, source.data):
        yield Piece(inner=source.inner, data=source.data)
        yield _fault(source.inner, "cannot_unpack")


def _log_text(source: _Source) -> Iterator[Piece]:
    yield Piece(inner=source.inner, text=without_noise(source.data))


# --- packed ----------------------------------------------------------------------------------------


def _gzip(source: _Source) -> Iterator[Piece]:
    yield Piece(inner=source.inner, data=source.data)
    yield from source.member(PurePosixPath(source.name).stem, _inflate(source.data))


def _inflate(data: bytes) -> bytes:
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
        content = packed.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise _UnreadableError("too_large")
    return content


def _brotli(source: _Source) -> Iterator[Piece]:
    try:
        brotli: Any = importlib.import_module("brotli")
    except ModuleNotFoundError:
        raise _UnreadableError("no_decoder") from None
    yield Piece(inner=source.inner, data=source.data)
    yield from source.member(PurePosixPath(source.name).stem, brotli.decompress(source.data))


def _zip(source: _Source) -> Iterator[Piece]:
    yield Piece(inner=source.inner, data=source.data)
    with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
        yield from _words(source.inner, archive.comment)
        for member in archive.infolist():
            if member.flag_bits & 1:
                raise _UnreadableError("encrypted")
            if member.file_size > LARGEST:
                raise _UnreadableError("too_large")
            # Without the flag for UTF-8 a name has no encoding that anybody knows.
            flagged = member.flag_bits & _NAME_IS_UTF8
            yield Piece(inner=source.inner, text=member.filename, kind="path")
            if not flagged:
                yield from _words(source.inner, member.orig_filename.encode("cp437", "replace"), "path")
            yield from _words(source.inner, member.comment)
            if not member.is_dir():
                yield from source.member(member.filename, archive.read(member))


def _words(inner: str, value: bytes, kind: str = "data") -> Iterator[Piece]:
    """A short value of a file that does not say how it is encoded: in UTF-8, or in an old encoding."""
    texts = [value.decode("utf-8", "replace"), *old_texts(value)]
    for text in texts if value else ():
        yield Piece(inner=inner, text=text, kind=kind)


# --- search index ----------------------------------------------------------------------------------


def _texts_of_pages(source: _Source) -> Iterator[Piece]:
    """A block of the search: each line is of one page, and is judged as that page is."""
    for number, (line, address) in enumerate(rows_of_block(source.data)):
        yield Piece(inner=source.inner, text=line, address=address, lines_before=number)


def _word_list(source: _Source) -> Iterator[Piece]:
    """A file of the word index has nothing to read, if it is one; what it leads to stands in the blocks of texts."""
    if not is_sound_word_list(source.data):
        yield Piece(inner=source.inner, data=source.data)
        yield _fault(source.inner, "cannot_unpack")


# --- data base, documents, images ------------------------------------------------------------------


def _sqlite(source: _Source) -> Iterator[Piece]:
    # The bytes first: deleted rows stay in the file until it is vacuumed.
    yield Piece(inner=source.inner, data=source.data)
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(source.data)
        connection.text_factory = lambda value: value.decode("utf-8")
        schema = connection.execute("select type, name, sql from sqlite_master order by name").fetchall()
        yield Piece(inner=source.inner, text=VALUE_END.join(str(value) for row in schema for value in row))
        for kind, table, sql in schema:
            # What a virtual table holds stands in the plain tables it keeps.
            if kind == "table" and not str(sql).upper().startswith("CREATE VIRTUAL"):
                quoted = table.replace('"', '""')
                yield from _rows(source, table, connection.execute(f'select * from "{quoted}"'))
    finally:
        connection.close()


def _rows(source: _Source, table: str, rows: sqlite3.Cursor) -> Iterator[Piece]:
    inner = f"{source.inner}!{table}" if source.inner else table
    while batch := rows.fetchmany(1000):
        values = [value for value in chain.from_iterable(batch) if value is not None]
        data = [value for value in values if isinstance(value, bytes)]
        text = VALUE_END.join([str(value) for value in values if not isinstance(value, bytes)])
        yield Piece(inner=inner, text=text)
        for value in data:
            yield Piece(inner=inner, data=value)
            yield from _words(inner, value, "names")


def _pdf(source: _Source) -> Iterator[Piece]:
    from pypdf import PdfReader
    from pypdf.generic import ByteStringObject, StreamObject, TextStringObject

    yield Piece(inner=source.inner, data=source.data)
    if source.data.count(b"startxref") > 1:
        raise _UnreadableError("several_revisions")
    reader = PdfReader(io.BytesIO(source.data), strict=True)
    if reader.is_encrypted:
        raise _UnreadableError("encrypted")
    for number, page in enumerate(reader.pages, start=1):
        inner = f"{source.inner}!{number}" if source.inner else str(number)
        for kind, text in _page_texts(page):
            yield Piece(inner=inner, text=text, kind=kind)
    words: list[str] = []
    for number in range(1, int(str(reader.trailer["/Size"]))):
        thing = reader.get_object(number)
        pending: list[Any] = [thing, reader.trailer] if number == 1 else [thing]
        while pending:
            item = pending.pop()
            if isinstance(item, dict):
                pending.extend(item.values())
                words.extend(str(key)[1:] for key in item)
            elif isinstance(item, list):
                pending.extend(item)
            elif isinstance(item, ByteStringObject | TextStringObject):
                yield Piece(inner=source.inner, data=item.original_bytes)
                words += [str(item), *old_texts(item.original_bytes)]
        if isinstance(thing, StreamObject) and thing.get("/Subtype") != "/Image":
            yield from _pdf_stream(source, thing)
    yield Piece(inner=source.inner, text=VALUE_END.join(words), kind="names")


def _page_texts(page: Any) -> Iterator[tuple[str, str]]:
    """(kind, text): what a page says in the order in which it is drawn; as it stands on the paper, where that is
    another order; and what its notes show. On paper numbers stand side by side that are no one number."""
    placed: list[tuple[int, float, str]] = []

    def note_place(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        if text.strip():
            across = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            up = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            placed.append((-round(up), across, text))

    drawn: str = page.extract_text(visitor_text=note_place)
    yield "data", drawn
    seen = " ".join(text for _, _, text in sorted(placed))
    if "".join(seen.split()) != "".join(drawn.split()):
        yield "names", seen
    for note in page.get("/Annots") or ():
        shown: Any = note.get_object().get("/AP", {}).get("/N", {})
        shown = shown.get_object()
        # One appearance, or one for each state of the note.
        for form in (shown,) if hasattr(shown, "get_data") else shown.values():
            yield "data", page.extract_xform_text(form.get_object())


def _pdf_stream(source: _Source, stream: Any) -> Iterator[Piece]:
    content = stream.get_data()
    yield Piece(inner=source.inner, data=content)
    if stream.get("/Type") == "/Metadata":
        yield Piece(inner=source.inner, text=content.decode("utf-8"), kind="markup")
    elif stream.get("/Type") == "/EmbeddedFile":
        media = str(stream.get("/Subtype", ""))[1:].replace("#2F", "/")
        yield from source.member(f"attachment{_MEDIA_ENDINGS.get(media, '.unknown')}", content)


def _image(source: _Source) -> Iterator[Piece]:
    from PIL import ExifTags, Image

    yield Piece(inner=source.inner, data=source.data)
    with Image.open(io.BytesIO(source.data)) as image:
        image.load()
        expected = PurePosixPath(source.name).suffix.lower().lstrip(".").replace("jpg", "jpeg")
        if (image.format or "").lower() != expected:
            raise _UnreadableError("not_of_its_type")
        words: list[str] = []
        pending: list[Any] = [image.info]
        exif = image.getexif()
        pending.append(dict(exif))
        for directory in ExifTags.IFD:
            values = exif.get_ifd(directory)
            if values and directory is ExifTags.IFD.GPSInfo:
                yield Piece(inner=source.inner, problem=Problem.POSITION)
            pending.append(values)
        while pending:
            item = pending.pop()
            if isinstance(item, dict):
                pending.extend(item.keys())
                pending.extend(item.values())
            elif isinstance(item, list | tuple):
                pending.extend(item)
            elif isinstance(item, bytes):
                yield Piece(inner=source.inner, data=item)
                words += [
                    item.decode("utf-8", "replace"),
                    item.decode("utf-16-le", "replace"),
                    *old_texts(item),
                ]
            elif isinstance(item, str):
                # Metadata are read as Latin-1 where they do not say otherwise, and are often UTF-8.
                as_bytes = item.encode("latin-1", "replace")
                words += [item, as_bytes.decode("utf-8", "replace"), *old_texts(as_bytes)]
        yield Piece(inner=source.inner, text=VALUE_END.join(words), kind="names")


_markup, _plain, _code = _text("markup"), _text("data"), _text("code")
_ENDINGS: dict[str, Callable[[_Source], Iterator[Piece]]] = {
    **dict.fromkeys(
        (".html", ".htm", ".xml", ".atom", ".rss", ".xsl", ".svg", ".rels", ".vml", ".xhtml"), _markup
    ),
    **dict.fromkeys(
        (".json", ".jsonl", ".jsonld", ".webmanifest", ".geojson", ".csv", ".tsv", ".txt", ".md", ".yml"),
        _plain,
    ),
    **dict.fromkeys((".js", ".mjs", ".css", ".map"), _code),
    ".eml": _mail,
    ".ics": _calendar,
    ".gz": _gzip,
    ".br": _brotli,
    **dict.fromkeys((".zip", ".xlsx", ".docx", ".ods"), _zip),
    **dict.fromkeys((".db", ".sqlite", ".sqlite3"), _sqlite),
    ".pdf": _pdf,
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".webp", ".gif", ".ico"), _image),
}
_NAMES: dict[str, Callable[[_Source], Iterator[Piece]]] = dict.fromkeys(
    ("CNAME", "_headers", "_redirects", ".nojekyll", "[Content_Types].xml"), _plain
)
