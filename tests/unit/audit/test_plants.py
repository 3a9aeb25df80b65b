"""种下的泄漏: one site with every leak of the table, audited once; what must be caught is, and nothing else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from generator.audit import audit_site
from tests.unit.audit.plants import Plant, plants, secrets


@pytest.fixture(scope="module")
def table() -> tuple[Plant, ...]:
    return plants()


def test_what_must_be_caught_is_and_what_is_not_says_why(table: tuple[Plant, ...], tmp_path: Path) -> None:
    """Each plant in a folder of its own, which has its number."""
    for number, plant in enumerate(table):
        path = tmp_path / f"{number:03}" / plant.file
        path.parent.mkdir(parents=True)
        path.write_bytes(plant.data)
    (tmp_path / "index.html").write_text("<p>公示</p>", encoding="utf-8")
    found = {int(finding.path.split("/")[0]) for finding in audit_site(tmp_path, secrets()).findings}
    wrong = [
        (plant.kind, plant.likelihood, plant.how)
        for number, plant in enumerate(table)
        if (number in found) is bool(plant.why)
    ]
    assert wrong == []


def test_the_bars_are_met(table: tuple[Plant, ...]) -> None:
    """All of class A, nine in ten of class B."""
    assert len(table) >= 200
    caught = Counter(plant.likelihood for plant in table if not plant.why)
    of = Counter(plant.likelihood for plant in table)
    assert caught["A"] == of["A"]
    assert caught["B"] >= 0.9 * of["B"]


def test_every_plant_stands_once(table: tuple[Plant, ...]) -> None:
    assert max(Counter((plant.kind, plant.how) for plant in table).values()) == 1
