"""签名 (signing): whose signature a checkpoint gets, and how commands ask for key, passphrase and device."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from generator.cli.shared_options import fail
from generator.diagnostics import Place, diagnose
from generator.diagnostics.staff import staff_words
from generator.publication_log.log_keys import (
    KEY_FILE,
    SHORTEST_PASSPHRASE,
    KeyProblemError,
    Signer,
    load_key,
    verifier_of,
)
from generator.publication_log.publication_ledger import read_ledger
from generator.publication_log.signed_note import Note

Key = Annotated[
    Path | None,
    typer.Option(
        "--key", envvar="YIYONG_LOG_KEY", help=f"密钥文件，默认 {KEY_FILE} / key file", dir_okay=False
    ),
]
Passphrase = Annotated[
    str | None,
    typer.Option(
        "--passphrase",
        envvar="YIYONG_LOG_PASSPHRASE",
        help="口令；不给则询问 / asked for when not given",
        hidden=True,
    ),
]
Device = Annotated[
    str | None,
    typer.Option(
        "--device",
        envvar="YIYONG_LOG_DEVICE",
        help="用机关自己的设备再签一次的命令：标准输入读检查点，标准输出给签名 / command for a second signature",
    ),
]


def signing(
    project: Path, path: Path | None, passphrase: str | None, device: str | None
) -> Callable[[Note], Note]:
    """What signs a checkpoint: the key that the ledger names, if it names one. Asks for the passphrase only then.

    What it returns raises :class:`KeyProblemError`.
    """

    def sign(note: Note) -> Note:
        origin = note.text.partition("\n")[0]
        wanted = read_ledger(project)[0].key
        if wanted is None:
            return Signer(origin, None, device).sign(note)
        file = path or project / KEY_FILE
        if not file.is_file():
            raise KeyProblemError("PUB030", str(file))
        key = load_key(file, passphrase if passphrase is not None else asked_passphrase())
        if verifier_of(key, wanted.name) != wanted:
            raise KeyProblemError("PUB033", str(file))
        return Signer(wanted.name, key, device).sign(note)

    return sign


@contextmanager
def key_told() -> Iterator[None]:
    """Tell what is wrong with a key, and leave."""
    try:
        yield
    except KeyProblemError as error:
        terms = {"detail": str(error), "length": str(SHORTEST_PASSPHRASE)}
        fail(diagnose(error.code, Place(path=str(error)), terms=terms))


def asked_passphrase() -> str:
    """口令 of a key that is there."""
    return str(typer.prompt(staff_words()["log"]["passphrase"], hide_input=True, err=True))


def new_passphrase(given: str | None) -> str:
    """口令 of a key to be made, asked for twice where it was not given."""
    if given is not None:
        return given
    words = staff_words()["log"]["passphrase"]
    return str(typer.prompt(words, hide_input=True, confirmation_prompt=True, err=True))
