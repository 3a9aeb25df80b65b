"""法规数据的格式: what the schema refuses."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from generator.law.instruments import build_library
from generator.law.instruments.article import chinese_number, numbered_citation, read_article, whole_citation
from generator.source.model.instrument import InstrumentEntry, ProvisionEntry, Value
from tests.every_row import every_row


@every_row(
    ("citation", "anchor", "paragraph", "item"),
    [
        ("第十一条", "art-11", 0, 0),
        ("第十一条第一款", "art-11", 1, 0),
        ("第八条第二款第（三）项", "art-8", 2, 3),
        ("第二百零一条", "art-201", 0, 0),
        ("第二十条", "art-20", 0, 0),
        ("二（八）", "art-2-8", 0, 0),
        ("一", "art-1", 0, 0),
        ("前言", "art-preamble", 0, 0),
        ("末段", "art-closing", 0, 0),
    ],
)
def test_citations(citation: str, anchor: str, paragraph: int, item: int) -> None:
    article = read_article(citation)
    assert (article.anchor, article.paragraph, article.item) == (anchor, paragraph, item)


def test_citations_order_as_in_the_text() -> None:
    order = ["前言", "第二条", "第二条第一款", "第二条第一款第（二）项", "第二条第二款", "第十条", "末段"]
    mixed = [order[place] for place in (3, 6, 0, 5, 1, 4, 2)]
    assert sorted(mixed, key=read_article) == order
    assert whole_citation("第二条第一款第（二）项") == "第二条"
    assert whole_citation("二（八）") == "二（八）"


@every_row(
    ("text", "number"),
    [
        ("一", 1),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("四十七", 47),
        ("一百零五", 105),
        ("两", 2),
        ("90", 90),
    ],
)
def test_chinese_numbers(text: str, number: int) -> None:
    assert chinese_number(text) == number


@every_row(
    ("number", "citation"),
    [
        (1, "第一条"),
        (10, "第十条"),
        (19, "第十九条"),
        (21, "第二十一条"),
        (100, "第一百条"),
        (110, "第一百一十条"),
        (201, "第二百零一条"),
        (1005, "第一千零五条"),
    ],
)
def test_articles_are_counted_in_chinese(number: int, citation: str) -> None:
    assert numbered_citation(number) == citation
    assert read_article(citation).number == (number,)


@pytest.mark.parametrize("text", ["", "第一", "3万", "abc"])
def test_not_a_number(text: str) -> None:
    with pytest.raises(ValueError):
        chinese_number(text)


@pytest.mark.parametrize("citation", ["第11条", "第十一條", "11", "第十一条第1款", "", "第十一条 "])
def test_bad_citations(citation: str) -> None:
    entry = {"topic": "other", "article": citation, "summary": "示例。"}
    with pytest.raises(ValidationError, match="an article is cited as"):
        ProvisionEntry.model_validate(entry)


@every_row(
    "value",
    [
        {"days": "7"},
        {"days": "7", "comparison": "within"},
        {"days": "seven", "comparison": "within", "day_unit": "unspecified"},
        {"extendable_to_days": "60"},
        {"extendable_to_years": "2"},
        {"day": "7"},
        {"comparison": "about"},
        {"conditions": ["甲", "乙"]},
        {"conditions": ["甲"], "joined": "all"},
        {"multiple": "20"},
        {"percent_to": "100"},
    ],
)
def test_bad_values(value: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Value.model_validate(value)


def _version(**given: object) -> dict[str, object]:
    return {
        "slug": "a",
        "label": "示例",
        "kind": "enacted",
        "adopted_on": "unknown",
        "in_force_from": "unknown",
        "in_force_until": "open",
        "text_at_hand": "whole",
        "last_verified_on": "2026-11-22",
    } | given


def _instrument(*versions: dict[str, object]) -> dict[str, object]:
    return {"jurisdiction": "x", "slug": "y", "title": "示例", "kind": "rule", "versions": list(versions)}


@pytest.mark.parametrize(
    ("versions", "message"),
    [
        ([_version(text_at_hand="cut_off")], "says its last article"),
        ([_version(last_article="第二条")], "says its last article"),
        ([_version(inherits="b")], "inherits one that stands before"),
        ([_version(), _version()], "entered twice"),
        ([_version(in_force_from="2020-02-30")], "no such day"),
        ([], "at least 1 item"),
    ],
)
def test_bad_versions(versions: list[dict[str, object]], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        InstrumentEntry.model_validate(_instrument(*versions))


def test_an_instrument_is_entered_once() -> None:
    entry = InstrumentEntry.model_validate(_instrument(_version()))
    with pytest.raises(ValueError, match="x/y is entered twice"):
        build_library([entry, entry])


def test_a_digest_not_yet_complete_says_so() -> None:
    entry = InstrumentEntry.model_validate(_instrument(_version(entered="part", in_force_from="2020-01-01")))
    answer = build_library([entry]).provision("x", "bonus", date(2021, 1, 1))
    assert answer.status == "not_entered"
    assert [note.key for note in answer.notes] == ["start_stated", "not_entered"]
