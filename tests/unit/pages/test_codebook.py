"""编码手册: every topic and every code is explained, on the page and as data."""

from __future__ import annotations

import csv
import io

from generator.catalogue import wording
from generator.outputs.data.codebook_file import codebook_csv, codebook_resource
from generator.source.model.instrument import Event, Modality, Status, Topic
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


def test_the_file_has_every_code_once_with_the_version() -> None:
    found = rows()
    keys = [(row["variable"], row["code"]) for row in found]
    assert len(keys) == len(set(keys))
    assert set(keys) >= {
        *(("topic", topic.value) for topic in Topic),
        *(("status", status.value) for status in Status),
        *(("modality", modality.value) for modality in Modality),
        *(("event", event.value) for event in Event),
    }
    assert {row["version"] for row in found} == {wording("codebook")["version"]}


def test_the_schema_names_the_columns_in_their_order() -> None:
    schema = codebook_resource()["schema"]
    assert [field["name"] for field in schema["fields"]] == list(rows()[0])


def test_the_newest_change_is_the_version_s() -> None:
    log = wording("codebook")["change_log"]
    assert log[0]["version"] == wording("codebook")["version"]
    assert [item["version"] for item in log] == sorted((item["version"] for item in log), reverse=True)
