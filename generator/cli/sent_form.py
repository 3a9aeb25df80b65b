"""送来的表单 (sent form): what a browser posts to the desk, fields and chosen files, as names and values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

MEDIA = ("application/x-www-form-urlencoded", "multipart/form-data")
"""Types of a form that are read."""
_MOST_FIELDS = 20_000
_NAME = re.compile(rb'\bname="([^"]*)"')
_BOUNDARY = re.compile(r'boundary="?([0-9A-Za-z\'()+_,./:=? -]{1,70})"?')


@dataclass(frozen=True, slots=True)
class SentForm:
    """一张表单. ``lists`` has all values of each name, ``form`` the one, or several as lines; ``files`` holds what was chosen,
    and nothing of a control for which nothing was."""

    form: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)


def read_form(media: str, body: bytes) -> SentForm:
    """The form in ``body``; ``media`` is its Content-Type. Raises ``ValueError`` for what no browser sends."""
    files: dict[str, bytes] = {}
    if media.partition(";")[0].strip() == MEDIA[1]:
        pairs = []
        for name, value, is_file in _parts(media, body):
            if is_file:
                files |= {name: value} if value else {}
            else:
                pairs.append((name, value.decode()))
    else:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    lists: dict[str, tuple[str, ...]] = {}
    for name, text in pairs:
        lists[name] = (*lists.get(name, ()), text)
    form = {
        name: "\n".join(part for part in values if part) if len(values) > 1 else values[0]
        for name, values in lists.items()
    }
    return SentForm(form=form, lists=lists, files=files)


def _parts(media: str, body: bytes) -> Iterator[tuple[str, bytes, bool]]:
    """(name, content, whether it is a file) of each part of a form with files."""
    boundary = _BOUNDARY.search(media)
    if boundary is None:
        raise ValueError("no boundary")
    _, *parts, end = (b"\r\n" + body).split(b"\r\n--" + boundary[1].encode())
    if not end.startswith(b"--") or len(parts) > _MOST_FIELDS:
        raise ValueError("no end")
    for part in parts:
        head, blank, content = part.partition(b"\r\n\r\n")
        name = _NAME.search(head)
        if not blank or name is None:
            raise ValueError("a part without a name")
        yield name[1].decode(), content, b'filename="' in head
