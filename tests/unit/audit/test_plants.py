"""种下的泄漏: one site with every leak of the table, audited once; what must be caught is, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest

from generator.audit import Finding, audit_site
from tests.unit.audit.plants import Plant, plants, secrets

TABLE = tuple(plants())


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Mapping[int, list[Finding]]:
    """Findings by the number of the plant, whose folder has that name."""
    site = tmp_path_factory.mktemp("site")
    for number, plant in enumerate(TABLE):
        path = site / f"{number:03}" / plant.file
        path.parent.mkdir(parents=True)
        path.write_bytes(plant.data)
    (site / "index.html").write_text("<p>公示</p>", encoding="utf-8")
    by_plant: dict[int, list[Finding]] = {}
    for finding in audit_site(site, secrets()).findings:
        by_plant.setdefault(int(finding.path.split("/")[0]), []).append(finding)
    return by_plant


@pytest.mark.parametrize("number", range(len(TABLE)), ids=lambda number: f"{number:03} {TABLE[number].how}")
def test_what_must_be_caught_is_and_what_is_not_says_why(
    number: int, found: Mapping[int, list[Finding]]
) -> None:
    plant = TABLE[number]
    assert (number in found) is not bool(plant.why), (plant.kind, plant.likelihood, plant.how)


def test_the_bars_are_met() -> None:
    """All of class A, nine in ten of class B."""
    assert len(TABLE) >= 200
    caught = Counter(plant.likelihood for plant in TABLE if not plant.why)
    of = Counter(plant.likelihood for plant in TABLE)
    assert caught["A"] == of["A"]
    assert caught["B"] >= 0.9 * of["B"]


def test_every_plant_stands_once() -> None:
    def row(plant: Plant) -> tuple[str, str]:
        return plant.kind, plant.how

    assert max(Counter(map(row, TABLE)).values()) == 1
