"""审核与日志: hashes are noise, all else in the files of the log is read."""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256

import pytest

from generator.audit import Problem
from tests.unit.audit import builders as b

HASH = b64encode(sha256(b"x").digest()).decode()
# Letters and digits of base64 may be anybody's telephone number.
NUMBER = "/13900000000/" + HASH[13:]


def proof(**more: object) -> bytes:
    event = {"document": NUMBER, "id": "wuhan-2026-0001", "event": "published", **more}
    note = f"yiyong.example/log\n18\n{NUMBER}\n\n\u2014 yiyong.example/log {'A' * 91}=\n"
    tree = {"checkpoint": note, "events": [{"event": event, "index": 17, "path": [NUMBER], "salt": NUMBER}]}
    return json.dumps(tree).encode()


@pytest.mark.parametrize(
    "name",
    [
        "notices/wuhan-2026-0001/proof",
        "honours/wuhan-2026-h0001/proof",
        "decisions/wuhan-2026-d0001/proof",
        "log/keys",
    ],
)
def test_hashes_in_a_proof_are_no_numbers(name: str) -> None:
    assert b.problems(name, proof()) == set()


def test_a_checkpoint_is_read(name: str = "log/checkpoint") -> None:
    assert b.problems(name, f"yiyong.example/log\n18\n{NUMBER}\n\n") == set()
    assert b.problems(name, f"yiyong.example/log\n18\n{NUMBER}\n{b.NAME}\n\n") == {Problem.LEAK}
    assert b.problems(name, "yiyong.example/log\n13900000000\n\n") == {Problem.IDENTIFIER}


def test_words_in_a_proof_are_found() -> None:
    assert b.problems("notices/wuhan-2026-0001/proof", proof(status=b.NAME)) == {Problem.LEAK}
    assert b.problems("notices/wuhan-2026-0001/proof", proof(status="13900000000")) == {Problem.IDENTIFIER}
    assert b.problems("notices/wuhan-2026-0001/proof", b"{") == {Problem.UNREADABLE}
    # The same words elsewhere are of an unknown type, as ever.
    assert Problem.UNKNOWN_TYPE in b.problems("notices/proof", proof())


def test_tiles_are_hashes_and_nothing_else() -> None:
    tile = sha256(b"x").digest() * 3
    entries = b"".join(b"\x00\x20" + sha256(bytes([n])).digest() for n in range(3))
    assert b.problems("log/tile/0/000.p/3", tile) == set()
    assert b.problems("log/tile/entries/x001/x234/067.p/3", entries) == set()
    assert b.problems("log/tile/0/000.p/3", tile[:-1]) == {Problem.UNREADABLE}
    assert b.problems("log/tile/entries/000.p/3", tile) == {Problem.UNREADABLE}
    assert b.problems("log/tile/0/000", b.NAME.encode()) == {Problem.UNREADABLE, Problem.LEAK}
    assert Problem.UNKNOWN_TYPE in b.problems("log/other/000", tile)
