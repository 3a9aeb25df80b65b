"""定序 (canonical): the same records give the same bytes, and only files that are used stay.

Pagefind puts the values of a filter, and the filters, into an order that changes from run to run.
They are sorted here, and the files that follow from them are named anew after their content.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from pathlib import Path

from generator.search import cbor

MARK = b"pagefind_dcd"
"""What every packed file of Pagefind begins with, once unpacked."""

PROGRAM = "pagefind.js"
ENGINE = "wasm.unknown.pagefind"
_KEPT = (".pf_meta", "pagefind-entry.json")
_FILTERS = 3
"""Place of the filters in the metadata: version, pages, chunks, filters, sorts, fields."""


def settle(part: Path) -> None:
    """Sort filters, rename what follows from them, drop the files of Pagefind's own interface.

    Raises ``ValueError`` when the files are not of the format known here.
    """
    entry_path = part / "pagefind-entry.json"
    entry = json.loads(entry_path.read_text(encoding="utf-8"))
    ((language, about),) = entry["languages"].items()
    old = part / f"pagefind.{about['hash']}.pf_meta"
    meta = cbor.decode(_unpack(old))
    if not isinstance(meta, list) or len(meta) != 6 or not isinstance(meta[_FILTERS], list):
        raise ValueError("Pagefind's metadata have another form")
    filters: list[cbor.Value] = []
    for path in (part / "filter").glob("*.pf_filter"):
        value = cbor.decode(_unpack(path))
        path.unlink()
        if not isinstance(value, list) or len(value) != 2 or not isinstance(value[1], list):
            raise ValueError("a filter of Pagefind has another form")
        value[1].sort(key=lambda item: str(item[0]) if isinstance(item, list) else "")
        content = cbor.encode(value)
        name = f"{language}_{_digest(content, 10)}"
        _pack(part / "filter" / f"{name}.pf_filter", content)
        filters.append([value[0], name])
    meta[_FILTERS] = sorted(filters, key=str)
    content = cbor.encode(meta)
    about["hash"] = f"{language}_{_digest(content, 10)}"
    # The engine is the same for all parts and lies beside them. The browser puts this word between
    # "wasm." and ".pagefind", below the part's own folder.
    about["wasm"] = "/../../wasm.unknown"
    old.unlink()
    _pack(part / f"pagefind.{about['hash']}.pf_meta", content)
    entry_path.write_text(json.dumps(entry, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def take_programs(part: Path, folder: Path) -> None:
    """Move the two programs that are used to ``folder`` (unless there already); drop all others."""
    for path in sorted(part.iterdir()):
        if path.is_file() and not path.name.endswith(_KEPT):
            if path.name in (PROGRAM, ENGINE) and not (folder / path.name).exists():
                shutil.move(path, folder / path.name)
            else:
                path.unlink()


def _unpack(path: Path) -> bytes:
    data = gzip.decompress(path.read_bytes())
    if not data.startswith(MARK):
        raise ValueError(f"{path.suffix} does not begin as it should")
    return data[len(MARK) :]


def _pack(path: Path, content: bytes) -> None:
    path.write_bytes(gzip.compress(MARK + content, compresslevel=9, mtime=0))


def _digest(content: bytes, length: int) -> str:
    return hashlib.sha256(content).hexdigest()[:length]
