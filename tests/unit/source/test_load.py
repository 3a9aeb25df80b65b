"""载入: places, publicity, robustness."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from generator.diagnostics import Diagnostic, format_github, format_json, format_text
from generator.source.finding import format_path, parse_path
from generator.source.load import LoadResult, load_file
from generator.source.locate import locator
from generator.source.model.scalars import Day, Entry, Prose, Text


class Received(Entry):
    kind: Literal["received"]
    received: Day


class Decided(Entry):
    kind: Literal["decided"]
    on: Day


class Person(Entry):
    name: Text
    from_: Day | None = Field(default=None, alias="from")
    unto: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Person:
        if self.from_ and self.unto and self.from_ > self.unto:
            context: dict[str, Any] = {
                "at": "unto",
                "related": ["from"],
                "opens_on": self.from_.isoformat(),
                "closes_on": self.unto.isoformat(),
            }
            raise PydanticCustomError("CLK001", "out of order", context)
        return self


class Record(Entry):
    level: Literal["public", "masked"]
    persons: tuple[Person, ...] = ()
    steps: tuple[Annotated[Received | Decided, Field(discriminator="kind")], ...] = ()
    by_name: dict[str, Person] | None = None
    narrative: Prose | None = None


def is_public(tree: Mapping[str, object]) -> bool:
    return tree.get("level") == "public"


def load(tmp_path: Path, text: str | bytes) -> LoadResult[Record]:
    path = tmp_path / "a.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_file(path, tmp_path, Record, is_public=is_public)


def where(diagnostics: tuple[Diagnostic, ...]) -> list[tuple[str, int | None, int | None, str | None]]:
    return [(d.code, d.place.line, d.place.column, d.place.field) for d in diagnostics]


def test_a_good_file_has_a_value_and_no_diagnostics(tmp_path: Path) -> None:
    result = load(tmp_path, "level: public\npersons:\n  - name: 王示例\n    from: 2026-03-01\n")
    assert result.value is not None and result.value.persons[0].name == "王示例"
    assert result.diagnostics == ()


def test_labels_of_unions_are_not_taken_for_keys(tmp_path: Path) -> None:
    text = "level: public\nsteps:\n  - kind: received\n    received: 3月\n  - kind: decided\n    on: 3月\n    onn: x\n"
    assert where(load(tmp_path, text).diagnostics) == [
        ("REC010", 4, 15, "steps[0].received"),
        ("REC010", 6, 9, "steps[1].on"),
        ("REC001", 7, 5, "steps[1].onn"),
    ]


def test_aliased_keys_and_free_keys_are_found(tmp_path: Path) -> None:
    text = "level: public\nby_name:\n  甲:\n    name: 王示例\n    from: 3月\n    form: x\n"
    assert where(load(tmp_path, text).diagnostics) == [
        ("REC010", 5, 11, "by_name.甲.from"),
        ("REC001", 6, 5, "by_name.甲.form"),
    ]


def test_a_validator_speaks_with_its_own_code_and_points_to_both_places(tmp_path: Path) -> None:
    text = "level: public\npersons:\n  - name: 王示例\n    from: 2026-03-02\n    unto: 2026-03-01\n"
    (found,) = load(tmp_path, text).diagnostics
    assert (found.code, found.place.line, found.place.field) == ("CLK001", 5, "persons[0].unto")
    assert found.facts == {"opens_on": "2026-03-02", "closes_on": "2026-03-01"}
    assert [(place.line, place.field) for place in found.related] == [(4, "persons[0].from")]


def test_all_problems_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    text = "level: public\nlevel: public\npersons:\n  - name: !x 王示例\n    from: ~\n    to: x\n  - 1\nnarrative: ''\n"
    assert [d.code for d in load(tmp_path, text).diagnostics] == [
        "SRC023", "SRC024", "SRC027", "REC001", "REC003", "REC007",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["level: public\nlevel: masked\n", "level: masked\nlevel: public\n"])
def test_a_level_entered_twice_counts_as_not_public(tmp_path: Path, text: str) -> None:
    assert [d.place.shown for d in load(tmp_path, text).diagnostics] == [False]


SECRET = "曌曌曌"
HIDDEN = [
    "level: masked\nnarrative: '曌曌曌\u200b'\n",
    "level: publik\npersons: 曌曌曌\n",
    "persons:\n  - name: 曌曌曌\n    曌曌曌: 1\n",
    "level: public\nnarrative: 曌曌曌: 曌曌曌\n",
    "level: public\nnarrative: \"曌曌曌\n",
    "level: public\n曌曌曌\nnarrative: x\n",
    "level: public\nlevel: masked\nby_name: {曌曌曌: {nam: 曌曌曌}}\n",
    "level: &曌曌曌 public\n",
    "level: &a public\nnarrative: *a\nby_name: {曌曌曌: {}}\n",
    "level: public\n---\n曌曌曌: 曌曌曌\n",
    "level: public\nlevel: masked\nlevel: public\n曌曌曌: 1\n",
    "曌曌曌: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\nlevel: public\n",
    "level: masked\npersons:\n  - name: a\n    from: 2026-03-02\n    unto: 2026-03-01\n    曌曌曌: 曌曌曌\n",
    "level: public\nnarrative: 曌曌曌\x00\n",
    "level: public\nnarrative: [曌曌曌\n",
    "level: public\nnarrative: \"\\曌曌曌\"\n",
]  # fmt: skip


@pytest.mark.parametrize("text", HIDDEN)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_of_a_file_that_is_not_positively_public_is_told(
    tmp_path: Path, text: str, lang: Literal["zh", "en"]
) -> None:
    found = load(tmp_path, text).diagnostics
    assert found and not any(d.place.shown or d.place.end_column for d in found)
    told = format_text(found, lang=lang) + format_json(found, lang=lang) + format_github(found, lang=lang)
    assert SECRET not in told and "曌" not in told and "\\u66cc" not in told
    assert "2026-03-0" not in told


PRIVATE = frozenset({"private"})
PARTLY = [
    # a private value of the wrong type, a misspelt private key, a private key out of place
    "level: public\nprivate:\n  phone: 曌\u200b\n",
    "level: public\nprivte:\n  phone: !x 曌\n  曌: 1\n",
    "level: public\nphone: 曌\n",
    "level: public\nphoned: 曌\n",
    "level: public\npersons:\n  - name: 王示例\n    phone: 曌\n    private: {phone: 曌, phone: 曌曌}\n",
    # a problem of something public on the line of something private
    "level: public\nprivate: {phone: 曌, email: {曌: x}, fax: 曌\n  曌}\n",
    "level: public\npersons: [{private: {phone: '曌\n    曌'}, name: '', from: 曌}]\n".replace(
        "from: 曌", "unto: x"
    ),
    "level: public\nlevel: public\npersons: []\nprivate: {phone: '曌'}\npersons: [{phone: 曌, name: ~}]\n",
    "level: public\nby_name: 1\nprivate: 曌\n",
    "level: public\nprivate: [曌]\n",
    "level: public\nprivate: *曌\n",
]


class Office(Record):
    phone_: Text | None = Field(default=None, alias="fax")
    private: Contact | None = None


class Contact(Entry):
    phone: Text | None = None
    email: Text | None = None


Office.model_rebuild()


@pytest.mark.parametrize("text", PARTLY)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_for_staff_only_is_not_told_of_a_public_record(
    tmp_path: Path, text: str, lang: Literal["zh", "en"]
) -> None:
    path = tmp_path / "a.yml"
    path.write_text(text, encoding="utf-8")
    result = load_file(path, tmp_path, Office, is_public=is_public, private_keys=PRIVATE)
    found = result.diagnostics
    assert found
    told = format_text(found, lang=lang) + format_json(found, lang=lang) + format_github(found, lang=lang)
    assert "曌" not in told


def test_a_public_record_shows_the_rest_of_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("level: public\nnarative: 示例\npersons: [{name: '', private: 1}]\n", encoding="utf-8")
    found = load_file(path, tmp_path, Office, is_public=is_public, private_keys=PRIVATE).diagnostics
    assert [(d.code, d.place.source_line) for d in found] == [
        ("REC001", "narative: …"),
        ("REC007", "persons: [{name: '', private: …"),
        ("REC001", "persons: [{name: '', private: …"),
    ]
    where_is = locator(path, tmp_path, Office, shown=True, private_keys=PRIVATE).place
    assert where_is("level").source_line == "level: public"
    assert not where_is("private").shown


def test_a_settings_file_is_shown_even_when_it_cannot_be_parsed(tmp_path: Path) -> None:
    path = tmp_path / "site.yml"
    path.write_text('level: "x\n', encoding="utf-8")
    result = load_file(path, tmp_path, Record, is_public=lambda tree: True)
    assert [d.place.source_line for d in result.diagnostics] == ['level: "x']


def test_a_locator_finds_fields_and_their_nearest_ancestors(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("level: public\npersons:\n  - name: 王示例\n", encoding="utf-8")
    shown, hidden = (locator(path, tmp_path, Record, shown=shown) for shown in (True, False))
    assert (shown.place("persons[0].name").line, shown.place("persons[0].name").column) == (3, 11)
    assert shown.place("persons[0].name", at_key=True).column == 5
    assert (shown.place("persons[0].from").line, shown.place("by_name").line) == (3, 1)
    assert hidden.place("persons[0].name").source_line is None
    path.unlink()
    assert locator(path, tmp_path, Record, shown=True).place("level").line is None


def test_field_paths_are_written_and_read() -> None:
    for text in ("level", "persons[0].name", "a.b[10][2].c"):
        assert format_path(parse_path(text)) == text


def test_links_inside_the_project_are_read_and_broken_ones_are_missing(tmp_path: Path) -> None:
    (tmp_path / "b.yml").write_text("level: public\n", encoding="utf-8")
    (tmp_path / "a.yml").symlink_to("b.yml")
    (tmp_path / "loop.yml").symlink_to("loop.yml")
    (tmp_path / "gone.yml").symlink_to("nowhere.yml")
    assert load_file(tmp_path / "a.yml", tmp_path, Record, is_public=is_public).value is not None
    codes = {
        name: [d.code for d in load_file(tmp_path / name, tmp_path, Record, is_public=is_public).diagnostics]
        for name in ("loop.yml", "gone.yml", "x/../../a.yml")
    }
    assert codes == {"loop.yml": ["SRC004"], "gone.yml": ["SRC001"], "x/../../a.yml": ["SRC001"]}


def test_a_linked_folder_that_leads_outside_is_refused(tmp_path: Path) -> None:
    outside, root = tmp_path / "outside", tmp_path / "root"
    outside.mkdir()
    root.mkdir()
    (outside / "a.yml").write_text("level: public\n", encoding="utf-8")
    (root / "cases").symlink_to(outside)
    for path in (root / "cases" / "a.yml", root / ".." / "outside" / "a.yml", outside / "a.yml"):
        result = load_file(path, root, Record, is_public=is_public)
        assert [d.code for d in result.diagnostics] == ["SRC003"]


def test_a_file_name_that_is_not_utf8_can_be_told(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\n.yml"))
    path.write_bytes(b"")
    result = load_file(path, tmp_path, Record, is_public=lambda tree: True)
    told = format_text(result.diagnostics).encode("utf-8").decode()
    assert told.startswith("\\xff\\n.yml: ")


_YAML = st.recursive(
    st.sampled_from(["public", "masked", "2026-02-30", "'王示例'", "~", "", "!x y", "&a b", "*a", '"\\u202e"', "|", "@", "a: b"]),
    lambda inner: st.lists(st.tuples(st.sampled_from(["level", "persons", "name", "steps", "kind", "from", "王", "- "]), inner), min_size=1, max_size=4).map(
        lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"
    )
    | st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]"),
    max_leaves=8,
)  # fmt: skip
_FILES = (
    st.binary(max_size=300)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))
    | st.lists(st.tuples(st.sampled_from(["level", "persons", "steps", "by_name", "narrative", "x"]), _YAML), max_size=5).map(
        lambda pairs: "".join(f"{key}: {value}\n" for key, value in pairs).encode()
    )
)  # fmt: skip


@given(data=_FILES)
def test_whatever_the_bytes_there_is_a_value_or_a_report(tmp_path: Path, data: bytes) -> None:
    result = load(tmp_path, data)
    assert (result.value is None) == bool(result.diagnostics)
    for lang in ("zh", "en"):
        told = format_text(result.diagnostics, lang=lang, width=60)
        assert told.encode("utf-8") and "\x1b" not in told and "\u202e" not in told
    assert json.loads(format_json(result.diagnostics))["errors"] == len(result.diagnostics)
    assert format_github(result.diagnostics).count("\n") == len(result.diagnostics)


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 50_000,
        b"{a: " * 12_500,
        b"- " * 25_000,
        b"? " * 25_000,
        b"k" * 50_000 + b": 1\n",
        b"level: public\n" * 3_500,
        b"a: !t &a x\n" * 4_500,
        "王: 1\n".encode() * 7_500,
        b'"' + b"\\u200b" * 8_500 + b'": 1',
        b"#" * 50_000,
        b"\t" * 50_000,
        b"a: |\n" + b" x\n" * 15_000 + b"\ty: 1",
    ],
    ids=range(12),
)
def test_large_nonsense_is_told_briefly(tmp_path: Path, data: bytes) -> None:
    result = load(tmp_path, data)
    assert 1 <= len(result.diagnostics) <= 201
    assert len(format_text(result.diagnostics)) < 200_000
