"""Every key of every file has a Chinese name and says what it means, to editors and in the handbook."""

from __future__ import annotations

from generator.catalogue import key_words
from generator.cli.file_kinds import FIELD_GUIDE, KINDS
from generator.source.field_guide import models_of
from generator.source.json_schema import render_guide, schema_for
from generator.source.shape import keys_of
from tests.every_row import every_row
from tests.projects import ROOT

MODELS = sorted(
    {model for kind in KINDS.values() for model in models_of(kind)}, key=lambda model: model.__name__
)


@every_row("model", MODELS, ids=lambda model: model.__name__)
def test_every_key_has_a_name_and_says_what_it_means(model: type) -> None:
    for key in keys_of(model):
        words = key_words(model.__name__, key)
        assert words is not None, f"{model.__name__}.{key} has no words in catalogue/keys.yml"
        name, about = words
        assert not name.isascii() and about.endswith("。"), key


@every_row("kind", sorted(KINDS))
def test_editors_show_the_names(kind: str) -> None:
    schema = schema_for(KINDS[kind])
    for definition in (schema, *schema.get("$defs", {}).values()):
        for key, value in definition.get("properties", {}).items():
            assert not value["title"].isascii() and value["description"], key


def test_the_page_of_the_handbook_is_what_the_types_say() -> None:
    page = (ROOT / "content/handbook" / FIELD_GUIDE).read_text(encoding="utf-8")
    assert page == render_guide(KINDS), "run make schema"
    assert sum(line.startswith("| `") for line in page.splitlines()) == sum(
        len(keys_of(model)) for kind in KINDS.values() for model in models_of(kind)
    )
