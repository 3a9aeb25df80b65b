"""Nothing read from a file runs code: what crosses builds and machines is typed, and read as that type only."""

from __future__ import annotations

import ast
import os
import pickle
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.pipeline import scan
from generator.pipeline.produce import OwnFiles
from generator.pipeline.shards import BadShardError, shard_stores
from generator.system import hashing
from generator.system.cache import open_cache
from generator.system.hashing import digest, software_digest
from generator.system.packing import UnreadableError, pack, pack_each, unpack, unpack_each
from generator.system.store import RECORDS, Entry, Store, each, temporary_store
from tests.journeys import SOME_AND_REST
from tests.projects import AS_OF, ROOT
from tests.quick_build import build, differing, yardstick
from tests.site.build.test_incremental import synthetic_project
from tests.site.build.test_shards import shard

PACKAGE = ROOT / "generator"
RUNS_CODE = {"pickle", "marshal", "shelve", "dill", "copyreg", "cloudpickle", "joblib"}


class Colour(StrEnum):
    RED = "red"


class Pair(NamedTuple):
    one: str
    other: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inner:
    on: date
    kind: Literal["a", "b"] = "a"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outer:
    at: datetime
    inner: Inner | None
    items: tuple[Inner, ...]
    names: frozenset[str]
    data: bytes
    table: dict[bytes, tuple[int, bytes]]
    colour: Colour
    pair: Pair
    number: int = 3


instants = st.datetimes(
    min_value=datetime(1900, 1, 2),  # noqa: DTZ001 the zone is drawn below
    max_value=datetime(2100, 12, 30),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=8))]),
)
inner = st.builds(Inner, on=st.dates(), kind=st.sampled_from(["a", "b"]))
outer = st.builds(
    Outer,
    at=instants,
    inner=st.none() | inner,
    items=st.lists(inner).map(tuple),
    names=st.frozensets(st.text()),
    data=st.binary(),
    table=st.dictionaries(st.binary(), st.tuples(st.integers(-(2**63), 2**63), st.binary())),
    colour=st.just(Colour.RED),
    pair=st.builds(Pair, one=st.text(), other=st.none() | st.integers(0, 9)),
)


@given(outer)
def test_what_is_packed_comes_back_equal(value: Outer) -> None:
    again = unpack(pack(value), Outer)
    assert again == value
    assert again.at.utcoffset() == value.at.utcoffset(), "an instant keeps its offset"
    assert type(again.colour) is Colour and type(again.pair) is Pair


@given(st.lists(outer, max_size=4))
def test_values_one_behind_the_other_come_back_one_at_a_time(values: list[Outer]) -> None:
    assert list(unpack_each(BytesIO(b"".join(pack_each(values))), Outer)) == values


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for read in (lambda: unpack(data, Outer), lambda: list(unpack_each(BytesIO(data), Outer))):
        try:
            read()
        except UnreadableError as refused:
            assert refused.__context__ is None or refused.__suppress_context__, (
                "a traceback quotes nothing of the bytes"
            )


def test_a_length_beyond_the_end_asks_for_no_memory() -> None:
    with pytest.raises(UnreadableError):
        list(unpack_each(BytesIO(b"\x7f" + b"\xff" * 20), Outer))


def test_no_module_of_the_package_can_read_a_form_that_runs_code() -> None:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found += [f"{path.name}: {name}" for name in names if name.split(".")[0] in RUNS_CODE]
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("eval", "exec")
            ):
                found.append(f"{path.name}: {node.func.id}")
    assert found == []


class Runs:
    """When unpickled, makes a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.folder),)


def as_entry(data: bytes) -> bytes:
    return digest(data) + data


def entries(path: Path, question: str, *values: object) -> list[tuple[Any, ...]]:
    """What a question to a store gives, outside of the software."""
    with closing(sqlite3.connect(path)) as connection, connection:
        return connection.execute(question, values).fetchall()


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """The store of a shard."""
    root = synthetic_project(tmp_path / "p", 8)
    shard(root, tmp_path / "shard", 1, 1)
    return tmp_path / "shard" / RECORDS


@pytest.mark.parametrize("kind", ["scanned", "public", "pages", "listed"])
def test_a_shard_from_elsewhere_runs_nothing_and_is_refused(kind: str, filled: Path, tmp_path: Path) -> None:
    assert entries(filled, "SELECT count(*) FROM entry WHERE kind = ?", kind)[0][0] > 5
    shard_stores([filled.parent])
    evil = pickle.dumps(Runs(tmp_path / "ran"))
    for value in (as_entry(evil), evil, as_entry(pack({"a": 1})), b"", "text", 3):
        entries(filled, "UPDATE entry SET value = ? WHERE kind = ?", value, kind)
        with pytest.raises(BadShardError):
            shard_stores([filled.parent])
    assert not (tmp_path / "ran").exists()


def test_a_shard_is_nothing_but_the_one_table(filled: Path, tmp_path: Path) -> None:
    for change in (
        "CREATE TRIGGER t AFTER DELETE ON entry BEGIN SELECT 1; END",
        "CREATE VIEW other AS SELECT 1",
        "ALTER TABLE entry RENAME TO entries",
    ):
        shutil.copytree(filled.parent, tmp_path / "changed", dirs_exist_ok=True)
        entries(tmp_path / "changed" / RECORDS, change)
        with pytest.raises(BadShardError):
            shard_stores([tmp_path / "changed"])


def test_no_shard_writes_outside_the_site(filled: Path) -> None:
    (name, own), *_ = each(filled, "pages", OwnFiles)
    assert own.id == name
    for victim in ("../../evil/", "/etc/evil/", "notices/../../evil/", "index.html", "assets/"):
        for bad in (
            replace(own, page=replace(own.page, path=victim)),
            replace(own, files=((f"{victim}a.json", b""),)),
        ):
            value = as_entry(pack(bad))
            entries(filled, "UPDATE entry SET value = ? WHERE kind = 'pages' AND name = ?", value, name)
            with pytest.raises(BadShardError):
                shard_stores([filled.parent])


def test_a_shard_gives_only_what_a_shard_makes(filled: Path, tmp_path: Path) -> None:
    """What the audit knows to be clean, and files for the site itself, are never taken from elsewhere."""
    root = tmp_path / "p"
    kinds = "SELECT DISTINCT kind FROM entry ORDER BY kind"
    # How files look, and what came of a chunk of them, no other machine reads.
    own = [("chunks",), ("seen",)]
    assert entries(filled, kinds) == sorted([("listed",), ("pages",), ("public",), ("scanned",), *own])
    for kind in ("cards", "site-1"):
        insert = "INSERT INTO entry SELECT ?, name, made_from, holds_from, holds_until, value FROM entry"
        entries(filled, f"{insert} WHERE kind = 'listed'", kind)
    (filled.parent / "audited").write_bytes(as_entry(pack({})))
    build(root, tmp_path / "site", AS_OF, cached=True, beside=shard_stores([filled.parent]))
    yardstick(root, tmp_path / "clean", AS_OF)
    assert differing(tmp_path / "site", tmp_path / "clean") == []
    assert ("site-1",) not in entries(root / ".yiyong/cache" / RECORDS, kinds)


def test_an_entry_is_found_only_by_what_it_was_made_from_and_while_it_holds(tmp_path: Path) -> None:
    store = temporary_store(tmp_path)
    assert store.path.stat().st_mode & 0o077 == 0
    span = (AS_OF, AS_OF + timedelta(days=1))
    store.put("k", [Entry(name="a", made_from=b"1", value=(1, "一"), holds=span)])
    kind = tuple[int, str]
    assert store.find("k", {"a": b"1", "b": b"1"}, kind, AS_OF) == {"a": (1, "一")}
    for moment, known in ((span[0] - timedelta(microseconds=1), False), (span[1], False), (span[0], True)):
        assert bool(store.find("k", {"a": b"1"}, kind, moment)) is known
    assert store.find("k", {"a": b"2"}, kind) == store.find("other", {"a": b"1"}, kind) == {}
    assert store.find("k", {"a": b"1"}, tuple[str, str]) == {}
    store.put("k", [Entry(name="a", made_from=b"2", value=(2, "二"))])
    assert store.find("k", {"a": b"1"}, kind) == {}
    assert store.find("k", {"a": b"2"}, kind) == {"a": (2, "二")}
    store.keep_only("k", ["b"])
    assert store.find("k", {"a": b"2"}, kind) == {}


def test_more_names_are_found_than_one_question_holds(tmp_path: Path) -> None:
    store = temporary_store(tmp_path)
    names = [f"{number:05}" for number in range(1234)]
    store.put("k", (Entry(name=name, made_from=b"", value=name) for name in names))
    assert store.find("k", dict.fromkeys(names, b""), str) == {name: name for name in names}


def test_what_cannot_be_written_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    store = temporary_store(tmp_path)
    with pytest.raises(UnicodeEncodeError):
        store.put("k", [Entry(name=name, made_from=b"", value=value) for name, value in ("aa", "b\udcff")])
    assert store.find("k", {"a": b"", "b": b""}, str) == {}
    with pytest.raises(sqlite3.Error):
        Store(path=tmp_path / "none" / RECORDS, lasting=True).put(
            "k", [Entry(name="a", made_from=b"", value=1)]
        )


def test_a_folder_that_is_no_shard_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadShardError):
        shard_stores([tmp_path / "empty"])


@pytest.mark.parametrize("rest", SOME_AND_REST)
def test_a_damaged_cache_is_worked_out_again(tmp_path: Path, rest: bool) -> None:
    root = synthetic_project(tmp_path / "p", 12)
    yardstick(root, tmp_path / "clean", AS_OF)
    build(root, tmp_path / "site", AS_OF, cached=True)
    kept = [path for path in sorted((root / ".yiyong/cache").iterdir()) if path.name[0] != "."]
    for first in range(1, 4) if rest else (0,):
        for number, path in enumerate(kept, first):
            data = path.read_bytes()
            ways = (
                data[: len(data) // 2],
                as_entry(pickle.dumps(Runs(tmp_path / "ran"))),
                data[:-1] + bytes([data[-1] ^ 1]) if data else b"x",
                b"",
            )
            path.write_bytes(ways[number % 4])
        build(root, tmp_path / "site", AS_OF, cached=True)
        assert differing(tmp_path / "site", tmp_path / "clean") == []
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("rest", SOME_AND_REST)
def test_a_damaged_entry_is_worked_out_again(tmp_path: Path, rest: bool) -> None:
    root = synthetic_project(tmp_path / "p", 12)
    yardstick(root, tmp_path / "clean", AS_OF)
    build(root, tmp_path / "site", AS_OF, cached=True)
    path = root / ".yiyong/cache" / RECORDS
    known = entries(path, "SELECT kind, name, value FROM entry")
    assert {kind for kind, _, _ in known} > {"scanned", "public", "pages", "listed"}
    evil = as_entry(pickle.dumps(Runs(tmp_path / "ran")))
    for first in range(1, 3) if rest else (0,):
        for number, (kind, name, value) in enumerate(known, first):
            way = (value[:-1] + bytes([value[-1] ^ 1]), evil, b"")[number % 3]
            entries(path, "UPDATE entry SET value = ? WHERE kind = ? AND name = ?", way, kind, name)
        build(root, tmp_path / "site", AS_OF, cached=True)
        assert differing(tmp_path / "site", tmp_path / "clean") == []
    assert not (tmp_path / "ran").exists()


def test_public_content_that_is_lost_is_worked_out_again_though_its_chunk_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever looks first whether anything has changed at all vouches for nothing that it did not read."""
    monkeypatch.setattr(scan, "_SETTLED", -(10**18))  # how a file looks can be relied upon at once
    root = synthetic_project(tmp_path / "p", 12)
    yardstick(root, tmp_path / "clean", AS_OF)
    build(root, tmp_path / "site", AS_OF, cached=True)
    path = root / ".yiyong/cache" / RECORDS
    assert entries(path, "SELECT name FROM entry WHERE kind = 'chunks'")
    forged = as_entry(pickle.dumps(Runs(tmp_path / "ran")))
    for value in (b"", forged):
        entries(path, "UPDATE entry SET value = ? WHERE kind IN ('public', 'pages', 'listed')", value)
        build(root, tmp_path / "site", AS_OF, cached=True)
        assert differing(tmp_path / "site", tmp_path / "clean") == []


def test_every_private_file_is_its_owners_alone(tmp_path: Path) -> None:
    root = synthetic_project(tmp_path / "p", 12)
    build(root, tmp_path / "site", AS_OF, cached=True)
    shard(root, tmp_path / "shard", 1, 1)
    for folder in (root / ".yiyong", root / ".yiyong/cache", tmp_path / "shard"):
        assert folder.stat().st_mode & 0o077 == 0
        loose = [p.name for p in folder.iterdir() if p.is_file() and p.stat().st_mode & 0o077]
        assert [name for name in loose if name != "README.txt"] == []


@pytest.mark.parametrize("name", ["opencc", "pypdf", "lxml", "brotli", "pillow", "ahocorasick-rs", "msgspec"])
def test_the_cache_rests_on_every_library(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = hashing.installed()
    assert any(line.lower().replace("_", "-").startswith(f"{name} ") for line in lines)
    before = software_digest()
    monkeypatch.setattr(hashing, "installed", lambda: [*lines[:-1], lines[-1] + "1"])
    software_digest.cache_clear()
    assert software_digest() != before
    monkeypatch.undo()
    software_digest.cache_clear()
    assert software_digest() == before


def test_the_cache_rests_on_python() -> None:
    assert hashing.installed()[0].startswith("cpython 3.")


def test_a_copied_cache_is_as_good(tmp_path: Path) -> None:
    root = synthetic_project(tmp_path / "p", 8)
    with open_cache(tmp_path / "one", root) as cache:
        assert cache is not None
        cache.store().put("x", [Entry(name="a", made_from=b"1", value=(1, "二"))])
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    with open_cache(tmp_path / "two", root) as cache:
        assert cache is not None
        assert cache.store().find("x", {"a": b"1"}, tuple[int, str]) == {"a": (1, "二")}
        assert cache.store().find("x", {"a": b"1"}, tuple[str, str]) == {}
        assert cache.store().find("x", {"a": b"2"}, tuple[int, str]) == {}
