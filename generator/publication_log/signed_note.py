"""签名文书 (signed notes) and 检查点 (checkpoints), after C2SP signed-note and tlog-checkpoint.

A note is a text that ends with a line break, an empty line, and one line for each signature. The text of a
checkpoint has three lines: the log's name (origin), its size, and its root in base64.
"""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ED25519 = 0x01
COSIGNATURE = 0x04
"""Kinds of signature: the log's own, and that of a witness with its time."""
_DASH = "\u2014 "


class BadNoteError(ValueError):
    """不是签名文书, 检查点 or 公钥: what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """验证公钥 with the name of who signs: ``yiyong.example/log+1a2b3c4d+AQ…``."""

    name: str
    key: bytes
    kind: int = ED25519

    @property
    def key_id(self) -> bytes:
        """钥匙编号: the first four bytes of a hash over name, kind and key."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.key).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{b64encode(bytes([self.kind]) + self.key).decode()}"

    @classmethod
    def parse(cls, text: str) -> Verifier:
        """Read a verifier as it is written. Raises :class:`BadNoteError`."""
        name, _, rest = text.strip().partition("+")
        key_id, _, encoded = rest.partition("+")
        key = from_base64(encoded)
        if not name or len(key) != 33 or key[0] not in (ED25519, COSIGNATURE):
            raise BadNoteError(text)
        made = cls(name, key[1:], key[0])
        if made.key_id.hex() != key_id:
            raise BadNoteError(text)
        return made

    def accepts(self, text: str, signature: bytes) -> bool:
        """Whether ``signature`` (without its key's number) is this key's over ``text``."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        message = text.encode()
        if self.kind == COSIGNATURE:
            if len(signature) != 72:
                return False
            seconds, signature = int.from_bytes(signature[:8], "big"), signature[8:]
            message = f"cosignature/v1\ntime {seconds}\n".encode() + message
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signature:
    """一行签名: who, the key's number of four bytes, and the rest."""

    name: str
    key_id: bytes
    payload: bytes

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {b64encode(self.key_id + self.payload).decode()}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """签名文书. ``text`` ends with a line break. A note without signatures states and proves nothing."""

    text: str
    signatures: tuple[Signature, ...] = ()

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(map(str, self.signatures))}"

    @classmethod
    def parse(cls, written: str) -> Note:
        """Read a note. Raises :class:`BadNoteError`."""
        body, gap, rest = written.rpartition("\n\n")
        if not gap or any(ord(sign) < 32 and sign != "\n" for sign in written):
            raise BadNoteError("no note")
        signatures = []
        for line in rest.splitlines():
            name, _, encoded = line.removeprefix(_DASH).partition(" ")
            payload = from_base64(encoded)
            if not line.startswith(_DASH) or not name or "+" in name or len(payload) < 5:
                raise BadNoteError("no line of a signature")
            signatures.append(Signature(name, payload[:4], payload[4:]))
        return cls(f"{body}\n", tuple(signatures))

    def signed(self, key: Ed25519PrivateKey, name: str) -> Note:
        """The note with one signature more."""
        by = Verifier(name, key.public_key().public_bytes_raw())
        return Note(self.text, (*self.signatures, Signature(name, by.key_id, key.sign(self.text.encode()))))

    def cosigned(self, key: Ed25519PrivateKey, name: str, seconds: int) -> Note:
        """The note with the signature of a witness, who saw it at ``seconds`` after 1970 (C2SP tlog-cosignature)."""
        by = Verifier(name, key.public_key().public_bytes_raw(), COSIGNATURE)
        message = f"cosignature/v1\ntime {seconds}\n{self.text}".encode()
        payload = seconds.to_bytes(8, "big") + key.sign(message)
        return Note(self.text, (*self.signatures, Signature(name, by.key_id, payload)))

    def is_signed_by(self, verifier: Verifier) -> bool:
        """Whether ``verifier`` signed it. A signature that claims to be its own and is not counts against the note."""
        own = [
            item for item in self.signatures if (item.name, item.key_id) == (verifier.name, verifier.key_id)
        ]
        return bool(own) and all(verifier.accepts(self.text, item.payload) for item in own)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """检查点: the log's name, how many leaves it has, and its root."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Read the text of a note. Raises :class:`BadNoteError`."""
        lines = text.split("\n")
        if len(lines) < 4 or not lines[0]:
            raise BadNoteError("no checkpoint")
        origin, size, root = lines[0], lines[1], from_base64(lines[2])
        if not (size.isascii() and size.isdigit() and str(int(size)) == size and len(root) == 32):
            raise BadNoteError("no checkpoint")
        return cls(origin, int(size), root)


def from_base64(text: str) -> bytes:
    """Bytes of a text in base64, written in the one canonical way. Raises :class:`BadNoteError`."""
    try:
        data = b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise BadNoteError("no base64") from None
    if b64encode(data).decode() != text:
        raise BadNoteError("no base64")
    return data
