"""Every value has its Chinese word: it may be written, it is told, and it means what its code means."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

import pytest
from pydantic import TypeAdapter

from generator.cases.case import Case
from generator.cases.case_files import is_positively_public, load_case
from generator.catalogue import value_words
from generator.diagnostics.report import format_text
from generator.source.field_guide import models_of
from generator.source.json_schema import schema_for
from generator.source.model.authority import Authority
from generator.source.model.instrument import InstrumentEntry
from generator.source.model.jurisdiction import Jurisdiction
from generator.source.model.site_settings import Site
from generator.source.model.worded import Worded
from generator.source.shape import keys_of
from tests.every_row import every_row
from tests.projects import case, person, write_yaml

MODELS = (Case, Authority, Jurisdiction, Site, InstrumentEntry)


def write_case(folder: Path, tree: dict[str, Any]) -> Path:
    path = folder / "registry/cases/wuhan/2026/wh26-0001.yml"
    write_yaml(path, tree)
    return path


def code_lists() -> list[tuple[str, frozenset[str], Worded | None]]:
    """Every list of codes in the models, with where it stands and the mark on it."""
    found: list[tuple[str, frozenset[str], Worded | None]] = []
    for model in {inner: None for root in MODELS for inner in models_of(root)}:
        for key, field in keys_of(model).items():
            outer = next((item for item in field.metadata if isinstance(item, Worded)), None)
            for codes, mark in _codes_in(field.annotation, outer):
                found.append((f"{model.__name__}.{key}", codes, mark))
    return found


def _codes_in(kind: Any, mark: Worded | None) -> Iterator[tuple[frozenset[str], Worded | None]]:
    origin = typing.get_origin(kind)
    if origin is typing.Annotated:
        inner, *extras = typing.get_args(kind)
        yield from _codes_in(inner, next((item for item in extras if isinstance(item, Worded)), mark))
    elif origin is Literal:
        yield frozenset(typing.get_args(kind)), mark
    elif isinstance(kind, type) and issubclass(kind, StrEnum):
        yield frozenset(item.value for item in kind), mark
    else:
        for part in typing.get_args(kind):
            yield from _codes_in(part, mark)


def test_every_code_of_a_record_of_settings_and_of_law_has_a_word() -> None:
    lists = [item for item in code_lists() if any(code.isascii() for code in item[1])]
    assert len(lists) > 60
    for where, codes, mark in lists:
        assert mark is not None, where
        assert codes == set(value_words(mark.name)), where


@every_row("name", sorted({mark.name for _, _, mark in code_lists() if mark is not None}))
def test_no_word_means_two_things(name: str) -> None:
    words = [word for said in value_words(name).values() for word in said]
    assert len(words) == len(set(words))


def test_a_case_in_chinese_words_is_the_same_case(tmp_path: Path) -> None:
    english = case(persons=[person(deceased="true")])
    chinese = case(
        level="公开",
        act={"kind": "水上救援"},
        persons=[person(disclosure="公开", deceased="是")],
        notice={"order": "确认前公示"},
    )
    read = [
        load_case(write_case(tmp_path / name, item), tmp_path / name).value
        for name, item in (("a", english), ("b", chinese))
    ]
    assert read[0] is not None
    assert read[0] == read[1]


def test_chinese_words_decide_as_codes_do_whether_lines_are_shown() -> None:
    def tree(level: str, disclosure: str) -> dict[str, Any]:
        return {"level": level, "persons": [{"name": "甲", "disclosure": disclosure, "adult": "是"}]}

    assert is_positively_public(tree("公开", "公开"))
    assert is_positively_public(tree("public", "full"))
    for level, disclosure in (
        ("公开", "隐名"),
        ("不公开", "公开"),
        ("保密", "公开"),
        ("公 开", "公开"),
        ("公开", "否"),
    ):
        assert not is_positively_public(tree(level, disclosure))
    assert is_positively_public(tree("公开", "公开") | {"persons": [{"disclosure": "full", "adult": True}]})
    minor = tree("公开", "公开")
    minor["persons"][0]["adult"] = "否"
    assert not is_positively_public(minor)


def test_a_word_that_is_none_is_answered_with_words(tmp_path: Path) -> None:
    result = load_case(write_case(tmp_path, case(act={"kind": "水上求援"})), tmp_path)
    text = format_text(result.diagnostics, lang="zh")
    assert "REC006" in text
    assert "水上救援 (water_rescue)" in text
    assert "是不是 `水上救援`" in text


def test_editors_offer_the_words() -> None:
    schema = schema_for(Case)
    offered = schema["$defs"]["Person"]["properties"]["disclosure"]["enum"]
    assert offered[:4] == ["full", "masked", "withheld", "公开"]
    assert "市人民政府" in schema["$defs"]["HonourRecord"]["properties"]["grantor_role"]["enum"]


def test_a_word_stands_for_its_code_alone() -> None:
    kind = TypeAdapter(typing.Annotated[Literal["full", "masked", "withheld"], Worded("disclosure")])
    assert kind.validate_python("隐名") == "masked"
    for wrong in ("水上救援", ["隐名"], 1):
        with pytest.raises(ValueError):
            kind.validate_python(wrong)
