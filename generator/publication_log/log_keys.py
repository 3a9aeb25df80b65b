"""密钥 (keys): the key that signs the log, in a file under a passphrase, and the office's own device beside it.

The file is PKCS #8 in PEM, encrypted. It never lies in the registry or in the site: whoever has key and passphrase
can sign another log in the office's name.
"""

from __future__ import annotations

import os
import shlex
import subprocess
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from generator.publication_log.publication_ledger import KeyEvent
from generator.publication_log.signed_note import Note, Signature, Verifier

KEY_FILE = ".yiyong/keys/log.pem"
PUBLIC_FOLDERS = ("registry", "content", "generator", "site_config", "site", "tests")
"""Folders of a project that are copied, committed or served."""
SHORTEST_PASSPHRASE = 12
DEVICE = b"\xffyiyong.device"
"""Kind of a signature that the office's own device made; other readers of notes pass over it."""
DEVICE_TIMEOUT = 120
"""Seconds. Somebody may have to enter a number at the device."""


class KeyProblemError(Exception):
    """密钥不能用: the ``code`` of the diagnostic, and what it names."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


@dataclass(frozen=True, slots=True)
class Signer:
    """签名者. ``device``: a command that signs a second time, with the office's own device."""

    name: str
    key: Ed25519PrivateKey | None = None
    device: str | None = None

    def sign(self, note: Note) -> Note:
        """The note with all signatures of the office; as it was where there is no key. Raises :class:`KeyProblemError`."""
        signed = note if self.key is None else note.signed(self.key, self.name)
        if self.device is None:
            return signed
        name = f"{self.name}/device"
        key_id = sha256(name.encode() + b"\n" + DEVICE).digest()[:4]
        payload = run_device(self.device, note.text.encode())
        return Note(signed.text, (*signed.signatures, Signature(name, key_id, payload)))


def verifier_of(key: Ed25519PrivateKey, name: str) -> Verifier:
    """验证公钥 of a key."""
    return Verifier(name, key.public_key().public_bytes_raw())


def refuse_public_place(path: Path, root: Path) -> None:
    """A key may lie anywhere but where it would be committed or served. Raises :class:`KeyProblemError`."""
    place = path.resolve()
    if any(place.is_relative_to((root / folder).resolve()) for folder in PUBLIC_FOLDERS):
        raise KeyProblemError("PUB032", str(path))


def make_key(path: Path, passphrase: str) -> Ed25519PrivateKey:
    """造一把密钥 and keep it in ``path``, readable by its owner only. Never replaces a file.

    Raises :class:`KeyProblemError`.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise KeyProblemError("PUB031", str(path))
    key = Ed25519PrivateKey.generate()
    data = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase.encode()))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeyProblemError("PUB033", str(path)) from None
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    return key


def load_key(path: Path, passphrase: str) -> Ed25519PrivateKey:
    """Read the key in ``path``. Raises :class:`KeyProblemError`."""
    try:
        data = path.read_bytes()
    except OSError:
        raise KeyProblemError("PUB030", str(path)) from None
    try:
        key = load_pem_private_key(data, passphrase.encode())
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise KeyProblemError("PUB034", str(path)) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyProblemError("PUB034", str(path))
    return key


def key_event(new: Ed25519PrivateKey, old: Ed25519PrivateKey | None, name: str, at: str) -> KeyEvent:
    """更换密钥的事件, signed by the old key; by the new one itself where there was none."""
    event = KeyEvent(
        at=at,
        key=verifier_of(new, name),
        previous=None if old is None else verifier_of(old, name),
        signature=b"",
    )
    return replace(event, signature=(old or new).sign(event.signed_part()))


def run_device(command: str, text: bytes) -> bytes:
    """用办公室自己的设备签名: ``command`` gets the text of the checkpoint and gives the signature, as bytes.

    Raises :class:`KeyProblemError` when it fails or gives nothing.
    """
    try:
        done = subprocess.run(
            shlex.split(command), input=text, capture_output=True, timeout=DEVICE_TIMEOUT, check=True
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        raise KeyProblemError("PUB035", command) from None
    if not done.stdout:
        raise KeyProblemError("PUB035", command)
    return done.stdout
