"""决定的有无之同: random registries whose honours decisions grant, with what is withheld and without it."""

from __future__ import annotations

import copy
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.decision_trees import in_decisions, without_grants
from tests.leak_reading import leaks
from tests.quick import Quick
from tests.registries import random_registry, without_withheld
from tests.soaking import examples


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Quick:
    return Quick(tmp_path_factory.mktemp("quick"), retention={"identity_days": "90"})


@settings(max_examples=examples(3), suppress_health_check=list(HealthCheck))
@given(seed=st.integers(10_000, 10_000_000))
def test_nothing_depends_on_a_grant_that_is_withheld(seed: int, quick: Quick) -> None:
    registry = random_registry(seed, most_cases=6)
    without = without_withheld(copy.deepcopy(registry), random.Random(seed), renumber=False)
    kept = {
        honour["id"]: honour["recipients"]
        for tree in without.cases.values()
        for honour in tree.get("honours", ())
    }
    decisions = in_decisions(registry)
    in_decisions(without)
    quick.build(registry.cases, decisions=decisions, audit=False)
    with_them = quick.files()
    quick.build(without.cases, decisions=without_grants(decisions, kept), audit=False)
    other = quick.files()
    assert sorted(n for n in with_them.keys() | other.keys() if with_them.get(n) != other.get(n)) == []
    assert leaks(with_them, registry.numbers) == []
