"""What the holder of a code does, written from the description in ``generator/public/verification/answer_shards.py`` alone."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable

CONSONANTS = "bcdfghjklmnpqrst"


def answer(code: str, salt: bytes, iterations: int, shard: Callable[[str], bytes]) -> str | None:
    """The answer for the eighteen characters of ``code``; ``shard`` gives the bytes of a file by its name."""
    seed = hashlib.pbkdf2_hmac("sha256", code.encode(), salt, iterations)

    def mac(text: str) -> bytes:
        return hmac.new(seed, text.encode(), hashlib.sha256).digest()

    document = json.loads(shard(f"{mac('shard')[0] % 64:02x}.json"))
    tag = document["tag"]
    for line in document["entries"]:
        entry = bytes(
            CONSONANTS.index(high) * 16 + CONSONANTS.index(low)
            for high, low in zip(line[::2], line[1::2], strict=True)
        )
        if entry[:16] == mac(f"find {tag}")[:16]:
            mask = b"".join(mac(f"read {number} {tag}") for number in (1, 2, 3, 4))
            return bytes(a ^ b for a, b in zip(entry[16:], mask, strict=False)).decode("ascii").rstrip()
    return None
