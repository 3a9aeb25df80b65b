"""JSON 模式: editors get the format that the loader reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal

import jsonschema
import pytest
from pydantic import Field

from generator.source.json_schema import schema_for, write_schemas
from generator.source.model.scalars import Day, Entry, Text, Truth, Whole


class Step(Entry):
    kind: Literal["received"]
    on: Day


class Decision(Entry):
    kind: Literal["decided"]
    by: Text


class Record(Entry):
    """一份记录."""

    title: Text
    count: Annotated[Whole, Field(description="人数")] = 1
    open: Truth = False
    from_: Day | None = Field(default=None, alias="from")
    steps: tuple[Annotated[Step | Decision, Field(discriminator="kind")], ...] = ()


GOOD: list[dict[str, Any]] = [
    {"title": "示例"},
    {"title": "示例", "count": 3, "open": True, "from": "2026-03-01"},
    {
        "title": "示例",
        "steps": [{"kind": "received", "on": "2026-03-01"}, {"kind": "decided", "by": "某机关"}],
    },
]
BAD: list[dict[str, Any]] = [
    {},
    {"title": "示例", "titel": "示例"},
    {"title": "示例", "from_": "2026-03-01"},
    {"title": "示例", "from": "1/3"},
    {"title": "示例", "from": None},
    {"title": None},
    {"title": "示例", "steps": [{"kind": "lost", "on": "2026-03-01"}]},
    {"title": "示例", "steps": {"kind": "received"}},
]


def test_a_schema_is_valid_and_judges_as_the_loader_does() -> None:
    schema = schema_for(Record)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    assert [validator.is_valid(record) for record in GOOD] == [True] * len(GOOD)
    assert [validator.is_valid(record) for record in BAD] == [False] * len(BAD)


def test_what_authors_wrote_about_a_key_reaches_the_editor() -> None:
    schema = schema_for(Record)
    assert schema["description"] == "一份记录."
    assert schema["properties"]["count"]["description"] == "人数"
    assert "title" not in schema["properties"]["title"]


def test_schemas_are_written_the_same_each_time(tmp_path: Path) -> None:
    folder = tmp_path / "schema"
    first = [path.read_bytes() for path in write_schemas(folder, {"b": Step, "a": Record})]
    again = [path.read_bytes() for path in write_schemas(folder, {"a": Record, "b": Step})]
    assert first == again
    assert sorted(path.name for path in folder.iterdir()) == ["a.schema.json", "b.schema.json"]
    assert json.loads(first[0]) == schema_for(Record)


@pytest.mark.parametrize("model", [Record, Step])
def test_no_schema_asks_for_another_origin(model: type[Entry]) -> None:
    text = json.dumps(schema_for(model))
    assert [part for part in text.split('"') if part.startswith("http")] == [
        "http://json-schema.org/draft-07/schema#"
    ]
