"""变动处: a file of which only what changed is read tells what it tells when it is read as a whole."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.audit import Auditor, AuditReport, FormerFiles, Secrets, audit_site, changed_parts
from generator.audit.changed_parts import unread
from generator.audit.skimming import Skimmer
from tests.journeys import SOME_AND_REST, share
from tests.soaking import examples
from tests.unit.audit import builders as b
from tests.unit.audit.plants import plants, secrets
from tests.unit.audit.test_skimming import _TOKENS

calm = settings(max_examples=examples(20))


@pytest.fixture(autouse=True, scope="module")
def small_files_too() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(changed_parts, "_SMALL", 0)
        yield


ROWS = tuple(
    f'<li><a href="/notices/wuhan-2026-{n:05}/">第{n}号公示</a> abcdefgh{n}</li>' for n in range(300)
)
VALUES = tuple(
    f'{{"id":"wuhan-2026-{n:05}","title":"第{n}号公示。","of":["abcdefgh{n}"]}}' for n in range(300)
)
LONG: Mapping[str, tuple[str, ...]] = {"index.html": ROWS, "a.json": VALUES, "a.csv": VALUES, "a.svg": ROWS}


def long_text(name: str, changes: Mapping[int, str]) -> str:
    """A file of many lines or, where it is JSON, of many values, with the ``changes`` in it."""
    between = "," if name == "a.json" else "\n"
    return between.join(changes.get(number, line) for number, line in enumerate(LONG[name]))


class Trees:
    """Two folders: one was audited, the other is."""

    def __init__(self, folder: Path, known: Secrets) -> None:
        self.known = known
        self.old, self.new = folder / "old", folder / "new"
        self.old.mkdir()
        self.new.mkdir()

    def former(self) -> FormerFiles:
        report = audit_site(self.old, self.known)
        looks = {name: (self.old / name).stat() for name in report.clean}
        return FormerFiles(
            folder=self.old,
            cleared={
                name: ((look.st_size, look.st_mtime_ns, look.st_ino), report.clean[name])
                for name, look in looks.items()
            },
        )

    def audited(self) -> tuple[AuditReport, AuditReport]:
        """The new tree beside the old one, and alone."""
        return audit_site(self.new, self.known, former=self.former()), audit_site(self.new, self.known)


def parts_of(name: str, new: bytes, old: bytes) -> int:
    """How much of the new file is read."""
    return sum(len(piece.text or piece.data or b"") for piece in unread(name, new, old).pieces)


@pytest.mark.parametrize("margin", [4_000, changed_parts._MARGIN])
@pytest.mark.parametrize("name", sorted(LONG))
def test_of_a_long_file_only_what_changed_is_read(
    name: str, margin: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changed_parts, "_MARGIN", margin)
    old = long_text(name, {}).encode()
    for changes in (
        {150: "改"},
        {0: "改"},
        {299: "改", 150: "改"},
        {150: ""},
        {10: "一\n二", 290: LONG[name][3]},
    ):
        new = long_text(name, changes).encode()
        assert 0 < parts_of(name, new, old) < len(new)
    assert parts_of(name, old, old) == 0


def test_a_page_of_another_day_is_read_where_it_says_so() -> None:
    """The same page each night: an attribute above, words below, and a month that is shorter to write."""
    before, after = ("2026-11-30", "11月30日"), ("2026-12-01", "12月1日")
    of = [
        "\n".join((f'<html data-as-of="{iso}">', *ROWS, f"<p>数据截至2026年{words}</p>", *ROWS[:9]))
        for iso, words in (before, after)
    ]
    found = unread("index.html", of[1].encode(), of[0].encode())
    texts = "".join(piece.text or "" for piece in found.pieces)
    assert "2026-12-01" in texts
    assert "12月1日" in texts
    assert len(texts) < len(of[1]) // 2
    assert found.letters


def test_what_reaches_far_is_read_as_a_whole() -> None:
    for far in ("<!-- ", "<ruby>冀<rt>", '<img src="data:text/plain;base64,', "<p\n", "\0"):
        old = "\n".join((far, *("字字字字字字字字a" for _ in range(500)), ">x"))
        new = old.replace("x", "y")
        assert parts_of("index.html", new.encode(), old.encode()) >= len(new)


_edits = st.dictionaries(
    st.one_of(st.integers(0, 299), st.sampled_from((0, 1, 150, 151, 152, 298, 299))),
    st.lists(st.sampled_from((*_TOKENS, "\n", b.NAME)), max_size=6).map("".join),
    max_size=4,
)


@calm
@given(st.sampled_from(sorted(LONG)), _edits, _edits, st.sampled_from((4_000, 96 * 1024)))
def test_after_any_edit_the_same_is_found(
    name: str, first: dict[int, str], second: dict[int, str], margin: int
) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(changed_parts, "_MARGIN", margin)
        trees = Trees(Path(folder), secrets())
        (trees.old / name).write_text(long_text(name, first), encoding="utf-8")
        (trees.new / name).write_text(long_text(name, second), encoding="utf-8")
        beside, alone = trees.audited()
        assert beside.findings == alone.findings


@cache
def auditor() -> Auditor:
    return Auditor(secrets())


@pytest.mark.parametrize("rest", SOME_AND_REST)
def test_every_planted_leak_is_found_in_a_file_that_was_clean(rest: bool) -> None:
    for number, plant in enumerate(share(plants(), rest=rest)):
        name = f"{number}/{plant.file}"
        for old in (b"", plant.data[: len(plant.data) // 2], plant.data[len(plant.data) // 2 :]):
            if auditor().audit_bytes(name, old) or auditor().matcher.touched:
                continue
            changed = {name: unread(name, plant.data, old)}
            (seen,) = Skimmer(auditor()).read([(name, plant.data)], changed)
            found = auditor().audit_bytes(name, plant.data)
            assert seen.whole or not found, plant.how
            assert seen.whole or seen.touched or not auditor().matcher.touched, plant.how


@pytest.mark.parametrize("kept", [0, 10, 390])
def test_base64_whose_letters_stand_far_apart_is_found(kept: int, tmp_path: Path) -> None:
    """Of a page only what is near to a change is read, but all of its letters."""
    letters = base64.b64encode("冀怀朴".encode()).decode()
    old = ["<p>经核实事迹属实予以公示</p>"] * 400
    old[kept] = f"<p>{letters[:6]}</p>"
    new = old.copy()
    new[200] = f"<p>{letters[6:]}</p>" if kept < 200 else f"<p>{letters[:6]}</p>"
    if kept > 200:
        old[kept] = new[kept] = f"<p>{letters[6:]}</p>"
    trees = Trees(tmp_path, secrets())
    (trees.old / "index.html").write_text("\n".join(old), encoding="utf-8")
    (trees.new / "index.html").write_text("\n".join(new), encoding="utf-8")
    beside, alone = trees.audited()
    assert beside.findings == alone.findings != ()


def test_of_packed_files_too_only_what_changed_is_read() -> None:
    def packed(*rows: str) -> bytes:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(
                "a.xml", "".join(f"<row r='{n}'><t>{row}</t></row>" for n, row in enumerate(rows))
            )
            archive.writestr("b.xml", "".join(ROWS))
        return file.getvalue()

    old, new = packed(*ROWS), packed(*ROWS[:200], "冀怀朴", *ROWS[201:])
    texts = [piece.text or "" for piece in unread("a.xlsx", new, old).pieces]
    assert any("冀怀朴" in text for text in texts)
    assert not any("第10号公示" in text for text in texts)


def test_a_former_file_that_somebody_wrote_to_is_not_relied_on(tmp_path: Path) -> None:
    trees = Trees(tmp_path, secrets())
    for folder in (trees.old, trees.new):
        (folder / "index.html").write_text(long_text("index.html", {}), encoding="utf-8")
    former = trees.former()
    leaking = long_text("index.html", {150: b.NAME})
    for folder in (trees.old, trees.new):
        (folder / "index.html").write_text(leaking, encoding="utf-8")
    assert audit_site(trees.new, trees.known, former=former).findings


def test_words_that_are_new_are_looked_for_in_all_of_the_file(tmp_path: Path) -> None:
    before = b.secrets("骆允谦")
    trees = Trees(tmp_path, before)
    (trees.old / "index.html").write_text(long_text("index.html", {10: b.NAME}), encoding="utf-8")
    (trees.new / "index.html").write_text(long_text("index.html", {10: b.NAME, 290: "改"}), encoding="utf-8")
    former = trees.former()
    now = b.secrets("骆允谦", b.NAME)
    added = now.added_since(before.searched_for())
    assert added
    report = audit_site(trees.new, now, former=former, added=added)
    assert report.findings == audit_site(trees.new, now).findings != ()
