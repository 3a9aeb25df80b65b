"""载入 (source): YAML files to typed values, with every problem at its line and column.

``generator.source`` knows nothing of cases or policies: the model is passed in.
"""

from generator.source.json_schema import render_guide, schema_for, write_schemas
from generator.source.load import IsPublic, LoadResult, load_file
from generator.source.locate import Locator, locator
from generator.source.yaml_reader import Tree

__all__ = [
    "IsPublic",
    "LoadResult",
    "Locator",
    "Tree",
    "load_file",
    "locator",
    "render_guide",
    "schema_for",
    "write_schemas",
]
