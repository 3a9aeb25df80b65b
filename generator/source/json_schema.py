"""JSON 模式 (JSON Schema): what an editor needs to complete and check a file while it is typed.

It is made from the models that type the files, so the two cannot differ.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from generator.catalogue import key_words
from generator.source.field_guide import field_guide


class _Schema(GenerateJsonSchema):
    # The dialect that the YAML extensions of the usual editors check completely.
    schema_dialect = "http://json-schema.org/draft-07/schema#"

    # Titles made from the names of fields say nothing that the key does not.
    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    # "Nothing" is written by leaving the key out; the loader refuses a null, so an editor must not offer it.
    def nullable_schema(self, schema: core_schema.NullableSchema) -> dict[str, Any]:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> dict[str, Any]:
        made = super().default_schema(schema)
        return {key: value for key, value in made.items() if key != "default" or value not in (None, [], {})}


def schema_for(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema of ``model``, as files are written (keys by alias)."""
    schema = model.model_json_schema(schema_generator=_Schema, mode="validation", by_alias=True)
    described = {model.__name__: schema, **schema.get("$defs", {})}
    for name, definition in described.items():
        for key, value in definition.get("properties", {}).items():
            if (words := key_words(name, key)) is not None:
                value["title"], value["description"] = words
    return {"$schema": _Schema.schema_dialect, **schema}


@cache
def render_schema(model: type[BaseModel]) -> str:
    """The text of a schema file; the same model gives the same text."""
    return json.dumps(schema_for(model), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def render_guide(models: Mapping[str, type[BaseModel]]) -> str:
    """The text of the handbook's page on fields."""
    return field_guide(models, {name: schema_for(model) for name, model in models.items()})


def write_schemas(folder: Path, models: Mapping[str, type[BaseModel]]) -> list[Path]:
    """Write ``<name>.schema.json`` for each model into ``folder``, which is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, model in sorted(models.items()):
        path = folder / f"{name}.schema.json"
        path.write_text(render_schema(model), encoding="utf-8", newline="\n")
        written.append(path)
    return written
