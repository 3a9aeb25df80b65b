"""慢散列 (slow hash): the one costly step between a code and everything that is published of it.

PBKDF2-HMAC-SHA256, because every browser has it built in (WebCrypto), and this side needs nothing but
``hashlib``. A code takes about a third of a second of one core, so results are kept in the private
folder: a build pays for new codes only.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ITERATIONS = 600_000
"""Rounds. OWASP's floor for this function in 2023; half a second in a desktop browser, about two on an old
phone. Another number makes the codes of pages that are still open in a browser unknown until they are reloaded."""
SEED_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class SlowHash:
    """慢散列 of one site. ``cache``: folder for results, made when first needed; None keeps nothing."""

    salt: bytes
    iterations: int
    cache: Path | None = None

    def seed(self, code: str) -> bytes:
        """种子 of a canonical code, 32 bytes: from it come an entry's place and what masks it."""
        if self.cache is None:
            return self._derive(code)
        path = self.cache / hashlib.sha256(b"%d" % self.iterations + self.salt + code.encode()).hexdigest()
        try:
            kept = path.read_bytes()
        except FileNotFoundError:
            kept = b""
        if len(kept) == SEED_BYTES:
            return kept
        seed = self._derive(code)
        self._keep(path, seed)
        return seed

    def _derive(self, code: str) -> bytes:
        return hashlib.pbkdf2_hmac("sha256", code.encode(), self.salt, self.iterations, SEED_BYTES)

    def _keep(self, path: Path, seed: bytes) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Readable by its owner only from the first byte on, and never seen half written by another process.
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        with os.fdopen(handle, "wb") as file:
            file.write(seed)
        Path(name).replace(path)


@lru_cache(maxsize=8)
def site_salt(base_url: str) -> bytes:
    """站点盐值, public: the same code is another one on another site, so that nothing is worked out for all at once."""
    return hashlib.sha256(f"yiyong certificate check 1\n{base_url}".encode()).digest()


def fingerprint(code: str, salt: bytes) -> bytes:
    """指纹 of a canonical code, to see within one run that a code is used twice. Quick to make: never published."""
    return hashlib.sha256(b"fingerprint" + salt + code.encode()).digest()
