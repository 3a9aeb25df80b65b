"""核验分片 (shards): the published answers, 64 files under ``verify/shards/``.

With ``seed`` the slow hash of a code, ``H(text)`` HMAC-SHA256 of ``text`` under ``seed``, and ``tag`` the
word that stands at the head of every shard:

- the shard is the first byte of ``H("shard")``, modulo 64, in two hexadecimal figures;
- the entry is the one that begins with the first 16 bytes of ``H("find " + tag)``;
- the rest of it, XORed with ``H("read 1 " + tag)``, ``H("read 2 " + tag)`` …, is the answer:
  ``revoked 2026-11-02 wuhan-2026-h0001`` in ASCII, filled up with spaces.

XOR with a keyed hash is enough here, and needs neither a library nor a nonce: ``tag`` is drawn from all that
is published, so the same key never masks two texts; and that an entry was found at all proves the code.

Bytes are written four bits a letter in consonants. So no run of figures in a shard can look like a telephone
or identity number, and no run of letters can read as a name, to the audit or to anybody.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

FOLDER = "verify/shards/"
SHARDS = 64
LETTERS = "bcdfghjklmnpqrst"
"""Letter of each four bits."""
_LETTER_OF = str.maketrans("0123456789abcdef", LETTERS)
KEY_BYTES = 16
BLOCK = 32
_STEP = 8
_ROOM_BEFORE_ID = 21
"""Characters of the longest status, a date and two spaces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """一张证书的答复: status (``valid``, ``corrected``, ``revoked``), since when, and of which honour.

    ``seed`` never leaves the build.
    """

    seed: bytes
    honour: str
    status: str
    since: date

    @property
    def answer(self) -> str:
        """What the holder of the code is told."""
        return f"{self.status} {self.since.isoformat()} {self.honour}"


def shard_files(certificates: Sequence[Certificate], honours: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """All shards, as (path from the root, bytes). ``honours``: ids of every public honour, with a code or without.

    Same certificates and honours, same bytes, in whatever order they come. Raises ``ValueError`` for two
    certificates with one code.
    """
    if len({item.seed for item in certificates}) != len(certificates):
        raise ValueError("two certificates with one code")
    size = _answer_bytes(honours)
    secret = _secret(certificates)
    tag = encode(_mac(secret, "tag")[:KEY_BYTES])
    shards: list[list[bytes]] = [[] for _ in range(SHARDS)]
    for item in certificates:
        shards[_mac(item.seed, "shard")[0] % SHARDS].append(_entry(item, tag, size))
    slots = _slots(len(honours), max(map(len, shards)))
    for number, entries in enumerate(shards):
        fill = (_filler(secret, number, slot, size) for slot in range(slots - len(entries)))
        # In the order of their bytes, an entry's place says nothing.
        lines = [encode(entry) for entry in sorted([*entries, *fill])]
        document = json.dumps({"tag": tag, "entries": lines}, separators=(",", ":"))
        yield f"{FOLDER}{number:02x}.json", document.encode()


def encode(data: bytes) -> str:
    """Bytes in consonants, two a byte."""
    return data.hex().translate(_LETTER_OF)


def _entry(item: Certificate, tag: str, size: int) -> bytes:
    text = item.answer.encode("ascii").ljust(size)
    mask = b"".join(_mac(item.seed, f"read {block} {tag}") for block in range(1, size // BLOCK + 1))
    return _mac(item.seed, f"find {tag}")[:KEY_BYTES] + bytes(a ^ b for a, b in zip(text, mask, strict=True))


def _filler(secret: bytes, shard: int, slot: int, size: int) -> bytes:
    blocks = range(math.ceil((KEY_BYTES + size) / BLOCK))
    return b"".join(_mac(secret, f"fill {shard} {slot} {block}") for block in blocks)[: KEY_BYTES + size]


def _secret(certificates: Sequence[Certificate]) -> bytes:
    """What the filling is drawn from: known to nobody who lacks a single code, and new with every change.

    Without any code it is known to everybody, who learns that there is none.
    """
    whole = hashlib.sha256()
    for seed, answer in sorted((item.seed, item.answer) for item in certificates):
        whole.update(seed + answer.encode() + b"\n")
    return whole.digest()


def _slots(honours: int, fullest: int) -> int:
    """Entries of every shard, filling included: what ``honours`` codes would need, all but certainly.

    Were they to need more, the few more that ``fullest`` asks for.
    """
    mean = honours / SHARDS
    wanted = max(mean + 6 * math.sqrt(mean) + _STEP, fullest)
    return math.ceil(wanted / _STEP) * _STEP


def _answer_bytes(honours: Sequence[str]) -> int:
    longest = max((len(honour) for honour in honours), default=0)
    return math.ceil((_ROOM_BEFORE_ID + longest) / BLOCK) * BLOCK


def _mac(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode("ascii"), "sha256")
