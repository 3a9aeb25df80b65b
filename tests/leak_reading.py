"""Reading a built site as somebody would who looks for leaks with other tools than the audit's."""

from __future__ import annotations

import gzip
import html
import io
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from tests.registries import canaries_in

_PERCENT = re.compile(r"(?:%[0-9a-fA-F]{2})+")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


def everything(files: Mapping[str, bytes]) -> str:
    """All text of a site: names of files, contents, contents of what is packed; escapes undone."""
    parts = [*files, *(text_of(name, data) for name, data in files.items())]
    text = "\n".join(parts)
    text = html.unescape(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), text))
    return _PERCENT.sub(lambda found: unquote(found[0], errors="ignore"), text)


def text_of(name: str, data: bytes) -> str:
    """The text of one file."""
    if name.endswith((".xlsx", ".docx", ".zip")):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "\n".join(text_of(member, archive.read(member)) for member in archive.namelist())
    if name.endswith(".gz"):
        return text_of(name[:-3], gzip.decompress(data))
    if name.endswith((".sqlite", ".db")):
        return _database(data)
    return data.decode("utf-8", "ignore")


def leaks(files: Mapping[str, bytes], numbers: list[str]) -> list[str]:
    """Canaries and numbers that stand anywhere in the site."""
    text = everything(files)
    return [*canaries_in(text), *(number for number in numbers if number in text)]


def _database(data: bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.sqlite"
        path.write_bytes(data)
        connection = sqlite3.connect(path)
        try:
            return "\n".join(connection.iterdump())
        finally:
            connection.close()
