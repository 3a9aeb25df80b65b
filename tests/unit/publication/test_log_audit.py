"""审核与日志: hashes are noise, all else in the files of the log is read."""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256

import pytest

from generator.audit import Problem
from tests.every_row import every_row
from tests.unit.audit import builders as b

HASH = b64encode(sha256(b"x").digest()).decode()
# Letters and digits of base64 may be anybody's telephone number.
NUMBER = "/13900000000/" + HASH[13:]


def proof(**more: object) -> bytes:
    event = {"document": NUMBER, "id": "wuhan-2026-0001", "event": "published", **more}
    note = f"yiyong.example/log\n18\n{NUMBER}\n\n\u2014 yiyong.example/log {'A' * 91}=\n"
    tree = {"checkpoint": note, "events": [{"event": event, "index": 17, "path": [NUMBER], "salt": NUMBER}]}
    return json.dumps(tree).encode()


JSON_FILES = [
    "notices/wuhan-2026-0001/proof",
    "honours/wuhan-2026-h0001/proof",
    "decisions/wuhan-2026-d0001/proof",
    "log/keys",
]


@pytest.mark.parametrize("name", JSON_FILES)
def test_hashes_in_a_proof_are_no_numbers(name: str) -> None:
    assert b.problems(name, proof()) == set()


def test_a_checkpoint_is_read(name: str = "log/checkpoint") -> None:
    assert b.problems(name, f"yiyong.example/log\n18\n{NUMBER}\n\n") == set()
    assert b.problems(name, f"yiyong.example/log\n18\n{NUMBER}\n{b.NAME}\n\n") == {Problem.LEAK}
    assert b.problems(name, "yiyong.example/log\n13900000000\n\n") == {Problem.IDENTIFIER}


def put_in(data: bytes, where: str, text: str) -> bytes:
    """The JSON of the log with ``text`` seeded: in an event, as a key, in what all events share, beside or in a hash."""
    tree = json.loads(data)
    (event,) = tree["events"]
    match where:
        case "event":
            event["event"]["status"] = text
        case "key":
            event["event"][text] = 1
        case "record":
            tree["record"] = {"status": text}
        case "path":
            event["path"].append(text)
        case "salt":
            event["salt"] = f"{text} {NUMBER}"
        case "checkpoint":
            tree["checkpoint"] += f"\u2014 {text} {'A' * 91}=\n"
    return json.dumps(tree).encode()


@every_row("where", ["event", "key", "record", "path", "salt", "checkpoint"])
@every_row("name", JSON_FILES)
def test_a_leak_seeded_anywhere_in_the_json_of_the_log_is_found(name: str, where: str) -> None:
    assert b.problems(name, put_in(proof(), where, b.NAME)) == {Problem.LEAK}
    assert b.problems(name, put_in(proof(), where, "13900000000")) == {Problem.IDENTIFIER}


def test_what_is_no_json_or_lies_elsewhere_is_told() -> None:
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
