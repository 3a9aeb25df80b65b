"""字段说明 (field guide): what every key of every kind of file is called and means, from the types themselves.

The words stand in ``catalogue/keys.yml``; a test insists that each key has some. Editors show them (JSON Schema),
and the handbook's ``fields.md`` is made of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from generator.catalogue import key_words
from generator.source.shape import Model, keys_of, models_below

_INTRO = """# 字段说明

这一页由软件写出（`yiyong schema`），与编辑器里的提示相同。一节是文件里的一层；标“必填”的没有默认，必须由人写明。
取值有中文名称的，写中文或者写代码都可以。
"""


def models_of(root: Model) -> tuple[Model, ...]:
    """``root`` and every type below it, in the order in which a reader meets them."""
    found: list[Model] = []
    waiting = [root]
    while waiting:
        model = waiting.pop(0)
        if model in found:
            continue
        found.append(model)
        waiting += [inner for field in keys_of(model).values() for inner in models_below(field.annotation)]
    return tuple(found)


def field_guide(kinds: Mapping[str, type[BaseModel]], schemas: Mapping[str, Mapping[str, object]]) -> str:
    """The page ``fields.md``. ``schemas`` are the JSON Schemas of ``kinds``, by the same names."""
    return "\n".join(
        [_INTRO, *(line for name, model in kinds.items() for line in _kind(model, schemas[name]))]
    )


def _kind(root: Model, schema: Mapping[str, object]) -> Iterator[str]:
    definitions = schema.get("$defs", {})
    for model in models_of(root):
        described = schema if model is root else _entry(definitions, model.__name__)
        yield from _table(model, described, top=model is root)


def _table(model: Model, schema: Mapping[str, object], *, top: bool) -> Iterator[str]:
    title = ((model.__doc__ or model.__name__).splitlines()[0].partition(" ")[0]).rstrip(".。:：,，")
    yield f"{'##' if top else '###'} {title}（`{model.__name__}`）\n"
    yield "| 键 | 名称 | 说明 | 取值 |\n|---|---|---|---|"
    required = schema.get("required", ())
    properties = schema.get("properties", {})
    for key in keys_of(model):
        name, about = key_words(model.__name__, key) or (key, "")
        must = "**必填。**" if isinstance(required, list) and key in required else ""
        yield f"| `{key}` | {name} | {must}{about} | {_choices(_entry(properties, key))} |"
    yield ""


def _choices(schema: Mapping[str, object]) -> str:
    values = schema.get("enum")
    if not isinstance(values, list):
        return ""
    words = [str(value) for value in values if isinstance(value, str) and not value.isascii()]
    return "、".join(words or [f"`{value}`" for value in values if isinstance(value, str)])


def _entry(mapping: object, key: str) -> Mapping[str, object]:
    found = mapping.get(key) if isinstance(mapping, Mapping) else None
    return found if isinstance(found, Mapping) else {}
