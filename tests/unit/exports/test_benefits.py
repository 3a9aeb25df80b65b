"""``/api/v1/benefits.json``: the machine gets what the page says."""

from __future__ import annotations

import json
from functools import cache
from itertools import islice
from typing import Any

import jsonschema

from generator.law.instruments.entitlement import answers_given, decide, entitlements, situations
from generator.outputs.data.api import benefits_json
from generator.outputs.data.schemas import schemas
from generator.public.benefit_document import benefit_documents
from tests.every_row import every_row
from tests.policy_site import TODAY, settings, site_context


def places() -> list[str]:
    return sorted(slug for slug, place in settings().jurisdictions.items() if place.level != "nation")


@cache
def benefits() -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(b"".join(benefits_json(benefit_documents(site_context())))))


def test_every_benefit_fits_the_schema() -> None:
    schema = json.loads(dict(schemas(site_context()))["api/v1/schema/benefits.json"])
    jsonschema.validate(list(benefits()), schema)
    assert len(benefits()) > 300


@every_row("place", places)
def test_a_reader_of_the_data_reaches_the_verdicts_of_the_page(place: str) -> None:
    """A condition seen from below is for texts above the place; one no keeps it, else one doubt."""
    listed = [one for one in benefits() if place in one["applies_in"]]
    found = sorted(entitlements(settings().library, place, TODAY), key=lambda one: one.provision.jurisdiction)
    assert [one["summary"] for one in listed] == [one.provision.summary for one in found]
    for situation in islice(situations(), 0, None, 97):
        given = answers_given(situation)
        for item, benefit in zip(listed, found, strict=True):
            seen = ("anywhere", "own" if item["jurisdiction"] == place else "below")
            tests = [test for test in item["tests"] if test["seen_from"] in seen]
            answers = [given.get(test["question"]) if test["question"] else "*" for test in tests]
            said = [
                # What was not answered depends.
                "depends"
                if answer is None
                else next(word for word in ("no", "silent", "depends", "yes") if answer in test[word])
                for test, answer in zip(tests, answers, strict=True)
            ]
            verdict = next(
                verdict
                for word, verdict in (
                    ("no", "not_yours"),
                    ("silent", "not_stated"),
                    ("depends", "depends"),
                    ("yes", "yours"),
                )
                if word in said or word == "yes"
            )
            assert verdict == decide(benefit, situation).verdict.value


def test_amount_honour_payers_and_article_are_told() -> None:
    bonus = next(one for one in benefits() if one["jurisdiction"] == "hangzhou" and "5万元" in one["summary"])
    assert bonus["article"] == "二（八）"
    assert bonus["figure"] == "每人 5 万元"
    assert bonus["honours"] == [
        {"kinds": ["merit"], "titles": [], "level": "city", "or_higher": False, "by": None}
    ]
    hukou = next(one for one in benefits() if one["jurisdiction"] == "hangzhou" and "3年内" in one["summary"])
    assert hukou["bring"] == ["奖励证书等材料"]
    assert hukou["apply_to"] == ["行为发生地公安机关", "评选推荐地公安机关"]
    assert hukou["modality"] == "may"
