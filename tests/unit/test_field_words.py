"""Staff read words for every part of the data that a publication can change."""

from __future__ import annotations

import typing
from collections.abc import Iterator

import msgspec
import pytest

from generator.catalogue import field_wording
from generator.desk.field_words import field_words, value_words
from generator.public.honour_document import HonourDocument
from generator.public.notice_document import NoticeDocument
from generator.public.policy_document import PolicyDocument

NOT_COMPARED = {"days", "period", "holds_until"}


def parts(document: type[msgspec.Struct]) -> Iterator[str]:
    """Names of all fields of a document, however deep."""
    for name, hint in typing.get_type_hints(document).items():
        if name not in NOT_COMPARED:
            yield name
            for inner in _documents(hint):
                yield from parts(inner)


def _documents(hint: object) -> Iterator[type[msgspec.Struct]]:
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        yield hint
    for inner in typing.get_args(hint):
        yield from _documents(inner)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("document", [NoticeDocument, HonourDocument, PolicyDocument])
def test_every_field_has_a_word(document: type[msgspec.Struct], lang: str) -> None:
    words = field_wording(lang)
    assert sorted({part for part in parts(document) if not words.get(part)}) == []


def test_a_path_is_read_as_words() -> None:
    assert field_words("persons[0].name", "zh") == "人员1·姓名"
    assert field_words("persons[1].name", "en") == "person 2, name"
    assert field_words("group.name", "zh") == "群体·名称"
    assert field_words("act.narrative[2]", "zh") == "事迹·经过3"
    assert field_words("nobody_knows", "zh") == "nobody_knows"


def test_a_value_is_read_as_it_stands() -> None:
    assert [value_words(value, "zh") for value in ('"2026-11-26"', "true", "8000", "")] == [
        "2026-11-26", "是", "8000", "",
    ]  # fmt: skip
    assert value_words("false", "en") == "no"
