"""取值的中文名称 (worded values): a value may be written by its code or by its Chinese word.

The words stand in ``catalogue/values.yml``. Whatever is written, the record holds the code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from generator.catalogue import value_codes


@dataclass(frozen=True, slots=True)
class Worded:
    """Marks a set of codes that have words: ``Annotated[Literal["full", "masked"], Worded("disclosure")]``."""

    name: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        codes = value_codes(self.name)

        def code(value: Any) -> Any:
            return codes.get(value, value) if isinstance(value, str) else value

        return core_schema.no_info_before_validator_function(code, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        made = handler(schema)
        listed = handler.resolve_ref_schema(made)
        codes = listed["enum"] if "enum" in listed else [listed["const"]]
        words = [word for word, code in value_codes(self.name).items() if code in codes]
        return {"type": "string", "enum": [*codes, *words]}
