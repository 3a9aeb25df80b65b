"""公布登记的日志 (log of publications) as the audit reads it.

Its hashes, salts and signatures are noise in which anything may seem to stand: a telephone number, a reading in
pinyin. They are passed over where they have exactly the form of a hash; all else in these files is read like any text.
"""

from __future__ import annotations

import json
import re
from typing import Any

_TILE = re.compile(r"log/tile/(?:[0-9]{1,2}|(entries))/(?:x[0-9]{3}/)*[0-9]{3}(?:\.p/[0-9]{1,3})?")
_TEXT = re.compile(r"log/(?:checkpoint|keys)|(?:notices|honours|decisions)/[^/]+/proof")
_ENTRY = (32).to_bytes(2, "big")
# 32 bytes; a kind of key and 32; a number of a key and a signature of 64, with its time or without.
_NOISE = re.compile(
    r"[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{44}|[A-Za-z0-9+/]{86}==|[A-Za-z0-9+/]{91}=|[A-Za-z0-9+/]{102}=="
)
_KEY = re.compile(r"\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}(?![A-Za-z0-9+/=])")


def is_tile(name: str) -> bool:
    """Whether the file is a tile of the log, which holds nothing but hashes."""
    return _TILE.fullmatch(name) is not None


def is_log_text(name: str) -> bool:
    """Whether the file is a checkpoint, the keys or a proof."""
    return _TEXT.fullmatch(name) is not None


def is_sound_tile(name: str, data: bytes) -> bool:
    """Whether a tile has the form of one: whole hashes, up to 256, each entry with its length before it."""
    found = _TILE.fullmatch(name)
    width = 32 if found is None or found[1] is None else 34
    if not data or len(data) % width or len(data) > 256 * width:
        return False
    return width == 32 or all(data[at : at + 2] == _ENTRY for at in range(0, len(data), width))


def without_noise(data: bytes) -> str:
    """The text of a checkpoint, of keys or of a proof without hashes. Raises ``ValueError`` for what is neither."""
    text = data.decode("utf-8")
    strings = _strings(json.loads(text)) if text.startswith("{") else [text]
    return "\n".join(_plain(string) for string in strings)


def _plain(text: str) -> str:
    text = _KEY.sub(" ", text)
    return " ".join("" if _NOISE.fullmatch(word) else word for word in re.split(r"\s", text))


def _strings(tree: Any) -> list[str]:
    """Every text of a tree, keys and numbers included."""
    if isinstance(tree, dict):
        return [part for key, value in tree.items() for part in (str(key), *_strings(value))]
    if isinstance(tree, list):
        return [part for value in tree for part in _strings(value)]
    return [str(tree)]
