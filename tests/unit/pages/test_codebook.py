"""编码手册: every topic and every code is explained, on the page and as data."""

from __future__ import annotations

import csv
import io
from typing import get_args

import pytest
from pydantic import BaseModel

from generator.catalogue import wording
from generator.outputs.data.codebook_file import codebook_csv, codebook_resource
from generator.source.model.instrument import Benefit, Reach, Value
from generator.source.model.law_words import Comparison, Event, Modality, Part, Status, Topic
from generator.source.model.scalars import DayUnit
from tests.policy_site import by_id, pages, parsed, words

PATH = "policies/codebook/"


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(codebook_csv().decode("utf-8-sig"), newline="")))


def test_every_topic_says_what_it_covers_and_how_it_was_coded() -> None:
    tree = parsed(pages()[PATH])
    for topic in Topic:
        entry = words(by_id(tree, topic.value))
        assert wording("codebook")["meanings"][topic.value] in entry
        assert "有规定" in entry
    assert set(wording("codebook")["meanings"]) == {topic.value for topic in Topic}


def test_both_labels_of_a_silence_are_explained_beside_the_one_code_that_they_have() -> None:
    (rule,) = [line for line in wording("codebook")["rules"] if "同是 not_regulated" in line]
    labels = [wording("policies")["silences"][key]["label"] for key in ("not_regulated", "own_text")]
    assert all(f"“{label}”" in rule for label in labels)
    assert rule.replace(" ", "") in words(parsed(pages()[PATH]))


@pytest.mark.parametrize(("variable", "entry"), [("value", Value), ("benefit", Benefit), ("reach", Reach)])
def test_every_field_is_explained_and_no_other(variable: str, entry: type[BaseModel]) -> None:
    fields = {field.alias or name for name, field in entry.model_fields.items()}
    told = {row["code"]: row for row in rows() if row["variable"] == variable}
    assert set(told) == fields
    assert all(row["label"] and row["meaning"].endswith("。") for row in told.values())
    tree = parsed(pages()[PATH])
    for name, row in told.items():
        assert row["meaning"].replace(" ", "") in words(by_id(tree, f"{variable}.{name}"))


def test_the_fields_that_a_topic_uses_lead_to_their_meaning() -> None:
    tree = parsed(pages()[PATH])
    links = [a.get("href") for a in by_id(tree, "bonus").iter("a")]
    assert "#value.amount_to_cny" in links
    assert all(by_id(tree, str(link).removeprefix("#")) is not None for link in links)


def test_the_file_has_every_code_once_with_the_version() -> None:
    found = rows()
    keys = [(row["variable"], row["code"]) for row in found]
    assert len(keys) == len(set(keys))
    assert set(keys) >= {
        *(("topic", topic.value) for topic in Topic),
        *(("status", status.value) for status in Status),
        *(("modality", modality.value) for modality in Modality),
        *(("event", event.value) for event in Event),
        *(("comparison", comparison.value) for comparison in Comparison),
        *(("day_unit", unit) for unit in (*get_args(get_args(DayUnit)[0]), "unspecified")),
        *(("part", part.value) for part in Part),
    }
    assert {row["version"] for row in found} == {wording("codebook")["version"]}


def test_the_schema_names_the_columns_in_their_order() -> None:
    schema = codebook_resource()["schema"]
    assert [field["name"] for field in schema["fields"]] == list(rows()[0])


def test_the_newest_change_is_the_version_s() -> None:
    log = wording("codebook")["change_log"]
    assert log[0]["version"] == wording("codebook")["version"]
    assert [item["version"] for item in log] == sorted((item["version"] for item in log), reverse=True)
