"""浸泡测试: random registries with canaries in every private field, each built and audited whole.

``make test`` builds those of the first seeds; ``make soak`` two thousand and more. What is found
is told by seed: ``random_registry(seed)`` is the registry.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.pipeline.audit_step import AuditFailedError
from tests.leak_reading import leaks
from tests.quick import Quick
from tests.registries import canaries_in, private_texts, random_registry

SHARE = 20
"""Registries a test, so that the tests spread over the cores."""
COUNT = int(os.environ.get("YIYONG_SOAK", "200"))
FIRST = int(os.environ.get("YIYONG_SOAK_SEED", "1"))


@pytest.mark.soak
@pytest.mark.parametrize("share", range(COUNT // SHARE))
def test_no_canary_reaches_the_site(share: int, tmp_path: Path) -> None:
    # Names are taken down after three months, so that registries hold thinned notices too.
    quick = Quick(tmp_path, law_once=True, retention={"identity_days": "90"})
    shown = hidden = 0
    for seed in range(FIRST + share * SHARE, FIRST + (share + 1) * SHARE):
        registry = random_registry(seed)
        try:
            built = quick.build(registry.cases)
        except AuditFailedError as failed:
            found = sorted({f"{item.code} {item.place.path}" for item in failed.diagnostics})
            pytest.fail(f"seed {seed}: {found}")
        # Posters are not printed here.
        assert {item.code for item in built.warnings} <= {"PST001"}, f"seed {seed}"
        found = leaks(quick.files(), registry.numbers)
        assert found == [], f"seed {seed}: {len(found)} canaries in the site"
        shown += built.notices + built.honours
        hidden += len(list(private_texts(registry.cases)))
    assert shown > SHARE and hidden > 20 * SHARE, "the registries are too empty to prove anything"


def test_the_registries_hold_every_variety() -> None:
    """A soak of uniform registries would prove little."""
    cases = [tree for seed in range(1, 101) for tree in random_registry(seed).cases.values()]
    persons = [person for tree in cases for person in tree["persons"]]
    assert {tree["level"] for tree in cases} == {"public", "masked", "confidential"}
    assert {person["disclosure"] for person in persons} == {"full", "masked", "withheld"}
    assert {tree["outcome"]["kind"] for tree in cases if "outcome" in tree} == {
        "confirmed",
        "not_confirmed",
        "withdrawn",
    }
    for key in ("group", "objections", "honours", "revocation"):
        assert any(key in tree for tree in cases), key
    for key in ("guardian_consent", "age_at_act", "born", "unit", "withholding", "injury_consent"):
        assert any(key in person for person in persons), key
    for name in persons[0]["private"]:
        assert all(name in person["private"] for person in persons), name
    assert canaries_in(cases[0]["private"]["note"])


def test_a_leak_would_be_seen(tmp_path: Path) -> None:
    """The oracle of the soak is not blind: a canary that is put into the site is found by it."""
    files = {
        "a/index.html": "<p>㐀㐁</p>".encode(),
        "b.json": b'"\\u3402"',
        "c.txt": b"17 990000199001010017",
    }
    assert leaks(files, ["990000199001010017"]) == ["㐀", "㐁", "㐂", "990000199001010017"]
