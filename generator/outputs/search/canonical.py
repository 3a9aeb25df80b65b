"""定序 (canonical): the same records give the same bytes, and only files that are used stay.

Pagefind puts the values of a filter, and the filters, into an order that changes from run to run.
They are sorted here, and the files that follow from them are named anew after their content.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import cbor2

MARK = b"pagefind_dcd"
"""What every packed file of Pagefind begins with, once unpacked."""

PROGRAMS = ("pagefind.js", "wasm.unknown.pagefind")
"""Its two programs that are used; the others are for its own interface."""

_ENTRY = "pagefind-entry.json"
_AS_THEY_ARE = (".pf_index", ".pf_fragment")
_FILTERS = 3
"""Place of the filters in the metadata: version, pages, chunks, filters, sorts, fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexFiles:
    """一部的文件, as bytes by path: those of the part, and the programs that every part shares."""

    part: dict[str, bytes]
    programs: dict[str, bytes]


def settled(files: Iterable[tuple[str, bytes]]) -> IndexFiles:
    """``files`` as Pagefind made them, the same bytes for the same records.

    Raises ``ValueError`` when they are not of the format known here.
    """
    part: dict[str, bytes] = {}
    programs: dict[str, bytes] = {}
    filters: list[list[Any]] = []
    found: dict[str, bytes] = {}
    for path, data in files:
        ending = PurePosixPath(path).suffix
        if ending in _AS_THEY_ARE:
            part[path] = data
        elif ending == ".pf_filter":
            language = PurePosixPath(path).name.split("_", 1)[0]
            value = _sorted_filter(_decoded(data))
            content = cbor2.dumps(value)
            name = f"{language}_{_digest(content)}"
            part[f"filter/{name}.pf_filter"] = _packed(content)
            filters.append([value[0], name])
        elif path in PROGRAMS:
            programs[path] = data
        elif ending == ".pf_meta" or path == _ENTRY:
            found[path] = data
    part |= _entry_and_metadata(found, sorted(filters, key=str))
    return IndexFiles(part=part, programs=programs)


def _entry_and_metadata(found: Mapping[str, bytes], filters: list[list[Any]]) -> dict[str, bytes]:
    entry = json.loads(found[_ENTRY])
    ((language, about),) = entry["languages"].items()
    meta = _decoded(found[f"pagefind.{about['hash']}.pf_meta"])
    if not isinstance(meta, list) or len(meta) != 6:
        raise ValueError("Pagefind's metadata have another form")
    meta[_FILTERS] = filters
    content = cbor2.dumps(meta)
    about["hash"] = f"{language}_{_digest(content)}"
    # The engine is the same for all parts and lies beside them. The browser puts this word between
    # "wasm." and ".pagefind", below the part's own folder.
    about["wasm"] = "/../../wasm.unknown"
    return {
        f"pagefind.{about['hash']}.pf_meta": _packed(content),
        _ENTRY: json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode(),
    }


def _sorted_filter(value: Any) -> list[Any]:
    if not isinstance(value, list) or len(value) != 2 or not isinstance(value[1], list):
        raise ValueError("a filter of Pagefind has another form")
    return [value[0], sorted(value[1], key=str)]


def _decoded(data: bytes) -> Any:
    """The value of a packed CBOR file, which must be written as this module writes it."""
    content = _unpacked(data)
    try:
        value = cbor2.loads(content)
    except cbor2.CBORDecodeError as error:
        raise ValueError("a file of Pagefind is not CBOR") from error
    if cbor2.dumps(value) != content:
        raise ValueError("Pagefind writes CBOR in another way")
    return value


def _unpacked(data: bytes) -> bytes:
    content = gzip.decompress(data)
    if not content.startswith(MARK):
        raise ValueError("a file of Pagefind does not begin as it should")
    return content[len(MARK) :]


def _packed(content: bytes) -> bytes:
    return gzip.compress(MARK + content, compresslevel=9, mtime=0)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:10]
