"""默克尔树、瓦片、签名文书: the same as RFC 6962 says, and as another implementation reads and writes."""

from __future__ import annotations

from base64 import b64decode
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from tlog_scales.backend import LocalBackend
from tlog_scales.reader import TilesReader
from tlog_scales.signing import PlainEd25519Signer, Vkey
from tlog_scales.tlog import Checkpoint as OtherCheckpoint
from tlog_scales.writer import TilesWriter

from generator.publication_log.log_tiles import BadTileError, TiledTree, tile_files, tile_path
from generator.publication_log.merkle_tree import (
    EMPTY_ROOT,
    Tree,
    grown,
    is_consistent,
    leaf_hash,
    root_by_inclusion,
    root_of,
)
from generator.publication_log.signed_note import BadNoteError, Checkpoint, Note, Verifier

KEY = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
ORIGIN = "yiyong.example/log"

# Leaves and roots that implementations of RFC 6962 are tested with.
VECTORS = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def entries_of(count: int) -> list[bytes]:
    return [sha256(str(number).encode()).digest() for number in range(count)]


def tree_of(count: int) -> Tree:
    return Tree(map(leaf_hash, entries_of(count)))


def written(folder: Path, tree: Tree, entries: list[bytes]) -> Path:
    for path, data in tile_files(tree, entries):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    note = Note(Checkpoint(ORIGIN, len(entries), tree.root(len(entries))).text).signed(KEY, ORIGIN)
    (folder / "checkpoint").write_text(str(note), encoding="utf-8")
    return folder


def test_roots_are_those_that_the_rfc_gives() -> None:
    tree = Tree(map(leaf_hash, VECTORS))
    assert [tree.root(size).hex() for size in range(9)] == ROOTS
    for size in range(9):
        assert root_of(grown([], 0, map(leaf_hash, VECTORS[:size]))).hex() == ROOTS[size]


@given(st.integers(0, 600), st.integers(0, 80))
def test_a_tree_grows_from_its_edge_alone(size: int, more: int) -> None:
    leaves = [leaf_hash(entry) for entry in entries_of(size + more)]
    edge = grown([], 0, leaves[:size])
    assert len(edge) == size.bit_count()
    assert root_of(grown(edge, size, leaves[size:])) == tree_of(size + more).root(size + more)


@given(st.data())
def test_every_proof_holds_and_no_changed_one_does(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 700))
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(1, size))
    tree = tree_of(size)
    leaf, root = tree.levels[0][index], tree.root(size)
    path = tree.inclusion(index, size)
    assert root_by_inclusion(leaf, index, size, path) == root
    assert root_by_inclusion(leaf_hash(b"other"), index, size, path) != root
    assert root_by_inclusion(leaf, index, size, [*path, root]) is None
    proof = tree.consistency(old, size)
    assert is_consistent(old, tree.root(old), size, root, proof)
    assert not is_consistent(old, leaf_hash(b"other"), size, root, proof)
    assert not is_consistent(old, tree.root(old), size, leaf_hash(b"other"), proof)
    if path:
        at = data.draw(st.integers(0, len(path) - 1))
        changed = [*path[:at], leaf_hash(path[at]), *path[at + 1 :]]
        assert root_by_inclusion(leaf, index, size, changed) != root
        assert root_by_inclusion(leaf, index, size, path[:-1]) is None


@pytest.mark.parametrize(
    ("number", "width", "path"),
    [(0, 256, "tile/0/000"), (1234067, 256, "tile/0/x001/x234/067"), (273, 112, "tile/0/273.p/112")],
)
def test_paths_of_tiles_are_those_of_the_specification(number: int, width: int, path: str) -> None:
    assert tile_path(0, number, width) == path


@pytest.mark.parametrize("count", [1, 3, 5, 255, 256, 257, 300, 66_000])
def test_another_implementation_reads_the_log_and_writes_the_same_files(tmp_path: Path, count: int) -> None:
    """The greatest is the first whose tiles have a third level."""
    entries = entries_of(count)
    tree = Tree(map(leaf_hash, entries))
    ours = written(tmp_path / "ours", tree, entries)
    reader = TilesReader(LocalBackend(ours))
    seen = reader.get_checkpoint()
    seen.verify(Vkey.from_string(str(Verifier(ORIGIN, KEY.public_key().public_bytes_raw()))))
    assert reader.calculate_root_hash() == seen.root_hash == tree.root(count)
    for index in {0, count // 2, count - 1}:
        assert reader.get_entry(index) == entries[index]
        assert reader.get_inclusion_proof(index, count).node_hashes == tree.inclusion(index, count)
    old = count // 3 + 1
    assert reader.get_consistency_proof(old, count).node_hashes == tree.consistency(old, count)

    writer = TilesWriter.create(tmp_path / "theirs", ORIGIN)
    for entry in entries:
        writer.add_leaf(entry)
    writer.commit([PlainEd25519Signer(ORIGIN, KEY)])
    files = {
        folder: {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }
        for folder in (ours, tmp_path / "theirs")
    }
    assert files[ours] == files[tmp_path / "theirs"]


@given(st.integers(1, 1300), st.data())
def test_a_distant_tree_answers_from_few_tiles(count: int, data: st.DataObject) -> None:
    tree = tree_of(count)
    files = dict(tile_files(tree, entries_of(count)))
    asked: list[str] = []

    def fetch(path: str) -> bytes | None:
        asked.append(path)
        return files.get(path)

    distant = TiledTree(count, fetch)
    size = data.draw(st.integers(0, count))
    assert distant.root(size) == tree.root(size)
    assert len(asked) <= 3


def test_a_missing_tile_is_told() -> None:
    with pytest.raises(BadTileError, match="000"):
        TiledTree(256, lambda path: None).root(256)


def test_an_example_of_the_specification_is_read_and_checked() -> None:
    text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    written_note = (
        text
        + "\n\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    )
    key = Verifier.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    note = Note.parse(written_note)
    assert note.text == text and str(note) == written_note and note.is_signed_by(key)
    assert not Note(text + "more\n", note.signatures).is_signed_by(key)


@pytest.mark.parametrize(
    "written_note", ["", "text\n", "text\n\nPeter x08go/ZJ\n", "text\n\n\u2014 Peter !!!\n", "te\txt\n\n"]
)
def test_what_is_no_note_is_refused(written_note: str) -> None:
    with pytest.raises(BadNoteError):
        Note.parse(written_note)


def test_a_checkpoint_reads_as_it_was_written() -> None:
    made = Checkpoint(ORIGIN, 0, EMPTY_ROOT)
    assert Checkpoint.parse(made.text) == made
    other = OtherCheckpoint.from_text(str(Note(made.text).signed(KEY, ORIGIN)))
    assert (other.origin, other.size, other.root_hash) == (ORIGIN, 0, EMPTY_ROOT)
    for text in ("", "o\n01\n" + made.text.split("\n")[2] + "\n", "o\n1\nAAAA\n"):
        with pytest.raises(BadNoteError):
            Checkpoint.parse(text)


def test_a_witness_signs_with_its_time() -> None:
    note = Note(Checkpoint(ORIGIN, 0, EMPTY_ROOT).text).signed(KEY, ORIGIN)
    other = Ed25519PrivateKey.from_private_bytes(b"\x08" * 32)
    seen = note.cosigned(other, "witness.example", 1_700_000_000)
    witness = Verifier("witness.example", other.public_key().public_bytes_raw(), 4)
    assert seen.is_signed_by(witness) and seen.is_signed_by(
        Verifier(ORIGIN, KEY.public_key().public_bytes_raw())
    )
    later = b"\x00" * 7 + b"\x01"
    forged = Note(
        seen.text,
        (
            type(seen.signatures[1])(
                "witness.example", witness.key_id, later + seen.signatures[1].payload[8:]
            ),
        ),
    )
    assert not forged.is_signed_by(witness)
    assert Verifier.parse(str(witness)) == witness
    assert b64decode(str(witness).split("+", 2)[2])[0] == 4
