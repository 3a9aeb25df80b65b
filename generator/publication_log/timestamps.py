"""时间戳 (timestamps): what authorities of the office's choice say of when a checkpoint was there, after RFC 3161.

An answer is kept as it came, in ``registry/publications/timestamps/``, and goes into every proof that ends in its checkpoint.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from generator.publication_log.publication_ledger import FOLDER
from generator.publication_log.signed_note import Checkpoint, Note

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

TIMESTAMPS = f"{FOLDER}/timestamps"
_GRANTED = (0, 1)


class BadTimestampError(Exception):
    """时间戳不能用: refused, of something else, or not by the authority that was named."""


def ask_timestamp(
    note: Note, post: Callable[[bytes], bytes | None], roots: Sequence[Certificate] = ()
) -> bytes:
    """取时间戳 over the text of a checkpoint. ``post`` sends a query and gives the answer; ``roots`` are the certificates
    that the authority's own must lead to, unchecked where none is given. Raises :class:`BadTimestampError`."""
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    text = note.text.encode()
    query = (
        TimestampRequestBuilder().data(text).hash_algorithm(HashAlgorithm.SHA256).nonce(nonce=True).build()
    )
    answer = post(query.as_bytes())
    if answer is None:
        raise BadTimestampError("no answer")
    timestamp_of(answer, text, roots)
    if _decoded(answer).tst_info.nonce != query.nonce:
        raise BadTimestampError("an answer to another question")
    return answer


def timestamp_of(answer: bytes, text: bytes, roots: Sequence[Certificate] = ()) -> datetime:
    """时刻 that an answer gives for ``text``. Raises :class:`BadTimestampError` where it is of something else, or where it does
    not lead to ``roots``."""
    from rfc3161_client import VerificationError, VerifierBuilder

    decoded = _decoded(answer)
    try:
        if (
            decoded.status not in _GRANTED
            or decoded.tst_info.message_imprint.message != sha256(text).digest()
        ):
            raise BadTimestampError("of something else")
        if roots:
            builder = VerifierBuilder()
            for root in roots:
                builder = builder.add_root_certificate(root)
            builder.build().verify_message(decoded, text)
        moment: datetime = decoded.tst_info.gen_time
    except (VerificationError, ValueError):
        raise BadTimestampError("not by this authority") from None
    return moment


def keep_timestamp(root: Path, note: Note, url: str, answer: bytes) -> Path:
    """Keep an answer beside the ledger: ``timestamps/00000018-tsa.example.tsr``."""
    host = re.sub(r"[^a-z0-9.-]", "-", (urlsplit(url).hostname or "tsa").lower())
    path = root / TIMESTAMPS / f"{Checkpoint.parse(note.text).size:08}-{host}.tsr"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(answer)
    return path


def kept_timestamps(root: Path, note: Note) -> tuple[tuple[str, bytes], ...]:
    """The answers that are kept for a checkpoint, as (name in a proof, bytes)."""
    size = Checkpoint.parse(note.text).size
    found = sorted((root / TIMESTAMPS).glob(f"{size:08}-*.tsr"))
    return tuple((f"timestamps/{path.name}", path.read_bytes()) for path in found)


def stamped_instants(root: Path, notes: Sequence[Note]) -> dict[int, tuple[datetime, ...]]:
    """时刻 that kept answers give, by the place of their checkpoint among ``notes``. An answer that is of something else
    counts for nothing here; whoever checks a proof is told of it."""
    stamped = {path.name.partition("-")[0] for path in (root / TIMESTAMPS).glob("*-*.tsr")}
    found: dict[int, tuple[datetime, ...]] = {}
    for place, note in enumerate(notes):
        if f"{Checkpoint.parse(note.text).size:08}" in stamped:
            moments = tuple(_instants(root, note))
            if moments:
                found[place] = moments
    return found


def _instants(root: Path, note: Note) -> Iterator[datetime]:
    for _, answer in kept_timestamps(root, note):
        with suppress(BadTimestampError):
            yield timestamp_of(answer, note.text.encode())


def _decoded(answer: bytes) -> TimeStampResponse:
    from rfc3161_client import decode_timestamp_response

    try:
        return decode_timestamp_response(answer)
    except (ValueError, TypeError):
        raise BadTimestampError("no answer") from None
